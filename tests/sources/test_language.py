"""A text in another language is said to be so and gives no plans by English rules."""

from __future__ import annotations

import pytest

import sources
from geo import Gazetteer

FRENCH = "Le gouvernement du Kenya va construire une jetée à Kilifi. Les travaux commenceront au mois de mai, a dit la ministre. " * 3
GERMAN = "Kenia wird in Kilifi eine Mole bauen. Die Arbeiten beginnen im Mai, sagte die Ministerin am Montag in Nairobi. " * 3
JAPANESE = "ケニアはキリフィに桟橋を建設する。工事は五月に始まると大臣は述べた。" * 3


@pytest.mark.parametrize(("text", "language"), [(FRENCH, "French"), (GERMAN, "German"), (JAPANESE, "Japanese")])
def test_another_language_is_named_and_gives_no_plans(gazetteer: Gazetteer, text: str, language: str) -> None:
    reading = sources.read_plans([sources.read_text(text)], gazetteer)
    assert reading.plans == ()
    assert language in reading.problems[0].rule
    assert reading.skipped[reading.articles[0].id][0].why == f"the text is in {language}"


def test_the_places_of_another_language_are_still_found(gazetteer: Gazetteer) -> None:
    reading = sources.read_plans([sources.read_text(GERMAN)], gazetteer)
    assert any(t.place and t.place.name == "Nairobi" for t in reading.toponyms[reading.articles[0].id])


@pytest.mark.parametrize(
    "text",
    [
        "Kenya will build a pier at Kilifi.",
        "Lüderitz, Namibia: Hafen Nord GmbH will build a pier at Walvis Bay.",
        "Pier, Kilifi.",
    ],
)
def test_english_and_short_lines_of_names_are_no_other_language(gazetteer: Gazetteer, text: str) -> None:
    assert sources.read_plans([sources.read_text(text)], gazetteer).problems == ()
