"""What holds what, by the gazetteer: cities in states and countries, and which places a common noun fits."""

from __future__ import annotations

from geo._cues import states
from geo._model import Place
from geo.gazetteer import Gazetteer


def inside(place: Place, larger: Place) -> bool:
    """Return whether the gazetteer counts ``place`` to the country or first-order division ``larger``."""
    if place.id == larger.id:
        return False
    if larger.extent == "country":
        return bool(place.country) and place.country == larger.country
    return larger.id in place.part_of or (bool(larger.admin1) and place.admin1 == larger.admin1)


def state_of(abbreviation: str, gazetteer: Gazetteer) -> tuple[Place, ...]:
    """Return the US state or Canadian province of a postal or newspaper abbreviation ("Fla.", "ME"), or ()."""
    code = states().get(abbreviation.rstrip(".").casefold() if not abbreviation.isupper() else abbreviation.replace(".", ""))
    return (gazetteer.place(f"iso3166-2:US-{code}"),) if code else ()


def of_sort(places: tuple[Place, ...], noun: str) -> tuple[Place, ...]:
    """The places that a common noun fits: a prefecture is an area, an island an island; any noun fits where nothing else does."""
    sorts = {
        "prefecture": ("ADM",), "province": ("ADM",), "state": ("ADM",), "county": ("ADM",), "oblast": ("ADM",), "governorate": ("ADM",),
        "region": ("ADM", "RGN", "PCL"),
        "island": ("ISL",), "islands": ("ISL",), "group": ("ISL",), "chain": ("ISL",), "archipelago": ("ISL",),
        "city": ("PPL",), "town": ("PPL",), "village": ("PPL",), "port": ("PPL", "PRT", "HBR"), "airport": ("PPL",), "base": ("PPL",),
    }  # fmt: skip
    wanted = sorts.get(noun)
    if wanted is None:
        return ()
    return tuple(p for p in places if p.feature_code.startswith(wanted))
