"""The verbs and word lists that plans are read with, read once from ``sources/data/``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_DATA = Path(__file__).parent / "data"

Form = Literal["base", "s", "ing", "past", "participle", "past or participle"]


@dataclass(frozen=True, slots=True)
class Verb:
    """One reading of a word as a verb of plans."""

    lemma: str
    family: str
    form: Form


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``cues.json`` as a set of lower-case words."""
    return frozenset(_read("cues.json")[name])


@cache
def geo_nouns() -> dict[str, list[str]]:
    """Return the common nouns of places ("the island chain") with the feature codes that they can go back to."""
    nouns: dict[str, list[str]] = _read("cues.json")["geo_nouns"]
    return nouns


@cache
def verbs() -> dict[str, Verb]:
    """Return every inflected form of the verbs of plans with its lemma, its family and which form it is; the first family wins."""
    forms: dict[str, Verb] = {}
    for family, lemmas in _read("verbs.json")["classes"].items():
        for lemma in lemmas:
            for word, form in spelled(lemma):
                forms.setdefault(word, Verb(lemma, family, form))
    return forms


@cache
def _phrases() -> dict[str, dict[str, Verb]]:
    """Phrasal verbs by the inflected first word, then by what follows it."""
    found: dict[str, dict[str, Verb]] = {}
    for written, (lemma, family) in _read("verbs.json")["phrasal"].items():
        verb, _, rest = written.partition(" ")
        for word, form in spelled(verb):
            found.setdefault(word, {})[rest] = Verb(lemma, family, form)
    return found


@cache
def verb_words() -> frozenset[str]:
    """Return every word with which a verb of plans can begin."""
    return frozenset(verbs()) | frozenset(_phrases())


@cache
def _idle() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for written in _read("verbs.json")["idle"]:
        verb, rest = written.split(" ")
        for word, _ in spelled(verb):
            found.setdefault(word, set()).add(rest)
    return {word: frozenset(rests) for word, rests in found.items()}


def idle(word: str) -> frozenset[str]:
    """Return the words behind a verb with which it tells of no plan ("pay off", "build on")."""
    return _idle().get(word, frozenset())


def phrasal(word: str, following: list[str]) -> Verb | None:
    """Return what a verb means together with the words behind it ("set up", "turn … into"), or None where they are no phrasal verb.

    >>> phrasal("sets", ["up", "a", "camp"]).lemma
    'establish'
    """
    known = _phrases().get(word)
    if not known:
        return None
    for rest, verb in known.items():
        parts = rest.split(" ")
        if parts[0] == "…":
            if parts[1] in following and not {"to", "that", "which", "and"} & set(following[: following.index(parts[1])]):
                return verb
        elif following[: len(parts)] == parts:
            return verb
    return None


@cache
def spelled(lemma: str) -> tuple[tuple[str, Form], ...]:
    """Return all inflected forms of a verb in all their spellings, by lemminflect's lexicon and rules ("cancelled" and "canceled")."""
    import lemminflect

    known = lemminflect.getAllInflections(lemma, "VERB") or lemminflect.getAllInflectionsOOV(lemma, "VERB")
    past, participle = known.get("VBD", (lemma + "ed",)), known.get("VBN", known.get("VBD", (lemma + "ed",)))
    forms: list[tuple[str, Form]] = [(lemma, "base")]
    forms += [(word, "s") for word in known.get("VBZ", (lemma + "s",))]
    forms += [(word, "ing") for word in known.get("VBG", (lemma + "ing",))]
    forms += [(word, "past or participle" if word in participle else "past") for word in past]
    forms += [(word, "participle") for word in participle if word not in past]
    if lemma.endswith("el") and (lemma + "ed") in past:
        forms += [(lemma + "ling", "ing"), (lemma + "led", "past or participle")]
    return tuple(forms)


def _form(lemma: str, *wanted: Form) -> str:
    return next(word for word, form in spelled(lemma) if form in wanted)


@cache
def is_plural_noun(word: str) -> bool:
    """Whether a lower-case word is the plural of an English noun by lemminflect's lexicon ("crews" is, "cyprus" is not)."""
    import lemminflect

    lemmas = lemminflect.getAllLemmas(word).get("NOUN", ())
    return bool(lemmas) and word not in lemmas and not word.endswith("ics")


def participle(lemma: str) -> str:
    """Return the past participle of a verb ("build" gives "built")."""
    return {"have": "kept", "reach": "reached"}.get(lemma) or _form(lemma, "participle", "past or participle")


def past(lemma: str) -> str:
    """Return the simple past of a verb ("withdraw" gives "withdrew")."""
    return {"have": "kept"}.get(lemma) or _form(lemma, "past", "past or participle")


def third(lemma: str) -> str:
    """Return the third person of a verb ("carry" gives "carries")."""
    return _form(lemma, "s")


def ing(lemma: str) -> str:
    """Return the "-ing" form of a verb."""
    return _form(lemma, "ing")


@cache
def event_types() -> dict[str, str]:
    """Return the PLOVER event type of each family of verbs, or of single verbs, or an empty string where none fits."""
    events: dict[str, str] = _read("verbs.json")["events"]
    return events


@cache
def event_modes() -> dict[str, dict[str, frozenset[str]]]:
    """Return, for each PLOVER event type that has modes, the words that speak for each mode."""
    data: dict[str, dict[str, list[str]]] = _read("verbs.json")["modes"]
    return {kind: {mode: frozenset(cues) for mode, cues in modes.items()} for kind, modes in data.items()}


@cache
def _read(file: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return data
