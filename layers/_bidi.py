"""Words that turn the direction of writing, kept from turning the words around them."""

from __future__ import annotations

import re

_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BEGIN, _END, _FIRST_STRONG = "\u2066\u2067\u2068", "\u2069", "\u2068"


def kept_apart(text: str) -> str:
    """Return a text so that the signs in it which turn the direction of writing end with it (Unicode's UAX #9); other texts as they are.

    A sign that ends more than the text has begun would end what is put around it: as many are begun before it. Pure.

    >>> kept_apart("plain"), ascii(kept_apart("a\\u202eb"))
    ('plain', "'\\\\u2068a\\\\u202eb\\\\u2069'")
    """
    if not _TURNS.search(text):
        return text
    still_open = unmatched = 0
    for sign in _TURNS.findall(text):
        if sign in _BEGIN:
            still_open += 1
        elif sign == _END and still_open:
            still_open -= 1
        elif sign == _END:
            unmatched += 1
    return _FIRST_STRONG * (1 + unmatched) + text + _END * (1 + still_open)
