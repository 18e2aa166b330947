"""The one line of a plan: plain English from its parts, and nothing that the quote does not say."""

from __future__ import annotations

import pytest

from tests.conftest import PlansOf


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kenya will build a pier at Kilifi by May 2031.", "Kenya would build a pier at Kilifi by May 2031"),
        ("The navy plans to build a pier at Kilifi.", "The navy plans to build a pier at Kilifi"),
        ("A pier will be built by Oman at Kilifi.", "A pier would be built by Oman at Kilifi"),
        ("Crews are laying a cable between Taba and Aqaba.", "Crews are laying a cable between Taba and Aqaba"),
        ("The United States keeps 150 soldiers at Lamu.", "The United States keeps 150 soldiers at Lamu"),
        ("Kenya and Oman agreed to build a pier at Kilifi.", "Kenya and Oman agreed to build a pier at Kilifi"),
        ("Oman might send a frigate to Lamu.", "Oman might send a frigate to Lamu"),
        ("The bank will lend $900 million for a pier at Kilifi.", "The bank would lend $900 million for a pier at Kilifi"),
        ("Oman wants to build a pier at Kilifi.", "Oman wants to build a pier at Kilifi"),
        ("Kenya is considering building a pier at Kilifi.", "Kenya is considering building a pier at Kilifi"),
        ("No base will be built at Lamu.", "No base would be built at Lamu"),
        ("A depot was opened at Lamu in May 2031.", "A depot was opened at Lamu in May 2031"),
        ("Oman has asked for a base at Lamu.", "Oman asked for a base at Lamu"),
        ("In May, the army will open a camp in the Philippines.", "The army would open a camp in the Philippines in May"),
    ],
)
def test_a_summary_reads_as_a_person_would_write_it(plans_of: PlansOf, text: str, line: str) -> None:
    (plan,) = plans_of(text)
    assert plan.summary == line


@pytest.mark.parametrize(
    "text", ["Kenya will build a pier at Kilifi.", "The army will send troops to Mali.", "A pier will be built at Kilifi."]
)
def test_a_plan_is_never_told_as_sure(plans_of: PlansOf, text: str) -> None:
    assert " will " not in plans_of(text)[0].summary


def test_words_that_make_no_sentence_are_quoted_as_the_source_has_them(plans_of: PlansOf) -> None:
    (plan,) = plans_of("To be moved there from Kilifi by May: the radar of the coastguard, which will deploy.") or (None,)
    assert plan is None or "“" in plan.summary or plan.summary[0].isupper()
