"""The rows of a published data file, read back: what each says of which plan, and by which quotes."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from layers._errors import PublishedError
from layers.published._opening import as_value
from sources import Quote

_TABLES = ("plans_areas", "plans_points", "plans_unplaced")
_COLUMNS = ("number", "plan_id", "key", "summary", "status", "place_id", "quotes")
_STEPS = 20_000_000
"""Steps of SQLite's machine that the reading of one file may take: some seconds."""
_LARGEST_PARQUET = 256_000_000
_CELL = 8_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRow:
    """One row of a data file: where it stands there, its plan, and its quotes; ``number`` is None for a name of a place.

    A quote's ``article_id`` is what the file has: the article's id, or its address or hash in annotations.

    >>> DataRow(where="row 1", quotes=()).status
    ''
    """

    where: str
    quotes: tuple[Quote, ...]
    number: int | None = None
    plan_id: str = ""
    key: str = ""
    summary: str = ""
    status: str = ""
    place_id: str = ""


def read_rows(data: bytes, name: str) -> list[DataRow]:
    """Read the rows of a data file that the ending of its ``name`` tells: .geojson, .csv, .gpkg, .parquet, .kml or .jsonld.

    Nothing in the file is run, and its size is limited. Raises :class:`PublishedError` where it is none of these, broken, or has a row
    without what every row has.

    >>> read_rows(b'{"type": "FeatureCollection", "features": []}', "plans.geojson")
    []
    """
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise PublishedError(
            name, "is no kind of data that can be checked by itself", f"name a map, a folder or one of {', '.join(READERS)}"
        )
    try:
        return list(reader(data, name))
    except PublishedError:
        raise
    except KeyError as error:
        raise PublishedError(
            name, f"it has no {error}; it is not plans as citemap writes them", "restore it as it was published"
        ) from error
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, MemoryError, sqlite3.Error, OSError, csv.Error) as error:
        rule = f"it cannot be read ({type(error).__name__}: {str(error)[:80]})"
        raise PublishedError(name, rule, "restore it as it was published") from error


def _geojson(data: bytes, name: str) -> Iterator[DataRow]:
    for number, feature in enumerate(as_value(data, name)["features"], start=1):
        yield _row(f"feature {number}", feature["properties"], name)


def _csv(data: bytes, name: str) -> Iterator[DataRow]:
    csv.field_size_limit(_CELL)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    if missing := [column for column in _COLUMNS if column not in (rows.fieldnames or ())]:
        raise KeyError(f"column {missing[0]}")
    for number, row in enumerate(rows, start=2):
        yield _row(f"row {number}", {**row, "number": int(row["number"])}, name)


def _geopackage(data: bytes, name: str) -> Iterator[DataRow]:
    """Read the tables of plans; nothing that the file defines is run but its tables are read, for a limited time."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(data)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.set_progress_handler(lambda: 1, _STEPS)
        real = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if missing := [table for table in _TABLES if table not in real]:
            raise KeyError(f"table {missing[0]}")
        for table in _TABLES:
            columns = ", ".join(f'"{column}"' for column in _COLUMNS)
            for fid, *values in db.execute(f'SELECT fid, {columns} FROM "{table}" ORDER BY fid'):
                yield _row(f"{table}, row {fid}", dict(zip(_COLUMNS, values, strict=True)), name)


def _parquet(data: bytes, name: str) -> Iterator[DataRow]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(data), pre_buffer=False)  # no threads of Arrow's, which may outlive the command
        about = file.metadata
        if sum(about.row_group(k).total_byte_size for k in range(about.num_row_groups)) > _LARGEST_PARQUET:
            raise ValueError("larger unpacked than is read")
        rows = file.read(columns=list(_COLUMNS), use_threads=False).to_pylist()
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error
    for number, row in enumerate(rows, start=1):
        yield _row(f"row {number}", row, name)


def _kml(data: bytes, name: str) -> Iterator[DataRow]:
    """Read the placemarks of plans; a file that declares entities is refused, and nothing is fetched."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it declares entities, as no file of citemap does")
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    for number, mark in enumerate(root.iter("{http://www.opengis.net/kml/2.2}Placemark"), start=1):
        values = {one.get("name", ""): one.findtext("{*}value") or "" for one in mark.iterfind("{*}ExtendedData/{*}Data")}
        if "quotes" in values:
            yield _row(f"placemark {number}", {"place_id": "", **values, "number": int(values["number"])}, name)


def _row(where: str, values: dict[str, Any], name: str) -> DataRow:
    quotes = values["quotes"]
    quotes = as_value(quotes, name) if isinstance(quotes, str) else quotes
    texts = {key: str(values[key] or "") for key in ("plan_id", "key", "summary", "status", "place_id")}
    number = values["number"]
    if type(number) is not int:
        raise ValueError(f"{where}: {number!r:.40} is no number of a plan")
    return DataRow(where=where, number=number, quotes=tuple(_quote(one["article_id"], one["selectors"]) for one in quotes), **texts)


def _quote(article: Any, selectors: Any) -> Quote:
    """Return a quote from its selectors. Raises ValueError where these are none."""
    words, at = ({one["type"]: one for one in selectors}[sort] for sort in ("TextQuoteSelector", "TextPositionSelector"))
    texts = {key: words.get(key, "") for key in ("exact", "prefix", "suffix")}
    if not all(isinstance(text, str) for text in (article, *texts.values())) or type(at["start"]) is not int or type(at["end"]) is not int:
        raise ValueError("its selectors are not texts and numbers")
    return Quote(article_id=article, start=at["start"], end=at["end"], **texts)


def _annotations(data: bytes, name: str) -> Iterator[DataRow]:
    for number, item in enumerate(as_value(data, name)["first"]["items"], start=1):
        quote = _quote(item["target"]["source"], item["target"]["selector"])
        describing = item["motivation"] == "describing"
        said = {body.get("purpose"): body.get("value") for body in item["body"]} if describing else {}
        yield DataRow(
            where=f"annotation {number}",
            quotes=(quote,),
            key=item["schema:about"]["schema:identifier"] if describing else "",
            summary=str(said.get("describing", "")),
            status=str(said.get("classifying", "")),
        )


READERS: dict[str, Callable[[bytes, str], Iterable[DataRow]]] = {
    ".geojson": _geojson,
    ".csv": _csv,
    ".gpkg": _geopackage,
    ".parquet": _parquet,
    ".jsonld": _annotations,
    ".kml": _kml,
}
