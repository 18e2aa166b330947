"""Shapes of places: what the curated gazetteer's shape rules mean, worked out over the land of world-atlas (Natural Earth, 1:10m).

A rule is one JSON object under ``properties.shape`` of a feature; ``RULES`` names them. Every shape comes out in EPSG:4326, as polygons.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pycountry
import pyogrio
import shapely
from pyproj import Proj
from shapely import affinity
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

RULES: Mapping[str, str] = {
    "any": "the union of several rules",
    "members": "the union of the shapes of other entries, or of countries",
    "countries": "the union of countries (ISO alpha-2); 'within' cuts them with boxes [west, south, east, north]",
    "islands": "the whole islands (atlas polygons across borders joined) at these points, or within 6 km of them",
    "outline": "the land inside a coarse outline, of a 'country', of the islands 'of' points, or all land",
    "near": "the land within 'km' of a point, of a 'country' or of the islands 'of' points; with neither, the plain disc",
    "band": "the line through these entries in order, 'km' to either side, without land that is not theirs, with their islands",
    "ring": "the water inside a coarse ring of points",
    "line": "a line of points, 'km' to either side",
}
"""The shape rules: an object of a curated feature's ``properties.shape`` has exactly one of these keys."""

EXTENTS = frozenset({"point", "area", "chain", "sea", "country"})
_KEYS = (
    "title",
    "ccodes",
    "admin1",
    "fclasses",
    "feature_code",
    "extent",
    "where_prec",
    "coordinateUncertaintyInMeters",
    "population",
    "authority",
    "authority_url",
)
_ISLAND_KM = 6.0
_GRID = 1e-5

# Natural Earth draws these without an ISO number, or as part of another country; ISO 3166-1 gives them a code, or counts them to one.
# (atlas name -> alpha-2)
_ISO_OF_NAME = {
    "Kosovo": "XK",
    "Somaliland": "SO",
    "N. Cyprus": "CY",
    "Cyprus U.N. Buffer Zone": "CY",
    "Baikonur": "KZ",
    "Coral Sea Is.": "AU",
    "USNB Guantanamo Bay": "CU",
}
# alpha-2 -> (the country whose polygons hold it, the box that they lie in).
_CARVED: Mapping[str, tuple[str, BaseGeometry]] = {
    "GF": ("FR", box(-55, 1, -51, 7)),
    "GP": ("FR", box(-62, 15.7, -60.9, 16.6)),
    "MQ": ("FR", box(-61.3, 14.3, -60.7, 15)),
    "RE": ("FR", box(55, -22, 56, -20)),
    "YT": ("FR", box(44.9, -13.1, 45.4, -12.5)),
    "SJ": ("NO", box(-10, 70.5, -7, 71.5).union(box(9, 74, 36, 82))),
    "BQ": ("NL", box(-69, 11.9, -62.8, 18)),
    "BV": ("NO", box(3, -55, 4, -54)),
    "UA": ("RU", box(32.3, 44.2, 36.66, 46.2)),
    "CX": ("naturalearth:Indian Ocean Ter.", box(104, -12, 107, -9)),
    "CC": ("naturalearth:Indian Ocean Ter.", box(96, -13, 98, -11)),
}


class ShapeError(ValueError):
    """A curated entry cannot be read or its shape rule cannot be worked out; the message names entry, rule and next step."""

    def __init__(self, entry: str, problem: str, step: str, rule: str = "") -> None:
        """Keep the parts: ``entry`` an id or file name, ``problem`` what is wrong, ``step`` what to do, ``rule`` the rule's key."""
        super().__init__(f"{entry}{f', shape rule {rule!r}' if rule else ''}: {problem}. {step}.")
        self.entry, self.rule = entry, rule


def load_features(folder: Path) -> list[dict[str, Any]]:
    """Read every curated feature of a folder of Linked Places files, in the order of the file names, and check each one.

    ``folder`` holds ``*.json`` FeatureCollections; coordinates are EPSG:4326. Reads the files and nothing else. Raises
    :class:`ShapeError` for a file that is no FeatureCollection, a duplicate id, a missing key, a coordinate off the earth, an unknown
    extent or shape rule, and a ``relations`` target that exists neither here nor as an ISO 3166 or GeoNames id.
    """
    features: list[dict[str, Any]] = []
    files = sorted(Path(folder).glob("*.json"))
    if not files:
        raise ShapeError(str(folder), "no *.json file lies here", "Give the folder of the curated gazetteer, geo/data/places")
    for path in files:
        try:
            collection = json.loads(path.read_text(encoding="utf-8"))
            features.extend(collection["features"])
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ShapeError(path.name, f"is not a GeoJSON FeatureCollection ({error})", "Mend the file's JSON") from error
    known: set[str] = set()
    for feature in features:
        _check(feature, known)
        known.add(feature["@id"])
    for feature in features:
        targets = [r["relationTo"] for r in feature.get("relations", ())]
        for rule in _rules_in(feature["properties"].get("shape")):
            targets += [*rule.get("members", ()), *rule.get("band", ())]
        for target in targets:
            if target not in known and not _is_public(target):
                raise ShapeError(feature["@id"], f"refers to {target!r}, which exists nowhere", "Write that entry or mend the id")
    return features


def build_shapes(features: Iterable[Mapping[str, Any]], atlas: Path) -> dict[str, BaseGeometry]:
    """Return the shape of every country and of every curated feature that has a shape rule, by id.

    ``features`` are curated Linked Places features (:func:`load_features`), ``atlas`` the TopoJSON file ``countries-10m.json`` of
    world-atlas, which is read from disk. Keys are ``iso3166-1:XX`` for countries, ``naturalearth:<name>`` for what the atlas draws
    without an ISO code, and the features' ids. Shapes are valid polygons or multipolygons in EPSG:4326, split at the antimeridian,
    rounded to five decimals; equal inputs give equal shapes. Raises :class:`ShapeError` for a missing atlas or a rule that fails.
    """
    workshop = Workshop(features, atlas)
    return workshop.country_shapes() | workshop.feature_shapes()


class Workshop:
    """The land, the features, and one method for each shape rule; shapes are worked out once and remembered."""

    def __init__(self, features: Iterable[Mapping[str, Any]], atlas: Path) -> None:
        """Read the polygons of countries (EPSG:4326) and index them for the rules of ``features``; see :func:`build_shapes`."""
        self.features = {f["@id"]: f for f in features}
        self.countries = countries = _read_atlas(Path(atlas))
        self._land = [p for key in sorted(countries) for p in countries[key] if not (key == "iso3166-1:CU" and _is_guantanamo(p))]
        self._owner = [key for key in sorted(countries) for p in countries[key] if not (key == "iso3166-1:CU" and _is_guantanamo(p))]
        self._tree = shapely.STRtree(self._land)
        self._done: dict[str, BaseGeometry] = {}
        self._open: list[str] = []

    def country_shapes(self) -> dict[str, BaseGeometry]:
        """Return the shapes of countries by id."""
        return {key: _finish(key, "", shapely.unary_union(parts)) for key, parts in sorted(self.countries.items())}

    def feature_shapes(self) -> dict[str, BaseGeometry]:
        """Return the shapes of features that have a rule, by id; most of the work is done by GEOS, beside whatever Python does."""
        rules = {key: feature["properties"].get("shape") for key, feature in self.features.items()}
        return {key: _finish(key, _name_of(key, rule), self.shape(key)) for key, rule in rules.items() if rule is not None}

    @cached_property
    def _rules(self) -> Mapping[str, Callable[[str, Mapping[str, Any]], BaseGeometry]]:
        """The method of each rule of ``RULES``."""
        return {name: getattr(self, f"_{name}") for name in RULES}

    def shape(self, key: str) -> BaseGeometry:
        """Return the shape of an entry or a country by id; :class:`ShapeError` if it has none or a rule refers to itself."""
        if key in self._done:
            return self._done[key]
        if key in self._open:
            raise ShapeError(key, f"its rule refers to itself through {' -> '.join(self._open)}", "Break the circle", "members")
        if key in self.features and (rule := self.features[key]["properties"].get("shape")) is not None:
            self._open.append(key)
            self._done[key] = self._apply(key, rule)
            self._open.pop()
        elif key in self.countries:
            self._done[key] = shapely.unary_union(self.countries[key])
        else:
            raise ShapeError(key, "another entry's rule needs its shape, and it has none", "Give it a shape rule")
        return self._done[key]

    def _apply(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        return self._rules[_name_of(key, rule)](key, rule)

    def _any(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        return shapely.unary_union([self._apply(key, part) for part in rule["any"]])

    def _members(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        return shapely.unary_union([self.shape(member) for member in rule["members"]])

    def _countries(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        """Return the union of countries, cut by the boxes of ``within``."""
        parts: list[BaseGeometry] = []
        for code in rule["countries"]:
            if f"iso3166-1:{code}" not in self.countries:
                raise ShapeError(key, f"the atlas has no country {code!r}", "Use an ISO 3166-1 alpha-2 code that it has", "countries")
            parts += self.countries[f"iso3166-1:{code}"]
        if "within" in rule:
            frame = shapely.unary_union([box(*b) for b in rule["within"]])
            parts = [part.intersection(frame) for part in parts if part.intersects(frame)]
        return shapely.unary_union(parts)

    def _islands(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        return self._islands_at(key, rule["islands"], "islands")

    def _outline(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        frame = _wrap(Polygon(rule["outline"]))
        return self._land_of(key, rule, frame, "outline").intersection(frame)

    def _near(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        disc = _buffer(Point(rule["near"]), rule["km"])
        return disc if "of" not in rule and "country" not in rule else self._land_of(key, rule, disc, "near").intersection(disc)

    def _band(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        """Return a chain: the line through the members' points, buffered; land that reaches out of the band and is no member is cut."""
        points, own = [], []
        for member in rule["band"]:
            if member not in self.features:
                raise ShapeError(key, f"{member!r} is no curated entry", "A band goes through curated entries only", "band")
            points.append(self.features[member]["geometry"]["coordinates"])
            if self.features[member]["properties"].get("shape") is not None:
                own.append(self.shape(member))
        band = _buffer(LineString(points), rule["km"])
        islands = shapely.unary_union(own)
        foreign = [p for p in self._touching(band) if not band.contains(p) and not islands.intersects(p.representative_point())]
        return band.difference(shapely.unary_union(foreign)).union(islands)

    def _ring(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        """Return the water inside a ring; splinters under a fiftieth of the largest piece go, and big seas are smoothed a little."""
        water = _wrap(Polygon(rule["ring"]))
        west, south, east, north = water.bounds
        water = water.difference(shapely.unary_union(self._touching(water)))
        water = water.simplify(min(0.05, math.hypot(east - west, north - south) / 2000)).buffer(0)
        parts = _polygons(water)
        least = max((p.area for p in parts), default=0.0) / 50
        return MultiPolygon([p for p in parts if p.area >= least])

    def _line(self, key: str, rule: Mapping[str, Any]) -> BaseGeometry:
        return _buffer(LineString(rule["line"]), rule["km"])

    def _touching(self, frame: BaseGeometry) -> list[Polygon]:
        """Return the land polygons that intersect ``frame``, in the atlas's order."""
        return [self._land[i] for i in sorted(self._tree.query(frame, predicate="intersects"))]

    def _land_of(self, key: str, rule: Mapping[str, Any], frame: BaseGeometry, name: str) -> BaseGeometry:
        """Return the land that ``of`` or ``country`` names, or all land that touches ``frame``."""
        if "of" in rule:
            return self._islands_at(key, rule["of"], name)
        if "country" in rule:
            return shapely.unary_union([p for p in self.countries.get(f"iso3166-1:{rule['country']}", []) if p.intersects(frame)])
        return shapely.unary_union(self._touching(frame))

    def _islands_at(self, key: str, points: Sequence[Sequence[float]], name: str) -> BaseGeometry:
        """Return the islands that hold the points, or else the nearest within 6 km; neighbours across a land border belong to them."""
        found: set[int] = set()
        for lon, lat in points:
            hits = [int(i) for i in self._tree.query(Point(lon, lat), predicate="intersects")]
            if not hits:
                reach = _buffer(Point(lon, lat), _ISLAND_KM)
                near = [int(i) for i in self._tree.query(reach, predicate="intersects")]
                hits = sorted(near, key=lambda i: (self._land[i].distance(Point(lon, lat)), i))[:1]
            if not hits:
                raise ShapeError(key, f"no land of the atlas lies within {_ISLAND_KM:g} km of [{lon}, {lat}]", "Move the point", name)
            found.update(hits)
        return shapely.unary_union([self._land[i] for i in sorted(found)])


def _read_atlas(path: Path) -> dict[str, list[Polygon]]:
    """Read world-atlas into polygons by id; ISO's view where Natural Earth has none. Reads ``path``; :class:`ShapeError` if absent."""
    if not path.is_file():
        raise ShapeError(path.name, "the coastlines are not there", "Copy countries-10m.json of the package world-atlas to geo/data/vendor")
    frame = pyogrio.read_dataframe(path, layer="countries")
    countries: dict[str, list[Polygon]] = {}
    for number, name, geometry in zip(frame["id"], frame["name"], frame.geometry, strict=True):
        record = pycountry.countries.get(numeric=number) if isinstance(number, str) else None
        keys = [f"iso3166-1:{record.alpha_2}"] if record else [f"naturalearth:{name}"]
        if name in _ISO_OF_NAME:
            keys = [f"iso3166-1:{_ISO_OF_NAME[name]}"] + (keys if name != "Kosovo" else [])
        for key in keys:
            countries.setdefault(key, []).extend(q for p in _polygons(geometry) for q in _polygons(_unroll(p)))
    for code, (holder, frame_box) in _CARVED.items():
        source = holder if ":" in holder else f"iso3166-1:{holder}"
        taken = [q for p in countries.get(source, []) for q in _polygons(p.intersection(frame_box)) if p.intersects(frame_box)]
        if not taken:
            continue
        kept = [q for p in countries[source] for q in ([p] if not p.intersects(frame_box) else _polygons(p.difference(frame_box)))]
        countries[source] = kept
        countries.setdefault(f"iso3166-1:{code}", []).extend(taken)
    return {key: parts for key, parts in countries.items() if parts}


def _is_guantanamo(polygon: Polygon) -> bool:
    """Whether a Cuban polygon is the leased base, which stands under its own key as well and must count once as land."""
    return bool(polygon.area < 0.01 and polygon.distance(Point(-75.15, 19.93)) < 0.1)


def _finish(key: str, rule: str, geometry: BaseGeometry) -> BaseGeometry:
    """Return ``geometry`` valid, as polygons, on the grid of five decimals and in normal form; :class:`ShapeError` if nothing is left."""
    snapped = shapely.set_precision(geometry if geometry.is_valid else shapely.make_valid(geometry), _GRID)
    whole = shapely.transform(MultiPolygon(_polygons(snapped)), lambda xy: np.round(xy, 5))
    parts = _polygons(whole if whole.is_valid else shapely.make_valid(whole))
    if not parts:
        raise ShapeError(key, "the shape is empty", "Move the points onto the land or water that is meant", rule)
    return shapely.normalize(parts[0] if len(parts) == 1 else MultiPolygon(parts))


def _polygons(geometry: BaseGeometry) -> list[Polygon]:
    """Return the polygons in a geometry of any kind, lines and points dropped."""
    if isinstance(geometry, Polygon):
        return [geometry] if geometry.area > 0 else []
    return [p for part in getattr(geometry, "geoms", ()) for p in _polygons(part)]


def _unroll(polygon: Polygon) -> BaseGeometry:
    """Return an atlas polygon valid and cut at the antimeridian; world-atlas lets the rings of Russia, Fiji and others jump across it.

    A ring that goes once round the earth (Antarctica) is closed along the nearer pole.
    """
    rings: list[np.ndarray[Any, Any]] = []
    for ring in (polygon.exterior, *polygon.interiors):
        xy = shapely.get_coordinates(ring)
        xy[:, 0] = np.unwrap(xy[:, 0], period=360)
        if abs(xy[-1, 0] - xy[0, 0]) > 180:
            pole = math.copysign(90, float(xy[:, 1].mean()))
            xy = np.vstack([xy, [xy[-1, 0], pole], [xy[0, 0], pole], xy[0]])
        if rings:
            xy[:, 0] += 360 * round((rings[0][:, 0].mean() - xy[:, 0].mean()) / 360)
        rings.append(xy)
    flat = shapely.make_valid(Polygon(rings[0], rings[1:]))
    west, _, east, _ = flat.bounds
    return flat if west >= -180 and east <= 180 else shapely.make_valid(_wrap(flat))


def _wrap(polygon: BaseGeometry) -> BaseGeometry:
    """Return an area whose longitudes may run past 180 as polygons between -180 and 180 (EPSG:4326), cut at the antimeridian."""
    parts = [affinity.translate(polygon.intersection(box(w, -90, w + 360, 90)), -360 * n) for n, w in ((-1, -540), (0, -180), (1, 180))]
    return shapely.unary_union(parts)


def _buffer(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """Return the buffer of ``km`` kilometres around a geometry in EPSG:4326, in an azimuthal equidistant projection at its middle.

    Lines are first given a vertex at least every degree, so that a long side keeps its width.
    """
    west, south, east, north = geometry.bounds
    local = Proj(f"+proj=aeqd +lat_0={(south + north) / 2:.4f} +lon_0={(west + east) / 2:.4f} +datum=WGS84 +units=m")
    flat = shapely.transform(shapely.segmentize(geometry, 1.0), local, interleaved=False)
    return shapely.transform(flat.buffer(km * 1000, quad_segs=12), partial(local, inverse=True), interleaved=False)


def _name_of(key: str, rule: Mapping[str, Any]) -> str:
    """Return the one rule that an object names; :class:`ShapeError` for none, two, or an unknown one."""
    names = [name for name in rule if name in RULES]
    if len(names) != 1:
        step = f"Give exactly one of {', '.join(RULES)}"
        raise ShapeError(key, f"its shape has the keys {sorted(rule)}", step, "/".join(names) or "none")
    if names[0] in ("near", "band", "line") and "km" not in rule:
        raise ShapeError(key, "no 'km' is given", "Say how many kilometres", names[0])
    return names[0]


def _rules_in(rule: Mapping[str, Any] | None) -> list[Mapping[str, Any]]:
    """Return a rule and, for ``any``, the rules in it."""
    if rule is None:
        return []
    return [rule, *(inner for part in rule.get("any", ()) for inner in _rules_in(part))]


def _is_public(key: str) -> bool:
    """Whether an id is a well-formed one of the base gazetteer: a country or division of ISO 3166, or a GeoNames number."""
    scheme, _, code = key.partition(":")
    if scheme == "iso3166-1":
        return code == "XK" or pycountry.countries.get(alpha_2=code) is not None
    if scheme == "iso3166-2":
        return pycountry.subdivisions.get(code=code) is not None  # type: ignore[no-untyped-call]
    return scheme == "geonames" and code.isdigit()


def _check(feature: Mapping[str, Any], known: set[str]) -> None:
    """Check one feature against the form of the curated gazetteer; :class:`ShapeError` names the first thing that is wrong."""
    key = str(feature.get("@id", ""))
    if not key:
        raise ShapeError(str(feature)[:60], "has no '@id'", "Give every feature an id")
    if key in known:
        raise ShapeError(key, "stands twice", "Keep one of the entries")
    properties = feature.get("properties", {})
    if missing := [k for k in _KEYS if k not in properties] + [k for k in ("names", "types", "geometry") if not feature.get(k)]:
        raise ShapeError(key, f"lacks {', '.join(missing)}", "Add what is missing")
    if properties["extent"] not in EXTENTS:
        raise ShapeError(key, f"extent {properties['extent']!r} is unknown", f"Take one of {', '.join(sorted(EXTENTS))}")
    if properties["where_prec"] not in range(1, 8):
        raise ShapeError(key, f"where_prec {properties['where_prec']!r} is no UCDP code", "Take 1 to 7")
    lon, lat = feature["geometry"]["coordinates"]
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ShapeError(key, f"[{lon}, {lat}] is not on the earth", "Write [longitude, latitude] in degrees")
    for rule in _rules_in(properties.get("shape")):
        name = _name_of(key, rule)
        points = rule[name] if name in ("islands", "outline", "ring", "line") else []
        if name in ("outline", "ring") and len(points) < 4:
            raise ShapeError(key, f"a ring of {len(points)} points is no area", "Give at least four points", name)
        if any(not (-360 <= x <= 360 and -90 <= y <= 90) for x, y in points) or any(abs(b[0] - a[0]) > 200 for a, b in pairwise(points)):
            raise ShapeError(key, "a point is off the earth, or a step goes round it", "Write [lon, lat]; past 180 go on to 190", name)
