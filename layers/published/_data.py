"""Data files held against the record of their map, or by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from layers._marks import where_places
from layers.exports._csv import safe_cell
from layers.exports._names import article_iri
from layers.exports._text import without_nul
from layers.published._rows import DataRow
from sources import Citation, Quote, Reading, ReportedPlan, word_diff

_Span = tuple[str, int, int, str]


def row_faults(rows: Iterable[DataRow]) -> Iterator[str]:
    """Say which rows have no quote, or one that is none.

    >>> list(row_faults([DataRow(where="row 1", number=1, quotes=())]))
    ['row 1 has no quote']
    """
    for row in rows:
        if not row.quotes:
            yield f"{row.where} has no quote"
        for quote in row.quotes:
            if not quote.exact or quote.end - quote.start != len(quote.exact) or quote.start < 0:
                yield f"{row.where}: a quote of {len(quote.exact)} characters is said to stand at {quote.start}-{quote.end}"


def data_differences(rows: Sequence[DataRow], reading: Reading) -> Iterator[str]:
    """Say where the rows of a data file are not what the record of the map says.

    >>> list(data_differences([], Reading(articles=())))
    []
    """
    plans = {plan.id: plan for plan in reading.plans}
    seen: set[str] = set()
    for row in (row for row in rows if row.number is not None):
        plan = plans.get(row.plan_id)
        if plan is None:
            yield f"{row.where}: no plan of the map is {row.plan_id[:60]!r}"
            continue
        seen.add(plan.id)
        yield from (f"{row.where}: {fault}" for fault in _of_row(row, plan))
    told = [row for row in rows if row.number is None and row.key]
    if told or not rows:
        yield from _of_annotations(told, reading)
    if any(row.number is not None for row in rows) or (not rows and not told):
        yield from (f"plan {plan.number} is on the map and not in it" for plan in reading.plans if plan.id not in seen and rows)


def _of_row(row: DataRow, plan: ReportedPlan) -> Iterator[str]:
    places = {said.place.id for said in where_places(plan)} or {""}
    if row.number != plan.number or row.key != plan.key:
        yield f"it is plan {row.number} ({row.key[:60]}); on the map it is {plan.number} ({plan.key})"
    if row.status != plan.status:
        yield f"its status is {row.status[:40]!r}; on the map it is {plan.status!r}"
    if _same(row.summary) not in {_same(plan.summary), _same(safe_cell(plan.summary))}:
        yield f"its summary is not that of the map: {word_diff(plan.summary, row.summary)[:200]}"
    if row.place_id not in places:
        yield f"its place is {row.place_id[:60]!r}; on the map it is {' or '.join(sorted(places))!r}"
    ours, theirs = [_span(quote) for quote in plan.quotes], [_span(quote) for quote in row.quotes]
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            yield f"a quote is not that of the map: {word_diff(mine[3], other[3])[:300]} ({other[0][:60]}, {other[1]}-{other[2]})"
    if len(ours) != len(theirs):
        yield f"it has {len(theirs)} quotes; on the map there are {len(ours)}"


def _of_annotations(rows: Sequence[DataRow], reading: Reading) -> Iterator[str]:
    iris = {article.id: article_iri(article) for article in reading.articles}
    due = {(plan.key or plan.id, *_span(q, iris)): plan.number for plan in reading.plans for q in _annotated(plan)}
    there = {(row.key, *_span(quote)): row.where for row in rows for quote in row.quotes}
    yield from (f"{where}: no such quote is on the map: {key[4][:80]!r}" for key, where in there.items() if key not in due)
    yield from (f"a quote of plan {number} is on the map and not in it: {key[4][:80]!r}" for key, number in due.items() if key not in there)


def _annotated(plan: ReportedPlan) -> list[Quote]:
    return [*plan.quotes, *(quote for conflict in plan.conflicts for side in conflict.sides for quote in side.quotes)]


def _span(quote: Quote, iris: dict[str, str] | None = None) -> _Span:
    return ((iris or {}).get(quote.article_id, quote.article_id), quote.start, quote.end, _same(quote.exact))


def _same(text: str) -> str:
    """Return a text in the letters that all formats can hold."""
    return without_nul(text)


def cited_in(rows: Iterable[DataRow]) -> list[Citation]:
    """Return a record for each article that rows quote, as far as the file tells which that is: by id, address or hash.

    >>> cited_in([])
    []
    """
    keys = dict.fromkeys(quote.article_id for row in rows for quote in row.quotes)
    return [
        Citation(
            id=key,
            title="",
            sha256=key.removeprefix("urn:sha256:") if key.startswith("urn:sha256:") else "",
            url=key if key.startswith(("http://", "https://")) else "",
        )
        for key in keys
    ]
