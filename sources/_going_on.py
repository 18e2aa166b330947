"""What a sentence takes over from the plans told before it: the place of "the quay", and "work will start in June"."""

from __future__ import annotations

from dataclasses import replace

from geo.text import Token
from sources._clauses import Head
from sources._lexicon import words
from sources._merge import content
from sources._model import PlanPlace, ReportedPlan
from sources._parts import concrete
from sources._sentences import Sentence

POINTERS = frozenset({"the", "this", "these", "that", "those", "its", "their", "such", "both"})
"""Words that point back at a thing told of."""
_BACK = 8
"""How many plans back a thing is sought that a sentence points at."""


def inherited(sentence: Sentence, head: Head, told: list[ReportedPlan], text: str) -> list[PlanPlace]:
    """The places of the latest plan about the thing that this one points at ("the quay", "these bases", "it")."""
    spans = [head.object] if head.object[1] > head.object[0] else []
    if head.passive or not spans:
        spans = [(head.subject.start, head.subject.end), *spans]
    for start, end in spans:
        if start >= end:
            continue
        first, last = sentence.tokens[start], head_noun(sentence, start, end)
        said = " ".join(text[first.start : sentence.tokens[end - 1].end].split())
        if end - start == 1 and first.lower in {"it", "them", "they", "these", "both"}:
            goes_back = bool(told) and (first.lower != "they" or head.passive)
            return [replace(p, said=first.lower) for p in told[-1].places] if goes_back else []
        if first.lower not in POINTERS or last.lower not in words("assets") - words("agents") - words("unplaced_assets"):
            continue
        stem = next(iter(content(last.lower)), last.lower)
        for plan in reversed(told[-_BACK:]):
            if plan.places and stem in content(f"{plan.asset} {_emphasised(plan)}"):
                return [replace(p, said=said) for p in plan.places]
    return []


def goes_on(sentence: Sentence, head: Head, last: ReportedPlan) -> bool:
    """Whether a sentence only says when the plan told last begins or ends ("Work will start in June")."""
    start, end = head.subject.start, head.subject.end
    if head.verb.lemma not in words("phases") or start >= end or head.status not in ("planned", "under way", "completed"):
        return False
    if last.status in ("denied", "existing") or thing_in(sentence, *head.object):
        return False
    noun = head_noun(sentence, start, end).lower
    if noun in words("works"):
        more = " ".join(t.lower for t in sentence.tokens[start:end] if t.lower not in words("works"))
        return content(more) <= content(" ".join(q.exact for q in last.quotes))
    return noun in {"it", "they"}


def continued(last: ReportedPlan, plan: ReportedPlan) -> ReportedPlan:
    """The plan told last with what a further sentence says of its time."""
    dated = plan if plan.when and not last.when else last
    lacks = tuple(x for x in last.lacks if not (x == "date" and dated.when))
    return replace(
        last,
        quotes=(*last.quotes, *plan.quotes),
        when=dated.when,
        when_said=dated.when_said,
        when_note=dated.when_note,
        condition=last.condition or plan.condition,
        lacks=lacks,
    )


def head_noun(sentence: Sentence, start: int, end: int) -> Token:
    """The last noun of a phrase before its first preposition."""
    stop = next((k for k in range(start + 1, end) if sentence.tags[k] in ("IN", "TO", "VN", "VG")), end)
    return sentence.tokens[max(start, stop - 1)]


def thing_in(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words name a thing that can stand somewhere."""
    return end > start and concrete(" ".join(t.lower for t in sentence.tokens[start:end]))


def _emphasised(plan: ReportedPlan) -> str:
    """The words of a plan's quotes that carry it."""
    return " ".join(q.exact[a:b] for q in plan.quotes for a, b in q.emphasis)
