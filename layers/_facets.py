"""What a plan can be found, filtered and set in time by."""

from __future__ import annotations

from typing import Any

from geo import GeoError
from layers._days import day_range
from layers._marks import where_places
from layers._precision import LEVELS, precision_level
from layers._protocols import Gazetteer
from layers._told import report_count
from sources import Reading, ReportedPlan


def facets_payload(
    reading: Reading, plan: ReportedPlan, kinds: dict[str, Any], gazetteer: Gazetteer, messages: dict[str, str]
) -> dict[str, Any]:
    """Return the values by which the page filters, finds and dates one plan. ``kinds`` are those of the marks, by the id of their place.

    ``facets`` has a list of values for each of actor, type, source (article ids), origin, precision (levels) and reviewed. ``names`` are
    the names of its places in all languages and scripts that the gazetteer knows. ``levels`` are the levels of precision of its places,
    one by one, "" where one is not drawn; ``counts`` how many reports tell it and on how many origins they rest. ``time`` is the first and
    last day that its date can mean, ISO, "" where open, or None; ``reported`` the same of its articles' dates, each once.

    >>> facets_payload(Reading(articles=()), ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=()), {}, None, {})["time"]
    """
    articles = list(dict.fromkeys([*(report.article_id for report in plan.reports), *(quote.article_id for quote in plan.quotes)]))
    origins = list(dict.fromkeys([*(report.origin for report in plan.reports if report.origin), *plan.origins]))
    levels = [precision_level(said, kinds[said.place.id]) if said.place.id in kinds else "" for said in where_places(plan)]
    dates = dict.fromkeys(day_range(reading.article(key).citation.date) for key in articles)
    return {
        "facets": {
            "actor": [plan.actor] if plan.actor else [],
            "type": [plan.event_type] if plan.event_type else [],
            "source": articles,
            "origin": origins,
            "precision": [level for level in LEVELS if level in levels] or ["none"],
            "reviewed": [plan.review.decision if plan.review else "none"],
        },
        "names": _names(plan, gazetteer),
        "levels": levels,
        "counts": [report_count(plan), plan.origin_count],
        "time": day_range(plan.when),
        "reported": [days for days in dates if days],
    }


def _names(plan: ReportedPlan, gazetteer: Gazetteer) -> list[str]:
    """Return the names of a plan's places, each once."""
    names: dict[str, None] = {}
    for said in (*plan.places, *plan.anchors):
        names |= {said.place.name: None, said.said: None}
        try:
            known = gazetteer.place(said.place.id)
        except (LookupError, GeoError):
            known = said.place
        names |= {name.toponym: None for name in known.names}
    return [name for name in names if name]
