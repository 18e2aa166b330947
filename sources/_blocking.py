"""Which tellings are worth comparing: those that share a rare word, or two words that together are rare; never all with all.

Popular words and places ("troops", a country with 20,000 plans) lead nowhere by themselves: only what few tellings share is followed,
and each telling is compared with so many others at most. Time grows with the number of tellings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

from sources._likeness import Telling

ALL_WITH_ALL = 60
"""Up to so many tellings are simply compared with one another."""
COMMON = 24
"""Tellings that may share a key; what more of them share is too common to be followed by itself."""
RAREST, PAIRED = 8, 6
"""Words of a telling that are followed, and those that are followed two by two."""
WINDOW = 4
"""Neighbours, in the order of their words, that a telling is compared with under a key that is too common."""
MOST = 16
"""Tellings that one is compared with."""


def likely_pairs(tellings: list[Telling]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of indices into ``tellings`` that are worth comparing, each once, the smaller index first, in their order.

    Two tellings of one article are paired only where one of them denies: the article itself has told the others apart.
    """
    if len(tellings) <= ALL_WITH_ALL:
        pairs: Iterator[tuple[int, int]] = combinations(range(len(tellings)), 2)
        yield from ((i, j) for i, j in pairs if _may(tellings[i], tellings[j]))
        return
    signs = [_signs(t) for t in tellings]
    frequency = Counter(sign for own in signs for sign in own)
    keys = [_keys(own, frequency) for own in signs]
    shelves: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, own_keys in enumerate(keys):
        for key in own_keys:
            shelves[key].append(i)
    places = _sorted(shelves, tellings)
    chosen: set[tuple[int, int]] = set()
    for i, own_keys in enumerate(keys):
        strength: dict[int, float] = defaultdict(float)
        for key in own_keys:
            shelf = shelves[key]
            if key in places:
                k = places[key][i]
                shelf = shelf[max(0, k - WINDOW) : k + 1 + WINDOW]
            for j in shelf:
                strength[j] += 1.0 / len(shelf)
        ranked = sorted(((s, j) for j, s in strength.items() if j != i and _may(tellings[i], tellings[j])), key=lambda n: (-n[0], n[1]))
        chosen.update((min(i, j), max(i, j)) for _, j in ranked[:MOST])
    yield from sorted(chosen)


def _may(a: Telling, b: Telling) -> bool:
    return a.article_id != b.article_id or (a.plan.status == "denied") != (b.plan.status == "denied")


def _signs(t: Telling) -> tuple[str, ...]:
    """All that can lead from one telling to another: the words of its thing, of its quotes and of its actor, and its places."""
    places = (f"@{p.place.id}" for p in (*t.plan.places, *t.plan.anchors))
    return tuple(sorted({*t.asset, *t.words, *t.actor, *places}))


def _keys(signs: tuple[str, ...], frequency: Counter[str]) -> list[tuple[str, ...]]:
    shared = sorted((frequency[s], s) for s in signs if frequency[s] > 1)
    rare = [(s,) for n, s in shared[:RAREST] if n <= COMMON]
    return [*rare, *combinations([s for _, s in shared[:PAIRED]], 2)]


def _sorted(shelves: dict[tuple[str, ...], list[int]], tellings: list[Telling]) -> dict[tuple[str, ...], dict[int, int]]:
    """Sort the full shelves by the words of their tellings, so that likes are neighbours, and return where each telling stands on them."""
    places: dict[tuple[str, ...], dict[int, int]] = {}
    order: dict[int, tuple[list[str], list[str], int]] = {}
    for key, members in shelves.items():
        if len(members) > COMMON:
            for i in members:
                if i not in order:
                    order[i] = (sorted(tellings[i].asset), sorted(tellings[i].words), i)
            members.sort(key=order.__getitem__)
            places[key] = {i: k for k, i in enumerate(members)}
    return places
