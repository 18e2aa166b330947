"""Progress bars and displays: where they are drawn, where not, and what they cost."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import citemap
import sources
from citemap import _progress
from geo import Gazetteer
from tests.conftest import ROOT


def script(code: str, folder: Path) -> Any:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )


@pytest.fixture()
def folder(tmp_path: Path) -> Path:
    for number in range(3):
        (tmp_path / f"a{number}.txt").write_text(f"Kenya will build pier {number} at Kilifi.", encoding="utf-8")
    return tmp_path


def test_a_function_is_told_how_far_the_reading_is(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    citemap.read(folder, progress=lambda what, done, total: told.append((what, done, total)))
    assert [one for one in told if one[0] == "opening files"] == [("opening files", done, 0) for done in range(3)]
    assert [one for one in told if one[0] == "reading articles"] == [("reading articles", done, 3) for done in range(3)]
    assert told[-1] == ("comparing plans", 3, 3)


def test_what_is_told_changes_nothing(folder: Path) -> None:
    articles, _ = sources.read_articles([folder])
    assert sources.read_plans(articles, Gazetteer(), progress=lambda *one: None) == sources.read_plans(articles, Gazetteer())


def test_nothing_is_drawn_where_standard_error_is_no_terminal(folder: Path) -> None:
    done = script("import citemap; citemap.read('.', progress=True)", folder)
    assert (done.stdout, done.stderr) == ("", "")


def on_terminal(code: str, folder: Path) -> str:
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-c", code], cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}, stderr=theirs
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    os.close(ours)
    assert child.wait() == 0
    return said.decode("utf-8", "replace")


def test_a_terminal_gets_a_bar_at_once_where_it_is_asked_for(folder: Path) -> None:
    assert "reading articles" in on_terminal("import citemap; citemap.read('.', progress=True)", folder)


def test_a_small_job_draws_nothing_on_a_terminal(folder: Path) -> None:
    code = "import citemap, citemap._progress as p; p.PATIENCE = 60.0; citemap.read('.')"
    assert on_terminal(code, folder) == ""


def test_a_bar_that_nobody_wants_is_not_drawn(folder: Path) -> None:
    assert on_terminal("import citemap; citemap.read('.', progress=False)", folder) == ""


def test_a_long_job_is_told_only_once_it_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, int, int]] = []

    class Bar:
        def update(self, *one: Any) -> None:
            drawn.append(one)

        def close(self) -> None:
            drawn.append(("closed", 0, 0))

    with _progress._waiting(Bar, at_once=False) as told:
        told("early", 0, 9)
        monkeypatch.setattr(_progress, "PATIENCE", 0.0)
        told("late", 1, 9)
        told("late", 9, 9)
    assert drawn == [("late", 1, 9), ("late", 9, 9), ("closed", 0, 0)]


def test_a_bar_is_taken_away_when_the_job_fails() -> None:
    closed = io.StringIO()

    class Bar:
        def update(self, *one: Any) -> None: ...

        def close(self) -> None:
            closed.write("closed")

    with pytest.raises(ValueError, match="broken"), _progress._waiting(Bar, at_once=True) as told:
        told("a", 0, 2)
        raise ValueError("broken")
    assert closed.getvalue() == "closed"


IPYTHON = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import sys, citemap
heavy = [name for name in ("geopandas", "pandas", "shapely", "folium", "layers") if name in sys.modules]
reading = citemap.read_text("Kenya will build a naval pier at Kilifi.", title="Piers")
shell.display_formatter.active_types = ["text/plain", "text/html"]
show = lambda value: shell.display_formatter.format(value)[0]
print(heavy)
parts = (reading.articles[0], reading.plans[0], reading.toponyms["text"][1], reading.plans[0].places[0].place)
for value in (reading, *parts, citemap.draw(reading)):
    data = show(value)
    html, text = data["text/html"], data["text/plain"][:60].replace(chr(10), " ")
    print(text, "|", html[:4], "|", "Piers" in html, "Read by itself" in html)
"""


def test_in_ipython_objects_show_themselves_and_importing_stays_light(tmp_path: Path) -> None:
    lines = script(IPYTHON, tmp_path).stdout.splitlines()
    assert lines[0] == "[]"
    assert [line.split("|")[1].strip() for line in lines[1:]] == ["<div"] * 6
    assert lines[1].startswith("1 article, 1 reported plan |")
    assert lines[2].startswith("Piers · publisher not stated") and lines[2].endswith("True False")
    assert lines[3].startswith("1 · planned · ") and lines[3].endswith("True False")


NOTEBOOK = """
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.kernel, shell.display_pub = object(), CapturingDisplayPublisher()
import citemap
citemap.read(".", progress=True)
for shown in shell.display_pub.outputs:
    print(shown["update"], shown["data"]["text/html"])
"""


def test_a_notebook_gets_a_bar_in_one_output_and_it_is_empty_at_the_end(folder: Path) -> None:
    first, *_, last = script(NOTEBOOK, folder).stdout.splitlines()
    assert first == "False <progress></progress> opening files: 0"
    assert last.strip() == "True"


def test_outside_ipython_nothing_is_registered_and_nothing_kept() -> None:
    from citemap import _displays

    citemap.read_text("Kenya will build a naval pier at Kilifi.")
    assert _displays.register(Gazetteer) is False
    assert len(_displays._recent) == 0
