"""What is on no map, and why: plans, names, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo import Toponym
from layers._marks import Mark, Unmapped, where_places
from layers._messages import joined, say
from layers._notes import quote_payload
from layers._passages import Passages
from layers._place_names import PlaceNames
from layers._rules import article_language, is_said_again, said_again
from layers._stale import stale_payload
from layers._told import differ_words, publisher_of, review_words
from sources import Problem, Reading, ReportedPlan


def unmapped_payload(
    reading: Reading, marks: Sequence[Mark], unmapped: Sequence[Unmapped], lost: Sequence[str], passages: Passages, names: PlaceNames
) -> dict[str, Any]:
    """Return what the tab "Not mapped" lists, each with its reason.

    Plans without a mark, plans that a person rejected, plans that no article says any more, decisions that apply to nothing, sentences that
    are no plan of the day, names without a mark, problems, lost context sites.

    >>> from layers._messages import load_messages
    >>> unmapped_payload(Reading(articles=()), [], [], [], Passages({}, ()), PlaceNames(None, load_messages()))["names"]
    []
    """
    messages = names.messages
    drawn = {plan.id for mark in marks for plan, _ in mark.plans}
    return {
        "plans": _plans(reading, [entry for entry in unmapped if entry.plan.id not in drawn], names),
        "rejected": [
            {
                "name": plan.summary,
                "lang": article_language(reading, plan.quotes[0].article_id),
                "reason": review_words(plan.review, messages),
                "quotes": [quote_payload(quote, passages) for quote in plan.quotes],
            }
            for plan in reading.rejected
        ],
        "stale": stale_payload(reading, messages),
        "unapplied": [{"name": said or key, "reason": say(messages, "unapplied.key", name=key)} for key, said in reading.unapplied],
        "skipped": _skipped(reading, messages),
        "names": _names(reading, marks, [entry for entry in unmapped if entry.plan.id in drawn], names),
        "problems": [_problem(problem, messages) for problem in reading.problems],
        "context": [{"name": place, "reason": say(messages, "reason.no-site", place=place)} for place in lost],
    }


def _problem(problem: Problem, messages: dict[str, str]) -> dict[str, str]:
    """Return what could not be read, why and what to do; in English, and said to be, where no message has the words."""
    row = {"name": problem.name, "rule": said_again(problem.rule, messages), "next": said_again(problem.next_step, messages)}
    known = is_said_again(problem.rule, messages) and is_said_again(problem.next_step, messages)
    return row if known else row | {"lang": "en"}


def _plans(reading: Reading, unmapped: Sequence[Unmapped], names: PlaceNames) -> list[dict[str, Any]]:
    """Return number, summary and reasons of each plan without any mark, once, in the order of the numbers."""
    messages = names.messages
    rows: dict[str, tuple[ReportedPlan, list[str]]] = {}
    for entry in unmapped:
        reasons = rows.setdefault(entry.plan.id, (entry.plan, []))[1]
        if entry.place is not None:
            reasons.append(say(messages, "reason.of", name=names.shown(entry.place.place), reason=messages[entry.reason]))
        elif lost := _unresolved(reading, entry.plan):
            reasons += [say(messages, key, name=joined(messages, said)) for key, said in lost.items()]
        else:
            reasons.append(messages[entry.reason])
    ordered = sorted(rows.values(), key=lambda row: (row[0].number, row[0].id))
    return [
        {
            "id": plan.id,
            "number": plan.number,
            "name": plan.summary,
            "lang": article_language(reading, plan.quotes[0].article_id),
            "reason": joined(messages, reasons, wide=True),
            "differ": differ_words(plan, messages),
            "review": plan.review.decision if plan.review else "",
        }
        for plan, reasons in ordered
    ]


def _skipped(reading: Reading, messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return the sentences that speak of plans but are none of the day, word for word, in the order of the articles, and why."""
    return [
        {
            "words": sentence,
            "lang": article_language(reading, article.id),
            "reason": messages.get(f"skipped.{one.why}") or said_again(one.why, messages),
            "source": publisher_of(article, messages),
            "paragraph": article.paragraph_at(one.start),
        }
        for article in reading.articles
        for one in sorted(reading.skipped.get(article.id, ()), key=lambda one: (one.start, one.end))
        if (sentence := article.text[one.start : one.end].strip())
    ]


def _unresolved(reading: Reading, plan: ReportedPlan) -> dict[str, list[str]]:
    """Return the names in a plan's quotes that no place was chosen for, each once, by reason: not held, or more than one place has it."""
    found: dict[str, list[str]] = {}
    for quote in plan.quotes:
        for toponym in reading.toponyms.get(quote.article_id, ()):
            mention = toponym.mention
            inside = quote.start <= mention.start and mention.end <= quote.end
            if inside and toponym.place is None and mention.kind == "literal":
                names = found.setdefault("reason.unclear" if toponym.candidates else "reason.not-held", [])
                if (name := mention.name or mention.text) not in names:
                    names.append(name)
    return found


def _names(reading: Reading, marks: Sequence[Mark], shapeless: Sequence[Unmapped], names: PlaceNames) -> list[dict[str, Any]]:
    """Return each place that the articles mention and that is no mark, once, with the reasons, its other names and how often."""
    messages = names.messages
    drawn = {mark.place.id for mark in marks}
    told = {said.place.id for plan in reading.plans for said in where_places(plan)}
    anchors = {said.place.id for plan in reading.plans for said in (*plan.anchors, *plan.places)} - told
    rows: dict[str, dict[str, Any]] = {}

    def add(name: str, said: str, reason: str, times: int) -> None:
        row = rows.setdefault(name.casefold(), {"name": name, "said": {}, "reasons": {}, "times": 0})
        row["times"] += times
        row["reasons"][reason] = None
        if said.casefold() != name.casefold():
            row["said"][said] = None

    for entry in shapeless:
        if entry.place is not None:
            add(names.shown(entry.place.place), entry.place.place.name, messages[entry.reason], 1)
    for article in reading.articles:
        for toponym in reading.toponyms.get(article.id, ()):
            place, literal = toponym.place, toponym.mention.kind == "literal"
            if literal and place is not None and place.id in drawn | told:
                continue
            said = toponym.mention.name or toponym.mention.text
            reason = messages["reason.anchor"] if literal and place is not None and place.id in anchors else _reason(toponym, messages)
            if review := reading.toponym_reviews.get(article.id, {}).get(toponym.mention.start):
                reason = review_words(review, messages)
            add(names.shown(place) if place else said, said, reason, 1)
    entries = [
        {
            "name": row["name"],
            "place": joined(messages, row["said"]),
            "reason": joined(messages, row["reasons"], wide=True),
            "times": row["times"],
        }
        for row in rows.values()
    ]
    return sorted(entries, key=lambda entry: str(entry["name"]).casefold())


def _reason(toponym: Toponym, messages: dict[str, str]) -> str:
    """Say why a mention is no mark."""
    if toponym.mention.kind != "literal":
        return messages[f"reason.{toponym.mention.kind}"]
    if toponym.place is None:
        return said_again(toponym.reason, messages) or messages["reason.unresolved"]
    return messages["reason.literal"]
