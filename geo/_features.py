"""GeoJSON: Natural Earth's files and Linked Places Format, feature by feature, so that a large file needs little memory."""

from __future__ import annotations

import codecs
import json
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from geo._earth import HALF_ROUND_M, metres
from geo._model import Extent
from geo._rows import FEATURES, Bad, Row, RowError, Source, class_of, country_of, feature_of, level_of, named, people, plain, point, sort_of
from geo._text import name_key

NATURAL_EARTH = "Natural Earth"
LONGEST_FEATURE = 50_000_000
"""Characters of one feature at most."""
_FEATURES = re.compile(r'"features"\s*:\s*\[')
_NEXT = re.compile(r"[\s,]*")
_TOLERANCE = 0.01
_SMALL_WORDS = frozenset(["of", "the", "and", "de", "du", "des", "da", "do", "dos", "la", "le", "les", "del", "el", "et", "al", "au"])
_EXTENTS: tuple[Extent, ...] = ("point", "area", "chain", "sea", "country")
_REACH = ((25_000, 2), (100_000, 3), (300_000, 4))
"""Radius in metres up to which an area of a known shape has this precision; beyond, 5."""


def features(source: Source) -> Iterator[tuple[int, dict[str, Any]] | Bad]:
    """Yield each feature's number and the feature; a Bad where the JSON is broken, after which nothing more can be read."""
    decoder, blocks = json.JSONDecoder(), _decoded(source)
    buffer, at, number = "", 0, 0
    while (start := _FEATURES.search(buffer)) is None:
        more = next(blocks, "")
        if not more or len(buffer) > LONGEST_FEATURE:
            yield Bad(0, buffer[:40], "there is no list of features", "no-features")
            return
        buffer += more
    at = start.end()
    while True:
        at = _NEXT.match(buffer, at).end()  # type: ignore[union-attr]
        if buffer.startswith("]", at):
            return
        try:
            feature, end = decoder.raw_decode(buffer, at)
        except (json.JSONDecodeError, RecursionError):
            buffer, at = buffer[at:], 0
            wanted, read = max(1, len(buffer)), list[str]()
            while wanted > 0 and len(buffer) < LONGEST_FEATURE and (block := next(blocks, "")):
                read.append(block)
                wanted -= len(block)
            if not read:
                yield Bad(number + 1, buffer[:40], "the JSON is broken here; nothing behind it is read", "not-json")
                return
            buffer += "".join(read)
            continue
        number += 1
        at = end
        if isinstance(feature, dict):
            yield number, feature
        else:
            yield Bad(number, str(feature)[:40], "this is no feature of GeoJSON", "wrong-object")


def _decoded(source: Source) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="surrogateescape")
    for block in source.blocks():
        if said := decoder.decode(block):
            yield said


# geometry --------------------------------------------------------------------------------------------------------------------


def _geometry(feature: dict[str, Any]) -> tuple[float, float, float | None, bytes | None]:
    """Latitude and longitude of a representative point, the radius around it in metres, and the simplified shape (EPSG:4326)."""
    import shapely
    from shapely.geometry import shape

    given = feature.get("geometry")
    if not isinstance(given, dict):
        raise RowError(given, "the feature has no geometry", "no-geometry")
    if given.get("type") == "Point":
        at = given.get("coordinates")
        if not isinstance(at, list) or len(at) < 2:
            raise RowError(at, "the point has no two coordinates", "no-geometry")
        return (*point(at[1], at[0]), None, None)
    try:
        whole = shape(given)
        if not all(map(math.isfinite, shapely.get_coordinates(whole).ravel())):
            raise RowError(given.get("type"), "the geometry holds a coordinate that is not finite", "not-finite")
        west, south, east, north = whole.bounds
        polygons = [g for g in getattr(whole, "geoms", [whole]) if g.geom_type in ("Polygon", "MultiPolygon")]
        parts = [p for g in polygons for p in _polygons(shapely.make_valid(g))]
    except RowError:
        raise
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, shapely.errors.ShapelyError):
        raise RowError(given.get("type"), "the geometry cannot be read", "broken-geometry") from None
    for lat, lon in ((south, west), (north, east)):
        point(round(lat, 5), round(lon, 5))
    if not parts:
        middle = whole.representative_point()
        corners = shapely.get_coordinates(whole)
        return middle.y, middle.x, max(metres(middle.y, middle.x, y, x) for x, y in corners), None
    area = shapely.union_all(parts)
    kept = shapely.set_precision(shapely.simplify(area, _TOLERANCE), 1e-4)
    if not _polygons(kept):
        kept = area
    main = max(_polygons(kept), key=lambda g: g.area)
    middle = main.representative_point()
    radius = max(metres(middle.y, middle.x, y, x) for x, y in main.exterior.coords)
    return round(middle.y, 5), round(middle.x, 5), round(radius, -3), kept.wkb


def _polygons(geometry: Any) -> list[Any]:
    """The polygons of a geometry, without lines and points that a repair leaves behind."""
    import shapely

    return [part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon" and part.area > 0]


def _precision(extent: Extent, prec: int, radius: float | None) -> int:
    """UCDP's precision of an area by its size."""
    if extent != "area" or radius is None:
        return prec
    return max(prec, next((code for reach, code in _REACH if radius <= reach), 5))


# Natural Earth ---------------------------------------------------------------------------------------------------------------


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = json.loads((FEATURES / "naturalearth.json").read_text(encoding="utf-8"))
    return rules


def read_natural_earth(source: Source) -> Iterator[Row | Bad]:
    """Yield the named features of a file of Natural Earth; of a division's many label points the foremost."""
    divisions: dict[str, tuple[tuple[bool, int, int], Row]] = {}
    for found in features(source):
        if isinstance(found, Bad):
            yield found
            continue
        number, feature = found
        try:
            p = {str(k).lower(): v for k, v in _object(feature, "properties").items()}
            row = _natural_earth(number, p, feature)
        except RowError as error:
            yield error.at(number)
            continue
        if row.feature_code != "ADM1":
            yield row
            continue
        order = (str(p["featurecla"]).lower() != "admin-1 scale rank", _int(p.get("adm0_sr")), _int(p.get("scalerank")))
        if row.id not in divisions or order < divisions[row.id][0]:
            divisions[row.id] = order, row
    yield from (row for _, row in sorted(divisions.values(), key=lambda found: found[1].line))


def _natural_earth(number: int, p: dict[str, Any], feature: dict[str, Any]) -> Row:
    sort = str(p.get("featurecla") or "").lower()
    rule = _rules()["classes"].get(sort)
    if rule is None:
        raise RowError(p.get("name") or sort, f"Natural Earth's class '{sort}' is not taken", "class-not-taken")
    name = _written(named(str(p.get("name") or "")))
    if re.match(_rules()["collection"], name):
        raise RowError(name, "this stands for islands without a name", "no-name")
    lat, lon, radius, wkb = _geometry(feature)
    code, extent, prec = rule
    names = [(name, "", 0)]
    names += [(_written(n), "", 0) for n in re.split(r"[;,|]", str(p.get("namealt") or p.get("name_alt") or "")) if n.strip()]
    for key, value in p.items():
        if (m := re.fullmatch(r"name_([a-z]{2,3})", key)) and m[1] != "alt" and isinstance(value, str) and len(value.strip()) > 1:
            names.append((_written(value.strip()), m[1], 0 if m[1] == "en" else 1))
    division = code == "ADM1"
    own = plain(p.get("adm1_code" if division else "ne_id") or "")
    iso = str(p.get("iso_3166_2") or "")
    return Row(
        line=number,
        id=f"naturalearth:{own}" if own else f"naturalearth:{code.lower()}-{name_key(name).replace(' ', '-')}@{lat:.1f},{lon:.1f}",
        name=name,
        lat=lat,
        lon=lon,
        feature_code=code,
        extent=extent,
        where_prec=_precision(extent, prec, radius),
        level=level_of(code),
        authority=NATURAL_EARTH,
        authority_url="https://www.naturalearthdata.com/",
        names=names,
        country=(country := _country(p)),
        population=people(str(p.get("pop_max") or "")),
        uncertainty_m=radius,
        same=f"iso3166-2:{iso}" if division and re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", iso) else "",
        part_of=(f"iso3166-1:{country}",) if division and country else (),
        wkb=wkb if extent != "point" else None,
    )


def _country(p: dict[str, Any]) -> str:
    """The country that a feature states: by ISO's two letters, else by three."""
    import pycountry

    two = str(p.get("iso_a2") or "")
    if re.fullmatch("[A-Z]{2}", two):
        return two
    three = str(p.get("adm0_a3") or p.get("sr_adm0_a3") or "")
    if three in _rules()["countries"]:
        return str(_rules()["countries"][three])
    found = pycountry.countries.get(alpha_3=three) if three else None
    return str(found.alpha_2) if found else ""


def _written(name: str) -> str:
    """A name in capitals as it is written in a text: ``ARCTIC OCEAN`` is the Arctic Ocean."""
    if not name.isupper() or len(name) <= 3:
        return name

    def cased(m: re.Match[str]) -> str:
        word = m[0].lower()
        after_apostrophe = m.start() > 0 and name[m.start() - 1] in "'’"
        return word if (m.start() and word in _SMALL_WORDS) or (after_apostrophe and len(word) == 1) else word.capitalize()

    return re.sub(r"[^\W\d_]+", cased, name)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 99


def _object(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    if not isinstance(value, dict):
        raise RowError(value, f"'{key}' is no object", "wrong-object")
    return value


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    return value if isinstance(value, list) else []


# Linked Places Format --------------------------------------------------------------------------------------------------------


def read_linked_places(source: Source) -> Iterator[Row | Bad]:
    """Yield the features of a file in Linked Places Format."""
    for found in features(source):
        if isinstance(found, Bad):
            yield found
            continue
        number, feature = found
        try:
            yield _linked_place(number, feature, source.name)
        except RowError as error:
            yield error.at(number)


def _linked_place(number: int, feature: dict[str, Any], file: str) -> Row:
    p = _object(feature, "properties")
    own = plain(feature.get("@id") or feature.get("id") or "")
    if not own:
        raise RowError(p.get("title", ""), "there is no '@id'", "no-id")
    name = named(str(p.get("title") or ""))
    feature_class, code = _type(feature, p)
    extent, prec, level = sort_of(feature_class, code)
    if p.get("extent") in _EXTENTS:
        extent = p["extent"]
    lat, lon, radius, wkb = _geometry(feature)
    if isinstance(p.get("where_prec"), int) and 1 <= p["where_prec"] <= 7:
        prec = p["where_prec"]
    else:
        prec = _precision(extent, prec, radius)
    stated = p.get("coordinateUncertaintyInMeters")
    ccodes = [country_of(str(c).upper()) for c in _list(p, "ccodes")]
    names = [(name, "", 0)]
    for n in _list(feature, "names"):
        if isinstance(n, dict) and isinstance(n.get("toponym"), str) and n["toponym"].strip():
            names.append((n["toponym"].strip(), plain(n.get("lang") or ""), 0))
    links = tuple(str(x["identifier"]) for x in _list(feature, "links") if isinstance(x, dict) and x.get("identifier"))
    place_id = _geonames(own) or own
    return Row(
        line=number,
        id=place_id,
        name=name,
        lat=lat,
        lon=lon,
        feature_code=code,
        extent=extent,
        where_prec=prec,
        level=level,
        authority=plain(p.get("authority") or file),
        authority_url=plain(p.get("authority_url") or (own if own.startswith("http") else "")),
        names=names,
        country=ccodes[0] if len(ccodes) == 1 else "",
        admin1=plain(p.get("admin1") or "")[:20],
        population=people(str(p.get("population") or "")),
        uncertainty_m=float(stated) if isinstance(stated, int | float) and 0 < stated < HALF_ROUND_M else radius,
        same=next((g for link in links if (g := _geonames(link)) and g != place_id), ""),
        links=links,
        part_of=tuple(str(r["relationTo"]) for r in _list(feature, "relations") if isinstance(r, dict) and r.get("relationTo")),
        wkb=wkb if extent != "point" else None,
    )


def _type(feature: dict[str, Any], p: dict[str, Any]) -> tuple[str, str]:
    """The feature class and code that a feature of Linked Places Format states; a spot where it states none."""
    for value in (*(t.get("identifier") for t in _list(feature, "types") if isinstance(t, dict)), p.get("feature_code")):
        if m := re.fullmatch(r"(?:gn:)?(?:([AHLPRSTUV])\.)?([A-Z0-9]{2,10})", str(value or "")):
            return m[1] or class_of(m[2]), feature_of(m[2])
    stated = [str(c) for c in _list(p, "fclasses")]
    return (stated[0] if stated else "S"), ""


def _geonames(identifier: str) -> str:
    """The id that an identifier of GeoNames (``gn:123``, an address) has here, or ``""``."""
    m = re.fullmatch(r"(?:gn:|geonames:|https?://(?:www\.|sws\.)?geonames\.org/)(\d+)(?:/.*)?", identifier)
    return f"geonames:{m[1]}" if m else ""
