"""A small map of a few places: one picture in itself, no script, no network, nothing sharper than the gazetteer has it."""

from __future__ import annotations

import math
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import shapely

from geo import GeoError, Place
from layers._marks import geometry_of
from layers._precision import NEAR_METRES
from layers._protocols import Gazetteer
from layers._shapes import Bounds, disc, main_bounds, simplified, unwrap
from layers._world import Scale, borders_in, land_in, load_world

WIDTH, HEIGHT = 440, 264
_LEAST = 7.0
"""Degrees of longitude that a map shows at least: around a town, enough coast to know it by."""
_NAMES = 7
_WIDE = 60.0
_MOST_SHAPES = 12
_SEA, _LAND, _COAST, _BORDER = "#dfe7ec", "#f1ede4", "#b9b2a5", "#c6bdae"
_FIRST, _OTHER, _HALO = "#1d1d1b", "#5f6f78", "#fbfaf6"


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """Degrees to pixels: one scale along the middle parallel."""

    bounds: Bounds

    @property
    def stretch(self) -> float:
        return max(math.cos(math.radians((self.bounds[1] + self.bounds[3]) / 2)), 0.35)

    def __call__(self, xy: Any) -> Any:
        west, south, east, north = self.bounds
        return (xy - [west, north]) * [WIDTH / (east - west), -HEIGHT / (north - south)]


def map_picture(places: Sequence[Place], gazetteer: Gazetteer, *, chosen: str = "") -> tuple[str, tuple[int, ...]]:
    """Draw places as a picture: the address of an SVG in itself (``data:``), and the numbers, from 1, of those that are in it.

    Places are numbered in their order; the one whose id is ``chosen`` is drawn dark. A point is drawn only for a point, else the whole
    place; what has no outline is not drawn. No place that can be drawn: an empty address. Raises MissingPartError when setup has not been
    run. Reads files of the package; no network.

    >>> class Empty:
    ...     def shape(self, place_id): return None
    ...     def labels(self, west, south, east, north): return []
    >>> town = Place(id="x", name="X", lat=36.6, lon=-6.4, feature_code="PPL", extent="point")
    >>> address, drawn = map_picture([town], Empty())
    >>> address[:26], drawn
    ('data:image/svg+xml;base64,', (1,))
    """
    shapes = [geometry_of(place, gazetteer) for place in places[:_MOST_SHAPES]]
    found = [
        (number, place, shape) for number, (place, shape) in enumerate(zip(places, shapes, strict=False), start=1) if shape is not None
    ]
    if not found:
        return "", ()
    around = _middle([place.lon for _, place, _ in found])
    moved = [(number, place, unwrap(_drawn(shape, place), around)) for number, place, shape in found]
    view = _View(bounds=_window([_extent(shape) for _, _, shape in moved]))
    drawn = "".join(_ground(view)) + "".join(_places(moved, view, chosen)) + "".join(_labels(moved, view, gazetteer))
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="Seravek, Ubuntu, Calibri, DejaVu Sans, Noto Sans, sans-serif">{drawn}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode('utf-8')).decode('ascii')}", tuple(number for number, _, _ in found)


def _drawn(shape: Any, place: Place) -> Any:
    return shape if shape.geom_type == "Point" else simplified(unwrap(shape, place.lon))


def _middle(longitudes: Sequence[float]) -> float:
    """Return the longitude opposite to the widest gap between places, so that a map may lie across the antimeridian."""
    turned = sorted(longitude % 360 for longitude in longitudes)
    gaps = [(after - before, before) for before, after in zip(turned, [*turned[1:], turned[0] + 360], strict=True)]
    width, before = max(gaps)
    middle = (before + width / 2 + 180) % 360
    return middle - 360 if middle > 180 else middle


def _extent(shape: Any) -> Bounds:
    if shape.geom_type == "Point":
        return (shape.x, shape.y, shape.x, shape.y)
    return main_bounds(shape)


def _window(extents: Sequence[Bounds]) -> Bounds:
    """Return the box to draw: all places, a margin, at least some degrees, in the picture's proportion."""
    west, south = (min(extent[at] for extent in extents) for at in (0, 1))
    east, north = (max(extent[at] for extent in extents) for at in (2, 3))
    stretch = max(math.cos(math.radians((south + north) / 2)), 0.35)
    width = max((east - west) * 1.24, (north - south) * 1.3 * WIDTH / HEIGHT / stretch, _LEAST)
    width = min(width, 360.0)
    height = min(width * stretch * HEIGHT / WIDTH, 164.0)
    middle, centre = (west + east) / 2, (south + north) / 2
    low = min(max(centre - height / 2, -80.0), 84.0 - height)
    return (middle - width / 2, low, middle + width / 2, low + height)


def _ground(view: _View) -> list[str]:
    span = view.bounds[2] - view.bounds[0]
    scale: Scale = "50m" if span < 120 else "110m"
    tolerance = span / WIDTH * 0.7
    land = land_in(scale, view.bounds, tolerance=tolerance, smallest=(tolerance * 1.5) ** 2)
    lines = borders_in(scale, view.bounds, tolerance=tolerance)
    return [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_SEA}"/>',
        f'<path d="{_path(land, view)}" fill="{_LAND}" stroke="{_COAST}" stroke-width="0.7"/>',
        f'<path d="{_path(shapely.MultiLineString(lines), view)}" fill="none" stroke="{_BORDER}" stroke-width="0.8"/>' if lines else "",
    ]


def _path(geometry: Any, view: _View) -> str:
    """Write lines and polygons as a path, in tenths of a pixel."""
    pieces = []
    for part in shapely.get_parts(geometry).tolist():
        rings = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part] if part.geom_type == "LineString" else []
        for ring in rings:
            points = view(shapely.get_coordinates(ring)).round(1).tolist()
            pieces.append("M" + "L".join(f"{x:g} {y:g}" for x, y in points) + ("Z" if part.geom_type == "Polygon" else ""))
    return "".join(pieces)


def _places(moved: Sequence[tuple[int, Place, Any]], view: _View, chosen: str) -> list[str]:
    """Draw areas first, the widest at the bottom, then points; the chosen place last of each."""
    hatch = (
        '<defs><pattern id="h" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V6" stroke="{_FIRST}" stroke-width="1.3" stroke-opacity="0.55"/></pattern></defs>'
    )
    out = [hatch]
    areas = [one for one in moved if one[2].geom_type != "Point"]
    for _, place, shape in sorted(areas, key=lambda one: (one[1].id == chosen, -one[2].area)):
        first = place.id == chosen
        look = (
            f'fill="url(#h)" stroke="{_FIRST}" stroke-width="1.1"'
            if first
            else f'fill="{_OTHER}" fill-opacity="0.18" stroke="{_OTHER}" stroke-width="1" stroke-dasharray="4 3"'
        )
        out.append(f'<path d="{_path(shape, view)}" fill-rule="evenodd" {look}/>')
    points = [one for one in moved if one[2].geom_type == "Point"]
    for _, place, shape in sorted(points, key=lambda one: one[1].id == chosen):
        first = place.id == chosen
        x, y = view(shapely.get_coordinates(shape))[0].round(1).tolist()
        ink = _FIRST if first else _OTHER
        if (place.uncertainty_m or 0) > NEAR_METRES:
            ring = unwrap(disc(shape.y, shape.x, place.uncertainty_m or 0), shape.x)
            out.append(f'<path d="{_path(ring, view)}" fill="none" stroke="{ink}" stroke-width="1" stroke-opacity="0.7"/>')
        fill, line = (ink, _HALO) if first else (_HALO, ink)
        out.append(f'<circle cx="{x:g}" cy="{y:g}" r="4" fill="{fill}" stroke="{line}" stroke-width="1.6"/>')
    return out


def _labels(moved: Sequence[tuple[int, Place, Any]], view: _View, gazetteer: Gazetteer) -> list[str]:
    """Write the numbers beside the places, if there are several, then a few names to know the region by, none across another."""
    out: list[str] = []
    taken: list[Bounds] = [(0, 0, 0, 0)]
    for number, _, shape in moved:
        corners = shapely.get_coordinates(shapely.box(*_extent(shape)))
        left, top = view(corners).min(axis=0).tolist()
        right, bottom = view(corners).max(axis=0).tolist()
        small = max(right - left, bottom - top) < 46
        if small:
            taken.append((left - 5, top - 5, right + 5, bottom + 5))
            spots = [
                (right + 6, top + 2),
                (right + 6, bottom + 8),
                (left - 15, top + 2),
                (left - 15, bottom + 8),
                (right + 20, (top + bottom) / 2),
            ]
        else:
            largest = max(shapely.get_parts(shape).tolist(), key=lambda part: part.area)
            x, y = view(shapely.get_coordinates(largest.representative_point()))[0].tolist()
            spots = [(x - 5 + dx, y + 5 + dy) for dx, dy in ((0, 0), (12, -12), (-14, 12), (14, 12), (-14, -12))]
        if len(moved) == 1:
            continue
        text = str(number)
        spot = next((s for s in spots if _free(_box(s, text, 13), taken)), spots[-1])
        taken.append(_box(spot, text, 13))
        out.append(_text(spot, text, size=13, ink=_FIRST, weight=700))
    return _orientation([place for _, place, _ in moved], view, gazetteer, taken) + out


def _orientation(shown: Sequence[Place], view: _View, gazetteer: Gazetteer, taken: list[Bounds]) -> list[str]:
    """Write the names of the largest countries and seas, and of towns where the map is near enough; not those of what is shown."""
    west, south, east, north = view.bounds
    if east - west > _WIDE:
        return _countries(view, gazetteer, taken)
    out: list[str] = []
    near, metres = east - west < 22, (east - west) * 111_000 * view.stretch
    known = {place.id for place in shown} | {place.name for place in shown}
    found = [
        place
        for place in gazetteer.labels(*_within(west, east, south, north))
        if not {place.id, place.name} & known
        and len(place.name) <= 22
        and (
            (place.extent in ("country", "sea") and (place.uncertainty_m or 0) > metres / 40)
            or (near and place.feature_code.startswith("PPL"))
        )
    ]
    found.sort(key=lambda place: (place.extent == "point", -(place.uncertainty_m or 0) if place.extent != "point" else -place.population))
    for place in found:
        if len(out) >= _NAMES:
            break
        out += _name(place.name, place.lon, place.lat, place.extent, view, taken)
    return out


def _countries(view: _View, gazetteer: Gazetteer, taken: list[Bounds]) -> list[str]:
    """Write the names of the largest countries of a wide map: a gazetteer asked for half the world answers slowly."""
    _, south, _, north = view.bounds
    out: list[str] = []
    for code, shape in sorted(load_world("110m").countries, key=lambda one: -one[1].area)[:40]:
        largest = max(shapely.get_parts(shape).tolist(), key=lambda part: part.area)
        middle = largest.representative_point()
        if len(out) < _NAMES and south < middle.y < north and (name := _country_name(code, gazetteer)):
            out += _name(name, middle.x, middle.y, "country", view, taken)
    return out


def _country_name(code: str, gazetteer: Gazetteer) -> str:
    """Return the gazetteer's name of a country by its number in ISO 3166-1; nothing where it has none."""
    import pycountry

    known = pycountry.countries.get(numeric=code)
    try:
        return gazetteer.place(f"iso3166-1:{known.alpha_2}").name if known else ""
    except (LookupError, GeoError):
        return ""


def _name(name: str, lon: float, lat: float, extent: str, view: _View, taken: list[Bounds]) -> list[str]:
    """Write one name over its place, if it is free there and whole."""
    west, _, east, _ = view.bounds
    lon += 360 * round(((west + east) / 2 - lon) / 360)
    x, y = view(shapely.get_coordinates(shapely.Point(lon, lat)))[0].tolist()
    text, size = (name.upper(), 9) if extent == "country" else (name, 10)
    spot = (x - _width(text, size) / 2, y + 3)
    box = _box(spot, text, size)
    if box[0] < 3 or box[2] > WIDTH - 3 or box[1] < 3 or box[3] > HEIGHT - 3 or not _free(box, taken):
        return []
    taken.append((box[0] - 6, box[1] - 4, box[2] + 6, box[3] + 4))
    return [_text(spot, text, size=size, ink="#496a80" if extent == "sea" else "#6b6458", italic=extent == "sea")]


def _within(west: float, east: float, south: float, north: float) -> Bounds:
    """Return the box to ask names of: of a map across the antimeridian, the part that the gazetteer counts as it is, or the whole world."""
    return (west, south, east, north) if west >= -180 and east <= 180 else (-180.0, south, 180.0, north)


def _width(text: str, size: float) -> float:
    return sum(size if ord(letter) > 0x2E80 else size * (0.78 if letter.isupper() else 0.62) for letter in text)


def _box(spot: tuple[float, float], text: str, size: float) -> Bounds:
    return (spot[0], spot[1] - size, spot[0] + _width(text, size), spot[1] + 2)


def _free(box: Bounds, taken: Sequence[Bounds]) -> bool:
    return all(box[2] < other[0] or box[0] > other[2] or box[3] < other[1] or box[1] > other[3] for other in taken)


def _text(spot: tuple[float, float], text: str, *, size: float, ink: str, weight: int = 400, italic: bool = False) -> str:
    style = ' font-style="italic"' if italic else ""
    return (
        f'<text x="{spot[0]:.1f}" y="{spot[1]:.1f}" font-size="{size:g}" font-weight="{weight}"{style} fill="{ink}" stroke="{_HALO}" '
        f'stroke-width="2.6" stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )
