"""Where a quote stands in an article that changed."""

from __future__ import annotations

import pytest

from sources import Article, Quote, anchor_quote, make_quote, pair_articles, read_text, word_diff

TEXT = "The council met on Monday. The navy will build a pier at Kilifi by 2030. Nobody objected.\n\nThe budget is not known."
SENTENCE = "The navy will build a pier at Kilifi by 2030."


def quoted(text: str = TEXT, words: str = SENTENCE) -> Quote:
    """The quote of some words of a text."""
    article = read_text(text)
    at = article.text.index(words)
    return make_quote(article, at, at + len(words))


def test_a_quote_at_its_offsets_is_exact() -> None:
    assert anchor_quote(quoted(), TEXT).how == "exact"


def test_a_quote_after_added_words_has_moved_to_where_it_stands_now() -> None:
    found = anchor_quote(quoted(), "An added line.\n\n" + TEXT)
    assert (found.how, found.start, found.now) == ("moved", 27 + 16, SENTENCE)


def test_other_breaks_of_lines_are_no_other_words() -> None:
    found = anchor_quote(quoted(), TEXT.replace("pier at", "pier\nat") + " ")
    assert (found.how, found.now) == ("moved", SENTENCE.replace("pier at", "pier\nat"))


def test_a_sentence_that_stands_twice_is_known_by_what_stands_beside_it() -> None:
    found = anchor_quote(quoted(), f"{SENTENCE} That was said before.\n\n{TEXT}")
    assert (found.how, found.start) == ("moved", len(SENTENCE) + 24 + 27)


def test_between_equal_places_nothing_is_guessed() -> None:
    found = anchor_quote(quoted(), f"Once more.\n\n{TEXT}\n\n{TEXT}")
    assert found.how == "ambiguous"
    assert len(found.places) == 2


def test_a_repeated_sentence_without_known_neighbours_is_ambiguous() -> None:
    assert anchor_quote(quoted(), f"Once.\n\n{SENTENCE}\n\n{SENTENCE}").how == "ambiguous"


def test_an_altered_sentence_is_told_word_by_word() -> None:
    found = anchor_quote(quoted(), TEXT.replace("will build", "may build"))
    assert (found.how, found.diff) == ("altered", "The navy [-will-]{+may+} build a pier at Kilifi by 2030.")
    assert found.now == "The navy may build a pier at Kilifi by 2030."


def test_a_sentence_that_nobody_says_any_more_is_gone() -> None:
    assert anchor_quote(quoted(), TEXT.replace(SENTENCE, "The session was short.")).how == "gone"


def test_a_text_of_nothing_has_no_quote() -> None:
    assert anchor_quote(quoted(), "").how == "gone"


def test_an_altered_japanese_sentence_is_found() -> None:
    text = "会議は月曜日に開かれた。海軍は来年キリフィに桟橋を建設する。反対はなかった。"
    found = anchor_quote(quoted(text, "海軍は来年キリフィに桟橋を建設する。"), text.replace("来年", "再来年"))
    assert (found.how, found.diff) == ("altered", "海軍は{+再+}来年キリフィに桟橋を建設する。")


def test_a_quote_of_two_sentences_is_found_altered_as_two() -> None:
    two = SENTENCE + " Nobody objected."
    found = anchor_quote(quoted(words=two), TEXT.replace("Nobody", "Somebody"))
    assert found.diff == SENTENCE + " [-Nobody-]{+Somebody+} objected."


@pytest.mark.parametrize(
    ("old", "new", "diff"),
    [
        ("It will not go.", "It will go.", "It will [-not-] go."),
        ("It will go.", "It will not go.", "It will {+not+} go."),
        ("", "New.", "{+New.+}"),
        ("Same.", "Same.", "Same."),
    ],
)
def test_word_diffs_are_short(old: str, new: str, diff: str) -> None:
    assert word_diff(old, new) == diff


def test_articles_are_known_by_hash_then_name_then_address_then_title() -> None:
    old = [
        read_text("Text one.", id="one", title="First"),
        read_text("Text two.", id="two", title="Second"),
        read_text("Text three.", id="three", url="https://example.org/3"),
        read_text("Text four.", id="four", title="Fourth"),
    ]
    new = [
        read_text("Text one.", id="renamed"),
        read_text("Text two, changed.", id="two"),
        read_text("Text three, changed.", id="x", url="https://example.org/3"),
        read_text("Text four, changed.", id="y", title="Fourth"),
        read_text("Something else.", id="z"),
    ]
    paired, strangers = pair_articles([a.citation for a in old], new)
    assert {key: article.id for key, article in paired.items()} == {"one": "renamed", "two": "two", "three": "x", "four": "y"}
    assert [article.id for article in strangers] == ["z"]


def test_an_article_that_could_be_two_is_neither() -> None:
    old: list[Article] = [read_text("Text one.", id="one", title="Same"), read_text("Text two.", id="two", title="Same")]
    assert pair_articles([a.citation for a in old], [read_text("Text, changed.", id="x", title="Same")])[0] == {}


def test_texts_too_long_to_compare_are_told_as_one_change_at_once() -> None:
    long = "word " * 30_000
    assert word_diff(f"The {long}ends.", f"The other {long[:-10]}ends.").startswith("The [-")
