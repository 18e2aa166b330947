"""On whose word an article tells something: whom a sentence credits, and whom the article credits for it elsewhere."""

from __future__ import annotations

import pytest

from sources import Article, read_text
from sources._credits import outlet_key, outlets
from sources._origins import attributions, chain, credit, credited, dateline_agency

LEAD = """The Savanna news agency reported on Sunday, citing government sources, that the coast is to be watched more closely.

A pier will be built at Kilifi.

Separately, a dam will be built at Lamu, the minister told the Coast Courier.
"""


def whole(article: Article) -> tuple[int, int]:
    return 0, len(article.text)


def of(article: Article, sentence: str) -> tuple[int, int]:
    """Where a sentence stands in an article."""
    start = article.text.index(sentence)
    return start, start + len(sentence)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya will build a pier, the Savanna news agency reported on Monday.", ("Savanna",)),
        ("According to the Coast Courier, a pier is planned.", ("Coast Courier",)),
        ("A pier is planned, the newspaper Lamu Weekly reported.", ("Lamu Weekly",)),
        ("Reuters, quoting two diplomats, said that a pier is planned.", ("Reuters",)),
        ("A pier is planned, says the Savanna Wire agency in a report from Sunday.", ("Savanna Wire",)),
        ("A pier is planned, according to a report by Kenya's Savanna Wire.", ("Savanna Wire",)),
        ("The plan was first reported by the Coast Courier.", ("Coast Courier",)),
        ("Savanna reported on Sunday that a pier is planned.", ("Savanna",)),
        ("The Coast Courier and Kyodo News reported the plan.", ("Coast Courier", "Kyodo News")),
        ("The minister told the Coast Courier that a pier is planned.", ("Coast Courier",)),
    ],
)
def test_an_outlet_that_is_credited_is_an_origin(text: str, names: tuple[str, ...]) -> None:
    assert credited(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "A pier is planned, the minister said.",
        "A pier is planned, Amina Doe said.",
        "The US said that a pier is planned.",
        "Beijing reported on Monday that a pier is planned.",
        "The International Energy Agency said that a pier is planned.",
        "Kenya will build a pier.",
    ],
)
def test_who_is_no_outlet_is_no_origin(text: str) -> None:
    assert credited(text) == ()


def test_an_agency_in_the_dateline_is_an_origin() -> None:
    assert dateline_agency("NAIROBI, March 3 (Savanna News Agency) — Kenya will build a pier.") == "Savanna News Agency"


@pytest.mark.parametrize("name", ["Kyodo", "Kyodo News", "the Kyodo news agency", "Japan's Kyodo", "Japan’s Kyodo News Agency", "KYODO"])
def test_all_ways_to_write_an_outlet_have_one_key(name: str) -> None:
    assert outlet_key(name) == "kyodo"


def test_two_outlets_with_one_word_in_common_have_two_keys() -> None:
    assert len({outlet_key(n) for n in ("Savanna Post", "Savanna News Agency", "Coast Post", "The Times", "Times of India")}) == 5


@pytest.mark.parametrize(
    ("text", "who", "sort"),
    [
        ("Officials said on condition of anonymity that a pier is planned.", "Officials", "anonymous"),
        ("A pier is planned, according to two people familiar with the matter.", "two people familiar with the matter", "anonymous"),
        ("The harbour ministry said in a statement that a pier is planned.", "harbour ministry", "official"),
        ("Beijing said that it would build a pier.", "Beijing", "official"),
        ("“A pier will come,” said Amina Doe, a fisher.", "Amina Doe", "person"),
        ("A draft decree seen by Reuters shows that a pier is planned.", "Reuters", "outlet"),
        ("A document obtained by the Coast Courier shows that a pier is planned.", "document", "document"),
        ("Recent reports indicate that a pier is planned.", "Recent reports", "anonymous"),
    ],
)
def test_a_sentence_says_on_whose_word_it_tells(text: str, who: str, sort: str) -> None:
    article = read_text(text)
    assert (who, sort) in [(a.who, a.sort) for a in attributions(article, *whole(article))]


def test_the_words_of_credit_stand_in_the_article_at_their_offsets() -> None:
    article = read_text(LEAD, publisher="Coast Courier")
    found = attributions(article, *of(article, "A pier will be built at Kilifi."))
    assert [(a.who, article.text[a.start : a.end] == a.said) for a in found] == [("Savanna", True)]


def test_an_outlet_credited_in_the_lead_is_credited_for_what_follows() -> None:
    article = read_text(LEAD, publisher="Coast Courier")
    assert credit(article, *of(article, "A pier will be built at Kilifi.")).outlets == ("Savanna",)


def test_what_an_article_heard_itself_is_not_credited_to_the_outlet_of_the_lead() -> None:
    article = read_text(LEAD, publisher="Coast Courier")
    assert credit(article, *of(article, LEAD.splitlines()[-1])).outlets == ()


def test_the_report_said_goes_back_to_the_outlet_named_before() -> None:
    weather = "A storm came.\n\nBoats sank.\n\nNets tore.\n\n"
    text = weather + "Savanna reported on Sunday that a base is planned.\n\nA pier will follow, the report said."
    article = read_text(text)
    assert credit(article, *of(article, "A pier will follow, the report said.")).outlets == ("Savanna",)


def test_an_outlet_credited_late_in_an_article_is_not_credited_for_what_stands_before() -> None:
    text = "A pier is planned.\n\nBoats sank.\n\nNets tore.\n\nRain fell.\n\nSavanna reported on Sunday that a dam is planned."
    article = read_text(text)
    assert credit(article, *of(article, "A pier is planned.")).outlets == ()


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("Kenya will build a pier.", {"origin": "Savanna Wire"}),
        ("NAIROBI (Savanna Wire) - Kenya will build a pier.", {}),
        ("Kenya will build a pier.\n\nSource: Savanna Wire", {}),
        ("Kenya will build a pier.", {"author": "Savanna Wire"}),
        ("Kenya will build a pier.", {"title": "Pier for Kilifi: Savanna Wire"}),
    ],
)
def test_record_dateline_line_of_credit_byline_and_title_credit_for_the_whole_article(text: str, fields: dict[str, str]) -> None:
    article = read_text(text, **fields)
    assert credit(article, *of(article, "Kenya will build a pier.")).outlets == ("Savanna Wire",)


def test_a_person_in_the_byline_is_no_outlet() -> None:
    article = read_text("Kenya will build a pier.", author="Amina Doe")
    assert credit(article, *whole(article)).outlets == ()


def test_the_chain_goes_from_the_publisher_over_the_outlet_to_its_sources() -> None:
    article = read_text(LEAD, publisher="Coast Courier")
    given = credit(article, *of(article, "A pier will be built at Kilifi."))
    assert chain(article, given) == ("Coast Courier", "Savanna", "government sources")


def test_an_agency_that_publishes_its_own_report_stands_in_the_chain_once() -> None:
    article = read_text("A pier will be built, the Savanna news agency reported.", publisher="Savanna News Agency")
    assert chain(article, credit(article, *whole(article))) == ("Savanna News Agency",)


def test_a_report_that_somebody_rejects_is_not_whose_word_it_is() -> None:
    assert outlets("Oman will not send destroyers to Lamu, rejecting a report by Yonhap.") == []


def test_a_country_before_an_agency_is_not_its_name() -> None:
    assert [o.name for o in outlets("Two ships will sail, according to the South Korean news agency Yonhap.")] == ["Yonhap"]


def test_the_sort_of_text_that_a_title_begins_with_is_no_outlet() -> None:
    article = read_text("Oman will build a pier at Kilifi.", title="FACT SHEET: Oman and the sea", publisher="The Palace")
    assert chain(article, credit(article, 0, len(article.text))) == ("The Palace",)


@pytest.mark.parametrize("words", ["the text says", "the article said", "this story adds"])
def test_an_article_that_speaks_of_itself_credits_nobody(words: str) -> None:
    article = read_text(f"A regiment would be based at Kilifi by 2027, {words}.")
    assert list(attributions(article, *whole(article))) == []
