"""The side of the other process: takes tasks, may touch nothing while it works on one, and answers with values.

While a document is read, this process may start no other one, open no connection and change no file but a temporary one.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import sys
from collections.abc import Callable
from typing import Any, NoReturn

SIZE = struct.Struct(">Q")
DONE, FAILED, OUT_OF_MEMORY = "done", "failed", "out of memory"
LONGEST_ANSWER = 400_000_000
"""Bytes of an answer at most: what is found in the largest file takes a tenth of it."""
_LATER = 5
"""Seconds after its limit when the system ends a process whose parent did not: it may have been killed."""
_REFUSED = (
    "socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "os.fork", "os.remove", "os.rename", "os.rmdir",
    "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.", "ftplib.", "smtplib.", "urllib.",
    "http.", "webbrowser.", "pty.", "syslog.",
)  # fmt: skip
"""Events of Python's audit hooks that no reading of a document needs."""
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_TEMPORARY = {os.path.abspath(os.environ[name]) for name in ("TMPDIR", "TEMP", "TMP") if name in os.environ} | {
    "/tmp",
    "/var/tmp",
    "/usr/tmp",
}
_at_work = False


def serve(asked: int, told: int) -> NoReturn:
    """Answer tasks from one pipe on another until it is closed, then end this process."""
    _stand_apart(asked, told)
    while True:
        head = _read(asked, SIZE.size)
        if head is None:
            os._exit(0)
        sent = _read(asked, SIZE.unpack(head)[0])
        if sent is None:
            os._exit(0)
        task, given, seconds, memory = pickle.loads(sent)
        answer = _answered(task, given, seconds, memory)
        try:
            for part in (SIZE.pack(len(answer)), answer):
                view = memoryview(part)
                while view:
                    view = view[os.write(told, view) :]
        except OSError:
            os._exit(0)


def serve_standard_streams() -> NoReturn:
    """Answer tasks from standard input on standard output: how a process begins that is no fork."""
    serve(os.dup(0), os.dup(1))


def _answered(task: Callable[..., Any], given: tuple[Any, ...], seconds: float, memory: int) -> bytes:
    global _at_work
    _limit_memory(memory)
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _LATER)
    _at_work = True
    try:
        answer = pickle.dumps((DONE, task(*given)), pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        answer = pickle.dumps((OUT_OF_MEMORY, ""))
    except BaseException as error:
        answer = pickle.dumps((FAILED, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"))
    _at_work = False
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0)
    return answer


def _read(pipe: int, size: int) -> bytes | None:
    parts = []
    while size:
        part = os.read(pipe, min(size, 1 << 20))
        if not part:
            return None
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _stand_apart(asked: int, told: int) -> None:
    """Leave the terminal and its signals to the parent, end when it ends, and refuse what no reading needs from now on."""
    for number in ("SIGINT", "SIGTERM", "SIGALRM", "SIGHUP"):
        if hasattr(signal, number):
            signal.signal(getattr(signal, number), signal.SIG_IGN if number == "SIGINT" else signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        if stream not in (asked, told):
            os.dup2(nothing, stream)
    _end_with_parent()
    _leave_no_core()
    sys.dont_write_bytecode = True
    sys.addaudithook(_refuse)


def _end_with_parent() -> None:
    """Have the system end this process when the one that started it is gone (Linux); elsewhere the closed pipe does, after the document."""
    if sys.platform == "linux":
        import ctypes

        parent = os.getppid()
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(0)


def _leave_no_core() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        pass


def _limit_memory(memory: int) -> None:
    """Let this process have so many bytes more than it has now, where the system says how many these are."""
    if sys.platform != "linux":
        return
    import resource

    with open("/proc/self/statm", "rb") as file:
        pages = int(file.read().split()[0])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = pages * resource.getpagesize() + memory
    resource.setrlimit(resource.RLIMIT_AS, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def _is_temporary(path: object) -> bool:
    if isinstance(path, int):
        return True  # a file that is open already
    return isinstance(path, str) and not {os.path.abspath(path), os.path.dirname(os.path.abspath(path))}.isdisjoint(_TEMPORARY)


def _refuse(event: str, args: tuple[Any, ...]) -> None:
    """Python's audit hook: while a document is read, no network, no other process and no change on the disk."""
    if not _at_work:
        return
    if event in ("open", "os.remove") and _is_temporary(args[0]):
        return  # tempfile tries out its folder, and a model of language is unpacked by it
    if event == "open":
        _, mode, flags = args
        if (isinstance(mode, str) and any(c in mode for c in "wax+")) or (isinstance(flags, int) and flags & _WRITES):
            raise PermissionError(f"{args[0]!r} is not written while a document is read")
    elif event.startswith(_REFUSED):
        raise PermissionError(f"{event} is refused while a document is read")
