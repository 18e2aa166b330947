"""Parts worked through by Dask: bounded work in flight, workers that are lost brought back, parts that are lost given out again.

Nothing rests on the engine being right: a part that is done twice is committed once (:mod:`archive._store`), and one that an engine
forgets is missing from the folder, which is where the driver looks.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive._errors import ArchiveError
from archive._model import Part
from archive._store import Counted, begin, commit, committed
from archive._work import Reader, made_by, work
from archive._worker import FORKS, PIDS

ENDS = 25
"""How often a part may be begun and not committed: a machine that is killed and killed again can do that to it, a document cannot."""
AHEAD = 2
"""Parts that are given out for each worker: one in work, one that it finds when it is done."""
ATTEMPTS = 5
"""How often a part is given out before it is missing: of these, workers that die take most."""
PATIENCE = 30.0
"""Seconds without any part done and without any worker at work, after which what was given out is given out again."""
CONNECT = 20.0
"""Seconds in which a scheduler must answer."""
_TICK = 0.5
IN_VAIN = 5
"""How often the workers may end before any of them has begun to work: something that they need is missing, or there is no memory."""
_SERVE = "import sys; from archive._worker import main; main(*sys.argv[1:])"
_MEND = "install citemap anew, or give it more memory; what is committed stays"

Told = Callable[[Part, Counted], None]


def one_part(part: Part, folder: str) -> Counted:
    """Do one part and commit it, or return the counts of the result that is there already. This is all that an engine runs.

    Raises :class:`ArchiveError` where this process has another version than the run.
    """
    from distributed import get_worker

    there = committed(Path(folder), part)
    if there is not None:
        return there
    if part.made_by != made_by():
        step = "give all workers the same citemap and the same added gazetteers"
        raise ArchiveError("a worker", f"it has version {made_by()}, the run has {part.made_by}", step, code="another-version")
    before = begin(Path(folder), part)
    if before >= ENDS:
        raise OSError(f"whoever reads it ends: {before} workers did")
    alone = get_worker().state.nthreads == 1
    return commit(Path(folder), part, work(part, Reader(guarded=before > 0 or not alone, deadline=alone)))


class LocalWorkers:
    """The worker processes of a local run, each brought back when it ends; they load at once, and serve when :meth:`serve` is called."""

    def __init__(self, count: int, folder: str) -> None:
        each = [count] if FORKS else [1] * count
        self._pids, self._errors, self._address, self._vain = Path(folder) / PIDS, Path(folder) / "errors", "", 0
        self._commands = [[sys.executable, "-P", "-c", _SERVE, folder, str(n)] for n in each]
        self._processes = [self._start(command) for command in self._commands]

    def _start(self, command: list[str]) -> subprocess.Popen[bytes]:
        """Start a process that imports from where this one does; a folder here that is named as a room is would get in between."""
        env = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        with self._errors.open("wb") as said:
            return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)

    def serve(self, address: str) -> None:
        """Let the workers serve the scheduler at ``address``."""
        self._address = address
        for process in self._processes:
            self._tell(process)

    def _tell(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError), process.stdin or contextlib.nullcontext() as pipe:  # one that has ended is started anew
            if pipe:
                pipe.write(f"{self._address}\n".encode())

    @property
    def pids(self) -> list[int]:
        """The processes that work now; none as long as they are being loaded."""
        if not FORKS:
            return [process.pid for process in self._processes]
        return [int(pid) for pid in self._pids.read_text().split()] if self._pids.exists() else []

    def look_after(self, *, served: bool) -> None:
        """Start anew what has ended. Raises :class:`ArchiveError` where they end again and again before any has ``served``."""
        for n, process in enumerate(self._processes):
            if process.poll() is not None:
                self._vain = 0 if served else self._vain + 1
                if self._vain >= IN_VAIN * len(self._processes):
                    said = self._errors.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["it said nothing"]
                    raise ArchiveError("the workers", f"they end before they begin ({said[-1][:300]})", _MEND, code="no-worker-starts")
                self._processes[n] = self._start(self._commands[n])
                self._tell(self._processes[n])

    def close(self) -> None:
        """End all workers."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


@contextmanager
def _client(scheduler: str, workers: int) -> Iterator[tuple[Any, LocalWorkers | None]]:
    """Connect to a scheduler, or start one in this process with workers of our own."""
    with _far(scheduler) if scheduler else _near(workers) as found:
        yield found


@contextmanager
def _far(scheduler: str) -> Iterator[tuple[Any, None]]:
    from distributed import Client

    _configure()
    try:
        client = Client(scheduler, timeout=CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        said, step = f"no Dask scheduler answers there ({error})", "start one with 'dask scheduler', or leave --scheduler out"
        raise ArchiveError(scheduler, said, step, code="no-scheduler") from error
    with client:
        yield client, None


@contextmanager
def _near(workers: int) -> Iterator[tuple[Any, LocalWorkers]]:
    place = tempfile.TemporaryDirectory(prefix="citemap-dask-")
    with place as folder, contextlib.closing(LocalWorkers(workers, folder)) as own:
        from distributed import Client, LocalCluster

        _configure()
        local = {"n_workers": 0, "dashboard_address": "127.0.0.1:0", "host": "127.0.0.1", "silence_logs": 50}
        with LocalCluster(**local) as cluster, Client(cluster) as client, contextlib.closing(own):  # they end before the cluster does
            own.serve(str(cluster.scheduler_address))
            import layers  # noqa: F401 - which the map needs at the end: it is loaded while the workers are

            yield client, own


def _configure() -> None:
    import dask

    dask.config.set({"distributed.scheduler.allowed-failures": 1000, "distributed.admin.log-format": "%(message)s"})


def run_parts(
    parts: Sequence[Part],
    folder: Path,
    *,
    workers: int,
    scheduler: str = "",
    told: Told | None = None,
    tick: Callable[[list[int], bool], None] | None = None,
) -> dict[str, str]:
    """Work through parts on Dask and return, by part, why one is missing; empty means that all are committed.

    ``workers`` processes are started here unless a ``scheduler`` is named. ``told`` hears of each part that is done, ``tick`` every half
    second, with the pids of local workers and whether any worker is there. Raises :class:`ArchiveError` where no scheduler answers or a
    worker has another version.
    """
    if not parts:
        return {}
    with _client(scheduler, workers) as (client, own):
        return _Loop(client, own, parts, folder, told, tick).run()


class _Loop:
    """The giving out of parts, and the watching over them."""

    def __init__(self, client: Any, own: LocalWorkers | None, parts: Sequence[Part], folder: Path, told: Told | None, tick: Any) -> None:
        self._client, self._own, self._folder, self._told, self._tick = client, own, folder, told, tick
        self._waiting = deque((part, 1) for part in parts)
        self._flying: dict[Any, tuple[Part, int]] = {}
        self._missing: dict[str, str] = {}
        self._last = time.monotonic()
        self._given, self._served = 0, False

    def run(self) -> dict[str, str]:
        """Go on until every part is done or has been tried often enough."""
        from distributed import wait

        while self._waiting or self._flying:
            if self._own:
                self._own.look_after(served=self._served)
            self._give()
            there = bool(self._client.nthreads())
            self._served |= there
            if self._tick:
                self._tick(self._own.pids if self._own else [], there)
            try:
                done = wait(list(self._flying), timeout=_TICK, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                self._watch()
                continue
            for future in done:
                self._take(future)
            self._last = time.monotonic()
        return self._missing

    def _give(self) -> None:
        threads = sum(self._client.nthreads().values()) or 1
        while self._waiting and len(self._flying) < AHEAD * threads:
            part, attempt = self._waiting.popleft()
            self._given += 1
            future = self._client.submit(one_part, part, str(self._folder), key=f"part-{part.id}-{self._given}", pure=False)
            self._flying[future] = (part, attempt)

    def _take(self, future: Any) -> None:
        part, attempt = self._flying.pop(future)
        if future.status == "finished":
            if self._told:
                self._told(part, future.result())
            return
        error = future.exception() if future.status == "error" else None
        if isinstance(error, ArchiveError):
            raise error
        why = f"{type(error).__name__}: {error}" if error else f"the task was {future.status}"
        if attempt < ATTEMPTS:
            self._waiting.append((part, attempt + 1))
        else:
            self._missing[part.id] = f"{part.input.name}, {part.start}-{part.stop}: {why}; tried {attempt} times"

    def _watch(self) -> None:
        """Give out again what the engine has forgotten: nothing is done for long, and no worker says that it works."""
        if time.monotonic() - self._last < PATIENCE or any(self._client.processing().values()):
            return
        for future, (part, attempt) in list(self._flying.items()):
            future.cancel()
            self._waiting.append((part, attempt))
        self._flying.clear()
        self._last = time.monotonic()
