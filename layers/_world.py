"""Land and borders, read from the vendored Natural Earth files.

The files are TopoJSON. Arcs that two countries share are borders; that is why they are decoded here rather than read as polygons. Their
rings run on across the antimeridian and around the pole (Russia, Fiji, Antarctica); here they are cut there.

That takes seconds, most of them to make rings valid and countries one land, so setup does it once (``python -m layers.build``) and keeps
the result as WKB beside a hash of the file that it was made from. Where that is missing or of another file, it is done here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from shapely import GeometryCollection, MultiLineString, MultiPolygon, Polygon

from geo.files import write_atomically
from layers._encode import polygon_parts
from layers._errors import MissingPartError

Scale = Literal["10m", "50m", "110m"]

SCALES: tuple[Scale, ...] = ("10m", "50m", "110m")

VENDOR = Path(__file__).parent.parent / "geo" / "data" / "vendor"

BUILT = Path(__file__).parent / "data" / "built"

_NORTH, _SOUTH = 84.0, -82.0


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The countries of the world at one scale, as polygons by ISO 3166-1 numeric code, and the borders between them.

    ``countries`` are (code, shapely polygon or multipolygon) pairs in the file's order, EPSG:4326; ``borders`` the shared arcs; ``land``
    are the polygons of all countries as one, without inner borders.
    """

    countries: tuple[tuple[str, Any], ...]
    borders: Any
    land: tuple[Any, ...]


@lru_cache(maxsize=3)
def load_world(scale: Scale) -> World:
    """Load the countries and borders of Natural Earth at one scale.

    ``scale`` is ``10m``, ``50m`` or ``110m``. Raises MissingPartError when the vendored file is absent. Reads that file and what setup made
    of it; no network; kept in memory for the process.

    >>> len(load_world("110m").countries)
    177
    """
    return _built(scale, world_source(scale)) or _decoded(_raw(scale))


def world_source(scale: Scale) -> str:
    """Return the SHA-256 of the file that the world at a scale is read from. Raises MissingPartError when it is absent."""
    return hashlib.sha256(_raw(scale)).hexdigest()


def _raw(scale: Scale) -> bytes:
    path = VENDOR / f"countries-{scale}.json"
    if not path.exists():
        raise MissingPartError(f"geo/data/vendor/{path.name}")
    return path.read_bytes()


def keep_world(scale: Scale) -> bool:
    """Write the world at a scale where :func:`load_world` looks for it, unless it lies there already; return whether it was written."""
    if _built(scale, world_source(scale)):
        return False
    BUILT.mkdir(exist_ok=True)
    write_atomically(BUILT / f"world-{scale}.wkb", world_bytes(scale))
    return True


def world_bytes(scale: Scale) -> bytes:
    """Return the world at a scale as setup keeps it: a line of JSON, then all shapes as WKB.

    >>> world_bytes("110m")[:11]
    b'{"source": '
    """
    world = _decoded(_raw(scale))
    said = {"source": world_source(scale), "codes": [code for code, _ in world.countries]}
    shapes = [*(shape for _, shape in world.countries), world.borders, MultiPolygon(world.land)]
    return json.dumps(said).encode() + b"\n" + bytes(shapely.to_wkb(GeometryCollection(shapes), byte_order=1))


def _built(scale: Scale, source: str) -> World | None:
    """Return the world as setup made it, or None where that is missing or was made from another file."""
    try:
        said, _, shapes = (BUILT / f"world-{scale}.wkb").read_bytes().partition(b"\n")
        head = json.loads(said)
        if head["source"] != source:
            return None
        *countries, borders, land = shapely.from_wkb(shapes).geoms
    except (OSError, ValueError, KeyError, TypeError, AttributeError, shapely.errors.GEOSException):
        return None
    return World(countries=tuple(zip(head["codes"], countries, strict=True)), borders=borders, land=tuple(land.geoms))


def _decoded(raw: bytes) -> World:
    """Decode a file of TopoJSON."""
    topology = json.loads(raw)
    factor, shift = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * factor + shift for arc in topology["arcs"]]
    uses = [0] * len(arcs)
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = geometry.get("arcs", [])
        for rings in [polygons] if geometry["type"] == "Polygon" else polygons:
            for index in (i for ring in rings for i in ring):
                uses[~index if index < 0 else index] += 1
        countries.append((str(geometry.get("id", "")), _shape_of(geometry, arcs)))
    borders = MultiLineString([_unwrapped(arcs[i]) for i, count in enumerate(uses) if count > 1 and len(arcs[i]) > 1])
    land = polygon_parts(shapely.union_all([shape for _, shape in countries]))
    return World(countries=tuple(countries), borders=borders, land=tuple(land))


def _shape_of(geometry: dict[str, Any], arcs: list[Any]) -> Any:
    """Build the shapely geometry of one TopoJSON geometry."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
    shapes = []
    for rings in polygons:
        closed = [_ring_of(ring, arcs) for ring in rings]
        closed = [ring for ring in closed if len(ring) >= 4]
        if closed:
            shapes.append(Polygon(closed[0], closed[1:]))
    whole = MultiPolygon([part for shape in shapes for part in polygon_parts(_cut(shape if shape.is_valid else shapely.make_valid(shape)))])
    return whole if whole.is_valid else MultiPolygon(polygon_parts(shapely.union_all(list(whole.geoms))))


def _ring_of(indices: list[int], arcs: list[Any]) -> Any:
    """Join arcs to one closed ring; a negative index runs its arc backwards."""
    parts = [arcs[~i][::-1] if i < 0 else arcs[i] for i in indices]
    ring = _unwrapped(np.concatenate([parts[0]] + [part[1:] for part in parts[1:]]))
    if abs(ring[-1][0] - ring[0][0]) > 180:
        ring = np.concatenate([ring, [[ring[-1][0], -90.0], [ring[0][0], -90.0], ring[0]]])
    return ring


def _unwrapped(points: Any) -> Any:
    """Let longitudes run on past 180 rather than jump."""
    return np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]])


def _cut(shape: Any) -> Any:
    """Cut a shape that runs past the antimeridian there, and move what lies beyond by a turn."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    pieces = [shapely.clip_by_rect(shape, -180 + turn, -90, 180 + turn, 90) for turn in (-360, 0, 360)]
    moved = [shapely.transform(piece, lambda xy, t=turn: xy - [t, 0.0]) for piece, turn in zip(pieces, (-360, 0, 360), strict=True)]
    return shapely.union_all([piece for piece in moved if not piece.is_empty])


def land_in(scale: Scale, box: tuple[float, float, float, float], *, tolerance: float, smallest: float = 0.0) -> Any:
    """Return the land in a box as one geometry without inner borders.

    ``box`` is (west, south, east, north) in degrees; east may pass 180, and then the land beyond the antimeridian is moved to follow on.
    ``tolerance`` is how far, in degrees, a coast may move when it is simplified; islands under ``smallest`` square degrees are left out.

    >>> land_in("110m", (-30, -60, -25, -50), tolerance=0.1).is_empty
    True
    """
    simple = shapely.simplify(_whole_land(scale, box), tolerance, preserve_topology=True)
    if not simple.is_valid:
        simple = shapely.make_valid(simple)
    return MultiPolygon([part for part in polygon_parts(simple) if part.area > smallest])


@lru_cache(maxsize=1)
def _whole_land(scale: Scale, box: tuple[float, float, float, float]) -> Any:
    """Return the land in a box as it is in the atlas; kept, since it is asked for with one tolerance after the other."""
    pieces = [piece for piece in _clip_all(load_world(scale).land, box) if not piece.is_empty]
    if box[0] >= -180 and box[2] <= 180:
        return MultiPolygon([part for piece in pieces for part in polygon_parts(piece)])
    return shapely.union_all(pieces)


def borders_in(scale: Scale, box: tuple[float, float, float, float], *, tolerance: float) -> list[Any]:
    """Return the borders in a box as lines; the arguments are those of :func:`land_in`.

    >>> borders_in("110m", (-30, -60, -25, -50), tolerance=0.1)
    []
    """
    lines = []
    for piece in _clip_all([load_world(scale).borders], box):
        simple = shapely.simplify(piece, tolerance)
        lines += [line for line in shapely.get_parts(simple).tolist() if line.geom_type == "LineString" and not line.is_empty]
    return lines


def _clip_all(shapes: Iterable[Any], box: tuple[float, float, float, float]) -> list[Any]:
    """Clip shapes to a box that may pass the antimeridian."""
    west, south, east, north = box
    south, north = max(south, _SOUTH), min(north, _NORTH)
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        left, right = max(west + turn, -180.0), min(east + turn, 180.0)
        if left >= right:
            continue
        for shape in shapes:
            w, s, e, n = shape.bounds
            if e < left or w > right or n < south or s > north:
                continue
            piece = shapely.clip_by_rect(shape, left, south, right, north)
            pieces.append(shapely.transform(piece, lambda xy, t=turn: xy - [t, 0.0]) if turn else piece)
    return pieces
