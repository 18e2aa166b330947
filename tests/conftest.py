"""What the tests share: the real gazetteer, the real command line, and one-line ways to ask for plans and places."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import sources
from geo import Gazetteer, Toponym, parse
from sources import ReportedPlan
from tests.browser import ARGUMENTS, find
from tests.commands import citemap_command
from tests.firefox import Firefox
from tests.firefox import find as firefox_at
from tests.profile import LONG

settings.register_profile("short", max_examples=60, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("long", max_examples=10_000, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("long" if LONG else "short")

ROOT = Path(__file__).resolve().parents[1]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
PlansOf = Callable[..., tuple[ReportedPlan, ...]]
FoundIn = Callable[[str], dict[str, Toponym]]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """The gazetteer that setup built."""
    return Gazetteer()


@pytest.fixture(scope="session")
def plans_of() -> PlansOf:
    """Return a function from one article's text (and its stated fields) to its plans."""
    real = Gazetteer()

    def ask(text: str, **fields: str) -> tuple[ReportedPlan, ...]:
        return sources.read_plans([sources.read_text(text, **fields)], real).plans

    return ask


@pytest.fixture(scope="session")
def found_in() -> FoundIn:
    """Return a function from a text to its toponyms by the words that were found; the first one where a name comes twice."""
    real = Gazetteer()

    def ask(text: str) -> dict[str, Toponym]:
        return {t.mention.text: t for t in reversed(parse(text, real))}

    return ask


@pytest.fixture()
def run(tmp_path: Path) -> Run:
    """Return a function that runs the command line in a folder of its own."""
    return partial(citemap_command, cwd=tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of one build of the embedded articles; read it, do not write into it."""
    folder = tmp_path_factory.mktemp("built") / "output"
    done = citemap_command("build", str(ROOT / "articles"), "-o", str(folder), cwd=folder.parent)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium, one for all tests of a process: its driver runs once in each."""
    from playwright import sync_api

    found = find()
    with sync_api.sync_playwright() as playwright:
        try:
            running = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        except sync_api.Error as error:
            pytest.fail(
                "no browser: install Debian's package `chromium`, or run `playwright install chromium`; these tests look at the page "
                f"in a real one ({str(error).splitlines()[0]})"
            )
        yield running
        running.close()


@pytest.fixture(scope="session")
def firefox() -> Iterator[Firefox]:
    """A running Firefox; its tests are skipped where there is none."""
    path = firefox_at()
    if path is None:
        pytest.skip("no Firefox on the PATH; install the distribution's package `firefox-esr` or `firefox`")
    with Firefox(path) as running:
        yield running
