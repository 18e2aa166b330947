"""What a word can be: closed classes from ``data/grammar.json``, all others from lemminflect's lexicon."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "grammar.json"
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
    lemma, forms = "", set()
    if "VERB" in found and word not in listed("no_verbs"):
        lemma = found["VERB"][0]
        written = lemminflect.getAllInflections(lemma, "VERB")
        forms = {tag for tag, spellings in ({"VBN": written.get("VBD", ())} | written).items() if word in spellings}
    elif word.startswith(("re", "pre")) and len(word) > 6:
        stem = lexeme(word[2:] if word.startswith("re") else word[3:])
        lemma, forms = (word[: 2 if word.startswith("re") else 3] + stem.lemma if stem.lemma else ""), set(stem.forms)
    if not found and not forms and word.endswith(("ising", "izing", "ised", "ized")):
        lemma, forms = word[:-3] + "e" if word.endswith("ing") else word[:-1], {"VBG"} if word.endswith("ing") else {"VBD", "VBN"}
    noun = bool({"NOUN", "PROPN"} & set(found)) or (not found and not forms and not word.endswith(("ly", "ern", "ish")))
    return Lexeme(
        noun and word not in listed("no_nouns"),
        "ADJ" in found or word.endswith("ern"),
        word.endswith("ly") or "ADV" in found,
        lemma,
        frozenset(forms),
    )
