"""The words of the articles as the page holds them: each passage once, and quotes as spans of a passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sources import Article, Quote

CONTEXT = 110
"""Letters before and after a quote that its passage holds beside it, cut at a word; never beyond the paragraph."""

_FREE = ("public domain", "cc0", "cc by", "cc-by", "creative commons attribution", "no rights reserved", "open government licence")
_NOT_FREE = ("nc", "nd")


def may_reprint(licence: str) -> bool:
    """Whether a licence, as the source states it, lets everyone publish the whole text: public domain, CC0, CC BY, CC BY-SA, OGL.

    A text without a stated licence, or under one that forbids changes or commerce, is not reprinted. Pure.

    >>> may_reprint("CC BY 3.0 AU"), may_reprint("CC BY-NC 4.0"), may_reprint(""), may_reprint("all rights reserved")
    (True, False, False, False)
    """
    stated = licence.casefold()
    return stated.startswith(_FREE) and not any(word in stated.replace("-", " ").split() for word in _NOT_FREE)


def code_units(text: str, offset: int) -> int:
    """Return an offset in code points as one in UTF-16 code units, which is how a browser counts.

    >>> code_units("a𐐷b", 2), code_units("abc", 2)
    (3, 2)
    """
    return offset + sum(ord(character) > 0xFFFF for character in text[:offset])


class Passages:
    """The passages of a page, and where in them each quote stands.

    ``quotes`` are all that the page shows. With an article's id in ``whole``, its passage is the whole text; else a passage is a quote with
    up to CONTEXT letters of its paragraph around it, and quotes that touch share one.

    >>> from sources import read_text
    >>> article = read_text("First.\\n\\nIt will be built soon. Nobody knows where.")
    >>> quote = Quote(article_id=article.id, exact="It will be built soon.", start=8, end=30, paragraph=2)
    >>> passages = Passages({article.id: article}, [quote])
    >>> [one["text"] for one in passages.of(article.id)], passages.place(quote)
    (['It will be built soon. Nobody knows where.'], (0, 0, 22))
    """

    def __init__(self, articles: Mapping[str, Article], quotes: Iterable[Quote], whole: frozenset[str] = frozenset()) -> None:
        spans: dict[str, set[tuple[int, int]]] = {}
        for quote in quotes:
            spans.setdefault(quote.article_id, set()).add((quote.start, quote.end))
        self._articles = articles
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for key, article in articles.items():
            if key in whole:
                self._spans[key] = [(0, len(article.text))]
            elif key in spans:
                self._spans[key] = _joined(_around(article, start, end) for start, end in sorted(spans[key]))

    def of(self, article_id: str) -> list[dict[str, Any]]:
        """Return the passages of an article: text, paragraph, and whether the paragraph goes on before and after it.

        ``breaks`` are the further paragraphs that begin in it, as [offset in UTF-16 code units, number].
        """
        article = self._articles[article_id]
        return [
            {
                "text": article.text[start:end],
                "paragraph": article.paragraph_at(start),
                "before": start > _paragraph(article, start)[0],
                "after": end < _paragraph(article, end - 1)[1],
                "breaks": [
                    [code_units(article.text[start:end], first - start), number]
                    for number, (first, _) in enumerate(article.paragraphs, start=1)
                    if start < first < end
                ],
            }
            for start, end in self._spans.get(article_id, ())
        ]

    def spans(self) -> dict[str, list[tuple[int, int]]]:
        """Return where in each article its passages stand, in code points, half-open."""
        return {key: list(spans) for key, spans in self._spans.items()}

    def place(self, quote: Quote) -> tuple[int, int, int]:
        """Return the number of a quote's passage in its article, and its start and end there in UTF-16 code units."""
        for number, (start, end) in enumerate(self._spans[quote.article_id]):
            if start <= quote.start and quote.end <= end:
                text = self._articles[quote.article_id].text[start:end]
                return number, code_units(text, quote.start - start), code_units(text, quote.end - start)
        raise LookupError(f"the quote at {quote.start}-{quote.end} of article {quote.article_id!r} was not given to these passages")


def _paragraph(article: Article, offset: int) -> tuple[int, int]:
    """Return the span of the paragraph that holds an offset, or of the whole text where none does."""
    for start, end in article.paragraphs:
        if start <= offset < end:
            return start, end
    return (0, len(article.text)) if not article.paragraphs else (offset, offset + 1)


def _around(article: Article, start: int, end: int) -> tuple[int, int]:
    """Widen a span by its context, inside its paragraph and at words."""
    text = article.text
    first, last = max(_paragraph(article, start)[0], start - CONTEXT), min(_paragraph(article, end - 1)[1], end + CONTEXT)
    first, last = min(first, start), max(last, end)
    while first > _paragraph(article, start)[0] and first < start and not text[first - 1].isspace():
        first += 1
    while last < _paragraph(article, end - 1)[1] and last > end and not text[last].isspace():
        last -= 1
    return first, last


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that touch or overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
