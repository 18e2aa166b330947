"""A run over an archive: frozen, worked through, counted."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from archive._engine import run_parts
from archive._errors import ArchiveError
from archive._inputs import Listing, survey
from archive._manifest import Manifest, freeze
from archive._manifest import read as read_manifest
from archive._mapping import write_map
from archive._merge import Written, write_results
from archive._model import Config, Part
from archive._store import Counted, committed, sweep
from archive._work import made_by
from geo.files import exchange, held, lock, sync_folder, write_atomically

PROGRESS = "progress.json"
RESULTS = "results"
SUMMARY = "summary.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run has come to: parts done of all, documents read and set aside, rows of plans, and why parts are missing.

    ``reported`` is the number of plans that these rows come to once the tellings of one plan are joined, ``copies`` that of documents that
    repeat others; both are None until everything is read. ``left`` says which files are not read and why.

    >>> Summary(parts=2, done=1, documents=5, asides=0, plans=1, missing={}).line()
    '5 documents read, 0 set aside, 1 row of plans; 1 of 2 parts are done'
    """

    parts: int
    done: int
    documents: int
    asides: int
    plans: int
    missing: dict[str, str]
    reported: int | None = None
    copies: int | None = None
    left: Listing | None = None

    def line(self) -> str:
        """Return the counts as a line for a person."""
        whole = "all parts are done" if self.done == self.parts else f"{self.done:,} of {self.parts:,} parts are done"
        said = f"{_many(self.documents, 'document')} read, {self.asides:,} set aside, {_many(self.plans, 'row')} of plans"
        copies = "1 document repeats another" if self.copies == 1 else f"{self.copies or 0:,} documents repeat others"
        joined = "" if self.reported is None else f"; {_many(self.reported, 'plan')}, {copies}"
        return f"{said}{joined}; {whole}"


def run_archive(
    sources: Sequence[str],
    folder: str | Path,
    *,
    config: Config | None = None,
    workers: int | None = None,
    scheduler: str = "",
    watch: Callable[[dict[str, Any]], None] | None = None,
) -> Summary:
    """Read an archive into a folder, or go on with a run that is there; what is committed is not done again.

    ``workers`` None is one for each core; with a ``scheduler`` (``tcp://…``) its workers do the work. ``watch`` is given the progress as
    ``progress.json`` has it, once a second. Raises :class:`ArchiveError` before work begins where a source, the folder or the scheduler is
    not as it must be. Reads the sources, writes the folder; the network only where a source or the scheduler is there.

    >>> run_archive(["no-such-archive.jsonl"], "out")
    Traceback (most recent call last):
    ...
    archive._errors.ArchiveError: no-such-archive.jsonl: there is no such file or folder; check the path or URL
    """
    target = Path(folder)
    found = survey(sources)
    target.mkdir(parents=True, exist_ok=True)
    with _locked(target):
        manifest = freeze(target, found.inputs, config or Config(), made_by())
        sweep(target)
        for left in target.glob(".results-*"):
            shutil.rmtree(left)
        count = workers or os.cpu_count() or 1
        told = _Progress(target, manifest, watch)
        todo = [part for part in manifest.parts if not told.known(part)]
        missing = run_parts(todo, target, workers=count, scheduler=scheduler, told=told.done, tick=told.tick)
        lost = [part for part in manifest.parts if part.id not in missing and committed(target, part) is None]
        missing |= {part.id: f"{part.input.name}, {part.start}-{part.stop}: it is not in {target}, though it was done" for part in lost}
        written = None
        if not missing:
            written = _finished(target, manifest) or _write_results(manifest, target, count, told.at)
        told.at("parts are missing" if missing else "done")
        return replace(told.summary(missing, written), left=found)


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
    written = _finished(target, manifest)
    lines = [told.summary({}, written).line()]
    try:
        with _locked(target):
            lines.append(
                f"nothing runs here; results are in {target / RESULTS}" if written else "nothing runs here; the same command goes on"
            )
    except ArchiveError:
        said = json.loads((target / PROGRESS).read_text(encoding="utf-8")) if (target / PROGRESS).exists() else {}
        left = said.get("seconds left")
        lines.append(f"process {said.get('driver', '?')} is {said.get('step', 'at work')}" + (f"; {left} s to go" if left else ""))
    return lines


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _finished(folder: Path, manifest: Manifest) -> Written | None:
    """Return what the results hold, or None where there are none of just these parts."""
    try:
        said = json.loads((folder / RESULTS / SUMMARY).read_text(encoding="utf-8"))
        return Written(**said["holds"]) if said["of"] == manifest.digest else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write_results(manifest: Manifest, folder: Path, threads: int, say: Callable[[str], None]) -> Written:
    """Write the results beside their place, and put them there when they are whole."""
    beside = Path(tempfile.mkdtemp(prefix=".results-", dir=folder))
    written = write_results(manifest, folder, beside, threads=threads, say=say)
    say("drawing the map")
    write_map(beside, documents=written.rows["documents"], aside=written.rows["asides"], reported=written.plans)
    said = {"of": manifest.digest, "made_by": manifest.made_by, "holds": asdict(written)}
    write_atomically(beside / SUMMARY, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    beside.chmod(0o755)
    with held():
        if not (folder / RESULTS).exists():
            beside.rename(folder / RESULTS)
        else:
            _take_place(beside, folder / RESULTS)
        sync_folder(folder)
    shutil.rmtree(beside, ignore_errors=True)
    return written


def _take_place(new: Path, old: Path) -> None:
    """Put a folder in the place of another, in one step where the system can: else a kill in between leaves none until the next run."""
    try:
        exchange(new, old)
    except OSError:
        aside = new.with_name(f"{new.name}-old")
        old.rename(aside)
        new.rename(old)
        aside.rename(new)


class _Progress:
    """Counts that survive: made of what is committed, written where ``--status`` reads them."""

    def __init__(self, folder: Path, manifest: Manifest, watch: Callable[[dict[str, Any]], None] | None = None) -> None:
        self._folder, self._parts, self._watch = folder, manifest.parts, watch
        self._counts: dict[str, Counted] = {}
        self._began, self._first, self._written = time.time(), 0, 0.0
        self._step, self._pids = "reading", list[int]()

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

    def at(self, step: str) -> None:
        """Note which step the run is at, and that no workers are needed for it."""
        self._step, self._pids = step, []
        self._write()

    def tick(self, pids: list[int], workers: bool) -> None:
        """Write the progress, once a second at most; where no worker is there it waits for one, as for a cluster's queue."""
        self._pids, self._step = pids, "reading" if workers else "waiting for workers"
        if time.time() - self._written >= 1:
            self._write()

    def _write(self) -> None:
        """Write the progress as JSON: the step, parts, documents, seconds so far and to go, the worker processes."""
        self._written = time.time()
        spent, new = self._written - self._began, len(self._counts) - self._first
        left = len(self._parts) - len(self._counts)
        said = {"step": self._step, **self._sums(), "seconds": round(spent, 1), "seconds left": round(spent / new * left) if new else None}
        said |= {"workers": self._pids, "driver": os.getpid()}
        write_atomically(self._folder / PROGRESS, (json.dumps(said) + "\n").encode())
        if self._watch:
            self._watch(said)

    def _sums(self) -> dict[str, Any]:
        counts = self._counts.values()
        return {
            "parts": len(self._parts),
            "done": len(self._counts),
            "documents": sum(one.documents for one in counts),
            "asides": sum(one.asides for one in counts),
            "plans": sum(one.plans for one in counts),
        }

    def summary(self, missing: dict[str, str], written: Written | None) -> Summary:
        """Return what the run has come to."""
        plans, copies = (written.plans, written.copies) if written else (None, None)
        return Summary(missing=missing, reported=plans, copies=copies, **self._sums())


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep a second driver out of the folder."""
    with (folder / ".lock").open("a+") as file:
        if lock(file.fileno()) is False:
            file.seek(0)
            said = f"another run works there ({file.read().strip()})"
            raise ArchiveError(str(folder), said, "wait for it, or stop it", code="in-use")
        file.truncate(0)
        file.write(f"process {os.getpid()} since {time.strftime('%Y-%m-%d %H:%M:%S')}")
        file.flush()
        yield
