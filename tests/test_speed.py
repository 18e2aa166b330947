"""The benchmark of speed measures what it says: so many bytes of text, so many names in an index."""

from __future__ import annotations

import importlib.util
import re
import sqlite3
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from geo import Gazetteer
from tests.conftest import ROOT


@cache
def benchmark() -> ModuleType:
    """The benchmark, loaded from its file."""
    spec = importlib.util.spec_from_file_location("speed", ROOT / "benchmarks" / "speed.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["speed"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture()
def corpus(tmp_path: Path) -> Path:
    """A corpus of two invented articles."""
    path = tmp_path / "two.xml"
    articles = "".join(f"<article><text>{text}</text></article>" for text in ("Crews met at Kilifi.", "Ōsumi is a port."))
    path.write_text(f"<articles>{articles}</articles>", encoding="utf-8")
    return path


@pytest.mark.parametrize("size", [0.000_01, 0.000_02, 0.001])
def test_the_text_has_the_size_that_was_asked_for_whatever_its_characters(corpus: Path, size: float) -> None:
    assert round(size * 1e6) - 1 <= benchmark().megabytes_of(benchmark().texts([corpus], size)) * 1e6 <= round(size * 1e6)


def test_the_text_is_cut_into_the_articles_of_the_corpus(corpus: Path) -> None:
    assert set(benchmark().texts([corpus], 0.001)[:-1]) == {"Crews met at Kilifi.", "Ōsumi is a port."}


def test_a_small_index_holds_the_most_prominent_names_and_is_a_gazetteer(tmp_path: Path) -> None:
    held = benchmark().write_index(tmp_path / "small.sqlite", 20_000)
    with sqlite3.connect(tmp_path / "small.sqlite") as db:
        assert db.execute("SELECT count(*) FROM name").fetchone() == (held,)
    assert (held <= 20_000, [p.id for p in Gazetteer(tmp_path / "small.sqlite").find("Kenya")][:1]) == (True, ["iso3166-1:KE"])


def test_invented_names_are_the_same_each_time() -> None:
    assert list(benchmark()._invented(20)) == list(benchmark()._invented(20))


def test_the_peers_that_are_compared_with_are_pinned() -> None:
    pinned = re.findall(r"^(\S+)==\S+", (ROOT / "benchmarks" / "requirements.txt").read_text(encoding="utf-8"), re.M)
    assert {"flashgeotext", "pyahocorasick"} <= set(pinned)
