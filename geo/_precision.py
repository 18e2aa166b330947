"""How precisely a mention says where: the place's own precision, made coarser by what stands around its name.

Codes are UCDP's ``where_prec`` (UCDP GED codebook, "where_prec": 1 exact, 2 within about 25 km of a named point, 3 second-order division,
4 first-order division, 5 a line, a chain or a fuzzy area, 6 country, 7 sea or air outside states); the radius is Darwin Core's
``coordinateUncertaintyInMeters``, the smallest circle around the given point that holds the whole of where it may be. Words never make a
place sharper, and never move its point. One code replaces another in one case alone: a part, a coast or a border of a country is a fuzzy
area or a line (5), as the codebook has it, no longer the country (6); the radius stays the country's.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from geo._cues import words
from geo._model import Place
from geo._span import Span
from geo.text import Token

Sort = Literal["near", "extended", "off", "coast", "border", "direction"]


class Rule(NamedTuple):
    """What a sort of words makes of a place, and whence that is.

    ``point`` and ``larger`` are the least codes for a point and for something larger; ``least_m`` is the least radius of a point, and
    ``added_m`` what is added to a larger radius, in metres.
    """

    point: int
    larger: int
    least_m: float
    added_m: float
    source: str


RULES: dict[Sort, Rule] = {
    "near": Rule(2, 5, 25_000.0, 25_000.0, "UCDP 2: near a named point means within about 25 km; near an area is a fuzzy area (5)"),
    "extended": Rule(2, 1, 25_000.0, 0.0, "UCDP 2: a town's area is a limited area around it; 'area' adds nothing to a division"),
    "off": Rule(5, 5, 50_000.0, 50_000.0, "UCDP 5: a fuzzy area of sea; 50 km, a floor, is over twice the territorial sea"),
    "coast": Rule(5, 5, 25_000.0, 0.0, "UCDP 5: a coast is a line; the circle of a country or an island holds its coast"),
    "border": Rule(5, 5, 25_000.0, 0.0, "UCDP 5: a border is a line; the circle of a country holds its border"),
    "direction": Rule(5, 5, 50_000.0, 50_000.0, "UCDP 5: a direction without a distance has no end in the text; 50 km is a floor"),
}
NEAR_M, DIVISION_M = 25_000.0, 50_000.0
"""UCDP's radius around a point, and the least radius of a second-order division of which only the town of its name is known."""

_BEFORE: dict[str, Sort] = {
    "near": "near", "nearby": "near", "around": "near", "outside": "near", "beside": "near", "alongside": "near", "opposite": "near",
    "beyond": "near", "past": "near", "overlooking": "near", "by": "near", "off": "off", "greater": "extended",
    "metropolitan": "extended", "metro": "extended",
}  # fmt: skip
_PHRASES: dict[tuple[str, str], Sort] = {
    ("close", "to"): "near", ("closer", "to"): "near", ("next", "to"): "near", ("adjacent", "to"): "near", ("vicinity", "of"): "near",
    ("outskirts", "of"): "near", ("suburbs", "of"): "near", ("environs", "of"): "near", ("area", "of"): "extended",
    ("coast", "of"): "coast", ("coasts", "of"): "coast", ("shore", "of"): "coast", ("shores", "of"): "coast", ("coastline", "of"): "coast",
    ("border", "with"): "border", ("border", "of"): "border", ("border", "between"): "border", ("borders", "of"): "border",
    ("frontier", "with"): "border", ("frontier", "between"): "border", ("boundary", "between"): "border", ("waters", "of"): "off",
}  # fmt: skip
_BEHIND: dict[str, Sort] = {
    "area": "extended", "suburbs": "near", "outskirts": "near", "coast": "coast", "coastline": "coast", "border": "border",
    "waters": "off",
}  # fmt: skip
_LEADS = frozenset({"on", "along", "near", "at", "in", "off", "from", "the", "its", "just", "very", "waters", "and", "around"})
"""Words that belong to a relation in front of it ("in the waters off", "just outside")."""
_NO_PLACE = frozenset(
    {"cut", "sealed", "closed", "shut", "cordoned", "blocked", "walled", "fend", "ward", "paid", "took", "break", "broke"}
)
"""Before "off" or "by" these make a verb of it."""
_KM = {"km": 1.0, "kilometer": 1.0, "kilometre": 1.0, "mile": 1.609344, "nm": 1.852, "nautical": 1.852}
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip


class Relation(NamedTuple):
    """The words that relate a mention to its name's place, in lower case as written, their sort, and the distance they state in metres."""

    words: str = ""
    sort: Sort | None = None
    distance_m: float = 0.0


NONE = Relation()


def relation_of(span: Span, tokens: list[Token]) -> Relation:
    """Return what the words around a name ("40 km north of", "off the coast of", "… area") say of where beside the place."""
    if not tokens[span.first].near:
        return _behind(span, tokens)
    end = span.first - 1 if span.first and tokens[span.first].line == tokens[span.first - 1].line else -1
    if end >= 0 and tokens[end].lower == "the":
        end -= 1
    if end < 0:
        return _behind(span, tokens)
    last, before = tokens[end].lower, tokens[end - 1].lower if end and tokens[end].near else ""
    start, sort = end, _BEFORE.get(last) if before not in _NO_PLACE else None
    if sort is None:
        sort = _PHRASES.get((before, last)) or ("direction" if before in words("directions") and last == "of" else None)
        start = end - 1 if sort else end
    found = _with_distance(tokens, start, end, sort) if sort or last in {"of", "from"} else NONE
    return found if found.sort else _behind(span, tokens)


def relations_of(spans: list[Span], literal: list[bool], places: list[Place], tokens: list[Token]) -> list[Relation]:
    """Return the relation of each span.

    Members of a list share that of its first ("near Kisumu and Nakuru"), but a larger place behind a comma does not ("near Kisumu, Kenya").
    """
    found: list[Relation] = []
    for i, span in enumerate(spans):
        relation = relation_of(span, tokens) if literal[i] else NONE
        if i and literal[i] and relation.sort is None and span.group == spans[i - 1].group and not _within(places[i - 1], places[i]):
            relation = found[-1]
        found.append(relation)
    return found


def _within(place: Place, larger: Place) -> bool:
    if larger.country != place.country:
        return False
    return larger.extent == "country" or (larger.feature_code == "ADM1" and larger.admin1 == place.admin1)


def _with_distance(tokens: list[Token], start: int, end: int, sort: Sort | None) -> Relation:
    """Take the words in front of a relation into it, and the distance before them ("in the waters 40 km off")."""
    while start and tokens[start].near and (tokens[start - 1].lower in _LEADS or tokens[start - 1].lower in words("directions")):
        if tokens[start - 1].cap and not tokens[start - 1].opens:
            break
        start -= 1
    led = {t.lower for t in tokens[start : end + 1]}
    if sort == "coast" and "off" in led:
        sort = "off"
    first, distance = _distance(tokens, start)
    if distance:
        start, sort = first, sort or "near"
    if sort is None:
        return NONE
    while tokens[start].lower in {"and", "the", "its"} and start < end:
        start += 1
    return Relation(" ".join(t.text.lower() for t in tokens[start : end + 1]), sort, distance)


def _distance(tokens: list[Token], start: int) -> tuple[int, float]:
    """The metres that stand right before a token ("40 km", "two nautical miles away") and where they begin; 0 where none do."""
    i = start - 1
    if i >= 0 and tokens[i].lower in {"away", "to", "inland", "due"}:
        i -= 1
    unit = tokens[i].lower if i > 0 else ""
    if unit in {"miles", "mile"} and tokens[i - 1].lower == "nautical":
        unit, i = "nautical", i - 1
    each = _KM.get(unit) or _KM.get(unit.rstrip("s"))
    if each is None or i < 1:
        return start, 0.0
    number = tokens[i - 1].lower.replace(",", "").rstrip(".")
    value = float(number) if number.replace(".", "", 1).isdecimal() else float(0 if tokens[i - 1].glued else _NUMBERS.get(number, 0))
    return i - 1, round(value * each * 1000, 1)


def _behind(span: Span, tokens: list[Token]) -> Relation:
    j = span.last + 1
    while j + 1 < len(tokens) and tokens[j].glued and tokens[j].cap:
        j += 1
    if j >= len(tokens) or tokens[j].cap or not tokens[j].near or tokens[j].line != tokens[span.last].line:
        return NONE
    word = tokens[j].lower
    sort = _BEHIND.get(word)
    return Relation(word, sort) if sort and not (j == span.last + 1 and tokens[span.last].possessive and sort == "extended") else NONE


def precision(place: Place, modifier: str, relation: Relation, *, division: bool = False) -> tuple[int, float | None]:
    """Return ``where_prec`` and the radius in metres of a mention of ``place``.

    ``division`` says that the text names a division ("Lamar County"); where ``place`` is but a town of its name, that is no sharper.
    """
    prec, radius = place.where_prec, place.uncertainty_m
    point = place.extent == "point"
    if modifier and place.extent != "sea":
        prec = 4 if prec in (3, 4) else 5
    if division and point:
        prec, radius = max(prec, 3), max(radius or 0.0, DIVISION_M)
    if relation.sort is None:
        return prec, radius
    rule = RULES[relation.sort]
    if place.extent == "country" and relation.sort in ("off", "coast", "border"):
        prec = 5
    if relation.distance_m:
        prec = max(prec, 2 if point and relation.distance_m <= NEAR_M and relation.sort != "off" else 5)
        radius = None if radius is None and not point else (radius or 0.0) + relation.distance_m
        return prec, radius
    prec = max(prec, rule.point if point else rule.larger)
    if point:
        return prec, max(radius or 0.0, rule.least_m)
    return prec, None if radius is None else radius + rule.added_m
