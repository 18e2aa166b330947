"""The recogniser's word lists, read once from ``geo/data/``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``cues.json`` as a set of lower-case words."""
    return frozenset(_read("cues.json")[name])


@cache
def phrases(name: str) -> frozenset[tuple[str, ...]]:
    """Return the list ``name`` of ``cues.json`` whose members are lists of words."""
    return frozenset(tuple(p) for p in _read("cues.json")[name])


@cache
def states() -> dict[str, str]:
    """Return the US postal codes and newspaper abbreviations (lower case, no full stop) with their ISO 3166-2 suffix."""
    return dict(_read("cues.json")["states"])


@cache
def cities() -> dict[str, str]:
    """Return the cities whose initials newspapers write for them, as written ("L.A."), with the name to ask the gazetteer for."""
    return dict(_read("cues.json")["cities"])


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """Return for each demonym as written ("Japanese", "South Korean") an id, or a name to ask the gazetteer for: (id, name)."""
    data = _read("demonyms.json")
    return {w: (i, "") for w, i in data["ids"].items()} | {w: ("", n) for w, n in data["names"].items()}


@cache
def _read(file: str) -> dict[str, dict[str, str]]:
    data: dict[str, dict[str, str]] = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return data
