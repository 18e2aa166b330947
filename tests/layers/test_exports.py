"""Data files hold what the frame holds: each is read back by another program than wrote it, and compared value by value."""

from __future__ import annotations

import csv
import io
import json
import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from shapely.geometry import shape

from layers import LayersError, UnquotedMarkError, plans_to_frame, write_csv, write_data, write_geojson, write_kml
from layers.exports._columns import columns_everywhere
from layers.exports._csv import csv_bytes
from layers.exports._gathered import gather
from layers.exports._geojson import geojson_bytes
from layers.exports._geometry import cut
from layers.exports._kml import kml_bytes
from layers.exports._text import for_xml
from sources import Reading
from tests.layers.fake_edges import HOSTILE, LONG, make_edges, with_text
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_told import make_told_reading

KML = {"k": "http://www.opengis.net/kml/2.2"}
FILES = [
    "plans.geojson",
    "plans.csv",
    "plans.gpkg",
    "plans.parquet",
    "plans.kml",
    "annotations.jsonld",
    "places.lpf.json",
    "datapackage.json",
]
NESTED = [column.name for column in columns_everywhere() if column.type in ("array", "object")]
SORTS = {column.name: column.type for column in columns_everywhere()}
ROOT = Path(__file__).parents[2]


class Written:
    """A reading, its frame and the folder with its files."""

    def __init__(self, reading: Reading, gazetteer: Any, folder: Path) -> None:
        self.reading, self.gazetteer, self.folder = reading, gazetteer, folder
        self.names = write_data(reading, gazetteer, folder)
        self.frame = plans_to_frame(reading, gazetteer)
        self.gathered = gather(reading, gazetteer)

    def expected(self, text: Any = lambda value: value, nested: Any = lambda value: value) -> list[dict[str, Any]]:
        """The values of the frame, with None for what is missing, and lists beside them.

        ``text`` is what a format makes of a text, ``nested`` what it makes of one in a list: JSON escapes control characters.
        """
        rows = []
        for values, row in zip(self.frame.drop(columns="geometry").to_dict("records"), self.gathered.rows, strict=True):
            known = {name: None if pd.isna(value) else value for name, value in values.items()}
            known |= {name: row.values[name] for name in ("precision", "no_geometry", *NESTED)}
            rows.append({name: _texts(value, nested if name in NESTED else text) for name, value in known.items()})
        return rows


def _texts(value: Any, text: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner, text) for key, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner, text) for inner in value]
    return text(value) if isinstance(value, str) else value


def unfolded(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a flat format with its JSON text read."""
    return {name: json.loads(value) if name in NESTED else value for name, value in row.items() if name in SORTS}


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(*make_edges(), tmp_path_factory.mktemp("edges"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(make_told_reading(), FakeGazetteer(), tmp_path_factory.mktemp("told"))


@pytest.fixture(scope="module", params=["edges", "told"])
def written(request: pytest.FixtureRequest) -> Written:
    made: Written = request.getfixturevalue(request.param)
    return made


def same_area(one: Any, other: Any, tolerance: float = 1e-9) -> bool:
    """Whether two geometries, or two Nones, are the same but for a border that moved by so many degrees."""
    if one is None or other is None:
        return one is other
    if one.geom_type == "Point":
        return bool(one.distance(other) <= tolerance)
    if shapely.get_dimensions(one) != 2:
        return bool(one.hausdorff_distance(other) <= tolerance)
    return bool(one.symmetric_difference(other).area <= max(one.length, 1) * tolerance)


def without_nul(text: str) -> str:
    return text.replace("\x00", "\u2400")


# read back by others ----------------------------------------------------------------------------------------------------------


def test_all_files_are_written_and_named_in_order(written: Written) -> None:
    assert written.names == FILES and sorted(p.name for p in written.folder.iterdir()) == sorted(FILES)


def test_geojson_read_as_json_holds_every_value_of_the_frame(written: Written) -> None:
    features = json.loads((written.folder / "plans.geojson").read_text(encoding="utf-8"))["features"]
    rows = [{k: v for k, v in feature["properties"].items() if k != "generalised"} for feature in features]
    assert rows == written.expected()


def test_geojson_read_by_gdal_has_the_rows_and_shapes_of_the_frame(written: Written) -> None:
    read = pyogrio.read_dataframe(written.folder / "plans.geojson")
    assert list(read["number"]) == list(written.frame["number"]) and list(read["place_id"]) == list(written.frame["place_id"])
    for found, whole, moved in zip(read.geometry, written.frame.geometry, read["generalised"], strict=True):
        assert same_area(cut(whole), found, 1e-5 if math.isnan(moved) else moved)


def test_csv_read_by_pandas_holds_every_value_of_the_frame(written: Written) -> None:
    kinds = {name: {"string": str, "array": str, "object": str}.get(sort) for name, sort in SORTS.items()}
    numbers = {name: [""] for name, kind in kinds.items() if kind is None}
    texts = {name: kind for name, kind in kinds.items() if kind}
    read = pd.read_csv(written.folder / "plans.csv", encoding="utf-8-sig", keep_default_na=False, na_values=numbers, dtype=texts)
    rows = [{k: None if pd.api.types.is_scalar(v) and pd.isna(v) else v for k, v in row.items()} for row in read.to_dict("records")]
    bare = [{k: v[1:] if isinstance(v, str) and v[:1] == "'" else v for k, v in row.items()} for row in rows]
    expected = [{k: "" if v is None and SORTS[k] == "string" else v for k, v in row.items()} for row in written.expected()]
    assert [unfolded(row) for row in bare] == expected


def test_csv_says_where_points_and_extents_lie(edges: Written) -> None:
    with (edges.folder / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["place_id"]: row for row in csv.DictReader(file)}
    assert (rows["e:anadyr"]["lat"], rows["e:anadyr"]["lon"], rows["e:anadyr"]["bbox"]) == ("64.730000", "177.510000", "")
    assert rows["e:fiji"]["bbox"] == "177.0000 -19.2000 -178.2000 -16.1000"


def test_geoparquet_read_by_pyarrow_holds_every_value_and_shape_of_the_frame(written: Written) -> None:
    rows = pq.read_table(written.folder / "plans.parquet").to_pylist()
    shapes = [row.pop("geometry") for row in rows]
    assert [unfolded(row) for row in rows] == written.expected()
    for found, whole in zip(shapes, written.frame.geometry, strict=True):
        assert same_area(cut(whole), None if found is None else shapely.from_wkb(found))


def test_geopackage_read_by_sqlite_holds_every_value_and_shape_of_the_frame(written: Written) -> None:
    with closing(sqlite3.connect(written.folder / "plans.gpkg")) as db:
        db.row_factory = sqlite3.Row
        rows = [dict(row) for name in ("points", "areas", "unplaced") for row in db.execute(f"SELECT * FROM plans_{name}")]
    found = {(row["plan_id"], row["place_id"]): row for row in rows}
    for expected, whole in zip(written.expected(without_nul), written.frame.geometry, strict=True):
        row = found.pop((expected["plan_id"], expected["place_id"]))
        blob = row.pop("geom", None)
        del row["fid"]
        assert unfolded(row | {"negated": bool(row["negated"])}) == expected
        assert same_area(cut(whole), None if blob is None else shapely.from_wkb(blob[40 if blob[3] & 0x0E else 8 :]))
    assert found == {}


def test_kml_read_by_lxml_holds_every_value_and_shape_of_the_frame(written: Written) -> None:
    tree = etree.parse(written.folder / "plans.kml")
    marks = {}
    for mark in tree.iterfind(".//k:Placemark", KML):
        data = {d.get("name"): d.findtext("k:value", "", KML) for d in mark.iterfind("k:ExtendedData/k:Data", KML)}
        if "quote" in data:
            marks[data["plan_id"], data["place_id"]] = (data, mark)
    for expected, row in zip(written.expected(for_xml, lambda text: text.replace("\ufffe", "\ufffd")), written.gathered.rows, strict=True):
        data, mark = marks.pop((row.values["plan_id"], row.values["place_id"]))
        for name, value in expected.items():
            said = json.loads(data[name]) if name in data and SORTS[name] not in ("string",) else data.get(name)
            assert said == value, name
        assert same_area(row.simple, kml_shape(mark), 1e-5)
    assert marks == {}


def kml_shape(mark: Any) -> Any:
    """The geometry of a placemark, put together without the writer's code."""

    def ring(element: Any) -> list[tuple[float, ...]]:
        return [tuple(float(v) for v in pair.split(",")) for pair in element.findtext(".//k:coordinates", "", KML).split()]

    points = [shapely.Point(ring(e)[0]) for e in mark.iterfind(".//k:Point", KML)]
    lines = [shapely.LineString(ring(e)) for e in mark.iterfind(".//k:LineString", KML)]
    areas = [
        shapely.Polygon(ring(e.find("k:outerBoundaryIs", KML)), [ring(i) for i in e.iterfind("k:innerBoundaryIs", KML)])
        for e in mark.iterfind(".//k:Polygon", KML)
    ]
    parts = points or lines or areas
    return None if not parts else parts[0] if len(parts) == 1 else shapely.union_all(parts)


def test_geojson_is_read_back_with_a_null_for_the_unplaced(reading: Reading, gazetteer: FakeGazetteer, tmp_path: Path) -> None:
    path = write_geojson(reading, gazetteer, tmp_path / "plans.geojson")
    data = json.loads(path.read_text(encoding="utf-8"))
    assert [feature["geometry"] is None for feature in data["features"]].count(True) == 1
    assert data["features"][0]["properties"]["quotes"][0]["selectors"][0]["type"] == "TextQuoteSelector"
    assert len(gpd.read_file(path)) == 9


# edges ------------------------------------------------------------------------------------------------------------------------


def test_a_plan_without_a_place_has_no_geometry_in_any_format_and_says_why(edges: Written) -> None:
    features = json.loads((edges.folder / "plans.geojson").read_text(encoding="utf-8"))["features"]
    bare = {f["properties"]["plan_id"]: f["properties"]["no_geometry"] for f in features if f["geometry"] is None}
    assert bare == {
        "e-6": "the articles name no place for it",
        "e-7": "named, but the gazetteer has no outline of it",
    }
    assert pyogrio.read_info(edges.folder / "plans.gpkg", layer="plans_unplaced")["features"] == 2
    assert pq.read_table(edges.folder / "plans.parquet")["geometry"].null_count == 2


def test_two_places_of_one_plan_are_two_rows_with_one_key(edges: Written) -> None:
    rows = pq.read_table(edges.folder / "plans.parquet", columns=["key", "place_id"]).to_pylist()
    assert [row["place_id"] for row in rows if row["key"] == "p-chukotka"] == ["e:chukotka", "e:anadyr"]


def test_a_very_long_quote_is_whole_in_every_format(edges: Written) -> None:
    (mark,) = [m for m in etree.parse(edges.folder / "plans.kml").iterfind(".//k:Placemark", KML) if LONG in "".join(m.itertext())]
    assert LONG in mark.findtext("k:description", "", KML)
    assert LONG in pq.read_table(edges.folder / "plans.parquet")["quote"].to_pylist()
    assert LONG in list(pyogrio.read_dataframe(edges.folder / "plans.gpkg", layer="quotes")["exact"])


def test_a_tag_in_an_article_is_text_in_the_balloon_of_kml(edges: Written) -> None:
    said = [m.findtext("k:description", "", KML) for m in etree.parse(edges.folder / "plans.kml").iterfind(".//k:Placemark", KML)]
    hostile = next(text for text in said if "alert" in text)
    assert "<script" not in hostile and "&lt;script&gt;" in hostile and "]]&gt;" in hostile


def test_a_cell_that_begins_like_a_formula_is_neutralised(reading: Reading, gazetteer: FakeGazetteer, tmp_path: Path) -> None:
    evil = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1")
    plans = tuple(replace(reading.plans[7], id=f"x{i}", number=i, summary=text, actor=text) for i, text in enumerate(evil, start=1))
    path = write_csv(replace(reading, plans=plans), gazetteer, tmp_path / "plans.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["summary"] for row in rows] == [f"'{text}" for text in evil] == [row["actor"] for row in rows]


def test_no_cell_of_the_csv_is_a_formula(edges: Written) -> None:
    with (edges.folder / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any(HOSTILE in cell for cell in cells)
    assert [c for c in cells if c[:1] in ("=", "+", "@", "\t") or (c[:1] == "-" and not c[1:2].isdigit())] == []


def test_an_empty_reading_gives_files_that_are_empty_and_valid(tmp_path: Path) -> None:
    assert write_data(Reading(articles=()), FakeGazetteer(), tmp_path) == FILES
    assert json.loads((tmp_path / "plans.geojson").read_text())["features"] == []
    assert pq.read_table(tmp_path / "plans.parquet").num_rows == 0
    assert {pyogrio.read_info(tmp_path / "plans.gpkg", layer=n)["features"] for n, _ in pyogrio.list_layers(tmp_path / "plans.gpkg")} == {
        0,
        3,
    }
    assert etree.parse(tmp_path / "plans.kml").findall(".//k:Placemark", KML) == []
    assert len((tmp_path / "plans.csv").read_text(encoding="utf-8-sig").splitlines()) == 1


def test_dates_become_spans_in_kml_only_where_their_ends_are_days_months_or_years(edges: Written) -> None:
    spans = {}
    for mark in etree.parse(edges.folder / "plans.kml").iterfind(".//k:Placemark", KML):
        data = {d.get("name"): d.findtext("k:value", "", KML) for d in mark.iterfind("k:ExtendedData/k:Data", KML)}
        spans[data.get("when")] = (mark.findtext("k:TimeSpan/k:begin", None, KML), mark.findtext("k:TimeSpan/k:end", None, KML))
    assert spans["2027"] == ("2027-01-01", "2027-12-31") and spans["2026-12-24"] == ("2026-12-24", "2026-12-24")
    assert spans["2026-11-02/2026-11-08"] == ("2026-11-02", "2026-11-08") and spans["2026-11-05/.."] == ("2026-11-05", None)
    assert spans["2028-21"] == spans[None] == (None, None)


def test_a_quote_that_does_not_stand_in_its_article_stops_all_writing(tmp_path: Path) -> None:
    reading, gazetteer = make_edges()
    wrong = replace(reading.plans[0], quotes=(replace(reading.plans[0].quotes[0], start=3),))
    with pytest.raises(UnquotedMarkError, match="does not say") as raised:
        write_data(replace(reading, plans=(wrong,)), gazetteer, tmp_path)
    assert isinstance(raised.value, LayersError) and list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_kml(Reading(articles=()), FakeGazetteer(), tmp_path / "none" / "plans.kml")
    assert list(tmp_path.iterdir()) == []


ANY_TEXT = st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\r" not in text)


@settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_TEXT)
def test_any_text_comes_through_json_csv_and_kml_as_it_was(text: str) -> None:
    gathered = gather(with_text(make_edges()[0], text), FakeGazetteer())
    assert json.loads(geojson_bytes(gathered))["features"][0]["properties"]["quote"] == text
    (row,) = csv.DictReader(io.StringIO(csv_bytes(gathered).decode("utf-8-sig"), newline=""))
    assert row["quote"] in (text, f"'{text}")
    tree = etree.fromstring(kml_bytes(gathered))
    (value,) = [d.findtext("k:value", "", KML) for d in tree.iterfind(".//k:Data", KML) if d.get("name") == "quote"]
    assert value == for_xml(text)


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(st.floats(-540, 500), st.floats(-88, 80), st.floats(0.5, 170), st.floats(0.5, 8))
def test_a_box_wherever_it_runs_on_is_cut_to_as_much_area_within_180_degrees(
    west: float, south: float, width: float, height: float
) -> None:
    whole = shapely.box(west, south, west + width, south + height)
    made = cut(whole)
    assert made.is_valid and made.bounds[0] >= -180 and made.bounds[2] <= 180
    assert made.area == pytest.approx(whole.area, rel=1e-6)
    assert same_area(shape(shapely.geometry.mapping(made)), made)
