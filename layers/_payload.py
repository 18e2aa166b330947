"""Everything that the page knows, as one value that JSON can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from shapely import Point

from geo import GeoError
from layers._base import base_payload, near_box
from layers._context import ContextSet, shown_sets, unnamed_sites
from layers._dates import date_words
from layers._distances import line_bounds
from layers._encode import DIGITS, encode_line, encode_polygons
from layers._evidence import evidence_for, safe_url
from layers._facets import facets_payload
from layers._labels import labels_payload
from layers._marks import Mark, make_marks, marked_plans
from layers._mentioned import mentioned_payload
from layers._messages import load_messages, say
from layers._notes import place_words, plan_payload
from layers._precision import NEAR_METRES, precision_level, precision_words
from layers._protocols import Gazetteer
from layers._shapes import Bounds, arc_edges, inner_points
from layers._sources import reading_passages, sources_payload
from layers._style import load_styles
from layers._unmapped import unmapped_payload
from layers._view import near, opening_view
from sources import Reading


def make_payload(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    title: str | None,
    deck: str | None,
    borders: bool,
    context: Sequence[ContextSet],
    language: str,
    full_text: bool = False,
    tiles: str = "",
    ground: bool = True,
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
    lines = [bounds for plan in reading.plans for distance in plan.distances if (bounds := line_bounds(distance))]
    view, held = opening_view(marks, lines)
    mapped = frozenset((plan.id, mark.place.id) for mark in marks for plan, _ in mark.plans)
    called = shown_sets(tuple(context), reading, mapped)
    sites, lost = _context_payload(unnamed_sites(called, reading), {shown.id: len(shown.sites) for shown in called}, gazetteer, messages)
    kinds = {mark.place.id: mark.kind for mark in marks}
    plans = sorted(reading.plans, key=lambda plan: (plan.number, plan.id))
    passages = reading_passages(reading, whole=full_text)
    return {
        "language": language,
        "messages": messages,
        "title": title if title is not None else say(messages, "title", n=len(reading.articles)),
        "deck": deck if deck is not None else _deck(reading, gazetteer, messages),
        "styles": [dict(style) for style in load_styles()],
        "view": {"bounds": [round(value, 3) for value in view], "held": list(held), "points": _held_ends(lines, view)},
        "tiles": tiles,
        "marks": [_mark_payload(mark, gazetteer, messages, view) for mark in marks],
        "plans": [
            plan_payload(reading, plan, kinds, view, messages, passages) | facets_payload(reading, plan, kinds, gazetteer, messages)
            for plan in plans
        ],
        "context": sites,
        "mentioned": mentioned_payload(reading, marks, gazetteer, messages, view),
        "sources": sources_payload(reading, passages, messages, whole=full_text),
        "unmapped": unmapped_payload(reading, marks, unmapped, lost, passages, messages),
        "labels": labels_payload(gazetteer, near_box(view), marks, view) if ground else [],
        "base": base_payload(view, borders=borders) if ground else None,
    }


def _deck(reading: Reading, gazetteer: Gazetteer, messages: dict[str, str]) -> str:
    """Say in a line how many plans from how many articles, and how many are not on the map."""
    plans = say(messages, "plans", n=len(reading.plans))
    drawn = marked_plans(reading, gazetteer)
    left = sum(plan.number not in drawn for plan in reading.plans)
    return say(messages, "deck.left" if left else "deck", plans=plans, left=left, drawn=len(reading.plans) - left)


def _held_ends(lines: Sequence[Bounds], view: Bounds) -> list[list[float]]:
    """Return the corners, as [lat, lon], of the measured lines that the opening view holds, so that no panel covers them."""
    points = []
    for bounds in lines:
        west, south, east, north = near(bounds, view)
        if west >= view[0] - 0.01 and east <= view[2] + 0.01 and south >= view[1] - 0.01 and north <= view[3] + 0.01:
            points += [[south, west], [north, east]]
    return points


def _mark_payload(mark: Mark, gazetteer: Gazetteer, messages: dict[str, str], view: Bounds) -> dict[str, Any]:
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
        "whole": _whole(mark, the, messages),
        "plans": [
            {
                "id": plan.id,
                "precision": precision_words(said, mark.kind, messages),
                "name": place_words(said),
                "level": precision_level(said, mark.kind),
                "quote": plan.quotes.index(evidence_for(plan, said)),
            }
            for plan, said in mark.plans
        ],
        "digits": DIGITS,
    }
    if mark.kind == "point":
        radius = max(said.uncertainty_m or 0.0 for _, said in mark.plans)
        entry["point"] = [round(place.lon, DIGITS), round(place.lat, DIGITS)]
        entry["radius"] = round(radius) if radius > NEAR_METRES else 0
    else:
        entry["shape"] = encode_polygons(mark.geometry)
        entry["part"] = bool(_parts_of(mark)) and all(said.modifier for _, said in mark.plans)
        points = _towards(mark, gazetteer, inner_points(mark.geometry))
        entry["inner"] = encode_line([point[:2] for point in points])
        entry["depth"] = [depth for *_, depth in points]
        if mark.kind == "chain":
            entry["arc"] = [encode_line(line) for line in arc_edges(mark.geometry)]
    return entry


def _parts_of(mark: Mark) -> dict[str, str]:
    """Return the parts of a mark's place that plans speak of ("eastern"), each with the words of the article."""
    return {said.modifier: re.sub(r"(?i)^the\s+", "", said.said.strip()) for _, said in mark.plans if said.modifier}


def _whole(mark: Mark, key: str, messages: dict[str, str]) -> str:
    """Say that a mark stands for the whole of a place, or for a part of it that has no shape of its own."""
    parts = _parts_of(mark)
    if not parts:
        return say(messages, key, place=mark.place.name)
    names = ", ".join(parts.values())
    if any(not said.modifier for _, said in mark.plans):
        return say(messages, "whole.mixed", whole=say(messages, key, place=mark.place.name), part=names, place=mark.place.name)
    return say(messages, "whole.part", part=names, place=mark.place.name)


def _towards(mark: Mark, gazetteer: Gazetteer, points: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Put the points on the side that the plans speak of first, where all speak of one and the gazetteer knows where that is."""
    parts, ask = _parts_of(mark), getattr(gazetteer, "part", None)
    at = ask(mark.place.id, next(iter(parts))) if ask is not None and len(parts) == 1 else None
    if at is None or any(not said.modifier for _, said in mark.plans):
        return points
    lat, lon = at[0], at[1] + 360 * round((points[0][0] - at[1]) / 360)
    nearest = sorted(points, key=lambda point: (round((point[0] - lon) ** 2 + (point[1] - lat) ** 2, 6), point))[:6]
    return [(lon, lat, 0.1), *nearest] if mark.geometry.contains(Point(lon, lat)) else nearest


def _context_payload(
    sets: Sequence[ContextSet], sizes: dict[str, int], gazetteer: Gazetteer, messages: dict[str, str]
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the context sets with their sites' points and records, and the ids of sites that the gazetteer does not hold.

    ``sizes`` says how many sites each set has with those that the articles name.
    """
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
        records = {str(record["id"]): _csl_words(record, messages) for record in shown.citations}
        payload.append({
            "id": shown.id, "key": _context_key(shown, sizes[shown.id], messages), "legend": shown.legend, "sites": sites,
            "citations": records,
        })  # fmt: skip
    return payload, lost


def _context_key(shown: ContextSet, size: int, messages: dict[str, str]) -> str:
    """Return the line of the legend: it always begins by saying that the articles do not name these sites."""
    if len(shown.sites) < size:
        what = say(messages, "legend.context.some", count=len(shown.sites), all=size, what=shown.label[:1].lower() + shown.label[1:])
        return say(messages, "legend.context", what=what)
    opening = say(messages, "legend.context", what="").strip()
    if len(shown.legend) > 70 or not shown.legend:
        return say(messages, "legend.context", what=shown.label[:1].lower() + shown.label[1:])
    return shown.legend if shown.legend.startswith(opening.rstrip(":")) else f"{opening} {shown.legend}"


def _csl_words(record: dict[str, Any], messages: dict[str, str]) -> dict[str, str]:
    """Return title, issuer, date and link of a CSL-JSON record as text."""
    names = [" ".join(filter(None, (a.get("literal"), a.get("given"), a.get("family")))) for a in record.get("author", ())]
    issuer = str(record.get("publisher") or record.get("container-title") or "; ".join(names))
    dates = record.get("issued", {}).get("date-parts") or [[]]
    date = "-".join(f"{int(part):02d}" for part in dates[0]) or str(record.get("issued", {}).get("raw", ""))
    url = safe_url(str(record.get("URL", "")))
    return {"title": str(record.get("title", "")), "issuer": issuer, "date": date_words(date, messages), "url": url}
