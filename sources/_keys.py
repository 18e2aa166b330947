"""Keys: what names a plan or a name of a place by its content, so that a decision on it finds it again in every build.

A plan's key is made of its sentence, the words around that, its verb and its thing: ``p-<sentence>-<before><after>-<verb>-<thing>``. A
toponym's key is made of its name and the six words on either side: ``t-<hash>``. No order, number, file name or other article goes in.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from geo import Toponym
from sources._model import Quote, ReportedPlan

NO_CONTEXT = "000"
"""Stands for the words before or after a sentence that opens or closes its text."""
_WINDOW, _WORDS_BESIDE, _CONTEXT_WORDS = 160, 6, 3
_PLAN = re.compile(r"p-([0-9a-f]{10})-([0-9a-f]{3})([0-9a-f]{3})-(\w+)-(\w+)(?:-([\w-]+))?")
_TOPONYM = re.compile(r"t-[0-9a-f]{14}(?:-\d+)?")


class PlanKey(NamedTuple):
    """A plan's key in its parts: hashes of the sentence and of the words around it, the verb, the thing, and what tells twins apart."""

    sentence: str
    before: str
    after: str
    verb: str
    thing: str
    twin: str


def split_key(key: str) -> PlanKey | None:
    """Return the parts of a plan's key, or None where it is none."""
    m = _PLAN.fullmatch(key)
    return PlanKey(*(g or "" for g in m.groups())) if m else None


def is_key(key: str) -> bool:
    """Whether something has the form of a key."""
    return bool(_PLAN.fullmatch(key) or _TOPONYM.fullmatch(key))


def plain_words(text: str) -> list[str]:
    """The words of a text without case, marks and breaks of lines."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold().replace("_", " "))


def _hash(words: Sequence[str], length: int) -> str:
    return hashlib.sha256(" ".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _slug(text: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if c.isalnum())
    return bare[:16] or "none"


def thing_word(asset: str) -> str:
    """The noun that an asset is named by: its last word before "of", "for", "with" and the like."""
    head = re.split(r"\b(?:of|for|with|in|on|at|from|to|that|which|and)\b|[,;(]", asset.casefold(), maxsplit=1)[0] or asset
    words = plain_words(head)
    return _slug(words[-1]) if words else "none"


def _sentence_key(quote: Quote) -> tuple[str, str, str]:
    before, after = plain_words(quote.prefix)[-_CONTEXT_WORDS:], plain_words(quote.suffix)[:_CONTEXT_WORDS]
    beside = tuple(_hash(words, 3) if words else NO_CONTEXT for words in (before, after))
    return _hash(plain_words(quote.exact), 10), beside[0], beside[1]


def is_of(key: str, quote: Quote) -> bool:
    """Whether a plan's key is made of the sentence that a quote has."""
    parts = split_key(key)
    return parts is not None and parts[:3] == _sentence_key(quote)


def keyed(plans: Iterable[ReportedPlan]) -> tuple[ReportedPlan, ...]:
    """Return the plans of one article with their keys: one for each quote, none twice in the article."""
    given = tuple(plans)
    bases = [[_base(plan, quote) for quote in plan.quotes] for plan in given]
    seen = Counter(base for of_plan in bases for base in set(of_plan))
    taken: set[str] = set()
    out = []
    for plan, of_plan in zip(given, bases, strict=True):
        keys = []
        for base in of_plan:
            key = base if seen[base] == 1 else f"{base}-{twin(plan)}"
            number = 2
            while key in taken and key not in keys:
                key, number = f"{base}-{twin(plan)}-{number}", number + 1
            keys.append(key)
        taken.update(keys)
        ordered = tuple(dict.fromkeys(keys))
        out.append(replace(plan, key=min(ordered, default=""), keys=ordered))
    return tuple(out)


def _base(plan: ReportedPlan, quote: Quote) -> str:
    sentence, before, after = _sentence_key(quote)
    return f"p-{sentence}-{before}{after}-{_slug(plan.action)}-{thing_word(plan.asset)}"


def twin(plan: ReportedPlan) -> str:
    """What tells a plan from another one of its sentence with the same verb and thing: where it is to be."""
    return _slug("".join(sorted(p.place.name for p in plan.places)))


def keys_of_merged(merged: Iterable[ReportedPlan], told: Iterable[ReportedPlan]) -> list[ReportedPlan]:
    """Return the merged plans with the keys of all their tellings; ``told`` are the plans of the single articles, with theirs.

    A quote belongs to the telling with the same quote; where several tell of the same words, to the one with the plan's verb or thing.
    """
    by_quote: dict[Quote, list[tuple[str, str]]] = defaultdict(list)
    for plan in told:
        for quote in plan.quotes:
            base = _base(plan, quote)
            by_quote[quote] += [(key, base) for key in plan.keys if key.startswith(base)][:1]
    out = []
    for plan in merged:
        keys: list[str] = []
        for quote in plan.quotes:
            found = by_quote.get(quote, [])
            if len(found) > 1:
                own = _base(plan, quote)
                found = [f for f in found if f[0] == f"{own}-{twin(plan)}"] or [f for f in found if f[1] == own]
            keys += [key for key, _ in found[:1]]
        ordered = tuple(sorted(set(keys)))
        out.append(replace(plan, key=min(ordered, default=plan.key), keys=ordered or plan.keys))
    return out


def toponym_keys(text: str, toponyms: Sequence[Toponym]) -> list[str]:
    """Return a key for each of the toponyms of a text, in their order; none comes twice."""
    seen: Counter[str] = Counter()
    keys = [""] * len(toponyms)
    for k in sorted(range(len(toponyms)), key=lambda k: (toponyms[k].mention.start, toponyms[k].mention.end)):
        m = toponyms[k].mention
        before = plain_words(text[max(0, m.start - _WINDOW) : m.start])[-_WORDS_BESIDE:]
        after = plain_words(text[m.end : m.end + _WINDOW])[:_WORDS_BESIDE]
        key = f"t-{_hash([*before, '|', *plain_words(m.text), '|', *after], 14)}"
        seen[key] += 1
        keys[k] = key if seen[key] == 1 else f"{key}-{seen[key]}"
    return keys
