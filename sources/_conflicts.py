"""What the tellings of one plan say differently: all versions side by side, each with its quotes and the origins behind it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, TypeVar

from sources._amounts import Amount, differing, number_in
from sources._likeness import Telling, actors_differ, meet, nested
from sources._model import Conflict, PlanPlace, Quote, ReportedPlan, Side, Status
from sources._things import core, data, sibling_groups

On = Literal["extent", "unit", "number", "date", "status", "actor"]
T = TypeVar("T")
MOST = 60
"""Tellings that are compared for differences; a plan that more articles tell has been told in all its versions by then."""
_STAGE: dict[Status, int] = {"proposed": 0, "planned": 1, "agreed": 1, "existing": 3, "under way": 2, "completed": 3, "denied": -1}
_CAUTION: tuple[Status, ...] = ("proposed", "planned", "agreed", "under way", "existing", "completed", "denied")


def conflicts(tellings: Sequence[Telling], origins: dict[str, str]) -> tuple[Conflict, ...]:
    """Return what ``tellings`` of one plan say differently; ``origins`` gives the origin of each by article id, "" for none.

    A place within another is finer and no conflict; a telling that says nothing of something contradicts nobody. A plan that has come
    further in a later article has developed; one that an article dates or counts otherwise is in conflict.
    """
    some = list(tellings)[:MOST]
    found = [
        _conflict("extent", some, origins, _where, _extents_differ, _extent_said),
        _conflict("unit", some, origins, _units, _units_differ, lambda t, v: t.plan.asset),
        _conflict("number", some, origins, lambda t: t.amounts, _amounts_differ, lambda t, v: _amount_said(v, some)),
        _conflict("date", some, origins, lambda t: t.months, _dates_differ, lambda t, v: t.plan.when_said or str(t.plan.when)),
        _conflict("status", some, origins, lambda t: t.plan.status, _statuses_differ, lambda t, v: v),
        _conflict("actor", some, origins, lambda t: t.actor, actors_differ, lambda t, v: t.plan.actor),
    ]
    return tuple(c for c in found if c is not None)


def _conflict(
    on: On,
    tellings: list[Telling],
    origins: dict[str, str],
    value: Callable[[Telling], T],
    differ: Callable[[T, T], bool],
    said: Callable[[Telling, T], str],
) -> Conflict | None:
    """Sort tellings into sides by what they say; those whose words go with every side are on none."""
    known = [(t, v) for t, v in ((t, value(t)) for t in tellings) if v]
    torn = [(t, v) for t, v in known if any(differ(v, other) for _, other in known)]
    sides: list[tuple[T, list[tuple[Telling, T]]]] = []
    for t, v in torn:
        side = next((s for s in sides if s[0] == v), None) or next((s for s in sides if not differ(s[0], v)), None)
        if side is None:
            sides.append((v, [(t, v)]))
        else:
            side[1].append((t, v))
    if len(sides) < 2:
        return None
    return Conflict(on=on, sides=tuple(_side(said(*members[0]), [t for t, _ in members], origins) for _, members in sides))


def _side(said: str, tellings: list[Telling], origins: dict[str, str]) -> Side:
    quotes: list[Quote] = []
    for t in tellings:
        bearing = [q for q in t.plan.quotes if said and said.casefold() in " ".join(q.exact.split()).casefold()]
        quotes += bearing or t.plan.quotes[:1]
    named = dict.fromkeys(origins.get(t.article_id, "") for t in tellings)
    return Side(said=said, quotes=tuple(dict.fromkeys(quotes)), origins=tuple(n for n in named if n))


def opposed(plan: ReportedPlan, other: ReportedPlan, origins: dict[str, str]) -> ReportedPlan:
    """Return ``plan`` with the conflict on its status that ``other`` makes, which an article tells beside it: one of them is denied."""
    sides = tuple(_plan_side(p, origins) for p in (plan, other))
    rest = tuple(c for c in plan.conflicts if c.on != "status")
    known = next((c for c in plan.conflicts if c.on == "status"), None)
    if known is not None:
        sides = (*known.sides, *(s for s in sides if s.said not in {k.said for k in known.sides}))
    return replace(plan, conflicts=(*rest, Conflict(on="status", sides=sides)))


def _plan_side(plan: ReportedPlan, origins: dict[str, str]) -> Side:
    named = dict.fromkeys(origins.get(q.article_id, "") for q in plan.quotes)
    return Side(said=plan.status, quotes=plan.quotes, origins=tuple(n for n in named if n))


def conflict_words(plan: ReportedPlan) -> str:
    """Say what the sources of a plan differ on, "" where they do not.

    >>> q = Quote(article_id="a", exact="One.", start=0, end=4)
    >>> two = tuple(Conflict(on=on, sides=()) for on in ("extent", "number"))
    >>> conflict_words(ReportedPlan(id="a-1", number=1, summary="s", status="planned", quotes=(q,), conflicts=two))
    'sources differ on extent and number'
    """
    on = [c.on for c in plan.conflicts]
    if not on:
        return ""
    return "sources differ on " + (" and ".join([", ".join(on[:-1]), on[-1]]) if len(on) > 1 else on[0])


def agreed_status(found: Sequence[Conflict]) -> Status | None:
    """Return the status to show where tellings differ on it, None where they do not: see :func:`neutral`."""
    return next((_status(c) for c in found if c.on == "status"), None)


def neutral(plan: ReportedPlan, tellings: Sequence[Telling]) -> ReportedPlan:
    """Return ``plan`` with no side taken where its tellings differ: both numbers, both actors, the span of both dates.

    The status is the one that most origins tell; among equals the least far along, and a denial only where most deny: it denies what
    somebody reports. The places are those of all sides. The summary says what sources differ on.
    """
    if not plan.conflicts:
        return plan
    changes: dict[str, object] = {}
    asset, summary = plan.asset, plan.summary
    for conflict in plan.conflicts:
        said = [s.said for s in conflict.sides]
        if conflict.on == "actor":
            changes["actor"] = _either(said)
            summary = summary.replace(plan.actor, _either(said), 1) if plan.actor else summary
        elif conflict.on == "unit":
            asset, summary = _either(said), summary.replace(plan.asset, _either(said), 1)
        elif conflict.on == "number":
            asset, summary = _both_numbers(asset, said), _both_numbers(summary, said)
        elif conflict.on == "date":
            changes |= _both_dates(plan, tellings, said)
            summary = summary.replace(plan.when_said, _either(said), 1) if plan.when_said else summary
        elif conflict.on == "status":
            changes["status"] = _status(conflict)
    summary = f"{summary[:1].upper()}{summary[1:]} ({conflict_words(plan)})"
    return replace(plan, asset=asset, summary=summary, **changes)  # type: ignore[arg-type]


def _either(said: Sequence[str]) -> str:
    first, *rest = dict.fromkeys(s for s in said if s)
    return " or ".join([first, *(_within(s) for s in rest)])


def _within(said: str) -> str:
    """Words that may open a sentence, as they stand inside one: "Two destroyers" opens, "Kenya" is a name."""
    first, _, _ = said.partition(" ")
    return said[0].lower() + said[1:] if first.lower() in {"a", "an", "the", *data()["number_words"]} else said


def _both_numbers(text: str, said: Sequence[str]) -> str:
    numbers = [n for n in dict.fromkeys(number_in(s) for s in said) if n]
    for number in numbers:
        if re.search(rf"\b{re.escape(number)}\b", text):
            return re.sub(rf"\b{re.escape(number)}\b", " or ".join(numbers), text, count=1)
    return text


def _both_dates(plan: ReportedPlan, tellings: Sequence[Telling], said: Sequence[str]) -> dict[str, object]:
    """One year where all dates lie in it, else no date: EDTF has no way to say "one says, another says"."""
    years = {t.plan.when[:4] for t in tellings if t.plan.when}
    when = next(iter(years)) if len(years) == 1 and next(iter(years)).isdigit() else None
    return {"when": when, "when_said": _either(said), "when_note": "sources differ on the date"}


def _status(conflict: Conflict) -> Status:
    def rank(side: Side) -> tuple[int, int]:
        return -max(1, len(side.origins)), _CAUTION.index(side.said)  # type: ignore[arg-type]

    best: Status = min(conflict.sides, key=rank).said  # type: ignore[assignment]
    return best


def _where(t: Telling) -> tuple[PlanPlace, ...]:
    """The places of a telling; the ends of its extent where it names no place ("between Okinawa and Taiwan")."""
    if t.plan.places:
        return t.plan.places
    ends = tuple(p for p in t.plan.anchors if p.role == "extent" and p.distance_km is None)
    return ends if len(ends) > 1 else ()


def _extents_differ(a: tuple[PlanPlace, ...], b: tuple[PlanPlace, ...]) -> bool:
    """Whether one telling names a place that is none of the other's, nor within one, nor around one."""
    return any(not any(nested(p.place, q.place) for q in other) for one, other in ((a, b), (b, a)) for p in one)


def _extent_said(t: Telling, places: tuple[PlanPlace, ...]) -> str:
    """The places as the quote has them: its words from the first to the last where they stand close, else the names in a row."""
    for quote in t.plan.quotes:
        line = " ".join(quote.exact.split())
        spots = [(line.find(p.said), line.find(p.said) + len(p.said)) for p in places if p.said and p.said in line]
        if len(spots) == len(places):
            start, end = min(s for s, _ in spots), max(e for _, e in spots)
            lead = re.search(r"\b(?:between|from|the)\s+$", line[:start])
            if end - start <= 90:
                return line[lead.start() if lead else start : end]
    return ", ".join(dict.fromkeys(p.said or p.place.name for p in places))


def _units(t: Telling) -> frozenset[str]:
    """What a telling says of a thing's sort: the words that other sources put another one for."""
    return core(t.plan.asset) & frozenset().union(*sibling_groups())


def _units_differ(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two things are of one sort but not the same one: a battalion and a brigade."""
    return any(a & group and b & group and not a & b & group for group in sibling_groups())


def _amounts_differ(a: tuple[Amount, ...], b: tuple[Amount, ...]) -> bool:
    return bool(differing(a, b))


def _amount_said(v: tuple[Amount, ...], tellings: list[Telling]) -> str:
    torn = [x for t in tellings for x in differing(v, t.amounts)]
    return (torn or list(v))[0].said


def _dates_differ(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    return a is not None and b is not None and not meet(a, b)


def _statuses_differ(a: Status, b: Status) -> bool:
    """A denial against anything else, or two steps of the way: proposed against under way, planned against completed."""
    return a != b and ("denied" in (a, b) or abs(_STAGE[a] - _STAGE[b]) > 1)
