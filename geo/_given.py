"""Mentions that somebody else found: the spans of a text at given offsets, each with the places that its words can mean."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from geo._cues import words
from geo._errors import GeoError
from geo._lookup import look_up
from geo._span import STRONG, Span
from geo.gazetteer import Gazetteer
from geo.text import Token


def given_spans(text: str, tokens: list[Token], gazetteer: Gazetteer, mentions: Sequence[tuple[int, int]]) -> list[Span | None]:
    """Return a span for each of ``mentions``, in their order; None where it holds no word or the gazetteer has no place of that name.

    ``mentions`` are code points into ``text``, half-open. Raises :class:`GeoError` where one does not lie in the text.
    """
    ends = [t.end for t in tokens]
    spans = []
    for start, end in mentions:
        if not 0 <= start < end <= len(text):
            raise GeoError(f"mention ({start}, {end}): not a stretch of the text's {len(text)} characters; give 0 <= start < end <= length")
        first = last = bisect_right(ends, start)
        while last < len(tokens) and tokens[last].start < end:
            last += 1
        spans.append(_span(" ".join(text[start:end].split()), first, last - 1, tokens, gazetteer) if last > first else None)
    return spans


def _span(written: str, first: int, last: int, tokens: list[Token], gazetteer: Gazetteer) -> Span | None:
    senses, how = look_up(written, gazetteer)
    if not senses:
        return None
    modifiers = 0
    while first + modifiers < last and tokens[first + modifiers].lower in words("directions") and how == "stripped":
        modifiers += 1
    return Span(first, last, written, senses, STRONG, demonym=how == "demonym", stripped=how == "stripped", modifier_tokens=modifiers)
