"""The words of a plan made comparable: its thing, the noun that this is, and who acts."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sources._merge import content

_FILE = Path(__file__).parent / "data" / "corroboration.json"
_POSSESSIVE = re.compile(r"[’']s\b")
_AFTER_NOUN = re.compile(r"\b(?:of|with|for|in|at|on|to|from|that|which|called|named|equipped|armed|and|or)\b|[,;:(]")


@cache
def data() -> dict[str, Any]:
    """Return the word lists for comparing tellings (``corroboration.json``)."""
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


@cache
def _same_word() -> dict[str, str]:
    return {stem: group[0] for group in data()["synonyms"] for word in group for stem in content(word)}


@cache
def _number_stems() -> frozenset[str]:
    return frozenset(w for word in data()["number_words"] for w in content(word))


@lru_cache(maxsize=65536)
def core(text: str) -> frozenset[str]:
    """The words of a phrase that tell things apart: content words without numbers, one for all of one meaning."""
    return frozenset(_same_word().get(w, w) for w in content(text) if w and not w[0].isdigit() and w not in _number_stems())


@cache
def _states() -> re.Pattern[str]:
    """Names of states with a shorter one, and capitals, as one pattern: an actor is looked through once."""
    names = sorted({*data()["capitals"], *data()["names"]}, key=lambda n: (-len(n), n))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")


def _short(name: str) -> str:
    state = data()["capitals"].get(name, name)
    return str(data()["names"].get(state, state))


@cache
def _organs() -> frozenset[str]:
    return frozenset(w for organ in data()["organs"] for w in content(organ))


@lru_cache(maxsize=65536)
def holders(actor: str) -> frozenset[str]:
    """Who acts, for comparing: states under one name, a capital as its state; organs of a state ("the navy") say nothing of which one."""
    words = _POSSESSIVE.sub(" ", actor).casefold().split()
    if not words:
        return frozenset()
    line = _states().sub(lambda m: _short(m[0]), " ".join(words))
    kept = content(line) - _organs() - {""}
    return frozenset({"regional"} | kept if set(words) & set(data()["sub_state"]) else kept)


@lru_cache(maxsize=65536)
def head(asset: str) -> str:
    """The noun that a thing is: "regiment" in "a regiment of the Marine Corps with launchers"; "" where the phrase has none."""
    first = _AFTER_NOUN.split(asset, maxsplit=1)[0]
    nouns = [w for w in (max(core(word), default="") for word in reversed(first.split())) if w]
    return nouns[0] if nouns else ""


def siblings(a: str, b: str) -> bool:
    """Whether two words are of one sort of thing that sources mix up: a battalion and a brigade."""
    return any({a, b} <= group for group in sibling_groups())


@cache
def sibling_groups() -> tuple[frozenset[str], ...]:
    """Return the groups of words of one sort, as the stems that are compared."""
    return tuple(frozenset(w for word in group for w in core(word)) for group in data()["siblings"].values())
