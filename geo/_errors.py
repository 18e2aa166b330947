"""What can go wrong in ``geo``, as a tree."""

from __future__ import annotations


class GeoError(Exception):
    """Something about places is wrong; the message names the value, the rule and the next step, ``code`` is its short stable name.

    >>> issubclass(GazetteerError, GeoError)
    True
    """

    code = "wrong-mentions"


class GazetteerError(GeoError):
    """The gazetteer cannot be opened or has no such entry; ``code`` is one of those in docs/errors.md.

    >>> str(GazetteerError("no entry 'x'", code="no-such-entry"))
    "no entry 'x'"
    """

    def __init__(self, message: str, *, code: str = "no-such-entry") -> None:
        super().__init__(message)
        self.code = code
