"""Every hostile case: its code, its message, its exit status, and its neighbours, which come through with their plans."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.hostile import cases_data, cases_files, cases_text
from tests.hostile.cases import Case
from tests.profile import LONG, note

ALL = [*cases_text.CASES, *cases_data.CASES, *cases_files.CASES]
HANG = 300
"""Seconds after which a run is a hang: five times the limit of a document."""
MANY, FEW = 5, 1
"""Cases of a family of classes, and of a class, that the short profile runs."""
NEIGHBOURS = ("before.txt", "after.txt")


def chosen() -> list[Case]:
    """All cases in the long profile, else the light ones, of large classes a few."""
    if LONG:
        return ALL
    seen: Counter[str] = Counter()
    found = []
    for case in ALL:
        group = case.sort.split(":")[0]
        seen[group] += 1
        if not case.heavy and seen[group] <= (MANY if case.sort != group else FEW):
            found.append(case)
    return found


def put(case: Case, folder: Path) -> list[str]:
    """Write the files of a case into a folder, and return its command line: what it names stands between two good articles."""
    folder.mkdir(parents=True)
    for name, content in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
    inputs = list(case.inputs or tuple(case.files)[:1])
    if not case.alone:
        for number, name in enumerate(NEIGHBOURS):
            (folder / name).write_text(f"Norway will build {'a pier' if number else 'a lighthouse'} at Bergen.", encoding="utf-8")
        inputs = [NEIGHBOURS[0], *inputs, NEIGHBOURS[1]]
    return [*case.verb, *inputs]


def run_all(cases: list[Case], folder: Path) -> list[dict[str, Any]]:
    """Run each case, and return what became of it."""
    runs = []
    for number, case in enumerate(cases):
        cwd = folder / str(number)
        argv = put(case, cwd)
        stdin = ""
        if case.stdin is not None:
            stdin = str(cwd / ".stdin")
            Path(stdin).write_bytes(case.stdin)
        runs.append({"argv": argv, "cwd": str(cwd), "stdin": stdin, "env": dict(case.env), "seconds": HANG})
    (folder / "runs.json").write_text(json.dumps(runs), encoding="utf-8")
    program = [sys.executable, str(ROOT / "tests" / "hostile" / "run_cases.py"), str(folder / "runs.json"), str(folder / "done.json")]
    subprocess.run(program, cwd=folder, env=os.environ | {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONPATH": str(ROOT)}, check=True)
    done: list[dict[str, Any]] = json.loads((folder / "done.json").read_text(encoding="utf-8"))
    return done


def faults(case: Case, done: dict[str, Any]) -> list[str]:
    """What is not as the case says."""
    found = []
    if done["status"] is None:
        return ["it hangs"]
    lines = done["stderr"].splitlines()
    if "Traceback" in done["stderr"] or done["status"] not in (0, 1, 2):
        return [f"it crashes: {lines[-1:]}"]
    if done["status"] != case.exit:
        found.append(f"exit status {done['status']}, not {case.exit}")
    codes = {m[1] for line in lines if (m := re.search(r" \[([a-z0-9-]+)\]$", line))}
    if codes != set(case.codes):
        found.append(f"codes {sorted(codes)}, not {sorted(case.codes)}")
    if not re.search(case.says, done["stderr"]):
        found.append(f"{case.says!r} is not said: {lines[:2]}")
    if case.verb == ("extract", "--jsonl") and case.exit != 2:
        found += of_records(case, [json.loads(line) for line in done["stdout"].split("\n") if line])
    shown = done["stderr"] + (done["stdout"] if "--jsonl" in case.verb else "")
    if bad := re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]|[\u202a-\u202e\u2066-\u2069](?=.* \\[)", shown if not case.read else done["stderr"]):
        found.append(f"U+{ord(bad[0]):04X} reaches the terminal")
    return found


def of_records(case: Case, records: list[dict[str, Any]]) -> list[str]:
    """What is wrong with the articles that were read: the neighbours, the words of the case, and every quote."""
    found = []
    for name in () if case.alone else NEIGHBOURS:
        if not [r for r in records if r["id"] == name.removesuffix(".txt") and r["plans"]]:
            found.append(f"the neighbour {name} is lost")
    if case.read and not [r for r in records if case.read in r["text"]]:
        found.append(f"{case.read!r} was not read")
    for record in records:
        for quote in (q for plan in record["plans"] for q in plan["quotes"]):
            if quote["selectors"][0]["exact"] != record["text"][quote["start"] : quote["end"]]:
                found.append("a quote does not stand in its article")
    return found


@pytest.mark.trust
def test_every_hostile_case_ends_as_it_says_and_its_neighbours_come_through(tmp_path: Path) -> None:
    cases = chosen()
    done = run_all(cases, tmp_path)
    wrong = {
        f"{n} {case.sort}: {list(case.files)[:2]}": f
        for n, (case, one) in enumerate(zip(cases, done, strict=True))
        if (f := faults(case, one))
    }
    note(
        "hostile input",
        cases=len(cases),
        classes=len({case.sort for case in cases}),
        crashes=sum("it crashes" in str(f) for f in wrong.values()),
        hangs=sum("it hangs" in str(f) for f in wrong.values()),
        otherwise_wrong=sum("it " not in str(f)[:6] for f in wrong.values()),
        slowest_seconds=max(one["seconds"] for one in done),
    )
    assert wrong == {}


def test_there_are_at_least_300_cases_in_at_least_60_classes() -> None:
    assert (len(ALL) >= 300, len({case.sort for case in ALL}) >= 60) == (True, True)
