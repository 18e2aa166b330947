"""The curated gazetteer: what must hold for every entry in geo/data/places."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pyproj import Geod

from geo._shapes import ShapeError, load_features

ROOT = Path(__file__).resolve().parents[2]
PLACES = ROOT / "geo" / "data" / "places"
EDCA = ROOT / "layers" / "data" / "context" / "edca-sites.json"
FACILITIES = {"INSM", "AIRB", "NVB", "AIRP", "PRT", "BLDG", "DAM", "MILB"}
NINE = [
    "antonio-bautista-air-base",
    "basa-air-base",
    "fort-magsaysay",
    "lumbia-air-base",
    "mactan-benito-ebuen-air-base",
    "naval-base-camilo-osias",
    "lal-lo-airport",
    "camp-melchor-dela-cruz",
    "balabac-island",
]

# What benchmarks/check_coordinates.py may list: another place of the same name, or a reference that is coarse. id -> why
ALLOWED = {
    "citemap:nansei-islands": "Who's On First: Nansei, a locality in Hokkaido",
    "citemap:pingtan": "GeoNames: Pingtan, a town in Sichuan",
    "citemap:miyako-island": "Who's On First: Miyako, a city in Iwate",
    "citemap:miyako-islands": "Who's On First: Miyako, a city in Iwate",
    "citemap:white-house": "GeoNames: White House, a town in Tennessee",
    "citemap:batan-island": "Who's On First: Batan, other places of that name in the Philippines",
    "citemap:malacanang": "Who's On First: Malacanang, a village elsewhere in Luzon",
    "citemap:guantanamo-bay-naval-base": "Natural Earth: the label point of Guantánamo Province, not the bay",
    "citemap:dover-strait": "Natural Earth: the label point of the department Pas-de-Calais, not the strait",
    "citemap:daito-islands": "Natural Earth: the group with Okidaitō, 150 km to the south; ours holds the two inhabited islands",
    "citemap:natanz": "GeoNames: Natanz, the town; the plant that reports name lies about 30 km to the north-west",
    "citemap:macquarie-island": "GeoNames: Macquarie, a suburb of Canberra; the island lies between Tasmania and Antarctica",
    "citemap:channel-islands": "Natural Earth: the Channel Islands of California, not those between England and France",
    "citemap:guadalupe-island": "GeoNames: Guadalupe, a town elsewhere in Mexico",
    "citemap:catalina-island": "GeoNames: Catalina, a town in Arizona",
    "citemap:corregidor": "Who's On First: Corregidor, a village elsewhere in the Philippines",
    "citemap:kilauea": "GeoNames: Kilauea, a town on Kauai, not the volcano",
    "citemap:berezan-island": "GeoNames: Berezan, a town near Kyiv",
    "citemap:san-cristobal-island": "Natural Earth: San Cristobal in the Solomon Islands, not the island of the Galápagos",
    "citemap:leeward-islands": "Natural Earth: the Leeward Islands of Cabo Verde, or of French Polynesia",
    "citemap:windward-islands": "Natural Earth: the Windward Islands of Cabo Verde, or of French Polynesia",
    "citemap:santa-cruz-island": "Natural Earth: Santa Cruz of the Galápagos, not the island of California",
    "citemap:mount-rainier": "GeoNames: Mount Rainier, a town in Maryland, not the volcano",
    "citemap:san-juan-islands": "GeoNames: San Juan, a town in Texas",
    "citemap:changtang": "GeoNames: Changtang, a town in Hunan, not the plateau",
    "citemap:ellis-island": "GeoNames: Ellis, a town in Kansas",
    "citemap:changxing-island": "GeoNames: Changxing, a town elsewhere in China",
    "citemap:weizhou-island": "GeoNames: Weizhou, a town in Sichuan",
    "citemap:jiangnan": "GeoNames: Jiangnan, a town elsewhere in China",
    "citemap:flinders-island": "GeoNames: Flinders, a town in Victoria",
    "citemap:roanoke-island": "GeoNames: Roanoke, a city in Virginia",
    "citemap:spratly-island": "Natural Earth: the middle of the Spratly Islands; ours is the one island that is named so",
    "citemap:tablas-island": "Who's On First: Tablas, a village elsewhere in the Philippines",
    "citemap:burias-island": "GeoNames: Burias, a town elsewhere in the Philippines",
    "citemap:salento": "GeoNames: Salento, a town in Campania, not the peninsula of Apulia",
    "citemap:san-clemente-island": "GeoNames: San Clemente, the town on the mainland",
    "citemap:dongshan-island": "GeoNames: Dongshan, another town of Fujian or Guangdong",
    "citemap:ellsworth-mountains": "Natural Earth: a label point outside the range",
    "citemap:cape-chelyuskin": "Natural Earth: the label point of the land behind the cape",
    "citemap:kashmir-valley": "Natural Earth: the label point of the valley's south-eastern end",
    "citemap:ennedi": "Natural Earth: the label point of the province, not the plateau",
    "citemap:mount-kilimanjaro": "Natural Earth: the label point of Kilimanjaro Region, not the mountain",
}


@pytest.fixture(scope="module")
def features() -> list[dict[str, Any]]:
    """Every curated feature, read and checked by load_features."""
    return load_features(PLACES)


@pytest.fixture(scope="module")
def by_id(features: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The curated features by id."""
    return {f["@id"]: f for f in features}


def write(folder: Path, *entries: dict[str, Any]) -> Path:
    """Write entries as one Linked Places file and return its folder."""
    (folder / "some.json").write_text(json.dumps({"type": "FeatureCollection", "features": entries}), encoding="utf-8")
    return folder


@pytest.fixture
def entry(features: list[dict[str, Any]]) -> dict[str, Any]:
    """A copy of one entry without relations or shape, to spoil."""
    copy: dict[str, Any] = json.loads(json.dumps(next(f for f in features if f["@id"] == "citemap:yonaguni")))
    copy.pop("relations")
    copy["properties"].pop("shape")
    return copy


def test_there_are_at_least_250_places(features: list[dict[str, Any]]) -> None:
    assert len(features) >= 250


def test_every_id_is_unique(features: list[dict[str, Any]]) -> None:
    assert len({f["@id"] for f in features}) == len(features)


def test_every_file_says_that_it_is_linked_places() -> None:
    for path in sorted(PLACES.glob("*.json")):
        assert "linkedplaces-context" in json.loads(path.read_text(encoding="utf-8"))["@context"], path.name


def test_every_entry_has_its_title_among_its_names(features: list[dict[str, Any]]) -> None:
    assert [f["@id"] for f in features if f["properties"]["title"] not in {n["toponym"] for n in f["names"]}] == []


def test_no_entry_has_the_same_name_twice_in_one_language(features: list[dict[str, Any]]) -> None:
    for feature in features:
        names = [(n["toponym"], n["lang"]) for n in feature["names"]]
        assert len(names) == len(set(names)), feature["@id"]


def test_every_entry_names_an_authority_with_a_url(features: list[dict[str, Any]]) -> None:
    for feature in features:
        assert feature["properties"]["authority"], feature["@id"]
        assert feature["properties"]["authority_url"].startswith(("https://", "http://")), feature["@id"]


def test_no_facility_is_placed_closer_than_two_decimals(features: list[dict[str, Any]]) -> None:
    for feature in features:
        if feature["properties"]["feature_code"] in FACILITIES:
            assert all(round(c, 2) == c for c in feature["geometry"]["coordinates"]), feature["@id"]


def test_every_entry_says_how_far_it_reaches(features: list[dict[str, Any]]) -> None:
    assert [f["@id"] for f in features if f["properties"]["coordinateUncertaintyInMeters"] < 100] == []


def test_country_and_division_codes_are_well_formed(features: list[dict[str, Any]]) -> None:
    for feature in features:
        properties = feature["properties"]
        assert all(len(c) == 2 and c.isupper() for c in properties["ccodes"]), feature["@id"]
        assert not properties["admin1"] or properties["admin1"][:2] in properties["ccodes"], feature["@id"]


def test_no_country_is_written_here(features: list[dict[str, Any]]) -> None:
    assert [f["@id"] for f in features if f["@id"].startswith("iso3166-1:")] == []


def test_every_part_of_target_exists(features: list[dict[str, Any]], by_id: dict[str, dict[str, Any]]) -> None:
    targets = {r["relationTo"] for f in features for r in f.get("relations", ())}
    assert {t for t in targets if t.startswith("citemap:")} <= set(by_id)


def test_links_are_wikidata_or_geonames_identifiers(features: list[dict[str, Any]]) -> None:
    for feature in features:
        for link in feature.get("links", ()):
            scheme, _, number = link["identifier"].partition(":")
            assert (scheme == "gn" and number.isdigit()) or (scheme == "wd" and number[0] == "Q" and number[1:].isdigit()), feature["@id"]


def test_okinawa_as_prefecture_city_and_island_are_three_entries(by_id: dict[str, dict[str, Any]]) -> None:
    called = {k for k, f in by_id.items() if "Okinawa" in {n["toponym"] for n in f["names"]}}
    city = next(k for k, f in by_id.items() if f["properties"]["title"] == "Okinawa City")
    assert {"iso3166-2:JP-47", "citemap:okinawa-island"} <= called
    assert city.startswith("geonames:")
    assert city not in {"iso3166-2:JP-47", "citemap:okinawa-island"}


def test_the_senkaku_islands_are_found_by_all_their_names(by_id: dict[str, dict[str, Any]]) -> None:
    names = {n["toponym"] for n in by_id["citemap:senkaku-islands"]["names"]}
    assert {"Senkaku Islands", "Diaoyu Islands", "Diaoyutai", "Tiaoyutai", "尖閣諸島"} <= names


def test_all_nine_edca_sites_are_here(by_id: dict[str, dict[str, Any]]) -> None:
    assert [s for s in NINE if f"citemap:{s}" not in by_id] == []


def test_the_edca_layer_names_nine_known_places_each_with_a_citation(by_id: dict[str, dict[str, Any]]) -> None:
    layer = json.loads(EDCA.read_text(encoding="utf-8"))
    assert sorted(s["place"] for s in layer["sites"]) == sorted(f"citemap:{s}" for s in NINE)
    assert {s["citation"] for s in layer["sites"]} == {c["id"] for c in layer["citations"]}
    assert {s["place"] for s in layer["sites"]} <= set(by_id)


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Beijing", "CN"),
        ("Moscow", "RU"),
        ("Tokyo", "JP"),
        ("Washington, D.C.", "US"),
        ("Manila", "PH"),
        ("Taipei", "TW"),
        ("Kyiv", "UA"),
        ("Kremlin", "RU"),
        ("Pentagon", "US"),
    ],
)
def test_a_seat_of_government_says_whose_it_is(features: list[dict[str, Any]], title: str, code: str) -> None:
    assert [f["properties"].get("government_of") for f in features if f["properties"]["title"] == title] == [code]


def test_a_duplicate_id_is_an_error(tmp_path: Path, entry: dict[str, Any]) -> None:
    with pytest.raises(ShapeError, match="stands twice"):
        load_features(write(tmp_path, entry, entry))


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("geometry", {"type": "Point", "coordinates": [24.4, 122.9]}, "not on the earth"),
        ("names", [], "lacks names"),
        ("relations", [{"relationType": "gvp:broaderPartitive", "relationTo": "citemap:nowhere"}], "exists nowhere"),
    ],
)
def test_a_spoilt_entry_is_an_error_that_names_it(tmp_path: Path, entry: dict[str, Any], place: str, value: Any, says: str) -> None:
    entry[place] = value
    with pytest.raises(ShapeError, match=f"citemap:yonaguni.*{says}"):
        load_features(write(tmp_path, entry))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [("extent", "blob", "extent 'blob'"), ("shape", {"star": []}, "Give exactly one of"), ("where_prec", 9, "UCDP")],
)
def test_a_spoilt_property_is_an_error_that_names_it(tmp_path: Path, entry: dict[str, Any], key: str, value: Any, says: str) -> None:
    entry["properties"][key] = value
    with pytest.raises(ShapeError, match=f"citemap:yonaguni.*{says}"):
        load_features(write(tmp_path, entry))


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ShapeError, match=r"no \*.json"):
        load_features(tmp_path)


def load_check() -> ModuleType:
    """Import benchmarks/check_coordinates.py, which is no package."""
    spec = importlib.util.spec_from_file_location("check_coordinates", ROOT / "benchmarks" / "check_coordinates.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_coordinates"] = module
    spec.loader.exec_module(module)
    return module


def test_no_coordinate_is_more_than_25_km_from_the_independent_files(features: list[dict[str, Any]]) -> None:
    check = load_check()
    if not check.REFERENCE.is_dir():
        pytest.skip("the independent files (../shared/gazetteer) are not here")
    report = check.compare(features, *check.read_references(check.REFERENCE))
    assert {c.id: c.km for c in report.far if c.id not in ALLOWED} == {}
    assert report.compared > 400


def test_the_check_sees_a_displaced_place(features: list[dict[str, Any]]) -> None:
    check = load_check()
    naha = next(f for f in features if f["properties"]["title"] == "Naha")
    number = naha["@id"].removeprefix("geonames:")
    west, south = naha["geometry"]["coordinates"]
    lon, lat, _ = Geod(ellps="WGS84").fwd(west, south, 90, 60_000)
    there = check.Reference(source="test", name="Naha", country="JP", lat=lat, lon=lon, settlement=True)
    report = check.compare([naha], {number: there}, {})
    assert [round(c.km) for c in report.far] == [60]
