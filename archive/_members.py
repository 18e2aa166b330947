"""A stream of gzip members that knows where each begins: a web archive has every record packed by itself."""

from __future__ import annotations

import zlib
from collections import deque
from typing import Any

_CHUNK = 1 << 16


class Members:
    """Reads packed bytes as plain ones. Raises EOFError where they break off, and zlib.error where they are damaged.

    >>> import gzip, io
    >>> stream = Members(io.BytesIO(gzip.compress(b"one") + gzip.compress(b"two")))
    >>> stream.read(9), stream.read(9), stream.read(9)
    (b'one', b'two', b'')
    >>> stream.packed_at(0), stream.packed_at(3) == len(gzip.compress(b"one"))
    (0, True)
    """

    def __init__(self, file: Any) -> None:
        self._file = file
        self._packed = b""
        self._unpack: Any = None
        self._read, self._given = 0, 0
        self._begun: deque[tuple[int, int]] = deque()

    def read(self, size: int = _CHUNK) -> bytes:
        """Return at most ``size`` plain bytes, of one member; b"" at the end."""
        while True:
            if not self._packed:
                self._packed = self._file.read(_CHUNK)
                self._read += len(self._packed)
                if not self._packed and self._unpack is None:
                    return b""
                if not self._packed:
                    raise EOFError("it ends in the middle of a packed record")
            if self._unpack is None:
                if not self._packed.strip(b"\0"):  # some writers fill up the end
                    self._packed = b""
                    continue
                self._begun.append((self._given, self._read - len(self._packed)))
                self._unpack = zlib.decompressobj(31)
            plain: bytes = self._unpack.decompress(self._packed, size)
            self._packed = self._unpack.unconsumed_tail or self._unpack.unused_data
            if self._unpack.eof:
                self._unpack = None
            if plain:
                self._given += len(plain)
                return plain

    def packed_at(self, plain: int) -> int:
        """Return where the member begins in which a plain byte stands; ask for bytes in their order."""
        while len(self._begun) > 1 and self._begun[1][0] <= plain:
            self._begun.popleft()
        return self._begun[0][1] if self._begun else 0
