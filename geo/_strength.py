"""How much a name by itself speaks for a place: what it means, how large that is, and what else the word is."""

from __future__ import annotations

from geo._entries import COUNTRY, CURATED, DIVISION, Sense
from geo._span import MEDIUM, STRONG, WEAK
from geo.gazetteer import GIVEN, SURNAME, WORD, Gazetteer
from geo.text import Token

LARGE_CITY, MIDDLE_CITY = 100_000, 15_000
WELL_KNOWN_CITY = 200_000
"""From here a word that is also a common noun ("Boston", "Buffalo") is taken for the city where one preposition speaks for it."""


def strength(tokens: list[Token], written: str, places: tuple[Sense, ...], gazetteer: Gazetteer) -> int:
    """Return STRONG, MEDIUM or WEAK for the senses of the words ``tokens``, which are ``written`` in the text."""
    best = places[0]
    if best.seat and (len(tokens) > 1 or not gazetteer.flags(written) & WORD):
        return STRONG
    flags = gazetteer.flags(written) if len(tokens) == 1 else 0
    if best.level == COUNTRY:
        return STRONG
    person_or_word = flags & (WORD | GIVEN | SURNAME)
    if best.level == CURATED and not best.feature_code.startswith("PPL"):
        broad = best.feature_code in {"CONT", "RGN", "OCN", "SEA"}
        return MEDIUM if person_or_word and not broad and not written.isupper() else STRONG
    primary = best.rank == 0
    largest = max((p.population for p in places if p.extent == "point"), default=0)
    if len(tokens) > 1:
        if largest < LARGE_CITY and all(gazetteer.flags(t.text) & WORD for t in tokens):
            return WEAK
        return STRONG if primary or largest >= LARGE_CITY or best.level == DIVISION else MEDIUM
    if best.level == DIVISION and primary:
        return MEDIUM if (person_or_word and best.country != "US") or len(written) <= 3 else STRONG
    if largest >= LARGE_CITY and primary:
        if flags & WORD and largest < WELL_KNOWN_CITY:
            return WEAK
        return STRONG if not person_or_word or largest >= 2_000_000 else MEDIUM
    if largest >= MIDDLE_CITY and primary and not person_or_word:
        return MEDIUM
    if not primary:
        return WEAK if person_or_word or largest < 50_000 or len(written) < 5 else MEDIUM
    return WEAK
