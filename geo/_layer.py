"""One added file as a layer: its rows in the columns of the index, its names as keys, and beside it what was set aside."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from geo import build
from geo._formats import Format
from geo._rows import Bad, Row, Source, is_clean
from geo._text import name_key

VERSION = 1
"""Raised whenever the tables of a layer change, or what its rows mean; a layer of another number has to be added again."""
COLUMNS = (
    "id, name, lat, lon, feature_code, extent, where_prec, uncertainty_m, country, admin1, admin2, population, authority, authority_url,"
    " links, part_of, government_of, class_rank"
)
PRAGMAS = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; PRAGMA temp_store = FILE;"
"""For a file that nobody reads before it is whole; 64 MB of memory, whatever the size."""
_SQL = f"""
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (line INTEGER PRIMARY KEY, {COLUMNS}, same);
{build.NAMES}
CREATE TABLE shape (line INTEGER PRIMARY KEY, wkb BLOB);
CREATE TABLE word (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_BATCH = 5_000


def write_layer(source: Source, form: Format, target: Path, aside: Path, meta: dict[str, str]) -> None:
    """Write a file's rows to ``target`` and what was set aside to ``aside``; ``meta`` is kept with counts of both.

    Memory does not grow with the file. Reads and writes the disk.
    """
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(target, isolation_level=None)) as db,
        aside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out,
    ):
        db.executescript(PRAGMAS + _SQL + "BEGIN;")
        out.write("line or feature\tvalue\trule\tcode\n")
        bad = _fill(db, form.read(source), lambda b: _set_aside(out.write, b))
        bad += _drop_second(db, lambda b: _set_aside(out.write, b))
        taken = db.execute("SELECT count(*) FROM place").fetchone()[0]
        meta = meta | {"version": str(VERSION), "format": form.name, "rows": str(taken), "set aside": str(bad)}
        db.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
        db.execute("COMMIT")


def _set_aside(write: Callable[[str], Any], bad: Bad) -> None:
    write(f"{bad.line}\t{' '.join(bad.value.split())[:100]}\t{bad.rule}\t{bad.code}\n")


def _fill(db: sqlite3.Connection, found: Iterator[Row | Bad], tell: Callable[[Bad], None]) -> int:
    places: list[tuple[Any, ...]] = []
    names: list[tuple[Any, ...]] = []
    words: set[str] = set()
    bad = 0

    def flush() -> None:
        db.executemany("INSERT INTO place VALUES (" + ",".join("?" * 20) + ")", places)
        db.executemany("INSERT INTO name VALUES (?,?,?,?,?)", names)
        places.clear()
        names.clear()

    for row in found:
        if isinstance(row, Bad):
            bad += 1
            tell(row)
            continue
        keys = set()
        for toponym, lang, rank in row.names:
            key = name_key(toponym)
            if key and (key, lang) not in keys and is_clean(toponym):
                keys.add((key, lang))
                names.append((key, row.line, toponym, lang, rank))
                if " " not in key and key.isascii() and key not in words and build.is_word(key):
                    words.add(key)
        if not keys:
            bad += 1
            tell(Bad(row.line, row.name, "the name has no letters", "no-name"))
            continue
        places.append(_columns(row))
        if row.wkb:
            db.execute("INSERT INTO shape VALUES (?,?)", (row.line, row.wkb))
        if len(places) >= _BATCH:
            flush()
    flush()
    db.executemany("INSERT INTO word VALUES (?)", ((word,) for word in sorted(words)))
    return bad


def _columns(row: Row) -> tuple[Any, ...]:
    return (
        row.line, row.id, row.name, row.lat, row.lon, row.feature_code, row.extent, row.where_prec, row.uncertainty_m, row.country,
        row.admin1, row.admin2, row.population, row.authority, row.authority_url, json.dumps(row.links) if row.links else "",
        json.dumps(row.part_of) if row.part_of else "", row.government_of, row.level, row.same,
    )  # fmt: skip


def _drop_second(db: sqlite3.Connection, tell: Callable[[Bad], None]) -> int:
    """Set aside later rows of an id that an earlier row has."""
    db.execute("CREATE INDEX place_id ON place (id)")
    twice = "SELECT id, min(line) AS line FROM place GROUP BY id HAVING count(*) > 1"
    db.execute(f"CREATE TEMP TABLE second AS SELECT p.line, p.id FROM place p JOIN ({twice}) f ON p.id = f.id AND p.line > f.line")
    for line, place_id in db.execute("SELECT line, id FROM second ORDER BY line"):
        tell(Bad(line, place_id, "an earlier line has this id", "same-id"))
    count: int = db.execute("SELECT count(*) FROM second").fetchone()[0]
    if count:
        db.execute("CREATE UNIQUE INDEX temp.second_line ON second (line)")
        for table, column in (("place", "line"), ("name", "place"), ("shape", "line")):
            db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT line FROM temp.second)")
    return count
