"""The worker processes of a local run: each serves a scheduler until its parent ends.

The scheduler's address comes over standard input, so that the scheduler can be started while the workers load. On Linux one process loads
all that reading needs and forks the workers, so that one that was killed is back within a tenth of a second.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from pathlib import Path

from geo.files import write_atomically

FORKS = sys.platform == "linux"
"""Whether one process brings back the workers; elsewhere each is a process of its own, and the driver brings it back."""
PIDS = "workers"
"""The file in FOLDER with the workers' process numbers."""
_SET_PDEATHSIG = 1
_PAUSE = 0.2


def main(folder: str, count: str) -> None:
    """Serve a scheduler with ``count`` workers of one thread; ``folder`` is where Dask may put what it needs."""
    _end_with_parent()
    import distributed.cli.dask_worker  # noqa: F401 - so that a worker that is forked has it

    from archive._work import load

    load()
    address = sys.stdin.readline().strip()
    with open(os.devnull, "wb") as nothing:  # what Dask says of its connections is of no use; until here the driver shows what went wrong
        os.dup2(nothing.fileno(), 2)
    if not FORKS:
        _serve(address, folder)
        return
    alive: set[int] = set()
    while True:
        while len(alive) < int(count):
            pid = os.fork()
            if not pid:
                _end_with_parent()
                try:
                    _serve(address, folder)
                finally:
                    os._exit(0)
            alive.add(pid)
        write_atomically(Path(folder) / PIDS, " ".join(map(str, sorted(alive))).encode())
        ended, _ = os.wait()
        alive.discard(ended)
        time.sleep(_PAUSE)  # where workers end at once, since nobody answers them, no core is busy with bringing them back


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL)


def _serve(address: str, folder: str) -> None:
    from distributed.cli.dask_worker import main as serve

    alone = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--memory-limit", "0"]
    serve([address, *alone, "--death-timeout", "20", "--local-directory", folder], standalone_mode=False)
