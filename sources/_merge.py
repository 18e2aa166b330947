"""One plan told several times in an article is one plan with several quotes; between articles it is ``_corroboration`` that joins."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from sources._lexicon import verbs, words
from sources._model import PlanPlace, ReportedPlan, Status

SAME = 0.62
"""Share of the shorter telling's content words that the longer one must hold for the two to be one plan."""
HEADING, LOOSE = "heading", 0.4
"""A plan told in a headline is marked with this id until it has joined the fullest likely telling: a headline says little."""
_STOP = words("comparison_stop_words")
_RANK: dict[Status, int] = {"denied": 0, "completed": 1, "existing": 2, "under way": 3, "agreed": 4, "planned": 5, "proposed": 6}


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The content words of a sentence, without endings, for comparing two tellings."""
    found = set()
    for word in re.findall(r"[^\W\d_]+(?:\.[A-Z])*|\d[\d,.]*\d|\d", text.replace("’s", " ").replace("'s", " ").lower()):
        if word in _STOP:
            continue
        verb = verbs().get(word)
        stem = verb.lemma if verb else re.sub(r"(?<=\w{3})(?:ies|es|s|ing|ed|ments?|ese)$", "", word)
        stem = re.sub(r"iz$", "is", stem if stem == "use" else stem.removesuffix("e"))
        found.add({"u": "us", "american": "us"}.get(stem, stem))
    return frozenset(found)


def merge(plans: list[ReportedPlan]) -> list[ReportedPlan]:
    """Join tellings of one plan, keeping the order of the first; the fullest telling gives the parts, every telling its quotes.

    Two tellings are one plan where their statuses do not exclude each other, their places agree and their words mostly do.
    """
    groups: list[list[ReportedPlan]] = []
    order = {(q.article_id, q.start): i for i, p in enumerate(plans) for q in p.quotes}
    for plan in sorted(plans, key=lambda p: p.id == HEADING):
        best, how = None, 0.0
        for group in groups:
            likeness = max(similarity(plan, other) for other in group)
            if likeness > how:
                best, how = group, likeness
        if best is not None and how >= (LOOSE if plan.id == HEADING else SAME):
            best.append(plan)
        else:
            groups.append([plan])
    groups = _linked(groups)
    return sorted((joined(group) for group in groups), key=lambda p: order[p.quotes[0].article_id, p.quotes[0].start])


def _linked(groups: list[list[ReportedPlan]]) -> list[list[ReportedPlan]]:
    """Join groups that a later telling has linked: any two of their members alike enough."""
    linked: list[list[ReportedPlan]] = []
    for group in groups:
        into = next((g for g in linked if any(similarity(a, b) >= SAME for a in g for b in group)), None)
        if into is None:
            linked.append(group)
        else:
            into.extend(group)
    return linked


def similarity(a: ReportedPlan, b: ReportedPlan) -> float:
    """How far two tellings say the same, from 0 to 1; 0 where status or place exclude it."""
    if a.status != b.status and not {a.status, b.status} <= {"planned", "proposed", "agreed"}:
        return 0.0
    if a.status != b.status and abs(_RANK[a.status] - _RANK[b.status]) > 1:
        return 0.0
    if any(p.article_id == q.article_id and p.start == q.start and p.emphasis != q.emphasis for p in a.quotes for q in b.quotes):
        return 0.0
    places = _places_agree(a.places, b.places)
    if places == 0.0:
        return 0.0
    if a.when and b.when and not (a.when.startswith(b.when[:4]) or b.when.startswith(a.when[:4]) or "X" in a.when + b.when):
        return 0.0
    shared = max((_shared(content(p.exact), content(q.exact)) for p in a.quotes for q in b.quotes), default=0.0)
    same_action = a.action == b.action
    things = [frozenset(re.findall(r"[^\W\d_]+", t.asset.lower())) - {"the", "a"} for t in (a, b)]
    if all(len(t) > 1 for t in things) and len(things[0] & things[1]) >= 0.5 * len(things[0] | things[1]) and _family(a) == _family(b):
        shared = max(shared, 0.8)
    return shared * (0.85 + 0.15 * same_action) * places


def _shared(x: frozenset[str], y: frozenset[str]) -> float:
    """The share of the shorter telling's words that the longer one has."""
    return len(x & y) / min(len(x), len(y)) if x and y else 0.0


def _family(plan: ReportedPlan) -> str:
    verb = verbs().get(plan.action)
    return verb.family if verb else plan.action


def _places_agree(a: tuple[PlanPlace, ...], b: tuple[PlanPlace, ...]) -> float:
    """1 where the places are the same or one telling names none, less where they are nested, 0 where they differ."""
    if not a or not b:
        return 0.95 if not a and not b else 0.85
    fewer, more = (a, b) if len(a) <= len(b) else (b, a)
    if not all(any(_same_or_nested(p, q) for q in more) for p in fewer):
        return 0.0
    return 0.8 + 0.2 * sum(any(_same_or_nested(p, q) for p in fewer) for q in more) / len(more)


def _same_or_nested(p: PlanPlace, q: PlanPlace) -> bool:
    if p.place.id == q.place.id:
        return True
    return bool(p.place.country) and p.place.country == q.place.country and "country" in (p.place.extent, q.place.extent)


def joined(group: list[ReportedPlan], *, status: Status | None = None) -> ReportedPlan:
    """Return tellings of one plan as one: the fullest gives the parts and the first quote, all give their places, quotes and credits.

    Where ``status`` is given, the fullest of those that tell it so.
    """
    if len(group) == 1:
        return group[0]
    fullest = max(
        group, key=lambda p: (p.status == status, len(p.places), bool(p.actor), bool(p.asset), len(p.quotes[0].exact), -p.quotes[0].start)
    )
    places = {p.place.id + p.modifier: p for plan in group for p in plan.places}
    finer = [
        p
        for p in places.values()
        if not (
            p.place.extent == "country" and any(q.place.country == p.place.country and q.place.extent != "country" for q in places.values())
        )
    ]
    quotes = {(q.article_id, q.start, q.end): q for plan in [fullest, *group] for q in plan.quotes}
    dated = next((p for p in [fullest, *group] if p.when), next((p for p in group if p.when_said), fullest))
    origins = tuple(dict.fromkeys(o for p in group for o in p.origins))
    anchors = {(p.place.id, p.role): p for plan in group for p in plan.anchors if p.place.id not in {q.place.id for q in finer}}
    lacks = tuple(w for w in fullest.lacks if not (w == "date" and dated.when) and not (w == "place" and finer))
    return replace(
        fullest,
        quotes=tuple(quotes.values()),
        places=tuple(finer),
        anchors=tuple(anchors.values()),
        when=dated.when,
        when_said=dated.when_said,
        when_note=dated.when_note,
        attributions=tuple(dict.fromkeys(a for p in group for a in p.attributions)),
        condition=next((p.condition for p in [fullest, *group] if p.condition), ""),
        origins=origins,
        lacks=lacks,
    )
