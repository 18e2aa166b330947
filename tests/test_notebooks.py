"""The notebooks: stripped, run from top to bottom without a network, in time, with what their readers are to see."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = [path.stem for path in NOTEBOOKS]
SECONDS = 60
SHOWN = {
    "01_from_articles_to_map": ("2 articles, 14 reported plans", "PLANNED", "country level: no site named", "<iframe"),
    "02_gazetteer_and_resolution": ("Kingston", "places weighed", "data:image/svg+xml;base64,", "stands for a government"),
    "03_review_and_correct": ("Plans that a person rejected", "the port authority says it opened", "<iframe"),
    "04_figure_for_a_report": ("figure.pdf",),
    "05_your_own_layers": ("<iframe", "Ferries a week", "rows on the map"),
}
"""Words that stand in the outputs of each."""


def read(name: str) -> Any:
    return nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that runs a notebook, once, and gives it with its outputs and the seconds that it took."""

    @cache
    def run(name: str) -> tuple[Any, float]:
        from nbclient import NotebookClient

        folder = tmp_path_factory.mktemp(name)
        shutil.copytree(ROOT / "articles", folder / "articles")
        notebook, started = read(name), time.monotonic()
        blocked = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            client = NotebookClient(notebook, timeout=200, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
            work = client.async_execute(env=os.environ | {"PYTHONPATH": str(ROOT)} | blocked)
            with ThreadPoolExecutor(1) as apart:  # another test of this process may have left a loop running in its own thread
                apart.submit(asyncio.run, work).result()
        return notebook, time.monotonic() - started

    return run


def outputs(notebook: Any) -> list[Any]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def told(notebook: Any) -> str:
    """All that the outputs say: streams and every text of their data."""
    texts = [output.get("text", "") for output in outputs(notebook)]
    texts += [value for output in outputs(notebook) for value in output.get("data", {}).values() if isinstance(value, str)]
    return "\n".join(texts)


def test_there_are_the_five_notebooks() -> None:
    assert sorted(SHOWN) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_from_top_to_bottom_in_time(name: str, done: Any) -> None:
    notebook, seconds = done(name)
    run = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in run] == list(range(1, len(run) + 1))
    assert seconds < SECONDS


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_what_its_reader_is_to_see_and_warns_of_nothing(name: str, done: Any) -> None:
    notebook, _ = done(name)
    shown = told(notebook)
    assert [words for words in SHOWN[name] if words.upper() not in shown.upper()] == []
    assert [output.text for output in outputs(notebook) if output.get("name") == "stderr"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_script_stands_in_a_sandboxed_frame_alone(name: str, done: Any) -> None:
    notebook, _ = done(name)
    pages = [output.data["text/html"] for output in outputs(notebook) if "text/html" in output.get("data", {})]
    sandboxes = re.findall(r"<iframe[^>]*?sandbox=\"([^\"]*)\"", "".join(pages))
    assert len(sandboxes) == "".join(pages).count("<iframe")
    assert [box for box in sandboxes if "allow-same-origin" in box or "allow-scripts" not in box] == []
    assert [page for page in pages if re.search(r"<script|\son\w+=", re.sub(r"srcdoc=\"[^\"]*\"", "", page), re.I)] == []


def test_the_figure_is_a_picture_in_its_notebook(done: Any) -> None:
    notebook, _ = done("04_figure_for_a_report")
    assert [output for output in outputs(notebook) if "image/png" in output.get("data", {})]


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_carries_no_outputs_and_no_more_metadata_than_it_needs(name: str) -> None:
    notebook = read(name)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)
    assert {key for cell in notebook.cells for key in cell.metadata} == set()
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@pytest.mark.parametrize("name", NAMES)
def test_the_cells_of_a_notebook_are_numbered(name: str) -> None:
    cells = read(name).cells
    assert [cell.id for cell in cells] == [f"cell-{number:02d}" for number in range(1, len(cells) + 1)]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_a_notebook_links_to_notebooks_that_are_there(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []
