"""How precisely a mention says where: the words around a name make its place coarser, never sharper, and never move it."""

from __future__ import annotations

import pytest

from geo import Gazetteer, parse
from tests.conftest import FoundIn

PLAIN = "Crews met in {} on Monday."


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("A depot will open near Mombasa.", "Mombasa", "near"),
        ("A depot will open close to Mombasa.", "Mombasa", "close to"),
        ("Near Mombasa, a ferry ran aground.", "Mombasa", "near"),
        ("Shots were heard just outside Mombasa.", "Mombasa", "just outside"),
        ("Fires burned on the outskirts of Mombasa.", "Mombasa", "on the outskirts of"),
        ("Schools in the Dallas area are closed.", "Dallas", "area"),
        ("Dallas-area schools are closed.", "Dallas", "area"),
        ("Homes in Greater Tokyo shook.", "Tokyo", "in greater"),
    ],
)
def test_around_a_point_is_within_25_km_of_it(found_in: FoundIn, text: str, name: str, relation: str) -> None:
    found = found_in(text)[name]
    assert (found.mention.relation, found.where_prec, found.uncertainty_m) == (relation, 2, 25_000)


@pytest.mark.parametrize(
    ("text", "name", "relation"),
    [
        ("A trawler sank off Mombasa.", "Mombasa", "off"),
        ("A trawler sank in the waters off Mombasa.", "Mombasa", "in the waters off"),
        ("A trawler sank off the coast of Mombasa.", "Mombasa", "off the coast of"),
        ("A trawler sank off the northern coast of Mindanao.", "Mindanao", "off the northern coast of"),
        ("A trawler sank off Yonaguni.", "Yonaguni", "off"),
    ],
)
def test_off_a_town_or_an_island_is_a_fuzzy_area_of_at_least_50_km(found_in: FoundIn, text: str, name: str, relation: str) -> None:
    found = found_in(text)[name]
    assert found.place is not None
    assert (found.mention.relation, found.where_prec) == (relation, 5)
    assert (found.uncertainty_m or 0) >= max(50_000, found.place.uncertainty_m or 0)


@pytest.mark.parametrize(
    "text",
    [
        "A trawler sank off Kenya.",
        "A trawler sank off the coast of Kenya.",
        "Towns along the coast of Kenya were flooded.",
        "Towns along Kenya's coast were flooded.",
        "A camp on the border with Kenya burned.",
        "A camp on the Kenya border burned.",
    ],
)
def test_a_coast_or_a_border_of_a_country_is_a_fuzzy_area_as_wide_as_the_country(found_in: FoundIn, text: str) -> None:
    found = found_in(text)["Kenya"]
    assert found.place is not None
    assert (found.mention.kind, found.where_prec) == ("literal", 5)
    assert (found.uncertainty_m or 0) >= (found.place.uncertainty_m or 0) > 0


@pytest.mark.parametrize("text", ["The border between Laos and Vietnam is closed.", "Trucks wait at the Laos-Vietnam border."])
def test_both_sides_of_a_border_are_a_line(found_in: FoundIn, text: str) -> None:
    found = found_in(text)
    assert [(found[name].where_prec, "border" in found[name].mention.relation) for name in ("Laos", "Vietnam")] == [(5, True)] * 2


@pytest.mark.parametrize(
    ("words", "metres", "where_prec"),
    [
        ("12 km from", 12_000, 2),
        ("two miles south of", 3_219, 2),
        ("30 miles north of", 48_280, 5),
        ("200 nautical miles east of", 370_400, 5),
        ("1,200 kilometres away from", 1_200_000, 5),
    ],
)
def test_a_stated_distance_is_the_least_uncertainty(found_in: FoundIn, words: str, metres: float, where_prec: int) -> None:
    found = found_in(f"A barn burned {words} Mombasa.")["Mombasa"]
    plain = found_in(PLAIN.format("Mombasa"))["Mombasa"]
    assert (found.mention.relation, found.where_prec) == (words, where_prec)
    assert (found.uncertainty_m or 0) >= metres + (plain.uncertainty_m or 0) - 1
    assert found.place == plain.place


def test_a_direction_without_a_distance_is_a_fuzzy_area(found_in: FoundIn) -> None:
    found = found_in("A barn burned north of Mombasa.")["Mombasa"]
    assert (found.mention.relation, found.where_prec, found.uncertainty_m) == ("north of", 5, 50_000)


def test_the_span_of_the_mention_is_the_name_alone(gazetteer: Gazetteer) -> None:
    text = "A trawler sank 40 km off the coast of Mombasa."
    found = parse(text, gazetteer)[0].mention
    assert (found.text, found.start, found.relation) == ("Mombasa", text.index("Mombasa"), "40 km off the coast of")


@pytest.mark.parametrize("name", ["Mombasa", "Kenya", "Mindanao", "Okinawa prefecture", "South China Sea", "Dallas"])
@pytest.mark.parametrize("words", ["near", "around", "off", "off the coast of", "along the coast of", "5 km from", "north of", "close to"])
def test_words_never_make_a_radius_smaller(found_in: FoundIn, words: str, name: str) -> None:
    plain, found = found_in(PLAIN.format(name)), found_in(f"Crews met {words} the {name} on Monday.")
    assert plain[name].place is not None
    assert (found[name].uncertainty_m or 0) >= (plain[name].uncertainty_m or 0)
    assert (found[name].where_prec or 0) >= (5 if name == "Kenya" else plain[name].where_prec or 0)


def test_a_list_shares_its_relation(found_in: FoundIn) -> None:
    found = found_in("Depots will open near Mombasa and Eldoret.")
    assert [found[name].mention.relation for name in ("Mombasa", "Eldoret")] == ["near", "near"]


def test_a_larger_place_behind_a_comma_does_not_share_the_relation(found_in: FoundIn) -> None:
    found = found_in("A depot will open near Mombasa, Kenya.")
    assert (found["Mombasa"].where_prec, found["Kenya"].where_prec, found["Kenya"].mention.relation) == (2, 6, "")


@pytest.mark.parametrize(
    "text",
    [
        "Crews met in Mombasa.",
        "Floods cut off Mombasa.",
        "He flew from Mombasa.",
        "The port of Mombasa grew.",
        "The mayor of Mombasa met them.",
    ],
)
def test_other_words_leave_a_place_as_it_is(found_in: FoundIn, text: str) -> None:
    found = found_in(text)["Mombasa"]
    assert found.place is not None
    assert (found.mention.relation, found.where_prec) == ("", found.place.where_prec)


def test_a_town_that_stands_for_its_county_is_no_sharper_than_a_county(found_in: FoundIn) -> None:
    found = found_in("A barn burned in Lamar County, Texas.")["Lamar County"]
    assert found.where_prec is not None
    assert found.where_prec >= 3
    assert found.place is not None
    assert found.place.extent != "point" or (found.uncertainty_m or 0) >= 50_000
