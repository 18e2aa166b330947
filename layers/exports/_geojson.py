"""Plans as GeoJSON."""

from __future__ import annotations

import os
from pathlib import Path

from geo.files import write_atomically
from layers._protocols import Gazetteer
from layers.exports._gathered import Gathered, Row, gather
from layers.exports._geometry import bbox, coordinates
from layers.exports._text import as_json
from sources import Reading


def write_geojson(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as one GeoJSON FeatureCollection (RFC 7946, EPSG:4326), a feature for each row of :func:`plans_to_frame`.

    A plan without a place has a null geometry. Properties are the frame's columns, ``precision`` (how precisely the source says where, in
    words), ``no_geometry`` (why there is none) and, as arrays and objects, ``quotes``: every quote with its W3C selectors, its source and
    its URL; ``versions``: every conflict with what each side said, its quotes and its origins; ``lines``: every stated distance with both
    figures and, where it was measured, its two ends as [lon, lat]; ``anchors``: places that only say a direction or an extent; ``told``:
    each report with its chain of credit. Shapes are cut at 180 degrees, outer rings run counter-clockwise, coordinates keep five decimals;
    they are generalised: the property ``generalised`` is how far, in degrees, a border may have moved (0.03 for shapes wider than 40
    degrees, 0.01 for those wider than 6, 0.002 for smaller ones, null for points); parts smaller than that are left out. ``bbox`` of
    the collection, and of each extent, has west greater than east across 180 degrees. An empty reading gives a collection of nothing.
    Equal readings give equal bytes. The file is written whole or not at all. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_geojson(Reading(articles=()), None, Path(folder) / "plans.geojson").read_text()
    '{"type": "FeatureCollection", "features": []}\\n'
    """
    return write_atomically(path, geojson_bytes(gather(reading, gazetteer)))


def geojson_bytes(gathered: Gathered) -> bytes:
    """Return the plans as the bytes of a GeoJSON file.

    >>> geojson_bytes(gather(Reading(articles=()), None))[:20]
    b'{"type": "FeatureCol'
    """
    lines = ",\n".join(_feature(row) for row in gathered.rows)
    box = bbox(row.simple for row in gathered.rows)
    around = f', "bbox": {as_json(box)}' if box else ""
    return f'{{"type": "FeatureCollection"{around}, "features": [{lines and chr(10) + lines + chr(10)}]}}\n'.encode()


def _feature(row: Row) -> str:
    """Return one feature as a line of JSON."""
    box = None if row.simple is None or row.simple.geom_type == "Point" else bbox([row.simple])
    feature = {"type": "Feature"} | ({"bbox": box} if box else {})
    return as_json(feature | {"geometry": coordinates(row.simple), "properties": row.values | {"generalised": row.moved}})
