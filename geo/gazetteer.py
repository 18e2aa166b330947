"""The gazetteer: what names can mean, where that lies, and who says so.

A read-only SQLite file made by ``python -m geo.build``; opening it reads a few pages, not the whole.
"""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geo._entries import CITY, CURATED, GIVEN, SURNAME, WORD, Sense, unpack
from geo._errors import GazetteerError
from geo._home import index_in_use
from geo._model import Name, Place
from geo._text import name_key

__all__ = ["DEFAULT", "GIVEN", "SCHEMA", "SURNAME", "WORD", "Entry", "Gazetteer"]

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

DEFAULT = Path(__file__).parent / "data" / "built" / "gazetteer.sqlite"
SCHEMA = 3
"""Raised whenever the tables change; a file of another number is refused."""

_COLUMNS = (
    "p.id, p.name, p.lat, p.lon, p.feature_code, p.extent, p.where_prec, p.uncertainty_m, p.country, p.admin1,"
    " p.population, p.authority, p.authority_url, p.links, p.part_of"
)
_ENTRIES_KEPT = 300_000
"""Names kept in memory at most; then all are forgotten and read anew."""


def _place(row: tuple[Any, ...], names: tuple[Name, ...] = ()) -> Place:
    return Place(
        id=row[0],
        name=row[1],
        lat=row[2],
        lon=row[3],
        feature_code=row[4],
        extent=row[5],
        where_prec=row[6],
        uncertainty_m=row[7],
        country=row[8],
        admin1=row[9],
        population=row[10],
        authority=row[11],
        authority_url=row[12],
        links=tuple(json.loads(row[13])) if row[13] else (),
        part_of=tuple(json.loads(row[14])) if row[14] else (),
        names=names,
    )


class Entry(NamedTuple):
    """What the index holds under one key: flags of the word, words of the longest name that begins with it, and its senses."""

    flags: int
    longest: int
    senses: tuple[Sense, ...]


_NOTHING = Entry(0, 0, ())


class Gazetteer:
    """A gazetteer opened for reading.

    ``path`` is a file made by ``python -m geo.build``; None opens the one inside the package, or, where the user added gazetteers
    (:func:`geo.add_gazetteers`), the one that holds both. Reads the disk, never the network. Raises :class:`GazetteerError` where the
    file is missing, is not a gazetteer, is of another version, or was merged with another version of the package's own.

    >>> gazetteer = Gazetteer()
    >>> [p.feature_code for p in gazetteer.find("Taiwan Strait")]
    ['STRT']
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or index_in_use(DEFAULT, SCHEMA)
        if not self.path.is_file():
            raise GazetteerError(
                f"{self.path.name}: there is no gazetteer at this path; run 'make setup' to build it", code="no-such-gazetteer"
            )
        self._db = sqlite3.connect(f"file:{self.path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        try:
            row = self._db.execute("SELECT value FROM meta WHERE key = 'schema'").fetchone()
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"{self.path.name}: not a gazetteer ({error}); run 'make setup' to build it anew", code="damaged-gazetteer"
            ) from error
        if row is None or row[0] != str(SCHEMA):
            raise GazetteerError(f"{self.path.name}: made by another version; run 'make setup' to build it anew", code="other-version")
        self._codes = [code for (code,) in self._db.execute("SELECT code FROM code ORDER BY number")]
        self._entries: dict[str, Entry] = {}
        self._written: dict[str, Entry] = {}
        self.row = lru_cache(maxsize=100_000)(self._read_row)
        self._senses_of = lru_cache(maxsize=5_000)(self._look_up_senses_of)

    def meta(self) -> dict[str, str]:
        """Return what the gazetteer was made from: source names and versions, counts and the data's hash."""
        return dict(self._db.execute("SELECT key, value FROM meta ORDER BY key"))

    def find(self, name: str) -> tuple[Place, ...]:
        """Return every place that has this name, in any language, the most prominent first; empty where none has it.

        ``name`` is compared without accents, apostrophes, hyphens and case.

        >>> Gazetteer().find("no place of this name")
        ()
        """
        return tuple(self.row(sense.row) for sense in self.entry(name_key(name)).senses)

    def entry(self, key: str) -> Entry:
        """Return what the index holds under a key (:func:`geo._text.name_key`); an empty entry where it holds nothing."""
        found = self._entries.get(key)
        if found is None:
            row = self._db.execute("SELECT flags, longest, senses FROM entry WHERE key = ?", (key,)).fetchone()
            if len(self._entries) >= _ENTRIES_KEPT:
                self._entries.clear()
            found = self._entries[key] = Entry(row[0], row[1], unpack(row[2], self._codes)) if row else _NOTHING
        return found

    def written(self, name: str) -> Entry:
        """Return the entry of a name as a text writes it; what was asked before is answered from memory."""
        found = self._written.get(name)
        if found is None:
            if len(self._written) >= _ENTRIES_KEPT:
                self._written.clear()
            found = self._written[name] = self.entry(name_key(name))
        return found

    def senses(self, name: str) -> tuple[Sense, ...]:
        """Return what a name can mean, the most prominent first, as far as weighing needs it; empty where no place has it."""
        return self.written(name).senses

    def senses_of(self, place_id: str) -> tuple[Sense, ...]:
        """Return the one sense that is the entry with this id, found by its leading name; empty where there is none."""
        return self._senses_of(place_id)

    def _look_up_senses_of(self, place_id: str) -> tuple[Sense, ...]:
        row = self._db.execute("SELECT rowid, name FROM place WHERE id = ?", (place_id,)).fetchone()
        return tuple(s for s in self.senses(row[1]) if s.row == row[0]) if row else ()

    def spellings(self, row: int) -> frozenset[str]:
        """Return the names of a row as written, without full stops."""
        return frozenset(toponym.replace(".", "") for (toponym,) in self._db.execute("SELECT toponym FROM name WHERE place = ?", (row,)))

    def _read_row(self, row: int) -> Place:
        return _place(self._db.execute(f"SELECT {_COLUMNS} FROM place p WHERE p.rowid = ?", (row,)).fetchone())

    def flags(self, word: str) -> int:
        """Return what else a single word is: the sum of ``WORD``, ``GIVEN`` and ``SURNAME``, or 0."""
        return self.written(word).flags

    def place(self, place_id: str) -> Place:
        """Return the entry with this id, with its names, of each language the leading one first.

        Raises :class:`GazetteerError` where there is no such entry.

        >>> Gazetteer().place("iso3166-1:JP").name
        'Japan'
        """
        row = self._db.execute(f"SELECT {_COLUMNS}, p.rowid FROM place p WHERE p.id = ?", (place_id,)).fetchone()
        if row is None:
            raise GazetteerError(
                f"{place_id}: no entry of the gazetteer has this id; 'Gazetteer.find(name)' lists the ids of a name", code="no-such-entry"
            )
        names = self._db.execute("SELECT toponym, lang FROM name WHERE place = ? ORDER BY rank, rowid", (row[-1],))
        return _place(row[:-1], tuple(Name(toponym=t, lang=lang) for t, lang in names))

    def added_with(self, place_id: str) -> str:
        """Return the file name of the added gazetteer that an entry is from, or ``""`` where it is the package's own."""
        if "layers" not in self.meta():
            return ""
        row = self._db.execute(
            "SELECT l.name FROM place p JOIN layer l ON l.first <= p.rowid WHERE p.id = ? ORDER BY l.first DESC LIMIT 1", (place_id,)
        ).fetchone()
        return row[0] if row else ""

    def shape(self, place_id: str) -> BaseGeometry | None:
        """Return the place's shape in degrees (EPSG:4326), or None where the gazetteer has no more than a point.

        Imports shapely at the first call.
        """
        row = self._db.execute("SELECT wkb FROM shape WHERE id = ?", (place_id,)).fetchone()
        if row is None:
            return None
        import shapely

        return shapely.from_wkb(row[0])

    def part(self, place_id: str, modifier: str) -> tuple[float, float] | None:
        """Return a representative (lat, lon) of a part of a place ("northern"), from its extent; None where the gazetteer has no extent.

        Half-way between the middle of the extent and its edge on that side: no more than a reader of the words could place.
        """
        row = self._db.execute("SELECT south, west, north, east, lat, lon FROM place WHERE id = ?", (place_id,)).fetchone()
        if row is None or row[0] is None:
            return None
        south, west, north, east, lat, lon = row
        word = modifier.replace("-", "")
        if "north" in word and "south" not in word:
            lat = lat + (north - lat) / 2
        if "south" in word and "north" not in word:
            lat = lat - (lat - south) / 2
        if "east" in word and "west" not in word:
            lon = lon + (east - lon) / 2
        if "west" in word and "east" not in word:
            lon = lon - (lon - west) / 2
        return round(lat, 2), round(lon, 2)

    def generalised(self, place_id: str) -> bool:
        """Return whether the shape is a rough one, drawn with a soft edge because no source at hand gives its border."""
        row = self._db.execute("SELECT generalised FROM shape WHERE id = ?", (place_id,)).fetchone()
        return bool(row and row[0])

    def labels(self, west: float, south: float, east: float, north: float) -> list[Place]:
        """Return the named places in a box of degrees that a map may label: seas, chains, islands, countries and large cities.

        Sorted by prominence; bounds are WGS 84 degrees, west below east.
        """
        rows = self._db.execute(
            f"SELECT {_COLUMNS}, p.rowid FROM place p WHERE p.lat BETWEEN ? AND ? AND p.lon BETWEEN ? AND ?"
            f" AND (p.class_rank <= {CURATED} OR p.class_rank = {CITY} AND p.population >= 300000)"
            " ORDER BY p.class_rank, p.population DESC, p.id LIMIT 1500",
            (south, north, west, east),
        ).fetchall()
        found = []
        for row in rows:
            local = self._db.execute(
                "SELECT toponym, lang FROM name WHERE place = ? AND lang NOT IN ('', 'en') ORDER BY rank, rowid LIMIT 24", (row[-1],)
            )
            found.append(_place(row[:-1], tuple(Name(toponym=t, lang=lang) for t, lang in local)))
        return found

    def close(self) -> None:
        """Close the file; the gazetteer cannot be asked after that."""
        self._db.close()
