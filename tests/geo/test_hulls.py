"""Rough areas of divisions, from their towns."""

from __future__ import annotations

import shapely

from geo import Gazetteer
from geo._hulls import FEWEST, division_hulls

LAND = {"iso3166-1:XA": shapely.box(0, 0, 4, 4)}
TOWNS = [("XA-1", "XA", lat, lon) for lat in (0.1, 1.0) for lon in (0.1, 1.0)]


def test_the_area_of_a_division_stays_on_its_countrys_land() -> None:
    area = division_hulls(TOWNS, LAND, set())["iso3166-2:XA-1"]
    assert LAND["iso3166-1:XA"].covers(area)


def test_a_division_with_too_few_towns_gets_no_area() -> None:
    assert division_hulls(TOWNS[: FEWEST - 1], LAND, set()) == {}


def test_a_division_that_has_a_shape_keeps_it() -> None:
    assert division_hulls(TOWNS, LAND, {"iso3166-2:XA-1"}) == {}


def test_a_guessed_area_is_marked_as_rough(gazetteer: Gazetteer) -> None:
    assert gazetteer.shape("iso3166-2:LT-KL") is not None
    assert gazetteer.generalised("iso3166-2:LT-KL")
