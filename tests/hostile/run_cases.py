"""Runs many command lines, each in a process of its own that is forked from one in which everything is imported and warm.

``python tests/hostile/run_cases.py RUNS.json DONE.json``: a run has ``argv``, ``cwd``, ``stdin`` (a file, or none), ``env`` and
``seconds``, after which it is a hang; what is written for each is its exit status (None for a hang), its two streams and the seconds that
it took.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # with threads of its own no process could be forked


def warm() -> None:
    """Import and load all that reading needs, and start no thread and no process."""
    import trafilatura

    import citemap
    import citemap._commands

    citemap.read_text("Kenya will build a naval pier at Kilifi in 2027. Crews are building a road from Nairobi to Lamu.")
    trafilatura.bare_extraction(
        "<html><body><article><p>" + "A pier will be built. " * 20 + "</p></article></body></html>", with_metadata=True
    )


def command(argv: list[str]) -> NoReturn:
    """Run a command line in this process and end it."""
    import citemap
    from citemap._commands import main

    sys.argv = ["citemap", *argv]
    status: Any = 70
    try:
        main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        citemap._guard().close()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def run(asked: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Run one command line, and end it where it takes too long."""
    out, err = folder / "stdout", folder / "stderr"
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.setpgid(0, 0)
        os.chdir(asked["cwd"])
        os.environ.update(asked["env"])
        for number, name, flags in (
            (0, asked["stdin"] or os.devnull, os.O_RDONLY),
            (1, str(out), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, str(err), os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            os.dup2(os.open(name, flags), number)
        command(asked["argv"])
    status = None
    while status is None and time.monotonic() - began < asked["seconds"]:
        done, code = os.waitpid(pid, os.WNOHANG)
        status = os.waitstatus_to_exitcode(code) if done else None
        if status is None:
            time.sleep(0.005)
    if status is None:
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    streams = {name: path.read_text(encoding="utf-8", errors="replace") for name, path in (("stdout", out), ("stderr", err))}
    return {"status": status, "seconds": round(time.monotonic() - began, 2)} | streams


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    warm()
    assert len(os.listdir("/proc/self/task")) == 1, "a thread was started"
    target = Path(sys.argv[2])
    done = [run(one, target.parent) for one in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]
    target.write_text(json.dumps(done), encoding="utf-8")
