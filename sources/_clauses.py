"""Which verbs of a sentence carry plans, what each is about, and which words of the sentence belong to which."""

from __future__ import annotations

from dataclasses import dataclass

from sources._groups import group_at
from sources._lexicon import Verb, verb_words, words
from sources._model import Status
from sources._phrases import NOBODY, Subject, object_of, subject_of
from sources._sentences import Sentence
from sources._status import governing_clause, status_of
from sources._tags import NOUNS, VERBS, is_break
from sources._words import lexeme

RELATIVE = 0.5
"""What a relative clause takes from the weight of its verb: the main clause says what a sentence is about."""


@dataclass(slots=True)
class Head:
    """The verb (or noun) that carries a plan: where it stands, how it is read, its status, and how sure that reading is.

    ``group`` is the first word of its verb group, ``governor`` the word that governs it (-1: none), ``subject`` and ``object`` the spans of
    words that it is about, ``first`` to ``last`` (half-open) the words of the sentence that are its own, ``inner`` other heads' spans in
    these.
    """

    index: int
    group: int
    verb: Verb
    status: Status
    weight: float
    why: str
    governor: int = -1
    passive: bool = False
    subject: Subject = NOBODY
    object: tuple[int, int] = (0, 0)
    first: int = 0
    last: int = 0
    inner: tuple[tuple[int, int], ...] = ()
    negated: bool = False

    def owns(self, k: int) -> bool:
        """Whether the word at ``k`` belongs to this head and to none that stands inside its span."""
        return self.first <= k < self.last and not any(a <= k < b for a, b in self.inner)


def heads(sentence: Sentence, *, title: bool = False) -> list[Head]:
    """Return the verbs of ``sentence`` that can carry a plan, in the order of the text; ``title`` reads "X to do Y" as a plan."""
    found: list[Head] = []
    known = verb_words()
    if known.isdisjoint(t.lower for t in sentence.tokens):
        return found
    for k, tag in enumerate(sentence.tags):
        if tag not in VERBS or sentence.tokens[k].lower not in known:
            continue
        group = group_at(sentence, k)
        if group is None or _in_condition(sentence, k):
            continue
        tense = status_of(sentence, group, loose=title or sentence.item)
        if tense is None:
            continue
        start = tense.governor if 0 <= tense.governor < group.start else group.start
        subject = _owner(sentence, start) if start == tense.governor and sentence.tags[start] in NOUNS else subject_of(sentence, start)
        subject = _controlled(sentence, tense.governor, group.first) or subject
        if subject.end > subject.start and tense.why == "'is to'" and _first_noun(sentence, subject) in words("intent_nouns"):
            subject = Subject(subject.opens, subject.opens, subject.opens)
        found.append(
            Head(
                k,
                group.start,
                group.verb,
                tense.status,
                tense.weight - RELATIVE * (subject.relative or _whose(sentence, subject)),
                tense.why,
                tense.governor,
                group.passive or (group.tag == "VN" and not set(group.aux) & words("have")),
                subject,
                object_of(sentence, k),
                negated=group.negated or tense.status == "denied",
            )
        )
    return found


def _first_noun(sentence: Sentence, subject: Subject) -> str:
    """The noun that a subject is about: its last word before the first preposition."""
    stop = next((k for k in range(subject.start + 1, subject.end) if sentence.tags[k] in ("IN", "TO")), subject.end)
    return sentence.tokens[stop - 1].lower


def _controlled(sentence: Sentence, governor: int, to: int) -> Subject | None:
    """Who is to do it, where somebody else wants it ("wants **the army** to build", "would like **the line** to be extended")."""
    tags = sentence.tags
    if governor < 0 or to - governor < 2 or lexeme(sentence.tokens[governor].lower).lemma not in words("control_verbs"):
        if governor < 0 or sentence.tokens[governor].lower != "like" or to - governor < 2:
            return None
    inside = range(governor + 1, to)
    if any(tags[k] not in NOUNS and tags[k] not in ("DT", "JJ", "CC", "PRP") for k in inside):
        return None
    outer = subject_of(sentence, governor)
    return Subject(governor + 1, to, outer.opens)


def _owner(sentence: Sentence, noun: int) -> Subject:
    """Whose the plan or deal at ``noun`` is: "by X" behind it, "X's" before it, else who acts on it ("X signed a deal to")."""
    tokens, tags = sentence.tokens, sentence.tags
    if noun + 2 < len(tokens) and tokens[noun + 1].lower in ("by", "between") and tags[noun + 2] in NOUNS | {"DT"}:
        stop = next((k for k in range(noun + 2, len(tokens)) if tags[k] == "TO"), noun + 2)
        return Subject(noun + 2, stop, noun)
    for k in range(noun - 1, max(-1, noun - 6), -1):
        if tokens[k].possessive and tags[k] in NOUNS:
            first = k
            while first > 0 and tags[first - 1] in NOUNS and not is_break(tokens[first].gap):
                first -= 1
            return Subject(first, k + 1, first)
        if tags[k] in VERBS or tags[k] in ("HV", "BE"):
            found = subject_of(sentence, k)
            return Subject(found.start, found.end, found.opens) if found.end > found.start and not found.relative else found
        if tags[k] not in NOUNS and tags[k] not in ("DT", "JJ", "RB"):
            break
    return Subject(noun, noun, noun)


def _whose(sentence: Sentence, subject: Subject) -> bool:
    return subject.opens < len(sentence.tags) and sentence.tags[subject.opens] == "WH"


def _in_condition(sentence: Sentence, k: int) -> bool:
    """Whether the word stands in a clause that begins with "if", "unless", "whether" or "once"."""
    for j in range(k - 1, -1, -1):
        if sentence.tokens[j].lower in {"if", "unless", "whether", "until"} and sentence.tags[j] == "SUB":
            return not any("," in t.gap for t in sentence.tokens[j + 1 : k + 1])
        if sentence.tokens[j].gap.strip() in {";", ":"}:
            return False
    return False


def outermost(sentence: Sentence, found: list[Head]) -> list[Head]:
    """One head a chain: "agreed that X would be built" is about building, "denied that X would be built" is a denial of it."""
    gone: set[int] = set()
    pairs = [(h, o) for h in found for o in found if o is not h and (o.index == h.governor or governed_by(sentence, h, o))]
    for head, other in pairs:
        if other.verb.family == "refuse" and other.status == "denied":
            other.object = head.object if head.object[1] > head.object[0] else (head.subject.start, head.subject.end)
            gone.add(id(head))
        elif (
            head.why.startswith("'support")
            or _is_plan_noun(sentence, head.governor, other)
            or other.verb.family in ("agree", "propose", "plan")
            or other.verb.lemma in ("begin", "start", "continue", "resume")
        ):
            gone.add(id(other))
    return [h for h in found if id(h) not in gone]


def _is_plan_noun(sentence: Sentence, governor: int, other: Head) -> bool:
    """Whether ``other`` acts on the very plan that governs a head ("is drawing up **plans** to build")."""
    inside = other.object[0] <= governor < other.object[1]
    return inside and sentence.tokens[governor].lower in words("planned_nouns") | words("deal_nouns") | words("proposal_nouns")


def governed_by(sentence: Sentence, head: Head, other: Head) -> bool:
    """Whether the clause of ``head`` is the object of the verb of ``other``, or stands in its object."""
    outer = governing_clause(sentence, head.group if head.governor < 0 else head.governor)
    above = {outer, head.governor} - {-1}
    if head.why == "an agreement under which" and other.verb.family == "agree" and other.index < head.index:
        return True
    return other.index in above or (other.index < head.index and any(other.object[0] <= k < other.object[1] for k in above))


def allot(sentence: Sentence, chosen: list[Head]) -> None:
    """Give each of the chosen heads the words of the sentence that are its own."""
    size = len(sentence.tokens)
    for head in chosen:
        begin = min(head.group, head.governor if head.governor >= 0 else head.group)
        opens = head.subject.opens if head.subject.end > head.subject.start or head.subject.relative else begin
        head.first = min(opens, begin) if not head.subject.relative else head.subject.opens
    ordered = sorted(chosen, key=lambda h: h.index)
    for i, head in enumerate(ordered):
        head.last = size
        for later in ordered[i + 1 :]:
            begin = min(later.group, later.governor if later.governor >= 0 else later.group)
            if later.first > head.index:
                head.last = later.first
                break
            if later.first <= head.first:
                head.last = next(
                    (k for k in range(head.index + 1, begin + 1) if k == begin or (is_break(sentence.tokens[k].gap) and k >= begin - 3)),
                    begin,
                )
                break
            head.last = begin
            break
    if ordered:
        outer = min(ordered, key=lambda h: (h.first, -h.last))
        outer.first = 0
    for head in chosen:
        head.inner = tuple(
            (o.first, o.last)
            for o in chosen
            if o is not head and head.first <= o.first and o.last <= head.last and (o.first, o.last) != (head.first, head.last)
        )
