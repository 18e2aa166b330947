"""Which tellings are worth comparing: those that share a rare word, or two words that together are rare; never all with all.

Popular words and places ("troops", a country with 20,000 plans) lead nowhere by themselves: only what few tellings share is followed,
and each telling is compared with so many others at most. Time grows with the number of tellings.
"""

from __future__ import annotations

from array import array
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
    shelves = _Shelves(tellings)
    chosen: set[tuple[int, int]] = set()
    for i in range(len(tellings)):
        strength: dict[int, float] = defaultdict(float)
        for shelf in shelves.of(i):
            for j in shelf:
                strength[j] += 1.0 / len(shelf)
        ranked = sorted(((s, j) for j, s in strength.items() if j != i and _may(tellings[i], tellings[j])), key=lambda n: (-n[0], n[1]))
        chosen.update((min(i, j), max(i, j)) for _, j in ranked[:MOST])
    yield from sorted(chosen)


class _Shelves:
    """The tellings under each key, as arrays: with 100,000 tellings there are two million entries, most of them alone on their shelf.

    On a shelf tellings stand in the order of their words, so that likes are neighbours where it is full.
    """

    def __init__(self, tellings: list[Telling]) -> None:
        import numpy as np

        found = [signs(t) for t in tellings]
        frequency = Counter(sign for own in found for sign in own)
        number = {sign: n for n, sign in enumerate(sorted(frequency))}
        keys, first = array("q"), [0]
        for own in found:
            keys.extend(_keys(own, frequency, number))
            first.append(len(keys))
        owner = np.repeat(np.arange(len(tellings)), np.diff(first))
        _, shelf, size = np.unique(np.frombuffer(keys, dtype=np.int64), return_inverse=True, return_counts=True)
        rank = np.empty(len(tellings), dtype=np.int64)
        rank[sorted(range(len(tellings)), key=lambda i: (sorted(tellings[i].asset), sorted(tellings[i].words), i))] = np.arange(
            len(tellings)
        )
        order = np.lexsort((rank[owner], shelf))
        place = np.empty(len(order), dtype=np.int64)
        place[order] = np.arange(len(order))
        end = np.cumsum(size)
        self._first = first
        self._members: list[int] = owner[order].tolist()
        self._place: list[int] = place.tolist()
        self._start: list[int] = (end - size)[shelf].tolist()
        self._end: list[int] = end[shelf].tolist()

    def of(self, i: int) -> Iterator[list[int]]:
        """Yield the shelves that telling ``i`` shares with others, of a full one its neighbours only."""
        for entry in range(self._first[i], self._first[i + 1]):
            start, end = self._start[entry], self._end[entry]
            if end - start > COMMON:
                start, end = max(start, self._place[entry] - WINDOW), min(end, self._place[entry] + WINDOW + 1)
            if end - start > 1:
                yield self._members[start:end]


def _may(a: Telling, b: Telling) -> bool:
    return a.article_id != b.article_id or (a.plan.status == "denied") != (b.plan.status == "denied")


def signs(t: Telling) -> tuple[str, ...]:
    """All that can lead from one telling to another: the words of its thing, of its quotes and of its actor, and its places."""
    places = (f"@{p.place.id}" for p in (*t.plan.places, *t.plan.anchors))
    return tuple(sorted({*t.asset, *t.words, *t.actor, *places}))


def _keys(signs: tuple[str, ...], frequency: Counter[str], number: dict[str, int]) -> list[int]:
    """The keys of a telling as numbers: its rare words, and its rarest ones two by two."""
    shared = sorted((frequency[s], s) for s in signs if frequency[s] > 1)
    rare = [number[s] for n, s in shared[:RAREST] if n <= COMMON]
    paired = combinations(sorted(number[s] for _, s in shared[:PAIRED]), 2)
    return [*rare, *((a + 1) * len(number) + b for a, b in paired)]
