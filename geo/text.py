"""A text as words with their offsets, and what each line looks like: the ground on which names, and plans, are sought.

A public module of its own, since ``sources`` reads the same words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_LETTER = r"[^\W\d_]"
_WORD = re.compile(
    r"([A-Za-z]++(?= )"  # most words: the next alternatives would find the same
    r"|(?=[A-Z][A-Za-z]{0,4}\.)(?:W\.\s?Va\.|(?:[A-Z]\.){2,}"
    r"|(?:St|Ft|Mt|Dr|Mr|Mrs|Ms|Gen|Adm|Col|Capt|Lt|Sgt|Gov|Sen|Rep|Prof|Rev|No|Corp|Inc|Ltd|Co)\."
    r"|(?<=, )[A-Z][a-z]{1,4}\.(?=\s*(?:[—–,-]|\()))"
    rf"|{_LETTER}++(?:[’'ʻ](?!s\b){_LETTER}++)*+|\d(?:[\d.,]*\d)?)"
    r"([’']s?\b|[’'](?=\s))?"
    rf"((?(2)(?:[’'](?!s\b){_LETTER}++)*+)[\W_]*+)"
)
"""A word, the ending of its possessive, and all up to the next word: three groups that leave nothing of a text over.

Letters that an apostrophe ties to a possessive ("Macy's't") are no word but part of what parts words.
"""
_MASK = re.compile(
    r"\b[A-Z]{1,3}\$|https?://[^\s)>\]]+|www\.[^\s)>\]]+|(?<=\]\()[^)\s]*|(?<!\w)@\w+"
    r"|(?<!\S)[^\s@]{1,64}@[^\s@]{1,255}|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.(?:com|org|net|gov|edu)\b"
)
_SIGN = re.compile(r"\$(?<=[A-Z]\$)|@|://|www\.|\]\(|\.(?:com|org|net|gov|edu)")
"""What every find of ``_MASK`` holds or follows. No white space parts the two or is part of them: what stands around a sign is enough."""
_SPACE = re.compile(r"\s")
_APOSTROPHES = frozenset("'’ʻ")
"""After one small letter they join an article to a name ("d'Ivoire", "l'Aquila"), which counts as written with a capital."""
_GLUE = {"-", "‐", "‑", "–", "/"}


@dataclass(slots=True, init=False)
class Token:
    """A word: where it stands, how it is written, and what parts it from the word before.

    ``start`` and ``end`` are code points, half-open; ``gap`` is what stands between it and the word before, ``line`` the number of its
    paragraph from 0. ``opens`` says that it begins a sentence, ``headline`` that its line is in title case or capitals, ``dateline`` that
    it belongs to the place that a report was sent from. ``glued`` says that a hyphen, dash or slash, and nothing else, joins it to the
    word before, ``near`` that this or only white space within one paragraph parts them.

    Only ``tokenize`` makes tokens, and sets every field: an ``__init__`` of thirteen arguments would add a quarter to its time.

    >>> tokenize("Two ships.")[1].near
    True
    """

    text: str
    start: int
    end: int
    lower: str
    cap: bool
    gap: str
    opens: bool
    possessive: bool
    headline: bool
    dateline: bool
    line: int
    glued: bool
    near: bool


def mask(text: str) -> str:
    """Return ``text`` with addresses, link targets and handles blanked out, every other character at its offset."""
    out: list[str] = []
    done = 0
    for sign in _SIGN.finditer(text):
        start = sign.start()
        if start < done:
            continue
        while start > done and not text[start - 1].isspace():
            start -= 1
        space = _SPACE.search(text, sign.end())
        end = space.start() if space else len(text)
        out += text[done:start], _MASK.sub(lambda m: " " * len(m[0]), text[start:end])
        done = end
    return "".join(out) + text[done:]


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
    r"(?:,? \d{1,2} [A-Z][a-z]+(?: \d{4})?|, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?\W{0,3}(?:\([^)\n]{2,40}\))?(?:\s*(?:[—–]|--)|\s+-)\s"
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


@lru_cache(maxsize=1024)
def _parted(gap: str) -> tuple[bool, bool, bool]:
    """Return whether the word after ``gap`` opens a sentence, whether it is glued to the word before, and whether it is near it."""
    bare = gap.rstrip()
    space = gap[len(bare) :]
    ends = bare.endswith((":", ";")) or (space != "" and bare.rstrip("\"”’')]").endswith((".", "!", "?")))
    quoted = bare != "" and gap.lstrip(")”\"’' ")[:1] in '([“"‘'
    glued = gap in _GLUE
    near = gap != "" and not gap.strip(" \t\n\u00a0*_") and "\n\n" not in gap
    return ends or "\n" in space or quoted, glued, glued or near


def tokenize(text: str) -> list[Token]:
    """Return the words of ``text`` with offsets in code points; addresses and handles are passed over.

    >>> [(t.text, t.start, t.possessive) for t in tokenize("Japan's islands")]
    [('Japan', 0, True), ('islands', 8, False)]
    """
    masked = mask(text)
    spans = paragraphs(text)
    turns = [start for start, _ in spans]
    turns.append(len(text) + 1)
    pieces = _WORD.split(masked)
    tokens: list[Token] = []
    firsts: list[int] = []
    gap, end, line, turn, before = pieces[0], 0, -1, turns[0], ""
    for word, ending, after in zip(pieces[1::4], pieces[2::4], pieces[3::4], strict=True):
        token = Token()
        token.text = word
        token.start = start = end + len(gap)
        token.end = end = start + len(word)
        token.lower = word.lower()
        token.cap = word[0].isupper() or (word[1:2] in _APOSTROPHES and word[2:3].isupper())
        token.headline = token.dateline = False
        if start >= turn:
            while start >= turn:
                line += 1
                turn = turns[line + 1]
            firsts.append(len(tokens))
            token.gap = ""
            token.opens = True
            token.glued = token.near = False
        elif gap == " ":
            token.gap = gap
            token.opens = before[-1] == "." and len(before) > 4
            token.glued = False
            token.near = True
        else:
            token.gap = gap
            token.opens, token.glued, token.near = _parted(gap)
        token.line = line
        if ending:
            token.possessive = True
            end += len(ending)
        else:
            token.possessive = False
        tokens.append(token)
        gap, before = after, word
    for first, stop in pairwise([*firsts, len(tokens)]):
        _mark_line(text, masked, spans[tokens[first].line], tokens[first:stop])
    return tokens


def _mark_line(text: str, masked: str, span: tuple[int, int], tokens: list[Token]) -> None:
    """Note on the words of a line whether they belong to its dateline, and whether it is a headline."""
    line = text[span[0] : span[1]]
    place = DATELINE.match(masked, *span) if "-" in line or "—" in line or "–" in line else None
    if place:
        for token in tokens:
            token.dateline = token.end <= place.end(1)
    if line[-1] not in ".,;:" or line.isupper():
        if _is_headline([t.text for t in tokens if t.text[0].isalpha()], line):
            for token in tokens:
                token.headline = True
