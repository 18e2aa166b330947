"""Articles in: plain text, Markdown with front matter, HTML, JSON and JSON lines, files, folders or standard input."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.text import paragraphs
from sources._errors import ArticleError, LedgerError
from sources._files import LARGEST, article_files, bytes_of, decode
from sources._guarded import Guard
from sources._model import Article, Citation, Problem
from sources._notices import notices
from sources._printable import printable

FIELDS = ("title", "publisher", "author", "date", "url", "licence", "origin")
LONGEST = 2_000_000
"""Characters of the longest article: a thick book. Places and plans of one of 50,000 characters take 0.3 s, of this one a minute."""
MOST_ITEMS = 50_000
"""Articles in one file of JSON or JSON lines."""
_FRONT = re.compile(r"---[ \t]*\n((?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_LONGEST_FRONT = 100_000
"""Characters of the front matter."""


def read_articles(
    inputs: Iterable[str | Path], *, progress: Callable[[str, int, int], None] | None = None, guard: Guard | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Read articles from files, folders (their articles, not below hidden folders) and ``-`` for standard input.

    Returns the articles in the order of their files' names, however the inputs are ordered and wherever they lie, and within a file as
    they stand in it; and, for all that could not be read, the problem, ordered likewise: one bad input never stops the others.
    ``progress`` is told what is done and how many files so far, of 0: nobody has counted them. With a ``guard`` each file is read in its
    process, and one that breaks a limit is a problem; None reads in this process.
    An article that comes twice (same id and text) is taken once; two different ones with one id get ids ``a`` and ``a-2``.
    Links that lead out of a folder are not followed. Reads the disk and, for ``-``, standard input; no network.

    >>> articles, problems = read_articles(["no-such-file.txt"])
    >>> problems[0].as_line()
    'no-such-file.txt: there is no such file or folder; check the path'
    """
    found: list[tuple[tuple[str, str, str], list[Article]]] = []
    problems: list[Problem] = []
    for name in inputs:
        for path in article_files(Path(name)) if str(name) != "-" else (None,):
            if isinstance(path, Problem):
                problems.append(path)
                continue
            if progress is not None:
                progress("opening files", len(found), 0)
            items = from_bytes(_standard_input(), guard) if path is None else guarded(guard, str(path), read_file, path)
            problems += [item for item in items if isinstance(item, Problem)]
            articles = [item for item in items if isinstance(item, Article)]
            found.append((_place_of(articles), articles))
    taken = _Taken()
    for _, articles in sorted(found, key=lambda one: one[0]):
        for article in articles:
            taken.add(article)
    return tuple(taken.articles), tuple(sorted(problems, key=lambda problem: Path(problem.name).name))


def _place_of(articles: list[Article]) -> tuple[str, str, str]:
    """Where a file's articles stand among those of others, by nothing that depends on the order or the folder in which it was named."""
    if not articles:
        return ("", "", "")
    return (articles[0].citation.file, articles[0].citation.sha256, repr(articles[0].citation))


def read_text(text: str, *, id: str = "text", **fields: str | list[str]) -> Article:
    """Return an article from a string; ``fields`` are ``title``, ``publisher``, ``author``, ``date``, ``url``, ``licence``, ``origin``.

    ``author`` may be a list of names.
    What is not given stays unknown. The text is kept as it is, and offsets count its code points. Raises :class:`ArticleError` where the
    text is empty or a field is not known.

    >>> read_text("A pier is planned at Kilifi.", publisher="The Example").citation.date_or_not_stated
    'date not stated'
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ArticleError(id, f"'{unknown[0]}' is no field of an article", f"use one of {', '.join(FIELDS)}", code="unknown-field")
    return _article(id, text, fields, file="")


def guarded(guard: Guard | None, name: str, task: Callable[..., Any], *given: Any) -> Any:
    """Return what a task that gives a list returns, in the process of the guard where there is one; a broken limit is its one problem."""
    found = task(*given) if guard is None else guard.run(name, task, *given)
    return [found] if isinstance(found, Problem) else found


def read_file(path: Path) -> list[Article | Problem]:
    """Read all of a file: its articles, and a problem for each that cannot be read."""
    try:
        raw = bytes_of(path)
        return list(_READERS[path.suffix.lower()](path, decode(str(path), raw)))
    except ArticleError as error:
        return [error.as_problem()]


def from_bytes(raw: bytes, guard: Guard | None = None) -> list[Article | Problem]:
    """Return the articles of what came from standard input as a whole: JSON lines, Markdown with front matter, or one plain text."""
    found: list[Article | Problem] = guarded(guard, "standard input", _from_bytes, raw)
    return found


def _from_bytes(raw: bytes) -> list[Article | Problem]:
    try:
        if len(raw) > LARGEST:
            rule = f"more than the {LARGEST:,} bytes of the largest article"
            raise ArticleError("standard input", rule, "split it into articles", code="too-large")
        text = decode("standard input", raw)
        if text.lstrip().startswith("{"):
            return list(_read_jsonl(Path("stdin.jsonl"), text))
        if _FRONT.match(text) or text.startswith("---\n"):
            return list(_read_markdown(Path("stdin.md"), text))
        article = _article("stdin", text, {}, file="standard input")
        return [article, *notices(article, {}, "standard input", plain=True)]
    except ArticleError as error:
        return [error.as_problem()]


def _standard_input() -> bytes:
    return sys.stdin.buffer.read(LARGEST + 1)


class _Taken:
    """The articles so far, each once, with ids that differ."""

    def __init__(self) -> None:
        self.articles: list[Article] = []
        self._by_id: dict[str, Article] = {}
        self._last: dict[str, int] = {}

    def add(self, article: Article) -> None:
        """Take an article, under another id where another text has its own."""
        first = self._by_id.get(article.id)
        if first is not None and (first.text, first.citation.sha256) == (article.text, article.citation.sha256):
            return
        if first is not None:
            number = self._last.get(article.id, 1) + 1
            while (new := f"{article.id}-{number}") in self._by_id:
                number += 1
            self._last[article.id] = number
            article = replace(article, id=new, citation=replace(article.citation, id=new))
        self._by_id[article.id] = article
        self.articles.append(article)


# kinds -----------------------------------------------------------------------------------------------------------------------


def _read_plain(path: Path, text: str) -> Iterator[Article | Problem]:
    article = _article(_id(path), text, {}, file=_file(path))
    yield article
    yield from notices(article, {}, str(path), plain=True)


def _read_markdown(path: Path, text: str) -> Iterator[Article | Problem]:
    """The text begins right after the line that closes the front matter."""
    fields: dict[str, Any] = {}
    m = _FRONT.match(text)
    if m:
        fields, text = _front_matter(str(path), m[1]), text[m.end() :]
    elif text.startswith("---\n"):
        raise ArticleError(str(path), "its front matter is not closed", "end it with a line of '---'", code="front-matter-not-closed")
    article = _article(_id(path), text, fields, file=_file(path))
    yield article
    yield from notices(article, fields, str(path), plain=not fields)


def _front_matter(name: str, text: str) -> dict[str, Any]:
    """The fields of the front matter as texts; nothing is built from it, and no part may repeat another."""
    from sources._yaml_tree import parse_tree

    if len(text) > _LONGEST_FRONT:
        raise ArticleError(name, f"its front matter is longer than {_LONGEST_FRONT:,} characters", "shorten it", code="too-large")
    try:
        top = parse_tree(text, name)
    except LedgerError as error:
        line = error.line + 1
        if error.code == "not-yaml":
            rule, step = f"its front matter is not YAML (line {line})", "put quotation marks around the value on that line"
        else:
            said = error.rule.removesuffix(", which a ledger may not have")
            rule, step = f"its front matter breaks a rule in line {line}: {said}", error.next_step
        raise ArticleError(name, rule, step, code=error.code) from error
    if top is None or top.empty:
        return {}
    if top.kind != "mapping":
        rule, step = "its front matter is no list of 'name: value' lines", "write one 'name: value' a line between the '---'"
        raise ArticleError(name, rule, step, code="front-matter-not-a-list")
    return {key.text: value.said for key, value in top.pairs}


def read_html(page: str, *, id: str = "page", url: str = "") -> Article:
    """Return the article in a page of HTML: its text without what stands around it, and what the page says of title, author and date.

    ``url`` is where the page was got, "" for what the page itself says. Raises :class:`ArticleError` where no article is in the page, or
    one that is too long. No network.

    >>> page = "<html><title>A pier</title><body><article><p>A pier is planned at Kilifi, on the coast.</p></article></body></html>"
    >>> read_html(page, url="https://example.org/pier").text
    'A pier is planned at Kilifi, on the coast.'
    """
    return _from_page(page, id, id, file="", url=url)[0]


def _read_html(path: Path, text: str) -> Iterator[Article | Problem]:
    article, fields = _from_page(text, str(path), _id(path), file=_file(path))
    yield article
    yield from notices(article, {k: v for k, v in fields.items() if k != "url"}, str(path))


def _from_page(page: str, name: str, id: str, *, file: str, url: str = "") -> tuple[Article, dict[str, Any]]:
    import trafilatura

    document: Any = trafilatura.bare_extraction(page, with_metadata=True, include_comments=False, include_tables=False)
    body = document.text if document is not None else None
    if not body:
        rule, step = "no article text was found in the page", "save the page's text as .txt"
        raise ArticleError(name, rule, step, code="no-text-in-page")
    fields = {
        "title": document.title,
        "publisher": document.sitename,
        "author": document.author,
        "date": document.date,
        "url": url or document.url,
    }
    return _article(id, body, {k: v for k, v in fields.items() if v}, file=file), fields


class _Object(dict[str, Any]):
    """A JSON object that knows which name stood in it twice."""

    twice: str = ""


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        made.twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return made


def parse_json(name: str, text: str, next_step: str) -> Any:
    """Return JSON as plain values. Raises ArticleError where it is none, is nested too deeply or holds a number that is too long."""
    try:
        return json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise ArticleError(name, f"not JSON ({error})", next_step, code="not-json") from error
    except ValueError as error:
        raise ArticleError(
            name, "JSON with a number of thousands of digits", "write the number as a string", code="not-a-number"
        ) from error
    except RecursionError as error:
        raise ArticleError(name, "JSON that is nested too deeply", "write one object an article", code="too-deep") from error


def _read_json(path: Path, text: str) -> Iterator[Article | Problem]:
    data = parse_json(str(path), text, "correct the file at that place")
    items = data if isinstance(data, list) else [data]
    _count(path, len(items))
    for number, item in enumerate(items, start=1):
        yield from _from_object(path, item, f"{path}, item {number}", _id(path) if len(items) == 1 else f"{_id(path)}-{number}")


def _read_jsonl(path: Path, text: str) -> Iterator[Article | Problem]:
    lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
    _count(path, len(lines))
    for number, line in lines:
        where = f"{path}, line {number}"
        try:
            item = parse_json(where, line, "correct the line; the others were read")
        except ArticleError as error:
            yield error.as_problem()
            continue
        yield from _from_object(path, item, where, f"{_id(path)}-{number}")


def _count(path: Path, items: int) -> None:
    if not items:
        raise ArticleError(str(path), "the list is empty", "name a file with articles", code="empty")
    if items > MOST_ITEMS:
        rule = f"{items:,} articles are more than the {MOST_ITEMS:,} of one file"
        raise ArticleError(str(path), rule, "split it into several files", code="too-many-articles")


def _from_object(path: Path, item: Any, where: str, default_id: str) -> Iterator[Article | Problem]:
    if isinstance(item, _Object) and item.twice:
        yield named_twice(where, item.twice)
        return
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        yield Problem(name=where, rule="has no 'text' that is a string", next_step='write {"text": "…", "title": "…"}', code="no-text")
        return
    try:
        article = _article(_HALF.sub("\ufffd", _cut(item.get("id"))) or default_id, item["text"], item, file=_file(path))
    except ArticleError as error:
        yield Problem(name=where, rule=error.rule, next_step=error.next_step, code=error.code)
        return
    yield article
    yield from notices(article, item, where)


def named_twice(where: str, name: str) -> Problem:
    """What is said of an object in which a name stands twice: nobody knows which of the two is meant."""
    return Problem(name=where, rule=f"{name[:40]!r} stands twice in one object", next_step="leave one of them", code="named-twice")


# articles --------------------------------------------------------------------------------------------------------------------


def _id(path: Path) -> str:
    return printable(path.stem)


def _file(path: Path) -> str:
    return printable(path.name)


def _cut(id: Any) -> str:
    """An id as a string, where it is a string or a number."""
    return "" if isinstance(id, bool) or not isinstance(id, str | int | float) else str(id)[:400]


def _article(id: str, text: str, fields: dict[str, Any], file: str) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ArticleError(file or id, "the article has no text", "name an article with text", code="no-text")
    if len(text) > LONGEST:
        rule = f"{len(text):,} characters are more than the {LONGEST:,} of the longest article"
        raise ArticleError(file or id, rule, "split it into articles", code="text-too-long")
    return make_article(id, text, fields, file)


def make_article(id: str, text: str, fields: dict[str, Any], file: str) -> Article:
    """Return an article whose text is kept as it is, also where it is empty; what ``fields`` does not state stays unknown."""
    said = {k: _line(fields.get(k)) for k in FIELDS}
    text = _HALF.sub("\ufffd", text)
    author = fields.get("author")
    authors = tuple(_line(a) for a in author) if isinstance(author, list) else ((said["author"],) if said["author"] else ())
    spans = tuple(paragraphs(text))
    first = " ".join(text[slice(*spans[0])].split()) if spans else ""
    first = first.lstrip("#*-• ").rstrip("*")
    return Article(
        id=id,
        text=text,
        paragraphs=spans,
        citation=Citation(
            id=id,
            title=said["title"] or (first if len(first) <= 160 else first[:157].rsplit(" ", 1)[0] + " …"),
            title_is_first_line=bool(first) and not said["title"],
            publisher=said["publisher"],
            authors=tuple(a for a in authors if a),
            date=said["date"],
            url=said["url"] if said["url"].startswith(("https://", "http://")) else "",
            licence=said["licence"],
            origin=said["origin"],
            digest_of=_line(fields.get("digest_of")),
            file=file,
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        ),
    )


def _line(value: Any) -> str:
    """A stated field as one line; None and empty are "not stated", and so is what is no text and no number."""
    if value is None or isinstance(value, dict | list) or (isinstance(value, float) and value - value != 0):
        return ""
    return _HALF.sub("\ufffd", " ".join(str(value).split()))


_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, as JSON can hold it and no file can: the sign for a broken one stands for it, at the same offset."""

_READERS: dict[str, Callable[[Path, str], Iterator[Article | Problem]]] = {
    ".txt": _read_plain,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".json": _read_json,
    ".jsonl": _read_jsonl,
}
