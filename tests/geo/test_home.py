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
    home = infer_homes([*coast, ("The Coast", ())])[-1]
    assert home is not None
    assert abs(home[0] + 3.4) < 0.7
    assert abs(home[1] - 40.0) < 0.7


def test_an_article_has_no_part_in_its_own_home(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    peru = [("The Coast", coast[3][1]), *coast[:3]]
    assert infer_homes(peru)[0] == infer_homes([("The Coast", ()), *coast[:3]])[0]


def test_two_places_are_too_few_for_a_home(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    assert infer_homes([*coast[:2], ("The Coast", ())]) == [None, None, None]


def test_articles_without_an_outlet_have_no_home_together(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    assert infer_homes([("", toponyms) for _, toponyms in coast]) == [None] * 4


def test_the_order_of_the_outlets_does_not_matter(coast: list[tuple[str, tuple[Toponym, ...]]]) -> None:
    other = [("The Other", toponyms) for _, toponyms in coast]
    assert infer_homes([*coast, *other]) == infer_homes([*other, *coast])
