"""Dates as a person would write them, from EDTF (ISO 8601-2) and the words of the article."""

from __future__ import annotations

import re

from layers._messages import say
from sources import ReportedPlan

_DATE = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_ISO = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_LEADS = ("by", "before", "after", "not before", "no later than", "by the end of", "at the end of", "as early as", "since", "until")
"""What may stand before a date and changes what it means; kept where the article says it. Keys of the messages."""

_EMPTY = frozenset({"in", "on", "the", "of", "during", "at", "from", "for", "and", "to", "between", "through"})
"""Words without which a date says the same."""


def date_words(edtf: str, messages: dict[str, str]) -> str:
    """Write an EDTF date or interval for a person; what has another form stays as it is.

    >>> from layers._messages import load_messages
    >>> words = load_messages()
    >>> [date_words(date, words) for date in ("2024-07", "2024-23", "XXXX-12", "2012/..", "../2031", "2024/2026", "2024-03-05")]
    ['July 2024', 'autumn 2024', 'December, year not stated', 'from 2012 on', 'until 2031', '2024–2026', '5 March 2024']
    >>> date_words("2026-08-10/2026-08-16", words)
    '10–16 August 2026'
    """
    start, slash, end = edtf.partition("/")
    if not slash:
        return _one(edtf, messages)
    if end in ("..", ""):
        return say(messages, "date.from", date=_one(start, messages))
    if start in ("..", ""):
        return say(messages, "date.until", date=_one(end, messages))
    one, other = _DATE.fullmatch(start), _DATE.fullmatch(end)
    if one and other and one["day"] and other["day"] and start[:7] == end[:7]:
        return say(messages, "date.days", start=str(int(one["day"])), end=_one(end, messages))
    years = start.isdigit() and end.isdigit()
    return say(messages, "date.years" if years else "date.span", start=_one(start, messages), end=_one(end, messages))


def _one(edtf: str, messages: dict[str, str]) -> str:
    """Write one date."""
    match = _DATE.fullmatch(edtf)
    if match is None:
        return edtf
    year, month, day = match["year"], match["month"], match["day"]
    if month is None:
        return year if year != "XXXX" else edtf
    name = messages.get(f"date.part.{month}")
    if name is None:
        return edtf
    words = f"{int(day)} {name}" if day else name
    if year == "XXXX":
        return say(messages, "date.yearless", date=words)
    return say(messages, "date.of", date=words, year=year) if int(month) > 30 else f"{words} {year}"


def when_words(plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say when a plan is to be: the date, the article's words where they differ from it, and where a year was taken from.

    Empty where the article does not say.

    >>> from layers._messages import load_messages
    >>> plan = ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=(), when="XXXX-12", when_said="by December")
    >>> when_words(plan, load_messages())
    'by December, year not stated'
    """
    said = plan.when_said.strip()
    if not plan.when:
        return f"“{said}”" if said else ""
    words = date_words(plan.when, messages)
    lead = next((lead for lead in sorted(_LEADS, key=len, reverse=True) if said.casefold().startswith(f"{lead} ")), "")
    if lead in ("since", "until"):
        bare = plan.when.replace("..", "").strip("/")
        words = say(messages, f"date.lead.{lead}", date=_one(bare, messages)) if "/" not in bare else words
    elif lead and "/" not in plan.when:
        words = say(messages, f"date.lead.{lead}", date=words)
    notes = [f"“{said}”"] if said and _kernel(said) != _kernel(words.removesuffix(say(messages, "date.yearless", date=""))) else []
    if source := re.match(r"(?P<how>the year is taken|counted) from (?P<what>.+)", plan.when_note):
        what = _ISO.sub(lambda iso: date_words(iso[0], messages), source["what"]).replace("'", "’")
        notes.append(say(messages, "date.counted" if source["how"] == "counted" else "date.year-from", source=what))
    return f"{words} ({'; '.join(notes)})" if notes else words


def _kernel(words: str) -> list[str]:
    """Return what words say of a date, in whatever order."""
    return sorted(word for word in re.findall(r"\w+", words.casefold()) if word not in _EMPTY)
