"""The words of the interface, by language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.numbers import format_decimal

from layers._bidi import kept_apart
from layers._errors import LanguageError

_FOLDER = Path(__file__).parent / "data" / "messages"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


_SAID_BEFORE = (
    "alt.",
    "archived.",
    "changes.",
    "date.lead.",
    "date.part.",
    "embed.",
    "field.",
    "figure.",
    "notebook.",
    "report.",
    "rule.",
    "skipped.",
    "stale.",
)
"""Keys of words that only Python says, or only the page of an archive, which brings them itself."""


class Messages(dict[str, str]):
    """The words of one language, by key; ``language`` is its BCP 47 tag, by which plurals, numbers and dates are formed.

    >>> Messages({"plan.other": "{n} plans"}, language="en").language
    'en'
    """

    def __init__(self, words: Mapping[str, str], *, language: str) -> None:
        super().__init__(words)
        self.language = language


def languages() -> tuple[str, ...]:
    """Return the languages of the interface, as BCP 47 tags in the order of the alphabet: one for each file of words.

    >>> "en" in languages()
    True
    """
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.json")))


@lru_cache(maxsize=8)
def load_messages(language: str = "en") -> Messages:
    """Load the interface's words in one language.

    ``language`` is a BCP 47 tag that names a file of ``layers/data/messages``. Returns key → words, with ``{name}`` where a value goes.
    Raises LanguageError, naming the languages there are, when there is no such file. Reads one file; no network.

    >>> load_messages("en")["status.planned"]
    'planned'
    """
    known = languages()
    if language not in known:
        raise LanguageError(language, known)
    words: dict[str, str] = json.loads((_FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return Messages(words, language=language)


def page_words(messages: Mapping[str, str]) -> dict[str, str]:
    """Return the words that a page may say; those that are said when it is made need not be in it.

    >>> "rule.empty" in page_words(load_messages()), "tab.plans" in page_words(load_messages())
    (False, True)
    """
    return {key: words for key, words in messages.items() if not key.startswith(_SAID_BEFORE)}


def language_of(messages: Mapping[str, str]) -> str:
    """Return the language that words are in; English where they do not say it.

    >>> language_of(load_messages("en"))
    'en'
    """
    return getattr(messages, "language", "en")


@lru_cache(maxsize=16)
def locale_of(language: str) -> Locale:
    """Return what CLDR knows of a language, by its BCP 47 tag. Reads Babel's data; no network.

    >>> locale_of("fil").plural_form(4)
    'other'
    """
    return Locale.parse(language, sep="-")


def direction_of(language: str) -> str:
    """Return the direction that a language is written in, as HTML has it.

    >>> direction_of("ja"), direction_of("ar")
    ('ltr', 'rtl')
    """
    return str(locale_of(language).text_direction)


def number_words(value: float, messages: Mapping[str, str]) -> str:
    """Write a number as the language groups its digits, with at most one decimal.

    >>> number_words(12345, load_messages())
    '12,345'
    """
    return _number(value, language_of(messages))


@lru_cache(maxsize=4096)
def _number(value: float, language: str) -> str:
    return str(format_decimal(value, format="#,##0.#", locale=locale_of(language)))


@lru_cache(maxsize=4096)
def _form(number: int, language: str) -> str:
    return str(locale_of(language).plural_form(number))


def say(messages: Mapping[str, str], key: str, **values: object) -> str:
    """Fill one message; with a whole number ``n`` given, the form of ``key`` that CLDR's plural rule names, or ``key.other``, is used.

    A value is filled in as it is: what looks like a place for another one stays, and signs in it that turn the direction end with it.

    >>> say(Messages({"plan.one": "{n} plan", "plan.other": "{n} plans"}, language="en"), "plan", n=2)
    '2 plans'
    """
    number = values.get("n")
    if isinstance(number, int):
        if key not in messages:
            form = f"{key}.{_form(number, language_of(messages))}"
            key = form if form in messages else f"{key}.other"
        values["n"] = number_words(number, messages)
    said = {name: kept_apart(str(value)) for name, value in values.items()}
    return _PLACEHOLDER.sub(lambda place: said.get(place[1], place[0]), messages[key])


def joined(messages: Mapping[str, str], words: Iterable[str], *, wide: bool = False) -> str:
    """Put words in a row as the language does; ``wide`` sets clauses apart, which may hold commas of their own.

    >>> joined(load_messages(), ["Manila", "Naha"]), joined(load_messages(), ["one", "two"], wide=True)
    ('Manila, Naha', 'one; two')
    """
    return messages["joint.wide" if wide else "joint"].join(map(kept_apart, words))


def quoted(messages: Mapping[str, str], words: str) -> str:
    """Put words between the quotation marks of the language.

    >>> quoted(load_messages(), "there")
    '“there”'
    """
    return say(messages, "quoted", words=words)
