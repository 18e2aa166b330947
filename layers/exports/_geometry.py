"""Shapes as data formats want them: cut at the antimeridian, with no more points than is called for, wound as RFC 7946 has it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from shapely import MultiLineString, MultiPolygon, Point

from layers._encode import polygon_parts

DECIMALS = 5
"""Decimals of a degree in text formats: about a metre, finer than any public source that we read."""

_TOLERANCES = ((40.0, 0.03), (6.0, 0.01), (0.0, 0.002))
"""From how many degrees of extent on a border may move how far, in degrees: continents, countries, what is smaller."""

Box = tuple[float, float, float, float]


def cut(geometry: Any) -> Any | None:
    """Return a geometry (EPSG:4326) within longitudes ±180: what runs on beyond is cut there and moved by whole turns (RFC 7946, 3.1.9).

    Longitudes may run on past ±180 in either direction. Areas stay areas and lines lines; an area is made valid, what a repair leaves of
    lines and points falls away. None and what is empty give None.

    >>> from shapely.geometry import box
    >>> sorted(part.bounds for part in cut(box(177, -20, 182, -12)).geoms)
    [(-180.0, -20.0, -178.0, -12.0), (177.0, -20.0, 180.0, -12.0)]
    >>> cut(Point(190, 90)).wkt
    'POINT (-170 90)'
    """
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type == "Point":
        return Point(_within(geometry.x), geometry.y)
    west, _, east, _ = geometry.bounds
    pieces = [geometry]
    if west < -180 or east > 180:
        turns = range(math.floor((west + 180) / 360), math.ceil((east - 180) / 360) + 1)
        pieces = [_moved(shapely.clip_by_rect(geometry, 360.0 * n - 180, -90, 360.0 * n + 180, 90), n) for n in turns]
    areas = [part for piece in pieces for part in polygon_parts(piece if piece.is_valid else shapely.make_valid(piece))]
    if areas:
        whole = pieces[0] if len(pieces) == 1 and pieces[0].is_valid else shapely.union_all(areas)
        return _whole(polygon_parts(whole))
    lines = [part for piece in pieces for part in shapely.get_parts(piece).tolist() if part.geom_type == "LineString" and part.length]
    return (lines[0] if len(lines) == 1 else MultiLineString(lines)) if lines else None


def _whole(parts: list[Any]) -> Any:
    """Join polygons to one geometry, outer rings counter-clockwise."""
    parts = [part for part in parts if part.area > 0]
    if not parts:
        return None
    return shapely.orient_polygons(parts[0] if len(parts) == 1 else MultiPolygon(parts))


def _moved(piece: Any, turns: int) -> Any:
    return shapely.transform(piece, lambda xy: xy - [360.0 * turns, 0.0]) if turns else piece


def _within(longitude: float) -> float:
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def generalised(geometry: Any) -> tuple[Any, float | None]:
    """Return a geometry that :func:`cut` gave, valid on a grid of five decimals, and how far in degrees its border may have moved.

    Parts smaller than that are left out, unless all are. Points keep their place, and the second value is None; so it is for None.

    >>> from shapely.geometry import box
    >>> generalised(box(0, 0, 1, 1.0000001))[1], generalised(None)
    (0.002, (None, None))
    """
    if geometry is None:
        return None, None
    if geometry.geom_type == "Point":
        return Point(*(round(value, DECIMALS) for value in geometry.coords[0])), None
    west, south, east, north = bbox([geometry]) or (0.0, 0.0, 0.0, 0.0)
    span = max(east - west if west <= east else east - west + 360, north - south)
    tolerance = next(moved for least, moved in _TOLERANCES if span >= least)
    parts = polygon_parts(geometry)
    if not parts:
        return shapely.transform(shapely.simplify(geometry, tolerance), lambda xy: np.round(xy, DECIMALS)), tolerance
    large = [part for part in parts if part.area >= tolerance**2] or parts
    fewer = _on_grid(MultiPolygon([piece for part in large for piece in polygon_parts(_fewer_points(part, tolerance))]))
    kept = [part for part in polygon_parts(fewer) if part.area >= tolerance**2] or polygon_parts(fewer) or polygon_parts(_on_grid(geometry))
    simple = _whole(kept or parts)
    return shapely.transform(simple, lambda xy: np.round(xy, DECIMALS)), tolerance


def _fewer_points(part: Any, tolerance: float) -> Any:
    """Simplify one polygon: the fast way, and the careful one where that changed more than a border within the tolerance."""
    fast = shapely.simplify(part, tolerance, preserve_topology=False)
    fine = not fast.is_empty and fast.is_valid and abs(fast.area - part.area) <= part.length * tolerance / 2
    return fast if fine else shapely.simplify(part, tolerance, preserve_topology=True)


def _on_grid(geometry: Any) -> Any:
    """Return an area whose points lie on the grid of the file and which is valid there."""
    whole = geometry if geometry.is_valid else shapely.union_all(polygon_parts(geometry))
    return shapely.set_precision(whole, 10.0**-DECIMALS)


def bbox(geometries: Iterable[Any]) -> Box | None:
    """Return (west, south, east, north) of geometries within ±180, the narrower way round: west is greater than east across 180 degrees.

    That is RFC 7946, 5.2. What touches 180 degrees from both sides is one. None for nothing.

    >>> from shapely.geometry import box
    >>> bbox([box(177, -20, 180, -12), box(-180, -20, -178, -12)]), bbox([box(0, 0, 1, 1), None]), bbox([])
    ((177.0, -20.0, -178.0, -12.0), (0.0, 0.0, 1.0, 1.0), None)
    """
    bounds = [part.bounds for geometry in geometries if geometry is not None for part in shapely.get_parts(geometry).tolist()]
    if not bounds:
        return None
    south, north = min(b[1] for b in bounds), max(b[3] for b in bounds)
    spans: list[list[float]] = []
    for west, east in sorted((b[0], b[2]) for b in bounds):
        if spans and west <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], east)
        else:
            spans.append([west, east])
    west, east, widest = spans[0][0], spans[-1][1], spans[0][0] + 360 - spans[-1][1]
    for (_, left), (right, _) in pairwise(spans):
        if right - left > widest:
            west, east, widest = right, left, right - left
    return (west, south, east, north)


def coordinates(geometry: Any) -> dict[str, Any] | None:
    """Return a geometry as GeoJSON writes it, coordinates as lists of numbers; None for None.

    >>> coordinates(Point(1, 2.5))
    {'type': 'Point', 'coordinates': [1.0, 2.5]}
    """
    if geometry is None:
        return None
    shape = shapely.geometry.mapping(geometry)
    return {"type": shape["type"], "coordinates": _listed(shape["coordinates"])}


def _listed(value: Any) -> Any:
    return [_listed(inner) for inner in value] if isinstance(value, tuple | list) else value + 0.0
