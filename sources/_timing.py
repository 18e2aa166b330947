"""Which of the times in a sentence is the plan's, and not the day on which somebody spoke."""

from __future__ import annotations

import re

from sources._clauses import Head
from sources._lexicon import words
from sources._sentences import Sentence
from sources._when import Reference, When, times


def time_of(written: str, head: Head, sentence: Sentence, ref: Reference) -> When | None:
    """The time of the plan: the one nearest behind its verb, not the day that something was said."""
    candidates = []
    verb_at = sentence.tokens[head.index].start - sentence.start
    ahead = head.status in ("planned", "proposed", "agreed")
    for when in times(written, ref, ahead=ahead):
        day_of_saying = (
            re.search(r"(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)$", when.said, re.I) is not None
        )
        around = written[max(0, when.start - 40) : when.start].lower().split()
        spoken = any(w.strip(",.“”") in words("say_verbs") | {"told", "voted"} for w in around[-4:])
        deadline = when.lead in {"by", "before"}
        if day_of_saying and not deadline and (spoken or head.status != "completed"):
            continue
        if spoken and head.status in ("planned", "proposed", "denied") and when.lead in {"on", "in"} and when.start < verb_at:
            continue
        if not _same_clause(written, when, verb_at):
            continue
        candidates.append(when)
    if not candidates:
        return None
    return min(candidates, key=lambda w: (w.start < verb_at, abs(w.start - verb_at)))


def _same_clause(written: str, when: When, verb_at: int) -> bool:
    """Whether nothing but the plan's own clause lies between its verb and a time; a time that opens the sentence counts as its own."""
    leading = (
        when.start <= 12
        and "," not in written[: when.start]
        and "," in written[when.start : when.start + len(when.said) + 2]
        and when.start < verb_at
    )
    between = written[min(verb_at, when.start) : max(verb_at, when.start)]
    return leading or not re.search(r",|;|\b(?:which|who|where|when|than|while|down from|because|after|before)\b", between)
