"""Which rows of an added layer are places that the index has already: by id, by code, or by name, sort and nearness."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from geo._earth import metres
from geo._entries import COUNTRY, DIVISION
from geo._model import Extent
from geo._text import name_key

_NEAR = 25_000
"""Metres between two sources' points of one place, where neither says how large it is."""
_MARGIN = 1.0
"""Degrees around a country's main land within which its own point lies."""


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
        self.divisions: dict[tuple[str, str, str], set[int]] = {}
        for key, country, *rest in db.execute(
            "SELECT n.key, p.country, p.rowid, p.feature_code, p.extent, p.lat, p.lon, coalesce(p.uncertainty_m, 0), p.class_rank"
            " FROM place p JOIN name n ON n.place = p.rowid WHERE p.class_rank <= ? ORDER BY p.rowid",
            (DIVISION,),
        ):
            found = _Known(*rest)
            self.known.setdefault(key, {})[found.place] = found
            if found.feature_code in ("ADM1", "ADM2"):
                self.divisions.setdefault((country, found.feature_code, key), set()).add(found.place)
        db.execute("CREATE TEMP TABLE known (key TEXT PRIMARY KEY) WITHOUT ROWID")
        db.executemany("INSERT INTO known VALUES (?)", ((key,) for key in sorted(self.known)))
        for place, links in db.execute("SELECT rowid, links FROM place WHERE links LIKE '%gn:%' ORDER BY rowid").fetchall():
            for link in json.loads(links):
                if m := re.fullmatch(r"gn:(\d+)", link):
                    db.execute("INSERT OR IGNORE INTO alias VALUES (?,?)", (f"geonames:{m[1]}", place))

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
            "SELECT id, name, country, feature_code FROM layer.place l WHERE feature_code IN ('ADM1', 'ADM2') AND country != ''"
            " AND NOT EXISTS (SELECT 1 FROM alias a WHERE a.id = l.id) AND NOT EXISTS (SELECT 1 FROM main.place m WHERE m.id = l.id)"
        )
        for place_id, name, country, code in rows:
            key = name_key(name)
            places = self.divisions.get((country, code, key)) or (self.divisions.get((country, "ADM2", key)) if code == "ADM1" else None)
            if places and len(places) == 1:
                yield place_id, min(places)

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


def _alike(code: str, extent: str, has_shape: bool, known: _Known) -> bool:
    """Whether two entries of one name can be one place: an island is one, a town on it is not. Divisions are matched by their codes."""
    if extent == "sea" or known.extent == "sea":
        return extent == known.extent
    if has_shape:
        return known.extent != "point"
    return known.level not in (COUNTRY, DIVISION) and bool(code) and known.feature_code[:2] == code[:2]
