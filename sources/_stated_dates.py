"""Dates of publication as the record states them (EDTF), and what of them other forms of a record can say: never more than was stated."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import Any

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T[\d:.,+Z-]*)?)?)?(?P<doubt>[?~%]?)", re.ASCII)
_PARTS = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
SEASONS = {1: "spring", 2: "summer", 3: "autumn", 4: "winter"}
_MONTHS = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """A year, month or day as stated: ``month`` and ``day`` are 0 where they are not, ``season`` 1–4 (spring to winter) or 0.

    ``doubt`` says that it is approximate or uncertain; ``part`` that it is a quarter or a half of the year, which only EDTF can say.
    """

    year: int
    month: int = 0
    day: int = 0
    season: int = 0
    doubt: bool = False
    part: bool = False

    @property
    def parts(self) -> list[int]:
        """Year, month and day as far as they are stated."""
        return [self.year, *([self.month] if self.month else []), *([self.day] if self.day else [])]

    @property
    def words(self) -> str:
        """The date in English, as far as it is stated."""
        parts = (str(self.day) if self.day else "", _MONTHS[self.month] or SEASONS.get(self.season, ""), str(self.year))
        return ("about " if self.doubt else "") + " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date as stated: ``days`` is one day, month or year, two for an interval, none where it is open or has a form that nobody knows."""

    edtf: str
    days: tuple[Day, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether years, months and days say all that was stated."""
        return bool(self.days) and not any(day.doubt or day.part or day.season for day in self.days)

    @property
    def doubt(self) -> bool:
        """Whether it is approximate or uncertain."""
        return any(day.doubt for day in self.days)

    @property
    def year(self) -> int:
        """The year, where only one can be meant and it is not in doubt; else 0."""
        years = {day.year for day in self.days}
        return years.pop() if len(years) == 1 and not self.doubt else 0

    @property
    def words(self) -> str:
        """The date in English: an interval with both ends, what is no date as it was stated."""
        if self.days:
            return " to ".join(day.words for day in self.days)
        start, slash, end = self.edtf.partition("/")
        if slash and end in ("", "..") and (day := _day(start)):
            return f"from {day.words} on"
        if slash and start in ("", "..") and (day := _day(end)):
            return f"until {day.words}"
        return self.edtf


def stated_date(edtf: str) -> StatedDate:
    """Read a date or an interval; what has another form is kept as it is.

    >>> stated_date("2024-11").days[0].parts, stated_date("2024~").year, stated_date("last week").days
    ([2024, 11], 0, ())
    """
    text = " ".join(edtf.split())
    days = tuple(_day(part) for part in text.split("/"))
    known = tuple(day for day in days if day is not None)
    return StatedDate(text, known if len(known) == len(days) <= 2 else ())


def _day(text: str) -> Day | None:
    """Read one date, or None where it is none."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(match[name] or 0) for name in ("year", "month", "day"))
    doubt = bool(match["doubt"])
    if year == 0 or (day and not (1 <= month <= 12 and day <= monthrange(year, month)[1])) or (match["month"] and not month):
        return None
    if 21 <= month <= 24:
        return Day(year, season=month - 20, doubt=doubt)
    if month in _PARTS:
        return Day(year, doubt=doubt, part=True)
    return Day(year, month, day, doubt=doubt) if month <= 12 else None


def csl_date(date: StatedDate) -> dict[str, Any]:
    """Return a date as CSL-JSON has it: parts, a season, circa; in words where these cannot say it.

    >>> csl_date(stated_date("2024-11/2025-01")), csl_date(stated_date("2024~"))
    ({'date-parts': [[2024, 11], [2025, 1]]}, {'date-parts': [[2024]], 'circa': True})
    """
    seasons = [day.season for day in date.days]
    if not date.days or (any(seasons) and len(seasons) > 1):
        return {"literal": date.words}
    found: dict[str, Any] = {"date-parts": [day.parts for day in date.days]}
    return found | ({"season": seasons[0]} if seasons[0] else {}) | ({"circa": True} if date.doubt else {})
