"""Names as keys: one spelling for all the spellings of a name."""

from __future__ import annotations

import re
import unicodedata

_DROP = re.compile(r"[.'’‘ʻʼ`]")
_SPACE = re.compile(r"[\s\-‐‑–—/_,]+")
_EXTRA = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "æ": "ae", "Æ": "ae", "œ": "oe", "þ": "th"}
)


def name_key(name: str) -> str:
    """Return the key under which a name is looked up: no accents, no apostrophes or full stops, one space, case folded.

    ``name`` is any string; the empty string gives the empty string. Touches neither disk nor network.

    >>> name_key("Amami-Ōshima"), name_key("U.S."), name_key("Côte d’Ivoire")
    ('amami oshima', 'us', 'cote divoire')
    """
    if name.isascii():
        plain = name
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_EXTRA))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _SPACE.sub(" ", _DROP.sub("", plain)).strip().casefold()
