"""A text as sentences: the smallest thing that a plan can be quoted from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from geo.text import DATELINE, Token, paragraphs, tokenize
from sources._lexicon import words
from sources._tags import tag

_END = re.compile(r"[.!?…][\"”’')\]*_]*(?=\s+[\"“‘'(\[*_]*[A-Z0-9])")
_ABBREVIATIONS = words("abbreviations")
_AFTER_INITIALS = words("after_initials")
_ITEM = re.compile(r"(?:[-*•–—]|\d{1,2}[.)]|[a-z][.)]|#{1,6})\s+")
_RUN_IN = re.compile(r"\*\*[^*\n]{3,90}(?:[:.?]\s*\*\*:?|\*\*:)\s+(?=\S)")
"""A heading in bold on the same line as its text."""


@dataclass(slots=True)
class Sentence:
    """One sentence, list item or heading: its span in code points, its words with their tags, and what sort of line it is."""

    start: int
    end: int
    paragraph: int
    tokens: list[Token]
    item: bool
    heading: bool
    _tags: list[str] | None = None
    found: dict[int, Any] = field(default_factory=dict, repr=False, compare=False)
    """The subjects that were found, by where their verb stands: a verb asks for that of the verb before it, and that one likewise."""

    @property
    def tags(self) -> list[str]:
        """The tag of each word (see ``sources._tags``), made when first asked for."""
        if self._tags is None:
            self._tags = tag(self.tokens)
        return self._tags


@lru_cache(maxsize=2)
def tokens_of(text: str) -> list[Token]:
    """Return the words of ``text``, which its places and its plans are both read from; nobody changes them."""
    return tokenize(text)


def sentences(text: str) -> list[Sentence]:
    """Split ``text`` into sentences, list items and headings, in order, none across a paragraph.

    A line without a closing mark is a heading where its words are in title case, else a sentence of its own.
    """
    tokens = tokens_of(text)
    out: list[Sentence] = []
    k = 0
    for number, (start, end) in enumerate(paragraphs(text), start=1):
        lead = _ITEM.match(text, start, end)
        begin = lead.end() if lead else start
        run_in = _RUN_IN.match(text, begin, end)
        begin = run_in.end() if run_in else begin
        sent_from = DATELINE.match(text, begin, end)
        if sent_from and not sent_from[0].rstrip().endswith(":"):
            begin = sent_from.end()
        for s, e in _split(text, begin, end):
            while k < len(tokens) and tokens[k].start < s:
                k += 1
            words = []
            while k < len(tokens) and tokens[k].end <= e:
                words.append(tokens[k])
                k += 1
            if words:
                item = bool(lead) and not lead[0].startswith("#") if lead else False
                closed = text[s:e].rstrip("\"”’')*_ ").endswith((".", "!", "?"))
                heading = bool(lead and lead[0].startswith("#")) or (
                    not item and not closed and sum(t.headline for t in words) > len(words) / 2
                )
                out.append(Sentence(s, e, number, words, item and s == begin, heading))
    return out


def _split(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans, begin = [], start
    for m in _END.finditer(text, start, end):
        before = re.search(r"[\w.]+$", text[begin : m.start()])
        word = before[0].rstrip(".").lower() if before else ""
        following = re.match(r"\s+[\"“‘'(\[*_]*(\w+)", text[m.end() : end])
        if text[m.start()] == "." and (word in _ABBREVIATIONS or len(word) == 1 or re.fullmatch(r"(?:\w\.)+\w", word)):
            initials = "." in word and following is not None and following[1].lower() in _AFTER_INITIALS
            if not initials:
                continue
        spans.append((begin, m.end()))
        rest = re.match(r"\s+", text[m.end() : end])
        begin = m.end() + (len(rest[0]) if rest else 0)
    if begin < end:
        spans.append((begin, end))
    return spans
