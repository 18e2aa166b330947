"""Plans as a table that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pandas as pd

from geo.files import write_atomically
from layers._protocols import Gazetteer
from layers.exports._columns import columns_everywhere
from layers.exports._gathered import Gathered, gather
from layers.exports._geometry import bbox
from layers.exports._text import as_json
from sources import Reading

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    """Write one value as text that no spreadsheet takes for a formula: an apostrophe goes before =, +, -, @, tab and line breaks.

    Numbers stay numbers, also negative ones; None and NaN are empty; lists and dictionaries are JSON.

    >>> safe_cell("=1+1"), safe_cell(-5.5), safe_cell(None), safe_cell("plain"), safe_cell([1])
    ("'=1+1", '-5.5', '', 'plain', '[1]')
    """
    if isinstance(value, list | dict):
        return as_json(value)
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" \u00a0\ufeff").startswith(_STARTS_FORMULA) or value.startswith(_STARTS_FORMULA) else value
    return "" if pd.isna(value) else str(value)


def write_csv(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as CSV (UTF-8 with a byte order mark, comma, CRLF), a line for each row of :func:`plans_to_frame`.

    Columns are the frame's; ``precision``, ``no_geometry`` and, as JSON text, ``quotes``, ``versions``, ``lines``, ``anchors`` and
    ``told``, as :func:`write_geojson` has them; the geometry becomes ``lat``, ``lon`` (degrees, EPSG:4326, for points only) and ``bbox``
    (west south east north, for extents; west is greater than east across 180 degrees). Cells that a spreadsheet would take for a formula
    get an apostrophe in front. An empty reading gives the header alone. Equal readings give equal bytes. The file is written whole or
    not at all. Returns the path. Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(Reading(articles=()), None, Path(folder) / "plans.csv").read_bytes()[:9]
    b'\\xef\\xbb\\xbfnumber'
    """
    return write_atomically(path, csv_bytes(gather(reading, gazetteer)))


def csv_bytes(gathered: Gathered) -> bytes:
    """Return the plans as the bytes of a CSV file.

    >>> csv_bytes(gather(Reading(articles=()), None))[-15:]
    b',lat,lon,bbox\\r\\n'
    """
    names = [column.name for column in columns_everywhere()]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*names, "lat", "lon", "bbox"])
    for row in gathered.rows:
        writer.writerow([*(safe_cell(row.values[name]) for name in names), *_where(row.shape)])
    return text.getvalue().encode("utf-8-sig")


def _where(geometry: Any) -> tuple[str, str, str]:
    """Return latitude and longitude of a point, or the bounds of an extent."""
    if geometry is None:
        return ("", "", "")
    if geometry.geom_type == "Point":
        return (f"{geometry.y:.6f}", f"{geometry.x:.6f}", "")
    return ("", "", " ".join(f"{value:.4f}" for value in bbox([geometry]) or ()))
