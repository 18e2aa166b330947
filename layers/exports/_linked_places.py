"""The places that a reading uses, in Linked Places Format."""

from __future__ import annotations

import math
import os
from pathlib import Path
from typing import Any

from shapely import Point

from geo import Place
from geo.files import write_atomically
from layers._evidence import safe_url, source_words
from layers._messages import load_messages
from layers._precision import precision_words
from layers._protocols import Gazetteer
from layers.exports._gathered import Gathered, gather
from layers.exports._geometry import bbox, coordinates, cut
from layers.exports._names import article_iri, place_iri
from layers.exports._text import as_json
from sources import Article, PlanPlace, Reading

CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"
_CERTAINTY = {1: "certain", 2: "certain"}
_POINT_ALONE = "a representative point, not its outline"


def write_linked_places(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the places that the articles name, and those of the plans, in Linked Places Format 1.1 (GeoJSON and JSON-LD, EPSG:4326).

    A feature for each place, in the order of ids: its names, those that articles use with the articles as citations; its type as a
    feature code of GeoNames; where a plan lies there, its shape, generalised and cut at 180 degrees as in :func:`write_geojson`, else its
    representative point, with ``certainty`` and a ``note`` of how precise that is; its precision, radius in metres, authority, larger
    places and links. ``citemap gazetteer add`` reads the file back. Names without a chosen place are not in it. An empty
    reading gives a collection of nothing.
    Equal readings give equal bytes. The file is written whole or not at all. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import json, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_linked_places(Reading(articles=()), None, Path(folder) / "places.lpf.json")
    ...     json.loads(path.read_text(encoding="utf-8"))["features"]
    []
    """
    return write_atomically(path, linked_places_bytes(gather(reading, gazetteer)))


def linked_places_bytes(gathered: Gathered) -> bytes:
    """Return the places of a reading as the bytes of a file in Linked Places Format.

    >>> b"FeatureCollection" in linked_places_bytes(gather(Reading(articles=()), None))
    True
    """
    known = {row.values["place_id"]: row.simple for row in gathered.rows if row.simple is not None}
    places, used = _used(gathered.reading)
    features = [as_json(_feature(places[key], known.get(key), used.get(key, {}))) for key in sorted(places)]
    lines = ",\n".join(features)
    head = f'"type": "FeatureCollection", "@context": "{CONTEXT}"'
    return f'{{{head}, "features": [{lines and chr(10) + lines + chr(10)}]}}\n'.encode()


def _used(reading: Reading) -> tuple[dict[str, Place], dict[str, dict[str, list[Article]]]]:
    """Return the places by id, and for each the names that articles use for it, with those articles."""
    places: dict[str, Place] = {}
    used: dict[str, dict[str, list[Article]]] = {}
    for article in reading.articles:
        for toponym in reading.toponyms.get(article.id, ()):
            if toponym.place is not None:
                places.setdefault(toponym.place.id, toponym.place)
                cited = used.setdefault(toponym.place.id, {}).setdefault(toponym.mention.name.strip(), [])
                if article not in cited:
                    cited.append(article)
    for plan in reading.plans:
        for said in (*plan.places, *plan.anchors, *(distance.to for distance in plan.distances)):
            places.setdefault(said.place.id, said.place)
    return places, used


def _feature(place: Place, simple: Any, used: dict[str, list[Article]]) -> dict[str, Any]:
    """Return one place as a feature."""
    properties: dict[str, Any] = {"title": place.name, "ccodes": [place.country] if place.country else []}
    if place.admin1:
        properties["admin1"] = place.admin1
    properties |= {"feature_code": place.feature_code, "extent": place.extent, "where_prec": place.where_prec}
    if place.uncertainty_m is not None and math.isfinite(place.uncertainty_m):
        properties["coordinateUncertaintyInMeters"] = place.uncertainty_m
    if place.population:
        properties["population"] = place.population
    properties |= {"authority": place.authority, "authority_url": safe_url(place.authority_url)}
    feature: dict[str, Any] = {"@id": place_iri(place.id), "type": "Feature", "properties": properties}
    if simple is not None and simple.geom_type != "Point":
        feature["bbox"] = bbox([simple])
    feature |= {"names": _names(place, used), "geometry": _geometry(place, simple)}
    if place.feature_code:
        feature["types"] = [{"identifier": f"gn:{place.feature_code}", "label": place.feature_code}]
    if place.links:
        feature["links"] = [{"type": "closeMatch", "identifier": link} for link in place.links]
    if place.part_of:
        feature["relations"] = [{"relationType": "gvp:broaderPartitive", "relationTo": larger} for larger in place.part_of]
    return feature


def _names(place: Place, used: dict[str, list[Article]]) -> list[dict[str, Any]]:
    """Return the names: the leading one, those that articles use with their citations, then those in other languages."""
    tongues = {name.toponym: name.lang for name in reversed(place.names)}
    names: dict[tuple[str, str], dict[str, Any]] = {}
    for toponym in filter(None, dict.fromkeys((place.name, *used))):
        lang = tongues.get(toponym, "")
        names[toponym, lang] = {"toponym": toponym} | ({"lang": lang} if lang else {})
        if articles := used.get(toponym):
            names[toponym, lang]["citations"] = [_citation(article) for article in articles]
    for name in place.names:
        names.setdefault((name.toponym, name.lang), {"toponym": name.toponym} | ({"lang": name.lang} if name.lang else {}))
    return list(names.values())


def _citation(article: Article) -> dict[str, Any]:
    citation: dict[str, Any] = {"@id": article_iri(article), "label": source_words(article.citation)}
    year = article.citation.date[:4]
    return citation | ({"year": int(year)} if year.isdigit() else {})


def _geometry(place: Place, simple: Any) -> dict[str, Any]:
    """Return the shape, or the representative point, with how certain it is and how precise, in words."""
    said = PlanPlace(place=place, said=place.name, where_prec=place.where_prec, uncertainty_m=place.uncertainty_m)
    words = precision_words(said, place.extent, load_messages())
    point = cut(Point(place.lon, place.lat)) if simple is None else simple
    if simple is None and place.extent != "point":
        return (coordinates(point) or {}) | {"certainty": "uncertain", "note": f"{words}; {_POINT_ALONE}"}
    return (coordinates(point) or {}) | {"certainty": _CERTAINTY.get(place.where_prec, "less-certain"), "note": words}
