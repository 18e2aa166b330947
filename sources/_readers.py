"""Articles in: plain text, Markdown with front matter, HTML, JSON and JSON lines, files, folders or standard input."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.text import paragraphs
from sources._errors import ArticleError
from sources._model import Article, Citation, Problem

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl")
FIELDS = ("title", "publisher", "author", "date", "url", "licence", "origin")
LARGEST = 20_000_000
"""Bytes of the largest file that is read; no article is near it."""
_KINDS = "/".join(s.lstrip(".") for s in SUFFIXES)


def read_articles(
    inputs: Iterable[str | Path], *, progress: Callable[[str, int, int], None] | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Read articles from files, folders (their articles, sorted, not below hidden folders) and ``-`` for standard input.

    Returns the articles in the order of the inputs and, for all that could not be read, the problem; one bad input never stops the others.
    ``progress`` is told what is done and how many files so far, of 0: nobody has counted them.
    An article that comes twice (same id and text) is taken once; two different ones with one id get ids ``a`` and ``a-2``.
    Reads the disk and, for ``-``, standard input; no network.

    >>> articles, problems = read_articles(["no-such-file.txt"])
    >>> problems[0].as_line()
    'no-such-file.txt: there is no such file or folder; check the path'
    """
    articles: list[Article] = []
    problems: list[Problem] = []
    files = 0
    for name in inputs:
        for path in _files(Path(name) if str(name) != "-" else None, problems):
            if progress is not None:
                progress("opening files", files, 0)
            files += 1
            try:
                found = list(_read(path))
            except ArticleError as error:
                problems.append(Problem(name=error.name, rule=error.rule, next_step=error.next_step))
                continue
            for item in found:
                if isinstance(item, Problem):
                    problems.append(item)
                else:
                    _add(articles, item)
    return tuple(articles), tuple(problems)


def read_text(text: str, *, id: str = "text", **fields: str) -> Article:
    """Return an article from a string; ``fields`` are ``title``, ``publisher``, ``author``, ``date``, ``url``, ``licence``, ``origin``.

    What is not given stays unknown. The text is kept as it is, and offsets count its code points. Raises :class:`ArticleError` where the
    text is empty or a field is not known.

    >>> read_text("A pier is planned at Kilifi.", publisher="The Example").citation.date_or_not_stated
    'date not stated'
    """
    unknown = sorted(set(fields) - set(FIELDS))
    if unknown:
        raise ArticleError(id, f"'{unknown[0]}' is no field of an article", f"use one of {', '.join(FIELDS)}")
    return _article(id, text, fields, file="")


def _files(path: Path | None, problems: list[Problem]) -> Iterator[Path | None]:
    if path is None:
        yield None
    elif path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and not _hidden(p.relative_to(path)))
        if not found:
            problems.append(
                Problem(
                    name=str(path), rule=f"the folder holds no article ({_KINDS})", next_step="name a folder with articles, or the files"
                )
            )
        yield from found
    elif not path.exists():
        problems.append(Problem(name=str(path), rule="there is no such file or folder", next_step="check the path"))
    else:
        yield path


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts) or path.name.upper().startswith("README")


def _add(articles: list[Article], article: Article) -> None:
    same = [a for a in articles if a.id == article.id or re.fullmatch(re.escape(article.id) + r"-\d+", a.id)]
    if any(a.text == article.text and a.citation.sha256 == article.citation.sha256 for a in same if a.id == article.id):
        return
    if any(a.id == article.id for a in same):
        from dataclasses import replace

        new = f"{article.id}-{len(same) + 1}"
        article = replace(article, id=new, citation=replace(article.citation, id=new))
    articles.append(article)


def _read(path: Path | None) -> Iterator[Article | Problem]:
    if path is None:
        yield from _from_stdin()
        return
    suffix = path.suffix.lower()
    reader = _READERS.get(suffix)
    if reader is None:
        raise ArticleError(str(path), f"'{suffix or 'no ending'}' is no kind of article that is read", f"save it as one of {_KINDS}")
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ArticleError(str(path), f"{size:,} bytes are more than the {LARGEST:,} of the largest article", "split it into articles")
        raw = path.read_bytes()
    except OSError as error:
        raise ArticleError(str(path), f"cannot be read ({error.strerror})", "check the file and its permissions") from error
    yield from reader(path, _decode(str(path), raw))


def _decode(name: str, raw: bytes) -> str:
    """UTF-8 (with or without BOM) or UTF-16 with a BOM; anything else is an error rather than a guess."""
    if not raw.strip():
        raise ArticleError(name, "the file is empty", "name a file with text")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in raw[:8192]:
        raise ArticleError(name, "a binary file, not a text", f"save the article as one of {_KINDS}")
    else:
        encoding = "utf-8-sig"
    try:
        return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise ArticleError(
            name, f"not UTF-8 (byte {error.start} is {raw[error.start]:#04x})", "convert it to UTF-8, for example with 'iconv -t utf-8'"
        ) from error


def _from_stdin() -> Iterator[Article | Problem]:
    yield from from_bytes(sys.stdin.buffer.read())


def from_bytes(raw: bytes) -> Iterator[Article | Problem]:
    """Yield the articles of what came from standard input as a whole: JSON lines, Markdown with front matter, or one plain text."""
    text = _decode("standard input", raw)
    if text.lstrip().startswith("{"):
        yield from _read_jsonl(Path("stdin.jsonl"), text)
    elif text.startswith("---\n"):
        yield from _read_markdown(Path("stdin.md"), text)
    else:
        yield _article("stdin", text, {}, file="standard input")


def _read_plain(path: Path, text: str) -> Iterator[Article]:
    yield _article(path.stem, text, {}, file=path.name)


def _read_markdown(path: Path, text: str) -> Iterator[Article]:
    """The text begins right after the line that closes the front matter."""
    fields: dict[str, Any] = {}
    m = re.match(r"---[ \t]*\r?\n(.*?\r?\n)?---[ \t]*\r?\n", text, re.S)
    if m:
        import yaml

        try:
            loaded = yaml.safe_load(m[1] or "") or {}
        except yaml.YAMLError as error:
            line = getattr(getattr(error, "problem_mark", None), "line", 0) + 2
            raise ArticleError(
                str(path), f"its front matter is not YAML (line {line})", "put quotation marks around the value on that line"
            ) from error
        if not isinstance(loaded, dict):
            raise ArticleError(
                str(path), "its front matter is no list of 'name: value' lines", "write one 'name: value' a line between the '---'"
            )
        fields, text = loaded, text[m.end() :]
    elif text.startswith("---\n"):
        raise ArticleError(str(path), "its front matter is not closed", "end it with a line of '---'")
    yield _article(path.stem, text, fields, file=path.name)


def _read_html(path: Path, text: str) -> Iterator[Article]:
    import trafilatura

    document: Any = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False, include_tables=False)
    body = document.text if document is not None else None
    if not body:
        raise ArticleError(str(path), "no article text was found in the page", "save the page's text as .txt")
    fields = {
        "title": document.title,
        "publisher": document.sitename,
        "author": document.author,
        "date": document.date,
        "url": document.url,
    }
    yield _article(path.stem, body, {k: v for k, v in fields.items() if v}, file=path.name)


def _read_json(path: Path, text: str) -> Iterator[Article | Problem]:
    try:
        data = json.loads(text)
    except ValueError as error:
        raise ArticleError(str(path), f"not JSON ({error})", "correct the file at that place") from error
    items = data if isinstance(data, list) else [data]
    for number, item in enumerate(items, start=1):
        yield _from_object(path, item, f"{path}, item {number}", path.stem if len(items) == 1 else f"{path.stem}-{number}")


def _read_jsonl(path: Path, text: str) -> Iterator[Article | Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except ValueError as error:
            yield Problem(name=f"{path}, line {number}", rule=f"not JSON ({error})", next_step="correct the line; the others were read")
            continue
        yield _from_object(path, item, f"{path}, line {number}", f"{path.stem}-{number}")


def _from_object(path: Path, item: Any, where: str, default_id: str) -> Article | Problem:
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return Problem(name=where, rule="has no 'text' that is a string", next_step='write {"text": "…", "title": "…"}')
    try:
        return _article(str(item.get("id") or default_id), item["text"], item, file=path.name)
    except ArticleError as error:
        return Problem(name=where, rule=error.rule, next_step=error.next_step)


def _article(id: str, text: str, fields: dict[str, Any], file: str) -> Article:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ArticleError(file or id, "the article has no text", "name an article with text")
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
            authors=authors,
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
    """A stated field as one line; None and empty are "not stated"."""
    return "" if value is None or isinstance(value, (dict, list)) else _HALF.sub("\ufffd", " ".join(str(value).split()))


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
