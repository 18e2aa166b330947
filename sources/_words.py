"""What a word can be: closed classes from ``data/grammar.json``, all others from lemminflect's lexicon."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "grammar.json"
_BASE, _THIRD, _ING, _PAST = frozenset({"VB", "VBP"}), frozenset({"VBZ"}), frozenset({"VBG"}), frozenset({"VBD", "VBN"})
_BASE_AND_PAST, _BASE_AND_PARTICIPLE = _BASE | _PAST, _BASE | {"VBN"}
_NAMES = {"VB": "VB", "VBP": "VP", "VBZ": "VZ", "VBD": "VD", "VBN": "VN", "VBG": "VG"}


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a word can be: noun, adjective or adverb, and as a verb its lemma and its possible forms."""

    noun: bool
    other: bool
    adverb: bool
    lemma: str
    forms: frozenset[str]

    @property
    def tags(self) -> frozenset[str]:
        """The tags that the word can have as a verb."""
        return frozenset(_NAMES[form] for form in self.forms if form in _NAMES)


@cache
def closed() -> dict[str, str]:
    """Return the tag of each word of a closed class."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return {word: tag for tag, words in data["closed"].items() for word in words}


@cache
def listed(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``grammar.json``."""
    return frozenset(json.loads(_FILE.read_text(encoding="utf-8"))[name])


@lru_cache(maxsize=65536)
def lexeme(word: str) -> Lexeme:
    """Return what a lower-case word can be; a word that the lexicon does not know is judged by its ending."""
    import lemminflect

    found = lemminflect.getAllLemmas(word)
    lemma, forms = "", frozenset[str]()
    if "VERB" in found and word not in listed("no_verbs"):
        lemma = found["VERB"][0]
        forms = _forms(word, lemma)
    elif word.startswith(("re", "pre")) and len(word) > 6:
        prefix = word[:2] if word.startswith("re") else word[:3]
        stem = lexeme(word[len(prefix) :])
        lemma, forms = (prefix + stem.lemma if stem.lemma else ""), stem.forms
    if not found and not forms and word.endswith(("ising", "izing", "ised", "ized")):
        lemma, forms = (word[:-3] + "e", _ING) if word.endswith("ing") else (word[:-1], _PAST)
    noun = "NOUN" in found or "PROPN" in found or (not found and not forms and not word.endswith(("ly", "ern", "ish")))
    return Lexeme(
        noun and word not in listed("no_nouns"),
        "ADJ" in found or word.endswith("ern"),
        word.endswith("ly") or "ADV" in found,
        lemma,
        forms,
    )


def _forms(word: str, lemma: str) -> frozenset[str]:
    """Which forms of the verb ``lemma`` a word can be: by its ending, and by the lexicon's inflections where it has none of the regular."""
    if word == lemma:
        return _BASE_AND_PAST if word in listed("same_past") else _BASE_AND_PARTICIPLE if word in listed("same_participle") else _BASE
    if word.endswith("ing"):
        return _ING
    if word.endswith("ed"):
        return _PAST
    if word.endswith("s"):
        return _THIRD
    import lemminflect

    written = lemminflect.getAllInflections(lemma, "VERB")
    forms = {"VBN": written.get("VBD", ())} | written
    return frozenset(form for form, spellings in forms.items() if word in spellings)
