"""From EDTF to days: the first and the last day that a date can mean, for drawing it on a line of time."""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?[?~%]?", re.ASCII)
_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
"""Quarters and halves of a year as EDTF numbers them, by their first and last month."""


def day_range(edtf: str | None) -> tuple[str, str] | None:
    """Return the first and the last day that an EDTF date or interval can mean, as ISO dates; "" where it is open on that side.

    A date never gets sharper: a year is all its days. A season is the whole of its year, since EDTF's seasons do not say on which half of
    the earth (and ends with February of the next, where it is winter). None for None, for a date without a year and for what has another
    form. Pure.

    >>> day_range("2024-12"), day_range("2027"), day_range("203X"), day_range("2024-35")
    (('2024-12-01', '2024-12-31'), ('2027-01-01', '2027-12-31'), ('2030-01-01', '2039-12-31'), ('2024-07-01', '2024-09-30'))
    >>> day_range("2012/.."), day_range("2024/2026-03"), day_range("2024-23"), day_range("XXXX-12")
    (('2012-01-01', ''), ('2024-01-01', '2026-03-31'), ('2024-01-01', '2024-12-31'), None)
    """
    if not edtf:
        return None
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf)
    first, last = _one(start), _one(end)
    if (first is None and start not in ("..", "")) or (last is None and end not in ("..", "")) or (first is None and last is None):
        return None
    return (first[0] if first else "", last[1] if last else "")


def _one(text: str) -> tuple[str, str] | None:
    """Return the days of one date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    low, high = match["year"].replace("X", "0"), match["year"].replace("X", "9")
    if match["month"] is None:
        return (f"{low}-01-01", f"{high}-12-31")
    if low != high or int(low) == 0:
        return None
    year, month = int(low), int(match["month"])
    if match["day"]:
        ok = 1 <= month <= 12 and 1 <= int(match["day"]) <= monthrange(year, month)[1]
        return (f"{low}-{month:02d}-{match['day']}",) * 2 if ok else None
    if 21 <= month <= 24:
        return (f"{low}-01-01", f"{year + 1:04d}-02-{monthrange(year + 1, 2)[1]}" if month == 24 else f"{low}-12-31")
    first, last = _PARTS.get(month, (month, month))
    if not 1 <= first <= last <= 12:
        return None
    return (f"{low}-{first:02d}-01", f"{low}-{last:02d}-{monthrange(year, last)[1]:02d}")
