"""From a phrase to the places it can name: demonyms, abbreviations of states, names, and names without a common noun."""

from __future__ import annotations

import re

from geo._cues import demonyms, phrases, words
from geo._entries import Sense
from geo._larger import of_sort, state_of
from geo._text import name_key
from geo.gazetteer import Gazetteer
from geo.text import Token

_POSSESSIVE = re.compile(r"[’']s?$")
_SHORT = {
    "mt": "mount",
    "st": "saint",
    "ft": "fort",
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "co": "county",
    "twp": "township",
}
_WHOLE = {"saint": "st", "mount": "mt", "fort": "ft"}


def look_up(phrase: str, gazetteer: Gazetteer) -> tuple[tuple[Sense, ...], str]:
    """Return the senses of a phrase that is known to name a place, and how they were found: ``demonym``, ``name`` or ``stripped``.

    Without a sense the second is ``stripped`` as well.
    """
    plain = _POSSESSIVE.sub("", " ".join(phrase.split()))
    senses = demonym_senses(plain, gazetteer) or (demonym_senses(plain.title(), gazetteer) if plain.isupper() and len(plain) > 4 else ())
    if senses:
        return senses, "demonym"
    if "." in plain or plain.isupper() or (len(plain) > 3 and not gazetteer.senses(plain)):
        senses = state_of(plain.replace(". ", "."), gazetteer)
        if senses:
            return senses, "name"
    key = name_key(plain)
    senses = named(key, gazetteer)
    if senses:
        return senses, "name"
    parts = key.split()
    if parts[:1] == ["the"]:
        parts = parts[1:]
        senses = named(" ".join(parts), gazetteer)
        if senses:
            return senses, "name"
    return stripped(parts, gazetteer), "stripped"


def demonym_senses(written: str, gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the place that a demonym as written goes back to, or ()."""
    found = demonyms().get(written)
    if found is None:
        return ()
    place_id, name = found
    return gazetteer.senses_of(place_id) if place_id else gazetteer.senses(name)[:1]


def named(key: str, gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the senses of a key, or of the key with its abbreviations written out ("mt pleasant") or put in ("saint paul"), or ()."""
    senses = gazetteer.entry(key).senses
    if senses:
        return senses
    parts = key.split()
    for table in (_SHORT, _WHOLE):
        if any(p in table for p in parts):
            senses = gazetteer.entry(" ".join(table.get(p, p) for p in parts)).senses
            if senses:
                return senses
    return ()


def stripped(parts: list[str], gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the senses of a name's words without a common noun before or behind or a direction before them, or ()."""
    heads, leads = words("geo_heads"), phrases("geo_leads")
    for size in (2, 1):
        if len(parts) > size and (
            parts[-1] in heads if size == 1 else parts[-2] in heads | {"international", "air"} and parts[-1] in heads
        ):
            senses = named(" ".join(parts[:-size]), gazetteer)
            if senses:
                return senses
        if len(parts) > size and tuple(parts[:size]) in leads:
            senses = named(" ".join(parts[size:]), gazetteer)
            if senses:
                return senses
    while len(parts) > 1 and parts[0] in words("directions"):
        parts = parts[1:]
        senses = named(" ".join(parts), gazetteer)
        if senses:
            return senses
    return ()


def with_noun(tokens: list[Token], gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the senses of a name with a common noun ("Lobito port", "Port of Lobito") without that, those of its sort preferred, or ()."""
    if any(t.possessive for t in tokens[:-1]):
        return ()
    lower = tuple(t.lower for t in tokens)
    for size in (2, 1):
        if len(tokens) > size and lower[-size:] in phrases("geo_tails") | {("prefecture",), ("airport",), ("base",)}:
            if size == 1 and tokens[-1].cap and lower[-1] not in words("geo_heads"):
                continue
            places = gazetteer.senses(" ".join(t.text for t in tokens[:-size]))
            fitting = of_sort(places, lower[-1])
            if fitting:
                return fitting
        if len(tokens) > size and lower[:size] in phrases("geo_leads"):
            places = gazetteer.senses(" ".join(t.text for t in tokens[size:]))
            if lower[size - 1] == "of" and places:
                return of_sort(places, lower[0]) or places
    return ()
