"""Plans as a table that a spreadsheet can open without running anything."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from typing import Any

import pandas as pd

from layers._files import write_atomically
from layers._frames import plans_to_frame
from layers._protocols import Gazetteer
from sources import Reading

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: Any) -> str:
    """Write one value as text that no spreadsheet takes for a formula: an apostrophe goes before =, +, -, @, tab and line breaks.

    Numbers stay numbers, also negative ones; None and NaN are empty.

    >>> safe_cell("=1+1"), safe_cell(-5.5), safe_cell(None), safe_cell("plain")
    ("'=1+1", '-5.5', '', 'plain')
    """
    if isinstance(value, str):
        return f"'{value}" if value.lstrip(" \u00a0\ufeff").startswith(_STARTS_FORMULA) or value.startswith(_STARTS_FORMULA) else value
    return "" if pd.isna(value) else str(value)


def write_csv(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as CSV (UTF-8 with a byte order mark, comma, CRLF), a line for each row of :func:`plans_to_frame`.

    The geometry becomes ``lat``, ``lon`` (degrees, EPSG:4326, for points only) and ``bbox`` (west south east north, for extents). Cells
    that a spreadsheet would take for a formula get an apostrophe in front. Equal readings give equal bytes. The file is written whole or
    not at all. Returns the path. Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(Reading(articles=()), None, Path(folder) / "plans.csv").read_bytes()[:9]
    b'\\xef\\xbb\\xbfnumber'
    """
    frame = plans_to_frame(reading, gazetteer)
    columns = [column for column in frame.columns if column != "geometry"]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*columns, "lat", "lon", "bbox"])
    for values, geometry in zip(frame[columns].itertuples(index=False, name=None), frame.geometry, strict=True):
        writer.writerow([*(safe_cell(value) for value in values), *_where(geometry)])
    return write_atomically(path, text.getvalue().encode("utf-8-sig"))


def _where(geometry: Any) -> tuple[str, str, str]:
    """Return latitude and longitude of a point, or the bounds of an extent."""
    if geometry is None:
        return ("", "", "")
    if geometry.geom_type == "Point":
        return (f"{geometry.y:.6f}", f"{geometry.x:.6f}", "")
    return ("", "", " ".join(f"{value:.4f}" for value in geometry.bounds))
