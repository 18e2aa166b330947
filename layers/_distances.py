"""Distances that sources state: the measured line on the earth, cut where the map is, and both figures in words."""

from __future__ import annotations

import math
import re
from typing import Any

from pyproj import Geod

from layers._encode import DIGITS, encode_line
from layers._messages import language_of, number_words, quoted, say
from layers._place_names import PlaceNames
from layers._shapes import Bounds
from layers._view import near
from sources import ReportedPlan, StatedDistance

Line = list[tuple[float, float]]

_EARTH = Geod(ellps="WGS84")
_STEP_M = 25_000.0
_MOST_POINTS = 200


def geodesic(start: tuple[float, float], end: tuple[float, float]) -> list[Line]:
    """Return the shortest line on WGS 84 between two (lat, lon) in degrees as pieces of (lon, lat), cut at the antimeridian.

    >>> [len(piece) > 1 for piece in geodesic((24.45, 122.93), (24.6, 121.87))]
    [True]
    >>> [(piece[0][0], piece[-1][0]) for piece in geodesic((0, 179), (0, -179))]
    [(179.0, 180.0), (-180.0, -179.0)]
    """
    (lat, lon), (to_lat, to_lon) = start, end
    *_, metres = _EARTH.inv(lon, lat, to_lon, to_lat)
    between = _EARTH.npts(lon, lat, to_lon, to_lat, min(max(1, int(metres / _STEP_M)), _MOST_POINTS))
    pieces: list[Line] = [[(float(lon), float(lat))]]
    for x, y in [*between, (float(to_lon), float(to_lat))]:
        last_x, last_y = pieces[-1][-1]
        if abs(x - last_x) > 180:
            edge = math.copysign(180.0, last_x)
            beyond = x + math.copysign(360.0, last_x)
            share = (edge - last_x) / (beyond - last_x) if beyond != last_x else 0.0
            cut = last_y + (y - last_y) * share
            pieces[-1].append((edge, cut))
            pieces.append([(-edge, cut)])
        pieces[-1].append((x, y))
    return [kept for piece in pieces if len(kept := list(dict.fromkeys(piece))) > 1]


def line_ends(distance: StatedDistance) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return the two ends of a measured distance as (lat, lon), or None where there is no line to draw."""
    if len(distance.ends) != 2 or distance.measured_km is None:
        return None
    one, other = ((round(lat, DIGITS), round(lon, DIGITS)) for lat, lon in distance.ends)
    fine = all(math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in (one, other))
    return (one, other) if fine and one != other else None


def line_bounds(distance: StatedDistance) -> Bounds | None:
    """Return (west, south, east, north) of a measured line in degrees, east past 180 where it crosses the antimeridian."""
    ends = line_ends(distance)
    if ends is None:
        return None
    (lat, lon), (to_lat, to_lon) = ends
    to_lon += 360 * round((lon - to_lon) / 360)
    return (min(lon, to_lon), min(lat, to_lat), max(lon, to_lon), max(lat, to_lat))


def figure(km: float) -> float:
    """Round a measured distance: no sharper than shapes on a map can give it.

    >>> figure(111.4), figure(42.6), figure(3.25)
    (110.0, 43.0, 3.2)
    """
    return round(km, -1) if km >= 100 else float(round(km)) if km >= 10 else round(km, 1)


def said_words(distance: StatedDistance, messages: dict[str, str]) -> str:
    """Return the stated figure: "said: within 200 km"."""
    return say(messages, f"distance.said.{distance.relation}", km=number_words(distance.said_km, messages))


def measured_words(distance: StatedDistance, messages: dict[str, str]) -> str:
    """Return the measured figure: "measured: about 110 km"."""
    if distance.measured_km is None:
        return messages["distance.unmeasured"]
    if not distance.measured_km:
        return messages["distance.touch"]
    return say(messages, "distance.measured", km=number_words(figure(distance.measured_km), messages))


def distance_words(distance: StatedDistance, messages: dict[str, str], names: PlaceNames | None = None) -> str:
    """Return a sentence with both figures: in English that of the source's reader where there is one, else our own."""
    if distance.words and language_of(messages) == "en":
        return distance.words
    figures = f"{said_words(distance, messages)} · {measured_words(distance, messages)}"
    if distance.measured_km is None:
        return say(messages, "distance.whole", said=quoted(messages, distance.said), figures=figures)
    start, end = _end_names(distance, messages, names)
    between = say(messages, "distance.between", start=start, end=end)
    whole = say(messages, "distance.whole.between", said=quoted(messages, distance.said), figures=figures, between=between)
    return " ".join([whole, *_asides(distance, messages)])


def _asides(distance: StatedDistance, messages: dict[str, str]) -> list[str]:
    """Return what the English sentence says besides: how far the farthest point is, and that a stated direction is not the measured one."""
    farthest = re.search(r"its farthest about ([\d,]+) km", distance.words)
    turned = re.search(r"It says ([a-z-]+) of it; measured, that point lies to the ([a-z-]+)\.", distance.words)
    asides = [say(messages, "distance.farthest", km=number_words(int(farthest[1].replace(",", "")), messages))] if farthest else []
    if turned:
        said, measured = (messages.get(f"side.{side}", side) for side in turned.groups())
        asides.append(say(messages, "distance.turned", said=said, measured=measured))
    return asides


def _end_names(distance: StatedDistance, messages: dict[str, str], names: PlaceNames | None) -> tuple[str, str]:
    """Return the names of the two ends."""
    start, end = distance.nearest or messages["distance.place"], distance.to.place.name
    if names is None:
        return start, end
    return names.at(start, *distance.ends[0]) if distance.nearest and distance.ends else start, names.shown(distance.to.place)


def distances_payload(plan: ReportedPlan, view: Bounds, names: PlaceNames) -> list[dict[str, Any]]:
    """Return each stated distance of a plan: its words, both figures, the names of the ends and the line between them, near the view."""
    messages, rows = names.messages, []
    for distance in plan.distances:
        row: dict[str, Any] = {
            "words": distance_words(distance, messages, names),
            "said": said_words(distance, messages),
            "measured": measured_words(distance, messages),
            "differs": messages["distance.differs"] if distance.holds is False else "",
        }
        if ends := line_ends(distance):
            start, end = _end_names(distance, messages, names)
            row["ends"] = say(messages, "distance.ends", start=start, end=end)
            row["name"] = say(messages, "distance.between", start=start, end=end)
            row["digits"] = DIGITS
            row["line"] = [encode_line(_turned(piece, view)) for piece in geodesic(*ends)]
        rows.append(row)
    return rows


def _turned(piece: Line, view: Bounds) -> Line:
    """Move a piece by whole turns of the globe to where the view is."""
    west, east = min(lon for lon, _ in piece), max(lon for lon, _ in piece)
    turn = near((west, 0.0, east, 0.0), view)[0] - west
    return [(lon + turn, lat) for lon, lat in piece]
