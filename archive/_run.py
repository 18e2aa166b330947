"""A run over an archive: frozen, worked through, counted."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive._engine import run_parts
from archive._errors import ArchiveError
from archive._inputs import list_inputs
from archive._manifest import Manifest, freeze
from archive._manifest import read as read_manifest
from archive._merge import write_results
from archive._model import Config, Part
from archive._store import Counted, committed, sweep
from archive._work import made_by

PROGRESS = "progress.json"
RESULTS = "results"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run has come to: parts done of all, documents read and set aside, rows of plans, and why parts are missing."""

    parts: int
    done: int
    documents: int
    asides: int
    plans: int
    missing: dict[str, str]

    def line(self) -> str:
        """Return the counts as a line for a person."""
        whole = "all parts are done" if self.done == self.parts else f"{self.done:,} of {self.parts:,} parts are done"
        return f"{self.documents:,} documents read, {self.asides:,} set aside, {self.plans:,} rows of plans; {whole}"


def run_archive(
    sources: Sequence[str], folder: str | Path, *, config: Config | None = None, workers: int | None = None, scheduler: str = ""
) -> Summary:
    """Read an archive into a folder, or go on with a run that is there; what is committed is not done again.

    ``workers`` None is one for each core. Raises :class:`ArchiveError` before work begins where a source, the folder or the scheduler is not
    as it must be. Reads the sources, writes the folder; the network only where a source or the scheduler is there.
    """
    target = Path(folder)
    inputs = list_inputs(sources)
    target.mkdir(parents=True, exist_ok=True)
    with _locked(target):
        manifest = freeze(target, inputs, config or Config(), made_by())
        sweep(target)
        told = _Progress(target, manifest)
        todo = [part for part in manifest.parts if not told.known(part)]
        missing = run_parts(todo, target, workers=workers or os.cpu_count() or 1, scheduler=scheduler, told=told.done, tick=told.tick)
        told.write([])
        summary = told.summary(missing)
        if not missing:
            _write_results(manifest, target)
        return summary


def archive_status(folder: str | Path) -> list[str]:
    """Return how far the run in a folder is, as lines for a person; it may go on meanwhile.

    Raises :class:`ArchiveError` where the folder holds no run. Reads the folder.

    >>> archive_status("no-such-folder")
    Traceback (most recent call last):
    ...
    archive._errors.ArchiveError: no-such-folder: it holds no run over an archive; begin one with 'citemap archive SOURCE -o no-such-folder'
    """
    target = Path(folder)
    manifest = read_manifest(target)
    if manifest is None:
        raise ArchiveError(
            str(folder), "it holds no run over an archive", f"begin one with 'citemap archive SOURCE -o {folder}'", code="no-run"
        )
    told = _Progress(target, manifest)
    for part in manifest.parts:
        told.known(part)
    lines = [told.summary({}).line()]
    try:
        with _locked(target):
            lines.append(
                f"nothing runs here; results are in {target / RESULTS}"
                if _finished(target)
                else "nothing runs here; the same command goes on"
            )
    except ArchiveError:
        said = json.loads((target / PROGRESS).read_text(encoding="utf-8")) if (target / PROGRESS).exists() else {}
        left = said.get("seconds left")
        lines.append(f"it runs as process {said.get('driver', '?')}" + (f"; {left} s to go" if left is not None else ""))
    return lines


def _finished(folder: Path) -> bool:
    return (folder / RESULTS).is_dir()


def _write_results(manifest: Manifest, folder: Path) -> None:
    """Write the results beside their place, and put them there when they are whole."""
    for left in folder.glob(".results-*"):
        shutil.rmtree(left)
    beside = Path(tempfile.mkdtemp(prefix=".results-", dir=folder))
    write_results(manifest, folder, beside)
    beside.chmod(0o755)
    old = folder / f".results-old-{os.getpid()}"
    if _finished(folder):
        (folder / RESULTS).rename(old)
    beside.rename(folder / RESULTS)
    shutil.rmtree(old, ignore_errors=True)


class _Progress:
    """Counts that survive: made of what is committed, written where ``--status`` reads them."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder, self._parts = folder, manifest.parts
        self._counts: dict[str, Counted] = {}
        self._began, self._first, self._written = time.time(), 0, 0.0

    def known(self, part: Part) -> bool:
        """Whether a part is committed; then it counts."""
        there = committed(self._folder, part)
        if there is not None:
            self._counts[part.id] = there
            self._first += 1
        return there is not None

    def done(self, part: Part, counted: Counted) -> None:
        """Count a part that was done now."""
        self._counts[part.id] = counted

    def tick(self, pids: list[int]) -> None:
        """Write the progress, once a second at most."""
        if time.time() - self._written >= 1:
            self.write(pids)

    def write(self, pids: list[int]) -> None:
        """Write the progress as JSON: parts, documents, seconds so far and to go, the worker processes."""
        self._written = time.time()
        spent, new = self._written - self._began, len(self._counts) - self._first
        left = len(self._parts) - len(self._counts)
        said = self._sums() | {"seconds": round(spent, 1), "seconds left": round(spent / new * left) if new else None}
        beside = self._folder / f".{PROGRESS}"
        beside.write_text(json.dumps(said | {"workers": pids, "driver": os.getpid()}), encoding="utf-8")
        os.replace(beside, self._folder / PROGRESS)

    def _sums(self) -> dict[str, Any]:
        counts = self._counts.values()
        return {
            "parts": len(self._parts),
            "done": len(self._counts),
            "documents": sum(one.documents for one in counts),
            "asides": sum(one.asides for one in counts),
            "plans": sum(one.plans for one in counts),
        }

    def summary(self, missing: dict[str, str]) -> Summary:
        """Return what the run has come to."""
        return Summary(missing=missing, **self._sums())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second driver out of the folder."""
    with (folder / ".lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.seek(0)
            raise ArchiveError(
                str(folder), f"another run works there ({file.read().strip()})", "wait for it, or stop it", code="in-use"
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        file.flush()
        yield
