"""When a sentence says a plan is to be, in EDTF (ISO 8601-2) and no sharper than the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    m: i
    for i, m in enumerate(
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"], 1
    )
}
_MONTHS |= {m[:3]: i for m, i in _MONTHS.items()} | {"sept": 9}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_FULL = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?P<month>{_FULL}|Jan\.?|Feb\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?)"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})"
_SEASON = "spring|summer|autumn|fall|winter"
_LEAD = (
    r"(?P<lead>by the end of|at the end of|by the middle of|no later than|not before|as early as|as of"
    r"|starting in|starting|beginning in|from"
    r"|since|until|till|through|by|before|after|in|on|for|during|late in|early in|later in|of|this coming)?"
    r"\s*(?:(?P<part>late|early|mid|mid-)[\s-])?"
)
_SOURCES = (
    rf"\b{_LEAD}{_DAY} {_MONTH},? {_YEAR}\b",
    rf"\b{_LEAD}{_MONTH} {_DAY}(?:, {_YEAR})?\b(?!,? \d)",
    rf"\b{_LEAD}{_DAY} {_MONTH}\b",
    rf"\b{_LEAD}{_MONTH},? (?:of )?{_YEAR}\b",
    rf"\b{_LEAD}(?P<season>{_SEASON})(?: of)? {_YEAR}\b",
    rf"\b(?P<lead>by|in|from|until|before)?\s*(?:the )?(?P<ordinal>first|second|third|fourth) (?P<unit>quarter|half) of {_YEAR}\b",
    rf"\b(?P<lead>from|between)\s+{_YEAR}\s+(?:to|until|and|through)\s+(?P<year2>(?:19|20)\d\d)\b",
    rf"\b{_LEAD}(?:the end of )?{_YEAR}\b(?!\s*(?:km|people|soldiers|troops|tonnes|tons))",
    r"\b(?P<lead>in|by|since|until|from|before|after|during|for|late|early|mid|this|next|last)\s+"
    rf"(?:(?P<part>late|early|mid)[\s-])?{_MONTH}\b(?! \d)",
    r"\b(?P<lead>by|in|from|until|before|after|later|starting|beginning)?\s*(?:the )?(?:end of )?"
    r"(?P<relative>next|last|this|the coming|the following) "
    rf"(?P<unit>year|month|week|decade|quarter|{_SEASON}|{_FULL})\b",
    r"\b(?P<lead>by the end of|at the end of|before the end of|by) (?P<relative>the|this|next) (?P<unit>year|month|decade)\b",
    r"\b(?P<relative>within|in) (?P<count>\d+|one|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>year|month|week)s\b",
    r"\b(?P<lead>on|by|before|since)?\s*(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    r"\b(?P<relative>today|tomorrow|yesterday)\b",
)
_PATTERNS = [re.compile(source.replace(" ", r"\s+"), re.IGNORECASE) for source in _SOURCES]
_DATED_ITEM = re.compile(rf"\b(?:{_MONTH} (?P<day>\d{{1,2}}), (?P<year>(?:19|20)\d\d)|(?P<iso>(?:19|20)\d\d-\d\d-\d\d))\b")


@dataclass(frozen=True, slots=True)
class When:
    """A time as said, its EDTF or None, how it was resolved, and where it stands (code points into the sentence)."""

    said: str
    edtf: str | None
    note: str
    start: int
    lead: str


@dataclass(frozen=True, slots=True)
class Reference:
    """The day that relative words count from, and where that day comes from; None where the article has no date."""

    day: date | None
    source: str


def reference(article_date: str, text: str) -> Reference:
    """Return what "next year" counts from: the article's date, else a dated item inside ``text``, else nothing."""
    m = re.match(r"(\d{4})-(\d\d)-(\d\d)", article_date)
    if m:
        return Reference(date(int(m[1]), int(m[2]), int(m[3])), "the article's date")
    item = _DATED_ITEM.search(text)
    if item:
        if item["iso"]:
            return Reference(date.fromisoformat(item["iso"]), f"an item dated {item['iso']} inside the article")
        try:
            day = date(int(item["year"]), _MONTHS[item["month"].lower().rstrip(".")], int(item["day"]))
        except ValueError:
            return Reference(None, "")
        return Reference(day, f"an item dated {day.isoformat()} inside the article")
    return Reference(None, "")


def times(sentence: str, ref: Reference, *, ahead: bool = False) -> list[When]:
    """Return the times that ``sentence`` names, in order, none inside another; offsets are code points into ``sentence``.

    ``ahead`` says that a bare weekday is one to come.
    """
    taken: list[tuple[int, int]] = []
    found: list[When] = []
    for pattern in _PATTERNS:
        for m in pattern.finditer(sentence):
            if any(m.start() < e and s < m.end() for s, e in taken):
                continue
            if m.groupdict().get("month") and m["month"].lower() == "may" and m["month"] != "May":
                continue
            edtf, note = _resolve(m, ref, ahead)
            taken.append((m.start(), m.end()))
            said = " ".join(m[0].split())
            found.append(When(said, edtf, note, m.start() + len(m[0]) - len(m[0].lstrip()), (m.groupdict().get("lead") or "").lower()))
    return sorted(found, key=lambda w: w.start)


def _resolve(m: re.Match[str], ref: Reference, ahead: bool) -> tuple[str | None, str]:
    g = {k: v for k, v in m.groupdict().items() if v}
    lead = g.get("lead", "").lower()
    if "year2" in g:
        return f"{g['year']}/{g['year2']}", "as said"
    if "weekday" in g or g.get("relative", "").lower() in {"today", "tomorrow", "yesterday"}:
        return _near_day(m[0], ref, ahead)
    month = _MONTHS.get(g["month"].lower().rstrip(".")) if "month" in g else None
    if g.get("relative") or lead in {"this", "next", "last"}:
        return _relative(g, ref, lead, month)
    year, note = g.get("year"), "as said"
    if year is None:
        assert month is not None
        if ref.day is None:
            return _bounded(lead, f"XXXX-{month:02d}" + (f"-{int(g['day']):02d}" if "day" in g else "")), "no year is stated"
        year, note = str(_year_near(month, ref.day, lead)), f"the year is taken from {ref.source}"
    if "season" in g:
        return _bounded(lead, f"{year}-{_SEASONS[g['season'].lower()]}"), note
    if "ordinal" in g:
        number = ["first", "second", "third", "fourth"].index(g["ordinal"].lower())
        return _bounded(lead, f"{year}-{(33 if g['unit'].lower() == 'quarter' else 40) + number}"), note
    value = year + (f"-{month:02d}" if month else "") + (f"-{int(g['day']):02d}" if "day" in g else "")
    return _bounded(lead, value), note


def _bounded(lead: str, value: str) -> str:
    """ "since 2019" is open to the right, "until 2031" to the left; "by December" is written as December, the words keep the "by"."""
    if lead in {"since", "from", "starting", "starting in", "beginning in"}:
        return f"{value}/.."
    if lead in {"until", "till", "through"}:
        return f"../{value}"
    return value


def _year_near(month: int, day: date, lead: str) -> int:
    """The year that a bare month means in news: the nearest such month, the coming one where neither is nearer."""
    if lead in {"since", "last", "after"}:
        return day.year if month <= day.month else day.year - 1
    distance = month - day.month
    if distance < -6:
        return day.year + 1
    return day.year - 1 if distance > 9 else day.year


def _relative(g: dict[str, str], ref: Reference, lead: str, month: int | None) -> tuple[str | None, str]:
    if ref.day is None:
        return None, "counts from the article's date, which is not stated"
    word = g.get("relative", lead).lower()
    step = {"next": 1, "last": -1, "the coming": 1, "the following": 1}.get(word, 0)
    unit = g.get("unit", "").lower()
    note = f"counted from {ref.source}"
    if "count" in g:
        if word == "in" or word == "within":
            return None, "a span from now, kept as said"
    if month or unit in _MONTHS:
        number = month or _MONTHS[unit]
        year = ref.day.year + (step if step and (number - ref.day.month) * step <= 0 else 0)
        return f"{year}-{number:02d}", note
    if unit == "year":
        return str(ref.day.year + step), note
    if unit == "month":
        index = ref.day.year * 12 + ref.day.month - 1 + step
        return f"{index // 12}-{index % 12 + 1:02d}", note
    if unit in _SEASONS:
        return f"{ref.day.year + step}-{_SEASONS[unit]}", note
    return None, "kept as said"


def _near_day(said: str, ref: Reference, ahead: bool) -> tuple[str | None, str]:
    """A weekday or "today", through dateparser, from the reference day."""
    if ref.day is None:
        return None, "counts from the article's date, which is not stated"
    from datetime import datetime

    import dateparser

    word = re.sub(r"^(on|by|before|since)\s+", "", said.strip(), flags=re.I)
    parsed = dateparser.parse(
        word,
        languages=["en"],
        settings={"RELATIVE_BASE": datetime(ref.day.year, ref.day.month, ref.day.day), "PREFER_DATES_FROM": "future" if ahead else "past"},
    )
    return (parsed.date().isoformat(), f"counted from {ref.source}") if parsed else (None, "kept as said")
