"""Find: a search in any script, filters that count, and an address that can be sent; by keyboard, by touch, and with bad addresses."""

from __future__ import annotations

import pytest

ASKED = "() => document.querySelector('.cm-filtered') && !document.querySelector('.cm-filtered').hidden"
NUMBERS = "() => [...document.querySelectorAll('.cm-card:not([hidden]) .cm-card-head > .cm-badge')].map((n) => n.textContent)"
NAMED = """() => [...document.querySelectorAll('.cm-overlay .cm-badge')]
  .filter((n) => n.getBoundingClientRect().width && getComputedStyle(n).visibility !== 'hidden').map((n) => n.textContent)"""


def test_a_search_for_a_name_in_another_script_leaves_the_plans_of_that_place_and_says_which_name(page_file, visit):
    page = visit(page_file)
    page.fill(".cm-query", "南西諸島")
    page.wait_for_function(ASKED)
    assert (page.evaluate(NUMBERS), page.evaluate(NAMED), page.inner_text(".cm-filtered > span"), page.inner_text(".cm-by-name")) == (
        ["1"],
        ["1"],
        "1 of 9 plans",
        "Also named 南西諸島",
    )


def test_words_looked_for_are_marked_as_the_article_writes_them_and_the_text_stays_whole(page_file, visit):
    page = visit(page_file)
    before = page.inner_text(".cm-card >> nth=0")
    page.fill(".cm-query", "NANSEI depot")
    page.wait_for_function(ASKED)
    marked = page.eval_on_selector_all(".cm-card:not([hidden]) mark", "(all) => [...new Set(all.map((n) => n.textContent))].sort()")
    page.fill(".cm-query", "")
    page.wait_for_function("() => document.querySelector('.cm-filtered').hidden")
    assert (marked, page.inner_text(".cm-card >> nth=0"), page.query_selector_all("mark")) == (["Nansei", "depot"], before, [])


def test_markup_in_a_search_is_looked_for_as_text(page_file, visit):
    page = visit(page_file)
    page.fill(".cm-query", "<img src=x onerror=alert(1)>")
    page.wait_for_function(ASKED)
    assert (page.inner_text(".cm-filtered > span"), page.query_selector_all(".cm-find img"), page.said) == (
        "No plan has all of this",
        [],
        [],
    )


def test_all_of_find_is_done_with_the_keyboard_alone(page_file, visit):
    page = visit(page_file)
    page.focus(".cm-tabs [aria-selected=true]")
    page.keyboard.press("Tab")
    page.keyboard.type("philippines")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    label = page.evaluate("document.activeElement.labels[0].textContent")
    counts = page.evaluate("[...document.activeElement.options].map((o) => o.textContent)")
    page.keyboard.press("ArrowDown")
    page.wait_for_function(ASKED)
    chosen = page.evaluate("document.activeElement.value")
    page.keyboard.press("Escape")
    folded = page.evaluate("[document.activeElement.className.includes('cm-filter'), document.querySelector('.cm-facets').hidden]")
    while page.evaluate("!document.activeElement.classList.contains('cm-reset')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    after = page.evaluate("[document.activeElement.value, document.querySelector('.cm-filtered').hidden]")
    assert (label, counts[0], bool(chosen), folded, after, len(page.evaluate(NUMBERS))) == (
        "Source",
        "any",
        True,
        [True, True],
        ["", True],
        9,
    )


def test_an_option_says_how_many_plans_it_would_leave(page_file, visit):
    page = visit(page_file)
    page.click(".cm-filter")
    for option in page.query_selector_all(".cm-facets option:not([value=''])"):
        value = option.get_attribute("value")
        select = option.evaluate_handle("(o) => o.parentNode").as_element()
        select.select_option(value)
        said = option.inner_text()
        assert said.endswith(f"({len(page.evaluate(NUMBERS))})"), said
        select.select_option("")


def test_on_a_phone_find_and_table_are_done_by_touch(page_file, visit):
    page = visit(page_file, width=390, height=844, has_touch=True)
    page.tap(".cm-puller")
    page.tap(".cm-query")
    page.keyboard.type("kadena")
    page.wait_for_function(ASKED)
    page.tap(".cm-tabs button[id$=tab-table]")
    rows = page.eval_on_selector_all(".cm-row-of:not([hidden])", "(all) => all.length")
    page.tap(".cm-row-of:not([hidden]) .cm-badge")
    page.wait_for_selector(".cm-pop-note")
    down = page.evaluate("!document.querySelector('.cm-pane').classList.contains('cm-up')")
    page.tap(".leaflet-popup-close-button")
    page.tap(".cm-puller")
    page.tap(".cm-reset")
    assert (rows, down, page.evaluate("document.querySelector('.cm-filtered').hidden")) == (1, True, True)


def test_a_view_that_was_sent_opens_as_it_was(page_file, visit):
    first = visit(page_file)
    first.click(".cm-key[data-status=denied]")
    first.fill(".cm-query", "philippines")
    first.wait_for_function("() => /q=philippines/.test(location.hash)")
    first.click(".cm-tabs button[id$=tab-table]")
    first.focus(".cm-row-of:not([hidden])")
    first.click(".leaflet-control button >> nth=0")
    first.wait_for_function("() => /view=/.test(location.hash) && /plan=/.test(location.hash)")
    address = first.evaluate("location.hash")
    state = """() => [document.querySelector('.cm-query').value,
      document.querySelector('.cm-key[data-status=denied]').ariaPressed,
      document.querySelector('.cm-tabs [aria-selected=true]').id.replace(/.*-/, ''),
      document.querySelector('.cm-row-of[aria-current] td').textContent,
      document.querySelector('.cm-filtered > span').textContent]"""
    second = visit(page_file, query=address)
    assert (second.evaluate(state), second.evaluate("location.hash"), second.said) == (first.evaluate(state), address, [])


@pytest.mark.parametrize(
    "address",
    ["#plan=99&status=-x&actor=nobody&tab=nowhere&view=999,1,1", "#%E0%A4%A&&=&q", "#__proto__=1&constructor=2&tab=constructor&source=0"],
)
def test_an_address_that_is_broken_changes_nothing(page_file, visit, address):
    page = visit(page_file, query=address)
    tab = page.get_attribute(".cm-tabs [aria-selected=true]", "id")
    assert (len(page.evaluate(NUMBERS)), tab[-5:], page.evaluate("document.querySelector('.cm-filtered').hidden"), page.said) == (
        9,
        "plans",
        True,
        [],
    )


def test_a_new_address_in_the_bar_is_followed_and_going_back_takes_it_away(page_file, visit):
    page = visit(page_file)
    page.evaluate("location.hash = '#plan=1&q=depots'")
    page.wait_for_function(ASKED)
    there = (page.evaluate(NUMBERS), page.evaluate("document.querySelector('.cm-card.cm-on .cm-badge').textContent"))
    page.go_back()
    page.wait_for_function("() => document.querySelector('.cm-filtered').hidden")
    assert (there, len(page.evaluate(NUMBERS))) == ((["1"], "1"), 9)


def test_in_a_sandboxed_frame_without_an_address_the_page_finds_as_well(page_file, browser, tmp_path):
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<!doctype html><title>outer</title><iframe sandbox='allow-scripts' width='1200' height='700'></iframe>", encoding="utf-8"
    )
    context = browser.new_context(viewport={"width": 1366, "height": 800}, offline=True)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(outer.as_uri())
    page.evaluate("(html) => { document.querySelector('iframe').srcdoc = html; }", page_file.read_text(encoding="utf-8"))
    frame = page.frame_locator("iframe")
    frame.locator(".cm-query").fill("kadena")
    frame.locator(".cm-filtered:visible").wait_for()
    page.wait_for_timeout(400)
    counted = frame.locator(".cm-filtered > span").inner_text()
    context.close()
    assert (counted, said) == ("1 of 9 plans", [])
