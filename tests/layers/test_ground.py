"""The ground: borders only where wanted, no seam at the antimeridian, parts that are missing are named."""

from __future__ import annotations

import shapely

from layers import MissingPartError, draw_map
from layers._view import opening_view
from layers._world import land_in, load_world


def test_without_borders_no_border_is_in_the_page(reading, gazetteer):
    base = draw_map(reading, gazetteer, borders=False)._payload["base"]
    assert base["near"]["borders"] == [] == base["far"]["borders"]


def test_no_country_is_smeared_around_the_globe():
    for scale in ("110m", "50m", "10m"):
        countries = dict(load_world(scale).countries)
        assert countries["643"].is_valid and not countries["643"].contains(shapely.Point(0, 68))
        assert countries["643"].contains(shapely.Point(-175, 66.5)) and countries["643"].contains(shapely.Point(100, 60))


def test_a_box_across_the_antimeridian_holds_the_land_on_both_sides():
    west, _, east, _ = land_in("50m", (165, -25, 195, 0), tolerance=0.01).bounds
    assert west < 178 and east > 181


def test_a_missing_part_says_what_to_run(monkeypatch, tmp_path):
    load_world.cache_clear()
    monkeypatch.setattr("layers._world.VENDOR", tmp_path)
    try:
        load_world("110m")
    except MissingPartError as error:
        assert str(error) == 'geo/data/vendor/countries-110m.json is missing: run "make setup", which copies it from npm'
    else:
        raise AssertionError("nothing was raised")
    finally:
        load_world.cache_clear()


def test_a_continent_does_not_widen_the_opening_view(reading, gazetteer):
    from layers._marks import make_marks

    bounds, held = opening_view(make_marks(reading, gazetteer)[0])
    assert "asia" not in held and bounds[2] - bounds[0] < 20
