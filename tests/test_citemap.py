"""The command line and the functions under it, on real files: what goes in, what comes out, and what is said of bad input."""

from __future__ import annotations

import csv
import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import citemap
from citemap import _commands
from geo import Toponym
from sources import CitationError
from tests.conftest import ROOT, Run, citemap_command

PIER = "Kenya will build a naval pier at Kilifi in 2027.\n\nZorvel Bay is near. A yard at Lamu Strait is not.\n"
MARKED = '---\ntitle: "A pier for Kilifi"\npublisher: The Example Courier\ndate: 2026-03-03\nurl: https://example.org/pier\n---\n' + PIER
OUTPUTS = (
    "map.html", "plans.geojson", "plans.gpkg", "plans.parquet", "plans.kml", "plans.csv", "annotations.jsonld", "places.lpf.json",
    "datapackage.json", "citations.json", "citations.bib", "citations.ris", "citations.txt", "embed.html", "embed.md", "alt.txt",
    "oembed.json", "manifest.json",
)  # fmt: skip
"""What a build writes."""
FIGURES = {f"figure-{size}.{kind}" for size in ("single", "double", "slide") for kind in ("pdf", "svg", "png")} | {"map.png"}
BAD = {
    "none.txt": None,
    "empty.txt": b"",
    "binary.txt": b"\x89PNG\r\n\x1a\n\0\0\0",
    "photo.png": b"\x89PNG\r\n\x1a\n\0\0\0",
    "folder": "",
    "broken.md": b'---\ntitle: "open\n---\nA pier.\n',
    "latin.txt": "Caf\xe9 at Kilifi".encode("latin-1"),
    "broken.json": b'{"text": ',
}
"""Inputs of which nothing goes in: None does not exist, "" is a folder, else the bytes of a file."""
RULE = {
    "none.txt": "there is no such file or folder",
    "empty.txt": "the file is empty",
    "binary.txt": "a binary file, not a text",
    "photo.png": "'.png' is no kind of article that is read",
    "folder": "the folder holds no article",
    "broken.md": "its front matter is not YAML",
    "latin.txt": "not UTF-8 (byte 3 is 0xe9)",
    "broken.json": "not JSON",
}


def put(folder: Path, name: str) -> None:
    """Make a bad input."""
    content = BAD[name]
    if content == "":
        (folder / name).mkdir()
    elif isinstance(content, bytes):
        (folder / name).write_bytes(content)


@pytest.fixture()
def pier(tmp_path: Path) -> Path:
    """A good article on the disk."""
    path = tmp_path / "pier.md"
    path.write_text(MARKED, encoding="utf-8")
    return path


# bad input -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ["extract", "build"])
def test_a_bad_input_alone_is_told_in_one_line_that_names_file_rule_and_next_step_with_status_1_and_no_output(
    run: Run, tmp_path: Path, verb: str, name: str
) -> None:
    put(tmp_path, name)
    done = run(verb, name)
    assert done.stderr.count("\n") == 1
    file, rule, step = done.stderr.strip().removeprefix("citemap: ").replace("; ", ": ", 1).split(": ", 2)
    assert file == name
    assert RULE[name] in f"{rule}; {step}"
    assert len(step.split()) >= 3
    assert (done.returncode, done.stdout, (tmp_path / "output").exists()) == (1, "", False)


def test_a_malformed_line_of_json_lines_is_named_and_the_others_go_in(run: Run, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text('{"text": "A pier is planned at Kilifi."}\n{"text": \n{"text": "Two."}\n', encoding="utf-8")
    done = run("extract", "all.jsonl", "--jsonl")
    assert (done.returncode, [json.loads(line)["id"] for line in done.stdout.splitlines()]) == (1, ["all-1", "all-3"])
    assert done.stderr.startswith("citemap: all.jsonl, line 2: not JSON")


@pytest.mark.parametrize("output", ["pier.md", "pier.md/deeper"])
def test_an_output_folder_that_cannot_be_written_is_named_in_one_line(run: Run, pier: Path, output: str) -> None:
    done = run("build", "pier.md", "-o", output)
    assert done.returncode == 2
    assert done.stderr.startswith(f"citemap: {output}: the output folder cannot be written (")
    assert (done.stderr.count("\n"), done.stderr.strip().endswith("choose another one with -o [not-writable]")) == (1, True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="a folder's permissions do not stop this user")
def test_a_folder_without_permission_to_write_is_named_in_one_line(run: Run, pier: Path, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    done = run("build", "pier.md", "-o", "closed")
    assert (done.returncode, done.stderr.count("\n"), done.stderr.startswith("citemap: closed: ")) == (2, 1, True)


def test_a_folder_that_cannot_be_written_leaves_the_file_in_its_way_as_it_was(run: Run, pier: Path) -> None:
    run("build", "pier.md", "-o", "pier.md")
    assert pier.read_text(encoding="utf-8") == MARKED


def test_no_traceback_is_shown_for_a_bad_input(run: Run, tmp_path: Path) -> None:
    for name in BAD:
        put(tmp_path, name)
    assert "Traceback" not in run("build", *BAD).stderr


@pytest.mark.parametrize("args", [[], ["extract"], ["build"], ["paint"], ["build", "pier.md", "--paint"], ["build", "-o"]], ids=" ".join)
def test_wrong_use_gives_status_2(run: Run, pier: Path, args: list[str]) -> None:
    assert run(*args).returncode == 2


@pytest.mark.parametrize("args", [["extract"], ["build"], ["paint"], ["build", "pier.md", "--paint"]], ids=" ".join)
def test_wrong_use_is_told_in_one_line(run: Run, pier: Path, args: list[str]) -> None:
    assert run(*args).stderr.strip().count("\n") == 0


def test_wrong_use_leaves_no_output(run: Run, pier: Path, tmp_path: Path) -> None:
    run("build", "pier.md", "--paint")
    assert not (tmp_path / "output").exists()


# good input beside bad: one build, and what is true of it --------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int, str, str]:
    """A build of an empty file and a good article into a folder with a README: the folder, the status, what was printed."""
    folder = tmp_path_factory.mktemp("mixed")
    put(folder, "empty.txt")
    (folder / "pier.md").write_text(MARKED, encoding="utf-8")
    (folder / "output").mkdir()
    (folder / "output" / "README.md").write_text("mine", encoding="utf-8")
    done = citemap_command("build", "empty.txt", "pier.md", cwd=folder)
    return folder, done.returncode, done.stdout, done.stderr


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder and their bytes."""
    return {p.name: p.read_bytes() for p in folder.iterdir()}


def test_a_build_that_left_something_out_gives_status_1_and_prints_the_path_of_the_map(mixed: tuple[Path, int, str, str]) -> None:
    assert mixed[1:3] == (1, "output/map.html\n")


def test_a_build_names_first_what_it_left_out(mixed: tuple[Path, int, str, str]) -> None:
    assert mixed[3].splitlines()[0] == "citemap: empty.txt: the file is empty; name a file with text [empty]"


def test_a_build_says_in_the_manifest_what_it_left_out(mixed: tuple[Path, int, str, str]) -> None:
    manifest = json.loads((mixed[0] / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["warnings"] == ["empty.txt: the file is empty; name a file with text"]


def test_a_build_writes_the_map_and_the_data_beside_it_and_nothing_else(mixed: tuple[Path, int, str, str]) -> None:
    assert set(files(mixed[0] / "output")) == {*OUTPUTS, "README.md"}


def test_a_build_leaves_other_files_of_the_folder_alone(mixed: tuple[Path, int, str, str]) -> None:
    assert files(mixed[0] / "output")["README.md"] == b"mine"


def test_an_old_good_output_stays_where_a_build_has_nothing_to_build(mixed: tuple[Path, int, str, str]) -> None:
    before = files(mixed[0] / "output")
    assert citemap_command("build", "empty.txt", cwd=mixed[0]).returncode == 1
    assert files(mixed[0] / "output") == before


def test_an_old_good_output_stays_where_a_quote_does_not_match(mixed: tuple[Path, int, str, str]) -> None:
    before = files(mixed[0] / "output")
    reading = citemap.read(mixed[0] / "pier.md")
    plan = reading.plans[0]
    forged = replace(reading, plans=(replace(plan, quotes=(replace(plan.quotes[0], exact="Kenya will build nothing."),)),))
    with pytest.raises(CitationError, match=r"pier, characters 0-48: expected 'Kenya will build nothing\.', found"):
        citemap.build(forged, mixed[0] / "output")
    assert files(mixed[0] / "output") == before


# good input ------------------------------------------------------------------------------------------------------------------


def test_a_build_of_good_articles_gives_status_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calm.txt").write_text("Lima is a city by the sea.", encoding="utf-8")
    assert run("build", "calm.txt").returncode == 0


def test_an_article_without_a_plan_still_gives_a_map(tmp_path: Path) -> None:
    assert citemap.build(citemap.read_text("Lima is a city by the sea."), tmp_path).is_file()


def test_standard_input_is_read(run: Run) -> None:
    done = run("extract", "-", "--jsonl", stdin=PIER)
    assert (done.returncode, json.loads(done.stdout)["id"]) == (0, "stdin")


def test_extract_prints_one_json_object_a_line_and_article(run: Run) -> None:
    done = run("extract", str(ROOT / "articles"), "--jsonl")
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["taiwan-contingency-plan-1", "taiwan-contingency-plan-2"]


def test_extract_says_where_every_toponym_and_quote_stands(run: Run, pier: Path) -> None:
    data = json.loads(run("extract", "pier.md", "--jsonl").stdout)
    assert [PIER[t["start"] : t["end"]] for t in data["toponyms"]] == [t["text"] for t in data["toponyms"]]
    assert [PIER[q["start"] : q["end"]] for p in data["plans"] for q in p["quotes"]] == ["Kenya will build a naval pier at Kilifi in 2027."]


def test_extract_lists_a_place_that_it_could_not_resolve_with_the_reason(run: Run, pier: Path) -> None:
    data = json.loads(run("extract", "pier.md", "--jsonl").stdout)
    assert ("Lamu Strait", "no entry of the gazetteer is named Lamu Strait") in {
        (t["text"], t["reason"]) for t in data["toponyms"] if t["place"] is None
    }


def test_extract_without_jsonl_is_a_list_to_read(run: Run, pier: Path) -> None:
    said = run("extract", "pier.md").stdout
    for part in ("A pier for Kilifi", "The Example Courier", "2026-03-03", "planned", "“Kenya will build a naval pier at Kilifi in 2027.”"):
        assert part in said


def test_extract_of_an_article_that_states_nothing_says_so(run: Run) -> None:
    assert "(publisher not stated, date not stated)" in run("extract", "-", stdin=PIER).stdout


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_what_is_printed_is_utf_8_whatever_the_terminal_is(run: Run, encoding: str) -> None:
    done = run("extract", "-", "--jsonl", stdin="A pier is planned at Ōsumi, 大隅.", env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"})
    assert (done.returncode, json.loads(done.stdout)["citation"]["title"]) == (0, "[A pier is planned at Ōsumi, 大隅.]")


def test_version_prints_the_version(run: Run) -> None:
    assert run("version").stdout == f"{citemap.__version__}\n"


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["extract", "--help"]], ids=" ".join)
def test_help_gives_status_0(run: Run, args: list[str]) -> None:
    done = run(*args)
    assert (done.returncode, "Usage" in done.stdout) == (0, True)


# articles one a line on standard input ---------------------------------------------------------------------------------------


def sent(*items: object) -> str:
    """Articles as JSON Lines; strings go as they are."""
    return "".join(f"{item if isinstance(item, str) else json.dumps(item)}\n" for item in items)


def test_each_line_is_answered_by_one_in_order_and_a_bad_one_by_a_problem(run: Run) -> None:
    done = run("extract", "--jsonl", "-", stdin=sent({"id": "b", "text": PIER}, "nope", {"id": "a", "text": ""}, {"id": "b", "text": PIER}))
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == ["b", "a", "b"]
    assert (done.returncode, done.stderr.count("\n"), done.stderr[:43]) == (1, 1, "citemap: standard input, line 2: nope is no")


def test_given_mentions_are_the_toponyms_of_the_answer(run: Run) -> None:
    done = run("extract", "--jsonl", "-", stdin=sent({"id": "a", "text": PIER, "mentions": [[33, 39], [0, 5], [50, 56]]}))
    found = json.loads(done.stdout)["toponyms"]
    assert [(t["text"], t["place"] and t["place"]["country"]) for t in found] == [("Kilifi", "KE"), ("Kenya", "KE"), ("Zorvel", None)]


def test_every_toponym_of_the_answer_has_its_reason_and_the_runners_up_with_theirs(run: Run) -> None:
    done = run("extract", "--jsonl", "-", stdin=sent({"id": "a", "text": "The fair at Springfield was short.", "mentions": [[12, 23]]}))
    (found,) = json.loads(done.stdout)["toponyms"]
    assert found["reason"].startswith("Springfield: ")
    assert len(found["candidates"]) > 1
    assert all({"id", "name", "score", "reason"} <= set(c) for c in found["candidates"])


@pytest.mark.parametrize("text", ["[A pier] is planned.", "A pier {at Lima}.", '"{" is a brace.'])
def test_a_text_on_standard_input_stays_one_article(run: Run, text: str) -> None:
    assert json.loads(run("extract", "--jsonl", "-", stdin=text).stdout)["text"] == text


def test_a_least_score_keeps_the_unsure_without_a_place_in_the_answer(run: Run) -> None:
    line = sent({"id": "a", "text": "The fair at Springfield was short.", "mentions": [[12, 23]]})
    (found,) = json.loads(run("extract", "--jsonl", "-", "--min-score", "1", stdin=line).stdout)["toponyms"]
    assert (found["place"], "is below the 1.00 asked for; best: Springfield" in found["reason"]) == (None, True)


@pytest.mark.parametrize("verb", ["extract", "build"])
@pytest.mark.parametrize("score", ["-0.1", "1.1", "high"])
def test_a_least_score_that_is_none_is_wrong_use(run: Run, pier: Path, verb: str, score: str) -> None:
    assert run(verb, "pier.md", "--min-score", score).returncode == 2


def test_a_build_says_in_the_manifest_which_score_was_asked_for(tmp_path: Path, pier: Path) -> None:
    citemap.build(citemap.read(pier, min_score=0.5), tmp_path / "output")
    assert json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))["options"]["min_score"] == 0.5


def test_a_build_says_in_the_manifest_which_options_were_chosen_and_which_were_left(tmp_path: Path, pier: Path) -> None:
    citemap.build(citemap.read(pier), tmp_path / "output", title="Piers", context=False, language="ja")
    said = json.loads((tmp_path / "output" / "manifest.json").read_text(encoding="utf-8"))["options"]
    chosen = {"title": "Piers", "context": False, "language": "ja"}
    assert said == chosen | {"deck": None, "borders": True, "full_text": False, "tiles": "", "min_score": 0.0}


def test_an_option_that_there_is_not_is_named_with_those_there_are(pier: Path) -> None:
    with pytest.raises(TypeError, match="'colour' is no option of a map; there are title, deck, borders, context, language"):
        citemap.draw(citemap.read(pier), colour="red")  # type: ignore[call-arg]


def test_a_language_without_words_stops_a_build_before_anything_is_read(run: Run) -> None:
    done = run("build", "no-such-file.txt", "--language", "tlh")
    assert (done.returncode, done.stderr) == (
        2,
        "citemap: 'tlh' is no language of the interface; choose one of en, fil, ja, zh-Hant [unknown-language]\n",
    )


@pytest.mark.parametrize("separator", ["\x85", "\u2028", "\u2029"])
def test_a_record_is_one_line_whatever_a_reader_takes_for_the_end_of_one(separator: str) -> None:
    from typer.testing import CliRunner

    text = f"A pier is planned{separator}at Kilifi."
    done = CliRunner().invoke(_commands.app, ["extract", "--jsonl", "-"], input=sent({"id": "a", "text": text}))
    (line,) = done.stdout.splitlines()
    assert json.loads(line)["text"] == text


def test_homes_are_inferred_from_every_line_after_the_first_with_a_publisher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    heard: list[tuple[str, int]] = []

    def infer(read: Iterable[tuple[str, Sequence[Toponym]]]) -> list[None]:
        heard.extend((outlet, len(toponyms)) for outlet, toponyms in read)
        return [None] * len(heard)

    monkeypatch.setattr("sources._lines.infer_homes", infer)
    items = [{"id": n, "text": PIER, "publisher": p, "mentions": [[33, 39]]} for n, p in enumerate(["", "One", "", "Two"])]
    CliRunner().invoke(_commands.app, ["extract", "--jsonl", "-"], input=sent(*items))
    assert heard == [("One", 1), ("", 1), ("Two", 1)]


# figures ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a build that has figures, by the command line."""
    folder = tmp_path_factory.mktemp("printed")
    (folder / "pier.txt").write_text(PIER)
    assert citemap_command("build", "pier.txt", "--figure", cwd=folder).returncode == 0
    return folder / "output"


def test_a_build_with_figures_has_each_size_as_pdf_svg_and_png(printed: Path) -> None:
    assert set(files(printed)) == {*OUTPUTS, *FIGURES}


def test_an_embed_falls_back_to_the_picture_where_there_is_one(printed: Path) -> None:
    assert "map.png" in (printed / "embed.html").read_text(encoding="utf-8")


def test_a_build_takes_away_what_an_earlier_one_wrote_and_it_does_not(tmp_path: Path, printed: Path) -> None:
    for name, data in files(printed).items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "mine.txt").write_text("mine")
    citemap.build(citemap.read_text(PIER, date="2026-03-03"), tmp_path)
    assert set(files(tmp_path)) == {*OUTPUTS, "mine.txt"}


# the files -------------------------------------------------------------------------------------------------------------------


def test_the_manifest_names_the_inputs_with_their_hashes(built: Path) -> None:
    inputs = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["inputs"]
    texts = {p.name: p.read_text(encoding="utf-8").split("\n---\n", 1)[1] for p in (ROOT / "articles").glob("*.md")}
    assert {i["file"]: i["sha256"] for i in inputs} == {n: hashlib.sha256(t.encode()).hexdigest() for n, t in texts.items()}


def test_the_manifest_names_the_outputs_with_their_hashes(built: Path) -> None:
    outputs = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["outputs"]
    assert outputs == {n: hashlib.sha256((built / n).read_bytes()).hexdigest() for n in OUTPUTS if n != "manifest.json"}


def test_the_manifest_counts_what_the_data_holds(built: Path) -> None:
    counts = json.loads((built / "manifest.json").read_text(encoding="utf-8"))["counts"]
    with (built / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert counts["plans"] == len({r["number"] for r in rows}) == counts["plans mapped"] + counts["plans without a mark"]


def test_the_csv_and_the_geojson_hold_the_same_plans(built: Path) -> None:
    features = json.loads((built / "plans.geojson").read_text(encoding="utf-8"))["features"]
    with (built / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(str(f["properties"]["number"]), f["properties"]["place_id"]) for f in features] == [(r["number"], r["place_id"]) for r in rows]


def test_every_quote_in_the_csv_stands_in_an_embedded_article(built: Path) -> None:
    texts = {p.stem: p.read_text(encoding="utf-8").split("\n---\n", 1)[1] for p in (ROOT / "articles").glob("*.md")}
    with (built / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows
    assert [texts[r["article_id"]][int(r["quote_start"]) : int(r["quote_end"])] for r in rows] == [r["quote"] for r in rows]


def test_the_citations_are_csl_json_of_the_articles(built: Path) -> None:
    items = json.loads((built / "citations.json").read_text(encoding="utf-8"))
    assert [i["id"] for i in items] == [p.stem for p in sorted((ROOT / "articles").glob("*.md"))]
    assert {i["type"] for i in items} == {"article-newspaper"}


@pytest.mark.parametrize("pattern", ['src="http', "src='http", '<link rel="stylesheet"', "@import", "url(http"])
def test_the_map_loads_nothing_from_elsewhere(built: Path, pattern: str) -> None:
    assert pattern not in (built / "map.html").read_text(encoding="utf-8")


# in Python -------------------------------------------------------------------------------------------------------------------


def test_plans_are_a_geodataframe_in_degrees() -> None:
    frame = citemap.plans(citemap.read_text(PIER))
    assert (frame.crs.to_epsg(), frame.status.tolist(), frame.geometry.is_empty.tolist()) == (4326, ["planned"], [False])


def test_places_are_a_row_a_mention() -> None:
    reading = citemap.read_text(PIER)
    assert len(citemap.places(reading)) == len(reading.toponyms["text"])


def test_a_drawn_map_takes_what_a_user_adds(tmp_path: Path) -> None:
    import folium

    drawn = citemap.draw(citemap.read_text(PIER))
    folium.Marker([-3.63, 39.85], popup="a mark of my own").add_to(drawn)
    drawn.save(str(tmp_path / "map.html"))
    assert "a mark of my own" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_an_empty_reading_cannot_be_built(tmp_path: Path) -> None:
    with pytest.raises(citemap.BuildError, match="nothing to build"):
        citemap.build(citemap.read(), tmp_path)


def test_a_build_that_fails_leaves_no_folder_of_its_own_behind(tmp_path: Path) -> None:
    reading = citemap.read_text(PIER)
    plan = reading.plans[0]
    forged = replace(reading, plans=(replace(plan, quotes=(replace(plan.quotes[0], start=3),)),))
    with pytest.raises(CitationError):
        citemap.build(forged, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_extract_gives_plain_data(tmp_path: Path) -> None:
    data = citemap.extract(citemap.read_text(PIER))
    assert json.loads(json.dumps(data)) == data


# gazetteers of one's own -----------------------------------------------------------------------------------------------------


@pytest.fixture()
def at_home(tmp_path: Path) -> Run:
    """Return a function that runs the command line with a data folder and two files of its own."""
    (tmp_path / "quays.csv").write_text("name,lat,lon,country\nZorvel Quay,52.5,5.5,NL\nOld Zorvel,123.4,5.5,NL\n", encoding="utf-8")
    (tmp_path / "odd.txt").write_text("A pier is planned.\n", encoding="utf-8")
    return partial(citemap_command, cwd=tmp_path, env={"CITEMAP_HOME": str(tmp_path / "home")})


def test_an_added_gazetteer_is_used_until_it_is_removed(at_home: Run) -> None:
    text = "Kenya will build a naval pier at Zorvel Quay.\n"

    def placed() -> list[str]:
        found = json.loads(at_home("extract", "-", "--jsonl", stdin=text).stdout)
        return [place["id"] for plan in found["plans"] for place in plan["places"]]

    assert placed() == []
    added = at_home("gazetteer", "add", "quays.csv")
    assert (added.returncode, added.stdout) == (0, "quays.csv: table, 1 row taken, 1 set aside\n")
    assert "quays.csv:3: '123.4, 5.5': the latitude lies outside -90 to 90; latitude and longitude look swapped" in added.stderr
    assert placed() == ["quays:2"]
    assert "was there already" in at_home("gazetteer", "add", "quays.csv").stdout
    listed = at_home("gazetteer", "list").stdout
    assert [line.split()[0] for line in listed.splitlines()[:3]] == ["name", "(citemap)", "quays.csv"]
    assert "rows set aside stand in" in listed
    assert "added with quays.csv" in at_home("gazetteer", "show", "zorvel quay").stdout
    assert at_home("gazetteer", "rebuild").stdout == "1 added gazetteer merged\n"
    assert at_home("gazetteer", "remove", "quays.csv").stdout == "quays.csv: removed\n"
    assert placed() == []


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        (("add", "odd.txt"), 2, "citemap: odd.txt: this is no format that can be added; taken are: GeoNames dumps"),
        (("add", "none.txt"), 2, "citemap: none.txt: the file cannot be read"),
        (("remove", "none.txt"), 2, "citemap: none.txt: no gazetteer of this name was added; added are: none"),
        (("show", "Zorvelmouth"), 1, "Zorvelmouth: no place of the gazetteer has this name"),
    ],
)
def test_what_a_gazetteer_command_cannot_do_is_said_in_one_line(at_home: Run, command: tuple[str, ...], status: int, said: str) -> None:
    done = at_home("gazetteer", *command)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (status, "", 1)
    assert done.stderr.startswith(said)
