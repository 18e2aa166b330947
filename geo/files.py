"""Putting files in place: each is the old one whole or the new one whole, whenever the power, the disk or the user stops it."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import secrets
import signal
import stat
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

try:
    import fcntl
except ImportError:  # Windows: a file that a killed writer left stays until somebody deletes it
    fcntl = None  # type: ignore[assignment]

PART = ".part"
placed: deque[Path] = deque(maxlen=100)
"""What this process put in place last, by path: whoever is interrupted says by it whether something was changed."""
checks: list[Callable[[], None]] = []
"""Asked before anything is moved into place; one may raise, and nothing is changed. The command line asks whether it was interrupted."""
_LONGEST = 200
"""Bytes of a file's name that the name of its part begins with: file systems take 255."""
_PIECE = 1 << 24
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL)
_ELSEWHERE = (errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM, errno.EBADF)


def write_atomically(path: str | os.PathLike[str], data: bytes) -> Path:
    """Write bytes to a file through a part beside it: flushed to the disk, read back and compared, then moved into place.

    ``path`` may not exist yet; its folder must. A link is followed, and an old file's permissions stay. Whoever looks, at any moment and
    also after a kill, sees the old file whole or the new one whole; the part of a writer that was killed is cleared by the next write of
    the same file. A device or a pipe is written straight. Returns the path. Raises OSError when the folder is missing or not writable,
    the disk is full or gives back other bytes; then the old file is untouched and no part stays. Writes to disk; no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_atomically(Path(folder) / "a.txt", b"one").read_bytes()
    b'one'
    """
    return write_together({Path(path): data})[0]


def write_together(files: Mapping[Path, bytes]) -> list[Path]:
    """Write files that belong together, each as :func:`write_atomically` does; the first is moved when the last is whole on the disk.

    What stops the writing before that changes none of them. Only a kill in the instant between two moves leaves some old and some new:
    name first what the others refer to. Returns the paths. Raises what :func:`write_atomically` says.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in write_together({Path(folder) / "a.png": b"picture", Path(folder) / "a.md": b"text"})]
    ['a.png', 'a.md']
    """
    parts: dict[Path, Path] = {}
    with contextlib.ExitStack() as opened:
        try:
            for path, data in files.items():
                _begin(follow(path), data, parts, opened)
            if os.name == "nt":  # there an open file cannot be moved
                opened.close()
            before_moving()
            with held():
                for part, target in parts.items():
                    _put(part, target)
        except BaseException:
            with held():
                for part in parts:
                    with contextlib.suppress(FileNotFoundError):
                        os.unlink(part)
            raise
    for folder in sorted({target.parent for target in parts.values()}):
        sync_folder(folder)
    return list(files)


def put(part: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Put a file that is written already in the place of another, once all of it is on the disk.

    Both must lie in one file system. Raises OSError where that cannot be done; then the old file is untouched. Writes to disk.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     part = write_atomically(Path(folder) / "a.part", b"one")
    ...     put(part, Path(folder) / "a")
    ...     [path.name for path in Path(folder).iterdir()]
    ['a']
    """
    with open(part, "rb+") as file:
        os.fsync(file.fileno())
    before_moving()
    with held():
        _put(Path(part), Path(target))
    sync_folder(Path(target).parent)


def before_moving() -> None:
    """Ask all ``checks`` whether something may be moved into place; raises what they raise.

    >>> before_moving()
    """
    for check in checks:
        check()


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Flush a folder's own list of names to the disk; where the system has no such thing, nothing is done. Raises OSError.

    >>> sync_folder(".")
    """
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _ELSEWHERE:
            raise
    finally:
        os.close(handle)


def exchange(one: str | os.PathLike[str], other: str | os.PathLike[str]) -> None:
    """Let two folders change places in one step of the file system. Raises OSError, ENOTSUP where the system cannot do that.

    >>> exchange("no-such-folder", "nor-this")
    Traceback (most recent call last):
    ...
    FileNotFoundError: [Errno 2] No such file or directory: 'nor-this'
    """
    if sys.platform not in ("linux", "darwin"):
        raise OSError(errno.ENOTSUP, "the system knows no exchange")
    library = ctypes.CDLL(None, use_errno=True)
    a, b = os.fsencode(one), os.fsencode(other)
    try:
        done = library.renamex_np(a, b, 2) if sys.platform == "darwin" else library.renameat2(-100, a, -100, b, 2)
    except AttributeError as error:
        raise OSError(errno.ENOTSUP, "the system knows no exchange") from error
    if done != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), os.fspath(other))


@contextlib.contextmanager
def held() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM wait for the moment in which something is put in place or cleared away; they are heeded right after it.

    Only handlers in Python wait, and only in the main thread, which is where Python runs them.

    >>> with held():
    ...     signal.getsignal(signal.SIGINT) is signal.default_int_handler
    False
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def wait(number: int, frame: FrameType | None) -> None:
        came.append(number)

    usual: dict[signal.Signals, Any] = {one: signal.getsignal(one) for one in _SIGNALS}
    usual = {one: handler for one, handler in usual.items() if callable(handler)}
    try:
        for one in usual:
            signal.signal(one, wait)
        yield
    finally:
        for one, handler in usual.items():
            signal.signal(one, handler)
        for number in came[:1]:
            usual[signal.Signals(number)](number, None)


def lock(handle: int) -> bool | None:
    """Take the system's lock (flock) on an open file: True, False where another has it, None where the system or the disk has no locks.

    It ends with the handle, also when its process is killed. Raises OSError where the disk fails.

    >>> import tempfile
    >>> with tempfile.TemporaryFile() as file:
    ...     lock(file.fileno()) is not False
    True
    """
    if fcntl is None:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return None
    return True


def follow(path: str | os.PathLike[str]) -> Path:
    """Return where a path leads, links followed; what is at the end need not exist. Raises OSError where links go in a circle.

    >>> follow(".") == Path.cwd().resolve()
    True
    """
    try:
        return Path(path).resolve()
    except RuntimeError as error:  # a circle, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def _begin(target: Path, data: bytes, parts: dict[Path, Path], opened: contextlib.ExitStack) -> None:
    """Write one part, which goes into ``parts``; it stays open, and so locked, for as long as ``opened``."""
    mode = _mode(target)
    if mode is not None and not stat.S_ISREG(mode):
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        with target.open("wb") as file:
            file.write(data)
        return
    _clear_parts(target)
    part = target.with_name(f"{_beginning(target.name)}{secrets.token_hex(6)}{PART}")
    parts[part] = target
    with held():
        handle = _opened(part)
        opened.callback(os.close, handle)
    _fill(handle, data)
    if mode is not None and stat.S_IMODE(mode) != stat.S_IMODE(os.fstat(handle).st_mode):
        os.chmod(part, stat.S_IMODE(mode))
    os.fsync(handle)
    _read_back(handle, data)


def _put(part: Path, target: Path) -> None:
    os.replace(part, target)
    placed.append(target)


def _mode(target: Path) -> int | None:
    try:
        return target.stat().st_mode
    except FileNotFoundError:
        return None


def _beginning(name: str) -> str:
    """What the names of a file's parts begin with."""
    cut = os.fsencode(name)[:_LONGEST].decode("utf-8", "ignore")
    return f".{cut}."


def _opened(part: Path) -> int:
    """Make the part and lock it, so that whoever clears parts away knows that its writer lives."""
    while True:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0), 0o666)
        try:
            if lock(handle) is not False and os.path.exists(part):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _clear_parts(target: Path) -> None:
    """Clear away parts of this file whose writers were killed."""
    begins, ends = _beginning(target.name), len(PART) + 12
    with contextlib.suppress(OSError):
        stale = [name for name in os.listdir(target.parent) if name.startswith(begins) and name.endswith(PART)]
        for name in stale:
            if len(name) != len(begins) + ends:
                continue
            handle = os.open(target.parent / name, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
            try:
                if lock(handle):
                    os.unlink(target.parent / name)
            finally:
                os.close(handle)


def _fill(handle: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left[:_PIECE]) :]


def _read_back(handle: int, data: bytes) -> None:
    """Compare what the disk gives back with what was to be written; what the system remembers of it is dropped first, where it can be."""
    if hasattr(os, "posix_fadvise"):
        with contextlib.suppress(OSError):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(handle, 0, os.SEEK_SET)
    at = 0
    while piece := os.read(handle, _PIECE):
        if piece != data[at : at + len(piece)]:
            break
        at += len(piece)
    if at != len(data):
        raise OSError(errno.EIO, f"the disk gives back other bytes than were written, from byte {at} on")
