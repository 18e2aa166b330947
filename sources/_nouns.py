"""Plans that a sentence tells of with a noun: a presence, a deployment that someone will welcome, a drill that was held."""

from __future__ import annotations

from sources._clauses import Head
from sources._lexicon import Verb, words
from sources._model import Status
from sources._phrases import NOBODY, object_of, subject_of
from sources._sentences import Sentence
from sources._tags import is_break, lexeme

_SOON = words("future")
_OPENING = words("opening_verbs")
"""Verbs behind "will" whose object is what is planned ("will welcome the deployment of …")."""


def noun_heads(sentence: Sentence) -> list[Head]:
    """Return the nouns of ``sentence`` that can carry a plan where no verb does, as heads."""
    tokens = sentence.tokens
    lower = [t.lower for t in tokens]
    found: list[Head] = []
    if sentence.item and lower[0].endswith("ing") and len(lower) > 3 and any(w in words("assets") for w in lower):
        found.append(Head(0, 0, Verb(lexeme(lower[0]).lemma or lower[0], "use", "ing"), "under way", 1.2, "a list of measures"))
    for k, word in enumerate(lower):
        before = set(lower[max(0, k - 8) : k])
        if word in {"has", "have", "had", "keeps", "keep", "with", "is", "are", "was", "were"} and k + 1 < len(lower):
            after = lower[k + 1 : k + 7]
            if (
                word in {"has", "have", "keeps", "keep"}
                and any(w in words("presence_nouns") for w in after)
                and not set(after) & {"to", "been", "no", "not"}
                and _opens_noun(lower[k + 1])
            ):
                found.append(Head(k, k, Verb("have", "use", "s"), "existing", 1.9, "'has' and a presence"))
            if (word in {"is", "are"} and lower[k + 1 : k + 3] == ["under", "construction"]) or lower[k + 1 : k + 4] == [
                "already",
                "under",
                "construction",
            ]:
                found.append(Head(k, k, Verb("build", "build", "s"), "under way", 2.6, "'under construction'", passive=True))
        if word == "under" and k + 1 < len(lower) and not (k and lower[k - 1] in {"is", "are"}):
            found += _under(sentence, k)
        elif word == "under" and k + 1 < len(lower) and lower[k + 1] in words("under_study"):
            found.append(Head(k, k - 1, Verb("study", "propose", "s"), "proposed", 2.2, f"'under {lower[k + 1]}'", passive=True))
        if sentence.tags[k] == "BE" and k:
            found += _being_at(sentence, k)
        if word in {"plan", "plans"} and k and lower[k - 1] == "no" and lower[k + 1 : k + 2] == ["for"]:
            found.append(Head(k, k - 1, Verb("build", "build", "base"), "denied", 2.6, "'no plans for'"))
            found[-1].object = object_of(sentence, k + 1)
        if (
            word in {"completion", "opening", "inauguration", "arrival", "delivery"}
            and k + 1 < len(lower)
            and set(lower[:k]) & words("welcomes")
        ):
            found.append(Head(k, k, Verb("complete", "build", "base"), "completed", 2.0, f"the {word} was welcomed", passive=True))
        if (
            word in {"like", "wants", "want"}
            and k + 1 < len(lower)
            and sentence.tags[k + 1] in ("DT", "TO")
            and (word != "like" or lower[k - 1] == "would")
        ):
            found += _wished(sentence, k)
        if word == "built" and k and lower[k - 1] in {"half", "partly", "nearly", "almost"}:
            found.append(Head(k, k, Verb("build", "build", "participle"), "under way", 1.8, f"'{lower[k - 1]} built'", passive=True))
        if word in words("plan_nouns") and k + 1 < len(lower):
            lead = set(lower[:k])
            if lead & _SOON and lead & _OPENING:
                found.append(Head(k, k, Verb("deploy", "deploy", "base"), "planned", 1.6, f"'will' … '{word}'"))
            elif {"involves", "includes", "involve", "include"} & lead and lead & words("planned_nouns"):
                found.append(Head(k, k, Verb("deploy", "deploy", "base"), "planned", 1.7, f"a plan involves the {word}"))
            elif lower[max(0, k - 3) : k] and {"planned", "proposed"} & set(lower[max(0, k - 3) : k]):
                found.append(Head(k, k, Verb("deploy", "deploy", "base"), "planned", 1.5, f"'planned {word}'"))
        if word in words("drill_nouns") and not before & {"if"} and any(t.possessive for t in tokens[max(0, k - 4) : k]):
            recent = {"recent", "recently", "large-scale", "scale"} & set(lower)
            found.append(Head(k, k, Verb("hold", "exercise", "base"), "completed" if recent else "existing", 1.4, f"a {word} of theirs"))
        if word in words("deal_nouns") and {"signed", "reached", "resulted", "reaching", "signing", "concluded", "follows"} & set(
            lower[max(0, k - 14) : k]
        ):
            found.append(Head(k, k, Verb("reach", "agree", "base"), "agreed", 1.9, f"an {word} reached"))
        if word in words("claims") and set(lower[k + 1 :]) & words("false_words"):
            found.append(Head(k, k, Verb("deny", "refuse", "base"), "denied", 2.8, f"'{word}' said to be false", passive=True))
        if word == "committed" or (word == "commitment" and k + 1 < len(lower) and lower[k + 1] == "by"):
            found.append(Head(k, k, Verb("commit", "agree", "base"), "agreed", 1.9, "a commitment"))
    for head in found:
        head.subject = head.subject if head.subject is not NOBODY else subject_of(sentence, head.group)
        head.object = head.object if head.object[1] else object_of(sentence, head.index)
    return found


def _under(sentence: Sentence, k: int) -> list[Head]:
    """ "a dock now under construction", "the line remains under construction"."""
    lower = [t.lower for t in sentence.tokens]
    i = k
    while i > 0 and (sentence.tags[i - 1] in ("RB", "BE", "HV") or lower[i - 1] in {"still", "remain", "remains"}):
        i -= 1
    if lower[k + 1] == "construction" and i > 0:
        return [Head(k, i, Verb("build", "build", "s"), "under way", 2.0, "'under construction'", passive=True)]
    if lower[k + 1] == "way" and i < k:
        return [Head(k, i, Verb("be", "build", "s"), "under way", 2.2, "'under way'", passive=True)]
    if lower[k + 1] in words("under_study") and i < k:
        return [Head(k, i, Verb("study", "propose", "s"), "proposed", 2.2, f"'under {lower[k + 1]}'", passive=True)]
    return []


def _being_at(sentence: Sentence, k: int) -> list[Head]:
    """ "a unit is already at Xyzzy", "the ships have been in Xyzzy since June", "the bridge has been complete since May"."""
    tokens, tags, lower = sentence.tokens, sentence.tags, [t.lower for t in sentence.tokens]
    j = k + 1
    while j < len(tokens) and tags[j] in ("RB", "BE"):
        j += 1
    if j >= len(tokens) or is_break(tokens[j].gap) or any(w in {"would", "can", "could", "may", "might", "if"} for w in lower[:k]):
        return []
    group = k
    while group > 0 and tags[group - 1] in ("MD", "HV", "RB", "NEG", "BE"):
        group -= 1
    aux = set(lower[group : k + 1])
    if "NEG" in tags[group:j] or not aux & {"is", "are", "been", "will"}:
        return []
    if lower[j] in {"complete", "operational", "finished"} and "will" not in aux:
        return [Head(k, group, Verb("complete", "build", "s"), "completed", 2.0, f"'is {lower[j]}'", passive=True)]
    if tags[j] == "IN" and lower[j] in {"in", "at", "on", "aboard", "off"} and j + 1 < len(tokens):
        at = next((i for i in range(j + 1, min(j + 5, len(tokens))) if tags[i] == "NP"), 0)
        if at and all(t in ("DT", "JJ", "N", "IN") for t in tags[j + 1 : at]):
            status: Status = "planned" if "will" in aux else "existing"
            return [Head(k, group, Verb("be", "deploy", "s"), status, 1.9, "'is' and a place")]
    return []


def _wished(sentence: Sentence, k: int) -> list[Head]:
    """ "would like a link to …", "would like to see a railway …", "wants a base in …"."""
    j = k + 1
    if sentence.tags[j] == "TO":
        if [t.lower for t in sentence.tokens[j + 1 : j + 2]] != ["see"]:
            return []
        j += 1
    else:
        j -= 1
    head = Head(
        k, k - (sentence.tags[k - 1] == "MD"), Verb("want", "propose", "base"), "proposed", 2.4, f"'{sentence.tokens[k].lower}' a thing"
    )
    head.object = object_of(sentence, j)
    return [head]


def _opens_noun(word: str) -> bool:
    """Whether a noun phrase can begin with this word, so that "has a base" is a presence and "has asked for a base" is none."""
    return (
        word in words("determiners") | {"some", "several", "about", "two", "three", "four", "five"}
        or word[0].isdigit()
        or word.endswith(("ary", "ant", "ge"))
    )
