"""What a notebook shows of plans, articles and readings, as plain data for the templates: words, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from geo import Toponym
from layers._dates import date_words, when_words
from layers._distances import distance_words
from layers._evidence import safe_url
from layers._marks import REGION_CODES, make_marks, where_places
from layers._messages import joined, quoted, say
from layers._notes import place_words, shown_quotes
from layers._passages import Passages
from layers._place_names import PlaceNames
from layers._precision import precision_words
from layers._protocols import Gazetteer
from layers._rules import article_language, said_again
from layers._told import attribution_words, chain_text, conflict_text, report_words, review_words
from layers._unmapped import unmapped_payload
from layers.notebook._ink import KINDS, STYLES, inks_of, tint_of
from layers.notebook._mentions import pieces_of
from sources import Article, Quote, Reading, ReportedPlan

AT_ONCE, MOST = 12, 200
"""Plans of a reading that are shown at once, and those that may be unfolded; more make a notebook heavy."""


def words_for(names: PlaceNames) -> dict[str, Any]:
    """Return what every template needs: styles, words and the way to fill them.

    >>> from layers._messages import load_messages
    >>> words_for(PlaceNames(None, load_messages()))["say"]("unplaced")
    'not on the map'
    """
    messages = names.messages
    return {
        "s": STYLES,
        "kinds": KINDS,
        "say": lambda key, **values: say(messages, key, **values),
        "inks": inks_of,
        "tint": tint_of,
        "language": names.language,
    }


def source_line(article: Article | None, messages: dict[str, str], article_id: str = "") -> str:
    """Name publisher, title and date of an article, and what is not stated; its id alone where the article is not at hand."""
    if article is None:
        return article_id
    record = article.citation
    date = date_words(record.date, messages) or messages["date.none"]
    parts = (record.publisher or messages["publisher.none"], quoted(messages, record.title), date)
    return messages["joint.source"].join(parts)


def runs_of(quote: Quote) -> list[tuple[str, bool]]:
    """Cut a quote where its emphasis begins and ends: (words, whether they carry the plan).

    >>> runs_of(Quote(article_id="a", exact="It will open.", start=0, end=13, emphasis=((3, 12),)))
    [('It ', False), ('will open', True), ('.', False)]
    """
    cuts = sorted({0, len(quote.exact), *(min(max(at, 0), len(quote.exact)) for span in quote.emphasis for at in span)})
    return [(quote.exact[low:high], any(first <= low and high <= last for first, last in quote.emphasis)) for low, high in pairwise(cuts)]


def plan_view(
    reading: Reading | None, plan: ReportedPlan, kinds: Mapping[str, Any] | None, reasons: Mapping[str, str], names: PlaceNames
) -> dict[str, Any]:
    """Return one plan as its card says it.

    ``kinds`` are those of the marks by the id of their place (None: nobody asked for marks, and a place is what the gazetteer calls it);
    ``reasons`` say by a plan's id why it is not on the map.
    """
    messages = names.messages
    where = [
        {"name": place_words(said, names), "precision": precision_words(said, kind, messages) if kind else messages["unplaced"]}
        for said in where_places(plan)
        for kind in [_kind(said.place.id, said.place.extent, said.place.feature_code, kinds)]
    ]
    return {
        "number": plan.number,
        "summary": plan.summary,
        "status": plan.status,
        "status_words": messages[f"status.{plan.status}"],
        "where": where,
        "unplaced": "" if where else _unplaced(plan, reasons, messages),
        "when": when_words(plan, messages) or messages["date.none"],
        "quotes": [_quote_view(reading, quote, messages) for quote in shown_quotes(plan)],
        "lang": article_language(reading, plan.quotes[0].article_id) if reading and plan.quotes else "en",
        "reports": report_words(plan, messages),
        "chain": chain_text(reading, plan, messages) if reading and any(len(r.chain) > 1 for r in plan.reports) else "",
        "conflicts": [conflict_text(conflict, messages) for conflict in plan.conflicts],
        "distances": [distance_words(distance, messages) for distance in plan.distances],
        "condition": say(messages, "condition", what=plan.condition) if plan.condition else "",
        "negated": messages["negated"] if plan.negated else "",
        "attribution": say(messages, "attribution", who=who) if (who := attribution_words(plan.attributions, messages)) else "",
        "review": review_words(plan.review, messages, {said.place.id: names.shown(said.place) for said in (*plan.places, *plan.anchors)}),
    }


def _kind(place_id: str, extent: str, code: str, kinds: Mapping[str, Any] | None) -> Any:
    if kinds is not None:
        return kinds.get(place_id)
    return "region" if code in REGION_CODES and extent != "point" else extent


def _unplaced(plan: ReportedPlan, reasons: Mapping[str, str], messages: dict[str, str]) -> str:
    reason = reasons.get(plan.id) or messages["reason.only-anchors" if plan.anchors else "reason.no-place"]
    return say(messages, "unplaced.why", reason=reason)


def _quote_view(reading: Reading | None, quote: Quote, messages: dict[str, str]) -> dict[str, Any]:
    article = next((a for a in reading.articles if a.id == quote.article_id), None) if reading else None
    return {
        "runs": runs_of(quote),
        "source": source_line(article, messages, quote.article_id),
        "paragraph": say(messages, "paragraph", n=quote.paragraph),
        "url": safe_url(quote.url),
    }


def reading_view(reading: Reading, gazetteer: Gazetteer, names: PlaceNames) -> dict[str, Any]:
    """Return a reading as its summary says it: articles, plans, what was left out and why."""
    messages = names.messages
    marks, unmapped = make_marks(reading, gazetteer)
    kinds = {mark.place.id: mark.kind for mark in marks}
    left = unmapped_payload(reading, marks, unmapped, [], Passages({a.id: a for a in reading.articles}, _all_quotes(reading)), names)
    reasons = {row["id"]: row["reason"] for row in left["plans"]}
    drawn = len({plan.id for mark in marks for plan, _ in mark.plans})
    shown = sorted(reading.plans, key=lambda plan: plan.number)[:MOST]
    views = [plan_view(reading, plan, kinds, reasons, names) for plan in shown]
    plans, articles = say(messages, "plans", n=len(reading.plans)), say(messages, "articles", n=len(reading.articles))
    return {
        "head": joined(messages, (articles, plans)),
        "drawn": say(messages, "notebook.drawn", drawn=drawn, all=len(reading.plans)) if reading.plans else messages["plans.empty"],
        "articles": [source_line(article, messages) for article in reading.articles[:AT_ONCE]],
        "articles_more": max(len(reading.articles) - AT_ONCE, 0),
        "plans": views[:AT_ONCE],
        "folded": views[AT_ONCE:],
        "beyond": max(len(reading.plans) - MOST, 0),
        "left": _left(left, messages),
    }


def _all_quotes(reading: Reading) -> list[Quote]:
    return [quote for plan in (*reading.plans, *reading.rejected) for quote in shown_quotes(plan)]


def _left(left: Mapping[str, Any], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return what was left out, in groups: heading, how many, and (what, why) of the first ones."""
    groups = (
        ("problems", [(row["name"], messages["joint.wide"].join((row["rule"], row["next"]))) for row in left["problems"]]),
        ("unapplied", [(row["name"], row["reason"]) for row in left["unapplied"]]),
        ("rejected", [(row["name"], row["reason"]) for row in left["rejected"]]),
        ("stale", [(row["name"], row["reason"]) for row in left["stale"]]),
        ("skipped", [(quoted(messages, row["words"]), row["reason"]) for row in left["skipped"]]),
        ("places", [(row["name"], row["reason"]) for row in left["names"]]),
    )
    return [
        {"head": messages[f"unmapped.{key}"], "count": len(rows), "rows": rows[:40], "more": max(len(rows) - 40, 0)}
        for key, rows in groups
        if rows
    ]


def article_view(
    article: Article, toponyms: Sequence[Toponym], plans: Sequence[ReportedPlan], alone: bool, names: PlaceNames, language: str = "en"
) -> dict[str, Any]:
    """Return an article as it is shown: its text in pieces, what the names in it are, which plans it tells."""
    messages = names.messages
    told = [plan for plan in plans if any(quote.article_id == article.id for quote in plan.quotes)]
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    for toponym in toponyms:
        place = names.shown(toponym.place) if toponym.place else ""
        row = found.setdefault(
            (toponym.mention.text, toponym.mention.kind, place),
            {
                "text": toponym.mention.text,
                "kind": toponym.mention.kind,
                "place": place or messages["notebook.nothing"],
                "score": f"{toponym.score:.2f}" if toponym.place else "",
                "reason": said_again(toponym.reason, messages),
                "times": 0,
            },
        )
        row["times"] += 1
    kinds = [kind for kind in KINDS if any(row["kind"] == kind for row in found.values())]
    return {
        "title": article.citation.title,
        "first_line": article.citation.title_is_first_line,
        "by": joined(
            messages,
            (
                article.citation.publisher or messages["publisher.none"],
                date_words(article.citation.date, messages) or messages["date.none"],
            ),
        ),
        "digest": say(messages, "source.digest", what=article.citation.digest_of) if article.citation.digest_of else "",
        "url": safe_url(article.citation.url),
        "lang": language,
        "paragraphs": pieces_of(article, toponyms, told),
        "legend": [(kind, messages["notebook.literal"] if kind == "literal" else messages[f"reason.{kind}"]) for kind in kinds],
        "plans": told,
        "names": list(found.values()),
        "named": say(messages, "notebook.names", n=len(found)),
        "alone": messages["notebook.alone"] if alone else "",
    }
