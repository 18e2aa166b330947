"""A map in words: alt text and a long description, both made of its data."""

from __future__ import annotations

from collections import Counter
from typing import Any, Unpack

from layers._dates import date_words
from layers._days import day_range
from layers._messages import joined, load_messages, say
from layers._options import MapOptions, with_defaults
from layers._payload import make_payload
from layers._precision import LEVELS
from layers._protocols import Gazetteer
from layers._told import report_count
from sources import STATUSES, Reading

ALT_LENGTH = 250
"""Characters that an alt text may have: screen readers read it in one go."""


def alt_text(reading: Reading, gazetteer: Gazetteer, **options: Unpack[MapOptions]) -> str:
    """Return what the map shows in a line of at most about 250 characters, for the ``alt`` of its picture.

    It says how many plans of which status come from how many articles, that they are reported and not verified, how many are not on the
    map, and as far as the length allows, in which places they are and how precisely these are named. ``options`` are those of
    :class:`MapOptions`; ``language`` is that of the words. Plain text: escape it where it goes into HTML. Raises what
    :func:`layers.draw_map` says. Reads files of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> alt_text(Reading(articles=()), Empty())
    'Map of 0 reported plans from 0 articles. Reported, not verified.'
    """
    chosen = with_defaults(options)
    return alt_of(reading, make_payload(reading, gazetteer, chosen, ground=False), load_messages(chosen["language"]))


def long_description(reading: Reading, gazetteer: Gazetteer, **options: Unpack[MapOptions]) -> str:
    """Return what the map shows, for a reader who cannot see it: lines of plain text, an empty one between its parts.

    After title and counts comes a line for each place, with how precisely it is named and which plans are there; then how many plans have
    several reports, several origins or versions that differ, the measured distances, each plan that is not on the map with the reason,
    what the articles do not name, and the statement on borders. ``options`` are those of :class:`MapOptions`. Raises what
    :func:`layers.draw_map` says. Reads files of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> long_description(Reading(articles=()), Empty(), title="Piers").splitlines()[0]
    'Piers'
    """
    chosen = with_defaults(options)
    return long_of(reading, make_payload(reading, gazetteer, chosen, ground=False), load_messages(chosen["language"]))


def latest_date(reading: Reading) -> str:
    """Return the latest date that the sources state, in EDTF, or "" where none is dated; never the day on which it is asked for.

    >>> latest_date(Reading(articles=()))
    ''
    """
    dated = [
        (days[1] or days[0], days[0], article.citation.date) for article in reading.articles if (days := day_range(article.citation.date))
    ]
    return max(dated)[2] if dated else ""


def as_of_words(reading: Reading, messages: dict[str, str]) -> str:
    """Say the latest date in the sources, or that they state none."""
    latest = latest_date(reading)
    return say(messages, "report.asof", date=date_words(latest, messages)) if latest else messages["report.asof.none"]


def alt_of(reading: Reading, payload: dict[str, Any], messages: dict[str, str]) -> str:
    """Return the alt text of what is in a payload."""
    opening = say(
        messages, "alt.map", plans=say(messages, "plans", n=len(reading.plans)), articles=say(messages, "articles", n=len(reading.articles))
    )
    statuses = joined(messages, _status_counts(reading, messages))
    first = say(messages, "alt.counted", map=opening, statuses=statuses) if statuses else opening
    left = len(payload["unmapped"]["plans"])
    must = [first, *([say(messages, "alt.left", n=left)] if left else []), messages["alt.unverified"]]
    most = max(0, ALT_LENGTH - len(_sentences(must, messages)))
    for part in (_places(payload, messages, most), _levels(payload, messages)):
        if part and len(_sentences([*must, part], messages)) <= ALT_LENGTH:
            must.insert(len(must) - 1 - bool(left), part)
    return _sentences(must, messages)


def _sentences(parts: list[str], messages: dict[str, str]) -> str:
    """Put sentences in a row, each ended as the language ends it."""
    return "".join(say(messages, "sentence", words=part) for part in parts).strip()


def _status_counts(reading: Reading, messages: dict[str, str]) -> list[str]:
    """Return how many plans there are of each status, in the order of the legend."""
    counts = Counter(plan.status for plan in reading.plans)
    return [say(messages, "alt.status", n=counts[one], status=messages[f"status.{one}"]) for one in STATUSES if counts[one]]


def _places(payload: dict[str, Any], messages: dict[str, str], room: int) -> str:
    """Name the places with most plans first, as many as there is room for, and how many are left."""
    marks = sorted(payload["marks"], key=lambda mark: (-len(mark["plans"]), min(_numbers(payload, mark))))
    names = [say(messages, "noted", words=mark["name"], notes=len(mark["plans"])) for mark in marks]
    for count in range(len(names), 0, -1):
        named = joined(messages, names[:count])
        if count < len(names):
            named = say(messages, "alt.more", names=named, n=len(names) - count)
        if len(words := say(messages, "alt.places", names=named)) + 2 <= room:
            return words
    return ""


def _levels(payload: dict[str, Any], messages: dict[str, str]) -> str:
    """Say how many places there are of each precision, the most precise first."""
    counts = Counter(min((plan["level"] for plan in mark["plans"]), key=LEVELS.index) for mark in payload["marks"])
    named = [say(messages, "noted", words=messages[f"level.{level}"], notes=counts[level]) for level in LEVELS if counts[level]]
    return say(messages, "alt.levels", levels=joined(messages, named)) if named else ""


def _numbers(payload: dict[str, Any], mark: dict[str, Any]) -> list[int]:
    numbers = {plan["id"]: plan["number"] for plan in payload["plans"]}
    return [numbers[plan["id"]] for plan in mark["plans"]]


def long_of(reading: Reading, payload: dict[str, Any], messages: dict[str, str]) -> str:
    """Return the long description of what is in a payload."""
    plans = {plan["id"]: plan for plan in payload["plans"]}
    statuses = joined(messages, _status_counts(reading, messages))
    marks = [_mark_line(mark, plans, messages) for mark in payload["marks"]]
    told = {
        "alt.told": sum(report_count(plan) > 1 for plan in reading.plans),
        "alt.origins": sum(plan.origin_count > 1 for plan in reading.plans),
        "alt.differ": sum(bool(plan.conflicts) for plan in reading.plans),
    }
    counts = [say(messages, key, n=count) for key, count in told.items() if count]
    distances = [distance["words"] for plan in payload["plans"] for distance in plan["distances"]]
    left = [
        say(messages, "alt.unplaced", number=row["number"], summary=row["name"], reason=row["reason"])
        for row in payload["unmapped"]["plans"]
    ]
    parts = [
        [payload["title"], payload["deck"], as_of_words(reading, messages), statuses],
        marks,
        [*counts, *distances],
        left,
        [one["key"] for one in payload["context"]],
        [messages["credit"]],
    ]
    return "\n\n".join("\n".join(filter(None, part)) for part in parts if any(part))


def _mark_line(mark: dict[str, Any], plans: dict[str, dict[str, Any]], messages: dict[str, str]) -> str:
    """Say of one place how precisely it is named and which plans are there."""
    listed = [
        say(
            messages,
            "alt.plan",
            number=plans[one["id"]]["number"],
            status=messages[f"status.{plans[one['id']]['status']}"],
            summary=plans[one["id"]]["summary"],
        )
        for one in mark["plans"]
    ]
    precision = joined(messages, dict.fromkeys(one["precision"] for one in mark["plans"]))
    return say(messages, "alt.mark", place=mark["name"], precision=precision, plans=joined(messages, listed, wide=True))
