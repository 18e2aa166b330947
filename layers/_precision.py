"""How precisely the source said where, in words."""

from __future__ import annotations

from layers._marks import Kind
from layers._messages import say
from sources import PlanPlace

NEAR_METRES = 2_000.0
"""A point with a larger uncertainty than this is drawn with a ring of that radius."""

_ISLANDS = frozenset({"ISLS", "ARCH", "ATOL"})
_WORLD_REGIONS = frozenset({"CONT", "OCN"})
_SEAS = frozenset({"SEA", "GULF"})


def precision_words(place: PlanPlace, kind: Kind, messages: dict[str, str]) -> str:
    """Say in the words of the interface how precisely a plan says where.

    ``kind`` is that of the mark: a place drawn as a region is called one.

    >>> from geo import Place
    >>> from layers._messages import load_messages
    >>> p = Place(id="x", name="X", lat=0, lon=0, feature_code="ISLS", extent="chain", where_prec=5)
    >>> precision_words(PlanPlace(place=p, said="X", where_prec=5), "chain", load_messages())
    'chain level: no island named'
    """
    code = place.place.feature_code
    if kind == "point":
        radius = place.uncertainty_m or 0.0
        if code.startswith("PPL") and place.where_prec == 1 and radius <= max(place.place.uncertainty_m or 0.0, NEAR_METRES):
            return messages["precision.town"]
        if radius > NEAR_METRES:
            return say(messages, "precision.point.near", km=round(radius / 1000))
        return messages["precision.point"] if place.where_prec == 1 else say(messages, "precision.point.near", km=25)
    if kind == "area":
        return messages[{3: "precision.district", 4: "precision.province"}.get(place.where_prec, "precision.area")]
    if kind == "chain" and code not in _ISLANDS:
        return messages["precision.line"]
    if kind == "region" and code not in _WORLD_REGIONS:
        return messages["precision.country" if place.place.extent == "country" else "precision.sea" if code in _SEAS else "precision.part"]
    return messages[f"precision.{kind}"]


def precision_level(place: PlanPlace, kind: Kind) -> str:
    """Return in one word how precisely a plan says where, for sorting and filtering: from "exact" to "region".

    >>> from geo import Place
    >>> p = Place(id="x", name="X", lat=0, lon=0, feature_code="ADM1", extent="area", where_prec=4)
    >>> precision_level(PlanPlace(place=p, said="X", where_prec=4), "area")
    'province'
    """
    if kind == "point":
        near = (place.uncertainty_m or 0.0) > NEAR_METRES or place.where_prec != 1
        return "near" if near else "exact"
    if kind == "area":
        return {3: "district", 4: "province"}.get(place.where_prec, "area")
    if kind == "region":
        return "country" if place.place.extent == "country" else "region"
    return kind


LEVELS = ("exact", "near", "district", "area", "province", "chain", "sea", "country", "region", "none")
"""The levels from the most precise to none: no place named."""
