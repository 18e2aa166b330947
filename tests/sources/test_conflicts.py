"""What the tellings of one plan say differently: kept side by side, with no side taken."""

from __future__ import annotations

import pytest

import sources
from geo import Gazetteer
from sources import Conflict, ReportedPlan, read_text
from sources._amounts import amounts, differing
from sources._conflicts import conflict_words

MARINES = "The United States will station a Marine missile regiment {}"


def plans(gazetteer: Gazetteer, *texts: str, date: str = "2024-11-25") -> tuple[ReportedPlan, ...]:
    return sources.read_plans([read_text(t, id=f"article-{n}", date=date) for n, t in enumerate(texts, start=1)], gazetteer).plans


def conflict(gazetteer: Gazetteer, *texts: str) -> Conflict:
    """The only conflict of the only plan that some articles tell."""
    (plan,) = plans(gazetteer, *texts)
    (only,) = plan.conflicts
    return only


def test_two_extents_are_a_conflict_with_both_in_the_words_of_their_articles(gazetteer: Gazetteer) -> None:
    found = conflict(gazetteer, MARINES.format("on the Nansei chain."), MARINES.format("in Kagoshima and Okinawa."))
    assert (found.on, [s.said for s in found.sides]) == ("extent", ["the Nansei chain", "Kagoshima and Okinawa"])


def test_each_side_has_the_quote_that_says_so(gazetteer: Gazetteer) -> None:
    found = conflict(gazetteer, MARINES.format("on the Nansei chain."), MARINES.format("in Kagoshima and Okinawa."))
    assert [[q.article_id for q in s.quotes] for s in found.sides] == [["article-1"], ["article-2"]]


def test_each_side_has_the_origins_behind_it(gazetteer: Gazetteer) -> None:
    one = MARINES.format("on the Nansei chain, Kyodo reported.")
    found = conflict(gazetteer, one, MARINES.format("in Kagoshima and Okinawa, the Coast Post reported."))
    assert [s.origins for s in found.sides] == [("Kyodo",), ("Coast Post",)]


def test_an_extent_given_by_its_ends_is_in_conflict_with_one_that_does_not_reach_them(gazetteer: Gazetteer) -> None:
    found = conflict(gazetteer, MARINES.format("on the Nansei chain."), MARINES.format("between Okinawa and Taiwan."))
    assert [s.said for s in found.sides] == ["the Nansei chain", "between Okinawa and Taiwan"]


def test_a_place_within_another_is_finer_and_no_conflict(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, MARINES.format("in the Philippines."), MARINES.format("on Luzon."))
    assert (plan.conflicts, len(plan.reports)) == ((), 2)


def test_the_places_of_all_sides_stay(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, MARINES.format("on the Nansei chain."), MARINES.format("in Kagoshima and Okinawa."))
    assert {p.said for p in plan.places} == {"Nansei chain", "Kagoshima", "Okinawa"}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_neither_number_wins_by_being_first(gazetteer: Gazetteer, order: tuple[int, int]) -> None:
    texts = ("The United States plans to send 150 Marines to Luzon.", "The United States plans to send 200 Marines to Luzon.")
    (plan,) = plans(gazetteer, *(texts[i] for i in order))
    assert [c.on for c in plan.conflicts] == ["number"]
    assert {"150", "200"} <= set(plan.asset.split())
    assert {"150", "200"} <= set(plan.summary.split())


@pytest.mark.parametrize(("one", "two"), [("about 200", "200"), ("at least 150", "200"), ("two hundred", "200")])
def test_numbers_that_go_together_are_no_conflict(gazetteer: Gazetteer, one: str, two: str) -> None:
    (plan,) = plans(gazetteer, *(f"The United States plans to send {n} Marines to Luzon." for n in (one, two)))
    assert plan.conflicts == ()


@pytest.mark.parametrize(("bound", "torn"), [("up to 300", False), ("up to 150", True), ("more than 150", False), ("at least 250", True)])
def test_a_bound_is_in_conflict_only_with_what_lies_beyond_it(bound: str, torn: bool) -> None:
    assert bool(differing(amounts(f"They send {bound} Marines."), amounts("They send 200 Marines."))) is torn


@pytest.mark.parametrize(
    "sentence", ["A base will open within 200 km of Taiwan.", "A base will open in 12 months.", "A base will open by May 2027."]
)
def test_distances_and_times_are_no_numbers_of_things(sentence: str) -> None:
    assert amounts(sentence) == ()


def test_two_dates_are_a_conflict_and_neither_stays_alone(gazetteer: Gazetteer) -> None:
    (plan,) = plans(
        gazetteer, "Kenya will open a naval pier at Kilifi in March 2025.", "Kenya will open a naval pier at Kilifi in June 2025."
    )
    assert ([c.on for c in plan.conflicts], plan.when, plan.when_said) == (["date"], "2025", "in March 2025 or in June 2025")


def test_a_month_within_a_year_is_finer_and_no_conflict(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, "Kenya will open a naval pier at Kilifi in 2025.", "Kenya will open a naval pier at Kilifi in June 2025.")
    assert plan.conflicts == ()


def test_a_denial_in_another_article_is_a_conflict_on_the_status(gazetteer: Gazetteer) -> None:
    found = conflict(gazetteer, "Kenya will build a naval pier at Kilifi.", "Kenya denied that it would build a naval pier at Kilifi.")
    assert (found.on, [s.said for s in found.sides]) == ("status", ["planned", "denied"])


def test_one_denial_does_not_make_a_reported_plan_denied(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, "Kenya denied that it would build a naval pier at Kilifi.", "Kenya will build a naval pier at Kilifi.")
    assert plan.status == "planned"


def test_a_plan_and_its_denial_in_one_article_are_two_plans_that_say_so_of_each_other(gazetteer: Gazetteer) -> None:
    both = plans(gazetteer, "Kenya will build a naval pier at Kilifi.\n\nKenya denied that it would build a naval pier at Kilifi.")
    assert [(p.status, [c.on for c in p.conflicts]) for p in both] == [("planned", ["status"]), ("denied", ["status"])]


def test_two_units_of_one_sort_are_a_conflict(gazetteer: Gazetteer) -> None:
    found = conflict(gazetteer, "Poland will station a tank battalion in Podlaskie.", "Poland will station a tank brigade in Podlaskie.")
    assert (found.on, [s.said for s in found.sides]) == ("unit", ["a tank battalion", "a tank brigade"])


def test_two_actors_are_a_conflict_and_the_plan_names_both(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, "Kenya will build a naval pier at Kilifi.", "China will build a naval pier at Kilifi.")
    assert ([c.on for c in plan.conflicts], plan.actor) == (["actor"], "Kenya or China")


@pytest.mark.parametrize("actor", ["Kenya's navy", "The navy", "Nairobi", "The Kenyan government"])
def test_a_state_its_capital_and_its_organs_are_no_two_actors(gazetteer: Gazetteer, actor: str) -> None:
    (plan,) = plans(gazetteer, "Kenya will build a naval pier at Kilifi.", f"{actor} will build a naval pier at Kilifi.")
    assert plan.conflicts == ()


def test_a_plan_says_what_its_sources_differ_on(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, MARINES.format("on the Nansei chain."), MARINES.format("in Kagoshima and Okinawa."))
    assert conflict_words(plan) == "sources differ on extent"
    assert plan.summary.endswith("(sources differ on extent)")


def test_tellings_that_agree_are_no_conflict(gazetteer: Gazetteer) -> None:
    (plan,) = plans(gazetteer, "Kenya will build a naval pier at Kilifi.", "A naval pier will be built by Kenya at Kilifi.")
    assert (plan.conflicts, conflict_words(plan)) == ((), "")
