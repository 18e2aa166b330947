"""What the tests of atomic writing stop a writer with: a kill or a full disk at its n-th step, and a kill at a chosen moment.

A writer runs in a fork of the process that asks, which ends there: nothing of it is left but what is on the disk.
"""

from __future__ import annotations

import errno
import os
import shutil
import signal
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from citemap import BuildError, _folder
from sources import SourceError

Writer = Callable[[], object]
State = dict[str, bytes] | None

STEPS = ("open", "write", "fsync", "replace", "rename", "link", "symlink", "unlink", "mkdir", "rmdir", "chmod", "ftruncate", "close")
"""The calls of the system by which something changes; ``citemap._folder.exchange`` is one more."""
NEEDS_ROOM = ("open", "write", "fsync", "link", "symlink", "mkdir", "ftruncate")
DONE, TOLD, KILLED, BROKEN = 0, 3, -signal.SIGKILL, 4


def look(place: Path) -> State:
    """What somebody sees who looks: every file below a folder with its bytes, or the bytes of one file; None where there is nothing."""
    if place.is_dir():
        files = [path for path in sorted(place.rglob("*")) if not path.is_dir()]
        return {str(path.relative_to(place)): path.read_bytes() for path in files}
    return {place.name: place.read_bytes()} if place.exists() else None


def in_fork(work: Callable[[], object], *, kill_after: float | None = None, kill_by: int = signal.SIGKILL) -> int:
    """Do something in a fork and return how it ended: DONE, TOLD (an error that says why), KILLED or BROKEN; kill it after some seconds.

    A signal that can wait does, until the work takes its block away: what comes before the work begins is not lost on it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD, kill_by} - {signal.SIGKILL})
    child = os.fork()
    if not child:
        status = BROKEN
        try:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            work()
            status = DONE
        except (OSError, BuildError, SourceError):
            status = TOLD
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    if kill_after is not None:
        ends = time.monotonic() + kill_after
        while (left := ends - time.monotonic()) > 0 and os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            signal.sigtimedwait({signal.SIGCHLD}, left)
        os.kill(child, kill_by)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {kill_by})
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def stopped_at(step: int, writer: Writer, *, full: bool = False) -> int:
    """Run a writer that is killed right before its n-th step, or finds the disk full at its n-th that needs room."""

    def work() -> None:
        count = 0

        def around(name: str, usual: Callable[..., Any]) -> Callable[..., Any]:
            def call(*args: Any, **more: Any) -> Any:
                nonlocal count
                if full and (name not in NEEDS_ROOM or (name == "open" and not args[1] & os.O_CREAT)):
                    return usual(*args, **more)
                count += 1
                if count == step and not full:
                    os.kill(os.getpid(), signal.SIGKILL)
                if count == step:
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                return usual(*args, **more)

            return call

        for name in STEPS:
            setattr(os, name, around(name, getattr(os, name)))
        _folder.exchange = around("exchange", _folder.exchange)
        writer()
        if count < step:
            os._exit(77)

    return in_fork(work)


def every_step(writer: Writer, *, full: bool = False) -> Any:
    """Yield the number of each step of a writer and how it ended when it was stopped there, until it is not stopped any more."""
    step = 1
    while (status := stopped_at(step, writer, full=full)) != 77:
        yield step, status
        step += 1


def clear(place: Path) -> None:
    """Take a file or a folder away."""
    shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
