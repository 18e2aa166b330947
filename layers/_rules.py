"""What ``geo`` and ``sources`` say in English, said again in the language of the interface."""

from __future__ import annotations

import re
from functools import lru_cache

from layers._messages import joined, language_of, load_messages, locale_of, say
from sources import Reading

_PREFIX = "rule."
"""Keys of the messages that say again what a rule said: the English one is the pattern by which it is known."""

_IN_LANGUAGE = re.compile(r"the text is in (?P<name>[^()]+?)(?: \((?P<code>[\w-]+)\))?")
"""What the rules for plans say of an article that they cannot read."""


def said_again(words: str, messages: dict[str, str]) -> str:
    """Say again, in the language of ``messages``, the words of a rule; what no message knows stays as it is.

    Clauses set apart by ";" are known each by itself. A ``{reason}`` inside a message is said again too, a ``{language}`` named as the
    language of the interface names it; all other values stay as the rule has them.

    >>> said_again("no entry of the gazetteer is named Zorvel", load_messages("ja"))
    '地名辞書に「Zorvel」という項目がない'
    >>> said_again("something that nobody foresaw", load_messages("ja"))
    'something that nobody foresaw'
    """
    if whole := _known(words, messages):
        return whole
    clauses = words.split("; ")
    again = [_known(clause, messages) or clause for clause in clauses]
    return joined(messages, again, wide=True) if again != clauses else words


def is_said_again(words: str, messages: dict[str, str]) -> bool:
    """Whether all of a rule's words are known, so that none of them stays in English.

    >>> is_said_again("the file is empty", load_messages()), is_said_again("something that nobody foresaw", load_messages())
    (True, False)
    """
    return bool(_known(words, messages)) or all(_known(clause, messages) for clause in words.split("; "))


def _known(words: str, messages: dict[str, str]) -> str:
    """Return a rule's words in the language of the messages, or nothing where no message has them."""
    plain = words.replace("’", "'").strip()
    for key, pattern in _patterns():
        if match := pattern.fullmatch(plain):
            values = {name: _value(name, value, messages) for name, value in match.groupdict().items()}
            return say(messages, key, **values)
    return ""


def _value(name: str, value: str, messages: dict[str, str]) -> str:
    """Return what stands in a message in place of a value."""
    if name == "reason":
        return said_again(value, messages)
    if name == "language":
        return language_name(value, messages)
    return value


def language_name(english: str, messages: dict[str, str]) -> str:
    """Return the name of a language, as the language of the interface has it; as it is where CLDR does not know it.

    >>> language_name("German", load_messages("ja"))
    'ドイツ語'
    """
    code = language_code(english)
    return str(locale_of(language_of(messages)).languages.get(code, english)) if code else english


def language_code(english: str) -> str:
    """Return the tag of a language by its English name in CLDR, or nothing.

    >>> language_code("German"), language_code("Klingonian")
    ('de', '')
    """
    return _codes().get(english, "")


def article_language(reading: Reading, article_id: str) -> str:
    """Return the tag of the language that an article is in: English, unless it was passed over for being in another one.

    ``und`` where the rules could not name that language.

    >>> from sources import Skipped
    >>> article_language(Reading(articles=(), skipped={"a": (Skipped(start=0, end=9, why="the text is in German"),)}), "a")
    'de'
    """
    for one in reading.skipped.get(article_id, ()):
        if match := _IN_LANGUAGE.fullmatch(one.why):
            return language_code(match["name"]) or match["code"] or "und"
    return "en"


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {str(name): str(code).replace("_", "-") for code, name in reversed(list(locale_of("en").languages.items()))}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the English messages about rules as patterns, those with the most words of their own first."""
    rules = {key: words for key, words in load_messages().items() if key.startswith(_PREFIX)}
    ordered = sorted(rules, key=lambda key: (-len(re.sub(r"\{\w+\}", "", rules[key])), key))
    return tuple((key, _pattern(rules[key])) for key in ordered)


def _pattern(words: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", words.replace("’", "'"))
    return re.compile("".join(f"(?P<{part}>.+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts)), re.DOTALL)
