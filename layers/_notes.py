"""One note a plan: all that stands on its card and in its popup."""

from __future__ import annotations

import re
from typing import Any

from layers._dates import when_words
from layers._distances import distances_payload
from layers._evidence import safe_url
from layers._marks import where_places
from layers._messages import load_messages, quoted, say
from layers._passages import Passages, code_units
from layers._place_names import PlaceNames
from layers._precision import precision_words
from layers._shapes import Bounds
from layers._stale import stale_fact
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

_POINTING = re.compile(r"(?i)(?:this|that|these|those|its|their|his|her)\s")
"""Words that begin what is no name; what is all in small letters is none either, in scripts that have capitals."""

_DIFFER = re.compile(r" \(sources differ on [^()]*\)$")
"""What a summary says in the files, and the card by its sign and its versions."""


def place_words(place: PlanPlace, names: PlaceNames | None = None) -> str:
    """Name a place as the source writes it, with the gazetteer's name in brackets where that differs.

    ``names`` are those of the interface's language; None means the names as they are.

    >>> from geo import Place
    >>> p = Place(id="x", name="Ryukyu Islands", lat=0, lon=0, feature_code="ISLS", extent="chain")
    >>> place_words(PlanPlace(place=p, said="Nansei Islands")), place_words(PlanPlace(place=p, said="these islands"))
    ('Nansei Islands (Ryukyu Islands)', 'Ryukyu Islands (“these islands”)')
    """
    said = re.sub(r"(?i)^the\s+", "", place.said.strip())
    name = place.place.name
    messages = names.messages if names else load_messages()
    shown = names.shown(place.place) if names else name
    if not said:
        return shown
    if said.islower() or _POINTING.match(said):
        return (
            shown if said.casefold() in name.casefold() else say(messages, "noted", words=shown, notes=quoted(messages, place.said.strip()))
        )
    if shown != name:
        return shown if said.casefold() == shown.casefold() else say(messages, "noted", words=said, notes=shown)
    if name.casefold() == said.casefold() or name.casefold().startswith(f"{said.casefold()} ("):
        return name if "(" in name else said
    return f"{said} ({name})"


def shown_summary(plan: ReportedPlan) -> str:
    """Return the summary of a plan as its card has it, which says by a sign that sources differ.

    >>> shown_summary(ReportedPlan(id="a", number=1, summary="A pier", status="planned", quotes=()))
    'A pier'
    """
    return _DIFFER.sub("", plan.summary) if plan.conflicts else plan.summary


def plan_payload(
    reading: Reading, plan: ReportedPlan, kinds: dict[str, Any], view: Bounds, names: PlaceNames, passages: Passages
) -> dict[str, Any]:
    """Return one note. ``kinds`` are those of the marks, by the id of their place; ``passages`` hold the words of its quotes."""
    messages = names.messages
    shown = shown_quotes(plan)
    return {
        "id": plan.id,
        "number": plan.number,
        "summary": shown_summary(plan),
        "status": plan.status,
        "where": [
            {
                "mark": place.place.id if place.place.id in kinds else "",
                "name": place_words(place, names),
                "precision": precision_words(place, kinds[place.place.id], messages) if place.place.id in kinds else "",
            }
            for place in where_places(plan)
        ],
        "when": when_words(plan, messages),
        "quotes": [quote_payload(quote, passages) for quote in shown],
        "reports": report_words(plan, messages),
        "chains": chains_payload(reading, plan, messages),
        "differ": differ_words(plan, messages),
        "conflicts": [
            {"on": messages[f"conflict.on.{conflict.on}"], "sides": _sides(conflict.sides, shown, messages)} for conflict in plan.conflicts
        ],
        "distances": distances_payload(plan, view, names),
        "facts": _facts(reading, plan, messages),
        "lacks": [messages.get(f"lacks.{what}", what) for what in plan.lacks if not _said_above(what, plan)],
        "review": {
            "decision": plan.review.decision if plan.review else "",
            "words": review_words(plan.review, messages, _names(plan, names)),
        },
        "named": _toponym_reviews(reading, plan, messages),
    }


def _names(plan: ReportedPlan, names: PlaceNames) -> dict[str, str]:
    """Return the names of a plan's places by their ids."""
    return {said.place.id: names.shown(said.place) for said in (*plan.places, *plan.anchors)}


def _said_above(what: str, plan: ReportedPlan) -> bool:
    """Whether the line of where and when says already that something is not stated."""
    if what == "date":
        return not plan.when and not plan.when_said.strip()
    return what == "place" and not where_places(plan)


def _facts(reading: Reading, plan: ReportedPlan, messages: dict[str, str]) -> list[list[str]]:
    """Return what a plan hangs on and on whose word it is told, as [what, words, those of them that are the article's].

    Only what the article says or leaves open.
    """
    credited = attribution_words(plan.attributions, messages)
    facts = [
        ["stale", stale_fact(reading, plan, messages), ""],
        ["negated", messages["negated"] if plan.negated else "", ""],
        ["condition", say(messages, "condition", what=plan.condition) if plan.condition else "", plan.condition],
        ["attribution", say(messages, "attribution", who=credited) if credited else "", ""],
        *(["antecedent", words, told] for words, told in {antecedent_words(a, messages): a.stands_for for a in plan.antecedents}.items()),
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
                words = review_words(review, messages)
                found[say(messages, "review.name", name=quoted(messages, name), words=words) if name else words] = None
    return list(found)


def shown_quotes(plan: ReportedPlan) -> list[Quote]:
    """Return the quotes of a plan, then those of the versions that are not among them.

    >>> shown_quotes(ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=()))
    []
    """
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


def quote_payload(quote: Quote, passages: Passages) -> dict[str, Any]:
    """Return one quote: where in which passage it stands (UTF-16 code units), what of it is emphasised, its article and its paragraph."""
    number, start, end = passages.place(quote)
    return {
        "passage": number,
        "span": [start, end],
        "strong": [
            [code_units(quote.exact, at), code_units(quote.exact, to)]
            for at, to in ((max(s, 0), min(e, len(quote.exact))) for s, e in sorted(quote.emphasis))
            if at < to
        ],
        "paragraph": quote.paragraph,
        "url": safe_url(quote.url),
        "article": quote.article_id,
    }
