"""Mentions that somebody else found are resolved as given; a place that is less sure than asked for is not chosen."""

from __future__ import annotations

import pytest

from geo import Gazetteer, GeoError, Toponym, parse

TEXT = "Crews left Springfield, Ill., for northern Luzon. Chinese ships met at Zorvel; see www.lima.example.com and wait."


def given(gazetteer: Gazetteer, *phrases: str, text: str = TEXT, min_score: float = 0.0) -> tuple[Toponym, ...]:
    """The toponyms of the first place in the text where each phrase stands."""
    return parse(text, gazetteer, mentions=[(text.index(p), text.index(p) + len(p)) for p in phrases], min_score=min_score)


def test_each_given_mention_gives_one_toponym_in_the_order_given(gazetteer: Gazetteer) -> None:
    phrases = ("Zorvel", "Luzon", "Springfield", "Chinese")
    assert tuple(t.mention.text for t in given(gazetteer, *phrases)) == phrases


def test_a_mention_given_twice_is_answered_twice(gazetteer: Gazetteer) -> None:
    one, other = given(gazetteer, "Springfield", "Springfield")
    assert one == other


def test_mentions_that_overlap_are_each_answered(gazetteer: Gazetteer) -> None:
    assert [t.place.name for t in given(gazetteer, "northern Luzon", "Luzon") if t.place] == ["Northern Luzon", "Luzon"]


def test_nothing_but_the_given_mentions_is_resolved(gazetteer: Gazetteer) -> None:
    assert [t.mention.text for t in given(gazetteer, "Springfield")] == ["Springfield"]


def test_no_mentions_given_is_an_empty_answer_and_not_a_search(gazetteer: Gazetteer) -> None:
    assert parse(TEXT, gazetteer, mentions=[]) == ()


@pytest.mark.parametrize("phrase", ["Zorvel", "met at", ";", " ", "wait."])
def test_a_given_mention_that_no_entry_is_named_after_has_no_place_and_says_so(gazetteer: Gazetteer, phrase: str) -> None:
    (found,) = given(gazetteer, phrase)
    assert (found.place, found.reason) == (None, f"no entry of the gazetteer is named {' '.join(phrase.split())}")


def test_a_given_mention_in_an_address_has_no_place_and_says_why(gazetteer: Gazetteer) -> None:
    (found,) = given(gazetteer, "lima")
    assert (found.place, "address" in found.reason) == (None, True)


def test_a_given_state_abbreviation_is_the_state(gazetteer: Gazetteer) -> None:
    assert [t.place.id for t in given(gazetteer, "Ill.") if t.place] == ["iso3166-2:US-IL"]


def test_a_given_name_with_its_possessive_is_found(gazetteer: Gazetteer) -> None:
    assert [t.place.id for t in given(gazetteer, "Kenya's", text="It is Kenya's pier.") if t.place] == ["iso3166-1:KE"]


def test_a_given_adjective_of_a_people_is_a_demonym(gazetteer: Gazetteer) -> None:
    assert [(t.mention.kind, t.place.id) for t in given(gazetteer, "Chinese") if t.place] == [("demonym", "iso3166-1:CN")]


@pytest.mark.parametrize("mention", [(-1, 3), (3, 3), (5, 2), (0, len(TEXT) + 1)])
def test_a_mention_that_does_not_lie_in_the_text_is_refused(gazetteer: Gazetteer, mention: tuple[int, int]) -> None:
    with pytest.raises(GeoError, match=r"mention \(.*give 0 <= start < end <= length"):
        parse(TEXT, gazetteer, mentions=[mention])


def test_a_place_less_sure_than_asked_for_is_not_chosen_and_the_candidates_stay(gazetteer: Gazetteer) -> None:
    text = "The fair at Springfield was short."
    (free,) = given(gazetteer, "Springfield", text=text)
    (strict,) = given(gazetteer, "Springfield", text=text, min_score=1.0)
    assert (free.place is not None, strict.place, strict.candidates) == (True, None, free.candidates)


def test_the_reason_for_no_choice_gives_both_scores_and_the_best_place(gazetteer: Gazetteer) -> None:
    text = "The fair at Springfield was short."
    (free,) = given(gazetteer, "Springfield", text=text)
    (strict,) = given(gazetteer, "Springfield", text=text, min_score=1.0)
    assert strict.reason == f"score {free.score:.2f} is below the 1.00 asked for; best: {free.reason}"


def test_a_least_score_of_nothing_changes_nothing(gazetteer: Gazetteer) -> None:
    assert parse(TEXT, gazetteer, min_score=0.0) == parse(TEXT, gazetteer)


def test_a_least_score_holds_for_mentions_that_are_found_too(gazetteer: Gazetteer) -> None:
    assert all(t.place is None or t.score >= 0.9 for t in parse(TEXT, gazetteer, min_score=0.9))
