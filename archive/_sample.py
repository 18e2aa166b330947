"""A sample of an archive: windows spread evenly over its bytes or rows, in which all documents are counted and some are kept."""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import fsspec

from archive._documents import documents
from archive._model import Aside, Document, Input, Part
from archive._opening import BROKEN, unpacked

WINDOWS = 24
"""Windows that are looked into, of each sort of file."""
WIDTH = {"jsonl": 1 << 17, "warc": 1 << 20, "parquet": 200}
"""Bytes of a window of JSON Lines or of a web archive, rows of one of Parquet."""
KEPT = 12
"""Documents of a window that are kept to be worked on."""
WHOLE, HEAD = 2_000_000, 4_000_000
"""A file that can only be read from its beginning is counted whole up to so many bytes; of a larger one so many are unpacked."""


@dataclass(slots=True, kw_only=True)
class Sample:
    """What was seen of files of one sort: ``documents`` reckoned in all of them and the error of that, and what the windows hold.

    ``seen`` documents were counted, ``asides`` of them cannot be opened or parsed, by code; ``kept`` are some others, with their parts.
    """

    documents: float
    error: float
    seen: int = 0
    asides: Counter[str] = field(default_factory=Counter)
    kept: list[tuple[Part, Document]] = field(default_factory=list)


def sample(parts: Sequence[Part]) -> Iterator[Sample]:
    """Yield a sample for each sort of files among parts: those that can be entered anywhere, by kind, and those that cannot."""
    groups: dict[str, list[Part]] = {}
    for part in parts:
        entered = part.input.kind == "parquet" or not part.input.packed or part.input.url.lower().endswith(".warc.gz")
        groups.setdefault(part.input.kind if entered else "packed", []).append(part)
    for kind, group in sorted(groups.items()):
        yield _packed(group) if kind == "packed" else _entered(group, WIDTH[kind])


def _entered(parts: Sequence[Part], width: int) -> Sample:
    """Look into windows at even distances; how many documents begin in a byte there is how many begin in one anywhere."""
    total = sum(part.stop - part.start for part in parts)
    found = Sample(documents=0, error=0)
    counts, spans = [], []
    for number in range(WINDOWS):
        seen, span = 0, 0
        start = number * total // WINDOWS
        for part in _window(parts, start, min(start + width, (number + 1) * total // WINDOWS)):
            seen += _look(part, found)
            span += part.stop - part.start
        if span:
            counts.append(seen)
            spans.append(span)
    if parts[0].input.kind == "parquet":
        found.documents = total
        return found
    density = sum(counts) / max(sum(spans), 1)
    found.documents = density * total
    left = 1 - sum(spans) / max(total, 1)
    spread = sum((count - density * span) ** 2 for count, span in zip(counts, spans, strict=True)) / max(len(counts) - 1, 1)
    found.error = math.sqrt(spread * len(counts) * max(left, 0)) / max(sum(spans), 1) * total
    return found


def _window(parts: Sequence[Part], start: int, stop: int) -> Iterator[Part]:
    """The pieces of parts that lie in a window over all of them."""
    before = 0
    for part in parts:
        first, last = max(start, before), min(stop, before + part.stop - part.start)
        if first < last:
            yield replace(part, start=part.start + first - before, stop=part.start + last - before)
        before += part.stop - part.start


def _look(part: Part, found: Sample, upto: int | None = None) -> int:
    """Count what begins in a part, keep a few spread over it, and return how many there were."""
    seen, every, kept = 0, 1, []
    for item in documents(part):
        if upto is not None and item.position >= upto:
            break
        seen += 1
        if isinstance(item, Aside):
            found.asides[item.code] += 1
        elif seen % every == 0:
            kept.append((part, item))
            if len(kept) > 2 * KEPT:
                kept, every = kept[1::2], every * 2
    found.kept += kept[:: max(1, len(kept) // KEPT)]
    found.seen += seen
    return seen


def _packed(parts: Sequence[Part]) -> Sample:
    """Count files that can only be read from their beginning: small ones whole, of large ones what is packed in their head."""
    found = Sample(documents=0, error=0)
    chosen = parts if len(parts) <= WINDOWS // 2 else [parts[n * len(parts) // (WINDOWS // 2)] for n in range(WINDOWS // 2)]
    counts, sizes = [], []
    for part in chosen:
        if part.input.size <= WHOLE:
            counts.append(float(_look(part, found)))
        else:
            counts.append(_look(part, found, _unpacked_head(part.input)) * part.input.size / HEAD)
        sizes.append(part.input.size)
    total = sum(part.input.size for part in parts)
    density = sum(counts) / max(sum(sizes), 1)
    spread = sum((count - density * size) ** 2 for count, size in zip(counts, sizes, strict=True)) / max(len(counts) - 1, 1)
    found.documents = density * total
    found.error = math.sqrt(spread * len(counts) * (1 - len(counts) / len(parts))) / max(sum(sizes), 1) * total
    if any(size > WHOLE for size in sizes):
        found.error = max(found.error, found.documents * 0.05)
    return found


def _unpacked_head(one: Input) -> int:
    """How many bytes are packed in the first bytes of a file; of a web archive how many records that may be."""
    with fsspec.open(one.url, "rb") as file:
        head = file.read(HEAD)
    stream, size = unpacked(io.BytesIO(head), one.url), 0
    try:
        while data := stream.read(1 << 12):
            size += len(data)
    except BROKEN:
        pass
    return size // 20_000 if one.kind == "warc" else size
