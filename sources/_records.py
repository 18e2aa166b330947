"""A reading as plain data: what is written as JSON."""

from __future__ import annotations

import json
import re
from typing import Any

from geo import Gazetteer, Place, Toponym
from sources._corroboration import chain_words, report_words
from sources._csl import to_csl
from sources._model import PlanPlace, Reading, ReportedPlan, Review
from sources._printable import printable

_ENDING = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


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
            "toponyms": [
                _toponym(t, gazetteer) | {"review": _review(reading.toponym_reviews.get(article.id, {}).get(t.mention.start))}
                for t in reading.toponyms.get(article.id, ())
            ],
            "not_plans": [{"start": s.start, "end": s.end, "why": s.why} for s in reading.skipped.get(article.id, ())],
            "plans": [_plan(p, article.id, gazetteer) for p in reading.plans if _tells(article.id, p)],
            "rejected": [_plan(p, article.id, gazetteer) for p in reading.rejected if _tells(article.id, p)],
        }
        for article in reading.articles
    ]


def as_json_line(record: dict[str, Any]) -> str:
    """Return a record as JSON without the characters that some readers take for the end of a line and some terminals for an order.

    >>> as_json_line({"text": "one\u2028two"})
    '{"text": "one\\\\u2028two"}'
    """
    written = json.dumps(record, ensure_ascii=False, sort_keys=True)
    return _ENDING.sub(lambda m: f"\\u{ord(m[0]):04x}", written)


def as_listing(reading: Reading) -> str:
    """Return the plans of a reading's first article as a list to read, each with its quotes.

    >>> from sources import read_text
    >>> print(as_listing(Reading(articles=(read_text("Lima is a city.", title="Lima"),))))
    Lima  (publisher not stated, date not stated)
      no reported plan was found
    """
    article = reading.articles[0]
    lines = [f"{article.citation.title}  ({article.citation.publisher_or_not_stated}, {article.citation.date_or_not_stated})"]
    for p in reading.plans:
        where = ", ".join(x.said for x in p.places) or "no place named"
        lines.append(f"  {p.number:>2}  {p.status:<9}  {p.summary}\n      {where} · {p.when_said or 'date not stated'}")
        lines += [f"      “{' '.join(q.exact.split())}”  paragraph {q.paragraph}" for q in p.quotes]
        lines += [f"      {d.words}" for d in p.distances]
        lines += [f"      {report_words(p)}: {chain_words(r)}" for r in p.reports if len(r.chain) > 1]
    lines = lines if reading.plans else [*lines, "  no reported plan was found"]
    return "\n".join(printable(part) for line in lines for part in line.split("\n"))


def _tells(article_id: str, plan: ReportedPlan) -> bool:
    return any(q.article_id == article_id for q in plan.quotes)


def _review(review: Review | None) -> dict[str, Any] | None:
    if review is None:
        return None
    said = {"decision": review.decision, "why": review.why, "who": review.who, "on": review.on}
    return said | {"changes": dict(review.changes), "note": review.note}


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
        "key": p.key,
        "review": _review(p.review),
        "number": p.number,
        "summary": p.summary,
        "status": p.status,
        "actor": p.actor,
        "asset": p.asset,
        "action": p.action,
        "event_type": p.event_type,
        "event_mode": p.event_mode,
        "negated": p.negated,
        "when": p.when,
        "when_said": p.when_said,
        "when_note": p.when_note,
        "condition": p.condition,
        "places": [said(x) for x in p.places],
        "anchors": [said(x) for x in p.anchors],
        "distances": [
            {"said": d.said, "said_km": d.said_km, "measured_km": d.measured_km, "nearest": d.nearest, "holds": d.holds, "words": d.words}
            for d in p.distances
        ],
        "attributions": [{"said": a.said, "who": a.who, "sort": a.sort, "start": a.start, "end": a.end} for a in p.attributions],
        "antecedents": [{"said": a.said, "stands_for": a.stands_for, "start": a.start, "end": a.end} for a in p.antecedents],
        "origins": list(p.origins),
        "origin_count": p.origin_count,
        "reports": [{"article": r.article_id, "origin": r.origin, "chain": list(r.chain), "copy_of": r.copy_of} for r in p.reports],
        "conflicts": [{"on": c.on, "sides": [{"said": s.said, "origins": list(s.origins)} for s in c.sides]} for c in p.conflicts],
        "lacks": list(p.lacks),
        "quotes": [
            {"start": q.start, "end": q.end, "paragraph": q.paragraph, "url": q.url, "selectors": q.selectors()}
            for q in p.quotes
            if q.article_id == article_id
        ],
    }
