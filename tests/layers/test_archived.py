"""The map of an archive: counts by place and period in one page, areas never as points, the quotes that fit, nothing that runs."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
from shapely import LineString, Point, box

from geo import Gazetteer
from layers import ArchiveAbout, ArchiveMap, ArchiveMapError, draw_archive
from sources import STATUSES
from tests.browser import until
from tests.hostile.browser.payloads import RUN, payloads
from tests.layers.fake_archive import make_counts, make_places, make_quotes
from tests.profile import amount, note

Visit = Callable[..., Any]
STATE = "Object.values(window).find((v) => v instanceof L.Map).citemap.archive"
ABOUT = ArchiveAbout(documents=40, aside=2, plans=31, unplaced=3, title="Harbours", as_of="5 May 2031")


def place(place_id: str, name: str, shape: Any, **more: Any) -> dict[str, Any]:
    row = {
        "place_id": place_id, "place": name, "country": "NL", "feature_code": "PPL", "extent": "point", "where_prec": 1,
        "uncertainty_m": 3000.0, "authority": "invented", "geometry": shape,
    }  # fmt: skip
    return row | more


def frame(*rows: dict[str, Any]) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(list(rows), geometry="geometry", crs=4326)


def count(place_id: str, month: str, documents: int = 1, **statuses: int) -> dict[str, Any]:
    named = {key.replace("_", " "): n for key, n in statuses.items()}
    return {"place_id": place_id, "month": month, "documents": documents, "plans": sum(named.values())} | dict.fromkeys(STATUSES, 0) | named


def said(place_id: str, quote: str = "A pier is planned.", **more: Any) -> dict[str, Any]:
    row = {
        "place_id": place_id, "month": "2031-05", "status": "planned", "summary": "A pier", "quote": quote, "publisher": "The Zorvel Post",
        "title": "Pier", "published": "2031-05-04", "url": "https://post.example/1", "doc_id": "d1", "reports": 3, "origins": 2,
    }  # fmt: skip
    return row | more


PLACES = frame(
    place("zorvel", "Zorvel", Point(5.5, 52.5)),
    place("quay", "Old Quay", Point(5.9, 52.6)),
    place("land", "Brundia", box(4, 51, 7, 53), extent="country", where_prec=6, uncertainty_m=None),
    place("shire", "Norshire", Point(6.5, 53.4), extent="area", where_prec=4, uncertainty_m=30_000.0),
    place("river", "Long River", LineString([(4.5, 51.2), (6.8, 52.9)]), extent="area", where_prec=5),
    place("isle", "Smallholm", box(5.0, 53.2, 5.2, 53.3), extent="area", where_prec=2, uncertainty_m=9_000.0),
    place("dream", "Farland", None, extent="area", where_prec=4, uncertainty_m=None, country=""),
)
COUNTS = pd.DataFrame(
    [
        count("zorvel", "2031-04", 3, planned=4), count("zorvel", "2031-05", 2, planned=1, under_way=2), count("zorvel", "", 1, denied=1),
        count("quay", "2031-05", 1, existing=2), count("land", "2031-05", 5, planned=9), count("shire", "2031-06", 1, agreed=2),
        count("river", "2031-06", 1, planned=1), count("isle", "2031-04", 1, planned=3), count("dream", "2031-05", 1, planned=2),
        count("unheard", "2031-05", 1, planned=1),
    ]
)  # fmt: skip
LONG_PIER = said("zorvel", "It will be long.", month="2031-04", url="javascript:alert(1)")
QUOTES = pd.DataFrame([said("zorvel"), LONG_PIER, said("land", "All of it.")])


def drawn(**more: Any) -> ArchiveMap:
    return draw_archive(**{"places": PLACES, "counts": COUNTS, "quotes": QUOTES, "about": ABOUT} | more)


@pytest.fixture(scope="module")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return drawn().save_offline(tmp_path_factory.mktemp("archive") / "map.html")


@pytest.fixture()
def opened(visit: Visit) -> Visit:
    """Open a page of an archive, once it is drawn."""

    def open_page(file: Path, **options: Any) -> Any:
        page = visit(file, **options)
        until(page, "document.querySelector('.cm-archived-ready')", seconds=20)
        return page

    return open_page


def shown_text(page: Any, selector: str = ".cm-pane") -> str:
    return str(page.evaluate(f"document.querySelector({selector!r}).textContent"))


def open_card(page: Any, name: str) -> str:
    """Press a name in the list and return its card, quotes and all."""
    page.get_by_role("button", name=name, exact=True).first.click()
    until(page, "document.querySelector('.cm-archived-quotes[data-ready]')")
    return shown_text(page, ".cm-archived-card")


def marks_at(page: Any, zoom: float) -> Any:
    """What stands on the map at a zoom: names of circles, names of areas, places in hexagons."""
    return page.evaluate(
        f"""(() => {{
          const s = {STATE}, {{ layer, map, data }} = s;
          map.setView([52.5, 5.5], {zoom}, {{ animate: false }});
          layer.redraw();
          layer.catchUp();
          const names = (places) => [...new Set(places)].map((i) => data.names[i]).sort();
          const hexed = Array.from({{ length: data.places }}, (_, i) => i).filter((i) => s.hexed(i, map.getZoom()));
          const drawn = {{ circles: layer.circles.map((c) => c.place), areas: layer.areas.map((a) => a.place), hexed }};
          return Object.fromEntries(Object.entries(drawn).map(([kind, places]) => [kind, names(places)]));
        }})()"""
    )


# what goes in ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"places": PLACES.drop(columns="where_prec")}, "places has no column 'where_prec'"),
        ({"places": PLACES.set_crs(3857, allow_override=True)}, "must be in degrees"),
        ({"places": pd.concat([PLACES, PLACES[:1]])}, "'zorvel' twice"),
        ({"counts": COUNTS.assign(plans=COUNTS["plans"] + 1)}, "statuses add up to 4"),
        ({"counts": COUNTS.assign(month="May 2031")}, "'May 2031'; write it as 2031-05"),
        ({"counts": COUNTS.assign(documents=0.5)}, "no whole numbers"),
        ({"quotes": QUOTES.drop(columns="origins")}, "quotes has no column 'origins'"),
        ({"quotes": QUOTES.assign(status="hoped")}, "status 'hoped'"),
        ({"budget": 5000}, "raise it to at least"),
    ],
)
def test_frames_that_cannot_be_drawn_are_named_with_what_to_do(wrong: dict[str, Any], rule: str) -> None:
    with pytest.raises(ArchiveMapError, match=re.escape(rule)) as told:
        drawn(**wrong)
    assert told.value.code == "wrong-archive-map"


def test_equal_frames_give_equal_bytes_in_whatever_order_their_rows_come() -> None:
    one, other = drawn(), drawn(places=PLACES.iloc[::-1], counts=COUNTS.iloc[::-1])
    assert one.html() == other.html()


def test_an_archive_without_a_plan_has_a_map() -> None:
    assert "Harbours" in drawn(places=PLACES[:0], counts=COUNTS[:0], quotes=QUOTES[:0]).html()


def test_the_quotes_go_in_by_rank_until_the_page_is_full() -> None:
    long = [" ".join(str((rank * 7919 + i * 104729) % 99991) for i in range(150)) for rank in range(200)]
    many = [said(place, f"Quote of {place}: {text}") for place in ("quay", "zorvel") for text in long]
    bare = len(drawn(quotes=QUOTES[:0]).html())
    m = drawn(quotes=pd.DataFrame(many), budget=bare + 60_000)
    assert 20 < m.shown < m.quotes == 400
    assert bare + 40_000 < len(m.html()) <= bare + 60_000
    assert drawn(quotes=pd.DataFrame(many)).shown == 400


def test_months_become_years_and_small_places_go_to_the_file_where_the_counts_are_too_many(opened: Visit, tmp_path: Path) -> None:
    chance = random.Random(1)
    points = [place(f"p{i}", f"Place {chance.random()}", Point(chance.uniform(-170, 170), chance.uniform(-50, 60))) for i in range(3000)]
    drawn_months = [[f"{2000 + chance.randrange(30)}-{chance.randrange(12) + 1:02d}" for _ in range(9)] for _ in range(3000)]
    rows = {(f"p{i}", month): 1 + i % 9 * 40 for i, months in enumerate(drawn_months) for month in months}
    counts = pd.DataFrame([count(p, month, 1, planned=n) for (p, month), n in rows.items()])
    fine = draw_archive(frame(*points), counts, QUOTES[:0], about=ABOUT)
    m = draw_archive(frame(*points), counts, QUOTES[:0], about=ABOUT, budget=len(fine.html()) - 20_000)
    page = opened(m.save_offline(tmp_path / "years.html"))
    step, left, kept = page.evaluate(f"(() => {{ const {{ own, places }} = {STATE}.data; return [own.step, own.left.places, places] }})()")
    assert (step, left + kept) == ("year", 3000)
    page.click(".cm-how")
    assert "Months were added up to years" in shown_text(page)
    assert ("had no room in this page" in shown_text(page)) == (left > 0)


# where a plan stands -----------------------------------------------------------------------------------------------------


def test_an_area_is_never_a_point_and_never_in_a_hexagon(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    page.evaluate(f"{STATE}.single = 8")
    for zoom in (3, 5, 7, 8, 10):
        marks = marks_at(page, zoom)
        assert set(marks["circles"] + marks["hexed"]) <= {"Zorvel", "Old Quay", "Smallholm"}, zoom
    assert "Smallholm" in marks_at(page, 4)["hexed"]
    near = marks_at(page, 8)
    assert near == {"circles": ["Old Quay", "Zorvel"], "areas": ["Brundia", "Long River", "Norshire", "Smallholm"], "hexed": []}


def test_what_has_neither_shape_nor_radius_is_listed_and_not_drawn(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    assert "Farland" in shown_text(page, ".cm-archived-list-undrawn")
    assert "unheard" in shown_text(page, ".cm-archived-list-undrawn")
    assert "not on the map" in open_card(page, "Farland")


def test_what_lies_over_the_antimeridian_or_a_pole_is_drawn_where_a_web_map_can(opened: Visit, tmp_path: Path) -> None:
    places = frame(
        place("strait", "Far Strait", box(178, -20, 184, -16), extent="sea", where_prec=7),
        place("cap", "Ice Cap", box(-100, 84, -40, 89), extent="area", where_prec=5),
        place("pole", "Pole Station", Point(0, 89)),
        place("nowhere", "Nowhere", Point(float("nan"), 1)),
    )
    counts = pd.DataFrame([count(place_id, "2031-05", planned=1) for place_id in places["place_id"]])
    page = opened(drawn(places=places, counts=counts, quotes=QUOTES[:0]).save_offline(tmp_path / "edges.html"))
    found = page.evaluate(
        f"(() => {{ const {{ names, kind, lon }} = {STATE}.data; return names.map((n, i) => [n, kind[i], lon[i]]).sort(); }})()"
    )
    assert found == [["Far Strait", 1, -179], ["Ice Cap", 1, -70], ["Nowhere", 3, 0], ["Pole Station", 3, 0]]


def test_areas_can_be_switched_off(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    assert marks_at(page, 8)["areas"]
    page.click(".cm-archived-switch")
    assert marks_at(page, 8)["areas"] == []


def test_hexagons_hold_every_point_once_and_add_up_to_the_circles(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    sums = page.evaluate(f"[2, 5, 9].map((level) => [...citemap.hexesOf({STATE}, level).counts.values()].reduce((a, b) => a + b, 0))")
    assert sums == [13, 13, 10]


# what the reader asks ----------------------------------------------------------------------------------------------------


def total(page: Any) -> int:
    return int(page.evaluate(f"{STATE}.sums.total"))


def test_period_status_and_no_date_change_the_counts_the_list_and_the_key(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    assert total(page) == COUNTS["plans"].sum()
    page.select_option(".cm-archived-span select >> nth=0", label="May 2031")
    page.select_option(".cm-archived-span select >> nth=1", label="May 2031")
    assert total(page) == 18
    page.click(".cm-archived-undated input")
    assert total(page) == 17
    page.get_by_role("button", name=re.compile("^planned")).click()
    assert total(page) == 4
    assert re.search(r"Zorvel\s*Netherlands\s*2", shown_text(page, ".cm-archived-list-places"))
    assert page.evaluate("document.querySelector('.cm-live').textContent") == "4 plans shown, May 2031"
    page.get_by_role("button", name="All dates").click()
    assert total(page) == 7


def test_a_drag_over_the_bars_asks_for_a_span(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    bars = page.locator(".cm-archived-bars").bounding_box()
    page.mouse.move(bars["x"] + bars["width"] * 0.1, bars["y"] + 30)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.5, bars["y"] + 30, steps=4)
    page.mouse.up()
    assert page.evaluate(f"[{STATE}.ask.from, {STATE}.ask.to]") == [1, 2]


def test_a_card_has_counts_quotes_source_and_the_file_of_the_rest(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    card = open_card(page, "Zorvel")
    for words in (
        "8 plans", "said in 6 documents", "within about 3 km of this place", "where it lies: invented", "Quotes: 2 shown, of 8 plans",
        "“A pier is planned.”", "The Zorvel Post, “Pier”, 2031-05-04", "3 reports · 2 origins", "document d1",
        "plans/country=NL/plans.parquet", "place_id zorvel",
    ):  # fmt: skip
        assert words in card, words
    links = page.evaluate("[...document.querySelectorAll('.cm-archived-card a')].map((a) => a.href)")
    assert links == ["https://post.example/1"]
    page.keyboard.press("Escape")
    page.fill(".cm-archived-search", "norshire")
    assert "province level" in open_card(page, "Norshire")
    assert page.evaluate(f"{STATE}.picked.area !== undefined")


def test_a_press_on_the_map_opens_what_lies_there(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    marks_at(page, 9)
    frame_ = page.locator(".cm-map").bounding_box()
    page.mouse.click(frame_["x"] + frame_["width"] / 2, frame_["y"] + frame_["height"] / 2)
    until(page, "document.querySelector('.cm-archived-quotes[data-ready]')")
    assert "Zorvel" in shown_text(page, ".cm-archived-title")
    page.evaluate(f"void ({STATE}.pick(null), {STATE}.single = 9)")
    marks_at(page, 6)
    page.locator(".cm-map").focus()
    page.keyboard.press("Enter")
    until(page, "document.querySelector('.cm-archived-quotes[data-ready]')")
    assert "A hexagon with" in shown_text(page, ".cm-archived-title")
    assert "Brundia" in shown_text(page, ".cm-archived-card")


def test_a_place_is_found_by_its_name_wherever_it_lies(opened: Visit, page_file: Path) -> None:
    page = opened(page_file)
    page.evaluate(f"void {STATE}.map.setView([-30, -100], 6, {{ animate: false }})")
    page.fill(".cm-archived-search", "old quáy")
    until(page, "document.querySelector('.cm-archived-list-found')")
    assert "2 plans" in open_card(page, "Old Quay")


def test_the_page_may_run_its_own_scripts_and_nothing_else(page_file: Path) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_file.read_text(encoding="utf-8"))
    assert policy is not None
    assert policy[1].startswith("default-src &#x27;none&#x27;; script-src &#x27;sha256-")
    assert "unsafe" not in policy[1]
    assert "http" not in policy[1]


# what must never happen --------------------------------------------------------------------------------------------------


def test_texts_that_try_to_run_stand_as_texts(opened: Visit, tmp_path: Path) -> None:
    some = [text for text in payloads()[::97] if RUN in text or "pwn" in text][:30]
    hostile = [*some, "</script><img src=x onerror=window.pwned=1>", "\u202e\0 {{ 1 }}"]
    places = frame(*(place(f"p{i}{text}", text, Point(i % 50, i % 40), country=text[:3], authority=text) for i, text in enumerate(hostile)))
    counts = pd.DataFrame([count(row.place_id, "2031-05", 1, planned=1) for row in places.itertuples()])
    fields = ("summary", "quote", "publisher", "title", "published", "url", "doc_id")
    quotes = pd.DataFrame([said(row.place_id, **dict.fromkeys(fields, row.place)) for row in places.itertuples()])
    words = dict(zip(("title", "as_of", "plans_file", "counts_file", "nowhere"), hostile, strict=False))
    about = ArchiveAbout(documents=1, aside=0, plans=1, unplaced=0, **words)
    page = opened(draw_archive(places, counts, quotes, about=about).save_offline(tmp_path / "hostile.html"))
    for i in range(len(hostile)):
        page.evaluate(f"void {STATE}.pick({{ place: {i} }}, {{ by: 'map' }})")
        until(page, "document.querySelector('.cm-archived-quotes[data-ready]')")
    page.mouse.move(400, 300)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("[...document.querySelectorAll('.cm-archived-card a')].every((a) => /^https?:/.test(a.href))")
    assert [line for line in page.said if "Content Security Policy" not in line] == []


@pytest.mark.trust
def test_a_large_archive_opens_as_one_small_file_with_the_network_off(browser: Any, tmp_path: Path) -> None:
    plans, points = amount(20_000, 1_000_000), amount(1_500, 56_000)
    gazetteer = Gazetteer()
    places = make_places(gazetteer, points, amount(20, 4_000))
    counts = make_counts(places, plans, 60)
    quotes = make_quotes(places, counts, amount(1, 3))
    about = ArchiveAbout(documents=2 * plans, aside=0, plans=plans, unplaced=0)
    begin = time.process_time()
    m = draw_archive(places, counts, quotes, about=about, gazetteer=gazetteer)
    file = m.save_offline(tmp_path / "archive.html")
    drawing, size = time.process_time() - begin, file.stat().st_size
    assert size < 10_000_000
    page, said_, busy = _opened_offline(browser, file)
    seconds = page.evaluate("window.__ready") / 1000
    frames = _longest_frame(page)
    assert page.evaluate(f"{STATE}.sums.total") == plans
    assert said_ == []
    note(
        "archive map", plans=plans, places=len(places), place_months=len(counts), quotes_shown=m.shown, quotes_offered=m.quotes,
        megabytes=round(size / 1e6, 2), drawn_cpu_s=round(drawing, 1), opens_s=round(seconds, 2), opens_cpu_s=round(busy, 2),
        longest_frame_ms=round(frames),
    )  # fmt: skip
    assert busy < 3


def _opened_offline(browser: Any, file: Path) -> tuple[Any, list[str], float]:
    """Open a file with the network off and wait until it is drawn; return it, what it said or asked for, and its thread's seconds."""
    context = browser.new_context(viewport={"width": 1366, "height": 800})
    context.set_offline(True)
    page, heard = context.new_page(), []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url) if request.url != file.as_uri() else None)
    page.add_init_script(
        "(() => { const look = () => requestAnimationFrame(() => (document.querySelector('.cm-archived-ready') ? "
        "requestAnimationFrame(() => { window.__ready = performance.now(); }) : look())); look(); })()"
    )
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.goto(file.as_uri())
    until(page, "window.__ready", seconds=30)
    busy = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    return page, heard, float(busy["TaskDuration"])


def _longest_frame(page: Any) -> float:
    """Drag and zoom the map; return the longest time between two frames, in milliseconds."""
    page.evaluate(
        "void (() => { let last = performance.now(); window.__frames = []; const step = (now) => { window.__frames.push(now - last); "
        "last = now; requestAnimationFrame(step); }; requestAnimationFrame(step); })()"
    )
    for turn in range(4):
        page.mouse.move(500, 300)
        page.mouse.down()
        for i in range(8):
            page.mouse.move(500 - 25 * i, 300 + 6 * i)
        page.mouse.up()
        page.wait_for_timeout(60)
        page.mouse.wheel(0, -300 if turn < 3 else 600)
        page.wait_for_timeout(300)
    return float(page.evaluate("Math.max(...window.__frames)"))
