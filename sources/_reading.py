"""Articles to a reading: their toponyms and plans, each quote checked, tellings joined, and a person's decisions obeyed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from geo import Gazetteer, Toponym, parse
from sources._corroboration import corroborate
from sources._decisions import Decisions
from sources._errors import ArticleError, CitationError
from sources._extractor import Extraction, PlanExtractor
from sources._guarded import Guard, in_guard
from sources._keys import keyed, keys_of_merged
from sources._ledger import Ledger
from sources._model import STATUSES, Article, Copy, Problem, Reading, ReportedPlan, Review, Skipped
from sources._plans import RuleExtractor
from sources._quotes import check_quote
from sources._sentences import tokens_of

_COMPARED = 100
"""Articles that may take the time of one when they are compared; 10,000 take 40 s."""


def read_plans(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    *,
    problems: Iterable[Problem] = (),
    mentions: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    homes: Mapping[str, tuple[float, float]] | None = None,
    min_score: float = 0.0,
    ledger: Ledger | None = None,
    extractor: PlanExtractor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    guard: Guard | None = None,
) -> Reading:
    """Find the toponyms and the reported plans of ``articles`` and join what several of them tell into one plan.

    ``problems`` of reading are passed on. ``mentions`` gives, by article id, the only spans that are resolved (see :func:`geo.parse`);
    ``homes``, by article id, the (lat, lon) of where its outlet is at home; below ``min_score`` no place is chosen. ``extractor`` finds the
    plans (None: the built-in rules). ``progress`` is told what is done, how many articles of how many. Every quote is checked against its
    article; a plan with one that does not stand there is left out with a problem, and so is all of an article on which the extractor fails.
    With a ``guard`` places and plans are found in its process (a plugged-in extractor runs in this one); an article that breaks a limit
    stays in the reading with a problem, without places and plans. The decisions of ``ledger`` are obeyed: what it rejects is in
    ``rejected``, what applies to nothing in ``unapplied``.
    :class:`ArticleError` is raised where two articles have one id, :class:`LedgerError` where two decisions on one plan disagree or a place
    is not in the gazetteer. Plans are numbered from 1. An article without a plan stays in the reading. Reads the gazetteer's file, no
    network.

    >>> from geo import Gazetteer; from sources import read_text
    >>> reading = read_plans([read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> [(p.status, p.places[0].place.name) for p in reading.plans]
    [('planned', 'Kilifi')]
    """
    read = _told_apart(articles)
    rules = extractor or RuleExtractor()
    decisions = Decisions(ledger, gazetteer)
    reviews: dict[str, dict[int, Review]] = {}
    toponyms: dict[str, tuple[Toponym, ...]] = {}
    plans: list[ReportedPlan] = []
    passed: dict[str, tuple[Skipped, ...]] = {}
    met = list(problems)
    broken: set[str] = set()
    for number, article in enumerate(read):
        if progress is not None:
            progress("reading articles", number, len(read))
        given = mentions.get(article.id) if mentions else None
        home = homes.get(article.id) if homes else None
        found = in_guard(guard, gazetteer, article.id, _find, article, given, home, min_score, isinstance(rules, RuleExtractor))
        if isinstance(found, Problem):
            met.append(_without_plans(found))
            broken.add(article.id)
            continue
        parsed, extraction = found
        toponyms[article.id], decided = decisions.on_toponyms(article, parsed)
        if decided:
            reviews[article.id] = decided
        if decided or extraction is None:
            named = (t for t in toponyms[article.id] if t.mention.start not in decided or decided[t.mention.start].decision != "reject")
            extraction = _extract(rules, article, _in_order(named), gazetteer, guard)
        met += [extraction.problem] if extraction.problem else []
        passed[article.id] = extraction.skipped
        plans.extend(keyed(_checked(article, extraction, met)))
    if progress is not None:
        progress("comparing plans", len(read), len(read))
    joined, copies = _compared(tuple(a for a in read if a.id not in broken), plans, met, guard)
    kept, rejected = decisions.on_plans(keys_of_merged(joined, plans))
    return Reading(
        articles=read,
        toponyms=toponyms,
        plans=tuple(replace(p, number=i) for i, p in enumerate(kept, start=1)),
        skipped=passed,
        problems=tuple(met),
        min_score=min_score,
        copies=copies,
        rejected=rejected,
        toponym_reviews=reviews,
        unapplied=decisions.unapplied(),
    )


def _told_apart(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The articles, whose ids must differ: quotes, places and reports are kept by them."""
    read = tuple(articles)
    seen: set[str] = set()
    for article in read:
        if article.id in seen:
            raise ArticleError(
                article.id, "two articles have this id", "give each its own, as in sources.read_text(text, id=…)", code="same-id"
            )
        seen.add(article.id)
    return read


def _find(
    gazetteer: Gazetteer,
    article: Article,
    mentions: Sequence[tuple[int, int]] | None,
    home: tuple[float, float] | None,
    min_score: float,
    plans: bool,
) -> tuple[tuple[Toponym, ...], Extraction | None]:
    """The places of one article and, with ``plans``, what the built-in rules find in it as long as nobody decided otherwise."""
    found = parse(article.text, gazetteer, mentions=mentions, home=home, min_score=min_score, tokens=tokens_of(article.text))
    return found, _by_rules(gazetteer, article, _in_order(found)) if plans else None


def _by_rules(gazetteer: Gazetteer, article: Article, toponyms: tuple[Toponym, ...]) -> Extraction:
    return RuleExtractor().extract(article, toponyms, gazetteer)


def _compared(
    articles: tuple[Article, ...], plans: list[ReportedPlan], problems: list[Problem], guard: Guard | None
) -> tuple[tuple[ReportedPlan, ...], tuple[Copy, ...]]:
    """Plans as all articles tell them; where comparing breaks a limit, each article by itself, without the one that breaks it again."""
    if guard is None:
        joined, copies = corroborate(articles, plans)
        return tuple(joined), copies
    found = guard.run("all articles", corroborate, articles, plans, seconds=guard.limits.seconds * (1 + len(articles) / _COMPARED))
    if not isinstance(found, Problem):
        joined, copies = found
        return joined, copies
    problems.append(replace(found, rule=f"comparing what they tell: {found.rule}, so that each stands by itself", left_out=False))
    alone: list[ReportedPlan] = []
    for article in articles:
        own = guard.run(article.id, corroborate, (article,), [p for p in plans if p.quotes[0].article_id == article.id])
        if isinstance(own, Problem):
            problems.append(replace(own, rule=f"{own.rule}, so that its plans are left out"))
        else:
            alone += own[0]
    return tuple(alone), ()


def _in_order(toponyms: Iterable[Toponym]) -> tuple[Toponym, ...]:
    return tuple(sorted(toponyms, key=lambda t: t.mention.start))


def _without_plans(problem: Problem) -> Problem:
    return replace(problem, rule=f"{problem.rule}, so that its places and plans are left out")


def _extract(
    extractor: PlanExtractor, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer, guard: Guard | None
) -> Extraction:
    """What the extractor finds in one article; where a plugged-in one fails, nothing and a problem, so that the others are read."""
    if isinstance(extractor, RuleExtractor):
        found = in_guard(guard, gazetteer, article.id, _by_rules, article, toponyms)
        return Extraction(problem=_without_plans(found)) if isinstance(found, Problem) else found
    try:
        return extractor.extract(article, toponyms, gazetteer)
    except Exception as error:
        rule = f"{type(extractor).__name__} failed on it ({type(error).__name__}: {error})"
        return Extraction(
            problem=Problem(
                name=article.id, rule=rule, next_step="mend the extractor; the other articles are read", code="extractor-failed"
            )
        )


def _checked(article: Article, extraction: Extraction, problems: list[Problem]) -> Iterator[ReportedPlan]:
    """The plans whose quotes stand in the article and whose status is one; what does not hold is added to ``problems``."""
    for number, plan in enumerate(extraction.plans, start=1):
        rule = ""
        if not plan.quotes:
            rule = "it has no quote"
        elif plan.status not in STATUSES:
            rule = f"its status {plan.status!r} is none of {', '.join(STATUSES)}"
        try:
            for quote in plan.quotes:
                check_quote(article, quote)
        except CitationError as error:
            rule = str(error)
        if rule:
            name = f"{article.id}: the plan {plan.summary or number!r}"
            problems.append(
                Problem(
                    name=name,
                    rule=rule,
                    next_step="quote the article word for word at its offsets; the plan is left out",
                    code="plan-not-taken",
                )
            )
        else:
            yield plan if plan.id else replace(plan, id=f"{article.id}-{number}", number=number)
