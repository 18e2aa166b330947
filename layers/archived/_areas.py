"""The shapes of areas, lines and bands as the page draws them: coarse enough for all of them to fit."""

from __future__ import annotations

import json
from typing import Any

import geopandas as gpd
import shapely

from layers._encode import encode_line, polygon_parts
from layers._packing import pack_bytes
from layers.archived._gathered import POINT, UNDRAWN

DIGITS = 2
"""Decimals of a degree that a shape keeps: about a kilometre, and less than a pixel until a map is near."""

BYTES = 1_100_000
"""What all shapes may take in the page."""


def pack_areas(places: gpd.GeoDataFrame) -> tuple[str, int]:
    """Return the shapes of all places that are drawn as one, packed, and the decimals of a degree that they keep.

    The list has an entry a place: 0 for none, a radius being drawn around its point; else lists of rings, the outer one first, and for a
    line a list of one text that begins with "/". Shapes are simplified, those of large areas more, until all fit into BYTES.
    """
    drawn = ~places["kind"].isin([POINT, UNDRAWN])
    shapes = [shape if keep else None for shape, keep in zip(places.geometry, drawn, strict=True)]
    share = 1 / 1000
    while True:
        packed = pack_bytes(json.dumps([_encoded(shape, share) for shape in shapes], separators=(",", ":")).encode("ascii"))
        if len(packed) <= BYTES or share > 0.2:
            return packed, DIGITS
        share *= 1.7


def _encoded(shape: Any, share: float) -> Any:
    """Encode one shape, of which bends under a share of its extent are left out; 0 for a point."""
    if shape is None or shape.is_empty or shape.geom_type == "Point":
        return 0
    west, south, east, north = shape.bounds
    span = max(east - west, north - south)
    simple = shapely.simplify(shape, max(min(span * share, 0.6), 0.01), preserve_topology=True)
    parts = sorted(polygon_parts(simple), key=lambda part: -part.area)
    if not parts:
        lines = [line for line in shapely.get_parts(simple).tolist() if line.geom_type == "LineString"]
        return [["/" + encode_line(line.coords, DIGITS)] for line in lines] or 0
    smallest = (span * share / 2) ** 2
    kept = [part for part in parts if part.area >= smallest][:60] or parts[:1]
    return [[encode_line(ring.coords, DIGITS) for ring in _rings(part, smallest)] for part in kept]


def _rings(part: Any, smallest: float) -> list[Any]:
    """Return the outer ring of a polygon, and those of its holes that can be seen."""
    return [part.exterior, *(hole for hole in part.interiors if shapely.Polygon(hole).area >= smallest)]
