"""A published page, read back: what it shows, what it carries, and whether the two say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from layers._encode import DIGITS
from layers._errors import PublishedError
from layers._marks import where_places
from layers._notes import shown_quotes, shown_summary
from layers.published._carried import Carried, carried_by
from layers.published._findings import Finding
from layers.published._opening import as_value
from layers.published._seal import seal_of
from sources import CitationError, Quote, Reading, ReportedPlan, check_quote, word_diff

_BLOCK = re.compile(r'<script type="application/json" class="cm-data" id="[\w-]*?-(plans|marks|sources)">([^<]*)</script>')
_SHOWN = ("plans", "marks", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it was read: what it carries (None where that is broken), and what is wrong with the file."""

    name: str
    carried: Carried | None
    findings: tuple[Finding, ...]
    shown: dict[str, Any] = field(default_factory=dict)


def read_page(data: bytes, name: str) -> Page:
    """Read a page and check it by itself: its digest, its record, and that what it shows is what the record says.

    Nothing in it is run. What is broken is in ``findings``; nothing is raised for it.

    >>> [finding.code for finding in read_page(b"<p>", "map.html").findings]
    ['seal', 'record']
    """
    found: list[Finding] = []
    seal = seal_of(data)
    if seal != "whole":
        says = (
            "its bytes are not those that were written"
            if seal == "broken"
            else "it has no digest of itself, as every map has that this citemap saves"
        )
        found.append(Finding(file=name, code="seal", says=says))
    carried, shown = None, dict[str, Any]()
    try:
        text = data.decode("utf-8")
        carried = carried_by(text, name)
        blocks = _BLOCK.findall(text)
        shown = {key: as_value(value, name) for key, value in blocks}
        if sorted(key for key, _ in blocks) != sorted(_SHOWN):
            found.append(Finding(file=name, code="payload", says="it does not show plans, marks and sources, each once"))
            shown = {}
    except UnicodeDecodeError as error:
        found.append(Finding(file=name, code="record", says=f"it is not UTF-8 (byte {error.start})"))
    except PublishedError as error:
        found.append(Finding(file=name, code="record" if carried is None else "payload", says=error.rule))
    if carried is not None:
        found += [Finding(file=name, code="quote", says=says) for says in _unquoted(carried.reading)]
    if carried is not None and shown:
        found += [Finding(file=name, code="payload", says=says) for says in _said(lambda: _differences(carried.reading, shown))]
    return Page(name=name, carried=carried, findings=tuple(found), shown=shown)


def _said(check: Callable[[], Iterator[str]]) -> list[str]:
    """Return what a check of foreign data says, or that the data have another form than they must."""
    found: list[str] = []
    try:
        found.extend(check())
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        found.append(f"what it shows has not the form of a map ({type(error).__name__}: {str(error)[:60]})")
    return found


def _unquoted(reading: Reading) -> Iterator[str]:
    """Say of which plans no quote stands in the record, each with the reason."""
    for plan in (*reading.plans, *reading.rejected):
        if not plan.quotes:
            yield f"plan {plan.number} has no quote"
        for quote in shown_quotes(plan):
            try:
                check_quote(reading.article(quote.article_id), quote)
            except CitationError as error:
                yield f"plan {plan.number}: a quote does not stand in the record: {error.article_id}, characters {error.start}-{error.end}"


def _differences(reading: Reading, shown: dict[str, Any]) -> Iterator[str]:
    """Say where what a page shows is not what its record says."""
    plans = {plan.id: plan for plan in reading.plans}
    passages = {source["id"]: [one["text"] for one in source["passages"]] for source in shown["sources"]}
    for note in shown["plans"]:
        plan = plans.pop(note["id"], None)
        if plan is None:
            yield f"plan {note['number']} is shown and not in the record"
            continue
        yield from _of_note(plan, note, passages)
    yield from (f"plan {plan.number} is in the record and not shown" for plan in plans.values())
    yield from _of_marks(reading, shown)
    yield from _of_sources(reading, shown["sources"])


def _of_note(plan: ReportedPlan, note: dict[str, Any], passages: dict[str, list[str]]) -> Iterator[str]:
    here = f"plan {plan.number}"
    for what, shown, held in (
        ("number", note["number"], plan.number),
        ("status", note["status"], plan.status),
        ("summary", note["summary"], shown_summary(plan)),
        ("number of places", len(note["where"]), len(where_places(plan))),
    ):
        if shown != held:
            yield f"{here}: its {what} is not shown as the record has it: {word_diff(str(held), str(shown))[:300]}"
    due = shown_quotes(plan)
    if len(note["quotes"]) != len(due):
        yield f"{here}: {len(note['quotes'])} quotes are shown; the record has {len(due)}"
    for quote, one in zip(due, note["quotes"], strict=False):
        words = _cut(passages[one["article"]][one["passage"]], *one["span"])
        if (one["article"], one["paragraph"], words) != (quote.article_id, quote.paragraph, quote.exact):
            yield f"{here}: a quote is not shown as the record has it: {word_diff(quote.exact, words)[:300]}"


def _cut(text: str, start: int, end: int) -> str:
    """Return what stands between two offsets that count UTF-16 code units."""
    if not 0 <= start < end:
        raise ValueError(f"{start} to {end} is no span")
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode("utf-16-le", "replace")


def _of_marks(reading: Reading, shown: dict[str, Any]) -> Iterator[str]:
    plans = {plan.id: plan for plan in reading.plans}
    drawn: set[tuple[str, str]] = set()
    for mark in shown["marks"]:
        if not mark["plans"]:
            yield f"the mark of {mark['name']} has no plan, and so no quote"
        for told in mark["plans"]:
            plan = plans.get(told["id"])
            place = next((p.place for p in where_places(plan) if p.place.id == mark["id"]), None) if plan else None
            if plan is None or place is None:
                yield f"the mark of {mark['name']} is of no plan of the record that is to be there"
            elif not 0 <= told["quote"] < len(plan.quotes):
                yield f"the mark of {mark['name']} has no quote for plan {plan.number}"
            elif mark["kind"] == "point" and mark["point"] != [round(place.lon, DIGITS), round(place.lat, DIGITS)]:
                yield f"the mark of {mark['name']} stands at {mark['point'][::-1]}; the record says {place.lat}, {place.lon}"
            drawn.add((told["id"], mark["id"]))
    for note in shown["plans"]:
        for place in note["where"]:
            if place["mark"] and (note["id"], place["mark"]) not in drawn:
                yield f"plan {note['number']}: {place['name']} is said to be on the map and is not"


def _of_sources(reading: Reading, shown: list[dict[str, Any]]) -> Iterator[str]:
    if [source["id"] for source in shown] != [article.id for article in reading.articles]:
        yield "the sources that are shown are not those of the record"
        return
    for source, article in zip(shown, reading.articles, strict=True):
        for what in ("title", "publisher", "licence", "origin", "file", "sha256"):
            if source[what] != (held := getattr(article.citation, what)):
                yield f"{article.id}: its {what} is not shown as the record has it: {word_diff(held, str(source[what]))[:200]}"


def quotes_told(reading: Reading) -> Iterator[tuple[str, Quote]]:
    """Yield every quote of a reading that is published, with the plan that tells it.

    >>> list(quotes_told(Reading(articles=())))
    []
    """
    for plan in reading.plans:
        yield from ((f"plan {plan.number}", quote) for quote in shown_quotes(plan))
    for plan in reading.rejected:
        yield from ((f"rejected plan {plan.key or plan.id}", quote) for quote in shown_quotes(plan))
