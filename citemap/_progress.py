"""The bar while many articles are read: in a terminal and in a notebook, and nothing for what is done within a second."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from typing import Any

Told = Callable[[str, int, int], None]
"""What is done, how much of it, of how much (0: not known)."""

PATIENCE = 1.0
"""Seconds of work before anything is drawn."""
_APART = 0.2
"""Seconds between two drawings in a notebook."""


@contextmanager
def telling(progress: bool | Told | None) -> Iterator[Told | None]:
    """Give what tells how far a job is: the caller's own function, a bar, or None where nothing is to be told.

    None draws a bar where a person is likely to look (standard error is a terminal, or a notebook runs) once the job has taken a second;
    True draws it at once, False never. In a notebook it is static HTML, which is taken away at the end.

    >>> with telling(False) as told:
    ...     told is None
    True
    """
    if progress is False:
        yield None
    elif callable(progress):
        yield progress
    elif notebook_shell() is not None:
        with _waiting(_NotebookBar, at_once=progress is True) as told:
            yield told
    elif sys.stderr is not None and sys.stderr.isatty():
        with _waiting(_TerminalBar, at_once=progress is True) as told:
            yield told
    else:
        yield None


def notebook_shell() -> Any | None:
    """Return IPython's shell where it runs in a kernel that shows HTML; None elsewhere. IPython is never imported for it.

    >>> notebook_shell() is None
    True
    """
    shell = ipython_shell()
    return shell if shell is not None and getattr(shell, "kernel", None) is not None else None


def ipython_shell() -> Any | None:
    """Return the IPython shell that this code runs in, or None."""
    ask = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return ask() if ask is not None else None


@contextmanager
def _waiting(bar: Callable[[], Any], *, at_once: bool) -> Iterator[Told]:
    """Give a function that makes a bar when the job is long enough, and take the bar away when it is over."""
    started, drawn = time.monotonic(), None

    def told(what: str, done: int, total: int) -> None:
        nonlocal drawn
        if drawn is None:
            if not at_once and (time.monotonic() - started < PATIENCE or (total and done >= total)):
                return
            drawn = bar()
        drawn.update(what, done, total)

    try:
        yield told
    finally:
        if drawn is not None:
            drawn.close()


class _TerminalBar:
    """A bar on standard error, gone when it is closed."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def update(self, what: str, done: int, total: int) -> None:
        from rich.markup import escape as plain

        self._progress.update(self._task, description=plain(what), completed=done, total=total or None)

    def close(self) -> None:
        self._progress.stop()


class _NotebookBar:
    """A bar in the output of a cell: HTML's own, without a widget, so that it needs no extension and leaves nothing behind."""

    _made = 0

    def __init__(self) -> None:
        type(self)._made += 1
        self._name, self._shown, self._last = f"citemap-progress-{self._made}", False, 0.0

    def update(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self._shown and now - self._last < _APART and done < total:
            return
        self._last = now
        count = f"{done:,} of {total:,}" if total else f"{done:,}"
        value = f' value="{done}" max="{total}"' if total else ""
        self._show(f"<progress{value}></progress> {escape(what)}: {count}", f"{what}: {count}")

    def _show(self, html: str, text: str) -> None:
        shell = ipython_shell()
        if shell is not None:
            data = {"text/html": html, "text/plain": text}
            shell.display_pub.publish(data, transient={"display_id": self._name}, update=self._shown)
            self._shown = True

    def close(self) -> None:
        self._show("", "")
