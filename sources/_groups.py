"""Verb groups: a verb with its auxiliaries, its "to" and its negation, and what governs it."""

from __future__ import annotations

from dataclasses import dataclass

from sources._lexicon import Verb, idle, phrasal, spelled, verbs, words
from sources._model import Status
from sources._sentences import Sentence
from sources._tags import NOUNS, VERBS, is_break

_ONLY = frozenset({"only", "just", "merely"})
_AUXILIARY = frozenset({"MD", "BE", "HV", "DO", "NEG", "RB"})


@dataclass(frozen=True, slots=True)
class Group:
    """A verb at ``index`` whose first word is at ``start``; ``aux`` are its auxiliaries and adverbs in order, lower case.

    ``to`` says that an infinitive's "to" stands before it, ``passive`` that it is done to its subject, ``negated`` that it is denied.
    ``first`` is where the verb begins that it goes on from ("to build **and run**"), else ``start``.
    """

    index: int
    start: int
    verb: Verb
    tag: str
    aux: tuple[str, ...] = ()
    to: bool = False
    passive: bool = False
    negated: bool = False
    first: int = 0


@dataclass(frozen=True, slots=True)
class Tense:
    """The status of a verb, how sure that reading is, why, and where the word stands that governs it (-1: none)."""

    status: Status
    weight: float
    why: str
    governor: int = -1


def group_at(sentence: Sentence, k: int) -> Group | None:
    """Return the group of the verb of plans at ``k``, or None where the word is none."""
    if sentence.tags[k] not in VERBS:
        return None
    tokens = sentence.tokens
    following = [t.lower for t in tokens[k + 1 : k + 10]]
    if following[:1] and following[0] in idle(tokens[k].lower):
        return None
    verb = phrasal(tokens[k].lower, following) or verbs().get(tokens[k].lower)
    if verb is not None and verb.form == "base" and sentence.tags[k] in ("VN", "VD") and not _same_past(verb.lemma, tokens[k].lower):
        return None
    return _read(sentence, k, verb) if verb else None


def _same_past(lemma: str, word: str) -> bool:
    """Whether the past of a verb is spelled as its base is ("put"), so that "found" behind "been" is of "find" and not of "found"."""
    return any((w == word and "past" in form) or (w == word and form == "participle") for w, form in spelled(lemma))


def _read(sentence: Sentence, k: int, verb: Verb) -> Group:
    tokens, tags = sentence.tokens, sentence.tags
    aux: list[str] = []
    i, negated = k - 1, False
    while i >= 0 and tags[i] in _AUXILIARY and not is_break(tokens[i + 1].gap):
        negated = negated or (tags[i] == "NEG" and tokens[i + 1].lower not in _ONLY) or tokens[i].lower.endswith(("n't", "n’t"))
        aux.insert(0, tokens[i].lower)
        i -= 1
    to = i >= 0 and tags[i] == "TO" and not is_break(tokens[i + 1].gap)
    if tokens[k].lower in ("cannot",):
        negated = True
    start = i if to else i + 1
    if not to and i >= 0 and tags[i] == "CC" and not {*aux} & (words("modals") | words("be") | words("have")):
        earlier = _goes_on_from(sentence, k, i)
        if earlier is not None:
            return Group(
                k, start, verb, tags[k], earlier.aux, earlier.to, _passive(tags[k], earlier.aux), negated or earlier.negated, earlier.first
            )
    negated = negated or _nobody_before(sentence, start) or tokens[0].lower == "not"
    return Group(k, start, verb, tags[k], tuple(aux), to, _passive(tags[k], aux), negated, start)


def _passive(tag: str, aux: list[str] | tuple[str, ...]) -> bool:
    return tag == "VN" and not words("be").isdisjoint(aux)


def _goes_on_from(sentence: Sentence, k: int, conjunction: int) -> Group | None:
    """The group before an "and" whose auxiliaries the verb at ``k`` shares, being of the same form."""
    tags = sentence.tags
    for j in range(conjunction - 1, max(-1, conjunction - 14), -1):
        if tags[j] == tags[k]:
            found = _read(sentence, j, verbs().get(sentence.tokens[j].lower) or Verb(sentence.tokens[j].lower, "", "base"))
            return found if found.to or found.aux else None
        if tags[j] in ("WH", "SUB") or (tags[j] in VERBS and tags[j] != "VN") or sentence.tokens[j + 1].gap.strip() in (";", ":"):
            return None
    return None


def _nobody_before(sentence: Sentence, start: int) -> bool:
    """Whether the subject that ends before ``start`` begins with "no", "none" or "neither"."""
    tokens, tags = sentence.tokens, sentence.tags
    for j in range(start - 1, max(-1, start - 15), -1):
        if tokens[j].lower in {"no", "none", "nobody", "nothing", "neither"}:
            return not j or is_break(tokens[j].gap) or tags[j - 1] not in {"IN", *VERBS, "HV", "BE"}
        if tags[j] not in NOUNS and tags[j] not in ("DT", "JJ", "IN", "CC", "RB", "TO", "VB", "VG", "VN"):
            return False
        if is_break(tokens[j].gap):
            return False
    return False
