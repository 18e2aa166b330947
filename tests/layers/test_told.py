"""How a plan is told, in the page and in the files: reports and origins, versions that differ, distances, what is open, who reviewed it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from layers import UnquotedMarkError, draw_map, plans_to_frame, write_csv, write_geojson
from layers._distances import geodesic, line_bounds
from layers._messages import load_messages
from layers._told import antecedent_words, report_words, review_words
from sources import Antecedent, Conflict, Reading, Report, Review, Side
from tests.browser import until
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_told import make_told_reading
from tests.layers.test_hostile import HOSTILE
from tests.layers.test_page import OVERLAP
from tests.profile import LONG

WORDS = load_messages()
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def told() -> Reading:
    return make_told_reading()


@pytest.fixture(scope="module")
def told_file(tmp_path_factory: pytest.TempPathFactory, told: Reading, gazetteer: FakeGazetteer) -> Path:
    return draw_map(told, gazetteer).save_offline(tmp_path_factory.mktemp("told") / "map.html")


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory, told: Reading, gazetteer: FakeGazetteer) -> dict[str, dict[str, str]]:
    path = write_csv(told, gazetteer, tmp_path_factory.mktemp("csv") / "plans.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["plan_id"]: row for row in csv.DictReader(file)}


def card(page: Any, number: int) -> Any:
    return page.locator(".cm-card").nth(number - 1)


# reports and origins


def test_three_reports_with_one_origin_say_so_with_their_chains(told_file: Path, look_at: Visit) -> None:
    text = card(look_at(told_file), 1).inner_text()
    assert "3 reports, 1 origin: Kyodo" in text and "The Harbour Herald ← Kyodo ← government sources" in text
    assert "publisher not stated (wire.txt) ← Kyodo" in text and "a reprint of “Regiment to use temporary bases in an emergency”" in text


def test_a_chain_is_read_out_as_credit(told_file: Path, look_at: Visit) -> None:
    arrows = card(look_at(told_file), 1).locator(".cm-chains [role=img]")
    assert arrows.count() == 6 and {arrows.nth(i).get_attribute("aria-label") for i in range(6)} == {"credits"}


def test_the_sources_say_which_article_is_a_reprint_of_which(told_file: Path, visit: Visit) -> None:
    page = visit(told_file)
    page.click(".cm-tabs button[id$=tab-sources]")
    assert page.locator(".cm-copy").all_inner_texts() == [
        "A reprint of “Regiment to use temporary bases in an emergency”, The Harbour Herald"
    ]


@pytest.mark.parametrize(
    ("origins", "words"),
    [
        (("Kyodo", "Kyodo", "Kyodo"), "3 reports, 1 origin: Kyodo"),
        (("Kyodo", "", ""), "3 reports, 3 origins: Kyodo; 2 reports that credit no other outlet"),
        (("Kyodo", "Savanna Post"), "2 reports, 2 origins: Kyodo; Savanna Post"),
        (("", ""), "2 reports, 2 origins · no other outlet credited"),
        (("",), "1 report · credits no other outlet"),
    ],
)
def test_the_count_of_origins_is_that_of_the_reports(told: Reading, origins: tuple[str, ...], words: str) -> None:
    reports = tuple(Report(article_id=f"a{i}", origin=origin) for i, origin in enumerate(origins))
    assert report_words(replace(told.plans[0], reports=reports, origins=()), WORDS) == words


# conflicts


def test_a_conflict_shows_both_versions_each_with_its_sentence_and_its_origin(told_file: Path, look_at: Visit) -> None:
    conflict = card(look_at(told_file), 1).locator(".cm-conflict")
    assert conflict.locator("h4").inner_text() == "Sources differ on the place"
    sides = conflict.locator(".cm-side")
    assert sides.count() == 2
    for i, said in enumerate(("along the Nansei chain", "in Kagoshima and Okinawa prefectures")):
        side = sides.nth(i)
        assert side.locator(".cm-side-said").inner_text() == f"“{said}”" and side.locator("strong").inner_text() == said
        assert side.locator("blockquote").count() == 1 and side.inner_text().strip().endswith("origin: Kyodo")
    assert sides.nth(0).locator("a[href^='https://herald.example/bases#']").count() == 1


def test_no_version_of_a_conflict_is_set_before_the_other(told_file: Path, look_at: Visit) -> None:
    looks = look_at(told_file).evaluate("""() => [...document.querySelectorAll('.cm-card .cm-side')].slice(0, 2).map((side) => {
      const of = (c) => [c.fontSize, c.fontWeight, c.color, c.backgroundColor, c.borderTopColor].join();
      const look = (n) => of(getComputedStyle(n));
      return [side, ...side.querySelectorAll('p, blockquote, strong, figcaption')].map(look).join('|') + side.getBoundingClientRect().width;
    })""")
    assert looks[0] == looks[1]


def test_versions_stand_side_by_side_and_on_a_phone_one_under_the_other(told_file: Path, visit: Visit) -> None:
    corners = """() => [...document.querySelectorAll('.cm-card .cm-side')].slice(0, 2)
      .map((n) => n.getBoundingClientRect()).map((r) => [r.x, r.y])"""
    wide, phone = (visit(told_file, width=width, height=844).evaluate(corners) for width in (1280, 390))
    assert wide[0][1] == wide[1][1] and wide[0][0] < wide[1][0]
    assert phone[0][0] == phone[1][0] and phone[0][1] < phone[1][1]


def test_a_sentence_of_a_version_is_quoted_once(told_file: Path, look_at: Visit, told: Reading) -> None:
    quotes = card(look_at(told_file), 1).locator("blockquote").all_inner_texts()
    assert len(quotes) == len(told.plans[0].quotes)


def test_a_plan_with_a_conflict_carries_the_sign_on_the_map_and_on_its_card(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file)
    for where in (".cm-overlay .cm-badge[data-plan=p-1]", ".cm-card >> nth=0 >> .cm-card-head .cm-badge"):
        assert page.locator(f"{where} .cm-sign-differ" if ">>" not in where else f"{where} >> .cm-sign-differ").count() == 1
    assert "sources differ on the place" in page.locator(".cm-overlay .cm-badge[data-plan=p-1]").get_attribute("aria-label")
    assert page.locator(".cm-overlay .cm-badge[data-plan=p-3] .cm-sign").count() == 0


def test_a_second_conflict_of_the_same_sentence_leads_to_the_first(
    told: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    plan = told.plans[0]
    first, second = (side.quotes for side in plan.conflicts[0].sides)
    more = Conflict(on="unit", sides=(Side(said="A marine regiment", quotes=first), Side(said="The regiment", quotes=second)))
    page = visit(
        draw_map(replace(told, plans=(replace(plan, conflicts=(*plan.conflicts, more)),)), gazetteer).save_offline(tmp_path / "m.html")
    )
    again = card(page, 1).locator(".cm-conflict").nth(1).locator("[role=button]")
    assert again.all_inner_texts() == ["The Harbour Herald, 25 November 2024", "The Island Post, 26 November 2024"]
    for press in (again.nth(0).click, lambda: again.nth(1).press("Enter")):
        press()
        assert page.evaluate("document.activeElement.className") == "cm-quote"


def test_a_version_shows_one_sentence_and_names_the_articles_of_the_others(
    told: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    plan = told.plans[0]
    one, other = plan.conflicts[0].sides
    versions = Conflict(on="extent", sides=(replace(one, quotes=(plan.quotes[0], plan.quotes[3])), other))
    page = visit(draw_map(replace(told, plans=(replace(plan, conflicts=(versions,)),)), gazetteer).save_offline(tmp_path / "m.html"))
    side = card(page, 1).locator(".cm-side").nth(0)
    assert side.locator("blockquote").count() == 1 and "also in publisher not stated (wire.txt)" in side.inner_text()
    assert card(page, 1).locator("blockquote").count() == len(plan.quotes)
    side.locator("[role=button]").click()
    assert plan.quotes[3].exact in page.evaluate("document.activeElement.innerText").replace("\n", " ")


def test_a_version_whose_quote_is_not_in_its_article_is_refused(told: Reading, gazetteer: FakeGazetteer) -> None:
    plan = told.plans[0]
    quote = replace(plan.quotes[0], exact="Nobody wrote this.")
    bad = replace(plan, conflicts=(Conflict(on="extent", sides=(Side(said="x", quotes=(quote,)),)),))
    with pytest.raises(UnquotedMarkError, match="does not say"):
        draw_map(replace(told, plans=(bad,)), gazetteer)


# distances


def test_the_measured_line_names_both_figures_and_both_ends(told_file: Path, look_at: Visit) -> None:
    label = look_at(told_file).locator(".cm-distance")
    assert label.inner_text().split("\n") == ["Yonaguni – Taiwan", "said: within 200 km", "measured: about 110 km"]
    assert label.get_attribute("aria-label") == "Yonaguni – Taiwan, said: within 200 km, measured: about 110 km; plan 1"


def test_the_card_says_the_distance_in_a_sentence_and_leads_to_the_line(told_file: Path, visit: Visit) -> None:
    page = visit(told_file)
    assert "the nearest island, Yonaguni, is about 110 km away." in card(page, 1).inner_text()
    card(page, 1).locator(".cm-fact-distance button").click()
    page.wait_for_selector(".cm-pop")
    assert "The line is no part of the plan." in page.inner_text(".cm-pop")


def test_the_measured_line_is_reached_and_opened_by_keyboard(told_file: Path, visit: Visit) -> None:
    page = visit(told_file)
    page.focus(".cm-distance")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cm-pop[role=dialog]")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.locator(".cm-pop").count() == 0 and page.evaluate("document.activeElement.className") == "cm-distance"


def test_a_measured_line_is_styled_like_no_mark(told_file: Path, look_at: Visit) -> None:
    line, marks = look_at(told_file).evaluate("""() => {
      const look = (n) => { const c = getComputedStyle(n); return [c.stroke, c.strokeDasharray, c.fill]; };
      return [look(document.querySelector('.cm-measure')), [...document.querySelectorAll('.cm-shape')].map(look)];
    }""")
    assert line[1] == "none" and line[2] == "none" and line[0] not in [mark[0] for mark in marks]


def test_the_measured_line_goes_with_the_status_of_its_plan(told_file: Path, visit: Visit) -> None:
    page = visit(told_file)
    page.click(".cm-key[data-status=planned]")
    until(page, "!document.querySelector('.cm-measure')")
    assert not page.locator(".cm-distance").is_visible()


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844), (1024, 700)])
def test_the_figures_of_a_distance_stand_on_no_number_and_under_no_panel(told_file: Path, visit: Visit, width: int, height: int) -> None:
    page = visit(told_file, width=width, height=height)
    assert page.locator(".cm-distance").is_visible()
    assert page.evaluate(OVERLAP.replace(".cm-overlay .cm-group", ".cm-overlay .cm-group, .cm-overlay .cm-distance")) == []


def test_the_measured_line_is_printed_and_its_button_is_not(told_file: Path, visit: Visit) -> None:
    page = visit(told_file, width=1000, height=1400)
    page.emulate_media(media="print")
    page.wait_for_timeout(300)
    assert page.locator(".cm-distance").is_visible() and page.locator(".cm-measure").count() == 1
    assert not card(page, 1).locator(".cm-fact-distance button").is_visible()


def test_a_line_across_the_antimeridian_is_cut_there(told: Reading) -> None:
    pieces = geodesic((10.0, 178.0), (12.0, -178.0))
    assert [len(pieces), pieces[0][-1][0], pieces[1][0][0]] == [2, 180.0, -180.0] and pieces[0][-1][1] == pieces[1][0][1]
    wide = replace(told.plans[0].distances[0], ends=((10.0, 178.0), (12.0, -178.0)))
    assert line_bounds(wide) == (178.0, 10.0, 182.0, 12.0)


def test_a_line_is_the_shortest_one_on_the_earth() -> None:
    (piece,) = geodesic((50.0, -120.0), (50.0, -60.0))
    assert max(lat for _, lat in piece) > 53 and len(piece) > 100


def test_a_distance_that_was_not_measured_is_said_and_not_drawn(told: Reading, gazetteer: FakeGazetteer) -> None:
    bare = replace(told.plans[0].distances[0], measured_km=None, ends=(), words="", nearest="")
    data = draw_map(replace(told, plans=(replace(told.plans[0], distances=(bare,)),)), gazetteer)._payload["plans"][0]["distances"][0]
    assert "line" not in data and data["words"].startswith("“within 200 km of Taiwan”: said: within 200 km · not measured")


def test_a_measurement_that_does_not_bear_the_words_out_is_said_to(
    told: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    plan = replace(told.plans[0], distances=(replace(told.plans[0].distances[0], holds=False),))
    page = visit(draw_map(replace(told, plans=(plan,)), gazetteer).save_offline(tmp_path / "map.html"))
    assert "The measurement does not bear the words out." in card(page, 1).inner_text()


# reviews


def test_a_card_says_who_reviewed_it_or_that_nobody_did(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file)
    said = [card(page, n).locator(".cm-review").inner_text() for n in (1, 2, 5)]
    assert said == [
        "not reviewed",
        "reviewed: accepted, checked with the ministry (A. Editor, 3 December 2024)",
        "corrected: status set to “under way”, the sentence says that building has begun (A. Editor, 3 December 2024)",
    ]


def test_the_map_and_the_legend_show_a_review_by_a_sign_and_not_by_colour_alone(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file)
    assert page.locator(".cm-overlay .cm-badge[data-plan=p-2] .cm-sign-accept path").count() == 1
    assert page.locator(".cm-overlay .cm-badge[data-plan=p-5] .cm-sign-correct path").count() == 1
    shapes = page.evaluate("() => [...document.querySelectorAll('.cm-key-sign svg')].map((n) => n.innerHTML)")
    assert len(set(shapes)) == len(shapes) == 5
    assert [row.split("\n")[0] for row in page.locator(".cm-key-sign").all_inner_texts()] == [
        "sources differ", "reviewed, accepted", "reviewed, corrected", "not reviewed", "distance, said and measured",
    ]  # fmt: skip


def test_a_decision_on_a_name_is_said_on_the_card(told_file: Path, look_at: Visit) -> None:
    assert "“Okinawa” reviewed: accepted, the island, not the city (A. Editor)" in card(look_at(told_file), 5).inner_text()


def test_a_rejected_plan_is_listed_with_its_reason_and_its_sentence(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    text = page.inner_text(".cm-panel-unmapped")
    assert "A radar station on Miyako" in text and "rejected: dropped in 2015, says the same sentence (A. Editor, 3 December 2024)" in text
    assert "“In 2014 a radar station had been planned for Miyako; it was dropped a year later.”" in text
    assert page.locator(".cm-card", has_text="A radar station").count() == 0


def test_a_decision_that_applies_to_nothing_is_listed(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    assert "reject: A pier at Cebu City\nkey p-19c2f0: no plan and no name here has it" in page.inner_text(".cm-panel-unmapped")


def test_a_sentence_that_is_no_plan_is_listed_word_for_word_with_the_reason(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    text = [words.replace("\u00a0", " ").split("\n") for words in page.locator(".cm-passed").all_inner_texts()]
    assert text[0] == [
        "“Drones are likely to follow by 2030, an analyst at a think tank said.”",
        "an analyst’s view · The Harbour Herald · paragraph 5",
    ]
    assert len(text) == 2 and text[1][1].startswith("history")


def test_the_tab_counts_all_that_it_lists(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file)
    assert page.inner_text(".cm-tabs button[id$=tab-unmapped] .cm-count") == str(page.locator(".cm-left > li").count())


@pytest.mark.parametrize(
    ("review", "words"),
    [
        (None, "not reviewed"),
        (Review(decision="accept"), "reviewed: accepted"),
        (Review(decision="correct", changes=(("place", "Ishigaki"),), who="B"), "corrected: place set to “Ishigaki” (B)"),
        (Review(decision="reject", why="not a plan", on="2024-12-03"), "rejected: not a plan (3 December 2024)"),
    ],
)
def test_a_review_is_said_in_the_persons_words(review: Review | None, words: str) -> None:
    assert review_words(review, WORDS) == words


# what is open


def test_a_card_says_the_condition_on_whose_word_and_what_is_open(told_file: Path, look_at: Visit) -> None:
    page = look_at(told_file)
    text = card(page, 1).inner_text()
    assert "Condition: if a Taiwan emergency comes" in text and "On whose word: Kyodo; government sources (name withheld)" in text
    assert "The article does not say which regiment." in text
    assert "The article says that this is not done or not planned." in (card(page, 8).text_content() or "")


@pytest.mark.parametrize(
    ("said", "found", "words"),
    [
        ("the two countries", "", "The article does not say which two countries."),
        ("there", "", "The article does not say where “there” is."),
        ("it", "", "The article does not say who or what “it” is."),
        ("the regiment", "the 7th Regiment", "“the regiment” stands for the 7th Regiment"),
    ],
)
def test_a_short_name_goes_back_to_something_or_is_said_to_be_open(said: str, found: str, words: str) -> None:
    assert antecedent_words(Antecedent(said=said, stands_for=found, start=0, end=1), WORDS) == words


# the page as a whole


def test_a_page_with_all_of_it_says_nothing_on_the_console_and_asks_for_nothing(told_file: Path, visit: Visit) -> None:
    for options in ({}, {"width": 390, "height": 844}, {"color_scheme": "dark"}):
        page = visit(told_file, **options)
        for key in ("sources", "unmapped", "method", "plans"):
            page.click(f".cm-tabs button[id$=tab-{key}]")
        assert page.said == [] and page.asked == [told_file.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.trust
@pytest.mark.parametrize("text", HOSTILE if LONG else HOSTILE[::6])
def test_hostile_text_in_a_conflict_a_chain_a_distance_and_a_review_stays_text(
    text: str, told: Reading, gazetteer: FakeGazetteer, visit: Visit, tmp_path: Path
) -> None:
    plan = told.plans[0]
    sides = tuple(replace(side, said=f"S {text}", origins=(text,)) for side in plan.conflicts[0].sides)
    review = Review(decision="correct", why=f"W {text}", who=text, on=text, changes=((text, text),))
    evil = replace(
        plan, conflicts=(Conflict(on="extent", sides=sides),), review=review, condition=text,
        reports=(Report(article_id="herald", origin=f"O {text}", chain=(f"P {text}", text)),),
        attributions=(replace(plan.attributions[0], who=text),), antecedents=(replace(plan.antecedents[0], said=f"the {text}"),),
        distances=(replace(plan.distances[0], words=f"D {text}", nearest=text),),
    )  # fmt: skip
    reading = replace(told, plans=(evil,), rejected=(replace(evil, id="r"),), unapplied=((text, f"U {text}"),))
    page = visit(draw_map(reading, gazetteer).save_offline(tmp_path / "map.html"))
    page.evaluate("document.querySelector('.cm-distance').click()")
    page.wait_for_timeout(100)
    assert page.evaluate("window.broken") is None and page.said == [] and page.locator("img, [onerror], [onload]").count() == 0
    assert page.eval_on_selector(".cm-card .cm-side-said", "(n) => n.textContent") == f"“S {text}”"
    assert page.eval_on_selector(".cm-card .cm-chains li > :first-child", "(n) => n.textContent") == f"P {text}"
    assert f"D {text}" in page.eval_on_selector(".cm-pop", "(n) => n.textContent")
    assert f"W {text}" in page.eval_on_selector(".cm-card .cm-review", "(n) => n.textContent")
    assert f"U {text}" in page.eval_on_selector(".cm-panel-unmapped", "(n) => n.textContent")


# files


def test_the_table_says_how_each_plan_is_told(rows: dict[str, dict[str, str]]) -> None:
    one = rows["p-1"]
    assert (one["reports"], one["origins"], one["origin_count"]) == ("3", "Kyodo", "1")
    assert one["chain"].split("; ")[0] == "The Harbour Herald ← Kyodo ← government sources"
    assert one["conflicts"] == (
        "sources differ on the place: “along the Nansei chain” (origin: Kyodo) / “in Kagoshima and Okinawa prefectures” (origin: Kyodo)"
    )
    assert (one["condition"], one["attribution"]) == ("if a Taiwan emergency comes", "Kyodo; government sources (name withheld)")
    assert (one["event_type"], one["event_mode"], one["negated"]) == ("MOBILIZE", "troops", "False")
    assert one["distances"] == "The source says within 200 km of Taiwan; the nearest island, Yonaguni, is about 110 km away."
    assert (one["reviewed"], one["review_why"], one["key"]) == ("", "", "p-8e1f02")
    assert (rows["p-2"]["reviewed"], rows["p-2"]["review_why"]) == ("accepted", "checked with the ministry")
    assert (rows["p-5"]["reviewed"], rows["p-8"]["negated"]) == ("corrected", "True")


def test_a_column_without_anything_to_say_is_empty(rows: dict[str, dict[str, str]]) -> None:
    empty = ("conflicts", "condition", "attribution", "event_type", "event_mode", "distances", "reviewed", "review_why", "origins")
    assert [rows["p-3"][column] for column in empty] == [""] * len(empty)


def test_no_cell_of_a_telling_is_a_formula(told: Reading, gazetteer: FakeGazetteer, tmp_path: Path) -> None:
    plan = told.plans[0]
    evil = replace(
        plan, key="=1+1", event_mode="@x", review=Review(decision="accept", why="+1"), origins=("-1",),
        attributions=(replace(plan.attributions[0], who="=HYPERLINK(1)"),), reports=(Report(article_id="herald", chain=("=cmd",)),),
        distances=(replace(plan.distances[0], words="\t=1"),),
    )  # fmt: skip
    with write_csv(replace(told, plans=(evil,)), gazetteer, tmp_path / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert all(row[name].startswith("'") for name in ("key", "event_mode", "review_why", "origins", "attribution", "chain", "distances"))


def test_geojson_has_the_versions_and_the_lines_as_json(told: Reading, gazetteer: FakeGazetteer, tmp_path: Path) -> None:
    text = write_geojson(told, gazetteer, tmp_path / "plans.geojson").read_text(encoding="utf-8")
    said = json.loads(text)["features"][0]["properties"]
    sides = said["versions"][0]["sides"]
    assert said["versions"][0]["on"] == "extent" and [side["origins"] for side in sides] == [["Kyodo"], ["Kyodo"]]
    assert sides[1]["quotes"][0]["selectors"][1]["type"] == "TextPositionSelector"
    assert said["conflicts"].startswith("sources differ on the place: ")
    line = said["lines"][0]
    assert (line["from"], line["to"], line["said_km"], line["measured_km"]) == ("Yonaguni", "Taiwan", 200, 111.3)
    assert line["ends"] == [[122.934, 24.449], [121.874, 24.597]]


def test_the_frame_counts_origins_only_where_reports_are_given(told: Reading, gazetteer: FakeGazetteer) -> None:
    plans = (told.plans[0], replace(told.plans[1], reports=()))
    frame = plans_to_frame(replace(told, plans=plans), gazetteer)
    assert list(frame["origin_count"].isna()) == [False, True] and frame["negated"].dtype == bool


def test_equal_readings_with_all_of_it_give_equal_pages(gazetteer: FakeGazetteer) -> None:
    pages = [draw_map(make_told_reading(), gazetteer).get_root().render() for _ in range(2)]
    assert pages[0] == pages[1]
