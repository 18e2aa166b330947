"""On whose word a sentence tells something: outlets that it credits, officials, people and documents, in its own words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from sources._model import Attribution

_FILE = Path(__file__).parent / "data" / "credits.json"


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return data


@cache
def listed(name: str) -> frozenset[str]:
    """Return the list ``name`` of ``credits.json`` as a set."""
    return frozenset(_data()[name])


def _any(name: str) -> str:
    """The words of a list as one group of a pattern, the longest first."""
    return "(?:" + "|".join(re.escape(w) for w in sorted(_data()[name], key=lambda w: (-len(w), w))) + ")"


_NAME = r"[A-Z][\w-]*(?: (?:and |of the |of |for )?[A-Z][\w-]*){0,4}"
_NOUN, _HEAD, _KNOWN = _any("outlet_nouns"), _any("outlet_heads"), _any("agencies")
_SAID = r"(?:(?:has|have|had|was|were) )?(?:first )?(?:reported|reports|said|says|wrote|writes|broadcast|revealed|disclosed|quoted|cited)"
_OUTLET = rf"(?:{_NAME} {_HEAD}|{_KNOWN})"
_DAY = r"(?:on |earlier |last |late |in |that\b|citing|quoting|exclusively|at |as )"
_PATTERNS = tuple(
    (words, re.compile(pattern))
    for words, pattern in (
        ((), rf"(?P<name>{_NAME}) {_NOUN}\b(?=[^.;]{{0,60}}\b{_SAID}\b)"),
        ((), rf"\b{_NOUN},? (?P<name>{_NAME})\b(?=[^.;]{{0,40}}\b{_SAID}\b)"),
        (("ccording",), rf"\b[Aa]ccording to (?:the )?(?:\w+ ){{0,2}}{_NOUN} (?P<name>{_NAME})\b"),
        (("ccording",), rf"\b[Aa]ccording to (?:;; )?(?:the )?(?P<name>{_OUTLET})\b"),
        (("ccording",), rf"\b[Aa]ccording to (?:;; )?(?:the )?(?P<name>{_NAME}) {_NOUN}\b(?! [A-Z])"),
        ((), rf"\b(?P<name>{_OUTLET}|[A-Z]{{2,5}})(?:,[^,;.]{{3,80}},)? {_SAID}\b"),
        (("reported",), rf"\b(?P<name>{_NAME}) (?:has |had )?(?:first )?reported(?=[,.]| {_DAY}|$)"),
        ((), rf"\b{_SAID}(?: by)? (?:;; )?(?:the )?(?P<name>{_OUTLET})\b(?! (?:said|that))"),
        ((), rf"\b{_SAID}(?: by)? (?:[a-z]+ )?(?:the )?(?P<name>{_NAME}) {_NOUN}\b"),
        (("reported by",), rf"\breported by (?:the )?(?P<name>{_NAME})\b"),
        (("report",), rf"\breports? (?:by|in|from|of) (?:[A-Z]\w+;; )?(?:the )?(?:{_NOUN} )?(?P<name>{_NAME})\b"),
        (("iting ", "uoting "), rf"\b(?:[Cc]iting|[Qq]uoting|[Cc]iting a report by) (?:the )?(?P<name>{_OUTLET})\b"),
        (("iting ", "uoting "), rf"\b(?:[Cc]iting|[Qq]uoting) (?:the )?(?P<name>{_NAME}) {_NOUN}\b"),
        (
            ("told ", "interview", " by "),
            rf"\b(?:told|interview with|(?:seen|obtained|reviewed) by) (?:the )?(?P<name>{_OUTLET})\b(?! (?:that )?(?:said|reported))",
        ),
        (("told ", "interview", " by "), rf"\b(?:told|interview with|(?:seen|obtained|reviewed) by) (?:the )?(?P<name>{_NAME}) {_NOUN}\b"),
        (("report", "story"), rf"\b(?P<name>{_NAME}) (?:report|story) (?:said|says|added)\b"),
    )
)
"""Ways to credit an outlet, each with the words of which a sentence must have one: looking for these first saves most of the time."""
_CUE = re.compile(
    r"[Rr]eport|said|says|wrote|writes|broadcast|revealed|disclosed|[Qq]uot|[Cc]it(?:ed|ing)|[Aa]ccording|told|interview| by "
)
"""Without one of these words a sentence credits no outlet; most sentences have none, and one look is faster than sixteen."""
_REBUTTED = re.compile(r"\b(?:reject|den[yi]|dismiss|disput|refut|contradict|rebut)\w*\b[^,;.]{0,30}$")
"""Before a report that somebody contradicts: its outlet is not on whose word the sentence tells anything."""
_WHOLE = re.compile(_OUTLET)
_NOT = {"US", "UN", "EU", "UK", "NATO", "The", "A", "An", "In", "On", "And", "But", "State", "Local", "Sunday", "Monday"}
_STOPS = r",;:.“”\"()—"
_CITING = re.compile(
    rf"\b(?:citing|quoting|quoted|cited|cites|quotes)\s+(?P<np>[^{_STOPS}]+?)(?=\s+(?:as|that|who|in a)\b|[{_STOPS}]|$)",
)
_ACCORDING = re.compile(
    rf"\b[Aa]ccording to (?P<np>(?:[^{_STOPS}]|\.(?=\S))+?)(?=\s+(?:as|in a|(?:seen|obtained|reviewed) by|on \w+day)\b|[{_STOPS}]|$)"
)
_VERB = re.compile(rf"\b(?:{'|'.join(_data()['say_verbs'])})\b")
_DOCUMENT = re.compile(
    rf"\b(?P<np>(?:[Aa]n?|[Tt]he|two|three|internal|draft|leaked)\s(?:[\w-]+\s){{0,3}}{_any('document_words')})\s+"
    r"(?:that was |were |was )?(?:seen|obtained|reviewed|published) by\s+(?P<by>[^,;.]+?)(?=[,;.]|\s+(?:shows?|says?|said)\b|$)"
)
_AFTER = re.compile(
    r"\s*,?\s*(?:(?:speaking )?on (?:the )?condition of anonymity|in an? (?:\w+ )?(?:statement|interview|report|letter|memo|briefing)"
    r"|who asked not to be (?:named|identified)|on \w+day)"
)
_BOUNDARY = re.compile(r"[,;:“”\"()—–]|\s-\s|\b(?:" + "|".join(_data()["clause_words"]) + r")\b")
_REPORTS = re.compile(
    r"(?P<np>\b(?:(?:[Rr]ecent|[Mm]edia|[Nn]ews|[Pp]ress|[Ll]ocal|[Uu]nconfirmed|[A-Z]\w+ media) )?[Rr]eports)"
    r" (?:indicate|suggest|say|show)\b"
)
_BEHIND = re.compile(
    rf"\s+(?P<np>(?:the |an? |two |three )?[\w.-]+(?: [\w.-]+){{0,6}}?)(?=[{_STOPS}]|\s(?:on|in|at|as|who|after|during)\b|$)",
)
_NO_SPEAKER = {"it", "he", "she", "they", "we", "i", "have", "has", "had", "is", "not", "to", "first"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet that a text credits: its name as written, where the words of credit stand, and whom it cites itself."""

    name: str
    start: int
    end: int
    cites: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def outlet_key(name: str) -> str:
    """Return what all ways to write an outlet's name have in common: "the Kyodo news agency", "Japan's Kyodo" and "Kyodo News" are one.

    >>> outlet_key("the Kyodo news agency") == outlet_key("Japan's Kyodo") == outlet_key("Kyodo News")
    True
    """
    words = re.sub(r"^\s*\S+['’]s\s+", "", name).casefold()
    words = " ".join(re.sub(r"[^\w&.-]+", " ", words).replace(".", "").split())
    bare = words
    for _ in range(3):
        for affix in sorted(listed("affixes"), key=lambda a: (-len(a), a)):
            bare = bare.removeprefix(affix + " ").removesuffix(" " + affix)
    return str(_data()["same_outlet"].get(bare, bare)) or words


def flat(text: str) -> str:
    """Return ``text`` with one space for each white space and a break for a possessive: every offset stays the same."""
    return re.sub(r"[’']s\b", ";;", re.sub(r"\s", " ", text))


def outlets(sentence: str) -> list[Outlet]:
    """Return the outlets that ``sentence`` credits, in its order, each once; offsets count within ``sentence``."""
    line = flat(sentence)
    if not _CUE.search(line):
        return []
    found: dict[str, Outlet] = {}
    taken: list[tuple[int, int]] = []
    matches = (m for words, p in _PATTERNS if not words or any(w in line for w in words) for m in p.finditer(line))
    spans = [(s, e, m) for m in matches for s, e in _each(line, m.start("name"), m.end("name"))]
    for start, end, m in sorted(spans, key=lambda s: (s[0], -s[1])):
        if _REBUTTED.search(line, 0, m.start()):
            continue
        name = re.sub(r"^(?:The|A|In|On|But|And) (?=[A-Z])", "", sentence[start:end])
        if not _is_outlet(name) or any(a < end and start < b for a, b in taken):
            continue
        taken.append((start, end))
        cites = _cited(line, start, outlet_key(name))
        found.setdefault(outlet_key(name), Outlet(" ".join(name.split()), min(m.start(), start), max(m.end(), end), cites))
    return list(found.values())


def _each(line: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the names in "the Coast Post and Kyodo", one where the "and" belongs to a name."""
    first, both, second = line[start:end].partition(" and ")
    if both and _WHOLE.fullmatch(first) and (_WHOLE.fullmatch(second) or outlet_key(second) in _agency_keys()):
        return [(start, start + len(first)), (end - len(second), end)]
    return [(start, end)]


def _is_outlet(name: str) -> bool:
    """Whether a name that the patterns found can be an outlet's: no state, no speaker, no organisation."""
    last = name.split()[-1].casefold()
    if name.casefold() in listed("not_outlets"):
        return False
    if name in _NOT or name.split()[0].casefold() in listed("speakers_not_outlets") or name.casefold() in listed("states_speak"):
        return False
    return (
        last not in listed("organisation_words") or bool(re.search(r"(?:News|Press) Agency$", name)) or outlet_key(name) in _agency_keys()
    )


@cache
def _agency_keys() -> frozenset[str]:
    return frozenset(outlet_key(n) for n in listed("agencies"))


def _cited(line: str, start: int, key: str) -> tuple[str, ...]:
    """Whom an outlet itself cites, behind the words that credit it ("…, citing government sources")."""
    m = _CITING.search(line, start)
    if m is None or outlet_key(m["np"]) == key:
        return ()
    return (_tidy(m["np"]),)


def sources_of(sentence: str) -> list[Attribution]:
    """Return the officials, people and documents on whose word ``sentence`` tells something; offsets count within ``sentence``."""
    line = flat(sentence)
    found: list[Attribution] = []
    for m in _DOCUMENT.finditer(line):
        found.append(Attribution(said=sentence[m.start() : m.end()], who=_tidy(m["np"]), sort="document", start=m.start(), end=m.end()))
    for pattern in (_ACCORDING, _CITING):
        for m in pattern.finditer(line):
            _add(found, sentence, m.start(), m.end(), sentence[m.start("np") : m.end("np")])
    for m in _REPORTS.finditer(line):
        found.append(Attribution(said=sentence[m.start() : m.end()], who=_tidy(m["np"]), sort="anonymous", start=m.start(), end=m.end()))
    for m in _VERB.finditer(line):
        before = _speaker_before(line, m.start())
        after = _speaker_after(line, m.start(), m.end()) if before is None else None
        where = before or after
        if where is not None:
            more = _AFTER.match(line, m.end())
            end = max(where[1], m.end(), more.end() if more else 0)
            _add(found, sentence, min(where[0], m.start()), end, sentence[where[0] : where[1]])
    return sorted(found, key=lambda a: (a.start, a.end))


def _speaker_before(line: str, verb: int) -> tuple[int, int] | None:
    """The noun phrase before a verb of saying, over an apposition between commas ("two officials, speaking on …, said")."""
    head = line[:verb].rstrip()
    if head.endswith((",", "”", '"')) and not re.search(r",[^,]+,$", head):
        return None
    if head.endswith(","):
        head = head[: head.rfind(",", 0, len(head) - 1)]
    breaks = [m.end() for m in _BOUNDARY.finditer(head)]
    start = breaks[-1] if breaks else 0
    phrase = head[start:]
    start += len(phrase) - len(phrase.lstrip())
    words = head[start:].split()
    if not words or len(words) > 12 or words[-1].lower() in _NO_SPEAKER or {"was", "were", "been"} & set(words):
        return None
    return start, len(head)


def _speaker_after(line: str, start: int, verb: int) -> tuple[int, int] | None:
    """The noun phrase behind a verb of saying that stands after what was said ("…, said Amina Doe, the harbour minister")."""
    m = _BEHIND.match(line, verb)
    if m is None or not re.search(r"[,”\"]\s*$", line[:start]) or not re.match(r"(?:the|an?|two|three) |[A-Z]", m["np"]):
        return None
    return m.start("np"), m.end("np")


def _add(found: list[Attribution], sentence: str, start: int, end: int, phrase: str) -> None:
    who = _tidy(phrase)
    if not who or who.casefold() in listed("itself_words") or any(a.start < end and start < a.end and a.sort != "document" for a in found):
        return
    said = sentence[start:end]
    found.append(Attribution(said=said, who=who, sort=_sort(who, said), start=start, end=end))


def _sort(who: str, said: str) -> Any:
    words = {w.strip(".,’'").removesuffix("’s").removesuffix("'s") for w in who.casefold().split()}
    if words & listed("anonymous_words") or any(p in said.casefold() for p in (*_data()["anonymous_phrases"], "anonymity")):
        return "anonymous"
    if words & listed("document_words") and not words & listed("official_words"):
        return "document"
    if words & listed("official_words") or who.casefold() in listed("states_speak"):
        return "official"
    return "person"


def _tidy(phrase: str) -> str:
    line = " ".join(phrase.split()).strip(" ,;:.“”\"'’")
    line = re.sub(r"\s+(?:also|(?:late |early )?on \w+day)$", "", line)
    return re.sub(r"^(?:the|a|an|but|and|meanwhile|on \w+day)\s+", "", line, flags=re.I)
