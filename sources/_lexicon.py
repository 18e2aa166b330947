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
            third, ing, past, participle = inflected(lemma)
            forms.setdefault(lemma, Verb(lemma, family, "base"))
            forms.setdefault(third, Verb(lemma, family, "s"))
            for written in ing, ing.replace("ling", "lling") if lemma.endswith("el") else ing:
                forms.setdefault(written, Verb(lemma, family, "ing"))
            forms.setdefault(past, Verb(lemma, family, "past" if past != participle else "past or participle"))
            forms.setdefault(participle, Verb(lemma, family, "participle" if past != participle else "past or participle"))
    return forms


@cache
def _phrases() -> dict[str, dict[str, Verb]]:
    """Phrasal verbs by the inflected first word, then by what follows it."""
    found: dict[str, dict[str, Verb]] = {}
    for written, (lemma, family) in _read("verbs.json")["phrasal"].items():
        verb, _, rest = written.partition(" ")
        third, ing, past, participle = inflected(verb)
        forms: list[tuple[str, Form]] = [(verb, "base"), (third, "s"), (ing, "ing"), (past, "past"), (participle, "participle")]
        for word, form in forms:
            form = "past or participle" if past == participle and word == past else form
            found.setdefault(word, {})[rest] = Verb(lemma, family, form)
    return found


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
def inflected(lemma: str) -> tuple[str, str, str, str]:
    """Return the third person, "-ing", past and participle of a verb, by lemminflect's lexicon and rules.

    >>> inflected("withdraw")
    ('withdraws', 'withdrawing', 'withdrew', 'withdrawn')
    """
    import lemminflect

    known = lemminflect.getAllInflections(lemma, "VERB") or lemminflect.getAllInflectionsOOV(lemma, "VERB")
    past = known.get("VBD", (lemma + "ed",))[0]
    return known.get("VBZ", (lemma + "s",))[0], known.get("VBG", (lemma + "ing",))[0], past, known.get("VBN", (past,))[0]


def participle(lemma: str) -> str:
    """Return the past participle of a verb ("build" gives "built")."""
    return {"have": "kept", "reach": "reached"}.get(lemma) or inflected(lemma)[3]


def past(lemma: str) -> str:
    """Return the simple past of a verb ("withdraw" gives "withdrew")."""
    return {"have": "kept"}.get(lemma) or inflected(lemma)[2]


def third(lemma: str) -> str:
    """Return the third person of a verb ("carry" gives "carries")."""
    return inflected(lemma)[0]


def ing(lemma: str) -> str:
    """Return the "-ing" form of a verb."""
    return inflected(lemma)[1]


@cache
def event_types() -> dict[str, str]:
    """Return the PLOVER event type of each family of verbs, or an empty string where none fits."""
    events: dict[str, str] = _read("verbs.json")["events"]
    return events


@cache
def _read(file: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return data
