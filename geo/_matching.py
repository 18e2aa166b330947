"""Which rows of an added layer are places that the index has already: by id, by code, or by name, sort and nearness."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from geo._earth import metres
from geo._entries import COUNTRY, DIVISION
from geo._model import Extent
from geo._text import name_key

_NEAR = 25_000
"""Metres between two sources' points of one place, where neither says how large it is."""
_DIVISION_NEAR = 150_000
"""The same for divisions of one name in one country, whose points may be a capital or a middle."""
_SPELLING = 0.2
"""How much of two spellings of a division's name may differ."""
_MARGIN = 1.0
"""Degrees around a country's main land within which its own point lies."""

_SELECT = (
    "SELECT n.key, p.country, p.rowid, p.feature_code, p.extent, p.lat, p.lon, coalesce(p.uncertainty_m, 0), p.class_rank"
    " FROM place p JOIN name n ON n.place = p.rowid"
)


class _Known(NamedTuple):
    """A country, division or curated place of the embedded index."""

    place: int
    feature_code: str
    extent: Extent
    lat: float
    lon: float
    reach: float
    level: int


class Matching:
    """What is known of the embedded index's places, asked for each layer while it is attached as ``layer``."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.known: dict[str, dict[int, _Known]] = {}
        self.divisions: dict[tuple[str, str], dict[str, list[_Known]]] = {}
        for key, country, *rest in db.execute(f"{_SELECT} WHERE p.class_rank <= ? ORDER BY p.rowid", (DIVISION,)):
            found = _Known(*rest)
            self.known.setdefault(key, {})[found.place] = found
            self._learn(key, country, found)
        db.execute("CREATE TEMP TABLE known (key TEXT PRIMARY KEY) WITHOUT ROWID")
        db.executemany("INSERT INTO known VALUES (?)", ((key,) for key in sorted(self.known)))
        for place, links in db.execute("SELECT rowid, links FROM place WHERE links LIKE '%gn:%' ORDER BY rowid").fetchall():
            for link in json.loads(links):
                if m := re.fullmatch(r"gn:(\d+)", link):
                    db.execute("INSERT OR IGNORE INTO alias VALUES (?,?)", (f"geonames:{m[1]}", place))

    def _learn(self, key: str, country: str, found: _Known) -> None:
        if found.feature_code in ("ADM1", "ADM2"):
            self.divisions.setdefault((country, found.feature_code), {}).setdefault(key, []).append(found)

    def learn_divisions(self, last: int) -> None:
        """Note the first-order divisions behind the row ``last``, so that the next layer's rows of their names are the same places."""
        for key, country, *rest in self.db.execute(f"{_SELECT} WHERE p.rowid > ? AND p.feature_code = 'ADM1' ORDER BY p.rowid", (last,)):
            self._learn(key, country, _Known(*rest))

    def find_aliases(self) -> None:
        """Note the ids of the attached layer that stand for a place of the index with another id."""
        self.db.execute(
            "INSERT OR IGNORE INTO alias SELECT l.id, m.rowid FROM layer.place l CROSS JOIN main.place m ON m.id = l.same"
            " WHERE l.same != '' AND l.id != l.same"
        )
        self.db.executemany("INSERT OR IGNORE INTO alias VALUES (?,?)", [*self._countries(), *self._divisions()])

    def _countries(self) -> Iterator[tuple[str, int]]:
        """Rows that may be a country: those whose point lies within its main land or close by, or that have its name."""
        rows = self.db.execute(
            "SELECT l.id, l.name, l.lat, l.lon, m.rowid, m.south, m.west, m.north, m.east FROM layer.place l"
            " CROSS JOIN main.place m ON m.id = rtrim(l.same, '?') WHERE l.same LIKE '%?' AND l.lat IS NOT NULL"
        )
        for place_id, name, lat, lon, place, south, west, north, east in rows:
            within = south is not None and south - _MARGIN <= lat <= north + _MARGIN and west - _MARGIN <= lon <= east + _MARGIN
            if within or place in self.known.get(name_key(name), ()):
                yield place_id, place

    def _divisions(self) -> Iterator[tuple[str, int]]:
        """Divisions without a code of ISO, by the name and the country, where just one has it."""
        rows = self.db.execute(
            "SELECT id, name, country, feature_code, lat, lon FROM layer.place l WHERE feature_code IN ('ADM1', 'ADM2') AND country != ''"
            " AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.id = l.id) AND NOT EXISTS (SELECT 1 FROM main.place m WHERE m.id = l.id)"
        )
        for place_id, name, country, code, lat, lon in rows:
            key = name_key(name)
            for order in ("ADM1", "ADM2") if code == "ADM1" else ("ADM2",):
                divisions = self.divisions.get((country, order), {})
                spelled = [key, *(_spellings(key, divisions) if order == "ADM1" else ())]
                found = {known.place for k in spelled for known in divisions.get(k, ()) if lat is None or _reaches(known, lat, lon)}
                if len(found) == 1:
                    yield place_id, min(found)
                    break

    def by_name(self) -> Iterator[tuple[int, int]]:
        """Yield (line, place) for rows that have the name of a known place, are of its sort and lie where it lies."""
        rows = self.db.execute(
            "SELECT l.line, n.key, l.feature_code, l.extent, l.lat, l.lon, coalesce(l.uncertainty_m, 0), s.line IS NOT NULL"
            " FROM layer.name n CROSS JOIN temp.known k ON k.key = n.key CROSS JOIN layer.place l ON l.line = n.place"
            " LEFT JOIN layer.shape s ON s.line = l.line WHERE n.rank = 0 AND l.lat IS NOT NULL ORDER BY n.rowid"
        )
        for line, key, code, extent, lat, lon, reach, has_shape in rows:
            near = [
                (metres(lat, lon, known.lat, known.lon), known)
                for known in self.known[key].values()
                if _alike(code, extent, has_shape, known)
            ]
            fitting = [(away, known) for away, known in near if away <= max(_NEAR, reach, known.reach)]
            if fitting:
                yield line, min(fitting, key=lambda f: (f[1].feature_code[:2] != code[:2], f[0], f[1].place))[1].place


def _spellings(key: str, divisions: dict[str, list[_Known]]) -> list[str]:
    """The names of divisions that are another spelling of one: alike as a whole and in the first word, which tells north from south."""
    first = key.partition(" ")[0]
    return [
        other
        for other in divisions
        if abs(len(other) - len(key)) <= _SPELLING * len(key) and _ratio(key, other) and _ratio(first, other.partition(" ")[0])
    ]


def _ratio(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= 1 - _SPELLING


def _reaches(known: _Known, lat: float, lon: float) -> bool:
    return metres(lat, lon, known.lat, known.lon) <= max(_DIVISION_NEAR, known.reach)


def _alike(code: str, extent: str, has_shape: bool, known: _Known) -> bool:
    """Whether two entries of one name can be one place: an island is one, a town on it is not. Divisions are matched by their codes."""
    if extent == "sea" or known.extent == "sea":
        return extent == known.extent
    if has_shape:
        return known.extent != "point"
    return known.level not in (COUNTRY, DIVISION) and bool(code) and known.feature_code[:2] == code[:2]
