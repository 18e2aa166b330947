"""Gazetteers that a user adds: what is taken, what is set aside, which places are one, and what happens when it goes wrong."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo import AddedGazetteer, Gazetteer, GazetteerError, add_gazetteers, added_gazetteers, build, rebuild_gazetteer, remove_gazetteer
from geo import _entries as entries
from geo import gazetteer as module
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared" / "gazetteer"
needs_files = pytest.mark.skipif(
    not SHARED.is_dir(), reason="GeoNames' and Natural Earth's files are no part of the project; ../shared is not there"
)
MANY = 60_000

# a small embedded index and files of our own ---------------------------------------------------------------------------------


def entry(place_id: str, name: str, lat: float, lon: float, code: str, level: int, **more: Any) -> dict[str, Any]:
    """A row as the build makes it."""
    extent, prec = {"PCL": ("country", 6), "ADM1": ("area", 4), "SEA": ("sea", 7), "ISL": ("area", 3)}.get(code, ("point", 1))
    row = {"id": place_id, "name": name, "lat": lat, "lon": lon, "feature_code": code, "extent": extent, "where_prec": prec}
    return row | {"class_rank": level, "authority": "the package", "authority_url": ""} | more


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small index, made like the package's own."""
    path = tmp_path_factory.mktemp("embedded") / "gazetteer.sqlite"
    db = sqlite3.connect(path)
    db.executescript(build.SQL + build.NAMES + entries.SQL)
    writer = build._Writer(db)
    rows = [
        entry("citemap:gullsea", "Gull Sea", 60.0, 3.0, "SEA", entries.CURATED, uncertainty_m=300_000),
        entry("citemap:tarnoy", "Tarnoy", 53.40, 5.30, "ISL", entries.CURATED, country="NL", uncertainty_m=9_000),
        entry("iso3166-1:NL", "Netherlands", 52.2, 5.3, "PCL", entries.COUNTRY, country="NL"),
        entry("iso3166-1:AU", "Australia", -25.0, 134.0, "PCL", entries.COUNTRY, country="AU"),
        entry("iso3166-2:NL-GE", "Gelderland", 52.0, 5.9, "ADM1", entries.DIVISION, country="NL", admin1="NL-GE"),
        entry("geonames:9000001", "Oldwold", 52.1, 5.9, "PPL", entries.CITY, country="NL", admin1="NL-GE", population=900),
        entry("geonames:9000002", "Bramwick", 52.2, 5.8, "PPL", entries.CITY, country="NL", admin1="NL-GE"),
    ]
    for row in rows:
        writer.add(row, [(row["name"], "en", 0)], "own")
    entries.write_entries(db, {"rose": entries.GIVEN})
    db.execute("UPDATE place SET south = 51, west = 4, north = 53, east = 7 WHERE id = 'iso3166-1:NL'")
    meta = {"schema": str(module.SCHEMA), "fingerprint": "one", "entries own": str(len(rows)), "package none": "1"}
    db.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
    db.executescript(build.NAME_INDEX + build.POINT_INDEX)
    db.commit()
    db.close()
    return path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, embedded: Path) -> Path:
    """A data folder for this test alone, over the small index."""
    monkeypatch.setenv("CITEMAP_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(module, "DEFAULT", embedded)
    return tmp_path / "home" / "gazetteer"


@pytest.fixture()
def file(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file and gives its path."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def dump(
    number: int, name: str, lat: object, lon: object, kind: str = "P.PPL", *, other: str = "", country: str = "NL", **more: object
) -> str:
    """A line of GeoNames' 19 columns."""
    feature_class, code = kind.split(".")
    cells = [number, name, more.get("ascii", name), other, lat, lon, feature_class, code, country, "", more.get("admin1", "03")]
    cells += [more.get("admin2", ""), "", "", more.get("population", 0), "", 3, "Europe/Amsterdam", "2026-01-02"]
    return "\t".join(str(c) for c in cells) + "\n"


def collection(*features: dict[str, Any]) -> str:
    """A FeatureCollection, as text."""
    return json.dumps({"type": "FeatureCollection", "features": features})


def earth(name: str | None, sort: str, geometry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A feature as Natural Earth writes it."""
    return {"type": "Feature", "properties": {"featurecla": sort, "name": name, "scalerank": 3} | more, "geometry": geometry}


def box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    """A rectangle as GeoJSON."""
    return {"type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]]}


def at(lon: float, lat: float) -> dict[str, Any]:
    """A point as GeoJSON."""
    return {"type": "Point", "coordinates": [lon, lat]}


LINKED = collection(
    {
        "@id": "atlas:quillon",
        "type": "Feature",
        "properties": {"title": "Quillon", "ccodes": ["NL"], "fclasses": ["T"]},
        "names": [{"toponym": "Kwiljon", "lang": "nl"}],
        "types": [{"identifier": "gn:T.ISL", "label": "island"}],
        "geometry": at(5.1, 53.1),
    }
)
FILES = {
    "GeoNames": dump(77, "Zorvelmouth", 52.5, 5.5),
    "GeoNames first-order divisions": "NL.03\tGuelders\tGuelders\t2755634\n",
    "GeoNames second-order divisions": "NL.03.0007\tZorvel Shire\tZorvel Shire\t7007\n",
    "GeoNames countries": "NL\tNLD\t528\tNL\tHolland\tAmsterdam\t41526\t17231017\tEU\t.nl\tEUR\tEuro\t31\t\t\tnl-NL\t2750405\tDE,BE\t\n",
    "Natural Earth": collection(earth("Zorvel Bay", "bay", box(1, 51, 2, 52))),
    "Linked Places Format": LINKED,
    "table": "name,lat,lon\nZorvelmouth,52.5,5.5\n",
}


def layer_of(content: str | bytes, file: Callable[..., Path], name: str = "added.dat") -> AddedGazetteer:
    """Add a file of this content and return its layer."""
    return add_gazetteers([file(name, content)])[0]


def rules(layer: AddedGazetteer) -> list[tuple[int, str]]:
    """The line and the rule of each row that was set aside."""
    if layer.set_aside_in is None:
        return []
    lines = layer.set_aside_in.read_text(encoding="utf-8").splitlines()[1:]
    return [(int(line.split("\t")[0]), line.split("\t")[2]) for line in lines]


# formats ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("name", ["added.dat", "added.csv", "added.json"])
def test_the_format_is_told_from_the_content_whatever_the_files_name(file: Callable[..., Path], form: str, name: str) -> None:
    layer = layer_of(FILES[form], file, name)
    assert (layer.format, layer.rows, layer.set_aside) == (form, 1, 0)


@pytest.mark.parametrize("form", FILES)
def test_a_byte_order_mark_and_dos_line_ends_change_nothing(file: Callable[..., Path], form: str) -> None:
    layer = layer_of(b"\xef\xbb\xbf" + FILES[form].replace("\n", "\r\n").encode(), file)
    assert (layer.format, layer.rows, layer.set_aside) == (form, 1, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no format that can be added; taken are: GeoNames dumps"),
        ("A pier is planned at Kilifi.\n", "no format that can be added"),
        ('{"type": "Topology"}', "no format that can be added"),
        ("name,population\nZorvel,3\n", "no format that can be added"),
        (b"PK\x03\x04rest", "packed archive; unpack it"),
        ("name,lat,lon\n".encode("utf-16"), "UTF-16; save it as UTF-8"),
    ],
)
def test_a_file_of_no_such_format_is_named_with_the_formats_that_are_taken(
    file: Callable[..., Path], content: str | bytes, said: str
) -> None:
    with pytest.raises(GazetteerError, match=f"^odd.txt: .*{said}") as error:
        add_gazetteers([file("odd.txt", content)])
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"none.txt: the file cannot be read \(No such file"):
        add_gazetteers([tmp_path / "none.txt"])


def test_one_wrong_file_among_many_adds_none_of_them(file: Callable[..., Path], home: Path) -> None:
    with pytest.raises(GazetteerError):
        add_gazetteers([file("good.txt", FILES["GeoNames"]), file("odd.txt", "nothing")])
    assert not home.exists()


def test_a_table_may_have_semicolons_other_column_names_and_more_columns(file: Callable[..., Path]) -> None:
    content = 'Title;Latitude;Longitude;id;country;feature_code;population;variants;note\n"Zorvel; Old";52,5;5.5\n'
    content += '"Zorvel; Old";52.5;5.5;z1;NL;PPLA;1200;"Zorwel|Zorvelle";x\n'
    layer = layer_of(content, file, "towns.csv")
    place = Gazetteer().find("Zorvelle")[0]
    assert (place.id, place.name, place.feature_code, place.population) == ("towns:z1", "Zorvel; Old", "PPLA", 1200)
    assert rules(layer) == [(2, "the line has 3 columns, not 9 like the header")]


def test_a_feature_of_linked_places_keeps_its_names_by_language_and_its_sort(file: Callable[..., Path]) -> None:
    layer_of(LINKED, file)
    place = Gazetteer().place("atlas:quillon")
    assert {("nl", "Kwiljon"), ("", "Quillon")} <= {(n.lang, n.toponym) for n in place.names}
    assert (place.feature_code, place.extent, place.country) == ("ISL", "area", "NL")


def test_our_own_curated_files_can_be_added(file: Callable[..., Path]) -> None:
    layer = add_gazetteers([ROOT / "geo" / "data" / "places" / "pacific.json"])[0]
    assert (layer.format, layer.set_aside) == ("Linked Places Format", 0)


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("GULF OF ST. ZORVEL", "Gulf of St. Zorvel"),
        ("QU'ADLE SEA", "Qu'Adle Sea"),
        ("HOLM'S BAY", "Holm's Bay"),
        ("Mc ARdle Bay", "Mc ARdle Bay"),
    ],
)
def test_a_name_in_capitals_is_written_as_in_a_text(file: Callable[..., Path], written: str, shown: str) -> None:
    layer_of(collection(earth(written, "bay", box(1, 51, 2, 52), name_fr="BAIE DE ZORVEL")), file)
    place = Gazetteer().find("Baie de Zorvel")[0]
    assert place.name == shown
    assert ("fr", "Baie de Zorvel") in {(n.lang, n.toponym) for n in Gazetteer().place(place.id).names}


def test_a_polygon_keeps_its_shape_a_point_inside_it_and_its_reach(file: Callable[..., Path]) -> None:
    layer_of(FILES["Natural Earth"], file)
    gazetteer = Gazetteer()
    place = gazetteer.find("Zorvel Bay")[0]
    shape = gazetteer.shape(place.id)
    assert shape is not None
    assert shape.bounds == (1, 51, 2, 52)
    assert 1 < place.lon < 2
    assert place.uncertainty_m is not None
    assert 55_000 < place.uncertainty_m < 90_000


# what a row becomes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "extent", "prec"),
    [
        ("P.PPLA", "point", 1), ("S.AIRP", "point", 1), ("A.ADM2", "area", 3), ("A.ADM3", "area", 3), ("H.STM", "chain", 5),
        ("H.LK", "area", 3),
        ("H.SEA", "sea", 7), ("T.ISL", "area", 2), ("T.MTS", "area", 5), ("T.MT", "point", 2), ("L.RGN", "area", 5), ("V.FRST", "area", 3),
    ],
)  # fmt: skip
def test_precision_follows_from_the_sort_of_feature(file: Callable[..., Path], kind: str, extent: str, prec: int) -> None:
    layer_of(dump(77, "Zorvelmouth", 52.5, 5.5, kind), file)
    place = Gazetteer().place("geonames:77")
    assert (place.feature_code, place.extent, place.where_prec) == (kind[2:], extent, prec)


def test_a_row_of_geonames_is_found_by_all_its_names_but_not_by_codes(file: Callable[..., Path]) -> None:
    layer_of(dump(77, "Zörvelmouth", 52.5, 5.5, other="Zorwel,ZRV,Зорвел", ascii="Zorvelmouth"), file)
    gazetteer = Gazetteer()
    assert [len(gazetteer.find(n)) for n in ("Zorvelmouth", "Zorwel", "Зорвел", "ZRV")] == [1, 1, 1, 0]
    assert (gazetteer.senses("Zorvelmouth")[0].rank, gazetteer.senses("Zorwel")[0].rank) == (0, 1)


def test_a_place_that_is_no_more_has_its_name_as_an_alternate(file: Callable[..., Path]) -> None:
    layer_of(dump(77, "Zorvelmouth", 52.5, 5.5, "P.PPLH") + dump(78, "Zorvel Church", 52.5, 5.5, "S.CH"), file)
    gazetteer = Gazetteer()
    assert gazetteer.place("geonames:77").feature_code == "PPLH"
    assert (gazetteer.senses("Zorvelmouth")[0].rank, gazetteer.senses("Zorvel Church")[0].rank) == (1, 0)


def test_a_name_that_is_also_a_word_is_known_as_one_and_given_names_stay_known(file: Callable[..., Path]) -> None:
    layer_of(dump(77, "Lantern", 52.5, 5.5) + dump(78, "Rose", 52.6, 5.5), file)
    gazetteer = Gazetteer()
    assert gazetteer.flags("Lantern") & entries.WORD
    assert gazetteer.flags("Rose") == entries.WORD | entries.GIVEN


def test_a_town_and_its_county_share_the_number_of_the_second_order_division(file: Callable[..., Path]) -> None:
    towns = dump(77, "Zorvelmouth", 52.5, 5.5, admin2="0007") + dump(78, "Farhaven", 52.5, 5.5, admin2="0008")
    add_gazetteers([file("towns.txt", towns), file("codes.txt", FILES["GeoNames second-order divisions"])])
    gazetteer = Gazetteer()
    town, other, county = (gazetteer.entry(key).senses[0].area2 for key in ("zorvelmouth", "farhaven", "zorvel shire"))
    assert 0 < town == county != other > 0


# set aside -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (dump(77, "Zorvel", 123.5, 41.5), "the latitude lies outside -90 to 90; latitude and longitude look swapped"),
        (dump(77, "Zorvel", 223.5, 41.5), "the latitude lies outside -90 to 90"),
        (dump(77, "Zorvel", 52.5, 181), "the longitude lies outside -180 to 180"),
        (dump(77, "Zorvel", "nan", 5.5), "latitude and longitude are not both finite"),
        (dump(77, "Zorvel", 5.5, "inf"), "latitude and longitude are not both finite"),
        (dump(77, "Zorvel", "north", 5.5), "latitude and longitude are not both numbers"),
        (dump(77, " ", 52.5, 5.5), "there is no name"),
        (dump(77, "---", 52.5, 5.5), "the name has no letters"),
        (dump(77, "Z?rvel", 52.5, 5.5), "letters of the name were lost: it holds question marks"),
        (dump(77, "Zor\x1b[31mvel", 52.5, 5.5), "the name holds control characters"),
        (dump(77, "Zorvel", 52.5, 5.5, population="many"), "the population is no number of people"),
        (dump(77, "Zorvel", 52.5, 5.5, country="Holland"), "the country is no ISO 3166-1 alpha-2 code"),
        (dump(77, "Zorvel", 52.5, 5.5).replace("\tPPL\t", "\t"), "the line has 18 columns, not 19"),
        (dump(77, "Zorvel", 52.5, 5.5).replace("77\t", "no\t", 1), "the GeoNames id is no number"),
        (dump(1, "Zorvel", 52.5, 5.5), "an earlier line has this id"),
        (dump(77, "Z\udcffrvel", 52.5, 5.5), "the bytes are not UTF-8"),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside_with_its_line_and_the_others_are_taken(
    file: Callable[..., Path], line: str, rule: str
) -> None:
    content = dump(1, "Farhaven", 52.0, 5.0) + line + dump(2, "Nearhaven", 52.0, 5.1)
    layer = layer_of(content.encode(errors="surrogateescape"), file)
    assert (layer.rows, rules(layer)) == (2, [(2, rule)])
    assert [len(Gazetteer().find(n)) for n in ("Farhaven", "Nearhaven", "Zorvel")] == [1, 1, 0]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Zorvel,99,5\n", "the latitude lies outside -90 to 90; latitude and longitude look swapped"),
        ("Zorvel,52\n", "the line has 2 columns, not 3 like the header"),
        (",52,5\n", "there is no name"),
        ("Z\udcffrvel,52,5\n", "the bytes are not UTF-8"),
    ],
)
def test_a_row_of_a_table_that_breaks_a_rule_is_set_aside(file: Callable[..., Path], line: str, rule: str) -> None:
    layer = layer_of(f"name,lat,lon\n{line}Farhaven,52,5\n".encode(errors="surrogateescape"), file)
    assert (layer.rows, rules(layer)) == (1, [(2, rule)])


@pytest.mark.parametrize(
    ("feature", "rule"),
    [
        (earth(None, "bay", box(1, 51, 2, 52)), "there is no name"),
        (earth("Zorvel", "bay", at(200, 51)), "the longitude lies outside -180 to 180"),
        (earth("Zorvel", "bay", box(1, 51, 2, 91)), "the latitude lies outside -90 to 90; latitude and longitude look swapped"),
        (earth("Zorvel", "bay", {"type": "Polygon", "coordinates": [[1, 2]]}), "the geometry cannot be read"),
        (earth("Zorvel", "bay", {"type": "Point"}), "the point has no two coordinates"),
        (earth("Zorvel", "dragons-be-here", at(0, 0)), "Natural Earth's class 'dragons-be-here' is not taken"),
        (earth("ZOR-99 (islets)", "bay", at(0, 0)), "this stands for islands without a name"),
    ],
)
def test_a_feature_that_breaks_a_rule_is_set_aside(file: Callable[..., Path], feature: dict[str, Any], rule: str) -> None:
    layer = layer_of(collection(feature, earth("Farhaven Bay", "bay", box(1, 51, 2, 52))), file)
    assert (layer.rows, rules(layer)) == (1, [(1, rule)])


@pytest.mark.parametrize(
    "part",
    [
        '"@id": "\\ud800x"',
        '"@id": {"a": 1}',
        '"@id": 1',
        '"names": [{"toponym": "\\ud800"}, {"toponym": 5}, 7]',
        '"names": {"toponym": "Zorwel"}',
        '"geometry": {"type": "Point", "coordinates": [1e400, 5]}',
        '"geometry": {"type": "Point", "coordinates": [%s, 5]}' % ("9" * 400),
        '"geometry": {"type": "Polygon", "coordinates": [[[1, 2], [1, 2], [1, 2], [1, 2]]]}',
        '"geometry": {"type": "Polygon", "coordinates": []}',
        '"geometry": {"type": "GeometryCollection", "geometries": []}',
        '"geometry": null',
        '"geometry": []',
        '"properties": null',
        '"properties": {"title": "Zorvel", "authority": "\\u001b[31m", "ccodes": [["NL"]]}',
        '"properties": {"title": ["Zorvel"]}',
        '"properties": {"title": "Zorvel", "coordinateUncertaintyInMeters": 1e999, "population": "9e99"}',
        '"links": [{"identifier": {"a": []}}]',
    ],
)
def test_a_hostile_feature_is_taken_or_set_aside_and_never_stops_the_next_one(file: Callable[..., Path], part: str) -> None:
    whole = '"@id": "a:1", "properties": {"title": "Zorvel"}, "geometry": {"type": "Point", "coordinates": [5, 52]}'
    layer = layer_of(f'{{"type": "FeatureCollection", "features": [{{{whole}, {part}}}, {LINKED[LINKED.index("[") + 1 :]}', file)
    assert layer.rows + layer.set_aside == 2
    gazetteer = Gazetteer()
    for place in (*gazetteer.find("Zorvel"), *gazetteer.find("Quillon")):
        assert all(c.isprintable() for c in place.id + place.name + place.authority)
    assert gazetteer.find("Quillon")


def test_of_a_file_that_breaks_off_the_whole_features_are_taken(file: Callable[..., Path]) -> None:
    whole = collection(earth("Zorvel Bay", "bay", box(1, 51, 2, 52)), earth("Farhaven Bay", "bay", box(3, 51, 4, 52)))
    layer = layer_of(whole[:-60], file)
    assert (layer.rows, rules(layer)) == (1, [(2, "the JSON is broken here; nothing behind it is read")])


# one place, one entry --------------------------------------------------------------------------------------------------------


def test_a_town_of_an_id_that_is_there_adds_its_names_and_what_was_missing(file: Callable[..., Path]) -> None:
    rows = dump(9000001, "Oldwold", 52.1, 5.9, other="Aldwold", admin2="0007", population=1234)
    rows += dump(9000002, "Bramwick", 52.2, 5.8, population=500)
    layer_of(rows, file)
    gazetteer = Gazetteer()
    assert [(p.id, p.population, p.authority) for p in gazetteer.find("Aldwold")] == [("geonames:9000001", 900, "the package")]
    assert gazetteer.place("geonames:9000002").population == 500
    assert gazetteer.entry("oldwold").senses[0].area2 > 0


def test_the_first_of_two_files_with_a_place_keeps_it_and_the_second_adds_names(file: Callable[..., Path]) -> None:
    new = file("new.txt", dump(77, "Zorvelmouth", 52.5, 5.5, population=20))
    old = file("old.txt", dump(77, "Zorvel", 50.0, 5.0, population=10))
    add_gazetteers([new, old])
    place = Gazetteer().find("Zorvel")[0]
    assert (place.name, place.lat, place.population, Gazetteer().added_with(place.id)) == ("Zorvelmouth", 52.5, 20, "new.txt")


@pytest.mark.parametrize(
    "line",
    [
        dump(2750405, "Kingdom of Zorvel", 52.5, 5.75, "A.PCLI", other="NL,NLD"),
        dump(2750405, "Kingdom of Zorvel", 52.5, 5.75, "A.PCLI"),
        FILES["GeoNames countries"].replace("Holland", "Kingdom of Zorvel"),
    ],
)
def test_a_row_of_a_country_adds_names_to_the_country(file: Callable[..., Path], line: str) -> None:
    layer_of(line, file)
    assert [p.id for p in Gazetteer().find("Kingdom of Zorvel")] == ["iso3166-1:NL"]


@pytest.mark.parametrize(
    "line",
    [
        dump(2170371, "Reef Territory", -17.5, 151.0, "A.TERR", other="CR", country="AU"),
        dump(2170372, "Reef Territory", -10.5, 105.0, "A.PCLD", country="AU"),
        dump(2170373, "Reef Territory", -25.0, 134.0, "A.PCLH", country="AU"),
    ],
)
def test_a_territory_under_a_countrys_code_is_no_other_name_of_the_country(file: Callable[..., Path], line: str) -> None:
    layer_of(line, file)
    assert [p.id.partition(":")[0] for p in Gazetteer().find("Reef Territory")] == ["geonames"]


@pytest.mark.parametrize(
    "content",
    [
        FILES["GeoNames first-order divisions"],
        dump(2755634, "Guelders", 52.0, 5.9, "A.ADM1"),
        collection(earth("Guelders", "Admin-1 scale rank", at(5.9, 52.0), adm1_code="NLD-1", iso_a2="NL", iso_3166_2="NL-GE")),
    ],
)
def test_a_first_order_division_is_the_one_of_its_iso_code(file: Callable[..., Path], content: str) -> None:
    layer_of(content, file)
    assert [p.id for p in Gazetteer().find("Guelders")] == ["iso3166-2:NL-GE"]


@pytest.mark.parametrize(
    ("name", "place_id"), [("Gelderland", "iso3166-2:NL-GE"), ("Gelderlandt", "iso3166-2:NL-GE"), ("Zorvelland", "naturalearth:NLD-1")]
)
def test_a_division_without_a_code_is_matched_by_name_within_its_country(file: Callable[..., Path], name: str, place_id: str) -> None:
    points = [earth(name, "Admin-1 scale rank", at(5.9 + i / 10, 52.0), adm1_code="NLD-1", iso_a2="NL") for i in range(3)]
    layer_of(collection(*points), file)
    assert [p.id for p in Gazetteer().find(name)] == [place_id]


@pytest.mark.parametrize(
    ("content", "name", "ids"),
    [
        (collection(earth("GULL SEA", "sea", box(0, 58, 6, 62), name_fr="Mer des Mouettes")), "Mer des Mouettes", ["citemap:gullsea"]),
        (collection(earth("GULL SEA", "sea", box(100, 8, 106, 12), name_fr="Mer Loin")), "Mer Loin", ["naturalearth:sea-gull-sea"]),
        (dump(77, "Tarnoy", 53.41, 5.31, "T.ISL", other="Tarnøya"), "Tarnøya", ["citemap:tarnoy"]),
        (dump(77, "Tarnoy", 53.41, 5.31, "P.PPL", other="Tarnøya"), "Tarnøya", ["geonames:77"]),
        (dump(77, "Tarnoy", 63.41, 5.31, "T.ISL", other="Tarnøya"), "Tarnøya", ["geonames:77"]),
    ],
)  # fmt: skip
def test_a_curated_place_is_met_again_by_name_sort_and_nearness(file: Callable[..., Path], content: str, name: str, ids: list[str]) -> None:
    layer_of(content, file)
    assert [p.id.partition("@")[0] for p in Gazetteer().find(name)] == ids


def test_a_county_lies_at_the_mean_of_its_towns_and_reaches_to_the_farthest(file: Callable[..., Path]) -> None:
    towns = dump(1, "Easthaven", 52.0, 6.0, admin2="0007") + dump(2, "Westhaven", 52.0, 5.0, admin2="0007")
    add_gazetteers([file("codes.txt", FILES["GeoNames second-order divisions"]), file("towns.txt", towns)])
    place = Gazetteer().find("Zorvel Shire")[0]
    assert (round(place.lat, 1), round(place.lon, 2)) == (52.0, 5.5)
    assert place.uncertainty_m is not None
    assert 34_000 < place.uncertainty_m < 34_500
    assert (place.feature_code, place.extent, place.where_prec, place.admin1) == ("ADM2", "area", 3, "NL-GE")
    assert "derived from its towns" in place.authority


def test_the_mean_of_towns_on_both_sides_of_the_date_line_lies_between_them(file: Callable[..., Path]) -> None:
    towns = dump(1, "Easthaven", 10.0, 179.0, admin2="0007") + dump(2, "Westhaven", 10.0, -179.0, admin2="0007")
    add_gazetteers([file("codes.txt", FILES["GeoNames second-order divisions"]), file("towns.txt", towns)])
    assert abs(Gazetteer().find("Zorvel Shire")[0].lon) == 180


def test_a_county_of_one_town_has_a_point_and_no_radius(file: Callable[..., Path]) -> None:
    add_gazetteers(
        [file("codes.txt", FILES["GeoNames second-order divisions"]), file("towns.txt", dump(1, "Easthaven", 52.0, 6.0, admin2="0007"))]
    )
    assert Gazetteer().find("Zorvel Shire")[0].uncertainty_m is None


def test_a_county_without_a_town_is_counted_and_listed_not_placed(file: Callable[..., Path]) -> None:
    layer = layer_of(FILES["GeoNames second-order divisions"], file)
    assert Gazetteer().find("Zorvel Shire") == ()
    assert layer.without_point == 1
    assert layer.without_point_in is not None
    assert "added.dat\t1\tZorvel Shire\t" in layer.without_point_in.read_text(encoding="utf-8")


# again, changed, removed -----------------------------------------------------------------------------------------------------


def test_the_same_file_again_does_nothing(file: Callable[..., Path], home: Path) -> None:
    path = file("added.txt", FILES["GeoNames"])
    add_gazetteers([path])
    before = (home / "gazetteer.sqlite").stat().st_mtime_ns
    assert add_gazetteers([path]) == ()
    assert (home / "gazetteer.sqlite").stat().st_mtime_ns == before


def test_the_same_file_again_mends_a_merged_index_that_is_lost(file: Callable[..., Path], home: Path) -> None:
    path = file("added.txt", FILES["GeoNames"])
    add_gazetteers([path])
    (home / "gazetteer.sqlite").unlink()
    assert [layer.merged for layer in added_gazetteers()] == [False]
    add_gazetteers([path])
    assert [layer.merged for layer in added_gazetteers()] == [True]


def test_a_changed_file_replaces_the_one_of_its_name(file: Callable[..., Path]) -> None:
    layer_of(FILES["GeoNames"], file)
    layer_of(dump(78, "Farhaven", 52.5, 5.5), file)
    assert [len(Gazetteer().find(n)) for n in ("Zorvelmouth", "Farhaven")] == [0, 1]
    assert [layer.name for layer in added_gazetteers()] == ["added.dat"]


def test_the_same_files_in_the_same_order_give_the_same_bytes(
    file: Callable[..., Path], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [file(f"file{i}.dat", content) for i, content in enumerate(FILES.values())]
    add_gazetteers(paths)
    monkeypatch.setenv("CITEMAP_HOME", str(home.parent / "other"))
    add_gazetteers(paths[:3])
    add_gazetteers(paths[3:])
    other = home.parent / "other" / "gazetteer"
    assert (other / "gazetteer.sqlite").read_bytes() == (home / "gazetteer.sqlite").read_bytes()


def test_what_is_packed_anew_fits_what_stays_as_if_all_had_been_packed(file: Callable[..., Path], home: Path) -> None:
    towns = [
        dump(9000001, "Oldwold", 52.1, 5.9, other="Wold at Sea,Oud Wold", admin2="0203", population=1200),
        dump(9000002, "Bramwick", 52.2, 5.8, admin1="GE", population=700),
        dump(9000003, "Gelderland", 52.3, 5.7, admin2="0203", population=400),
        dump(9000004, "Oldwold", 51.1, 4.9, country="BE", other="Rose", admin2="0204"),
    ]
    add_gazetteers([file("NL.txt", "".join(towns)), file("more.csv", "name,lat,lon\nGull Sea Quay Side,60.1,3.1\nRose Bay,60,3\n")])
    db = sqlite3.connect(home / "gazetteer.sqlite")

    def packed() -> dict[str, tuple[int, int, list[entries.Sense]]]:
        codes = [code for (code,) in db.execute("SELECT code FROM code ORDER BY number")]
        rows = db.execute("SELECT key, flags, longest, senses FROM entry").fetchall()
        return {key: (flags, longest, list(entries.unpack(senses, codes))) for key, flags, longest, senses in rows}

    def without_areas(found: dict[str, tuple[int, int, list[entries.Sense]]]) -> dict[str, tuple[int, int, list[entries.Sense]]]:
        return {
            key: (flags, longest, [s._replace(area2=min(s.area2, 1)) for s in senses]) for key, (flags, longest, senses) in found.items()
        }

    merged = packed()
    flags = {key: flag for key, (flag, _, _) in merged.items() if flag}
    db.executescript("DELETE FROM entry; DELETE FROM code;")
    entries.write_entries(db, flags)
    assert without_areas(merged) == without_areas(packed())
    areas = {s.row: s.area2 for _, _, senses in merged.values() for s in senses if s.area2}
    assert [areas[number] for number in sorted(areas)] == [1, 1, 2] and merged["gelderland"][2][0].population == 900 + 700 + 400
    db.close()


def test_another_layer_gives_another_fingerprint(file: Callable[..., Path], embedded: Path) -> None:
    one = Gazetteer().meta()["fingerprint"]
    layer_of(FILES["GeoNames"], file)
    two = Gazetteer().meta()["fingerprint"]
    layer_of(FILES["table"], file, "towns.csv")
    assert len({one, two, Gazetteer().meta()["fingerprint"]}) == 3


def test_removing_the_last_layer_brings_back_the_packages_own_index(file: Callable[..., Path], embedded: Path, home: Path) -> None:
    layer_of(FILES["GeoNames"] + "broken\n", file)
    remove_gazetteer("added.dat")
    assert (Gazetteer().path, added_gazetteers()) == (embedded, ())
    assert list((home / "layers").iterdir()) == []


def test_removing_one_of_two_keeps_the_other(file: Callable[..., Path]) -> None:
    add_gazetteers([file("one.txt", dump(1, "Easthaven", 52.0, 6.0)), file("two.txt", dump(2, "Westhaven", 52.0, 5.0))])
    remove_gazetteer("one.txt")
    assert [len(Gazetteer().find(n)) for n in ("Easthaven", "Westhaven")] == [0, 1]


def test_removing_what_is_not_there_names_what_is(file: Callable[..., Path]) -> None:
    layer_of(FILES["GeoNames"], file)
    with pytest.raises(GazetteerError, match=r"^other.txt: no gazetteer of this name was added; added are: added.dat$"):
        remove_gazetteer("other.txt")


def test_an_index_merged_with_another_package_is_told_and_can_be_rebuilt(
    file: Callable[..., Path], embedded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    layer_of(FILES["GeoNames"], file)
    newer = tmp_path / "newer.sqlite"
    shutil.copy(embedded, newer)
    with sqlite3.connect(newer) as db:
        db.execute("UPDATE meta SET value = 'two' WHERE key = 'fingerprint'")
    monkeypatch.setattr(module, "DEFAULT", newer)
    with pytest.raises(GazetteerError, match="run 'citemap gazetteer rebuild'"):
        Gazetteer()
    rebuild_gazetteer()
    assert len(Gazetteer().find("Zorvelmouth")) == 1


# when it goes wrong ----------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from geo import add_gazetteers

def told(what, done, total):
    if what.startswith(sys.argv[3]) and (done or not total):
        os.kill(os.getpid(), signal.SIGKILL)

add_gazetteers([sys.argv[1]], embedded=Path(sys.argv[2]), progress=told)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this platform")
@pytest.mark.parametrize("stage", ["reading", "merging", "packing"])
def test_a_killed_add_leaves_the_old_gazetteer_whole_and_the_next_one_works(
    file: Callable[..., Path], home: Path, embedded: Path, stage: str
) -> None:
    layer_of(dump(1, "Easthaven", 52.0, 6.0), file)
    before = (home / "gazetteer.sqlite").read_bytes()
    path = file("more.txt", FILES["GeoNames"] * 5_000)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(embedded), stage], env=os.environ | {"PYTHONPATH": str(ROOT)}, check=False
    )
    assert done.returncode == -signal.SIGKILL
    assert (home / "gazetteer.sqlite").read_bytes() == before
    assert [layer.name for layer in added_gazetteers()] == ["added.dat"]
    add_gazetteers([file("more.txt", FILES["GeoNames"])])
    assert len(Gazetteer().find("Zorvelmouth")) == 1
    assert list(home.rglob("*.part")) == []


def test_two_at_work_at_once_do_not_mix(file: Callable[..., Path], home: Path) -> None:
    layer_of(FILES["GeoNames"], file)
    other = sqlite3.connect(home / "lock", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(GazetteerError, match="another citemap is at work"):
        layer_of(FILES["table"], file, "towns.csv")
    other.close()
    assert layer_of(FILES["table"], file, "towns.csv").rows == 1


def test_a_damaged_merged_index_is_told_and_not_passed_over(file: Callable[..., Path], home: Path) -> None:
    layer_of(FILES["GeoNames"], file)
    (home / "gazetteer.sqlite").write_bytes(b"broken" * 1000)
    with pytest.raises(GazetteerError, match="run 'citemap gazetteer rebuild'"):
        Gazetteer()
    rebuild_gazetteer()
    assert len(Gazetteer().find("Zorvelmouth")) == 1


def test_memory_does_not_grow_with_the_rows(embedded: Path) -> None:
    if not Path("/proc/self/status").is_file():
        pytest.skip("no /proc on this platform to read a process's peak of memory from")
    spec = importlib.util.spec_from_file_location("add_memory", ROOT / "benchmarks" / "add_memory.py")
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    sys.modules["add_memory"] = benchmark
    spec.loader.exec_module(benchmark)
    small, large = (benchmark.measure(rows, embedded).mebibytes for rows in (MANY // 6, MANY))
    assert large < 512
    assert large - small < 100


# the real files --------------------------------------------------------------------------------------------------------------

REAL = [
    ("geonames/NL.txt", "GeoNames", 22_852, 0),
    ("geonames/countries_2013.txt", "GeoNames", 301, 0),
    ("geonames/admin1CodesASCII.txt", "GeoNames first-order divisions", 3_865, 0),
    ("geonames/countryInfo.txt", "GeoNames countries", 252, 0),
    ("naturalearth/ne_10m_geography_marine_polys.json", "Natural Earth", 296, 11),
    ("naturalearth/ne_10m_minor_islands_label_points.json", "Natural Earth", 0, 2_738),
]


@needs_files
@pytest.mark.parametrize(("name", "form", "rows", "aside"), REAL, ids=[name for name, *_ in REAL])
def test_a_real_file_is_recognised_and_all_its_rows_are_accounted_for(name: str, form: str, rows: int, aside: int) -> None:
    layer = add_gazetteers([SHARED / name])[0]
    assert (layer.format, layer.rows, layer.set_aside) == (form, rows, aside)


@needs_files
def test_a_real_table_of_another_publisher_is_taken_as_a_table() -> None:
    layer = add_gazetteers([SHARED / "whosonfirst" / "wof_tw.tsv"])[0]
    assert layer.format == "table"
    assert layer.rows > 18_000
