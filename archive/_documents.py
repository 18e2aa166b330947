"""The documents of one part, read one by one: nothing grows with the length of the file."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from typing import Any

import fsspec

from archive._model import Aside, Document, Part
from archive._opening import BROKEN, is_damage, opened

LONGEST = 20_000_000
"""Bytes of the longest line or record that is read, as for an article by itself."""
_BATCH = 256
_BUFFER = 1 << 20
"""Bytes of a column of Parquet that are read at once: a group of rows may be larger than the memory."""
_HALF = re.compile("[\ud800-\udfff]")
"""Half a character, which JSON can write and no table can hold."""


def documents(part: Part) -> Iterator[Document | Aside]:
    """Yield the documents of a part in their order, and an aside for each that cannot be opened or parsed.

    Where a file breaks off or is damaged, what stands before is read and one aside says where that is; of a damaged group of Parquet each
    row is an aside, since they are counted. Raises OSError where the file cannot be opened, or the disk or network fails meanwhile.
    Reads the disk or the network at the input's URL.
    """
    from archive._pages import records

    yield from {"jsonl": _lines, "parquet": _rows, "warc": records}[part.input.kind](part)


def _lines(part: Part) -> Iterator[Document | Aside]:
    at = part.start
    with opened(part.input) as file:
        if at:
            file.seek(at - 1)
            at += _skip(file) - 1
        while at < part.stop or part.input.packed:
            try:
                raw = file.readline(LONGEST + 1)
                length = len(raw)
                if length > LONGEST and not raw.endswith(b"\n"):
                    length += _skip(file)
            except BROKEN as error:
                if not is_damage(error):
                    raise
                yield damaged(part, at, f"after byte {at:,} of what is packed in it", error)
                return
            if not raw:
                return
            if length > LONGEST:
                yield aside(part, at, "too-large", f"the line has {length:,} bytes; {LONGEST:,} are read")
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


class _Object(dict[str, Any]):
    """A JSON object that knows which name stood in it twice."""

    twice: str | None = None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        made.twice = next(name for name in names if names.count(name) > 1)
    return made


_read_json = json.JSONDecoder(object_pairs_hook=_object).decode


def _from_json(part: Part, at: int, raw: bytes) -> Document | Aside:
    try:
        item = _read_json(raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        return aside(part, at, "not-utf8", f"byte {error.start} of the line is not UTF-8 ({raw[error.start]:#04x})")
    except json.JSONDecodeError as error:
        return aside(part, at, "not-json", f"the line is not JSON ({error.msg}: character {error.pos})")
    except ValueError:
        return aside(part, at, "not-a-number", "the line holds a number of thousands of digits")
    except RecursionError:
        return aside(part, at, "too-deep", "the line is JSON that is nested too deeply")
    if not isinstance(item, dict):
        return aside(part, at, "wrong-object", "the line is JSON, but no object")
    if isinstance(item, _Object) and item.twice is not None:
        return aside(part, at, "named-twice", f"{_whole(item.twice)[:40]!r} stands twice in it, and nobody knows which is meant")
    return from_fields(part, at, item)


def from_fields(part: Part, at: int, item: dict[str, Any], sort: str = "a string") -> Document | Aside:
    """Return a document from what is stated under names, or the aside of one without a text."""
    name = _id(item.get(part.config.id)) or f"{part.input.name}:{at}"
    text = item.get(part.config.text)
    if isinstance(text, bytes):
        try:
            text = text.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return aside(part, at, "not-utf8", f"byte {error.start} of its text is not UTF-8", name)
    if not isinstance(text, str):
        return aside(part, at, "no-text", f"it has no {part.config.text!r} that is {sort}", name)
    if not text.strip():
        return aside(part, at, "no-text", "its text is empty", name)
    stated = {key: said for key in part.config.fields if (said := _said(item.get(key)))}
    return Document(position=at, id=name, text=_whole(text), fields=stated)


def _id(said: Any) -> str:
    """An id as a string, "" where it is no string and no number."""
    if isinstance(said, bytes):
        said = said.decode("utf-8", "replace")
    if isinstance(said, bool) or not isinstance(said, str | int | float) or (isinstance(said, float) and not math.isfinite(said)):
        return ""
    return _whole(" ".join(str(said).split()))[:300]


def _said(value: Any) -> str | list[str]:
    """A field as one line, or a list of lines; "" where it is none: an object, null, or no number."""
    if isinstance(value, list):
        return [said for one in value[:1000] if isinstance(said := _said(one), str) and said]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if hasattr(value, "isoformat"):
        value = value.isoformat().removesuffix("T00:00:00")
    if value is None or isinstance(value, dict | bool) or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    return _whole(" ".join(str(value).split()))


def _whole(text: str) -> str:
    return _HALF.sub("\ufffd", text)


def _rows(part: Part) -> Iterator[Document | Aside]:
    import pyarrow.parquet as pq

    with (
        fsspec.open(part.input.url, "rb") as file,
        pq.ParquetFile(file, buffer_size=_BUFFER, page_checksum_verification=True) as table,
    ):
        wanted = [n for n in table.schema_arrow.names if n in {part.config.text, part.config.id, *part.config.fields}]
        first = 0
        for group in range(table.num_row_groups):
            size = table.metadata.row_group(group).num_rows
            if first < part.stop and first + size > part.start:
                yield from _group(part, table, group, first, first + size, wanted)
            first += size


def _group(part: Part, table: Any, group: int, at: int, end: int, wanted: list[str]) -> Iterator[Document | Aside]:
    """The rows of a group from ``at`` to ``end`` that belong to the part."""
    try:
        for batch in table.iter_batches(_BATCH, row_groups=[group], columns=wanted):
            for n in range(max(part.start - at, 0), min(part.stop - at, batch.num_rows)):
                yield _row(part, at + n, batch.slice(n, 1))
            at += batch.num_rows
            if at >= part.stop:
                return
        if at < end:
            raise ValueError(f"{end - at:,} rows are missing")
    except (*BROKEN, NotImplementedError) as error:
        if not is_damage(error):
            raise
        why = " ".join(str(error).split())[:200]
        for row in range(max(at, part.start), min(end, part.stop)):
            yield aside(part, row, "damaged", f"its group of rows cannot be read from row {at:,} on ({why})", stage="open")


def _row(part: Part, at: int, row: Any) -> Document | Aside:
    try:
        (item,) = row.to_pylist()
    except UnicodeDecodeError:
        return aside(part, at, "not-utf8", "the row holds a string that is not UTF-8")
    except (ValueError, OverflowError) as error:
        return aside(part, at, "not-a-number", f"the row holds a value that cannot be read ({error})")
    return from_fields(part, at, item)


def damaged(part: Part, at: int, where: str, error: BaseException) -> Aside:
    """Return the one aside for all of a file that cannot be read."""
    why = " ".join(str(error).split())[:200] or type(error).__name__
    return aside(part, at, "damaged", f"the file breaks off or is damaged {where} ({why}); what stands before is read", stage="open")


def aside(part: Part, at: int, code: str, detail: str, name: str = "", stage: Any = "parse") -> Aside:
    """Return what was set aside, named by where it stands if nothing else names it."""
    return Aside(position=at, id=name or f"{part.input.name}:{at}", stage=stage, code=code, detail=detail)
