"""Tens of thousands of cited points: packed once, drawn on one canvas, opened one at a time, by mouse, finger and keyboard."""

from __future__ import annotations

import json
import random
import re
import time
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import pytest
from shapely import MultiPoint, Point, box

from layers import CitedPoints, OfflineMap, PointsError
from tests.browser import until
from tests.conftest import ROOT

CEILINGS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["map"]["ceilings"]
VIEW = (116, 4, 148, 42)
STATUSES = ("planned", "proposed", "agreed", "under way", "existing", "completed", "denied")
POINTS = "Object.values(window).find((v) => v instanceof L.Map).citemap.points[0]"
SAID = "document.querySelector('.leaflet-popup-content blockquote')"
HOSTILE = '</script><script>window.bad = 1</script><img src=x onerror="window.bad = 1"> & "quotes" \0 日本語の文。\n\U0001f9ed é'


def frame(points: list[tuple[float, float]], quotes: list[str] | None = None, **columns: Any) -> gpd.GeoDataFrame:
    """Points with a text each, the statuses in turn."""
    said = quotes or [f"A pier is planned, number {i}." for i in range(len(points))]
    statuses = [STATUSES[i % len(STATUSES)] for i in range(len(points))]
    data = {"quote": said, "status": statuses} | columns
    return gpd.GeoDataFrame(data, geometry=[Point(p) for p in points], crs=4326)


def scattered(count: int) -> gpd.GeoDataFrame:
    """Points around a sea, crowded in places, each with a text of its own of 300 characters."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abdeghiklmnoprstuw", k=chance.randint(2, 8))) for _ in range(2000)]
    said = [" ".join(chance.choices(words, k=60))[:300] for _ in range(count)]
    return frame([(chance.gauss(128, 4), chance.gauss(24, 5)) for _ in range(count)], said)


@pytest.fixture()
def show(visit: Any, tmp_path: Path) -> Any:
    """Draw points on our map, save it and open it with the network off."""

    def show_points(part: CitedPoints, **options: Any) -> Any:
        m = OfflineMap(VIEW, title="Points")
        part.add_to(m)
        page = visit(m.save_offline(tmp_path / "points.html"), **{"width": 1100, "height": 700} | options)
        until(page, f"{POINTS} && {POINTS}.layer.signs.length")
        return page

    return show_points


def place_of(page: Any, wanted: str) -> tuple[float, float]:
    """Where in the window the first sign stands, under no panel, of which a JavaScript expression of ``sign`` is true."""
    x, y = page.evaluate(
        f"""(() => {{
          const {{ layer, app }} = {POINTS}, {{ left, top }} = app.map.getContainer().getBoundingClientRect();
          const places = layer.inView().filter((sign) => {wanted}).map((sign) => layer.at(sign)).map((at) => [at.x + left, at.y + top]);
          return places.find(([x, y]) => !document.elementFromPoint(x, y).closest(".cm-alone, .leaflet-control"));
        }})()"""
    )
    return x, y


def announced(page: Any) -> str:
    return str(page.evaluate("document.querySelector('.cm-live').textContent"))


# what may stand on the map ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "why"),
    [
        (None, "has no geometry"),
        (Point(), "has no geometry"),
        (Point(float("nan"), 1), "has"),
        (box(0, 0, 1, 1), "is a Polygon, not a point"),
        (MultiPoint([(0, 0), (1, 1)]), "is a MultiPoint, not a point"),
        (Point(10, 89), "lies beyond 85.05 degrees"),
    ],
)
def test_a_row_that_cannot_stand_on_the_map_is_named_and_with_leave_out_listed(shape, why):
    bad = frame([(1, 1), (2, 2)])
    bad.index = ["good", "bad"]
    bad.geometry = [Point(1, 1), shape]
    with pytest.raises(PointsError, match=rf"1 of 2 rows cannot stand on the map: row 'bad' {why}.*leave_out=True"):
        CitedPoints(bad)
    left = CitedPoints(bad, leave_out=True).left_out
    assert list(left.index) == ["bad"] and left["reason"]["bad"].startswith(why) and left["quote"]["bad"] == bad["quote"]["bad"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda f: f.drop(columns="quote"), "no column 'quote'; it has 'status', 'geometry'"),
        (lambda f: f.set_crs(None, allow_override=True), "no CRS"),
        (lambda f: f.assign(status="rumoured"), "'rumoured' is not one of planned, proposed"),
    ],
)
def test_a_frame_that_cannot_be_drawn_is_refused_with_the_next_step(change, why):
    with pytest.raises(PointsError, match=re.escape(why)):
        CitedPoints(change(frame([(1, 1)])))


def test_points_in_another_crs_stand_where_they_are():
    there = frame([(121.5, 25.0), (139.7, 35.7)])
    (south, west), (north, east) = CitedPoints(there.to_crs(3857)).get_bounds()
    assert (west, south, east, north) == pytest.approx((121.5, 25.0, 139.7, 35.7), abs=1e-5)


def test_equal_texts_are_stored_once_and_texts_that_differ_are_packed():
    texts = scattered(2000)["quote"].tolist()
    parts = [CitedPoints(frame([(i / 20, 1) for i in range(2000)], said)) for said in (texts, texts[:1] * 2000)]
    many, one = (sum(map(len, part._blocks.values())) for part in parts)
    assert one < 1000 and many < 0.55 * sum(map(len, texts))


def test_a_map_of_points_is_the_same_each_time_it_is_drawn():
    def drawn() -> str:
        m = OfflineMap(VIEW)
        CitedPoints(scattered(300)).add_to(m)
        return str(m.get_root().render())

    assert drawn() == drawn()


# the page --------------------------------------------------------------------------------------------------------------------


def test_every_point_is_in_one_sign_and_no_point_is_a_node_of_the_page(show):
    page = show(CitedPoints(scattered(5000)))
    page.evaluate(f"{POINTS}.app.map.setView([24, 128], 4, {{ animate: false }})")
    assert page.evaluate(f"{POINTS}.layer.inView().reduce((sum, sign) => sum + sign.n, 0)") == 5000
    assert page.evaluate("document.querySelectorAll('*').length") < 250 and page.locator("canvas").count() == 2


def test_a_point_shows_its_text_as_text_when_it_is_pressed_and_asks_nothing_of_the_network(show):
    page = show(CitedPoints(frame([(125, 24), (140, 36)], [HOSTILE, "b"], title=["<b>A", "B"]), title="title"))
    page.mouse.click(*place_of(page, "sign.counts[0]"))
    until(page, SAID)
    assert page.evaluate(f"{SAID}.textContent") == f"“{HOSTILE.replace(chr(0), chr(0xFFFD))}”"
    assert page.inner_text(".leaflet-popup-content h3") == "<b>A" and page.evaluate("window.bad") is None
    assert page.said == [] and all(url.startswith("file:") for url in page.asked)
    assert "default-src 'none'" in page.get_attribute("meta[http-equiv]", "content")


def test_a_ring_opens_to_its_members_and_points_in_one_place_are_leafed_through(show):
    page = show(CitedPoints(frame([(125, 24)] * 3 + [(125.2, 24.1)], ["one", "two", "three", "four"])))
    page.mouse.click(*place_of(page, "sign.n === 4"))
    until(page, f"{POINTS}.layer.inView().length === 2")
    page.mouse.click(*place_of(page, "sign.n === 3"))
    read = []
    for _ in range(3):
        until(page, f"{SAID} && !{[f'“{text}”' for text in read]}.includes({SAID}.textContent)")
        read.append(page.evaluate(f"{SAID}.textContent.slice(1, -1)"))
        page.click(".cm-points-turn >> nth=1")
    assert sorted(read) == ["one", "three", "two"] and "of 3" in page.inner_text(".cm-points-pager")


def test_the_keyboard_walks_the_signs_opens_one_and_comes_back_to_it(show):
    page = show(CitedPoints(frame([(120, 30), (130, 30), (140, 30)], title=["A", "B", "C"]), title="title"))
    page.focus(".cm-points-proxy")
    until(page, "document.querySelector('.cm-live').textContent")
    heard = [announced(page)]
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        until(page, f"document.querySelector('.cm-live').textContent !== {heard[-1]!r}")
        heard.append(announced(page))
    assert heard[:3] == ["A. planned. 1 of 3 in view", "B. proposed. 2 of 3 in view", "C. agreed. 3 of 3 in view"] and heard[3] == heard[0]
    page.keyboard.press("Enter")
    until(page, f"{SAID} && {SAID}.closest('[role=dialog]') === document.activeElement")
    page.keyboard.press("Escape")
    until(page, f"!{SAID}")
    assert page.evaluate("document.activeElement.className") == "cm-points-proxy"


def test_a_finger_may_miss_a_point_by_more_than_a_mouse(show):
    page = show(CitedPoints(frame([(125, 24), (140, 36)])), has_touch=True)
    x, y = place_of(page, "sign.counts[0]")
    page.mouse.click(x + 20, y)
    page.wait_for_timeout(100)
    assert page.evaluate(SAID) is None
    page.touchscreen.tap(x + 20, y)
    until(page, SAID)


def test_a_press_in_the_key_takes_a_status_out_of_every_sign_and_back(show):
    page = show(CitedPoints(scattered(700), name="Piers"))
    counted = f"{POINTS}.layer.inView().reduce((sum, sign) => sum + sign.n, 0)"
    page.evaluate(f"{POINTS}.app.map.setView([24, 128], 4, {{ animate: false }})")
    before = page.evaluate(counted)
    page.click(".cm-points-key .cm-key >> nth=2")
    assert page.evaluate(f"[{counted}, {POINTS}.layer.signs.some((sign) => sign.counts[2])]") == [before - 100, False]
    page.click(".cm-points-key .cm-key >> nth=2")
    assert page.evaluate(counted) == before == 700


def test_points_on_both_sides_of_the_antimeridian_are_neighbours(show):
    page = show(CitedPoints(frame([(179.99, 0), (-179.99, 0)])))
    page.evaluate(f"{POINTS}.app.map.setView([0, 180], 5, {{ animate: false }})")
    assert page.evaluate(f"{POINTS}.layer.inView().map((sign) => sign.n)") == [2]


def test_at_night_the_points_take_the_colours_of_night(show):
    halos = [
        show(CitedPoints(frame([(125, 24)])), color_scheme=scheme).evaluate(f"{POINTS}.layer._look.halo") for scheme in ("light", "dark")
    ]
    assert halos == ["#fbfaf6", "#1b2126"]


def test_rows_that_were_left_out_are_counted_beside_the_key(show):
    page = show(CitedPoints(frame([(125, 24), (140, 89)]), leave_out=True))
    assert "1 row is not on the map" in page.inner_text(".cm-points-key")


def test_points_work_alone_in_a_plain_map_of_folium(visit_plain):
    m = folium.Map([24, 128], zoom_start=4, tiles=None, maxZoom=18)
    CitedPoints(scattered(500)).add_to(m)
    page = visit_plain(m)
    until(page, f"{POINTS} && {POINTS}.layer.signs.length")
    for _ in range(8):
        page.mouse.click(*place_of(page, "sign.n === Math.min(...layer.signs.map((other) => other.n))"))
        page.wait_for_timeout(400)
        if page.evaluate(SAID):
            break
    assert len(page.evaluate(f"{SAID}.textContent")) > 200


# what it costs ---------------------------------------------------------------------------------------------------------------


def test_ten_thousand_points_are_made_in_the_time_of_folium_geojson_and_take_three_megabytes(tmp_path):
    points = scattered(10_000)

    def ours() -> None:
        m = OfflineMap(VIEW)
        CitedPoints(points).add_to(m)
        m.save(tmp_path / "ours.html")

    def theirs() -> None:
        m = folium.Map(tiles=None)
        folium.GeoJson(points, marker=folium.CircleMarker(), popup=folium.GeoJsonPopup(fields=["quote"])).add_to(m)
        m.save(tmp_path / "theirs.html")

    def seconds(draw: Any) -> float:
        begin = time.perf_counter()
        draw()
        return time.perf_counter() - begin

    ours()
    assert min(seconds(ours) for _ in range(2)) <= CEILINGS["build_of_geojson"] * max(seconds(theirs) for _ in range(2))
    assert (tmp_path / "ours.html").stat().st_size <= CEILINGS["mb_few"] * 1e6


def test_a_point_among_twenty_thousand_answers_within_a_second(show):
    page = show(CitedPoints(scattered(20_000)))
    page.evaluate(f"{POINTS}.app.map.setView([24, 128], 10, {{ animate: false }})")
    x, y = place_of(page, "sign.n === 1")
    begin = time.perf_counter()
    page.mouse.click(x, y)
    until(page, SAID)
    assert time.perf_counter() - begin < 1
