"""The benchmark of places: corpora are read by their structure, measures are what their definitions say, and samples keep their floors."""

from __future__ import annotations

import importlib.util
import json
import math
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.sax.saxutils import escape

import pytest

from geo import Gazetteer
from tests.conftest import ROOT

HELD: dict[str, dict[str, Any]] = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["corpora"]
CORPORA = ROOT.parent / "shared" / "corpora"
BOUNDS = [(name, measure) for name, held in HELD.items() for measure in held["floors"]]
TEXTS = {
    "The Coast": ("A market opened at Malindi, Kenya.", "The road to Mombasa, Kenya, is closed.", "The ferry to Zorvel left Mombasa."),
    "The Lake": ("Kenyan crews came to Kisumu, Kenya.",),
}
"""Invented articles by outlet."""
AT = {"Malindi": (-3.22, 40.12), "Kenya": (1.0, 38.0), "Mombasa": (-4.05, 39.66), "Kisumu": (-0.1, 34.76), "Kenyan": (1.0, 38.0)}


@cache
def benchmark() -> ModuleType:
    """The benchmark, loaded from its file."""
    spec = importlib.util.spec_from_file_location("accuracy", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["accuracy"] = module
    spec.loader.exec_module(module)
    return module


def marks(text: str) -> list[tuple[int, int, str]]:
    """Where the first of each name stands in a text."""
    names = [n for n in [*AT, "Zorvel"] if n in text and not (n == "Kenya" and "Kenyan" in text.replace(", Kenya", ""))]
    return [(text.index(n), text.index(n) + len(n), n) for n in names]


def lgl(folder: Path) -> Path:
    """The invented articles in LGL's layout; a mention without coordinates has no gaztag."""
    articles = []
    for outlet, texts in TEXTS.items():
        for n, text in enumerate(texts):
            said = "".join(
                f"<toponym><start>{s}</start><end>{e}</end><phrase>{name}</phrase>"
                + (f"<gaztag><lat>{AT[name][0]}</lat><lon>{AT[name][1]}</lon></gaztag>" if name in AT else "")
                + "</toponym>"
                for s, e, name in marks(text)
            )
            head = f'<article docid="{outlet} {n}"><domain>{outlet}</domain>'
            articles.append(f"{head}<text>{escape(text)}</text><toponyms>{said}</toponyms></article>")
    path = folder / "one.xml"
    path.write_text(f"<articles>{''.join(articles)}</articles>", encoding="utf-8")
    return path


def virus(folder: Path) -> Path:
    """The same in GeoVirus' layout, whose offsets count from 1, without its demonym."""
    articles = []
    for text in (t for texts in TEXTS.values() for t in texts):
        said = "".join(
            f"<location><name>{name}</name><start>{s + 1}</start><end>{e + 1}</end>"
            f"<lat>{AT[name][0]}</lat><lon>{AT[name][1]}</lon></location>"
            for s, e, name in marks(text)
            if name in AT and name != "Kenyan"
        )
        articles.append(f"<article><text>{escape(text)}</text><locations>{said}</locations></article>")
    path = folder / "other.xml"
    path.write_text(f"<articles>{''.join(articles)}</articles>", encoding="utf-8")
    return path


# corpora ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", [lgl, virus])
def test_every_mention_stands_at_its_offsets_whatever_number_they_begin_with(tmp_path: Path, layout: Any) -> None:
    corpus = benchmark().read_corpus(layout(tmp_path))
    assert [d.text[g.start : g.end] for d in corpus.documents for g in d.gold] == [g.phrase for d in corpus.documents for g in d.gold]
    assert corpus.astray == 0


def test_a_mention_without_coordinates_is_read_and_not_located(tmp_path: Path) -> None:
    corpus = benchmark().read_corpus(lgl(tmp_path))
    assert [g.phrase for d in corpus.documents for g in d.gold if g.at is None] == ["Zorvel"]


@pytest.mark.parametrize(("layout", "marked"), [(lgl, True), (virus, False)])
def test_a_corpus_counts_demonyms_where_its_own_mentions_hold_them(tmp_path: Path, layout: Any, marked: bool) -> None:
    assert benchmark().read_corpus(layout(tmp_path)).marks_demonyms is marked


def test_a_sample_is_the_same_for_the_same_seed_and_in_the_order_of_the_corpus(tmp_path: Path) -> None:
    corpus = benchmark().read_corpus(lgl(tmp_path))
    one, other = benchmark().sample(corpus, 3, 7), benchmark().sample(corpus, 3, 7)
    assert one == other == [d for d in corpus.documents if d in one]


# measures --------------------------------------------------------------------------------------------------------------------


def gold(start: int, end: int, at: tuple[float, float] | None = (0.0, 0.0)) -> Any:
    return benchmark().Gold(start, end, "x", at)


def said(start: int, end: int, at: tuple[float, float] | None = (0.0, 0.0), kind: str = "literal") -> Any:
    return benchmark().Said(start, end, "x", kind, "example:x", at, 0.9)


def answer(golds: list[Any], found: list[Any], given: list[Any] | None = None) -> Any:
    document = benchmark().Document("a", "x" * 100, "", tuple(golds))
    return benchmark().Answer(document, tuple(found), tuple(given or [None] * len(golds)), (None,) * len(golds))


def test_a_quarter_of_the_equator_is_10008_km() -> None:
    assert benchmark().km((0.0, 0.0), (0.0, 90.0)) == pytest.approx(math.pi / 2 * 6371.0088)


def test_one_prediction_over_two_mentions_finds_one_of_them() -> None:
    found = benchmark().recognition([answer([gold(0, 4), gold(5, 9)], [said(0, 9)])], True)
    assert (found["p"], found["r"]) == (1.0, 0.5)


def test_demonyms_and_parts_of_names_are_left_out_where_they_do_not_count() -> None:
    found = [said(0, 4), said(10, 14, kind="demonym"), said(20, 24, kind="part-of-name")]
    assert [benchmark().recognition([answer([gold(0, 4)], found)], all_kinds)["p"] for all_kinds in (False, True)] == [1.0, 1 / 3]


def test_end_to_end_a_prediction_over_a_mention_that_no_one_located_counts_neither_way() -> None:
    found = benchmark().end_to_end([answer([gold(0, 4), gold(5, 9, None)], [said(0, 4), said(5, 9)])], True)
    assert found == {"p": 1.0, "r": 1.0, "f1": 1.0}


def test_end_to_end_a_prediction_over_no_mention_and_one_too_far_away_are_wrong() -> None:
    found = benchmark().end_to_end([answer([gold(0, 4), gold(5, 9)], [said(0, 4), said(5, 9, (2.0, 0.0)), said(50, 54)])], True)
    assert (found["p"], found["r"]) == (1 / 3, 0.5)


def test_a_mention_without_a_place_is_an_error_of_accuracy_and_the_farthest_of_the_curve() -> None:
    found = benchmark().resolution([0.0, None])
    assert (found["accuracy"], found["auc"], found["unresolved"], found["mean_km"]) == (0.5, pytest.approx(0.5), 1, 0.0)


def test_all_right_with_a_score_of_one_is_calibrated() -> None:
    assert benchmark().calibration([(1.0, True)] * 30) == {"ece": 0.0, "surest": 1.0}


def test_a_score_of_nine_tenths_that_is_right_half_the_time_is_four_tenths_off() -> None:
    assert benchmark().calibration([(0.9, n % 2 == 0) for n in range(30)])["ece"] == pytest.approx(0.4)


def test_the_surest_are_those_with_the_highest_scores() -> None:
    assert benchmark().calibration([(0.9, True)] * 6 + [(0.5, False)] * 4)["surest"] == 1.0


def test_equal_scores_at_the_cut_count_in_part_whatever_their_order() -> None:
    scored = [(0.9, True)] * 5 + [(0.9, False)] * 5
    assert benchmark().calibration(scored)["surest"] == benchmark().calibration(scored[::-1])["surest"] == pytest.approx(0.5)


def test_a_home_is_inferred_from_the_articles_of_the_outlet_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus, asked = benchmark().read_corpus(lgl(tmp_path)), []

    def infer(read: Any) -> list[None]:
        asked.append([outlet for outlet, _ in read])
        return [None] * len(asked[-1])

    monkeypatch.setattr(benchmark(), "infer_homes", infer)
    benchmark().evaluate(corpus, corpus.documents[:1], homes=True)
    assert asked == [["The Coast", "The Coast", "The Coast"]]


def test_given_mentions_are_asked_for_at_their_offsets(tmp_path: Path) -> None:
    corpus = benchmark().read_corpus(lgl(tmp_path))
    told = benchmark().answers(corpus.documents, {d.id for d in corpus.documents}, Gazetteer(), False)
    assert [s.phrase for a in told for s in a.given if s] == [g.phrase for a in told for g in a.document.gold]


def test_the_benchmark_prints_no_sentence_of_a_corpus(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "accuracy.py"), str(lgl(tmp_path)), "--errors", "9"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Acc@161" in done.stdout
    assert [w for w in ("market", "road", "ferry", "crews") if w in done.stdout] == []


def test_two_processes_say_what_one_says(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "accuracy.py"), str(lgl(tmp_path)), "--homes", "--json", "--jobs"]
    one, two = (subprocess.run([*command, n], capture_output=True, text=True, check=True).stdout for n in "12")
    assert json.loads(one) == json.loads(two)


# floors ----------------------------------------------------------------------------------------------------------------------


@cache
def measured(name: str) -> dict[str, float]:
    """The measures of the sample of a corpus."""
    path = CORPORA / HELD[name]["file"]
    if not path.is_file():
        pytest.skip("the corpora are no part of the project; ../shared is not there")
    corpus = benchmark().read_corpus(path)
    found: dict[str, float] = benchmark().headline(corpus, benchmark().sample(corpus, benchmark().SAMPLE))
    return found


@pytest.mark.parametrize(("name", "measure"), BOUNDS)
def test_a_measure_of_a_sample_keeps_its_floor_or_ceiling(name: str, measure: str) -> None:
    bound = HELD[name]["floors"][measure]
    found = measured(name)[measure]
    assert found <= bound if measure in benchmark().CEILINGS else found >= bound


def test_each_corpus_has_a_bound_for_each_measure() -> None:
    every = {*benchmark().FLOORED, *benchmark().CEILINGS}
    assert {name: every - set(held["floors"]) for name, held in HELD.items()} == {"lgl": set(), "geovirus": {"accuracy_homes"}}


def test_the_readme_shows_what_was_measured() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [row for row in benchmark().readme_rows(HELD) if row not in readme] == []
