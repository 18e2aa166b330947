"""Reported plans out of sentences of our own: who, what, where, and how far along."""

from __future__ import annotations

import pytest

from geo import Gazetteer, parse
from sources import STATUSES, RuleExtractor, read_text
from tests.conftest import PlansOf

STATUS_OF = {
    "Kenya plans to build a naval pier at Kilifi.": "planned",
    "Kenya will build a naval pier at Kilifi.": "planned",
    "A naval pier is to be built at Kilifi.": "planned",
    "The navy would deploy two patrol boats to Kilifi, the ministry said.": "planned",
    "Kenya is to supply fuel to the depot at Kilifi.": "planned",
    "The ministry proposed a radar station on Socotra.": "proposed",
    "The ministry has proposed a radar station on Socotra.": "proposed",
    "A radar station has been proposed on Socotra.": "proposed",
    "The council is considering a new port at Kilifi.": "proposed",
    "The navy could deploy patrol boats to Kilifi, the ministry said.": "proposed",
    "Kenya and Oman agreed to open a base at Kilifi.": "agreed",
    "Kenya and Oman signed an agreement to build a pier at Kilifi.": "agreed",
    "Crews are building a jetty at Kilifi.": "under way",
    "A jetty is under construction at Kilifi.": "under way",
    "Workers have begun to build a pier at Kilifi.": "under way",
    "Australia operates a radar station on Christmas Island.": "existing",
    "Kenya has a naval base at Mombasa.": "existing",
    "Two ships are stationed at Mombasa.": "existing",
    "Portugal completed a naval base at Setúbal last month.": "completed",
    "The pier at Kilifi was completed in 2025.": "completed",
    "Portugal opened a naval base at Setúbal.": "completed",
    "Chile denied that it would build a base at Punta Arenas.": "denied",
    "Chile will not build a base at Punta Arenas.": "denied",
    "Chile has no plan to build a base at Punta Arenas, the ministry said.": "denied",
}


@pytest.mark.parametrize(("text", "status"), STATUS_OF.items(), ids=list(STATUS_OF))
def test_the_verb_and_its_tense_tell_the_status(plans_of: PlansOf, text: str, status: str) -> None:
    assert [p.status for p in plans_of(text, date="2026-11-05")] == [status]


def test_every_status_has_a_sentence_above() -> None:
    assert set(STATUS_OF.values()) == set(STATUSES)


# who, what, where ------------------------------------------------------------------------------------------------------------


def test_a_plan_names_its_actor_asset_and_action(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya plans to build a naval pier at Kilifi.")
    assert (plan.actor, plan.asset, plan.action) == ("Kenya", "a naval pier", "build")


def test_the_agent_of_a_passive_is_the_actor(plans_of: PlansOf) -> None:
    (plan,) = plans_of("A naval pier will be built by the harbour office at Kilifi.")
    assert "harbour office" in plan.actor


def test_the_actor_of_a_signed_agreement_is_who_signed_it(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya and Oman signed an agreement to build a pier at Kilifi.")
    assert plan.actor == "Kenya and Oman"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Kenya will build a naval pier at Kilifi.", ["Kilifi"]),
        ("Kenya will open depots in Lamu and Mombasa.", ["Lamu", "Mombasa"]),
        ("The navy will build a radar station on Socotra.", ["Socotra"]),
        ("Units would be stationed along the Nansei Islands.", ["Nansei Islands"]),
        ("The navy will move two patrol boats to Lamu from Mombasa.", ["Lamu"]),
        ("Kenya will build a depot on the island of Socotra.", ["Socotra"]),
        ("Kenya will build a depot in Mombasa, Kenya.", ["Mombasa"]),
    ],
)
def test_the_places_of_a_plan_are_where_its_thing_is_to_be(plans_of: PlansOf, text: str, places: list[str]) -> None:
    (plan,) = plans_of(text)
    assert [p.place.name for p in plan.places] == places


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The navy will send a frigate towards Cyprus.", "direction"),
        ("The army plans to deploy rocket launchers toward Socotra.", "direction"),
        ("Kenya will build a pier along the coast facing Zanzibar.", "direction"),
        ("The navy will build a depot near Cyprus.", "near"),
        ("The navy will build a depot close to Cyprus.", "near"),
        ("The navy will build a depot off Cyprus.", "near"),
        ("The army will build a base within 50 km of Nairobi.", "extent"),
        ("The army will build a base 40 km north of Nairobi.", "extent"),
    ],
)
def test_a_direction_an_extent_or_a_neighbour_is_no_place_of_a_plan(plans_of: PlansOf, text: str, role: str) -> None:
    (plan,) = plans_of(text)
    assert plan.places == ()
    assert {a.role for a in plan.anchors} == {role}


@pytest.mark.parametrize(
    ("text", "km"),
    [
        ("The army will build a base within 50 km of Nairobi.", 50.0),
        ("The army will build a base 40 miles north of Nairobi.", 64.4),
        ("The army will build a base within 100 nautical miles of Mombasa.", 185.2),
        ("The army will build a base within 1,200 kilometres of Nairobi.", 1200.0),
    ],
)
def test_a_stated_distance_is_kept_in_kilometres(plans_of: PlansOf, text: str, km: float) -> None:
    (plan,) = plans_of(text)
    assert [a.distance_km for a in plan.anchors] == [km]


def test_the_place_that_a_report_was_sent_from_is_no_place_of_its_plans(plans_of: PlansOf) -> None:
    (plan,) = plans_of("NAIROBI, March 3 (Example Wire) — Kenya will build a naval pier at Kilifi.")
    assert [p.place.name for p in plan.places] == ["Kilifi"]


def test_the_place_where_it_was_said_is_no_place_of_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi, officials in Nairobi said.")
    assert [p.place.name for p in plan.places] == ["Kilifi"]


def test_there_goes_back_to_the_place_last_named(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya has a port at Mombasa. The navy will build a new pier there.")
    assert [p.place.name for p in plans[-1].places] == ["Mombasa"]


def test_a_place_reached_by_there_says_so(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya has a port at Mombasa. The navy will build a new pier there.")
    assert [p.said for p in plans[-1].places] == ["there"]


def test_a_part_of_a_place_stays_a_part(plans_of: PlansOf) -> None:
    (plan,) = plans_of("The army will build a base in northern Kenya.")
    assert [(p.said, p.modifier, p.where_prec) for p in plan.places] == [("northern Kenya", "northern", 5)]


def test_a_plan_without_a_place_is_kept_and_says_that_it_lacks_one(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya plans to build a naval pier.")
    assert (plan.places, "place" in plan.lacks) == ((), True)


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("A naval pier will be built at Kilifi in 2027.", "who"),
        ("Kenya will build a naval pier in 2027.", "place"),
        ("Kenya will build a naval pier at Kilifi.", "date"),
    ],
)
def test_what_the_article_leaves_open_is_listed(plans_of: PlansOf, text: str, lack: str) -> None:
    (plan,) = plans_of(text)
    assert plan.lacks == (lack,)


def test_a_condition_is_kept_with_its_plan_or_the_sentence_is_no_plan(plans_of: PlansOf) -> None:
    plans = plans_of("If the rains fail, Kenya will build a dam at Garissa.")
    assert [p.condition for p in plans] in ([], ["If the rains fail"])


def test_a_condition_that_follows_is_kept(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a dam at Garissa if the rains fail.")
    assert "if the rains fail" in plan.condition


def test_whom_the_article_credits_is_the_origin_of_its_plans(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at Kilifi.", origin="Example Wire")
    assert plan.origins == ("Example Wire",)


# what is no plan -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Kenya could build a base at Lamu, said Peter Mwangi, an analyst at a university.",
        "An analyst expects that Kenya will build a base at Lamu.",
        "Analysts said that Kenya would probably build a base at Lamu.",
        "Peter Mwangi, a researcher at Kisumu Policy Institute, thinks that Kenya will build a base at Lamu.",
    ],
)
def test_a_prediction_of_an_analyst_is_no_plan(plans_of: PlansOf, text: str) -> None:
    assert plans_of(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "In the 1890s the navy built a depot at Mombasa.",
        "The British navy built a depot at Mombasa in 1911.",
        "In 1998 the army built a base at Garissa.",
    ],
)
def test_history_is_no_plan(plans_of: PlansOf, text: str) -> None:
    assert plans_of(text, date="2026-11-05") == ()


@pytest.mark.parametrize(
    "text",
    [
        "Will Kenya build a dam at Garissa?",
        "The island of Lamu is popular with visitors.",
        "Kenya and Oman discussed the weather in Nairobi.",
        "The minister will answer questions on Friday.",
        "Fishing families asked for a meeting in Kilifi.",
    ],
)
def test_a_sentence_that_plans_nothing_gives_no_plan(plans_of: PlansOf, text: str) -> None:
    assert plans_of(text) == ()


def test_a_sentence_passed_over_is_listed_with_the_reason(gazetteer: Gazetteer) -> None:
    article = read_text("An analyst expects that Kenya will build a base at Lamu.")
    found = RuleExtractor().extract(article, parse(article.text, gazetteer), gazetteer)
    plans, skipped = found.plans, found.skipped
    assert (plans, [s.why for s in skipped]) == ((), ["an analyst's view"])


@pytest.mark.parametrize(
    "text",
    [
        "Kenya cancelled its plan to build a base at Lamu.",
        "Kenya has dropped plans to build a base at Lamu.",
        "Kenya abandoned a plan to build a base at Lamu.",
        "The proposal to build a base at Lamu failed.",
        "Kenya is not building a base at Lamu.",
    ],
)
def test_what_was_given_up_is_not_told_as_planned(plans_of: PlansOf, text: str) -> None:
    assert {p.status for p in plans_of(text)} <= {"denied"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("It is unlikely that the depot at Lamu will close before 2030.", "said to be unlikely"),
        ("There is little chance that Kenya will open a mine at Kilifi.", "said to be unlikely"),
        ("Critics say Kenya should not build a bridge at Lamu.", "what somebody thinks should not be"),
    ],
)
def test_what_is_doubted_is_no_plan_and_is_listed(gazetteer: Gazetteer, text: str, why: str) -> None:
    article = read_text(text)
    found = RuleExtractor().extract(article, parse(text, gazetteer), gazetteer)
    assert (found.plans, [s.why for s in found.skipped]) == ((), [why])


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("There are currently about 5,000 troops in Kilifi, the army said.", "existing"),
        ("The agency has several projects in Kilifi.", "existing"),
        ("Kenya created a Labour Working Group with Oman.", "completed"),
        ("Oman added $2.2 billion to its harbour budget.", "completed"),
        ("Oman will assist Kenya in building a dock in Kilifi.", "planned"),
        ("Oman will increase visits to Kenya from 2031.", "planned"),
        ("The bank announced a new $20 million loan for housing in Kenya.", "planned"),
        ("Kenya and Oman will co-host a trade forum in Mombasa in May 2031.", "planned"),
        ("The coast guards plan to conduct an exercise in the Gulf of Guinea.", "planned"),
    ],
)
def test_what_fact_sheets_list_is_told(plans_of: PlansOf, text: str, status: str) -> None:
    assert [p.status for p in plans_of(text)] == [status]


@pytest.mark.parametrize(
    "text", ["The company announced record profits in Kenya.", "The navy opened the gate.", "Oman increased cooperation with Kenya."]
)
def test_news_of_no_thing_is_no_plan(plans_of: PlansOf, text: str) -> None:
    assert plans_of(text) == ()


def test_what_would_have_been_is_no_plan(plans_of: PlansOf) -> None:
    assert plans_of("Kenya would have built a stadium at Lamu had money been found.") == ()


def test_what_somebody_will_no_longer_do_is_denied(plans_of: PlansOf) -> None:
    assert [p.status for p in plans_of("Kenya will no longer build the pier at Lamu.")] == ["denied"]


def test_a_plan_and_that_it_was_dropped_are_one_denial(plans_of: PlansOf) -> None:
    assert [p.status for p in plans_of("Oman had planned to open a yard in Lamu, but it has been dropped.")] == ["denied"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Oman and Kenya will hold a joint drill, Pale Reed, in Mombasa from 10 to 20 September 2031.", "2031-09-10/2031-09-20"),
        ("Kenya will build a radar on Lamu, within 100 km of Somalia, by March 2031.", "2031-03"),
        ("Oman will send 600 troops to Kenya, starting in early 2031.", "2031/.."),
    ],
)
def test_an_apposition_does_not_part_a_plan_from_its_time(plans_of: PlansOf, text: str, edtf: str) -> None:
    assert [p.when for p in plans_of(text)] == [edtf]


def test_a_town_that_a_distance_is_counted_from_is_not_the_place(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will open a camp at Xyzzyville, about 60 kilometres west of the border town of Kilifi.")
    assert (plan.places, [(p.place.name, p.role) for p in plan.anchors]) == ((), [("Kilifi", "extent")])


def test_not_only_denies_nothing(plans_of: PlansOf) -> None:
    plans = plans_of("Kenya will not only build a base at Lamu but also a pier at Kilifi.")
    assert {p.status for p in plans} == {"planned"}


def test_a_place_where_it_is_not_to_be_is_no_place_of_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("The naval pier will be built at Kilifi, not at Lamu.")
    assert [p.place.name for p in plan.places] == ["Kilifi"]


def test_a_clause_about_the_thing_does_not_take_its_place(plans_of: PlansOf) -> None:
    plans = plans_of("The dam at Garissa, which Kenya completed in 2020, will be raised.")
    assert ["Kenya" in p.asset for p in plans] == [False]


# quotes, numbers, summaries --------------------------------------------------------------------------------------------------


def test_a_plan_is_quoted_by_its_whole_sentence(plans_of: PlansOf) -> None:
    plans = plans_of("Nothing was said before. Kenya will build a naval pier at Kilifi. Nothing was said after.")
    assert [[q.exact for q in p.quotes] for p in plans] == [["Kenya will build a naval pier at Kilifi."]]


def test_a_quote_in_a_text_with_astral_characters_stands_at_its_code_points(plans_of: PlansOf) -> None:
    text = "𠮷🚢🚢 is no word.\n\nKenya will build a naval pier at Kilifi."
    (plan,) = plans_of(text)
    assert text[plan.quotes[0].start : plan.quotes[0].end] == "Kenya will build a naval pier at Kilifi."


def test_the_words_that_carry_the_plan_are_marked_inside_the_quote(plans_of: PlansOf) -> None:
    (plan,) = plans_of("The minister said that Kenya will build a naval pier at Kilifi.")
    quote = plan.quotes[0]
    assert any("build a naval pier" in quote.exact[a:b] for a, b in quote.emphasis)


def test_plans_are_numbered_from_one_in_the_order_of_the_text(plans_of: PlansOf) -> None:
    plans = plans_of(
        "Kenya will build a naval pier at Kilifi.\n\nOman will open a radar station on Socotra.\n\nChile will build a depot in Lima."
    )
    assert [(p.number, p.quotes[0].start == min(q.start for q in p.quotes)) for p in plans] == [(1, True), (2, True), (3, True)]


@pytest.mark.parametrize("text", [t for t, s in STATUS_OF.items() if s in ("planned", "proposed")])
def test_a_summary_never_says_that_a_plan_will_happen(plans_of: PlansOf, text: str) -> None:
    (plan,) = plans_of(text)
    assert " will " not in f" {plan.summary} "


def test_a_summary_of_a_passive_plan_does_not_plan_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("A fuel depot is planned at Lamu.")
    assert "would be planned" not in plan.summary


def test_an_abbreviation_does_not_end_the_sentence_that_is_quoted(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Lt. Gen. Juma Roe said the U.S. Army will build a depot at Kilifi. Nobody asked.")
    assert plan.quotes[0].exact == "Lt. Gen. Juma Roe said the U.S. Army will build a depot at Kilifi."


# what must not be turned round ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The government has not agreed to host a base in Kenya.",
        "No runway is being built at Kilifi.",
        "None of the piers will be built at Kilifi.",
    ],
)
def test_what_is_said_not_to_be_is_never_told_as_being(plans_of: PlansOf, text: str) -> None:
    assert {p.status for p in plans_of(text)} <= {"denied"}


def test_a_supply_chain_is_no_island_chain(plans_of: PlansOf) -> None:
    text = "The Nansei Islands are many. The ministry will build a plant for batteries in the supply chain."
    assert [p.places for p in plans_of(text)] == [()]


def test_the_time_of_another_clause_is_not_the_time_of_the_plan(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya, which has led the force since 2022, plans to build a base at Lamu.")
    assert plan.when is None


def test_a_plan_without_an_object_is_told_in_the_words_of_its_source(plans_of: PlansOf) -> None:
    (plan,) = plans_of("The force will station with its rockets at Kilifi.")
    assert plan.summary.startswith("“")


def test_a_name_in_emphasis_is_a_name(plans_of: PlansOf) -> None:
    (plan,) = plans_of("Kenya will build a naval pier at *Kilifi* in 2027.")
    assert [p.place.name for p in plan.places] == ["Kilifi"]
