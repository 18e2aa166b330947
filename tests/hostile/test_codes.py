"""Every problem and error has a code, every code is used, and the table that people read is the one that the tests read."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import archive
import citemap
import geo
import layers
import sources
from tests.conftest import ROOT

CODES: dict[str, str] = json.loads((ROOT / "geo" / "data" / "codes.json").read_text(encoding="utf-8"))
FILES = [path for room in ("geo", "sources", "layers", "archive", "citemap") for path in sorted((ROOT / room).rglob("*.py"))]
POSITIONAL = {"RowError": 2, "Bad": 3, "problem": 2, "_fail": 1, "_say": 1, "aside": 2, "_Unfit": 0, "_bad": 2}
"""Where the code stands in calls that do not name it."""


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in a file with the name that is called."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", getattr(node.func, "id", "")), node


def strings(node: ast.AST | None) -> set[str]:
    """The strings in a piece of code."""
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)} if node else set()


def used() -> set[str]:
    """Every code that stands in the source: named, by its place in a call, or as that of a class of errors."""
    found: set[str] = set()
    for path in FILES:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r'\bcode(?:: str)? = "([a-z0-9-]+)"', text))
        found |= set(re.findall(r'^    \w+: \("([a-z-]+)", f?"', text, re.M))
        for name, call in calls(path):
            found |= {s for k in call.keywords if k.arg == "code" for s in strings(k.value)}
            if name in POSITIONAL and len(call.args) > POSITIONAL[name]:
                found |= {s for s in strings(call.args[POSITIONAL[name]]) if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", s)}
    return found & set(CODES) | {c for c in found if "-" in c and c not in ("utf-8", "utf-16", "utf-32")}


def test_every_code_that_is_used_is_in_the_table_and_the_other_way_round() -> None:
    assert used() == set(CODES)


def test_every_problem_of_ours_is_made_with_a_code() -> None:
    bare = [
        f"{path.name}:{call.lineno}"
        for path in FILES
        for name, call in calls(path)
        if name in ("Problem", "ArticleError", "GazetteerError", "ArchiveError") and "code" not in {k.arg for k in call.keywords}
    ]
    assert bare == []


def test_every_public_error_has_a_code() -> None:
    errors = [
        (name, value)
        for room in (geo, sources, layers, archive, citemap)
        for name in room.__all__
        if isinstance(value := getattr(room, name), type) and issubclass(value, Exception) and not issubclass(value, Warning)
    ]
    assert [name for name, value in errors if not hasattr(value, "code") and "code" not in str(value.__init__.__annotations__)] == []


def test_the_page_of_codes_says_what_the_table_says() -> None:
    page = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    assert dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.*) \|$", page, re.M)) == CODES
