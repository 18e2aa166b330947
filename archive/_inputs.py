"""Which files an archive has, and into which parts they are cut."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import fsspec

from archive._errors import ArchiveError
from archive._model import Config, Input, Kind, Part

ENDINGS: dict[str, Kind] = {".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc"}
PACKED = (".gz", ".bz2", ".xz", ".zst")
SMALLEST, LARGEST, PIECES = 1 << 18, 1 << 23, 64
"""Bytes of JSON Lines in a part: a 64th of the file, at least 256 KB, at most 8 MB. A small article takes some 3 ms, so that a part takes
between a few seconds and a minute: short enough to lose to a killed worker, long enough that committing it costs nothing beside."""
ROWS = 2_000
"""Rows of Parquet in a part."""


def list_inputs(sources: Iterable[str]) -> tuple[Input, ...]:
    """Return the files of an archive by name: files, folders (with all below) and patterns, on a disk or at any URL that fsspec opens.

    Taken are .jsonl, .ndjson, .parquet and .warc, the first and the last also compressed. Raises :class:`ArchiveError` where a source is
    not there, is of no such kind, or a folder holds none. Reads the listing of the disk or the network, not the files.

    >>> list_inputs(["no-such-archive.jsonl"])
    Traceback (most recent call last):
    ...
    archive._errors.ArchiveError: no-such-archive.jsonl: there is no such file or folder; check the path or URL
    """
    found: dict[str, dict[str, Any]] = {}
    for source in sources:
        found |= _below(source)
    if not found:
        raise ArchiveError("(nothing)", "no source is named", "name files, folders or URLs with articles")
    shared = os.path.commonpath([os.path.dirname(url) for url in found]) if all(os.path.isabs(url) for url in found) else ""
    return tuple(
        Input(
            url=url,
            name=os.path.relpath(url, shared) if shared else url,
            kind=_kind(url) or "jsonl",
            size=int(info.get("size") or 0),
            stamp=_stamp(info),
        )
        for url, info in sorted(found.items())
    )


def cut(inputs: Iterable[Input], config: Config, made_by: str) -> tuple[Part, ...]:
    """Return the parts of the inputs, in their order. How a file is cut depends on that file alone, so that added files change no other.

    Raises :class:`ArchiveError` where a Parquet file cannot be read or lacks the column of the text. Reads the footers of Parquet files.

    >>> i = Input(url="/a/news.jsonl", name="news.jsonl", kind="jsonl", size=600_000, stamp="1")
    >>> [(p.start, p.stop) for p in cut([i], Config(), "1")]
    [(0, 262144), (262144, 524288), (524288, 600000)]
    """
    parts = []
    for one in inputs:
        end, step = one.size, max(one.size, 1)
        if one.kind == "parquet":
            end, step = _rows(one, config), ROWS
        elif one.kind == "jsonl" and not one.packed:
            step = min(max(one.size // PIECES, SMALLEST), LARGEST)
        parts += [
            Part(input=one, start=start, stop=min(start + step, end), config=config, made_by=made_by) for start in range(0, end, step)
        ]
    return tuple(parts)


def _below(source: str) -> dict[str, dict[str, Any]]:
    try:
        files, path = fsspec.core.url_to_fs(os.path.abspath(source) if "://" not in source else source)
        if any(sign in path for sign in "*?["):
            names = files.glob(path, detail=True)
        elif files.isdir(path):
            names = files.find(path, detail=True)
        elif files.exists(path):
            if _kind(path) is None:
                raise ArchiveError(source, "it is no kind of archive that is read", f"name one of {', '.join(ENDINGS)}, a folder, or a URL")
            names = {path: files.info(path)}
        else:
            raise ArchiveError(source, "there is no such file or folder", "check the path or URL")
    except (OSError, ValueError, ImportError) as error:
        raise ArchiveError(
            source, f"it cannot be reached ({error})", "check the address, and that fsspec's package for it is there"
        ) from error
    kept = {files.unstrip_protocol(name) if "://" in source else name: info for name, info in names.items()}
    kept = {name: info for name, info in kept.items() if info.get("type") != "directory" and _kind(name) and not _hidden(name, path)}
    if not kept:
        raise ArchiveError(source, "it holds no archive file", f"name a folder with one of {', '.join(ENDINGS)}")
    return kept


def _hidden(name: str, path: str) -> bool:
    return any(piece.startswith((".", "_")) for piece in name.split(path, 1)[-1].split("/"))


def _kind(url: str) -> Kind | None:
    plain = url.lower()
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    kind = ENDINGS.get(os.path.splitext(plain)[1])
    return None if kind == "parquet" and plain != url.lower() else kind


def _stamp(info: dict[str, Any]) -> str:
    for key in ("ETag", "etag", "generation", "md5Hash", "mtime", "LastModified", "last_modified"):
        if info.get(key):
            return str(info[key])
    return ""


def _rows(one: Input, config: Config) -> int:
    import pyarrow.parquet as pq

    try:
        with fsspec.open(one.url, "rb") as file, pq.ParquetFile(file) as table:
            names, rows = table.schema_arrow.names, table.metadata.num_rows
    except (OSError, ValueError) as error:
        raise ArchiveError(one.url, f"it is no Parquet file that can be read ({error})", "take it away or mend it") from error
    if config.text not in names:
        step = f"name the column of the text with --text-column; it has {', '.join(names[:12])}"
        raise ArchiveError(one.url, f"it has no column {config.text!r}", step)
    return int(rows)
