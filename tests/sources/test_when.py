"""When a plan is to be: EDTF, and no sharper than the words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from edtf import parse_edtf

from sources._when import reference, times
from tests.conftest import PlansOf

DATED = "2026-11-05"
HELD = json.loads((Path(__file__).parent / "when_held.json").read_text(encoding="utf-8"))["cases"]
"""Date of the article, whether what is told lies ahead, sentence, words of the time, EDTF; written before the rules."""


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in 2027", "2027"),
        ("in March 2027", "2027-03"),
        ("on 14 March 2027", "2027-03-14"),
        ("on March 14, 2027", "2027-03-14"),
        ("by December 2027", "2027-12"),
        ("in spring 2027", "2027-21"),
        ("autumn of 2027", "2027-23"),
        ("in the second quarter of 2027", "2027-34"),
        ("in the second half of 2027", "2027-41"),
        ("from 2027 to 2029", "2027/2029"),
        ("until 2031", "../2031"),
    ],
)
@pytest.mark.parametrize("date", ["", DATED], ids=["undated article", "dated article"])
def test_a_time_with_a_year_needs_no_date_of_the_article(plans_of: PlansOf, words: str, edtf: str, date: str) -> None:
    (plan,) = plans_of(f"Kenya will build a naval pier at Kilifi {words}.", **({"date": date} if date else {}))
    assert (plan.when, plan.when_said) == (edtf, words)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("in December", "2026-12"),
        ("in January", "2027-01"),
        ("next year", "2027"),
        ("this year", "2026"),
        ("next month", "2026-12"),
        ("next spring", "2027-21"),
        ("next March", "2027-03"),
        ("by Friday", "2026-11-06"),
    ],
)
def test_a_time_without_a_year_counts_from_the_date_of_the_article(plans_of: PlansOf, words: str, edtf: str) -> None:
    (plan,) = plans_of(f"Kenya will build a naval pier at Kilifi {words}.", date=DATED)
    assert (plan.when, plan.when_said) == (edtf, words)


def test_a_month_in_an_article_without_a_date_has_no_year(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi in December.")
    assert (plan.when, plan.when_note) == ("XXXX-12", "no year is stated")


def test_a_day_in_an_article_without_a_date_has_no_year(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will open a naval pier at Kilifi on 14 March.")
    assert plan.when == "XXXX-03-14"


def test_next_year_in_an_article_without_a_date_is_no_date(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi next year.")
    assert (plan.when, plan.when_said, plan.when_note) == (None, "next year", "counts from the article's date, which is not stated")


@pytest.mark.parametrize("item", ["Harbour Desk @harbour May 4, 2026", "Posted 2026-05-04 by the desk"])
def test_a_dated_item_inside_an_undated_article_gives_the_year_and_is_named(plans_of: PlansOf, item: str) -> None:
    (plan,) = plans_of(f"Kenya will build a naval pier at Kilifi in December.\n\n{item}\n\nThe coast is long.")
    assert plan.when == "2026-12"
    assert "2026-05-04" in plan.when_note


def test_the_date_of_the_article_goes_before_a_dated_item_inside_it(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi in December.\n\nDesk @desk May 4, 2020\n\nThe coast is long.", date=DATED)
    assert plan.when == "2026-12"


def test_how_a_year_was_found_is_said(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi in December.", date=DATED)
    assert plan.when_note == "the year is taken from the article's date"


def test_a_plan_without_a_time_has_none(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi.", date=DATED)
    assert (plan.when, plan.when_said) == (None, "")


def test_the_day_on_which_it_was_said_is_not_the_day_of_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi, the harbour office said on Tuesday.", date=DATED)
    assert plan.when is None


def test_the_verb_may_is_no_month(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya may build a naval pier at Kilifi, the ministry said.", date=DATED)
    assert [p.when for p in plans] == [None]


def test_since_is_open_to_the_right(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya has operated a naval base at Mombasa since 2019.", date=DATED)
    assert plan.when == "2019/.."


def said(words: str, day: str = DATED, *, ahead: bool = True) -> list[tuple[str, str | None]]:
    """The times of a sentence with ``words`` in it, as said and in EDTF."""
    return [(w.said, w.edtf) for w in times(f"They would do it {words}, and then rest.", reference(day, ""), ahead=ahead)]


NEXT_TO_COME = [
    ("in March", "2027-03"),
    ("on 3 March", "2027-03-03"),
    ("on the 3rd of March", "2027-03-03"),
    ("on Friday 6 November", "2026-11-06"),
    ("by June", "2027-06"),
    ("on Sunday", "2026-11-08"),
    ("on Thursday", "2026-11-05"),
    ("next Thursday", "2026-11-12"),
    ("tonight", "2026-11-05"),
    ("tomorrow", "2026-11-06"),
    ("next week", "2026-11-09/2026-11-15"),
    ("later this week", "2026-11-02/2026-11-08"),
    ("next weekend", "2026-11-14/2026-11-15"),
    ("by the end of the month", "2026-11"),
    ("the month after next", "2027-01"),
    ("by year-end", "2026"),
    ("in the new year", "2027"),
    ("on the last Monday of May", "2027-05"),
    ("from 7 April until 25 April", "2027-04-07/2027-04-25"),
    ("in 2027 and 2028", "2027/2028"),
    ("at the end of next year", "2027"),
    ("by the end of the decade", "202X"),
    ("in the fourth quarter", "2026-36"),
    ("in the first half of next year", "2027-40"),
    ("in ten days", "2026-11-15"),
    ("in six weeks' time", "2026-12-14/2026-12-20"),
    ("in 18 months", "2028-05"),
    ("in two to three years", "2028/2029"),
    ("within 48 hours", "2026-11-05/2026-11-07"),
    ("within six months", "2026-11/2027-05"),
    ("within three years", "2026/2029"),
    ("over the next decade", "2026/2036"),
    ("the next 18 months", "2026-11/2028-05"),
    ("in the coming weeks", "2026-11-05/"),
    ("in the years ahead", "2026/"),
    ("between now and the end of 2030", "2026/2030"),
    ("from May to July", "2027-05/2027-07"),
    ("from December to February", "2026-12/2027-02"),
    ("on 3-14 June", "2027-06-03/2027-06-14"),
    ("June 3 through 14", "2027-06-03/2027-06-14"),
    ("from 28 May to 3 June", "2027-05-28/2027-06-03"),
    ("in the week of 4 January", "2027-01-04/2027-01-10"),
    ("from Monday to Friday", "2026-11-09/2026-11-13"),
    ("starting next year", "2027/.."),
    ("until Friday", "../2026-11-06"),
]


@pytest.mark.parametrize(("words", "edtf"), NEXT_TO_COME)
def test_what_lies_ahead_is_the_next_one_to_come(words: str, edtf: str) -> None:
    assert said(words) == [(words, edtf)]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on Sunday", "2026-11-01"),
        ("on Thursday", "2026-11-05"),
        ("last Friday", "2026-10-30"),
        ("yesterday", "2026-11-04"),
        ("in March", "2026-03"),
        ("on 20 December last year", "2025-12-20"),
        ("in March last year", "2025-03"),
        ("last month", "2026-10"),
        ("last week", "2026-10-26/2026-11-01"),
        ("two years ago", "2024"),
        ("three months ago", "2026-08"),
        ("two weeks ago", "2026-10-19/2026-10-25"),
        ("half a decade ago", "2021"),
        ("a decade ago", "2016~"),
        ("over the past two years", "2024/2026"),
        ("in recent months", "/2026-11"),
        ("since last March", "2026-03/.."),
        ("since Monday", "2026-11-02/.."),
    ],
)
def test_what_was_is_the_last_one_before(words: str, edtf: str) -> None:
    assert said(words, ahead=False) == [(words, edtf)]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("on 2027-03-04", "2027-03-04"),
        ("on 25/12/2027", "2027-12-25"),
        ("on 12/25/2027", "2027-12-25"),
        ("on 4.3.2027", "2027-03-04"),
        ("as of July 2024", "2024-07"),
        ("in Sept. 2027", "2027-09"),
        ("in early 2027", "2027"),
        ("in mid-2027", "2027"),
        ("by Q3 2027", "2027-35"),
        ("in H2 2027", "2027-41"),
        ("in the last quarter of 2027", "2027-36"),
        ("in 2027-28", "2027/2028"),
        ("in winter 2027-28", "2027-24"),
        ("in the 2030s", "203X"),
        ("in the early 2030s", "203X"),
        ("between 2026 and 2028", "2026/2028"),
        ("from autumn 2026 to mid-2028", "2026-23/2028"),
        ("May–July 2027", "2027-05/2027-07"),
        ("from December to February 2028", "2027-12/2028-02"),
        ("in 2028 or 2029", "2028/2029"),
        ("from 2027 onwards", "2027/.."),
        ("until the second quarter of 2027", "../2027-06"),
        ("since the third quarter of 2025", "2025-07/.."),
        ("through the end of April 2027", "../2027-04"),
        ("no later than 15 March 2028", "2028-03-15"),
        ("in fiscal 2027", "2027~"),
    ],
)
@pytest.mark.parametrize("day", ["", "2026-11-05", "1999-02-28"])
def test_a_stated_year_means_the_same_from_every_day(words: str, edtf: str, day: str) -> None:
    assert said(words, day) == [(words, edtf)]


@pytest.mark.parametrize(("words", "edtf"), [("around 2030", "2030~"), ("in about March 2027", "2027-03~"), ("possibly in 2028", "2028?")])
def test_words_that_blur_a_date_blur_it(words: str, edtf: str) -> None:
    assert said(words) == [(words, edtf)]


@pytest.mark.parametrize(
    "words",
    ["next year", "next spring", "on Sunday", "tomorrow", "within three years", "two years ago", "in the coming weeks", "next week"],
)
def test_without_a_day_to_count_from_a_relative_time_stays_as_said(words: str) -> None:
    assert said(words, "") == [(words, None)]


@pytest.mark.parametrize("words", ["on February 31", "on 31 April 2027", "on 29 February 2027"])
def test_a_day_that_does_not_exist_is_no_date(words: str) -> None:
    assert said(words) == [(words, None)]


def test_a_leap_day_without_a_year_is_the_next_that_exists() -> None:
    assert said("on 29 February") == [("on 29 February", "2028-02-29")]


@pytest.mark.parametrize("words", ["on 03/04/2027", "this dry season", "several years ago"])
def test_what_can_be_read_two_ways_stays_as_said(words: str) -> None:
    assert said(words) == [(words, None)]


@pytest.mark.parametrize(
    ("day", "words", "edtf"),
    [
        ("2026-03-20", "last autumn", "2025-23"),
        ("2026-11-05", "last summer", None),
        ("2026-02-01", "this spring", "2026-21"),
        ("2027-01-15", "this winter", None),
    ],
)
def test_a_season_gets_a_year_only_where_both_hemispheres_give_the_same(day: str, words: str, edtf: str | None) -> None:
    assert said(words, day, ahead=False) == [(words, edtf)]


@pytest.mark.parametrize(("words", "bare"), [("late on Tuesday", True), ("tonight", True), ("next Tuesday", False), ("on 3 March", False)])
def test_a_bare_day_is_told_from_a_date(words: str, bare: bool) -> None:
    assert [w.bare_day for w in times(f"They met {words}.", reference(DATED, ""))] == [bare]


def test_a_span_from_an_event_does_not_count_from_the_article() -> None:
    assert said("within 72 hours of signing") == [("within 72 hours", None)]


@pytest.mark.parametrize(("day", "edtf"), [("2026-04-11", "2026-03"), ("2026-11-05", "2027-03"), ("2026-02-20", "2026-03")])
def test_a_month_just_past_is_that_month_even_of_a_plan(day: str, edtf: str) -> None:
    assert said("in March", day) == [("in March", edtf)]


def test_what_something_was_moved_away_from_is_not_its_time() -> None:
    assert [edtf for _, edtf in said("later, since it was postponed from 2026 to 2028")] == ["2028"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Both governments may build a tunnel.",
        "Protesters will march to the gates.",
        "The ministry will send 2,500 troops and 2030 people.",
        "A call-up of 1999 workers and $2030 each is planned.",
        "The bunker dates from the Second World War.",
        "Security is tight since 9/11 along the 9-Dash line.",
        "The Monday Group will fund Super Sunday buses.",
        "Crews fight the August Complex fire at Cape May.",
        "It is the largest drill in three years and the first time in a decade.",
        "Vision 2030 and Resolution 2030 name the port.",
        "The Good Friday Agreement holds.",
        "Work took three years.",
        "The spring feeds a well and the fall of the wall is feared.",
    ],
)
def test_what_only_looks_like_a_time_is_none(sentence: str) -> None:
    assert times(sentence, reference(DATED, ""), ahead=True) == []


@pytest.mark.parametrize("day", ["", "2026-11-05", "2024-02-29", "2026-01-01", "2025-12-31", "2026-06-15"])
@pytest.mark.parametrize("ahead", [True, False])
def test_every_date_made_is_edtf(day: str, ahead: bool) -> None:
    words = [w for w, _ in NEXT_TO_COME] + [case[3] for case in HELD if case[3]]
    leads = ("", "by ", "since ", "until ", "around ", "possibly ")
    made = {w.edtf for lead in leads for word in words for w in times(f"It stands {lead}{word}.", reference(day, ""), ahead=ahead)}
    for edtf in made - {None}:
        parse_edtf(edtf)


@pytest.mark.parametrize("day", ["2026-11-05", "2024-02-29", "2025-12-31"])
def test_offsets_give_the_words_back(day: str) -> None:
    for words, _ in NEXT_TO_COME:
        sentence = f"They would\ndo it  {words}, and rest."
        for when in times(sentence, reference(day, ""), ahead=True):
            assert " ".join(sentence[when.start : when.end].split()) == when.said


def test_times_of_a_list_of_phrases_that_was_written_before_the_rules() -> None:
    wrong = [
        c for c in HELD if [(w.said, w.edtf) for w in times(c[2], reference(c[0], ""), ahead=c[1])] != ([(c[3], c[4])] if c[3] else [])
    ]
    assert len(wrong) <= 2, wrong


def test_a_date_that_the_prose_tells_is_no_dated_item() -> None:
    assert reference("", "The treaty was signed on May 4, 1951. It held.").day is None


def test_an_impossible_date_of_an_article_is_no_reference() -> None:
    assert reference("2026-02-31", "A pier is planned.").day is None
