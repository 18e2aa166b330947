"""Distances that a source states are measured on the earth and said beside the source's figure."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from pyproj import Geod

import sources
from geo import Gazetteer
from sources import PlanPlace
from sources._distances import measure, phrases, stated_distances
from sources._geodesic import azimuth, gap

WGS84 = Geod(ellps="WGS84")


def place(gazetteer: Gazetteer, name: str) -> PlanPlace:
    """A plan's place by its id, or the first of its name."""
    found = gazetteer.place(name) if ":" in name else gazetteer.find(name)[0]
    return PlanPlace(place=found, said=found.name)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        ("citemap:yonaguni", "iso3166-1:TW", 108),
        ("citemap:sakhalin", "citemap:hokkaido", 43),
        ("iso3166-1:GB", "iso3166-1:FR", 33.3),
        ("iso3166-1:US", "iso3166-1:RU", 3.8),
        ("iso3166-1:MT", "iso3166-1:IT", 81),
        ("iso3166-1:TN", "iso3166-1:IT", 70),
        ("iso3166-1:GL", "iso3166-1:IS", 286),
        ("iso3166-1:LK", "iso3166-1:IN", 28),
        ("citemap:key-west", "iso3166-1:CU", 150),
        ("iso3166-1:JP", "iso3166-1:KR", 50),
        ("iso3166-1:CY", "iso3166-1:TR", 70),
        ("citemap:scarborough-shoal", "citemap:luzon", 220),
        ("Aleutian Islands", "iso3166-1:RU", 335),
        ("iso3166-1:FJ", "iso3166-1:TO", 316),
        ("iso3166-1:FK", "iso3166-1:AR", 345),
    ],
)
def test_well_known_gaps_are_measured_as_atlases_give_them(gazetteer: Gazetteer, one: str, other: str, km: float) -> None:
    found = measure("so far", "about", km, place(gazetteer, other), [place(gazetteer, one)], gazetteer)
    assert found.measured_km == pytest.approx(km, rel=0.06, abs=0.4)
    assert found.holds


def brute(one: shapely.Geometry, other: shapely.Geometry) -> float:
    """The least geodesic in kilometres between vertices set every 0.01 degrees."""
    a, b = (shapely.get_coordinates(shapely.segmentize(s, 0.01)) for s in (one, other))
    lon, lat = np.meshgrid(a[:, 0], b[:, 0]), np.meshgrid(a[:, 1], b[:, 1])
    return float(WGS84.inv(lon[0].ravel(), lat[0].ravel(), lon[1].ravel(), lat[1].ravel())[2].min()) / 1000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (shapely.box(10, 50, 11, 51), shapely.box(13, 52, 14, 53)),
        (shapely.box(179, -18, 179.6, -17), shapely.box(-179.4, -17.5, -179, -16)),
        (shapely.box(10, 80, 12, 82), shapely.box(30, 81, 32, 83)),
        (shapely.box(170, 84, 175, 85), shapely.box(-175, 86, -170, 87)),
        (shapely.Point(5, 5), shapely.box(6, 4, 7, 6)),
        (shapely.LineString([(0, 60), (5, 60)]), shapely.box(1, 58, 2, 59)),
        (shapely.box(0, -2, 1, -1), shapely.box(20, 1, 21, 2)),
    ],
    ids=["middle latitudes", "antimeridian", "high north", "both", "a point", "a line", "far apart"],
)
def test_a_gap_is_within_half_a_percent_of_one_found_by_trying_all_points(one: shapely.Geometry, other: shapely.Geometry) -> None:
    assert gap(one, other).km == pytest.approx(brute(one, other), rel=0.005)


def test_a_gap_is_the_same_from_both_sides(gazetteer: Gazetteer) -> None:
    one, other = (gazetteer.shape(i) for i in ("citemap:sakhalin", "iso3166-1:JP"))
    assert one is not None
    assert other is not None
    assert gap(one, other).km == pytest.approx(gap(other, one).km, rel=1e-4)
    assert gap(one, other).ends == gap(other, one).ends[::-1]


def test_the_ends_of_a_gap_lie_as_far_apart_as_it_says(gazetteer: Gazetteer) -> None:
    found = measure("so far", "about", 110, place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:nansei-islands")], gazetteer)
    (lat, lon), (lat2, lon2) = found.ends
    assert WGS84.inv(lon, lat, lon2, lat2)[2] / 1000 == pytest.approx(found.measured_km, abs=0.1)
    assert 45 < azimuth(found.ends[1], found.ends[0]) < 135


@pytest.mark.parametrize(
    ("text", "said", "relation", "km"),
    [
        ("units within 200 km of Kyoto", "within 200 km of Kyoto", "within", 200),
        ("a yard about 110 kilometers (70 miles) east of Kyoto", "about 110 kilometers (70 miles) east of Kyoto", "about", 110),
        ("a camp less than 100 miles from Kyoto", "less than 100 miles from Kyoto", "within", 160.934),
        ("a rig 200 nautical miles off Kyoto", "200 nautical miles off Kyoto", "about", 370.4),
        ("a line no closer than 30km to the west of Kyoto", "no closer than 30km to the west of Kyoto", "beyond", 30),
        ("some 60 km west of the city of Kyoto", "some 60 km west of the city of Kyoto", "about", 60),
        ("Nara lies 30 km from Kyoto.", "30 km from Kyoto", "about", 30),
        ("between 50 and 60 km from Kyoto", "between 50 and 60 km from Kyoto", "about", 55),
        ("within a 50-km radius of Kyoto", "within a 50-km radius of Kyoto", "within", 50),
        ("12 nm off the coast of Kyoto", "12 nm off the coast of Kyoto", "about", 22.224),
        ("a pier 5 km from Kyoto’s coast", "5 km from Kyoto’s coast", "about", 5),
        ("three miles from Kyoto", "three miles from Kyoto", "about", 4.828),
        ("only 500 metres from Kyoto", "only 500 metres from Kyoto", "about", 0.5),
        ("at least 1,500 km away from Kyoto", "at least 1,500 km away from Kyoto", "beyond", 1500),
    ],
)
def test_a_stated_distance_is_read_with_its_relation_and_unit(gazetteer: Gazetteer, text: str, said: str, relation: str, km: float) -> None:
    (found,) = phrases(text, [place(gazetteer, "Kyoto")])
    assert (found.said, found.relation, found.km) == (said, relation, km)


@pytest.mark.parametrize(
    "text",
    [
        "a 3,100-kilometre cable from Kyoto",
        "a road of 50 km from Kyoto to Nara",
        "the line runs 50 km from Kyoto",
        "missiles with a range of 500 km from Kyoto",
        "rockets that can hit targets up to 1,000 km from Kyoto",
        "200 km of railway in Kyoto",
        "60 square km of Kyoto",
        "an area 400 km by 200 km off Kyoto",
        "2 km from Xyzzy in Kyoto",
        "20 km from Kyoto’s Fushimi ward",
        "Kyoto has 500 km, of which none is open",
    ],
)
def test_a_length_a_range_or_a_distance_from_somewhere_else_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert phrases(text, [place(gazetteer, "Kyoto")]) == []


def test_of_a_chain_the_nearest_island_is_measured_and_named(gazetteer: Gazetteer) -> None:
    text = "Japan will station missile units on the Nansei islands, within 200 km of Taiwan."
    (plan,) = sources.read_plans([sources.read_text(text)], gazetteer).plans
    (found,) = stated_distances(text, plan.places, plan.anchors, gazetteer)
    assert (found.said_km, found.nearest, found.holds) == (200, "Yonaguni", True)
    assert found.measured_km == pytest.approx(109, abs=2)
    assert found.words == "The source says within 200 km of Taiwan; the nearest island, Yonaguni, is about 110 km away."


def test_of_a_country_the_nearest_island_is_named(gazetteer: Gazetteer) -> None:
    found = measure("within 5 km of Russia", "within", 5, place(gazetteer, "iso3166-1:RU"), [place(gazetteer, "iso3166-1:US")], gazetteer)
    assert found.nearest == "Little Diomede"


def test_of_several_places_the_nearest_is_measured(gazetteer: Gazetteer) -> None:
    places = [place(gazetteer, n) for n in ("citemap:okinawa-island", "citemap:yonaguni")]
    assert measure("near", "within", 200, place(gazetteer, "iso3166-1:TW"), places, gazetteer).nearest == "Yonaguni"


def test_what_the_measurement_does_not_bear_out_is_said_and_not_corrected(gazetteer: Gazetteer) -> None:
    found = measure(
        "within 50 km of Taiwan", "within", 50, place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:nansei-islands")], gazetteer
    )
    assert (found.said_km, found.holds) == (50, False)
    assert found.words == "The source says within 50 km of Taiwan; measured, the nearest island, Yonaguni, is about 110 km away."


@pytest.mark.parametrize(
    ("relation", "km", "holds"), [("beyond", 100, True), ("beyond", 150, False), ("about", 120, True), ("about", 300, False)]
)
def test_beyond_and_about_are_held_against_the_nearest_point(gazetteer: Gazetteer, relation: str, km: float, holds: bool) -> None:
    to, own = place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:yonaguni")]
    assert measure("so far", relation, km, to, own, gazetteer).holds is holds  # type: ignore[arg-type]


def test_a_figure_that_fits_a_part_of_a_large_place_decides_nothing(gazetteer: Gazetteer) -> None:
    found = measure(
        "500 km from Taiwan", "about", 500, place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:nansei-islands")], gazetteer
    )
    assert found.holds is None
    assert "its farthest about 1," in found.words


def test_places_that_overlap_are_0_km_apart(gazetteer: Gazetteer) -> None:
    found = measure(
        "within 9 km of Japan", "within", 9, place(gazetteer, "iso3166-1:JP"), [place(gazetteer, "citemap:hokkaido")], gazetteer
    )
    assert (found.measured_km, found.holds) == (0.0, True)


def test_a_distance_from_a_border_counts_from_the_line_also_inside(gazetteer: Gazetteer) -> None:
    said = "30 km from the border of Mongolia"
    found = measure(said, "within", 30, place(gazetteer, "iso3166-1:MN"), [place(gazetteer, "Ulaanbaatar")], gazetteer)
    assert found.measured_km is not None
    assert found.measured_km > 150


def test_without_a_place_of_the_plan_nothing_is_measured_and_the_reason_is_said(gazetteer: Gazetteer) -> None:
    found = measure("within 50 km of Taiwan", "within", 50, place(gazetteer, "iso3166-1:TW"), [], gazetteer)
    assert (found.measured_km, found.holds) == (None, None)
    assert found.words.endswith("the report names no place of the plan to measure from.")


def test_without_an_outline_nothing_is_measured_and_the_reason_is_said(gazetteer: Gazetteer) -> None:
    found = measure("2 km of it", "within", 2, place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "iso3166-2:RU-CHU")], gazetteer)
    assert (found.measured_km, found.holds) == (None, None)
    assert "has no outline of" in found.words


def test_a_stated_direction_that_is_not_the_measured_one_is_noted(gazetteer: Gazetteer) -> None:
    to, own = place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:yonaguni")]
    assert "lies to the east" in measure("110 km west of Taiwan", "about", 110, to, own, gazetteer, side="west").words
    assert "lies to" not in measure("110 km east of Taiwan", "about", 110, to, own, gazetteer, side="east").words


def test_miles_are_said_in_kilometres_too(gazetteer: Gazetteer) -> None:
    to, own = place(gazetteer, "iso3166-1:TW"), [place(gazetteer, "citemap:yonaguni")]
    words = measure("less than 100 miles from Taiwan", "within", 160.934, to, own, gazetteer).words
    assert words.startswith("The source says less than 100 miles from Taiwan (about 160 km); ")


def test_a_distance_tells_nothing_of_a_place_in_the_next_clause(gazetteer: Gazetteer) -> None:
    kilifi, mombasa = place(gazetteer, "Kilifi"), place(gazetteer, "Mombasa")
    near, far = "A pier within 60 km of Mombasa will open in Kilifi.", "The reef ends within 60 km of Mombasa, and crews dig in Kilifi."
    assert len(stated_distances(near, [kilifi], [mombasa], gazetteer)) == 1
    assert stated_distances(far, [kilifi], [mombasa], gazetteer) == ()
