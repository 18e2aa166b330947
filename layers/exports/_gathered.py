"""What every data file is written from, gathered once: the rows of the frame with all that a plan is told by, and their shapes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from layers._distances import line_ends
from layers._encode import whole
from layers._evidence import safe_url, source_words
from layers._frames import PLAN_COLUMNS, plans_to_frame
from layers._marks import make_marks
from layers._messages import load_messages
from layers._precision import precision_words
from layers._protocols import Gazetteer
from layers.exports._geometry import cut, generalised
from sources import PlanPlace, Quote, Reading, ReportedPlan, StatedDistance


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One plan at one place, or at none.

    ``values`` are plain Python values by the names of the columns that all formats have; ``shape`` is in EPSG:4326, cut at the
    antimeridian, ``simple`` the same with fewer points, whose borders may have ``moved`` by so many degrees; all three may be None.
    """

    plan: ReportedPlan
    values: dict[str, Any]
    shape: Any
    simple: Any
    moved: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A reading with its rows, ready to be written in any format."""

    reading: Reading
    gazetteer: Gazetteer
    rows: tuple[Row, ...]


def gather(reading: Reading, gazetteer: Gazetteer) -> Gathered:
    """Gather what data files are written from; each shape is asked for, cut and generalised once, however many plans lie there.

    Raises UnquotedMarkError when a quote does not stand in its article. No disk, no network but the gazetteer's.

    >>> gather(Reading(articles=()), None).rows
    ()
    """
    frame = plans_to_frame(reading, gazetteer)
    marks, unmapped = make_marks(reading, gazetteer)
    words = load_messages()
    precise = {(plan.id, said.place.id): precision_words(said, mark.kind, words) for mark in marks for plan, said in mark.plans}
    reasons = {(left.plan.id, left.place.place.id if left.place else ""): words[left.reason] for left in unmapped}
    plans = {plan.id: plan for plan in reading.plans}
    more = {plan.id: _more(reading, plan) for plan in reading.plans}
    shapes: dict[str, tuple[Any, Any, float | None]] = {}
    rows = []
    for values, geometry in zip(frame[list(PLAN_COLUMNS)].to_dict("records"), frame.geometry, strict=True):
        plan_id, place_id = values["plan_id"], values["place_id"]
        if place_id not in shapes:
            shape = cut(geometry)
            shapes[place_id] = (shape, *generalised(shape))
        row = {str(name): plain(value) for name, value in values.items()}
        row["precision"] = precise.get((plan_id, place_id), "")
        row["no_geometry"] = reasons.get((plan_id, place_id), "")
        shape, simple, moved = shapes[place_id] if geometry is not None else (None, None, None)
        rows.append(Row(plan=plans[plan_id], values=row | more[plan_id], shape=shape, simple=simple, moved=moved))
    return Gathered(reading=reading, gazetteer=gazetteer, rows=tuple(rows))


def plain(value: Any) -> Any:
    """Return a value of a frame as JSON knows it: None for what is missing, and no half of a character.

    >>> import pandas as pd
    >>> plain(float("nan")), plain(pd.NA), plain(2.0), plain("a")
    (None, None, 2.0, 'a')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)) or type(value).__name__ == "NAType":
        return None
    value = value.item() if hasattr(value, "item") else value
    return whole(value) if isinstance(value, str) else value


def quote_values(reading: Reading, quote: Quote) -> dict[str, Any]:
    """Return a quote with its selectors and its source, as plain values.

    >>> from sources import make_quote, read_text
    >>> article = read_text("A pier is planned at Kilifi.")
    >>> quote_values(Reading(articles=(article,)), make_quote(article, 0, 6))["exact"]
    'A pier'
    """
    return {
        "article_id": quote.article_id,
        "exact": quote.exact,
        "paragraph": quote.paragraph,
        "emphasis": [list(span) for span in quote.emphasis],
        "selectors": quote.selectors(),
        "source": source_words(reading.article(quote.article_id).citation),
        "url": safe_url(quote.url),
    }


def line_values(distance: StatedDistance) -> dict[str, Any]:
    """Return a stated distance as plain values: the words, both figures in kilometres, the names of the ends and where they lie."""
    ends = line_ends(distance)
    return {
        "said": distance.said,
        "relation": distance.relation,
        "said_km": plain(distance.said_km),
        "measured_km": None if plain(distance.measured_km) is None else round(float(distance.measured_km or 0), 1),
        "from": distance.nearest,
        "to": distance.to.place.name,
        "ends": [[lon, lat] for lat, lon in ends] if ends else [],
        "holds": distance.holds,
        "words": distance.words,
    }


def _more(reading: Reading, plan: ReportedPlan) -> dict[str, Any]:
    """Return what a table has no room for: quotes, the versions of each conflict, stated distances, places beside, reports and credit."""
    return {
        "quotes": [quote_values(reading, quote) for quote in plan.quotes],
        "versions": [
            {
                "on": conflict.on,
                "sides": [
                    {"said": side.said, "origins": list(side.origins), "quotes": [quote_values(reading, quote) for quote in side.quotes]}
                    for side in conflict.sides
                ],
            }
            for conflict in plan.conflicts
        ],
        "lines": [line_values(distance) for distance in plan.distances],
        "anchors": [_anchor(anchor) for anchor in (*plan.anchors, *(place for place in plan.places if place.role != "where"))],
        "told": {
            "reports": [
                {"article_id": report.article_id, "origin": report.origin, "chain": list(report.chain), "copy_of": report.copy_of}
                for report in plan.reports
            ],
            "attributions": [
                {"said": one.said, "who": one.who, "sort": one.sort, "start": one.start, "end": one.end} for one in plan.attributions
            ],
            "antecedents": [
                {"said": one.said, "stands_for": one.stands_for, "start": one.start, "end": one.end} for one in plan.antecedents
            ],
        },
    }


def _anchor(anchor: PlanPlace) -> dict[str, Any]:
    return {
        "said": anchor.said,
        "role": anchor.role,
        "place_id": anchor.place.id,
        "place": anchor.place.name,
        "lat": plain(anchor.place.lat),
        "lon": plain(anchor.place.lon),
        "distance_km": plain(anchor.distance_km),
    }
