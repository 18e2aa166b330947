"""The names on a figure's map, by rank: points of plans, chains along their arc, countries in capitals, seas in italics, towns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo import Place
from layers._labels import label_kind
from layers._place_names import PlaceNames
from layers._shapes import arc_edges, inner_points
from layers.figure._badges import main_part
from layers.figure._looks import INK, LAND, QUIET, SEA, WATER
from layers.figure._placing import Room, Spot, around, spots_of
from layers.figure._projection import Projection
from layers.figure._sheet import Sheet
from layers.figure._sizes import MM, Size
from layers.figure._type import Face, heights, width

if TYPE_CHECKING:
    from layers.figure._map import Content, Drawn

_THIN = "\u2009"
_APART = "\u2009\u00a0\u2009"
"""Between letters, and between words, of a name in spaced capitals."""


def write_names(
    sheet: Sheet, projection: Projection, content: Content, drawn: Sequence[Drawn], room: Room, size: Size, *, said: frozenset[str]
) -> None:
    """Write as many names as there is room for, the most needed first; no name over another, over a mark's sign or over a number.

    ``said`` are the ids of countries whose name stands on them already.
    """
    names = content.names
    ranked = _ranked(projection, content, drawn)
    told = {each.mark.place.country for each in drawn}
    for place in (place for place in ranked["country"][: size.names] if place.id not in said):
        _country(sheet, projection, content, place, room, size, told=place.country in told)
    for each in drawn:
        if each.mark.kind == "area":
            face = Face(size=size.label, colour=each.style["ink"], weight=600, language=names.language)
            _named_area(sheet, each, names.shown(each.mark.place), room, face)
    seas = ranked["sea"][: size.names // 3]
    for place in seas[:3]:
        _sea(sheet, projection, place, names, room, size)
    towns = [place for place in ranked["town"] if size.names]
    left = size.names
    others = size.names // 3
    bands = {each.mark.place.id for each in drawn}
    for place in towns[: size.names * 2]:
        own = bool(bands.intersection(place.part_of))
        if left <= 0 or (others <= 0 and not own):
            continue
        others -= not own
        own_ground = bands.intersection(place.part_of)
        face = Face(size=size.label - 0.3 if size.label > 6.5 else size.label, colour=QUIET if own_ground else INK, language=names.language)
        written = _beside(
            sheet, projection.point(place.lon, place.lat), names.shown(place), room, face, dot=place.feature_code.startswith("PPL")
        )
        left -= written
    for place in seas[3:]:
        _sea(sheet, projection, place, names, room, size)


def write_chains(sheet: Sheet, drawn: Sequence[Drawn], room: Room, names: PlaceNames, size: Size) -> None:
    """Write the names of chains along their arcs; they need the most room, so they come before the numbers."""
    for each in drawn:
        if each.mark.kind == "chain":
            _along(sheet, each, names.shown(each.mark.place), room, size, names.language)


def write_points(sheet: Sheet, drawn: Sequence[Drawn], room: Room, names: PlaceNames, size: Size) -> None:
    """Write the names of the points that plans name, before any number takes their room; on a leader where none is near."""
    face = Face(size=size.label, colour=INK, weight=600, language=names.language)
    for each in drawn:
        if each.point is not None and not _beside(sheet, each.point, names.shown(each.mark.place), room, face):
            _named_area(sheet, each, names.shown(each.mark.place), room, face)


def _ranked(projection: Projection, content: Content, drawn: Sequence[Drawn]) -> dict[str, list[Place]]:
    """Return the places that may be named: those of the marks first, then capitals, then by size."""
    west, south, east, north = projection.box
    found: list[Place] = list(content.gazetteer.labels(max(west, -180.0), south, min(east, 180.0), north))
    if east > 180:
        found += content.gazetteer.labels(-180.0, south, east - 360, north)
    if west < -180:
        found += content.gazetteer.labels(west + 360, south, 180.0, north)
    done = {each.mark.place.id for each in drawn if each.point is not None or each.mark.kind in ("chain", "area")}
    bands = {each.mark.place.id for each in drawn if each.mark.kind in ("chain", "area", "point")}
    whole = {each.mark.place.id for each in drawn if each.quiet}
    told = {each.mark.place.country for each in drawn}
    left, bottom, right, top = projection.frame
    rows: dict[str, list[tuple[tuple[float, float, str], Place]]] = {"sea": [], "country": [], "town": []}
    for place in {place.id: place for place in found}.values():
        kind = label_kind(place)
        if kind is None or kind == "chain" or place.id in done:
            continue
        x, y = projection.point(place.lon, place.lat)
        if kind not in ("country", "sea") and not (left < x < right and bottom < y < top):
            continue
        belongs = place.id in whole or bool(bands.intersection(place.part_of)) or (kind == "country" and place.country in told)
        weight = 1e9 if place.feature_code == "PPLC" else float(place.population) or (place.uncertainty_m or 0.0) / 100.0
        rows["town" if kind in ("city", "island") else kind].append(((0.0 if belongs else 1.0, -weight, place.id), place))
    return {kind: [place for _, place in sorted(entries, key=lambda entry: entry[0])] for kind, entries in rows.items()}


def _box(x: float, y: float, wide: float, face: Face, rows: int = 1) -> tuple[float, float, float, float]:
    """Return the box of rows of text around a middle."""
    up, down = heights(face)
    high = up + down + (rows - 1) * face.size * 1.1 / MM
    return (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _write(sheet: Sheet, box: tuple[float, float, float, float], rows: Sequence[str], face: Face, room: Room, role: str) -> None:
    """Write rows into a box, each in its middle, and keep the box free."""
    ground = SEA if room.on_water(box) else LAND
    middle = (box[0] + box[2]) / 2
    for i, row in enumerate(rows):
        baseline = box[3] - heights(face)[0] - i * face.size * 1.1 / MM
        sheet.text(middle, baseline, row, face, role=role, ground=ground, anchor="center", halo=ground)
    room.take(box)


def _beside(sheet: Sheet, point: tuple[float, float], name: str, room: Room, face: Face, *, dot: bool = False) -> int:
    """Write a name beside a point where there is room; 1 where it was written, else 0. ``dot`` marks the point of a town."""
    x, y = point
    if dot and not room.is_free((x - 0.4, y - 0.4, x + 0.4, y + 0.4)):
        return 0
    wide, high = width(name, face), sum(heights(face))
    coastal = room.coast.distance(shapely.Point(x, y)) < 3.0
    spot = room.best(around(x, y, wide, high, 1.3, room, coastal=coastal), most=3.0)
    if spot is None:
        return 0
    if dot:
        sheet.disc(x, y, 0.32, facecolor=INK, edgecolor="none")
        room.take((x - 0.4, y - 0.4, x + 0.4, y + 0.4))
    _write(sheet, spot.box, [name], face, room, "name")
    return 1


def _named_area(sheet: Sheet, drawn: Drawn, name: str, room: Room, face: Face) -> None:
    """Write the name of an extent near it, off all marks, on a leader where it has to stand apart."""
    wide, high = width(name, face), sum(heights(face))
    main = main_part(drawn.seen)
    boxes, far = room.near(main, wide, high, 10.0, (1.6, 1.6))
    if not len(boxes):
        return
    ashore = room.ashore(boxes)
    crossing = np.where(ashore < 0.005, 0.0, np.where(ashore > 0.995, 0.5, 1.0))
    spots = spots_of(boxes, far * 0.1 + crossing + room.over(boxes, 4.0))
    spot = room.best(spots, most=3.0)
    if spot is None:
        return
    near = shapely.shortest_line(shapely.box(*spot.box), main)
    if near.length > 2.0:
        sheet.stroke(near.coords, color=face.colour, linewidth=0.4)
        room.take_line(list(near.coords), 0.3)
    _write(sheet, spot.box, [name], face, room, "name")


def _edge(drawn: Drawn, room: Room) -> tuple[float, float]:
    """Return the point of an extent that its name stands beside: the one farthest from other marks, on the extent's outer part."""
    points = [(x, y) for x, y, _ in inner_points(drawn.seen, 12)]
    others = [shape for shape in room.shapes if shape is not drawn.seen]
    return min(points, key=lambda point: sum(shapely.Point(point).buffer(2).intersection(shape).area for shape in others))


def _country(sheet: Sheet, projection: Projection, content: Content, place: Place, room: Room, size: Size, *, told: bool) -> None:
    """Write a country's name inside what the frame shows of it; one that is ``told`` of beside it where it has no room."""
    shape = content.gazetteer.shape(place.id)
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return
    west, south, east, north = projection.box
    parts = [part for part in shapely.get_parts(shape) if part.bounds[2] - part.bounds[0] < 170]
    turned = shapely.MultiPolygon(
        [p for p in (_near(part, projection.middle[0]) for part in parts) if p.bounds[0] < east and p.bounds[2] > west]
    )
    clipped = shapely.clip_by_rect(shapely.make_valid(turned), west, max(south, -89), east, min(north, 89))
    if clipped.is_empty or clipped.area == 0:
        return
    seen = shapely.make_valid(projection.shape(shapely.simplify(clipped, (east - west) / 400))).intersection(shapely.box(*projection.frame))
    if seen.area < (0.4 if told else 12):
        return
    name = content.names.shown(place)
    face = Face(size=size.label, colour=QUIET, weight=400, language=content.names.language)
    words = [_THIN.join(word.upper()) if name.isascii() else word.upper() for word in name.split()]
    options = [[_APART.join(words)], *([_halves(words)] if len(words) > 1 else [])]
    spots = []
    for rows in options:
        wide = max(width(row, face) for row in rows)
        for i, (x, y, _) in enumerate(inner_points(seen, 24)):
            box = _box(x, y, wide, face, len(rows))
            inside = shapely.box(*box).intersection(seen).area / max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)
            spots.append(Spot(box, (1 - inside) * 2.4 + 0.04 * i + 0.3 * (len(rows) - 1) + float(room.over(box, 2.0)[0]), rows))
    spot = room.best(spots, most=2.2) or (room.best(_offshore(seen, options[-1], face, room), most=3.0) if told else None)
    if spot:
        _write(sheet, spot.box, spot.what, face, room, "country")


def _offshore(seen: Any, rows: Sequence[str], face: Face, room: Room) -> list[Spot]:
    """Return places on the water beside a country of islands, which has no ground wide enough for its name."""
    box = _box(0, 0, max(width(row, face) for row in rows), face, len(rows))
    boxes, far = room.near(main_part(seen), box[2] - box[0], box[3] - box[1], 14.0, (2.0, 2.0))
    if not len(boxes):
        return []
    costs = 0.8 + far * 0.12 + np.where(room.ashore(boxes) < 0.005, 0.0, 2.0) + room.over(boxes, 4.0)
    return spots_of(boxes, costs, rows)


def _near(part: Any, lon: float) -> Any:
    """Move a polygon by turns of the globe to lie nearest to a longitude."""
    west, _, east, _ = part.bounds
    turns = round(((west + east) / 2 - lon) / 360)
    return shapely.transform(part, lambda xy: xy - [360.0 * turns, 0.0]) if turns else part


def _halves(words: Sequence[str]) -> list[str]:
    """Set words in two rows, as equal in length as may be."""
    rows = [[_APART.join(words[:cut]), _APART.join(words[cut:])] for cut in range(1, len(words))]
    return min(rows, key=lambda row: max(len(row[0]), len(row[1])))


def _sea(sheet: Sheet, projection: Projection, place: Place, names: PlaceNames, room: Room, size: Size) -> None:
    """Write a sea's name in italics, on water only, within its own reach."""
    x, y = projection.point(place.lon, place.lat)
    reach = (place.uncertainty_m or 150_000) / 1000 * projection.km(max(min(place.lat, 80), -80)) * 0.75
    name = names.shown(place)
    face = Face(size=size.label, colour=WATER, italic=True, language=names.language)
    spots = []
    steps = np.linspace(-reach, reach, 9)
    dx, dy = (grid.ravel() for grid in np.meshgrid(steps, steps, indexing="ij"))
    far = np.hypot(dx, dy)
    dx, dy, far = dx[far <= reach * 1.05], dy[far <= reach * 1.05], far[far <= reach * 1.05]
    for rows in [[name], *([[row.replace(_APART, " ") for row in _halves(name.split())]] if " " in name else [])]:
        wide = max(width(row, face) for row in rows)
        if wide > reach * 2.6 and reach < 40:
            continue
        boxes = np.add(_box(x, y, wide, face, len(rows)), np.column_stack([dx, dy, dx, dy]))
        fits = (room.ashore(boxes) < 0.005) & (room.over(boxes) < 0.02)
        spots += spots_of(boxes[fits], far[fits] / max(reach, 1) + 0.15 * (len(rows) - 1), rows)
    spot = room.best(spots, most=2.0)
    if spot:
        _write(sheet, spot.box, spot.what, face, room, "sea")


def _along(sheet: Sheet, drawn: Drawn, name: str, room: Room, size: Size, language: str) -> None:
    """Write the name of a chain along its arc, letter by letter, on the side with more room; beside it where the arc is too short."""
    face = Face(size=size.label * 1.18, colour=drawn.style["ink"], weight=600, language=language)
    edges = arc_edges(drawn.shape, steps=40)
    for track in _tracks(edges, face) if edges else ():
        letters = _set_along(track, name, face)
        if letters and all(room.is_free(box) for *_, box in letters):
            for x, y, turn, letter, _ in letters:
                sheet.text(x, y, letter, face, role="chain", ground=SEA, anchor="center", halo=SEA, turn=turn)
            for *_, box in letters:
                room.take(box)
            return
    x, y = _edge(drawn, room)
    _beside(sheet, (x, y), name, room, face.but(size=size.label))


def _tracks(edges: list[list[tuple[float, float]]], face: Face) -> Iterable[Any]:
    """Return smooth lines along both sides of a band, at a letter's height from it, the lower right one first, then farther away."""
    middle, upper, lower = (np.array(edge) for edge in edges)
    long = middle[-1] - middle[0]
    long = long / (np.hypot(*long) or 1.0)
    across = np.array([-long[1], long[0]])
    up, down = heights(face)
    for away in (1.4, 3.0, 5.0):
        for side, out in ((lower, -1.0), (upper, 1.0)):
            along = side @ long
            off = side @ across
            fitted = np.polynomial.Polynomial.fit(along, off, min(4, len(along) - 1))
            t = np.linspace(along.min(), along.max(), 120)
            rest = fitted(along) - off
            worst = float(np.max(-rest * out)) if len(rest) else 0.0
            lift = (max(worst, 0.0) + away + (up if out < 0 else down)) * out
            line = np.outer(t, long) + np.outer(fitted(t) + lift, across)
            yield line if line[-1][0] >= line[0][0] else line[::-1]


def _set_along(line: Any, name: str, face: Face) -> list[tuple[float, float, float, str, tuple[float, float, float, float]]]:
    """Return each letter with its place, its turn in degrees and its box; nothing where the line is too short."""
    path = shapely.LineString(line)
    space = 0.06 * face.size
    wides = [width(letter, face) if letter != " " else width("n n", face) - 2 * width("n", face) for letter in name]
    whole = sum(wides) + space * (len(name) - 1)
    if whole > path.length * 0.96:
        return []
    at = (path.length - whole) / 2
    up, down = heights(face)
    letters = []
    for letter, wide in zip(name, wides, strict=True):
        middle = path.interpolate(at + wide / 2)
        before, after = path.interpolate(max(at + wide / 2 - 1.5, 0)), path.interpolate(min(at + wide / 2 + 1.5, path.length))
        turn = float(np.degrees(np.arctan2(after.y - before.y, after.x - before.x)))
        if letter.strip():
            spin = np.radians(turn)
            corners = np.array([(-wide / 2, -down), (wide / 2, -down), (wide / 2, up), (-wide / 2, up)])
            spun = corners @ np.array([[np.cos(spin), np.sin(spin)], [-np.sin(spin), np.cos(spin)]]) + (middle.x, middle.y)
            box = (float(spun[:, 0].min()), float(spun[:, 1].min()), float(spun[:, 0].max()), float(spun[:, 1].max()))
            letters.append((middle.x, middle.y, turn, letter, box))
        at += wide + space
    return letters
