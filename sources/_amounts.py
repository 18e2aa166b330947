"""Numbers of things in a sentence ("about 200 Marines", "120 km"), so that two tellings can be compared on them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sources._merge import content
from sources._things import core, data

_ABOUT = ("about", "around", "some", "nearly", "almost", "roughly")
_STOP = "in|on|at|to|by|of|for|from|with|and|or|will|would|are|is|were|was|have|has|that|which|who|as|near|along|within"
_NUMBER = re.compile(
    rf"(?P<how>\b(?:{'|'.join(_ABOUT)}|up to|at least|more than|over|at most|fewer than)\s+)?"
    rf"(?P<money>[$€£¥])?\b(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|(?:{'|'.join(data()['number_words'])})\b)"
    rf"(?:[\s-](?P<scale>{'|'.join(data()['scales'])})\b)?"
    rf"(?P<of>(?:[\s-]+(?!(?:{_STOP})\b)[a-zA-Z][\w’'-]*){{1,3}})"
)
_FAR = re.compile(r"\b(?:within|from|off|away|past|after|before|since|until|aged?)\s+(?:about\s+|some\s+)?$", re.I)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of something: its bounds, the words that say it and the words of what is counted."""

    low: float
    high: float
    said: str
    of: frozenset[str]


@cache
def _times() -> frozenset[str]:
    return frozenset(data()["time_units"])


@lru_cache(maxsize=4096)
def amounts(sentence: str) -> tuple[Amount, ...]:
    """Return the numbers of things in a sentence, but not its dates and distances."""
    line = " ".join(sentence.split())
    found = []
    for m in _NUMBER.finditer(line):
        counted = m["of"].lower().replace("-", " ").split()
        if _FAR.search(line[: m.start()]) or {counted[0], counted[0].removesuffix("s")} & _times():
            continue
        size = data()["number_words"].get(m["number"]) or float(m["number"].replace(",", ""))
        size *= data()["scales"].get(m["scale"], 1)
        how = (m["how"] or "").strip()
        loose = 0.1 * size if how in _ABOUT else 0.0
        low = 0.0 if how in ("up to", "at most", "fewer than") else size - loose
        high = float("inf") if how in ("at least", "more than", "over") else size + loose
        found.append(Amount(low, high, m[0].strip(), core(m["of"]) | content(m["of"])))
    return tuple(found)


def differing(a: tuple[Amount, ...], b: tuple[Amount, ...]) -> list[Amount]:
    """The amounts of ``a`` of something that ``b`` gives other amounts of, and only other ones."""
    torn = []
    for x in a:
        same_thing = [y for y in b if x.of & y.of]
        if same_thing and not any(x.low <= y.high and y.low <= x.high for y in same_thing):
            torn.append(x)
    return torn


def number_in(said: str) -> str:
    """Return the figure or number word of an amount as written ("twelve" of "twelve patrol boats"), or ""."""
    m = _NUMBER.match(said)
    return m["number"] if m else ""
