"""The words of the interface, by language."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data" / "messages"


@lru_cache(maxsize=8)
def load_messages(language: str = "en") -> dict[str, str]:
    """Load the interface's words in one language.

    ``language`` is a BCP 47 tag that names a file of ``layers/data/messages``. Returns key → words, with ``{name}`` where a value goes.
    Raises ValueError, naming the languages there are, when there is no such file. Reads one file; no network.

    >>> load_messages("en")["status.planned"]
    'planned'
    """
    known = sorted(path.stem for path in _FOLDER.glob("*.json"))
    if language not in known:
        raise ValueError(f"language {language!r} has no file of words; there is {', '.join(known)}")
    words: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return words


def say(messages: dict[str, str], key: str, **values: object) -> str:
    """Fill one message; with ``n`` given, ``key.one`` or ``key.other`` is used.

    >>> say({"plan.one": "{n} plan", "plan.other": "{n} plans"}, "plan", n=2)
    '2 plans'
    """
    if "n" in values and key not in messages:
        key = f"{key}.{'one' if values['n'] == 1 else 'other'}"
    text = messages[key]
    for name, value in values.items():
        text = text.replace("{" + name + "}", str(value))
    return text
