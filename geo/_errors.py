"""What can go wrong in ``geo``, as a tree."""

from __future__ import annotations


class GeoError(Exception):
    """Something about places is wrong; the message names the value, the rule and the next step.

    >>> issubclass(GazetteerError, GeoError)
    True
    """


class GazetteerError(GeoError):
    """The gazetteer cannot be opened or has no such entry.

    >>> str(GazetteerError("no entry 'x'"))
    "no entry 'x'"
    """
