"""Texts of others on a terminal: what would steer it or deceive its reader is written out instead."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Control characters, line ends, what turns the direction of text or is not seen, and halves of characters."""


def printable(text: str) -> str:
    """Return a text of somebody else as one line that does nothing but be read: what steers or hides is written out.

    >>> printable("a\\x1b[2J\u202etxt.b")
    'a\\\\x1b[2J\\\\u202etxt.b'
    """
    return _STEERING.sub(_written_out, text) if not text.isprintable() else text


def _written_out(m: re.Match[str]) -> str:
    return m[0].encode("unicode_escape").decode("ascii")
