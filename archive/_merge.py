"""The parts of an archive as one set of tables, in the order of the manifest, however it was cut and whoever did which part."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from archive._manifest import Manifest
from archive._store import path_of
from archive._work import PLAN, SCHEMA

GROUP = 5_000
"""Rows of a group in the results: what is held in memory for each country."""
_WHERE = ("file", "position", "row", "doc_id")
_PLANS = pa.schema([SCHEMA.field(name) for name in (*_WHERE, *(key for key in PLAN if key != "country"))])
_ASIDES = pa.schema([SCHEMA.field(name) for name in ("file", "position", "doc_id", "stage", "code", "detail", "attempts")])
_DOCUMENTS = pa.schema([SCHEMA.field(name) for name in ("file", "position", "doc_id", "sha256")])
_GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}},
}
NOWHERE = "none"
"""The country of a plan without a place, or of a place outside all countries."""


def write_results(manifest: Manifest, folder: Path, target: Path) -> dict[str, int]:
    """Write the results of all committed parts below ``target``, which must be empty, and return how many rows each table has.

    ``plans/country=XX/plans.parquet`` are the plans as GeoParquet, ``documents.parquet`` and ``asides.parquet`` what was read and what was
    set aside, ``places-by-month.parquet`` counts plans and documents by place and month of publication. Equal documents and configuration
    give equal bytes, however they were cut into parts. Memory grows with the number of countries and of places by month, not with the
    archive. Raises OSError where a part is missing or a file cannot be written.
    """
    rows: dict[str, int] = {}
    months = _Months()
    plans: dict[str, _Table] = {}
    documents, asides = _Table(target / "documents.parquet", _DOCUMENTS), _Table(target / "asides.parquet", _ASIDES)
    for table in _tables(manifest, folder):
        kinds = table.column("kind").to_pylist()
        documents.add(table.filter(pa.array([kind == "document" for kind in kinds])))
        asides.add(table.filter(pa.array([kind == "aside" for kind in kinds])))
        told = table.filter(pa.array([kind == "plan" for kind in kinds]))
        months.add(told)
        countries = [country or NOWHERE for country in told.column("country").to_pylist()]
        for country in sorted(set(countries)):
            place = target / "plans" / f"country={country}" / "plans.parquet"
            of = plans.setdefault(country, _Table(place, _PLANS.with_metadata({"geo": json.dumps(_GEO)})))
            of.add(told.filter(pa.array([one == country for one in countries])))
    for name, one in {"documents": documents, "asides": asides, **{f"plans in {c}": t for c, t in sorted(plans.items())}}.items():
        rows[name] = one.close()
    rows["places by month"] = months.write(target / "places-by-month.parquet")
    return rows


def _tables(manifest: Manifest, folder: Path) -> Iterator[pa.Table]:
    for part in manifest.parts:
        with pq.ParquetFile(path_of(folder, part)) as file:
            yield file.read()


@dataclass(slots=True)
class _Table:
    """A Parquet file that is written in groups of always the same size, wherever its rows come from."""

    path: Path
    schema: pa.Schema
    _held: list[pa.Table] = field(default_factory=list)
    _rows: int = 0
    _written: int = 0
    _writer: Any = None

    def add(self, table: pa.Table) -> None:
        """Take rows, and write the groups that are full."""
        if table.num_rows:
            self._held.append(table.select(self.schema.names).replace_schema_metadata(self.schema.metadata))
            self._rows += table.num_rows
        while self._rows >= GROUP:
            self._write(GROUP)

    def _write(self, rows: int) -> None:
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self.path, self.schema, compression="zstd", write_page_checksum=True)
        whole = pa.concat_tables(self._held).combine_chunks() if self._held else self.schema.empty_table()
        self._writer.write_table(whole.slice(0, rows), row_group_size=GROUP)
        self._held = [whole.slice(rows)] if whole.num_rows > rows else []
        self._rows -= rows
        self._written += rows

    def close(self) -> int:
        """Write what is left and return how many rows the file has."""
        if self._rows or self._writer is None:
            self._write(self._rows)
        self._writer.close()
        return self._written


class _Months:
    """How many plans and documents name a place, by the month in which they were published."""

    def __init__(self) -> None:
        self._plans: dict[tuple[str, str], dict[str, int]] = {}
        self._last: dict[tuple[str, str], tuple[str, int]] = {}
        self._documents: dict[tuple[str, str], int] = {}
        self._names: dict[str, tuple[str, str]] = {}

    def add(self, table: pa.Table) -> None:
        """Count the rows of plans of a part."""
        wanted = ("place_id", "place", "country", "status", "published", "file", "position")
        for place, name, country, status, published, file, position in zip(*(table.column(c).to_pylist() for c in wanted), strict=True):
            if not place:
                continue
            key = (place, _month(published))
            self._names[place] = (name, country)
            counts = self._plans.setdefault(key, {})
            counts[status] = counts.get(status, 0) + 1
            if self._last.get(key) != (file, position):
                self._last[key] = (file, position)
                self._documents[key] = self._documents.get(key, 0) + 1

    def write(self, path: Path) -> int:
        """Write the counts as a table and return how many rows it has."""
        from sources import STATUSES

        rows = [
            {
                "place_id": place, "place": self._names[place][0], "country": self._names[place][1], "month": month,
                "documents": self._documents[place, month], "plans": sum(counts.values()),
            } | {status: counts.get(status, 0) for status in STATUSES}
            for (place, month), counts in sorted(self._plans.items())
        ]  # fmt: skip
        words = [pa.field(name, pa.string()) for name in ("place_id", "place", "country", "month")]
        numbers = [pa.field(name, pa.int64()) for name in ("documents", "plans", *STATUSES)]
        pq.write_table(pa.Table.from_pylist(rows, schema=pa.schema([*words, *numbers])), path, compression="zstd")
        return len(rows)


def _month(published: str | None) -> str:
    """The month of a date in EDTF, or "" where it is not stated to the month."""
    said = (published or "")[:7]
    return said if len(said) == 7 and said[4] == "-" and said.replace("-", "").isdigit() and "01" <= said[5:] <= "12" else ""
