"""Which sentences speak of plans and tell none of the day: views of analysts, conditions, history, questions."""

from __future__ import annotations

import re

from sources._clauses import Head
from sources._lexicon import words
from sources._sentences import Sentence

OLD = 10
"""Years before the article after which something done is history and no plan of the day."""
_DECADE = re.compile(r"\b1[0-9]{3}s\b|\b20[0-4]0s\b|\b1[0-8]\d\d\b")
_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")


def aside(sentence: Sentence, written: str, head: Head, year: int) -> str:
    """Which kind of sentence about plans this is that is none of the day, or ""."""
    tokens = sentence.tokens
    lower = [t.lower for t in tokens]
    opinion = {k for k, w in enumerate(lower) if w in words("opinion_verbs")}
    if any(w in words("analysts") for w in lower) and opinion and head.status in ("planned", "proposed"):
        return "an analyst's view"
    if (
        opinion
        and any(w in words("scholars") for w in lower[: head.group])
        and "of" in lower[: head.group]
        and head.status in ("planned", "proposed")
    ):
        return "an analyst's view"
    if re.match(r"[A-Z]{5,}:|Q:|Question:", written) and ("?" in written or "reports" in lower):
        return "a question"
    if _expected_by_analysts(sentence, head):
        return "an analyst's view"
    if (lower[0] in {"if", "unless", "should"} or (lower[0] == "and" and lower[1:2] == ["if"])) and head.governor < 0:
        return "a condition"
    if head.status in ("completed", "agreed", "existing", "under way"):
        years = [int(y) for y in _YEAR.findall(written)]
        if _DECADE.search(written) or any(w in words("history_words") for w in lower) or (years and year and max(years) <= year - OLD):
            if head.status != "existing" or not {"since", "for", "is", "are", "remains"} & set(lower):
                return "history"
    if written.rstrip().endswith("?"):
        return "a question"
    return ""


def _expected_by_analysts(sentence: Sentence, head: Head) -> bool:
    """Whether what is to come is only expected: by an analyst ("…, said X, of the Y Institute"), a forecast, or the speaker."""
    lower = [t.lower for t in sentence.tokens]
    if head.status not in ("planned", "proposed"):
        return False
    for k, w in enumerate(lower):
        if w in {"forecasts", "forecast", "models", "projections", "scenarios"} and k < head.group:
            return True
        if w in {"expect", "believe", "think", "guess", "predict"} and k and lower[k - 1] in {"i", "we"} and k < head.index:
            return True
        if w in {"said", "says"} and k + 1 < len(lower) and sentence.tokens[k + 1].cap and not sentence.tokens[k + 1].opens:
            tail = lower[k + 1 : k + 14]
            if "of" in tail and words("scholars") & set(tail[tail.index("of") :]):
                return True
    return False
