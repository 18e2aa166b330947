"""The places of an archive: each once with its shape, and a coarse shape for each row that names it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from archive._work import PLAN

COARSE = 8_000
"""Bytes of a shape in a row of plans: a country's stands in a hundred thousand of them, and in full in the table of places."""
GEO = {b"geo": json.dumps(
    {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}}}
).encode()}  # fmt: skip
"""What makes a table GeoParquet; without a CRS it is in degrees, longitude first."""
_COLUMNS = ("place_id", "place", "country", "feature_code", "extent", "where_prec", "uncertainty_m", "authority", "geometry")
_SCHEMA = pa.schema([pa.field(name, PLAN[name]) for name in _COLUMNS])
_PARTS = 60
_FINEST, _COARSEST = 0.02, 20.0
"""Degrees by which bends are left out, to begin with, and from which on a box stands for a shape."""


class Places:
    """What is known of the places of plans, as it stands in the first row of each: its name, its kind, its shape."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {"": {"geometry": None}}
        self._coarse: dict[str, bytes | None] = {"": None}

    def add(self, plans: pa.Table) -> None:
        """Take the places of a part's rows of plans."""
        ids, firsts = np.unique(plans["place_id"].to_numpy(zero_copy_only=False).astype(str), return_index=True)
        new = firsts[[place not in self._rows for place in ids.tolist()]]
        for row in plans.select(_COLUMNS).take(pa.array(np.sort(new))).to_pylist():
            self._rows[row["place_id"]] = row
            self._coarse[row["place_id"]] = coarse(row["geometry"])

    def with_shapes(self, plans: pa.Table) -> pa.Table:
        """Return rows of plans with a coarse shape for each."""
        shapes = pa.array([self._coarse[place] for place in plans["place_id"].to_pylist()], pa.binary())
        return plans.set_column(plans.schema.get_field_index("geometry"), "geometry", shapes)

    def write(self, path: Path) -> int:
        """Write the table of places, ordered by id, and return how many there are."""
        rows = [row for place, row in sorted(self._rows.items()) if place]
        pq.write_table(pa.Table.from_pylist(rows, schema=_SCHEMA.with_metadata(GEO)), path, compression="zstd", row_group_size=1_000)
        return len(rows)


def coarse(wkb: bytes | None) -> bytes | None:
    """Return a shape that takes COARSE bytes at most: its largest parts, with as many bends as that allows.

    >>> coarse(shapely.to_wkb(shapely.Point(1, 2))) == shapely.to_wkb(shapely.Point(1, 2))
    True
    """
    if wkb is None or len(wkb) <= COARSE:
        return wkb
    parts = shapely.get_parts(shapely.from_wkb(wkb))
    sizes = shapely.area(parts) if shapely.area(parts).any() else shapely.length(parts)
    kept = shapely.make_valid(parts[sorted(np.argsort(-sizes, kind="stable")[:_PARTS])])
    wkb, finest = bytes(shapely.to_wkb(shapely.union_all(kept), byte_order=1)), _FINEST
    while len(wkb) > COARSE:
        simple = shapely.simplify([_without_specks(part, finest**2 / 4) for part in kept], finest)
        kept = shapely.get_parts(shapely.make_valid(simple))
        large = kept[shapely.area(kept) >= finest**2 / 4]
        kept = large if len(large) else kept
        whole = shapely.union_all(kept if finest < _COARSEST else shapely.envelope(kept))
        wkb, finest = bytes(shapely.to_wkb(whole if finest < _COARSEST * 2 else whole.envelope, byte_order=1)), finest * 1.3
    return wkb


def _without_specks(shape: Any, smallest: float) -> Any:
    """Return a polygon without the holes that are too small to be seen; any other shape as it is."""
    if shape.geom_type != "Polygon":
        return shape
    return shapely.Polygon(shape.exterior, [hole for hole in shape.interiors if shapely.Polygon(hole).area >= smallest])
