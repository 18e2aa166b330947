"""What is on no map, and why: plans, names, files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from geo import Toponym
from layers._marks import Mark
from layers._messages import say
from sources import Reading


def unmapped_payload(
    reading: Reading, marks: Sequence[Mark], plans: list[dict[str, Any]], lost: Sequence[str], messages: dict[str, str]
) -> dict[str, Any]:
    """Return what the tab "Not mapped" lists: plans without a mark, names without one, problems, lost context sites.

    >>> from layers._messages import load_messages
    >>> unmapped_payload(Reading(articles=()), [], [], [], load_messages())["names"]
    []
    """
    return {
        "plans": plans,
        "names": _names(reading, marks, messages),
        "problems": [{"name": p.name, "rule": p.rule, "next": p.next_step} for p in reading.problems],
        "context": [{"name": place, "reason": say(messages, "reason.no-site", place=place)} for place in lost],
    }


def _names(reading: Reading, marks: Sequence[Mark], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return each name that the articles mention and that is no mark, once for each reason, with how often."""
    drawn = {mark.place.id for mark in marks}
    found: dict[tuple[str, str, str], int] = {}
    for article in reading.articles:
        for toponym in reading.toponyms.get(article.id, ()):
            if toponym.mention.kind == "literal" and toponym.place is not None and toponym.place.id in drawn:
                continue
            name = toponym.mention.name or toponym.mention.text
            key = (name, toponym.place.name if toponym.place else "", _reason(toponym, messages))
            found[key] = found.get(key, 0) + 1
    entries = [
        {"name": name, "place": place if place.casefold() != name.casefold() else "", "reason": reason, "times": times}
        for (name, place, reason), times in found.items()
    ]
    return sorted(entries, key=lambda entry: (str(entry["name"]).casefold(), str(entry["reason"])))


def _reason(toponym: Toponym, messages: dict[str, str]) -> str:
    """Say why a mention is no mark."""
    if toponym.mention.kind != "literal":
        return messages[f"reason.{toponym.mention.kind}"]
    if toponym.place is None:
        return toponym.reason or messages["reason.unresolved"]
    return messages["reason.literal"]
