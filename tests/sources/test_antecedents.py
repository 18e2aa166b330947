"""What pronouns and short names go back to, and that a plan says where they go back to nothing."""

from __future__ import annotations

import pytest

from tests.conftest import PlansOf


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A depot stands in Kilifi. Kenya will build a pier there.", "Kilifi"),
        ("Ships come to Gotland often. Sweden will station a battalion on the island.", "Gotland"),
        ("The mayor of Kilifi spoke. A hospital will be built in the town.", "Kilifi"),
        ("Oman and Kenya met in Mombasa. The navy will open a depot in that city.", "Mombasa"),
    ],
)
def test_there_and_a_pointed_noun_go_back_to_the_latest_fitting_place(plans_of: PlansOf, text: str, place: str) -> None:
    assert [p.place.name for p in plans_of(text)[-1].places] == [place]


def test_a_thing_that_is_pointed_at_is_where_it_was_told_to_be(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya will build a quay at Kilifi. Two cranes will be ordered in May. The quay will be leased to a Turkish firm.")
    assert [p.place.name for p in plans[-1].places] == ["Kilifi"]


def test_work_that_starts_later_is_the_plan_told_before_with_its_date(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a quay at Kilifi. Work will start in May 2031.")
    assert plan.when == "2031-05"
    assert len(plan.quotes) == 2


def test_it_goes_back_to_the_subject_before(plans_of: PlansOf) -> None:
    plan = plans_of("Kenya has a long coast. It will build a pier at Kilifi.")[-1]
    assert plan.actor == "Kenya"
    assert [(a.said, a.stands_for) for a in plan.antecedents] == [("It", "Kenya")]


def test_two_countries_are_the_last_two_that_were_named(plans_of: PlansOf) -> None:
    plan = plans_of("Kenya met Oman in May. The two countries will build a pier at Kilifi.")[-1]
    assert plan.actor == "Kenya and Oman"


def test_a_short_name_goes_back_to_the_fuller_one(plans_of: PlansOf) -> None:
    plan = plans_of("The 4th Marine Littoral Regiment is new. The regiment will build a camp at Kilifi.")[-1]
    assert "Littoral Regiment" in plan.actor


def test_a_short_name_that_goes_back_to_nothing_is_said_to(plans_of: PlansOf) -> None:
    (plan,) = plans_of("The regiment will build a camp at Kilifi.")
    assert [(a.said, a.stands_for) for a in plan.antecedents] == [("The regiment", "")]
    assert "who" in plan.lacks


def test_it_goes_back_to_the_one_who_speaks_where_that_is_a_firm(plans_of: PlansOf) -> None:
    plan = plans_of("Oman will reopen a mine in Kilifi. A cruise operator said it will base a vessel in Mombasa.")[-1]
    assert plan.actor == "A cruise operator"


def test_there_does_not_go_back_past_a_place_that_the_gazetteer_lacks(plans_of: PlansOf) -> None:
    plan = plans_of("Kenya opened a railway in Lamu. India opened a copper mine at Zorvelpur. A second shaft will be dug there.")[-1]
    assert plan.places == ()


def test_a_condition_of_a_further_sentence_is_the_condition_of_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya has agreed to build a pier at Kilifi. Work there will begin in 2031 if parliament agrees.")
    assert (plan.when, plan.condition) == ("2031", "if parliament agrees")
