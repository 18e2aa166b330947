"""The verbs and word lists that plans are read with, read once from ``sources/data/``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

_DATA = Path(__file__).parent / "data"
_VOWELS = "aeiou"

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
        for entry in lemmas:
            lemma, _, irregular = entry.partition(":")
            past, _, participle = irregular.partition("/")
            for word, form in _inflect(lemma, past, participle or past):
                forms.setdefault(word, Verb(lemma, family, form))
    return forms


@cache
def participle(lemma: str) -> str:
    """Return the past participle of a verb of plans ("build" gives "built"); of any other word, a regular one."""
    for lemmas in _read("verbs.json")["classes"].values():
        for entry in lemmas:
            name, _, irregular = entry.partition(":")
            if name == lemma:
                past, _, own = irregular.partition("/")
                return own or past or next(w for w, form in _inflect(lemma, "", "") if form == "past or participle")
    return {"have": "kept", "reach": "reached"}.get(lemma, lemma + ("d" if lemma.endswith("e") else "ed"))


@cache
def past(lemma: str) -> str:
    """Return the simple past of a verb of plans ("withdraw" gives "withdrew")."""
    for lemmas in _read("verbs.json")["classes"].values():
        for entry in lemmas:
            name, _, irregular = entry.partition(":")
            if name == lemma and irregular:
                return str(irregular.partition("/")[0])
    return {"have": "kept"}.get(lemma, participle(lemma))


@cache
def third(lemma: str) -> str:
    """Return the third person of a verb ("carry" gives "carries")."""
    return next(w for w, form in _inflect(lemma, "", "") if form == "s")


@cache
def ing(lemma: str) -> str:
    """Return the "-ing" form of a verb."""
    return next(w for w, form in _inflect(lemma, "", "") if form == "ing")


@cache
def event_types() -> dict[str, str]:
    """Return the PLOVER event type of each family of verbs, or an empty string where none fits."""
    events: dict[str, str] = _read("verbs.json")["events"]
    return events


def _inflect(lemma: str, past: str, participle: str) -> list[tuple[str, Form]]:
    stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        third, regular = lemma[:-1] + "ies", lemma[:-1] + "ied"
    else:
        third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
        regular = lemma + "d" if lemma.endswith("e") else lemma + "ed"
    known = lemma in {"commit", "permit", "begin", "transfer", "equip", "control", "patrol"}
    short = sum(c in _VOWELS for c in lemma) == 1 and lemma[-1] not in "wxy" + _VOWELS and lemma[-2] in _VOWELS
    doubled = known or (short and (len(lemma) < 3 or lemma[-3] not in _VOWELS))
    if doubled:
        regular, ing = lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"
    else:
        ing = stem + "ing"
    out: list[tuple[str, Form]] = [(lemma, "base"), (third, "s"), (ing, "ing")]
    if lemma.endswith("el"):
        out += [(lemma + "ling", "ing"), (lemma + "led", "past or participle")]
    if past and past != participle:
        return [*out, (past, "past"), (participle, "participle")]
    return [*out, (past or regular, "past or participle")]


@cache
def _read(file: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_DATA / file).read_text(encoding="utf-8"))
    return data
