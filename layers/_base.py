"""The ground under the marks, as the page gets it: fine near the marks, coarse in the rest of the world."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from shapely.geometry import box as make_box

from layers._encode import BASE_DIGITS, encode_line, encode_polygons
from layers._shapes import Bounds
from layers._world import Scale, borders_in, land_in

NEAR_BYTES = 420_000
"""What the fine land may take in the page: with Leaflet (145 kB), the far land (about 110 kB) and the marks it stays under a megabyte."""

_FAR_TOLERANCE, _FAR_SMALLEST = 0.06, 0.05
_OVERLAP = 0.05

_WIDE = 200.0
"""Degrees from which on the near box is read from the 50m file: what fits into NEAR_BYTES is no finer, and 10m takes ten times as long."""

_WORLD: Bounds = (-180.0, -82.0, 180.0, 84.0)


def near_box(view: Bounds) -> Bounds:
    """Return the box in which land is drawn finely: the opening view and about as much again around it.

    >>> near_box((120, 20, 130, 30))
    (112.0, 12.0, 138.0, 38.0)
    """
    west, south, east, north = view
    margin = max(0.8 * max(east - west, north - south), 3.0)
    return (round(west - margin, 2), round(max(south - margin, -80), 2), round(east + margin, 2), round(min(north + margin, 83), 2))


@lru_cache(maxsize=8)
def base_payload(view: Bounds, *, borders: bool) -> dict[str, Any]:
    """Return land and borders, encoded, for a map that opens on ``view`` (degrees, east may pass 180).

    With ``borders`` False no inner border is in the page at all. Raises MissingPartError when a vendored file is absent. What is returned
    is kept in memory for a few views: do not change it.

    >>> sorted(base_payload((120, 23, 123, 26), borders=False))
    ['digits', 'far', 'near']
    """
    near = near_box(view)
    if near[2] - near[0] >= 300:
        near = _WORLD
    return {"digits": BASE_DIGITS, "near": _near(near, borders), "far": _far(near, borders)}


def _near(box: Bounds, borders: bool) -> dict[str, Any]:
    """Encode the fine land, coarser step by step until it fits."""
    span = max(box[2] - box[0], box[3] - box[1])
    scale: Scale = "50m" if span >= _WIDE else "10m"
    tolerance = max(span / 16000, 0.0015)
    while True:
        smallest = (tolerance * 2.5) ** 2
        land = encode_polygons(land_in(scale, box, tolerance=tolerance, smallest=smallest), BASE_DIGITS)
        if sum(len(ring) for rings in land for ring in rings) <= NEAR_BYTES:
            break
        tolerance *= 1.7
    lines = [encode_line(line.coords, BASE_DIGITS) for line in borders_in(scale, box, tolerance=tolerance)] if borders else []
    return {"box": list(box), "land": land, "borders": lines}


def _far(near: Bounds, borders: bool) -> dict[str, Any]:
    """Encode the land of the world outside the fine box."""
    if near == _WORLD:
        return {"box": list(near), "land": [], "borders": []}
    land = _world_land()
    hole = None
    for turn in (-360.0, 0.0, 360.0):
        piece = make_box(near[0] + turn + _OVERLAP, near[1] + _OVERLAP, near[2] + turn - _OVERLAP, near[3] - _OVERLAP)
        hole = piece if hole is None else hole.union(piece)
    lines: list[str] = []
    if borders:
        kept = [line.difference(hole) for line in borders_in("50m", _WORLD, tolerance=_FAR_TOLERANCE)]
        parts = [part for line in kept for part in getattr(line, "geoms", [line]) if not part.is_empty]
        lines = [encode_line(part.coords, BASE_DIGITS) for part in parts]
    return {"box": list(near), "land": encode_polygons(land.difference(hole), BASE_DIGITS), "borders": lines}


@lru_cache(maxsize=1)
def _world_land() -> Any:
    """Return the coarse land of the whole world, the same for every map of the process."""
    return land_in("50m", _WORLD, tolerance=_FAR_TOLERANCE, smallest=_FAR_SMALLEST)
