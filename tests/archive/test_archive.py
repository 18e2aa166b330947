"""Archives: cut anywhere, killed anywhere, added to; the same documents give the same results."""

from __future__ import annotations

import errno
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import archive
from archive import _run
from archive._inputs import list_inputs
from archive._manifest import freeze
from archive._model import Config
from archive._places import coarse
from archive._store import commit, committed, path_of
from archive._work import made_by, work
from tests.archive.drill import digests, undisturbed, write_articles
from tests.archive.files import ARTICLE, lines, parts_of
from tests.conftest import Run


def test_equal_parts_give_equal_bytes(tmp_path: Path) -> None:
    (part,) = parts_of(lines(tmp_path / "a.jsonl", ARTICLE, "", ARTICLE))
    assert work(part).data == work(part).data


def test_a_part_that_is_cut_short_does_not_count_as_committed(tmp_path: Path) -> None:
    (part,) = parts_of(lines(tmp_path / "a.jsonl", ARTICLE))
    commit(tmp_path, part, work(part))
    assert committed(tmp_path, part)
    path = path_of(tmp_path, part)
    path.write_bytes(path.read_bytes()[:-20])
    assert committed(tmp_path, part) is None


def test_results_do_not_depend_on_how_an_archive_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_articles(tmp_path / "a.jsonl", 120, poisonous=0.1, told=0.7)
    got = []
    for number, size in enumerate((1 << 20, 9_000, 2_500)):
        monkeypatch.setattr("archive._inputs.SMALLEST", size)
        undisturbed(tmp_path / "a.jsonl", tmp_path / f"run{number}", tmp_path / f"results{number}")
        got.append(digests(tmp_path / f"results{number}"))
    assert got[0] == got[1] == got[2]


def test_an_archive_is_read_by_one_command_that_says_what_was_set_aside(run: Run, tmp_path: Path) -> None:
    good, bad = write_articles(tmp_path / "a.jsonl", 60, poisonous=0.1, told=0.7)
    done = run("archive", "a.jsonl", "-o", "archive", "--workers", "1")
    assert (done.returncode, done.stdout) == (1, "archive/results\n")
    frame = gpd.read_parquet(tmp_path / "archive/results/plans")
    assert f"{good} documents read, {bad} set aside, {len(frame)} rows of plans; " in done.stderr
    assert 20 < len(frame) < good and frame.crs is not None and frame.geometry.is_valid.all()
    assert set(pd.read_parquet(tmp_path / "archive/results/asides.parquet").code) <= {"not-json", "wrong-object", "no-text", "too-deep"}
    again = run("archive", "--status", "archive")
    assert "results are in archive/results" in again.stdout


def test_the_shape_of_a_country_is_in_full_in_one_row_of_places_and_coarse_in_each_row_of_plans(tmp_path: Path) -> None:
    source = lines(tmp_path / "a.jsonl", *(f"Norway will build {n} radar stations in Canada by 2031." for n in ("two", "four")), ARTICLE)
    undisturbed(source, tmp_path / "run", tmp_path / "results")
    places = gpd.read_parquet(tmp_path / "results/places.parquet").set_index("place").geometry
    plans = gpd.read_parquet(tmp_path / "results/plans").set_index("place").geometry
    assert (sorted(places.index), sorted(plans.index)) == (["Canada", "Kilifi"], ["Canada", "Canada", "Kilifi"])
    rough = plans["Canada"].iloc[0]
    assert len(rough.wkb) <= 8_000 < len(places["Canada"].wkb) and rough.is_valid
    assert rough.symmetric_difference(places["Canada"].buffer(0)).area < 0.15 * rough.area
    assert plans["Kilifi"] == places["Kilifi"]


def test_whatever_a_shape_is_made_of_its_coarse_one_is_small_and_lies_where_it_does() -> None:
    steps = [(x / 100, (x % 7) / 50) for x in range(3_000)]
    pierced = shapely.box(0, 0, 30, 30).difference(
        shapely.union_all([shapely.box(x, y, x + 0.6, y + 0.6) for x in range(30) for y in range(30)])
    )
    beads = shapely.MultiPoint([(x, y) for x in range(40) for y in range(40)])
    islands = shapely.union_all([shapely.box(x, y, x + 0.01, y + 0.01) for x in range(40) for y in range(40)])
    for shape in (shapely.LineString(steps), shapely.LineString(steps).buffer(0.01), pierced, islands, beads, beads.union(pierced)):
        rough = shapely.from_wkb(coarse(shape.wkb))
        assert len(shape.wkb) > 8_000 >= len(rough.wkb) > 20 and rough.is_valid
        assert rough.intersects(shape) and shape.envelope.buffer(0.5).covers(rough)


def test_an_archive_that_tells_no_plan_has_all_its_results(tmp_path: Path) -> None:
    done = archive.run_archive([str(lines(tmp_path / "a.jsonl", "The fair was short."))], tmp_path / "out", workers=1)
    assert (done.documents, done.reported, (tmp_path / "out/results/map.html").exists()) == (1, 0, True)
    assert len(gpd.read_parquet(tmp_path / "out/results/plans")) == 0


def test_new_results_take_the_place_of_old_ones_also_where_the_system_knows_no_exchange(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_exchange(one: Path, other: Path) -> None:
        raise OSError(errno.ENOTSUP, "the system knows no exchange")

    monkeypatch.setattr(_run, "exchange", no_exchange)
    for name in (".results-x", "results"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "said").write_text(name, encoding="utf-8")
    _run._take_place(tmp_path / ".results-x", tmp_path / "results")
    assert [(tmp_path / name / "said").read_text(encoding="utf-8") for name in ("results", ".results-x")] == [".results-x", "results"]
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "it's [1] *?"
    folder.mkdir()
    done = archive.run_archive([str(lines(folder / "a.jsonl", ARTICLE))], folder / "out", workers=1)
    assert (done.documents, done.reported, (folder / "out/results/map.html").exists()) == (1, 1, True)


def test_added_files_are_read_and_the_others_are_not_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lines(folder / "b.jsonl", ARTICLE)
    assert archive.run_archive([str(folder)], tmp_path / "out", workers=1).documents == 1
    first = {path: path.stat().st_mtime_ns for path in (tmp_path / "out/parts").rglob("*.parquet")}
    lines(folder / "c.jsonl", ARTICLE, ARTICLE)
    done = archive.run_archive([str(folder)], tmp_path / "out", workers=1)
    assert (done.documents, done.missing) == (3, {})
    assert {path: path.stat().st_mtime_ns for path in first} == first


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("options", "it holds a run with other options (min_score 0.0, not 0.5)"),
        ("file", "the file has changed since the run began"),
        ("folder", "the folder holds something else"),
        ("nothing", "it holds no archive file"),
    ],
)
def test_what_does_not_fit_the_run_is_told_before_work_begins(tmp_path: Path, change: str, words: str) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    path = lines(source / "a.jsonl", ARTICLE)
    freeze(out, list_inputs([str(source)]), Config(), made_by())
    if change == "file":
        lines(path, ARTICLE, ARTICLE)
    elif change == "folder":
        (out / "archive.json").rename(out / "mine.txt")
    elif change == "nothing":
        path.unlink()
    with pytest.raises(archive.ArchiveError) as error:
        archive.run_archive([str(source)], out, config=Config(min_score=0.5 if change == "options" else 0.0))
    assert words in str(error.value)
