"""Plans and places as frames."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers import UnquotedMarkError, draw_map, places_to_frame, plans_to_frame


def test_there_is_a_row_for_each_plan_and_place_in_degrees(reading, gazetteer):
    frame = plans_to_frame(reading, gazetteer)
    assert len(frame) == 9 and frame.crs.to_epsg() == 4326 and list(frame["number"]) == list(range(1, 10))


def test_a_plan_without_a_place_is_a_row_without_a_geometry(reading, gazetteer):
    row = plans_to_frame(reading, gazetteer).set_index("plan_id").loc["one-7"]
    assert row.geometry is None and row["place"] == "" and row["lacks"] == "no place named"


def test_only_a_point_is_a_point(reading, gazetteer):
    frame = plans_to_frame(reading, gazetteer).dropna(subset="geometry")
    points = frame[frame.geometry.geom_type == "Point"]
    assert list(points["place"]) == ["Kadena Air Base"]


def test_a_quote_stands_in_its_article_at_its_offsets(reading, gazetteer):
    for row in plans_to_frame(reading, gazetteer).itertuples():
        assert reading.article(row.article_id).text[row.quote_start : row.quote_end] == row.quote


def test_a_mark_whose_quote_is_not_in_its_article_is_refused(reading, gazetteer):
    plan = reading.plans[0]
    wrong = replace(plan, quotes=(replace(plan.quotes[0], start=plan.quotes[0].start + 1),))
    broken = replace(reading, plans=(wrong,))
    for make in (lambda: plans_to_frame(broken, gazetteer), lambda: draw_map(broken, gazetteer)):
        with pytest.raises(UnquotedMarkError, match="does not say"):
            make()


def test_a_plan_without_a_quote_is_refused(reading, gazetteer):
    with pytest.raises(UnquotedMarkError, match="has no quote"):
        draw_map(replace(reading, plans=(replace(reading.plans[0], quotes=()),)), gazetteer)


def test_the_frame_of_places_says_why_a_name_is_no_mark(reading, gazetteer):
    row = places_to_frame(reading, gazetteer).iloc[0]
    assert (row["text"], row["kind"], row["kind_reason"]) == ("Tokyo", "metonymic", "subject of 'denied'")


def test_a_place_without_a_shape_is_listed_rather_than_pinned_at_its_middle(reading, gazetteer):
    class Shapeless(type(gazetteer)):
        def shape(self, place_id):
            return None if place_id == "nansei" else super().shape(place_id)

    plan_map = draw_map(reading, Shapeless())
    assert "nansei" not in [mark["id"] for mark in plan_map._payload["marks"]]
    assert any(
        entry["reason"] == "Nansei Islands: named, but the gazetteer has no outline of it"
        for entry in plan_map._payload["unmapped"]["plans"]
    )


def test_an_area_without_a_shape_is_the_disc_that_holds_it(reading):
    from tests.layers.fake_gazetteer import FakeGazetteer
    from tests.layers.fake_reading import at

    island = FakeGazetteer().place("i:ishigaki")
    plan = replace(reading.plans[0], places=(at(island, "Ishigaki"),))
    shape = plans_to_frame(replace(reading, plans=(plan,)), FakeGazetteer()).geometry[0]
    assert shape.geom_type == "Polygon" and abs(shape.area * 111.195**2 * 0.9104 - 3.1416 * 15**2) < 12
