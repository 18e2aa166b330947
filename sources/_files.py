"""Files and folders as bytes and then as text: what is no plain file is not opened, what changes while it is read is told."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from sources._errors import ArticleError
from sources._model import Problem

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".json", ".jsonl")
LARGEST = 20_000_000
"""Bytes of the largest file that is read; no article is near it."""
KINDS = "/".join(s.lstrip(".") for s in SUFFIXES)
_OTHERS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub", ".pages", ".tex", ".xml", ".xhtml", ".mhtml", ".mht", ".eml", ".msg", ".zip", ".gz",
    ".tar", ".7z", ".rar",
)  # fmt: skip
"""Endings of what may hold articles and is not read: in a folder, too, these are told."""
_SIGNATURES = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "packed: zip, docx, odt or epub",
    b"\x1f\x8b": "packed: gzip",
    b"7z\xbc\xaf\x27\x1c": "packed: 7z",
    b"Rar!\x1a": "packed: rar",
    b"\x89PNG": "a picture",
    b"GIF8": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"{\\rtf": "a document in RTF",
    b"\xd0\xcf\x11\xe0": "a document of Office",
    b"%!PS": "a document in PostScript",
}
"""How files begin that are no texts, whatever their name says."""
_MARKS = {b"\xff\xfe\0\0": "utf-32", b"\0\0\xfe\xff": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SORTS = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))


def article_files(path: Path) -> Iterator[Path | Problem]:
    """Yield the files to read for what a user named: itself, or the articles of a folder, sorted; and what there is left out, with why."""
    try:
        path.stat()
    except (OSError, ValueError) as error:
        if getattr(error, "errno", errno.EINVAL) not in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
            yield _unreadable(path, error if isinstance(error, OSError) else OSError(str(error))).as_problem()
            return
    if path.is_dir():
        found = sorted(_in_folder(path), key=lambda item: Path(item[0]))
        yield from (item for _, item in found)
        if not found:
            yield Problem(
                name=str(path),
                rule=f"the folder holds no article ({KINDS})",
                next_step="name a folder with articles, or the files",
                code="no-article-in-folder",
            )
    elif path.is_symlink() and not path.exists():
        yield Problem(name=str(path), rule="the link leads nowhere", next_step="name the file itself", code="broken-link")
    elif not path.exists():
        yield Problem(name=str(path), rule="there is no such file or folder", next_step="check the path", code="no-such-file")
    else:
        yield path


def _in_folder(root: Path) -> Iterator[tuple[Path, Path | Problem]]:
    """Each article of a folder, or what is wrong with it, with its path; hidden files and folders are passed over."""
    real = root.resolve()
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        here = Path(folder)
        for name in (n for n in folders if (here / n).is_symlink() and not _hidden((here / n).relative_to(root))):
            if not (here / name).resolve().is_relative_to(real):
                yield here / name, _leads_out(here / name)
        for name in names:
            path = here / name
            if _hidden(path.relative_to(root)):
                continue
            if path.suffix.lower() in SUFFIXES:
                yield path, _of_folder(path, real)
            elif path.suffix.lower() in _OTHERS:
                yield path, _no_kind(path).as_problem()
        folders[:] = [n for n in folders if not n.startswith((".", "_"))]
    for error in unreadable:
        path = Path(error.filename)
        yield path, _unreadable(path, error).as_problem()


def _of_folder(path: Path, real: Path) -> Path | Problem:
    if path.is_symlink():
        if not path.exists():
            return Problem(name=str(path), rule="the link leads nowhere", next_step="take it away, or mend it", code="broken-link")
        if not path.resolve().is_relative_to(real):
            return _leads_out(path)
    return path


def _leads_out(path: Path) -> Problem:
    rule = "the link leads out of the folder that was named, and is not followed"
    return Problem(name=str(path), rule=rule, next_step="name what it leads to as well", code="link-out-of-folder")


def _hidden(path: Path) -> bool:
    return any(part.startswith((".", "_")) for part in path.parts) or path.name.upper().startswith("README")


def _no_kind(path: Path) -> ArticleError:
    suffix = path.suffix.lower()
    return ArticleError(
        str(path), f"'{suffix or 'no ending'}' is no kind of article that is read", f"save it as one of {KINDS}", code="not-a-text"
    )


def _unreadable(path: Path, error: OSError) -> ArticleError:
    return ArticleError(str(path), f"cannot be read ({error.strerror or error})", "check the file and its permissions", code="not-readable")


def bytes_of(path: Path) -> bytes:
    """Return what stands in a file. Raises ArticleError where it is no plain file, too large, or changes meanwhile; never waits for one."""
    if path.suffix.lower() not in SUFFIXES:
        raise _no_kind(path)
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
    except (OSError, ValueError) as error:
        sort = _sort_of(path)
        if sort:
            raise _no_file(path, sort) from error
        raise _unreadable(path, error if isinstance(error, OSError) else OSError(str(error))) from error
    with os.fdopen(handle, "rb", buffering=0) as file:
        before = os.fstat(handle)
        if not stat.S_ISREG(before.st_mode):
            raise _no_file(path, _sort_of(path) or "no file")
        try:
            raw = _read_at_most(file.fileno(), LARGEST + 1)
        except OSError as error:
            raise _unreadable(path, error) from error
        after = os.fstat(handle)
    if max(before.st_size, len(raw)) > LARGEST:
        size = max(before.st_size, len(raw))
        rule = f"{size:,} bytes are more than the {LARGEST:,} of the largest article"
        raise ArticleError(str(path), rule, "split it into articles", code="too-large")
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(raw) != after.st_size:
        raise ArticleError(str(path), "it changed while it was read", "name it again when it is written", code="changed-while-read")
    return raw


def _read_at_most(handle: int, most: int) -> bytes:
    parts, left = [], most
    while left and (part := os.read(handle, min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _sort_of(path: Path) -> str:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return ""
    return next((sort for is_one, sort in _SORTS if is_one(mode)), "")


def _no_file(path: Path, sort: str) -> ArticleError:
    return ArticleError(str(path), f"{sort}, not a file", "name a file, or '-' to read standard input", code="not-a-file")


def decode(name: str, raw: bytes) -> str:
    """Return bytes as text: UTF-8 (with or without BOM), or UTF-16 or UTF-32 with a BOM; anything else is an error rather than a guess."""
    if not raw.strip():
        raise ArticleError(name, "the file is empty", "name a file with text", code="empty")
    for signature, sort in _SIGNATURES.items():
        if raw.startswith(signature):
            raise ArticleError(name, f"a binary file, not a text ({sort})", f"save the article as one of {KINDS}", code="not-a-text")
    encoding = next((said for mark, said in _MARKS.items() if raw.startswith(mark)), "utf-8-sig")
    if encoding == "utf-8-sig" and b"\0" in raw:
        if raw.count(b"\0") > len(raw) * 0.4:
            rule = "UTF-16 or UTF-32 without a byte order mark"
            raise ArticleError(name, rule, "convert it to UTF-8, for example with 'iconv -t utf-8'", code="not-utf8")
        raise ArticleError(name, "a binary file, not a text", f"save the article as one of {KINDS}", code="not-a-text")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        said = "UTF-8" if encoding == "utf-8-sig" else encoding.upper()
        rule = f"not {said} (byte {error.start} is {raw[error.start]:#04x})"
        raise ArticleError(name, rule, "convert it to UTF-8, for example with 'iconv -t utf-8'", code="not-utf8") from error
    if "\0" in text:
        raise ArticleError(name, "a binary file, not a text", f"save the article as one of {KINDS}", code="not-a-text")
    if not text.strip():
        raise ArticleError(name, "the file is empty", "name a file with text", code="empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")
