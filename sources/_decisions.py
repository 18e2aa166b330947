"""A ledger's decisions, put into effect: on toponyms before plans are extracted, on plans when all articles' are joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal, cast

from geo import Gazetteer, GazetteerError, Place, Toponym
from sources._distances import measure
from sources._errors import LedgerError
from sources._keys import plain_words, toponym_keys
from sources._ledger import Ledger, LedgerEntry, cut
from sources._ledger_rules import NONE
from sources._matching import GONE, PlanIndex, find_plans, place_list
from sources._model import Article, PlanPlace, ReportedPlan, Review, Status

_NEAR_M = 25_000.0
"""UCDP: "near" a named point is within about 25 km."""
_SHOWN = ("status", "when", "places")
"""What is compared with what the person saw; a change is told, and the decision stays."""


class Decisions:
    """The decisions of one ledger on the articles of one reading.

    Raises LedgerError where a place that a decision names is not in the gazetteer.
    """

    def __init__(self, ledger: Ledger | None, gazetteer: Gazetteer) -> None:
        """Look up the places of all decisions, so that nothing is begun with half of them."""
        self._name = (ledger.name if ledger else "") or "ledger"
        self._entries = ledger.decided if ledger else ()
        self._plans = tuple(e for e in self._entries if e.is_plan)
        self._gazetteer = gazetteer
        self._places = {e.key: tuple(self._places_of(e)) for e in self._entries}
        self._idle: dict[str, str] = {e.key: GONE if e.is_plan else "no article has it any more" for e in self._entries}
        self._by_occurrence: dict[str, LedgerEntry] = {}
        self._known: frozenset[str] = frozenset()
        if ledger and any(not e.is_plan for e in self._entries):
            self._index_toponyms(ledger)

    def _index_toponyms(self, ledger: Ledger) -> None:
        toponyms = [e for e in ledger.entries if not e.is_plan]
        self._known = frozenset(k for e in toponyms for k in e.keys)
        for entry in (e for e in toponyms if e.decision):
            for key in entry.keys[:1] if entry.scope else entry.keys:
                self._by_occurrence.setdefault(key, entry)
        self._by_occurrence |= {e.key: e for e in toponyms if e.decision}

    def _places_of(self, entry: LedgerEntry) -> Iterable[Place]:
        said = dict(entry.correct)
        ids = [said["place"]] if "place" in said else [i.strip() for i in said.get("places", "").split(";")]
        if entry.decision == "accept" and not entry.is_plan:
            ids = [dict(entry.found).get("place", "")]
        for place_id in ids:
            if place_id and not (place_id == NONE and "places" in said):
                try:
                    yield self._gazetteer.place(place_id)
                except GazetteerError as error:
                    step = "take an id that 'citemap gazetteer show NAME' lists"
                    raise LedgerError(self._name, entry.line, f"{place_id[:60]!r} is no id of the gazetteer", step) from error
        if "lat" in said:
            yield self._point(entry, said)

    def _point(self, entry: LedgerEntry, said: dict[str, str]) -> Place:
        radius = float(said["uncertainty_m"]) if "uncertainty_m" in said else None
        found = dict(entry.found)
        return Place(
            id=f"ledger:{entry.key}",
            name=said.get("name") or found.get("name") or "a place of the review ledger",
            lat=float(said["lat"]),
            lon=float(said["lon"]),
            feature_code="",
            extent="area" if radius else "point",
            where_prec=1 if not radius else 2 if radius <= _NEAR_M else 5,
            uncertainty_m=radius,
            country=said.get("country", ""),
            authority=said["authority"],
        )

    def on_toponyms(self, article: Article, toponyms: Sequence[Toponym]) -> tuple[tuple[Toponym, ...], dict[int, Review]]:
        """Return the toponyms of an article as decided, and the decisions by start; those rejected are kept, without a place."""
        if not self._by_occurrence:
            return tuple(toponyms), {}
        keys = toponym_keys(article.text, toponyms)
        entries = [self._by_occurrence.get(key) for key in keys]
        groups: dict[str, list[tuple[LedgerEntry, set[str]]]] = {}
        for seen in {e.key: e for e in entries if e and not e.scope}.values():
            at = [k for k, e in enumerate(entries) if e is seen]
            ids = {_id(toponyms[k]) for k in at} | {dict(seen.found).get("place", "")}
            groups.setdefault(_name(toponyms[at[0]]), []).append((seen, ids))
        out: list[Toponym] = []
        reviews: dict[int, Review] = {}
        for key, toponym, own in zip(keys, toponyms, entries, strict=True):
            entry = own
            if entry is None and key not in self._known:
                fit = [e for e, ids in groups.get(_name(toponym), []) if _id(toponym) in ids]
                entry = fit[0] if len(fit) == 1 else None
            if entry is None:
                out.append(toponym)
                continue
            self._idle.pop(entry.key, None)
            reviews[toponym.mention.start] = _review(entry)
            out.append(_decided(toponym, entry, self._places[entry.key]))
        return tuple(out), reviews

    def on_plans(self, plans: Sequence[ReportedPlan]) -> tuple[list[ReportedPlan], tuple[ReportedPlan, ...]]:
        """Return the plans as decided, and those that were rejected. Raises LedgerError where two decisions on one plan disagree."""
        if not self._plans:
            return list(plans), ()
        index = PlanIndex(plans)
        on: dict[int, list[LedgerEntry]] = {}
        matched = find_plans(self._plans, index)
        for entry in self._plans:
            found, why = matched[entry.key]
            self._idle.pop(entry.key, None)
            if not found:
                self._idle[entry.key] = why
            for k in found:
                on.setdefault(k, []).append(entry)
        kept, rejected = [], []
        for k, plan in enumerate(plans):
            decided = self._decided_plan(plan, on[k]) if k in on else plan
            if decided.review and decided.review.decision == "reject":
                rejected.append(replace(decided, number=0))
            else:
                kept.append(decided)
        return kept, tuple(rejected)

    def unapplied(self) -> tuple[tuple[str, str], ...]:
        """Return the decisions that applied to nothing so far, as (key, what it said and why it does not apply)."""
        return tuple((e.key, f"line {e.line}: {e.shown()}: {self._idle[e.key]}") for e in self._entries if e.key in self._idle)

    def _decided_plan(self, plan: ReportedPlan, entries: list[LedgerEntry]) -> ReportedPlan:
        first = entries[0]
        changes: dict[str, str] = {}
        for entry in entries:
            same = {n: v for n, v in entry.correct if changes.get(n, v) == v}
            if entry.decision != first.decision or len(same) != len(entry.correct) or (entry is not first and _moves(entry, first)):
                rule = f"{entry.decision} here and {first.decision} in line {first.line} are on one plan"
                raise LedgerError(self._name, entry.line, rule, "change one of the two decisions")
            changes |= same
        review = replace(_review(first, plan), changes=tuple(changes.items()))
        places = next((self._places[e.key] for e in entries if self._places[e.key]), ())
        new = _corrected(plan, changes, places) if changes else plan
        if new.places != plan.places:
            again = (measure(d.said, d.relation, d.said_km, d.to, new.places, self._gazetteer) for d in plan.distances)
            new = replace(new, distances=tuple(again))
        return replace(new, review=review)


def _moves(entry: LedgerEntry, first: LedgerEntry) -> bool:
    """Whether two corrections say differently where."""
    where = [{n: v for n, v in e.correct if n in ("place", "places", "lat", "lon")} for e in (entry, first)]
    return all(where) and where[0] != where[1]


def _name(toponym: Toponym) -> str:
    return " ".join(plain_words(toponym.mention.text))


def _id(toponym: Toponym) -> str:
    return toponym.place.id if toponym.place else ""


def _review(entry: LedgerEntry, plan: ReportedPlan | None = None) -> Review:
    decision = cast(Literal["accept", "reject", "correct"], entry.decision)
    note = changed_since(entry, plan) if plan else ""
    return Review(decision=decision, why=entry.why, who=entry.who, on=entry.date, changes=entry.correct, note=note)


def changed_since(entry: LedgerEntry, plan: ReportedPlan) -> str:
    """What citemap reads otherwise than when a person decided on a plan, or ""."""
    found = dict(entry.found)
    now = {"status": plan.status, "when": plan.when or "", "places": place_list(plan)}
    said = [f"{n} {found.get(n) or 'none'} → {now[n] or 'none'}" for n in _SHOWN if found and found.get(n, "") != now[n]]
    return "; ".join(said)


def _decided(toponym: Toponym, entry: LedgerEntry, places: tuple[Place, ...]) -> Toponym:
    by = f"review ledger: {entry.decision}ed" + (f" ({cut(entry.why, 200)})" if entry.why else "")
    if entry.decision == "reject":
        return replace(toponym, place=None, score=0.0, reason=by, where_prec=None, uncertainty_m=None)
    kind = cast(Literal["literal", "metonymic", "demonym", "part-of-name"], dict(entry.correct).get("kind", toponym.mention.kind))
    mention = replace(toponym.mention, kind=kind)
    if not places:
        accepted_none = entry.decision == "accept" and bool(entry.found)
        none = replace(toponym, place=None, score=0.0, where_prec=None, uncertainty_m=None) if accepted_none else toponym
        return replace(none, mention=mention, reason=f"{by}; {toponym.reason}")
    (place,) = places
    if place.id == _id(toponym):
        return replace(toponym, mention=mention, reason=f"{by}; {toponym.reason}")
    prec, radius = place.where_prec, place.uncertainty_m
    if mention.relation or mention.modifier:
        prec, radius = max(prec, 2 if place.extent == "point" else 5), max(radius or 0.0, _NEAR_M)
    reason = f"{place.name}: {by}"
    return replace(toponym, mention=mention, place=place, score=1.0, reason=reason, where_prec=prec, uncertainty_m=radius)


def _corrected(plan: ReportedPlan, changes: dict[str, str], places: tuple[Place, ...]) -> ReportedPlan:
    """The plan with the fields that a person set; its quotes stay."""
    said = {n: "" if v == NONE else v for n, v in changes.items()}
    moved = bool(places) or "places" in changes
    where = tuple(_plan_place(plan, place) for place in places) if moved else plan.places
    new = replace(
        plan,
        status=cast(Status, said.get("status", plan.status)),
        actor=said.get("actor", plan.actor),
        asset=said.get("asset", plan.asset),
        action=said.get("action", plan.action),
        when=(said["when"] or None) if "when" in said else plan.when,
        when_note="corrected in the review ledger" if "when" in said else plan.when_note,
        places=where,
        anchors=tuple(a for a in plan.anchors if a.place.id not in {p.place.id for p in where}) if moved else plan.anchors,
    )
    gaps = (("who", new.actor, "actor" in said), ("place", new.places, moved), ("date", new.when, "when" in said))
    lacks = [w for w in plan.lacks if not any(w == gap and set_ for gap, _, set_ in gaps)]
    lacks += [gap for gap, value, set_ in gaps if set_ and not value]
    return replace(new, lacks=tuple(lacks), summary=said.get("summary") or _summary(plan, new, changes))


def _plan_place(plan: ReportedPlan, place: Place) -> PlanPlace:
    """A corrected place of a plan, in the article's words where these were about it alone."""
    same = next((p for p in (*plan.places, *plan.anchors) if p.place.id == place.id), None)
    if same:
        return replace(same, role="where")
    said = plan.places[0].said if len(plan.places) == 1 else place.name
    return PlanPlace(place=place, said=said, where_prec=place.where_prec, uncertainty_m=place.uncertainty_m)


def _summary(old: ReportedPlan, new: ReportedPlan, changes: dict[str, str]) -> str:
    """The summary with the corrected words in it, or with a note of what is corrected where they cannot be put in."""
    text, noted = old.summary, []
    swaps = {"actor": (old.actor, new.actor), "asset": (old.asset, new.asset)}
    for field in changes:
        before, after = swaps.get(field, ("", ""))
        if before and after and text.count(before) == 1:
            text = text.replace(before, after)
        elif field not in ("lat", "lon", "authority", "name", "uncertainty_m", "country", "place", "places"):
            noted.append(f"{field} {changes[field]}")
    if new.places != old.places:
        noted.append("place " + (", ".join(p.place.name for p in new.places) or "none"))
    return f"{text} [corrected: {'; '.join(noted)}]" if noted else text
