"""When a sentence says a plan is to be, in EDTF (ISO 8601-2) and no sharper than the words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sources._calendar import AS_SAID, CLOSE, MONTHS, OPEN, Now, Value, bounded, first, last, month_number, season_code, value
from sources._times import Found, found_in, joiner, moved_from

_NAMES = "|".join((*(m.title() for m in MONTHS), *(rf"{m[:3].title()}\.?" for m in MONTHS), r"Sept\.?"))
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DATED_ITEMS = tuple(
    re.compile(rf"(?<![\w-])(?:(?P<before>\w+)[ \t]+)?{source}\b")
    for source in (
        rf"(?P<month>{_NAMES})\s+(?P<day>\d{{1,2}}),\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})\s+(?P<month>{_NAMES})\s+{_YEAR}",
        rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)",
    )
)
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUND = 40
_TOLD = frozenset(
    {"on", "since", "by", "until", "till", "from", "of", "to", "before", "after", "between", "and", "through", "in", "for", "the"}
)
"""Words that make a date part of what is told, and no date of an item."""
_NOW = re.compile(r"\b(?:between|from) now (?:(?:and|until|till|to|through) )?(?:about |around )?\Z", re.IGNORECASE)

_ONWARDS = re.compile(r"\s+onwards?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as said, its EDTF or None, how it was resolved, and where it stands.

    ``start`` and ``end`` are code points into the sentence, half-open, with the words in front that belong to it; ``lead`` is the bound or
    preposition among these, in lower case ("by", "no later than"), or "". ``bare_day`` tells a weekday, "today" and the like, which in news
    is often the day on which something was said.

    >>> When(said="by December", edtf="XXXX-12", note="no year is stated", start=0, end=11, lead="by").edtf
    'XXXX-12'
    """

    said: str
    edtf: str | None
    note: str
    start: int
    end: int
    lead: str = ""
    bare_day: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """The day that relative words count from, and where that day comes from; None where the article has no date."""

    day: date | None
    source: str


def reference(article_date: str, text: str) -> Reference:
    """Return what "next year" counts from: the article's date, else the first dated item inside ``text``, else nothing.

    A dated item is a date that stands by itself ("Harbour Desk @harbour May 4, 2026"), not one that the prose tells ("on May 4, 2026").

    >>> reference("", "Harbour Desk @harbour May 4, 2026").day
    datetime.date(2026, 5, 4)
    """
    m = re.match(r"(\d{4})-(\d\d)-(\d\d)", article_date)
    if m:
        day = _date(int(m[1]), int(m[2]), int(m[3]))
        if day:
            return Reference(day, "the article's date")
    items = sorted({m.start(): m for m in _dated_items(text)}.items())
    for _, item in items:
        if (item["before"] or "").lower() in _TOLD:
            continue
        number = item.groupdict().get("number")
        month = int(number) if number else month_number(item["month"].lower())
        day = _date(int(item["year"]), month, int(item["day"]))
        if day:
            return Reference(day, f"an item dated {day.isoformat()} inside the article")
    return Reference(None, "")


def _dated_items(text: str) -> Iterator[re.Match[str]]:
    """The dates with a year in ``text``; only what stands round a year is looked at."""
    for year in _ANY_YEAR.finditer(text):
        start, end = max(0, year.start() - _ROUND), min(len(text), year.end() + _ROUND)
        for pattern in _DATED_ITEMS:
            for m in pattern.finditer(text, start, end):
                if m.start("year") == year.start():
                    yield m


def _date(year: int, month: int, day: int) -> date | None:
    """The day that relative words can count from, or None where there is no such day, or none with four digits far around it."""
    try:
        return date(year, month, day) if 1583 <= year <= 8999 else None
    except ValueError:
        return None


def times(sentence: str, ref: Reference, *, ahead: bool = False) -> list[When]:
    """Return the times that ``sentence`` names, in order, none inside another; offsets are code points into ``sentence``.

    ``ahead`` says that what the sentence tells is to come, and so is a time without a year.

    >>> [w.edtf for w in times("Work runs from May to July.", Reference(date(2026, 3, 1), "the article's date"))]
    ['2026-05/2026-07']
    """
    found = found_in(sentence)
    if not found:
        return []
    now = Now(ref.day, ref.source, ahead)
    made: list[When] = []
    k = 0
    while k < len(found):
        one = found[k]
        other = found[k + 1] if k + 1 < len(found) else None
        word = joiner(one, other, sentence) if other else ""
        if other and word and moved_from(one, sentence):
            k += 1
            continue
        both = _both(one, other, word, now) if other and word else None
        if both and other:
            made.append(_when(sentence, one.start, other.end, both, one.lead))
            k += 2
            continue
        made.append(_alone(sentence, one, now))
        k += 1
    return made


def _when(sentence: str, start: int, end: int, made: Value, lead: str) -> When:
    said = " ".join(sentence[start:end].split())
    return When(said=said, edtf=made.edtf, note=made.note, start=start, end=end, lead=lead)


def _alone(sentence: str, found: Found, now: Now) -> When:
    made = value(found, now)
    head = _NOW.search(sentence[max(0, found.start - 40) : found.start])
    if head and made.edtf and now.day:
        begin = now.day.isoformat()[: len(last(made.edtf).rstrip("~?%"))]
        span = Value(f"{begin}/{last(made.edtf)}", f"counted from {now.source}")
        return _when(sentence, found.start - len(head[0]), found.end, span, "between")
    onwards = _ONWARDS.match(sentence, found.end)
    lead = "from" if onwards and not found.lead else found.lead
    when = _when(sentence, found.start, onwards.end() if onwards else found.end, bounded(made, lead), lead)
    return replace(when, bare_day=found.sort in ("weekday", "now"))


def _both(one: Found, other: Found, word: str, now: Now) -> Value | None:
    """Two times with "to", "and" or "or" between them as one interval, or None where they are two times."""
    if one.lead in CLOSE or one.get("to") or other.get("to"):
        return None
    if one.sort == other.sort == "weekday":
        return _days(one, other, word, now)
    stated = bool(one.get("year"))
    one = _with_year_of(one, other)
    a, b = value(one, now), value(replace(other, lead=one.lead if one.lead not in OPEN else ""), now)
    if not a.edtf or not b.edtf:
        return Value(None, a.note if not a.edtf else b.note) if word not in ("and",) or one.lead == "between" else None
    if ("X" in a.edtf[:2]) != ("X" in b.edtf[:2]):
        return None
    start, end = first(a.edtf), last(b.edtf)
    if not start or not end or (word == "and" and one.lead != "between" and not _next_to(a.edtf, b.edtf)):
        return None
    if word not in ("and", "or") and one.sort != other.sort and not (one.lead == "from" or {one.sort, other.sort} <= _DATES):
        return None
    note = next((n for n in (a.note, b.note) if n != AS_SAID), AS_SAID)
    codes = season_code(start), season_code(end)
    if all(codes) and start[:4] == end[:4] and codes[0] > codes[1]:
        return Value(None, "kept as said: which year depends on the hemisphere")
    if "X" not in start + end and _plain(start) > _plain(end):
        if stated or one.sort not in ("month", "day", "season"):
            return None
        start = f"{int(start[:4]) - 1}{start[4:]}" if other.get("year") else start
        end = end if other.get("year") else f"{int(end[:4]) + 1}{end[4:]}"
    return Value(f"{start}/{end}", note if word != "or" else "either of the two, as said" if note == AS_SAID else note)


def _days(one: Found, other: Found, word: str, now: Now) -> Value | None:
    """ "Monday to Friday": the second day is the first of its name after the first."""
    if word in ("and", "or"):
        return None
    a = value(replace(one, about=False, unsure=False), now)
    if a.edtf is None:
        return a
    b = value(replace(other, lead=""), Now(date.fromisoformat(a.edtf), now.source, True))
    return Value(f"{a.edtf}/{b.edtf}", a.note)


_DATES = frozenset({"year", "month", "day", "season", "share", "which", "decade", "iso", "fiscal"})


def _with_year_of(one: Found, other: Found) -> Found:
    """A month, day or season takes the year of the time that it is joined to ("May to July 2026")."""
    stated = [g for g in other.groups if g[0] in ("year", "this") or (g[0] == "which" and other.sort != "which")]
    own = one.get("year") or one.get("which") or one.get("this")
    return replace(one, groups=(*one.groups, *stated)) if stated and not own and one.sort in ("month", "day", "season") else one


def _plain(edtf: str) -> str:
    """A date that sorts; a season sorts as its year."""
    return edtf.rstrip("~?%")[: 4 if season_code(edtf) else 10]


def _next_to(a: str, b: str) -> bool:
    """Whether two years or months follow each other ("in 2026 and 2027")."""
    if len(a) != len(b) or len(a) not in (4, 7) or "X" in a + b or season_code(a):
        return False
    n, m = (int(e[:4]) * 12 + int(e[5:] or 0) for e in (a, b))
    return m - n == (12 if len(a) == 4 else 1)
