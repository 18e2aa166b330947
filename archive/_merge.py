"""The parts of an archive as one set of tables, in the order of the manifest, however it was cut and whoever did which part."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from archive._joining import HOWS, Joined, join, plan_id
from archive._manifest import Manifest
from archive._places import GEO, Places
from archive._store import path_of
from archive._work import PLAN, SCHEMA

GROUP = 5_000
"""Rows of a group in the results: what is held in memory for each country."""
_WHERE = ("file", "position", "doc_id", "plan", "row")
_ALONE = ("country", "origins")
"""Columns of a plan at a place that are not in its table: the folder names the country, and the origins are in the plan's own row."""
_PLANS = pa.schema([pa.field("plan_id", pa.string()), *(SCHEMA.field(name) for name in (*_WHERE, *(k for k in PLAN if k not in _ALONE)))])
_ASIDES = pa.schema([SCHEMA.field(name) for name in ("file", "position", "doc_id", "stage", "code", "detail", "attempts")])
_CITED = ("file", "position", "doc_id", "sha256", "source", "title", "published", "url")
_DOCUMENTS = pa.schema([*(SCHEMA.field(name) for name in _CITED), pa.field("copy_of", pa.string()), pa.field("copy_how", pa.string())])
_TEXTS = (
    "plan_id", "summary", "status", "actor", "asset", "action", "when", "event_type", "place_ids", "places", "origin_names",
    "first_published", "last_published", "conflicts", "quote", "doc_id", "file",
)  # fmt: skip
_NUMBERS = ("position", "reports", "origins", "tellings")
_REPORTED = pa.schema([*(pa.field(name, pa.string()) for name in _TEXTS), *(pa.field(name, pa.int64()) for name in _NUMBERS)])
_UNWRITTEN = ("signs", "shelves", "smallest", "told", "likes")
NOWHERE = "none"
"""The country of a plan without a place, or of a place outside all countries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What the results hold: rows by table, documents that repeat others, plans, and likes that were left apart for their number."""

    rows: dict[str, int]
    copies: int
    plans: int
    not_joined: int


def write_results(manifest: Manifest, folder: Path, target: Path, *, threads: int = 1, say: Callable[[str], None] | None = None) -> Written:
    """Compare and write the results of all committed parts below ``target``, which must be empty.

    ``reported-plans.parquet`` has a row for each plan that one article or several tell, ``plans/country=XX/plans.parquet`` each telling of
    it at each place, with its quote and a coarse shape, as GeoParquet; ``places.parquet`` each place once, with its shape in full;
    ``documents.parquet`` what was read, and what of it repeats what; ``asides.parquet`` what was set aside; ``places-by-month.parquet``
    counts plans and documents by place and month of publication. Equal documents and
    configuration give equal bytes, however they were cut into parts. ``say`` hears of each step. Raises OSError where a part is missing or
    a file cannot be written.
    """
    told = say or (lambda step: None)
    reported = _Table(target / "reported-plans.parquet", _REPORTED)
    with tempfile.TemporaryDirectory(prefix=".joining-", dir=folder) as place:
        joined = join(manifest, folder, Path(place), write=reported.put, say=told, threads=threads)
    told("writing results")
    rows = {"reported plans": reported.close(), **_stream(manifest, folder, target, joined)}
    return Written(rows=rows, copies=len(joined.copies), plans=joined.plans, not_joined=joined.not_joined)


def _stream(manifest: Manifest, folder: Path, target: Path, joined: Joined) -> dict[str, int]:
    """Write the tables that have what the parts have, in the order of the archive, and return their numbers of rows."""
    months, places = _Months(), Places()
    plans: dict[str, _Table] = {}
    documents, asides = _Table(target / "documents.parquet", _DOCUMENTS), _Table(target / "asides.parquet", _ASIDES)
    doc = telling = 0
    for part in manifest.parts:
        table = pq.read_table(path_of(folder, part), columns=[name for name in SCHEMA.names if name not in _UNWRITTEN])
        read, found, at = (table.filter(pc.equal(table["kind"], kind)) for kind in ("document", "telling", "plan"))
        asides.add(table.filter(pc.equal(table["kind"], "aside")))
        documents.add(_with_copies(read, joined.copies, doc))
        whose = telling + np.searchsorted(_name(found), _name(at))
        at = at.append_column("plan_id", pa.array([plan_id(int(n)) for n in joined.plan_of[whose]], pa.string()))
        doc, telling = doc + len(read), telling + len(found)
        months.add(at)
        places.add(at)
        country = pc.if_else(pc.equal(at["country"], ""), NOWHERE, at["country"])
        for one in sorted(set(country.to_pylist())):
            plans.setdefault(one, _plans_in(one, target, places)).add(at.filter(pc.equal(country, one)))
    plans = plans or {NOWHERE: _plans_in(NOWHERE, target, places)}  # whoever reads the results finds a table also where no plan is told
    tables = {"documents": documents, "asides": asides, **{f"plans in {c}": t for c, t in sorted(plans.items())}}
    rows = {name: one.close() for name, one in tables.items()}
    counts = {"places": places.write(target / "places.parquet"), "places by month": months.write(target / "places-by-month.parquet")}
    return rows | counts


def _plans_in(country: str, target: Path, places: Places) -> _Table:
    return _Table(target / "plans" / f"country={country}" / "plans.parquet", _PLANS.with_metadata(GEO), finish=places.with_shapes)


def _name(table: pa.Table) -> Any:
    """The place of a document and the number of a plan in it, as one ascending number."""
    return table["position"].to_numpy() * (1 << 16) + table["plan"].to_numpy()


def _with_copies(table: pa.Table, copies: pa.Table, first: int) -> pa.Table:
    """Add to documents, of which the first has that number, which document each repeats, and how; "" where it repeats none."""
    start, end = np.searchsorted(copies["doc"].to_numpy(), [first, first + len(table)])
    some = copies.slice(start, end - start)
    of, how = [""] * len(table), [""] * len(table)
    for doc, name, n in zip(*(some[column].to_pylist() for column in ("doc", "first_id", "how")), strict=True):
        of[doc - first], how[doc - first] = name, HOWS[n]
    return table.append_column("copy_of", pa.array(of, pa.string())).append_column("copy_how", pa.array(how, pa.string()))


@dataclass(slots=True)
class _Table:
    """A Parquet file that is written in groups of always the same size, wherever its rows come from."""

    path: Path
    schema: pa.Schema
    finish: Callable[[pa.Table], pa.Table] = lambda rows: rows
    _held: list[pa.Table] = field(default_factory=list)
    _single: list[dict[str, Any]] = field(default_factory=list)
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

    def put(self, row: dict[str, Any]) -> None:
        """Take one row as a dictionary."""
        self._single.append(row)
        if len(self._single) >= GROUP:
            self._gather()

    def _gather(self) -> None:
        single, self._single = self._single, []
        if single:
            self.add(pa.Table.from_pylist(single, schema=self.schema))

    def _write(self, rows: int) -> None:
        if self._writer is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self.path, self.schema, compression="zstd", write_page_checksum=True)
        whole = pa.concat_tables(self._held).combine_chunks() if self._held else self.schema.empty_table()
        self._writer.write_table(self.finish(whole.slice(0, rows)), row_group_size=GROUP)
        self._held = [whole.slice(rows)] if whole.num_rows > rows else []
        self._rows -= rows
        self._written += rows

    def close(self) -> int:
        """Write what is left and return how many rows the file has."""
        self._gather()
        if self._rows or self._writer is None:
            self._write(self._rows)
        self._writer.close()
        with self.path.open("rb") as file:
            os.fsync(file.fileno())
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
