"""The articles beside the map: their quotes with the numbers of the notes, each a press from its mark and back; places only mentioned."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import folium
import pytest

from geo import Mention, Toponym
from layers import SourcePane, draw_map
from layers._marks import make_marks
from layers._mentioned import MOST_SHAPE, mentioned_payload
from layers._messages import load_messages
from layers._passages import Passages, may_reprint
from layers._place_names import PlaceNames
from sources import Quote, Reading, read_text
from tests.browser import until
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import at, make_reading
from tests.layers.test_page import OVERLAP

Visit = Callable[..., Any]
SEEN = """(node) => {
  const box = node.getBoundingClientRect(), pane = document.querySelector('.cm-panels').getBoundingClientRect();
  return box.height > 0 && box.bottom > pane.top && box.top < pane.bottom;
}"""


def _passages(text: str, *exact: str, whole: bool = False) -> tuple[Passages, list[Quote], str]:
    """Passages of one article for quotes of these words."""
    article = read_text(text)
    quotes = [
        Quote(article_id=article.id, exact=words, start=(at := article.text.index(words)), end=at + len(words), paragraph=1)
        for words in exact
    ]
    return Passages({article.id: article}, quotes, frozenset([article.id]) if whole else frozenset()), quotes, article.id


def _cut(passages: Passages, quote: Quote) -> str:
    """The words that a browser, which counts in UTF-16, would show for a quote."""
    number, start, end = passages.place(quote)
    return passages.of(quote.article_id)[number]["text"].encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


# passages --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, True])
def test_a_browser_finds_each_quote_beside_letters_that_take_two_units(whole: bool) -> None:
    text = "🚢🚢 The port 𠮷田 will be dug. 𐐷 It will be 🏗 built soon.\n\nA 🛩 base would follow."
    passages, quotes, _ = _passages(text, "The port 𠮷田 will be dug.", "be 🏗 built soon", "base would", whole=whole)
    assert [_cut(passages, quote) for quote in quotes] == [quote.exact for quote in quotes]


def test_quotes_that_overlap_share_one_passage() -> None:
    passages, quotes, key = _passages("It will be built soon. Nobody knows where.", "It will be built", "be built soon.", "will")
    assert len(passages.of(key)) == 1 and [_cut(passages, quote) for quote in quotes] == [quote.exact for quote in quotes]


def test_a_quote_over_a_paragraph_break_says_where_the_next_paragraph_begins() -> None:
    passages, quotes, key = _passages("🚢 One port will be dug\n\nand another follows. Then none.", "dug\n\nand another")
    (passage,) = passages.of(key)
    ((offset, number),) = passage["breaks"]
    assert number == 2 and passage["text"].encode("utf-16-le")[2 * offset :].decode("utf-16-le").startswith("and another")
    assert _cut(passages, quotes[0]) == quotes[0].exact


@pytest.mark.parametrize("licence", ["CC BY-ND 4.0", "CC BY-NC-SA 4.0", "", "unknown", "all rights reserved", "not CC BY"])
def test_no_licence_that_withholds_a_right_lets_a_whole_text_be_reprinted(licence: str) -> None:
    assert not may_reprint(licence)


@pytest.mark.parametrize("licence", ["CC BY 4.0", "cc-by-sa 3.0", "Public domain", "CC0 1.0", "Open Government Licence v3.0"])
def test_a_free_licence_lets_a_whole_text_be_reprinted(licence: str) -> None:
    assert may_reprint(licence)


# the pane --------------------------------------------------------------------------------------------------------------------


def test_each_quote_stands_in_its_article_and_ends_with_the_numbers_of_its_plans(page_file: Path, visit: Visit, reading: Reading) -> None:
    page = visit(page_file)
    assert page.locator(".cm-source").count() == 0
    page.click("[id$=tab-sources]")
    for plan in reading.plans:
        said = page.locator(f".cm-said[data-plan={plan.id}]").all_text_contents()
        assert re.sub(r"\s+", "", "".join(said)) == re.sub(r"\s+", "", "".join(dict.fromkeys(quote.exact for quote in plan.quotes)))
        cited = page.locator(f".cm-cite[data-plan={plan.id}]")
        assert set(cited.all_text_contents()) == {str(plan.number)} and plan.summary in cited.first.get_attribute("aria-label")
    assert page.locator(".cm-passage .cm-para").all_text_contents()[:4] == ["2", "3", "4", "5"]


def test_words_that_two_plans_quote_are_cut_so_that_each_piece_belongs_to_all_its_plans(page_file: Path, visit: Visit) -> None:
    page = visit(page_file)
    pieces = page.evaluate("""() => citemap.cutText(10, [
      { start: 1, end: 6, plan: { number: 2 } }, { start: 4, end: 8, plan: { number: 1 } }, { start: 4, end: 6, plan: { number: 3 } },
    ], [5]).map((piece) => [piece.start, piece.end, piece.spans.map((s) => s.plan.number), piece.ends.map((s) => s.plan.number)])""")
    assert pieces == [
        [0, 1, [], []], [1, 4, [2], []], [4, 5, [2, 1, 3], []], [5, 6, [2, 1, 3], [2, 3]], [6, 8, [1], [1]], [8, 10, [], []],
    ]  # fmt: skip


def test_by_keyboard_alone_a_card_leads_to_its_quote_and_the_quote_to_the_map(page_file: Path, visit: Visit) -> None:
    page = visit(page_file, reduced_motion="reduce")
    page.focus(".cm-card:nth-child(7) .cm-quote button")
    page.keyboard.press("Enter")
    until(page, "document.activeElement.classList.contains('cm-cite')")
    assert page.evaluate("[document.activeElement.dataset.plan, document.activeElement.textContent]") == ["one-6", "7"]
    assert page.locator(".cm-said.cm-on").first.evaluate(SEEN) and page.get_attribute("[id$=tab-sources]", "aria-selected") == "true"
    before = page.evaluate("map_1.getZoom()")
    page.keyboard.press("Enter")
    until(page, f"map_1.getZoom() !== {before}")
    lit = set(page.eval_on_selector_all(".cm-overlay .cm-badge.cm-on", "(nodes) => nodes.map((n) => n.dataset.plan)"))
    assert lit == {"one-6"} and page.get_attribute("[id$=tab-sources]", "aria-selected") == "true"


def test_by_touch_a_highlighted_phrase_gives_way_to_its_mark(page_file: Path, visit: Visit) -> None:
    page = visit(page_file, width=390, height=844, has_touch=True, is_mobile=True, reduced_motion="reduce")
    page.tap("[id$=tab-sources]")
    phrase = page.locator(".cm-said[data-plan=one-6]").first
    phrase.scroll_into_view_if_needed()
    phrase.tap()
    page.wait_for_selector(".cm-pop")
    assert page.inner_text(".cm-pop h3") == "A unit in Kagoshima Prefecture" and page.locator(".cm-pane.cm-up").count() == 0


def test_a_mark_lights_its_quotes_and_scrolls_to_them_and_stays_selected_in_another_tab(page_file: Path, visit: Visit) -> None:
    page = visit(page_file, reduced_motion="reduce", height=520)
    page.click("[id$=tab-sources]")
    page.evaluate("document.querySelector('.cm-group .cm-badge[data-plan=two-1]').click()")
    until(page, "document.querySelector('.cm-said.cm-on')")
    lit = page.locator(".cm-said.cm-on")
    assert {node.get_attribute("data-plan") for node in lit.all()} == {"two-1"} and lit.first.evaluate(SEEN)
    page.click("[id$=tab-plans]")
    assert "Wider joint training" in page.inner_text(".cm-card.cm-on") and page.locator(".cm-card.cm-on").evaluate(SEEN)


def test_a_whole_text_stands_in_its_paragraphs_where_the_licence_allows_it_and_else_it_is_said(
    reading: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    one, two = reading.articles
    free = replace(two, citation=replace(two.citation, licence="CC BY 4.0"))
    page = visit(draw_map(replace(reading, articles=(one, free)), gazetteer, full_text=True).save_offline(tmp_path / "map.html"))
    page.click("[id$=tab-sources]")
    held, whole = page.locator(".cm-source").all()
    assert "no licence is stated" in held.inner_text() and "officials say." not in held.locator(".cm-passages").inner_text()
    assert whole.locator(".cm-para").all_text_contents() == ["1", "2", "3"]
    rows = whole.locator(".cm-passage p").evaluate_all("(rows) => rows.map((row) => row.innerText.replace(/\\s*\\d+\\s*$/, ''))")
    assert rows == two.text.split("\n\n")


# places only mentioned -------------------------------------------------------------------------------------------------------


def _mentioning(*names: tuple[str, str]) -> Reading:
    """The reading, in whose first article these words also name these places."""
    reading, place = make_reading(), FakeGazetteer().place
    text = reading.articles[0].text
    found = tuple(
        Toponym(
            mention=Mention(start=(at := text.index(word)), end=at + len(word), text=word, name=word, kind="literal", kind_reason=""),
            place=place(key), score=0.9, reason="", where_prec=1,
        )
        for word, key in names
    )  # fmt: skip
    return replace(reading, toponyms={"one": found, "two": ()})


def test_a_place_that_is_only_mentioned_is_an_outline_unless_it_is_a_point(gazetteer: FakeGazetteer) -> None:
    reading = _mentioning(("Tokyo", "p:tokyo"), ("Two governments", "c:CN"), ("Philippines", "c:PH"))
    marks, _ = make_marks(reading, gazetteer)
    found = mentioned_payload(reading, marks, gazetteer, PlaceNames(gazetteer, load_messages()), (120.0, 5.0, 132.0, 34.0))
    assert [(row["name"], "point" in row, "shape" in row, row["in"]) for row in found["places"]] == [
        ("China", False, True, [[0, [1], 1]]),
        ("Tokyo", True, False, [[0, [5], 1]]),
    ]
    assert sum(len(ring) for rings in found["places"][0]["shape"] for ring in rings) <= MOST_SHAPE


def test_places_only_mentioned_are_off_until_asked_for_and_say_that_no_plan_is_reported(
    gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    reading = _mentioning(("Tokyo", "p:tokyo"), ("Two governments", "c:CN"))
    page = visit(draw_map(reading, gazetteer).save_offline(tmp_path / "map.html"), reduced_motion="reduce")
    switch = page.locator(".cm-key-mentioned")
    assert switch.get_attribute("aria-pressed") == "false" and page.locator(".cm-mentioned-dot, path.cm-mentioned-hit").count() == 0
    switch.focus()
    page.keyboard.press("Enter")
    assert page.locator(".cm-mentioned-dot").count() == 1 and page.locator("path.cm-mentioned-hit").count() == 1
    assert page.locator("path.cm-mentioned").evaluate("(path) => getComputedStyle(path).fill") == "none"
    page.focus("path.cm-mentioned-hit")
    page.keyboard.press("Enter")
    told = page.inner_text(".cm-pop")
    assert "China" in told and "no plan is reported for it. Mentioned once." in told and "paragraph\xa01" in told
    switch.click()
    assert page.locator(".cm-mentioned-dot").count() == 0 and page.said == []


# many plans at one place, other people's maps --------------------------------------------------------------------------------


def test_twelve_plans_of_one_country_stand_together_and_none_on_another(
    reading: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    one, place = reading.plans[1], at(gazetteer.place("c:PH"), "the Philippines")
    more = tuple(replace(one, id=f"more-{n}", number=n, places=(place,)) for n in range(20, 29))
    file = draw_map(replace(reading, plans=(*reading.plans, *more)), gazetteer).save_offline(tmp_path / "map.html")
    for width, height in ((1366, 800), (390, 844)):
        page = visit(file, width=width, height=height)
        assert page.evaluate(OVERLAP) == []
        boxes = page.eval_on_selector_all(
            ".cm-group:has([data-plan=more-20]) .cm-badge", "(n) => n.map((b) => b.getBoundingClientRect()).map((r) => [r.x, r.y, r.width])"
        )
        assert len(boxes) == 12 and all(width > 0 for *_, width in boxes) and len({(x, y) for x, y, _ in boxes}) == 12


def test_the_sources_alone_work_on_a_plain_map_of_folium_and_can_be_folded(
    reading: Reading, gazetteer: FakeGazetteer, visit_plain: Any
) -> None:
    m = folium.Map([26, 126], zoom_start=6, tiles=None)
    SourcePane(reading, gazetteer).add_to(m)
    page = visit_plain(m)
    page.wait_for_selector(".cm-card")
    page.click("[id$=tab-sources]")
    page.click(".cm-cite >> nth=0")
    assert page.locator(".cm-said.cm-on").count() > 0
    pane, zoom = page.locator(".cm-pane").bounding_box(), page.locator(".leaflet-control-zoom").bounding_box()
    assert pane["x"] + pane["width"] == 1200 and pane["width"] <= 400 < pane["x"] and zoom["x"] + zoom["width"] < pane["x"]
    page.click(".cm-puller")
    assert page.locator(".cm-pane").bounding_box()["height"] < 60 and page.get_attribute(".cm-puller", "aria-expanded") == "false"


def test_a_printed_page_has_map_notes_and_sources(page_file: Path, visit: Visit) -> None:
    page = visit(page_file, width=690, height=980)
    page.emulate_media(media="print")
    until(page, "document.querySelector('.cm-source')")
    tops = [page.locator(one).first.bounding_box()["y"] for one in (".cm-map", ".cm-card", ".cm-source", ".cm-method")]
    assert tops == sorted(tops) and not page.locator(".cm-tabs").is_visible()
