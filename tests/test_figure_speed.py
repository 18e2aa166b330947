"""A figure of 30 plans takes no more than five times as long as a plain plot of the same shapes, land and extent."""

from __future__ import annotations

import importlib
import json
import sys

import pytest

from tests.conftest import ROOT

FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["figure"]


@pytest.mark.alone
def test_a_figure_takes_at_most_five_times_as_long_as_a_plain_plot() -> None:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        measured = importlib.import_module("figure").measure(2)
    finally:
        sys.path.pop(0)
    assert {kind: measured[kind] for kind, most in FLOORS.items() if measured[kind] > most} == {}
