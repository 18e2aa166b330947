"""Whom a source itself credits: "Kyodo news agency reported", "according to the Savanna Post", an agency in the dateline."""

from __future__ import annotations

import re

_NAME = r"[A-Z][\w-]*(?: (?:and |of the |of )?[A-Z][\w-]*){0,4}"
_OUTLET = r"(?:news agency|state news agency|news service|newspaper|newswire|broadcaster|daily|magazine|news site|wire service)"
_HEADS = (
    r"(?:News Agency|News Service|News|Times|Post|Press|Agency|Daily|Journal|Herald|Tribune|Guardian|Gazette|Radio|Television|TV|Courier)"
)
_SAID = r"(?:reported|reports|said|says|wrote|broadcast)"
_PATTERNS = (
    re.compile(rf"(?P<name>{_NAME}) {_OUTLET}\b(?=[^.;]{{0,60}}\b{_SAID}\b)"),
    re.compile(rf"\b{_OUTLET},? (?P<name>{_NAME})\b(?=[^.;]{{0,40}}\b{_SAID}\b)"),
    re.compile(rf"\b[Aa]ccording to (?:the )?(?P<name>{_NAME} {_HEADS})\b"),
    re.compile(rf"\b[Aa]ccording to (?:the )?(?P<name>{_NAME}) {_OUTLET}\b"),
    re.compile(rf"\b(?P<name>{_NAME} {_HEADS}|[A-Z]{{2,5}}) {_SAID}\b"),
)
_DATELINE = re.compile(rf"\((?P<name>{_NAME})\)\s*(?:[—–]|--)")
_NOT = re.compile(r"(?:The|A|An|In|On|And|But|State|Local)$")


def credited(sentence: str) -> tuple[str, ...]:
    """Return whom ``sentence`` credits for what it tells, in the order of the text; () where it credits nobody.

    Only outlets that call themselves so, or are called so, count: an official who "said" is a source, not an origin.

    >>> credited("The base will open in May, Japan's Kyodo news agency reported on Sunday.")
    ('Kyodo',)
    """
    flat = " ".join(re.sub(r"[’']s\b", ";", sentence).split())
    found = [m["name"] for pattern in _PATTERNS for m in pattern.finditer(flat)]
    return tuple(dict.fromkeys(n for n in found if not _NOT.match(n) and n not in {"US", "UN", "EU", "UK", "NATO"}))


def dateline_agency(text: str) -> str:
    """Return the agency that the first lines of an article name in a dateline ("NAIROBI, March 3 (Savanna News Agency) —"), or ""."""
    m = _DATELINE.search(text[:400])
    return m["name"] if m else ""
