"""A process beside this one in which documents are read: it is ended when a document breaks a limit, and the next one has a new process."""

from __future__ import annotations

import io
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo import Gazetteer
from sources._model import Problem
from sources._worker import FAILED, LONGEST_ANSWER, OUT_OF_MEMORY, SIZE, serve

_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from sources._worker import serve_standard_streams as serve; serve()"
SECONDS, MEMORY = 60.0, 2_000_000_000
_START = 120.0
"""Seconds that a new process may take to import what it needs, which no document is charged with."""
_GRACE = 1.0
"""Seconds that a process has to end by itself once its pipe is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one document may use: ``seconds`` of time and ``memory`` in bytes, above what the process has before it.

    A report of 50,000 words takes 5 s and 60 MB, a page of 20 MB 6 s and 900 MB. Memory is limited where the system can do it (Linux).

    >>> Limits(seconds=5).memory
    2000000000
    """

    seconds: float = SECONDS
    memory: int = MEMORY

    @classmethod
    def from_environment(cls) -> Limits:
        """Return the limits, with CITEMAP_SECONDS (a number above 0) and CITEMAP_MEMORY_MB in the place of the usual ones where set.

        >>> Limits.from_environment().seconds > 0
        True
        """
        return cls(seconds=_number("CITEMAP_SECONDS", SECONDS), memory=int(_number("CITEMAP_MEMORY_MB", MEMORY / 1e6) * 1e6))


def _number(name: str, usual: float) -> float:
    try:
        number = float(os.environ.get(name, usual))
    except ValueError:
        return usual
    return number if 0 < number < 1e9 else usual


class Guard:
    """Runs the reading of documents in another process, under limits, and says what became of each.

    On Linux the process is a fork of this one where this one has a single thread; else it is started anew with the same Python and the
    same ``sys.path``, and never runs the caller's script. It is started when the first document comes, serves many, and ends with this
    one. ``limits`` None means :meth:`Limits.from_environment`. May be used from several threads; they take turns.

    >>> with Guard() as guard:
    ...     guard.run("a.txt", len, "four")
    4
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits.from_environment()
        self._worker: _Worker | None = None
        self._lock = threading.Lock()

    def __enter__(self) -> Guard:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; the next document starts another one.

        >>> Guard().close()
        """
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()

    def run(self, name: str, task: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        """Return what ``task(*given)`` returns in the other process, or a :class:`Problem` on the document ``name`` that broke a limit.

        ``task`` is a function of a module, and all that goes in and out is plain values. What ``task`` raises is a problem too. ``seconds``
        None takes those of the limits.

        >>> with Guard(Limits(seconds=0.2)) as guard:
        ...     guard.run("slow.txt", time.sleep, 60).code
        'took-too-long'
        """
        seconds = seconds or self.limits.seconds
        sent = pickle.dumps((task, given, seconds, self.limits.memory), pickle.HIGHEST_PROTOCOL)
        with self._lock:
            try:
                if self._worker is None or not self._worker.is_alive():
                    self._worker = _start()
                kind, value = self._worker.ask(sent, seconds)
            except BaseException:
                self.close()
                raise
            if kind in (_SLOW, OUT_OF_MEMORY, _DEAD):
                self.close()
        return value if kind not in _TOLD else self._problem(name, kind, str(value), seconds)

    def _problem(self, name: str, kind: str, said: str, seconds: float) -> Problem:
        code, rule, next_step = _TOLD[kind]
        rule = rule.format(seconds=f"{seconds:g}", memory=f"{self.limits.memory / 1e6:,.0f}", said=said)
        return Problem(name=name, rule=rule, next_step=next_step + "; the others are read", code=code)


_SLOW, _DEAD = "slow", "dead"
_SPLIT = "split it, or save its plain text as .txt"
_TOLD = {
    _SLOW: ("took-too-long", "reading it took longer than {seconds} seconds", f"{_SPLIT}, or set CITEMAP_SECONDS"),
    OUT_OF_MEMORY: ("too-much-memory", "reading it took more than {memory} MB of memory", f"{_SPLIT}, or set CITEMAP_MEMORY_MB"),
    _DEAD: ("parser-crashed", "the process that read it ended ({said})", _SPLIT),
    FAILED: ("reader-failed", "reading it failed ({said})", f"{_SPLIT}, and report the fault"),
}


def in_guard(guard: Guard | None, gazetteer: Gazetteer, name: str, task: Callable[..., Any], *given: Any) -> Any:
    """Return what ``task(gazetteer, *given)`` returns: in the guard's process, which opens the gazetteer itself, or here without a guard.

    A gazetteer that is not ours has no file that could be opened elsewhere: what uses it runs here.
    """
    if guard is None or type(gazetteer) is not Gazetteer:
        return task(gazetteer, *given)
    return guard.run(name, with_gazetteer, task, gazetteer.path, *given)


def with_gazetteer(task: Callable[..., Any], path: Path, *given: Any) -> Any:
    """Return what ``task(gazetteer, *given)`` returns with the gazetteer of a file, opened once as long as it is the same file."""
    seen = path.stat()
    return task(_opened(path, (seen.st_ino, seen.st_mtime_ns)), *given)


@lru_cache(maxsize=1)
def _opened(path: Path, version: tuple[int, int]) -> Gazetteer:
    return Gazetteer(path)


class _Worker:
    """The other process, and the two pipes to it. ``process`` is None for a fork."""

    def __init__(self, pid: int, to: int, back: int, process: subprocess.Popen[bytes] | None = None) -> None:
        self.pid, self.to, self.back, self.process = pid, to, back, process
        self.owner, self.status, self.slow = os.getpid(), None, False

    owner: int
    status: int | None

    def is_alive(self) -> bool:
        """Whether it is ours (not that of a process that forked into this one) and still runs."""
        return self.owner == os.getpid() and self._reaped(wait=False) is None

    def ask(self, sent: bytes, seconds: float) -> tuple[str, Any]:
        """Send a task and return the sort of answer and the answer; the process is no good after any sort of ours."""
        deadline = time.monotonic() + seconds
        timer = None
        if os.name == "nt":
            timer = threading.Timer(seconds, self._too_slow)
            timer.start()
        try:
            _write(self.to, SIZE.pack(len(sent)) + sent)
            (size,) = SIZE.unpack(self._read(SIZE.size, deadline))
            if size > LONGEST_ANSWER:
                return OUT_OF_MEMORY, ""
            kind, value = _Answer(io.BytesIO(self._read(size, deadline))).load()
            return kind, value
        except TimeoutError:
            return _SLOW, ""
        except (OSError, EOFError):
            status = self._reaped(wait=True)
            return (_SLOW, "") if self.slow or status == -getattr(signal, "SIGALRM", 0) else (_DEAD, _ending(status))
        except (pickle.UnpicklingError, ValueError, TypeError, AttributeError, KeyError, IndexError, ImportError) as error:
            return _DEAD, f"its answer is none: {type(error).__name__}"
        finally:
            if timer is not None:
                timer.cancel()

    def _too_slow(self) -> None:
        self.slow = True
        if self.process is not None:
            self.process.kill()

    def _read(self, size: int, deadline: float) -> bytes:
        parts = []
        while size:
            if os.name != "nt":
                self._wait(deadline)
            part = os.read(self.back, min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _wait(self, deadline: float) -> None:
        import select

        poll = select.poll()
        poll.register(self.back, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError

    def _reaped(self, *, wait: bool) -> int | None:
        """The exit status (below 0: the signal that ended it), or None while it runs; with ``wait`` it is given a moment to end."""
        until = time.monotonic() + (_GRACE if wait else 0)
        while self.status is None:
            if self.process is not None:
                self.status = self.process.poll()
            else:
                try:
                    pid, status = os.waitpid(self.pid, os.WNOHANG)
                    self.status = os.waitstatus_to_exitcode(status) if pid else None
                except ChildProcessError:
                    self.status = 0
            if self.status is None:
                if time.monotonic() >= until:
                    break
                time.sleep(0.002)
        return self.status

    def end(self) -> None:
        """End it at once and take leave of it; a process that forked into this one only closes its copies of the pipes."""
        if self.owner == os.getpid() and self._reaped(wait=False) is None:
            if self.process is not None:
                self.process.kill()
            else:
                os.kill(self.pid, signal.SIGKILL)
            self._reaped(wait=True)
        for pipe in (self.to, self.back):
            os.close(pipe)


class _Answer(pickle.Unpickler):
    """Reads an answer: our own values and no function, whatever the other process was made to send."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of ours by name."""
        if module.split(".")[0] in ("geo", "sources") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value")


_PLAIN = {("datetime", "date"), ("builtins", "set"), ("builtins", "frozenset"), ("builtins", "range"), ("builtins", "slice")}


def _ending(status: int | None) -> str:
    if status is None or status >= 0:
        return f"exit status {status}"
    try:
        return signal.Signals(-status).name
    except ValueError:
        return f"signal {-status}"


def _write(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


def _start() -> _Worker:
    return _forked() if _is_alone() else _spawned()


def _is_alone() -> bool:
    """Whether this process may fork: on Linux, with one thread, counted by the system, since libraries start theirs unseen."""
    try:
        return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _forked() -> _Worker:
    asked, to = os.pipe()
    back, told = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(to)
            os.close(back)
            serve(asked, told)
        finally:
            os._exit(70)
    os.close(asked)
    os.close(told)
    return _Worker(pid, to, back)


def _spawned() -> _Worker:
    command = [sys.executable, "-c", _BOOT, *(os.path.abspath(p) for p in sys.path)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0)
    assert process.stdin is not None
    assert process.stdout is not None
    pipes = os.dup(process.stdin.fileno()), os.dup(process.stdout.fileno())
    process.stdin.close()
    process.stdout.close()
    worker = _Worker(process.pid, *pipes, process)
    worker.ask(pickle.dumps((int, (), _START, MEMORY)), _START)
    return worker
