"""``citemap review``, and builds that obey what a person decided, as a user types them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import sources
from tests.conftest import Run, citemap_command

PIER = "Kenya will build a naval pier at Kilifi in 2027.\n"
RADAR = "Oman will open a radar station on Socotra.\n"
UNDECIDED = "    decision:\n    why:\n    who:\n    date:\n    correct:\n"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two articles and their ledger, made by the command line once."""
    folder = tmp_path_factory.mktemp("reviewed")
    (folder / "pier.txt").write_text(PIER, encoding="utf-8")
    (folder / "radar.txt").write_text(RADAR, encoding="utf-8")
    done = citemap_command("review", "pier.txt", "radar.txt", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "review.yaml\n", "2 plans and 4 names, 0 decided\n")
    return folder


@pytest.fixture()
def desk(reviewed: Path, tmp_path: Path) -> Path:
    """A folder of one's own with the two articles and their ledger; nothing is decided."""
    shutil.copytree(reviewed, tmp_path, dirs_exist_ok=True)
    return tmp_path


def key_of(desk: Path, words: str) -> str:
    """The key of the plan or name that begins with these words."""
    entries = sources.read_ledger(desk / "review.yaml").entries
    return next(e.key for e in entries if dict(e.found).get("quote" if e.is_plan else "name", "").startswith(words))


def places(run: Run, *args: str) -> dict[str, list[str]]:
    """The places of the plans of the articles that ``citemap extract`` prints."""
    said = run("extract", "pier.txt", "radar.txt", "--jsonl", *args).stdout.splitlines()
    return {d["id"]: [x["id"] for p in d["plans"] for x in p["places"]] for d in map(json.loads, said)}


def test_a_decision_on_the_command_line_is_obeyed_by_the_next_build(run: Run, desk: Path) -> None:
    done = run("review", "--reject", key_of(desk, "Kenya will")[:8], "--why", "called off", "--who", "Ada", "--date", "2026-03-04")
    assert (done.returncode, done.stderr) == (0, "2 plans and 4 names, 1 decided\n")
    built = run("build", "pier.txt", "radar.txt")
    assert built.returncode == 0
    assert built.stderr.splitlines() == ["citemap: review.yaml: 1 decision", "2 articles, 1 reported plan, 1 on the map"]
    counts = json.loads((desk / "output" / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert (counts["plans"], counts["plans rejected"]) == (1, 1)


def test_a_name_is_corrected_on_the_command_line(run: Run, desk: Path) -> None:
    run("review", "--correct", key_of(desk, "Kilifi"), "--set", "lat=-2.27", "--set", "lon=40.9", "--set", "authority=a chart")
    assert places(run)["pier"] == [f"ledger:{key_of(desk, 'Kilifi')}"]


def test_a_ledger_that_lies_there_is_used_unless_it_is_not_wanted(run: Run, desk: Path) -> None:
    before = places(run)
    run("review", "--correct", key_of(desk, "Kilifi"), "--set", "place=iso3166-2:KE-21")
    assert places(run) == before | {"pier": ["iso3166-2:KE-21"]}
    assert places(run, "--no-ledger") == before


def test_a_ledger_of_another_name_is_used_where_it_is_named(run: Run, desk: Path) -> None:
    run("review", "pier.txt", "-o", "mine.csv")
    run("review", "-o", "mine.csv", "--correct", key_of(desk, "Kilifi"), "--set", "place=iso3166-2:KE-21")
    (desk / "review.yaml").unlink()
    assert places(run)["pier"] != ["iso3166-2:KE-21"]
    assert places(run, "--ledger", "mine.csv")["pier"] == ["iso3166-2:KE-21"]


def test_extract_says_what_was_decided(run: Run, desk: Path) -> None:
    run("review", "--reject", key_of(desk, "Kenya will"), "--why", "no")
    run("review", "--accept", key_of(desk, "Kilifi"))
    data = json.loads(run("extract", "pier.txt", "--jsonl").stdout)
    assert [(p["review"]["decision"], p["review"]["why"]) for p in data["rejected"]] == [("reject", "no")]
    assert [t["review"] and t["review"]["decision"] for t in data["toponyms"]] == [None, "accept"]


@pytest.mark.parametrize("verb", ["build", "extract"])
def test_a_decision_on_nothing_is_told_in_one_line_and_hinders_nothing(run: Run, desk: Path, verb: str) -> None:
    key = key_of(desk, "Kenya will")
    run("review", "--reject", key)
    done = run(verb, "radar.txt")
    told = [line for line in done.stderr.splitlines() if key in line]
    assert (done.returncode, len(told)) == (0, 1)
    assert told[0].startswith("citemap: review.yaml, line 8: reject ")


def test_extract_does_not_tell_of_a_decision_that_one_of_its_articles_needs(run: Run, desk: Path) -> None:
    run("review", "--reject", key_of(desk, "Kenya will"))
    assert run("extract", "pier.txt", "radar.txt").stderr == "citemap: review.yaml: 1 decision\n"


def test_a_review_of_more_articles_keeps_the_decisions(run: Run, desk: Path) -> None:
    run("review", "--accept", key_of(desk, "Kenya will"), "--why", "seen")
    (desk / "depot.txt").write_text("Chile will build a depot in Lima.\n", encoding="utf-8")
    done = run("review", "pier.txt", "depot.txt")
    ledger = sources.read_ledger(desk / "review.yaml")
    assert (done.returncode, [(e.decision, e.why, e.applies) for e in ledger.decided]) == (0, [("accept", "seen", "yes")])
    assert [dict(e.found)["actor"] for e in ledger.entries if e.is_plan] == ["Kenya", "Chile"]


def test_a_review_of_articles_of_which_none_can_be_read_leaves_the_ledger(run: Run, desk: Path) -> None:
    before = (desk / "review.yaml").read_bytes()
    assert run("review", "none.txt").returncode == 1
    assert (desk / "review.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("decision: maybe", "'maybe' is no decision; write accept, reject or correct"),
        ("decision: [", "not YAML ("),
        ("decision: correct\n    correct: {place: 'geonames:nowhere'}", "'geonames:nowhere' is no id of the gazetteer; take an id that"),
    ],
)
@pytest.mark.parametrize("verb", ["build", "extract", "review"])
def test_a_broken_ledger_stops_everything_and_changes_nothing(run: Run, desk: Path, verb: str, broken: str, said: str) -> None:
    (desk / "output").mkdir()
    (desk / "output" / "map.html").write_text("an older build", encoding="utf-8")
    text = (desk / "review.yaml").read_text(encoding="utf-8")
    (desk / "review.yaml").write_text(text.replace(UNDECIDED, f"    {broken}\n", 1), encoding="utf-8")
    before = {p: p.read_bytes() for p in desk.rglob("*") if p.is_file()}
    done = run(verb, "radar.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith("citemap: review.yaml, line ")
    assert said in done.stderr
    assert {p: p.read_bytes() for p in desk.rglob("*") if p.is_file()} == before


def test_a_mistyped_key_names_nothing_and_stops_the_build(run: Run, desk: Path) -> None:
    path = desk / "review.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("toponyms:", "  - key: p-0123456789-abcdef-build-pier\n    decision: reject\ntoponyms:"), encoding="utf-8")
    done = run("build", "pier.txt", "radar.txt")
    assert (done.returncode, done.stdout, (desk / "output").exists()) == (2, "", False)
    assert "the key 'p-0123456789-abcdef-build-pier' names no plan and no toponym of these articles; copy a key" in done.stderr


def test_two_ledgers_that_lie_there_are_an_error(run: Run, desk: Path) -> None:
    run("review", "pier.txt", "-o", "review.csv")
    done = run("build", "pier.txt")
    said = "review.yaml: review.csv lies beside it; name one of them with --ledger [two-ledgers]"
    assert (done.returncode, done.stderr) == (2, f"citemap: {said}\n")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("review", "--accept", "p-zzz"), "review.yaml: 'p-zzz' is the key of no entry; copy a key from the ledger"),
        (("review", "--correct", "p-", "--set", "status"), "--set: 'status' is no field=value; write for example --set status=agreed"),
        (("review", "-o", "none.yaml", "--accept", "p-1"), "none.yaml: there is no such file; write one with 'citemap review"),
        (("review", "pier.txt", "-o", "ledger.txt"), "ledger.txt: '.txt' is no kind of ledger; name a .yaml or a .csv file"),
        (("build", "pier.txt", "--ledger", "none.yaml"), "none.yaml: there is no such file; write one with 'citemap review"),
        (("build", "pier.txt", "--ledger", "review.yaml", "--no-ledger"), "--ledger and --no-ledger exclude each other"),
    ],
)
def test_wrong_use_of_a_ledger_is_told_in_one_line_with_the_next_step(run: Run, desk: Path, args: tuple[str, ...], said: str) -> None:
    done = run(*args)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"citemap: {said}")
