"""Data files keep to their standards: what validators, GDAL and our own gazetteer say of them."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from lxml import etree
from shapely.geometry import shape

from geo._formats import recognise
from geo._rows import Bad, Row, Source
from layers import write_data, write_datapackage
from layers._shapes import disc
from layers._style import load_styles
from layers.exports._geometry import bbox, cut
from sources import Reading
from tests.layers.fake_edges import SHAPES, make_edges
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_told import make_told_reading
from tests.tools import find


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the reading with edges; read them, do not write among them."""
    made = tmp_path_factory.mktemp("edges")
    write_data(*make_edges(), made)
    return made


@pytest.fixture(scope="module")
def told_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("told")
    write_data(make_told_reading(), FakeGazetteer(), made)
    return made


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("empty")
    write_data(Reading(articles=()), FakeGazetteer(), made)
    return made


def loaded(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# GeoJSON ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plans.geojson", "places.lpf.json"])
@pytest.mark.parametrize("made", ["folder", "told_folder"])
def test_a_validator_of_rfc_7946_finds_no_fault(made: str, name: str, request: pytest.FixtureRequest) -> None:
    import geojson_validator

    data = loaded(request.getfixturevalue(made) / name)
    assert geojson_validator.validate_structure(data, check_crs=True) == {}
    placed = {"type": "FeatureCollection", "features": [f for f in data["features"] if f["geometry"]]}
    found = geojson_validator.validate_geometries(placed)
    assert found["invalid"] == {}
    # A hole is no fault, and islands have many points; an edge that ends at 180 degrees is taken for one that crosses them.
    allowed = {"holes", "excessive_vertices", "crosses_antimeridian"}
    assert {name: where for name, where in found["problematic"].items() if name not in allowed} == {}


def test_outer_rings_run_counter_clockwise_and_inner_ones_clockwise(folder: Path) -> None:
    holes = 0
    for feature in loaded(folder / "plans.geojson")["features"]:
        for polygon in (
            [p for p in shapely.get_parts(shape(feature["geometry"])) if p.geom_type == "Polygon"] if feature["geometry"] else []
        ):
            holes += len(polygon.interiors)
            assert polygon.exterior.is_ccw and not any(ring.is_ccw for ring in polygon.interiors)
    assert holes


def test_areas_and_lines_across_180_degrees_are_split_there(folder: Path) -> None:
    shapes = {f["properties"]["place_id"]: f["geometry"] for f in loaded(folder / "plans.geojson")["features"]}
    assert [shapes[k]["type"] for k in ("e:fiji", "e:chukotka", "e:line")] == ["MultiPolygon", "MultiPolygon", "MultiLineString"]
    for key in ("e:fiji", "e:chukotka", "e:line"):
        parts = [np.array(part.bounds)[[0, 2]] for part in shapely.get_parts(shape(shapes[key]))]
        assert all(abs(bound) <= 180 for part in parts for bound in part) and all(east - west < 90 for west, east in parts)
    assert shape(shapes["e:fiji"]).area == pytest.approx(SHAPES["e:fiji"].area)


@pytest.mark.parametrize("name", ["plans.geojson", "places.lpf.json"])
def test_no_edge_crosses_180_degrees(folder: Path, name: str) -> None:
    pieces = [
        np.array(ring.coords)
        for feature in loaded(folder / name)["features"]
        if feature["geometry"]
        for part in shapely.get_parts(shape(feature["geometry"]))
        for ring in ([part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part])
    ]
    assert all(np.abs(points[:, 0]).max() <= 180 for points in pieces)
    long = [points[at] for points in pieces for at in np.flatnonzero(np.abs(np.diff(points[:, 0])) > 180)]
    assert [abs(lat) for _, lat in long] == [90.0]  # along the pole, where all longitudes are one point


def test_an_area_around_a_pole_holds_the_pole_and_all_longitudes(folder: Path) -> None:
    shapes = {f["properties"]["place_id"]: shape(f["geometry"]) for f in loaded(folder / "plans.geojson")["features"] if f["geometry"]}
    assert shapes["e:pole"].bounds[0::2] == (-180, 180) and shapes["e:pole"].bounds[3] == 90 and shapes["e:pole"].is_valid
    assert shapes["e:south"].coords[0] == (0, -90)
    assert disc(-89.9, 170, 50_000).is_valid


def test_a_bbox_across_180_degrees_has_its_west_greater_than_its_east(folder: Path) -> None:
    boxes = {f["properties"]["place_id"]: f.get("bbox") for f in loaded(folder / "plans.geojson")["features"]}
    assert boxes["e:fiji"] == [177.0, -19.2, -178.2, -16.1] and boxes["e:anadyr"] is None
    assert bbox([shapely.Point(179, 0), shapely.Point(-179, 1), None]) == (179, 0, -179, 1)
    assert bbox([cut(shapely.box(-180, -90, 180, -60))]) == (-180, -90, 180, -60)


def test_geojson_has_no_crs_no_nan_and_seven_decimals_at_most(folder: Path) -> None:
    text = (folder / "plans.geojson").read_text(encoding="utf-8")
    data = json.loads(text, parse_constant=lambda name: pytest.fail(name))
    points = [xy for f in data["features"] if f["geometry"] for xy in shapely.get_coordinates(shape(f["geometry"])).tolist()]
    assert "crs" not in data and all(round(value, 7) == value for xy in points for value in xy)


# GDAL -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["plans.geojson", "plans.gpkg", "plans.kml"])
@pytest.mark.parametrize("made", ["folder", "told_folder", "empty_folder"])
def test_ogrinfo_opens_a_file_without_a_word_of_warning(made: str, name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    shutil.copy(request.getfixturevalue(made) / name, tmp_path / name)
    done = subprocess.run([find("ogrinfo"), "-al", "-so", str(tmp_path / name)], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stderr == "" and "Warning" not in done.stdout


@pytest.mark.parametrize("made", ["folder", "told_folder", "empty_folder"])
def test_geoparquet_opens_in_geopandas_and_its_metadata_are_those_of_the_standard(made: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(made) / "plans.parquet"
    about = json.loads(pq.read_schema(path).metadata[b"geo"])
    column = about["columns"][about["primary_column"]]
    assert about["version"] == "1.1.0" and column["encoding"] == "WKB" and column["orientation"] == "counterclockwise"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        frame = gpd.read_parquet(path)
    assert frame.crs.to_string() == "OGC:CRS84" and sorted(set(frame.geom_type.dropna())) == column["geometry_types"]
    assert ("bbox" in column) == (not frame.geometry.isna().all())


# GeoPackage -------------------------------------------------------------------------------------------------------------------


def test_a_geopackage_is_sound_and_lists_all_its_layers(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "plans.gpkg")) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)] and db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("PRAGMA application_id").fetchone() == (int.from_bytes(b"GPKG", "big"),)
        kinds = dict(db.execute("SELECT table_name, data_type FROM gpkg_contents"))
        changes = {row[0] for row in db.execute("SELECT last_change FROM gpkg_contents")}
    assert kinds == {
        "plans_points": "features", "plans_areas": "features", "plans_lines": "features", "context": "features",
        "plans_unplaced": "attributes", "quotes": "attributes", "sources": "attributes", "layer_styles": "attributes",
    }  # fmt: skip
    assert changes == {"2000-01-01T00:00:00.000Z"}


def test_each_layer_of_plans_has_a_style_with_a_symbol_of_its_own_for_every_status(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "plans.gpkg")) as db:
        styles = db.execute("SELECT f_table_name, styleQML, styleSLD FROM layer_styles WHERE useAsDefault ORDER BY 1").fetchall()
    assert [name for name, *_ in styles] == ["plans_areas", "plans_lines", "plans_points"]
    for name, qml, sld in styles:
        tree = etree.fromstring(qml.encode())
        categories = {c.get("value"): c.get("symbol") for c in tree.iter("category")}
        symbols = {s.get("name"): etree.tostring(s) for s in tree.find("renderer-v2/symbols")}
        assert list(categories) == [style["id"] for style in load_styles()]
        for style in load_styles():
            rgb = ",".join(str(int(style["hue"][at : at + 2], 16)) for at in (1, 3, 5))
            assert f'"{rgb},'.encode() in symbols[categories[style["id"]]]
        bare = {key: value.replace(b'name="' + key.encode() + b'"', b"") for key, value in symbols.items()}
        assert name == "plans_lines" or len(set(bare.values())) == len(bare)
        assert len(etree.fromstring(sld.encode()).findall(".//{http://www.opengis.net/se}Rule")) == len(load_styles())


def test_the_geopackage_says_what_its_columns_mean(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "plans.gpkg")) as db:
        said = dict(db.execute("SELECT column_name, description FROM gpkg_data_columns WHERE table_name = 'plans_points'"))
        held = [row[1] for row in db.execute("PRAGMA table_info(plans_points)")]
    assert sorted(said) == sorted(name for name in held if name not in ("fid", "geom")) and all(said.values())


def test_a_stated_distance_across_180_degrees_is_a_line_in_two_pieces(folder: Path) -> None:
    lines = pyogrio.read_dataframe(folder / "plans.gpkg", layer="plans_lines")
    assert list(lines["said_km"]) == [1200] and [len(g.geoms) for g in lines.geometry] == [2]


def test_sources_and_quotes_are_layers_with_all_that_is_stated(told_folder: Path) -> None:
    sources = pyogrio.read_dataframe(told_folder / "plans.gpkg", layer="sources").set_index("article_id")
    assert sources.loc["wire", "copy_of"] == "herald" and sources.loc["wire", "publisher"] == ""
    quotes = pyogrio.read_dataframe(told_folder / "plans.gpkg", layer="quotes")
    assert {"plan", "extent", "date"} <= set(quotes["role"])
    articles = {article.id: article.text for article in make_told_reading().articles}
    assert [articles[q.article_id][q.start : q.end] for q in quotes.itertuples()] == list(quotes["exact"])


# KML --------------------------------------------------------------------------------------------------------------------------


def test_a_placemark_has_its_parts_in_the_order_of_the_schema_of_kml(folder: Path) -> None:
    order = [
        "name", "Snippet", "description", "TimeSpan", "styleUrl", "ExtendedData", "Point", "LineString", "Polygon", "MultiGeometry",
    ]  # fmt: skip
    tree = etree.parse(folder / "plans.kml")
    styles = {f"#{s.get('id')}" for s in tree.iter("{*}Style")}
    marks = list(tree.iter("{*}Placemark"))
    for mark in marks:
        tags = [etree.QName(child).localname for child in mark]
        assert tags == sorted(tags, key=order.index)
        assert mark.findtext("{*}styleUrl") in styles
    assert len(marks) == 10


def test_kml_has_a_folder_for_each_status_that_there_is(told_folder: Path) -> None:
    names = [folder.findtext("{*}name") for folder in etree.parse(told_folder / "plans.kml").iter("{*}Folder")]
    assert names == ["planned", "proposed", "agreed", "under way", "existing", "denied", "stated distances"]


# data package -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", ["folder", "told_folder", "empty_folder"])
def test_frictionless_finds_the_package_and_every_value_of_its_table_valid(made: str, request: pytest.FixtureRequest) -> None:
    import frictionless

    report = frictionless.validate(str(request.getfixturevalue(made) / "datapackage.json"))
    assert report.flatten(["title", "fieldName", "message"]) == [] and report.valid
    (plans,) = [task for task in report.tasks if task.name == "plans"]
    assert plans.type == "table" and len(plans.labels) == 54


def test_frictionless_finds_a_value_that_breaks_a_constraint(folder: Path, tmp_path: Path) -> None:
    import frictionless

    shutil.copytree(folder, tmp_path / "broken")
    table = tmp_path / "broken" / "plans.csv"
    table.write_bytes(table.read_bytes().replace(b"under way", b"imagined"))
    report = frictionless.validate(str(tmp_path / "broken" / "datapackage.json"))
    assert "constraint-error" in {error[0] for error in report.flatten(["type"])}


def test_the_package_describes_every_file_of_the_folder_and_every_column(folder: Path, tmp_path: Path) -> None:
    package = loaded(folder / "datapackage.json")
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.name for path in folder.iterdir()} - {"datapackage.json"}
    assert all(resource["hash"] and resource["mediatype"] and resource["format"] for resource in package["resources"])
    assert all(field["type"] and field["description"] for field in package["resources"][0]["schema"]["fields"])
    assert [licence["title"] for licence in package["licenses"]] == ["CC BY 4.0"]
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    path = write_datapackage(Reading(articles=()), FakeGazetteer(), tmp_path / "datapackage.json", files=["notes.txt"], title="Piers")
    made = loaded(path)
    assert (made["title"], made["resources"][0]["mediatype"], "licenses" in made) == ("Piers", "text/plain", False)


# annotations ------------------------------------------------------------------------------------------------------------------


def test_an_annotation_finds_its_words_in_the_article_by_both_selectors(told_folder: Path) -> None:
    texts = {article.citation.url or f"urn:sha256:{article.citation.sha256}": article.text for article in make_told_reading().articles}
    data = loaded(told_folder / "annotations.jsonld")
    items = data["first"]["items"]
    assert data["total"] == len(items) == len({item["id"] for item in items}) > 10
    for item in items:
        text, (quote, position) = texts[item["target"]["source"]], item["target"]["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"]) and text[position["end"] :].startswith(quote["suffix"])


def test_every_quote_of_every_plan_is_an_annotation_and_so_is_every_name(told_folder: Path, folder: Path) -> None:
    reading = make_told_reading()
    spans = {(q.start, q.end) for p in reading.plans for q in (*p.quotes, *(q for c in p.conflicts for s in c.sides for q in s.quotes))}
    items = loaded(told_folder / "annotations.jsonld")["first"]["items"]
    found = {tuple(i["target"]["selector"][1][k] for k in ("start", "end")) for i in items if i["motivation"] == "describing"}
    assert found == spans
    named = [i for i in loaded(folder / "annotations.jsonld")["first"]["items"] if i["motivation"] == "identifying"]
    bodies = [{body["purpose"] for body in item["body"]} for item in named]
    assert bodies == [{"identifying", "commenting", "tagging"}, {"commenting", "tagging"}]


def test_an_annotation_uses_the_words_of_the_web_annotation_model(folder: Path) -> None:
    data = loaded(folder / "annotations.jsonld")
    assert data["@context"][0] == "http://www.w3.org/ns/anno.jsonld" and data["type"] == "AnnotationCollection"
    purposes = {
        "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting", "identifying", "linking",
        "moderating", "questioning", "replying", "tagging",
    }  # fmt: skip
    for item in data["first"]["items"]:
        assert item["type"] == "Annotation" and item["id"].startswith("urn:uuid:")
        assert {item["motivation"], *(body["purpose"] for body in item["body"])} <= purposes


# Linked Places ----------------------------------------------------------------------------------------------------------------


def test_our_own_gazetteer_reads_the_linked_places_back(told_folder: Path) -> None:
    path = told_folder / "places.lpf.json"
    form = recognise(path)
    rows = list(form.read(Source(path)))
    assert (form.name, [row for row in rows if isinstance(row, Bad)]) == ("Linked Places Format", [])
    assert len(rows) == len(loaded(path)["features"])
    assert "site:basa" in {row.id for row in rows if isinstance(row, Row)}


def test_a_place_says_which_articles_name_it_and_how_certain_its_shape_is(told_folder: Path, folder: Path) -> None:
    okinawa = {f["@id"]: f for f in loaded(told_folder / "places.lpf.json")["features"]}["i:okinawa"]
    (cited,) = [name["citations"] for name in okinawa["names"] if "citations" in name]
    assert [citation["year"] for citation in cited] == [2024] and "The Island Post" in cited[0]["label"]
    places = {f["@id"]: f for f in loaded(folder / "places.lpf.json")["features"]}
    assert places["e:atlantis"]["geometry"]["certainty"] == "uncertain" and places["e:anadyr"]["geometry"]["certainty"] == "certain"
    assert "not its outline" in places["e:atlantis"]["geometry"]["note"]
    assert places["e:fiji"]["types"][0]["identifier"] == "gn:PCLI"
    assert "coordinateUncertaintyInMeters" not in places["e:chukotka"]["properties"]
