"""The process in which documents are read: each limit holds, the neighbours come through, nothing is left behind, nothing is reached."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import sources
from sources import Guard, Limits, Problem
from tests.conftest import ROOT

TIGHT = Limits(seconds=30.0, memory=200_000_000)


@pytest.fixture(scope="module")
def guard() -> Guard:
    """One guard for the module, with tight limits; it is ended with this process."""
    return Guard(TIGHT)


def eat() -> int:
    """Take a gigabyte."""
    return len(bytearray(1_000_000_000))


def write(path: str) -> None:
    """Write a file."""
    Path(path).write_text("x", encoding="utf-8")


def connect(port: int) -> None:
    """Open a connection."""
    socket.create_connection(("127.0.0.1", port), timeout=1)


BROKEN: list[tuple[Callable[..., object], tuple[object, ...], str]] = [
    (eat, (), "too-much-memory"),
    (os.abort, (), "parser-crashed"),
    (os._exit, (3,), "parser-crashed"),
    (int, ("no number",), "reader-failed"),
    (sys.exit, (0,), "reader-failed"),
    (os.system, ("true",), "reader-failed"),
    (write, ("written.txt",), "reader-failed"),
    (connect, (9,), "reader-failed"),
]


@pytest.mark.parametrize(("task", "given", "code"), BROKEN, ids=[getattr(t, "__name__", "") for t, _, _ in BROKEN])
def test_a_document_that_breaks_a_limit_is_a_problem_and_the_next_is_read(
    guard: Guard, task: Callable[..., object], given: tuple[object, ...], code: str
) -> None:
    told = guard.run("bad.txt", task, *given)
    assert isinstance(told, Problem)
    assert (told.code, told.name, guard.run("good.txt", len, "four")) == (code, "bad.txt", 4)


def test_a_document_that_takes_too_long_is_ended_and_the_next_is_read() -> None:
    with Guard(Limits(seconds=1.0)) as one:
        told = one.run("slow.txt", time.sleep, 60)
        assert (told.code, told.rule) == ("took-too-long", "reading it took longer than 1 seconds")
    with Guard() as one:
        assert one.run("good.txt", len, "four") == 4


def test_what_a_page_names_is_neither_opened_nor_fetched(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        secret = tmp_path / "secret.txt"
        secret.write_text("Peru will build a secret base at Iquitos.", encoding="utf-8")
        body = "<p>Kenya will build a naval pier at Kilifi. The office said so to every newspaper of the coast, twice.</p>" * 3
        for number, where in enumerate((address, secret.as_uri())):
            head = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{where}"><!ENTITY % p SYSTEM "{where}">%p;]>'
            parts = f'<base href="{where}"><link rel="import" href="{where}"><iframe src="{where}"></iframe><img src="{where}"><p>&x;</p>'
            page = f'{head}<html><body><article>{parts}{body}<xi:include href="{where}" parse="text"/></article></body></html>'
            (tmp_path / f"{number}.html").write_text(page, encoding="utf-8")
        os.utime(secret, (1, time.time()))
        articles, problems = sources.read_articles([tmp_path / "0.html", tmp_path / "1.html"], guard=Guard())
        with pytest.raises(TimeoutError):
            server.accept()
    assert (list(problems), len(articles), any("secret" in a.text for a in articles)) == ([], 2, False)
    assert secret.stat().st_atime == 1


def test_an_answer_can_hold_values_only() -> None:
    class Order:
        def __reduce__(self) -> tuple[object, ...]:
            return print, ("run by the answer",)

    import io
    import pickle

    from sources import _guarded

    with pytest.raises(pickle.UnpicklingError, match=r"builtins.print is no value"):
        _guarded._Answer(io.BytesIO(pickle.dumps(Order()))).load()


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_no_process_is_left_when_the_one_that_reads_is_killed(tmp_path: Path) -> None:
    code = "import os, time, sources; g = sources.Guard(); print(g.run('a', os.getpid), flush=True); g.run('b', time.sleep, 60)"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    reader = subprocess.Popen([sys.executable, "-c", code], cwd=tmp_path, env=env, stdout=subprocess.PIPE)
    assert reader.stdout is not None
    child = int(reader.stdout.readline())
    reader.kill()
    reader.wait()
    until = time.monotonic() + 10
    while Path(f"/proc/{child}").exists() and " Z " not in Path(f"/proc/{child}/stat").read_text() and time.monotonic() < until:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists() or " Z " in Path(f"/proc/{child}/stat").read_text()


def test_a_process_that_was_killed_from_outside_is_replaced(guard: Guard) -> None:
    os.kill(guard.run("a.txt", os.getpid), signal.SIGKILL)
    worker = guard._worker
    while worker is not None and worker.is_alive():
        time.sleep(0.01)
    assert guard.run("b.txt", len, "four") == 4


def test_a_script_is_not_run_again_by_the_process_that_reads_for_it(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
        "import citemap\nprint('once', citemap.read('a.txt').plans[0].status)\n",
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text("Kenya will build a naval pier at Kilifi.", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == ("once planned\n", "")


def test_an_article_on_which_the_rules_take_too_long_stays_without_plans(tmp_path: Path) -> None:
    from geo import Gazetteer

    articles = [sources.read_text("Kilifi and " * 60_000, id="slow"), sources.read_text("Kenya will build a pier at Kilifi.", id="good")]
    with Guard(Limits(seconds=0.5)) as one:
        one.run("warm", len, "")
        reading = sources.read_plans(articles, Gazetteer(), guard=one)
    assert [p.code for p in reading.problems if p.name == "slow"] == ["took-too-long"]
    assert [a.id for a in reading.articles] == ["slow", "good"]
