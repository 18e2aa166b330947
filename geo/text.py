"""A text as words with their offsets, and what each line looks like: the ground on which names, and plans, are sought.

A public module of its own, since ``sources`` reads the same words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_WORD = re.compile(
    r"W\.\s?Va\.|(?:[A-Z]\.){2,}|(?:St|Ft|Mt|Dr|Mr|Mrs|Ms|Gen|Adm|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Prof|Rev|No|Corp|Inc|Ltd|Co)\."
    r"|(?<=, )[A-Z][a-z]{1,4}\.(?=\s*(?:[—–,-]|\())"
    r"|[^\W\d_]+(?:[’'ʻ](?!s\b)[^\W\d_]+)*|\d(?:[\d.,]*\d)?"
)
_MASK = re.compile(
    r"\b[A-Z]{1,3}\$|https?://[^\s)>\]]+|www\.[^\s)>\]]+|(?<=\]\()[^)\s]*|(?<!\w)@\w+"
    r"|(?<!\S)[^\s@]{1,64}@[^\s@]{1,255}|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|gov|edu)\b"
)
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+$|[:;]\s*$|\n\s*$")
_GLUE = {"-", "‐", "‑", "–", "/"}
_POSSESSIVE = re.compile(r"[’']s?\b|[’'](?=\s)")


@dataclass(slots=True)
class Token:
    """A word: where it stands, how it is written, and what parts it from the word before.

    ``start`` and ``end`` are code points, half-open; ``gap`` is what stands between it and the word before, ``line`` the number of its
    paragraph from 0. ``opens`` says that it begins a sentence, ``headline`` that its line is in title case or capitals, ``dateline`` that
    it belongs to the place that a report was sent from.

    >>> tokenize("Two ships.")[1].near
    True
    """

    text: str
    start: int
    end: int
    lower: str
    cap: bool
    gap: str
    opens: bool = False
    possessive: bool = False
    headline: bool = False
    dateline: bool = False
    line: int = 0

    @property
    def glued(self) -> bool:
        """Whether a hyphen, dash or slash, and nothing else, joins it to the word before."""
        return self.gap in _GLUE

    @property
    def near(self) -> bool:
        """Whether only white space within one paragraph, or a hyphen, parts it from the word before."""
        return self.gap in _GLUE or (self.gap != "" and not self.gap.strip(" \t\n\u00a0*_") and "\n\n" not in self.gap)


def mask(text: str) -> str:
    """Return ``text`` with addresses, link targets and handles blanked out, every other character at its offset."""
    return _MASK.sub(lambda m: " " * len(m[0]), text)


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) spans of the paragraphs of ``text`` in code points, half-open, without surrounding white space.

    Blank lines part paragraphs; where a text has none, or its lines are long, each line is one. A list item begins a new one.

    >>> paragraphs("One line.\\n\\n- two\\n  wrapped\\n- three")
    [(0, 9), (11, 26), (27, 34)]
    """
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if not m[0].isspace()]
    blank = re.search(r"\n[ \t]*\n", text.strip()) is not None
    item = re.compile(r"\s*(?:[-*•–—]|\d{1,2}[.)]|[a-z][.)])\s+\S|#{1,6}\s")
    spans: list[tuple[int, int]] = []
    for start, end in lines:
        line = text[start:end]
        if spans:
            gap = text[spans[-1][1] : start]
            previous = text[spans[-1][0] : spans[-1][1]]
            wrapped = blank and "\n\n" not in gap.replace(" ", "").replace("\t", "") and not item.match(line)
            above = previous.rsplit("\n", 1)[-1].strip()
            heading = len(above) < 50 and above[-1:].isalnum() and line.lstrip()[:1].isupper() and len(line) > 1.3 * len(above)
            if wrapped and len(above) <= 120 and not previous.startswith("#") and not heading:
                spans[-1] = (spans[-1][0], end)
                continue
        spans.append((start, end))
    out = []
    for start, end in spans:
        piece = text[start:end]
        out.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
    return out


DATELINE = re.compile(
    r"\W{0,4}([A-Z][^\n—–.()]{1,50}?|[A-Z][^\n—–()]{1,30}, [A-Z][a-z]{1,4}\.)\W{0,3}"
    r"(?:,? \d{1,2} [A-Z][a-z]+(?: \d{4})?|, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?\W{0,3}(?:\([^)\n]{2,40}\))?\s*(?:[—–]|--|\s-\s)\s"
)
"""The place that a news item is sent from, at the head of a line: "NAIROBI, March 3 (Agency) —"."""


def _is_headline(words: list[str], line: str) -> bool:
    """A line in title case or in capitals: its capitals say nothing of names."""
    content = [w for w in words if len(w) > 3]
    if len(content) < 2 or len(words) > 24:
        return False
    if line.rstrip().endswith((".", ",", ";", ":")) and not line.isupper():
        return False
    capital = sum(w[0].isupper() for w in content)
    lower_long = [w for w in content if w[0].islower()]
    return capital >= 0.8 * len(content) and len(lower_long) <= 1 and len(words) >= 3


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` with offsets in code points; addresses and handles are passed over.

    >>> [(t.text, t.start, t.possessive) for t in tokenize("Japan's islands")]
    [('Japan', 0, True), ('islands', 8, False)]
    """
    masked = mask(text)
    spans = paragraphs(text)
    starts = [s for s, _ in spans]
    tokens: list[Token] = []
    last = 0
    for m in _WORD.finditer(masked):
        if m.start() < last:
            continue
        gap = masked[last : m.start()]
        word = m[0]
        line = bisect_right(starts, m.start()) - 1
        new_line = not tokens or tokens[-1].line != line
        opens = new_line or bool(_SENTENCE_END.search(gap)) or (gap.lstrip(")”\"’' ")[:1] in '([“"‘' and gap.strip() != "")
        if tokens and tokens[-1].text.endswith(".") and gap == " " and len(tokens[-1].text) > 4:
            opens = True
        possessive = bool(_POSSESSIVE.match(masked, m.end()))
        tokens.append(
            Token(word, m.start(), m.end(), word.lower(), word[0].isupper(), "" if new_line else gap, opens, possessive, line=line)
        )
        last = m.end()
        if possessive:
            skip = _POSSESSIVE.match(masked, m.end())
            last = skip.end() if skip else last
    by_line: dict[int, list[Token]] = {}
    for token in tokens:
        by_line.setdefault(token.line, []).append(token)
    for number, members in by_line.items():
        start, end = spans[number]
        place_line = DATELINE.match(masked, start, end)
        for token in members:
            token.dateline = place_line is not None and token.end <= place_line.end(1)
        if _is_headline([t.text for t in members if t.text[0].isalpha()], text[start:end]):
            for token in members:
                token.headline = True
    return tokens
