"""Which words of a text name places: exact spans, and none for persons, bodies and common words."""

from __future__ import annotations

import pytest

from geo import Gazetteer, parse
from tests.conftest import FoundIn


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The ferry leaves Mombasa for Zanzibar every morning.", ["Mombasa", "Zanzibar"]),
        ("Ships from St. Petersburg called at San José in Costa Rica.", ["St. Petersburg", "San José", "Costa Rica"]),
        ("A cable links Hanoi-Haiphong with the South China Sea.", ["Hanoi", "Haiphong", "South China Sea"]),
        ("Troops left northern Mombasa for southern Kenya.", ["northern Mombasa", "southern Kenya"]),
        ("A yard opened at Lamu, Kilifi and Mombasa.", ["Lamu", "Kilifi", "Mombasa"]),
        ("Tanegashima and Mageshima lie in Kagoshima prefecture.", ["Tanegashima", "Mageshima", "Kagoshima prefecture"]),
    ],
)
def test_each_name_is_found_once_with_its_whole_span(gazetteer: Gazetteer, text: str, names: list[str]) -> None:
    assert [t.mention.text for t in parse(text, gazetteer)] == names


@pytest.mark.parametrize("lead", ["", "𠮷🚢 ", "O\u0304sumi is far. ", "One.\n\nTwo.\n\n", "“", "* "])
def test_offsets_are_code_points_into_the_text_as_it_is(gazetteer: Gazetteer, lead: str) -> None:
    text = f"{lead}The ferry leaves Mombasa."
    spans = [(t.mention.start, t.mention.end) for t in parse(text, gazetteer) if t.mention.name == "Mombasa"]
    assert spans == [(text.index("Mombasa"), text.index("Mombasa") + 7)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Jack London wrote about the north. London never saw the pier.", "London"),
        ("Ms Paris Hilltop opened the show. Paris left early.", "Paris"),
        ("Sydney Carter, an engineer, said that the dam was safe.", "Sydney"),
        ("Michael Jordan visited the yard.", "Jordan"),
        ("Ms Virginia Woods met General Austin on Friday.", "Austin"),
        ("Ms Virginia Woods met General Austin on Friday.", "Virginia"),
        ("Peter Lima, a minister, told reporters. Lima smiled.", "Lima"),
        ("Prime Minister Chad Okello met reporters.", "Chad"),
    ],
)
def test_a_person_whose_name_looks_like_a_place_is_no_place(found_in: FoundIn, text: str, name: str) -> None:
    assert name not in found_in(text)


@pytest.mark.parametrize(
    "text", ["Brookings and RAND published a study.", "The Hudson Institute published a study.", "Chatham House published a study."]
)
def test_a_body_whose_name_looks_like_a_place_is_no_literal_place(gazetteer: Gazetteer, text: str) -> None:
    assert [t.mention.text for t in parse(text, gazetteer) if t.mention.kind == "literal"] == []


@pytest.mark.parametrize(
    "text",
    [
        "Reading is a pleasure in a warm bath.",
        "The mobile crane needs a buffalo.",
        "Give us the plan of the march.",
        "It may split the orange.",
    ],
)
def test_common_words_that_are_also_names_are_no_places(gazetteer: Gazetteer, text: str) -> None:
    assert parse(text, gazetteer) == ()


def test_us_in_capitals_is_a_country_and_in_small_letters_a_pronoun(gazetteer: Gazetteer) -> None:
    text = "The US told us that the U.S. navy would help us."
    assert [(t.mention.text, t.mention.start) for t in parse(text, gazetteer)] == [("US", 4), ("U.S.", 24)]


def test_names_in_a_headline_of_capitals_are_found(found_in: FoundIn) -> None:
    assert {"US", "JAPAN"} <= set(found_in("THE US AND JAPAN SIGN A PORT DEAL"))


@pytest.mark.parametrize("text", ["See https://example.org/London/pier for more.", "Ask @Mombasa or write to desk@paris.example."])
def test_a_name_inside_an_address_or_a_handle_is_no_mention(gazetteer: Gazetteer, text: str) -> None:
    assert parse(text, gazetteer) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NAIROBI, March 3 (Example Wire) — Crews started work.", "NAIROBI"),
        ("LISBON — A quay is planned.", "LISBON"),
        ("PORTLAND, Ore. — A yard will open.", "PORTLAND"),
        ("Manila, Philippines (Example Wire) – A station is planned.", "Manila"),
    ],
)
def test_the_place_of_a_dateline_is_literal(found_in: FoundIn, text: str, name: str) -> None:
    assert found_in(text)[name].mention.kind == "literal"


@pytest.mark.parametrize("name", ["Socotra Bay", "Zorvel Bay"])
def test_a_place_that_the_gazetteer_does_not_know_is_listed_with_the_reason(found_in: FoundIn, name: str) -> None:
    found = found_in(f"The navy will build a pier at {name}, the ministry said.")
    assert (found[name].place, found[name].reason) == (None, f"no entry of the gazetteer is named {name}")


def test_a_state_after_its_city_is_a_mention_of_its_own(found_in: FoundIn) -> None:
    assert {"Portland", "Maine"} <= set(found_in("The yard is in Portland, Maine."))


def test_a_text_without_places_gives_nothing(gazetteer: Gazetteer) -> None:
    assert parse("Nothing of note was said.", gazetteer) == ()


def test_an_empty_text_gives_nothing(gazetteer: Gazetteer) -> None:
    assert parse("", gazetteer) == ()


def test_the_same_text_gives_the_same_toponyms(gazetteer: Gazetteer) -> None:
    text = "Ships sail from Mombasa to Zanzibar, Springfield and the South China Sea."
    assert parse(text, gazetteer) == parse(text, Gazetteer())


def test_a_flank_is_natos_only_where_nato_is_named(found_in: FoundIn) -> None:
    assert "eastern flank" not in found_in("Sudan will build a base on the army's eastern flank.")
    assert "eastern flank" in found_in("NATO met on Monday. More troops will go to the eastern flank.")
