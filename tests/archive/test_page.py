"""The page on archives can be followed from its beginning: its blocks run one after the other in one folder, and print what they show."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, citemap_command

PAGE = (ROOT / "docs" / "archives.md").read_text(encoding="utf-8")


def test_who_follows_the_page_sees_what_it_shows(tmp_path: Path) -> None:
    for language, block in re.findall(r"^```(python|console)\n(.*?)^```$", PAGE, re.M | re.S):
        if language == "python":
            code = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, capture_output=True, text=True, check=False)
            assert code.returncode == 0, code.stderr
            continue
        for command, shown in re.findall(r"^\$ (citemap .*)\n((?:(?!\$ ).*\n)*)", block, re.M):
            done = citemap_command(*shlex.split(command)[1:], cwd=tmp_path)
            assert done.returncode in (0, 1), done.stderr
            said = {figures_apart(line) for line in (done.stdout + done.stderr).splitlines()}
            assert [line for line in shown.splitlines() if line != "…" and figures_apart(line) not in said] == [], said


def figures_apart(line: str) -> str:
    """A line without its numbers: how long something takes is another thing on each machine."""
    return re.sub(r"\d[\d.,]*", "#", line)


def test_every_file_that_the_page_names_exists() -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", PAGE)
    assert links and all((ROOT / "docs" / link).exists() for link in links)
