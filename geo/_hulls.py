"""Rough areas for first-order divisions whose border no file at hand has: the land around their towns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

FEWEST = 4
"""Towns that a division must have for its area to be guessed from them."""
_MARGIN = 0.08
_TOLERANCE = 0.02


def division_hulls(
    towns: Iterable[tuple[str, str, float, float]], countries: Mapping[str, BaseGeometry], known: set[str]
) -> dict[str, BaseGeometry]:
    """Return a rough area (EPSG:4326) for each first-order division, by its id, from the towns that GeoNames counts to it.

    ``towns`` are (ISO 3166-2 code, ISO 3166-1 code, latitude, longitude) in degrees, ``countries`` the shapes by ``iso3166-1:`` id,
    ``known`` the ids that have a shape already. The area is the concave hull of the towns with a margin of about 9 km, cut to the
    country's land; it is drawn with a soft edge. Divisions with fewer than four towns get none. Touches neither disk nor network.

    >>> import shapely
    >>> square = {"iso3166-1:XA": shapely.box(0, 0, 4, 4)}
    >>> towns = [("XA-1", "XA", 1.0, 1.0), ("XA-1", "XA", 1.0, 2.0), ("XA-1", "XA", 2.0, 1.0), ("XA-1", "XA", 2.0, 2.0)]
    >>> round(division_hulls(towns, square, set())["iso3166-2:XA-1"].area, 1)
    1.3
    """
    groups: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for code, country, lat, lon in towns:
        if f"iso3166-2:{code}" not in known and code.startswith(country + "-"):
            groups.setdefault((country, code), []).append((lon, lat))
    land: dict[str, Any] = {}
    found: dict[str, BaseGeometry] = {}
    for (country, code), points in sorted(groups.items()):
        whole = countries.get(f"iso3166-1:{country}")
        if whole is None or len(points) < FEWEST:
            continue
        if country not in land:
            land[country] = shapely.make_valid(shapely.simplify(whole, _TOLERANCE))
        hull = shapely.buffer(shapely.concave_hull(shapely.MultiPoint(points), ratio=0.5), _MARGIN, quad_segs=3)
        if hull.bounds[2] - hull.bounds[0] > 90:
            continue
        box = shapely.clip_by_rect(land[country], *hull.bounds)
        area = shapely.intersection(hull, shapely.make_valid(box))
        parts = [p for p in getattr(area, "geoms", [area]) if p.geom_type == "Polygon" and p.area > 0.0005]
        if parts:
            found[f"iso3166-2:{code}"] = shapely.set_precision(shapely.MultiPolygon(parts), 1e-4)
    return found
