"""What lies at a path, a pattern or a URL: every file, with what keeps it from being read."""

from __future__ import annotations

import glob
import os
import posixpath
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import fsspec

from archive._errors import ArchiveError

_SORTS = ((stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"))
_PACKAGES = {
    "s3": "s3fs",
    "s3a": "s3fs",
    "gs": "gcsfs",
    "gcs": "gcsfs",
    "http": "aiohttp",
    "https": "aiohttp",
    "abfs": "adlfs",
    "az": "adlfs",
}
"""Packages that fsspec needs for addresses of a kind."""
_PATTERN = "*?["


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A file that was found, or what stands in the way of one: ``url`` tells it from all others, ``shown`` is how its user knows it.

    ``name`` is its path below what was named; ``size`` None means that nobody says; ``code`` with ``rule`` and ``next_step`` say why it
    cannot be read, ``folder`` that it is a folder.
    """

    url: str
    name: str
    shown: str
    size: int | None = None
    info: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    folder: bool = False
    code: str = ""
    rule: str = ""
    next_step: str = ""


def found_at(source: str) -> Iterator[Found]:
    """Yield what lies at ``source``, sorted by name: itself, what its pattern fits, and all below folders but hidden ones.

    Raises :class:`ArchiveError` where nothing is there or nobody answers. Reads the listing of the disk or the network.
    """
    if source.startswith("file://"):
        yield from _on_disk(fsspec.core.strip_protocol(source), source)
    elif "::" in source and "://" in source:
        raise ArchiveError(source, "chained addresses are not read", "unpack it, and name the files", code="unreachable")
    elif "://" in source:
        yield from _remote(source)
    else:
        yield from _on_disk(source, source)


def _on_disk(path: str, source: str) -> Iterator[Found]:
    if "\0" in path:
        raise _no_such(source)
    path = os.path.abspath(os.path.expanduser(path))
    if os.path.lexists(path):
        yield from _named(path, source, posixpath.basename(path), "")
        return
    matches = sorted(glob.glob(path, recursive=True)) if any(sign in path for sign in _PATTERN) else []
    if not matches:
        raise _no_such(source)
    plain = os.path.dirname(path[: min(path.find(sign) for sign in _PATTERN if sign in path)])
    for match in matches:
        if os.path.isfile(match) or not ("**" in path and os.path.isdir(match)):
            yield from _named(match, match, os.path.relpath(match, plain), os.path.relpath(match, plain))


def _named(path: str, source: str, name: str, prefix: str) -> Iterator[Found]:
    """What a user named on a disk; a link is followed, since it was named."""
    if os.path.isdir(path):
        yield from _below(os.path.realpath(path), prefix)
    else:
        yield _file(path, source, name, root="")


def _below(root: str, prefix: str) -> Iterator[Found]:
    unreadable: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=unreadable.append):
        folders.sort()
        for name in sorted(names):
            yield _file(os.path.join(folder, name), "", _joined(prefix, os.path.relpath(os.path.join(folder, name), root)), root=root)
        for name in [n for n in folders if n.startswith((".", "_"))]:
            yield Found(url=os.path.join(folder, name), name=name, shown=name, hidden=True, folder=True)
        for path in (os.path.join(folder, n) for n in folders if os.path.islink(os.path.join(folder, n))):
            if not _within(os.path.realpath(path), root):
                yield _bad(path, path, "link-out-of-folder", folder=True)
        folders[:] = [n for n in folders if not n.startswith((".", "_"))]
    for error in unreadable:
        path = str(error.filename)
        yield _bad(path, path, "not-readable", folder=True)


def _joined(prefix: str, name: str) -> str:
    return "/".join(piece for piece in (prefix, name.replace(os.sep, "/")) if piece)


def _within(path: str, root: str) -> bool:
    return os.path.commonpath([path, root]) == root


def _file(path: str, source: str, name: str, root: str) -> Found:
    """A file on a disk; ``root`` is the folder that links may not leave, or "" where the file itself was named."""
    shown = source or path
    if root and posixpath.basename(path).startswith((".", "_")):
        return Found(url=path, name=name, shown=shown, hidden=True)
    real = os.path.realpath(path)
    try:
        (real + name).encode()
    except UnicodeError:
        return _bad(real, ascii(shown)[1:-1], "unshowable-name")
    try:
        said = os.stat(real)
    except OSError as error:
        return _bad(path, shown, "broken-link" if os.path.islink(path) else "not-readable", error.strerror or "")
    if root and os.path.islink(path) and not _within(real, root):
        return _bad(path, shown, "link-out-of-folder")
    if not stat.S_ISREG(said.st_mode):
        return _bad(path, shown, "not-a-file", next((sort for is_one, sort in _SORTS if is_one(said.st_mode)), "no file"))
    if not os.access(real, os.R_OK):
        return _bad(real, shown, "not-readable")
    return Found(url=real, name=name, shown=shown, size=said.st_size, info={"mtime": said.st_mtime_ns})


_RULES = {
    "link-out-of-folder": ("the link leads out of the folder that was named, and is not followed", "name what it leads to as well"),
    "broken-link": ("the link leads nowhere", "take it away, or mend it"),
    "not-readable": ("it cannot be read", "check its permissions"),
    "not-a-file": ("it is {said}, not a file", "name a file"),
    "unshowable-name": ("its name is not in UTF-8", "rename it"),
}


def _bad(url: str, shown: str, code: str, said: str = "", *, folder: bool = False) -> Found:
    rule, step = _RULES[code]
    rule = rule.format(said=said) + (f" ({said})" if said and "{said}" not in rule else "")
    return Found(url=url, name=shown, shown=shown, code=code, rule=rule, next_step=step, folder=folder)


def _remote(source: str) -> Iterator[Found]:
    try:
        files, path = fsspec.core.url_to_fs(source)
        if files.exists(path):
            whole = files.isdir(path)
            names = files.find(path, detail=True) if whole else {path: files.info(path)}
            plain = path if whole else posixpath.dirname(path)
        elif any(sign in path for sign in _PATTERN):
            names = files.glob(path, detail=True)
            plain = posixpath.dirname(path[: min(path.find(sign) for sign in _PATTERN if sign in path)])
        else:
            names = {}
    except ImportError as error:
        kind = source.split("://")[0]
        package = _PACKAGES.get(kind, "the package that it names")
        rule = f"addresses that begin with {kind}:// need a package ({' '.join(str(error).split())})"
        raise ArchiveError(source, rule, f"install {package} beside citemap, on all workers", code="missing-package") from error
    except FileNotFoundError:
        names = {}
    except Exception as error:  # each of the file systems behind fsspec has errors of its own
        rule = f"it cannot be reached ({' '.join(str(error).split())[:300] or type(error).__name__})"
        raise ArchiveError(source, rule, "check the address, and the rights to read there", code="unreachable") from error
    if not names:
        raise _no_such(source)
    for name, info in sorted(names.items()):
        url = str(files.unstrip_protocol(name))
        under = posixpath.relpath(name, plain) if name.startswith(plain) else posixpath.basename(name)
        if info.get("type") == "directory":
            continue
        hidden = any(piece.startswith((".", "_")) for piece in under.split("/") if piece != "..")
        size = info.get("size")
        yield Found(url=url, name=under, shown=url, size=None if size is None else int(size), info=info, hidden=hidden)


def _no_such(source: str) -> ArchiveError:
    return ArchiveError(source, "there is no such file or folder", "check the path or URL", code="no-such-file")
