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


# What recognition asks of every word, as sets made once.
AREA_HEADS = words("area_heads")
DIRECTIONS = words("directions")
FORCE_HEADS = words("force_heads")
GEO_HEADS = words("geo_heads")
INNER = words("inner")
MINISTER_WORDS = words("minister_words")
MONTHS = words("months")
NAME_HEADS = words("name_heads")
NOT_NAMES = words("not_names")
ORG_HEADS = words("org_heads")
TITLES = words("titles")
GEO_LEADS = phrases("geo_leads")
GEO_TAILS = phrases("geo_tails")
NOT_NAMES_MONTHS_ORG_HEADS = NOT_NAMES | MONTHS | ORG_HEADS
NOT_NAMES_DIRECTIONS = NOT_NAMES | DIRECTIONS
ORG_HEADS_GEO_HEADS = ORG_HEADS | GEO_HEADS
NOT_ALONE = NOT_NAMES | MONTHS | DIRECTIONS
ORG_HEADS_NAME_HEADS = ORG_HEADS | NAME_HEADS
SELF_NAMED = GEO_HEADS - AREA_HEADS - {"gap", "range", "pass", "falls", "field", "mine", "plain"}
"""Nouns that make a capitalised name a place, known or not."""
LEAD_WORDS = frozenset(lead[0] for lead in GEO_LEADS)
TAIL_WORDS = frozenset(tail[-1] for tail in GEO_TAILS) | {"prefecture", "airport", "base"}
DEMONYMS = demonyms()
LONG_DEMONYMS = frozenset(d.split()[0] for d in DEMONYMS if " " in d)
STATE_WORDS = frozenset(s.lower().replace(".", "") for s in states())
NEVER_FIRST = frozenset({"a", "of", "and"})
ARTICLES = words("articles")
SITE_NOUNS = words("site_nouns")
LOWER_STARTS = frozenset({"sub", "trans"}) | DIRECTIONS | ARTICLES
EXTENDERS = words("extenders")
