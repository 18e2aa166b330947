"""The benchmark of maps measures what it says: texts of one length, the same each time; files at hand for what peers would fetch."""

from __future__ import annotations

import importlib
import json
import sys
from types import ModuleType

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def pages() -> ModuleType:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        return importlib.import_module("map_pages")
    finally:
        sys.path.pop(0)


def test_texts_have_the_length_that_was_asked_for_differ_and_are_the_same_each_time(pages: ModuleType) -> None:
    said = pages.texts(200)
    assert {len(text) for text in said} == {300} and len(set(said)) == 200 and said == pages.texts(200)


def test_deflate_finds_about_as_much_in_the_texts_as_in_news(pages: ModuleType) -> None:
    assert 0.45 < pages.ratio(pages.texts(2000)) < 0.6


def test_every_program_draws_the_same_points(pages: ModuleType) -> None:
    points = pages.frame(50)
    assert list(points.columns) == ["quote", "status", "geometry"] and points.equals(pages.frame(50)) and len(pages.PROGRAMS) == 5


def test_what_the_peers_fetch_is_pinned_by_a_lock_file_without_addresses() -> None:
    lock = json.loads((ROOT / "benchmarks" / "package-lock.json").read_text(encoding="utf-8"))
    named = json.loads((ROOT / "benchmarks" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    held = {name.removeprefix("node_modules/"): entry for name, entry in lock["packages"].items()}
    assert {name: held[name]["version"] for name in named} == named and not any("resolved" in entry for entry in held.values())


def test_the_measures_that_were_written_hold_what_was_asked_for() -> None:
    measured = json.loads((ROOT / "benchmarks" / "map.json").read_text(encoding="utf-8"))["asked"]
    ceilings = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["map"]["ceilings"]
    assert [key for key, most in ceilings.items() if measured[key] > most] == []
