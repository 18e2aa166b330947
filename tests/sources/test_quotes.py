"""Quotes: verbatim, with the selectors of the W3C Web Annotation model, and checked."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sources import Article, CitationError, check_quote, make_quote, read_text, sentence_url

TEXT = (
    "The harbour office met on the first day.\n\n"
    "🚢 Kenya will build a naval pier at Kilifi. Fishing families asked for a meeting about it.\n"
)
SENTENCE = "Kenya will build a naval pier at Kilifi."
START = TEXT.index(SENTENCE)


@pytest.fixture()
def article() -> Article:
    return read_text(TEXT, id="pier", url="https://example.org/pier")


def test_a_quote_is_what_stands_at_its_offsets(article: Article) -> None:
    quote = make_quote(article, START, START + len(SENTENCE))
    assert quote.exact == SENTENCE == article.text[quote.start : quote.end]


def test_a_quote_carries_32_characters_before_and_after(article: Article) -> None:
    quote = make_quote(article, START, START + len(SENTENCE))
    assert (len(quote.prefix), len(quote.suffix)) == (32, 32)
    assert quote.prefix + quote.exact + quote.suffix in TEXT


def test_a_quote_at_the_head_of_a_text_has_no_prefix(article: Article) -> None:
    assert make_quote(article, 0, 3).prefix == ""


def test_a_quote_at_the_end_of_a_text_has_a_short_suffix(article: Article) -> None:
    assert make_quote(article, len(TEXT) - 4, len(TEXT) - 1).suffix == "\n"


def test_a_quote_knows_its_paragraph(article: Article) -> None:
    assert make_quote(article, START, START + 5).paragraph == 2


def test_selectors_are_those_of_the_web_annotation_model(article: Article) -> None:
    quote = make_quote(article, START, START + len(SENTENCE))
    assert quote.selectors() == [
        {"type": "TextQuoteSelector", "exact": SENTENCE, "prefix": quote.prefix, "suffix": quote.suffix},
        {"type": "TextPositionSelector", "start": START, "end": START + len(SENTENCE)},
    ]


def test_the_link_of_a_quote_opens_the_page_at_its_sentence(article: Article) -> None:
    assert make_quote(article, START, START + len(SENTENCE)).url == (
        "https://example.org/pier#:~:text=Kenya%20will%20build%20a%20naval%20pier%20at%20Kilifi."
    )


def test_a_quote_of_an_article_without_an_address_has_no_link() -> None:
    assert make_quote(read_text(TEXT), START, START + 5).url == ""


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("tug-boats, two", "tug%2Dboats%2C%20two"),
        ("a & b", "a%20%26%20b"),
        ("over\ntwo  lines", "over%20two%20lines"),
        ("Ōsumi 大隅", "%C5%8Csumi%20%E5%A4%A7%E9%9A%85"),
    ],
)
def test_what_has_a_meaning_in_a_text_fragment_is_escaped(words: str, fragment: str) -> None:
    assert sentence_url("https://example.org/a", words) == "https://example.org/a#:~:text=" + fragment


def test_a_long_sentence_is_linked_by_its_first_and_last_words() -> None:
    words = " ".join(f"word{n}" for n in range(40))
    assert sentence_url("https://example.org/a", words).endswith(
        "#:~:text=word0%20word1%20word2%20word3%20word4%20word5,word34%20word35%20word36%20word37%20word38%20word39"
    )


def test_a_fragment_that_the_address_has_already_gives_way() -> None:
    assert sentence_url("https://example.org/a#top", "A pier.") == "https://example.org/a#:~:text=A%20pier."


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "file:///etc/hosts", "data:text/html,x"])
def test_only_a_web_address_gets_a_link(address: str) -> None:
    assert sentence_url(address, "A pier.") == ""


def test_a_quote_that_stands_in_its_article_passes(article: Article) -> None:
    assert check_quote(article, make_quote(article, START, START + 5)) is None


def test_a_quote_that_does_not_match_names_article_offsets_expected_and_found(article: Article) -> None:
    wrong = replace(make_quote(article, START, START + 5), exact="Congo")
    with pytest.raises(CitationError) as caught:
        check_quote(article, wrong)
    error = caught.value
    assert (error.article_id, error.start, error.end, error.expected, error.found) == ("pier", START, START + 5, "Congo", "Kenya")
    for part in ("pier", f"{START}-{START + 5}", "Congo", "Kenya"):
        assert part in str(error)


@pytest.mark.parametrize(
    "change",
    [
        {"start": START + 1},
        {"end": START + 6},
        {"start": -5},
        {"end": 10**6},
        {"prefix": "other words"},
        {"suffix": "other words"},
        {"article_id": "depot"},
    ],
    ids=["start", "end", "before the text", "past the text", "prefix", "suffix", "article"],
)
def test_a_quote_with_one_wrong_part_is_refused(article: Article, change: dict[str, int | str]) -> None:
    with pytest.raises(CitationError):
        check_quote(article, replace(make_quote(article, START, START + 5), **change))  # type: ignore[arg-type]


def test_a_quote_of_an_article_that_was_changed_since_is_refused(article: Article) -> None:
    quote = make_quote(article, START, START + len(SENTENCE))
    with pytest.raises(CitationError):
        check_quote(read_text("A word more. " + TEXT, id="pier"), quote)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-1, 4), (0, 10**6)])
def test_a_quote_cannot_be_made_from_offsets_outside_the_text(article: Article, start: int, end: int) -> None:
    with pytest.raises(CitationError, match=f"pier, characters {start}-{end}"):
        make_quote(article, start, end)
