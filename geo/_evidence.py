"""What the words of a text say of the country that it is written in, and of how local its news is."""

from __future__ import annotations

import json
import math
from collections.abc import Collection
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "country-words.json"


@cache
def _words() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    countries: dict[str, tuple[str, ...]] = {}
    for country, words in data["countries"].items():
        for word in words:
            countries[word] = (*countries.get(word, ()), country)
    return countries, frozenset(data["local"])


def country_evidence(words: Collection[str]) -> dict[str, float]:
    """Return by ISO 3166-1 code how much a text's lower-case words speak for its being written there, where any does.

    The measure is the logarithm of one and the number of different words of ``data/country-words.json`` that occur.
    """
    countries, _ = _words()
    counts: dict[str, int] = {}
    for word in countries.keys() & words:
        for country in countries[word]:
            counts[country] = counts.get(country, 0) + 1
    return {country: math.log1p(n) for country, n in counts.items()}


def local_evidence(words: Collection[str]) -> float:
    """Return how much a text's lower-case words speak for news of a town rather than of the world, as a logarithm from 0."""
    return math.log1p(len(_words()[1] & set(words)))
