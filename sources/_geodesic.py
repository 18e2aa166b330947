"""The geodesic between the nearest points of two shapes, anywhere on the earth.

Shapes are in degrees (EPSG:4326), as the gazetteer has them. Vertices are compared on the sphere for a first pair; around that pair the
nearest points of the outlines are found in an azimuthal equidistant projection, which is true to scale there, and measured on WGS 84.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from pyproj import Geod, Proj
    from shapely.geometry.base import BaseGeometry

    Array = np.ndarray[Any, np.dtype[np.float64]]

_MOST = 2_000
"""Vertices of each shape that the first pair is looked for among: 4 million distances, 30 ms."""
_APART_DEG = 0.5
"""Longer edges get vertices between, so that no edge passes by unseen; an edge is straight in degrees, as in GeoJSON."""
_KEPT_M = 300_000.0
"""How far around the first pair outlines are kept, beside the distance itself; more than vertices left out of ``_MOST`` lie apart."""
_ROUNDS = 3
"""Projections, each centred on the last pair; the third moves no pair of the tests by a metre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """The shortest way between two shapes: ``km`` on WGS 84 (0 where they touch), its ends as (lat, lon), the first shape's first.

    ``farthest_km`` is how far the first shape reaches from the second, roughly.
    """

    km: float
    ends: tuple[tuple[float, float], tuple[float, float]]
    farthest_km: float


def gap(one: BaseGeometry, other: BaseGeometry) -> Gap:
    """Return the shortest geodesic between two shapes, in kilometres.

    >>> from shapely import Point
    >>> round(gap(Point(179.5, 0), Point(-179.5, 0)).km)
    111
    """
    import numpy as np
    import shapely

    one, other = shapely.segmentize(one, _APART_DEG), shapely.segmentize(other, _APART_DEG)
    a, b = _vertices(one), _vertices(other)
    near, far = _roughly(a, b)
    if one.intersects(other):
        point = one.intersection(other).representative_point()
        lat, lon = round(float(point.y), 5), round(float(point.x), 5)
        return Gap(km=0.0, ends=((lat, lon), (lat, lon)), farthest_km=far)
    lines = [_segments(one), _segments(other)]
    p, q = a[near[0]], b[near[1]]
    for number in range(_ROUNDS):
        plane = _around(*_middle(p, q))
        if number == 0:
            lines = [_within(s, _middle(p, q), _metres(p, q) + _KEPT_M) for s in lines]
        drawn = [_drawn(segments, plane) for segments in lines]
        ends = shapely.get_coordinates(shapely.shortest_line(*drawn))
        lon, lat = plane(ends[:, 0], ends[:, 1], inverse=True)
        p, q = np.array([lon[0], lat[0]]), np.array([lon[1], lat[1]])
    first, second = ((round(float(e[1]), 5), round(float(e[0]), 5)) for e in (p, q))
    return Gap(km=_metres(p, q) / 1000, ends=(first, second), farthest_km=far)


def azimuth(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the direction from one (lat, lon) to another in degrees from north, 0 to 360."""
    return float(_geod().inv(start[1], start[0], end[1], end[0])[0] % 360)


@lru_cache(maxsize=1)
def _geod() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _metres(p: Array, q: Array) -> float:
    return float(_geod().inv(p[0], p[1], q[0], q[1])[2])


def _middle(p: Array, q: Array) -> tuple[float, float]:
    """The (lon, lat) half-way between two (lon, lat)."""
    forward, _, metres = _geod().inv(p[0], p[1], q[0], q[1])
    lon, lat, _ = _geod().fwd(p[0], p[1], forward, metres / 2)
    return float(lon), float(lat)


def _vertices(shape: BaseGeometry) -> Array:
    """At most ``_MOST`` vertices as (lon, lat), evenly taken."""
    import shapely

    points: Array = shapely.get_coordinates(shape)
    return points[:: -(-len(points) // _MOST)]


def _unit(points: Array) -> Array:
    import numpy as np

    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _roughly(a: Array, b: Array) -> tuple[tuple[int, int], float]:
    """The indices of the nearest two vertices, and how far the first shape reaches from the second in kilometres, on the sphere."""
    import numpy as np

    cosines = _unit(a) @ _unit(b).T
    i, j = np.unravel_index(int(cosines.argmax()), cosines.shape)
    farthest = float(np.arccos(np.clip(cosines.max(axis=1).min(), -1.0, 1.0))) * 6371.0
    return (int(i), int(j)), farthest


def _segments(shape: BaseGeometry) -> Array:
    """The outlines as pieces of two (lon, lat) each; a point is a piece without length."""
    import numpy as np
    import shapely

    pieces = []
    for part in shapely.get_parts(shape):
        for ring in [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]:
            points = shapely.get_coordinates(ring)
            pieces.append(np.stack([points[:-1], points[1:]], axis=1) if len(points) > 1 else points[None].repeat(2, axis=1))
    return np.concatenate(pieces)


def _around(lon: float, lat: float) -> Proj:
    """The azimuthal equidistant projection around a point."""
    from pyproj import Proj

    return Proj(f"+proj=aeqd +lat_0={lat:.6f} +lon_0={lon:.6f} +ellps=WGS84 +units=m")


def _within(segments: Array, centre: tuple[float, float], reach: float) -> Array:
    """The pieces with an end within ``reach`` metres of a (lon, lat)."""
    import numpy as np

    cosines = _unit(segments.reshape(-1, 2)) @ _unit(np.array([centre]))[0]
    kept: Array = segments[(cosines.reshape(-1, 2) >= np.cos(min(reach / 6_371_000, np.pi))).any(axis=1)]
    return kept


def _drawn(segments: Array, plane: Proj) -> BaseGeometry:
    """The pieces as lines and points in a plane, in metres."""
    import numpy as np
    import shapely

    kept = np.stack(plane(segments[..., 0], segments[..., 1]), axis=-1)
    long = (kept[:, 0] != kept[:, 1]).any(axis=1)
    drawn = [*shapely.linestrings(kept[long]), *shapely.points(kept[~long][:, 0])]
    collection: BaseGeometry = shapely.geometrycollections(drawn)
    return collection
