"""Small archives for tests: files of each kind, and what is read from them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from archive._documents import documents
from archive._inputs import cut, list_inputs
from archive._model import Aside, Config, Document, Part

ARTICLE = "Kenya will build a naval pier at Kilifi by 2030."
PAGE = (
    f"<html><head><title>A pier</title></head><body><article><p>{ARTICLE}</p><p>The minister said so on Monday.</p></article></body></html>"
)


def lines(path: Path, *texts: str) -> Path:
    """Write texts as JSON Lines, with the ids n0, n1 and so on."""
    path.write_text("".join(json.dumps({"id": f"n{n}", "text": text}) + "\n" for n, text in enumerate(texts)), encoding="utf-8")
    return path


def parts_of(path: Path, *, step: int = 0, config: Config | None = None) -> list[Part]:
    """Return the parts of one file, as they are cut or ``step`` bytes or rows long."""
    (one,) = list_inputs([str(path)])
    whole = cut([one], config or Config(), "1")
    if not step:
        return list(whole)
    end = whole[-1].stop
    return [Part(input=one, start=at, stop=min(at + step, end), config=config or Config(), made_by="1") for at in range(0, end, step)]


def told(parts: Iterable[Part]) -> list[str]:
    """Return the ids of the documents of parts, and the codes of what is set aside, in their order."""
    return [item.code if isinstance(item, Aside) else item.id for part in parts for item in documents(part)]


def read(path: Path) -> list[Document]:
    """Return the documents of a file in which nothing is set aside."""
    found = [item for part in parts_of(path) for item in documents(part)]
    assert [item for item in found if isinstance(item, Aside)] == []
    return [item for item in found if isinstance(item, Document)]


@contextmanager
def warc_at(path: Path) -> Iterator[Warc]:
    """Open a web archive for writing; packed by the record where its name ends with .gz."""
    with path.open("wb") as file:
        yield Warc(file, packed=path.suffix == ".gz")


class Warc:
    """A web archive that is written record by record."""

    def __init__(self, file: object, *, packed: bool) -> None:
        from warcio.warcwriter import WARCWriter

        self._writer = WARCWriter(file, gzip=packed)
        self._number = 0

    def page(
        self, body: bytes, *, status: str = "200 OK", sort: str = "text/html; charset=utf-8", kind: str = "response", **more: str
    ) -> None:
        """Write an answer of a server; ``more`` are further headers, ``_`` for ``-``."""
        from warcio.statusandheaders import StatusAndHeaders

        headers = [("Content-Type", sort), *((name.replace("_", "-"), value) for name, value in more.items())]
        self._write(kind, body, http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"))

    def text(self, body: bytes, *, kind: str = "conversion", sort: str = "text/plain") -> None:
        """Write a record that is no answer of a server."""
        self._write(kind, body, warc_content_type=sort)

    def _write(self, kind: str, body: bytes, **given: object) -> None:
        url = f"https://example.org/{self._number}"
        self._number += 1
        dated = {"WARC-Date": "2021-05-06T00:00:00Z", "WARC-Record-ID": f"<n{self._number - 1}>"}
        self._writer.write_record(self._writer.create_warc_record(url, kind, payload=BytesIO(body), warc_headers_dict=dated, **given))


def warc(path: Path, *pages: bytes) -> Path:
    """Write pages as a web archive, with the ids <n0>, <n1> and so on."""
    with warc_at(path) as writer:
        for page in pages:
            writer.page(page)
    return path
