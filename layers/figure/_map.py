"""The map of a figure: ground, marks, distances, numbers, names and what helps to read them, inside one frame of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from layers._distances import geodesic, line_ends, measured_words, said_words
from layers._encode import polygon_parts
from layers._marks import Mark
from layers._place_names import PlaceNames
from layers._precision import NEAR_METRES
from layers._protocols import Gazetteer
from layers._shapes import disc, unwrap
from layers._world import Scale, borders_in, land_in
from layers.figure._badges import place_badges
from layers.figure._furniture import place_furniture
from layers.figure._looks import BORDER, COAST, CONTEXT, INK, LAND, OTHER, SEA, draw_area, draw_sign, styles
from layers.figure._names import write_chains, write_names, write_points
from layers.figure._placing import Room, spots_of
from layers.figure._projection import Projection
from layers.figure._sheet import PAPER, Sheet
from layers.figure._sizes import MM, Size
from layers.figure._type import Face, heights, width
from sources import ReportedPlan, StatedDistance


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a map shows: marks, the plans they come from, context sites (of the payload), and who names places."""

    marks: tuple[Mark, ...]
    plans: tuple[ReportedPlan, ...]
    context: list[dict[str, Any]]
    gazetteer: Gazetteer
    names: PlaceNames
    borders: bool


@dataclass(slots=True, kw_only=True)
class Drawn:
    """A mark on paper: its shape or its point in millimetres, what of it lies in the frame, and the status that it is drawn in."""

    mark: Mark
    style: dict[str, str]
    shape: Any
    seen: Any
    point: tuple[float, float] | None

    @property
    def quiet(self) -> bool:
        """Whether the mark is held back behind finer ones."""
        return self.mark.kind in ("country", "region")


def draw_map(sheet: Sheet, projection: Projection, content: Content, size: Size) -> None:
    """Draw the map into the frame of its projection; what lies beyond it is the legend's to say."""
    frame = projection.frame
    land = _ground(sheet, projection, content.borders)
    drawn, _ = on_paper(projection, content.marks)
    sheet.clip(frame)
    for each in sorted(drawn, key=_order):
        if each.point is None:
            draw_area(sheet, each.shape, each.style, quiet=each.quiet, soft=each.mark.soft and not each.quiet)
    sheet.shape(shapely.box(*frame).intersection(land), facecolor="none", edgecolor=COAST, linewidth=0.3)
    room = Room(frame, land)
    room.mark([each.seen for each in drawn if each.point is None and not each.quiet])
    room.wide = [each.seen for each in drawn if each.mark.kind == "country"]
    radius = size.badge * 0.33
    for each in drawn:
        if each.point is not None:
            _near_ring(sheet, projection, each)
    _context(sheet, projection, content.context, room, radius)
    lines = measured_lines(projection, content.plans)
    _draw_distances(sheet, lines, room)
    for each in drawn:
        if each.point is not None:
            x, y = each.point
            draw_sign(sheet, x, y, each.style, radius)
            room.take((x - radius, y - radius, x + radius, y + radius))
    furniture = place_furniture(sheet, projection, room, content.names.messages, size, [each.seen for each in drawn if not each.quiet])
    write_chains(sheet, drawn, room, content.names, size)
    write_points(sheet, drawn, room, content.names, size)
    inside = place_badges(sheet, drawn, room, content.names, size)
    _distance_words(sheet, lines, room, content.names, size)
    write_names(sheet, projection, content, drawn, room, size, said=inside)
    furniture()
    sheet.clip(None)
    sheet.box(frame, facecolor="none", edgecolor="#8D979B", linewidth=0.5)


_WIDE = 25.0
"""Degrees from which on a region is named under the map: what a frame shows of a continent is no place of its own."""


def _span(mark: Mark) -> float:
    return max(mark.bounds[2] - mark.bounds[0], mark.bounds[3] - mark.bounds[1])


def _order(drawn: Drawn) -> tuple[int, float]:
    """Draw the widest first."""
    return (0 if drawn.mark.kind == "region" else 1 if drawn.mark.kind == "country" else 2, -drawn.seen.area)


def _ground(sheet: Sheet, projection: Projection, borders: bool) -> Any:
    """Draw sea, land and borders, and return the land on paper."""
    left, bottom, right, top = projection.frame
    wide = projection.box[2] - projection.box[0]
    degrees = wide / (right - left) * 0.06
    scale: Scale = "10m" if wide < 45 else "50m"
    land = projection.shape(land_in(scale, projection.box, tolerance=degrees, smallest=(degrees * 1.5) ** 2))
    land = shapely.make_valid(shapely.clip_by_rect(shapely.make_valid(land), left - 3, bottom - 3, right + 3, top + 3))
    land = shapely.MultiPolygon(polygon_parts(land))
    sheet.box(projection.frame, facecolor=SEA, edgecolor="none")
    sheet.clip(projection.frame)
    sheet.shape(land, facecolor=LAND, edgecolor=COAST, linewidth=0.3)
    if borders:
        lines = [projection.to_paper(line.coords) for line in borders_in(scale, projection.box, tolerance=degrees)]
        sheet.strokes(lines, edgecolor=BORDER, linewidth=0.4)
    sheet.clip(None)
    return land


def on_paper(projection: Projection, marks: Sequence[Mark]) -> tuple[list[Drawn], list[Mark]]:
    """Take marks to paper; those of which the frame shows nothing, and wide regions beside finer marks, are returned apart."""
    drawn, beyond = [], []
    frame = shapely.box(*projection.frame)
    west, south, east, north = projection.box
    finer = any(mark.leads for mark in marks)
    for mark in marks:
        if mark.kind == "region" and finer and _span(mark) > _WIDE:
            beyond.append(mark)
            continue
        style = _style_of(mark)
        if mark.kind == "point":
            x, y = projection.point(mark.place.lon, mark.place.lat)
            if frame.buffer(-1.0).contains(shapely.Point(x, y)):
                drawn.append(Drawn(mark=mark, style=style, shape=None, seen=shapely.Point(x, y), point=(x, y)))
                continue
        else:
            turned = unwrap(mark.geometry, projection.middle[0])
            clipped = shapely.clip_by_rect(shapely.make_valid(turned), west - 2, max(south - 2, -89.9), east + 2, min(north + 2, 89.9))
            parts = polygon_parts(shapely.segmentize(clipped, 1.0)) if not clipped.is_empty else []
            shape = shapely.make_valid(projection.shape(shapely.MultiPolygon(parts))) if parts else shapely.Polygon()
            seen = shapely.make_valid(shape).intersection(frame)
            if seen.area > (0.6 if mark.kind in ("area", "chain") else 4.0):
                drawn.append(Drawn(mark=mark, style=style, shape=shape, seen=seen, point=None))
                continue
            if not seen.is_empty and mark.kind in ("area", "chain"):
                middle = seen.representative_point()
                drawn.append(Drawn(mark=mark, style=style, shape=shape, seen=middle.buffer(0.4), point=None))
                continue
        beyond.append(mark)
    return drawn, beyond


def _style_of(mark: Mark) -> dict[str, str]:
    """Return the look of the status that most of a mark's plans have; among equals that of the first."""
    counts = Counter(plan.status for plan, _ in mark.plans)
    most = max(counts.values())
    return styles()[next(plan.status for plan, _ in mark.plans if counts[plan.status] == most)]


def _near_ring(sheet: Sheet, projection: Projection, drawn: Drawn) -> None:
    """Draw the ring of a point that is said to be near, true to its radius; a town that is named as such has none."""
    radius = max(said.uncertainty_m or 0.0 for _, said in drawn.mark.plans)
    town = drawn.mark.place.feature_code.startswith("PPL") and all(said.where_prec == 1 for _, said in drawn.mark.plans)
    if town or radius <= NEAR_METRES:
        return
    place = drawn.mark.place
    shape = projection.shape(unwrap(disc(place.lat, place.lon, radius), projection.middle[0]))
    sheet.shape(shape, facecolor=drawn.style["hue"], alpha=0.10)
    sheet.shape(shape, facecolor="none", edgecolor=drawn.style["ink"], linewidth=0.6, linestyle=(0, (1.5, 1.2)))


def _context(sheet: Sheet, projection: Projection, sets: Sequence[dict[str, Any]], room: Room, radius: float) -> None:
    """Draw the sites that the articles do not name: small, grey, hollow."""
    left, bottom, right, top = projection.frame
    for site in (site for shown in sets for site in shown["sites"]):
        x, y = projection.point(*site["point"])
        if left + 1 < x < right - 1 and bottom + 1 < y < top - 1:
            sheet.disc(x, y, radius * 0.6, facecolor=PAPER, edgecolor=CONTEXT, linewidth=0.7)
            room.take((x - radius * 0.6, y - radius * 0.6, x + radius * 0.6, y + radius * 0.6))


_SHORT = 2.0
"""Millimetres under which a distance is not drawn: its strokes would be one sign; the note says it."""

Measured = tuple[StatedDistance, list[tuple[float, float]]]


def measured_lines(projection: Projection, plans: Sequence[ReportedPlan]) -> list[Measured]:
    """Return the measured distances that lie in the frame, each once, with their points on paper."""
    left, bottom, right, top = projection.frame
    found: dict[Any, Measured] = {}
    for distance in (distance for plan in plans for distance in plan.distances):
        ends = line_ends(distance)
        if ends is None or ends in found:
            continue
        points = [projection.point(lon, lat) for piece in geodesic(*ends) for lon, lat in piece]
        held = all(left < x < right and bottom < y < top for x, y in (points[0], points[-1]))
        if held and shapely.LineString(points).length >= _SHORT:
            found[ends] = (distance, points)
    return list(found.values())


def _draw_distances(sheet: Sheet, lines: Sequence[Measured], room: Room) -> None:
    """Draw each measured distance with a stroke at both ends."""
    for _, points in lines:
        sheet.stroke(points, color=PAPER, linewidth=2.2)
        sheet.stroke(points, color=INK, linewidth=0.9)
        for (x, y), (to_x, to_y) in ((points[0], points[1]), (points[-1], points[-2])):
            long = max(((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5, 1e-6)
            dx, dy = -(to_y - y) / long * 0.9, (to_x - x) / long * 0.9
            sheet.stroke([(x - dx, y - dy), (x + dx, y + dy)], color=INK, linewidth=0.9)
        room.take_line(points)


def _distance_words(sheet: Sheet, lines: Sequence[Measured], room: Room, names: PlaceNames, size: Size) -> None:
    """Write both figures and both ends of each distance where there is room, joined to it by a thin leader."""
    messages = names.messages
    face = Face(size=max(size.small, size.label - 0.6), colour=INK, language=names.language)
    for distance, points in lines:
        start = names.at(distance.nearest, *distance.ends[0]) if distance.nearest else messages["distance.place"]
        rows = [f"{start} – {names.shown(distance.to.place)}", said_words(distance, messages), measured_words(distance, messages)]
        wide = max(width(row, face.but(weight=600) if i == 0 else face) for i, row in enumerate(rows))
        step = face.size * 1.18 / MM
        high = step * 2 + sum(heights(face))
        middle = shapely.LineString(points).interpolate(0.5, normalized=True)
        boxes, gaps = room.near(middle.buffer(0.1), wide, high, 24.0, (2.0, 2.0))
        boxes, gaps = boxes[gaps > 1.4], gaps[gaps > 1.4]
        crossing = np.where(room.ashore(boxes) < 0.005, 0.0, 1.2) if len(boxes) else gaps
        spots = spots_of(boxes, gaps * 0.12 + crossing + room.over(boxes, 3.0)) if len(boxes) else []
        spot = room.best(spots, most=8.0)
        if spot is None:
            continue
        box = shapely.box(*spot.box)
        near = shapely.shortest_line(box, middle)
        sheet.stroke(near.coords, color=PAPER, linewidth=1.4)
        sheet.stroke(near.coords, color=OTHER, linewidth=0.5)
        room.take_line(list(near.coords), 0.3)
        room.take(spot.box)
        for i, row in enumerate(rows):
            baseline = spot.box[3] - heights(face)[0] - i * step
            own = face.but(weight=600) if i == 0 else face
            sheet.text(spot.box[0], baseline, row, own, role="distance", ground=SEA, halo=SEA if room.on_water(spot.box) else LAND)
