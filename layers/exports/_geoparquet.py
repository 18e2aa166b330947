"""Plans as GeoParquet."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pyarrow.parquet as pq

from geo.files import write_atomically
from layers._protocols import Gazetteer
from layers.exports._gathered import Gathered, gather
from layers.exports._geometry import bbox
from layers.exports._tables import GEOMETRY, plans_table
from sources import Reading


def write_geoparquet(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as GeoParquet 1.1 (WKB, OGC:CRS84: degrees, longitude first), a row for each row of :func:`plans_to_frame`.

    Columns are those of :func:`write_csv` with a ``geometry`` in place of ``lat``, ``lon`` and ``bbox``: null where a plan has no place,
    else the whole shape, not generalised, cut at 180 degrees, outer rings counter-clockwise. Lists are JSON text; each column's field
    metadata has its title and description. The ``bbox`` in the file's metadata has west greater than east across 180 degrees. An empty
    reading gives the columns without rows. ``geopandas.read_parquet`` and any program that reads Parquet open it. Equal readings give
    equal bytes with the same version of pyarrow. The file is written whole or not at all. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_geoparquet(Reading(articles=()), None, Path(folder) / "plans.parquet")
    ...     pq.read_schema(path).names[-1]
    'geometry'
    """
    return write_atomically(path, geoparquet_bytes(gather(reading, gazetteer)))


def geoparquet_bytes(gathered: Gathered) -> bytes:
    """Return the plans as the bytes of a GeoParquet file.

    >>> geoparquet_bytes(gather(Reading(articles=()), None))[:4]
    b'PAR1'
    """
    table = plans_table(gathered.rows)
    shapes = [row.shape for row in gathered.rows if row.shape is not None]
    geometry = {
        "encoding": "WKB",
        "geometry_types": sorted({shape.geom_type for shape in shapes}),
        "orientation": "counterclockwise",
        "edges": "planar",
    }
    if box := bbox(shapes):
        geometry["bbox"] = list(box)
    about = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: geometry}}
    file = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(about)}), file, compression="snappy")
    return file.getvalue()
