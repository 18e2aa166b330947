"""What a check found, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sources import Anchoring, Quote

Code = Literal[
    "changed", "missing", "emptied", "swapped", "unreadable", "manifest", "seal", "record", "payload", "data", "quote", "article"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not hold: in which file, of which sort, and in words.

    ``code`` says what: a file is ``changed``, ``missing``, ``emptied``, ``swapped`` with another one or ``unreadable``; the ``manifest``,
    a page's digest of itself (``seal``) or its ``record`` is broken; what a page shows (``payload``) or a file of ``data`` says is not what
    the record says; a ``quote`` is none; an ``article`` that was given cannot be used.

    >>> Finding(file="plans.csv", code="missing", says="is not there").as_line()
    'plans.csv: is not there'
    """

    file: str
    code: Code
    says: str

    def as_line(self) -> str:
        """Return the finding as one line."""
        return f"{self.file}: {self.says}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteCheck:
    """A quote of something published, and what became of it in its article; ``found`` is None where the article was not given.

    ``told_by`` says who quotes it ("plan 3"), ``article`` names the article.

    >>> QuoteCheck(told_by="plan 1", article="a.md", quote=Quote(article_id="a", exact="One.", start=0, end=4)).found is None
    True
    """

    told_by: str
    article: str
    quote: Quote
    found: Anchoring | None = None
