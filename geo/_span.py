"""A stretch of words that may name a place."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo._model import Place


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
