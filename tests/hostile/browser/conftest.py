"""The browser that is attacked beside the Chromium of all tests: a Firefox, where one is installed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.firefox import Firefox, find


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """A running Firefox; its tests are skipped where there is none."""
    path = find()
    if path is None:
        pytest.skip("no Firefox on the PATH; install the distribution's package `firefox-esr` or `firefox`")
    with Firefox(path) as running:
        yield running
