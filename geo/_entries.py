"""The names of the index, packed: for each key what a text's reader needs at once, and nothing that it does not.

A row of the table ``entry`` holds a name's flags, how many words a longer name that begins with it has, and its senses in 31 bytes each.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from geo._model import Extent

SQL = "CREATE TABLE entry (key TEXT PRIMARY KEY, flags INTEGER, longest INTEGER, senses BLOB) WITHOUT ROWID;"
COUNTRY, CURATED, DIVISION, CITY = 0, 1, 2, 3
"""The level of a place, from the most prominent."""
EXTENTS: tuple[Extent, ...] = ("point", "area", "chain", "sea", "country")
WORD, GIVEN, SURNAME = 1, 2, 4
"""Flags of a key: an English dictionary word, a given name, a family name."""
_PACK = struct.Struct("<IffIIHHHBBBB")
_NO_AREA = 0


class Sense(NamedTuple):
    """One place that a name can mean, as far as weighing needs it; ``row`` asks the gazetteer for the rest.

    ``lat`` and ``lon`` in degrees; ``area2`` numbers the second-order division (0: unknown); ``level`` is COUNTRY, CURATED, DIVISION or
    CITY; ``population`` of a division without one is that of its towns; ``rank`` is 0 for a leading name of the place, more for an
    alternate one; ``seat`` says that it can stand for a government.
    """

    row: int
    lat: float
    lon: float
    population: int
    area2: int
    country: str
    admin1: str
    feature_code: str
    extent: Extent
    level: int
    rank: int
    seat: int


class Codes:
    """Numbers for the codes of countries, divisions and features, so that a sense packs into few bytes."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self.codes = list(known) or [""]
        self.numbers = {code: i for i, code in enumerate(self.codes)}

    def number(self, code: str) -> int:
        """Return the code's number, a new one where it has none."""
        found = self.numbers.get(code)
        if found is None:
            found = self.numbers[code] = len(self.codes)
            self.codes.append(code)
        return found


def unpack(blob: bytes, codes: list[str]) -> tuple[Sense, ...]:
    """Return the senses of a packed entry."""
    return tuple(
        Sense(row, lat, lon, population, area2, codes[country], codes[admin1], codes[feature], EXTENTS[extent], level, rank, seat)
        for row, lat, lon, population, area2, country, admin1, feature, extent, level, rank, seat in _PACK.iter_unpack(blob)
    )


def write_entries(db: sqlite3.Connection, flags: dict[str, int]) -> None:
    """Fill ``entry`` and ``code`` from ``name`` and ``place``; ``flags`` says what else words are. Memory does not grow with the names."""
    codes, areas = Codes(), Codes()
    left = dict(flags)
    db.executemany("INSERT INTO entry VALUES (?,?,?,?)", _rows(db, codes, areas, left))
    db.executemany("INSERT OR IGNORE INTO entry VALUES (?,?,?,?)", ((key, flag, 0, b"") for key, flag in sorted(left.items())))
    db.executemany("INSERT INTO code VALUES (?,?)", enumerate(codes.codes))


def rewrite_entries(db: sqlite3.Connection) -> None:
    """Pack the keys in the table ``touched`` anew and leave all other entries as they are. Memory does not grow with the names.

    Whoever fills ``touched`` puts in every key of a place that changed, and of each place that has an ``admin2``: these get new numbers.
    """
    codes = Codes(code for (code,) in db.execute("SELECT code FROM code ORDER BY number"))
    known = len(codes.codes) if db.execute("SELECT 1 FROM code").fetchone() else 0
    db.executemany(
        "INSERT INTO entry VALUES (?,0,0,?) ON CONFLICT (key) DO UPDATE SET senses = excluded.senses",
        _packed(db, codes, Codes(), "WHERE n.key IN (SELECT key FROM touched)"),
    )
    db.executemany(
        "INSERT INTO entry VALUES (?,0,?,x'') ON CONFLICT (key) DO UPDATE SET longest = max(longest, excluded.longest)",
        ((key.partition(" ")[0], key.count(" ") + 1) for (key,) in db.execute("SELECT key FROM touched WHERE key LIKE '% %'")),
    )
    db.executemany("INSERT INTO code VALUES (?,?)", list(enumerate(codes.codes))[known:])


def _rows(db: sqlite3.Connection, codes: Codes, areas: Codes, flags: dict[str, int]) -> Iterator[tuple[str, int, int, bytes]]:
    """Entries in the order of their keys. A word's own entry waits until the longer names that begin with it have been seen."""
    waiting, blob, longest = "", b"", 0
    for key, packed in _packed(db, codes, areas):
        first, _, rest = key.partition(" ")
        if first != waiting:
            if waiting:
                yield waiting, flags.pop(waiting, 0), longest, blob
            waiting, blob, longest = first, b"", 0
        if rest:
            longest = max(longest, 1 + rest.count(" ") + 1)
            yield key, flags.pop(key, 0), 0, packed
        else:
            blob = packed
    if waiting:
        yield waiting, flags.pop(waiting, 0), longest, blob


def towns_people(db: sqlite3.Connection, schema: str = "main") -> dict[str, int]:
    """Return the people in the towns of each first-order division, by its code."""
    towns = f"SELECT admin1, sum(population) FROM {schema}.place WHERE extent = 'point' AND admin1 != '' GROUP BY admin1"
    return dict(db.execute(towns))


def _packed(db: sqlite3.Connection, codes: Codes, areas: Codes, which: str = "") -> Iterator[tuple[str, bytes]]:
    cursor = db.execute(
        "SELECT n.key, min(n.rank), p.rowid, p.lat, p.lon, p.population, p.country, p.admin1, p.admin2, p.feature_code, p.extent,"
        " p.class_rank, p.government_of != '' FROM name n CROSS JOIN place p ON p.rowid = n.place"
        f" {which} GROUP BY n.key, p.rowid ORDER BY n.key"
    )
    people = towns_people(db)
    extents = {extent: i for i, extent in enumerate(EXTENTS)}
    current, found = "", list[tuple[tuple[int, int, int, int], bytes]]()
    for key, rank, row, lat, lon, population, country, admin1, admin2, feature, extent, level, seat in cursor:
        if key != current:
            if found:
                yield current, b"".join(p for _, p in sorted(found))
            current, found = key, []
        if feature == "ADM1" and not population:
            population = people.get(admin1, 0)
        population = min(population or 0, 2**32 - 1)
        area = areas.number(admin2) if admin2 else _NO_AREA
        numbers = codes.number(country), codes.number(admin1), codes.number(feature)
        packed = _PACK.pack(row, lat, lon, population, area, *numbers, extents[extent], level, min(rank, 255), seat)
        found.append(((rank, level, -population, row), packed))
    if found:
        yield current, b"".join(p for _, p in sorted(found))
