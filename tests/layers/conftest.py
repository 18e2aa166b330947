"""What the tests of layers share: a drawn map, a saved page, a real browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from layers import PlanMap, draw_map, load_context
from sources import Reading
from tests.browser import until
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import make_reading

VENDOR = Path(__file__).parents[2] / "layers" / "web" / "vendor"


@pytest.fixture(scope="session")
def reading() -> Reading:
    return make_reading()


@pytest.fixture(scope="session")
def gazetteer() -> FakeGazetteer:
    return FakeGazetteer()


@pytest.fixture(scope="session")
def context_sets() -> Any:
    return load_context(Path(__file__).parent / "context")


@pytest.fixture()
def plan_map(reading: Reading, gazetteer: FakeGazetteer, context_sets: Any) -> PlanMap:
    return draw_map(reading, gazetteer, context=context_sets)


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory, reading: Reading, gazetteer: FakeGazetteer, context_sets: Any) -> Path:
    return draw_map(reading, gazetteer, context=context_sets).save_offline(tmp_path_factory.mktemp("page") / "map.html")


@pytest.fixture()
def visit(context_for: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    """Open a file with the network off; the page gets ``said`` (console and errors) and ``asked`` (requests).

    ``query`` is what follows the file's name in its address.
    """
    with _opener(context_for) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def look_at(context_for: Callable[..., Any]) -> Iterator[Callable[[Path], Any]]:
    """Open a file as ``visit`` does, once for all tests of a module that only look and leave the page as it is."""
    with _opener(context_for) as open_page:
        yield cache(open_page)


@pytest.fixture(scope="session")
def context_for(browser: Any) -> Callable[..., Any]:
    """Return a function from options to a browser's context, one for equal options: to make one takes as long as to read a page.

    A page of ours keeps nothing in the browser, so that none can see what another did.
    """
    known: dict[str, Any] = {}

    def ask(**options: Any) -> Any:
        key = json.dumps(options, sort_keys=True)
        if key not in known:
            known[key] = browser.new_context(**options)
            known[key].set_offline(True)
        return known[key]

    return ask


@contextmanager
def _opener(context_for: Callable[..., Any]) -> Iterator[Callable[..., Any]]:
    pages = []

    def open_page(file: Path, *, width: int = 1366, height: int = 800, query: str = "", **options: Any) -> Any:
        page = context_for(viewport={"width": width, "height": height}, **options).new_page()
        pages.append(page)
        page.said, page.asked = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(file.as_uri() + query)
        until(page, "document.querySelector('.cm-ready') || !document.querySelector('.cm-page')")
        page.wait_for_timeout(150)
        return page

    yield open_page
    for page in pages:
        page.close()


@pytest.fixture()
def visit_plain(browser: Any, tmp_path: Path) -> Iterator[Callable[[Any], Any]]:
    """Open a plain map of folium: Leaflet comes from the package's own copy, whatever else it asks for is empty."""
    pages = []

    def open_map(plain: Any) -> Any:
        plain.save(str(tmp_path / "plain.html"))
        page = browser.new_page(viewport={"width": 1200, "height": 700})
        pages.append(page)

        def answer(route: Any) -> None:
            file = VENDOR / route.request.url.split("/")[-1]
            route.fulfill(path=file) if file.exists() else route.fulfill(body="")

        page.route(re.compile("^https?://"), answer)
        page.goto((tmp_path / "plain.html").as_uri())
        return page

    yield open_map
    for page in pages:
        page.close()
