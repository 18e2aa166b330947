"""The ground of a map of an archive: the fine land of the whole world, since a reader may come near anywhere.

Setup encodes it once (``python -m layers.build``) and keeps it beside a hash of what it was made from; where that is missing or of another
file, it is done here, which takes two seconds.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import numpy as np
import shapely

from geo.files import write_atomically
from layers._base import base_payload
from layers._encode import BASE_DIGITS, encode_line, encode_polygons
from layers._shapes import Bounds
from layers._world import BUILT, load_world, world_source

_WORLD = (-180.0, -82.0, 180.0, 84.0)
_TOLERANCE = 0.008
"""Degrees by which a coast may move: under two pixels at the zoom from which places stand singly; 750 kB of land in all."""
_WIDE = 60.0
_NAME = "ground.json"


def ground(view: Bounds) -> dict[str, Any]:
    """Return land and borders for a map that opens on ``view``: those of any page for a region, else fine land everywhere.

    Raises MissingPartError when the vendored land is absent. Reads that file and what setup made of it; no network.

    >>> sorted(ground((120, 23, 123, 26)))
    ['digits', 'far', 'near']
    """
    return (_built() or _whole()) if view[2] - view[0] > _WIDE else base_payload(view, borders=True)


def keep_ground() -> bool:
    """Write the land of the world where :func:`ground` looks for it, unless it lies there already; return whether it was written."""
    if _built():
        return False
    BUILT.mkdir(exist_ok=True)
    write_atomically(BUILT / _NAME, json.dumps({"source": _source(), "ground": _whole()}, separators=(",", ":")).encode())
    return True


def _built() -> dict[str, Any] | None:
    """Return the land of the world as setup made it, or None where that is missing or was made from something else."""
    try:
        kept: dict[str, Any] = json.loads((BUILT / _NAME).read_bytes())
        return kept["ground"] if kept["source"] == _source() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _source() -> str:
    """Name what the land is made from and how."""
    return f"{world_source('10m')} {_WORLD} {_TOLERANCE} {BASE_DIGITS}"


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
