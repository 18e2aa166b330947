# ruff: noqa: E501 (a case a line)
"""Hostile places: rows of gazetteers, shapes, frames of points and context files; the good rows beside them are taken."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geo import GazetteerError
from geo._formats import recognise
from geo._rows import Bad, Source
from layers import CitedPoints, ContextError, PointsError, load_context
from tests.profile import note

CSV = {
    "latitude out of range": [("91,5", "latitude-out-of-range"), ("-90.0001,5", "latitude-out-of-range"), ("1e999,5", "not-finite")],
    "swapped": [("139.7,35.6", "latitude-out-of-range"), ("121.5,25", "latitude-out-of-range")],
    "longitude out of range": [
        ("5,181", "longitude-out-of-range"),
        ("5,-180.5", "longitude-out-of-range"),
        ("5,360", "longitude-out-of-range"),
    ],
    "not a number": [
        ("nan,5", "not-finite"),
        ("inf,5", "not-finite"),
        ("5,-inf", "not-finite"),
        (",", "not-a-number"),
        ("N 5°,5", "not-a-number"),
    ],
    "decimal commas": [('"5,5","6,6"', "not-a-number"), ("5,5,6,6", "wrong-columns")],
    "hexadecimal and long numbers": [("0x10,5", "not-a-number"), (f"{'9' * 10_000},5", "not-finite"), ("--5,5", "not-a-number")],
    "taken edges": [("0,0", ""), ("90,180", ""), ("-90,-180", ""), ("1e1,1E1", ""), ("٥,٦", "")],
    "missing columns": [("5", "wrong-columns"), ("5,5,5,5", "wrong-columns")],
}
NAMES = {
    "names that are none": [("", "no-name"), ("  ", "no-name"), ("???", "lost-letters"), ("Zor\ufffdvel", "lost-letters")],
    "names that steer": [
        ("Zor\x1b[2Jvel", "control-characters"),
        ("Zor\u202evel", "control-characters"),
        ("Zor\x00vel", "control-characters"),
    ],
    "names of code": [("<script>alert(1)</script>", ""), ("=cmd|' /C calc'!A0", ""), ("'; DROP TABLE place; --", ""), ("a" * 3_000, "")],
}
RING = [[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]]
SHAPES: dict[str, list[tuple[Any, str]]] = {
    "bowties": [({"type": "Polygon", "coordinates": [[[0, 50], [1, 51], [1, 50], [0, 51], [0, 50]]]}, "")],
    "unclosed rings": [({"type": "Polygon", "coordinates": [RING[:-1]]}, ""), ({"type": "Polygon", "coordinates": [RING[:2]]}, "broken-geometry")],
    "self-touching": [({"type": "Polygon", "coordinates": [[[0, 50], [2, 50], [1, 51], [2, 52], [0, 52], [1, 51], [0, 50]]]}, "")],
    "antimeridian": [
        ({"type": "Polygon", "coordinates": [[[179, 50], [181, 50], [181, 51], [179, 51], [179, 50]]]}, "longitude-out-of-range"),
        ({"type": "Polygon", "coordinates": [[[179, 50], [-179, 50], [-179, 51], [179, 51], [179, 50]]]}, ""),
    ],
    "poles": [({"type": "Point", "coordinates": [0, 90]}, ""), ({"type": "Point", "coordinates": [0, -90.1]}, "latitude-out-of-range")],
    "empty geometries": [
        (None, "no-geometry"), ({}, "broken-geometry"), ({"type": "Polygon", "coordinates": []}, "*"), ({"type": "Point", "coordinates": []}, "no-geometry"),
        ({"type": "MultiPolygon", "coordinates": []}, "*"), ({"type": "GeometryCollection", "geometries": []}, "*"),
    ],
    "geometries that are none": [
        ({"type": "Circle", "coordinates": [0, 0]}, "broken-geometry"), ({"type": "Point"}, "no-geometry"), ({"type": "Point", "coordinates": ["a", "b"]}, "not-a-number"),
        ({"type": "Polygon", "coordinates": "x"}, "broken-geometry"), ({"type": "Polygon", "coordinates": [[["a", "b"]]]}, "broken-geometry"),
        ({"type": "Polygon", "coordinates": [[[0, 1, 2, 3, 4]] * 4]}, "broken-geometry"), ({"type": ["Point"], "coordinates": [0, 0]}, "*"), ("x", "no-geometry"),
    ],
    "huge coordinates": [
        ({"type": "Point", "coordinates": [1e308, 1e308]}, "latitude-out-of-range"), ({"type": "Point", "coordinates": [3_500_000, 5_800_000]}, "latitude-out-of-range"),
        ({"type": "Polygon", "coordinates": [[[v * 1e6 for v in p] for p in RING]]}, "*"),
    ],
    "not finite": [({"type": "Point", "coordinates": [float("nan"), 0]}, "not-finite"), ({"type": "Polygon", "coordinates": [[[float("inf"), 0]] * 4]}, "*")],
}  # fmt: skip


def read(path: Path) -> tuple[list[Any], list[Bad]]:
    """The rows of a file, and those that are set aside."""
    found = list(recognise(path).read(Source(path)))
    return [f for f in found if not isinstance(f, Bad)], [f for f in found if isinstance(f, Bad)]


def test_each_bad_row_is_set_aside_with_its_code_and_the_rows_around_it_are_taken(tmp_path: Path) -> None:
    cases = [(f'"Zorvel",{at}', code) for rows in CSV.values() for at, code in rows]
    cases += [(f'"{name}",5,5', code) for rows in NAMES.values() for name, code in rows]
    wrong = []
    for number, (row, code) in enumerate(cases):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"name,lat,lon\nBefore,1,1\n{row}\nAfter,2,2\n", encoding="utf-8")
        rows, bad = read(path)
        names = [r.name for r in rows]
        if [b.code for b in bad] != ([code] if code else []) or names[0] != "Before" or names[-1] != "After":
            wrong.append((row[:60], code, bad, names))
    note("hostile rows", cases=len(cases), wrong=len(wrong))
    assert wrong == []


def test_each_bad_shape_is_set_aside_with_its_code_and_the_features_around_it_are_taken(tmp_path: Path) -> None:
    good = {
        "type": "Feature",
        "properties": {"featurecla": "bay", "name": "Farhaven Bay"},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    cases = [(shape, code) for shapes in SHAPES.values() for shape, code in shapes]
    wrong = []
    for number, (shape, code) in enumerate(cases):
        path = tmp_path / f"{number}.geojson"
        bad = {"type": "Feature", "properties": {"featurecla": "bay", "name": "Zorvel Bay"}, "geometry": shape}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [good, bad, good]}), encoding="utf-8")
        rows, aside = read(path)
        codes = [b.code for b in aside]
        if (code != "*" and codes != ([code] if code else [])) or [r.name for r in rows if r.name != "Zorvel Bay"] != ["Farhaven Bay"] * 2:
            wrong.append((shape, code, aside, len(rows)))
        if code == "*" and len(rows) + len(aside) != 3:
            wrong.append((shape, "lost", aside, len(rows)))
    note("hostile shapes", cases=len(cases), wrong=len(wrong))
    assert wrong == []


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "unknown-format"), (b"\0" * 99, "unknown-format"), (b"PK\x03\x04x", "packed-archive"), (b"\x1f\x8bx", "packed-archive"),
     (b"\xff\xfen\0", "not-utf8"), (b"%PDF-1.7", "unknown-format"), (b"{}", "unknown-format"), (b"[" * 9_999, "unknown-format"), (b"<xml/>", "unknown-format")],
)  # fmt: skip
def test_a_file_that_is_no_gazetteer_is_refused_with_its_code(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "bad.csv").write_bytes(content)
    with pytest.raises(GazetteerError) as told:
        recognise(tmp_path / "bad.csv")
    assert told.value.code == code


@pytest.mark.parametrize("tail", ['{"type": "Feature"', "nonsense", "{" * 9_999, '"' + "x" * 99_999, "[[[[", '{"a": NaN'], ids=len)
def test_features_before_the_place_where_the_json_breaks_are_taken(tmp_path: Path, tail: str) -> None:
    good = {
        "type": "Feature",
        "properties": {"featurecla": "bay", "name": "Farhaven Bay"},
        "geometry": {"type": "Polygon", "coordinates": [RING]},
    }
    path = tmp_path / "bad.json"
    path.write_text('{"type": "FeatureCollection", "features": [' + json.dumps(good) + ", " + tail, encoding="utf-8")
    rows, bad = read(path)
    assert ([r.name for r in rows], [b.code for b in bad]) == (["Farhaven Bay"], ["not-json"])


@pytest.mark.parametrize(
    ("points", "crs", "kept"),
    [
        ([(200, 5)], 4326, 1), ([(5, 91)], 4326, 0), ([(float("nan"), 5)], 4326, 0), ([(float("inf"), 5)], 4326, 0), ([(0, 0)], 4326, 1), ([(5, 86)], 4326, 0),
        ([(1e308, 1e308)], 3857, 0), ([(4e6, 5e6)], 4326, 0), ([(5, 5)], 32631, 1), ([None], 4326, 0), ([(5, -90)], 4326, 0),
    ],
)  # fmt: skip
def test_rows_that_cannot_stand_on_a_map_are_listed_and_the_others_drawn(points: list[Any], crs: int, kept: int) -> None:
    import geopandas as gpd
    from shapely.geometry import Point

    shapes = [Point(p) if p else p for p in points]
    frame = gpd.GeoDataFrame({"quote": ["x"], "status": ["planned"]}, geometry=gpd.GeoSeries(shapes), crs=crs)
    part = CitedPoints(frame, leave_out=True)
    assert (len(part.left_out), part._own["count"]) == (1 - kept, kept)


def test_a_frame_without_a_crs_or_with_an_unknown_status_is_refused_with_a_code() -> None:
    import geopandas as gpd

    for frame in (
        gpd.GeoDataFrame({"quote": ["x"], "status": ["planned"]}, geometry=gpd.points_from_xy([5], [5])),
        gpd.GeoDataFrame({"quote": ["x"], "status": ["<b>"]}, geometry=gpd.points_from_xy([5], [5]), crs=4326),
        gpd.GeoDataFrame({"status": ["planned"]}, geometry=gpd.points_from_xy([5], [5]), crs=4326),
    ):
        with pytest.raises(PointsError) as told:
            CitedPoints(frame)
        assert told.value.code == "wrong-points"


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "3", "{}", "[" * 100_000, '{"shown_when": 3}', '{"id": 1, "shown_when": {"words": 3}}', "\ud800"]
)
def test_a_context_file_that_breaks_its_rules_is_refused_with_a_code(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.json").write_bytes(content.encode("utf-8", "surrogatepass"))
    with pytest.raises(ContextError) as told:
        load_context(tmp_path)
    assert told.value.code == "wrong-context"
