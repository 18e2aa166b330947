"""What a phrase of time means in EDTF (ISO 8601-2), counted from a day: no sharper than its words, and None where nothing fixes it.

Days, weeks, months and years are counted by ``dateutil.relativedelta``. A season keeps its code (21 to 24), since which months it has
depends on the hemisphere; where the two hemispheres give two years it stays as said. A week is an interval from Monday (ISO 8601).
"""

from __future__ import annotations

from calendar import isleap
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from sources._times import Found

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NUMBER = {name[:3]: i for i, name in enumerate(MONTHS, 1)}
_SEASON = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_STARTS = {21: (3, 9), 22: (6, 12), 23: (9, 3), 24: (12, 6)}
"""The month in which a season begins in the north and in the south."""
_WEEKDAY = {"monday": MO, "tuesday": TU, "wednesday": WE, "thursday": TH, "friday": FR, "saturday": SA, "sunday": SU}
_COUNT = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
}  # fmt: skip
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_STEP = {"next": 1, "the coming": 1, "the following": 1, "last": -1, "the previous": -1}
OPEN = frozenset({"since", "from", "as from"} | {f"{w}{p}" for w in ("starting", "beginning") for p in ("", " in", " on", " from")})
"""Words that open an interval to the right."""
CLOSE = frozenset({"until", "till", "through", "up to", "up until"})
"""Words that open it to the left."""
FORWARD = CLOSE | {"by", "before", "no later than", "not later than", "starting", "beginning", "within", "as early as", "not before"}
PAST = frozenset({"last", "this past", "the past", "the previous"})
BACK = frozenset({"since", "as of"})

JUST_PAST = 2
"""Months back that a bare month still means: "in March" said in April, even of a plan, is this March; the coming one is "next March"."""
UNDATED = "counts from the article's date, which is not stated"
AS_SAID = "as said"


class Value(NamedTuple):
    """An EDTF date or interval without its bounds, or None, and how it was found."""

    edtf: str | None
    note: str = AS_SAID


class Now(NamedTuple):
    """The day that words count from, the words that name it, and whether a time without a year is one to come."""

    day: date | None
    source: str
    ahead: bool


@lru_cache(maxsize=20_000)
def value(found: Found, now: Now) -> Value:
    """Return what a phrase means by itself, without "since" or "until"."""
    try:
        made = _RULES[found.sort](found, now)
    except (ValueError, OverflowError):
        return Value(None, "there is no such day")
    if found.about or found.unsure:
        return _blurred(made, found)
    return made


def _blurred(made: Value, found: Found) -> Value:
    """ "around 2030" is ``2030~``, "possibly in 2028" ``2028?``; for a season or a quarter EDTF has no such mark, and the note says it."""
    word = "approximate" if found.about else "uncertain"
    note = made.note if made.note != AS_SAID else ""
    note = f"{note}; {word}" if note else f"{word}, as said"
    edtf = made.edtf
    if edtf and "/" not in edtf and edtf[-1] not in "~?X" and not season_code(edtf) and not edtf.startswith("X"):
        edtf += "%" if found.about and found.unsure else "~" if found.about else "?"
    return Value(edtf, note)


def season_code(edtf: str) -> int:
    """The code of a season, quarter or half ("2026-35" gives 35), or 0."""
    _, _, code = edtf.rstrip("~?%").partition("-")
    return int(code) if code.isdigit() and int(code) > 12 else 0


def bounded(made: Value, lead: str) -> Value:
    """Open an interval for "since" and "until"; "by December" is December, and the words keep the "by"."""
    edtf = made.edtf
    if edtf is None or edtf.startswith(("X", "/")) or edtf.endswith("/"):
        return made
    if lead in OPEN and "/" not in edtf:
        return Value(f"{first(edtf)}/..", made.note)
    if lead in CLOSE:
        return Value(f"../{last(edtf)}", made.note)
    return made


def first(edtf: str) -> str:
    """The earliest part of a date as the lower end of an interval; a quarter begins with its first month."""
    return _end(edtf.partition("/")[0], 0)


def last(edtf: str) -> str:
    """The latest part of a date as the upper end of an interval; a quarter ends with its last month."""
    return _end(edtf.rpartition("/")[2], 1)


def _end(edtf: str, upper: int) -> str:
    code = season_code(edtf)
    if 33 <= code <= 36:
        return f"{edtf[:4]}-{(code - 33) * 3 + (3 if upper else 1):02d}"
    if code in (40, 41):
        return f"{edtf[:4]}-{(code - 40) * 6 + (6 if upper else 1):02d}"
    return edtf.replace("X", "9" if upper else "0") if edtf[:2].isdigit() and "X" in edtf else edtf


def _plus(day: date, **how: Any) -> date:
    then: date = day + relativedelta(**how)
    return then


def week(day: date) -> str:
    """The week of a day, from Monday to Sunday."""
    start = _plus(day, weekday=MO(-1))
    return f"{start.isoformat()}/{_plus(start, days=6).isoformat()}"


def month_number(name: str) -> int:
    """The number of a month by its name or the first three letters of it."""
    return _NUMBER[name[:3]]


def _counted(now: Now) -> str:
    return f"counted from {now.source}"


def _year(found: Found, now: Now) -> tuple[int | None, str]:
    """The year that a phrase states, be it as "next year", or None."""
    if found.get("year"):
        return int(found.get("year")), AS_SAID
    which = found.get("which") or found.get("this")
    if which and now.day:
        return now.day.year + _STEP.get(which, 0), _counted(now)
    return None, UNDATED if which else "no year is stated"


def _near(month: int, day: int, lead: str, now: Now) -> int:
    """The year that a month without one means in news.

    The coming one for what lies ahead or "by" and "until", the last one for "since"; else this year's, or last year's where that is nearer.
    """
    assert now.day is not None
    passed = (month, day or now.day.day) < (now.day.month, now.day.day)
    if lead in BACK or (lead == "after" and not now.ahead):
        return now.day.year - (0 if passed or month == now.day.month else 1)
    ago = (now.day.month - month) % 12
    if now.ahead and lead not in FORWARD and ago <= JUST_PAST and (ago or passed):
        return now.day.year - (0 if month <= now.day.month else 1)
    if now.ahead or lead in FORWARD:
        return now.day.year + (1 if passed else 0)
    return now.day.year - (1 if month - now.day.month > 5 else 0)


def _of_month(found: Found, now: Now) -> tuple[str, str]:
    """The year of a phrase with a month, as four digits or "XXXX", and how it was found."""
    year, note = _year(found, now)
    if year is not None:
        return str(year), note
    if now.day is None:
        return "XXXX", note
    day = int(found.get("day") or 0)
    return str(_near(month_number(found.get("month")), day, found.lead, now)), f"the year is taken from {now.source}"


def _month(found: Found, now: Now) -> Value:
    year, note = _of_month(found, now)
    return Value(f"{year}-{month_number(found.get('month')):02d}", note)


def _day(found: Found, now: Now) -> Value:
    year, note = _of_month(found, now)
    month, day, day2 = month_number(found.get("month")), int(found.get("day")), found.get("day2")
    if (month, day) == (2, 29) and not note.startswith("counted") and note != AS_SAID and year != "XXXX":
        year = str(_leap(int(year), 1 if now.ahead or found.lead in FORWARD else -1))
    start = date(2000 if year == "XXXX" else int(year), month, day)
    if found.part.endswith(("week of", "week beginning", "week starting", "week commencing")):
        if year == "XXXX":
            return Value(f"XXXX-{month:02d}", f"a week; {note}")
        if start.weekday() == 6:
            return Value(f"{start.isoformat()}/{_plus(start, days=6).isoformat()}", note)
        return Value(week(start), note)
    if not day2:
        return Value(f"{year}-{month:02d}-{day:02d}", note)
    end = date(start.year, month, int(day2))
    if end < start:
        return Value(f"{year}-{month:02d}", note)
    return Value(f"{year}-{month:02d}-{day:02d}/{year}-{month:02d}-{end.day:02d}", note)


def _leap(year: int, step: int) -> int:
    while not isleap(year):
        year += step
    return year


def _iso(found: Found, now: Now) -> Value:
    return Value(date(int(found.get("year")), int(found.get("number")), int(found.get("day"))).isoformat())


def _slash(found: Found, now: Now) -> Value:
    a, b, year = int(found.get("a")), int(found.get("b")), int(found.get("year"))
    if found.get("mark") == "." or a > 12 or a == b:
        return Value(date(year, b, a).isoformat())
    if b > 12:
        return Value(date(year, a, b).isoformat())
    return Value(None, "kept as said: day and month can be read either way")


def _plain_year(found: Found, now: Now) -> Value:
    return Value(found.get("year"))


def _span(found: Found, now: Now) -> Value:
    year, to = found.get("year"), found.get("to")
    end = int(to) if len(to) == 4 else int(year[:2] + to)
    if end == int(year) - int(year[2:]) and to == "00":
        end += 100
    return Value(f"{year}/{end}") if end > int(year) else Value(None, "kept as said")


def _decade(found: Found, now: Now) -> Value:
    return Value(found.get("decade")[:3] + "X")


def _share(found: Found, now: Now) -> Value:
    year, note = _year(found, now)
    if year is None and now.day and note != UNDATED:
        month = 3 * _NTH.get(found.get("nth"), 4)
        year, note = _near(month, 31, found.lead, now), f"the year is taken from {now.source}"
    nth = found.get("nth")
    half = found.get("share") == "half" or nth[0] == "h"
    number = int(nth[1]) if nth[0] in "hq" else _NTH.get(nth) or (2 if half else 4)
    if year is None or (half and number > 2):
        return Value(None, note if year is None else "kept as said")
    return Value(f"{year}-{(39 if half else 32) + number}", note)


def _fiscal(found: Found, now: Now) -> Value:
    year, note = _year(found, now)
    if year is None:
        return Value(None, note)
    return Value(f"{year}~", ("" if note == AS_SAID else f"{note}; ") + "a fiscal year, and when it begins is not stated")


def _season(found: Found, now: Now) -> Value:
    code = _SEASON[found.get("season") or found.get("unit")]
    year, note = _year(found, now)
    if found.sort == "season" and year is not None:
        return Value(f"{year}-{code}", note)
    if now.day is None:
        return Value(None, UNDATED if found.sort == "which" else "no year is stated")
    which = found.get("which") if found.sort == "which" else ""
    if which == "next":
        return Value(f"{now.day.year + 1}-{code}", _counted(now))
    if which == "this" and code != 24:
        return Value(f"{now.day.year}-{code}", _counted(now))
    back = which in PAST or found.lead in BACK or not (which or now.ahead or found.lead in FORWARD)
    years = {_season_year(month, now.day, back, running=which == "this") for month in _STARTS[code]}
    if len(years) > 1:
        return Value(None, "kept as said: which year depends on the hemisphere")
    return Value(f"{years.pop()}-{code}", _counted(now) if which else f"the year is taken from {now.source}")


def _season_year(month: int, day: date, back: bool, *, running: bool) -> int:
    """The year in which the season that begins with ``month`` last ended, or comes next; ``running`` counts one under way."""
    start = date(day.year + 1, month, 1)
    while start > day if running else _plus(start, months=3) > day:
        start = _plus(start, years=-1)
    if running:
        return start.year if _plus(start, months=3) > day else start.year + 1
    return start.year if back else day.year + (month <= day.month)


def _which(found: Found, now: Now) -> Value:
    """ "next year", "last month", "this week", "next March", "this Sunday"."""
    unit, which = found.get("unit").removeprefix("calendar "), found.get("which")
    if unit in _SEASON:
        return _season(found, now)
    if unit in MONTHS and now.day is None:
        return Value(f"XXXX-{month_number(unit):02d}", UNDATED)
    if now.day is None:
        return Value(None, UNDATED)
    step, note, day = _STEP.get(which, 0), _counted(now), now.day
    if unit in MONTHS:
        number = month_number(unit)
        turn = -1 if which in PAST else step
        if which == "this coming":
            turn = 1
        return Value(f"{day.year + (turn if turn and (number - day.month) * turn <= 0 else 0)}-{number:02d}", note)
    if unit in _WEEKDAY:
        turn = -1 if which in PAST else 1 if which != "this" or now.ahead else 0
        return Value(_weekday(unit, day, turn or (-1 if not now.ahead else 1), strict=which != "this").isoformat(), note)
    if which == "the past" and unit in ("year", "month", "week", "decade"):
        return Value(_stretch(-1, unit, day), note)
    return _unit(unit, step, day, note)


def _unit(unit: str, step: int, day: date, note: str) -> Value:
    """The year, month, week or the like that is ``step`` from the one of ``day``."""
    if unit == "year":
        return Value(f"{_plus(day, years=step).year:04d}", note)
    if unit == "month":
        return Value(_plus(day, months=step).isoformat()[:7], note)
    if unit == "week":
        return Value(week(_plus(day, weeks=step)), note)
    if unit == "weekend":
        saturday = _plus(_plus(day, weekday=MO(-1), weeks=step), days=5)
        return Value(f"{saturday.isoformat()}/{_plus(saturday, days=1).isoformat()}", note)
    if unit == "quarter":
        then = _plus(day, months=3 * step)
        return Value(f"{then.year}-{33 + (then.month - 1) // 3}", note)
    if unit == "decade":
        return Value(str(day.year // 10 + step) + "X", note)
    if unit == "century":
        return Value(str(day.year // 100 + step) + "XX", note)
    return Value(None, "kept as said")


def _edge(found: Found, now: Now) -> Value:
    """ "the end of the year", "the year after next"."""
    step = 2 if found.sort == "after next" else 0
    return _unit(found.get("unit"), step, now.day, _counted(now)) if now.day else Value(None, UNDATED)


def _new_year(found: Found, now: Now) -> Value:
    """ "in the new year" is the next one, and in its first weeks this one."""
    return _unit("year", 1 if now.day.month > JUST_PAST else 0, now.day, _counted(now)) if now.day else Value(None, UNDATED)


def _weekday(name: str, day: date, turn: int, *, strict: bool) -> date:
    start = _plus(day, days=turn) if strict else day
    return _plus(start, weekday=_WEEKDAY[name](turn))


def _on_weekday(found: Found, now: Now) -> Value:
    if now.day is None:
        return Value(None, UNDATED)
    turn = 1 if (now.ahead or found.lead in FORWARD) and found.lead not in BACK else -1
    return Value(_weekday(found.get("weekday"), now.day, turn, strict=False).isoformat(), _counted(now))


def _today(found: Found, now: Now) -> Value:
    if now.day is None:
        return Value(None, UNDATED)
    step = {"tomorrow": 1, "yesterday": -1}.get(found.get("now"), 0)
    return Value(_plus(now.day, days=step).isoformat(), _counted(now))


def _number(found: Found, name: str = "count") -> tuple[int | None, str]:
    """How many of which unit; half a decade is five years."""
    said, unit = found.get(name), found.get("unit")
    if said == "half a":
        return (5, "year") if unit == "decade" else (6, "month") if unit == "year" else (None, unit)
    return int(said) if said.isdigit() else _COUNT.get(said), unit


def _then(count: int, unit: str, day: date) -> date:
    if unit == "hour":
        return _plus(day, days=-(-count // 24) if count > 0 else count // 24)
    if unit in ("day", "week"):
        return _plus(day, days=count) if unit == "day" else _plus(day, weeks=count)
    if unit == "fortnight":
        return _plus(day, weeks=2 * count)
    if unit == "month":
        return _plus(day, months=count)
    return _plus(day, years=count * (10 if unit == "decade" else 1))


def _as_unit(day: date, unit: str) -> str:
    """A day written as precisely as a count of ``unit`` gives it."""
    if unit in ("year", "decade"):
        return f"{day.year:04d}"
    return day.isoformat()[:7] if unit == "month" else day.isoformat()


def _stretch(count: int, unit: str, day: date) -> str:
    ends = sorted((day, _then(count, unit, day)))
    return "/".join(_as_unit(end, unit) for end in ends)


def _ago(found: Found, now: Now) -> Value:
    """ "two years ago", "six weeks from now": a year, a month, a week or a day, as the unit counts."""
    if now.day is None:
        return Value(None, UNDATED)
    count, unit = _number(found)
    if count is None:
        return Value(None, "kept as said")
    return _point(count * (-1 if found.get("turn") == "ago" else 1), unit, now)


def _point(count: int, unit: str, now: Now) -> Value:
    assert now.day is not None
    then = _then(count, unit, now.day)
    if unit in ("week", "fortnight"):
        return Value(week(then), _counted(now))
    return Value(_as_unit(then, unit) + ("~" if unit == "decade" else ""), _counted(now))


def _count(found: Found, now: Now) -> Value:
    """ "within three years" and "over the next decade" are intervals from the day, "in three years" the year that is then."""
    if found.get("event"):
        return Value(None, "kept as said: counts from something else than a day")
    if now.day is None:
        return Value(None, UNDATED)
    count, unit = (1, found.get("only")) if found.get("only") else _number(found)
    if count is None:
        return Value(None, "kept as said")
    turn = found.get("turn") or found.get("turn2")
    if found.get("how") == "in" and not turn:
        latest = _point(count, unit, now)
        low, _ = _number(found, "low") if found.get("low") else (None, "")
        if low is None or not latest.edtf:
            return latest
        return Value(f"{first(_point(low, unit, now).edtf or '')}/{last(latest.edtf)}", latest.note)
    return Value(_stretch(-count if turn in ("past", "last", "previous") else count, unit, now.day), _counted(now))


def _many(found: Found, now: Now) -> Value:
    """ "in the coming weeks": an interval whose other end is not known (EDTF writes it empty)."""
    if now.day is None:
        return Value(None, UNDATED)
    here = _as_unit(now.day, found.get("unit"))
    back = found.get("turn").startswith(("past", "last", "recent"))
    return Value(f"/{here}" if back else f"{here}/", f"{_counted(now)}; how many is not said")


def _other_season(found: Found, now: Now) -> Value:
    return Value(None, "kept as said: when that season is depends on the place")


_RULES = {
    "iso": _iso, "slash": _slash, "day": _day, "month": _month, "season": _season, "share": _share, "fiscal": _fiscal, "decade": _decade,
    "span": _span, "year": _plain_year, "after next": _edge, "which": _which, "edge": _edge, "new year": _new_year, "ago": _ago,
    "count": _count, "many": _many, "now": _today, "other season": _other_season, "weekday": _on_weekday,
}  # fmt: skip
