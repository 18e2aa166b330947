"""Files of an archive opened as streams of bytes, unpacked on the way."""

from __future__ import annotations

import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

import fsspec

from archive._model import Input

BROKEN = (EOFError, OSError, zlib.error, lzma.LZMAError, ValueError)
"""What is raised where packed bytes are damaged or break off; see :func:`is_damage`."""


@contextmanager
def opened(one: Input) -> Iterator[Any]:
    """Open a file at its beginning for reading bytes, unpacked where its name says that it is packed.

    Raises OSError where it cannot be opened. Reads the disk or the network at the input's URL.
    """
    with fsspec.open(one.url, "rb") as file:
        yield unpacked(file, one.url)


def unpacked(file: Any, name: str) -> Any:
    """Return a stream of the bytes that are packed in ``file``, by the ending of its name, or ``file`` itself."""
    lower = name.lower()
    if lower.endswith(".zst"):
        import pyarrow as pa

        return io.BufferedReader(cast("io.RawIOBase", pa.CompressedInputStream(pa.PythonFile(file, mode="r"), "zstd")))
    for ending, kind in ((".gz", "gzip"), (".bz2", "bz2"), (".xz", "xz")):
        if lower.endswith(ending):
            return fsspec.compression.compr[kind](file, mode="rb")
    return file


def is_damage(error: BaseException) -> bool:
    """Whether an error tells of damaged bytes; one with a number of the system tells of the disk or the network, which may yet answer."""
    return not (isinstance(error, OSError) and error.errno)
