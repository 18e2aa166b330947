"""Plans and places as GeoDataFrames: one row a plan and place, one row a name."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
from shapely import Point

from layers._distances import distance_words
from layers._encode import whole
from layers._evidence import evidence_for, safe_url
from layers._marks import check_quotes, geometry_of, where_places
from layers._messages import load_messages
from layers._protocols import Gazetteer
from layers._told import attribution_words, chain_text, conflict_text, report_count
from sources import PlanPlace, Reading, ReportedPlan

CRS = "EPSG:4326"

PLAN_COLUMNS = (
    "number", "plan_id", "summary", "status", "actor", "asset", "action", "when", "when_said", "when_note", "condition", "event_type",
    "place_id", "place", "said", "modifier", "feature_code", "extent", "country", "where_prec", "uncertainty_m", "authority",
    "quote", "quote_start", "quote_end", "paragraph", "article_id", "source", "title", "published", "url",
    "reports", "origins", "lacks",
    "origin_count", "chain", "conflicts", "attribution", "event_mode", "negated", "distances", "reviewed", "review_why", "key",
)  # fmt: skip

PLACE_COLUMNS = (
    "article_id", "start", "end", "text", "name", "kind", "kind_reason", "modifier", "place_id", "place", "feature_code", "extent",
    "country", "score", "reason", "where_prec", "uncertainty_m", "candidates",
)  # fmt: skip


def plans_to_frame(reading: Reading, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return a row for each plan and each place where it is to be.

    A plan without such a place is one row with an empty (None) geometry; so is a place whose extent the gazetteer cannot draw. Rows are
    in the order of the plans' numbers. Geometry is EPSG:4326: points for points only, else the shape of the whole place.

    Columns: ``number`` (the note number), ``plan_id``, ``summary``, ``status``, ``actor``, ``asset``, ``action``, ``when`` (EDTF or None),
    ``when_said``, ``when_note``, ``condition``, ``event_type``, ``place_id``, ``place``, ``said``, ``modifier``, ``feature_code``,
    ``extent``, ``country``, ``where_prec`` (UCDP 1-7, nullable integer), ``uncertainty_m`` (metres or NaN), ``authority``, ``quote`` (the
    quote that contains the place as said, or else the first), ``quote_start`` and ``quote_end`` (code points, half-open), ``paragraph``
    (from 1), ``article_id``, ``source`` (publisher), ``title``, ``published`` (EDTF), ``url`` (of the sentence, else of the article, http
    or https only), ``reports`` (number of articles), ``origins`` and ``lacks`` (joined with "; "), ``origin_count`` (on how many
    independent origins the reports rest, nullable integer), ``chain`` (of each report, "The Herald ← Kyodo", joined with "; "),
    ``conflicts`` (on what the reports differ, with every version and its origins), ``attribution`` (on whose word), ``event_mode``,
    ``negated`` (True where the words tell what is not done), ``distances`` (both figures, said and measured), ``reviewed`` ("accepted" or
    "corrected"), ``review_why`` (the person's words) and ``key`` (the same plan has the same key in every build). Text that is not stated
    is empty. Words of the interface are English.

    Raises UnquotedMarkError when a quote does not stand in its article. Uses the gazetteer; no network.

    >>> frame = plans_to_frame(Reading(articles=()), None)
    >>> len(frame), frame.crs.to_string()
    (0, 'EPSG:4326')
    """
    check_quotes(reading)
    rows: list[dict[str, Any]] = []
    geometries: list[Any] = []
    for plan in sorted(reading.plans, key=lambda plan: (plan.number, plan.id)):
        for place in where_places(plan) or (None,):
            rows.append(_plan_row(reading, plan, place))
            geometries.append(None if place is None else geometry_of(place.place, gazetteer))
    table = pd.DataFrame(map(_writable, rows), columns=list(PLAN_COLUMNS)).astype(
        {"where_prec": "Int64", "origin_count": "Int64", "negated": "bool", "uncertainty_m": "float64"}
    )
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometries, crs=CRS), crs=CRS)


def _writable(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose texts a table can hold: U+FFFD for the half of a character, at its place."""
    return {name: whole(value) if isinstance(value, str) else value for name, value in row.items()}


def _plan_row(reading: Reading, plan: ReportedPlan, place: PlanPlace | None) -> dict[str, Any]:
    """Return the columns of one plan at one place, or at none."""
    quote = evidence_for(plan, place)
    citation = reading.article(quote.article_id).citation
    row: dict[str, Any] = {
        "number": plan.number, "plan_id": plan.id, "summary": plan.summary, "status": plan.status, "actor": plan.actor,
        "asset": plan.asset, "action": plan.action, "when": plan.when, "when_said": plan.when_said, "when_note": plan.when_note,
        "condition": plan.condition, "event_type": plan.event_type,
        "place_id": "", "place": "", "said": "", "modifier": "", "feature_code": "", "extent": "", "country": "",
        "where_prec": None, "uncertainty_m": None, "authority": "",
        "quote": quote.exact, "quote_start": quote.start, "quote_end": quote.end, "paragraph": quote.paragraph,
        "article_id": quote.article_id, "source": citation.publisher_or_not_stated, "title": citation.title, "published": citation.date,
        "url": safe_url(quote.url) or safe_url(citation.url), "reports": report_count(plan),
        "origins": "; ".join(plan.origins), "lacks": "; ".join(plan.lacks),
    } | _told_columns(reading, plan)  # fmt: skip
    if place is not None:
        row |= {
            "place_id": place.place.id, "place": place.place.name, "said": place.said, "modifier": place.modifier,
            "feature_code": place.place.feature_code, "extent": place.place.extent, "country": place.place.country,
            "where_prec": place.where_prec, "uncertainty_m": place.uncertainty_m, "authority": place.place.authority,
        }  # fmt: skip
    return row


def _told_columns(reading: Reading, plan: ReportedPlan) -> dict[str, Any]:
    """Return the columns that say how a plan is told: origins and chains, conflicts, attribution, distances, a person's review."""
    messages = load_messages()
    return {
        "origin_count": plan.origin_count if plan.reports else None,
        "chain": chain_text(reading, plan, messages),
        "conflicts": "; ".join(conflict_text(conflict, messages) for conflict in plan.conflicts),
        "attribution": attribution_words(plan.attributions, messages),
        "event_mode": plan.event_mode,
        "negated": plan.negated,
        "distances": "; ".join(distance_words(distance, messages) for distance in plan.distances),
        "reviewed": messages[f"reviewed.{plan.review.decision}"] if plan.review else "",
        "review_why": plan.review.why if plan.review else "",
        "key": plan.key,
    }


def places_to_frame(reading: Reading, gazetteer: Gazetteer) -> gpd.GeoDataFrame:
    """Return a row for each name of a place that the articles mention, in the order of the articles and of their text.

    Geometry is the place's representative point in EPSG:4326, for looking things up, not for marks; None where no place was chosen.

    Columns: ``article_id``, ``start``, ``end`` (code points, half-open), ``text``, ``name``, ``kind``, ``kind_reason``, ``modifier``,
    ``place_id``, ``place``, ``feature_code``, ``extent``, ``country`` (all empty where no place was chosen), ``score`` (0-1), ``reason``,
    ``where_prec`` (UCDP, nullable), ``uncertainty_m`` (metres or NaN), ``candidates`` (how many were weighed). ``gazetteer`` is taken so
    that both frames are called alike; nothing is asked of it. No disk, no network, no error of its own.

    >>> len(places_to_frame(Reading(articles=()), None))
    0
    """
    del gazetteer
    rows: list[dict[str, Any]] = []
    geometries: list[Point | None] = []
    for article in reading.articles:
        for toponym in reading.toponyms.get(article.id, ()):
            mention, place = toponym.mention, toponym.place
            rows.append({
                "article_id": article.id, "start": mention.start, "end": mention.end, "text": mention.text, "name": mention.name,
                "kind": mention.kind, "kind_reason": mention.kind_reason, "modifier": mention.modifier,
                "place_id": place.id if place else "", "place": place.name if place else "",
                "feature_code": place.feature_code if place else "", "extent": place.extent if place else "",
                "country": place.country if place else "", "score": toponym.score, "reason": toponym.reason,
                "where_prec": toponym.where_prec, "uncertainty_m": toponym.uncertainty_m, "candidates": len(toponym.candidates),
            })  # fmt: skip
            geometries.append(Point(place.lon, place.lat) if place else None)
    table = pd.DataFrame(map(_writable, rows), columns=list(PLACE_COLUMNS)).astype({"where_prec": "Int64", "uncertainty_m": "float64"})
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometries, crs=CRS), crs=CRS)
