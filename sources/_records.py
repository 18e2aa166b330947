"""A reading as plain data: what is written as JSON."""

from __future__ import annotations

from typing import Any

from geo import Gazetteer, Place, Toponym
from sources._csl import to_csl
from sources._model import PlanPlace, Reading, ReportedPlan


def as_records(reading: Reading, gazetteer: Gazetteer) -> list[dict[str, Any]]:
    """Return what was found as plain data, one object for each article: its toponyms and its plans with quotes and selectors.

    A plan told by several articles stands in each of them, with that article's quotes. Coordinates are degrees, WGS 84; offsets are code
    points. Reads the gazetteer's file, no network.

    >>> from sources import read_plans, read_text
    >>> reading = read_plans([read_text("Kenya will build a naval pier at Kilifi.")], Gazetteer())
    >>> as_records(reading, Gazetteer())[0]["toponyms"][1]["text"]
    'Kilifi'
    """
    return [
        {
            "id": article.id,
            "text": article.text,
            "citation": to_csl(article.citation),
            "toponyms": [_toponym(t, gazetteer) for t in reading.toponyms.get(article.id, ())],
            "not_plans": [{"start": s.start, "end": s.end, "why": s.why} for s in reading.skipped.get(article.id, ())],
            "plans": [_plan(p, article.id, gazetteer) for p in reading.plans if any(q.article_id == article.id for q in p.quotes)],
        }
        for article in reading.articles
    ]


def _point(place: Place, modifier: str, gazetteer: Gazetteer) -> dict[str, Any]:
    part = gazetteer.part(place.id, modifier) if modifier else None
    lat, lon = part or (place.lat, place.lon)
    return {
        "id": place.id,
        "name": place.name,
        "lat": lat,
        "lon": lon,
        "feature_code": place.feature_code,
        "extent": place.extent,
        "country": place.country,
    }


def _toponym(t: Toponym, gazetteer: Gazetteer) -> dict[str, Any]:
    m = t.mention
    return {
        "start": m.start,
        "end": m.end,
        "text": m.text,
        "kind": m.kind,
        "kind_reason": m.kind_reason,
        "modifier": m.modifier,
        "relation": m.relation,
        "place": _point(t.place, m.modifier, gazetteer) if t.place else None,
        "score": t.score,
        "reason": t.reason,
        "where_prec": t.where_prec,
        "uncertainty_m": t.uncertainty_m,
        "candidates": [_point(c.place, "", gazetteer) | {"score": c.score, "reason": c.reason} for c in t.candidates],
    }


def _plan(p: ReportedPlan, article_id: str, gazetteer: Gazetteer) -> dict[str, Any]:
    def said(x: PlanPlace) -> dict[str, Any]:
        return _point(x.place, x.modifier, gazetteer) | {
            "said": x.said,
            "role": x.role,
            "where_prec": x.where_prec,
            "uncertainty_m": x.uncertainty_m,
            "distance_km": x.distance_km,
        }

    return {
        "id": p.id,
        "number": p.number,
        "summary": p.summary,
        "status": p.status,
        "actor": p.actor,
        "asset": p.asset,
        "action": p.action,
        "event_type": p.event_type,
        "when": p.when,
        "when_said": p.when_said,
        "when_note": p.when_note,
        "condition": p.condition,
        "places": [said(x) for x in p.places],
        "anchors": [said(x) for x in p.anchors],
        "origins": list(p.origins),
        "lacks": list(p.lacks),
        "quotes": [
            {"start": q.start, "end": q.end, "paragraph": q.paragraph, "url": q.url, "selectors": q.selectors()}
            for q in p.quotes
            if q.article_id == article_id
        ],
    }
