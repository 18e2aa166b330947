"""What the page says of each article: its record, and the passages that its quotes stand in."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from layers._dates import date_words
from layers._days import day_range
from layers._evidence import safe_url
from layers._notes import shown_quotes
from layers._passages import Passages, may_reprint
from layers._rules import article_language
from layers._told import copy_words
from sources import Citation, Reading

_TITLE = 64
"""Letters of a first line that stands for a title which the article does not state; the tab of the sources has it whole."""


def reading_passages(reading: Reading, *, whole: bool = False) -> Passages:
    """Return the passages of all quotes of a reading; with ``whole``, the whole text of those articles whose licence allows it.

    >>> reading_passages(Reading(articles=())).__class__.__name__
    'Passages'
    """
    articles = {article.id: article for article in reading.articles}
    quotes = [quote for plan in (*reading.plans, *reading.rejected) for quote in shown_quotes(plan)]
    return Passages(articles, quotes, frozenset(_whole(reading)) if whole else frozenset())


def _whole(reading: Reading) -> list[str]:
    """Return the ids of the articles whose whole text may stand in the page: free by licence, or a digest in our own words."""
    return [article.id for article in reading.articles if may_reprint(article.citation.licence) or article.citation.digest_of]


def _of_title(citation: Citation, language: str) -> dict[str, str]:
    """Return what a title needs beside it: a short form of a first line that stands for it, a language that is not English."""
    short = shorten(citation.title, _TITLE, placeholder=" …") if citation.title_is_first_line else citation.title
    return ({"short": short} if short != citation.title else {}) | ({"lang": language} if language != "en" else {})


def sources_payload(reading: Reading, passages: Passages, messages: dict[str, str], *, whole: bool = False) -> list[dict[str, Any]]:
    """Return one record an article: what is stated of it, its passages, how many quotes come from it, whether its text is whole.

    ``days`` are the first and last day that its date can mean, or None.
    ``text`` is "whole", "quotes", or "withheld" where
    the whole was asked for and the licence does not allow it.

    >>> sources_payload(Reading(articles=()), reading_passages(Reading(articles=())), {})
    []
    """
    counts: dict[str, int] = {}
    for plan in reading.plans:
        for quote in plan.quotes:
            counts[quote.article_id] = counts.get(quote.article_id, 0) + 1
    free = frozenset(_whole(reading)) if whole else frozenset()
    return [
        {
            "id": article.id,
            "title": article.citation.title,
            **_of_title(article.citation, article_language(reading, article.id)),
            "firstLine": article.citation.title_is_first_line,
            "publisher": article.citation.publisher,
            "authors": list(article.citation.authors),
            "date": date_words(article.citation.date, messages),
            "days": day_range(article.citation.date),
            "url": safe_url(article.citation.url),
            "licence": article.citation.licence,
            "origin": article.citation.origin,
            "digest": article.citation.digest_of,
            "file": article.citation.file,
            "sha256": article.citation.sha256,
            "quotes": counts.get(article.id, 0),
            "copies": [copy_words(reading, copy.article_id, copy.of, messages) for copy in reading.copies if copy.article_id == article.id],
            "passages": passages.of(article.id),
            "text": "whole" if article.id in free else "withheld" if whole else "quotes",
        }
        for article in reading.articles
    ]
