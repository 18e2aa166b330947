"""The numbers of plans on a figure: on a fine mark, on a leader beside a country."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from layers._encode import polygon_parts
from layers._marks import Mark
from layers._messages import joined, say
from layers._place_names import PlaceNames
from layers._shapes import Bounds, inner_points
from layers.figure._looks import LAND, OTHER, QUIET, SEA, draw_badge, styles
from layers.figure._placing import Room, Spot, spots_of
from layers.figure._sheet import PAPER, Sheet
from layers.figure._sizes import Size
from layers.figure._type import Face, heights, width
from sources import ReportedPlan

if TYPE_CHECKING:
    from layers.figure._map import Drawn


def place_badges(sheet: Sheet, drawn: Sequence[Drawn], room: Room, names: PlaceNames, size: Size) -> frozenset[str]:
    """Put the numbers of every mark on the map: fine marks first, then countries and regions.

    Returns the ids of the countries that are named by it inside their own ground.
    """
    named = set()
    ranks = {"point": 0, "area": 1, "chain": 1, "sea": 2, "country": 3, "region": 4}
    for each in sorted(drawn, key=lambda each: (ranks[each.mark.kind], each.seen.area)):
        plans = [plan for plan, _ in each.mark.plans]
        if each.point is not None:
            _beside(sheet, each.point, plans, room, size)
        elif each.quiet:
            if _as_a_whole(sheet, each, plans, room, names, size):
                named.add(each.mark.place.id)
        else:
            _on_shape(sheet, each, plans, room, size)
    return frozenset(named)


def _block(count: int, size: Size) -> tuple[int, float, float]:
    """Return how many numbers stand in a row, and how wide and high all of them are."""
    step = size.badge * 1.12
    row = count if count <= 5 else int(np.ceil(np.sqrt(count * 2)))
    return row, step * min(row, count), step * int(np.ceil(count / row))


def _draw_block(sheet: Sheet, box: Bounds, plans: Sequence[ReportedPlan], room: Room, size: Size) -> None:
    """Draw numbers in rows from the upper left of a box, and keep it free."""
    row, *_ = _block(len(plans), size)
    step = size.badge * 1.12
    for i, plan in enumerate(plans):
        x, y = box[0] + step * (i % row + 0.5), box[3] - step * (i // row + 0.5)
        draw_badge(sheet, x, y, plan.number, styles()[plan.status], size.badge, size.digit)
    room.take(box)


def _beside(sheet: Sheet, point: tuple[float, float], plans: Sequence[ReportedPlan], room: Room, size: Size) -> None:
    """Put numbers beside a point."""
    _, wide, high = _block(len(plans), size)
    x, y = point
    spots = []
    for ring, far in enumerate((size.badge * 0.55, size.badge * 1.1, size.badge * 2.0, size.badge * 3.2, size.badge * 4.6)):
        for order, angle in enumerate((45, 0, 135, -45, 180, -135, 90, -90)):
            dx, dy = np.cos(np.radians(angle)), np.sin(np.radians(angle))
            left = x + dx * far - (wide if dx < -0.3 else 0 if dx > 0.3 else wide / 2)
            bottom = y + dy * far - (high if dy < -0.3 else 0 if dy > 0.3 else high / 2)
            box = (left, bottom, left + wide, bottom + high)
            spots.append(Spot(box, 0.1 * order + 1.0 * ring + float(room.over(box, 0.5)[0])))
    spot = room.best(spots, most=99) or spots[0]
    near = shapely.shortest_line(shapely.box(*spot.box), shapely.Point(x, y))
    if near.length > size.badge * 0.6:
        sheet.stroke(near.coords, color=OTHER, linewidth=0.5)
        room.take_line(list(near.coords), 0.3)
    _draw_block(sheet, spot.box, plans, room, size)


def _on_shape(sheet: Sheet, drawn: Drawn, plans: Sequence[ReportedPlan], room: Room, size: Size) -> None:
    """Put numbers on an extent where they fit into it or on its middle, else beside it on a leader."""
    _, wide, high = _block(len(plans), size)
    spots = []
    for i, (x, y, depth) in enumerate(inner_points(main_part(drawn.seen), 24)):
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        others = max(float(room.over(box, 1.0)[0]) - room_share(box, drawn.seen), 0.0)
        spots.append(Spot(box, 0.06 * i + others + (0.0 if depth > high / 2 else 0.5), (x, y)))
    spots += _ring_spots(drawn, wide, high, room, 2.5)
    spot = room.best(spots, most=99) or spots[0]
    if spot.what is None:
        near = shapely.shortest_line(shapely.box(*spot.box), main_part(drawn.seen))
        sheet.stroke(near.coords, color=PAPER, linewidth=1.4)
        sheet.stroke(near.coords, color=OTHER, linewidth=0.5)
        room.take_line(list(near.coords), 0.3)
    _draw_block(sheet, spot.box, plans, room, size)


def room_share(box: Bounds, shape: Any) -> float:
    """Return which share of a box lies on a shape."""
    area = shapely.box(*box)
    return float(area.intersection(shape).area / area.area)


def main_part(shape: Any) -> Any:
    """Return the largest part of an extent and those at least half as large: what a leader may run to, and no islet of it."""
    parts = polygon_parts(shape)
    if len(parts) < 2:
        return shape
    largest = max(part.area for part in parts)
    return shapely.MultiPolygon([part for part in parts if part.area >= largest / 2])


def _ring_spots(drawn: Drawn, wide: float, high: float, room: Room, start: float, *, wet: bool = False) -> list[Spot]:
    """Return places around the main part of an extent; with ``wet`` those on water are better."""
    boxes, far = room.near(main_part(drawn.seen), wide, high, 60.0, (max(wide / 3, 2.0), max(high / 2, 2.0)))
    boxes, far = boxes[far > 1.0], far[far > 1.0]
    if not len(boxes):
        return []
    costs = start + far * 0.08 + room.over(boxes, 3.0)
    if wet:
        ashore = room.ashore(boxes)
        costs = costs + np.where(ashore < 0.005, 0.0, np.where(ashore > 0.995, 1.5, 2.0))
    return spots_of(boxes, costs)


def whole_words(mark: Mark, names: PlaceNames) -> str:
    """Say that a country or a region is meant as a whole, or which part of it, where all plans speak of a part."""
    messages, place = names.messages, mark.place
    the = "whole.country.the" if place.country in messages["names.the"].split() and place.extent == "country" else "whole.country"
    parts = [said.said for _, said in mark.plans if said.modifier]
    if len(parts) == len(mark.plans):
        return joined(messages, dict.fromkeys(parts))
    return say(messages, the, place=names.shown(place))


def _as_a_whole(sheet: Sheet, drawn: Drawn, plans: Sequence[ReportedPlan], room: Room, names: PlaceNames, size: Size) -> bool:
    """Put the numbers of a country or a region on it or on a leader beside it, and say that it is meant as a whole; whether on it."""
    words = whole_words(drawn.mark, names)
    face = Face(size=size.label, colour=QUIET, italic=False, language=names.language)
    _, wide, high = _block(len(plans), size)
    text = width(words, face)
    line = sum(heights(face))
    whole, tall = max(wide, text), high + 0.7 + line
    inside = [
        Spot(
            (x - whole / 2, y - tall / 2, x + whole / 2, y + tall / 2),
            (0.0 if drawn.seen.area > 14 * whole * tall else 0.9) + 0.08 * i,
            "inside",
        )
        for i, (x, y, depth) in enumerate(inner_points(drawn.seen, 30))
        if depth > tall / 2
    ]
    if drawn.mark.kind == "region":
        inside = [Spot(s.box, s.cost + sum(room_share(s.box, shape) for shape in room.wide), s.what) for s in inside]
    water = _ring_spots(drawn, whole, tall, room, 0.5, wet=True)
    found = room.best(
        [
            *(
                Spot(s.box, s.cost + float(room.over(s.box, 4.0)[0]) + (0.0 if room_share(s.box, drawn.seen) > 0.97 else 2.0), s.what)
                for s in inside
            ),
            *water,
        ],
        most=99,
    )
    spot = found or Spot((room.frame[0] + 1, room.frame[1] + 1, room.frame[0] + 1 + whole, room.frame[1] + 1 + tall), 0)
    if spot.what is None:
        target = _anchor(drawn)
        middle = (spot.box[0] + spot.box[2]) / 2
        block = shapely.box(middle - wide / 2, spot.box[3] - high, middle + wide / 2, spot.box[3])
        written = shapely.box(middle - text / 2, spot.box[1], middle + text / 2, spot.box[1] + line)
        near = shapely.shortest_line(block.union(written), target)
        sheet.stroke(near.coords, color=PAPER, linewidth=1.4)
        sheet.stroke(near.coords, color=OTHER, linewidth=0.55)
        end = near.coords[-1]
        sheet.disc(end[0], end[1], 0.35, facecolor=OTHER, edgecolor="none")
        room.take_line(list(near.coords), 0.3)
    x0 = (spot.box[0] + spot.box[2]) / 2
    _draw_block(sheet, (x0 - wide / 2, spot.box[3] - high, x0 + wide / 2, spot.box[3]), plans, room, size)
    ground = SEA if room.on_water(spot.box) else LAND
    sheet.text(x0, spot.box[1] + heights(face)[1], words, face, role="whole", ground=ground, anchor="center", halo=ground)
    room.take(spot.box)
    return bool(spot.what == "inside")


def _anchor(drawn: Drawn) -> Any:
    """Return what of an extent a leader runs to: all of it but its rim, so that the leader ends well inside."""
    for rim in (1.2, 0.5):
        inner = main_part(drawn.seen).buffer(-rim)
        if not inner.is_empty:
            return inner
    return drawn.seen
