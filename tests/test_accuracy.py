"""Accuracy has floors: what extraction finds, scored against hand-made annotation, does not fall below ``benchmarks/floors.json``."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import ROOT

DATA = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))
FLOORS: dict[str, dict[str, float]] = DATA["floors"]
SCORER = ROOT.parent / "shared" / "score" / "score.py"
needs_scorer = pytest.mark.skipif(not SCORER.is_file(), reason="the scorer and the gold are no part of the project; ../shared is not there")


@cache
def benchmark() -> ModuleType:
    """The benchmark that prints the table, loaded from its file."""
    spec = importlib.util.spec_from_file_location("accuracy_gold", ROOT / "benchmarks" / "accuracy_gold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def measured(name: str) -> dict[str, float]:
    """The measures of one set."""
    found: dict[str, float] = benchmark().measure(benchmark().sets()[name])
    return found


@needs_scorer
@pytest.mark.parametrize(("name", "measure"), [(name, m) for name, floors in FLOORS.items() for m in floors if m != "false"])
def test_a_measure_stands_at_or_above_its_floor(name: str, measure: str) -> None:
    assert measured(name)[measure] >= FLOORS[name][measure]


@needs_scorer
@pytest.mark.parametrize("name", FLOORS)
def test_no_more_persons_and_bodies_are_placed_than_the_ceiling(name: str) -> None:
    assert measured(name)["false"] <= FLOORS[name]["false"]


def test_every_set_has_a_floor_for_every_measure() -> None:
    assert {name: set(floors) for name, floors in FLOORS.items()} == {name: set(benchmark().MEASURES) for name in benchmark().sets()}


@pytest.mark.parametrize("name", FLOORS)
def test_the_readme_gives_the_measures_that_set_the_floors(name: str) -> None:
    assert benchmark().readme_row(name, DATA["measured"][name]) in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "corpus").glob("*.json")), ids=lambda p: p.stem)
def test_the_gold_of_the_corpus_stands_in_its_article(path: Path) -> None:
    text = benchmark().article_of(path).read_text(encoding="utf-8")
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    gold = json.loads(path.read_text(encoding="utf-8"))
    assert [body[t["start"] : t["end"]] for t in gold["toponyms"]] == [t["text"] for t in gold["toponyms"]]
