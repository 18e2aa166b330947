"""Which files an archive has, which it has not, and into which parts they are cut."""

from __future__ import annotations

import os
import posixpath
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import fsspec

from archive._errors import ArchiveError
from archive._listing import Found, found_at
from archive._model import PACKED, Config, Input, Kind, Part

ENDINGS: dict[str, Kind] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".warc": "warc", ".wet": "warc",
}  # fmt: skip
SMALLEST, LARGEST, PIECES = 1 << 18, 1 << 22, 256
"""Bytes of JSON Lines in a part: a 256th of the file, at least 256 KB, at most 4 MB, which is up to 25,000 articles of a sentence each. A
part takes between a second and a minute, and a worker keeps all that it reads of one: little enough to lose to a kill, and to hold."""
ROWS, MOST_ROWS, SHARES = 2_000, 8_000, 32
"""Rows of Parquet in a part: 2,000; in large groups of rows a 32nd of the group, at most 8,000. It is read up to its rows."""
PAGES = 1 << 26
"""Bytes of a web archive in a part, at least, and a 16th of the file: it is read up to where the part begins, 100 MB in about a second."""
_STAMPS = ("ETag", "etag", "generation", "md5Hash", "mtime", "LastModified", "last_modified", "created")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A file that is not read though it was named, or lies where archives do: its name, why, what to do, and the code of that.

    >>> Left(name="in/a.jsonl", rule="it is a pipe, not a file", next_step="name a file", code="not-a-file").code
    'not-a-file'
    """

    name: str
    rule: str
    next_step: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What was found where an archive was said to be: the files that are read, and all the others.

    ``left`` are those that a person may have wanted read, each with its reason; ``others`` counts files of other kinds by their ending,
    ``hidden`` is how many files and folders begin with ``.`` or ``_``, ``empty`` names files without a byte.

    >>> Listing(inputs=(), left=(), others={".txt": 2, ".pdf": 1}, hidden=1, empty=()).lines()
    ['not read: 3 files of other kinds (2 .txt, 1 .pdf)', 'passed over: 1 hidden']
    """

    inputs: tuple[Input, ...]
    left: tuple[Left, ...]
    others: dict[str, int]
    hidden: int
    empty: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return what is not read as lines for a person; none where all is."""
        said = [f"not read: {one.name}: {one.rule}; {one.next_step} [{one.code}]" for one in self.left]
        said += [f"nothing in it: {name}" for name in self.empty]
        if self.others:
            ordered = sorted(self.others.items(), key=lambda one: (-one[1], one[0]))
            named = ", ".join(f"{n:,} {ending or 'without an ending'}" for ending, n in ordered[:8]) + (" …" if len(ordered) > 8 else "")
            said.append(f"not read: {_files(sum(self.others.values()))} of other kinds ({named})")
        if self.hidden:
            said.append(f"passed over: {self.hidden:,} hidden")
        return said


def survey(sources: Iterable[str]) -> Listing:
    """Return what is found at files, folders (with all below) and patterns, on a disk or at any URL that fsspec opens.

    Read are .jsonl, .ndjson, .parquet, .warc and .wet, all but Parquet also compressed (.gz, .bz2, .xz, .zst). A file counts once, however
    often and by whatever way it is named. Links that lead out of a folder are not followed; pipes, sockets and devices are not opened.
    Raises :class:`ArchiveError` where a source is not there, cannot be reached, is of no such kind, or holds none. Reads the listing of the
    disk or the network, not the files.

    >>> survey(["no-such-archive.jsonl"])
    Traceback (most recent call last):
    ...
    archive._errors.ArchiveError: no-such-archive.jsonl: there is no such file or folder; check the path or URL
    """
    inputs: dict[str, Input] = {}
    left: dict[str, Left] = {}
    others: set[str] = set()
    hidden: set[str] = set()
    empty: dict[str, str] = {}
    named = 0
    for source in sources:
        named += 1
        kept = 0
        for one in found_at(source):
            kind = kind_of(one.url)
            if one.hidden:
                hidden.add(one.url)
            elif one.code and (kind or one.code == "not-readable" or one.folder):
                left[one.url] = Left(name=one.shown, rule=one.rule, next_step=one.next_step, code=one.code)
            elif kind is None:
                others.add(one.url)
            elif one.size == 0:
                empty[one.url] = one.shown
            else:
                kept += 1
                inputs.setdefault(one.url, _input(one, kind))
        if not kept:
            _nothing(source, tuple(left.values()), len(others), len(empty))
    if not named:
        raise ArchiveError("(nothing)", "no source is named", "name files, folders or URLs with articles", code="nothing-to-read")
    return Listing(
        inputs=named_apart(inputs.values(), ()),
        left=tuple(left[url] for url in sorted(left)),
        others=dict(Counter(_ending(url) for url in sorted(others))),
        hidden=len(hidden),
        empty=tuple(empty[url] for url in sorted(empty)),
    )


def list_inputs(sources: Iterable[str]) -> tuple[Input, ...]:
    """Return the files of an archive that are read, by their address: those of :func:`survey`, which says more and when this raises."""
    return survey(sources).inputs


def named_apart(inputs: Iterable[Input], known: Sequence[Input]) -> tuple[Input, ...]:
    """Return inputs by address; where a name is taken (by one before, or of ``known``), it is more of the address, as much as is needed.

    >>> a, b = (Input(url=f"/{x}/news.jsonl", name="news.jsonl", kind="jsonl", size=1, stamp="") for x in "ab")
    >>> [one.name for one in named_apart([a, b], ())]
    ['news.jsonl', 'b/news.jsonl']
    """
    taken = {one.name for one in known}
    apart = []
    for one in sorted(inputs, key=lambda one: one.url):
        pieces = one.url.split("/")
        longer = one.name.count("/") + 1
        name = one.name
        while name in taken and longer < len(pieces):
            longer += 1
            name = "/".join(pieces[-longer:])
        taken.add(name)
        apart.append(one if name == one.name else replace(one, name=name))
    return tuple(apart)


def cut(inputs: Iterable[Input], config: Config, made_by: str) -> tuple[Part, ...]:
    """Return the parts of the inputs, in their order. How a file is cut depends on that file alone, so that added files change no other.

    Raises :class:`ArchiveError` where a Parquet file cannot be read or lacks a column of texts. Reads the footers of Parquet files.

    >>> i = Input(url="/a/news.jsonl", name="news.jsonl", kind="jsonl", size=600_000, stamp="1")
    >>> [(p.start, p.stop) for p in cut([i], Config(), "1")]
    [(0, 262144), (262144, 524288), (524288, 600000)]
    """
    parts = []
    for one in inputs:
        end, step = one.size, max(one.size, 1)
        if one.kind == "parquet":
            end, step = _rows(one, config)
        elif one.kind == "jsonl" and not one.packed:
            step = min(max(one.size // PIECES, SMALLEST), LARGEST)
        elif one.kind == "warc" and (not one.packed or one.url.lower().endswith(".gz")):
            step = max(one.size // 16, PAGES)
        parts += [
            Part(input=one, start=start, stop=min(start + step, end), config=config, made_by=made_by) for start in range(0, end, step)
        ]
    return tuple(parts)


def kind_of(url: str) -> Kind | None:
    """Return of which kind a file is by its name, or None where it is none that is read."""
    plain = url.lower()
    for ending in PACKED:
        plain = plain.removesuffix(ending)
    kind = ENDINGS.get(posixpath.splitext(plain)[1])
    return None if kind == "parquet" and plain != url.lower() else kind


def _ending(url: str) -> str:
    name = posixpath.basename(url.replace(os.sep, "/")).lower()
    stem, last = posixpath.splitext(name)
    return posixpath.splitext(stem)[1] + last if last in PACKED else last


def _input(one: Found, kind: Kind) -> Input:
    if one.size is None:
        rule, step = "its server does not say how large it is", "download it, and name the file"
        raise ArchiveError(one.shown, rule, step, code="unreachable")
    stamp = next((str(one.info[key]) for key in _STAMPS if one.info.get(key)), "")
    return Input(url=one.url, name=one.name, kind=kind, size=one.size, stamp=stamp)


def _files(number: int) -> str:
    return f"{number:,} file{'' if number == 1 else 's'}"


def _nothing(source: str, left: Sequence[Left], others: int, empty: int) -> None:
    kinds = ", ".join(ENDINGS)
    if left:
        first = left[0]
        raise ArchiveError(first.name, first.rule, first.next_step, code=first.code)
    if empty:
        raise ArchiveError(source, "it is empty", "name a file or folder with articles", code="empty")
    beside = f" ({_files(others)} of other kinds)" if others else ""
    raise ArchiveError(source, f"it holds no archive file{beside}", f"name one of {kinds}, or a folder with them", code="nothing-to-read")


def _rows(one: Input, config: Config) -> tuple[int, int]:
    """How many rows a Parquet file has, and how many of them make a part."""
    import pyarrow.parquet as pq

    try:
        with fsspec.open(one.url, "rb") as file, pq.ParquetFile(file) as table:
            schema, rows = table.schema_arrow, table.metadata.num_rows
            largest = max((table.metadata.row_group(n).num_rows for n in range(table.num_row_groups)), default=0)
    except (OSError, ValueError, NotImplementedError) as error:
        rule = f"it is no Parquet file that can be read ({' '.join(str(error).split())[:200]})"
        raise ArchiveError(one.url, rule, "take it away or mend it", code="not-parquet") from error
    said = f"it has {', '.join(schema.names[:12])}"
    places = schema.get_all_field_indices(config.text)
    if len(places) != 1:
        rule = f"it has {'no' if not places else 'more than one'} column {config.text!r}"
        raise ArchiveError(one.url, rule, f"name the column of the text with --text-column; {said}", code="no-text-column")
    sort = schema.field(places[0]).type
    if not _holds_text(sort):
        rule = f"its column {config.text!r} holds {sort}, no text"
        raise ArchiveError(one.url, rule, f"name the column of the text with --text-column; {said}", code="no-text-column")
    return int(rows), min(max(largest // SHARES, ROWS), MOST_ROWS)


def _holds_text(sort: Any) -> bool:
    import pyarrow as pa

    if pa.types.is_dictionary(sort):
        return _holds_text(sort.value_type)
    tests = ("is_string", "is_large_string", "is_string_view", "is_binary", "is_large_binary", "is_binary_view", "is_null")
    return any(getattr(pa.types, test)(sort) for test in tests)
