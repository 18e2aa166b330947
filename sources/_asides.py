"""Which sentences speak of plans and tell none of the day: views of analysts, conditions, history, questions."""

from __future__ import annotations

import re
from itertools import pairwise

from sources._clauses import Head
from sources._lexicon import words
from sources._sentences import Sentence

OLD = 10
"""Years before the article after which something done is history and no plan of the day."""
_FORECASTS = frozenset({"forecasts", "forecast", "models", "projections", "scenarios"})
_EXPECTING = frozenset({"expect", "believe", "think", "guess", "predict"})
_UNLIKELY = frozenset({"unlikely", "doubtful", "improbable", "unthinkable"})
_LITTLE = frozenset({"little", "no", "small", "slim", "scant"})
_CHANCE = frozenset({"chance", "chances", "prospect", "prospects", "likelihood", "hope"})
_ASKED = re.compile(r"[A-Z]{5,}:|Q:|Question:")
_DECADE = re.compile(r"\b1[0-9]{3}s\b|\b20[0-4]0s\b|\b1[0-8]\d\d\b")
_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")


def aside(sentence: Sentence, written: str, head: Head, year: int) -> str:
    """Which kind of sentence about plans this is that is none of the day, or ""; ``year`` is the article's."""
    lower = [t.lower for t in sentence.tokens]
    open_yet = head.status in ("planned", "proposed")
    if open_yet and (_by_analysts(lower, head) or _expected(sentence, lower, head)):
        return "an analyst's view"
    if head.status == "denied" and "should" in lower[max(0, head.group - 3) : head.index]:
        return "what somebody thinks should not be"
    if (open_yet or head.status == "denied") and _doubted(lower, head):
        return "said to be unlikely"
    if written.rstrip().endswith("?") or (_ASKED.match(written) and ("?" in written or "reports" in lower)):
        return "a question"
    if (lower[0] in {"if", "unless", "should"} or lower[:2] == ["and", "if"]) and head.governor < 0:
        return "a condition"
    if not open_yet and head.status != "denied" and _long_ago(written, lower, year):
        if head.status != "existing" or {"since", "for", "is", "are", "remains"}.isdisjoint(lower):
            return "history"
    return ""


def _doubted(lower: list[str], head: Head) -> bool:
    """Whether the words before the verb say that it will hardly come to it ("it is unlikely that …", "there is little chance that …")."""
    before = lower[max(0, head.group - 14) : head.index]
    if not _UNLIKELY.isdisjoint(before):
        return True
    return any(a in _LITTLE and b in _CHANCE for a, b in pairwise(before))


def _by_analysts(lower: list[str], head: Head) -> bool:
    """Whether somebody whose trade is opinion says it: an analyst, or a scholar of an institute."""
    if words("opinion_verbs").isdisjoint(lower):
        return False
    before = lower[: head.group]
    return not words("analysts").isdisjoint(lower) or ("of" in before and not words("scholars").isdisjoint(before))


def _expected(sentence: Sentence, lower: list[str], head: Head) -> bool:
    """Whether what is to come is only expected: by a forecast, the speaker, or "X, of the Y Institute", named behind."""
    if not _FORECASTS.isdisjoint(lower[: head.group]):
        return True
    for k, w in enumerate(lower):
        if w in _EXPECTING and k and lower[k - 1] in {"i", "we"} and k < head.index:
            return True
        if w in {"said", "says"} and k + 1 < len(lower) and sentence.tokens[k + 1].cap and not sentence.tokens[k + 1].opens:
            tail = lower[k + 1 : k + 14]
            if "of" in tail and not words("scholars").isdisjoint(tail[tail.index("of") :]):
                return True
    return False


def _long_ago(written: str, lower: list[str], year: int) -> bool:
    """Whether the sentence tells of a time that is history at the article's ``year``."""
    if not words("history_words").isdisjoint(lower) or _DECADE.search(written):
        return True
    years = [int(y) for y in _YEAR.findall(written)]
    return bool(years and year) and max(years) <= year - OLD
