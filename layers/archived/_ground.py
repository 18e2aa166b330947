"""The ground of a map of an archive: the fine land of the whole world, since a reader may come near anywhere."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from layers._base import base_payload
from layers._encode import BASE_DIGITS, encode_line, encode_polygons
from layers._shapes import Bounds
from layers._world import load_world

_WORLD = (-180.0, -82.0, 180.0, 84.0)
_TOLERANCE = 0.008
"""Degrees by which a coast may move: under two pixels at the zoom from which places stand singly; 750 kB of land in all."""
_WIDE = 60.0


def ground(view: Bounds) -> dict[str, Any]:
    """Return land and borders for a map that opens on ``view``: those of any page for a region, else fine land everywhere.

    >>> sorted(ground((120, 23, 123, 26)))
    ['digits', 'far', 'near']
    """
    return _whole() if view[2] - view[0] > _WIDE else base_payload(view, borders=True)


@lru_cache(maxsize=1)
def _whole() -> dict[str, Any]:
    """Encode the land of the world. Each piece is simplified by itself, which takes a tenth of the time that all as one do."""
    world = load_world("10m")
    land = shapely.simplify(shapely.clip_by_rect(np.array(world.land, dtype=object), *_WORLD), _TOLERANCE, preserve_topology=True)
    kept = land[shapely.area(land) > (2 * _TOLERANCE) ** 2]
    borders = shapely.get_parts(shapely.simplify(shapely.clip_by_rect(world.borders, *_WORLD), _TOLERANCE))
    lines = [encode_line(line.coords, BASE_DIGITS) for line in borders if line.geom_type == "LineString" and not line.is_empty]
    near = {"box": list(_WORLD), "land": [rings for shape in kept for rings in encode_polygons(shape, BASE_DIGITS)], "borders": lines}
    return {"digits": BASE_DIGITS, "near": near, "far": {"box": list(_WORLD), "land": [], "borders": []}}
