"""What pronouns and short names go back to: "there", "the island", "the regiment", "the two countries"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from geo import Toponym
from geo.text import Token
from sources._lexicon import geo_nouns, words
from sources._sentences import Sentence
from sources._tags import NOUNS, is_break
from sources._words import closed

_POINTERS = frozenset({"the", "this", "that", "these", "those", "same"})
_FAR = 40
"""How many names back an antecedent is sought."""
_NOT_FAR = 600
"""How many characters back "there" can point: about a paragraph."""
_PLACED = re.compile(r"\b(?:in|at|near) ([A-Z][a-z]+)(?= *[.,;\n])")
"""A name behind a preposition of place, at the end of a phrase."""
_NEAR_BY = 24
"""How many characters round a name can say what sort of thing it is ("the port of …")."""


def pointed_places(sentence: Sentence, before: Sequence[Toponym], here: Sequence[Toponym], text: str) -> list[Toponym]:
    """Return, as literal mentions, the words of ``sentence`` that point back at a place: "there", "the island", "that city".

    ``before`` are the toponyms of the text up to the sentence, ``here`` those inside it, both in order. Each has the place that it points
    at, which is the latest one named before that fits; words that fit none are left out.
    """
    found: list[Toponym] = []
    for k, token in enumerate(sentence.tokens):
        words_ = _pointer(sentence, k)
        if words_ is None:
            continue
        start, codes = words_
        own = [t for t in here if t.mention.end <= sentence.tokens[start].start]
        if "PCL" in codes:
            own = [t for t in own if t.mention.start > sentence.tokens[min(2, start)].start]
        earlier = [*(t for t in before[-_FAR:] if t.mention.end <= sentence.tokens[start].start), *own]
        antecedent = next((t for t in reversed(earlier) if _fits(t, codes, token, text) or (not codes and _unknown(t))), None)
        if antecedent is None or antecedent.place is None:
            continue
        if not codes and _too_far(antecedent, sentence.tokens[start].start, earlier, text):
            continue
        a, b = sentence.tokens[start].start, token.end
        mention = replace(antecedent.mention, start=a, end=b, text=text[a:b], kind="literal", modifier="", relation="")
        place = antecedent.place
        assert place is not None
        found.append(replace(antecedent, mention=mention, where_prec=place.where_prec, uncertainty_m=place.uncertainty_m))
    return found


def _pointer(sentence: Sentence, k: int) -> tuple[int, list[str]] | None:
    """Where the words begin that point at a place with the word at ``k`` at their end, and the feature codes that they fit; else None."""
    tokens, tags = sentence.tokens, sentence.tags
    token = tokens[k]
    if token.lower == "there":
        following = tags[k + 1] if k + 1 < len(tokens) and not is_break(tokens[k + 1].gap) else ""
        existential = following in ("BE", "HV", "MD") or (k == 0 and following != "")
        return None if existential or not k else (k, [])
    noun = token.lower
    if noun not in geo_nouns() or token.possessive or token.cap or k == 0:
        return None
    if k + 1 < len(tokens) and not is_break(tokens[k + 1].gap):
        if tokens[k + 1].lower == "of" or tags[k + 1] in NOUNS or tags[k + 1] == "JJ":
            return None
    start = k - 1
    while start > 0 and tokens[start].lower in words("place_adjectives") and tokens[start].lower not in _POINTERS:
        start -= 1
    return (start, geo_nouns()[noun]) if tokens[start].lower in _POINTERS else None


def _fits(toponym: Toponym, codes: list[str], token: Token, text: str) -> bool:
    place, mention = toponym.place, toponym.mention
    if place is None or mention.kind in ("part-of-name", "demonym"):
        return False
    if not codes:
        return mention.kind == "literal" and place.extent != "sea" and not mention.relation.endswith(("border with", "frontier with"))
    country = "PCL" in codes
    if (mention.kind != "literal" and not country) or (country and _modifies(text, toponym)):
        return False
    if place.feature_code.startswith(tuple(codes)):
        return True
    around = text[max(0, mention.start - _NEAR_BY) : mention.end + _NEAR_BY // 2].lower()
    return not country and place.extent == "point" and token.lower in around and token.lower not in ("town", "city", "island")


def _too_far(antecedent: Toponym, at: int, earlier: Sequence[Toponym], text: str) -> bool:
    """Whether "there" at ``at`` can hardly go back so far, or a place that no gazetteer knows is named in between ("at Xyzzyville")."""
    end = antecedent.mention.end
    known = {t.mention.start - end for t in earlier}
    between = text[end:at]
    named = [m for m in _PLACED.finditer(between) if m.start(1) not in known]
    return at - end > _NOT_FAR or any(m[1].lower() not in words("month_words") | words("time_words") for m in named)


def _unknown(toponym: Toponym) -> bool:
    """Whether a place is named here that the gazetteer does not know, so that "there" goes back to nothing that can be drawn."""
    return toponym.place is None and toponym.mention.kind == "literal"


def _modifies(text: str, toponym: Toponym) -> bool:
    """Whether the name stands right before a common noun ("US military"), so that "the country" hardly goes back to it."""
    after = re.match(r"\s+([a-z]+)", text[toponym.mention.end : toponym.mention.end + 30])
    return after is not None and closed().get(after[1], "N") in ("N", "CD")


def named_before(sentence: Sentence, start: int, end: int, earlier: Sequence[Sentence], text: str) -> str:
    """Return the fuller name that the short one from ``start`` to ``end`` goes back to ("the regiment"), or "" where none is found.

    ``earlier`` are the sentences before, in order. It is the latest noun phrase with the same last word that says more of it.
    """
    tokens = sentence.tokens[start:end]
    if not tokens or tokens[0].lower not in _POINTERS | {"its", "their"}:
        return ""
    noun, size = tokens[-1].lower, end - start
    if size > 3 or sentence.tags[end - 1] not in ("N", "NP"):
        return ""
    for previous in [*reversed(earlier[-6:])]:
        for k in range(len(previous.tokens) - 1, -1, -1):
            if previous.tokens[k].lower != noun:
                continue
            first = k
            while first > 0 and previous.tags[first - 1] in NOUNS | {"JJ"} and not is_break(previous.tokens[first].gap):
                first -= 1
            if k - first >= 1 and first + size <= k + size:
                return " ".join(text[previous.tokens[first].start : previous.tokens[k].end].split())
    return ""


def two_countries(before: Sequence[Toponym]) -> str:
    """Return the two states that acted last before ("the two countries"), or "" where fewer than two are named.

    A state that is named as one that acts comes before one that is only named as a place.
    """
    states = [t for t in before[-_FAR:] if t.place is not None and t.place.extent == "country"]
    for kinds in (("metonymic",), ("metonymic", "demonym"), ("metonymic", "demonym", "literal")):
        names = list(dict.fromkeys(t.place.name for t in reversed(states) if t.place and t.mention.kind in kinds))
        if len(names) >= 2:
            return " and ".join(reversed(names[:2]))
    return ""
