"""The projection of a figure: one that keeps areas, or angles, true for the extent that is shown, fitted to millimetres of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Geod, Transformer

from layers._shapes import Bounds

_EARTH = Geod(ellps="WGS84")
_CONIC_FROM = 12.0
"""Degrees of latitude of an extent's middle from which on a conic is used; nearer to the equator its cone is next to a cylinder."""
_WORLD = 140.0
"""Degrees of longitude from which on an extent is drawn as the world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A projection, fitted to a frame: ``to_paper`` takes degrees to millimetres.

    ``kind`` is a key of the messages (``albers``, ``lambert``, ``azimuthal``, ``earth``), ``values`` what goes into its words. ``frame`` is
    (left, bottom, right, top) of the map on paper in millimetres, ``box`` (west, south, east, north) in degrees of all that the frame
    shows; east may pass 180.
    """

    kind: str
    values: dict[str, float]
    frame: Bounds
    box: Bounds
    scale: float
    offset: tuple[float, float]
    forward: Transformer
    middle: tuple[float, float]

    def to_paper(self, lonlat: Any) -> Any:
        """Take an array of (lon, lat) in degrees to (x, y) in millimetres."""
        points = np.asarray(lonlat, dtype=float)
        x, y = self.forward.transform(points[:, 0], points[:, 1])
        return np.column_stack([np.asarray(x) * self.scale + self.offset[0], np.asarray(y) * self.scale + self.offset[1]])

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Take one point to paper, moved by a turn of the globe to where the map is."""
        turned = lon - 360 * round((lon - self.middle[0]) / 360)
        x, y = self.to_paper([(turned, lat)])[0]
        return (float(x), float(y))

    def shape(self, geometry: Any) -> Any:
        """Take a shapely geometry to paper; its long edges must have points enough."""
        return shapely.transform(geometry, self.to_paper)

    def km(self, lat: float) -> float:
        """Return how many millimetres a kilometre along the parallel of ``lat`` is, in the middle of the map."""
        lon = self.middle[0]
        half = 0.25
        (x0, y0), (x1, y1) = self.to_paper([(lon - half, lat), (lon + half, lat)])
        *_, metres = _EARTH.inv(lon - half, lat, lon + half, lat)
        return float(np.hypot(x1 - x0, y1 - y0) / (metres / 1000))

    def lean(self, lon: float, lat: float) -> float:
        """Return by how many degrees north leans from upright at a point, clockwise."""
        (x0, y0), (x1, y1) = self.to_paper([(lon, lat), (lon, min(lat + 0.1, 89.9))])
        return float(np.degrees(np.arctan2(x1 - x0, y1 - y0)))


def choose(view: Bounds) -> tuple[str, dict[str, float], str]:
    """Return kind, values for its words and PROJ string of the projection for an extent in degrees, after Snyder's advice (USGS 1395).

    The world: Equal Earth. Around a pole or near the equator: Lambert's azimuthal equal-area. A small extent: Lambert's conformal conic;
    a larger one: Albers' equal-area conic, both with standard parallels a sixth of the extent from its edges.

    >>> choose((117, 5, 131, 32))[0], choose((10, -18, 34, 6))[0], choose((-170, -56, 190, 74))[0]
    ('albers', 'azimuthal', 'earth')
    """
    west, south, east, north = view
    lon, lat = (west + east) / 2, (south + north) / 2
    if east - west > _WORLD or north - south > 110:
        return "earth", {"lon": round(lon)}, f"+proj=eqearth +lon_0={lon:.4f} +datum=WGS84"
    if abs(lat) < _CONIC_FROM or north > 82 or south < -80 or abs(lat) > 72:
        return "azimuthal", {"lat": round(lat), "lon": round(lon)}, f"+proj=laea +lat_0={lat:.4f} +lon_0={lon:.4f} +datum=WGS84"
    one, other = south + (north - south) / 6, north - (north - south) / 6
    kind, proj = ("lambert", "lcc") if max(north - south, east - west) < 8 else ("albers", "aea")
    if other - one > 2:
        one, other = float(round(one)), float(round(other))
    if abs(one + other) < 1:
        other += 1
    words = {"one": round(one, 1), "other": round(other, 1)}
    return kind, words, f"+proj={proj} +lat_0={lat:.4f} +lon_0={lon:.4f} +lat_1={one:.4f} +lat_2={other:.4f} +datum=WGS84"


def outline(bounds: Bounds, steps: int = 24) -> Any:
    """Return points along the edge of a box in degrees, as (lon, lat)."""
    west, south, east, north = bounds
    lon, lat = np.linspace(west, east, steps), np.linspace(max(south, -89.5), min(north, 89.5), steps)
    return np.concatenate([
        np.column_stack([lon, np.full(steps, lat[0])]), np.column_stack([np.full(steps, east), lat]),
        np.column_stack([lon[::-1], np.full(steps, lat[-1])]), np.column_stack([np.full(steps, west), lat[::-1]]),
    ])  # fmt: skip


def aspect_of(view: Bounds) -> float:
    """Return height to width of an extent in degrees in its projection."""
    *_, definition = choose(view)
    x, y = _forward(definition).transform(*outline(view).T)
    return float((max(y) - min(y)) / (max(x) - min(x)))


def fit(view: Bounds, frame: Bounds, *, clear: tuple[float, float, float, float] = (0, 0, 0, 0)) -> Projection:
    """Return the projection of ``view`` (degrees) that fills ``frame`` (millimetres), the view inside with ``clear`` (left, bottom, right,
    top) millimetres free around it."""
    kind, values, definition = choose(view)
    forward = _forward(definition)
    x, y = forward.transform(*outline(view).T)
    left, bottom, right, top = frame
    room = (right - left - clear[0] - clear[2], top - bottom - clear[1] - clear[3])
    scale = min(room[0] / (max(x) - min(x)), room[1] / (max(y) - min(y)))
    across = left + clear[0] + (room[0] - scale * (max(x) - min(x))) / 2 - scale * min(x)
    up = bottom + clear[1] + (room[1] - scale * (max(y) - min(y))) / 2 - scale * min(y)
    middle = ((view[0] + view[2]) / 2, (view[1] + view[3]) / 2)
    grid = np.array([(gx, gy) for gx in np.linspace(left, right, 25) for gy in np.linspace(bottom, top, 25)])
    lon, lat = forward.transform((grid[:, 0] - across) / scale, (grid[:, 1] - up) / scale, direction="INVERSE", errcheck=False)
    seen = np.isfinite(lon) & np.isfinite(lat)
    lon = lon[seen] - 360 * np.round((lon[seen] - middle[0]) / 360)
    box = (
        float(lon.min()) - 0.5,
        max(float(lat[seen].min()) - 0.5, -89.9),
        float(lon.max()) + 0.5,
        min(float(lat[seen].max()) + 0.5, 89.9),
    )
    if kind == "earth":
        box = (middle[0] - 180, -89.0, middle[0] + 180, 89.0)
    return Projection(
        kind=kind, values=values, frame=frame, box=box, scale=scale, offset=(across, up), forward=forward, middle=middle
    )  # fmt: skip


def _forward(definition: str) -> Transformer:
    """Return the way from degrees to metres."""
    return Transformer.from_crs(CRS("EPSG:4326"), CRS(definition), always_xy=True)
