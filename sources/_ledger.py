"""The review ledger: what a person decided on plans and on names of places, one entry each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sources._errors import LedgerError
from sources._ledger_rules import CORRECT, DECIDE, FOUND, PLACE, check, check_keys

NEW = "new_"
"""Before the name of a corrected field in a table."""
_WHERE = frozenset({*PLACE, "places"})
"""Corrected fields that say a place together, so that a new one of them takes the place of all."""
COLUMNS = ("key", *DECIDE, "scope", *(NEW + name for name in CORRECT), "applies", *FOUND)
"""The columns of a ledger as a table; whatever columns a person adds come behind them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One entry of a ledger: a plan or a name as used in an article, and what a person decided on it.

    ``decision`` is ``accept``, ``reject``, ``correct`` or "" (not decided); ``why``, ``who`` and ``date`` are the person's. ``correct`` are
    the corrected fields as (name, value). ``scope`` is ``occurrence`` where a toponym's entry is about a single occurrence. ``found`` is
    what citemap read, frozen once a decision is made, ``applies`` what the last review found out about the decision; both are citemap's.
    ``extra`` are fields that a person added. ``line`` is the entry's line in its file, 0 where it has none yet.

    >>> LedgerEntry(key="t-0123456789abcd").is_plan
    False
    """

    key: str
    decision: str = ""
    why: str = ""
    who: str = ""
    date: str = ""
    scope: str = ""
    correct: tuple[tuple[str, str], ...] = ()
    found: tuple[tuple[str, str], ...] = ()
    applies: str = ""
    extra: tuple[tuple[str, str], ...] = ()
    line: int = 0
    commented: bool = False

    @property
    def is_plan(self) -> bool:
        """Whether the entry is on a plan; else it is on a toponym."""
        return self.key.startswith("p-")

    @property
    def keys(self) -> tuple[str, ...]:
        """The entry's key and those that citemap found with it: other tellings of a plan, other occurrences of a name."""
        return tuple(dict.fromkeys((self.key, *dict(self.found).get("also", "").split())))

    @property
    def touched(self) -> bool:
        """Whether a person has written anything into it."""
        return bool(self.decision or self.why or self.who or self.date or self.scope or self.correct or self.extra or self.commented)

    def shown(self) -> str:
        """Return the entry in a few words: the decision, and the words that it is about."""
        found = dict(self.found)
        about = found.get("quote", "") if self.is_plan else found.get("name", "")
        return f"{self.decision or 'undecided'} {self.key}" + (f" “{cut(about, 70)}”" if about else "")


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """A review ledger: its entries, plans first, and the file that they were read from.

    ``name`` is the file's name for messages ("" where there is none), ``text`` its content. Change it with :meth:`accept`, :meth:`reject`
    and :meth:`correct`, which return a new ledger, or as a table with :meth:`rows` and :meth:`from_rows`. No disk, no network.

    >>> Ledger.from_rows([{"key": "t-0123456789abcd", "decision": "accept"}]).entries[0].decision
    'accept'
    """

    entries: tuple[LedgerEntry, ...] = ()
    name: str = ""
    text: str = ""

    @property
    def decided(self) -> tuple[LedgerEntry, ...]:
        """The entries with a decision."""
        return tuple(e for e in self.entries if e.decision)

    def replaced_by(self, later: Ledger) -> list[str]:
        """Return in lines which decisions of this ledger another kind of decision took the place of in ``later``."""
        now = {e.key: e for e in later.entries}
        return [
            f"{e.key}: {e.decision}{f' by {e.who}' if e.who else ''}{f' of {e.date}' if e.date else ''} is now {now[e.key].decision}"
            for e in self.decided
            if e.key in now and now[e.key].decision != e.decision
        ]

    def find(self, key: str) -> LedgerEntry:
        """Return the entry with this key, or with the only key that begins so; LedgerError where it names none, or several.

        The key of a further occurrence of a name gives an entry for that occurrence alone.
        """
        if not key:
            raise self._error("no key is given", "name one of the keys in the ledger")
        named = {e.key: e for e in self.entries}
        further = {k: e for e in self.entries if not e.is_plan for k in e.keys if k not in named}
        hits = [key] if key in named or key in further else [k for k in (*named, *further) if k.startswith(key)]
        if len(hits) != 1:
            rule = f"{cut(key, 60)!r} is the key of no entry" if not hits else f"{cut(key, 60)!r} begins {len(hits)} keys"
            raise self._error(rule, "copy a key from the ledger" if not hits else "write more of the key")
        if hits[0] in named:
            return named[hits[0]]
        group = dict(further[hits[0]].found)
        return LedgerEntry(
            key=hits[0], scope="occurrence", found=tuple((n, v) for n, v in group.items() if n not in ("also", "occurrences"))
        )

    def accept(self, key: str, *, why: str = "", who: str = "", date: str = "") -> Ledger:
        """Return the ledger with this plan or toponym accepted. Raises LedgerError where ``key`` names none or ``date`` is no ISO date."""
        return self._decide("accept", key, {"why": why, "who": who, "date": date}, {})

    def reject(self, key: str, *, why: str = "", who: str = "", date: str = "") -> Ledger:
        """Return the ledger with this plan off the map, or this name as that of no place. Raises LedgerError as :meth:`accept` does."""
        return self._decide("reject", key, {"why": why, "who": who, "date": date}, {})

    def correct(self, key: str, *, why: str = "", who: str = "", date: str = "", **fields: Any) -> Ledger:
        """Return the ledger with fields of this entry corrected: ``status="agreed"``, ``place="iso3166-1:KE"``.

        Coordinates are ``lat`` and ``lon`` in degrees, with the ``authority`` that says so. Raises LedgerError where ``key`` names no
        entry, or a field or its value is not one that can be corrected.
        """
        return self._decide("correct", key, {"why": why, "who": who, "date": date}, fields)

    def decide(
        self,
        *,
        accept: Iterable[str] = (),
        reject: Iterable[str] = (),
        correct: Iterable[str] = (),
        set_: Iterable[str] = (),
        why: str = "",
        who: str = "",
        date: str = "",
    ) -> Ledger:
        """Return the ledger with decisions as the command line has them: keys, and ``field=value`` for what is corrected.

        A further decision of another kind on the same key takes the place of the earlier one, and of its reason, name and day; a further
        correction is added to the fields corrected before. Raises LedgerError as :meth:`accept` and :meth:`correct` do.
        """
        fields = dict(parse_assignment(text) for text in set_)
        ledger = self
        for key in accept:
            ledger = ledger.accept(key, why=why, who=who, date=date)
        for key in reject:
            ledger = ledger.reject(key, why=why, who=who, date=date)
        for key in correct:
            ledger = ledger.correct(key, why=why, who=who, date=date, **fields)
        return ledger

    def _decide(self, decision: str, key: str, said: Mapping[str, str], fields: Mapping[str, Any]) -> Ledger:
        old = self.find(key)
        again = old.decision in ("", decision)
        why, who, date = (said[k] or (getattr(old, k) if again else "") for k in ("why", "who", "date"))
        kept = {n: v for n, v in old.correct if again and not (n in _WHERE and not _WHERE.isdisjoint(fields))}
        new = replace(old, decision=decision, correct=pairs({**kept, **fields}), applies="", why=why, who=who, date=date)
        check(new, self.name or "ledger")
        placed = tuple(new if e.key == new.key else e for e in self.entries)
        return replace(self, entries=placed if any(e is new for e in placed) else (*placed, new))

    def rows(self) -> list[dict[str, str]]:
        """Return the entries as plain rows, for ``pandas.DataFrame(ledger.rows())``; corrected fields are ``new_status`` and so on."""
        return [row_of(e) for e in self.entries]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, Any]], *, like: Ledger | None = None) -> Ledger:
        """Return the ledger of rows as :meth:`rows` gives them, such as ``frame.to_dict("records")``; ``like`` is the ledger they are from.

        Empty, None and NaN mean "not set". Raises LedgerError for what is wrong in a row, with its number from 1.
        """
        entries = tuple(entry_of(row, "rows", n) for n, row in enumerate(rows, start=1))
        check_keys(entries, "rows")
        lines = {e.key: (e.line, e.commented) for e in like.entries} if like else {}
        kept = tuple(replace(e, line=lines.get(e.key, (0, False))[0], commented=lines.get(e.key, (0, False))[1]) for e in entries)
        return cls(kept, like.name if like else "", like.text if like else "")

    def counted(self) -> str:
        """Return in words how much is in the ledger: "2 plans and 5 names, 1 decided"."""
        n = sum(e.is_plan for e in self.entries)
        names = len(self.entries) - n
        return f"{n} plan{'s' * (n != 1)} and {names} name{'s' * (names != 1)}, {len(self.decided)} decided"

    def check_named(self, unapplied: Iterable[tuple[str, str]]) -> None:
        """Raise LedgerError where one of the decisions that apply to nothing names what no review ever found: a mistyped key."""
        idle = {key for key, _ in unapplied}
        for entry in self.decided:
            if entry.key in idle and not entry.found:
                rule = f"the key {entry.key!r} names no plan and no toponym of these articles"
                raise LedgerError(self.name or "ledger", entry.line, rule, "copy a key from the ledger, or remove the entry")

    def _error(self, rule: str, next_step: str) -> LedgerError:
        return LedgerError(self.name or "ledger", 0, rule, next_step)


def cut(text: str, length: int) -> str:
    """A text on one line, cut short."""
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rstrip() + "…"


def pairs(fields: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Corrected fields as (name, value) in the ledger's order; those without a value are left out."""
    said = {name: _text(value) for name, value in fields.items()}
    order = {name: k for k, name in enumerate(CORRECT)}
    return tuple((n, v) for n, v in sorted(said.items(), key=lambda x: (order.get(x[0], 99), x[0])) if v)


def _text(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, list | tuple):
        return "; ".join(_text(v) for v in value)
    return str(value).strip()


def row_of(entry: LedgerEntry) -> dict[str, str]:
    """An entry as a row: every column of :data:`COLUMNS`, then what a person added."""
    found, correct = dict(entry.found), dict(entry.correct)
    own = {"key": entry.key, "scope": entry.scope, "applies": entry.applies} | {n: getattr(entry, n) for n in DECIDE}
    row = {c: own.get(c, correct.get(c.removeprefix(NEW), "") if c.startswith(NEW) else found.get(c, "")) for c in COLUMNS}
    return row | dict(entry.extra)


def entry_of(row: Mapping[str, Any], name: str, line: int) -> LedgerEntry:
    """The entry of a row. Raises LedgerError with ``name`` and ``line`` for what is wrong in it."""
    said = {str(column).strip(): _text(value) for column, value in row.items()}
    extra = {c: v for c, v in said.items() if c not in COLUMNS and not c.startswith(NEW) and v}
    unknown = {c.removeprefix(NEW): v for c, v in said.items() if c.startswith(NEW) and c not in COLUMNS and v}
    entry = LedgerEntry(
        key=said.get("key", ""),
        scope=said.get("scope", ""),
        applies=said.get("applies", ""),
        correct=pairs({n: said.get(NEW + n) for n in CORRECT} | unknown),
        found=tuple((n, said[n]) for n in FOUND if said.get(n)),
        extra=tuple(extra.items()),
        line=line,
        decision=said.get("decision", ""),
        why=said.get("why", ""),
        who=said.get("who", ""),
        date=said.get("date", ""),
    )
    check(entry, name)
    return entry


def parse_assignment(text: str) -> tuple[str, str]:
    """Split ``field=value`` as the command line has it. Raises LedgerError where it is none.

    >>> parse_assignment("status=agreed")
    ('status', 'agreed')
    """
    m = re.fullmatch(r"\s*(\w+)\s*=\s*(.*)", text, re.DOTALL)
    if not m:
        raise LedgerError("--set", 0, f"{cut(text, 60)!r} is no field=value", "write for example --set status=agreed")
    return m[1], m[2]
