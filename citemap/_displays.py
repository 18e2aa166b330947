"""What IPython is told when citemap is imported inside it: how our objects show themselves."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from citemap._progress import ipython_shell
from geo import Gazetteer, Place, Toponym
from sources import Article, Reading, ReportedPlan

KEPT = 3
"""Readings that are remembered in a notebook, so that an article or a plan is shown as the reading that it is from has it."""

_recent: deque[Reading] = deque(maxlen=KEPT)


def remember(reading: Reading) -> Reading:
    """Keep a reading for the displays of its parts, where IPython runs; return it."""
    if ipython_shell() is not None:
        _recent.append(reading)
    return reading


def register(gazetteer: Callable[[], Gazetteer]) -> bool:
    """Tell IPython how to show our objects, and say whether it runs; nothing is imported for it before something is shown.

    >>> register(lambda: Gazetteer())
    False
    """
    shell = ipython_shell()
    formatters = getattr(getattr(shell, "display_formatter", None), "formatters", None)
    if formatters is None:
        return False

    def as_html(value: Any) -> str:
        from layers import show

        return show(value, gazetteer(), reading=_reading_of(value))._repr_html_()

    def as_text(value: Any, printer: Any, cycle: bool) -> None:
        from layers.notebook import plain_words

        printer.text(plain_words(value))

    for kind in (Reading, Article, ReportedPlan, Toponym, Place):
        formatters["text/html"].for_type(kind, as_html)
        formatters["text/plain"].for_type(kind, as_text)
    formatters["text/html"].for_type_by_name("layers._plan_map", "OfflineMap", as_html)
    return True


def _reading_of(value: object) -> Reading | None:
    """Return the reading, of those that are remembered, that an article or a plan is part of, the latest first."""
    for reading in reversed(_recent):
        if any(value is part for part in (*reading.articles, *reading.plans, *reading.rejected)):
            return reading
    return None
