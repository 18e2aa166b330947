"""Which language a text is in, as far as it matters here: whether it is English."""

from __future__ import annotations

from geo.text import Token
from sources._words import closed

_SHORT = 25
"""Words below which a text is not judged: a headline can be all names."""
_ENOUGH = 400
"""Words of a text that are looked at."""
_ENGLISH = 0.17
"""Share of English function words above which a text is English: news has 0.35 to 0.5, news in other languages below 0.12."""


def foreign(text: str, tokens: list[Token]) -> str:
    """Return the English name of the language of ``text`` where that is not English, else "".

    ``tokens`` are its words. Most texts are told by their share of English function words alone; py3langid is asked only for the others.

    >>> from geo.text import tokenize
    >>> said = "Le gouvernement a annoncé la construction d'un nouveau port sur la côte. " * 4
    >>> foreign(said, tokenize(said))
    'French'
    """
    words = [t.lower for t in tokens[:_ENOUGH] if t.text[0].isalpha()]
    known = closed()
    latin = sum(w.isascii() for w in words)
    if not words or (len(words) < _SHORT and latin >= len(words) / 2) or sum(w in known for w in words) / len(words) >= _ENGLISH:
        return ""
    from py3langid import classify  # a second to load: only where the text is hardly English

    code, _ = classify(text)
    return "" if code == "en" else _name(code)


def _name(code: str) -> str:
    from babel import Locale

    return str(Locale("en").languages.get(code, f"another language ({code})"))
