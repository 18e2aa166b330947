"""Archives: cut anywhere, killed anywhere, added to; the same documents give the same results."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import archive
from archive._documents import documents
from archive._inputs import cut, list_inputs
from archive._manifest import freeze
from archive._merge import write_results
from archive._model import Aside, Config, Part
from archive._store import commit, committed, path_of
from archive._work import made_by, work
from tests.archive.drill import digests, drill, write_articles
from tests.conftest import Run
from tests.profile import amount, note

ARTICLE = "Kenya will build a naval pier at Kilifi by 2030."


def lines(path: Path, *texts: str) -> Path:
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8")
    return path


def parts_of(path: Path, *, step: int = 0, config: Config | None = None) -> list[Part]:
    (one,) = list_inputs([str(path)])
    whole = cut([one], config or Config(), "1")
    if not step:
        return list(whole)
    end = whole[-1].stop
    return [Part(input=one, start=at, stop=min(at + step, end), config=config or Config(), made_by="1") for at in range(0, end, step)]


def ids(parts: list[Part]) -> list[str]:
    return [item.id for part in parts for item in documents(part)]


def undisturbed(source: Path, folder: Path, target: Path) -> None:
    """One process, part after part, no engine."""
    manifest = freeze(folder, list_inputs([str(source)]), Config(), made_by())
    for part in manifest.parts:
        commit(folder, part, work(part))
    target.mkdir()
    write_results(manifest, folder, target)


@pytest.mark.parametrize("step", [1, 7, 50, 64, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_line_is_read_once_wherever_the_file_is_cut(tmp_path: Path, step: int, end: str) -> None:
    path = tmp_path / "a.jsonl"
    said = [json.dumps({"id": f"n{n}", "text": ARTICLE * (1 + n % 3)}) for n in range(9)]
    path.write_bytes((end.join([*said[:4], "", *said[4:]])).encode())
    assert ids(parts_of(path, step=step)) == [f"n{n}" for n in range(9)]


def test_a_line_longer_than_is_read_is_set_aside_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive._documents.LONGEST", 200)
    path = lines(tmp_path / "a.jsonl", ARTICLE, ARTICLE * 9, ARTICLE)
    found = [item for part in parts_of(path, step=90) for item in documents(part)]
    assert [(item.code if isinstance(item, Aside) else item.id) for item in found] == ["n0", "too-large", "n2"]


def test_a_compressed_file_is_read_whole(tmp_path: Path) -> None:
    plain = lines(tmp_path / "a.jsonl", ARTICLE, ARTICLE)
    path = tmp_path / "b.jsonl.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    assert ids(parts_of(path)) == ["n0", "n1"]


def test_rows_of_parquet_are_read_once_wherever_the_table_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"id": [f"n{n}" for n in range(50)], "text": [ARTICLE] * 50, "more": list(range(50))})
    pq.write_table(table, path, row_group_size=8)
    assert ids(parts_of(path, step=7)) == [f"n{n}" for n in range(50)]


def test_a_parquet_file_without_the_column_of_the_text_is_told_before_work_begins(tmp_path: Path) -> None:
    pq.write_table(pa.table({"body": ["a"]}), tmp_path / "a.parquet")
    with pytest.raises(archive.ArchiveError, match=r"no column 'text'.*--text-column; it has body"):
        cut(list_inputs([str(tmp_path)]), Config(), "1")


def warc(path: Path, *pages: bytes) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        for n, page in enumerate(pages):
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(f"https://example.org/{n}", "response", payload=io.BytesIO(page), http_headers=headers)
            )
    return path


PAGE = (
    f"<html><head><title>A pier</title></head><body><article><p>{ARTICLE}</p><p>The minister said so on Monday.</p></article></body></html>"
)


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_warc_file_are_read_as_articles(tmp_path: Path, name: str) -> None:
    (part,) = parts_of(warc(tmp_path / name, PAGE.encode(), PAGE.encode()))
    table = pq.read_table(io.BytesIO(work(part).data)).to_pylist()
    assert [row["place"] for row in table if row["kind"] == "plan"] == ["Kilifi", "Kilifi"]
    assert table[0]["doc_id"] and [row["url"] for row in table if row["kind"] == "plan"][1] == "https://example.org/1"


def test_a_truncated_warc_file_gives_what_can_be_read_and_says_where_it_breaks_off(tmp_path: Path) -> None:
    path = warc(tmp_path / "a.warc.gz", PAGE.encode(), PAGE.encode())
    path.write_bytes(path.read_bytes()[:-60])
    (part,) = parts_of(path)
    found = list(documents(part))
    assert [item.code for item in found if isinstance(item, Aside)] == ["truncated"]
    assert not isinstance(found[0], Aside)


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
    write_articles(tmp_path / "a.jsonl", 120, poisonous=0.1)
    got = []
    for number, size in enumerate((1 << 20, 9_000, 2_500)):
        monkeypatch.setattr("archive._inputs.SMALLEST", size)
        undisturbed(tmp_path / "a.jsonl", tmp_path / f"run{number}", tmp_path / f"results{number}")
        got.append(digests(tmp_path / f"results{number}"))
    assert got[0] == got[1] == got[2]


def test_an_archive_is_read_by_one_command_that_says_what_was_set_aside(run: Run, tmp_path: Path) -> None:
    good, bad = write_articles(tmp_path / "a.jsonl", 60, poisonous=0.1)
    done = run("archive", "a.jsonl", "-o", "out", "--workers", "1")
    assert (done.returncode, done.stdout) == (1, "out/results\n")
    assert done.stderr.startswith(f"{good} documents read, {bad} set aside, {good} rows of plans; all parts are done")
    frame = gpd.read_parquet(tmp_path / "out/results/plans")
    assert len(frame) == good and frame.crs is not None and frame.geometry.is_valid.all()
    assert set(pd.read_parquet(tmp_path / "out/results/asides.parquet").code) <= {
        "not-json",
        "not-an-object",
        "no-text",
        "empty",
        "not-utf8",
    }
    again = run("archive", "--status", "-o", "out")
    assert "results are in out/results" in again.stdout


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


def test_a_forecast_says_documents_and_what_will_be_set_aside(tmp_path: Path) -> None:
    write_articles(tmp_path / "a.jsonl", 3000, poisonous=0.05)
    said = archive.forecast([str(tmp_path / "a.jsonl")], workers=2)
    assert 2000 < said.documents < 4000 and said.asides and said.seconds > 0
    assert said.lines()[0].startswith("1 files")


@pytest.mark.trust
def test_an_archive_read_while_workers_and_drivers_are_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    count, workers, drivers = amount(2_500, 100_000), amount(3, 20), amount(1, 5)
    source = tmp_path / "in.jsonl"
    good, bad = write_articles(source, count)
    killed = drill(source, tmp_path / "run", worker_kills=workers, driver_kills=drivers, pause=amount(2, 4))
    undisturbed(source, tmp_path / "calm", tmp_path / "results")
    results = tmp_path / "run/results"
    rows = [len(pq.read_table(results / name)) for name in ("documents.parquet", "asides.parquet")]
    note("archive drill", documents=count, workers_killed=killed[0], drivers_killed=killed[1], read=rows[0], set_aside=rows[1])
    assert rows == [good, bad]
    assert digests(results) == digests(tmp_path / "results")
