"""The timeline: dates as wide as they are stated, a span chosen by key and by finger, what was known by a day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layers import OfflineMap, PlanLayer, Timeline, draw_map
from sources import Reading
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import make_reading

WHEN = {1: "2024-12", 2: "203X", 3: "2023/..", 4: "2024-07-05", 5: "XXXX-12", 9: "2030"}
SHOWN = "[...document.querySelectorAll('.cm-card:not([hidden])')].map((card) => +card.querySelector('.cm-badge').textContent)"


def dated_reading() -> Reading:
    """Two dated reports; dates of a month, a decade, a day, a year, one that is open and one without a year."""
    made = make_reading()
    days = {"one": "2024-07-11", "two": "2024-11-24"}
    return replace(
        made,
        articles=tuple(replace(article, citation=replace(article.citation, date=days[article.id])) for article in made.articles),
        plans=tuple(replace(plan, when=WHEN.get(plan.number), when_said="") for plan in made.plans),
    )


@pytest.fixture(scope="module")
def time_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_map(dated_reading(), FakeGazetteer()).save_offline(tmp_path_factory.mktemp("time") / "map.html")


@pytest.fixture()
def page(visit: Callable[..., Any], time_file: Path) -> Any:
    return visit(time_file)


def bar(page: Any, number: int) -> Any:
    return page.locator(f".cm-time-bar[aria-label^='Plan {number},']")


def until(page: Any, question: str, answer: Any) -> None:
    """Ask the page until it answers so, two seconds at most."""
    for _ in range(50):
        if (said := page.evaluate(question)) == answer:
            return
        page.wait_for_timeout(40)
    assert said == answer


def until_shown(page: Any, numbers: list[int]) -> None:
    until(page, f"{SHOWN}.sort((a, b) => a - b)", numbers)


def tab_to(page: Any, selector: str) -> None:
    """Press the tabulator until it is there."""
    for _ in range(80):
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the tabulator never came to {selector}")


def test_a_date_is_drawn_as_wide_as_what_it_states(page: Any) -> None:
    month, year, decade = (bar(page, number).bounding_box()["width"] for number in (1, 9, 2))
    assert decade == pytest.approx(10 * year, rel=0.02) and year > month
    assert bar(page, 4).locator("svg.cm-time-glyph").count() == 1
    assert bar(page, 3).locator(".cm-time-arrow-after").count() == 1 and page.locator(".cm-time-arrow").count() == 1
    assert page.said == [] and page.asked[1:] == []


def test_what_has_no_year_stands_among_the_undated_with_its_words(page: Any) -> None:
    names = page.eval_on_selector_all(".cm-time-chip", "(nodes) => nodes.map((node) => node.getAttribute('aria-label'))")
    assert "Plan 5, under way: December, year not stated" in names and "Plan 6, completed: date not stated" in names


def test_a_span_is_chosen_and_cleared_by_keyboard_alone(page: Any) -> None:
    tab_to(page, ".cm-time-toggle")
    page.keyboard.press("Space")
    until_shown(page, [1, 2, 3, 4, 9])
    page.locator("body").click(position={"x": 1, "y": 1})
    tab_to(page, ".cm-time-hand-from")
    page.keyboard.press("End")
    until_shown(page, [2, 3])
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowRight")
    assert page.locator(".cm-time-hand-from").get_attribute("aria-valuetext") == "April 2038"
    page.keyboard.press("Home")
    until_shown(page, [1, 2, 3, 4, 9])
    assert page.locator(".cm-time-hand-from").get_attribute("aria-valuetext") == "no limit"


def test_a_span_is_drawn_with_a_finger_and_a_bar_is_pressed(visit: Callable[..., Any], time_file: Path) -> None:
    page = visit(time_file, width=390, height=844, has_touch=True)
    assert page.locator(".cm-map").bounding_box()["height"] > 0.55 * 844
    page.locator(".cm-time-fold").tap()
    page.locator(".cm-time-toggle").tap()
    box = page.locator(".cm-time-plot").bounding_box()
    y, to = box["y"] + 24, bar(page, 1).bounding_box()
    touch = page.context.new_cdp_session(page)
    for kind, x in (("touchStart", box["x"] + 2), ("touchMove", box["x"] + 30), ("touchMove", to["x"]), ("touchEnd", None)):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if x is None else [{"x": x, "y": y}]})
    until_shown(page, [1, 3, 4])
    bar(page, 4).tap()
    assert "cm-on" in bar(page, 4).get_attribute("class") and "cm-out" in bar(page, 9).get_attribute("class")


def test_the_undated_go_and_come_by_one_button_and_stay_in_their_place(page: Any) -> None:
    toggle = page.locator(".cm-time-toggle")
    toggle.click()
    until_shown(page, [1, 2, 3, 4, 9])
    assert toggle.get_attribute("aria-pressed") == "false" and page.locator(".cm-time-chip.cm-out").count() == 4
    toggle.click()
    until_shown(page, [1, 2, 3, 4, 5, 6, 7, 8, 9])


def test_playing_goes_through_the_days_of_reports_and_stops_at_the_last(page: Any) -> None:
    page.locator("[aria-label='Play through the days of the reports']").click()
    assert page.locator("[aria-label='Pause']").count() == 1
    until_shown(page, [1, 2, 3, 5, 6, 7, 8, 9])
    assert page.locator(".cm-live[role=status]").first.text_content() == "By 11 July 2024: 8 of 9 plans known"
    until_shown(page, [1, 2, 3, 4, 5, 6, 7, 8, 9])
    assert page.locator("[aria-label='Pause']").count() == 0
    assert page.locator(".cm-time-hand-known").get_attribute("aria-valuetext") == "By 24 November 2024: 9 of 9 plans known"


def test_who_wants_no_motion_gets_steps_and_nothing_that_plays(visit: Callable[..., Any], time_file: Path) -> None:
    page = visit(time_file, reduced_motion="reduce")
    assert page.locator("[aria-label='Play through the days of the reports']").is_hidden()
    for _ in range(2):
        page.locator("[aria-label='Earlier report']").click()
    until_shown(page, [1, 2, 3, 5, 6, 7, 8, 9])


def test_a_plan_that_is_selected_elsewhere_is_marked_on_the_axis(page: Any) -> None:
    page.locator(".cm-card .cm-badge").first.click()
    until(page, "document.querySelectorAll('.cm-time-bar.cm-on').length", 1)
    assert bar(page, 1).get_attribute("aria-current") == "true" and page.locator(".cm-time .cm-on").count() == 1


def test_arrows_walk_through_the_bars_by_date_with_one_stop_of_the_tabulator(page: Any) -> None:
    assert page.locator(".cm-time-bars button[tabindex='0']").count() == 1
    tab_to(page, ".cm-time-bar")
    walked = [page.evaluate("document.activeElement.getAttribute('aria-label').split(',')[0]")]
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        walked.append(page.evaluate("document.activeElement.getAttribute('aria-label').split(',')[0]"))
    assert walked == ["Plan 3", "Plan 4", "Plan 1", "Plan 2", "Plan 9"]


def test_where_nothing_is_dated_one_line_says_so_beside_the_plans(visit: Callable[..., Any], tmp_path: Path) -> None:
    made = dated_reading()
    bare = replace(
        made,
        articles=tuple(replace(article, citation=replace(article.citation, date="")) for article in made.articles),
        plans=tuple(replace(plan, when=None) for plan in made.plans),
    )
    page = visit(draw_map(bare, FakeGazetteer()).save_offline(tmp_path / "map.html"))
    assert page.get_by_text("No report and no plan here is dated.").is_visible() and page.locator(".cm-time-chip").count() == 9
    assert page.locator(".cm-time-plot").count() == 0 and page.locator(".cm-time").bounding_box()["height"] < 60


def test_the_timeline_alone_stands_at_the_bottom_of_a_map(visit: Callable[..., Any], tmp_path: Path) -> None:
    m = OfflineMap((118, 5, 132, 34))
    for part in (Timeline, PlanLayer):
        part(dated_reading(), FakeGazetteer()).add_to(m)
    page = visit(m.save_offline(tmp_path / "map.html"))
    time, whole, credit = (page.locator(name).bounding_box() for name in (".cm-time", ".cm-map", ".leaflet-control-attribution"))
    assert time["y"] + time["height"] == pytest.approx(whole["y"] + whole["height"], abs=1)
    assert credit["y"] + credit["height"] <= time["y"] + 1
    page.locator(".cm-time-toggle").click()
    assert page.locator(".cm-time-chip.cm-out").count() == 4 and page.said == []
