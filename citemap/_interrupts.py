"""Ctrl-C and SIGTERM on the command line: what was begun is cleared away, one line says what is so, and the status is 130 or 143."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PATIENCE = 2.0
"""Seconds in which a second Ctrl-C does not disturb the clearing up after the first."""
_came: list[tuple[int, float]] = []
_running = False
_instead: list[str] = []


def as_command() -> None:
    """Before a command runs, while its parts are being loaded, and after it, let Ctrl-C end the process at once, without a traceback.

    Does nothing where citemap is imported by another program.
    """
    module = sys.argv[0] == "-m" and "citemap" in sys.orig_argv
    if (module or Path(sys.argv[0]).stem == "citemap") and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        for one in _heeded():
            signal.signal(one, _at_once)


def _heeded() -> list[signal.Signals]:
    """The two signals but those that whoever started us lets be ignored, as a shell does in the background."""
    return [one for one in _SIGNALS if signal.getsignal(one) is not signal.SIG_IGN]


def _at_once(number: int, frame: FrameType | None) -> None:
    with contextlib.suppress(Exception):
        sys.stdout.flush()
    os.write(2, (said() + "\n").encode())
    os._exit(128 + number)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Turn the two signals into KeyboardInterrupt for as long as a command runs; the handlers before it are put back.

    One that comes while they are put back is noted (:func:`came`) and raises nothing.
    """
    global _running
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    from geo import files

    _came.clear()
    _instead.clear()
    usual = {one: signal.getsignal(one) for one in _heeded()}
    hooks = sys.excepthook, sys.unraisablehook
    files.checks.append(check)
    try:
        try:
            for one in usual:
                signal.signal(one, _raise)
            _running = True
            yield
        finally:
            _running = False
    finally:  # also where the signal came just before the line above: there is no second one within the patience
        _running = False
        sys.excepthook, sys.unraisablehook = hooks
        files.checks.remove(check)
        for one, handler in usual.items():
            signal.signal(one, handler)


def _raise(number: int, frame: FrameType | None) -> None:
    now = time.monotonic()
    if _came and now - _came[0][1] < _PATIENCE:
        return
    _came.append((number, now))
    if not _running:
        return
    sys.excepthook = sys.unraisablehook = _quiet  # an extension in C that is being loaded would print a traceback by itself
    raise KeyboardInterrupt


def _quiet(*about: object) -> None:
    """Say nothing."""


def came() -> int:
    """The signal that came first, 0 where none did: a library may have swallowed the exception."""
    return _came[0][0] if _came else 0


def check() -> None:
    """Raise KeyboardInterrupt where a signal came that something swallowed: asked before anything is changed."""
    if _came:
        raise KeyboardInterrupt


@contextlib.contextmanager
def resumable(words: str) -> Iterator[None]:
    """Let an interrupted command say ``words``: it writes as it goes, and what it wrote is of use to the next run."""
    _instead.append(words)
    yield
    _instead.clear()


def said() -> str:
    """What an interrupted command says: whether something is changed."""
    if _instead:
        return f"citemap: interrupted; {_instead[-1]}"
    files = sys.modules.get("geo.files")
    done = [path for path in files.placed if os.path.lexists(path)] if files else []
    if done:
        return f"citemap: interrupted, when {done[-1].name} was already written whole"
    return "citemap: interrupted; nothing was changed, and the same command goes on"
