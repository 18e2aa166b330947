"""Which articles repeat one another."""

from __future__ import annotations

import random

import pytest

from sources import Article, read_text
from sources._copies import clusters, find_copies

STORY = (
    "Kenya will build a naval pier at Kilifi by 2027, three people in the harbour office said. The pier is to take two patrol boats that "
    "now lie in Mombasa. Fishers fear for their nets and have written to the governor. A contractor from the north has sent its first "
    "lorries, and a road to the beach is being widened for them. Nobody has said who will pay for the dredging, which comes back every "
    "second year."
)
OTHER = (
    "The harbour of Kilifi is to have a pier for two patrol boats within two years. Those who fish there are worried. Work on a road has "
    "begun, and lorries were seen on Tuesday. It is not known what the dredging will cost nor who will bear it, said a clerk."
)


def article(text: str, id: str, **fields: str) -> Article:
    return read_text(text, id=id, **fields)


def test_the_same_text_twice_is_the_same_article() -> None:
    (copy,) = find_copies([article(STORY, "a"), article(STORY, "b")])
    assert (copy.article_id, copy.of, copy.how, copy.likeness) == ("b", "a", "same", 1.0)


@pytest.mark.parametrize("changed", [STORY.replace(" ", "  "), STORY.replace(". ", ".\n\n"), STORY.upper()])
def test_white_space_and_case_make_no_other_text(changed: str) -> None:
    assert [c.how for c in find_copies([article(STORY, "a"), article(changed, "b")])] == ["same"]


def test_quotation_marks_make_no_other_text() -> None:
    one, two = "“A pier,” he said, “is what Kilifi’s fishers need.”", '"A pier," he said, "is what Kilifi\'s fishers need."'
    assert [c.how for c in find_copies([article(one, "a"), article(two, "b")])] == ["same"]


def test_the_same_text_from_another_outlet_is_a_reprint() -> None:
    pair = [article(STORY, "a", publisher="Coast Post"), article(STORY, "b", publisher="Lake Post")]
    assert [c.how for c in find_copies(pair)] == ["reprint"]


def test_mostly_the_same_text_is_a_reprint_of_it() -> None:
    cut = STORY[: STORY.index(" A contractor")] + " The governor has not answered."
    (copy,) = find_copies([article(STORY, "a", publisher="Coast Post"), article(cut, "b", publisher="Lake Post")])
    assert (copy.how, 0.7 < copy.likeness < 1) == ("reprint", True)


def test_a_changed_text_from_the_same_outlet_is_a_version() -> None:
    pair = [article(STORY, "a", publisher="Coast Post"), article(STORY.replace("2027", "2028"), "b", publisher="The Coast Post")]
    assert [(c.of, c.how) for c in find_copies(pair)] == [("a", "version")]


def test_a_text_under_the_same_address_is_a_version_though_half_of_it_is_new() -> None:
    url = "https://coastpost.example/pier"
    later = STORY[: STORY.index(" A contractor")] + " " + OTHER
    pair = [article(STORY, "a", url=url), article(later, "b", url=url + "#top")]
    assert [c.how for c in find_copies(pair)] == ["version"]


def test_the_version_is_the_later_one_by_date_whatever_the_order() -> None:
    old, new = (
        article(STORY, "old", publisher="P Post", date="2026-01-01"),
        article(STORY + " It rained.", "new", publisher="P Post", date="2026-01-02"),
    )
    assert [(c.article_id, c.of) for c in find_copies([new, old])] == [("new", "old")]


def test_two_articles_in_their_own_words_are_no_copies() -> None:
    assert find_copies([article(STORY, "a"), article(OTHER, "b")]) == ()


def test_two_short_texts_that_share_a_phrase_are_no_copies() -> None:
    assert find_copies([article("Kenya will build a pier at Kilifi.", "a"), article("Kenya will build a pier at Lamu.", "b")]) == ()


def test_one_article_has_no_copies() -> None:
    assert find_copies([article(STORY, "a")]) == ()


def test_all_that_repeat_one_text_are_one_family() -> None:
    articles = [
        article(STORY, "a"),
        article(STORY + " It rained.", "b"),
        article(STORY + " It rained. It stopped.", "c"),
        article(OTHER, "d"),
    ]
    families = clusters(find_copies(articles))
    assert ({families["b"], families["c"]}, "d" in families) == ({"a"}, False)


def test_a_copy_among_many_articles_is_found_without_comparing_all() -> None:
    rng = random.Random(3)
    words = [f"word{n}" for n in range(400)]
    articles = [article(" ".join(rng.choices(words, k=120)) + ".", f"n{n:03}") for n in range(150)]
    excerpt = article(" ".join(articles[40].text.split()[:60]) + ".", "z")
    assert [(c.article_id, c.of, c.how) for c in find_copies([*articles, excerpt])] == [("z", "n040", "reprint")]
