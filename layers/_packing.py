"""Many texts and numbers in few bytes, so that a browser can take out one of them without unpacking the rest.

Whole numbers become the differences of neighbours, in as many bytes as each needs. Texts become the ranks of their words in one list of the
words that occur, cut into blocks that are inflated one at a time. In a page, where bytes are base64, a megabyte of news takes 45 % of its
size that way, and 30 megabytes of words drawn at random 29 %; deflate alone leaves 52 % and 51 %. ``layers/web/pack.js`` reads both.
"""

from __future__ import annotations

import json
import re
import zlib
from array import array
from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

BLOCK_CHARACTERS = 1 << 18
"""How much text one block holds: a popup inflates this much, which takes a browser a few milliseconds."""

_ONE, _LONG, _ESCAPE = 159, 160, 255
"""A byte of 1 to 159 is a word, 160 to 254 with the next byte another, 255 the code point of the next three bytes, 0 a text's end."""
_WORDS = _ONE + (_ESCAPE - _LONG) * 256

_TOKEN = re.compile("\0| ?[0-9A-Za-z\u00c0-\u06ff]+|.", re.DOTALL)
"""A word of a script that puts spaces between words, with the space before it; else one character (Chinese, Japanese, signs)."""
_UNFIT = re.compile("[\0\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedTexts:
    """Texts, packed. ``words`` is the list of words, ``blocks`` are the texts in order, both base64; ``first`` counts to each block."""

    words: str
    blocks: tuple[str, ...]
    first: tuple[int, ...]


def pack_bytes(data: bytes) -> str:
    """Deflate bytes (raw, without a header) and write them in base64.

    >>> zlib.decompress(__import__("base64").b64decode(pack_bytes(b"aaa")), -15)
    b'aaa'
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b64encode(packer.compress(data) + packer.flush()).decode("ascii")


def pack_numbers(numbers: Any) -> bytes:
    """Write whole numbers as differences from the one before, seven bits a byte, the lowest first; the sign is the lowest bit of all.

    ``numbers`` is a sequence, or array of numpy, of integers below 2**53.

    >>> pack_numbers([1, 2, 1, 300])
    b'\\x02\\x02\\x01\\xd6\\x04'
    """
    values: Any = np.diff(np.asarray(numbers, dtype=np.int64), prepend=0)
    values = (values << 1) ^ (values >> 63)
    columns, rest = [], values
    more = np.ones(len(values), dtype=bool)
    keep = []
    while more.any():
        keep.append(more)
        left = rest >> 7
        columns.append((rest & 0x7F) | ((left > 0) << 7))
        more, rest = left > 0, left
    if not columns:
        return b""
    table, kept = np.stack(columns, axis=1).astype(np.uint8), np.stack(keep, axis=1)
    packed: bytes = table[kept].tobytes()
    return packed


def fit_text(value: object) -> str:
    """Return a value as a text that can stand in a page: empty for None and NaN, without NUL and half characters.

    >>> fit_text(None), fit_text("a\\0b")
    ('', 'a�b')
    """
    if value is None or value != value:
        return ""
    text = value if isinstance(value, str) else str(value)
    return _UNFIT.sub("\ufffd", text) if _UNFIT.search(text) else text


def distinct(texts: Iterable[str]) -> tuple[list[str], list[int]]:
    """Return the texts, each once in the order in which they first occur, and the number of its text for each.

    >>> distinct(["b", "a", "b"])
    (['b', 'a'], [0, 1, 0])
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    ids = [numbers[text] for text in texts]
    return list(numbers), ids


def pack_texts(texts: Sequence[str]) -> PackedTexts:
    """Pack texts as :func:`fit_text` returns them.

    >>> packed = pack_texts(["one two", "two one"])
    >>> len(packed.blocks), packed.first
    (1, (0,))
    """
    numbers: defaultdict[str, int] = defaultdict(count().__next__)
    numbers["\0"]
    first, rows = [], []
    for start, chunk in _chunks(texts):
        first.append(start)
        rows.append(array("I", map(numbers.__getitem__, _TOKEN.findall("\0".join(chunk) + "\0"))))
    tokens = list(numbers)
    words = _worth(tokens, rows)
    codes = {"\0": b"\0"} | {word: _code(rank) for rank, word in enumerate(words)}
    byte_of = [codes.get(token) or b"".join(codes.get(c) or b"\xff" + ord(c).to_bytes(3) for c in token) for token in tokens]
    blocks = tuple(pack_bytes(b"".join(map(byte_of.__getitem__, row))) for row in rows)
    listed = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return PackedTexts(words=pack_bytes(listed), blocks=blocks, first=tuple(first))


def _chunks(texts: Sequence[str]) -> Iterable[tuple[int, Sequence[str]]]:
    """Cut texts into runs of about BLOCK_CHARACTERS, each with the number of its first."""
    start = size = 0
    for i, text in enumerate(texts):
        size += len(text) + 1
        if size >= BLOCK_CHARACTERS:
            yield start, texts[start : i + 1]
            start, size = i + 1, 0
    if start < len(texts):
        yield start, texts[start:]


def _worth(tokens: Sequence[str], rows: Sequence[array[int]]) -> list[str]:
    """Return the tokens that the list of words shall hold, the most frequent first; a word that occurs once is spelled instead."""
    counts = np.zeros(len(tokens), dtype=np.int64)
    for row in rows:
        counts += np.bincount(np.frombuffer(row, dtype=np.uint32), minlength=len(tokens))
    found = {token: int(n) for token, n in zip(tokens[1:], counts[1:], strict=True)}
    often = {token for token, n in Counter({t: n for t, n in found.items() if n > 1}).most_common(_WORDS)}
    ranked: Counter[str] = Counter({token: n for token, n in found.items() if token in often})
    for token, n in found.items():
        if token not in often:
            for character in token:
                ranked[character] += n
    return [token for token, _ in ranked.most_common(_WORDS)]


def _code(rank: int) -> bytes:
    """Return the one or two bytes of a rank."""
    return bytes([rank + 1]) if rank < _ONE else (((_LONG << 8) + rank - _ONE).to_bytes(2))
