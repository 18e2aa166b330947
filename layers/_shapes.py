"""What the page needs of a shape: its near extent, points inside it, the line along a chain."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from shapely import LineString, MultiPolygon, Polygon

from layers._encode import polygon_parts

Bounds = tuple[float, float, float, float]

_NEAR_DEGREES = 12.0
"""Parts of a country farther than this from its main part (Guam from Alaska) do not widen its extent."""


def unwrap(geometry: Any, around: float) -> Any:
    """Move the parts of a geometry by whole turns so that each lies within 180 degrees of the longitude ``around``.

    >>> from shapely.geometry import box
    >>> unwrap(box(-179, 0, -178, 1), 170).bounds
    (181.0, 0.0, 182.0, 1.0)
    """
    parts = []
    for part in shapely.get_parts(geometry).tolist():
        west, _, east, _ = part.bounds
        turns = round(((west + east) / 2 - around) / 360)
        parts.append(shapely.transform(part, lambda xy, t=turns: xy - [360.0 * t, 0.0]) if turns else part)
    if len(parts) == 1:
        return parts[0]
    return MultiPolygon(parts) if all(p.geom_type == "Polygon" for p in parts) else shapely.geometrycollections(parts)


def disc(lat: float, lon: float, radius_m: float) -> Any:
    """Return the polygon of all points within ``radius_m`` metres of a point given in degrees (a sphere of 6,371 km).

    >>> round(disc(0, 0, 111_195).bounds[3], 2)
    1.0
    """
    angle = radius_m / 6_371_000.0
    bearing = np.linspace(0, 2 * np.pi, 64, endpoint=False)
    phi = math.radians(lat)
    north = np.arcsin(np.clip(math.sin(phi) * math.cos(angle) + math.cos(phi) * math.sin(angle) * np.cos(bearing), -1, 1))
    east = np.arctan2(np.sin(bearing) * math.sin(angle) * math.cos(phi), math.cos(angle) - math.sin(phi) * np.sin(north))
    if abs(phi) + angle > math.pi / 2:
        return _cap(np.degrees(east) + lon, np.degrees(north), math.copysign(90.0, lat))
    return Polygon(np.column_stack([lon + np.degrees(east), np.degrees(north)]).round(6))


def _cap(lons: Any, lats: Any, pole: float) -> Any:
    """Return what a disc around a pole is in degrees: all longitudes, from its edge to the pole."""
    lons = (lons + 180) % 360 - 180
    order = np.argsort(lons)
    edge = float(np.interp(180.0, [lons[order[-1]], lons[order[0]] + 360], [lats[order[-1]], lats[order[0]]]))
    ring = [(-180.0, edge), *zip(lons[order], lats[order], strict=True), (180.0, edge), (180.0, pole), (-180.0, pole)]
    return Polygon(np.array(ring).round(6))


def main_bounds(geometry: Any) -> Bounds:
    """Return (west, south, east, north), in degrees, of the largest part and of the parts near it.

    >>> from shapely.geometry import MultiPolygon, box
    >>> main_bounds(MultiPolygon([box(0, 0, 9, 9), box(100, 0, 101, 1)]))
    (0.0, 0.0, 9.0, 9.0)
    """
    parts = polygon_parts(geometry)
    if not parts:
        west, south, east, north = geometry.bounds
        return (west, south, east, north)
    main = max(parts, key=lambda part: part.area)
    bounds = np.array(main.bounds)
    for _ in range(3):
        for west, south, east, north in (part.bounds for part in parts):
            gap = max(west - bounds[2], bounds[0] - east, south - bounds[3], bounds[1] - north)
            if gap < _NEAR_DEGREES:
                bounds = np.array([min(bounds[0], west), min(bounds[1], south), max(bounds[2], east), max(bounds[3], north)])
    west, south, east, north = (float(value) for value in bounds)
    return (west, south, east, north)


def simplified(geometry: Any) -> Any:
    """Simplify a geometry to what can be seen of it: the wider it is, the coarser; a continent is no more than an outline.

    >>> from shapely.geometry import box
    >>> simplified(box(0, 0, 1, 1)).area
    1.0
    """
    west, south, east, north = geometry.bounds
    span = max(east - west, north - south)
    tolerance = span / 400 if span > 60 else min(max(span / 6000, 0.0005), 0.05)
    simple = shapely.simplify(geometry, tolerance, preserve_topology=True)
    smallest = (span / (100 if span > 60 else 2500)) ** 2
    parts = polygon_parts(simple)
    if len(parts) > 40:
        parts = [part for part in parts if part.area >= smallest] or parts
    return MultiPolygon(parts) if parts else simple


def inner_points(geometry: Any, count: int = 36) -> list[tuple[float, float, float]]:
    """Return up to ``count`` (lon, lat, distance to the edge) inside a polygon or its parts, in degrees.

    Those of the largest part come first; within it, and then among the others, those farthest from an edge.

    A geometry without polygons gives its representative point alone.

    >>> from shapely.geometry import box
    >>> inner_points(box(0, 0, 2, 2))[0]
    (1.0, 1.0, 1.0)
    """
    parts = sorted(polygon_parts(geometry), key=lambda part: -part.area)
    if not parts:
        point = geometry.representative_point()
        return [(point.x, point.y, 0.0)]
    area = sum(part.area for part in parts)
    first, *others = (_grid_inside(part, max(1, round(count * 2 * part.area / area))) for part in parts[:8])
    first.sort(key=_deepest)
    kept = count * 2 // 3 if others else count
    rest = sorted([*first[kept:], *(point for points in others for point in points)], key=_deepest)
    return [(round(x, 4), round(y, 4), round(depth, 3)) for x, y, depth in [*first[:kept], *rest][:count]]


def _deepest(point: tuple[float, float, float]) -> tuple[float, float, float]:
    """Sort points by how far from an edge they are, farthest first."""
    return (-round(point[2], 4), point[0], point[1])


def _grid_inside(part: Any, count: int) -> list[tuple[float, float, float]]:
    """Return (x, y, distance to the edge) of a grid of points inside one polygon, and of its middle."""
    west, south, east, north = part.bounds
    fill = max(part.area / max((east - west) * (north - south), 1e-12), 0.05)
    side = math.sqrt((east - west) * (north - south) * fill / max(count, 1)) or 1.0
    xs, ys = np.meshgrid(np.arange(west + side / 2, east, side), np.arange(south + side / 2, north, side))
    inside = shapely.contains_xy(part, xs.ravel(), ys.ravel())
    grid = list(zip(xs.ravel()[inside].tolist(), ys.ravel()[inside].tolist(), strict=True))
    middle = part.representative_point()
    edge = part.exterior
    return [(x, y, edge.distance(shapely.Point(x, y))) for x, y in [(middle.x, middle.y), *grid]]


def arc_edges(geometry: Any, steps: int = 28) -> list[list[tuple[float, float]]]:
    """Return the two long edges of a band and the line between them, as (lon, lat) lists from west to east: middle, upper, lower.

    The band is cut across its longest direction ``steps`` times; a band that doubles back on itself, or nothing to cut, gives [].

    >>> from shapely.geometry import box
    >>> [len(line) > 3 for line in arc_edges(box(0, 0, 10, 1))]
    [True, True, True]
    """
    parts = polygon_parts(geometry)
    if not parts:
        return []
    rectangle = shapely.minimum_rotated_rectangle(MultiPolygon(parts))
    corners = np.array(rectangle.exterior.coords)
    sides = [(corners[1] - corners[0]), (corners[2] - corners[1])]
    long, short = sorted(sides, key=lambda side: -float(np.hypot(*side)))
    if long[0] < 0 or (long[0] == 0 and long[1] < 0):
        long = -long
    start = min(
        (corners[i] for i in range(4)),
        key=lambda c: (float(np.dot(c, long)), float(np.dot(c, short))),
    )
    across = short if float(np.dot(rectangle.centroid.coords[0] - start, short)) > 0 else -short
    middle, upper, lower = [], [], []
    for step in range(steps):
        foot = start + long * ((step + 0.5) / steps)
        cut = LineString([foot - across * 0.1, foot + across * 1.1]).intersection(geometry)
        if cut.is_empty:
            continue
        points = shapely.get_coordinates(cut)
        order = points @ across
        low, high = points[int(np.argmin(order))], points[int(np.argmax(order))]
        if across[1] < 0:
            low, high = high, low
        middle.append((float((low[0] + high[0]) / 2), float((low[1] + high[1]) / 2)))
        upper.append((float(high[0]), float(high[1])))
        lower.append((float(low[0]), float(low[1])))
    return [middle, upper, lower] if len(middle) >= 4 else []
