"""Shapes: what the rules of the curated gazetteer yield over world-atlas."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo._home import read_meta
from geo._shapes import RULES, ShapeError, build_shapes, load_features
from geo.build import fingerprint
from geo.gazetteer import DEFAULT

ROOT = Path(__file__).resolve().parents[2]
ATLAS = ROOT / "geo" / "data" / "vendor" / "countries-10m.json"
COARSE, MEDIUM = ATLAS.with_name("countries-110m.json"), ATLAS.with_name("countries-50m.json")
"""The same world at coarser scales, for what holds of any coast."""
TAIPEI, KUMAMOTO, NAHA, MANILA = Point(121.56, 25.04), Point(130.74, 32.79), Point(127.69, 26.21), Point(121.0, 14.62)
ISLANDS = {
    "Yonaguni": Point(122.99, 24.46),
    "Tanegashima": Point(130.99, 30.6),
    "Okinawa": Point(127.95, 26.5),
    "Miyako": Point(125.31, 24.8),
}


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    """Every curated feature."""
    return load_features(ROOT / "geo" / "data" / "places")


@pytest.fixture(scope="module")
def shapes(features: list[dict[str, Any]]) -> dict[str, BaseGeometry]:
    """Every shape, as setup worked it out for the index from this code and these data; worked out here where the index has others."""
    if not ATLAS.is_file():
        pytest.fail("geo/data/vendor/countries-10m.json is missing: copy it from the npm package world-atlas (the project's setup does)")
    if read_meta(DEFAULT).get("fingerprint") != fingerprint():
        return build_shapes(features, ATLAS)
    ruled = {f["@id"] for f in features if "shape" in f["properties"]}
    with closing(sqlite3.connect(DEFAULT)) as db:
        rows = db.execute("SELECT id, wkb FROM shape").fetchall()
    return {key: shapely.from_wkb(wkb) for key, wkb in rows if key in ruled or key.startswith(("iso3166-1:", "naturalearth:"))}


def feature(key: str, shape: dict[str, Any]) -> dict[str, Any]:
    """Return the least feature that a rule needs."""
    return {"@id": key, "properties": {"shape": shape}, "geometry": {"type": "Point", "coordinates": [0, 0]}}


def test_every_feature_with_a_rule_has_a_shape(features: list[dict[str, Any]], shapes: dict[str, BaseGeometry]) -> None:
    assert [f["@id"] for f in features if "shape" in f["properties"] and f["@id"] not in shapes] == []


def test_every_area_chain_and_sea_has_a_rule(features: list[dict[str, Any]]) -> None:
    bare = {f["@id"] for f in features if f["properties"]["extent"] != "point" and "shape" not in f["properties"]}
    assert bare <= {"citemap:ogasawara-islands", "citemap:khyber-pass", "iso3166-2:CN-XJ", "iso3166-2:CN-XZ"}


def test_every_shape_is_valid_and_of_polygons_and_not_empty(shapes: dict[str, BaseGeometry]) -> None:
    for key, shape in shapes.items():
        assert shape.is_valid, key
        assert not shape.is_empty, key
        assert shape.geom_type in ("Polygon", "MultiPolygon"), key


def test_every_shape_lies_on_the_earth_and_on_the_grid_of_five_decimals(shapes: dict[str, BaseGeometry]) -> None:
    for key, shape in shapes.items():
        xy = shapely.get_coordinates(shape)
        assert abs(xy[:, 0]).max() <= 180, key
        assert abs(xy[:, 1]).max() <= 90, key
        assert abs(xy - xy.round(5)).max() < 1e-12, key


def test_no_country_reaches_round_the_earth_through_the_antimeridian(shapes: dict[str, BaseGeometry]) -> None:
    assert not shapes["iso3166-1:RU"].intersects(Point(0, 70))
    assert not shapes["iso3166-1:FJ"].intersects(Point(25, -16.5))


@pytest.mark.parametrize("island", sorted(ISLANDS))
def test_the_nansei_chain_holds_its_islands(shapes: dict[str, BaseGeometry], island: str) -> None:
    assert shapes["citemap:nansei-islands"].contains(ISLANDS[island])


@pytest.mark.parametrize("elsewhere", [KUMAMOTO, TAIPEI, Point(130.85, 31.3)], ids=["Kyushu's centre", "Taiwan", "Kyushu's south"])
def test_the_nansei_chain_holds_neither_kyushu_nor_taiwan(shapes: dict[str, BaseGeometry], elsewhere: Point) -> None:
    assert not shapes["citemap:nansei-islands"].contains(elsewhere)


def test_okinawa_prefecture_is_its_islands_from_yonaguni_to_daito(shapes: dict[str, BaseGeometry]) -> None:
    prefecture = shapes["iso3166-2:JP-47"]
    assert all(prefecture.contains(p) for p in (NAHA, ISLANDS["Yonaguni"], Point(131.24, 25.85)))
    assert not prefecture.contains(ISLANDS["Tanegashima"])
    assert not prefecture.contains(Point(126.2, 25.5))


def test_kagoshima_prefecture_is_the_south_of_kyushu_and_its_islands(shapes: dict[str, BaseGeometry]) -> None:
    prefecture = shapes["iso3166-2:JP-46"]
    assert all(prefecture.contains(p) for p in (Point(130.56, 31.6), Point(130.85, 31.38), ISLANDS["Tanegashima"], Point(129.39, 28.32)))
    assert not prefecture.contains(KUMAMOTO)
    assert not prefecture.contains(NAHA)
    assert not prefecture.contains(Point(131.42, 31.91))


def test_every_sea_is_water_at_its_own_point_and_holds_it(features: list[dict[str, Any]], shapes: dict[str, BaseGeometry]) -> None:
    for f in features:
        if f["properties"]["extent"] == "sea" and f["properties"]["feature_code"] in ("SEA", "OCN", "STRT", "GULF", "CHNN", "BAY"):
            assert shapes[f["@id"]].intersects(Point(f["geometry"]["coordinates"])), f["@id"]


@pytest.mark.parametrize("sea", ["taiwan-strait", "east-china-sea", "south-china-sea", "philippine-sea", "luzon-strait", "sea-of-japan"])
def test_a_sea_covers_no_land(shapes: dict[str, BaseGeometry], sea: str) -> None:
    water = shapes[f"citemap:{sea}"]
    for country in ("TW", "JP", "PH", "CN", "KR"):
        assert water.intersection(shapes[f"iso3166-1:{country}"]).area < 0.02 * water.area, country


@pytest.mark.parametrize(
    ("key", "point"),
    [
        ("citemap:luzon", MANILA),
        ("iso3166-2:PH-CAG", Point(121.73, 17.62)),
        ("iso3166-2:PH-BTN", Point(121.96, 20.43)),
        ("iso3166-2:PH-ISA", Point(121.81, 17.05)),
        ("iso3166-2:PH-PAM", Point(120.66, 15.05)),
        ("iso3166-2:PH-PLW", Point(118.74, 9.85)),
        ("iso3166-2:PH-ZMB", Point(119.98, 15.33)),
        ("citemap:first-island-chain", Point(121.0, 23.5)),
        ("citemap:europe", Point(13.4, 52.5)),
        ("citemap:lobito-corridor", Point(15.74, -12.77)),
        ("iso3166-1:UA", Point(34.1, 44.95)),
        ("iso3166-1:XK", Point(21.16, 42.66)),
        ("citemap:baltic-states", Point(25.28, 54.69)),
        ("iso3166-1:SO", Point(44.06, 9.56)),
        ("citemap:asia", Point(-175, 66.5)),
        ("citemap:pacific-ocean", Point(-170, 10)),
        ("citemap:pacific-ocean", Point(170, 10)),
        ("iso3166-1:AQ", Point(0, -85)),
    ],
)
def test_a_shape_holds_what_lies_there(shapes: dict[str, BaseGeometry], key: str, point: Point) -> None:
    assert shapes[key].contains(point)


@pytest.mark.parametrize(
    ("key", "point"),
    [
        ("citemap:europe", Point(-53, 4)),
        ("iso3166-1:FR", Point(-53, 4)),
        ("iso3166-2:PH-CAG", MANILA),
        ("iso3166-1:RU", Point(34.1, 44.95)),
        ("citemap:sub-saharan-africa", Point(3, 36)),
        ("citemap:taiwan-strait", TAIPEI),
        ("citemap:natos-eastern-flank", Point(30.5, 50.45)),
    ],
)
def test_a_shape_does_not_hold_what_lies_elsewhere(shapes: dict[str, BaseGeometry], key: str, point: Point) -> None:
    assert not shapes[key].contains(point)


def test_equal_inputs_give_equal_shapes() -> None:
    some = [
        feature("x:disc", {"near": [127.9, 26.5], "km": 20, "country": "JP"}),
        feature("x:ring", {"ring": [[178, 0], [182, 0], [182, 4], [178, 4]]}),
    ]
    first, second = build_shapes(some, MEDIUM), build_shapes(some, MEDIUM)
    assert all(shapely.to_wkb(first[key]) == shapely.to_wkb(second[key]) for key in first)


def test_a_ring_past_the_antimeridian_comes_out_in_two_parts() -> None:
    shape = build_shapes([feature("x:ring", {"ring": [[178, 8], [182, 8], [182, 12], [178, 12]]})], COARSE)["x:ring"]
    assert shape.intersects(Point(179, 10))
    assert shape.intersects(Point(-179, 10))
    assert not shape.intersects(Point(0, 10))


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ({"islands": [[-150.0, 30.0]]}, "no land of the atlas lies within 6 km"),
        ({"countries": ["QQ"]}, "no country 'QQ'"),
        ({"members": ["x:bad"]}, "refers to itself"),
        ({"ring": [[100, 60], [101, 60], [101, 61], [100, 61]]}, "the shape is empty"),
        ({"line": [[0, 0], [1, 1]]}, "no 'km'"),
        ({"band": ["x:nobody"], "km": 5}, "no curated entry"),
    ],
)
def test_a_rule_that_fails_names_the_entry_and_the_rule(rule: dict[str, Any], says: str) -> None:
    with pytest.raises(ShapeError, match=f"x:bad, shape rule '{next(k for k in rule if k in RULES)}': .*{says}"):
        build_shapes([feature("x:bad", rule)], COARSE)


def test_a_missing_atlas_says_what_to_copy(tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match="world-atlas"):
        build_shapes([], tmp_path / "countries-10m.json")
