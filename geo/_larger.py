"""What holds what, by the gazetteer: cities in states and countries, and which places a common noun fits."""

from __future__ import annotations

from geo._cues import cities, states
from geo._entries import CITY, Sense
from geo._span import Span
from geo.gazetteer import Gazetteer
from geo.text import Token

_DIVISIONS = frozenset(
    {"county", "district", "parish", "province", "prefecture", "oblast", "governorate", "region", "state", "municipality"}
)
"""Nouns behind a name that make it a division's."""
WATERS = frozenset({"river", "rivers", "lake", "lagoon", "strait"})
"""Common nouns behind a name that say that it is a water's ("the Arno river")."""
OFFICES = frozenset({"governor", "gov", "legislature", "mayor"})
"""Nouns that say the sort of a place also behind its name ("New York Gov. Lee")."""


def inside(place: Sense, larger: Sense, gazetteer: Gazetteer) -> bool:
    """Return whether the gazetteer counts ``place`` to the country, the division or the curated area ``larger``."""
    if place.row == larger.row:
        return False
    if larger.extent == "country":
        return bool(place.country) and place.country == larger.country
    if larger.feature_code == "ADM2":
        return bool(larger.area2) and place.area2 == larger.area2
    if larger.level != CITY and larger.admin1 and place.admin1 == larger.admin1:
        return True
    parts = gazetteer.row(place.row).part_of if place.level != CITY else ()
    return bool(parts) and gazetteer.row(larger.row).id in parts


def state_of(abbreviation: str, gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the US state or Canadian province of a postal or newspaper abbreviation ("Fla.", "ME", "B.C."), or ().

    Capitals with full stops stand for the words of a name: "N.C." is a state, "L.A." is not Louisiana but the city.
    """
    if abbreviation in cities():
        return gazetteer.senses(cities()[abbreviation])[:1]
    plain = abbreviation.replace(".", "")
    if not plain.isupper():
        plain = abbreviation.rstrip(".").casefold()
    code = states().get(plain)
    found = gazetteer.senses_of(f"iso3166-2:{code}") if code else ()
    if found and "." in abbreviation and plain.isupper() and " " not in gazetteer.row(found[0].row).name:
        return ()
    return found


def division_noun(span: Span, tokens: list[Token]) -> str:
    """Return the noun by which a mention says that it is a division ("Lamar County"), or ``""``."""
    noun = tokens[span.last].lower
    return noun if span.last > span.first and noun in _DIVISIONS else ""


def of_sort(places: tuple[Sense, ...], noun: str) -> tuple[Sense, ...]:
    """The places that a noun fits, or (): a prefecture is a division, an island an island, a mayor's a town, a governor's a division."""
    sorts = {
        "prefecture": ("ADM",), "province": ("ADM",), "state": ("ADM",), "county": ("ADM",), "oblast": ("ADM",), "governorate": ("ADM",),
        "region": ("ADM", "RGN", "PCL"),
        "island": ("ISL",), "islands": ("ISL",), "group": ("ISL",), "chain": ("ISL",), "archipelago": ("ISL",),
        "city": ("PPL",), "town": ("PPL",), "village": ("PPL",), "port": ("PPL", "PRT", "HBR"), "airport": ("PPL",), "base": ("PPL",),
        "river": ("STM",), "rivers": ("STM",), "lake": ("LK", "RSV"), "lagoon": ("LGN", "LK"), "strait": ("STRT", "CHN"),
        "governor": ("ADM1",), "gov": ("ADM1",), "legislature": ("ADM1",), "mayor": ("PPL",),
    }  # fmt: skip
    wanted = sorts.get(noun)
    if wanted is None:
        return ()
    return tuple(p for p in places if p.feature_code.startswith(wanted))
