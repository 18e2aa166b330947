"""Where a sentence names a time: the phrases, and the words in front of them that bound or blur them. What they mean is ``_calendar``'s."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SHORT = r"Jan\.?|Feb\.?|Mar\.|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept?\.?|Oct\.?|Nov\.?|Dec\.?"
_WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_SEASONS = "spring|summer|autumn|fall|winter"
_UNITS = "hour|day|week|fortnight|month|year|decade"
_NUMBERS = (
    r"\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|fifty"
    "|a hundred|half a"
)
_Y = r"(?:19|20)\d\d"
_YEAR = rf"(?P<year>{_Y})(?![\d,]\d)"
_WHICH = "this coming|this past|this|next|last|the coming|the following|the previous|the past|the current"
_YEAR_OR = rf"(?:{_YEAR}|(?P<which>this|next|last|the coming|the following) year\b|(?P<this>the) year\b)"
_MONTH = rf"(?P<month>{_MONTHS}|{_SHORT})(?!\w)"
_DAY = r"(?<![\d.,/])(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DAY2 = r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?"
_ON = rf"(?:(?:{_WEEKDAYS}),? (?:the )?)?"
_TO = r"(?:\s?[-–—]\s?| (?:to|through|until|till|and) )"
_ENDING = r"(?:['’]s)?"
_TURNS = "next|coming|following|past|last|previous"
_SOME = "about|around|some|roughly|nearly|less than|fewer than|under|at most|approximately"


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source.replace(" ", r"\s+"), re.IGNORECASE)


_SOURCES: tuple[tuple[str, str, str], ...] = (
    ("y", "iso", rf"(?<![\d-])(?P<year>{_Y})-(?P<number>\d\d)-(?P<day>\d\d)(?![\d-])"),
    ("y", "slash", rf"(?<![\d/.])(?P<a>\d{{1,2}})(?P<mark>[/.])(?P<b>\d{{1,2}})(?P=mark)(?P<year>{_Y})(?![\d/])"),
    ("m", "day", rf"{_ON}{_DAY}{_TO}{_DAY2} (?:of )?{_MONTH}(?:,? {_YEAR_OR})?"),
    ("m", "day", rf"\b{_ON}{_MONTH} {_DAY}{_TO}{_DAY2}(?!\d)(?:,? {_YEAR_OR})?"),
    ("m", "day", rf"{_ON}{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR_OR})?"),
    ("m", "day", rf"\b{_ON}{_MONTH} {_DAY}(?![\d,]*\d)(?:,? {_YEAR_OR})?"),
    ("m", "day", rf"\b{_ON}{_MONTH} {_DAY}, {_YEAR}"),
    ("m", "month", rf"\b{_MONTH},? (?:of )?{_YEAR_OR}"),
    ("s", "season", rf"\b(?P<season>{_SEASONS})(?: of)? {_YEAR_OR}(?:[-–/]\d\d\b)?"),
    ("u", "share", rf"\b(?P<nth>first|second|third|fourth|last|final|1st|2nd|3rd|4th)[\s-](?P<share>quarter|half)(?: of)? {_YEAR_OR}"),
    ("y", "share", rf"\b(?P<nth>[QH][1-4])(?: of)?[\s/-]?{_YEAR}"),
    ("y", "share", rf"\b{_YEAR}[\s-]?(?P<nth>[QH][1-4])\b"),
    ("u", "share", r"\b(?P<nth>first|second|third|fourth|last|final)[\s-](?P<share>quarter)\b(?! of)"),
    ("y", "fiscal", rf"\b(?:(?:fiscal|financial)(?: year)?|FY)[\s-]?{_YEAR}(?:[-–/]\d\d\b)?"),
    ("y", "fiscal", rf"\b{_YEAR} (?:fiscal|financial|budget) year\b"),
    ("y", "decade", r"\b(?P<decade>(?:19|20)\d0)s\b"),
    ("y", "span", rf"(?<![\d.,/$€£-])\b(?P<year>{_Y})\s?[-–—/]\s?(?P<to>{_Y}|\d\d)(?![\d%-])"),
    ("y", "year", rf"(?:(?<![\d.,/$€£#-])|(?<=mid-)|(?<=early-)|(?<=late-))\b{_YEAR}(?![\d/%:]|-\d|\.\d)"),
    (
        "u",
        "count",
        rf"\b(?:(?P<how>within|inside|in|over|during|for|throughout) (?:the )?(?:(?P<turn>{_TURNS}) )?"
        rf"|the (?P<turn2>{_TURNS}) (?={_NUMBERS}))(?:(?:{_SOME}) )?"
        rf"(?:(?:(?P<low>{_NUMBERS})(?:\s?[-–]\s?| (?:to|or) ))?(?P<count>{_NUMBERS})[\s-](?P<unit>{_UNITS})s?|(?P<only>decade|year))\b"
        r"(?:['’] time)?(?=(?P<event> (?:of|after|before|from(?! now))\b)?)",
    ),
    (
        "u",
        "many",
        r"\b(?P<how>within|in|over|during|for) (?:the )?(?P<turn>coming|following|next few|next several|next couple of|recent"
        rf"|past few|last few|past several|last several|past|last|next) (?P<unit>{_UNITS})s\b",
    ),
    ("u", "many", rf"\b(?P<how>in) the (?P<unit>{_UNITS})s (?P<turn>ahead|to come)\b"),
    ("u", "many", rf"\b(?P<how>within) (?:a few |a couple of )?(?P<unit>{_UNITS})s\b"),
    ("u", "after next", r"\bthe (?P<unit>year|month|week|decade) after next\b"),
    ("u", "new year", r"\b(?:the )?new year\b"),
    ("u", "fiscal", rf"\b(?P<which>{_WHICH}) (?:fiscal|financial|budget) year\b"),
    (
        "umsw",
        "which",
        rf"\b(?P<which>{_WHICH}) (?P<unit>(?:calendar )?year|month|week(?:end)?|decade|century|quarter|{_SEASONS}|{_MONTHS}|{_WEEKDAYS})\b"
        rf"{_ENDING}(?! ago| of)",
    ),
    ("u", "edge", r"\b(?:the )?(?P<unit>year|month|week|decade|century)(?:['’]s[\s-]|[\s-])end\b"),
    ("u", "edge", r"\bthe (?P<unit>year|month|week|decade|century)\b(?! (?:of|before|after|when|that))"),
    ("u", "ago", rf"\b(?:(?:{_SOME}) )?(?P<count>{_NUMBERS}) (?P<unit>{_UNITS})s? (?P<turn>ago|from now|hence)\b"),
    ("u", "ago", rf"\b(?P<many>several|a few|many) (?P<unit>{_UNITS})s (?P<turn>ago|from now)\b"),
    ("d", "now", r"\b(?P<now>today|tonight|tomorrow|yesterday|this morning|this afternoon|this evening)\b"),
    (
        "s",
        "other season",
        r"\b(?:this|next|last|the coming|the) "
        r"(?:dry|rainy|wet|monsoon|hurricane|typhoon|cyclone|fire|planting|harvest|growing|fishing|lean|sowing) season\b",
    ),
    ("w", "weekday", rf"\b(?P<weekday>{_WEEKDAYS})\b(?: (?:morning|afternoon|evening|night)\b)?"),
    ("m", "month", rf"\b{_MONTH}(?! \d)"),
    ("s", "season", rf"\b(?P<season>{_SEASONS})\b(?! of)"),
)
_LEADS = (
    "no later than|not later than|no earlier than|not earlier than|not before|as early as|as late as|as soon as|as of|as from"
    "|starting in|starting on|starting from|starting|beginning in|beginning on|beginning|some ?time in|up until|up to|this coming"
    "|by|before|after|in|on|for|during|since|until|till|throughout|through|from|between|at|within"
)
_PARTS = (
    r"(?:the )?(?:very )?(?:end|start|beginning|middle|close|turn|early part|latter part|rest|remainder|course) of"
    r"|(?:the )?(?:first|second|third|fourth|last|final|early|closing|opening) (?:few )?(?:weeks?|days?|months?|half|fortnight|weekend"
    rf"|{_WEEKDAYS}) of"
    r"|(?:the )?week (?:of|beginning|starting|commencing)|(?:the )?(?:early|late|mid)|(?:early|late|later|earlier) (?:in|on)|later|earlier"
)
_PREFIX = _compiled(
    r"(?<![\w-])(?:(?P<unsure>perhaps|possibly|maybe|probably|tentatively|presumably) )?"
    rf"(?:(?P<lead>{_LEADS}) )?(?:(?P<unsure2>perhaps|possibly|maybe|probably) )?"
    r"(?:(?P<about>about|around|approximately|roughly|circa|c\.|ca\.) )?"
    rf"(?:(?P<part>{_PARTS})[\s-]+)?(?:the )?(?:year )?\Z"
)
_NEED = frozenset({"month", "season", "edge", "share", "new year"})
"""Sorts that are times only behind a word that says so ("in May", "by summer", "the end of the year")."""
_FLAGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("y", ("20", "19")),
    ("u", ("year", "month", "week", "day", "hour", "decade", "fortnight", "quarter", "half", "centur")),
    ("d", ("today", "tonight", "tomorrow", "yesterday", "this ")),
    ("w", ("nday", "sday", "riday", "urday")),
    ("s", ("season", "spring", "summer", "autumn", "fall", "winter")),
)
_MONTH_STEMS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SINCE_LONG = re.compile(r"\b(?:first|only|time|\w+est|most|least|once|every|twice)\b[^.;:]{0,40}$", re.IGNORECASE)
_VERB_AFTER_MAY = re.compile(r"\s+(?:[a-z]+ed|said|says|took|won|lost|left|leaves|told|be|have|not)\b")
_LED = re.compile(r"\b(?:in|by|since|until|from|before|after|during)\s+\Z", re.IGNORECASE)
_OWNER = re.compile(r"(?:\b(?:the|its|his|her|their|our|a|in|by|of|for|since|until|from|before|after|during|to)|['’]s)\s+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """A time's phrase: where it stands with the words in front, its sort, what its pattern caught, and those words.

    ``start`` and ``core`` are where the words in front and the phrase itself begin; both and ``end`` are code points into the sentence.
    """

    start: int
    core: int
    end: int
    sort: str
    groups: tuple[tuple[str, str], ...]
    lead: str = ""
    part: str = ""
    about: bool = False
    unsure: bool = False

    def get(self, name: str) -> str:
        """What the pattern caught under a name, in lower case, or ""."""
        return next((value for key, value in self.groups if key == name), "")


@cache
def _words(name: str) -> frozenset[str]:
    lists = json.loads((Path(__file__).parent / "data" / "times.json").read_text(encoding="utf-8"))
    return frozenset(lists[name])


def found_in(sentence: str) -> list[Found]:
    """Return the phrases of time in ``sentence``, in order, none inside another."""
    lower = sentence.lower()
    triggers = {flag for flag, parts in _FLAGS if any(p in lower for p in parts)}
    if any(stem in sentence for stem in _MONTH_STEMS):
        triggers.add("m")
    if not triggers:
        return []
    taken: list[Found] = []
    for needs, sort, source in _SOURCES:
        if triggers.isdisjoint(needs):
            continue
        for m in _compiled(source).finditer(sentence):
            if any(m.start() < f.end and f.core < m.end() for f in taken):
                continue
            if _is_none(m, sort, sentence):
                continue
            taken.append(_with_prefix(m, sort, sentence))
    taken = sorted((f for f in taken if not any(o.start <= f.core < o.core for o in taken)), key=lambda f: f.core)
    return [f for k, f in enumerate(taken) if _stands(f, taken[k - 1] if k else None, taken[k + 1 : k + 2], sentence)]


def _with_prefix(m: re.Match[str], sort: str, sentence: str) -> Found:
    """Take the words in front of a phrase into it, unless they belong to something else."""
    groups = tuple((k, " ".join(v.lower().split())) for k, v in m.groupdict().items() if v)
    found = Found(m.start(), m.start(), m.end(), sort, groups)
    if sort == "count":
        return found
    before = sentence[max(0, m.start() - 70) : m.start()]
    prefix = _PREFIX.search(before)
    if prefix is None or not any(prefix.groups()):
        return found
    start = m.start() - len(before) + prefix.start()
    about = bool(prefix["about"])
    if about and prefix["about"].lower() == "about" and not prefix["lead"]:
        last = before[: prefix.start()].lower().split()
        if last and last[-1] in _words("not_about"):
            return found
    return replace(
        found,
        start=start,
        lead=" ".join((prefix["lead"] or "").lower().split()),
        part=" ".join((prefix["part"] or "").lower().split()),
        about=about,
        unsure=bool(prefix["unsure"] or prefix["unsure2"]),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a phrase: the text before and behind it, and the words next to it."""

    before: str
    after: str
    last: str
    word: str


def _is_none(m: re.Match[str], sort: str, sentence: str) -> bool:
    """Whether what looks like a time is a verb, a number, or part of a name."""
    g = {k: v for k, v in m.groupdict().items() if v}
    if "month" in g and not g["month"][0].isupper():
        return True
    check = _CHECKS.get(sort)
    if check is None:
        return False
    before, after = sentence[max(0, m.start() - 70) : m.start()], sentence[m.end() : m.end() + 40]
    following = re.match(r"[\s-]+([^\W\d]+)", after)
    previous = re.search(r"(\w+)\.?[\s-]*\Z", before)
    return check(g, _Around(before, after, previous[1] if previous else "", following[1] if following else ""))


def _counts_things(g: dict[str, str], around: _Around) -> bool:
    """ "in March 14 soldiers": the number belongs to what follows."""
    return not {"year", "which", "this", "day2"} & set(g) and around.word in _words("counted")


def _is_number(g: dict[str, str], around: _Around) -> bool:
    """ "2030 people", "Vision 2030", "Resolution 1701"."""
    if around.word.lower() in _words("counted") and not _LED.search(around.before):
        return True
    if around.word.islower() and around.word.endswith("s") and around.word not in _PLAIN and not _OWNER.search(around.before):
        return True
    named = around.last.lower()
    return named in _words("programmes") | _words("numbered")


def _is_name(g: dict[str, str], around: _Around) -> bool:
    """ "the Monday Group", "Super Sunday", "the August Complex", "before May resigned"."""
    if {"year", "which", "this"} & set(g):
        return False
    day = "weekday" in g
    capital = around.word[:1].isupper()
    if capital and (around.word.lower() in _words("name_after") or (day and not _PREFIX.search(around.before))):
        return True
    if around.last[:1].isupper() and around.last.lower() in _words("name_before"):
        return True
    if day:
        return False
    if g["month"] == "May" and _VERB_AFTER_MAY.match(around.after):
        return True
    return around.last.lower() == "the" and not re.search(r"\bof\s+the\s*\Z", around.before)


def _is_duration(g: dict[str, str], around: _Around) -> bool:
    """ "for three years", "the first in a decade", "in three years of war"."""
    how = g.get("how", "").lower()
    if "turn" in g or "turn2" in g:
        return False
    if how not in ("in", "within", "inside") or ("only" in g and how == "in"):
        return True
    return how == "in" and (around.word == "of" or bool(_SINCE_LONG.search(around.before)))


_CHECKS: dict[str, Callable[[dict[str, str], _Around], bool]] = {
    "day": _counts_things,
    "year": _is_number,
    "month": _is_name,
    "weekday": _is_name,
    "count": _is_duration,
}
_PLAIN = frozenset(
    {"onwards", "is", "was", "has", "does", "as", "this", "its", "his", "us", "vessels", "plus", "versus", "unless", "always", "perhaps"}
)


def _stands(found: Found, before: Found | None, behind: list[Found], sentence: str) -> bool:
    """Whether a month, a season or "the year" has a word in front of it that makes it a time, or is one end of a span."""
    if found.sort not in _NEED or found.get("year") or found.get("which") or found.get("this"):
        return True
    if found.sort == "edge":
        return sentence[found.core : found.end].lower().endswith("end") or bool(found.part)
    if (found.lead and found.lead not in ("at", "within", "on")) or found.part or found.about:
        return True
    ahead = bool(behind) and joiner(found, behind[0], sentence)
    return bool(ahead or (before is not None and joiner(before, found, sentence)))


_JOINER = _compiled(
    rf"(?:\s*[-–—]\s*|,? (?P<word>until at least|up to|to|until|till|through|and|or) )(?:about |around )?(?:(?:{_PARTS})[\s-]+)?(?:the )?\Z"
)


def joiner(first: Found, second: Found, sentence: str) -> str:
    """The word that makes one span of two neighbouring times ("to", "and", "or", "-"), or ""."""
    between = sentence[first.end : second.core]
    m = _JOINER.match(between) if len(between) < 40 else None
    return (m["word"] or "-").lower() if m else ""


def moved_from(found: Found, sentence: str) -> bool:
    """Whether a time is only what something was moved away from ("postponed from 2026 to 2028")."""
    words = sentence[max(0, found.start - 30) : found.start].lower().split()
    return found.lead == "from" and any(w in _words("old_dates") for w in words[-2:])
