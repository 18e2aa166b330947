"""What the page says: dates, precision, counts, what is left out and why; what of the context the articles do name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import shapely
from shapely.geometry import MultiPolygon, box

from geo import Mention, Place, Toponym
from layers import draw_map, marked_plans, write_geojson
from layers._dates import date_words, when_words
from layers._marks import make_marks
from layers._messages import load_messages
from layers._notes import place_words
from layers._precision import precision_words
from layers._shapes import inner_points
from sources import PlanPlace
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import at

WORDS = load_messages()


def naming(reading, *places):
    """The reading with a literal mention of each place in its first article, at its first letter."""
    mention = Mention(start=0, end=1, text="T", name="T", kind="literal")
    more = tuple(Toponym(mention=replace(mention, name=place.name), place=place) for place in places)
    return replace(reading, toponyms={**reading.toponyms, "two": more})


def test_a_context_site_that_the_articles_name_is_no_context(reading, gazetteer, context_sets):
    before = draw_map(reading, gazetteer, context=context_sets)._payload["context"][0]
    data = draw_map(naming(reading, gazetteer.place("site:basa")), gazetteer, context=context_sets)._payload["context"][0]
    assert len(data["sites"]) == len(before["sites"]) - 1 and "Basa Air Base" not in [site["name"] for site in data["sites"]]
    assert data["key"].startswith("Not named in the articles: ") and data["key"].endswith("; the articles name the others")


def test_a_context_layer_without_a_site_left_is_not_drawn(reading, gazetteer, context_sets):
    ids = [site.place for site in context_sets[0].sites]
    places = [Place(id=i, name=i, lat=1, lon=1, feature_code="INSM", extent="point") for i in ids]
    assert draw_map(naming(reading, *places), gazetteer, context=context_sets)._payload["context"] == []


def test_the_deck_counts_the_plans_that_the_tab_lists(reading, gazetteer):
    class Shapeless(FakeGazetteer):
        def shape(self, place_id):
            return None if place_id in ("nansei", "c:PH") else super().shape(place_id)

    data = draw_map(reading, Shapeless())._payload
    left = {plan.number for plan in reading.plans} - marked_plans(reading, Shapeless())
    assert left == {1, 2, 3, 4, 8} == {entry["number"] for entry in data["unmapped"]["plans"]}
    assert "on the map and 5 listed under “Not mapped”." in data["deck"] and len(data["unmapped"]["plans"]) == 5


def test_a_plan_that_names_a_place_that_nobody_knows_says_so(reading, gazetteer):
    plan = reading.plans[7]
    quote = plan.quotes[0]
    mention = Mention(start=quote.start, end=quote.start + 4, text="Xyzz", name="Xyzz", kind="literal")
    known = replace(reading, toponyms={"one": (Toponym(mention=mention, reason="no entry has this name"),), "two": ()})
    rows = draw_map(known, gazetteer)._payload["unmapped"]["plans"]
    assert [row["reason"] for row in rows] == ["the articles name Xyzz, which the gazetteer does not hold"]


def test_the_place_of_a_plan_is_not_said_to_have_none(reading, gazetteer):
    class Shapeless(FakeGazetteer):
        def shape(self, place_id):
            return None if place_id == "nansei" else super().shape(place_id)

    data = draw_map(naming(reading, gazetteer.place("nansei")), Shapeless())._payload["unmapped"]
    assert "Nansei Islands" not in [row["name"] for row in data["names"]]


def test_a_name_is_one_row_with_all_its_reasons(reading, gazetteer):
    tokyo = gazetteer.place("p:tokyo")
    rows = [row for row in draw_map(naming(reading, tokyo, tokyo), gazetteer)._payload["unmapped"]["names"] if row["name"] == "Tokyo"]
    assert len(rows) == 1 and rows[0]["times"] == 3 and "; mentioned, but no plan" in rows[0]["reason"]


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-23", "autumn 2024"), ("2027-22", "summer 2027"), ("2024-07", "July 2024"), ("2012/..", "from 2012 on"),
        ("../2031", "until 2031"), ("2024/2026", "2024–2026"), ("2024-33", "first quarter of 2024"),
        ("XXXX-12-05", "5 December, year not stated"),
        ("2024-03/2024-05", "March 2024 to May 2024"), ("202X", "202X"),
    ],
)  # fmt: skip
def test_dates_are_written_for_people(edtf, words):
    assert date_words(edtf, WORDS) == words


@pytest.mark.parametrize(
    ("when", "said", "note", "words"),
    [
        ("XXXX-12", "by December", "no year is stated", "by December, year not stated"),
        ("2024-07", "in July 2024", "as said", "July 2024"),
        ("2023-03-13", "On March 13, 2023", "as said", "13 March 2023"),
        ("2019/..", "since 2019", "as said", "since 2019"),
        ("2022", "In early 2022", "as said", "2022 (“In early 2022”)"),
        ("2024-12", "in December", "the year is taken from an item dated 2024-11-25 inside the article",
         "December 2024 (“in December”; year taken from an item dated 25 November 2024 inside the article)"),
        ("2027", "next year", "counted from the article's date", "2027 (“next year”; counted from the article’s date)"),
        (None, "From next week", "kept as said", "“From next week”"),
        (None, "", "", ""),
    ],
)  # fmt: skip
def test_the_words_said_stand_behind_only_where_they_differ(reading, when, said, note, words):
    assert when_words(replace(reading.plans[0], when=when, when_said=said, when_note=note), WORDS) == words


@pytest.mark.parametrize(
    ("code", "extent", "prec", "kind", "words"),
    [
        ("PPL", "point", 1, "point", "town named, no site within it"),
        ("INSM", "point", 1, "point", "exact place named"),
        ("CRDR", "chain", 5, "chain", "corridor or line named, no point on it"),
        ("ISLS", "chain", 5, "chain", "chain level: no island named"),
        ("RGN", "area", 5, "region", "region named, no site within it"),
        ("CONT", "area", 5, "region", "world region: no country named"),
        ("PCLI", "country", 6, "region", "country level: no site named"),
        ("SEA", "sea", 7, "region", "sea level: no position named"),
    ],
)
def test_precision_is_said_as_it_is(code, extent, prec, kind, words):
    place = Place(id="x", name="X", lat=0, lon=0, feature_code=code, extent=extent, where_prec=prec)
    assert precision_words(PlanPlace(place=place, said="X", where_prec=prec), kind, WORDS) == words


def test_a_name_in_brackets_is_not_said_twice():
    place = Place(id="x", name="Rota (Northern Mariana Islands)", lat=0, lon=0, feature_code="ISL", extent="area")
    assert place_words(PlanPlace(place=place, said="Rota")) == "Rota (Northern Mariana Islands)"


def test_a_part_without_a_shape_is_drawn_as_the_whole_and_says_so(reading):
    class Parts(FakeGazetteer):
        def part(self, place_id, modifier):
            return (17.0, 121.5)

    north = at(Parts().place("c:PH"), "the northern Philippines", modifier="northern")
    data = draw_map(replace(reading, plans=(replace(reading.plans[1], places=(north,)),)), Parts())._payload["marks"][0]
    assert data["whole"] == "northern Philippines: no shape of its own, drawn as Philippines" and data["part"]


def test_the_numbers_of_an_area_of_many_parts_stand_on_the_largest():
    long = box(0, 0, 20, 1)
    compact = box(30, 0, 33, 3)
    x, y, _ = inner_points(MultiPolygon([long, compact]))[0]
    assert long.contains(shapely.Point(x, y))


def test_a_wide_sea_is_an_outline(reading):
    sea = FakeGazetteer().place("s:scs")
    plans = (replace(reading.plans[0], places=(at(sea, "South China Sea"),)),)
    wide, narrow = (FakeGazetteer(shapes={"s:scs": shape}) for shape in (box(105, 0, 121, 20), box(105, 0, 115, 10)))
    assert [make_marks(replace(reading, plans=plans), g)[0][0].kind for g in (wide, narrow)] == ["region", "sea"]


def test_shapes_in_geojson_are_generalised_and_valid(reading, gazetteer, tmp_path):
    text = write_geojson(reading, gazetteer, tmp_path / "plans.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        if feature["geometry"] is None:
            continue
        shape = shapely.geometry.shape(feature["geometry"])
        assert shape.is_valid and all(round(v, 5) == v for xy in shapely.get_coordinates(shape).tolist() for v in xy)
        assert (feature["properties"]["generalised"] is None) == (shape.geom_type == "Point")
    assert len(text) < 1_000_000
