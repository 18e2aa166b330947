"""What is kept of an article and of a plan so that they are found and compared among millions: a few hundred bytes, equal for equal words.

Near-duplicates come from the same MinHash as in :mod:`sources._copies`, with fewer bands; how much two texts share is reckoned from the
smallest hashes of each (a bottom-k sketch, E. Cohen and H. Kaplan, PODC 2007), exactly where a text has no more groups than are kept.
"""

from __future__ import annotations

import hashlib
from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sources._blocking import signs
from sources._copies import FEWEST, MOSTLY, SAME_HOUSE, SEED, groups_of, houses_of, how_alike, plain_text
from sources._credits import outlet_key
from sources._likeness import telling
from sources._model import Article, ReportedPlan

BANDS, ROWS = 32, 3
"""32 bands of 3 find 93 of 100 pairs that share three fifths of the shorter text at equal lengths, in 256 bytes."""
KEPT = 64
"""Smallest hashes that are kept: the share that two texts have in common is met to within some 6 points in 100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """An article as it is compared with others: ``plain`` stands for the whole text, ``shelves`` are where texts like it are found.

    ``groups`` is the number of its groups of four words, ``smallest`` the least hashes of these, ``houses`` stand for its address, and for
    its outlet and title; ``outlet`` is the outlet's key. Hashes are 64 bits, signed.

    >>> Sketch(plain=1, groups=0, shelves=(), smallest=(), houses=(), outlet="").groups
    0
    """

    plain: int
    groups: int
    shelves: tuple[int, ...]
    smallest: tuple[int, ...]
    houses: tuple[int, ...]
    outlet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSketch:
    """A plan as it is compared with those of other articles: ``repeats`` is one for the same words read in the same way.

    ``signs`` stand for what can lead to another telling of it: the words of its thing, its quotes and its actor, and its places;
    ``likes`` orders tellings so that likes are neighbours. Hashes are 64 bits, signed.

    >>> PlanSketch(repeats=1, signs=(), likes="").signs
    ()
    """

    repeats: int
    signs: tuple[int, ...]
    likes: str


def sketch_article(article: Article) -> Sketch:
    """Return the sketch of an article. Pure; the same text, address, title and outlet give the same sketch in every process.

    >>> from sources import read_text
    >>> one, two = (sketch_article(read_text(text)) for text in ("Kenya will build a pier.", "Kenya  will build a pier."))
    >>> one.plain == two.plain
    True
    """
    plain = plain_text(article.text)
    groups = sorted(groups_of(plain))
    houses = tuple(_number("house", *house) for house in houses_of(article))
    return Sketch(
        plain=_number(plain),
        groups=len(groups),
        shelves=(*(_bands(groups) if len(groups) >= FEWEST else ()), *houses),
        smallest=tuple(sorted(_scattered(groups))[:KEPT]),
        houses=houses,
        outlet=outlet_key(article.citation.publisher),
    )


def alike_sketches(earlier: Sketch, later: Sketch) -> tuple[Literal["same", "reprint", "version"], float] | None:
    """Return what the later of two articles is to the earlier and the share of the shorter text in common, None where it repeats nothing.

    >>> from sources import read_text
    >>> one, two = (sketch_article(read_text("Kenya will build a pier.", publisher=p)) for p in ("The Herald", "The Courier"))
    >>> alike_sketches(one, two)
    ('reprint', 1.0)
    """
    if earlier.plain == later.plain:
        return ("reprint" if earlier.outlet and later.outlet and earlier.outlet != later.outlet else "same"), 1.0
    shorter, longer = sorted((earlier.groups, later.groups))
    if shorter < FEWEST:
        return None
    union = sorted({*earlier.smallest, *later.smallest})[:KEPT]
    both = set(earlier.smallest) & set(later.smallest)
    jaccard = sum(one in both for one in union) / len(union)
    common = jaccard * (shorter + longer) / (1 + jaccard)
    likeness = min(1.0, common / shorter)
    how = how_alike(bool(set(earlier.houses) & set(later.houses)), earlier.outlet, later.outlet, likeness, common / longer)
    return (how, round(likeness, 3)) if how else None


def may_be_alike(ones: Any, twos: Any, groups: Any, house: Any) -> Any:
    """Return of many pairs of articles which :func:`alike_sketches` may find alike, as an array of bool; of others it finds none.

    ``ones`` and ``twos`` are arrays of int64 with a row a pair: the ``smallest`` of both, filled up with -1. ``groups`` has a row a pair
    and two columns, the ``groups`` of both; ``house`` says of each pair whether they have one of ``houses`` in common. Pairs whose texts
    are equal are not looked for. A thousand pairs take a few milliseconds.

    >>> import numpy as np
    >>> ones, twos = np.array([[1, 2, 3], [1, 2, 3]]), np.array([[2, 3, 1], [4, 5, -1]])
    >>> may_be_alike(ones, twos, np.array([[9, 9], [9, 8]]), np.array([False, True]))
    array([ True, False])
    """
    import numpy as np

    both = np.sort(np.concatenate([ones, twos], axis=1), axis=1)
    there = both >= 0
    again = np.zeros_like(there)
    again[:, 1:] = there[:, 1:] & (both[:, 1:] == both[:, :-1])
    nth = np.cumsum(there & ~again, axis=1)
    jaccard = (again & (nth <= KEPT)).sum(axis=1) / np.clip(nth[:, -1], 1, KEPT)
    shorter, common = groups.min(axis=1), jaccard * groups.sum(axis=1) / (1 + jaccard)
    return (shorter >= FEWEST) & (common >= np.where(house, min(SAME_HOUSE, MOSTLY), MOSTLY) * shorter * (1 - 1e-9))


def sketch_plan(plan: ReportedPlan) -> PlanSketch:
    """Return the sketch of a plan of one article. Pure, and the same in every process.

    >>> from sources import Quote
    >>> q = Quote(article_id="a", exact="Kenya will build a pier.", start=0, end=24)
    >>> len(sketch_plan(ReportedPlan(id="a-1", number=1, summary="s", status="planned", quotes=(q,), asset="a pier")).signs) > 0
    True
    """
    told = telling(0, plan)
    places = ";".join(p.place.id for p in (*plan.places, *plan.anchors))
    quotes = (" ".join(q.exact.split()) for q in plan.quotes)
    said = (plan.status, plan.when or "", plan.actor, plan.asset, plan.action, places, *quotes)
    likes = " ".join(sorted(told.asset)) + "|" + " ".join(sorted(told.words))
    return PlanSketch(repeats=_number(*said), signs=tuple(_number(one) for one in signs(told)), likes=likes)


def _number(*words: str) -> int:
    """Return 64 bits that stand for words, as a signed number."""
    digest = hashlib.blake2b("\0".join(words).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _scattered(groups: list[int]) -> list[int]:
    """The groups' numbers, in which like texts may be near one another, scattered evenly over 63 bits."""
    return [(one * 0x9E3779B97F4A7C15 + 0x632BE59BD9B4E019) % (1 << 64) >> 1 for one in groups]


def _bands(groups: list[int]) -> tuple[int, ...]:
    import numpy as np

    parts = _minhash(groups).astype(np.uint64).reshape(BANDS, ROWS)
    with np.errstate(over="ignore"):
        mixed = np.arange(1, BANDS + 1, dtype=np.uint64)
        for row in range(ROWS):
            mixed = (mixed ^ parts[:, row]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
    return tuple(mixed.view(np.int64).tolist())


def _minhash(groups: list[int]) -> Any:
    fresh = _empty()
    sketch = copy(fresh)  # its constructor takes longer than a short text
    sketch.hashvalues = fresh.hashvalues.copy()
    for first in range(0, len(groups), 10_000):  # so that a book takes no more memory than a page
        sketch.update_batch(groups[first : first + 10_000])
    return sketch.hashvalues


@cache
def _empty() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=BANDS * ROWS, seed=SEED, hashfunc=int)
