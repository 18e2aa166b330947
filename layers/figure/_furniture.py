"""What helps to read a map: where it lies in the world, a bar true at its latitude, an arrow where north is not up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import CRS, Transformer

from layers._encode import polygon_parts
from layers._messages import number_words, say
from layers._shapes import Bounds
from layers._world import land_in
from layers.figure._looks import INK, LAND, OTHER, SEA, arrow
from layers.figure._placing import Room
from layers.figure._projection import Projection
from layers.figure._sheet import PAPER, Sheet
from layers.figure._sizes import Size
from layers.figure._type import Face, heights, width

_LEAN = 12.0
"""Degrees by which north must lean somewhere in the frame for an arrow to be drawn."""
_HALF = 62.0
"""Degrees around the middle that the locator shows."""


def place_furniture(
    sheet: Sheet, projection: Projection, room: Room, messages: dict[str, str], size: Size, marks: Sequence[Any]
) -> Callable[[], None]:
    """Choose the corners of locator and scale bar, keep them free, and return what draws them over everything else.

    ``marks`` are shapes on paper that no furniture should hide.
    """
    left, bottom, right, top = projection.frame
    side = min(right - left, top - bottom) * (0.2 if size.name == "single" else 0.19)
    bar = _bar(projection, messages, size)
    chosen: list[tuple[Bounds, Callable[[Bounds], None]]] = []
    pieces: list[tuple[float, float, Callable[[Bounds], None]]] = [
        (bar[0], bar[1], lambda box: _draw_bar(sheet, box, projection, messages, size))
    ]
    if projection.kind != "earth":
        pieces.insert(0, (side, side, lambda box: _draw_locator(sheet, box, projection)))
    for wide, high, draw in pieces:
        gap = 2.0
        corners = [
            (left + gap, bottom + gap, left + gap + wide, bottom + gap + high),
            (right - gap - wide, bottom + gap, right - gap, bottom + gap + high),
            (right - gap - wide, top - gap - high, right - gap, top - gap), (left + gap, top - gap - high, left + gap + wide, top - gap),
        ]  # fmt: skip
        best = min(
            corners, key=lambda box: (not room.is_free(box), _hidden(box, marks), 0.0 if room.on_water(box) else 0.2, corners.index(box))
        )
        room.take(best)
        chosen.append((best, draw))

    def draw_all() -> None:
        for box, draw in chosen:
            draw(box)

    return draw_all


def _hidden(box: Bounds, marks: Sequence[Any]) -> float:
    """Return how much of the marks a box would hide, as a share of the box; a point counts whole."""
    area = shapely.box(*box).buffer(1.0)
    return round(sum((area.intersection(mark).area / area.area) if mark.area else 1.0 for mark in marks if mark.intersects(area)), 3)


def _bar(projection: Projection, messages: dict[str, str], size: Size) -> tuple[float, float]:
    """Return how wide and high the scale bar is with its words."""
    km, _, words = _scale(projection, messages)
    face = Face(size=size.small)
    long = km * projection.km(_latitude(projection))
    return (max(long, 0) + width(words, face) * 0.5 + 4.0, sum(heights(face)) + 3.4)


def _latitude(projection: Projection) -> float:
    """Return the latitude that the bar is true at: that of the map's middle, a whole degree where the map is wide."""
    lat = projection.middle[1]
    return float(round(lat)) if projection.box[3] - projection.box[1] > 3 else round(lat, 1)


def _scale(projection: Projection, messages: dict[str, str]) -> tuple[float, float, str]:
    """Return the bar's kilometres, its latitude and its words: a round figure about a sixth of the map's width."""
    left, _, right, _ = projection.frame
    lat = _latitude(projection)
    wish = (right - left) / 6 / projection.km(lat)
    power = 10 ** np.floor(np.log10(wish))
    km = float(max(step * power for step in (1, 2, 3, 5) if step * power <= wish))
    where = say(messages, "latitude.north" if lat >= 0 else "latitude.south", degrees=number_words(abs(lat), messages))
    return km, lat, say(messages, "scale", distance=number_words(km, messages), latitude=where)


def _draw_bar(sheet: Sheet, box: Bounds, projection: Projection, messages: dict[str, str], size: Size) -> None:
    """Draw the bar with a stroke at its ends and its half, and an arrow where north leans."""
    km, lat, words = _scale(projection, messages)
    long = km * projection.km(lat)
    face = Face(size=size.small, colour=INK)
    x, y = box[0] + 1.0, box[1] + 1.0
    for colour, thick in ((PAPER, 2.6), (INK, 0.9)):
        sheet.stroke([(x, y), (x + long, y)], color=colour, linewidth=thick)
        for at in (0, long / 2, long):
            sheet.stroke([(x + at, y), (x + at, y + 0.9)], color=colour, linewidth=thick)
    sheet.text(x, y + 1.9, words, face, role="scale", ground=SEA, halo=SEA)
    west, south, east, north = projection.box
    corners = [
        (lon, lat)
        for lon in (west + 0.1 * (east - west), east - 0.1 * (east - west))
        for lat in (south + 0.1 * (north - south), north - 0.1 * (north - south))
    ]
    if max(abs(projection.lean(*corner)) for corner in corners) > _LEAN and projection.kind != "earth":
        _arrow(sheet, (x + long + 4.5, y + 1.6), projection, size, messages)


def _arrow(sheet: Sheet, at: tuple[float, float], projection: Projection, size: Size, messages: dict[str, str]) -> None:
    """Draw an arrow to the north of where it stands."""
    x, y = at
    lon, lat = projection.forward.transform(
        (x - projection.offset[0]) / projection.scale, (y - projection.offset[1]) / projection.scale, direction="INVERSE"
    )
    angle = np.radians(projection.lean(lon, lat))
    tip, dx = np.array([np.sin(angle), np.cos(angle)]), np.array([np.cos(angle), -np.sin(angle)])
    middle = np.array([x, y])
    sheet.stroke([middle - tip * 1.6, middle + tip * 1.0], color=INK, linewidth=0.8)
    sheet.add(arrow([tuple(middle + tip * 2.0), tuple(middle + tip * 0.6 + dx * 0.6), tuple(middle + tip * 0.6 - dx * 0.6)]))
    face = Face(size=size.small, colour=INK, weight=600)
    foot = middle + dx * 1.6
    sheet.text(
        float(foot[0]),
        float(foot[1]) - heights(face)[0] / 2,
        messages["figure.north"],
        face,
        role="north",
        ground=SEA,
        anchor="center",
        halo=SEA,
    )


def _draw_locator(sheet: Sheet, box: Bounds, projection: Projection) -> None:
    """Draw the part of the world around the map, and the map's frame in it."""
    lon, lat = projection.middle
    forward = Transformer.from_crs(
        CRS("EPSG:4326"), CRS(f"+proj=laea +lat_0={max(min(lat, 60), -60):.3f} +lon_0={lon:.3f} +datum=WGS84"), always_xy=True
    )
    half = 6_371_000 * 2 * np.sin(np.radians(_HALF) / 2)
    scale = (box[2] - box[0]) / 2 / half
    x0, y0 = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2

    def paper(points: Any) -> Any:
        x, y = forward.transform(points[:, 0], points[:, 1])
        return np.column_stack([np.asarray(x) * scale + x0, np.asarray(y) * scale + y0])

    sheet.box(box, facecolor="#EBF0F2", edgecolor="none")
    outer = sheet.frame
    sheet.clip(box)
    land = land_in("110m", (lon - 178, -80, lon + 178, 84), tolerance=0.3)
    near = [shapely.transform(shapely.segmentize(part, 4.0), paper) for part in polygon_parts(land)]
    kept = [shapely.make_valid(part) for part in near if np.all(np.isfinite(shapely.get_coordinates(part)))]
    square = shapely.box(*box)
    sheet.shape(shapely.MultiPolygon([piece for part in kept for piece in polygon_parts(part.intersection(square))]), facecolor="#CFCBBF")
    edge = _frame_in_degrees(projection)
    sheet.shape(shapely.Polygon(paper(edge)), facecolor=LAND, alpha=0.35)
    sheet.stroke(paper(edge), color="#B03A00", linewidth=0.9)
    sheet.clip(outer)
    sheet.box(box, facecolor="none", edgecolor=OTHER, linewidth=0.5)


def _frame_in_degrees(projection: Projection) -> Any:
    """Return the edge of the map's frame as (lon, lat)."""
    left, bottom, right, top = projection.frame
    across, up = np.linspace(left, right, 20), np.linspace(bottom, top, 20)
    edge = np.concatenate([
        np.column_stack([across, np.full(20, bottom)]), np.column_stack([np.full(20, right), up]),
        np.column_stack([across[::-1], np.full(20, top)]), np.column_stack([np.full(20, left), up[::-1]]),
    ])  # fmt: skip
    lon, lat = projection.forward.transform(
        (edge[:, 0] - projection.offset[0]) / projection.scale, (edge[:, 1] - projection.offset[1]) / projection.scale,
        direction="INVERSE", errcheck=False,
    )  # fmt: skip
    kept = np.isfinite(lon) & np.isfinite(lat)
    return np.column_stack([lon[kept], lat[kept]])
