"""Distances on the sphere."""

from __future__ import annotations

import math

RADIUS_M = 6_371_008.8
HALF_ROUND_M = 20_040_000
"""Half-way round the earth: no radius is larger."""


def metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance between two points, given in degrees, on the sphere.

    >>> round(metres(0, 0, 0, 1) / 1000)
    111
    """
    a, b = math.radians(lat), math.radians(other_lat)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean (lat, lon) of points in degrees: the direction of their mean vector, so that the date line is no border.

    >>> middle([(0.0, 179.0), (0.0, -179.0)])
    (0.0, 180.0)
    """
    x = y = z = 0.0
    for lat, lon in points:
        a, o = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(o), y + math.cos(a) * math.sin(o), z + math.sin(a)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 5), round(math.degrees(math.atan2(y, x)), 5)
