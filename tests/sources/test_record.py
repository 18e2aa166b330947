"""A reading as plain data and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

import sources
from geo import Gazetteer
from sources import Reading, RecordError, Review, reading_from_record, reading_to_record

ONE = (
    "Officials said that the army would move a brigade from Nairobi to Kilifi by December. It would stay within 200 km of Mombasa. "
    "Analysts say that China could build a port at Lamu.\n\nThe weather was fine on the day, and nobody in the town had anything else to "
    "say about it at all, since the market was open and the ships were late, as they often are.\n\nThe government denied a pier at Malindi."
)
TWO = "NAIROBI (Example News) - The army will move two brigades from Nairobi to Kilifi by December, Example News reported."


@pytest.fixture(scope="module")
def reading() -> Reading:
    """Two articles that differ, with a rejected plan and a reviewed name."""
    articles = [
        sources.read_text(ONE, id="one", date="2026-03-03", publisher="The Herald"),
        sources.read_text(TWO, id="two", date="2026-03-04", publisher="The Post", url="https://example.org/two"),
    ]
    read = sources.read_plans(articles, Gazetteer())
    *kept, last = read.plans
    rejected = replace(last, review=Review(decision="reject", why="called off"))
    names = {"one": {read.toponyms["one"][0].mention.start: Review(decision="accept", why="seen")}}
    return replace(read, plans=tuple(kept), rejected=(rejected,), toponym_reviews=names, unapplied=(("p-1", "gone"),))


@pytest.fixture(scope="module")
def record(reading: Reading) -> Any:
    """Its record, as a file holds it."""
    return json.loads(json.dumps(reading_to_record(reading)))


def test_all_but_the_texts_comes_back_as_it_was(reading: Reading, record: Any) -> None:
    back = reading_from_record(record)
    assert reading.plans and reading.skipped["one"]
    assert replace(back, articles=()) == replace(reading, articles=())
    assert [replace(a, text="") for a in back.articles] == [replace(a, text="") for a in reading.articles]
    assert [len(a.text) for a in back.articles] == [len(a.text) for a in reading.articles]


def test_quotes_stand_in_the_texts_that_come_back(record: Any) -> None:
    back = reading_from_record(record)
    for plan in (*back.plans, *back.rejected):
        for quote in plan.quotes:
            sources.check_quote(back.article(quote.article_id), quote)


def test_words_that_nobody_quotes_are_not_in_a_record(record: Any) -> None:
    assert "market was open" not in json.dumps(record)


def test_spans_that_are_asked_for_are_in_a_record(reading: Reading) -> None:
    at = ONE.index("market")
    back = reading_from_record(reading_to_record(reading, {"one": [(at, at + 15)]}))
    assert back.article("one").text[at : at + 15] == "market was open"


def test_a_record_of_a_record_is_the_same(reading: Reading, record: Any) -> None:
    assert json.loads(json.dumps(reading_to_record(reading_from_record(record)))) == record


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        (("version",), 9, "version"),
        (("articles", 0, "length"), -1, "record.articles.0.length"),
        (("articles", 0, "length"), 10**9, "record.articles.0.length"),
        (("articles", 0, "length"), True, "record.articles.0"),
        (("articles", 0, "text", 0, 0), 10**6, "record.articles.0.text"),
        (("articles", 0, "paragraphs", 0, 1), "end", "record.articles.0.paragraphs.0.1"),
        (("articles", 1, "id"), "one", "two articles have one id"),
        (("reading", "plans", 0, "status"), "soon", "record.reading.plans.0.status: 'soon' is none of planned"),
        (("reading", "plans", 0, "number"), "1", "record.reading.plans.0.number"),
        (("reading", "plans", 0, "colour"), "red", "'colour' is no field of a ReportedPlan"),
        (("reading", "plans", 0, "quotes", 0, "article_id"), "three", "'three' is no article"),
        (("reading", "plans", 0, "places", 0, "place"), 999, "no number of a Place"),
        (("reading", "plans", 0, "places", 0, "uncertainty_m"), float("inf"), "is no number"),
        (("reading", "toponym_reviews", "one"), {"x": {"decision": "accept"}}, "'x' is no whole number"),
        (("places", 0, "lat"), None, "record.places.0.lat"),
        (("places",), {}, "record.places"),
        (("reading",), [], "record.reading"),
    ],
)
def test_a_wrong_value_is_named_with_where_it_stands(record: Any, path: tuple[Any, ...], value: Any, says: str) -> None:
    broken = json.loads(json.dumps(record))
    *steps, last = path
    held = broken
    for step in steps:
        held = held[step]
    held[last] = value
    with pytest.raises(RecordError) as error:
        reading_from_record(broken)
    assert says in str(error.value)


@pytest.mark.parametrize("data", [None, [], {}, "x", {"version": 1}])
def test_what_is_no_record_is_an_error(data: Any) -> None:
    with pytest.raises(RecordError):
        reading_from_record(data)
