"""What a reader of an article should know before trusting it: fields that are not taken, a date that is none, letters that deceive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sources._model import Article, Problem
from sources._stated_dates import stated_date

_STEERING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TURNING = re.compile("[\u202d\u202e]")
_OPENS, _CLOSES = re.compile("[\u202a\u202b\u2066-\u2068]"), re.compile("[\u202c\u2069]")
_UNSEEN = re.compile(r"(?<=\w)[\u200b\u2060\ufeff](?=\w)|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e007f]")
_FOREIGN_TWINS = "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u0405\u0406\u0408"
_FOREIGN_TWINS += (
    "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458"
)
_TWINS = re.compile(rf"[A-Za-z][{_FOREIGN_TWINS}]|[{_FOREIGN_TWINS}][A-Za-z]")
"""Greek and Cyrillic letters that look like Latin ones, beside a Latin letter."""
_PAGE = re.compile(r"\s*<(?:!doctype html|html[\s>])", re.IGNORECASE)
_LOOK = "look at its quotes before you publish them; the text is kept as it is"


def notices(article: Article, fields: Mapping[str, Any], where: str, *, plain: bool = False) -> Iterator[Problem]:
    """Yield what is to be known of an article that was read: ``fields`` as its file states them; ``plain`` for a file of plain text."""
    for name in ("title", "publisher", "author", "date", "url", "licence", "origin"):
        value = fields.get(name)
        if isinstance(value, dict) or (isinstance(value, list) and (name != "author" or any(isinstance(v, dict | list) for v in value))):
            rule = f"its {name} is no text, and is not taken"
            yield Problem(name=where, rule=rule, next_step=f"write the {name} as one string", code="field-not-text")
        elif isinstance(value, float) and value - value != 0:
            yield Problem(name=where, rule=f"its {name} is no number", next_step=f"write the {name} as a string", code="not-a-number")
    url = fields.get("url")
    if isinstance(url, str) and url.strip() and not article.citation.url:
        rule = f"its url {_cut(url)!r} is no web address, and is not taken"
        yield Problem(name=where, rule=rule, next_step="write one that begins with https://", code="unsafe-address")
    date = article.citation.date
    if date and not (read := stated_date(date)).days and read.words == read.edtf:
        rule = f"its date {_cut(date)!r} is no day that is read, so that nothing counts from it"
        yield Problem(name=where, rule=rule, next_step="write it as 2026-03-31", code="unclear-date", left_out=False)
    if plain and _PAGE.match(article.text):
        step = "name it .html, so that its text is found"
        yield Problem(name=where, rule="it looks like a page in HTML", next_step=step, code="looks-like-html", left_out=False)
    yield from _deceiving(article, where)


def _deceiving(article: Article, where: str) -> Iterator[Problem]:
    said = [article.text, article.citation.title, article.citation.publisher, *article.citation.authors, article.citation.origin]
    if all(one.isascii() and one.replace("\n", "").replace("\t", "").isprintable() for one in said):
        return
    hidden = [m for one in said for pattern in (_STEERING, _TURNING, _UNSEEN) for m in pattern.finditer(one)]
    sort = "characters that are not seen or turn the text around"
    if not hidden:
        hidden = [m for line in article.text.split("\n") if len(_OPENS.findall(line)) != len(_CLOSES.findall(line)) for m in _any(line)]
    if hidden:
        rule = f"it holds {len(hidden)} {sort} (U+{ord(hidden[0][0][0]):04X})"
        yield Problem(name=where, rule=rule, next_step=_LOOK, code="hidden-characters", left_out=False)
    twins = next((m for one in said for m in _TWINS.finditer(one)), None)
    if twins:
        word = re.search(r"\w*\Z", twins.string[: twins.start()])
        rest = re.match(r"\w*", twins.string[twins.start() :])
        whole = (word[0] if word else "") + (rest[0] if rest else "")
        rule = f"letters of two scripts that look alike stand in one word ({_cut(whole)})"
        yield Problem(name=where, rule=rule, next_step=_LOOK, code="lookalike-letters", left_out=False)


def _any(line: str) -> list[re.Match[str]]:
    return [*_OPENS.finditer(line), *_CLOSES.finditer(line)]


def _cut(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
