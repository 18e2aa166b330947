"""One note a plan: all that stands on its card and in its popup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from layers._dates import date_words, when_words
from layers._distances import distances_payload
from layers._evidence import safe_url, source_words
from layers._marks import where_places
from layers._messages import say
from layers._precision import precision_words
from layers._shapes import Bounds
from layers._told import (
    antecedent_words,
    attribution_words,
    chains_payload,
    differ_words,
    origin_words,
    report_words,
    review_words,
)
from sources import PlanPlace, Quote, Reading, ReportedPlan, Side


def place_words(place: PlanPlace) -> str:
    """Name a place as the source writes it, with the gazetteer's name in brackets where that differs.

    >>> from geo import Place
    >>> p = Place(id="x", name="Ryukyu Islands", lat=0, lon=0, feature_code="ISLS", extent="chain")
    >>> place_words(PlanPlace(place=p, said="Nansei Islands"))
    'Nansei Islands (Ryukyu Islands)'
    """
    said = re.sub(r"(?i)^the\s+", "", place.said.strip())
    if not said:
        return place.place.name
    name = place.place.name
    if name.casefold() == said.casefold() or name.casefold().startswith(f"{said.casefold()} ("):
        return name if "(" in name else said
    return f"{said} ({name})"


def plan_payload(reading: Reading, plan: ReportedPlan, kinds: dict[str, Any], view: Bounds, messages: dict[str, str]) -> dict[str, Any]:
    """Return one note. ``kinds`` are those of the marks, by the id of their place."""
    shown = _shown_quotes(plan)
    return {
        "id": plan.id,
        "number": plan.number,
        "summary": plan.summary,
        "status": plan.status,
        "where": [
            {
                "mark": place.place.id if place.place.id in kinds else "",
                "name": place_words(place),
                "precision": precision_words(place, kinds[place.place.id], messages) if place.place.id in kinds else "",
            }
            for place in where_places(plan)
        ],
        "when": when_words(plan, messages),
        "quotes": [quote_payload(reading, quote, messages) for quote in shown],
        "reports": report_words(plan, messages),
        "chains": chains_payload(reading, plan, messages),
        "differ": differ_words(plan, messages),
        "conflicts": [
            {"on": messages[f"conflict.on.{conflict.on}"], "sides": _sides(conflict.sides, shown, messages)} for conflict in plan.conflicts
        ],
        "distances": distances_payload(plan, view, messages),
        "facts": _facts(plan, messages),
        "lacks": list(plan.lacks),
        "review": {"decision": plan.review.decision if plan.review else "", "words": review_words(plan.review, messages)},
        "named": _toponym_reviews(reading, plan, messages),
    }


def _facts(plan: ReportedPlan, messages: dict[str, str]) -> list[list[str]]:
    """Return what a plan hangs on and on whose word it is told, as [what, words]; only what the article says or leaves open."""
    credited = attribution_words(plan.attributions, messages)
    facts = [
        ["negated", messages["negated"] if plan.negated else ""],
        ["condition", say(messages, "condition", what=plan.condition) if plan.condition else ""],
        ["attribution", say(messages, "attribution", who=credited) if credited else ""],
        *(["antecedent", words] for words in dict.fromkeys(antecedent_words(one, messages) for one in plan.antecedents)),
    ]
    return [fact for fact in facts if fact[1]]


def _toponym_reviews(reading: Reading, plan: ReportedPlan, messages: dict[str, str]) -> list[str]:
    """Return what a person decided on names that stand in a plan's quotes, each once."""
    found: dict[str, None] = {}
    for quote in plan.quotes:
        reviews = reading.toponym_reviews.get(quote.article_id)
        if not reviews:
            continue
        text = reading.article(quote.article_id).text
        ends = {toponym.mention.start: toponym.mention.end for toponym in reading.toponyms.get(quote.article_id, ())}
        for start in sorted(reviews):
            if quote.start <= start < quote.end:
                name, review = text[start : ends.get(start, start)], reviews[start]
                found[f"“{name}” {review_words(review, messages)}" if name else review_words(review, messages)] = None
    return list(found)


def _shown_quotes(plan: ReportedPlan) -> list[Quote]:
    """Return the quotes of a plan, then those of the versions that are not among them."""
    spans = {(quote.article_id, quote.start, quote.end) for quote in plan.quotes}
    shown = list(plan.quotes)
    for quote in (quote for conflict in plan.conflicts for side in conflict.sides for quote in side.quotes):
        if (span := (quote.article_id, quote.start, quote.end)) not in spans:
            spans.add(span)
            shown.append(quote)
    return shown


def _sides(sides: tuple[Side, ...], shown: list[Quote], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return the versions of a conflict: words, which of the note's quotes say so, and the origins."""
    at = {(quote.article_id, quote.start, quote.end): index for index, quote in enumerate(shown)}
    return [
        {
            "said": side.said,
            "quotes": [at[quote.article_id, quote.start, quote.end] for quote in side.quotes],
            "origins": origin_words(side, messages),
        }
        for side in sides
    ]


def quote_payload(reading: Reading, quote: Quote, messages: dict[str, str]) -> dict[str, Any]:
    """Return one quote in runs of (text, emphasised?), with its source and its paragraph."""
    citation = reading.article(quote.article_id).citation
    return {
        "runs": _runs(quote),
        "source": source_words(replace(citation, date=date_words(citation.date, messages)) if citation.date else citation),
        "paragraph": quote.paragraph,
        "url": safe_url(quote.url),
        "article": quote.article_id,
    }


def _runs(quote: Quote) -> list[list[Any]]:
    """Cut a quote at its emphasis; spans outside the quote are cut to it, so that the text stays whole."""
    runs: list[list[Any]] = []
    at = 0
    for start, end in sorted(quote.emphasis):
        start, end = max(start, at), min(end, len(quote.exact))
        if start >= end:
            continue
        if start > at:
            runs.append([quote.exact[at:start], 0])
        runs.append([quote.exact[start:end], 1])
        at = end
    if at < len(quote.exact):
        runs.append([quote.exact[at:], 0])
    return runs
