"""What a notebook shows of names and places: candidates in their order, each with its score and reason, on a small map."""

from __future__ import annotations

from typing import Any

from geo import GeoError, Place, Toponym
from layers._evidence import safe_url
from layers._messages import joined, number_words, say
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._rules import said_again
from layers.notebook._small_map import map_picture

MOST = 12
"""Candidates that are listed; a name like San Antonio has hundreds, and those below have next to no weight."""
_OTHER_NAMES = 8


def toponym_view(toponym: Toponym, gazetteer: Gazetteer, names: PlaceNames) -> dict[str, Any]:
    """Return a name with what it may mean, best first, and why the first was taken, or none."""
    messages, mention = names.messages, toponym.mention
    candidates = toponym.candidates[:MOST]
    chosen = toponym.place.id if toponym.place else ""
    picture, drawn = map_picture([candidate.place for candidate in candidates], gazetteer, chosen=chosen)
    rows = [
        {
            "number": number,
            "name": names.shown(candidate.place),
            "what": _what(candidate.place, gazetteer, names),
            "score": f"{candidate.score:.2f}",
            "width": f"{max(0.0, min(candidate.score, 1.0)) * 100:.0f}%",
            "reason": said_again(candidate.reason, messages),
            "chosen": candidate.place.id == chosen,
            "drawn": number in drawn,
        }
        for number, candidate in enumerate(candidates, start=1)
    ]
    return {
        "text": mention.text,
        "kind": mention.kind,
        "kind_words": messages["notebook.literal"] if mention.kind == "literal" else messages[f"reason.{mention.kind}"],
        "means": names.shown(toponym.place) if toponym.place else messages["notebook.nothing"],
        "score": f"{toponym.score:.2f}" if toponym.place else "",
        "reason": said_again(toponym.reason, messages),
        "reach": reach_words(toponym.where_prec, toponym.uncertainty_m, messages),
        "count": say(messages, "notebook.candidates", n=len(toponym.candidates)),
        "rows": rows,
        "more": max(len(toponym.candidates) - MOST, 0),
        "picture": picture,
        "alt": say(
            messages, "notebook.map.alt", names=joined(messages, (f"{row['number']} {row['name']}" for row in rows if row["drawn"]))
        ),
    }


def place_view(place: Place, gazetteer: Gazetteer, names: PlaceNames) -> dict[str, Any]:
    """Return an entry of the gazetteer: what and where it is, who says so, what else it is called, on a small map."""
    messages = names.messages
    picture, _ = map_picture([place], gazetteer, chosen=place.id)
    known = place.names or _entry_names(place, gazetteer)
    others = list(dict.fromkeys(name.toponym for name in known if name.toponym != place.name))
    return {
        "name": names.shown(place),
        "what": _what(place, gazetteer, names),
        "id": place.id,
        "point": f"{place.lat:g}, {place.lon:g}" if place.extent == "point" else "",
        "reach": reach_words(place.where_prec, place.uncertainty_m, messages),
        "population": say(messages, "notebook.population", number=number_words(place.population, messages)) if place.population else "",
        "others": joined(messages, others[:_OTHER_NAMES]) + (" …" if len(others) > _OTHER_NAMES else ""),
        "authority": place.authority,
        "url": safe_url(place.authority_url),
        "picture": picture,
        "alt": say(messages, "notebook.map.alt", names=names.shown(place)),
    }


def reach_words(where_prec: int | None, uncertainty_m: float | None, messages: dict[str, str]) -> str:
    """Say how precisely a name says where: UCDP's code, and the radius that holds the whole of it.

    >>> from layers._messages import load_messages
    >>> reach_words(3, 42_000, load_messages())
    'precision 3 of 7, within 42 km'
    """
    if where_prec is None:
        return ""
    words = say(messages, "notebook.precision", code=where_prec)
    if not uncertainty_m:
        return words
    return joined(messages, (words, say(messages, "notebook.within", km=number_words(max(1, round(uncertainty_m / 1000)), messages))))


def _what(place: Place, gazetteer: Gazetteer, names: PlaceNames) -> str:
    """Say what a place is and where: its extent, division and country."""
    messages = names.messages
    within = [
        name
        for name in (_named(f"iso3166-2:{place.admin1}", place.admin1, gazetteer, names), _country(place, gazetteer, names))
        if name and name not in (place.name, names.shown(place))
    ]
    return joined(messages, (messages[f"notebook.extent.{place.extent}"], *within))


def _country(place: Place, gazetteer: Gazetteer, names: PlaceNames) -> str:
    return _named(f"iso3166-1:{place.country}", place.country, gazetteer, names)


def _named(place_id: str, code: str, gazetteer: Gazetteer, names: PlaceNames) -> str:
    if not code:
        return ""
    try:
        return names.shown(gazetteer.place(place_id))
    except (LookupError, GeoError):
        return code


def _entry_names(place: Place, gazetteer: Gazetteer) -> Any:
    try:
        return gazetteer.place(place.id).names
    except (LookupError, GeoError):
        return ()
