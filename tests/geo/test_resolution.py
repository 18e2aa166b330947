"""Which of the places with a name a text means, with a score and a reason in words."""

from __future__ import annotations

import pytest

from geo import Gazetteer, parse
from tests.conftest import FoundIn


@pytest.mark.parametrize(
    ("text", "name", "country", "admin1"),
    [
        ("A depot will open in Springfield, Illinois.", "Springfield", "US", "US-IL"),
        ("A depot will open in Springfield, Missouri.", "Springfield", "US", "US-MO"),
        ("The yard is in Portland, Maine.", "Portland", "US", "US-ME"),
        ("The yard is in Birmingham, Ala., and grows.", "Birmingham", "US", "US-AL"),
        ("A depot will open in Paris, Texas.", "Paris", "US", "US-TX"),
        ("A depot will open in London, Ontario.", "London", "CA", "CA-ON"),
    ],
)
def test_a_city_before_its_division_is_the_one_in_that_division(found_in: FoundIn, text: str, name: str, country: str, admin1: str) -> None:
    place = found_in(text)[name].place
    assert place is not None
    assert (place.country, place.admin1) == (country, admin1)


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("A depot will open in Tripoli, Lebanon.", "Tripoli", "LB"),
        ("A depot will open in Hyderabad, Pakistan.", "Hyderabad", "PK"),
        ("A depot will open in Valencia, Venezuela.", "Valencia", "VE"),
        ("A depot will open in Cordoba, Argentina.", "Cordoba", "AR"),
        ("A depot will open in Cambridge, England.", "Cambridge", "GB"),
        ("A depot will open in Perth, Scotland.", "Perth", "GB"),
    ],
)
def test_a_city_before_its_country_is_the_one_in_that_country(found_in: FoundIn, text: str, name: str, country: str) -> None:
    place = found_in(text)[name].place
    assert place is not None
    assert place.country == country


def test_a_city_before_a_country_that_has_none_of_its_name_is_not_put_into_another(found_in: FoundIn) -> None:
    place = found_in("A depot will open in Santiago, Cape Verde.")["Santiago"].place
    assert place is None or place.country == "CV"


@pytest.mark.parametrize(
    ("text", "name", "feature_code"),
    [
        ("Units would go to Kagoshima.", "Kagoshima", "ADM1"),
        ("Units would go to Kagoshima prefecture.", "Kagoshima prefecture", "ADM1"),
        ("Units would go to Kagoshima City.", "Kagoshima City", "PPLA"),
        ("Units would go to the city of Kagoshima.", "Kagoshima", "PPLA"),
        ("Units would go to Okinawa prefecture.", "Okinawa prefecture", "ADM1"),
        ("Units would go to the island of Okinawa.", "Okinawa", "ISL"),
        ("Units would go to Okinawa Island.", "Okinawa Island", "ISL"),
        ("Units would go to Okinawa City.", "Okinawa City", "PPLA2"),
    ],
)
def test_prefecture_island_and_city_of_one_name_are_told_apart(found_in: FoundIn, text: str, name: str, feature_code: str) -> None:
    place = found_in(text)[name].place
    assert place is not None
    assert place.feature_code == feature_code


@pytest.mark.parametrize(
    ("text", "place_id"),
    [
        ("Georgia signed a treaty with Armenia.", "iso3166-1:GE"),
        ("The plant in Georgia, near Atlanta, will open.", "iso3166-2:US-GA"),
    ],
)
def test_the_company_of_a_name_decides_which_georgia_is_meant(found_in: FoundIn, text: str, place_id: str) -> None:
    place = found_in(text)["Georgia"].place
    assert place is not None
    assert place.id == place_id


def test_a_name_keeps_its_sense_within_one_text(gazetteer: Gazetteer) -> None:
    found = parse("A depot will open in Paris, Texas. Later a yard will open in Paris.", gazetteer)
    senses = {t.place.id for t in found if t.mention.text == "Paris" and t.place}
    assert len(senses) == 1


def test_the_most_prominent_place_of_a_name_is_meant_where_nothing_says_otherwise(found_in: FoundIn) -> None:
    place = found_in("A depot will open in London.")["London"].place
    assert place is not None
    assert place.country == "GB"


@pytest.mark.parametrize("text", ["A depot will open in Springfield, Illinois.", "A depot will open in London.", "Lima rejected it."])
def test_the_choice_comes_with_a_score_and_a_reason_that_names_the_place(gazetteer: Gazetteer, text: str) -> None:
    toponym = parse(text, gazetteer)[0]
    assert toponym.place is not None
    assert 0 < toponym.score <= 1
    assert toponym.place.name in toponym.reason


def test_candidates_are_ranked_and_the_first_is_the_choice(found_in: FoundIn) -> None:
    toponym = found_in("A depot will open in Springfield, Illinois.")["Springfield"]
    scores = [c.score for c in toponym.candidates]
    assert len(scores) > 1
    assert scores == sorted(scores, reverse=True)
    assert toponym.candidates[0].place == toponym.place


def test_a_part_of_a_country_is_less_precise_than_a_place_in_it(found_in: FoundIn) -> None:
    toponym = found_in("Troops are stationed in southern Kenya.")["southern Kenya"]
    assert (toponym.where_prec, toponym.mention.modifier) == (5, "southern")


@pytest.mark.parametrize("text", ["A dam will stand on the Kilifi river.", "The bridge across the Kilifi at Lamu is old."])
def test_a_name_that_is_called_a_river_is_not_the_town_of_that_name(gazetteer: Gazetteer, text: str) -> None:
    found = next(t for t in parse(text, gazetteer) if t.mention.text == "Kilifi")
    assert (found.place, found.reason) == (None, "the gazetteer has no water of this name")
