"""Dates as a person would write them, from EDTF (ISO 8601-2) and the words of the article; names and patterns are CLDR's."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from layers._bidi import kept_apart
from layers._messages import joined, load_messages, locale_of, quoted, say
from layers._rules import said_again
from sources import ReportedPlan

_ISO = re.compile(r"(?<![\d-])\d{4}-\d\d(?:-\d\d)?(?![\d-])", re.ASCII)
_DATE = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)
_LEADS = ("by", "before", "after", "not before", "no later than", "by the end of", "at the end of", "as early as", "since", "until")
"""What may stand before a date and changes what it means; kept where the article says it. Keys of the messages."""

_EMPTY = frozenset({"in", "on", "the", "of", "during", "at", "from", "for", "and", "to", "between", "through"})
"""Words without which a date says the same."""

_LEAP = "2000"
"""Stands in for a year that is not known, which is then not written: it has every day that any year has."""


def date_words(edtf: str, messages: dict[str, str]) -> str:
    """Write an EDTF date or interval for a person; what has another form stays as it is.

    >>> words = load_messages()
    >>> [date_words(date, words) for date in ("2024-07", "2024-23", "XXXX-12", "2012/..", "../2031", "2024/2026", "2024-03-05")]
    ['July 2024', 'autumn 2024', 'December, year not stated', 'from 2012 on', 'until 2031', '2024–2026', '5 March 2024']
    >>> date_words("2026-08-10/2026-08-16", words), date_words("2024-12-05", load_messages("ja"))
    ('10–16 August 2026', '2024年12月5日')
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf, messages)
    if end in ("..", ""):
        return _one(start, messages, "date.from")
    if start in ("..", ""):
        return _one(end, messages, "date.until")
    one, other = _DATE.fullmatch(start), _DATE.fullmatch(end)
    if one and other and one["day"] and other["day"] and start[:7] == end[:7] and (days := _days(start, end, messages["locale"])):
        return days
    years = start.isdigit() and end.isdigit()
    return say(messages, "date.years" if years else "date.span", start=_one(start, messages), end=_one(end, messages))


def _one(edtf: str, messages: dict[str, str], bound: str = "") -> str:
    """Write one date; ``bound`` is the message that says what it bounds, which goes with the date and not with the missing year."""
    match = _DATE.fullmatch(edtf)
    words = (_bare(match["year"], match["month"], match["day"], messages) if match else "") or kept_apart(edtf)
    if bound:
        words = say(messages, bound, date=words)
    return say(messages, "date.yearless", date=words) if match and match["year"] == "XXXX" and match["month"] else words


def _bare(year: str, month: str | None, day: str | None, messages: dict[str, str]) -> str:
    """Write a date, without its year where that is not known; empty where it names no day, month or part of a year that there is."""
    known, locale = year != "XXXX", messages["locale"]
    if month is None:
        return _formed("y", locale, year) if known else ""
    if part := messages.get(f"date.part.{month}"):
        return say(messages, "date.season" if int(month) < 30 else "date.of", date=part, year=year) if known else part
    if day:
        return _formed("long", locale, year, month, day) if known else _formed("MMMMd", locale, _LEAP, month, day)
    return _formed("yMMMM", locale, year, month) if known else _formed("MMMM", locale, _LEAP, month)


@lru_cache(maxsize=4096)
def _formed(form: str, locale: str, year: str, month: str = "01", day: str = "01") -> str:
    """Write a date by CLDR's long form, by one of its skeletons or by a field; empty for a day that there is not."""
    try:
        when = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    known = locale_of(locale)
    return format_skeleton(form, when, locale=known) if form in known.datetime_skeletons else format_date(when, form, locale=known)


def _days(start: str, end: str, locale: str) -> str:
    """Write days of one month by CLDR's pattern for such an interval, the month in full; empty for days that there are not."""
    known = locale_of(locale)
    parts = [re.sub(r"(?<!M)MMM(?!M)", "MMMM", part) for part in known.interval_formats["yMMMd"]["d"]]
    try:
        return "".join(format_date(date.fromisoformat(day), part, locale=known) for day, part in zip((start, end), parts, strict=True))
    except ValueError:
        return ""


def when_words(plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say when a plan is to be: the date, the article's words where they differ from it, and where a year was taken from.

    Empty where the article does not say.

    >>> plan = ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=(), when="XXXX-12", when_said="by December")
    >>> when_words(plan, load_messages()), when_words(plan, load_messages("ja"))
    ('by December, year not stated', '12月までに（年は記載なし）')
    """
    said = plan.when_said.strip()
    if not plan.when:
        return quoted(messages, said) if said else ""
    lead = next((lead for lead in sorted(_LEADS, key=len, reverse=True) if said.casefold().startswith(f"{lead} ")), "")
    words = _bounded(plan.when, lead, messages)
    notes = [quoted(messages, said)] if said and not _same(said, _bounded(plan.when, lead, load_messages())) else []
    if source := re.match(r"(?P<how>the year is taken|counted) from (?P<what>.+)", plan.when_note):
        key = "date.counted" if source["how"] == "counted" else "date.year-from"
        start, *others = source["what"].split("; ")
        what = _ISO.sub(lambda iso: date_words(iso[0], messages), said_again(start, messages))
        notes += [say(messages, key, source=what), *(said_again(other, messages) for other in others)]
    return say(messages, "noted", words=words, notes=joined(messages, notes, wide=True)) if notes else words


def _bounded(edtf: str, lead: str, messages: dict[str, str]) -> str:
    """Write a date with what stands before it in the article."""
    bare = edtf.replace("..", "").strip("/") if lead in ("since", "until") else edtf
    return _one(bare, messages, f"date.lead.{lead}") if lead and "/" not in bare else date_words(edtf, messages)


def _same(said: str, words: str) -> bool:
    """Whether the article's words say no more than the date as it is written in English."""
    return _kernel(said) == _kernel(words.removesuffix(say(load_messages(), "date.yearless", date="")))


def _kernel(words: str) -> list[str]:
    """Return what words say of a date, in whatever order."""
    return sorted(word for word in re.findall(r"\w+", words.casefold()) if word not in _EMPTY)
