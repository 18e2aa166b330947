"""Everything that the page knows, as one value that JSON can hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from unicodedata import east_asian_width

from shapely import Point

from geo import GeoError
from layers._base import base_payload, near_box
from layers._context import ContextSet, load_context, shown_sets, unnamed_sites
from layers._dates import date_words
from layers._distances import line_bounds
from layers._encode import DIGITS, encode_line, encode_polygons
from layers._evidence import evidence_for, safe_url
from layers._facets import facets_payload
from layers._labels import labels_payload
from layers._marks import Mark, make_marks, marked_plans
from layers._mentioned import mentioned_payload
from layers._messages import joined, load_messages, page_words, say
from layers._notes import place_words, plan_payload
from layers._options import MapOptions
from layers._place_names import PlaceNames
from layers._precision import NEAR_METRES, precision_level, precision_words
from layers._protocols import Gazetteer
from layers._shapes import Bounds, arc_edges, inner_points
from layers._sources import reading_passages, sources_payload
from layers._style import load_styles
from layers._unmapped import unmapped_payload
from layers._view import near, opening_view
from sources import Reading

_LEGEND = 70
"""Letters from which on a line of the legend is too long, and the label of a set of sites stands there."""


def make_payload(reading: Reading, gazetteer: Gazetteer, options: MapOptions, *, ground: bool = True) -> dict[str, Any]:
    """Gather marks, notes, names, land and words for one page; all ``options`` are given. Raises what :func:`layers.draw_map` says.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> from layers._options import with_defaults
    >>> data = make_payload(Reading(articles=()), Empty(), with_defaults({}))
    >>> data["plans"], data["marks"]
    ([], [])
    """
    messages = load_messages(options["language"])
    title, deck, context = options["title"], options["deck"], options["context"]
    sets = (load_context() if context else ()) if isinstance(context, bool) else tuple(context)
    names = PlaceNames(gazetteer, messages)
    marks, unmapped = make_marks(reading, gazetteer)
    lines = [bounds for plan in reading.plans for distance in plan.distances if (bounds := line_bounds(distance))]
    view, held = opening_view(marks, lines)
    mapped = frozenset((plan.id, mark.place.id) for mark in marks for plan, _ in mark.plans)
    called = shown_sets(sets, reading, mapped)
    sites, lost = _context_payload(unnamed_sites(called, reading), {shown.id: len(shown.sites) for shown in called}, gazetteer, names)
    kinds = {mark.place.id: mark.kind for mark in marks}
    plans = sorted(reading.plans, key=lambda plan: (plan.number, plan.id))
    passages = reading_passages(reading, whole=options["full_text"])
    return {
        "language": options["language"],
        "messages": page_words(messages),
        "title": title if title is not None else say(messages, "title", n=len(reading.articles)),
        "deck": deck if deck is not None else _deck(reading, gazetteer, messages),
        "styles": [dict(style) for style in load_styles()],
        "view": {"bounds": [round(value, 3) for value in view], "held": list(held), "points": _held_ends(lines, view)},
        "tiles": options["tiles"],
        "marks": [_mark_payload(mark, gazetteer, names, view) for mark in marks],
        "plans": [
            plan_payload(reading, plan, kinds, view, names, passages) | facets_payload(reading, plan, kinds, gazetteer, messages)
            for plan in plans
        ],
        "context": sites,
        "mentioned": mentioned_payload(reading, marks, gazetteer, names, view),
        "sources": sources_payload(reading, passages, messages, whole=options["full_text"]),
        "unmapped": unmapped_payload(reading, marks, unmapped, lost, passages, names),
        "labels": labels_payload(gazetteer, near_box(view), marks, names, view) if ground else [],
        "base": base_payload(view, borders=options["borders"]) if ground else None,
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


def _mark_payload(mark: Mark, gazetteer: Gazetteer, names: PlaceNames, view: Bounds) -> dict[str, Any]:
    """Return one mark: its shape or point, where numbers may stand, and what each plan says of the place."""
    turn = near(mark.bounds, view)[0] - mark.bounds[0]
    place, messages = mark.place, names.messages
    the = "whole.country.the" if place.country in messages["names.the"].split() and mark.kind in ("country", "region") else "whole.country"
    entry: dict[str, Any] = {
        "id": place.id,
        "name": names.shown(place),
        "kind": mark.kind,
        "turn": round(turn),
        "bounds": [round(value, 3) for value in mark.bounds],
        "leads": mark.leads,
        "soft": mark.soft,
        "whole": _whole(mark, the, names),
        "plans": [
            {
                "id": plan.id,
                "precision": precision_words(said, mark.kind, messages),
                "name": place_words(said, names),
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


def _whole(mark: Mark, key: str, names: PlaceNames) -> str:
    """Say that a mark stands for the whole of a place, or for a part of it that has no shape of its own."""
    parts, messages, place = _parts_of(mark), names.messages, names.shown(mark.place)
    if not parts:
        return say(messages, key, place=place)
    part = joined(messages, parts.values())
    if any(not said.modifier for _, said in mark.plans):
        return say(messages, "whole.mixed", whole=say(messages, key, place=place), part=part)
    return say(messages, "whole.part", part=part, place=place)


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
    sets: Sequence[ContextSet], sizes: dict[str, int], gazetteer: Gazetteer, names: PlaceNames
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the context sets with their sites' points and records, and the ids of sites that the gazetteer does not hold.

    ``sizes`` says how many sites each set has with those that the articles name.
    """
    payload: list[dict[str, Any]] = []
    lost: list[str] = []
    messages = names.messages
    for shown in (each.in_language(names.language) for each in sets):
        sites = []
        for site in shown.sites:
            try:
                place = gazetteer.place(site.place)
            except (LookupError, GeoError):
                lost.append(site.place)
                continue
            point = [round(place.lon, 2), round(place.lat, 2)]
            sites.append({"name": names.shown(place), "point": point, "citation": site.citation, "authority": place.authority})
        records = {str(record["id"]): _csl_words(record, messages) for record in shown.citations}
        payload.append({
            "id": shown.id, "key": _context_key(shown, sizes[shown.id], messages), "legend": shown.legend, "sites": sites,
            "citations": records,
        })  # fmt: skip
    return payload, lost


def _context_key(shown: ContextSet, size: int, messages: dict[str, str]) -> str:
    """Return the line of the legend: it always begins by saying that the articles do not name these sites."""
    label = shown.label[:1].lower() + shown.label[1:] if shown.label[1:2].islower() else shown.label
    if len(shown.sites) < size:
        return say(messages, "legend.context", what=say(messages, "legend.context.some", count=len(shown.sites), what=label))
    opening = say(messages, "legend.context", what="").strip()
    if not 0 < _width(shown.legend) <= _LEGEND:
        return say(messages, "legend.context", what=label)
    return shown.legend if shown.legend.startswith(opening.rstrip(":：")) else say(messages, "legend.context", what=shown.legend)


def _width(words: str) -> int:
    """Return how many Latin letters words are as wide as; those of Chinese and Japanese are twice as wide."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def _csl_words(record: dict[str, Any], messages: dict[str, str]) -> dict[str, str]:
    """Return title, issuer, date and link of a CSL-JSON record as text."""
    names = [" ".join(filter(None, (a.get("literal"), a.get("given"), a.get("family")))) for a in record.get("author", ())]
    issuer = str(record.get("publisher") or record.get("container-title") or "; ".join(names))
    dates = record.get("issued", {}).get("date-parts") or [[]]
    date = "-".join(f"{int(part):02d}" for part in dates[0]) or str(record.get("issued", {}).get("raw", ""))
    url = safe_url(str(record.get("URL", "")))
    return {
        "title": str(record.get("title", "")),
        "issuer": issuer,
        "date": date_words(date, messages),
        "url": url,
        "lang": str(record.get("language", "en")),
    }
