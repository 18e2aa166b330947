"""What a run would cost, said before it is begun: a few documents of parts from all over the archive are read, and the rest is reckoned."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from archive._documents import documents
from archive._inputs import cut, list_inputs
from archive._model import Aside, Config, Document
from archive._work import Reader, made_by, work_on

PARTS, EACH = 20, 20
"""Parts that are looked into, and documents of each."""
_GROWTH = 1.3
"""Results are written twice, as parts and as tables; both are compressed, the second better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a run is reckoned to take: documents, seconds, bytes on disk; and what of the sample is set aside, by code."""

    files: int
    bytes: int
    parts: int
    sampled: int
    documents: int
    seconds: float
    disk: int
    asides: dict[str, int]

    def lines(self) -> list[str]:
        """Return the forecast as lines for a person."""
        said = [
            f"{self.files:,} files, {self.bytes / 1e6:,.1f} MB, {self.parts:,} parts",
            f"about {self.documents:,} documents, {_span(self.seconds)}, {self.disk / 1e6:,.0f} MB on disk (from {self.sampled} read)",
        ]
        for code, n in sorted(self.asides.items(), key=lambda one: (-one[1], one[0])):
            said.append(f"set aside of the sample: {n} × {code} ({n / max(self.sampled, 1):.1%})")
        return said


def forecast(sources: Sequence[str], *, config: Config | None = None, workers: int = 1) -> Forecast:
    """Reckon what a run over ``sources`` on ``workers`` processes would take; nothing is written.

    Raises :class:`ArchiveError` as a run would. Reads the listing and up to 400 documents.
    """
    chosen = config or Config()
    inputs = list_inputs(sources)
    parts = cut(inputs, chosen, made_by())
    step = max(1, len(parts) // PARTS)
    sampled, documents_of, size, spent, asides = 0, 0.0, 0, 0.0, Counter[str]()
    looked = parts[::step][:PARTS]
    for number, part in enumerate(looked):
        items = list(islice(documents(part), EACH))
        if number == 0:
            work_on(part, items[:1], Reader())
        began = time.perf_counter()
        done = work_on(part, items, Reader())
        spent += time.perf_counter() - began
        size += len(done.data)
        sampled += len(items)
        asides.update(done.codes)
        documents_of += _in_part(part.stop - part.start, items, part.input.kind)
    span = sum(part.stop - part.start for part in looked)
    total = round(documents_of / max(span, 1) * sum(part.stop - part.start for part in parts))
    each = spent / max(sampled, 1)
    return Forecast(
        files=len(inputs),
        bytes=sum(one.size for one in inputs),
        parts=len(parts),
        sampled=sampled,
        documents=total,
        seconds=each * total / workers,
        disk=round(size / max(sampled, 1) * total * _GROWTH),
        asides=dict(asides),
    )


def _in_part(span: int, items: Sequence[Document | Aside], kind: str) -> float:
    """How many documents a part has, by those at its beginning."""
    if kind == "parquet":
        return span
    if len(items) < EACH:
        return len(items)
    covered = items[-1].position - items[0].position
    return span / covered * (len(items) - 1) if kind == "jsonl" and covered else len(items)


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
