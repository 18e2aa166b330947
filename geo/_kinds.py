"""How a mention uses its name: for the place, for its government or people, or inside another name.

The taxonomy is GeoWebNews' (Gritta, Pilehvar and Collier 2020), reduced to four kinds; the rules read the words around the mention.
"""

from __future__ import annotations

from geo._cues import words
from geo._entries import CURATED
from geo._lists import joined
from geo._model import Kind
from geo._span import Span
from geo.gazetteer import Gazetteer
from geo.text import Token

_LOOK_BACK = 6


def link_groups(spans: list[Span], tokens: list[Token]) -> None:
    """Give one group number to spans that one list joins ("Japan, the Philippines and Australia"): they share kind and role."""
    group = 0
    for number, span in enumerate(spans):
        previous = spans[number - 1] if number else None
        if previous is not None and joined(previous, span, tokens):
            span.group = previous.group
        else:
            group += 1
            span.group = group


def kinds(spans: list[Span], tokens: list[Token], gazetteer: Gazetteer) -> list[tuple[Kind, str]]:
    """Return for each span its kind and the reason in words. ``spans`` must have their groups (:func:`link_groups`)."""
    members: dict[int, list[Span]] = {}
    for span in spans:
        members.setdefault(span.group, []).append(span)
    by_group: dict[int, tuple[Kind, str]] = {}
    out: list[tuple[Kind, str]] = []
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        if span.demonym:
            out.append(("part-of-name", "an adjective inside a body's name") if span.part_of else ("demonym", "an adjective or a people"))
        elif span.part_of:
            out.append(("part-of-name", "inside the name of a body, unit, event or product"))
        else:
            if span.group not in by_group:
                joined = members.get(span.group) or [s for s in members[-span.group] if s.group == span.group]
                by_group[span.group] = _of_group(joined, tokens, gazetteer)
            out.append(("literal", "what it has is a place") if _owns_place(span, following, tokens) else by_group[span.group])
    return out


def _owns_place(span: Span, owned: Span | None, tokens: list[Token]) -> bool:
    """ "Japan's Nansei islands": a possessive of a country right before a place that the gazetteer counts to it."""
    if not tokens[span.last].possessive or span.senses[0].extent != "country":
        return False
    if owned is None or owned.first > span.last + 3:
        return False
    return not owned.part_of and not owned.demonym and any(p.country == span.senses[0].country for p in owned.senses[:3])


def _governs(span: Span, gazetteer: Gazetteer) -> bool:
    """Whether the name can stand for a government: a country, a capital, a seat of government, a union of states."""
    place = span.senses[0]
    union = place.level == CURATED and gazetteer.row(place.row).name == "European Union"
    return place.extent == "country" or any(s.seat for s in span.senses[:3]) or union


def _of_group(group: list[Span], tokens: list[Token], gazetteer: Gazetteer) -> tuple[Kind, str]:
    first, last = group[0], group[-1]
    if tokens[first.first].dateline:
        return "literal", "where the report was sent from"
    if first.modifier_tokens:
        return "literal", "a part of the place is meant"
    governs = all(_governs(s, gazetteer) for s in group)
    if len(group) == 1 and _ends_an_address(tokens, first):
        return "literal", "behind a name and a comma, as the larger place"
    settlement = first.senses[0].extent == "point" or first.senses[0].feature_code.startswith(("ADM", "PPL"))
    if tokens[first.first - 1].lower in words("place_preps") and len(group) > 1 and governs and first.first:
        after = tokens[last.last + 1] if last.last + 1 < len(tokens) else None
        if after is not None and after.near and after.lower in words("act_verbs") and "," in tokens[first.last + 1].gap:
            for span in group[1:]:
                span.group = -span.group
            return "literal", f"after '{tokens[first.first - 1].lower}'"
    if last.first < last.last and tokens[last.last].lower in words("geo_heads"):
        return "literal", "a division or a feature by its full name"
    if not governs and not settlement:
        return "literal", "an island, sea, region or other feature"
    if any(tokens[s.first].glued for s in group[1:]):
        noun = _noun_after(tokens, last)
        if noun in words("literal_nouns") or not governs:
            return "literal", "the ends of a line or a shared place"
        return "metonymic", "parties joined by a hyphen"
    right = tokens[last.last + 1] if last.last + 1 < len(tokens) and tokens[last.last + 1].line == tokens[last.last].line else None
    if right is not None and right.gap.strip() not in ("", "-", "–") and not tokens[last.last].possessive:
        if governs and right.gap.strip() == "," and right.lower == "where":
            return "literal", "followed by 'where'"
        right = None
    left_start = first.first - 1
    while left_start >= 0 and tokens[left_start].lower in {"the", "both", "neighbouring", "neighboring", "nearby", "mainland"}:
        left_start -= 1
    left = tokens[left_start] if left_start >= 0 and tokens[left_start].line == tokens[first.first].line else None
    if left is not None and not all(t.near or not t.gap.strip(' \n[(“"*_') for t in tokens[left_start + 1 : first.first + 1]):
        left = None
    if tokens[last.last].possessive:
        return _possessed(tokens, last.last, governs)
    if right is not None and right.glued:
        if right.lower in words("suffix_literal"):
            return "literal", f"'-{right.lower}' says where"
        if not right.cap and governs:
            return "metonymic", f"'-{right.lower}' says by whom"
        if governs:
            return "metonymic", "joined by a hyphen to another party"
    noun = _noun_after(tokens, last)
    if noun and noun in words("literal_nouns") and governs:
        return "literal", f"a place or event: '{noun}'"
    if left is not None and not _is_modifier_of_people(governs, noun):
        decided = _after_word(tokens, left_start, left, governs, first, gazetteer)
        if decided:
            return decided
    if not governs:
        if right is not None and right.lower in words("act_verbs") and (left is None or (first.first and tokens[first.first].opens)):
            return "metonymic", f"acts: '{right.lower}'"
        return "literal", "nothing speaks for another use"
    return _subject_or_modifier(tokens, last, right, noun)


def _ends_an_address(tokens: list[Token], span: Span) -> bool:
    """ "in Zorvel, Kenya, and": behind a comma and a name that no gazetteer has, after a preposition of places, and before a mark."""
    i, j = span.first, span.last + 1
    if i == 0 or tokens[i].gap.strip() != "," or (j < len(tokens) and tokens[j].gap.strip() == "" and tokens[j].line == tokens[i].line):
        return False
    k = i - 1
    while k and tokens[k].cap and tokens[k].near:
        k -= 1
    return k < i - 1 and tokens[k].line == tokens[i].line and tokens[k].lower in words("place_preps") | {"of", "from", "to"}


def _possessed(tokens: list[Token], i: int, governs: bool) -> tuple[Kind, str]:
    for t in tokens[i + 1 : i + 4]:
        if t.lower in words("literal_possessed"):
            return "literal", f"what it has is a place: '{t.lower}'"
        if not t.near:
            break
    if governs:
        return "metonymic", "its government's or people's"
    return "literal", "a possessive of a place"


def _noun_after(tokens: list[Token], last: Span) -> str:
    """The lower-case word that the name modifies directly ("Taiwan contingency"), or the empty string."""
    j = last.last + 1
    if (
        j < len(tokens)
        and tokens[j].near
        and not tokens[j].glued
        and (not tokens[j].cap or tokens[j].headline)
        and tokens[j].line == tokens[last.last].line
    ):
        return tokens[j].lower
    return ""


def _is_modifier_of_people(governs: bool, noun: str) -> bool:
    """ "in US military circles": the name modifies a noun of parties, so a preposition before it says nothing of the name."""
    return governs and noun in words("party_nouns")


def _after_word(tokens: list[Token], i: int, left: Token, governs: bool, span: Span, gazetteer: Gazetteer) -> tuple[Kind, str] | None:
    """What the word before the name says of it, or None."""
    word = left.lower
    back = {t.lower for t in tokens[max(0, i - _LOOK_BACK) : i] if t.line == left.line}
    near = {t.lower for t in tokens[max(0, i - 3) : i] if t.line == left.line}
    if word in words("place_preps") | words("extenders"):
        return "literal", f"after '{word}'"
    if not governs:
        return ("literal", f"after '{word}'") if word in {"to", "from", "of", "on", "between", "for", "over"} else None
    if word == "to":
        if near & words("transfer_before_to"):
            return "metonymic", "given or said to it"
        return ("literal", "after 'to'") if not (i and tokens[i - 1].lower in {"due", "thanks"}) else None
    if word == "from":
        return ("metonymic", "comes from its side") if near & words("abstract_before_from") else ("literal", "after 'from'")
    if word == "of":
        if near & words("geo_before_of"):
            return "literal", "a part of it, or its ground"
        return "metonymic", "after 'of' and a word that is no part of the ground"
    if word == "between":
        return ("metonymic", "parties to something") if back & words("talks_before_between") else ("literal", "after 'between'")
    if word == "on":
        island = (
            span.senses[0].feature_code.startswith("ISL")
            or not governs
            or (gazetteer.row(span.senses[0].row).uncertainty_m or 1e9) < 60_000
        )
        return ("literal", "after 'on'") if island else ("metonymic", "acted upon")
    if word == "over":
        return "literal", "what it is over"
    if word == "against" and near & words("force_before_against"):
        return "literal", "what force is used against"
    if word == "with" and near & {"border", "borders", "frontier", "boundary"}:
        return "literal", "what something borders on"
    if word in words("meton_preps"):
        return "metonymic", f"after '{word}'"
    if word in words("motion_verbs"):
        return "literal", f"after '{word}'"
    if word in {"and", "or", "but", "while", "that", "as", "if", "because", "whether", "said", "which", "where", "when"}:
        return None
    return None


def _subject_or_modifier(tokens: list[Token], last: Span, right: Token | None, noun: str) -> tuple[Kind, str]:
    if (
        right is not None
        and right.lower in words("copular")
        and last.last + 2 < len(tokens)
        and tokens[last.last + 2].lower in words("copular_place")
    ):
        return "literal", "said to lie or to be part of something"
    if noun == "to" or (right is not None and right.lower in words("act_verbs")):
        return "metonymic", "acts in this sentence"
    if noun:
        return "metonymic", "a party: its government, forces or people"
    if right is None and last.last + 1 < len(tokens) and tokens[last.first].opens and tokens[last.last + 1].gap == "":
        return "literal", "stands alone on its line"
    return "metonymic", "a party: its government, forces or people"
