"""Text of articles as formats can hold it."""

from __future__ import annotations

import json
import re
from typing import Any

from layers._encode import whole

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_NO_CHARACTER = re.compile("[\ufffe\uffff]")


def for_xml(text: str) -> str:
    """Return a text that XML 1.0 can hold: control characters become their pictures (U+2400 and on), so that they can still be seen.

    Tab and line breaks stay; a carriage return becomes a line break, since XML reads it as one. Nothing is escaped here.

    >>> for_xml("a\\x00b\\x1b\\r\\nc")
    'a␀b␛\\nc'
    """
    text = _NO_CHARACTER.sub("\ufffd", whole(text)).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(lambda found: chr(0x2400 + ord(found[0])), text)


def without_nul(text: str) -> str:
    """Return a text without the character that ends a text for programs in C; its picture stands there instead.

    >>> without_nul("a\\x00b")
    'a␀b'
    """
    return whole(text).replace("\x00", "\u2400")


def as_json(value: Any) -> str:
    """Return a value as JSON on one line, in the order of its keys; halves of characters as U+FFFD. NaN and infinities raise ValueError.

    >>> as_json({"a": [1, "é"]})
    '{"a": [1, "é"]}'
    """
    return whole(json.dumps(value, ensure_ascii=False, allow_nan=False))
