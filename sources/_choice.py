"""Which of the verbs of a sentence tell a plan each, and which tell none."""

from __future__ import annotations

import re
from collections.abc import Callable

from geo import Toponym
from geo.text import Token
from sources._asides import aside
from sources._clauses import Head, allot, governed_by
from sources._going_on import POINTERS, head_noun
from sources._lexicon import words
from sources._parts import abstract, concrete, named
from sources._sentences import Sentence
from sources._where import index_at


def best(found: list[Head], tokens: list[Token]) -> Head | None:
    if not found:
        return None
    for h in found:
        if (
            h.governor >= 0
            and tokens[h.governor].lower in words("schemes")
            and any(t.lower in words("failures") for t in tokens[h.index + 1 :])
        ):
            h.status, h.why = "denied", "the plan itself came to nothing"
    denials = [h for h in found if h.status == "denied" and h.weight >= 2.0]
    pool = denials or found
    return max(pool, key=lambda h: (h.weight, -h.index))


def chosen(sentence: Sentence, main: Head, found: list[Head], here: list[Toponym], written: str, year: int) -> list[Head]:
    """The heads of a sentence that each carry a plan of their own, the main one among them, in the order of the text."""
    chosen = [main]
    for head in sorted(found, key=lambda h: (-h.weight, h.index)):
        if head is main or any(_one_plan(sentence, head, other) for other in chosen):
            continue
        allot(sentence, [*chosen, head])
        placed = any(t.mention.kind == "literal" and head.owns(index_at(sentence, t.mention.start)) for t in here)
        placed = placed or any(t.lower == "there" and head.owns(k) for k, t in enumerate(sentence.tokens))
        if _stands_alone(sentence, head, placed) and not aside(sentence, written, head, year):
            chosen.append(head)
    allot(sentence, chosen)
    return sorted(chosen, key=lambda h: h.index)


def _one_plan(sentence: Sentence, head: Head, other: Head) -> bool:
    """Whether two heads tell of one plan: one governs the other, or they say two verbs of one thing."""
    if head.index == other.index or other.governor == head.index or head.governor == other.index:
        return True
    a, b = sorted((head, other), key=lambda h: h.index)
    if a.object[0] <= b.index < a.object[1] or (b.subject.start <= a.index < b.subject.end and a.why != "'under construction'"):
        return True
    if b.verb.family == "refuse" and b.status == "denied" and _is_it(sentence, b):
        return True
    if other.verb.family == "refuse" and other.index < head.index and governed_by(sentence, head, other):
        return True
    same_subject = a.subject.end > a.subject.start and (a.subject.start, a.subject.end) == (b.subject.start, b.subject.end)
    thing = b.object[1] > b.object[0]
    about = b.subject.relative and a.object[0] <= b.subject.start < a.object[1]
    return (same_subject or about) and not thing and b.status == a.status


def _is_it(sentence: Sentence, head: Head) -> bool:
    """Whether the subject is "it" alone, which goes back to the plan told before ("had planned to …, but it was dropped")."""
    return head.passive and head.subject.end - head.subject.start == 1 and sentence.tokens[head.subject.start].lower == "it"


def _stands_alone(sentence: Sentence, head: Head, placed: bool) -> bool:
    """Whether a further head says enough for a plan of its own: a thing and a place, or a thing and somebody who acts on it."""
    text = " ".join(t.lower for t in sentence.tokens[head.object[0] : head.object[1]])
    about = " ".join(t.lower for t in sentence.tokens[head.subject.start : head.subject.end])
    thing = concrete(about if head.passive else text) or (head.passive and concrete(text))
    if abstract(text) or head.weight < 1.3 or head.verb.family in ("respond", "visit"):
        return False
    if head.verb.family == "refuse" or head.status == "denied":
        return placed and (thing or head.verb.family != "refuse")
    if head.status in ("completed", "existing"):
        return placed and (thing or head.verb.family in ("deploy", "build")) and (head.weight >= 1.5 or thing)
    if head.verb.lemma in words("weak_verbs"):
        return thing and (placed or head.weight >= 2.4)
    return (thing and (placed or head.weight >= 2.0)) or (placed and head.weight >= 2.0)


def is_plan(head: Head, asset: str, placed: bool, sentence: Sentence, who: str, *, dated: Callable[[], bool]) -> bool:
    """Whether verb, object and place together make a thing that can be planned somewhere; ``dated`` tells whether it has a time."""
    if abstract(asset):
        return False
    if head.verb.family == "refuse" and (set(asset.lower().replace(",", "").split()) & words("accusations")):
        return False
    if head.verb.lemma == "hold" and not (set(re.findall(r"[a-z-]+", asset.lower())) & (words("held_things") | words("drill_nouns"))):
        return False
    if head.verb.lemma == "announce" and (
        head.passive or not concrete(asset) or sentence.tags[head.object[0]] != "DT" or asset.split()[0] == "the"
    ):
        return False
    if head.verb.family == "agree" and head.subject.relative and not placed:
        return False
    if head.verb.family == "strengthen" and not (placed and concrete(asset)) and not _measured(sentence, head, asset):
        return False
    if head.verb.family == "visit" and head.status not in ("planned", "agreed", "proposed"):
        return False
    if head.negated and head.verb.family != "refuse" and not concrete(asset) and not (placed and head.status == "denied" and who):
        return False
    first = (who.split() or [sentence.tokens[0].lower])[-1]
    any_thing = any(t.lower in words("assets") for t in sentence.tokens[head.index :])
    thing = concrete(asset) or (named(asset) and head.weight >= 2.0) or (head.verb.family in ("respond", "plan") and any_thing)
    if (
        head.verb.family == "agree"
        and not thing
        and not any(t.lower in words("agreed_governors") | words("deal_nouns") for t in sentence.tokens)
    ):
        return False
    weak = head.verb.lemma in words("weak_verbs") and not (head.verb.family == "exercise" and thing) and not head.passive
    anywhere = any_thing or any(t.lower in words("assets") for t in sentence.tokens)
    if weak and not head.passive and head.governor < 0 and first.lower() in words("abstract_subjects"):
        return False
    if head.status in ("completed", "existing"):
        if thing and head.status == "existing" and head.weight >= 2.0:
            return True
        opened = any_thing and head.verb.lemma in words("opening_acts")
        made = thing and not weak and head.verb.family in ("build", "deploy", "exercise")
        founded = bool(who) and not head.passive and head.verb.lemma in words("founding_acts") and (thing or _has_name(sentence, head))
        money = bool(who) and _sum(asset) and (head.verb.family == "supply" or head.verb.lemma == "add")
        return money or (placed and (thing or anywhere or not weak)) or made or opened or founded
    firm = head.weight >= 2.4
    if weak and not firm:
        return thing or (placed and any_thing)
    return thing or placed or any_thing or (firm and (anywhere or head.status == "denied" or dated()))


def _has_name(sentence: Sentence, head: Head) -> bool:
    """Whether the object has a name of its own ("a Labour Working Group")."""
    return any(t.cap for t in sentence.tokens[slice(*head.object)])


def _sum(asset: str) -> bool:
    """Whether the object is a sum of money ("$2.2 billion")."""
    return (
        re.match(r"(?:an? )?(?:additional |further |more than |about |over |up to )*[$€£¥]?\d[\d.,]* (?:m|b|tr)illion\b", asset) is not None
    )


def _measured(sentence: Sentence, head: Head, asset: str) -> bool:
    """Whether what is to grow can be counted ("the number of destroyers"), and is not only to be better ("enhance cooperation")."""
    counted = "CD" in sentence.tags[head.object[0] : head.object[1] + 6] or "number" in asset.lower()
    if head.weight >= 2.0 and not words("counted_doings").isdisjoint(asset.lower().split()):
        return True
    return concrete(asset) and (counted or (head.governor >= 0 and head.status == "agreed") or head.passive)


def describes(sentence: Sentence, head: Head) -> bool:
    """Whether a sentence only says what a thing is for, and not that anybody does something ("the line will serve …")."""
    start, end = head.subject.start, head.subject.end
    if start >= end or head.passive or head.status not in ("planned", "proposed"):
        return False
    noun = head_noun(sentence, start, end)
    if head.verb.lemma not in words("describing_verbs") | words("delivering_verbs") or noun.lower in words("agents"):
        return False
    if head.subject.relative and not noun.cap:
        return True
    if noun.lower in (words("unplaced_assets") | words("abstract_subjects")) - words("pronouns") and head.verb.lemma in words(
        "delivering_verbs"
    ):
        return True
    definite = sentence.tokens[start].lower in POINTERS | {"it", "which", "that"} or head.subject.relative or noun.cap
    return (
        head.verb.lemma in words("describing_verbs")
        and definite
        and (noun.lower in words("assets") or noun.lower in {"it", "initiative", "which"})
    )
