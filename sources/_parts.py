"""Who, what and the one line that says it: the parts of a plan out of its sentence, and a summary in our own order of words."""

from __future__ import annotations

import re

from geo.text import Token
from sources._clauses import Head
from sources._lexicon import words
from sources._sentences import Sentence

_BREAK = words("clause_breaks")
_STOP = _BREAK - {"and", "or"} | words("phrase_ends")
_CLOSES = re.compile(r"[;:—–“”(]")
_WHOLE = 24
"""Words up to which a sentence is quoted whole, and after which a quotation ends at a comma."""
_CONDITION = re.compile(r"(?i)\b((?:if|unless|provided that|in the event of|in case of|subject to|once) [^,.;]+)|(?:^|, )(should [^,.;]+)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CURRENCIES = "$€£¥"
_PRONOUNS = words("pronouns")
_LONGEST = 14


def clean(text: str) -> str:
    """One line, without markdown's marks and without a stray quotation mark or bracket at the ends."""
    line = " ".join(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text).replace("*", "").split())
    if line.count("(") != line.count(")"):
        line = line.partition("(")[0]
    return line.strip(' ,;:—–-*_"“”')


def _span(text: str, tokens: list[Token]) -> str:
    if not tokens:
        return ""
    start = tokens[0].start
    return clean(text[start - (start > 0 and text[start - 1] in _CURRENCIES) : tokens[-1].end])


_LEADING = words("leading_words")
_MONTHS = words("month_words")
_FINITE = words("finite_words")


def phrase(sentence: Sentence, start: int, end: int, text: str) -> str:
    """The words from ``start`` to ``end`` of the sentence as they are written, on one line; "" where there are none."""
    return _span(text, sentence.tokens[start:end])


def subject(sentence: Sentence, head: Head, text: str) -> str:
    """The words that stand as the subject of the head's clause, or "" where they are a pronoun or cannot be told."""
    part = list(sentence.tokens[head.subject.start : head.subject.end])
    tags = list(sentence.tags[head.subject.start : head.subject.end])
    while (
        part
        and not (len(part) > 1 and part[1].glued)
        and (
            tags[0] in ("RB", "CC", "IN", "SUB")
            or part[0].lower in _LEADING - {"the", "a", "an"}
            or part[0].lower in _MONTHS
            or (len(part) > 1 and _YEAR.fullmatch(part[0].text))
        )
    ):
        part, tags = part[1:], tags[1:]
    if not part or (part[0].lower in _PRONOUNS and len(part) == 1) or len(part) > _LONGEST + 6:
        return ""
    if part[0].lower in ("the", "a", "an") and len(part) > 1:
        part = part[1:]
    return _span(text, part)


def noun_phrase(sentence: Sentence, head: Head, text: str) -> str:
    """The noun at the head with the words before it that belong to it ("large-scale rehearsal"), up to five."""
    tokens, k = sentence.tokens, head.index
    first = k
    while (
        first > 0
        and k - first < 5
        and sentence.tags[first - 1] in ("N", "NP", "JJ", "CD")
        and tokens[first].near
        and not tokens[first - 1].possessive
        and tokens[first - 1].lower not in _STOP | _BREAK | {"the", "a", "an", "of"}
    ):
        first -= 1
    return _span(text, tokens[first : k + 1])


def owner(sentence: Sentence, head: Head, text: str) -> str:
    """Whose the noun at the head is ("China's rehearsal"), or ""."""
    for k in range(head.index - 1, max(-1, head.index - 6), -1):
        if sentence.tokens[k].possessive:
            return _span(text, [sentence.tokens[k]])
    return ""


def rest(sentence: Sentence, head: Head, text: str) -> str:
    """What follows the verb up to the next mark, at most eighteen words: what a denial denies."""
    tokens = sentence.tokens[head.index + 1 : head.index + 19]
    stop = next((k for k, t in enumerate(tokens) if k and re.search(r"[,;:—–“”]", t.gap)), len(tokens))
    return _span(text, tokens[:stop])


def agent(sentence: Sentence, head: Head, text: str) -> str:
    """The words after "by" behind a passive verb, or ""."""
    tokens = sentence.tokens
    for k in range(head.index + 1, min(len(tokens) - 1, head.index + 8)):
        first = k + 2 if tokens[k + 1].lower == "the" and k + 2 < len(tokens) else k + 1
        if tokens[k].lower != "by" or tokens[first].lower in _PRONOUNS | {"end", "middle", "start"} or tokens[first].text[0].isdigit():
            continue
        if (first == k + 1 and not tokens[first].cap) or tokens[first].lower in _MONTHS:
            continue
        stop = next((j for j in range(first, len(tokens)) if tokens[j].lower in _STOP or (j > first and "," in tokens[j].gap)), len(tokens))
        return _span(text, tokens[first:stop])
    return ""


def condition(sentence: Sentence, head: Head, text: str) -> str:
    """The clause or phrase that the plan at ``head`` hangs on ("if …", "in the event of …"), as the article words it, or ""."""
    for m in _CONDITION.finditer(text[sentence.start : sentence.end]):
        at = sentence.start + m.start(1 if m[1] else 2)
        k = next((i for i, t in enumerate(sentence.tokens) if t.end > at), 0)
        if head.owns(k) or k == 0:
            return clean(m[1] or m[2])
    return ""


def own_words(sentence: Sentence, head: Head, text: str) -> str:
    """The source's own words from the clause's start to the plan's end, in quotation marks, for where no clean summary can be made."""
    tokens = sentence.tokens
    first = (
        head.subject.start
        if head.subject.end > head.subject.start
        else min(head.group, head.governor if head.governor >= 0 else head.group)
    )
    last = head.index
    while (
        last + 1 < len(tokens) and not _CLOSES.search(tokens[last + 1].gap) and (last - first < _WHOLE or "," not in tokens[last + 1].gap)
    ):
        last += 1
    if len(tokens) <= _WHOLE:
        first, last = 0, len(tokens) - 1
    return f"“{_span(text, tokens[first : last + 1])}”"


def concrete(words_of: str) -> bool:
    """Whether the object names a thing that can stand somewhere (``assets``) rather than an abstract one."""
    return any(
        w in words("assets") or w.removesuffix("s") in words("assets")
        for w in re.findall(r"[a-z][a-z-]*[a-z]", words_of.lower().replace("’s", "").replace("-", " "))
    )


def named(words_of: str) -> bool:
    """Whether the object is a thing with a name of capitals ("a Patriot battery" is not, "its first SSN-AUKUS" is)."""
    return any(sum(c.isupper() for c in word) >= 2 for word in words_of.split())


def abstract(words_of: str) -> bool:
    """Whether the object's last word is an abstract one ("a strategic advantage")."""
    found = re.findall(r"[a-z]+", words_of.lower())
    return bool(found) and found[-1] in words("abstract_objects")
