"""Quotes: made with their selectors, and checked against the article that they come from."""

from __future__ import annotations

from urllib.parse import quote as percent

from sources._errors import CitationError
from sources._model import Article, Quote

CONTEXT = 32
"""Characters of prefix and suffix."""
_LONG = 120
_ENDS = 6


def make_quote(article: Article, start: int, end: int, *, emphasis: tuple[tuple[int, int], ...] = ()) -> Quote:
    """Return the quote of ``article`` from ``start`` to ``end``.

    Offsets are code points into the article's text, half-open; ``emphasis`` are spans within the quote. Raises
    :class:`CitationError` where the offsets lie outside the text or hold nothing.

    >>> from sources import read_text
    >>> make_quote(read_text("A pier is planned at Kilifi."), 0, 6).suffix
    ' is planned at Kilifi.'
    """
    text = article.text
    if not 0 <= start < end <= len(text):
        raise CitationError(article.id, start, end, "a span inside the text", f"a text of {len(text)} characters")
    exact = text[start:end]
    return Quote(
        article_id=article.id,
        exact=exact,
        start=start,
        end=end,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        paragraph=article.paragraph_at(start),
        url=sentence_url(article.citation.url, exact),
        emphasis=emphasis,
    )


def check_quote(article: Article, quote: Quote) -> None:
    """Raise :class:`CitationError` unless ``quote`` stands in ``article`` at its offsets, with its prefix and suffix.

    >>> from sources import make_quote, read_text
    >>> article = read_text("A pier is planned at Kilifi.")
    >>> check_quote(article, make_quote(article, 0, 6))
    """
    text = article.text
    if quote.article_id != article.id:
        raise CitationError(article.id, quote.start, quote.end, f"a quote of {article.id}", f"a quote of {quote.article_id}")
    found = text[quote.start : quote.end] if 0 <= quote.start < quote.end else ""
    if not found or found != quote.exact:
        raise CitationError(article.id, quote.start, quote.end, quote.exact, found)
    if text[max(0, quote.start - CONTEXT) : quote.start] != quote.prefix or text[quote.end : quote.end + CONTEXT] != quote.suffix:
        raise CitationError(article.id, quote.start, quote.end, f"{quote.prefix}[…]{quote.suffix}", "other words around the quote")


def sentence_url(url: str, exact: str) -> str:
    """Return ``url`` with a text fragment that opens at ``exact``, or "" where ``url`` is not an http(s) address.

    The fragment names the first and last words of a long quote (https://wicg.github.io/scroll-to-text-fragment/).

    >>> sentence_url("https://example.org/a", "A pier is planned.")
    'https://example.org/a#:~:text=A%20pier%20is%20planned.'
    """
    address = url.split(" ", 1)[0]
    if not address.startswith(("https://", "http://")):
        return ""
    words = exact.split()
    flat = " ".join(words)
    if len(flat) <= _LONG or len(words) <= 2 * _ENDS:
        fragment = _encode(flat)
    else:
        fragment = _encode(" ".join(words[:_ENDS])) + "," + _encode(" ".join(words[-_ENDS:]))
    return address.split("#", 1)[0] + "#:~:text=" + fragment


def _encode(words: str) -> str:
    return percent(words, safe="").replace("-", "%2D")
