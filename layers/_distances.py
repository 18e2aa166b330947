"""Distances that sources state: the measured line on the earth, cut where the map is, and both figures in words."""

from __future__ import annotations

import math
from typing import Any

from pyproj import Geod

from layers._encode import DIGITS, encode_line
from layers._messages import say
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


def figure(km: float) -> str:
    """Write a measured distance no sharper than shapes on a map can give it.

    >>> figure(111.4), figure(42.6), figure(3.25)
    ('110', '43', '3.2')
    """
    if km >= 100:
        return f"{round(km, -1):,.0f}"
    return f"{km:.0f}" if km >= 10 else f"{km:.1f}"


def said_words(distance: StatedDistance, messages: dict[str, str]) -> str:
    """Return the stated figure: "said: within 200 km"."""
    return say(messages, f"distance.said.{distance.relation}", km=f"{distance.said_km:,g}")


def measured_words(distance: StatedDistance, messages: dict[str, str]) -> str:
    """Return the measured figure: "measured: about 110 km"."""
    if distance.measured_km is None:
        return messages["distance.unmeasured"]
    return say(messages, "distance.measured", km=figure(distance.measured_km))


def distance_words(distance: StatedDistance, messages: dict[str, str]) -> str:
    """Return a sentence with both figures: that of the source's reader where there is one, else our own."""
    if distance.words:
        return distance.words
    figures = f"{said_words(distance, messages)} · {measured_words(distance, messages)}"
    if distance.measured_km is None:
        return f"“{distance.said}”: {figures}"
    nearest = distance.nearest or messages["distance.place"]
    return f"“{distance.said}”: {figures} ({say(messages, 'distance.between', start=nearest, end=distance.to.place.name)})"


def distances_payload(plan: ReportedPlan, view: Bounds, messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return each stated distance of a plan: its words, both figures, the names of the ends and the line between them, near the view."""
    rows = []
    for distance in plan.distances:
        row: dict[str, Any] = {
            "words": distance_words(distance, messages),
            "said": said_words(distance, messages),
            "measured": measured_words(distance, messages),
            "differs": messages["distance.differs"] if distance.holds is False else "",
        }
        if ends := line_ends(distance):
            start, end = distance.nearest or messages["distance.place"], distance.to.place.name
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
