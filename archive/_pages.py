"""The pages of a web archive (WARC, WET), one record after the other."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from typing import Any

import fsspec

from archive._documents import LONGEST, aside, damaged
from archive._members import Members
from archive._model import Aside, Document, Part
from archive._opening import BROKEN, is_damage, unpacked

_PAGES = ("response", "resource", "conversion")
"""Records that may hold a page; requests, revisits and what the crawler says of itself hold none."""
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I)
_SEEN = 4096
"""Bytes of a page in which its charset is looked for."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_FEW = 1_000
"""A page whose every so manieth character is broken is not in the charset that it says."""


class _Unfit(Exception):
    """A record that claims to be a page and gives none: its code and why."""


def records(part: Part) -> Iterator[Document | Aside]:
    """Yield the pages of the records that begin in a part. ``position`` is the number of the record in the file, from 1.

    The file is read from its beginning, since only that shows where records begin; pages of earlier parts are passed over unread.
    """
    with fsspec.open(part.input.url, "rb") as file:
        stream = Members(file) if part.input.url.lower().endswith(".gz") else unpacked(file, part.input.url)
        yield from _Walk(part, stream).run()


class _Steady:
    """A stream whose breaking off is no EOFError, which warcio takes for the end of the file."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._given = 0

    def read(self, size: int) -> bytes:
        """Return at most so many bytes; raises ValueError where they break off."""
        try:
            data: bytes = self._stream.read(size)
        except EOFError as error:
            raise ValueError(str(error)) from error
        self._given += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were read."""
        return self._given


class _Walk:
    """One way through a file."""

    def __init__(self, part: Part, stream: Any) -> None:
        self._part, self._stream = part, stream
        self._number, self._at = 0, 0

    def run(self) -> Iterator[Document | Aside]:
        """Yield the pages of the part, and an aside where the file cannot be read on, if that lies in the part."""
        from warcio.exceptions import ArchiveLoadFailed

        try:
            for record in self._records():
                if self._at >= self._part.stop:
                    return
                page = self._page(record) if self._at >= self._part.start and record.rec_type in _PAGES else None
                self._finish(record)
                if page is not None:
                    yield page
        except (*BROKEN, ArchiveLoadFailed) as error:
            if not is_damage(error):
                raise
            if self._part.start <= self._at < self._part.stop:
                yield damaged(self._part, self._number + 1, f"after its record {self._number:,}", error)

    def _records(self) -> Iterator[Any]:
        """Each record; the number and the place where it begins are set before it is given out."""
        from warcio.archiveiterator import ArchiveIterator

        class Quiet(ArchiveIterator):  # type: ignore[misc]
            INC_RECORD = ""

        walk = Quiet(_Steady(self._stream), no_record_parse=True)
        whole = self._part.input.packed and not isinstance(self._stream, Members)
        while True:
            record = next(walk, None)
            if walk.err_count:
                raise ValueError("a record is longer than it says")
            if record is None:
                return
            self._at = 0 if whole else walk.offset if not isinstance(self._stream, Members) else self._stream.packed_at(walk.offset)
            if not (record.rec_headers.get_header("Content-Length") or "").strip().isdigit():
                raise ValueError("a record does not say how long it is")
            yield record
            self._number += 1

    def _finish(self, record: Any) -> None:
        while record.raw_stream.read(1 << 16):
            pass
        if record.raw_stream.limit:
            raise EOFError("it ends in the middle of a record")

    def _page(self, record: Any) -> Document | Aside | None:
        """The page of a record, why it is none, or None where it does not claim to be one."""
        said = record.rec_headers.get_header
        url = said("WARC-Target-URI") or ""
        name = (said("WARC-Record-ID") or "")[:300] or f"{self._part.input.name}:{self._number + 1}"
        sort = said("Content-Type") or ""
        http: Any = None
        if record.rec_type != "conversion" and sort.lower().startswith("application/http"):
            http = _http(record.raw_stream)
            sort = http.get_header("Content-Type") or ""
        media = _media(sort)
        if media is None:
            return None
        status = http.get_statuscode() if http else "200"
        if status.startswith("3"):
            return None
        try:
            if not status.startswith("2"):
                raise _Unfit("http-status", f"the server answered {status[:20]!r}, which is no page")
            raw = _body(record.raw_stream, http)
            text = _decoded(raw, sort, html=media == "html")
        except _Unfit as why:
            code, detail = why.args
            return aside(self._part, self._number + 1, code, detail, name)
        if not text.strip():
            return aside(self._part, self._number + 1, "no-text", "its page is empty", name)
        return Document(position=self._number + 1, id=name, text=text, fields={"url": url} if url else {}, media=media)


def _http(stream: Any) -> Any:
    from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

    try:
        return StatusAndHeadersParser([], verify=False).parse(stream)
    except EOFError:
        return StatusAndHeaders("204", [])


def _media(sort: str) -> Any:
    plain = sort.split(";")[0].strip().lower()
    return "html" if "html" in plain else "text" if plain == "text/plain" else None


def _body(stream: Any, http: Any) -> bytes:
    """The bytes of a page, out of their chunks and unpacked."""
    from warcio.bufferedreaders import ChunkedDataReader

    chunked, packing = (
        str(http.get_header(name) or "").strip().lower() if http else "" for name in ("Transfer-Encoding", "Content-Encoding")
    )
    raw: bytes = (ChunkedDataReader(stream) if chunked == "chunked" else stream).read(LONGEST + 1)
    if packing in ("gzip", "x-gzip") and raw.startswith(b"\x1f\x8b"):
        raw = _inflated(raw, 31)
    elif packing == "deflate" and raw.lstrip()[:1] != b"<":
        raw = _inflated(raw, zlib.MAX_WBITS if raw[:1] == b"\x78" else -zlib.MAX_WBITS)
    elif packing not in ("", "identity", "gzip", "x-gzip", "deflate") and raw.lstrip()[:1] != b"<":
        raise _Unfit("not-a-text", f"it is packed as {packing[:20]!r}, which is not unpacked")
    if len(raw) > LONGEST:
        raise _Unfit("too-large", f"the page has more than {LONGEST:,} bytes")
    return raw


def _inflated(raw: bytes, bits: int) -> bytes:
    unpack = zlib.decompressobj(bits)
    try:
        plain = unpack.decompress(raw, LONGEST + 1)
    except zlib.error as error:
        raise _Unfit("not-a-text", f"what the server packed cannot be unpacked ({error})") from error
    if not unpack.eof and len(plain) <= LONGEST:
        raise _Unfit("not-a-text", "what the server packed breaks off")
    return plain


def _decoded(raw: bytes, sort: str, *, html: bool) -> str:
    """A page as text: by its byte order mark, by what the server said, by what the page says, or as UTF-8."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _text(raw[len(mark) :], name)
    declared = re.search(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", sort, re.I)
    within = _CHARSET.search(raw[:_SEEN]) if html else None
    for label in (declared[1] if declared else "", within[1].decode("ascii", "replace") if within else ""):
        if known := _encoding(label):
            return _text(raw, known)
    return _text(raw, "utf-8")


def _encoding(label: str) -> str:
    """The name that Python has for a charset of the web, "" for none that is known."""
    try:
        known = codecs.lookup(label).name if label else ""
        b"".decode(known or "utf-8")
    except (LookupError, ValueError):
        return ""
    return {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "utf-16": "utf-8"}.get(known, known)


def _text(raw: bytes, encoding: str) -> str:
    """Bytes as text; a few broken ones are the sign for a broken character, many are told."""
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, ValueError):
        text = raw.decode(encoding, "replace")
    if text.count("\ufffd") * _FEW > max(len(text), _FEW):
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise _Unfit("not-utf8", f"it is not in {encoding}, as it says or must be ({text.count(chr(0xFFFD)):,} broken)") from error
    return text
