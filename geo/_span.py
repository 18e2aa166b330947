"""A stretch of words that may name a place."""

from __future__ import annotations

from dataclasses import dataclass

from geo._entries import Sense

STRONG, MEDIUM, WEAK = 3, 2, 1
"""How much a name by itself speaks for a place: a country or a large city; a lesser one; a name that is also a word or a person's."""


@dataclass(slots=True)
class Span:
    """A stretch of tokens that may name a place: first and last token (inclusive), its senses, and what speaks for it.

    ``unsure`` says that only the want of a cue speaks against it; ``stripped`` that the senses are those of the name without a common
    noun or a direction that it has in the text.
    """

    first: int
    last: int
    name: str
    senses: tuple[Sense, ...]
    strength: int
    demonym: bool = False
    modifier_tokens: int = 0
    part_of: str = ""
    unnamed: bool = False
    stripped: bool = False
    unsure: bool = False
    group: int = -1
