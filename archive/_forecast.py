"""What a run would cost, said before it is begun: documents from all over the archive are read, and the rest is reckoned."""

from __future__ import annotations

import io
import math
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.parquet as pq

from archive._inputs import cut, survey
from archive._model import Config, Document, Part
from archive._sample import Sample, sample
from archive._work import COMPARED, Done, Reader, made_by, work_on

CHUNK, CHUNKS = 30, 8
"""Documents that are worked on together, and how often: their spread says how far the rest may be off."""
PATIENCE = 20.0
"""Seconds after which no further chunk is begun."""
START = 6.0
"""Seconds until workers of this machine have started."""
MERGED, EMPTY, TABLE = 0.0004, 40_000, 12_000
"""Seconds for a document that writing the results takes; bytes of results without a row, and of a country's table without one."""
_SURE = 2.0
"""Standard errors on either side: what holds in nineteen of twenty cases."""
_OFF = {"seconds": 0.15, "disk": 0.1}
"""The least that a figure may be off, whatever the sample says: other machines, other load, other compression."""


_SKETCHES = tuple(name for name in COMPARED if name != "key")
"""Columns of a part that are in no table of the results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a run is reckoned to take, and between which bounds that lies.

    ``documents``, ``seconds`` on ``workers`` processes, and bytes on ``disk`` are the likeliest values; ``between`` has for each of these
    names the bounds that should hold in nineteen cases of twenty. ``asides`` is which share of the documents will be set aside, by code;
    ``seen`` documents were counted for that, ``sampled`` of them read as a run would. ``left`` are lines on what is not read.

    >>> said = Forecast(files=1, bytes=900_000, parts=4, workers=2, seen=3000, sampled=240, documents=3000, seconds=30.0, disk=2_000_000,
    ...     between={"documents": (3000, 3000), "seconds": (25, 36), "disk": (1.8e6, 2.2e6)}, asides={"no-text": 0.01}, left=())
    >>> print(*said.lines(), sep="\\n")
    1 file, 0.9 MB, 4 parts
    3,000 documents; 25 to 36 s with 2 workers; 1.8 to 2.2 MB on disk
    1.0 % will be set aside: 1.0 % no-text
    reckoned from 3,000 documents, of which 240 were read
    """

    files: int
    bytes: int
    parts: int
    workers: int
    seen: int
    sampled: int
    documents: int
    seconds: float
    disk: int
    between: dict[str, tuple[float, float]]
    asides: dict[str, float]
    left: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return the forecast as lines for a person."""
        low, high = self.between["documents"]
        documents = _many(self.documents, "document") if low == high else f"{_rounded(low):,} to {_rounded(high):,} documents"
        shares = ", ".join(f"{_share(share)} {code}" for code, share in sorted(self.asides.items(), key=lambda one: (-one[1], one[0])))
        aside = f"{_share(sum(self.asides.values()))} will be set aside: {shares}" if shares else "nothing of the sample is set aside"
        return [
            f"{_many(self.files, 'file')}, {self.bytes / 1e6:,.1f} MB, {_many(self.parts, 'part')}",
            f"{documents}; {_span(*self.between['seconds'])} with {_many(self.workers, 'worker')}; {_size(*self.between['disk'])} on disk",
            aside,
            f"reckoned from {_many(self.seen, 'document')}, of which {self.sampled:,} were read",
            *self.left,
        ]


@dataclass(slots=True, kw_only=True)
class _Cost:
    """What documents of one sort take: seconds and bytes of each and of a part, and the shares of those that are set aside."""

    documents: float
    seconds: float = 0.0
    seconds_error: float = 0.0
    bytes: float = 0.0
    part_seconds: float = 0.0
    part_bytes: float = 0.0
    table_bytes: float = 0.0
    table: float = 0.0
    countries: frozenset[str] = frozenset()
    sampled: int = 0
    asides: dict[str, float]


def forecast(sources: Sequence[str], *, config: Config | None = None, workers: int = 1) -> Forecast:
    """Reckon what a run over ``sources`` on ``workers`` processes of this machine would take; nothing is written.

    Raises :class:`ArchiveError` as a run would. Reads the listing, windows of the files and some 240 documents; that takes up to a minute.

    >>> forecast(["no-such-archive.jsonl"])
    Traceback (most recent call last):
    ...
    archive._errors.ArchiveError: no-such-archive.jsonl: there is no such file or folder; check the path or URL
    """
    found = survey(sources)
    parts = cut(found.inputs, config or Config(), made_by())
    samples = list(sample(parts))
    _warm_up(samples)
    until = time.perf_counter() + PATIENCE
    costs = [_cost(one, until) for one in samples]
    documents = sum(one.documents for one in costs)
    at_once = max(1, min(workers, os.cpu_count() or 1))
    work = sum(one.documents * one.seconds for one in costs) + len(parts) * max((one.part_seconds for one in costs), default=0)
    seconds = START + work / at_once + documents * MERGED
    in_parts = sum(one.documents * one.bytes for one in costs) + len(parts) * max((one.part_bytes for one in costs), default=0)
    countries = len({country for one in costs for country in one.countries})
    disk = in_parts + sum(one.documents * one.table_bytes + one.table for one in costs) + EMPTY + countries * TABLE
    off = math.hypot(*(one.error for one in samples)) * _SURE
    unsure = math.hypot(*(one.documents * one.seconds_error for one in costs)) * _SURE / max(work, 1e-9)
    share = off / max(documents, 1)
    codes = sorted({code for one in costs for code in one.asides})
    return Forecast(
        files=len(found.inputs),
        bytes=sum(one.size for one in found.inputs),
        parts=len(parts),
        workers=workers,
        seen=sum(one.seen for one in samples),
        sampled=sum(one.sampled for one in costs),
        documents=round(documents),
        seconds=seconds,
        disk=round(disk),
        between={
            "documents": (max(0, round(documents - off)), round(documents + off)),
            "seconds": _about(seconds, math.hypot(_OFF["seconds"], share, unsure)),
            "disk": _about(disk, math.hypot(_OFF["disk"], share)),
        },
        asides={code: sum(one.asides.get(code, 0.0) * one.documents for one in costs) / max(documents, 1) for code in codes},
        left=tuple(found.lines()),
    )


def _warm_up(samples: Sequence[Sample]) -> None:
    """Let all be loaded that every worker loads once."""
    for one in samples:
        for part, document in one.kept[:3]:
            work_on(part, [document], Reader())


def _cost(one: Sample, until: float) -> _Cost:
    """Work on chunks of the sample, each from all over it, as a run would on parts."""
    share = 1 / max(one.seen, 1)
    good = 1 - sum(one.asides.values()) * share
    cost = _Cost(documents=one.documents, asides={code: n * share for code, n in one.asides.items()})
    chunks = max(1, min(CHUNKS, len(one.kept) // 10))
    each: list[tuple[float, int]] = []
    tables, later = [], Counter[str]()
    for number in range(chunks):
        items = one.kept[number::chunks][:CHUNK]
        if not items or (each and time.perf_counter() > until):
            break
        spent, done = _worked_on(items)
        each.append((spent, len(items)))
        tables.append(pq.ParquetFile(io.BytesIO(done.data)).read(use_threads=False))
        cost.sampled += len(items)
        later.update(done.codes)
    for code, n in later.items():
        cost.asides[code] = cost.asides.get(code, 0.0) + n / cost.sampled * good
    if each:
        _reckon(cost, each, sorted(_worked_on([kept])[0] for kept in one.kept[:3])[len(one.kept[:3]) // 2], good)
        counts = [n for _, n in each]
        cost.bytes, cost.part_bytes = _growth(tables, counts, good)
        cost.table_bytes, cost.table = _growth([table.drop_columns(list(_SKETCHES)) for table in tables], counts, good)
        cost.countries = frozenset(country for table in tables for country in table.column("country").to_pylist() if country)
    return cost


def _worked_on(items: Sequence[tuple[Part, Document]]) -> tuple[float, Done]:
    """Seconds that documents take, each at a place of its own, since those of several files are taken for those of one part."""
    began = time.process_time()
    done = work_on(items[0][0], [replace(document, position=n) for n, (_, document) in enumerate(items)], Reader())
    return time.process_time() - began, done


def _reckon(cost: _Cost, each: Sequence[tuple[float, int]], alone: float, good: float) -> None:
    """Tell the seconds of a document from those of a part: a chunk takes both, and so does a document alone."""
    most = max(n for _, n in each)
    whole = sum(spent for spent, _ in each) / len(each)
    cost.part_seconds = max(0.0, (alone * most - whole) / (most - 1)) if most > 1 else 0.0
    rates = sorted(max(spent - cost.part_seconds, 0.0) / n * good for spent, n in each)
    rates = rates[1:-1] if len(rates) > 4 else rates  # a machine that does something else now and then is no news of the archive
    cost.seconds = sum(rates) / len(rates)
    cost.seconds_error = math.sqrt(sum((rate - cost.seconds) ** 2 for rate in rates) / max(len(rates) - 1, 1) / len(rates))


def _growth(tables: Sequence[pa.Table], counts: Sequence[int], good: float) -> tuple[float, float]:
    """Bytes of a document and of a part, from how a table grows with its rows: what repeats stands in it once."""
    half = max(1, len(tables) // 2)
    whole, first = _size_of(tables), _size_of(tables[:half])
    if half == len(tables):
        return 0.0, float(whole)
    slope = (whole - first) / sum(counts[half:])
    return slope * good, max(0.0, whole - slope * sum(counts))


def _size_of(tables: Sequence[pa.Table]) -> int:
    out = io.BytesIO()
    pq.write_table(pa.concat_tables(tables), out, compression="zstd")
    return len(out.getvalue())


def _about(value: float, share: float) -> tuple[float, float]:
    return value / (1 + share), value * (1 + share)


def _rounded(value: float) -> int:
    """A number of which three figures count."""
    return round(int(value), min(0, 3 - len(str(int(value)))))


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _share(share: float) -> str:
    return f"{share:.1%}".replace("%", " %") if share >= 0.001 else "under 0.1 %"


def _span(low: float, high: float) -> str:
    for size, unit in ((5400 * 24, "days"), (5400, "h"), (90, "min")):
        if high >= size:
            one = {"days": 86400, "h": 3600, "min": 60}[unit]
            return f"{low / one:,.{int(low / one < 10)}f} to {high / one:,.{int(low / one < 10)}f} {unit}"
    return f"{low:.0f} to {high:.0f} s"


def _size(low: float, high: float) -> str:
    unit, one = ("GB", 1e9) if high >= 1e9 else ("MB", 1e6)
    return f"{low / one:,.1f} to {high / one:,.1f} {unit}"
