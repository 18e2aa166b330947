"""Plans as a GeoPackage that QGIS opens with its styles."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from geo.files import write_atomically
from layers._protocols import Gazetteer
from layers.exports._columns import columns, columns_everywhere
from layers.exports._gathered import Gathered, Row, gather
from layers.exports._styles import Symbol, qml, sld
from layers.exports._tables import GEOMETRY, as_multi, context_table, lines_table, plans_table, quotes_table, sources_table
from layers.exports._text import without_nul
from sources import Reading

_UNCHANGING = "2000-01-01T00:00:00.000Z"
"""Stands where GeoPackage wants the time of a change: the same reading gives the same bytes on any day."""

_LAYERS: dict[str, tuple[str, str, str, str | None, Symbol | None]] = {
    "plans_areas": (
        "Plans, areas",
        "Plans whose place is an area, a chain, a sea or a country. Reported, not verified.",
        "plans",
        "MultiPolygon",
        "fill",
    ),
    "plans_lines": ("Plans, stated distances", "Distances that sources state, measured.", "lines", "MultiLineString", "line"),
    "plans_points": (
        "Plans, points",
        "Plans at a point that the source names. Reported, not verified.",
        "plans",
        "Point",
        "marker",
    ),
    "context": ("Context", "Sites that the articles do not name, with who names them.", "context", "Point", None),
    "plans_unplaced": ("Plans, no geometry", "Plans without a place, or with one that cannot be drawn.", "plans", None, None),
    "quotes": ("Quotes", "Every quote with its W3C selectors.", "quotes", None, None),
    "sources": ("Sources", "The articles that were read.", "sources", None, None),
}
"""Each layer with its name for people, what is in it, its columns, its sort of geometry and the symbol of its style."""


def write_geopackage(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as a GeoPackage (OGC 12-128r17, version 1.3, EPSG:4326) with styles for QGIS.

    Layers: ``plans_points``, ``plans_areas`` and, without geometry, ``plans_unplaced``, together a row for each row of
    :func:`plans_to_frame`, with the columns of :func:`write_csv`; ``plans_lines``: the stated distances; ``quotes``, ``sources``; and
    ``context``: what the articles do not name. Shapes are whole, not generalised, and cut at 180 degrees. Lists are JSON text. Texts hold
    no NUL (a picture of it stands instead). Every layer is there, also where it is empty. ``layer_styles`` holds a style in QML and SLD
    for each layer of plans, by status; ``gpkg_data_columns`` says what the columns mean. Equal readings give equal bytes: the time of
    the last change is always 2000-01-01. The file is written whole or not at all, by GDAL through a temporary folder. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_geopackage(Reading(articles=()), None, Path(folder) / "plans.gpkg")
    ...     sorted(name for name, _ in pyogrio.list_layers(path))
    ['context', 'layer_styles', 'plans_areas', 'plans_lines', 'plans_points', 'plans_unplaced', 'quotes', 'sources']
    """
    return write_atomically(path, geopackage_bytes(gather(reading, gazetteer)))


def geopackage_bytes(gathered: Gathered) -> bytes:
    """Return the plans as the bytes of a GeoPackage; makes it in a temporary folder.

    What GDAL wrote is copied to a new file at the end: how often SQLite wrote to the old one is counted in its header.

    >>> geopackage_bytes(gather(Reading(articles=()), None))[:15]
    b'SQLite format 3'
    """
    areas = [replace(row, shape=as_multi(row.shape)) for row in _placed(gathered, point=False)]
    tables = {
        "plans_areas": plans_table(areas),
        "plans_lines": lines_table(gathered),
        "plans_points": plans_table(_placed(gathered, point=True)),
        "context": context_table(gathered),
        "plans_unplaced": plans_table((row for row in gathered.rows if row.shape is None), shapes=False),
        "quotes": quotes_table(gathered),
        "sources": sources_table(gathered),
    }
    with tempfile.TemporaryDirectory(prefix="citemap-") as folder, _telling(folder):
        path = Path(folder) / "plans.gpkg"
        for number, (name, (_, about, _, geometry, _)) in enumerate(_LAYERS.items()):
            if name == "plans_areas" and any(row.shape.geom_type != geometry for row in areas):
                geometry = "Unknown"
            _write_layer(_without_nul(tables[name]), path, name, about, geometry, first=not number)
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            _complete(db)
            _check(db, {name: table.num_rows for name, table in tables.items()})
            db.execute("VACUUM INTO ?", (str(path.with_name("anew.gpkg")),))
        return path.with_name("anew.gpkg").read_bytes()


@contextmanager
def _telling(folder: str) -> Iterator[None]:
    """Say as an OSError what GDAL and SQLite say of the disk, each in its own way."""
    try:
        yield
    except (RuntimeError, sqlite3.Error) as error:
        code = errno.ENOSPC if "full" in str(error) or not shutil.disk_usage(folder).free else errno.EIO
        said = f"{os.strerror(code)}: the GeoPackage cannot be made in {tempfile.gettempdir()}, {error}"
        raise OSError(code, said, folder) from error


def _check(db: sqlite3.Connection, rows: dict[str, int]) -> None:
    """Count again what GDAL wrote, since not all that goes wrong on a disk is told."""
    for name, number in rows.items():
        found = db.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
        if found != number:
            raise sqlite3.DatabaseError(f"{name} holds {found} rows of {number}")


def _placed(gathered: Gathered, *, point: bool) -> list[Row]:
    return [row for row in gathered.rows if row.shape is not None and (row.shape.geom_type == "Point") == point]


def _write_layer(table: pa.Table, path: Path, name: str, about: str, geometry: str | None, *, first: bool) -> None:
    """Have GDAL write one layer; the file's own options go with the first."""
    more: dict[str, Any] = {"layer_options": {"IDENTIFIER": _LAYERS[name][0], "DESCRIPTION": about}}
    if geometry:
        more |= {"geometry_name": GEOMETRY, "geometry_type": geometry, "crs": "EPSG:4326"}
        more["layer_options"]["GEOMETRY_NAME"] = "geom"
    if first:
        more["dataset_options"] = {"VERSION": "1.3", "ADD_GPKG_OGR_CONTENTS": "NO"}
    pyogrio.write_arrow(table, path, layer=name, driver="GPKG", append=not first, **more)


def _without_nul(table: pa.Table) -> pa.Table:
    """Return a table whose texts hold no NUL, at which GDAL would end them."""
    for at, field in enumerate(table.schema):
        if pa.types.is_string(field.type) and pc.any(pc.match_substring(table.column(at), "\x00")).as_py():
            table = table.set_column(at, field, pa.array([t and without_nul(t) for t in table.column(at).to_pylist()], pa.string()))
    return table


def _complete(db: sqlite3.Connection) -> None:
    """Put in what GDAL does not write: styles, the meaning of columns, a time that does not change."""
    db.execute("PRAGMA synchronous = OFF")
    db.execute("BEGIN")
    _put_styles(db)
    _put_meanings(db)
    db.execute("UPDATE gpkg_contents SET last_change = ?", (_UNCHANGING,))
    db.execute("COMMIT")


def _put_styles(db: sqlite3.Connection) -> None:
    """Make the table where QGIS looks for styles, and put in one for each layer of plans."""
    db.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),"
        ' f_table_name TEXT(256), f_geometry_column TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,'
        ' "useAsDefault" BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)'
    )
    for name, (_, _, _, _, symbol) in _LAYERS.items():
        if symbol:
            _put_style(db, name, symbol)
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id) VALUES (?, ?, ?, ?, ?, 0)",
        ("layer_styles", "attributes", "layer_styles", "Styles of the layers, by status.", _UNCHANGING),
    )


def _put_style(db: sqlite3.Connection, name: str, symbol: Symbol) -> None:
    label = "" if symbol == "line" else "number"
    values = ("", "", name, "geom", "status", qml(symbol, label), sld(name, symbol), True, "By status", "", "", _UNCHANGING)
    db.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,"
        " useAsDefault, description, owner, ui, update_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        values,
    )


def _put_meanings(db: sqlite3.Connection) -> None:
    """Say what the columns mean, in the tables of GeoPackage's Schema extension."""
    db.execute(
        "CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,"
        " mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),"
        " CONSTRAINT gdc_tn UNIQUE (table_name, name))"
    )
    db.execute(
        "CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,"
        " min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,"
        " CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"
    )
    for name, (_, _, kind, _, _) in _LAYERS.items():
        for column in columns_everywhere() if kind == "plans" else columns(kind):
            mime = "application/json" if column.type in ("array", "object") else None
            db.execute(
                "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description, mime_type) VALUES (?, ?, ?, ?, ?, ?)",
                (name, column.name, column.name, column.title, column.description, mime),
            )
    where = "http://www.geopackage.org/spec130/#extension_schema"
    for table in ("gpkg_data_columns", "gpkg_data_column_constraints"):
        db.execute("INSERT INTO gpkg_extensions VALUES (?, NULL, 'gpkg_schema', ?, 'read-write')", (table, where))
