"""An article's text cut where names and quotes begin and end, each piece with what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo import Toponym
from sources import Article, ReportedPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of an article's text: the name that it is part of, or None, and the plans whose words it is part of.

    ``ends`` are the plans whose quote ends with it: where their numbers are written.
    """

    text: str
    toponym: Toponym | None = None
    plans: tuple[ReportedPlan, ...] = ()
    ends: tuple[ReportedPlan, ...] = ()


def pieces_of(article: Article, toponyms: Sequence[Toponym], plans: Sequence[ReportedPlan]) -> list[list[Piece]]:
    """Return the pieces of each paragraph of an article, in order; their texts, joined, are the paragraph's, letter for letter.

    ``toponyms`` are those of the article; of ``plans`` the quotes from it are marked.

    >>> from sources import read_text
    >>> [[piece.text for piece in paragraph] for paragraph in pieces_of(read_text("One.\\n\\nTwo."), (), ())]
    [['One.'], ['Two.']]
    """
    quotes = [(quote.start, quote.end, plan) for plan in plans for quote in plan.quotes if quote.article_id == article.id]
    names = [(toponym.mention.start, toponym.mention.end, toponym) for toponym in toponyms]
    paragraphs = []
    for start, end in article.paragraphs or ((0, len(article.text)),):
        cuts = {start, end}
        for low, high, _ in (*quotes, *names):
            cuts |= {at for at in (low, high) if start < at < end}
        paragraph = []
        ordered = sorted(cuts)
        for low, high in pairwise(ordered):
            within = tuple(plan for first, last, plan in quotes if first <= low and high <= last)
            paragraph.append(
                Piece(
                    text=article.text[low:high],
                    toponym=next((toponym for first, last, toponym in names if first <= low and high <= last), None),
                    plans=within,
                    ends=tuple(plan for first, last, plan in quotes if last == high and first <= low),
                )
            )
        paragraphs.append(paragraph)
    return paragraphs
