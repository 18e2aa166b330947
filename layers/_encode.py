"""Coordinates as short strings, and JSON that may stand in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

DIGITS = 4
"""Decimals of a degree that marks keep: about eleven metres, finer than any public source that we read."""

BASE_DIGITS = 3
"""Decimals of a degree that land keeps: Natural Earth's 10m file is itself quantised to 0.0036 degrees."""

_HALF = re.compile("[\ud800-\udfff]")
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def encode_line(points: Iterable[Iterable[float]], digits: int = DIGITS) -> str:
    """Encode (lon, lat) pairs in degrees as differences, in the alphabet of Google's polyline format, longitude first.

    ``digits`` is how many decimals survive. Points that fall on the one before them are left out.

    >>> encode_line([(0, 0), (0.0001, 0.0001)])
    '??AA'
    """
    scale = 10**digits
    out: list[str] = []
    last_x = last_y = 0
    first = True
    for point in points:
        x, y, *_ = (round(value * scale) for value in point)
        if not first and (x, y) == (last_x, last_y):
            continue
        for value in (x - last_x, y - last_y):
            number = ~(value << 1) if value < 0 else value << 1
            while number >= 0x20:
                out.append(chr((0x20 | (number & 0x1F)) + 63))
                number >>= 5
            out.append(chr(number + 63))
        last_x, last_y, first = x, y, False
    return "".join(out)


def encode_polygons(geometry: Any, digits: int = DIGITS) -> list[list[str]]:
    """Encode the polygons of a shapely geometry: a list of polygons, each a list of rings, the outer one first.

    Parts that are no polygons are left out; an empty geometry or None gives an empty list.

    >>> from shapely.geometry import box
    >>> [len(rings) for rings in encode_polygons(box(0, 0, 1, 1))]
    [1]
    """
    polygons = []
    for part in polygon_parts(geometry):
        rings = [part.exterior, *part.interiors]
        polygons.append([encode_line(ring.coords, digits) for ring in rings])
    return polygons


def polygon_parts(geometry: Any) -> list[Any]:
    """Return the polygons of a shapely geometry, in its order; none for None.

    >>> from shapely.geometry import Point, box
    >>> len(polygon_parts(box(0, 0, 1, 1))), len(polygon_parts(Point(0, 0)))
    (1, 0)
    """
    if geometry is None or geometry.is_empty:
        return []
    if geometry.geom_type == "Polygon":
        return [geometry]
    return [part for inner in getattr(geometry, "geoms", ()) for part in polygon_parts(inner)]


def script_json(value: object) -> str:
    """Write a value as JSON that cannot end a script element or open a tag, whatever text it holds.

    The half of a character, which no file can hold, is escaped, so that offsets stay as they are. Keys keep their order; NaN raises
    ValueError.

    >>> script_json("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return _HALF.sub(lambda half: f"\\u{ord(half[0]):04x}", text)


def whole(text: str) -> str:
    """Return a text with U+FFFD for each half of a character, which no encoding can write.

    >>> whole("a\\ud800b") == "a\\ufffdb"
    True
    """
    return _HALF.sub("\ufffd", text)
