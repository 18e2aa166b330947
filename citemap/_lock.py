"""The lock that keeps two builds out of one folder, and the working folder that it lies in.

The system's own lock (flock) ends with the process that holds it, however that ends. The file says who holds it, for people.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import shlex
import socket
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from geo.files import follow, held, lock

LOCK = "lock"
INSIDE = ".citemap"
_NO_PLACE = (errno.EACCES, errno.EPERM, errno.EROFS)
_LONGEST = 160
_mine: dict[tuple[int, Path], Path] = {}
"""The working folders that a thread of this process holds: it may ask for one again."""


_handles: set[int] = set()


def _forget() -> None:
    """In a fork: a lock is its parent's alone, and ends with the parent."""
    for handle in _handles:
        with contextlib.suppress(OSError):
            os.close(handle)
    _handles.clear()
    _mine.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)


class HeldError(OSError):
    """Another build holds the lock of a folder; ``strerror`` says whose it is.

    >>> HeldError("another build is at work there").strerror
    'another build is at work there'
    """

    def __init__(self, said: str) -> None:
        super().__init__(errno.EAGAIN, said)


@contextlib.contextmanager
def folder_lock(folder: str | os.PathLike[str]) -> Iterator[Path]:
    """Hold the lock of a build folder, and give the working folder that is this build's alone; both are gone afterwards.

    The working folder is ``.NAME.citemap`` beside the folder, or ``.citemap`` inside it where nothing can be made beside it or the folder
    is a mount point. ``folder`` need not exist; a link is followed. Whoever holds the lock may ask for it again in the same thread. Where
    the file system has no locks, none is held. A lock whose holder was killed is taken over, with a line on standard error. Raises
    :class:`HeldError` at once where another build holds it, OSError where nothing can be written. Writes the disk.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as parent, folder_lock(f"{parent}/output") as work:
    ...     work.name
    '.output.citemap'
    """
    target = follow(folder)
    key = (threading.get_ident(), target)
    if key in _mine:
        yield _mine[key]
        return
    made: list[Path] = []
    handle = -1
    work: Path | None = None
    try:
        with held():
            work = _working_folder(target, made)
            handle = _taken(work, Path(folder))
            _mine[key] = work
            _handles.add(handle)
        yield work
    finally:
        with held():
            _mine.pop(key, None)
            _handles.discard(handle)
            if handle >= 0 and work is not None:
                with contextlib.suppress(OSError):
                    os.unlink(work / LOCK)
                os.close(handle)
            for one in ([work] if work is not None else []) + made[::-1]:
                with contextlib.suppress(OSError):
                    one.rmdir()


def _working_folder(target: Path, made: list[Path]) -> Path:
    """Make the working folder, and the folders above it that are missing (they go into ``made``)."""
    if target.exists() and not target.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
    missing = [one for one in (target.parent, *target.parent.parents) if not one.exists()]
    for one in reversed(missing):
        made.append(one)
        one.mkdir(exist_ok=True)
    beside = target.parent / f".{os.fsencode(target.name)[:200].decode('utf-8', 'ignore')}.citemap"
    if target.name and not os.path.ismount(target):
        try:
            return _made(beside)
        except OSError as error:
            if error.errno not in _NO_PLACE or not target.is_dir():
                raise
    return _made(target / INSIDE)


def _made(work: Path) -> Path:
    work.mkdir(exist_ok=True)
    if work.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, f"{work.name} is in the way, a link", str(work))
    return work


def _taken(work: Path, said: Path) -> int:
    """Lock the file in the working folder and write into it who we are; return its handle."""
    path = work / LOCK
    while True:
        work.mkdir(exist_ok=True)
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o666)
        except FileNotFoundError:  # the build before us has just taken its folder away
            continue
        try:
            if lock(handle) is False:
                raise HeldError(f"another build is at work there: {_holder(os.read(handle, 4096))}")
            if _is_at(handle, path):
                before = os.read(handle, 4096)
                if before:
                    print(f"citemap: {said}: a build that did not end is cleared away: {_holder(before)}", file=sys.stderr)
                os.lseek(handle, 0, os.SEEK_SET)
                os.ftruncate(handle, 0)
                os.write(handle, _us())
                return handle
        except BaseException as error:
            if not isinstance(error, HeldError) and lock(handle) is not False and _is_at(handle, path):
                os.unlink(path)
            os.close(handle)
            raise
        os.close(handle)


def _is_at(handle: int, path: Path) -> bool:
    """Whether the file that we locked is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False


def _us() -> bytes:
    """Who holds the lock, as one line of JSON."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):
        user = str(getattr(os, "getuid", lambda: "?")())
    command = shlex.join([Path(sys.orig_argv[0]).name, *sys.orig_argv[1:]] if sys.orig_argv else ["?"])
    said = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "user": user,
        "since": datetime.now().astimezone().isoformat(sep=" ", timespec="seconds"),
        "command": command if len(command) <= _LONGEST else command[:_LONGEST] + "…",
    }
    return (json.dumps(said, ensure_ascii=True) + "\n").encode()


def _holder(raw: bytes) -> str:
    """The holder in words."""
    try:
        said = json.loads(raw)
        words = f"process {said['pid']} on {said['host']}, user {said['user']}, since {said['since']}, {said['command']}"
    except (ValueError, KeyError, TypeError):
        return "it has only just begun"
    return "".join(sign if sign.isprintable() else "�" for sign in words)
