"""The documents of one part, read one by one: nothing grows with the length of the file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import fsspec

from archive._model import Aside, Document, Part

LONGEST = 20_000_000
"""Bytes of the longest line or record that is read, as for an article by itself."""
_BATCH = 256


def documents(part: Part) -> Iterator[Document | Aside]:
    """Yield the documents of a part in their order, and an aside for each that cannot be opened or parsed.

    Raises OSError where the file cannot be opened at all. Reads the disk or the network at the input's URL.
    """
    yield from {"jsonl": _lines, "parquet": _rows, "warc": _records}[part.input.kind](part)


def _lines(part: Part) -> Iterator[Document | Aside]:
    with fsspec.open(part.input.url, "rb", compression="infer") as file:
        at = part.start
        if at:
            file.seek(at - 1)
            at += _skip(file) - 1
        while at < part.stop or part.input.packed:
            raw = file.readline(LONGEST + 1)
            if not raw:
                return
            length = len(raw)
            if length > LONGEST:
                length += _skip(file) if not raw.endswith(b"\n") else 0
                yield _aside(part, at, "too-large", f"the line has {length:,} bytes; {LONGEST:,} are read")
            elif raw.strip():
                yield _from_json(part, at, raw)
            at += length


def _skip(file: Any) -> int:
    """Read to the end of the line, and return how many bytes that were."""
    skipped = 0
    while True:
        raw = file.readline(1 << 20)
        skipped += len(raw)
        if not raw or raw.endswith(b"\n"):
            return skipped


def _from_json(part: Part, at: int, raw: bytes) -> Document | Aside:
    try:
        item = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        code = "not-utf8" if isinstance(error, UnicodeDecodeError) else "not-json"
        return _aside(part, at, code, f"the line is not JSON ({error})")
    if not isinstance(item, dict):
        return _aside(part, at, "not-an-object", "the line is no JSON object")
    return _from_fields(part, at, item)


def _from_fields(part: Part, at: int, item: dict[str, Any]) -> Document | Aside:
    said = item.get(part.config.id)
    name = str(said)[:300] if isinstance(said, str | int) and str(said).strip() else f"{part.input.name}:{at}"
    text = item.get(part.config.text)
    if not isinstance(text, str):
        return _aside(part, at, "no-text", f"it has no {part.config.text!r} that is a string", name)
    if not text.strip():
        return _aside(part, at, "empty", "its text is empty", name)
    return Document(position=at, id=name, text=text, fields={key: item[key] for key in part.config.fields if item.get(key) is not None})


def _rows(part: Part) -> Iterator[Document | Aside]:
    import pyarrow.parquet as pq

    with fsspec.open(part.input.url, "rb") as file, pq.ParquetFile(file) as table:
        wanted = [n for n in table.schema_arrow.names if n in {part.config.text, part.config.id, *part.config.fields}]
        first = 0
        for group in range(table.num_row_groups):
            size = table.metadata.row_group(group).num_rows
            if first < part.stop and first + size > part.start:
                at = first
                for batch in table.iter_batches(_BATCH, row_groups=[group], columns=wanted):
                    if at < part.stop and at + batch.num_rows > part.start:
                        for offset, item in enumerate(batch.to_pylist()):
                            if part.start <= at + offset < part.stop:
                                yield _from_fields(part, at + offset, {k: _stated(v) for k, v in item.items()})
                    at += batch.num_rows
            first += size


def _stated(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _records(part: Part) -> Iterator[Document | Aside]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    with fsspec.open(part.input.url, "rb") as file:
        records = ArchiveIterator(file)
        number = 0
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                number += 1
                if record.rec_type in ("response", "resource", "conversion"):
                    yield from _page(part, number, record)
            except (ArchiveLoadFailed, EOFError, OSError, ValueError) as error:
                yield _aside(
                    part, number + 1, "truncated", f"the file breaks off or is damaged after record {number} ({error})", stage="open"
                )
                return


def _page(part: Part, number: int, record: Any) -> Iterator[Document | Aside]:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    day = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    name = record.rec_headers.get_header("WARC-Record-ID") or f"{part.input.name}:{number}"
    http = record.http_headers
    sort = (http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")) or ""
    if http and not http.get_statuscode().startswith("2"):
        return
    if not any(wanted in sort.lower() for wanted in ("html", "text/plain")):
        return
    raw = record.content_stream().read(LONGEST + 1)
    if len(raw) > LONGEST:
        yield _aside(part, number, "too-large", f"the record has more than {LONGEST:,} bytes", name)
        return
    fields = {"url": url, "archived": day}
    if "html" not in sort.lower():
        yield _from_fields(part, number, {part.config.id: name, part.config.text: raw.decode("utf-8", "replace"), "url": url})
        return
    yield Document(position=number, id=name, text=raw.decode("utf-8", "replace"), fields=fields | {"html": True})


def _aside(part: Part, at: int, code: str, detail: str, name: str = "", stage: Any = "parse") -> Aside:
    return Aside(position=at, id=name or f"{part.input.name}:{at}", stage=stage, code=code, detail=detail)
