"""One plan told several times is one plan with several quotes; two plans stay two."""

from __future__ import annotations

import sources
from geo import Gazetteer
from sources import Reading, read_text
from tests.conftest import PlansOf

BOX = """At a Glance

- Kenya will build a naval pier at Kilifi
- Oman will open a radar station on Socotra

Kenya will build a naval pier at Kilifi, the harbour office said on Tuesday.

Oman will open a radar station on Socotra, its ministry said.
"""


def read(gazetteer: Gazetteer, *texts: str) -> Reading:
    """Read several articles that each say one thing."""
    return sources.read_plans([read_text(t, id=f"article-{n}") for n, t in enumerate(texts, start=1)], gazetteer)


def test_a_bullet_that_repeats_the_body_is_the_same_plan(plans_of: PlansOf) -> None:
    assert [p.places[0].place.name for p in plans_of(BOX)] == ["Kilifi", "Socotra"]


def test_a_plan_told_in_a_bullet_and_in_the_body_has_both_quotes(plans_of: PlansOf) -> None:
    assert [len(p.quotes) for p in plans_of(BOX)] == [2, 2]


def test_every_quote_of_a_merged_plan_stands_in_the_text(plans_of: PlansOf) -> None:
    quotes = [q for p in plans_of(BOX) for q in p.quotes]
    assert [BOX[q.start : q.end] for q in quotes] == [q.exact for q in quotes]


def test_the_same_thing_at_two_places_is_two_plans(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya will build a naval pier at Kilifi.\n\nKenya will build a naval pier at Lamu.")
    assert [p.places[0].place.name for p in plans] == ["Kilifi", "Lamu"]


def test_two_things_at_one_place_are_two_plans(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya will build a naval pier at Kilifi.\n\nThe army plans to station a rocket regiment at Kilifi.")
    assert len(plans) == 2


def test_what_is_planned_and_what_is_denied_are_two_plans(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya will build a naval pier at Kilifi.\n\nKenya denied that it would build a naval pier at Kilifi.")
    assert [p.status for p in plans] == ["planned", "denied"]


def test_two_articles_that_tell_one_plan_give_one_plan_with_a_quote_of_each(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Kenya will build a naval pier at Kilifi.", "A naval pier will be built by Kenya at Kilifi.")
    assert [{q.article_id for q in p.quotes} for p in reading.plans] == [{"article-1", "article-2"}]


def test_two_articles_that_credit_one_origin_are_one_origin(gazetteer: Gazetteer) -> None:
    articles = [read_text("Kenya will build a naval pier at Kilifi.", id=name, origin="Example Wire") for name in ("one", "two")]
    (plan,) = sources.read_plans(articles, gazetteer).plans
    assert plan.origins == ("Example Wire",)


def test_the_telling_with_a_time_gives_the_merged_plan_its_time(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Kenya will build a naval pier at Kilifi.", "Kenya will build a naval pier at Kilifi in 2027.")
    assert [(p.when, "date" in p.lacks) for p in reading.plans] == [("2027", False)]


def test_plans_of_several_articles_are_numbered_through(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Kenya will build a naval pier at Kilifi.", "Oman will open a radar station on Socotra.")
    assert [p.number for p in reading.plans] == [1, 2]


def test_ids_of_plans_are_unique(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, BOX, "Chile will build a depot in Lima.", "Chile will build a dam in Cusco.")
    assert len({p.id for p in reading.plans}) == len(reading.plans) == 4


def test_an_article_without_a_plan_stays_in_the_reading(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, "Lima is a city by the sea.")
    assert ([a.id for a in reading.articles], reading.plans) == (["article-1"], ())


def test_the_problems_of_reading_are_passed_on(gazetteer: Gazetteer) -> None:
    problem = sources.Problem(name="a.pdf", rule="not a text", next_step="convert it")
    assert sources.read_plans([], gazetteer, problems=[problem]).problems == (problem,)
