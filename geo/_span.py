"""A stretch of words that may name a place."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo._model import Place

STRONG, MEDIUM, WEAK = 3, 2, 1
"""How much a name by itself speaks for a place: a country or a large city; a lesser one; a name that is also a word or a person's."""


@dataclass(slots=True)
class Span:
    """A stretch of tokens that may name a place: first and last token (inclusive), its places, and what speaks for it."""

    first: int
    last: int
    name: str
    places: tuple[Place, ...]
    strength: int
    demonym: bool = False
    modifier_tokens: int = 0
    part_of: str = ""
    unnamed: bool = False
    group: int = -1
    notes: list[str] = field(default_factory=list)
