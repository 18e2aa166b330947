"""Plans as GeoJSON."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import shapely

from layers._distances import line_ends
from layers._evidence import safe_url, source_words
from layers._files import write_atomically
from layers._frames import plans_to_frame
from layers._protocols import Gazetteer
from sources import Quote, Reading, ReportedPlan, StatedDistance

_DECIMALS = 5
_TOLERANCES = ((40.0, 0.03), (6.0, 0.01), (0.0, 0.002))
"""From how many degrees of extent on a border may move how far, in degrees: continents, countries, what is smaller."""


def write_geojson(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as one GeoJSON FeatureCollection (RFC 7946, EPSG:4326), a feature for each row of :func:`plans_to_frame`.

    A plan without a place has a null geometry. Properties are the frame's columns and ``quotes``: every quote with its W3C selectors,
    its source and its URL; ``versions``: every conflict with what each side said, its quotes and its origins; ``lines``: every stated
    distance with both figures and, where it was measured, its two ends as [lon, lat]. Shapes are generalised: the property
    ``generalised`` is how far, in degrees, a border may have moved (0.03 for shapes wider than 40 degrees, 0.01 for those wider than 6,
    0.002 for smaller ones, null for points); parts smaller than that are left out. Coordinates keep five decimals. Equal readings give
    equal bytes. The file is written whole or not at all. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_geojson(Reading(articles=()), None, Path(folder) / "plans.geojson").read_text()
    '{"type": "FeatureCollection", "features": []}\\n'
    """
    frame = plans_to_frame(reading, gazetteer)
    more = {plan.id: _more(reading, plan) for plan in reading.plans}
    features = []
    for record, geometry in zip(frame.drop(columns="geometry").to_dict("records"), frame.geometry, strict=True):
        properties = {str(key): _plain(value) for key, value in record.items()} | more[record["plan_id"]]
        simple, moved = _generalised(geometry)
        properties["generalised"] = moved
        shape = None if simple is None else shapely.geometry.mapping(shapely.orient_polygons(simple))
        features.append({"type": "Feature", "geometry": _rounded(shape), "properties": properties})
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False, allow_nan=False) for feature in features)
    text = f'{{"type": "FeatureCollection", "features": [{lines and chr(10) + lines + chr(10)}]}}\n'
    return write_atomically(path, text.encode("utf-8"))


def _generalised(geometry: Any) -> tuple[Any, float | None]:
    """Return a geometry with no more points than its size calls for, valid on the grid of the file, and the tolerance in degrees."""
    if geometry is None or geometry.geom_type in ("Point", "MultiPoint"):
        return geometry, None
    west, south, east, north = geometry.bounds
    tolerance = next(moved for least, moved in _TOLERANCES if max(east - west, north - south) >= least)
    valid = geometry if geometry.is_valid else shapely.make_valid(geometry)
    simple = shapely.set_precision(shapely.simplify(valid, tolerance, preserve_topology=True), 10.0**-_DECIMALS)
    parts = shapely.get_parts(simple)
    if len(parts) > 1 and all(part.geom_type == "Polygon" for part in parts):
        kept = [part for part in parts if part.area >= tolerance**2]
        simple = shapely.multipolygons(kept) if kept else simple
    return simple, tolerance


def _more(reading: Reading, plan: ReportedPlan) -> dict[str, Any]:
    """Return what a table has no room for: quotes, the versions of each conflict, the lines of stated distances."""
    return {
        "quotes": [_quote(reading, quote) for quote in plan.quotes],
        "versions": [
            {
                "on": conflict.on,
                "sides": [
                    {"said": side.said, "origins": list(side.origins), "quotes": [_quote(reading, quote) for quote in side.quotes]}
                    for side in conflict.sides
                ],
            }
            for conflict in plan.conflicts
        ],
        "lines": [_line(distance) for distance in plan.distances],
    }


def _line(distance: StatedDistance) -> dict[str, Any]:
    """Return a stated distance: the words, both figures in kilometres, the names of the ends and where they lie."""
    ends = line_ends(distance)
    return {
        "said": distance.said,
        "relation": distance.relation,
        "said_km": distance.said_km,
        "measured_km": None if distance.measured_km is None else round(distance.measured_km, 1),
        "from": distance.nearest,
        "to": distance.to.place.name,
        "ends": [[lon, lat] for lat, lon in ends] if ends else [],
        "holds": distance.holds,
    }


def _quote(reading: Reading, quote: Quote) -> dict[str, Any]:
    """Return a quote with its selectors and its source."""
    return {
        "article_id": quote.article_id,
        "exact": quote.exact,
        "paragraph": quote.paragraph,
        "selectors": quote.selectors(),
        "source": source_words(reading.article(quote.article_id).citation),
        "url": safe_url(quote.url),
    }


def _plain(value: Any) -> Any:
    """Return a value of the frame as JSON knows it."""
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ == "NAType":
        return None
    return value.item() if hasattr(value, "item") else value


def _rounded(value: Any) -> Any:
    """Round every number of a geometry."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(inner) for inner in value]
    return round(value, _DECIMALS) if isinstance(value, float) else value
