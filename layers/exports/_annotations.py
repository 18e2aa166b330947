"""Quotes and names of places as W3C Web Annotations."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo import Place, Toponym
from geo.files import write_atomically
from layers._marks import check_quotes
from layers._protocols import Gazetteer
from layers.exports._gathered import Gathered, gather, plain
from layers.exports._names import article_iri, place_iri, urn
from layers.exports._text import as_json
from sources import BLANK, Article, Quote, Reading, ReportedPlan

CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"schema": "https://schema.org/", "skos": "http://www.w3.org/2004/02/skos/core#", "dwc": "http://rs.tdwg.org/dwc/terms/"},
]
_AROUND = 32
"""Characters of prefix and suffix, as quotes have them."""


def write_annotations(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write every quote and every name of a place as W3C Web Annotations (JSON-LD, one AnnotationCollection with one page).

    An annotation's target is the article, by its address or else by ``urn:sha256:`` and the hash of its text, with a TextQuoteSelector and
    a TextPositionSelector (Unicode code points, half-open). A quote is ``describing``: its bodies are the plan's summary, its status and
    the places where it is to be. A name of a place is ``identifying``: its body is the place of the gazetteer with name, feature code and
    coordinates (degrees, WGS 84), or, where none was chosen, the reason; how the name is used (literal, metonymic, …) is a tag. Ids are
    made of keys, texts and offsets: the same sentence has the same id in every build. Quotes of plans that a person rejected are left out.
    An empty reading gives a collection of nothing. Equal readings give equal bytes. The file is written whole or not at all. Returns the
    path. Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import json, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_annotations(Reading(articles=()), None, Path(folder) / "annotations.jsonld")
    ...     json.loads(path.read_text(encoding="utf-8"))["total"]
    0
    """
    check_quotes(reading)
    return write_atomically(path, annotations_bytes(gather(reading, gazetteer)))


def annotations_bytes(gathered: Gathered) -> bytes:
    """Return the annotations of a reading as the bytes of a JSON-LD file.

    >>> b"AnnotationCollection" in annotations_bytes(gather(Reading(articles=()), None))
    True
    """
    reading = gathered.reading
    items = {item["id"]: item for item in (*_of_plans(gathered), *_of_places(reading))}
    hashes = [article.citation.sha256 for article in reading.articles]
    collection = urn("annotations", *hashes)
    head = {
        "@context": CONTEXT,
        "id": collection,
        "type": "AnnotationCollection",
        "label": "Quotes of reported plans, and names of places",
        "total": len(items),
    }
    page = {"id": urn("page", *hashes), "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    lines = ",\n".join(as_json(item) for item in items.values())
    text = as_json(head | {"first": page | {"items": []}})
    return (text.removesuffix("[]}}") + f"[{lines and chr(10) + lines + chr(10)}]}}}}\n").encode()


def _of_plans(gathered: Gathered) -> Iterator[dict[str, Any]]:
    reading = gathered.reading
    for plan in {row.plan.id: row.plan for row in gathered.rows}.values():
        versions = [(side.said, quote) for conflict in plan.conflicts for side in conflict.sides for quote in side.quotes]
        for version, quote in (*(("", quote) for quote in plan.quotes), *versions):
            yield _of_quote(reading.article(quote.article_id), plan, quote, version)


def _of_quote(article: Article, plan: ReportedPlan, quote: Quote, version: str) -> dict[str, Any]:
    key = plan.key or plan.id
    body: list[dict[str, Any]] = [
        {"type": "TextualBody", "purpose": "describing", "value": plan.summary, "format": "text/plain", "language": "en"},
        {"type": "TextualBody", "purpose": "classifying", "value": plan.status, "format": "text/plain", "language": "en"},
    ]
    if version:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": f"one version: {version}", "format": "text/plain"})
    seen = {said.place.id: said.place for said in plan.places if said.role == "where"}
    body += [_place_body(place, "linking") for place in seen.values()]
    return {
        "id": urn("quote", key, article_iri(article), article.citation.sha256, quote.start, quote.end, version),
        "type": "Annotation",
        "motivation": "describing",
        "schema:about": {"id": urn("plan", key), "schema:identifier": key},
        "body": body,
        "target": {"source": article_iri(article), "selector": quote.selectors()},
    }


def _of_places(reading: Reading) -> Iterator[dict[str, Any]]:
    for article in reading.articles:
        for toponym in reading.toponyms.get(article.id, ()):
            yield _of_name(article, toponym)


def _of_name(article: Article, toponym: Toponym) -> dict[str, Any]:
    mention, text = toponym.mention, article.text
    comment = {"type": "TextualBody", "purpose": "commenting", "value": toponym.reason, "format": "text/plain", "language": "en"}
    body = [_place_body(toponym.place, "identifying")] if toponym.place else []
    body += [comment] if toponym.reason else []
    body.append({"type": "TextualBody", "purpose": "tagging", "value": mention.kind, "format": "text/plain", "language": "en"})
    quote = {
        "type": "TextQuoteSelector",
        "exact": text[mention.start : mention.end],
        "prefix": text[max(0, mention.start - _AROUND) : mention.start].rpartition(BLANK)[2],
        "suffix": text[mention.end : mention.end + _AROUND].partition(BLANK)[0],
    }
    return {
        "id": urn("name", article_iri(article), article.citation.sha256, mention.start, mention.end),
        "type": "Annotation",
        "motivation": "identifying",
        "body": body,
        "target": {
            "source": article_iri(article),
            "selector": [quote, {"type": "TextPositionSelector", "start": mention.start, "end": mention.end}],
        },
    }


def _place_body(place: Place, purpose: str) -> dict[str, Any]:
    where: dict[str, Any] = {"type": "schema:GeoCoordinates", "schema:latitude": place.lat, "schema:longitude": place.lon}
    if plain(place.uncertainty_m):
        where["dwc:coordinateUncertaintyInMeters"] = place.uncertainty_m
    about: dict[str, Any] = {"id": place_iri(place.id), "type": "schema:Place", "schema:name": place.name, "schema:geo": where}
    if place.feature_code:
        about["schema:additionalType"] = f"gn:{place.feature_code}"
    return {"type": "SpecificResource", "purpose": purpose, "source": about}
