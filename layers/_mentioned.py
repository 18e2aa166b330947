"""Places that the articles mention and that are no mark: shown faintly, on a reader's wish."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import shapely

from geo import Place
from layers._encode import encode_polygons, polygon_parts
from layers._marks import REGION_CODES, Mark, geometry_of, where_places
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._shapes import Bounds, main_bounds, unwrap
from layers._view import near
from sources import Reading

MOST_SHAPE = 1_500
"""Letters that the outline of one place may take."""
MOST = 60_000
"""Letters that all of them may take together; the rest is listed only."""
_FINE = 4.0
"""Degrees below which an outline keeps a third decimal."""
_PARAGRAPHS = 8
"""Paragraphs of one article that are named; of more, how many there are."""


def mentioned_payload(reading: Reading, marks: Sequence[Mark], gazetteer: Gazetteer, names: PlaceNames, view: Bounds) -> dict[str, Any]:
    """Return the places of literal mentions that are no mark: how often, in which paragraphs, what to draw.

    A point stands only for a place that is one; all else is an outline, simplified hard, never its middle. ``left`` counts the places that
    are listed only: without a shape, world regions, or beyond what the page may hold; places that plans speak of but the gazetteer has no
    shape for are not among them. Most mentioned first. ``view`` is that of the map, in degrees.

    >>> from layers._messages import load_messages
    >>> mentioned_payload(Reading(articles=()), [], None, PlaceNames(None, load_messages()), (0, 0, 1, 1))
    {'places': [], 'left': 0}
    """
    drawn = {mark.place.id for mark in marks}
    told = {said.place.id for plan in reading.plans for said in where_places(plan)}
    anchors = {said.place.id for plan in reading.plans for said in (*plan.anchors, *plan.places)} - told
    found: dict[str, tuple[Place, dict[int, list[int]]]] = {}
    for index, article in enumerate(reading.articles):
        for toponym in reading.toponyms.get(article.id, ()):
            place = toponym.place
            if place is None or toponym.mention.kind != "literal" or place.id in drawn | told:
                continue
            found.setdefault(place.id, (place, {}))[1].setdefault(index, []).append(article.paragraph_at(toponym.mention.start))
    rows: list[dict[str, Any]] = []
    left, size = 0, 0
    for place, where in sorted(found.values(), key=lambda one: (-sum(map(len, one[1].values())), one[0].name, one[0].id)):
        shape = _shape(place, gazetteer, view)
        row = {
            "name": names.shown(place),
            "anchor": place.id in anchors,
            "times": sum(map(len, where.values())),
            "in": [[index, list(dict.fromkeys(paragraphs))[:_PARAGRAPHS], len(set(paragraphs))] for index, paragraphs in where.items()],
        }
        full = row | (shape or {})
        more = len(json.dumps(full, ensure_ascii=False))
        if shape is None or size + more > MOST:
            left += 1
            continue
        size += more
        rows.append(full)
    return {"places": rows, "left": left}


def _shape(place: Place, gazetteer: Gazetteer, view: Bounds) -> dict[str, Any] | None:
    """Return the point of a place that is one, else its outline in few points with the turn that brings it near the view; None without."""
    geometry = geometry_of(place, gazetteer) if place.feature_code not in REGION_CODES else None
    if geometry is None:
        return None
    if geometry.geom_type == "Point":
        turn = round(near((place.lon, place.lat, place.lon, place.lat), view)[0] - place.lon)
        return {"point": [round(place.lat, 3), round(place.lon + turn, 3)]}
    geometry = unwrap(geometry, place.lon)
    bounds = main_bounds(geometry)
    digits = 3 if max(bounds[2] - bounds[0], bounds[3] - bounds[1]) < _FINE else 2
    coded = _few(geometry, digits)
    return {"shape": coded, "turn": round(near(bounds, view)[0] - bounds[0]), "digits": digits} if coded else None


def _few(geometry: Any, digits: int) -> list[list[str]]:
    """Return the outline of a geometry, encoded, in at most MOST_SHAPE letters: coarser and with fewer small parts until it fits."""
    west, south, east, north = geometry.bounds
    tolerance = max(east - west, north - south) / 600
    for _ in range(12):
        simple = shapely.simplify(geometry, tolerance, preserve_topology=True)
        parts = [shapely.Polygon(part.exterior) for part in polygon_parts(simple) if part.area >= 4 * tolerance**2]
        parts = parts or [shapely.Polygon(part.exterior) for part in sorted(polygon_parts(simple), key=lambda part: -part.area)[:1]]
        coded = encode_polygons(shapely.multipolygons(parts), digits)
        if len(json.dumps(coded)) <= MOST_SHAPE:
            return coded
        tolerance *= 1.6
    return []
