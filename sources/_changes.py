"""Two readings compared: which plans are new, gone or changed, in what, and what became of their sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from sources._anchoring import ALIKE, pair_articles, word_diff
from sources._keys import plain_words, thing_word
from sources._ledger import LedgerEntry
from sources._matching import PlanIndex, find_plans, place_list
from sources._model import Article, PlanPlace, Quote, Reading, ReportedPlan

What = Literal[
    "status", "place", "precision", "date", "actor", "thing", "condition", "summary", "source", "origin", "quote", "review"
]  # fmt: skip
ChangeKind = Literal["new", "gone", "changed", "same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing in which a plan changed.

    ``what`` it is, ``old`` and ``new`` as they were told before and are now, "" where something came or went. Of a ``quote`` that was
    re-worded, ``diff`` says how, word by word. ``places`` are the two places of a ``precision``, else empty.

    >>> Difference(what="status", old="planned", new="under way").diff
    ''
    """

    what: What
    old: str
    new: str
    diff: str = ""
    places: tuple[PlanPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChange:
    """What became of one plan: ``old`` is None where it is new, ``new`` where it is gone; ``differences`` say in what it changed.

    ``joined`` is the number, in the new reading, of the plan that a gone one is told as part of, or 0.

    >>> PlanChange(kind="same", old=None, new=None).differences
    ()
    """

    kind: ChangeKind
    old: ReportedPlan | None
    new: ReportedPlan | None
    differences: tuple[Difference, ...] = ()
    joined: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChanges:
    """What changed from one reading to another: the plans, new ones first by their numbers, gone ones last; and the articles.

    ``added``, ``lost`` and ``changed`` are articles by name: ``changed`` ones have another text.

    >>> ReadingChanges(plans=()).any
    False
    """

    plans: tuple[PlanChange, ...]
    added: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.lost or self.changed or any(plan.kind != "same" for plan in self.plans))

    def of_kind(self, kind: ChangeKind) -> tuple[PlanChange, ...]:
        """Return the plans of which one thing is to be told: new, gone, changed or same."""
        return tuple(plan for plan in self.plans if plan.kind == kind)


def compare_readings(old: Reading, new: Reading) -> ReadingChanges:
    """Compare two readings, as published maps carry them: plans new, gone and changed, articles added, lost and changed.

    A plan is known again by its keys, else by its sentence and thing, else by a quote of the same article that is much like one of its own
    and of the same thing. Pure: order and numbers of plans change nothing by themselves.

    >>> from geo import Gazetteer; from sources import read_plans, read_text
    >>> old = read_plans([read_text("Kenya will build a pier at Kilifi.", id="a")], Gazetteer())
    >>> new = read_plans([read_text("Kenya is building a pier at Kilifi.", id="a")], Gazetteer())
    >>> [(d.what, d.old, d.new) for d in compare_readings(old, new).plans[0].differences][:1]
    [('status', 'planned', 'under way')]
    """
    names = _paired_names(old, new)
    pairs = _pairs(old, new, names)
    taken = {id(plan) for _, plan in pairs}
    partner = {id(before): after for before, after in pairs}
    changes = []
    for before, after in sorted(pairs, key=lambda pair: pair[1].number):
        found = tuple(_differences(before, after, old, new, names))
        changes.append(PlanChange(kind="changed" if found else "same", old=before, new=after, differences=found))
    come = [PlanChange(kind="new", old=None, new=plan) for plan in new.plans if id(plan) not in taken]
    gone = [PlanChange(kind="gone", old=plan, new=None, joined=_joined(plan, new)) for plan in old.plans if id(plan) not in partner]
    there = {article.id: article for article in new.articles}
    known = {key: there[other] for key, other in names.items()}
    return ReadingChanges(
        plans=(*come, *changes, *gone),
        added=tuple(_name(a) for a in new.articles if a.id not in names.values()),
        lost=tuple(_name(a) for a in old.articles if a.id not in names),
        changed=tuple(_name(a) for a in old.articles if a.id in known and known[a.id].citation.sha256 != a.citation.sha256),
    )


def _paired_names(old: Reading, new: Reading) -> dict[str, str]:
    """Return, by the id of each old article, that of the new one that it is."""
    paired, _ = pair_articles([article.citation for article in old.articles], new.articles)
    return {key: article.id for key, article in paired.items()}


def _name(article: Article) -> str:
    """Name an article by publisher and title, or by its file."""
    citation = article.citation
    words = ", ".join(filter(None, (citation.publisher, f"“{citation.title}”" if citation.title else "", citation.date)))
    return words if citation.publisher or not citation.file else f"{citation.file}: {words}"


def _pairs(old: Reading, new: Reading, names: Mapping[str, str]) -> list[tuple[ReportedPlan, ReportedPlan]]:
    """Pair old and new plans, each once: by key, then by what the key was made of, then by likeness."""
    pairs: list[tuple[ReportedPlan, ReportedPlan]] = []
    left_old, left_new = list(old.plans), list(new.plans)

    def pair(before: ReportedPlan, after: ReportedPlan) -> None:
        pairs.append((before, after))
        left_old.remove(before)
        left_new.remove(after)

    for rule in (lambda a, b: a.key == b.key, lambda a, b: bool({*a.keys} & {*b.keys})):
        for before in list(left_old):
            fit = [after for after in left_new if after.key and rule(before, after)]
            if fit:
                pair(before, min(fit, key=lambda after: -len({*before.keys} & {*after.keys})))
    found = find_plans([_entry(plan) for plan in left_old if plan.key], PlanIndex(left_new)) if left_new else {}
    at = list(left_new)
    for before in list(left_old):
        hits = [at[k] for k in found.get(before.key, ([], ""))[0]]
        if len(hits) == 1 and hits[0] in left_new:
            pair(before, hits[0])
    scored = [(_likeness(a, b, names), a, b) for a in left_old for b in left_new]
    for score, before, after in sorted(scored, key=lambda one: (-one[0], one[1].number, one[2].number)):
        if score >= ALIKE and before in left_old and after in left_new:
            pair(before, after)
    return pairs


def _entry(plan: ReportedPlan) -> LedgerEntry:
    """Return a plan as an entry of a ledger would remember it."""
    found = (("also", " ".join(plan.keys)), ("places", place_list(plan)), ("quote", plan.quotes[0].exact if plan.quotes else ""))
    return LedgerEntry(key=plan.key, found=found)


def _likeness(before: ReportedPlan, after: ReportedPlan, names: Mapping[str, str]) -> float:
    """Return how alike two plans are told: the likest two quotes of one article, less where the thing is another one."""
    quotes = [(one, other) for one in before.quotes for other in after.quotes if names.get(one.article_id) == other.article_id]
    same = bool(before.asset) and thing_word(before.asset) == thing_word(after.asset)
    best = max((_alike(one.exact, other.exact) for one, other in quotes), default=0.0)
    return best if same else best * 0.7


def _alike(one: str, other: str) -> float:
    a, b = plain_words(one)[:400], plain_words(other)[:400]
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def _joined(plan: ReportedPlan, new: Reading) -> int:
    """Return the number of the plan of the new reading that has a key of an old one, or 0."""
    return next((other.number for other in new.plans if {*plan.keys} & {*other.keys}), 0)


def _differences(before: ReportedPlan, after: ReportedPlan, old: Reading, new: Reading, names: Mapping[str, str]) -> Iterator[Difference]:
    """Yield in what a plan changed, the weightiest first."""
    if before.status != after.status:
        yield Difference(what="status", old=before.status, new=after.status)
    yield from _of_places(before, after)
    if (before.when, before.when_said) != (after.when, after.when_said):
        yield Difference(what="date", old=before.when or before.when_said, new=after.when or after.when_said)
    for what, one, other in (
        ("actor", before.actor, after.actor),
        ("thing", before.asset, after.asset),
        ("condition", before.condition, after.condition),
        ("summary", before.summary, after.summary),
        ("review", before.review.decision if before.review else "", after.review.decision if after.review else ""),
    ):
        if one != other:
            yield Difference(what=what, old=one, new=other)  # type: ignore[arg-type]
    yield from _of_sources(before, after, old, new, names)


def _of_places(before: ReportedPlan, after: ReportedPlan) -> Iterator[Difference]:
    """Yield the places that came and went, and those of one name that are told more or less precisely: the town, or its county."""
    one, other = ({p.place.id: p for p in plan.places if p.role == "where"} for plan in (before, after))
    lost = [p for key, p in one.items() if key not in other]
    come = [p for key, p in other.items() if key not in one]
    pairs = [(one[key], other[key]) for key in one if key in other]
    for old in list(lost):
        namesake = next((new for new in come if new.place.name == old.place.name), None)
        if namesake is not None:
            pairs.append((old, namesake))
            lost.remove(old)
            come.remove(namesake)
    if lost or come:
        yield Difference(what="place", old=", ".join(p.place.name for p in lost), new=", ".join(p.place.name for p in come))
    for old, new in pairs:
        if (old.place.id, old.where_prec, old.uncertainty_m, old.modifier) != (
            new.place.id,
            new.where_prec,
            new.uncertainty_m,
            new.modifier,
        ):
            yield Difference(what="precision", old=old.said, new=new.said, places=(old, new))


def _of_sources(before: ReportedPlan, after: ReportedPlan, old: Reading, new: Reading, names: Mapping[str, str]) -> Iterator[Difference]:
    """Yield the articles and origins that came and went, and the quotes of the same articles that have other words."""
    articles = {article.id: article for article in new.articles}
    olds = {article.id: article for article in old.articles}
    told, tells = _tellers(before), _tellers(after)
    now = {names.get(key, key) for key in told if key in names}
    yield from (Difference(what="source", old="", new=_name(articles[key])) for key in tells if key not in now and key in articles)
    yield from (Difference(what="source", old=_name(olds[key]), new="") for key in told if names.get(key) not in tells and key in olds)
    yield from (Difference(what="origin", old="", new=name) for name in after.origins if name not in before.origins)
    yield from (Difference(what="origin", old=name, new="") for name in before.origins if name not in after.origins)
    for key in (key for key in told if names.get(key) in tells):
        yield from _of_quotes([q for q in before.quotes if q.article_id == key], [q for q in after.quotes if q.article_id == names[key]])


def _tellers(plan: ReportedPlan) -> list[str]:
    return list(dict.fromkeys([*(report.article_id for report in plan.reports), *(quote.article_id for quote in plan.quotes)]))


def _of_quotes(before: Sequence[Quote], after: Sequence[Quote]) -> Iterator[Difference]:
    """Yield what became of the quotes of one article: re-worded, new and gone."""
    words = [[" ".join(quote.exact.split()) for quote in quotes] for quotes in (before, after)]
    lost, come = [w for w in words[0] if w not in words[1]], [w for w in words[1] if w not in words[0]]
    for old in list(lost):
        likest = max(come, key=lambda new, old=old: _alike(old, new), default=None)  # type: ignore[misc]
        if likest is not None and _alike(old, likest) >= ALIKE:
            yield Difference(what="quote", old=old, new=likest, diff=word_diff(old, likest))
            lost.remove(old)
            come.remove(likest)
    yield from (Difference(what="quote", old=old, new="") for old in lost)
    yield from (Difference(what="quote", old="", new=new) for new in come)


def reading_of_both(old: Reading, new: Reading, changes: ReadingChanges) -> tuple[Reading, dict[str, PlanChange]]:
    """Return the new reading with the gone plans behind its own, numbered on, and the change of each plan by its id there.

    A gone plan's quotes stand in the new reading's article where that has the same text; else the old article is added under an id of
    its own. Pure.

    >>> reading_of_both(Reading(articles=()), Reading(articles=()), ReadingChanges(plans=()))[1]
    {}
    """
    same = {a.citation.sha256: a.id for a in new.articles}
    ids: dict[str, str] = {}
    added: list[Article] = []
    taken = {article.id for article in new.articles} | {article.id for article in old.articles}
    used = {key for one in changes.of_kind("gone") if one.old for key in _tellers(one.old)}
    used |= {side.article_id for one in changes.of_kind("gone") if one.old for c in one.old.conflicts for s in c.sides for side in s.quotes}
    for article in (article for article in old.articles if article.id in used):
        if article.citation.sha256 in same:
            ids[article.id] = same[article.citation.sha256]
            continue
        key = f"{article.id}-before"
        while key in taken:
            key += "-"
        taken.add(key)
        ids[article.id] = key
        added.append(replace(article, id=key, citation=replace(article.citation, id=key)))
    by_id = {one.new.id: one for one in changes.plans if one.new is not None}
    plans, number = list(new.plans), max((plan.number for plan in new.plans), default=0)
    for one in changes.of_kind("gone"):
        if one.old is None:
            continue
        number += 1
        plan = replace(_renamed(one.old, ids), id=f"gone-{number}-{one.old.id}", number=number)
        plans.append(plan)
        by_id[plan.id] = one
    return replace(new, articles=(*new.articles, *added), plans=tuple(plans)), by_id


def _renamed(plan: ReportedPlan, ids: Mapping[str, str]) -> ReportedPlan:
    """Return a plan whose quotes and reports are of articles with other ids."""

    def moved(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        return tuple(replace(quote, article_id=ids.get(quote.article_id, quote.article_id)) for quote in quotes)

    sides = [replace(c, sides=tuple(replace(side, quotes=moved(side.quotes)) for side in c.sides)) for c in plan.conflicts]
    reports = [replace(r, article_id=ids.get(r.article_id, r.article_id), copy_of=ids.get(r.copy_of, "")) for r in plan.reports]
    return replace(plan, quotes=moved(plan.quotes), conflicts=tuple(sides), reports=tuple(reports))
