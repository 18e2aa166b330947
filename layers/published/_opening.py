"""Files that somebody sends: opened without following links, waiting for pipes or reading more than may be."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

from layers._errors import PublishedError

LARGEST = 256_000_000
"""Bytes of the largest file whose contents are looked at; larger ones are only hashed."""
_RESTORE = "restore it as it was published"


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """Read a regular file of at most ``most`` bytes. Raises :class:`PublishedError` for a link, a pipe, a folder, and what is larger.

    >>> read_bytes(Path("no-such-file"))
    Traceback (most recent call last):
    ...
    layers._errors.PublishedError: no-such-file: is not there; restore it as it was published
    """
    with os.fdopen(_opened(path), "rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise PublishedError(path.name, f"is larger than {most // 1_000_000} MB, the most that is read", "name another file")
    return data


def sha256_of(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a regular file, however large, and its size in bytes. Raises :class:`PublishedError` as :func:`read_bytes`."""
    with os.fdopen(_opened(path), "rb") as file:
        digest = hashlib.file_digest(file, "sha256")
        return digest.hexdigest(), file.tell()


def _opened(path: Path) -> int:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        raise PublishedError(path.name, "is not there", _RESTORE) from None
    except (OSError, ValueError) as error:
        linked = path.is_symlink()
        rule = "is a link, no file" if linked else f"cannot be read ({getattr(error, 'strerror', None) or error})"
        raise PublishedError(path.name, rule, "put the file itself there" if linked else "check the file and its permissions") from None
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise PublishedError(path.name, "is no file", _RESTORE)
    return handle


def as_value(data: bytes | str, name: str) -> Any:
    """Read JSON. Raises :class:`PublishedError`, which names the file, where it is none, or nested too deeply to be of citemap.

    >>> as_value(b"[" * 100_000, "plans.geojson")
    Traceback (most recent call last):
    ...
    layers._errors.PublishedError: plans.geojson: is no JSON that can be read (nested too deeply); restore it as it was published
    """
    try:
        return json.loads(data, parse_constant=_no_number)
    except RecursionError:
        why = "nested too deeply"
    except (ValueError, MemoryError) as error:
        why = str(error)[:80]
    raise PublishedError(name, f"is no JSON that can be read ({why})", _RESTORE)


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no number")
