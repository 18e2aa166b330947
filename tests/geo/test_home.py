"""Where an outlet is at home: amid the towns of its articles, and nowhere where these are too few."""

from __future__ import annotations

import pytest

from geo import Gazetteer, Toponym, infer_homes, parse

COAST = (
    "A market opened at Malindi, Kenya.",
    "The road to Mombasa, Kenya, is closed.",
    "Crews mended the pier at Malindi, Kenya.",
    "A team trained at Cusco, Peru.",
)


@pytest.fixture(scope="module")
def coast(gazetteer: Gazetteer) -> list[tuple[str, tuple[Toponym, ...]]]:
    """What an invented outlet on Kenya's coast wrote."""
    return [("The Coast", parse(text, gazetteer)) for text in COAST]


def test_a_home_lies_amid_the_towns_and_one_far_away_does_not_move_it(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    lat, lon = infer_homes(coast)["The Coast"]
    assert abs(lat + 3.4) < 0.7
    assert abs(lon - 40.0) < 0.7


def test_two_articles_are_too_few_for_a_home(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    assert infer_homes(coast[:2]) == {}


def test_articles_without_an_outlet_have_no_home_together(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    assert infer_homes([("", toponyms) for _, toponyms in coast]) == {}


def test_the_order_of_the_outlets_does_not_matter(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    other = [("The Other", toponyms) for _, toponyms in coast]
    assert infer_homes([*coast, *other]) == infer_homes([*other, *coast])
