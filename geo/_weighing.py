"""The senses of all names of one text, weighed together: two rounds of the logit that :mod:`geo._traits` describes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import TypeVar

from geo._entries import Sense
from geo._traits import AROUND, Weights, cell, is_country, is_settlement, own_features, weights

MOST = 24
"""Senses of one name that are weighed in the second round; a name with more keeps the likeliest of the first."""
_LEAST = 0.005
"""Below this share in the first round a sense does not speak for others."""
_EARTH_KM = 6371.0088
Vector = tuple[float, ...]
_K = TypeVar("_K", str, int)


@dataclass(slots=True, kw_only=True)
class Name:
    """One name in one text (or one of its uses, where another place stands beside it): what is to be weighed.

    ``beside`` gives by sense the two columns of the qualifier and of the qualifier elsewhere; see :data:`geo._traits.BESIDE`.
    """

    key: str
    senses: tuple[Sense, ...]
    qualified: frozenset[int] | None = None
    elsewhere: frozenset[int] = frozenset()
    demonym: bool = False
    stripped: bool = False
    called: bool = False
    own: list[Vector] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    among: list[Vector] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)

    def beside(self, s: Sense, words: dict[str, float], local: float) -> Vector:
        """Return :data:`geo._traits.BESIDE` for a sense."""
        own = words.get(s.country, 0.0)
        point = s.extent == "point"
        return (
            self.qualified is not None and s.row in self.qualified,
            self.qualified is not None and s.row not in self.qualified,
            s.row in self.elsewhere,
            bool(self.elsewhere) and s.row not in self.elsewhere,
            self.demonym,
            self.stripped,
            own,
            max((v for c, v in words.items() if c != s.country), default=0.0) if s.country else 0.0,
            local * math.log10(s.population + 10) if point else 0.0,
            local if s.seat else 0.0,
            local if is_country(s) else 0.0,
        )


class _Mass:
    """How much of the first round's belief lies where: by division, district, country and cell."""

    __slots__ = ("countries", "country", "district", "districts", "division", "divisions", "large", "may_district", "may_small", "small")

    def __init__(self) -> None:
        self.country: dict[str, float] = {}
        self.division: dict[str, float] = {}
        self.district: dict[int, float] = {}
        self.countries: dict[str, float] = {}
        self.divisions: dict[str, float] = {}
        self.districts: dict[int, float] = {}
        self.small: dict[int, float] = {}
        self.large: dict[int, float] = {}
        self.may_small: dict[int, float] = {}
        self.may_district: dict[int, float] = {}

    def add(self, s: Sense, share: float) -> None:
        if s.extent == "country":
            _plus(self.countries, s.country, share)
            return
        if s.feature_code == "ADM1":
            _plus(self.divisions, s.admin1, share)
            _plus(self.country, s.country, share)
            return
        if s.feature_code == "ADM2":
            _plus(self.districts, s.area2, share)
        if s.country:
            _plus(self.division, s.admin1, share)
            _plus(self.country, s.country, share)
            if s.area2:
                _plus(self.district, s.area2, share)
        if is_settlement(s):
            small, large = cell(s)
            for step in AROUND:
                _plus(self.small, small + step, share)
                _plus(self.large, large + step, share)

    def may(self, s: Sense, share: float) -> None:
        loose = share**0.33
        if s.area2:
            self.may_district[s.area2] = 1.0
        small = cell(s).small
        for step in AROUND:
            key = small + step
            if loose > self.may_small.get(key, 0.0):
                self.may_small[key] = loose

    def merge(self, other: _Mass) -> None:
        """Take the larger of both: several uses of one name speak once."""
        for slot in self.__slots__:
            mine, its = getattr(self, slot), getattr(other, slot)
            for key, value in its.items():
                if value > mine.get(key, 0.0):
                    mine[key] = value

    def total(self, other: _Mass) -> None:
        for slot in self.__slots__:
            mine, its = getattr(self, slot), getattr(other, slot)
            for key, value in its.items():
                mine[key] = mine.get(key, 0.0) + value


def _plus(table: dict[_K, float], key: _K, value: float) -> None:
    table[key] = table.get(key, 0.0) + value


def weigh(names: Sequence[Name], words: dict[str, float], local: float, home: tuple[float, float] | None) -> None:
    """Set ``shares`` (and the features) of each name: the likelihood of each of its senses, summing to less than one; the rest is "none".

    ``words`` and ``local`` come from :mod:`geo._evidence`; ``home`` is (lat, lon) in degrees or None.
    """
    describe(names, words, local)
    first_round(names, weights())
    listen(names, home)
    second_round(names, weights())


def describe(names: Sequence[Name], words: dict[str, float], local: float) -> None:
    """Set ``own``, what each sense has by itself and from the words around it."""
    for name in names:
        name.own = [o + name.beside(s, words, local) for o, s in zip(own_features(name.senses), name.senses, strict=True)]


def first_round(names: Sequence[Name], w: Weights) -> None:
    """Set ``first`` from ``own``, and drop the least likely of very many senses."""
    for name in names:
        name.first = _softmax([sum(map(mul, w.first, f)) for f in name.own], w.none_first)
        if len(name.senses) > MOST:
            keep = sorted(sorted(range(len(name.first)), key=lambda i: -name.first[i])[:MOST])
            name.senses = tuple(name.senses[i] for i in keep)
            name.own, name.first = [name.own[i] for i in keep], [name.first[i] for i in keep]


def listen(names: Sequence[Name], home: tuple[float, float] | None) -> None:
    """Set ``among``, what the other names make of each sense."""
    masses: dict[str, _Mass] = {}
    for name in names:
        mass = _Mass()
        for s, share in zip(name.senses, name.first, strict=True):
            if share >= _LEAST:
                mass.add(s, share)
            if is_settlement(s):
                mass.may(s, share)
        if name.key in masses:
            masses[name.key].merge(mass)
        else:
            masses[name.key] = mass
    everything = _Mass()
    for mass in masses.values():
        everything.total(mass)
    total = sum(everything.country.values()) + sum(everything.countries.values())
    for name in names:
        own = masses[name.key]
        rest = max(1e-6, total - sum(own.country.values()) - sum(own.countries.values()))
        name.among = [_among(s, p, everything, own, rest, home) for s, p in zip(name.senses, name.first, strict=True)]


def second_round(names: Sequence[Name], w: Weights) -> None:
    """Set ``shares`` from ``own`` and ``among``."""
    for name in names:
        scores = [sum(map(mul, w.second, f + a)) for f, a in zip(name.own, name.among, strict=True)]
        name.shares = _softmax(scores, w.none_second)


def _among(s: Sense, first: float, everything: _Mass, own: _Mass, rest: float, home: tuple[float, float] | None) -> Vector:
    """Return :data:`geo._traits.AMONG` for a sense."""
    country, division = is_country(s), s.feature_code == "ADM1"
    small = is_settlement(s)

    def other(table: dict[_K, float], mine: dict[_K, float], key: _K) -> float:
        return max(0.0, table.get(key, 0.0) - mine.get(key, 0.0))

    in_country = other(everything.country, own.country, s.country) if s.country else 0.0
    as_country = other(everything.countries, own.countries, s.country) if s.country else 0.0
    in_division = other(everything.division, own.division, s.admin1) if s.admin1 else 0.0
    near = far = may_near = 0.0
    if small:
        cells = cell(s)
        near = other(everything.small, own.small, cells.small)
        far = other(everything.large, own.large, cells.large)
        may_near = other(everything.may_small, own.may_small, cells.small)
    distance = _km(home, (s.lat, s.lon)) if home else math.inf
    return (
        _log(other(everything.district, own.district, s.area2)) if small and s.area2 else 0.0,
        _log(in_division) if small else 0.0,
        _log(in_country) if not country else 0.0,
        _log(near),
        _log(far),
        _log(other(everything.divisions, own.divisions, s.admin1)) if small and s.admin1 else 0.0,
        _log(as_country) if not country else 0.0,
        _log(other(everything.districts, own.districts, s.area2)) if small and s.area2 else 0.0,
        _log(in_country) if country else _log(in_division) if division else 0.0,
        in_division / rest if small else 0.0,
        (in_country + as_country) / rest if not country else 0.0,
        in_country / rest if country else 0.0,
        not s.country,
        _log(may_near),
        _log(other(everything.may_district, own.may_district, s.area2)) if small and s.area2 else 0.0,
        math.exp(-distance / 50) if small else 0.0,
        math.exp(-distance / 250) if not country else 0.0,
        math.log(first + 1e-4),
    )


def _log(mass: float) -> float:
    return math.log1p(4 * mass) if mass else 0.0


def _softmax(scores: list[float], none: float) -> list[float]:
    """The shares of the scores beside ``none``, which takes its own."""
    top = max(none, max(scores, default=none))
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised) + math.exp(none - top)
    return [r / total for r in raised]


def _km(a: tuple[float, float], b: tuple[float, float]) -> float:
    la, lo, lb, lp = map(math.radians, (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))
