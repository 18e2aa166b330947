"""Distances that a source states ("within 200 km of Taiwan"), measured on the earth and said side by side, never corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo import Gazetteer, Place
from sources._geodesic import Gap, azimuth, gap
from sources._model import PlanPlace, StatedDistance

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Relation = Literal["within", "about", "beyond"]

MILE_KM, NAUTICAL_KM = 1.609344, 1.852
ROUNDED = 0.05
"""Share by which "within" and "more than" may be missed, since sources round."""
ABOUT = 0.2
"""Share by which "about" may be missed."""
ROUGH_KM = 10.0
"""What a rough shape of the gazetteer may be off."""
_SMALL_M = 25_000.0
"""Up to this radius the point of an area without a shape stands for it."""
_WIDE = frozenset({"chain", "country"})

_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty|a hundred)"
_UNIT = r"km|kms|kilomet(?:er|re)s?|nautical[\s-]miles?|nmi?|sea miles?|miles?|met(?:er|re)s?|m"
_SIDE = r"(?:(?:north|south)(?:[\s-]?(?:east|west))?|east|west)"
_WORDS: tuple[tuple[Relation, str], ...] = (
    (
        "beyond",
        "(?:no|not) (?:closer|nearer) than|(?:no|not) less than|at least|more than|farther than|further than|beyond|over",
    ),
    ("within", "within|less than|under|fewer than|(?:no|not) more than|no (?:farther|further) than|at most|closer than|up to|inside"),
    ("about", "about|around|some|roughly|approximately|nearly|almost|just|only|barely|a mere|as close as|as near as"),
)
_RELATION = "|".join(f"(?P<{name}>{words})" for name, words in _WORDS)
_DISTANCE = re.compile(
    (
        rf"(?<![\w.,-])(?:(?:{_RELATION}) )?(?:(?:about|around|some|roughly) )?(?P<ring>a (?:radius|range|distance) of )?(?:a )?"
        rf"(?:(?:between )?(?P<low>{_NUMBER})(?:\s?[-–]\s?| (?:to|and) ))?(?P<number>{_NUMBER})[\s-]?(?P<unit>{_UNIT})\b"
        r"(?P<radius>[\s-](?:radius|range))?(?:\s?\([^()]*\)|,? or [\d.,]+ \w+,|\s?/\s?[\d.,]+ \w+)?(?: away)?(?: \([^()]*\))?"
        r"(?: inland| offshore| out to sea| at sea| downstream| upstream)?"
        rf" (?:(?:to the |due )?(?P<side>{_SIDE})(?:ern)? (?P<joint>of|off|from)|(?P<link>of|off|from|outside|around))\s"
    ).replace(" ", r"\s+"),
    re.IGNORECASE,
)
_HINT = re.compile(r"km|kilomet|mile|met(?:er|re)s|\bnmi?\b|\d\s?m\b", re.IGNORECASE)
_LENGTH = re.compile(
    r"\b(?:length|width|height|depth|altitude|speed|range|reach|stretch|line|road|railway|pipeline|cable|wall|fence|tunnel|canal|route"
    r"|coastline|stretch(?:es|ing)?|runs?|running|extend(?:s|ing)?|every|travel(?:s|led|ed|ling)?|drove|drive|flew|fly|sailed|marched|walked)"
    r"(?:\s+of|\s+for|\s+some|\s+about)*\s+\Z",
    re.IGNORECASE,
)
_REACH = re.compile(r"\b(?:hits?|hitting|strikes?|striking|targets?|reach(?:es|ing)?|ranges?|fires?|firing)\b[^.;]*\Z", re.IGNORECASE)
_BY = re.compile(r"\d\s?\w+\s+by\s+\Z")
_LINE = re.compile(r"\b(?:borders?|frontiers?|boundar(?:y|ies)|coasts?|coastlines?|shores?)\b", re.IGNORECASE)
"""Words that make the outline of a place what a distance counts from, also for a place inside it."""
_LINE_BEHIND = re.compile(rf"[’']s (?:[a-z]+ )?{_LINE.pattern}")
_NEXT_CLAUSE = re.compile(r"(?:[,;]\s+(?:and|but|while|whereas)|;)\s+")
_UNCOUNTED = re.compile(r"\b[A-Z][\w’'-]*")
_COUNT = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
    "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
}  # fmt: skip
_BEARING = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270, "northwest": 315}
_ASIDE = 67.5
"""Degrees by which a stated direction may differ from the measured one: half of the eight directions' width beside the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A distance as a sentence states it, and the place that it counts from; ``start`` and ``end`` are code points into the sentence."""

    said: str
    relation: Relation
    km: float
    to: PlanPlace
    side: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Nearest:
    """The plan's nearest place, the island of it that is nearest or None, the way there, and whether the shapes are rough."""

    place: Place
    island: Place | None
    gap: Gap
    rough: bool


def stated_distances(
    sentence: str, places: Sequence[PlanPlace], anchors: Sequence[PlanPlace], gazetteer: Gazetteer
) -> tuple[StatedDistance, ...]:
    """Return the distances that ``sentence`` states from a place, each measured from the plan's ``places``.

    ``anchors`` are the places that the sentence names beside those of the plan; a distance from one of the plan's own places is measured
    from the others, and where the plan has none, from what it is near. Lengths ("a 3,100-kilometre cable") and ranges of weapons are no
    distances. Reads the gazetteer's file, never the network.
    """
    own = places or [a for a in anchors if a.role == "near"]
    return tuple(
        measure(p.said, p.relation, p.km, p.to, [q for q in own if q.place.id != p.to.place.id], gazetteer, side=p.side)
        for p in phrases(sentence, [*anchors, *places])
        if not own or not all(_in_next_clause(sentence, p, q) for q in own)
    )


def _in_next_clause(sentence: str, phrase: Phrase, place: PlanPlace) -> bool:
    """Whether a place stands in a clause that begins behind a distance ("…, and a base is on an island"): that clause is another tale."""
    at = sentence.find(place.said, phrase.end) if place.said and place.said not in sentence[: phrase.end] else -1
    return at >= 0 and bool(_NEXT_CLAUSE.search(sentence, phrase.end, at))


def phrases(sentence: str, named: Sequence[PlanPlace]) -> list[Phrase]:
    """Return the distances that ``sentence`` states from one of the places ``named``, in order."""
    if not named or not _HINT.search(sentence):
        return []
    found = []
    for m in _DISTANCE.finditer(sentence):
        relation: Relation = next((name for name, _ in _WORDS if m[name]), "about")
        if _is_none(m, relation, sentence[: m.start()]):
            continue
        to = _named_next(sentence, m.end(), named)
        if to is None:
            continue
        place, end = to
        line = _LINE_BEHIND.match(sentence, end)
        end = line.end() if line else end
        if (m["link"] or "").lower() == "from" and relation == "about" and re.match(r"\s+(?:to|until)\s+[A-Z]", sentence[end:]):
            continue
        said = " ".join(sentence[m.start() : end].split())
        side = re.sub(r"[\s-]", "", (m["side"] or "").lower())
        found.append(Phrase(said=said, relation=relation, km=_km(m, relation), to=place, side=side, start=m.start(), end=end))
    return found


def _is_none(m: re.Match[str], relation: Relation, before: str) -> bool:
    """Whether a figure is a length, the range of a weapon, the side of a field or "200 km of road", and no distance from a place."""
    if relation == "within":
        return m["within"].lower() == "up to" and bool(_REACH.search(before[-60:]))
    if m["radius"] or "range" in (m["ring"] or "").lower() or (m["link"] or "").lower() == "of":
        return True
    return (relation == "about" and bool(_LENGTH.search(before))) or bool(_BY.search(before) or _REACH.search(before[-30:]))


def _km(m: re.Match[str], relation: Relation) -> float:
    """The stated figure in kilometres; of two ("50 to 60 km") the one that the relation needs, or their middle."""
    values = [float(_COUNT.get(n.lower()) or n.replace(",", "")) for n in (m["low"], m["number"]) if n]
    value = values[-1] if relation == "within" else values[0] if relation == "beyond" else sum(values) / len(values)
    unit = m["unit"].lower()
    if unit.startswith(("n", "sea")):
        return round(value * NAUTICAL_KM, 3)
    if unit.startswith("mi"):
        return round(value * MILE_KM, 3)
    return value if unit.startswith("k") else value / 1000


def _named_next(sentence: str, start: int, named: Sequence[PlanPlace]) -> tuple[PlanPlace, int] | None:
    """The place that is named right behind a distance, and where its name ends; None where another name or a clause comes first."""
    best: tuple[int, int, PlanPlace] | None = None
    for place in named:
        for name in dict.fromkeys((place.said, place.said.removeprefix("the "), place.place.name)):
            at = sentence.find(name, start, start + 70 + len(name)) if name else -1
            if at >= 0 and (best is None or (at, -len(name)) < (best[0], best[0] - best[1])):
                best = (at, at + len(name), place)
    if best is None:
        return None
    if re.match(r"[’']s\s+[A-Z]", sentence[best[1] :]):
        return None
    between = sentence[start : best[0]]
    strange = [w for w in _UNCOUNTED.findall(between) if not w.endswith(("’s", "'s")) and w not in _KINDS]
    return None if strange or re.search(r"[.;:,]", between) else (best[2], best[1])


_KINDS = frozenset({"Island", "Islands", "Isle", "Port", "City", "Gulf", "Cape", "Mount", "Lake", "River", "Strait"})


def measure(
    said: str, relation: Relation, said_km: float, to: PlanPlace, places: Sequence[PlanPlace], gazetteer: Gazetteer, *, side: str = ""
) -> StatedDistance:
    """Return a stated distance with the geodesic between the nearest points of the plan's ``places`` and of ``to``.

    ``said`` are the source's words, ``said_km`` its figure in kilometres, ``side`` a stated direction ("east" for "east of Taiwan") or "".
    For a chain or a group of islands the nearest island is measured, and named. ``holds`` is None, and ``words`` say why, where a shape
    is missing, or where the places are so large that the figure fits a part of them.
    """
    made = StatedDistance(said=said, relation=relation, said_km=said_km, to=to)
    target = _shape(to.place, gazetteer)
    if target is None:
        return _with(made, words=f"{_opening(made)}; the gazetteer has no outline of {_the(to.place)}, so it was not measured.")
    if _LINE.search(said) and target.geom_type in ("Polygon", "MultiPolygon"):
        target = target.boundary
    if not places:
        return _with(made, words=f"{_opening(made)}; the report names no place of the plan to measure from.")
    reached = [n for p in places if (n := _nearest(p.place, target, gazetteer)) is not None]
    if not reached:
        names = _listed([_the(p.place) for p in places])
        return _with(made, words=f"{_opening(made)}; the gazetteer has no outline of {names}, so it was not measured.")
    best = min(reached, key=lambda n: n.gap.km)
    rough = best.rough or gazetteer.generalised(to.place.id)
    slack = (ROUGH_KM if rough else 0.0) + sum(_point_km(p, gazetteer) for p in (best.place, to.place))
    holds = _holds(relation, said_km, best.gap, slack)
    return StatedDistance(
        said=said,
        relation=relation,
        said_km=said_km,
        to=to,
        measured_km=round(best.gap.km, 1),
        nearest=(best.island or best.place).name,
        ends=best.gap.ends,
        holds=holds,
        words=_opening(made) + _closing(best, to.place, holds) + _aside(best.gap, side),
    )


def _with(made: StatedDistance, *, words: str) -> StatedDistance:
    return StatedDistance(said=made.said, relation=made.relation, said_km=made.said_km, to=made.to, words=words)


def _shape(place: Place, gazetteer: Gazetteer) -> BaseGeometry | None:
    """A place's outline, its point where it is one or small, or None where neither is known."""
    shape = gazetteer.shape(place.id)
    if shape is not None:
        return shape
    if place.extent != "point" and (place.uncertainty_m is None or place.uncertainty_m > _SMALL_M):
        return None
    import shapely

    return shapely.Point(place.lon, place.lat)


def _point_km(place: Place, gazetteer: Gazetteer) -> float:
    """How far a place without a shape may reach around its point, in kilometres."""
    return 0.0 if gazetteer.shape(place.id) is not None else (place.uncertainty_m or 0.0) / 1000


def _nearest(place: Place, target: BaseGeometry, gazetteer: Gazetteer) -> _Nearest | None:
    shape = _shape(place, gazetteer)
    if shape is None:
        return None
    islands = _islands_of(place, shape, gazetteer) if place.extent == "chain" or place.feature_code == "ISLS" else []
    if islands:
        import shapely

        shapes = [s for _, s in islands]
        way = gap(shapely.union_all(shapes), target)
        return _Nearest(place, _island_at(way.ends[0], islands), way, False)
    way = gap(shape, target)
    wide = place.extent in _WIDE or place.feature_code == "ADM1"
    return _Nearest(place, _island_near(way.ends[0], place, gazetteer) if wide and way.km else None, way, gazetteer.generalised(place.id))


def _islands_of(place: Place, shape: BaseGeometry, gazetteer: Gazetteer) -> list[tuple[Place, BaseGeometry]]:
    """The islands that the gazetteer says belong to a chain or group, itself or through a smaller group, with their shapes."""
    west, south, east, north = shape.bounds
    inside = {p.id: p for p in gazetteer.labels(west - 0.1, south - 0.1, east + 0.1, north + 0.1)}

    def belongs(one: Place, depth: int = 0) -> bool:
        return place.id in one.part_of or (depth < 4 and any(belongs(inside[i], depth + 1) for i in one.part_of if i in inside))

    shapes = ((p, gazetteer.shape(p.id)) for p in inside.values() if p.feature_code == "ISL" and belongs(p))
    return [(p, s) for p, s in shapes if s is not None]


def _island_near(point: tuple[float, float], place: Place, gazetteer: Gazetteer) -> Place | None:
    """The island of a country or division that a point of its outline lies on, or None."""
    lat, lon = point
    around = gazetteer.labels(lon - 3, lat - 3, lon + 3, lat + 3)
    there = (p for p in around if p.feature_code == "ISL" and p.country == place.country and p.id != place.id and _reaches(p, lat, lon))
    shapes = ((p, gazetteer.shape(p.id)) for p in there)
    return _island_at(point, [(p, s) for p, s in shapes if s is not None])


def _reaches(island: Place, lat: float, lon: float) -> bool:
    """Whether a point may lie on an island by the radius that the gazetteer gives; saves reading the outlines of all others."""
    off = abs(lat - island.lat) * 111.0
    return off <= (island.uncertainty_m or 300_000.0) / 1000 + 5


def _island_at(point: tuple[float, float], islands: Sequence[tuple[Place, BaseGeometry]]) -> Place | None:
    """The smallest island within about 2 km of a point, or None."""
    import shapely

    there = [(s.area, p.id, p) for p, s in islands if s.distance(shapely.Point(point[1], point[0])) < 0.02]
    return min(there)[2] if there else None


def _holds(relation: Relation, said_km: float, way: Gap, slack: float) -> bool | None:
    """Whether a measurement bears a figure out; None where only a part of the place does, or the two overlap."""
    if relation == "within":
        return way.km <= said_km * (1 + ROUNDED) + slack
    if not way.km:
        return None
    if relation == "beyond":
        if way.km >= said_km * (1 - ROUNDED) - slack:
            return True
    elif abs(way.km - said_km) <= max(said_km * ABOUT, 2.0) + slack:
        return True
    return None if way.km < said_km <= way.farthest_km else False


def _opening(made: StatedDistance) -> str:
    """ "The source says within 200 km of Taiwan", with kilometres where it says miles."""
    metric = re.search(r"km|kilomet|\d\s*m(?:et|\b)", made.said, re.IGNORECASE)
    return f"The source says {made.said}" + ("" if metric else f" ({_figure(made.said_km)})")


def _closing(best: _Nearest, to: Place, holds: bool | None) -> str:
    """The second half of the sentence: what was measured, to what, and why that decides nothing where it does not."""
    if not best.gap.km:
        return f"; the two places, {_the(best.place)} and {_the(to)}, touch or overlap: 0 km."
    what = f"the nearest island, {best.island.name}," if best.island else _the(best.place)
    if not best.island and (best.place.extent != "point" or best.gap.farthest_km > best.gap.km * 1.1 + 5):
        what = f"the nearest point of {_the(best.place)}"
    apart = f"{what} is {_figure(best.gap.km)} away"
    if holds:
        return f"; {apart}."
    if holds is None:
        return f"; measured, {apart} and its farthest {_figure(best.gap.farthest_km)}."
    return f"; measured, {apart}."


def _the(place: Place) -> str:
    """A place's name with the article that English gives it."""
    name = place.name
    article = place.extent == "sea" or name.startswith(("United ", "Republic ")) or name.endswith(("Islands", "Republic", "Emirates"))
    return f"the {name}" if article or name in ("Philippines", "Netherlands", "Maldives", "Bahamas", "Gambia", "Comoros") else name


def _figure(km: float) -> str:
    """A distance for a reader, no finer than its measurement: "about 110 km"."""
    if km < 1:
        return "less than 1 km"
    step = 1 if km < 100 else 10 if km < 1000 else 50
    return f"about {round(km / step) * step:,} km"


def _aside(way: Gap, side: str) -> str:
    """A note where a stated direction is not the measured one."""
    if not side or not way.km:
        return ""
    measured = azimuth(way.ends[1], way.ends[0])
    if abs((measured - _BEARING[side] + 180) % 360 - 180) <= _ASIDE:
        return ""
    name = min(_BEARING, key=lambda n: abs((measured - _BEARING[n] + 180) % 360 - 180))
    return f" It says {_dashed(side)} of it; measured, that point lies to the {_dashed(name)}."


def _dashed(side: str) -> str:
    return re.sub(r"(north|south)(east|west)", r"\1-\2", side)


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
