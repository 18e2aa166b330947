"""The merged index: the package's own index and every added layer, with one entry for one place.

It begins as a copy of the package's index, of which only the names that the layers touch are packed anew.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from geo import _entries
from geo._earth import metres, middle
from geo._entries import WORD
from geo._errors import GazetteerError
from geo._layer import COLUMNS, PRAGMAS
from geo._matching import Matching

VERSION = 2
"""Raised whenever merging gives another result for the same layers."""
_SQL = """
CREATE TABLE layer (first INTEGER PRIMARY KEY, name TEXT);
CREATE TEMP TABLE alias (id TEXT PRIMARY KEY, place INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE target (line INTEGER PRIMARY KEY, place INTEGER);
CREATE TEMP TABLE wanted (code TEXT PRIMARY KEY, line INTEGER) WITHOUT ROWID;
CREATE TEMP TABLE touched (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE changed (place INTEGER PRIMARY KEY);
"""


def fingerprint_of(embedded: str, layers: list[tuple[str, str]]) -> str:
    """Return the fingerprint of an index made from an embedded one, by its fingerprint, and layers, by their names and hashes."""
    return hashlib.sha256(json.dumps([VERSION, embedded, layers]).encode()).hexdigest()


def merge(embedded: Path, layers: list[Path], target: Path, without_point: Path, told: Callable[[str], None]) -> None:
    """Write the index of ``embedded`` and ``layers``, in this order, to ``target``, and a table of rows that have no point beside it.

    Memory does not grow with the layers. Reads and writes the disk. Raises :class:`GazetteerError` where there are too many codes.
    """
    target.unlink(missing_ok=True)
    told("copying citemap's own places")
    shutil.copyfile(embedded, target)
    db = sqlite3.connect(target, isolation_level=None, uri=True)
    try:
        merging = _Merging(db, embedded)
        for path in layers:
            with merging.attached(path):
                merging.matching.find_aliases()
        for path in layers:
            with merging.attached(path) as name:
                told(f"merging {name}")
                merging.add(name)
        with without_point.open("w", encoding="utf-8", newline="\n") as out:
            out.write("file\tline\tname\trule\n")
            for path in layers:
                with merging.attached(path) as name:
                    for line, place in merging.derive(name):
                        out.write(f"{name}\t{line}\t{place}\tthe file gives no coordinates, and no town at hand lies in it\n")
        told("packing the names")
        merging.finish()
    finally:
        db.close()


class _Merging:
    """An index being written. Layers are attached one at a time as ``layer``."""

    def __init__(self, db: sqlite3.Connection, embedded: Path) -> None:
        self.db, self.embedded = db, embedded
        self.layers: list[tuple[str, str]] = []
        db.executescript(PRAGMAS + _SQL)
        db.execute("BEGIN")
        self.names = db.execute("SELECT coalesce(max(rowid), 0) FROM name").fetchone()[0]
        self.meta = dict(db.execute("SELECT key, value FROM meta"))
        self.matching = Matching(db)
        db.execute("COMMIT")

    @contextmanager
    def attached(self, path: Path) -> Iterator[str]:
        """Attach a layer for the length of a block and give its file's name."""
        self.db.execute("ATTACH ? AS layer", (f"{path.resolve().as_uri()}?mode=ro&immutable=1",))
        self.db.execute("BEGIN")
        meta = dict(self.db.execute("SELECT key, value FROM layer.meta"))
        yield meta["file"]
        if (meta["file"], meta["sha256"]) not in self.layers:
            self.layers.append((meta["file"], meta["sha256"]))
        self.db.execute("DELETE FROM target")
        self.db.execute("COMMIT")
        self.db.execute("DETACH layer")

    def add(self, name: str) -> None:
        """Add the attached layer's rows that have coordinates: new places, and names for those that are there."""
        self.matching.find_aliases()
        for found in ("temp.alias m", "main.place m"):
            column = "m.place" if "alias" in found else "m.rowid"
            self.db.execute(
                f"INSERT OR IGNORE INTO target SELECT l.line, {column} FROM layer.place l CROSS JOIN {found} ON m.id = l.id"
                " WHERE l.lat IS NOT NULL"
            )
        self.db.executemany("INSERT OR IGNORE INTO target VALUES (?,?)", self.matching.by_name())
        last = self._last()
        self.db.execute(
            "INSERT INTO target SELECT line, ? + row_number() OVER (ORDER BY line) FROM layer.place l"
            " WHERE lat IS NOT NULL AND NOT EXISTS (SELECT 1 FROM target t WHERE t.line = l.line)",
            (last,),
        )
        self._take(name, last)
        self.db.execute(
            "INSERT INTO entry SELECT key, ?, 0, x'' FROM layer.word WHERE true"
            " ON CONFLICT (key) DO UPDATE SET flags = flags | excluded.flags",
            (WORD,),
        )

    def derive(self, name: str) -> Iterator[tuple[int, str]]:
        """Add the rows without coordinates: names for places that are there, divisions at the mean of their towns; yield the others.

        A division of one town has a point, but no radius: how far it reaches is not known.
        """
        self.matching.find_aliases()
        for found in ("temp.alias m", "main.place m"):
            column = "m.place" if "alias" in found else "m.rowid"
            self.db.execute(
                f"INSERT OR IGNORE INTO target SELECT l.line, {column} FROM layer.place l CROSS JOIN {found} ON m.id = l.id"
                " WHERE l.lat IS NULL"
            )
        last = self._last()
        points: dict[int, tuple[float, float, int | None]] = {}
        for code, column in (("ADM2", "admin2"), ("ADM1", "admin1")):
            self.db.execute("DELETE FROM wanted")
            self.db.execute(
                f"INSERT OR IGNORE INTO wanted SELECT {column}, line FROM layer.place l WHERE lat IS NULL AND feature_code = ?"
                f" AND {column} != '' AND NOT EXISTS (SELECT 1 FROM target t WHERE t.line = l.line) ORDER BY line",
                (code,),
            )
            towns = self.db.execute(
                f"SELECT w.line, p.lat, p.lon FROM place p CROSS JOIN wanted w ON w.code = p.{column}"
                " WHERE p.feature_code LIKE 'PPL%' ORDER BY w.line, p.rowid"
            )
            for line, group in groupby(towns, itemgetter(0)):
                at = [(lat, lon) for _, lat, lon in group]
                lat, lon = middle(at)
                points[line] = lat, lon, round(max(metres(lat, lon, *town) for town in at)) if len(at) > 1 else None
        lines = sorted(points)
        self.db.executemany("INSERT INTO target VALUES (?,?)", ((line, last + i) for i, line in enumerate(lines, start=1)))
        self._take(name, last)
        self.db.executemany(
            "UPDATE place SET lat = ?, lon = ?, uncertainty_m = ? WHERE rowid = ?",
            ((*points[line], last + i) for i, line in enumerate(lines, start=1)),
        )
        yield from self.db.execute(
            "SELECT line, name FROM layer.place l WHERE lat IS NULL AND NOT EXISTS (SELECT 1 FROM target t WHERE t.line = l.line)"
            " ORDER BY line"
        ).fetchall()

    def _last(self) -> int:
        last: int = self.db.execute("SELECT coalesce(max(rowid), 0) FROM place").fetchone()[0]
        return last

    def _take(self, name: str, last: int) -> None:
        """Copy what ``target`` names: whole rows for places behind ``last``, names and what was missing for the others."""
        db = self.db
        db.execute(
            f"INSERT INTO place (rowid, {COLUMNS}) SELECT t.place, {COLUMNS} FROM target t CROSS JOIN layer.place l ON l.line = t.line"
            " WHERE t.place > ? ORDER BY t.line",
            (last,),
        )
        db.execute(
            "INSERT INTO name SELECT n.key, t.place, n.toponym, n.lang, n.rank FROM layer.name n CROSS JOIN target t ON t.line = n.place"
            " WHERE t.place > ? ORDER BY n.rowid",
            (last,),
        )
        db.execute(
            "INSERT INTO name SELECT key, place, toponym, lang, rank FROM (SELECT n.key, t.place, n.toponym, n.lang, n.rank, min(n.rowid)"
            " FROM layer.name n CROSS JOIN target t ON t.line = n.place WHERE t.place <= ? AND NOT EXISTS (SELECT 1 FROM main.name x"
            " WHERE x.place = t.place AND x.key = n.key AND (x.lang = n.lang OR n.lang = '')) GROUP BY t.place, n.key, n.lang)",
            (last,),
        )
        missing = db.execute(
            "SELECT t.place, l.admin2, l.population FROM target t CROSS JOIN layer.place l ON l.line = t.line"
            " WHERE t.place <= ? AND (l.admin2 != '' OR l.population > 0) ORDER BY t.line",
            (last,),
        )
        for place, admin2, population in missing:
            db.execute("UPDATE place SET admin2 = ? WHERE rowid = ? AND admin2 = ''", (admin2, place))
            db.execute("UPDATE place SET population = ? WHERE rowid = ? AND population = 0", (population, place))
        self._shapes()
        if self._last() > last:
            db.execute("INSERT INTO layer VALUES (?,?)", (last + 1, name))
            self.matching.learn_divisions(last)

    def _shapes(self) -> None:
        """Give a place without a shape, unless it is a point, the layer's shape, and its box and radius."""
        import shapely

        shapes = self.db.execute(
            "SELECT m.rowid, m.id, s.wkb, l.uncertainty_m FROM layer.shape s CROSS JOIN target t ON t.line = s.line"
            " CROSS JOIN layer.place l ON l.line = s.line CROSS JOIN main.place m ON m.rowid = t.place"
            " WHERE m.extent != 'point' ORDER BY s.line"
        )
        for rowid, place_id, wkb, radius in shapes:
            if not self.db.execute("INSERT OR IGNORE INTO shape VALUES (?,?,0)", (place_id, wkb)).rowcount:
                continue
            shape = shapely.from_wkb(wkb)
            west, south, east, north = max(getattr(shape, "geoms", [shape]), key=lambda g: g.area).bounds
            self.db.execute(
                "UPDATE place SET south = ?, west = ?, north = ?, east = ?, uncertainty_m = coalesce(uncertainty_m, ?) WHERE rowid = ?",
                (south, west, north, east, radius, rowid),
            )

    def finish(self) -> None:
        """Pack the names of what changed and write what the index was made from."""
        self.db.execute("ATTACH ? AS embedded", (f"{self.embedded.resolve().as_uri()}?mode=ro&immutable=1",))
        self.db.execute("BEGIN")
        self._touch()
        try:
            _entries.rewrite_entries(self.db)
        except struct.error as error:
            raise GazetteerError(
                "the added files: they hold more than 65,535 different codes of countries, divisions and features; remove the file"
                " whose columns for these hold something else ('citemap gazetteer list')",
                code="unknown-format",
            ) from error
        meta = {key: value for key, value in self.meta.items() if key != "fingerprint"}
        meta |= {
            "fingerprint": fingerprint_of(self.meta["fingerprint"], self.layers),
            "embedded": self.meta["fingerprint"],
            "layers": json.dumps(self.layers, ensure_ascii=False),
        }
        self.db.executemany("INSERT OR REPLACE INTO meta VALUES (?,?)", sorted(meta.items()))
        self.db.execute("ANALYZE main")
        self.db.execute("COMMIT")
        self.db.execute("DETACH embedded")

    def _touch(self) -> None:
        """Note the names whose entries are no longer right: new ones, and all of a place of which something that is packed has changed."""
        db = self.db
        db.execute("INSERT OR IGNORE INTO touched SELECT key FROM name WHERE rowid > ?", (self.names,))
        db.execute(
            "INSERT INTO changed SELECT p.rowid FROM place p JOIN embedded.place e ON e.rowid = p.rowid"
            " WHERE p.admin2 != '' OR p.population IS NOT e.population"
        )
        before, now = _entries.towns_people(db, "embedded"), _entries.towns_people(db)
        db.executemany(
            "INSERT OR IGNORE INTO changed SELECT rowid FROM place WHERE feature_code = 'ADM1' AND admin1 = ?",
            ((code,) for code, people in now.items() if before.get(code) != people),
        )
        db.execute("INSERT OR IGNORE INTO touched SELECT n.key FROM changed c CROSS JOIN name n ON n.place = c.place")
