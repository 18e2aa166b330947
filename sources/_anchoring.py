"""Where a quote stands in an article that may have changed since: exact, moved, altered (with a word diff), gone, or not to be told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from sources._model import Article, Citation, Quote
from sources._quotes import CONTEXT
from sources._sentences import sentences

How = Literal["exact", "moved", "altered", "gone", "ambiguous"]
HOWS: tuple[How, ...] = ("exact", "moved", "altered", "gone", "ambiguous")

ALIKE = 0.6
"""The share of words, in their order, that a sentence must have in common with a quote to be what became of it."""
_MOST = 200
"""Places where the same words stand that are weighed; beyond, it cannot be told which is meant."""
_TELLING = 8
"""Characters beside a quote that must be the same ones, to tell which of several places is meant."""
_LONG = 500
"""Words of the longest quote that is looked for in other words."""
_TOKEN = re.compile(r"\s*(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\w+(?:['’]\w+)*|\S)")
_STOP = re.compile(r"[。！？]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchoring:
    """What became of a quote in an article.

    ``how`` is ``exact`` (it stands at its offsets), ``moved`` (the same words stand elsewhere, once, or once between the same words),
    ``altered`` (a sentence is much like it), ``gone``, or ``ambiguous`` (the same words stand at several places, and what stands around
    them does not tell which is meant). ``start`` and ``end`` are where it or what is like it stands now, code points, half-open; both 0
    where it is gone or ambiguous. ``now`` are the words there, ``diff`` how an altered quote differs: "will [-not -]go". ``places`` says
    where an ambiguous one stands. Spaces and line breaks between words do not count.

    >>> Anchoring(how="gone").now
    ''
    """

    how: How
    start: int = 0
    end: int = 0
    now: str = ""
    diff: str = ""
    places: tuple[int, ...] = ()


def anchor_quote(quote: Quote, text: str) -> Anchoring:
    """Find a quote in a text that may be another version of its article. Pure; never guesses between equal places.

    >>> quote = Quote(article_id="a", exact="The pier will be built.", start=0, end=23)
    >>> anchor_quote(quote, "At last. The pier will be built.").start
    9
    >>> anchor_quote(quote, "The pier may be built.").diff
    'The pier [-will-]{+may+} be built.'
    """
    if quote.exact and text[quote.start : quote.end] == quote.exact:
        return Anchoring(how="exact", start=quote.start, end=quote.end, now=quote.exact)
    spans = list(_same(quote.exact, text))
    if len(spans) > 1:
        scores = [_beside(quote, text, start, end) for start, end in spans]
        best = max(scores)
        if best < _TELLING or scores.count(best) > 1 or len(spans) > _MOST:
            return Anchoring(how="ambiguous", places=tuple(start for start, _ in spans[:_MOST]))
        spans = [spans[scores.index(best)]]
    if spans:
        start, end = spans[0]
        return Anchoring(how="moved", start=start, end=end, now=text[start:end])
    like = _likest(quote, text)
    if like is None:
        return Anchoring(how="gone")
    start, end = like
    return Anchoring(how="altered", start=start, end=end, now=text[start:end], diff=word_diff(quote.exact, text[start:end]))


def word_diff(old: str, new: str) -> str:
    """Write two texts as one, word by word: what is no longer there in [-…-], what is new in {+…+}.

    >>> word_diff("Work starts in May 2030.", "Work starts in June 2030, if at all.")
    'Work starts in [-May-]{+June+} 2030{+, if at all+}.'
    """
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    out = []
    for what, i, j, k, m in _steps([t.strip() for t in before], [t.strip() for t in after]):
        gone, come = "".join(before[i:j]), "".join(after[k:m])
        if what == "equal":
            out.append(come)
            continue
        lead = (gone or come)[: len(gone or come) - len((gone or come).lstrip())]
        inner = bool(gone) != bool(come) and not lead
        out.append(lead if not inner else "")
        out.append(f"[-{gone.strip()}-]" if gone else "")
        out.append(f"{{+{come.strip()}+}}" if come else "")
    return re.sub(r"\s+", " ", "".join(out)).strip()


def _steps(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return how one row of words becomes another; what is too much to compare is replaced as a whole."""
    if len(before) * len(after) <= _LONG**2:
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    most = min(len(before), len(after))
    head = next((k for k in range(most) if before[k] != after[k]), most)
    tail = next((k for k in range(most - head) if before[-1 - k] != after[-1 - k]), most - head)
    i, j, k, m = head, len(before) - tail, head, len(after) - tail
    steps = [("equal", 0, i, 0, k), ("replace", i, j, k, m), ("equal", j, len(before), m, len(after))]
    return [step for step in steps if step[1] < step[2] or step[3] < step[4]]


def pair_articles(cited: Sequence[Citation], given: Sequence[Article]) -> tuple[dict[str, Article], list[Article]]:
    """Return, by the id of each citation, the article among ``given`` that it is of, and the articles that belong to none.

    An article is known by the hash of its text, then by its id or file name, then by its address, then by its title; one that fits
    two citations by the same mark is taken for neither.

    >>> from sources import read_text
    >>> new = read_text("Another text.", id="herald")
    >>> pair_articles([Citation(id="herald", title="A title", sha256="")], [new])[0]["herald"].text
    'Another text.'
    """
    paired: dict[str, Article] = {}
    left = list(given)
    for marks in _MARKS:
        for citation in (one for one in cited if one.id not in paired):
            own = marks(citation)
            fit = [article for article in left if own & marks(article.citation)]
            rivals = [one for one in cited if one.id not in paired and own & marks(one)]
            if len(fit) == 1 and (len(rivals) == 1 or marks is _hashes):
                paired[citation.id] = fit[0]
                left.remove(fit[0])
    return paired, left


def _hashes(citation: Citation) -> set[str]:
    return {citation.sha256} - {""}


def _names(citation: Citation) -> set[str]:
    return {citation.id, citation.file} - {""}


def _addresses(citation: Citation) -> set[str]:
    return {citation.url} - {""}


def _titles(citation: Citation) -> set[str]:
    return {" ".join(citation.title.casefold().split())} - {""}


_MARKS = (_hashes, _names, _addresses, _titles)


def _same(exact: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a quote stand, whatever spaces are between them; a few more than are weighed at most."""
    words = exact.split()
    if not words:
        return
    if " ".join(words) in text and " ".join(words) == exact:
        pattern = re.compile(re.escape(exact))
    else:
        pattern = re.compile(r"\s+".join(map(re.escape, words[:_LONG])) if len(words) <= _LONG else re.escape(exact))
    for number, found in enumerate(pattern.finditer(text)):
        yield found.span()
        if number > _MOST:
            return


def _beside(quote: Quote, text: str, start: int, end: int) -> int:
    """Count the characters before and after a span that stood there beside the quote too."""
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return _common(quote.prefix[::-1], before[::-1]) + _common(quote.suffix, after)


def _common(one: str, other: str) -> int:
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.strip().casefold() for token in _TOKEN.findall(text))


@lru_cache(maxsize=8)
def _candidates(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of a text's sentences, those of Chinese and Japanese too."""
    spans = []
    for one in sentences(text):
        begin = one.start
        for stop in _STOP.finditer(text, one.start, one.end):
            spans.append((begin, stop.end()))
            begin = stop.end()
        spans += [(begin, one.end)] if begin < one.end else []
    return tuple(spans)


@lru_cache(maxsize=8)
def _words_of(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_words(text[start:end]) for start, end in _candidates(text))


def _likest(quote: Quote, text: str) -> tuple[int, int] | None:
    """Return the span of the sentence, or of so many sentences as the quote has, that has most of its words in their order."""
    own = _words(quote.exact)
    if not own or len(own) > _LONG:
        return None
    spans, parts = _candidates(text), _words_of(text)
    counted = Counter(own)
    size = max(1, len(_candidates(quote.exact)))
    hopeful = []
    for n in {size, size + 1} if size > 1 else {1}:
        for first in range(len(spans) - n + 1):
            words = parts[first] if n == 1 else sum(parts[first : first + n], ())
            bound = 2 * sum((counted & Counter(words)).values()) / (len(own) + len(words) or 1)
            if bound >= ALIKE:
                away = abs(spans[first][0] - quote.start)
                hopeful.append((-bound, away, spans[first][0], spans[first + n - 1][1], words))
    best: tuple[float, int, int, int] | None = None
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=False)
    matcher.set_seq2(own)
    for bound, away, start, end, words in sorted(hopeful):
        if best is not None and bound > best[0]:
            break
        matcher.set_seq1(words)
        likeness = matcher.ratio()
        if likeness >= ALIKE and (best is None or (-likeness, away) < best[:2]):
            best = (-likeness, away, start, end)
    return best[2:] if best else None
