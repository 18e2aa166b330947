"""A page's digest of itself, by which any changed byte of a lone file is found."""

from __future__ import annotations

import hashlib
import re
from typing import Literal

_CHARSET = b'<meta charset="utf-8">'
_BLANK = b"0" * 64
_SEAL = b'<meta name="citemap-sha256" content="%b">'
_FOUND = re.compile(rb'<meta name="citemap-sha256" content="([0-9a-f]{64})">')

Seal = Literal["whole", "broken", "none"]


def sealed(page: bytes) -> bytes:
    """Return a page with the SHA-256 of itself in its head, counted with zeros in its place; a page without a head stays as it is.

    >>> len(sealed(b'<head><meta charset="utf-8"></head>'))
    139
    """
    before, charset, after = page.partition(_CHARSET)
    if not charset:
        return page
    blank = b"".join((before, charset, b"\n", _SEAL % _BLANK, after))
    return blank.replace(_SEAL % _BLANK, _SEAL % hashlib.sha256(blank).hexdigest().encode(), 1)


def seal_of(page: bytes) -> Seal:
    """Say whether a page is what it was when it was written: ``none`` where it has no digest of itself.

    >>> page = sealed(b'<head><meta charset="utf-8"></head>')
    >>> seal_of(page), seal_of(page + b" "), seal_of(b"")
    ('whole', 'broken', 'none')
    """
    found = _FOUND.search(page)
    if found is None:
        return "none"
    start, end = found.span(1)
    return "whole" if hashlib.sha256(page[:start] + _BLANK + page[end:]).hexdigest().encode() == found[1] else "broken"
