"""Two published maps compared: in words, as data, and as a map that shows the change."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import citemap
import sources
from geo import Gazetteer
from layers import PublishedError, changes_listing, draw_changes
from sources import Article, Reading, ReadingChanges, Review, compare_readings, read_text
from tests.conftest import Run

PIER = "Officials said on Monday that the navy will build a pier at Kilifi by 2030."
ROAD = "Crews are extending the airfield at Lamu."
DENIED = "The government has denied plans for a radar station at Malindi."


def herald(*said: str, name: str = "herald", publisher: str = "The Herald") -> Article:
    """An article that says these sentences."""
    return read_text("\n\n".join(said), id=name, publisher=publisher, title=f"News of {name}", date="2026-03-03")


def read(*articles: Article) -> Reading:
    """The reading of articles, as a published map carries it."""
    return sources.reading_from_record(sources.reading_to_record(sources.read_plans(articles, Gazetteer())))


def told(old: Reading, new: Reading) -> dict[str, list[tuple[str, str, str]]]:
    """What changed, by the summary of the plan: kinds, and what from what to what."""
    return {
        f"{one.kind}: {(one.new or one.old).summary}": [(d.what, d.old, d.new) for d in one.differences]  # type: ignore[union-attr]
        for one in compare_readings(old, new).plans
        if one.kind != "same"
    }


@pytest.fixture(scope="module")
def old() -> Reading:
    """One article with three plans."""
    return read(herald(PIER, ROAD, DENIED))


# what changed ------------------------------------------------------------------------------------------------------------------


def test_equal_readings_did_not_change(old: Reading) -> None:
    assert compare_readings(old, old).any is False
    assert changes_listing(compare_readings(old, old)) == ["nothing changed"]


def test_another_order_or_number_is_no_change(old: Reading) -> None:
    again = replace(old, plans=tuple(replace(p, number=9 - p.number) for p in reversed(old.plans)))
    assert compare_readings(old, again).any is False


def test_new_and_gone_plans_are_told(old: Reading) -> None:
    new = read(herald(PIER, DENIED, "The air force will open a depot in Mombasa by 2029."))
    found = told(old, new)
    assert found["new: The air force would open a depot in Mombasa by 2029"] == []
    assert found["gone: Crews are extending the airfield at Lamu"] == []
    assert "Malindi" not in str(found.keys())


def test_a_change_of_status_date_and_words_is_told(old: Reading) -> None:
    new = read(herald(PIER.replace("will build", "is building").replace("2030", "2031"), ROAD, DENIED))
    (found,) = told(old, new).values()
    assert ("status", "planned", "under way") in found
    assert ("date", "2030", "2031") in found
    changes = compare_readings(old, new)
    assert any("[-will build-]{+is building+}" in d.diff for d in changes.of_kind("changed")[0].differences)
    assert changes.changed == ("The Herald, “News of herald”, 2026-03-03",)


def test_another_place_and_another_precision_are_told(old: Reading) -> None:
    (found,) = told(old, read(herald(PIER.replace("Kilifi", "Mombasa"), ROAD, DENIED))).values()
    assert ("place", "Kilifi", "Mombasa") in found
    lamu = next(plan for plan in old.plans if "Lamu" in plan.summary)
    vague = replace(lamu, places=tuple(replace(place, where_prec=6, said="around Lamu") for place in lamu.places))
    new = replace(old, plans=tuple(vague if plan is lamu else plan for plan in old.plans))
    assert [what for what, *_ in next(iter(told(old, new).values()))] == ["precision"] * len(lamu.places)


def test_sources_and_origins_that_are_added_or_lost_are_told(old: Reading) -> None:
    more = herald(
        "The navy will build a pier at Kilifi by 2030, Example News reported. Residents of the town heard of it on Tuesday, and some had "
        "doubts about the money, the noise and the fish that they live from.",
        name="post",
        publisher="The Post",
    )
    new = read(herald(PIER, ROAD, DENIED), more)
    added = next(iter(told(old, new).values()))
    assert ("source", "", "The Post, “News of post”, 2026-03-03") in added
    assert ("origin", "", "Example News") in added
    lost = next(iter(told(new, old).values()))
    assert ("source", "The Post, “News of post”, 2026-03-03", "") in lost
    assert compare_readings(old, new).added == ("The Post, “News of post”, 2026-03-03",)
    assert compare_readings(new, old).lost == ("The Post, “News of post”, 2026-03-03",)


def test_a_decision_of_a_person_is_a_change(old: Reading) -> None:
    first = replace(old.plans[0], review=Review(decision="accept", why="seen"))
    assert list(told(old, replace(old, plans=(first, *old.plans[1:]))).values()) == [[("review", "", "accept")]]


def test_a_renamed_article_is_the_same_article(old: Reading) -> None:
    assert compare_readings(old, read(herald(PIER, ROAD, DENIED, name="renamed"))).any is False


def test_nothing_and_something_can_be_compared(old: Reading) -> None:
    nothing = Reading(articles=())
    assert len(compare_readings(nothing, old).of_kind("new")) == 3
    assert len(compare_readings(old, nothing).of_kind("gone")) == 3


# published maps ------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two maps: one plan is new, one gone, one changed, one as it was."""
    folder = tmp_path_factory.mktemp("pair")
    later = herald(PIER.replace("will build", "is building"), DENIED, "The air force will open a depot in Mombasa by 2029.")
    citemap.draw(sources.read_plans([herald(PIER, ROAD, DENIED)], Gazetteer())).save(folder / "old.html")
    citemap.draw(sources.read_plans([later], Gazetteer())).save(folder / "new.html")
    return folder


def test_the_change_is_told_in_words(pair: Path) -> None:
    lines = changes_listing(citemap.diff(pair / "old.html", pair / "new.html"))
    assert lines[0] == "Plans: 1 new, 1 gone, 1 changed, 1 as before."
    assert "    status: planned → under way" in lines
    assert "gone: 2. Crews are extending the airfield at Lamu (under way; Lamu)" in lines


def test_the_command_tells_the_change_as_data_and_by_its_status(pair: Path, run: Run) -> None:
    done = run("diff", str(pair / "old.html"), str(pair / "new.html"), "--json", "--exit-code", "-o", "changes.html", "--language", "ja")
    data = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert data["counts"] == {"new": 1, "gone": 1, "changed": 1, "same": 1}


def test_a_map_that_was_changed_by_hand_is_not_compared(pair: Path, tmp_path: Path) -> None:
    (tmp_path / "map.html").write_bytes((pair / "old.html").read_bytes() + b" ")
    with pytest.raises(PublishedError, match="citemap verify"):
        citemap.diff(tmp_path / "map.html", pair / "new.html")


def test_the_map_of_the_change_is_one_that_can_be_verified(pair: Path, tmp_path: Path) -> None:
    found = citemap.diff(pair / "old.html", pair / "new.html", output=tmp_path / "changes.html")
    assert isinstance(found, ReadingChanges)
    done = citemap.verify(tmp_path / "changes.html")
    assert done.lines()[-1] == "all holds", done.lines()
    assert done.articles == 2


@pytest.mark.parametrize("language", ["en", "fil", "ja", "zh-Hant"])
def test_the_map_of_the_change_speaks_every_language(old: Reading, language: str) -> None:
    new = read(herald(PIER.replace("will build", "is building"), DENIED))
    drawn = draw_changes(old, new, Gazetteer(), language=language)
    kinds = [note["change"]["kind"] for note in drawn._payload["plans"]]
    assert sorted(kinds) == ["changed", "gone", "same"]
    words = [line for note in drawn._payload["plans"] for line in note["change"]["lines"]]
    assert words
    assert all("{" not in line.replace("{+", "") for line in words)


def test_new_gone_and_changed_plans_are_told_apart_without_colour(pair: Path, tmp_path: Path, visit: Callable[..., Any]) -> None:
    citemap.diff(pair / "old.html", pair / "new.html", output=tmp_path / "changes.html")
    page = visit(tmp_path / "changes.html")
    for kind in ("new", "gone", "changed"):
        assert page.locator(f".cm-group .cm-badge .cm-sign-{kind}").count() >= 1
        assert page.locator(f".cm-key-signs .cm-sign-{kind}").count() == 1
    gone = page.locator(".cm-group .cm-badge.cm-gone").first
    assert "line-through" in gone.evaluate("node => getComputedStyle(node).textDecorationLine")
    assert "gone" in gone.get_attribute("aria-label")
    shown, ground = gone.evaluate("node => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]")
    assert shown != "rgb(255, 255, 255)" and ground != shown, "its number can be read"
    assert page.locator("path.cm-hollow").count() >= 1
    shown = page.locator(".cm-card .cm-change").all_inner_texts()
    assert any("status: planned → under way" in text for text in shown)
    assert any("It was plan 2; no article tells it now." in text for text in shown)
    assert page.said == []


def test_a_reader_can_ask_for_what_is_gone(pair: Path, tmp_path: Path, visit: Callable[..., Any]) -> None:
    citemap.diff(pair / "old.html", pair / "new.html", output=tmp_path / "changes.html")
    page = visit(tmp_path / "changes.html", query="#change=gone")
    assert page.locator(".cm-card:visible").count() == 1
    assert "Crews are extending" in page.locator(".cm-card:visible").inner_text()
