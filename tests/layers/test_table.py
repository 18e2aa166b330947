"""The table twin: a row for each mark and each plan without one, in step with the map, by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers import OfflineMap, PlanLayer, PlanTable, SourcePane

ROW = """() => { const row = document.activeElement.closest('tr');
  return row && [row.querySelector('.cm-badge').firstChild.textContent, row.querySelector('.cm-col-where').textContent]; }"""
COLUMN = "(column) => [...document.querySelectorAll(`.cm-row-of:not([hidden]) .cm-col-${column}`)].map((n) => n.textContent)"
LIT = "[...new Set([...document.querySelectorAll('.cm-group .cm-badge.cm-on')].map((n) => n.firstChild.textContent))].join()"


@pytest.fixture()
def table(page_file, visit):
    page = visit(page_file)
    page.click(".cm-tabs button[id$=tab-table]")
    return page


def test_every_mark_of_every_plan_has_a_row_and_a_plan_without_a_mark_says_so(table, reading):
    where = table.evaluate(COLUMN, "where")
    places = sum(max(1, len(plan.places)) for plan in reading.plans)
    assert (len(where), sum("not on the map" in words for words in where)) == (places, sum(not plan.places for plan in reading.plans))


def test_the_tabs_stand_in_their_order_and_the_table_is_made_when_it_is_first_shown(page_file, visit):
    page = visit(page_file)
    tabs = page.eval_on_selector_all(".cm-tabs [role=tab]", "(all) => all.map((n) => n.id.replace(/.*-/, ''))")
    before = page.query_selector_all("table")
    page.click(".cm-tabs button[id$=tab-table]")
    assert (tabs, before, len(page.query_selector_all("table"))) == (["plans", "sources", "table", "unmapped", "method"], [], 1)


def test_a_head_sorts_its_column_and_says_which_way(table):
    table.click(".cm-sort >> text=Plan")
    up = (table.evaluate(COLUMN, "plan"), table.get_attribute("thead .cm-col-plan", "aria-sort"))
    table.click(".cm-sort >> text=Plan")
    down = (table.evaluate(COLUMN, "plan"), table.get_attribute("thead .cm-col-plan", "aria-sort"))
    table.click(".cm-sort >> text=When")
    dates = table.evaluate(COLUMN, "when")
    assert (up[1], down[1], down[0], dates[-1]) == ("ascending", "descending", up[0][::-1], "date not stated")
    assert up[0] == sorted(up[0], key=str.casefold)


def test_rows_follow_the_filters(table):
    table.click(".cm-key[data-status=planned]")
    assert "planned" not in table.evaluate(COLUMN, "status")


def test_the_table_is_walked_read_and_left_by_keyboard_alone(table):
    table.focus(".cm-sort >> nth=-1")
    table.keyboard.press("Tab")
    first = table.evaluate(ROW)
    lit = table.evaluate(LIT)
    table.keyboard.press("End")
    last = table.evaluate(ROW)
    table.keyboard.press("Home")
    table.keyboard.press("ArrowUp")
    top = table.evaluate(ROW)
    table.keyboard.press("ArrowDown")
    second = table.evaluate(ROW)
    one_stop = len(table.query_selector_all(".cm-row-of[tabindex='0']"))
    table.keyboard.press("Enter")
    table.wait_for_selector(".cm-pop-note")
    table.wait_for_function("() => document.activeElement.classList.contains('cm-pop')")
    table.keyboard.press("Escape")
    table.wait_for_function("() => !document.querySelector('.cm-pop-note')")
    back = table.evaluate(ROW)
    assert (first[0], lit, last[0], top, second[0], one_stop, back) == ("1", "1", "9", first, "2", 1, second)


def test_a_row_out_of_view_is_brought_into_it_without_coming_nearer(table):
    table.evaluate("() => { window[document.querySelector('.folium-map').id].setView([0, 60], 6, {animate: false}); }")
    table.focus(".cm-row-of >> nth=0")
    seen = "getComputedStyle(document.querySelector('.cm-overlay .cm-badge.cm-on')).visibility === 'visible'"
    table.wait_for_function(f"() => {LIT} === '1' && {seen}")
    assert table.evaluate("() => window[document.querySelector('.folium-map').id].getZoom()") == 6


def test_what_is_selected_on_the_map_is_the_row_that_the_table_shows(table):
    table.click(".cm-overlay .cm-badge >> text='4'")
    table.wait_for_selector(".cm-row-of[aria-current]")
    current = table.eval_on_selector_all(".cm-row-of[aria-current]", "(all) => all.map((n) => n.querySelector('.cm-badge').textContent)")
    assert (current, table.get_attribute(".cm-row-of[aria-current]", "tabindex")) == (["4"], "0")


def test_the_table_is_printed_only_when_its_tab_is_open(table):
    table.emulate_media(media="print")
    there = table.is_visible("table")
    table.emulate_media(media="screen")
    table.click(".cm-tabs button[id$=tab-plans]")
    table.emulate_media(media="print")
    assert (there, table.is_visible("table"), table.is_visible(".cm-card")) == (True, False, True)


def test_at_320_pixels_rows_are_blocks_that_need_no_scrolling_sideways(page_file, visit):
    page = visit(page_file, width=320, height=700)
    page.click(".cm-tabs button[id$=tab-table]")
    wide = page.eval_on_selector(".cm-panel-table", "(n) => [n.scrollWidth <= n.clientWidth, n.clientWidth]")
    assert (wide, page.evaluate("document.documentElement.scrollWidth")) == ([True, 320], 320)


def test_on_a_map_without_a_pane_the_table_opens_over_the_foot_and_with_one_it_is_a_tab(tmp_path, reading, gazetteer, visit):
    guest = OfflineMap((118, 10, 132, 34))
    for part in (PlanLayer, PlanTable):
        part(reading, gazetteer).add_to(guest)
    page = visit(guest.save_offline(tmp_path / "guest.html"))
    page.click("[data-slot=table] .cm-fold")
    page.focus(".cm-row-of >> nth=0")
    alone = (page.evaluate(ROW)[0], page.evaluate(LIT), page.said)
    SourcePane(reading, gazetteer).add_to(guest)
    page = visit(guest.save_offline(tmp_path / "with.html"))
    tabs = page.eval_on_selector_all(".cm-tabs [role=tab]", "(all) => all.map((n) => n.id.replace(/.*-/, ''))")
    assert (alone, tabs[2], page.query_selector_all("[data-slot=table]")) == (("1", "1", []), "table", [])


def test_of_very_many_notes_those_far_away_are_written_when_they_are_reached(tmp_path, reading, gazetteer, visit):
    more = tuple(replace(reading.plans[i % len(reading.plans)], id=f"p{i}", number=i + 1) for i in range(400))
    guest = OfflineMap((118, 10, 132, 34))
    for part in (SourcePane, PlanTable):
        part(replace(reading, plans=more), gazetteer).add_to(guest)
    page = visit(guest.save_offline(tmp_path / "many.html"))
    page.evaluate("() => document.querySelector('.cm-puller').click()")
    written = "document.querySelectorAll('.cm-card h3').length"
    before = page.evaluate(written)
    page.evaluate("() => document.querySelector('.cm-card:last-child').scrollIntoView()")
    page.wait_for_function("() => document.querySelector('.cm-card:last-child h3')")
    assert 100 < before <= page.evaluate(written) < 400
