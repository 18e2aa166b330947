"""Articles to a reading: their toponyms and plans, each quote checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from geo import Gazetteer, Toponym, parse
from sources._corroboration import corroborate
from sources._model import Article, Problem, Reading, ReportedPlan, Skipped
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
) -> Reading:
    """Find the toponyms and the reported plans of ``articles`` and join what several of them tell into one plan.

    ``problems`` of reading are passed on. Every quote is checked against its article (:class:`CitationError` where one does not stand).
    ``mentions`` gives, by article id, the only spans that are resolved (see :func:`geo.parse`); ``homes``, by article id, the (lat, lon)
    of where its outlet is at home; below ``min_score`` no place is chosen. Plans are numbered from 1. An article without a plan stays in
    the reading. Reads the gazetteer's file, no network.

    >>> from geo import Gazetteer; from sources import read_text
    >>> reading = read_plans([read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> [(p.status, p.places[0].place.name) for p in reading.plans]
    [('planned', 'Kilifi')]
    """
    read = tuple(articles)
    toponyms: dict[str, tuple[Toponym, ...]] = {}
    plans: list[ReportedPlan] = []
    passed: dict[str, tuple[Skipped, ...]] = {}
    for article in read:
        given = mentions.get(article.id) if mentions else None
        home = homes.get(article.id) if homes else None
        toponyms[article.id] = parse(article.text, gazetteer, mentions=given, home=home, min_score=min_score)
        in_order = tuple(sorted(toponyms[article.id], key=lambda t: t.mention.start))
        extraction = RuleExtractor().extract(article, in_order, gazetteer)
        passed[article.id] = extraction.skipped
        plans.extend(extraction.plans)
    joined, copies = corroborate(read, plans)
    by_id = {a.id: a for a in read}
    for plan in joined:
        for quote in plan.quotes:
            check_quote(by_id[quote.article_id], quote)
    numbered = tuple(replace(p, number=i) for i, p in enumerate(joined, start=1))
    return Reading(
        articles=read, toponyms=toponyms, plans=numbered, skipped=passed, problems=tuple(problems), min_score=min_score, copies=copies
    )
