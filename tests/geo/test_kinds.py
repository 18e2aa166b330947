"""How a mention uses its name: for the place, for its government or people, or inside another name."""

from __future__ import annotations

import pytest

from tests.conftest import FoundIn


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Two ships are stationed in Chile.", "Chile"),
        ("He flew to Chile on Friday.", "Chile"),
        ("Ships sail from Chile to Peru.", "Peru"),
        ("Peru's coast is long.", "Peru"),
        ("Depots will open in Chile, Peru and Bolivia.", "Bolivia"),
        ("The yard belongs to a Lisbon-based firm.", "Lisbon"),
        ("The port lies across southern Kenya.", "southern Kenya"),
        ("The Chile-Peru border is closed.", "Peru"),
        ("A ferry crosses the Taiwan Strait.", "Taiwan Strait"),
        ("The embassy in Lagos said so.", "Lagos"),
        ("Japan's Nansei islands are many.", "Nansei islands"),
        ("The survey of Nairobi County is done.", "Nairobi County"),
    ],
)
def test_a_name_that_stands_for_the_ground_is_literal(found_in: FoundIn, text: str, name: str) -> None:
    assert found_in(text)[name].mention.kind == "literal"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lima rejected the offer, the ministry said.", "Lima"),
        ("Ankara and Baku signed a treaty.", "Baku"),
        ("Chile, Peru and Bolivia signed a treaty.", "Bolivia"),
        ("The minister criticised Peru's government.", "Peru"),
        ("The treaty between Chile and Peru is old.", "Chile"),
        ("The US-Chile alliance is old.", "Chile"),
        ("Talks with Kenya ended on Friday.", "Kenya"),
        ("The Kenya-led force has left.", "Kenya"),
        ("The US military welcomed the plan.", "US"),
        ("Lima's foreign ministry protested.", "Lima"),
    ],
)
def test_a_name_that_stands_for_a_government_or_its_forces_is_metonymic(found_in: FoundIn, text: str, name: str) -> None:
    assert found_in(text)[name].mention.kind == "metonymic"


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Chilean engineers surveyed the bay.", "Chilean", "CL"),
        ("The Portuguese protested.", "Portuguese", "PT"),
        ("Kenyans and Ugandans voted.", "Ugandans", "UG"),
        ("A South African ship called.", "South African", "ZA"),
        ("The Philippine navy welcomed it.", "Philippine", "PH"),
    ],
)
def test_an_adjective_or_a_people_is_a_demonym_of_its_country(found_in: FoundIn, text: str, name: str, country: str) -> None:
    toponym = found_in(text)[name]
    assert toponym.place is not None
    assert (toponym.mention.kind, toponym.place.country) == ("demonym", country)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("She studied at Lisbon International University.", "Lisbon"),
        ("The Lagos Institute published a map.", "Lagos"),
        ("The Oslo Accords were signed long ago.", "Oslo"),
        ("Operation Lagos Shield is over.", "Lagos"),
        ("He joined the Bank of Kenya.", "Kenya"),
        ("The tickets came from Kenya Airways.", "Kenya"),
        ("The Philippine Coast Guard welcomed it.", "Philippine"),
    ],
)
def test_a_name_inside_the_name_of_a_body_or_an_event_is_part_of_that_name(found_in: FoundIn, text: str, name: str) -> None:
    assert found_in(text)[name].mention.kind == "part-of-name"


def test_one_text_may_use_one_name_in_two_ways(found_in: FoundIn) -> None:
    kinds = [found_in(text)["Lima"].mention.kind for text in ("The Lima Charter was signed.", "It was signed in Lima.")]
    assert kinds == ["part-of-name", "literal"]


@pytest.mark.parametrize(
    "text", ["Two ships are stationed in Chile.", "Lima rejected the offer.", "Kenyans voted.", "The Oslo Accords were signed."]
)
def test_every_kind_comes_with_its_reason_in_words(found_in: FoundIn, text: str) -> None:
    assert all(t.mention.kind_reason for t in found_in(text).values())
