"""An old reading put on articles that changed: what still stands gets its new offsets, what does not is taken off and told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from geo import Gazetteer, Toponym
from sources._anchoring import Anchoring, anchor_quote, pair_articles
from sources._model import Antecedent, Article, Attribution, Conflict, Quote, Reading, ReportedPlan, Review, Skipped, Stale
from sources._quotes import make_quote
from sources._reading import read_plans
from sources._record import quotes_of

_T = TypeVar("_T", Attribution, Antecedent)


def reanchor(reading: Reading, articles: Sequence[Article], gazetteer: Gazetteer) -> Reading:
    """Return an old reading on the articles as they are today: the same plans, with the quotes where they stand now.

    Of an article that is among ``articles`` (known as :func:`pair_articles` knows it) every quote is looked for. One that is exact or has
    moved gets its new offsets, paragraph and context; one that is altered, gone or ambiguous is taken off and is in ``stale``. A plan that
    keeps a quote keeps its key, number and summary, and of places, dates and credit what the quotes that are left say; a plan without one
    leaves ``plans``. Names of places and passed-over sentences of a changed text are read anew; decisions on names that stand in kept
    quotes stay, others are in ``unapplied``. Articles that are not given stay as they were. New plans are not looked for. Reads the
    gazetteer's file, no network.

    >>> from geo import Gazetteer; from sources import read_plans, read_text
    >>> old = read_plans([read_text("Kenya will build a pier at Kilifi.", id="a")], Gazetteer())
    >>> new = reanchor(old, [read_text("At last: news.\\n\\nKenya will build a pier at Kilifi.", id="a")], Gazetteer())
    >>> new.plans[0].quotes[0].start, new.stale
    (16, ())
    """
    paired, _ = pair_articles([article.citation for article in reading.articles], articles)
    today = {key: replace(one, id=key, citation=replace(one.citation, id=key)) for key, one in paired.items()}
    told = dict.fromkeys(quote for plan in (*reading.plans, *reading.rejected) for quote in quotes_of(plan))
    moves = _Moves(today=today, found={q: anchor_quote(q, today[q.article_id].text) for q in told if q.article_id in today})
    plans = [_plan(plan, moves) for plan in reading.plans]
    rejected = [_plan(plan, moves) for plan in reading.rejected]
    stale = [one for plan in (*reading.plans, *reading.rejected) for one in moves.stale_of(plan)]
    names = _names(reading, moves, gazetteer)
    return replace(
        reading,
        articles=tuple(today.get(article.id, article) for article in reading.articles),
        plans=tuple(plan for plan in plans if plan.quotes),
        rejected=tuple(plan for plan in rejected if plan.quotes),
        toponyms=names.toponyms,
        skipped=names.skipped,
        toponym_reviews=names.reviews,
        unapplied=(*reading.unapplied, *names.lost),
        stale=(*reading.stale, *stale),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Moves:
    """The articles of today by their ids, and what became of each quote of theirs."""

    today: Mapping[str, Article]
    found: Mapping[Quote, Anchoring]

    def now(self, quote: Quote) -> Quote | None:
        """Return a quote as it stands today, or None where it does not."""
        found = self.found.get(quote)
        if found is None:
            return quote
        if found.how not in ("exact", "moved"):
            return None
        emphasis = quote.emphasis if found.now == quote.exact else _respaced(quote, found.now)
        return make_quote(self.today[quote.article_id], found.start, found.end, emphasis=emphasis)

    def all_now(self, quotes: Iterable[Quote]) -> tuple[Quote, ...]:
        """Return the quotes that still stand, as they stand today."""
        return tuple(now for quote in quotes if (now := self.now(quote)) is not None)

    def stale_of(self, plan: ReportedPlan) -> list[Stale]:
        """Return the quotes of a plan, not those of its versions alone, that do not stand any more."""
        return [
            Stale(
                key=plan.key,
                number=plan.number,
                summary=plan.summary,
                article_id=quote.article_id,
                exact=quote.exact,
                how=found.how,
                diff=found.diff,
            )
            for quote in plan.quotes
            if (found := self.found.get(quote)) is not None and found.how in ("altered", "gone", "ambiguous")
        ]


def _respaced(quote: Quote, now: str) -> tuple[tuple[int, int], ...]:
    """Return the emphasis of a quote in the same words with other spaces."""
    solid = [k for k, letter in enumerate(now) if not letter.isspace()]
    before = [0]
    for letter in quote.exact:
        before.append(before[-1] + (not letter.isspace()))
    spans = ((before[start], before[end]) for start, end in quote.emphasis if 0 <= start < end <= len(quote.exact))
    return tuple((solid[start], solid[end - 1] + 1) for start, end in spans if start < end <= len(solid))


def _plan(plan: ReportedPlan, moves: _Moves) -> ReportedPlan:
    """Return a plan with its quotes as they stand, and of what it says that which these quotes, or none of the lost ones, say."""
    kept = moves.all_now(plan.quotes)
    lost = [quote for quote in plan.quotes if moves.now(quote) is None]
    if not kept:
        return replace(plan, quotes=())

    def holds(said: str) -> bool:
        return not any(said in quote.exact for quote in lost) or any(said in " ".join(quote.exact.split()) for quote in kept)

    left = {quote.article_id for quote in kept}
    silent = {quote.article_id for quote in lost} - left
    reports = tuple(report for report in plan.reports if report.article_id not in silent)
    credited = {name for report in plan.reports for name in (report.origin, *report.chain)}
    credited -= {name for report in reports for name in (report.origin, *report.chain)}
    dated = holds(plan.when_said)
    return replace(
        plan,
        quotes=kept,
        places=tuple(place for place in plan.places if holds(place.said)),
        anchors=tuple(place for place in plan.anchors if holds(place.said)),
        distances=tuple(distance for distance in plan.distances if holds(distance.said)),
        when=plan.when if dated else None,
        when_said=plan.when_said if dated else "",
        when_note=plan.when_note if dated else "",
        condition=plan.condition if holds(plan.condition) else "",
        attributions=tuple(filter(None, (_along(one, plan, moves) for one in plan.attributions))),
        antecedents=tuple(filter(None, (_along(one, plan, moves) for one in plan.antecedents))),
        origins=tuple(name for name in plan.origins if name not in credited),
        reports=reports,
        conflicts=tuple(filter(None, (_conflict(one, moves) for one in plan.conflicts))),
    )


def _conflict(conflict: Conflict, moves: _Moves) -> Conflict | None:
    """Return what sources tell differently, or None where less than two versions are still told."""
    sides = tuple(replace(side, quotes=now) for side in conflict.sides if (now := moves.all_now(side.quotes)))
    return replace(conflict, sides=sides) if len(sides) > 1 else None


def _along(one: _T, plan: ReportedPlan, moves: _Moves) -> _T | None:
    """Return words of credit, or a pronoun, where they stand today: within the quote around them, or where the same words stand once."""
    for quote in plan.quotes:
        if quote.start <= one.start and one.end <= quote.end and quote.exact.startswith(one.said, one.start - quote.start):
            now = moves.now(quote)
            at = one.start - quote.start if now and now.exact == quote.exact else now.exact.find(one.said) if now else -1
            return replace(one, start=now.start + at, end=now.start + at + len(one.said)) if now and at >= 0 else None
    texts = [moves.today[report.article_id].text for report in plan.reports if report.article_id in moves.today]
    if len(texts) < len(plan.reports) or any(text.startswith(one.said, one.start) for text in texts):
        return one
    spots = [text.find(one.said) for text in texts if text.count(one.said) == 1]
    return replace(one, start=spots[0], end=spots[0] + len(one.said)) if len(spots) == 1 and one.said else None


@dataclass(slots=True, kw_only=True)
class _Names:
    """What is read anew of changed texts, with the decisions on names that go along."""

    toponyms: dict[str, tuple[Toponym, ...]] = field(default_factory=dict)
    skipped: dict[str, tuple[Skipped, ...]] = field(default_factory=dict)
    reviews: dict[str, dict[int, Review]] = field(default_factory=dict)
    lost: list[tuple[str, str]] = field(default_factory=list)


def _names(reading: Reading, moves: _Moves, gazetteer: Gazetteer) -> _Names:
    """Read the names and the passed-over sentences of the texts that changed; of the others they stay."""
    before = {article.id: article.citation.sha256 for article in reading.articles}
    changed = [article for key, article in moves.today.items() if article.citation.sha256 != before[key]]
    fresh = read_plans(changed, gazetteer, min_score=reading.min_score)
    names = _Names(
        toponyms=reading.toponyms | fresh.toponyms,
        skipped=reading.skipped | fresh.skipped,
        reviews={key: dict(held) for key, held in reading.toponym_reviews.items()},
    )
    for article in changed:
        for start, review in names.reviews.pop(article.id, {}).items():
            _take_along(article.id, start, review, reading, moves, names)
    return names


def _take_along(key: str, start: int, review: Review, reading: Reading, moves: _Moves, names: _Names) -> None:
    """Put a decision on a name where the name stands today, within a quote that still stands; else among what applies to nothing."""
    old = next((toponym for toponym in reading.toponyms.get(key, ()) if toponym.mention.start == start), None)
    word = old.mention.text if old else f"{key}, character {start}"
    for quote in (quote for quote in moves.found if quote.article_id == key and quote.start <= start < quote.end):
        now = moves.now(quote)
        if old is None or now is None or now.exact != quote.exact:
            continue
        at = now.start + start - quote.start
        mention = replace(old.mention, start=at, end=at + len(old.mention.text))
        others = [one for one in names.toponyms[key] if one.mention.end <= at or mention.end <= one.mention.start]
        names.toponyms[key] = tuple(sorted((*others, replace(old, mention=mention)), key=lambda one: one.mention.start))
        names.reviews.setdefault(key, {})[at] = review
        return
    names.lost.append((word, f"{review.decision}: {word}"))
