"""A map that shows what changed: the new plans and the gone ones together, each with its change."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from layers._messages import load_messages, say
from layers._options import MapOptions, with_defaults
from layers._payload import make_payload
from layers._plan_map import PlanMap
from layers._protocols import Gazetteer
from layers.changes._words import change_lines, changes_deck
from layers.published._carried import record_block
from sources import Reading, ReadingChanges, compare_readings, reading_of_both


def draw_changes(
    old: Reading, new: Reading, gazetteer: Gazetteer, *, changes: ReadingChanges | None = None, **options: Unpack[MapOptions]
) -> PlanMap:
    """Draw what changed from one reading to another: the plans of the new one, and behind them those that are gone, hollow and struck.

    Every plan says whether it is new, gone, changed or as it was, by a sign at its number, on its card with the old and the new values, and
    as something to filter by. ``changes`` are those of :func:`sources.compare_readings`; None compares. ``options`` and errors are those of
    :func:`layers.draw_map`; without a title it is "What changed", without a deck it counts. Reads files of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> draw_changes(Reading(articles=()), Reading(articles=()), Empty()).title
    'What changed'
    """
    found = changes or compare_readings(old, new)
    both, by_id = reading_of_both(old, new, found)
    chosen = with_defaults(options)
    messages = load_messages(chosen["language"])
    before = {article.id for article in both.articles} - {article.id for article in new.articles}
    named = [
        replace(a, citation=replace(a.citation, title=say(messages, "changes.before", title=a.citation.title))) if a.id in before else a
        for a in both.articles
    ]
    both = replace(both, articles=tuple(named))
    if chosen["title"] is None:
        chosen["title"] = messages["changes.title"]
    if chosen["deck"] is None:
        chosen["deck"] = changes_deck(found, messages)
    payload = make_payload(both, gazetteer, chosen)
    for note in payload["plans"]:
        change = by_id[note["id"]]
        note["change"] = {"kind": change.kind, "lines": change_lines(change, messages)}
        note["facets"]["change"] = [change.kind]
    return PlanMap(payload, tiles=chosen["tiles"], record=record_block(both, chosen))
