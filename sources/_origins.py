"""Whom an article rests on: the chain from its publisher over the outlet that it credits to whom that outlet cites."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from sources._credits import Outlet, flat, listed, outlet_key, outlets, sources_of
from sources._model import Article, Attribution

LEAD_PARAGRAPHS, LEAD = 3, 900
"""An outlet credited in the first paragraphs, within so many characters, is credited for what follows as well."""
_NAME = r"[A-Z][\w-]*(?: (?:and |of the |of )?[A-Z][\w-]*){0,4}"
_DATELINE = re.compile(rf"\((?P<name>{_NAME})\)\s*(?:[—–]|--?(?=\s))")
_CREDIT_LINE = re.compile(rf"^[*_]*(?:Source|Sources|Via|Credit|From|By|With)\s*:?\s+(?:the )?(?P<name>{_NAME})[*_.]*$", re.M)
_TITLE = re.compile(rf"(?:[:–—]|\s-)\s*(?P<name>{_NAME})(?: reports?)?$")
_OPENING_TITLE = re.compile(rf"^(?P<name>{_NAME}) ?:\s")
_BEFORE_EYES = re.compile(r"\b(?:seen|obtained|reviewed) by\b")
_BACK = {"report", "agency", "newspaper", "paper", "broadcaster", "outlet"}
"""Words that go back to an outlet named before, and so name no source of their own."""
_SENTENCE = re.compile(r"[.!?][”\"’')]*\s+(?=[\"“‘'(]?[A-Z])|\n+")


@dataclass(frozen=True, slots=True)
class Credit:
    """Whom one sentence of an article credits: the outlets, the first the one that the article itself took it from, and their sources.

    ``own`` says that the sentence stands on the article's own reporting.
    """

    outlets: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    own: bool = False


@dataclass(frozen=True, slots=True)
class _Credits:
    """What one article credits: outlets where they stand (offsets into its text), and the one that stands for the whole article."""

    outlets: tuple[Outlet, ...]
    whole: str
    lead: Outlet | None
    aliases: tuple[tuple[str, str], ...] = ()


def credited(sentence: str) -> tuple[str, ...]:
    """Return whom ``sentence`` credits for what it tells, in the order of the text; () where it credits nobody.

    Only outlets that call themselves so, or are called so, count: an official who "said" is a source, not an origin.

    >>> credited("The base will open in May, Japan's Kyodo news agency reported on Sunday.")
    ('Kyodo',)
    """
    return tuple(o.name for o in outlets(sentence))


def dateline_agency(text: str) -> str:
    """Return the agency that the first lines of an article name in a dateline ("NAIROBI, March 3 (Savanna News Agency) —"), or ""."""
    m = _DATELINE.search(text[:400])
    return m["name"] if m else ""


def attributions(article: Article, start: int, end: int) -> tuple[Attribution, ...]:
    """Return on whose word the sentence of ``article`` from ``start`` to ``end`` tells something, in the order of the text.

    Offsets are code points into the article's text. Outlets come with the sort ``outlet``; where the sentence itself credits none and
    another one of the article does so for it ("Kyodo reported …" in the lead), that one's words are returned first, at their own place.

    >>> from sources import read_text
    >>> article = read_text("A pier is planned, two people familiar with the matter said.")
    >>> [(a.who, a.sort) for a in attributions(article, 0, len(article.text))]
    [('two people familiar with the matter', 'anonymous')]
    """
    text = article.text
    known = _credits(article)
    here = [o for o in known.outlets if start <= o.start < end and outlet_key(o.name) != outlet_key(article.citation.publisher)]
    named = [_as_attribution(text, o) for o in here]
    if not here:
        over = _over(article, known, start, end)
        if over is not None and over.end:
            named = [_as_attribution(text, over)]
    found = [
        Attribution(said=a.said, who=a.who, sort=a.sort, start=a.start + start, end=a.end + start) for a in sources_of(text[start:end])
    ]
    taken = [(o.start, o.end) for o in here]
    own = [a for a in found if _BEFORE_EYES.search(a.said) or not any(s < a.end and a.start < e for s, e in taken)]
    if named:
        own = [a for a in own if a.who.casefold() not in _BACK]
    return tuple(sorted([*named, *own], key=lambda a: (a.start, a.end)))


def credit(article: Article, start: int, end: int) -> Credit:
    """Return whom ``article`` credits for its sentence from ``start`` to ``end`` (code points, half-open).

    The sentence's own words come first; else what the words point back to ("the report said"), the outlet credited earlier in its
    paragraph, the one credited in the lead, the dateline, a line of credit or the article's record; else nobody.
    """
    known = _credits(article)
    here = [o for o in known.outlets if start <= o.start < end and outlet_key(o.name) != outlet_key(article.citation.publisher)]
    if here:
        return Credit(tuple(o.name for o in here), here[-1].cites or _cites(known, here[-1].name))
    over = _over(article, known, start, end)
    cited = _cites(known, over.name) if over is not None else ()
    if over is not None and cited:
        return Credit((over.name,), cited)
    publisher = outlet_key(article.citation.publisher)
    spoken = (a.who for a in sources_of(article.text[start:end]))
    said = tuple(who for who in spoken if who.casefold() not in _BACK and (not publisher or outlet_key(who) != publisher))
    return Credit((over.name,), said) if over is not None else Credit((), said, own=True)


def chain(article: Article, given: Credit) -> tuple[str, ...]:
    """Return the chain of credit behind a sentence: the publisher ("" where not stated), the outlets, the first source that is cited."""
    publisher = article.citation.publisher
    names = [publisher]
    for name in given.outlets:
        if outlet_key(name) not in {outlet_key(n) for n in names if n}:
            names.append(name)
    return (*names, *given.sources[:1])


def _over(article: Article, known: _Credits, start: int, end: int) -> Outlet | None:
    """The outlet that another place of the article credits for the sentence, or None; ``end`` of it is 0 where no words of the text do."""
    text = article.text
    line = flat(text[start:end]).casefold()
    publisher = article.citation.publisher
    before = [o for o in known.outlets if o.start < start and outlet_key(o.name) != outlet_key(publisher)]
    whole = Outlet(known.whole, 0, 0) if known.whole else None
    if _pattern("report_words").search(line):
        return before[-1] if before else known.lead or whole
    if _own_word(line, publisher) or _pattern("turning_words").match(line):
        return None
    paragraph = article.paragraph_at(start)
    near = [o for o in before if article.paragraph_at(o.start) == paragraph]
    if near and not _turned(text, near[-1].end, start, publisher):
        return near[-1]
    lead = known.lead
    if lead is not None and (lead.start > start or not _turned(text, lead.end, start, publisher)):
        return lead
    return whole


def _own_word(line: str, publisher: str) -> bool:
    """Whether a sentence says that the article heard or saw it itself ("told the Coast Post" in the Coast Post)."""
    if _pattern("own_words").search(line):
        return True
    name = _bare(publisher)
    if not name or name not in line:
        return False
    name = re.escape(name)
    return re.search(rf"\b(?:told|to|with|by|showed) (?:the )?{name}\b|\b{name} has (?:learned|seen)", line) is not None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """The phrases of a list as one pattern for small letters."""
    return re.compile(rf"\b(?:{'|'.join(sorted(listed(name)))})\b")


def _bare(publisher: str) -> str:
    """A publisher's name in small letters, without its article."""
    return publisher.casefold().removeprefix("the ")


def _turned(text: str, after: int, before: int, publisher: str) -> bool:
    """Whether the article takes the word itself between two offsets, and so no longer tells what an outlet reported."""
    between = flat(text[after:before]).casefold()
    if _pattern("turning_words").search(between):
        return True
    name = _bare(publisher)
    return any(f"told {w}" in between for w in ("this newspaper", "us ", *((name, f"the {name}") if name else ())))


def _cites(known: _Credits, name: str) -> tuple[str, ...]:
    """Whom an outlet cites anywhere in the article."""
    key = outlet_key(name)
    return next((o.cites for o in known.outlets if outlet_key(o.name) == key and o.cites), ())


def _as_attribution(text: str, outlet: Outlet) -> Attribution:
    return Attribution(said=text[outlet.start : outlet.end], who=outlet.name, sort="outlet", start=outlet.start, end=outlet.end)


@lru_cache(maxsize=256)
def _credits(article: Article) -> _Credits:
    """Read all credits of an article once; an outlet named in full is known by that name in the rest of the text."""
    text = article.text
    found: list[Outlet] = []
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        if start < end:
            found += [Outlet(o.name, o.start + start, o.end + start, o.cites) for o in outlets(text[start:end])]
    publisher = outlet_key(article.citation.publisher)
    third = article.paragraphs[LEAD_PARAGRAPHS - 1][1] if len(article.paragraphs) >= LEAD_PARAGRAPHS else len(text)
    limit = min(third, LEAD)
    others = [o for o in found if outlet_key(o.name) != publisher]
    lead = next((o for o in others if o.start < limit and not _told_to(text, o)), None)
    return _Credits(tuple(found), _whole(article), lead)


def _told_to(text: str, outlet: Outlet) -> bool:
    """Whether an outlet is only whom somebody spoke to ("told the Coast Post"): that is credit for one sentence."""
    return re.search(r"\btold (?:the )?$", text[max(0, outlet.start - 10) : outlet.start]) is not None or text[outlet.start :].startswith(
        "told"
    )


def _whole(article: Article) -> str:
    """Whom the record, the dateline, a line of credit, the byline or the title credits for the whole article, or ""."""
    cited = article.citation
    if cited.origin:
        return cited.origin
    if dateline_agency(article.text):
        return dateline_agency(article.text)
    edges = [*_CREDIT_LINE.finditer(article.text[:300]), *_CREDIT_LINE.finditer(article.text[-300:])]
    named = [m["name"] for m in edges] + [m["name"] for p in (_TITLE, _OPENING_TITLE) for m in p.finditer(cited.title)]
    named += [part.strip() for author in cited.authors for part in re.split(r"[,/|]| for ", author)]
    named = [name for name in named if name.casefold() not in listed("not_outlets")]
    certain = [name for name in named if outlets(f"{name} said")]
    if certain:
        return certain[0]
    in_text = {outlet_key(n) for n in credited(article.text[:LEAD])}
    return next(
        (name for name in named if outlet_key(name) in in_text or name in [m["name"] for m in edges if m[0].startswith("Source")]), ""
    )
