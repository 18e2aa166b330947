"""Articles one a line, as a stream: JSON Lines from standard input, each with the mentions that its sender found, if it says so."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, groupby
from pathlib import Path
from typing import Any, BinaryIO

from geo import Gazetteer, Toponym, infer_homes, parse
from sources._errors import ArticleError
from sources._files import LARGEST
from sources._guarded import Guard, in_guard
from sources._model import Article, Problem
from sources._notices import notices
from sources._readers import LONGEST, from_bytes, guarded, make_article, named_twice, parse_json, read_articles

_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can write and no encoding can."""
_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An article, and the only spans of it that are to be resolved (code points into its text, half-open), or None for all that are found.

    ``home`` is the (lat, lon) in degrees of where its outlet is at home, or None where nobody says.

    >>> from sources import read_text
    >>> Line(article=read_text("A pier is planned at Kilifi."), mentions=((21, 27),)).article.text[21:27]
    'Kilifi'
    """

    article: Article
    mentions: tuple[tuple[int, int], ...] | None = None
    home: tuple[float, float] | None = None


def read_lines(inputs: Iterable[str | Path], stream: BinaryIO | None = None, *, guard: Guard | None = None) -> Iterator[Line | Problem]:
    """Yield the articles of ``inputs`` in order, and a problem for each that cannot be read, one by one as they come.

    ``-`` is ``stream`` (None: standard input). Where its first character that is no white space is ``{``, or where it begins with something
    else but another line is a JSON object with a text, it is read as JSON Lines, line by line:
    ``{"id", "text", "title"?, "publisher"?, "date"?, "mentions"?: [[start, end], …], "home"?: [lat, lon]}``. There, no article
    is taken for another one's double, a text may be empty, and it keeps its length: offsets count the code points that were sent.
    Everything else, files and folders as well, is read as :func:`read_articles` does. With a ``guard`` each line is read in its process.
    Reads the disk and the stream, no network.

    >>> import io
    >>> sent = io.BytesIO(b'{"id": "a", "text": "A pier at Kilifi.", "mentions": [[10, 16]]}')
    >>> [(line.article.id, line.mentions) for line in read_lines(["-"], sent)]
    [('a', ((10, 16),))]
    """
    for is_stream, group in groupby(inputs, key=lambda name: str(name) == "-"):
        if is_stream:
            yield from _from_stream(stream or sys.stdin.buffer, guard)
        else:
            yield from _whole(*read_articles(group, guard=guard))


def at_home(lines: Iterable[Line | Problem], gazetteer: Gazetteer, *, guard: Guard | None = None) -> Iterator[Line | Problem]:
    """Yield the lines in their order, those with a publisher and no home with the one that the outlet's other lines tell.

    Lines come one by one up to the first with a publisher, the others when all have been read. With a ``guard`` places are found in its
    process. Reads the gazetteer's file, no network.

    >>> from sources import read_text
    >>> [line.home for line in at_home([Line(article=read_text("A pier at Kilifi."))], Gazetteer())]
    [None]
    """
    held: list[Line | Problem] = []
    for line in lines:
        if held or (isinstance(line, Line) and line.article.citation.publisher):
            held.append(line)
        else:
            yield line
    told = [x for x in held if isinstance(x, Line)]
    found = infer_homes((x.article.citation.publisher, _toponyms(x, gazetteer, guard)) for x in told)
    homes = {id(x): x.home or home for x, home in zip(told, found, strict=True)}
    yield from (replace(x, home=homes[id(x)]) if isinstance(x, Line) else x for x in held)


def _whole(articles: Iterable[Article | Problem], problems: Iterable[Problem] = ()) -> Iterator[Line | Problem]:
    for item in chain(articles, problems):
        yield item if isinstance(item, Problem) else Line(article=item)


def _toponyms(line: Line, gazetteer: Gazetteer, guard: Guard | None) -> tuple[Toponym, ...]:
    """The places of one line, for what they tell of its outlet; none where a limit is broken, which is told when the line is read."""
    found = in_guard(guard, gazetteer, line.article.id, _found_in, line.article.text, line.mentions)
    return () if isinstance(found, Problem) else found


def _found_in(gazetteer: Gazetteer, text: str, mentions: tuple[tuple[int, int], ...] | None) -> tuple[Toponym, ...]:
    return parse(text, gazetteer, mentions=mentions)


def _lines_of(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; of one that is longer than any article only the beginning, and more of it than an article may have."""
    while raw := stream.readline(LARGEST + 1):
        yield raw
        if len(raw) > LARGEST and not raw.endswith(b"\n"):
            while (rest := stream.readline(LARGEST)) and not rest.endswith(b"\n"):
                pass


def _from_stream(source: BinaryIO, guard: Guard | None) -> Iterator[Line | Problem]:
    held: list[bytes] = []
    stream = _lines_of(source)
    for raw in stream:
        held.append(raw if held else raw.removeprefix(b"\xef\xbb\xbf"))
        if held[-1].strip():
            break
    if not held or not held[-1].lstrip().startswith(b"{"):
        size = sum(map(len, held))
        while size <= LARGEST and (more := next(stream, None)) is not None:
            held.append(more)
            size += len(more)
        if not any(_is_article(raw) for raw in held):
            yield from _whole(from_bytes(b"".join(held), guard))
            return
    for number, raw in enumerate(chain(held, stream), start=1):
        if raw.strip():
            yield from guarded(guard, f"standard input, line {number}", _line, raw, number)


def _is_article(raw: bytes) -> bool:
    if not raw.lstrip().startswith(b"{"):
        return False
    try:
        item = json.loads(raw)
    except (ValueError, RecursionError):
        return False
    return isinstance(item, dict) and isinstance(item.get("text"), str)


def _line(raw: bytes, number: int) -> list[Line | Problem]:
    where = f"standard input, line {number}"

    def problem(rule: str, next_step: str, code: str) -> list[Line | Problem]:
        return [Problem(name=where, rule=rule, next_step=f"{next_step}; the other lines are read", code=code)]

    if len(raw) > LARGEST:
        return problem(f"more than the {LARGEST:,} bytes of the largest article", "split it into articles", "too-large")
    try:
        item = parse_json(where, raw.decode("utf-8"), "")
    except (UnicodeDecodeError, ArticleError) as error:
        code, why = ("not-utf8", str(error)) if isinstance(error, UnicodeDecodeError) else (error.code, error.rule)
        why = why.removeprefix("not JSON (").removesuffix(")").removeprefix("JSON that is ")
        shown = _shown(raw[:1000].decode("utf-8", "replace").strip())
        return problem(f"{shown} is not JSON ({' '.join(why.split())})", "write one JSON object a line, in UTF-8", code)
    if getattr(item, "twice", ""):
        return [named_twice(where, item.twice)]
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        value = item.get("text") if isinstance(item, dict) else item
        told = "has no 'text'" if isinstance(item, dict) and "text" not in item else f"{_shown(value)} is no text"
        return problem(told, 'write {"id": "…", "text": "…"}', "no-text")
    id = item.get("id")
    if isinstance(id, bool) or not isinstance(id, str | int | float | None):
        return problem(f"the id {_shown(id)} is neither a string nor a number", "write a string", "wrong-id")
    text = _HALF.sub("\ufffd", item["text"]).replace("\r\n", " \n").replace("\r", "\n")
    if len(text) > LONGEST:
        rule = f"{len(text):,} characters are more than the {LONGEST:,} of the longest article"
        return problem(rule, "split it into articles", "text-too-long")
    mentions = item.get("mentions")
    wrong = _wrong(mentions, len(text))
    if wrong:
        return problem(wrong, f"write [[start, end], …] with 0 <= start < end <= {len(text)}, in code points", "wrong-mentions")
    home = item.get("home")
    if home is not None and not _is_point(home):
        return problem(f"the home {_shown(home)} is no point", "write [lat, lon] in degrees", "wrong-home")
    own = f"stdin-{number}" if id is None or id == "" else _HALF.sub("\ufffd", str(id))
    article = make_article(own, text, item, file="standard input")
    given = None if mentions is None else tuple((start, end) for start, end in mentions)
    at = None if home is None else (float(home[0]), float(home[1]))
    return [Line(article=article, mentions=given, home=at), *notices(article, item, where)]


def _is_point(value: Any) -> bool:
    numbers = isinstance(value, list) and len(value) == 2 and all(type(v) in (int, float) for v in value)
    return numbers and abs(value[0]) <= 90 and abs(value[1]) <= 180


def _wrong(mentions: Any, length: int) -> str:
    """What is wrong with the mentions of a text of this length, or ``""``."""
    if mentions is None:
        return ""
    if not isinstance(mentions, list):
        return f"the mentions {_shown(mentions)} are no list"
    for mention in mentions:
        if not (isinstance(mention, list) and len(mention) == 2 and all(type(offset) is int for offset in mention)):
            return f"the mention {_shown(mention)} is no pair of integers"
        start, end = mention
        if not 0 <= start < end <= length:
            return f"the mention {_shown(mention)} does not lie in the text, whose length is {length}"
    return ""


def _shown(value: Any) -> str:
    """A value as JSON writes it, on one line and cut short."""
    try:
        written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        written = type(value).__name__
    written = " ".join(written.split())
    return written if len(written) <= _LONGEST_SHOWN else written[: _LONGEST_SHOWN - 1] + "…"
