"""The nouns of an archive: its files, the parts they are read in, their documents, and how they are read."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["jsonl", "parquet", "warc"]
PACKED = (".gz", ".bz2", ".xz", ".zst")
"""Endings of compressed files that are unpacked while they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file of an archive, as it was when the run began.

    ``url`` is a path or an address that fsspec opens, ``name`` what it is called in results (unique, without the folder that all files
    share), ``size`` its bytes, ``stamp`` what changes when it changes (an ETag, else the time of its last change).

    >>> Input(url="/a/news.jsonl", name="news.jsonl", kind="jsonl", size=3, stamp="1").packed
    False
    """

    url: str
    name: str
    kind: Kind
    size: int
    stamp: str

    @property
    def packed(self) -> bool:
        """Whether it is compressed, so that it can only be read from its beginning."""
        return self.url.lower().endswith(PACKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How documents are read: the names of the fields, and below which score no place is chosen.

    >>> Config().text
    'text'
    """

    text: str = "text"
    id: str = "id"
    min_score: float = 0.0
    fields: tuple[str, ...] = ("title", "publisher", "author", "date", "url", "licence", "origin")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of one input that is read and committed as one: from ``start`` up to ``stop``, not including it.

    These are bytes of JSON Lines (a line belongs to the part in which it begins), rows of Parquet, and 0 to the size for files that are
    read whole. ``id`` is a hash of the input, the range, the configuration and the versions: the same work has the same name.

    >>> i = Input(url="/a/news.jsonl", name="news.jsonl", kind="jsonl", size=3, stamp="1")
    >>> len(Part(input=i, start=0, stop=3, made_by="1").id)
    32
    """

    input: Input
    start: int
    stop: int
    config: Config = field(default_factory=Config)
    made_by: str = ""

    @property
    def id(self) -> str:
        """The name under which the part's result is committed."""
        said = asdict(self)
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document of a part: ``position`` is its byte, row or record in the input, ``fields`` what it states beside its text.

    ``media`` says what ``text`` is: the article's words, or a page in HTML in which they are to be found.
    """

    position: int
    id: str
    text: str
    fields: dict[str, Any]
    media: Literal["text", "html"] = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A document that was set aside: at which stage, under which code, with the words that say why, after how many attempts."""

    position: int
    id: str
    stage: Literal["open", "parse", "read"]
    code: str
    detail: str
    attempts: int = 1
