"""Which words are verbs, and in what form: the clause's one finite verb decides."""

from __future__ import annotations

import pytest

from sources._sentences import sentences


def tags_of(text: str) -> dict[str, str]:
    """The tag of each word of a sentence; the last one where a word comes twice."""
    (sentence,) = sentences(text)
    return {t.text: tag for t, tag in zip(sentence.tokens, sentence.tags, strict=True)}


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Army bases in Kenya will close.", "bases", "N"),
        ("The firm plans a quay at Kilifi.", "plans", "VZ"),
        ("The plans were shown at Kilifi.", "plans", "N"),
        ("Kenya, which runs the port, plans to build a quay.", "plans", "VZ"),
        ("The troops already use the airfield.", "use", "VP"),
        ("The use of the airfield is denied.", "use", "N"),
        ("The port handles oil exports to Oman.", "handles", "VZ"),
        ("The port handles oil exports to Oman.", "exports", "N"),
        ("They want to base a brigade at Lamu.", "base", "VB"),
        ("The base at Lamu is small.", "base", "N"),
        ("Two boats now stand guard off Lamu.", "stand", "VP"),
    ],
)
def test_a_word_that_can_be_noun_or_verb_is_told_by_its_clause(text: str, word: str, tag: str) -> None:
    assert tags_of(text)[word] == tag


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("Troops deployed to Lamu in May withdrew last week.", "deployed", "VN"),
        ("The army deployed two units to Lamu.", "deployed", "VD"),
        ("A pier built by Oman has opened at Lamu.", "built", "VN"),
        ("Oman built a pier at Lamu.", "built", "VD"),
        ("The depot, located in Lamu, holds fuel.", "located", "VN"),
        ("The units have been deployed there.", "deployed", "VN"),
    ],
)
def test_a_past_form_is_finite_only_where_its_clause_has_no_other_verb(text: str, word: str, tag: str) -> None:
    assert tags_of(text)[word] == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [("The firm is building a pier.", "VG"), ("The building is new.", "N"), ("They agreed on the training of crews.", "N")],
)
def test_a_word_in_ing_is_a_noun_behind_an_article(text: str, tag: str) -> None:
    word = "training" if "training" in text else "building"
    assert tags_of(text)[word] == tag


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Oman says that the pier will open.", "SUB"),
        ("The pier that will open is small.", "WH"),
        ("That pier is small.", "DT"),
    ],
)
def test_that_opens_a_clause_hangs_on_a_noun_or_points(text: str, tag: str) -> None:
    found = tags_of(text)
    assert found.get("that", found.get("That")) == tag


def test_every_word_has_a_tag() -> None:
    (sentence,) = sentences("By May, 2,500 Marines (half of them new) may have left “Camp Lamu” – for good.")
    assert len(sentence.tags) == len(sentence.tokens)
