"""Two profiles of the tests that try to break citemap: short in `make test`, long in `make trust`, which writes down their figures."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

LONG = os.environ.get("CITEMAP_PROFILE") == "long"
FIGURES = Path(__file__).resolve().parents[1] / "benchmarks" / "trust.json"


def amount(short: int, long: int) -> int:
    """Return how often to try: ``short`` in `make test`, ``long`` where CITEMAP_PROFILE=long."""
    return long if LONG else short


def note(name: str, **figures: Any) -> None:
    """Print what was tried and found, and in the long profile write it into benchmarks/trust.json under a name."""
    print(f"{name}: " + ", ".join(f"{key} {value}" for key, value in figures.items()))
    if LONG:
        known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
        text = json.dumps(known | {name: figures}, ensure_ascii=False, indent=1, sort_keys=True)
        FIGURES.write_text(text + "\n", encoding="utf-8")
