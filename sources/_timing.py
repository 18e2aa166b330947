"""Which of the times in a sentence is the plan's, and not the day on which somebody spoke."""

from __future__ import annotations

import re
from functools import lru_cache

from sources._clauses import Head
from sources._lexicon import words
from sources._sentences import Sentence
from sources._when import Reference, When
from sources._when import times as _times
from sources._where import index_at

_ASIDE = re.compile(
    r", (?!which|who|and|but|or)[^,;]{1,40},(?= (?:in|on|at|from|by|near|along|off) |\s*$)|,(?= [A-Z][^,]{1,30}(?:,| and ))|,(?=\s*$)"
)
"""Commas that part no clauses: round an apposition ("a drill, Pale Reed, in …") and in a list of names."""
_APART = re.compile(r",(?!\d)|;|\b(?:which|who|where|when|than|while|down from|because)\b")
_AHEAD = ("planned", "proposed", "agreed")


@lru_cache(maxsize=64)
def times(written: str, ref: Reference, ahead: bool) -> tuple[When, ...]:
    """The times of a sentence; it is asked again for each of its plans."""
    return tuple(_times(written, ref, ahead=ahead))


def time_of(written: str, head: Head, sentence: Sentence, ref: Reference) -> When | None:
    """Return the time of the plan at ``head``: the one nearest behind its verb in its own words, or None where they name none.

    ``written`` is the sentence as the article has it. The day on which something was said or signed is not the plan's.
    """
    if head.verb.family == "refuse":
        until = [
            w
            for w in times(written, ref, True)
            if w.lead in ("until", "to", "till") and head.owns(index_at(sentence, sentence.start + w.start))
        ]
        return until[0] if until else None
    verb_at = sentence.tokens[head.index].start - sentence.start
    found = [w for w in times(written, ref, head.status in _AHEAD) if _is_its_own(written, w, verb_at, head, sentence)]
    return min(found, key=lambda w: (w.start < verb_at, abs(w.start - verb_at))) if found else None


def _is_its_own(written: str, when: When, verb_at: int, head: Head, sentence: Sentence) -> bool:
    """Whether a time belongs to the words of the plan and says when it is to be."""
    if not head.owns(index_at(sentence, sentence.start + when.start)):
        return False
    around = written[max(0, when.start - 40) : when.start].lower().split()
    spoken = any(w.strip(",.“”") in words("say_verbs") | {"told", "voted"} for w in around[-4:])
    if when.bare_day and when.lead not in ("by", "before") and (spoken or head.status != "completed"):
        return _follows_verb(written, when, verb_at) and head.status in _AHEAD and not spoken and when.lead in ("on", "from", "until")
    if spoken and head.status in ("planned", "proposed", "denied") and when.lead in ("on", "in", "") and when.start < verb_at:
        return False
    return _same_clause(written, when, verb_at)


def _follows_verb(written: str, when: When, verb_at: int) -> bool:
    """Whether the time stands in the phrase right behind the plan's verb ("will travel to Suva **on Thursday**")."""
    return verb_at < when.start and not _APART.search(written[verb_at : when.start]) and "," not in written[when.end : when.end + 2]


def _same_clause(written: str, when: When, verb_at: int) -> bool:
    """Whether nothing but the plan's own clause lies between its verb and a time; a time that opens the sentence counts as its own."""
    leading = when.start <= 12 and "," not in written[: when.start] and "," in written[when.start : when.end + 2] and when.start < verb_at
    return leading or not _APART.search(_ASIDE.sub(" ", written[min(verb_at, when.end) : max(verb_at, when.start)]))
