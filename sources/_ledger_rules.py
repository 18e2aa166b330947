"""What may stand in a ledger: its fields, and the rule that each value keeps."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from sources._errors import LedgerError
from sources._keys import is_key
from sources._model import STATUSES

if TYPE_CHECKING:
    from sources._ledger import LedgerEntry

DECISIONS = ("accept", "reject", "correct")
DECIDE = ("decision", "why", "who", "date")
PLACE = ("place", "lat", "lon", "authority", "name", "uncertainty_m", "country")
PLAN = ("status", "actor", "asset", "action", "when", "summary", "places")
CORRECT = (*PLAN, *PLACE, "kind")
"""The fields that can be corrected: those of plans, those of a place, and a toponym's kind."""
FOUND = (
    "summary", "status", "actor", "asset", "action", "when", "places", "name", "place", "place_name", "kind", "occurrences", "quote",
    "source", "also",
)  # fmt: skip
"""What citemap writes of what it found."""
KINDS = ("literal", "metonymic", "demonym", "part-of-name")
NONE = "none"
"""What empties a corrected field."""


def misspelt(field: str) -> str:
    """The field that somebody meant who wrote ``field``, or ""."""
    own = ("key", *DECIDE, "scope", "correct", "found", "applies")
    near = difflib.get_close_matches(field.casefold(), own, n=1, cutoff=0.8)
    return near[0] if near and field not in own else ""


def check(entry: LedgerEntry, name: str) -> None:
    """Raise LedgerError, with the file's ``name`` and the entry's line, where the entry breaks a rule."""

    def wrong(rule: str, step: str) -> LedgerError:
        return LedgerError(name, entry.line, rule, step)

    if not entry.key:
        raise wrong("an entry without a key, so it names nothing", "give it the key of a plan or a toponym, or remove it")
    if not is_key(entry.key):
        raise wrong(f"{entry.key[:60]!r} is no key, so it names nothing", "copy a key as 'citemap review' wrote it, or remove the entry")
    for field, _ in entry.extra:
        if misspelt(field):
            raise wrong(f"{field!r} is no field of a ledger", f"write {misspelt(field)}, or name your own field otherwise")
    if entry.decision and entry.decision not in DECISIONS:
        raise wrong(f"{entry.decision[:40]!r} is no decision", "write accept, reject or correct, or leave it empty")
    if entry.scope not in ("", "occurrence") or (entry.scope and entry.is_plan):
        raise wrong(f"{entry.scope[:40]!r} is no scope here", "write occurrence for a single occurrence of a name, or leave it empty")
    if entry.date and not _is_day(entry.date):
        raise wrong(f"{entry.date[:40]!r} is no date", "write it as 2026-03-31")
    if entry.correct and entry.decision != "correct":
        raise wrong(
            f"fields are corrected but the decision is {entry.decision or 'empty'}", "write the decision correct, or empty the fields"
        )
    if entry.decision == "correct" and not entry.correct:
        raise wrong("the decision is correct but no field is corrected", "write under correct what it should be, for example a status")
    for field, value in entry.correct:
        _check_field(entry, field, value, wrong)
    _check_place(dict(entry.correct), wrong)


def _check_field(entry: LedgerEntry, field: str, value: str, wrong: Callable[[str, str], LedgerError]) -> None:
    allowed = (*PLAN, *PLACE) if entry.is_plan else (*PLACE, "kind")
    if field not in allowed:
        what = "a plan" if entry.is_plan else "a toponym"
        raise wrong(f"{field[:40]!r} is no field of {what} that can be corrected", f"take one of {', '.join(allowed)}")
    if field == "status" and value not in STATUSES:
        raise wrong(f"{value[:40]!r} is no status", f"take one of {', '.join(STATUSES)}")
    if field == "kind" and value not in KINDS:
        raise wrong(f"{value[:40]!r} is no kind", f"take one of {', '.join(KINDS)}")
    if field == "when" and value != NONE and not is_edtf(value):
        raise wrong(f"{value[:40]!r} is no EDTF date", "write for example 2026, 2026-12, 2026-21 (spring) or 2026/2028")
    if field == "country" and not (len(value) == 2 and value.isascii() and value.isupper()):
        raise wrong(f"{value[:40]!r} is no country", "write two capitals, as JP")
    if field == "summary" and value == NONE:
        raise wrong("a summary cannot be none", "write a summary, or leave the field out")
    for number, least, most in (("lat", -90.0, 90.0), ("lon", -180.0, 180.0), ("uncertainty_m", 0.0, 2e7)):
        if field == number and not _between(value, least, most):
            unit = "metres" if number == "uncertainty_m" else "degrees"
            raise wrong(f"{value[:40]!r} is no {number} between {least:g} and {most:g}", f"write a number in {unit}")


def _check_place(correct: dict[str, str], wrong: Callable[[str, str], LedgerError]) -> None:
    """One way of saying where, and whole: an id, several ids, or coordinates with who says so."""
    ways = [way for way in ("place", "places", "lat") if correct.get(way)] or (["lat"] if correct.get("lon") else [])
    if len(ways) > 1:
        raise wrong(f"both {ways[0]} and {ways[1]} say where", "leave one of them")
    beside = [n for n in ("authority", "name", "uncertainty_m", "country") if n in correct]
    if ways != ["lat"]:
        if beside:
            raise wrong(f"{beside[0]} belongs to coordinates, and there are none", "write lat and lon, or leave it out")
        return
    if not (correct.get("lat") and correct.get("lon")):
        raise wrong("one coordinate is missing", "write both lat and lon, in degrees")
    if not correct.get("authority"):
        raise wrong("the coordinates have no authority", "write under authority who says that it lies there")


def check_keys(entries: Iterable[LedgerEntry], name: str) -> None:
    """Raise LedgerError where two entries have one key."""
    seen: dict[str, LedgerEntry] = {}
    for entry in entries:
        if entry.key in seen:
            rule = f"the key {entry.key} stands in line {seen[entry.key].line} already"
            raise LedgerError(name, entry.line, rule, "leave one of the two entries")
        seen[entry.key] = entry


def is_edtf(text: str) -> bool:
    """Whether a text is a date or an interval in EDTF (ISO 8601-2)."""
    from edtf import EDTFParseException, parse_edtf

    if len(text) > 80:
        return False
    try:
        parse_edtf(text)
    except (EDTFParseException, ValueError):
        return False
    return True


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def _between(text: str, least: float, most: float) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return math.isfinite(number) and least <= number <= most
