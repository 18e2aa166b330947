"""When a plan is to be: EDTF, and no sharper than the words."""

from __future__ import annotations

import pytest

from tests.conftest import PlansOf

DATED = "2026-11-05"


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
