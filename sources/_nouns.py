"""Plans that a sentence tells of with a noun: a presence, a deployment that someone will welcome, a drill that was held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache

from sources._clauses import Head
from sources._lexicon import Verb, words
from sources._model import Status
from sources._phrases import NOBODY, Subject, object_of, subject_of
from sources._sentences import Sentence
from sources._tags import is_break
from sources._words import lexeme

_Rule = Callable[[Sentence, list[str], int], list[Head]]
_UNSURE = frozenset({"would", "can", "could", "may", "might", "if"})
_OF_PLACE = frozenset({"in", "at", "on", "aboard", "off"})


def noun_heads(sentence: Sentence) -> list[Head]:
    """Return the nouns of ``sentence`` that can carry a plan where no verb does, as heads."""
    lower = [t.lower for t in sentence.tokens]
    found: list[Head] = []
    if sentence.item and lower[0].endswith("ing") and len(lower) > 3 and not words("assets").isdisjoint(lower):
        found.append(Head(0, 0, Verb(lexeme(lower[0]).lemma or lower[0], "use", "ing"), "under way", 1.2, "a list of measures"))
    rules = _rules()
    padded = [*lower, ""]
    for k, word in enumerate(lower):
        for rule in rules.get(word, ()):
            found += rule(sentence, padded, k)
    for head in found:
        head.subject = head.subject if head.subject is not NOBODY else subject_of(sentence, head.group)
        head.object = head.object if head.object[1] else object_of(sentence, head.index)
    return found


@cache
def _rules() -> dict[str, tuple[_Rule, ...]]:
    """The rules that a word calls, by the word; each gets the lower-case words of the sentence with "" behind the last."""
    rules: dict[str, list[_Rule]] = {}

    def on(cues: Iterable[str], rule: _Rule) -> None:
        for word in cues:
            rules.setdefault(word, []).append(rule)

    on(("has", "have", "keeps", "keep"), _presence)
    on(("there",), _there_is)
    on(("under",), _under)
    on(("is", "are", "been", "be"), _being_at)
    on(("plan", "plans"), _no_plans_for)
    on(("completion", "opening", "inauguration", "arrival", "delivery"), _welcomed)
    on(("like", "wants", "want"), _wished)
    on(("built",), _half_built)
    on(words("plan_nouns"), _deployment)
    on(words("drill_nouns"), _drill)
    on(words("deal_nouns"), _deal)
    on(words("claims"), _false_claim)
    on(("committed", "commitment"), _commitment)
    return {word: tuple(called) for word, called in rules.items()}


def _presence(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "has a base in", "keeps troops in"."""
    after = set(lower[k + 1 : k + 7])
    if after.isdisjoint(words("presence_nouns")) or after & {"to", "been", "no", "not"} or not _opens_noun(lower[k + 1]):
        return []
    return [Head(k, k, Verb("have", "use", "s"), "existing", 1.9, "'has' and a presence")]


def _there_is(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "there are currently 400 troops in"."""
    verb = k + 1 if k + 1 < len(sentence.tokens) and lower[k + 1] in ("is", "are") else -1
    n = verb + 1
    while 0 < n < len(sentence.tokens) and sentence.tags[n] in ("RB", "IN"):
        n += 1
    if verb < 0 or lower[n] in {"no", "not"} or words("presence_nouns").isdisjoint(lower[n : n + 6]) or not _opens_noun(lower[n]):
        return []
    start, end = object_of(sentence, n - 1)
    return [Head(verb, k, Verb("be", "use", "s"), "existing", 1.9, "'there is' and a presence", subject=Subject(start, end, k))]


def _opens_noun(word: str) -> bool:
    """Whether a noun phrase can begin with this word, so that "has a base" is a presence and "has asked for a base" is none."""
    return (
        word in words("determiners") | {"some", "several", "about", "two", "three", "four", "five"}
        or word[:1].isdigit()
        or word.endswith(("ary", "ant", "ge"))
    )


def _under(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "a dock now under construction", "the line remains under study"."""
    i = k
    while i > 0 and (sentence.tags[i - 1] in ("RB", "BE", "HV") or lower[i - 1] in {"still", "remain", "remains"}):
        i -= 1
    if lower[k + 1] == "construction" and i > 0:
        sure = 2.6 if lower[k - 1] in {"is", "are", "already"} else 2.0
        return [Head(k, i, Verb("build", "build", "s"), "under way", sure, "'under construction'", passive=True)]
    if lower[k + 1] == "way" and i < k:
        return [Head(k, i, Verb("be", "build", "s"), "under way", 2.2, "'under way'", passive=True)]
    if lower[k + 1] in words("under_study") and i < k:
        return [Head(k, i, Verb("study", "propose", "s"), "proposed", 2.2, f"'under {lower[k + 1]}'", passive=True)]
    return []


def _being_at(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "a unit is already at Xyzzy", "the ships have been in Xyzzy since June", "the bridge has been complete since May"."""
    tokens, tags = sentence.tokens, sentence.tags
    j = k + 1
    while j < len(tokens) and tags[j] in ("RB", "BE"):
        j += 1
    if not k or j >= len(tokens) or is_break(tokens[j].gap) or not _UNSURE.isdisjoint(lower[:k]):
        return []
    group = k
    while group > 0 and tags[group - 1] in ("MD", "HV", "RB", "NEG", "BE"):
        group -= 1
    aux = set(lower[group : k + 1])
    if "NEG" in tags[group:j] or not aux & {"is", "are", "been", "will"}:
        return []
    if lower[j] in {"complete", "operational", "finished"} and "will" not in aux:
        return [Head(k, group, Verb("complete", "build", "s"), "completed", 2.0, f"'is {lower[j]}'", passive=True)]
    if tags[j] == "IN" and lower[j] in _OF_PLACE and j + 1 < len(tokens):
        at = next((i for i in range(j + 1, min(j + 5, len(tokens))) if tags[i] == "NP"), 0)
        if at and all(t in ("DT", "JJ", "N", "IN") for t in tags[j + 1 : at]):
            status: Status = "planned" if "will" in aux else "existing"
            return [Head(k, group, Verb("be", "deploy", "s"), status, 1.9, "'is' and a place")]
    return []


def _no_plans_for(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "has no plans for a base"."""
    if not k or lower[k - 1] != "no" or lower[k + 1] != "for":
        return []
    return [Head(k, k - 1, Verb("build", "build", "base"), "denied", 2.6, "'no plans for'", object=object_of(sentence, k + 1))]


def _welcomed(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "welcomed the completion of the line"."""
    if words("welcomes").isdisjoint(lower[:k]):
        return []
    return [Head(k, k, Verb("complete", "build", "base"), "completed", 2.0, f"the {lower[k]} was welcomed", passive=True)]


def _wished(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "would like a link to …", "would like to see a railway …", "wants a base in …"."""
    if lower[k] == "like" and (not k or lower[k - 1] != "would"):
        return []
    verb_at = k
    if k + 1 >= len(sentence.tags):
        return []
    if sentence.tags[k + 1] == "TO" and lower[k + 2 : k + 3] == ["see"]:
        verb_at = k + 2
    elif sentence.tags[k + 1] != "DT":
        return []
    group = k - (k > 0 and sentence.tags[k - 1] == "MD")
    wanted = object_of(sentence, verb_at)
    return [Head(k, group, Verb("want", "propose", "base"), "proposed", 2.4, f"'{lower[k]}' a thing", object=wanted)]


def _half_built(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    if not k or lower[k - 1] not in {"half", "partly", "nearly", "almost"}:
        return []
    return [Head(k, k, Verb("build", "build", "participle"), "under way", 1.8, f"'{lower[k - 1]} built'", passive=True)]


def _deployment(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "will welcome the deployment of", "the plan involves the transfer of", "the planned construction of"."""
    verb, word = Verb("deploy", "deploy", "base"), lower[k]
    lead = set(lower[:k])
    if lead & words("future") and lead & words("opening_verbs"):
        return [Head(k, k, verb, "planned", 1.6, f"'will' … '{word}'")]
    if lead & {"involves", "includes", "involve", "include"} and lead & words("planned_nouns"):
        return [Head(k, k, verb, "planned", 1.7, f"a plan involves the {word}")]
    if "for" in lower[max(0, k - 3) : k] and not {"plans", "plan", "planning"}.isdisjoint(lower[max(0, k - 5) : k]):
        return [Head(k, k, verb, "planned", 2.2, f"plans for a {word}", object=object_of(sentence, k + (lower[k + 1] == "of")))]
    consists = next((i for i in range(k + 1, min(k + 4, len(lower) - 2)) if lower[i] in {"consist", "involve", "comprise", "number"}), 0)
    if consists and lower[consists - 1] in {"will", "would"}:
        return [Head(k, consists - 1, verb, "planned", 2.0, f"what a {word} consists of", passive=True)]
    if not {"planned", "proposed"}.isdisjoint(lower[max(0, k - 3) : k]):
        return [Head(k, k, verb, "planned", 1.5, f"'planned {word}'")]
    return []


def _drill(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "China's recent large-scale rehearsal"."""
    if "if" in lower[max(0, k - 8) : k] or not any(t.possessive for t in sentence.tokens[max(0, k - 4) : k]):
        return []
    recent = not {"recent", "recently", "large-scale", "scale"}.isdisjoint(lower)
    return [Head(k, k, Verb("hold", "exercise", "base"), "completed" if recent else "existing", 1.4, f"a {lower[k]} of theirs")]


def _deal(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "the visit resulted in an agreement", "the agreement that was signed"."""
    if words("deals_made").isdisjoint(lower[max(0, k - 14) : k]):
        return []
    return [Head(k, k, Verb("reach", "agree", "base"), "agreed", 1.9, f"an {lower[k]} reached")]


def _false_claim(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "reports that a base is planned are untrue"."""
    if words("false_words").isdisjoint(lower[k + 1 :]):
        return []
    return [Head(k, k, Verb("deny", "refuse", "base"), "denied", 2.8, f"'{lower[k]}' said to be false", passive=True)]


def _commitment(sentence: Sentence, lower: list[str], k: int) -> list[Head]:
    """ "is committed to a base", "the commitment by X to"."""
    if lower[k] == "commitment" and lower[k + 1] != "by":
        return []
    return [Head(k, k, Verb("commit", "agree", "base"), "agreed", 1.9, "a commitment")]
