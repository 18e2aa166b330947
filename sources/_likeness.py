"""How far two tellings from different articles tell of one plan, though they may differ on a place, a number, a date or a status."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from geo import Place
from sources._amounts import Amount, amounts, differing
from sources._geodesic import gap
from sources._lexicon import verbs
from sources._merge import similarity
from sources._model import PlanPlace, ReportedPlan
from sources._things import core, data, head, holders, siblings

ENOUGH = 0.6
"""Likeness from which on two tellings are one plan; set on ``tests/corpus/origins/natuna`` and on the benchmark's invented plans."""
_WEIGHTS = {"asset": 4.0, "words": 3.0, "action": 1.5, "actor": 2.0, "places": 3.0, "when": 1.0, "number": 1.5}
SURE = 0.7
"""Likeness that two things need where their numbers differ too: another word and another number are another thing."""
NEAR = 0.75
"""Likeness that two things need where sources put them in different areas of one country: else these are two plans."""
THING = 0.5
"""Likeness of two things below which they are two, at one place and by one actor as well."""
FEWEST = 3
"""Words that the shorter of two tellings needs where one of them names no thing: fewer ("it will be built there") are in any plan."""
REACH_KM = 300
"""Kilometres, beyond what is stated and beyond the uncertainty of both places, from which on what is near to one is not at the other."""
_FAR_STATUS = {"completed", "existing"}

Relation = Literal["same", "nested", "overlap", "near", "apart", "sites", "unknown"]


@cache
def _speech() -> frozenset[str]:
    """The stems of words of reporting, which tellings of any two plans share."""
    return frozenset(data()["speech"])


@cache
def _generic() -> frozenset[str]:
    return frozenset(w for word in data()["generic"] for w in core(word))


@cache
def _counted() -> frozenset[str]:
    """The stems of measures and of people, whose numbers belong to a plan though its thing is another word."""
    return frozenset(w for word in (*data()["measures"], "people") for w in core(word))


@dataclass(frozen=True, slots=True)
class Telling:
    """One article's telling of a plan with all that is compared, taken apart once. ``at`` is its place among all plans of the reading."""

    at: int
    plan: ReportedPlan
    article_id: str
    asset: frozenset[str]
    said: frozenset[str]
    head: str
    words: frozenset[str]
    family: str
    actor: frozenset[str]
    sites: frozenset[str]
    months: tuple[int, int] | None
    amounts: tuple[Amount, ...]


def telling(at: int, plan: ReportedPlan) -> Telling:
    """Take a plan apart for comparing."""
    verb = verbs().get(plan.action)
    said = frozenset().union(*(core(q.exact) for q in plan.quotes[:4])) - _speech()
    named = frozenset().union(*(core(p.said) | core(p.place.name) for p in (*plan.places, *plan.anchors))) if plan.places else frozenset()
    family = verb.family if verb else plan.action
    denial = family == "refuse"
    asset = core(plan.asset) - named - _generic()
    return Telling(
        at=at,
        plan=plan,
        article_id=plan.quotes[0].article_id,
        asset=asset,
        said=said,
        head="" if denial else head(plan.asset) if head(plan.asset) in asset else "",
        words=said - named - holders(plan.actor),
        family="" if denial else family,
        actor=frozenset() if denial or plan.status == "denied" else holders(plan.actor),
        sites=frozenset(p.place.id for p in plan.places if p.place.extent == "point"),
        months=months(plan.when),
        amounts=tuple(x for q in plan.quotes for x in amounts(q.exact) if x.of & (asset | _counted())),
    )


def excludes(a: Telling, b: Telling) -> bool:
    """Whether what two tellings say makes them two plans: two sites, two things, a thing done and a thing planned, years between."""
    return _excluded(a, b, _things(a, b), relation(a.plan.places, b.plan.places))


def _excluded(a: Telling, b: Telling, thing: float | None, where: Relation) -> bool:
    one, two = a.plan.status, b.plan.status
    if (one in _FAR_STATUS) != (two in _FAR_STATUS) and "denied" not in (one, two):
        return True
    if where in ("sites", "apart") or (thing is not None and thing < THING) or years_apart(a.months, b.months):
        return True
    if where == "unknown" and (_out_of_reach(a.plan, b.plan) or _out_of_reach(b.plan, a.plan)):
        return True
    if thing is not None and thing < SURE and a.amounts and b.amounts and differing(a.amounts, b.amounts):
        return True
    return where == "near" and ((thing is not None and thing < NEAR) or actors_differ(a.actor, b.actor))


def _out_of_reach(vague: ReportedPlan, placed: ReportedPlan) -> bool:
    """Whether one telling names only what its plan is near to ("within 50 km of X"), and the other's places are nowhere near that."""
    if vague.places or not placed.places:
        return False
    anchors = [p for p in vague.anchors if p.role == "near" or p.distance_km]
    return bool(anchors) and all(_km(a, p) > REACH_KM + (a.distance_km or 0) for a in anchors for p in placed.places)


def _km(a: PlanPlace, b: PlanPlace) -> float:
    """Kilometres between two places' points, less the uncertainty of both."""
    from shapely import Point  # read where two places are compared, so that a plain text is read without it

    apart = gap(Point(a.place.lon, a.place.lat), Point(b.place.lon, b.place.lat)).km
    return apart - ((a.uncertainty_m or 0) + (b.uncertainty_m or 0)) / 1000


def likeness(a: Telling, b: Telling) -> float:
    """How far two tellings tell of one plan, from 0 to 1; 0 where they cannot, or where too little is said to know."""
    x, y = a.plan, b.plan
    thing = _things(a, b)
    if thing is not None and thing < THING:
        return 0.0
    where = relation(x.places, y.places)
    if _excluded(a, b, thing, where):
        return 0.0
    words = overlap(a.words, b.words)
    if thing is None and (words < 0.6 or where == "near" or min(len(a.words), len(b.words)) < FEWEST):
        return 0.0
    given = {
        "asset": thing,
        "words": words,
        "action": _actions(a.family, b.family),
        "actor": _actors(a.actor, b.actor) if a.actor and b.actor else None,
        "places": {"same": 1.0, "nested": 0.9, "overlap": 0.7, "near": 0.35}.get(where),
        "when": None if not a.months or not b.months else 1.0 if meet(a.months, b.months) else 0.2,
        "number": None if not a.amounts or not b.amounts else 0.2 if differing(a.amounts, b.amounts) else 1.0,
    }
    known = {name: value for name, value in given.items() if value is not None}
    score = sum(_WEIGHTS[n] * v for n, v in known.items()) / sum(_WEIGHTS[n] for n in known)
    if where == "unknown":
        score -= 0.08
    elif where == "near" and not (a.actor and b.actor):
        score -= 0.15
    if score < ENOUGH and x.status == y.status and a.family == b.family:
        return max(score, similarity(x, y))
    return score


def _things(a: Telling, b: Telling) -> float | None:
    """How far two things are one, None where that is not said; things of two sorts ("a camp", "a dam") are not, whatever else they share.

    A thing that the other telling's quote names as well ("the task force's fire units", "fire units through the task force") is the same
    for all that the two are called otherwise.
    """
    if not a.asset or not b.asset:
        within = max(_held(a.asset, b.said), _held(b.asset, a.said))
        return 0.9 * within if within >= SURE else None
    both = min(_held(a.asset, b.said), _held(b.asset, a.said))
    crossed = 0.8 * both if both >= NEAR else 0.0
    if a.head and b.head and a.head not in b.asset and b.head not in a.asset:
        if not siblings(a.head, b.head):
            return crossed
        return max(crossed, 0.9 * overlap(a.asset - {a.head} | {b.head}, b.asset))
    return max(crossed, overlap(a.asset, b.asset))


def _held(thing: frozenset[str], said: frozenset[str]) -> float:
    """The share of a thing's words that a quote has."""
    return len(thing & said) / len(thing) if thing else 0.0


def overlap(x: frozenset[str], y: frozenset[str]) -> float:
    """The share of the shorter one's words that the longer one has, less where each has words of its own ("solar", "coastal")."""
    if not x or not y:
        return 0.0
    shared = len(x & y)
    return 0.6 * shared / min(len(x), len(y)) + 0.4 * shared / len(x | y)


def _actions(a: str, b: str) -> float | None:
    if not a or not b:
        return None
    return 1.0 if a == b else 0.4 if {a, b} <= {"deploy", "build", "use", "move", "plan", "exercise"} else 0.0


def _actors(a: frozenset[str], b: frozenset[str]) -> float:
    """1 where the acting states or bodies are the same or one is named within the other, as a demonym too; 0 where they differ."""
    if a & b or any(_demonym(x, y) for x in a for y in b):
        return 1.0
    return 0.0


def _demonym(x: str, y: str) -> bool:
    short, long = sorted((x, y), key=len)
    return len(short) >= 4 and len(long) - len(short) <= 3 and long.startswith(short[: max(4, len(short) - 1)])


def actors_differ(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two tellings name different actors."""
    return bool(a and b) and (_actors(a, b) == 0.0 or ("regional" in a) != ("regional" in b))


def relation(a: tuple[PlanPlace, ...], b: tuple[PlanPlace, ...]) -> Relation:
    """How the places of two tellings lie to each other.

    ``same`` or ``nested`` (each has its counterpart), ``overlap`` (some have), ``near`` (areas of one country or region), ``sites``
    (points that are not the same), ``apart``, or ``unknown`` where one telling names none.
    """
    if not a or not b:
        return "unknown"
    left = [p for p in a if not any(nested(p.place, q.place) for q in b)]
    right = [q for q in b if not any(nested(p.place, q.place) for p in a)]
    if not left and not right:
        return "same" if {p.place.id for p in a} == {q.place.id for q in b} else "nested"
    if len(left) < len(a) or len(right) < len(b):
        both = [p.place for p in (*left, *right)]
        return "sites" if left and right and all(p.extent == "point" for p in both) else "overlap"
    if any(p.place.extent == "point" for p in left) and any(q.place.extent == "point" for q in right):
        return "sites"
    if any(p.place.country and p.place.country == q.place.country for p in left for q in right):
        return "near"
    return "near" if set().union(*(p.place.part_of for p in left)) & set().union(*(q.place.part_of for q in right)) else "apart"


def nested(p: Place, q: Place) -> bool:
    """Whether two places are the same or one holds the other, by what the gazetteer says of them."""
    if p.id == q.id or p.id in q.part_of or q.id in p.part_of:
        return True
    if "country" in (p.extent, q.extent):
        return bool(p.country) and p.country == q.country
    for small, large in ((p, q), (q, p)):
        if small.admin1 and large.admin1 == small.admin1 and large.extent != "point" and large.feature_code.startswith("ADM1"):
            return True
    return False


_PART = re.compile(r"^(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d))?")
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


@lru_cache(maxsize=8192)
def months(edtf: str | None) -> tuple[int, int] | None:
    """The first and last month of an EDTF date, counted from year 0; an open year counts as year 0; None where there is no date."""
    if not edtf:
        return None
    first, slash, last = edtf.strip("[]").replace("?", "").replace("~", "").partition("/")
    if slash:
        begin, end = months(first.strip(".") or None), months(last.strip(".") or None)
        if not begin and not end:
            return None
        return (begin[0] if begin else end[0] - 12 if end else 0, end[1] if end else begin[1] + 12 if begin else 0)
    m = _PART.match(first)
    if m is None or (m["year"] == "XXXX" and not m["month"]):
        return None
    year, month = 12 * int(m["year"].replace("XXXX", "0")), int(m["month"] or 0)
    if not month:
        return year + 1, year + 12
    low, high = _SEASONS.get(month, (month, month))
    return year + low, year + high


def meet(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two spans of months have one in common; of two, one of which is in an open year, whether they may have."""
    if _open(a) != _open(b):
        return (
            b[1] - b[0] > 11 or a[1] - a[0] > 11 or bool({m % 12 for m in range(a[0], a[1] + 1)} & {m % 12 for m in range(b[0], b[1] + 1)})
        )
    return a[0] <= b[1] and b[0] <= a[1]


def _open(span: tuple[int, int]) -> bool:
    return span[1] < 24


def years_apart(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    """Whether two dates lie more than a year apart: the same thing planned for another year is another plan, or one nobody can join."""
    if a is None or b is None or meet(a, b) or _open(a) or _open(b):
        return False
    return min(abs(a[0] - b[1]), abs(b[0] - a[1])) > 12
