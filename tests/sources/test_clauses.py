"""One sentence, several plans: whose each is, what it is about, and which places are its own."""

from __future__ import annotations

import pytest

from tests.conftest import PlansOf


def test_two_clauses_of_a_sentence_are_two_plans_with_their_own_places(plans_of: PlansOf) -> None:
    first, second = plans_of("Denmark will send two patrol ships to Greenland, while Norway is building a hangar in Tromsø.")
    assert (first.actor, first.status, [p.place.name for p in first.places]) == ("Denmark", "planned", ["Greenland"])
    assert (second.actor, second.status, [p.place.name for p in second.places]) == ("Norway", "under way", ["Tromsø"])


def test_a_relative_clause_tells_a_plan_of_its_own_subject(plans_of: PlansOf) -> None:
    existing, planned = plans_of("Spain, which already keeps two patrol boats in Nouadhibou, will add a third vessel in July.")
    assert (existing.actor, existing.status, existing.places[0].place.name) == ("Spain", "existing", "Nouadhibou")
    assert (planned.actor, planned.status, planned.when_said) == ("Spain", "planned", "in July")


def test_a_verb_that_shares_its_subject_has_the_same_actor(plans_of: PlansOf) -> None:
    first, second = plans_of("Kenya will build a pier at Kilifi and will open a fuel depot at Lamu.")
    assert first.actor == second.actor == "Kenya"
    assert [p.place.name for p in second.places] == ["Lamu"]


@pytest.mark.parametrize(
    "text",
    [
        "The pier will be built and operated by a Turkish firm at Kilifi.",
        "Kenya agreed to build a pier at Kilifi.",
        "Kenya has proposed that a pier be built at Kilifi.",
        "Kenya is drawing up plans to build a pier at Kilifi.",
        "Kenya denied that it would build a pier at Kilifi.",
        "The pier that Kenya will build at Kilifi will be long.",
    ],
)
def test_verbs_that_govern_one_another_or_share_a_thing_tell_one_plan(plans_of: PlansOf, text: str) -> None:
    assert len(plans_of(text)) == 1


def test_plans_of_one_sentence_are_quoted_by_it_and_bold_in_different_words(plans_of: PlansOf) -> None:
    first, second = plans_of("Kenya will build a pier at Kilifi, and Oman will open a fuel depot at Lamu.")
    assert first.quotes[0].exact == second.quotes[0].exact
    assert first.quotes[0].emphasis != second.quotes[0].emphasis


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The commitment by Angola, Zambia and Kenya to build a railway to Lobito was welcomed.", "Angola, Zambia and Kenya"),
        ("China's plan to build a port at Gwadar worries nobody.", "China"),
        ("An agreement between Kenya and Oman to build a pier at Kilifi was signed.", "Kenya and Oman"),
        ("Kenya wants the navy to build a pier at Kilifi.", "navy"),
        ("Kenya, whose coast is long, will build a pier at Kilifi.", "Kenya"),
        ("By May, the navy will build a pier at Kilifi.", "navy"),
    ],
)
def test_the_actor_is_who_the_clause_says(plans_of: PlansOf, text: str, actor: str) -> None:
    assert plans_of(text)[0].actor == actor


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Kenya will build a railway from Nairobi to Mombasa.", {"Nairobi", "Mombasa"}),
        ("A cable between Taba and Aqaba will be laid.", {"Taba", "Aqaba"}),
        ("About 6,000 people will be moved from Nairobi to Mombasa.", {"Mombasa"}),
        ("Kenya will close Mombasa.", {"Mombasa"}),
        ("Uzbekistan will open a depot at Termez, on the Amu Darya.", {"Tirmiz"}),
        ("Kenya will open a trade office in Almaty.", {"Almaty"}),
        ("Under a pact signed last month in Riga, Estonia will open a centre in Tallinn.", {"Tallinn"}),
        ("In Nairobi, the ministry denied that a base would be built at Lamu.", {"Lamu"}),
        ("Malaysia, which faces Vietnam across the South China Sea, will add a hangar at Labuan.", {"Labuan"}),
        ("Kenya will build a depot at Mombasa in Kenya.", {"Mombasa"}),
    ],
)
def test_a_plan_has_the_places_where_it_is_to_be_and_no_others(plans_of: PlansOf, text: str, places: set[str]) -> None:
    (plan,) = plans_of(text)
    assert {p.place.name.split(" island")[0] for p in plan.places} == places


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Under an agreement signed with Qatar, a hospital is to be built at Lamu.", "agreed"),
        ("They signed a pact under which Kenya will host a depot at Lamu.", "agreed"),
        ("Kenya would like to see a railway from Nairobi to Lamu.", "proposed"),
        ("Kenya has no plans for a reactor at Lamu.", "denied"),
        ("No base will be built at Lamu.", "denied"),
        ("A dock is now under construction at Lamu.", "under way"),
        ("A road to Lamu is under study.", "proposed"),
        ("A patrol unit has been in Lamu since May.", "existing"),
        ("Kenya broke ground on a pier at Lamu.", "under way"),
        ("Kenya intends to explore the possibility of a pier at Lamu.", "proposed"),
        ("Kenya has pledged two ships to the base at Lamu.", "planned"),
        ("Kenya is thinking of building a pier at Lamu.", "proposed"),
        ("Kenya should have a plan to withdraw its troops from Lamu.", "proposed"),
        ("The pier at Lamu was put on hold.", "planned"),
        ("Kenya scrapped the pier at Lamu.", "denied"),
    ],
)
def test_the_status_follows_from_what_governs_the_verb(plans_of: PlansOf, text: str, status: str) -> None:
    assert [p.status for p in plans_of(text)] == [status]


@pytest.mark.parametrize(
    "text",
    [
        "The plan will deliver security for all.",
        "The corridor will boost growth in Zambia.",
        "China rejected the accusations about its base in Djibouti.",
        "Djibouti is confident that its strategy is paying off.",
        "Not every project in Kenya is moving.",
        "Shippers expect the route to shift, said Ann Ray, of the Lamu Institute.",
        "JOURNALIST: Are there reports that a base will be built at Lamu?",
        "Forecasts assume that the canal will run short of water.",
        "If the talks fail, troops will be sent to Lamu.",
    ],
)
def test_what_nobody_plans_is_no_plan(plans_of: PlansOf, text: str) -> None:
    assert plans_of(text) == ()
