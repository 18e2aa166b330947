"""The saved page in Firefox, where one is installed: what another engine could do differently."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sources import Reading
from tests.browser import until
from tests.firefox import Firefox, Page

SEEN = "[...document.querySelectorAll('.cm-group .cm-badge')].filter((n) => n.offsetWidth && getComputedStyle(n).visibility !== 'hidden')"


@pytest.fixture()
def page(firefox: Firefox, page_file: Path) -> Iterator[Page]:
    page = firefox.open(page_file)
    until(page, f"document.querySelector('.cm-ready') && {SEEN}.length")
    yield page
    page.close()


def test_firefox_opens_the_page_without_a_network_a_request_or_a_word_on_the_console(page: Page) -> None:
    for key in ("sources", "unmapped", "method", "plans"):
        page.click(f".cm-tabs button[id$=tab-{key}]")
    page.wait_for_timeout(200)
    assert page.evaluate("navigator.onLine") is False
    assert (page.said, [address for address in page.asked if not address.startswith("file:")]) == ([], [])


def test_firefox_draws_the_marks_with_their_numbers(page: Page, reading: Reading) -> None:
    numbers = page.evaluate(f"{SEEN}.map((n) => n.textContent)")
    assert sorted(numbers, key=int) == [str(plan.number) for plan in reading.plans if plan.places]
    shapes = page.evaluate("[...document.querySelectorAll('path.cm-shape')].map((n) => n.getBBox().width * n.getBBox().height)")
    assert len(shapes) > 4 and min(shapes) > 20


def test_firefox_opens_the_note_of_a_number_that_is_pressed_and_shuts_it_by_escape(page: Page, reading: Reading) -> None:
    page.click(".cm-group .cm-badge[data-plan=one-1]")
    until(page, "document.querySelector('.cm-pop')")
    (plan,) = [plan for plan in reading.plans if plan.id == "one-1"]
    assert plan.quotes[0].exact in page.evaluate("document.querySelector('.cm-pop').textContent")
    page.evaluate("document.querySelector('.cm-pop').focus()")
    page.press("\ue00c")
    until(page, "!document.querySelector('.cm-pop')")


def test_firefox_filters_by_the_legend(page: Page) -> None:
    before = page.evaluate(f"{SEEN}.length")
    page.click(".cm-key[data-status=planned]")
    until(page, f"{SEEN}.length < {before}")
    assert page.evaluate(f"{SEEN}.filter((n) => n.classList.contains('cm-s-planned')).length") == 0
    page.click(".cm-key[data-status=planned]")
    until(page, f"{SEEN}.length === {before}")


def test_firefox_restores_from_the_address_what_was_asked_and_which_plan_is_selected(firefox: Firefox, page_file: Path) -> None:
    page = firefox.open(page_file, query="#plan=1&status=-agreed&view=24.1,123.4,6")
    until(page, "document.querySelector('.cm-card.cm-on')")
    assert page.evaluate("document.querySelector('.cm-key[data-status=agreed]').getAttribute('aria-pressed')") == "false"
    assert page.evaluate("document.querySelector('.cm-card.cm-on .cm-badge').textContent") == "1"
    assert page.evaluate("[map_1.getCenter().lat, map_1.getCenter().lng, map_1.getZoom()].map((n) => Math.round(n * 10) / 10)") == [
        24.1,
        123.4,
        6,
    ]
    assert page.said == []
    page.close()
