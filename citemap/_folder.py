"""A build folder that is the old one whole or the new one whole.

The new folder is made beside the old one, with links to what in the old one is the user's, and the two change places in one step of the
file system (``renameat2`` with ``RENAME_EXCHANGE``, on macOS ``renamex_np``): whoever looks, also after a kill or a power cut, finds all of
the one or all of the other.

Where that cannot be done, the files are renamed one by one inside the folder, which stays the same folder, with a journal in
``.citemap/``: on file systems without the exchange (also FAT, some network drives, Windows), for a mount point, where nothing can be made
beside the folder or its owner cannot be kept, where what is the user's cannot be linked (or is more than a thousand files), and where the
current folder of a running process lies in it, which would be left in a folder that is gone. There each file is whole at any moment, and
a build that is killed within these few milliseconds leaves the journal: the next build, or :func:`finish`, completes it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from citemap._lock import INSIDE, LOCK, folder_lock
from geo import files
from geo.files import PART, exchange, follow, held, placed, sync_folder, write_atomically

NEW, OLD = "new", "old"
_COMMIT = "commit.json"
_JOURNAL = "journal.json"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
_MOST = 1000
"""Files of the user's that are linked into a new folder; a folder with more is somebody's workplace and stays the same folder."""


def unfinished(folder: str | os.PathLike[str]) -> bool:
    """Whether a build of this folder was killed while it put files in place, so that files of two builds may stand in it.

    Reads the disk.

    >>> unfinished(".")
    False
    """
    return (follow(folder) / INSIDE / _JOURNAL).is_file()


def finish(folder: str | os.PathLike[str]) -> None:
    """Complete what a killed build of this folder began, and clear away what it left; where there is nothing, nothing is done.

    Raises :class:`citemap._lock.HeldError` where a build is at work there, OSError where it cannot be written. Writes the disk.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     finish(folder)
    """
    with folder_lock(folder) as work:
        settle(follow(folder), work)


def settle(target: Path, work: Path) -> None:
    """Complete or clear away what killed builds left of ``target``; ``work`` is the working folder, its lock held."""
    inside = target / INSIDE
    with held():
        if (inside / _JOURNAL).is_file():
            _forward(inside, target)
        if inside != work and inside.is_dir() and not (inside / LOCK).exists():
            drop(inside)
        record = _read(work / _COMMIT)
        if record is not None and target.is_dir() and record["inode"] == target.stat().st_ino:
            _keep_late(work / NEW, target, record["carried"], set(record["leave"]))
        if record is not None:
            (work / _COMMIT).unlink()  # before the first of the old files goes, or they would seem to be deleted by somebody
            with contextlib.suppress(OSError):
                sync_folder(work)
        for one in (NEW, OLD):
            drop(work / one)


def put_folder(work: Path, target: Path, names: Iterable[str], *, stale: Iterable[str]) -> None:
    """Put ``work``/new in the place of ``target``, which may not exist yet; the module says how.

    ``names`` are the files of the new folder, in the order in which they may appear; ``stale`` those that an earlier build wrote. All
    others stay. Raises OSError where it cannot be done; then the old folder is as it was.
    """
    new, names, stale = work / NEW, tuple(names), set(stale)
    sync_folder(new)
    files.before_moving()
    if not target.exists():
        with held():
            os.rename(new, target)
            placed.append(target)
        sync_folder(target.parent)
        return
    if directory := next((target / name for name in names if (target / name).is_dir() and not (target / name).is_symlink()), None):
        raise IsADirectoryError(errno.EISDIR, f"{directory.name} in it is a folder", str(directory))
    leave = {*names, *stale}
    try:
        if work.parent == target or _lived_in(target):
            raise _UnfitError("it is to stay the same folder")
        carried = _carry(target, new, leave)
        _as_owned(target, new)
        record = {"inode": new.stat().st_ino, "carried": carried, "leave": sorted(leave)}
        write_atomically(work / _COMMIT, json.dumps(record).encode())
        with held():
            exchange(new, target)
            placed.append(target)
    except OSError as error:
        if error.errno in _FULL:
            raise
        _put_one_by_one(work, target, names, stale)
        return
    with held():
        sync_folder(target.parent)
        _keep_late(new, target, carried, leave)


def drop(path: Path) -> None:
    """Delete a file or a folder with all that is in it; what cannot be deleted stays for the next build to clear."""
    with held():
        if path.is_dir() and not path.is_symlink():
            for folder, _, _ in os.walk(path):
                with contextlib.suppress(OSError):
                    os.chmod(folder, 0o700)
            shutil.rmtree(path, ignore_errors=True)
        else:
            with contextlib.suppress(OSError):
                path.unlink()


class _UnfitError(OSError):
    """The folder is better, or can only be, changed in place."""

    def __init__(self, why: str) -> None:
        super().__init__(errno.ENOTSUP, why)


# the exchange ----------------------------------------------------------------------------------------------------------------


def _lived_in(target: Path) -> bool:
    """Whether the current folder of this process, or of one that we may look at, lies in a folder."""
    numbers = [name for name in os.listdir("/proc") if name.isdigit()] if os.path.isdir("/proc/self") else []
    for number in ["", *numbers]:
        with contextlib.suppress(OSError):
            if Path(os.readlink(f"/proc/{number}/cwd") if number else os.getcwd()).is_relative_to(target):
                return True
    return False


def _carry(old: Path, new: Path, leave: set[str]) -> dict[str, int]:
    """Link all that is the user's into the new folder, and return the numbers by which the file system knows it."""
    carried: dict[str, int] = {}
    device = old.stat().st_dev
    for path, name in _within(old):
        if name.split("/", 1)[0] in leave:
            continue
        state = path.lstat()
        if len(carried) >= _MOST or state.st_dev != device:
            raise _UnfitError("what is the user's in it cannot be linked")
        if stat.S_ISDIR(state.st_mode):
            (new / name).mkdir()
        elif stat.S_ISLNK(state.st_mode):
            (new / name).symlink_to(os.readlink(path))
        elif stat.S_ISREG(state.st_mode):
            os.link(path, new / name, follow_symlinks=False)
        else:
            raise _UnfitError("a pipe, a socket or a device cannot be linked")
        carried[name] = state.st_ino
    for name in reversed(carried):
        if (old / name).is_dir() and not (old / name).is_symlink():
            _as_owned(old / name, new / name)
            shutil.copystat(old / name, new / name)
            sync_folder(new / name)
    sync_folder(new)
    return carried


def _within(folder: Path) -> Iterator[tuple[Path, str]]:
    """Every path in a folder and below it, with its name from there; a folder before what is in it."""
    ahead = [(folder, "")]
    while ahead:
        at, prefix = ahead.pop()
        with os.scandir(at) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                name = prefix + entry.name
                yield Path(entry.path), name
                if entry.is_dir(follow_symlinks=False):
                    ahead.append((Path(entry.path), f"{name}/"))


def _as_owned(old: Path, new: Path) -> None:
    """Give a new folder the owner, permissions and attributes of the old one."""
    was, now = old.stat(), new.stat()
    if (was.st_uid, was.st_gid) != (now.st_uid, now.st_gid):
        os.chown(new, was.st_uid, was.st_gid)
    shutil.copystat(old, new)
    os.utime(new)


def _keep_late(old: Path, target: Path, carried: dict[str, int], leave: set[str]) -> None:
    """After the exchange: bring over what others have put into the old folder, or taken from it, since it was linked.

    The old folder stays as it is, so that a second time, after a kill, gives the same.
    """
    there: set[str] = set()
    for path, name in _within(old) if old.is_dir() else ():
        if name.split("/", 1)[0] in leave:
            continue
        there.add(name)
        if path.is_dir() and not path.is_symlink():
            (target / name).mkdir(exist_ok=True)
        elif carried.get(name) != path.lstat().st_ino:
            part = target / f".citemap-late{PART}"
            part.unlink(missing_ok=True)
            _keep(path, part)
            os.replace(part, target / name)
    for name in sorted(set(carried) - there, reverse=True):
        with contextlib.suppress(OSError):
            (target / name).rmdir() if (target / name).is_dir() and not (target / name).is_symlink() else (target / name).unlink()


# one by one ------------------------------------------------------------------------------------------------------------------


def _put_one_by_one(work: Path, target: Path, names: tuple[str, ...], stale: set[str]) -> None:
    """Rename the files inside the folder, with the old ones at hand and a journal, so that it can be completed or undone."""
    inside = target / INSIDE
    made, kept = inside / NEW, inside / OLD
    try:
        inside.mkdir(exist_ok=True)
        for one in (made, kept):
            one.mkdir(exist_ok=True)
        for name in names:
            if work != inside:
                _move(work / NEW / name, made / name)
        for name in {*names, *stale}:
            if os.path.lexists(target / name):
                _keep(target / name, kept / name)
        for one in (made, kept, inside):
            sync_folder(one)
        write_atomically(inside / _JOURNAL, json.dumps({"names": names, "stale": sorted(stale - set(names))}).encode())
        with held():
            try:
                _forward(inside, target)
            except BaseException:
                _back(inside, target)
                raise
            placed.append(target)
    finally:
        if not (inside / _JOURNAL).exists():
            for one in (made, kept):
                drop(one)
            if work != inside and not (inside / LOCK).exists():
                drop(inside)


def _forward(inside: Path, target: Path) -> None:
    """Put in place what the journal lists and is not yet there; done twice, it is the same."""
    journal = _read(inside / _JOURNAL) or {"names": [], "stale": []}
    for name in journal["names"]:
        if (inside / NEW / name).exists():
            os.replace(inside / NEW / name, target / name)
    for name in journal["stale"]:
        (target / name).unlink(missing_ok=True)
    sync_folder(target)
    (inside / _JOURNAL).unlink()
    sync_folder(inside)


def _back(inside: Path, target: Path) -> None:
    """Put the old files back."""
    journal = _read(inside / _JOURNAL) or {"names": [], "stale": []}
    for name in (*journal["names"], *journal["stale"]):
        if os.path.lexists(inside / OLD / name):
            os.replace(inside / OLD / name, target / name)
        else:
            (target / name).unlink(missing_ok=True)
    sync_folder(target)
    (inside / _JOURNAL).unlink(missing_ok=True)


def _move(path: Path, to: Path) -> None:
    """Move a file, by copying where the two lie in different file systems."""
    try:
        os.rename(path, to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        write_atomically(to, path.read_bytes())


def _keep(path: Path, to: Path) -> None:
    """Link a file, or copy it where there are no links."""
    try:
        os.link(path, to, follow_symlinks=False)
    except OSError as error:
        if error.errno in _FULL:
            raise
        if path.is_symlink():
            to.symlink_to(os.readlink(path))
        else:
            write_atomically(to, path.read_bytes())
            shutil.copystat(path, to)


def _read(path: Path) -> dict[str, Any] | None:
    """What a journal says; None where there is none. It was written whole or not at all."""
    try:
        found: dict[str, Any] = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    return found
