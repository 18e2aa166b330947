"""Everything that the page knows, as one value that JSON can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from geo import GeoError
from layers._base import base_payload, near_box
from layers._context import ContextSet, shown_sets
from layers._encode import DIGITS, encode_line, encode_polygons
from layers._evidence import report_count, safe_url, source_words
from layers._labels import labels_payload
from layers._marks import Mark, Unmapped, make_marks, where_places
from layers._messages import load_messages, say
from layers._precision import NEAR_METRES, precision_words
from layers._protocols import Gazetteer
from layers._shapes import Bounds, arc_edges, inner_points
from layers._style import load_styles
from layers._unmapped import unmapped_payload
from layers._view import near, opening_view
from sources import PlanPlace, Quote, Reading, ReportedPlan


def make_payload(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    title: str | None,
    deck: str | None,
    borders: bool,
    context: Sequence[ContextSet],
    language: str,
) -> dict[str, Any]:
    """Gather marks, notes, names, land and words for one page. Raises what :func:`layers.draw_map` says.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> data = make_payload(Reading(articles=()), Empty(), title=None, deck=None, borders=True, context=(), language="en")
    >>> data["plans"], data["marks"]
    ([], [])
    """
    messages = load_messages(language)
    marks, unmapped = make_marks(reading, gazetteer)
    view, held = opening_view(marks)
    mapped = frozenset((plan.id, mark.place.id) for mark in marks for plan, _ in mark.plans)
    sites, lost = _context_payload(shown_sets(tuple(context), reading, mapped), gazetteer, messages)
    kinds = {mark.place.id: mark.kind for mark in marks}
    return {
        "language": language,
        "messages": messages,
        "title": title if title is not None else say(messages, "title", n=len(reading.articles)),
        "deck": deck if deck is not None else _deck(reading, marks, messages),
        "styles": [dict(style) for style in load_styles()],
        "view": {"bounds": [round(value, 3) for value in view], "held": list(held)},
        "marks": [_mark_payload(mark, messages, view) for mark in marks],
        "plans": [_plan_payload(reading, plan, kinds, messages) for plan in sorted(reading.plans, key=lambda plan: (plan.number, plan.id))],
        "context": sites,
        "sources": _sources_payload(reading),
        "unmapped": unmapped_payload(reading, marks, _plan_reasons(unmapped, messages), lost, messages),
        "labels": labels_payload(gazetteer, near_box(view), marks, view),
        "base": base_payload(view, borders=borders),
    }


def _deck(reading: Reading, marks: Sequence[Mark], messages: dict[str, str]) -> str:
    """Say in a line how many plans from how many articles, and how many are not on the map."""
    plans = say(messages, "plans", n=len(reading.plans))
    deck = say(messages, "deck", plans=plans, articles=say(messages, "articles", n=len(reading.articles)))
    drawn = {plan.id for mark in marks for plan, _ in mark.plans}
    left = sum(plan.id not in drawn for plan in reading.plans)
    if not left:
        return deck
    return f"{deck} {messages['deck.unmapped.one'] if left == 1 else say(messages, 'deck.unmapped', count=left)}"


def _mark_payload(mark: Mark, messages: dict[str, str], view: Bounds) -> dict[str, Any]:
    """Return one mark: its shape or point, where numbers may stand, and what each plan says of the place."""
    turn = near(mark.bounds, view)[0] - mark.bounds[0]
    place = mark.place
    the = "whole.country.the" if place.country in messages["names.the"].split() and mark.kind in ("country", "region") else "whole.country"
    entry: dict[str, Any] = {
        "id": place.id,
        "name": place.name,
        "kind": mark.kind,
        "turn": round(turn),
        "bounds": [round(value, 3) for value in mark.bounds],
        "leads": mark.leads,
        "soft": mark.soft,
        "whole": say(messages, the, place=place.name),
        "away": say(messages, the.replace("country", "away"), place=place.name),
        "plans": [
            {"id": plan.id, "precision": precision_words(said, mark.kind, messages), "name": place_words(said)} for plan, said in mark.plans
        ],
        "digits": DIGITS,
    }
    if mark.kind == "point":
        radius = max(said.uncertainty_m or 0.0 for _, said in mark.plans)
        entry["point"] = [round(place.lon, DIGITS), round(place.lat, DIGITS)]
        entry["radius"] = round(radius) if radius > NEAR_METRES else 0
    else:
        entry["shape"] = encode_polygons(mark.geometry)
        points = inner_points(mark.geometry)
        entry["inner"] = encode_line([point[:2] for point in points])
        entry["depth"] = [depth for *_, depth in points]
        if mark.kind == "chain":
            entry["arc"] = [encode_line(line) for line in arc_edges(mark.geometry)]
    return entry


def place_words(place: PlanPlace) -> str:
    """Name a place as the source writes it, with the gazetteer's name in brackets where that differs.

    >>> from geo import Place
    >>> p = Place(id="x", name="Ryukyu Islands", lat=0, lon=0, feature_code="ISLS", extent="chain")
    >>> place_words(PlanPlace(place=p, said="Nansei Islands"))
    'Nansei Islands (Ryukyu Islands)'
    """
    said = re.sub(r"(?i)^the\s+", "", place.said.strip())
    if not said:
        return place.place.name
    return said if said.casefold() == place.place.name.casefold() else f"{said} ({place.place.name})"


def _plan_payload(reading: Reading, plan: ReportedPlan, kinds: dict[str, Any], messages: dict[str, str]) -> dict[str, Any]:
    """Return one note: what stands on its card and in its popup."""
    places = where_places(plan)
    return {
        "id": plan.id,
        "number": plan.number,
        "summary": plan.summary,
        "status": plan.status,
        "where": [
            {
                "mark": place.place.id if place.place.id in kinds else "",
                "name": place_words(place),
                "precision": precision_words(place, kinds[place.place.id], messages) if place.place.id in kinds else "",
            }
            for place in places
        ],
        "when": _when(plan, messages),
        "condition": plan.condition,
        "quotes": [_quote_payload(reading, quote) for quote in plan.quotes],
        "reports": report_count(plan),
        "origins": list(plan.origins),
        "lacks": list(plan.lacks),
    }


def _when(plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say when, in the article's words beside the date that they were resolved to; empty where the article does not say."""
    if plan.when and plan.when_said:
        return say(messages, "when.said", when=plan.when, said=plan.when_said)
    return plan.when or (f"“{plan.when_said}”" if plan.when_said else "")


def _quote_payload(reading: Reading, quote: Quote) -> dict[str, Any]:
    """Return one quote in runs of (text, emphasised?), with its source and its paragraph."""
    citation = reading.article(quote.article_id).citation
    return {
        "runs": _runs(quote),
        "source": source_words(citation),
        "paragraph": quote.paragraph,
        "url": safe_url(quote.url),
        "article": quote.article_id,
    }


def _runs(quote: Quote) -> list[list[Any]]:
    """Cut a quote at its emphasis; spans outside the quote are cut to it, so that the text stays whole."""
    runs: list[list[Any]] = []
    at = 0
    for start, end in sorted(quote.emphasis):
        start, end = max(start, at), min(end, len(quote.exact))
        if start >= end:
            continue
        if start > at:
            runs.append([quote.exact[at:start], 0])
        runs.append([quote.exact[start:end], 1])
        at = end
    if at < len(quote.exact):
        runs.append([quote.exact[at:], 0])
    return runs


def _sources_payload(reading: Reading) -> list[dict[str, Any]]:
    """Return one record an article: what is stated of it, and how many quotes come from it."""
    counts: dict[str, int] = {}
    for plan in reading.plans:
        for quote in plan.quotes:
            counts[quote.article_id] = counts.get(quote.article_id, 0) + 1
    return [
        {
            "id": article.id,
            "title": article.citation.title,
            "firstLine": article.citation.title_is_first_line,
            "publisher": article.citation.publisher,
            "authors": list(article.citation.authors),
            "date": article.citation.date,
            "url": safe_url(article.citation.url),
            "licence": article.citation.licence,
            "origin": article.citation.origin,
            "digest": article.citation.digest_of,
            "file": article.citation.file,
            "sha256": article.citation.sha256,
            "quotes": counts.get(article.id, 0),
        }
        for article in reading.articles
    ]


def _plan_reasons(unmapped: Sequence[Unmapped], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return number, summary and reason of each plan, or place of one, that is on no map."""
    return [
        {
            "id": entry.plan.id,
            "number": entry.plan.number,
            "name": entry.plan.summary,
            "reason": say(messages, entry.reason, place=entry.place.place.name if entry.place else ""),
        }
        for entry in unmapped
    ]


def _context_payload(sets: Sequence[ContextSet], gazetteer: Gazetteer, messages: dict[str, str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the context sets with their sites' points and records, and the ids of sites that the gazetteer does not hold."""
    payload: list[dict[str, Any]] = []
    lost: list[str] = []
    for shown in sets:
        sites = []
        for site in shown.sites:
            try:
                place = gazetteer.place(site.place)
            except (LookupError, GeoError):
                lost.append(site.place)
                continue
            point = [round(place.lon, 2), round(place.lat, 2)]
            sites.append({"name": place.name, "point": point, "citation": site.citation, "authority": place.authority})
        records = {str(record["id"]): _csl_words(record) for record in shown.citations}
        payload.append({
            "id": shown.id, "key": _context_key(shown, messages), "legend": shown.legend, "sites": sites, "citations": records
        })  # fmt: skip
    return payload, lost


def _context_key(shown: ContextSet, messages: dict[str, str]) -> str:
    """Return the line of the legend: it always begins by saying that the articles do not name these sites."""
    opening = say(messages, "legend.context", what="").strip()
    if len(shown.legend) > 70 or not shown.legend:
        return say(messages, "legend.context", what=shown.label[:1].lower() + shown.label[1:])
    return shown.legend if shown.legend.startswith(opening.rstrip(":")) else f"{opening} {shown.legend}"


def _csl_words(record: dict[str, Any]) -> dict[str, str]:
    """Return title, issuer, date and link of a CSL-JSON record as text."""
    names = [" ".join(filter(None, (a.get("literal"), a.get("given"), a.get("family")))) for a in record.get("author", ())]
    issuer = str(record.get("publisher") or record.get("container-title") or "; ".join(names))
    dates = record.get("issued", {}).get("date-parts") or [[]]
    date = "-".join(f"{int(part):02d}" for part in dates[0]) or str(record.get("issued", {}).get("raw", ""))
    return {"title": str(record.get("title", "")), "issuer": issuer, "date": date, "url": safe_url(str(record.get("URL", "")))}
