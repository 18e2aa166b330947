"""Where results lie: a part's table is there whole under its name, or not at all.

That is what nothing lost and nothing doubled rests on, whatever the engine does: a part's name is a hash of its work, its file is written
beside, synced, read back and moved into place, and who does the part a second time finds the first result or replaces it by equal bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from archive._model import Part
from archive._work import Done
from geo.files import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many documents of a committed part were read, set aside, and how many rows of plans they gave."""

    documents: int
    asides: int
    plans: int


def path_of(folder: Path, part: Part) -> Path:
    """Return where a part's table lies."""
    return folder / "parts" / part.id[:2] / f"{part.id}.parquet"


def as_pattern(path: Path) -> str:
    """Return a path as DuckDB takes it, which would read ``*``, ``?`` and ``[`` in it as a pattern.

    >>> as_pattern(Path("what[1]?"))
    'what[[]1][?]'
    """
    return re.sub(r"[*?[]", lambda sign: f"[{sign[0]}]", str(path))


def commit(folder: Path, part: Part, done: Done) -> Counted:
    """Put a part's table in its place: written beside it, synced, read back, moved. Raises OSError where it cannot be written."""
    target = path_of(folder, part)
    target.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(target, done.data)
    _mark(folder, part).unlink(missing_ok=True)
    return Counted(documents=done.documents, asides=done.asides, plans=done.plans)


def begin(folder: Path, part: Part) -> int:
    """Note that a part is begun, and return how often it was begun before without being committed: by workers that did not live to tell."""
    mark = _mark(folder, part)
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("ab") as file:
        file.write(b".")
        return file.tell() - 1


def _mark(folder: Path, part: Part) -> Path:
    return path_of(folder, part).with_name(f".{part.id}.begun")


def committed(folder: Path, part: Part) -> Counted | None:
    """Return the counts of a part that is committed, or None; a file that is not the part's whole table does not count."""
    try:
        told = pq.read_metadata(path_of(folder, part)).metadata or {}
    except (OSError, pa.ArrowInvalid):
        return None
    if told.get(b"citemap.part") != part.id.encode():
        return None
    documents, asides, plans = (int(told[f"citemap.{kind}s".encode()]) for kind in ("document", "aside", "plan"))
    return Counted(documents=documents, asides=asides, plans=plans)


def sweep(folder: Path) -> int:
    """Take away what killed workers left half written, and return how many files that were; call it before work begins."""
    left = list((folder / "parts").glob("*/.*"))
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
