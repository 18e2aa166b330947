"""Words with a small letter in a name: an article before it, small words inside, a common noun at its end."""

from __future__ import annotations

from itertools import pairwise

from geo._cues import ARTICLES, SITE_NOUNS
from geo._entries import Sense
from geo.gazetteer import Gazetteer
from geo.text import Token

_LONGEST_UNJOINED = 3
"""Letters of the longest small word inside a name where no hyphen joins it ("Dar es Salaam")."""


def article_of(token: Token, following: Token) -> bool:
    """Return whether a word is an Arabic article that a hyphen joins to the name behind it ("el-Fasher")."""
    return token.lower in ARTICLES and following.glued and following.cap


def small_inside(tokens: list[Token]) -> bool:
    """Return whether the small words inside a name are such as names have: joined on both sides ("Port-au-Prince"), or very short.

    Only a name that the gazetteer has as a whole may have them.
    """
    return tokens[-1].cap and all(
        t.cap or (t.glued and after.glued) or len(t.text) <= _LONGEST_UNJOINED for t, after in pairwise(tokens[1:])
    )


def may_end_small(last: Token) -> bool:
    """Return whether a word with a small letter may end a name that the gazetteer spells so.

    Such are a noun for a site ("Jenin refugee camp", "Engels air base") and a part that a hyphen joins ("Punggye-ri").
    """
    return not last.cap and (last.glued or last.lower in SITE_NOUNS)


def spelled_so(written: str, places: tuple[Sense, ...], gazetteer: Gazetteer) -> tuple[Sense, ...]:
    """Return the places of which a name is spelled as written, small letters and all; hyphens and full stops do not count."""
    plain = _plain(written)
    return tuple(p for p in places if any(_plain(s) == plain for s in gazetteer.spellings(p.row)))


def _plain(name: str) -> str:
    return name.replace(".", "").replace("-", " ").replace("–", " ")
