"""The senses of all names of one text, weighed together: two rounds of the logit that :mod:`geo._traits` describes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import Any, NamedTuple, TypeVar

from geo._earth import metres
from geo._entries import Sense
from geo._traits import AROUND, OWN, Weights, cell, is_country, is_settlement, own_features, weights

MOST = 24
"""Senses of one name that are weighed in the second round; a name with more keeps the likeliest of the first."""
_LEAST = 0.005
"""Below this share in the first round a sense does not speak for others."""
Vector = tuple[float, ...]
_MIDDLE = AROUND.index(0)
_AGAINST_SEAT = OWN.index("division_against_seat")
_K = TypeVar("_K", str, int)


class Known(NamedTuple):
    """What a sense has wherever it is named: :data:`geo._traits.OWN`, and the cells around it (none where it is no settlement)."""

    own: Vector
    small: tuple[int, ...]
    large: tuple[int, ...]


_known: dict[int, tuple[tuple[Sense, ...], tuple[Known, ...]]] = {}
"""By the identity of a name's senses: what is known of them, and the senses themselves, so that no others take their place."""
_KNOWN_KEPT = 50_000


def known(senses: tuple[Sense, ...]) -> tuple[Known, ...]:
    """Return what is known of the senses of a name whatever text it stands in."""
    found = _known.get(id(senses))
    if found is None:
        if len(_known) >= _KNOWN_KEPT:
            _known.clear()
        described = []
        for s, own in zip(senses, own_features(senses), strict=True):
            small, large = cell(s)
            near = is_settlement(s)
            described.append(Known(own, tuple(small + n for n in AROUND) if near else (), tuple(large + n for n in AROUND) if near else ()))
        found = _known[id(senses)] = (senses, tuple(described))
    return found[1]


@dataclass(slots=True, kw_only=True)
class Name:
    """One name in one text (or one of its uses, where another place stands beside it): what is to be weighed.

    ``qualified`` are the rows of the senses in the larger place named beside it, ``elsewhere`` those of its other uses,
    ``holds`` those that hold a place named right before, with a comma between;
    ``acts`` says that it stands for a government somewhere in the text.
    """

    key: str
    senses: tuple[Sense, ...]
    qualified: frozenset[int] | None = None
    elsewhere: frozenset[int] = frozenset()
    holds: frozenset[int] = frozenset()
    demonym: bool = False
    stripped: bool = False
    called: bool = False
    acts: bool = False
    known: tuple[Known, ...] = ()
    own: list[Vector] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    among: list[Vector] = field(default_factory=list)
    shares: list[float] = field(default_factory=list)


class _Words:
    """How much the text's words speak for each country, and for the others."""

    __slots__ = ("best", "own", "second")

    def __init__(self, words: dict[str, float]) -> None:
        self.own = words
        ranked = sorted(words.items(), key=lambda item: (-item[1], item[0]))
        self.best = ranked[0][0] if ranked else ""
        self.second = [value for _, value in ranked[:2]] + [0.0, 0.0]

    def of_others(self, country: str) -> float:
        return (self.second[1] if country == self.best else self.second[0]) if country else 0.0


def _beside(name: Name, s: Sense, words: _Words, local: float) -> Vector:
    """Return :data:`geo._traits.BESIDE` for a sense."""
    qualified = name.qualified is not None
    here = qualified and s.row in name.qualified  # type: ignore[operator]
    there = s.row in name.elsewhere
    return (
        here,
        qualified and not here,
        there,
        bool(name.elsewhere) and not there,
        s.row in name.holds,
        bool(name.holds) and s.row not in name.holds,
        name.demonym,
        name.stripped,
        words.own.get(s.country, 0.0),
        words.of_others(s.country),
        local * math.log10(s.population + 10) if s.extent == "point" else 0.0,
        local if s.seat else 0.0,
        local if is_country(s) else 0.0,
    )


class _Mass:
    """How much of the first round's belief lies where: by division, district, country and cell."""

    __slots__ = (
        "countries",
        "country",
        "district",
        "districts",
        "division",
        "divisions",
        "large",
        "may_district",
        "may_small",
        "siblings",
        "small",
    )

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
        self.siblings: dict[str, float] = {}

    def add(self, s: Sense, k: Known, share: float) -> None:
        if s.extent == "country":
            _plus(self.countries, s.country, share)
            return
        if s.feature_code == "ADM1":
            _plus(self.divisions, s.admin1, share)
            _plus(self.siblings, s.country, share)
            _plus(self.country, s.country, share)
            return
        if s.feature_code == "ADM2":
            _plus(self.districts, s.area2, share)
        if s.country:
            _plus(self.division, s.admin1, share)
            _plus(self.country, s.country, share)
            if s.area2:
                _plus(self.district, s.area2, share)
        table = self.small
        for key in k.small:
            table[key] = table.get(key, 0.0) + share
        table = self.large
        for key in k.large:
            table[key] = table.get(key, 0.0) + share

    def may(self, s: Sense, k: Known, share: float) -> None:
        if s.area2:
            self.may_district[s.area2] = 1.0
        loose, table = share**0.33, self.may_small
        for key in k.small:
            if loose > table.get(key, 0.0):
                table[key] = loose

    def merge(self, other: _Mass) -> None:
        """Take the larger of both: several uses of one name speak once."""
        for mine, its in zip(self.tables(), other.tables(), strict=True):
            for key, value in its.items():
                if value > mine.get(key, 0.0):
                    mine[key] = value

    def total(self, other: _Mass) -> None:
        for mine, its in zip(self.tables(), other.tables(), strict=True):
            for key, value in its.items():
                mine[key] = mine.get(key, 0.0) + value

    def tables(self) -> tuple[dict[Any, float], ...]:
        return (
            self.country,
            self.division,
            self.district,
            self.countries,
            self.divisions,
            self.districts,
            self.small,
            self.large,
            self.may_small,
            self.may_district,
            self.siblings,
        )


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
    said = _Words(words)
    for name in names:
        name.known = known(name.senses)
        name.own = [k.own + _beside(name, s, said, local) for k, s in zip(name.known, name.senses, strict=True)]


def first_round(names: Sequence[Name], w: Weights) -> None:
    """Set ``first`` from ``own``, and drop the least likely of very many senses."""
    for name in names:
        name.first = _softmax([sum(map(mul, w.first, f)) for f in name.own], w.none_first)
        if len(name.senses) > MOST:
            keep = sorted(sorted(range(len(name.first)), key=lambda i: -name.first[i])[:MOST])
            name.senses = tuple(name.senses[i] for i in keep)
            name.own, name.first = [name.own[i] for i in keep], [name.first[i] for i in keep]
            name.known = tuple(name.known[i] for i in keep)


def listen(names: Sequence[Name], home: tuple[float, float] | None) -> None:
    """Set ``among``, what the other names make of each sense."""
    masses: dict[str, _Mass] = {}
    for name in names:
        mass = _Mass()
        for s, k, share in zip(name.senses, name.known, name.first, strict=True):
            if share >= _LEAST:
                mass.add(s, k, share)
            if k.small:
                mass.may(s, k, share)
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
        world = _log(sum(everything.countries.values()) - sum(own.countries.values()))
        name.among = [
            _among(s, k, p, everything, own, rest, home) + _abroad(name, s, k, world)
            for s, k, p in zip(name.senses, name.known, name.first, strict=True)
        ]


def second_round(names: Sequence[Name], w: Weights) -> None:
    """Set ``shares`` from ``own`` and ``among``."""
    for name in names:
        scores = [sum(map(mul, w.second, f + a)) for f, a in zip(name.own, name.among, strict=True)]
        name.shares = _softmax(scores, w.none_second)


def _among(s: Sense, k: Known, first: float, everything: _Mass, own: _Mass, rest: float, home: tuple[float, float] | None) -> Vector:
    """Return :data:`geo._traits.AMONG` for a sense."""
    country, division, small = is_country(s), s.feature_code == "ADM1", bool(k.small)
    in_country = _other(everything.country, own.country, s.country) if s.country else 0.0
    as_country = _other(everything.countries, own.countries, s.country) if s.country else 0.0
    in_division = _other(everything.division, own.division, s.admin1) if s.admin1 else 0.0
    near = far = may_near = as_division = in_district = as_district = may_district = 0.0
    if small:
        near = _other(everything.small, own.small, k.small[_MIDDLE])
        far = _other(everything.large, own.large, k.large[_MIDDLE])
        may_near = _other(everything.may_small, own.may_small, k.small[_MIDDLE])
        if s.admin1:
            as_division = _other(everything.divisions, own.divisions, s.admin1)
        if s.area2:
            in_district = _other(everything.district, own.district, s.area2)
            as_district = _other(everything.districts, own.districts, s.area2)
            may_district = _other(everything.may_district, own.may_district, s.area2)
    near_home = far_home = 0.0
    if home is not None and not country:
        distance = metres(*home, s.lat, s.lon) / 1000
        near_home, far_home = math.exp(-distance / 50) if small else 0.0, math.exp(-distance / 250)
    return (
        _log(in_district),
        _log(in_division) if small else 0.0,
        _log(in_country) if not country else 0.0,
        _log(near),
        _log(far),
        _log(as_division),
        _log(as_country) if not country else 0.0,
        _log(as_district),
        _log(in_country) if country else _log(in_division) if division else 0.0,
        in_division / rest if small else 0.0,
        (in_country + as_country) / rest if not country else 0.0,
        in_country / rest if country else 0.0,
        in_division / rest if division else 0.0,
        not s.country,
        _log(may_near),
        _log(may_district),
        near_home,
        far_home,
        math.log(first + 1e-4),
        _log(_other(everything.siblings, own.siblings, s.country)) if division else 0.0,
    )


def _abroad(name: Name, s: Sense, k: Known, world: float) -> Vector:
    """The last columns of :data:`geo._traits.AMONG`: how far a text that names countries speaks for capitals rather than divisions."""
    seat, division = bool(s.seat) and s.extent == "point", s.feature_code == "ADM1"
    against_seat = name.acts and k.own[_AGAINST_SEAT]
    return (world * seat, world * division, world * (seat and name.acts), world * (division and name.acts), against_seat)


def _other(table: dict[_K, float], mine: dict[_K, float], key: _K) -> float:
    """What the other names have at a key: all that the text has, less what this name has."""
    found = table.get(key)
    return max(0.0, found - mine.get(key, 0.0)) if found else 0.0


def _log(mass: float) -> float:
    return math.log1p(4 * mass) if mass else 0.0


def _softmax(scores: list[float], none: float) -> list[float]:
    """The shares of the scores beside ``none``, which takes its own."""
    top = max(none, max(scores, default=none))
    raised = [math.exp(s - top) for s in scores]
    total = sum(raised) + math.exp(none - top)
    return [r / total for r in raised]
