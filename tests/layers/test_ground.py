"""The ground: borders only where wanted, no seam at the antimeridian, parts that are missing are named."""

from __future__ import annotations

import pytest
import shapely

from layers import MissingPartError, _world, draw_map
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


def test_the_world_that_setup_keeps_is_the_one_that_the_file_has(tmp_path, monkeypatch):
    monkeypatch.setattr(_world, "BUILT", tmp_path)
    assert _world.keep_world("110m")
    assert not _world.keep_world("110m"), "it is kept already"
    kept, decoded = load_world.__wrapped__("110m"), _world._decoded((_world.VENDOR / "countries-110m.json").read_bytes())
    assert [(code, shape.wkb) for code, shape in kept.countries] == [(code, shape.wkb) for code, shape in decoded.countries]
    assert kept.borders.wkb == decoded.borders.wkb
    assert [part.wkb for part in kept.land] == [part.wkb for part in decoded.land]


@pytest.mark.parametrize("kept", [b"", b"nonsense", b'{"source": "another file", "codes": []}\n', "cut short"])
def test_a_kept_world_that_is_broken_or_of_another_file_is_not_used(tmp_path, monkeypatch, kept):
    monkeypatch.setattr(_world, "BUILT", tmp_path)
    (tmp_path / "world-110m.wkb").write_bytes(_world.world_bytes("110m")[:-40] if kept == "cut short" else kept)
    assert len(load_world.__wrapped__("110m").countries) == 177
