"""The names that may be written on the map, ranked; the page writes as many as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import shapely

from geo import Place
from layers._encode import encode_line, polygon_parts
from layers._marks import Mark
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._shapes import Bounds, inner_points

LabelKind = Literal["sea", "country", "chain", "island", "city"]

MOST = {"sea": 60, "country": 80, "chain": 25, "island": 90, "city": 160}
"""How many names of each kind the page carries at most."""

_WIDEST = 170.0
"""Degrees of longitude: the widest single part of a country, Russia's, spans 153."""

_CITIES = frozenset({"HK", "MO", "GI", "VA", "MC", "SM"})
"""Territories so small that their name is that of a town."""


def label_kind(place: Place) -> LabelKind | None:
    """Return how a place's name is written on the map, or None where it is not (divisions, facilities, world regions).

    >>> label_kind(Place(id="x", name="X", lat=0, lon=0, feature_code="PCLI", extent="country"))
    'country'
    """
    code = place.feature_code
    if code in {"SEA", "OCN", "GULF", "STRT", "BAY", "CHN", "CHNM", "CHNN", "SD"}:
        return "sea"
    if place.extent == "country" or code in {"PCLI", "PCL", "TERR"}:
        return None if place.country in _CITIES else "country"
    if code in {"ISLS", "ARCH"}:
        return "chain"
    if code in {"ISL", "ISLET", "ATOL"}:
        return "island"
    return "city" if code.startswith("PPL") else None


def labels_payload(
    gazetteer: Gazetteer, box: Bounds, marks: Sequence[Mark], names: PlaceNames, view: Bounds | None = None
) -> list[dict[str, Any]]:
    """Return the names in a box (degrees), best first within each kind; places that belong to a mark come first, then capitals.

    ``names`` say what the page calls a place, and its name in its own script. With ``view`` given, a country also carries points inside
    the part of it that this view holds.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> labels_payload(Empty(), (0, 0, 1, 1), [], PlaceNames(Empty(), {}))
    []
    """
    west, south, east, north = box
    found = list(gazetteer.labels(max(west, -180.0), south, min(east, 180.0), north))
    if east > 180:
        found += gazetteer.labels(-180.0, south, east - 360, north)
    marked = {mark.place.id: mark for mark in marks}
    bands = frozenset(mark.place.id for mark in marks if mark.kind in ("chain", "area", "point"))
    arcs = frozenset(mark.place.id for mark in marks if mark.kind == "chain")
    kinds: dict[str, list[tuple[tuple[float, float, str], dict[str, Any]]]] = {kind: [] for kind in MOST}
    seen: set[str] = set()
    for place in [*found, *(mark.place for mark in marks if mark.kind == "point")]:
        kind = label_kind(place) or ("city" if place.id in marked else None)
        if kind is None or place.id in seen or place.id in arcs:
            continue
        seen.add(place.id)
        belongs = place.id in marked or bool(bands.intersection(place.part_of))
        lon = place.lon + 360 if east > 180 and place.lon < west else place.lon
        entry = {"name": names.shown(place), "lat": round(place.lat, 4), "lon": round(lon, 4), "kind": kind, "near": belongs}
        if kind == "sea" and place.uncertainty_m:
            entry["reach"] = round(min(max(place.uncertainty_m / 111_000 / 3, 0.5), 8.0), 1)
        local, tongue = names.local(place)
        if local:
            entry |= {"local": local, "tongue": tongue}
        if place.id in marked and marked[place.id].kind == "point":
            entry["marked"] = True
        if place.feature_code == "PPLC":
            entry["capital"] = True
        if kind == "country" and view is not None and (inside := _inside(gazetteer.shape(place.id), view, lon - place.lon)):
            entry["inside"] = inside
            entry["turn"] = round(lon - place.lon)
        size = 1e9 if place.feature_code == "PPLC" else float(place.population) or (place.uncertainty_m or 0.0) / 100.0
        kinds[kind].append(((0.0 if belongs else 1.0, -size, place.id), entry))
    return [entry for kind, most in MOST.items() for _, entry in sorted(kinds[kind], key=lambda item: item[0])[:most]]


def _inside(shape: Any, view: Bounds, turn: float) -> str:
    """Return points, encoded, inside what a view (degrees) holds of a country; empty where it holds nothing."""
    west, south, east, north = view
    margin = 0.15 * max(east - west, north - south)
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon"):
        return ""
    # A part wider than any country's is one that was not cut at the antimeridian; names would land on the wrong side of the globe.
    shape = shapely.multipolygons(
        [part for part in polygon_parts(shape) if part.bounds[2] - part.bounds[0] < _WIDEST] or [shapely.Polygon()]
    )
    held = shapely.clip_by_rect(shape, west - margin - turn, south - margin, east + margin - turn, north + margin)
    return encode_line([point[:2] for point in inner_points(held, 10)], 2) if held.area > 0 else ""
