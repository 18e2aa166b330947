"""The browsers that are attacked: the Chromium of the tests of layers, and a Firefox where one is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.firefox import Firefox, find
from tests.layers.conftest import browser

__all__ = ["browser", "firefox"]


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """A running Firefox; its tests are skipped where there is none."""
    path = find()
    if path is None:
        pytest.skip("no Firefox on the PATH; install the distribution's package `firefox-esr` or `firefox`")
    with Firefox(path) as running:
        yield running
