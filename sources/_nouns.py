"""Plans that a sentence tells of with a noun: a presence, a deployment that someone will welcome, a drill that was held."""

from __future__ import annotations

from sources._clauses import Head
from sources._lexicon import Verb, words
from sources._phrases import object_of, subject_of
from sources._sentences import Sentence

_SOON = words("future")
_OPENING = words("opening_verbs")
"""Verbs behind "will" whose object is what is planned ("will welcome the deployment of …")."""


def noun_heads(sentence: Sentence) -> list[Head]:
    """Return the nouns of ``sentence`` that can carry a plan where no verb does, as heads."""
    tokens = sentence.tokens
    lower = [t.lower for t in tokens]
    found: list[Head] = []
    if sentence.item and lower[0].endswith("ing") and len(lower) > 3 and any(w in words("assets") for w in lower):
        found.append(Head(0, 0, Verb(lower[0].removesuffix("ing"), "use", "ing"), "under way", 1.2, "a list of measures"))
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
        head.subject, head.object = subject_of(sentence, head.index), object_of(sentence, head.index)
    return found


def _opens_noun(word: str) -> bool:
    """Whether a noun phrase can begin with this word, so that "has a base" is a presence and "has asked for a base" is none."""
    return (
        word in words("determiners") | {"some", "several", "about", "two", "three", "four", "five"}
        or word[0].isdigit()
        or word.endswith(("ary", "ant", "ge"))
    )
