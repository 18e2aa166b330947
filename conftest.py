"""Tests and examples see no gazetteer that the user of this machine added: they run with a data folder of their own, an empty one."""

from __future__ import annotations

import os
import signal
import tempfile

import pytest

_HOME = tempfile.TemporaryDirectory(prefix="citemap-home-")


def pytest_configure(config: pytest.Config) -> None:
    """Set the data folder before anything is imported from the project."""
    os.environ["CITEMAP_HOME"] = _HOME.name
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:  # started in the background: tests of Ctrl-C would wait for what never comes
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take it away again."""
    _HOME.cleanup()
