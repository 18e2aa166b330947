"""Articles to a reading: their toponyms and plans, each quote checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geo import Gazetteer, Toponym, parse
from sources._decisions import Decisions
from sources._keys import keyed, keys_of_merged
from sources._ledger import Ledger
from sources._merge import merge
from sources._model import Article, Problem, Reading, ReportedPlan, Review, Skipped
from sources._plans import RuleExtractor
from sources._quotes import check_quote


def read_plans(
    articles: Iterable[Article],
    gazetteer: Gazetteer,
    *,
    problems: Iterable[Problem] = (),
    mentions: Mapping[str, Sequence[tuple[int, int]]] | None = None,
    homes: Mapping[str, tuple[float, float]] | None = None,
    min_score: float = 0.0,
    ledger: Ledger | None = None,
) -> Reading:
    """Find the toponyms and the reported plans of ``articles`` and join what several of them tell into one plan.

    ``problems`` of reading are passed on. Every quote is checked against its article (:class:`CitationError` where one does not stand).
    ``mentions`` gives, by article id, the only spans that are resolved (see :func:`geo.parse`); ``homes``, by article id, the (lat, lon)
    of where its outlet is at home; below ``min_score`` no place is chosen. The decisions of ``ledger`` are obeyed: what it rejects is in
    ``rejected``, what applies to nothing in ``unapplied``; :class:`LedgerError` is raised where two decisions on one plan disagree, or a
    place is not in the gazetteer. Plans are numbered from 1. An article without a plan stays in the reading. Reads the gazetteer's file,
    no network.

    >>> from geo import Gazetteer; from sources import read_text
    >>> reading = read_plans([read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> [(p.status, p.places[0].place.name) for p in reading.plans]
    [('planned', 'Kilifi')]
    """
    read = tuple(articles)
    decisions = Decisions(ledger, gazetteer)
    reviews: dict[str, dict[int, Review]] = {}
    toponyms: dict[str, tuple[Toponym, ...]] = {}
    plans: list[ReportedPlan] = []
    passed: dict[str, tuple[Skipped, ...]] = {}
    for article in read:
        given = mentions.get(article.id) if mentions else None
        home = homes.get(article.id) if homes else None
        parsed = parse(article.text, gazetteer, mentions=given, home=home, min_score=min_score)
        toponyms[article.id], decided = decisions.on_toponyms(article, parsed)
        if decided:
            reviews[article.id] = decided
        named = (t for t in toponyms[article.id] if t.mention.start not in decided or decided[t.mention.start].decision != "reject")
        in_order = tuple(sorted(named, key=lambda t: t.mention.start))
        extraction = RuleExtractor().extract(article, in_order, gazetteer)
        passed[article.id] = extraction.skipped
        plans.extend(keyed(extraction.plans))
    joined = keys_of_merged(merge(plans), plans) if len(read) > 1 else plans
    by_id = {a.id: a for a in read}
    for plan in joined:
        for quote in plan.quotes:
            check_quote(by_id[quote.article_id], quote)
    kept, rejected = decisions.on_plans(joined)
    return Reading(
        articles=read,
        toponyms=toponyms,
        plans=tuple(replace(p, number=i) for i, p in enumerate(kept, start=1)),
        skipped=passed,
        problems=tuple(problems),
        min_score=min_score,
        rejected=rejected,
        toponym_reviews=reviews,
        unapplied=decisions.unapplied(),
    )
