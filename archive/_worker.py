"""A worker process of a local run: ends with its driver, whatever happens to that."""

from __future__ import annotations

import ctypes
import signal
import sys

_SET_PDEATHSIG = 1


def main(address: str, folder: str) -> None:
    """Serve the scheduler at ``address`` with one thread until it is gone; ``folder`` is where Dask may put what it needs."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PDEATHSIG, signal.SIGKILL)
    from distributed.cli.dask_worker import main as serve

    options = [
        "--nthreads",
        "1",
        "--no-nanny",
        "--no-dashboard",
        "--death-timeout",
        "20",
        "--memory-limit",
        "0",
        "--local-directory",
        folder,
    ]
    serve([address, *options], standalone_mode=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
