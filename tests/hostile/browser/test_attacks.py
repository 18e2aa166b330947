"""Texts that try to run, in every field of every page, in real browsers that use all of it: nothing runs, and the map is not blank."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from layers import ContextSet, MapOptions, draw_map, show, write_embeds
from layers._policy import POLICY_MARK, with_policy
from layers.report import EmbedOptions
from sources import Reading
from tests.firefox import Firefox
from tests.hostile.browser import pages
from tests.hostile.browser.attack import Outcome, attack_chromium, attack_firefox, turned_words, without_policy
from tests.hostile.browser.filling import FILLED, hostile_context, hostile_options, hostile_reading, texts_of
from tests.hostile.browser.payloads import payloads, spread
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.profile import LONG, amount, note

PAGE = 48
"""Payloads on one page: enough that pages are few, few enough that a reader would look at all of it."""
CHOSEN = spread(amount(40, 10_000))
BATCHES = [CHOSEN[at : at + PAGE] for at in range(0, len(CHOSEN), PAGE)] if LONG else [CHOSEN]
ASKED = spread(amount(10, 60))
"""What is typed, put into the address and posted to the page."""
USE: dict[str, Any] = {"seconds": amount(5, 120), "presses": amount(16, 400), "choices": amount(3, 20)}
OTHERS: dict[str, tuple[Callable[..., Path], tuple[str, ...]]] = {
    "points": (pages.points_page, ()),
    "explored": (pages.explored_page, ()),
    "places": (pages.places_page, ()),
    "shown": (pages.shown_page, ("img",)),
    "report": (pages.report_page, ("iframe", "img")),
    "embeds": (pages.embed_page, ("iframe", "img")),
}
"""The other pages, and the elements that each has by itself."""


def is_whole(outcome: Outcome, texts: tuple[str, ...]) -> bool:
    """Whether a map is drawn and has all notes, word for word."""
    seen = outcome.seen
    words = [re.sub("[\0\ud800-\udfff]", "\ufffd", text) for text in texts]
    summaries = [re.sub("[\0\ud800-\udfff]", "\ufffd", text) for text in seen["summaries"]]
    return bool(seen["shapes"] and seen["badges"] and min(seen["map"]) > 100 and seen["cards"] == len(texts) and summaries == words)


# the attacks themselves --------------------------------------------------------------------------------------------------------


def test_there_are_500_payloads_and_no_two_alike() -> None:
    assert len(payloads()) >= 500 and len(set(payloads())) == len(payloads())


def test_every_field_of_a_reading_and_of_what_a_user_may_say_that_holds_a_text_is_given_each_payload() -> None:
    hostile_reading(["x"])
    hostile_context(["x"])
    for kind in (MapOptions, EmbedOptions):
        hostile_options("x", kind)
    fields = texts_of(Reading) | texts_of(ContextSet) | texts_of(MapOptions) | texts_of(EmbedOptions)
    assert fields - FILLED - {"MapOptions.language", "EmbedOptions.language"} == {"EmbedOptions.context", "MapOptions.context"} & fields
    assert {"ReportedPlan.summary", "Place.authority_url", "Problem.name", "Side.said", "Reading.unapplied", "MapOptions.tiles"} <= FILLED


@pytest.mark.parametrize("text", [text for text in spread(40) if text])
def test_a_text_in_a_reading_is_found_again_in_all_that_is_made_of_it(text: str) -> None:
    reading, _ = hostile_reading([text])
    assert reading.plans[0].summary == text and text in reading.plans[0].quotes[0].exact and reading.articles[0].id == text


@pytest.mark.trust
def test_in_chromium_no_text_in_any_field_of_a_map_runs_and_none_blanks_it(browser: Any, tmp_path: Path) -> None:
    """With its policy and, page by page, without: what is shown does not depend on it."""
    found: list[str] = []
    blank = 0
    for number, texts in enumerate(BATCHES):
        file = pages.map_page(texts, tmp_path, f"map-{number}.html")
        for one in (file, without_policy(file)) if LONG else (without_policy(file) if number else file,):
            outcome = attack_chromium(browser, one, ASKED, **USE)
            found += [f"{one.name}: {line}" for line in outcome.broken(scripts=outcome.seen["counts"]["script"])]
            blank += not is_whole(outcome, texts)
    _note("browser attacks in Chromium", found, blank)
    assert (found, blank) == ([], 0)


@pytest.mark.trust
@pytest.mark.skipif(not LONG, reason="the long profile attacks Firefox as well")
def test_in_firefox_no_text_in_any_field_of_a_map_runs_and_none_blanks_it(firefox: Firefox, tmp_path: Path) -> None:
    found: list[str] = []
    blank = 0
    for number, texts in enumerate(BATCHES):
        outcome = attack_firefox(firefox, pages.map_page(texts, tmp_path, f"map-{number}.html"), ASKED, **USE)
        found += [f"page {number}: {line}" for line in outcome.broken()]
        blank += not is_whole(outcome, texts)
    _note("browser attacks in Firefox", found, blank)
    assert (found, blank) == ([], 0)


@pytest.mark.trust
@pytest.mark.parametrize("name", OTHERS)
def test_no_text_runs_in_the_other_pages(name: str, browser: Any, tmp_path: Path) -> None:
    make, allowed = OTHERS[name]
    found: list[str] = []
    for texts in BATCHES if LONG else [spread(16)]:
        file = make(texts, tmp_path)
        outcome = attack_chromium(browser, file, ASKED[:5], **(USE | {"seconds": amount(3, 60)}))
        found += outcome.broken(allowed=allowed)
        written = file.read_text(encoding="utf-8")
        counts = outcome.seen["counts"]
        found += [f"{counts.get(one, 0)} {one}" for one in allowed if counts.get(one, 0) != written.count(f"<{one} ")]
    assert found == []


def _note(name: str, found: list[str], blank: int) -> None:
    ran = sum(": ran: " in line for line in found)
    note(name, payloads=len(CHOSEN), fields=len(FILLED), pages=len(BATCHES), executed=ran, wrong=len(found), blank=blank)


def test_an_embed_leads_to_the_web_or_to_the_file_beside_it_whatever_its_address_is_said_to_be(tmp_path: Path) -> None:
    for url in spread(amount(40, 10_000)):
        write_embeds(Reading(articles=()), FakeGazetteer(), tmp_path, url=url)
        for address in re.findall(r'(?:src|href)="([^"]*)"', (tmp_path / "embed.html").read_text(encoding="utf-8")):
            scheme = re.match(r"([a-z][a-z0-9+.-]*):", re.sub("[\0-\x20]", "", html.unescape(address)).lower())
            assert scheme is None or scheme[1] in ("http", "https", "file"), address


# the detector ------------------------------------------------------------------------------------------------------------------


def test_a_page_that_takes_texts_for_markup_is_found_out(browser: Any, tmp_path: Path) -> None:
    outcome = attack_chromium(browser, pages.naive_page(spread(120), tmp_path), (), seconds=5, presses=300)
    assert len(outcome.ran) > 4 and outcome.wrong and outcome.broken()


def test_markup_that_does_not_run_is_found_out_too(browser: Any, tmp_path: Path) -> None:
    """A handler, an element and an address that a policy would have stopped are seen in the page itself."""
    file = tmp_path / "quiet.html"
    file.write_text("<!DOCTYPE html><b onclick=pwn(1)>x</b><iframe></iframe><a href='javascript:0'>y</a>", encoding="utf-8")
    broken = attack_chromium(browser, file, (), seconds=2, presses=0).broken()
    assert broken == ["an element iframe", "a handler b[onclick]", "an address a[href=javascript:0]"]


# the direction of writing -------------------------------------------------------------------------------------------------------

TURNING = ("\u202eDATA", "\u2067\u2069\u2069\u202eDATA")
"""An override, and one that first ends what was put around it."""


@pytest.mark.parametrize("make", [pages.map_page, pages.shown_page, pages.report_page])
def test_a_text_that_turns_the_direction_turns_no_words_around_it(make: Callable[..., Path], browser: Any, tmp_path: Path) -> None:
    """But those of its own citation: how a report's house style writes it, one line set apart from all else."""
    turned = turned_words(browser, make(TURNING, tmp_path))
    assert [line for line in turned if "A digest in our own words of" not in line] == []


def test_a_page_without_isolates_is_found_to_turn_words(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "turned.html"
    file.write_text(
        "<!DOCTYPE html><meta charset=utf-8><p>by \u202eDATA, not verified</p><p>by <bdi>\u202eDATA</bdi>, not verified</p>",
        encoding="utf-8",
    )
    assert len(turned_words(browser, file)) == 1


# the policy --------------------------------------------------------------------------------------------------------------------

DIRECTIVES = ["default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"]


def policy_of(text: str) -> dict[str, str]:
    """The directives of a page's policy by their names."""
    (found,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', text)
    return dict(([*part.strip().split(" ", 1), ""])[:2] for part in html.unescape(found).split(";"))


@pytest.mark.parametrize(
    "tiles", ["", *spread(60), "https://tiles.example; connect-src *; x/{z}", "https://a.example 'unsafe-inline'/{z}.png", "https://*/{z}"]
)
def test_an_address_of_tiles_adds_nothing_to_the_policy_but_one_host(tiles: str) -> None:
    policy = policy_of(with_policy(str(POLICY_MARK), tiles=tiles))
    assert list(policy) == DIRECTIVES and policy["default-src"] == "'none'" and "unsafe" not in str(policy)
    assert re.fullmatch(r"data:( https?://(\*\.)?[\w-]+(\.[\w-]+)*(:\d+)?)?", policy["img-src"])


def test_a_host_of_tiles_that_was_chosen_may_be_asked_for_pictures() -> None:
    assert (
        policy_of(with_policy(str(POLICY_MARK), tiles="https://{s}.tiles.example:8080/{z}/{x}/{y}.png"))["img-src"]
        == "data: https://*.tiles.example:8080"
    )


@pytest.mark.parametrize("make", [pages.map_page, pages.points_page, pages.report_page])
def test_a_page_of_ours_runs_its_own_scripts_and_styles_and_nothing_else(make: Callable[..., Path], tmp_path: Path) -> None:
    policy = policy_of(make(spread(5), tmp_path).read_text(encoding="utf-8").split("<body", 1)[0])
    assert list(policy) == DIRECTIVES and policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert all(re.fullmatch(r"('sha256-[\w+/]+='|'none')( 'sha256-[\w+/]+=')*", policy[one]) for one in ("script-src", "style-src"))
    assert policy["img-src"] == "data:"


def test_frames_of_a_map_in_a_notebook_an_embed_and_a_report_have_no_origin(tmp_path: Path) -> None:
    texts = spread(3)
    reading, gazetteer = hostile_reading(texts)
    framed = [show(draw_map(reading, gazetteer, context=())).html]
    framed += [make(texts, tmp_path).read_text(encoding="utf-8") for make in (pages.report_page, pages.embed_page)]
    frames = [frame for text in framed for frame in re.findall(r"<iframe\b[^>]*?>", re.sub(r'srcdoc="[^"]*"', "srcdoc", text))]
    assert len(frames) >= 4
    for frame in frames:
        assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in frame
