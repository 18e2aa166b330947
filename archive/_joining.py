"""The plans of an archive as one list: which documents repeat others, which tellings are one plan, and on how many origins each rests.

The same rules as for a few articles (:func:`sources.read_plans`), put to pairs that :mod:`archive._candidates` finds. It is done anew
whenever something was added, in one process, with memory that grows by some thirty bytes for a document or a telling.
"""

from __future__ import annotations

import hashlib
import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import sources
from archive._candidates import Candidates
from archive._manifest import Manifest
from sources import ReportedPlan, Sketch

LARGEST = 2_000
"""First tellings that are looked at together; where likes would chain more, the least likely joins are not made, and counted."""
KEPT = 10_000
"""Tellings that are kept in memory: one is compared with up to sixteen others."""
NAMES = 12
"""Origins that are named for a plan; all are counted."""
HOWS = ("", "same", "reprint", "version")
"""How a document repeats another one, the weakest first; "" not at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What comparing has found: ``copy_of`` and ``how`` by document, ``plan_of`` by telling, and how many ``plans`` there are.

    Documents and tellings are numbered in the order of the archive. ``copies`` has a row for each document that repeats an earlier one:
    its number, the id of the first of its family, and how, a number into :data:`HOWS`. ``plan_of`` is the number behind a plan's id, by
    telling. ``not_joined`` counts pairs of likes that were left apart for their number.
    """

    copies: Any
    plan_of: Any
    plans: int
    not_joined: int = 0


def join(
    manifest: Manifest, folder: Path, place: Path, *, write: Callable[[dict[str, Any]], None], say: Callable[[str], None], threads: int = 1
) -> Joined:
    """Compare all documents and tellings of the committed parts in ``folder``; ``place`` is an empty folder to work in.

    ``write`` is given a row for each plan, in the order of their first tellings, ``say`` hears of each step. Equal parts give equal
    results, however an archive is cut. Reads the parts, writes below ``place``.
    """
    say("finding what may be alike")
    with Candidates(manifest, folder, place, threads=threads) as found:
        say("comparing documents")
        copies = _families(found)
        say("comparing plans")
        group, left = _groups(found)
        say("counting origins")
        plan_of = np.zeros(len(group), dtype=np.uint64)
        first_of = np.arange(found.count("documents"), dtype=np.int64)
        first_of[copies["doc"].to_numpy()] = copies["first"].to_numpy()
        plans = _plans(found, group, first_of, plan_of, write)
    return Joined(copies=copies.drop_columns("first"), plan_of=plan_of, plans=plans, not_joined=left)


class _Sets:
    """Numbers that are joined to sets, each called by its least."""

    def __init__(self, size: int) -> None:
        self.of = np.arange(size, dtype=np.int64)
        self._sizes = np.ones(size, dtype=np.int32)

    def find(self, one: int) -> int:
        """Return the least number of a set."""
        root = one
        while (up := int(self.of[root])) != root:
            root = up
        while (up := int(self.of[one])) != root:
            self.of[one], one = root, up
        return root

    def join(self, one: int, two: int, *, most: int = 0) -> bool:
        """Make two sets one; not, where it would have more than ``most`` members."""
        a, b = sorted((self.find(one), self.find(two)))
        if a != b:
            size = int(self._sizes[a] + self._sizes[b])
            if most and size > most:
                return False
            self.of[b] = a
            self._sizes[a] = size
        return True

    def roots(self) -> Any:
        """Return the least number of each one's set."""
        while not np.array_equal(self.of, up := self.of[self.of]):
            self.of = up
        return self.of


def _families(found: Candidates) -> Any:
    """Return the documents that repeat others, as :meth:`Candidates.copies` does."""
    sets = _Sets(found.count("documents"))
    how = np.zeros(len(sets.of), dtype=np.int8)
    for doc, first in found.same_texts():
        sets.join(doc, first)
        how[doc] = 1
    for pairs in found.near_texts():
        for one, two, *both in zip(*(column.to_pylist() for column in pairs.filter(_worth_comparing(pairs)).columns), strict=True):
            a, b = _sketch(both[:5]), _sketch(both[6:11])
            turned = _is_day(both[5]) and _is_day(both[11]) and both[11] < both[5]
            alike = sources.alike_sketches(b, a) if turned else sources.alike_sketches(a, b)
            if alike:
                sets.join(one, two)
                later = one if turned else two
                how[later] = max(how[later], HOWS.index(alike[0]))
    roots = sets.roots()
    members = np.flatnonzero(np.bincount(roots, minlength=len(roots))[roots] > 1)
    return found.copies(members, roots[members], how[members])


def _worth_comparing(pairs: Any) -> Any:
    """Return a mask of the pairs that are compared one by one: the others cannot be alike."""
    ones, twos = _hashes(pairs["smallest"]), _hashes(pairs["smallest_2"])
    groups = np.column_stack([pairs["groups"].to_numpy(), pairs["groups_2"].to_numpy()])
    alike = sources.may_be_alike(ones, twos, groups, pairs["house"].to_numpy())
    return pa.array((pairs["plain"].to_numpy() == pairs["plain_2"].to_numpy()) | alike)


def _hashes(column: Any) -> Any:
    """Return lists of hashes, each as bytes, as rows that are filled up with -1."""
    counts = pc.binary_length(column).to_numpy() // 8
    rows = np.full((len(counts), int(counts.max(initial=0))), -1, dtype=np.int64)
    rows[np.arange(rows.shape[1]) < counts[:, None]] = np.frombuffer(b"".join(column.to_pylist()), dtype="<i8")
    return rows


def _sketch(said: Sequence[Any]) -> Sketch:
    plain, groups, smallest, houses, outlet = said
    least = tuple(np.frombuffer(smallest, dtype="<i8").tolist())
    return Sketch(plain=plain, groups=groups, shelves=(), smallest=least, houses=tuple(houses), outlet=outlet)


def _is_day(date: str | None) -> bool:
    return bool(re.match(r"\d{4}-\d\d-\d\d", date or ""))


def _groups(found: Candidates) -> tuple[Any, int]:
    """Return by first telling the least one of its plan, and how many pairs of likes were left apart for their number."""
    likeness, ones, twos = array("d"), array("q"), array("q")
    for rows in found.likely_plans():
        number: dict[int, int] = {}
        plans: list[ReportedPlan] = []
        for i, j, one, two in rows:
            for n, text in ((i, one), (j, two)):
                if n not in number:
                    number[n] = len(plans)
                    plans.append(_plan(text))
        names = list(number)
        for a, b, alike in sources.alike_plans(plans, ((number[i], number[j]) for i, j, _, _ in rows)):
            likeness.append(round(-alike, 9))
            ones.append(names[a])
            twos.append(names[b])
    sets = _Sets(found.count("tellings"))
    order = np.lexsort((np.asarray(twos), np.asarray(ones), np.asarray(likeness)))
    left = sum(not sets.join(ones[n], twos[n], most=LARGEST) for n in order)
    group = np.arange(len(sets.of), dtype=np.int64)
    for some in _some(_members(sets, np.unique(np.concatenate([np.asarray(ones), np.asarray(twos)])))):
        told = found.told([n for members in some for n in members])
        for members in some:
            for of_plan in sources.group_plans([_plan(told[n]) for n in members]):
                group[[members[n] for n in of_plan]] = members[of_plan[0]]
    return group, left


def _members(sets: _Sets, numbers: Any) -> Iterator[list[int]]:
    """Yield the sets of more than one among ascending numbers, each in order, by their least."""
    roots = sets.roots()[numbers]
    order = np.argsort(roots, kind="stable")
    start = 0
    for end in map(int, np.flatnonzero(np.diff(roots[order], append=-1)) + 1):
        if end - start > 1:
            yield numbers[order[start:end]].tolist()
        start = end


def _some(sets: Iterable[list[int]]) -> Iterator[list[list[int]]]:
    """Yield so many sets at a time that some thousand tellings are asked for in one question."""
    held: list[list[int]] = []
    for members in sets:
        held.append(members)
        if sum(map(len, held)) >= LARGEST:
            yield held
            held = []
    if held:
        yield held


@lru_cache(maxsize=KEPT)
def _plan(text: str) -> ReportedPlan:
    return sources.plan_from_record(json.loads(text))


def _plans(found: Candidates, group: Any, first_of: Any, plan_of: Any, write: Callable[[dict[str, Any]], None]) -> int:
    """Write a row for each plan, in the order of their first tellings, note its number for each telling, and return how many there are."""
    count = 0
    told = (row for batch in found.grouped(group) for row in batch)
    for _, same in groupby(told, key=lambda row: row[0]):
        members = [_Telling(*row[1:]) for row in same]
        number = int(hashlib.sha256(f"{members[0].sha256} {members[0].key}".encode()).hexdigest()[:16], 16)
        plan_of[[one.telling for one in members]] = number
        write({"plan_id": plan_id(number), **_row(members, first_of)})
        count += 1
    return count


def plan_id(number: int) -> str:
    """Return the id of a plan: made of its first telling, so that it stays when others are added behind it.

    >>> plan_id(255)
    'r-00000000000000ff'
    """
    return f"r-{number:016x}"


class _Telling(NamedTuple):
    """A telling of a plan, as it is counted; ``told`` is JSON for the first that says so in these words."""

    telling: int
    doc: int
    origin: str
    outlet: str
    published: str
    doc_id: str
    sha256: str
    key: str
    file: str
    position: int
    told: str | None


def _row(members: list[_Telling], first_of: Any) -> dict[str, Any]:
    reports = list({one.doc: one for one in reversed(members)}.values())[::-1]
    keys, firsts = sources.shared_origins(
        [sources.outlet_key(one.origin) if one.origin else "" for one in reports],
        [one.outlet for one in reports],
        [str(first_of[one.doc]) for one in reports],
    )
    spelt: dict[str, str] = {}
    for name in sorted({one.origin for one in reports if one.origin}, key=lambda name: (len(name), name)):
        spelt.setdefault(sources.outlet_key(name), name)
    named = sorted({spelt.get(key, key) for key in keys if key})
    silent = sum(not key and first == n for n, (key, first) in enumerate(zip(keys, firsts, strict=True)))
    plans = [_plan(one.told) for one in members if one.told]
    origin_of = {f"{one.file}:{one.position}": spelt.get(key, key) for one, key in zip(reports, keys, strict=True)}
    plan = sources.join_plans(plans, origin_of) if len(plans) > 1 else plans[0]
    days = sorted(one.published for one in reports if one.published)
    first = members[0]
    return {
        "summary": plan.summary, "status": plan.status, "actor": plan.actor, "asset": plan.asset, "action": plan.action, "when": plan.when,
        "event_type": plan.event_type, "place_ids": "; ".join(p.place.id for p in plan.places),
        "places": "; ".join(p.place.name for p in plan.places), "reports": len(reports), "origins": max(1, len(named) + silent),
        "origin_names": "; ".join(named[:NAMES]), "tellings": len(plans), "first_published": days[0] if days else "",
        "last_published": days[-1] if days else "", "quote": plan.quotes[0].exact, "doc_id": first.doc_id, "file": first.file,
        "position": first.position, "conflicts": "; ".join(f"{c.on}: {' / '.join(s.said for s in c.sides)}" for c in plan.conflicts),
    }  # fmt: skip
