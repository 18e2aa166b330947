"""Tables of a reading in Arrow's form, with the type that each column has also where it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow as pa
import shapely
from shapely import MultiLineString, MultiPolygon, Point

from geo import GeoError
from layers._context import load_context, shown_sets, unnamed_sites
from layers._distances import geodesic, line_ends
from layers._evidence import safe_url
from layers.exports._columns import Column, columns, columns_everywhere
from layers.exports._gathered import Gathered, Row, line_values, plain
from layers.exports._geometry import cut
from layers.exports._text import as_json
from sources import Quote, ReportedPlan

GEOMETRY = "geometry"
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "array": pa.string(),
    "object": pa.string(),
}


def table(kinds: Sequence[Column], rows: Sequence[Mapping[str, Any]], shapes: Sequence[Any] | None = None) -> pa.Table:
    """Return rows as an Arrow table: lists and dictionaries as JSON text, ``shapes`` as WKB in a last column; a column knows its meaning.

    >>> table(columns("quotes"), []).schema.field("start").type
    DataType(int64)
    """
    fields = [pa.field(c.name, _TYPES[c.type], metadata={"title": c.title, "description": c.description}) for c in kinds]
    arrays = [pa.array([_cell(row.get(c.name)) for row in rows], _TYPES[c.type]) for c in kinds]
    if shapes is not None:
        fields.append(pa.field(GEOMETRY, pa.binary()))
        arrays.append(pa.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], pa.binary()))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _cell(value: Any) -> Any:
    return as_json(value) if isinstance(value, list | dict) else plain(value)


def plans_table(rows: Iterable[Row], *, shapes: bool = True) -> pa.Table:
    """Return plans and places as a table, each shape whole and cut at 180 degrees; without ``shapes`` no column for them."""
    chosen = list(rows)
    return table(columns_everywhere(), [row.values for row in chosen], [row.shape for row in chosen] if shapes else None)


def as_multi(shape: Any) -> Any:
    """Return an area or a line as one of many parts, which layers want whose shapes have one type.

    >>> from shapely.geometry import box
    >>> as_multi(box(0, 0, 1, 1)).geom_type
    'MultiPolygon'
    """
    made = {"Polygon": MultiPolygon, "LineString": MultiLineString}.get(shape.geom_type)
    return made([shape]) if made else shape


def lines_table(gathered: Gathered) -> pa.Table:
    """Return every stated distance with its measured line, cut at 180 degrees; without a line where nothing could be measured."""
    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for plan in _plans(gathered):
        for distance in plan.distances:
            ends = line_ends(distance)
            pieces = geodesic(*ends) if ends else []
            rows.append(_of(plan) | {"summary": plan.summary, "status": plan.status} | line_values(distance))
            shapes.append(MultiLineString(pieces) if pieces else None)
    return table(columns("lines"), rows, shapes)


def quotes_table(gathered: Gathered) -> pa.Table:
    """Return every quote of every plan, and those of each side where sources differ."""
    rows = []
    for plan in _plans(gathered):
        rows += [_quote(plan, quote, "plan", "") for quote in plan.quotes]
        sides = ((conflict.on, side) for conflict in plan.conflicts for side in conflict.sides)
        rows += [_quote(plan, quote, on, side.said) for on, side in sides for quote in side.quotes]
    return table(columns("quotes"), rows)


def sources_table(gathered: Gathered) -> pa.Table:
    """Return every article that was read, with what is stated of it."""
    copies = {copy.article_id: copy.of for copy in gathered.reading.copies}
    rows = []
    for article in gathered.reading.articles:
        c = article.citation
        rows.append({
            "article_id": article.id, "title": c.title, "title_is_first_line": c.title_is_first_line, "publisher": c.publisher,
            "authors": list(c.authors), "published": c.date, "url": safe_url(c.url), "licence": c.licence, "origin": c.origin,
            "digest_of": c.digest_of, "copy_of": copies.get(article.id, ""), "file": c.file, "sha256": c.sha256,
            "characters": len(article.text),
        })  # fmt: skip
    return table(columns("sources"), rows)


def context_table(gathered: Gathered) -> pa.Table:
    """Return the sites that the articles do not name but that the map shows beside them, with who names them."""
    reading, rows, shapes = gathered.reading, list[dict[str, Any]](), list[Any]()
    mapped = frozenset((row.plan.id, row.values["place_id"]) for row in gathered.rows if row.shape is not None)
    for shown in unnamed_sites(shown_sets(load_context(), reading, mapped), reading):
        cited = {str(record["id"]): str(record.get("title", "")) for record in shown.citations}
        for site in shown.sites:
            try:
                place = gathered.gazetteer.place(site.place)
            except (LookupError, GeoError):
                continue
            rows.append({
                "set": shown.label, "legend": shown.legend, "place_id": place.id, "place": place.name, "feature_code": place.feature_code,
                "cited": cited[site.citation], "authority": place.authority,
            })  # fmt: skip
            shapes.append(cut(Point(place.lon, place.lat)))
    return table(columns("context"), rows, shapes)


def _plans(gathered: Gathered) -> list[ReportedPlan]:
    """The plans in the order of their rows, each once."""
    return list({row.plan.id: row.plan for row in gathered.rows}.values())


def _of(plan: ReportedPlan) -> dict[str, Any]:
    return {"plan_key": plan.key, "plan_id": plan.id, "number": plan.number}


def _quote(plan: ReportedPlan, quote: Quote, role: str, version: str) -> dict[str, Any]:
    return _of(plan) | {
        "role": role, "version": version, "article_id": quote.article_id, "exact": quote.exact, "prefix": quote.prefix,
        "suffix": quote.suffix, "start": quote.start, "end": quote.end, "paragraph": quote.paragraph,
        "emphasis": [list(span) for span in quote.emphasis], "url": safe_url(quote.url),
    }  # fmt: skip
