"""Which spans of a text name places, and how sure that is, from the text and the gazetteer's names alone."""

from __future__ import annotations

from itertools import accumulate, pairwise

from geo._cues import (
    AREA_HEADS,
    DEMONYMS,
    DIRECTIONS,
    EXTENDERS,
    FORCE_HEADS,
    GEO_HEADS,
    GEO_LEADS,
    GEO_TAILS,
    INNER,
    LEAD_WORDS,
    LONG_DEMONYMS,
    LOWER_STARTS,
    MINISTER_WORDS,
    NEVER_FIRST,
    NOT_ALONE,
    NOT_NAMES,
    NOT_NAMES_DIRECTIONS,
    NOT_NAMES_MONTHS_ORG_HEADS,
    ORG_HEADS,
    ORG_HEADS_GEO_HEADS,
    ORG_HEADS_NAME_HEADS,
    SELF_NAMED,
    STATE_WORDS,
    TAIL_WORDS,
    TITLES,
)
from geo._entries import CITY, DIVISION, Sense
from geo._larger import state_of
from geo._lists import lists, share_an_area
from geo._lookup import demonym_senses, with_noun
from geo._small import article_of, may_end_small, small_inside, spelled_so
from geo._span import MEDIUM, STRONG, WEAK, Span
from geo._strength import LARGE_CITY, strength
from geo._surroundings import Surroundings
from geo.gazetteer import GIVEN, SURNAME, WORD, Gazetteer
from geo.text import Token

LONGEST = 8
"""Words of the longest name that is looked up."""


class Finder:
    """Finds the spans of one text. ``tokens`` are all its words; ``gazetteer`` is asked for names only."""

    def __init__(self, tokens: list[Token], gazetteer: Gazetteer) -> None:
        self.tokens = tokens
        self.gazetteer = gazetteer
        self.lower_words = {t.lower for t in tokens if not t.cap and not t.headline}
        self.starts = [i for i, t in enumerate(tokens) if t.cap or t.lower in LOWER_STARTS]
        self.around = Surroundings(tokens, gazetteer)
        self.persons: set[str] = set()
        self.given: set[str] = set()
        self.unknown: list[tuple[int, int]] = []

    def find(self) -> list[Span]:
        """Return the accepted spans in the order of the text."""
        spans: list[Span] = []
        end = 0
        for i in self.starts:
            if i < end:
                continue
            span = self._longest_at(i)
            if span is None and (last := self._unknown_feature(i)) is not None:
                self.unknown.append((i, last))
                end = last + 1
            elif span is None:
                self._note_person(i)
            else:
                spans.append(span)
                end = span.last + 1
        kept = {id(s) for s in spans if self._keep(s)}
        for left, right in pairwise(spans):
            if (id(left) in kept) != (id(right) in kept) and self._listed(left, right):
                kept |= {id(left), id(right)}
        for members in lists(spans, self.tokens):
            rest = [s for s in members if id(s) not in kept]
            if rest and self._of_one_area(members, rest):
                kept |= {id(s) for s in rest}
        sure = {s.name for s in spans if id(s) in kept and not s.part_of and not s.demonym}
        kept |= {id(s) for s in spans if s.unsure and s.name in sure and self.tokens[s.last].lower not in self.persons | self.lower_words}
        accepted = [s for s in spans if id(s) in kept]
        known = {s.name for s in accepted if not s.part_of}
        found = [s for s in accepted if s.part_of != "?" or s.name in known]
        ends = [-1, *accumulate((s.last for s in found), max)]  # a name may have taken in its common noun later ("Coast Coast")
        return [s for s, end in zip(found, ends[:-1], strict=True) if s.first > end]

    def _listed(self, left: Span, right: Span) -> bool:
        """Whether one list joins two names ("in Kars and Akhalkalaki"), so that the surer one speaks for the other."""
        sure, other = (left, right) if left.strength >= right.strength else (right, left)
        if sure.demonym or sure.part_of or other.part_of or other.strength < WEAK or sure.senses[0].extent == "country":
            return False
        if self.gazetteer.flags(other.name) & (WORD | GIVEN) or self.tokens[other.last].lower in self.persons | self.lower_words:
            return False
        if self._unit_before(other) is not None or self._unit_after(other):
            return False
        between = self.tokens[left.last + 1 : right.first]
        gaps = {t.gap.strip() for t in self.tokens[left.last + 1 : right.first + 1]}
        return (
            gaps <= {"", ","}
            and len(between) <= 1
            and all(t.lower in {"and", "or"} for t in between)
            and not self.tokens[left.last].possessive
        )

    def _of_one_area(self, members: list[Span], rest: list[Span]) -> bool:
        """Whether a list after a preposition of place names places of one area, so that its doubtful members (``rest``) are places too."""
        glued = self.tokens[members[1].first].glued
        if not (glued or self.around.cue(members[0]) >= 2) or not share_an_area(members):
            return False
        if len(rest) == len(members) and all(self.gazetteer.flags(s.name) for s in members):
            return False
        for s in rest:
            if self.tokens[s.last].lower in self.persons | self.lower_words or (
                not glued and (self._unit_before(s) or self._unit_after(s))
            ):
                return False
        return True

    def _longest_at(self, i: int) -> Span | None:
        tokens = self.tokens
        token = tokens[i]
        if not token.cap and not self._lower_start(i):
            return None
        first = self.gazetteer.written(token.text)
        longest = first.longest
        if token.possessive:
            longest = max(longest, self.gazetteer.written(token.text + "’s").longest)
        leads = token.lower in LEAD_WORDS
        demonym = token.text in LONG_DEMONYMS
        known = leads or demonym or longest or first.senses
        limit = i
        if known:
            most = min(len(tokens), i + LONGEST)
            while limit + 1 < most and tokens[limit + 1].near and tokens[limit + 1].text[0].isalpha():
                limit += 1
        for j in range(limit, i, -1):
            last = tokens[j]
            if not (j - i < longest or leads or demonym or last.lower in TAIL_WORDS):
                continue
            if not (last.cap or self._generic_tail(i, j) or (j - i < longest and may_end_small(last))):
                continue
            span = self._match(i, j)
            if span:
                return self._with_modifier(span)
        if token.cap and (first.senses or token.text in DEMONYMS or token.lower.replace(".", "") in STATE_WORDS):
            span = self._match(i, i)
            if span:
                return self._with_modifier(span)
        return None

    def _unknown_feature(self, i: int) -> int | None:
        """The last token of a name that says itself what it is ("Zorvel Bay", "Camp Nowhere") though no gazetteer has it, or None."""
        first = self.tokens[i]
        if not first.cap or first.headline or first.opens or first.lower in NOT_NAMES_MONTHS_ORG_HEADS:
            return None
        if first.lower.rstrip(".") in TITLES or self.gazetteer.flags(first.text) & GIVEN:
            return None
        for j in range(i + 1, min(i + 4, len(self.tokens))):
            t = self.tokens[j]
            if not self._joins(j) or not t.cap:
                return None
            following = self.tokens[j + 1] if j + 1 < len(self.tokens) else None
            runs_on = following is not None and following.near and following.cap and not t.possessive
            if t.lower in SELF_NAMED and not runs_on:
                return j
        return None

    def _lower_start(self, i: int) -> bool:
        """A name may begin with a small letter where the gazetteer writes it so ("sub-Saharan Africa") or with an article ("el-Fasher")."""
        t = self.tokens[i]
        if i + 1 >= len(self.tokens) or not self._joins(i + 1) or t.headline:
            return False
        if article_of(t, self.tokens[i + 1]):
            return True
        return t.lower in {"sub", "trans"} or (t.lower in DIRECTIONS and self.tokens[i + 1].lower in {"flank", "hemisphere"})

    def _owner_named(self, sense: Sense, i: int) -> bool:
        """Whether a name without its owner ("eastern flank") may stand for one with it: the text names the owner and nobody else has it."""
        owner, apostrophe, _ = self.gazetteer.row(sense.row).name.replace("’", "'").partition("'s ")
        if not apostrophe:
            return True
        before = self.tokens[i - 1] if i else None
        other = before is not None and before.possessive and self.tokens[i].near and before.text != owner
        return not other and any(t.text == owner for t in self.tokens)

    def _joins(self, j: int) -> bool:
        t, before = self.tokens[j], self.tokens[j - 1]
        return t.near and not before.possessive and t.text[0].isalpha()

    def _generic_tail(self, i: int, j: int) -> bool:
        tail: tuple[str, ...] = ()
        for k in range(j, i, -1):
            if self.tokens[k].cap:
                break
            tail = (self.tokens[k].lower, *tail)
        return tail in GEO_TAILS or tail == ("flank",)

    def _match(self, i: int, j: int) -> Span | None:
        tokens = self.tokens[i : j + 1]
        lower = tokens[0].lower
        if lower in NEVER_FIRST or (i == j and lower in NOT_ALONE):
            return None
        if tokens[0].lower == "the" and not (tokens[0].cap and len(tokens) > 1 and tokens[1].cap):
            return None
        small = any(not t.cap and t.lower not in INNER for t in tokens[1:])
        as_spelled = False
        if small and not self._generic_tail(i, j) and not (tokens[0].lower in {"sub", "trans"} or tokens[-1].lower == "flank"):
            as_spelled = may_end_small(tokens[-1])
            if not as_spelled and not small_inside(tokens):
                return None
        if any(t.gap == "/" for t in tokens[1:]):
            return None
        written = " ".join(t.text + "’s" * (t.possessive and t is not tokens[-1]) for t in tokens)
        if len(tokens) == 1 and (state := state_of(written, self.gazetteer)):
            after_city = i and tokens[0].gap.strip() == "," and self.tokens[i - 1].cap and self.tokens[i - 1].line == tokens[0].line
            following = self.tokens[j + 1] if j + 1 < len(self.tokens) else None
            dotted = written.count(".") == 2 and (following is None or not (following.near and following.cap))
            if after_city or dotted:
                return Span(i, j, written, state, STRONG)
        demonym = DEMONYMS.get(written)
        if demonym:
            places = demonym_senses(written, self.gazetteer)
            if places:
                return Span(i, j, written, places, STRONG, demonym=True)
        places = self.gazetteer.written(written).senses
        if places and len(tokens) == 1:
            places = self._spelled_alike(tokens[0], places)
        if as_spelled:
            places = spelled_so(written, places, self.gazetteer)
        typed = not places and len(tokens) > 1 and not as_spelled and not (small and tokens[-1].cap)
        if typed:
            places = with_noun(tokens, self.gazetteer)
        if not places:
            return None
        if not tokens[0].cap and not self._owner_named(places[0], i):
            return None
        return Span(i, j, written, places, STRONG if typed else strength(tokens, written, places, self.gazetteer))

    def _spelled_alike(self, token: Token, places: tuple[Sense, ...]) -> tuple[Sense, ...]:
        """An all-capitals word of up to five letters names a place only where it is a country's or region's own abbreviation."""
        plain = token.text.replace(".", "")
        if (plain.isupper() and 2 <= len(plain) <= 5 and not token.headline and not token.dateline) or len(plain) <= 2:
            own = []
            for p in places:
                if p.level == CITY or p.feature_code.startswith("PPL") or (p.level == DIVISION and len(plain) < 3):
                    if plain.isupper():
                        continue
                    own.append(p)
                elif plain in self.gazetteer.spellings(p.row):
                    own.append(p)
            return tuple(own)
        return places

    def _with_modifier(self, span: Span) -> Span:
        """Take a direction before the name into the span ("northern Luzon"), but not one that a possessive owns."""
        if span.demonym or span.senses[0].extent in ("chain", "sea"):
            return span
        i, taken = span.first, 0
        own = self.tokens[i].lower in DIRECTIONS and i < span.last
        if own and i >= 2 and self.tokens[i - 1].lower == "and" and self.tokens[i - 2].lower in DIRECTIONS and self.tokens[i - 2].cap:
            inner = self._match(i + 1, span.last)
            if inner and self._joins(i) and self._joins(i - 1):
                inner.first, inner.modifier_tokens = i - 2, 3
                return inner
        while i - 1 >= 0 and self._joins(i) and self.tokens[i - 1].lower in DIRECTIONS | ({"and"} if taken else set()):
            if self.tokens[i - 1].lower == "and" and not (i >= 2 and self.tokens[i - 2].lower in DIRECTIONS):
                break
            i -= 1
            taken += 1
        owned = i > 0 and self.tokens[i - 1].possessive and self.tokens[i].near
        if taken and not owned:
            whole = self.gazetteer.senses(" ".join(t.text for t in self.tokens[i : span.last + 1]))
            if whole and whole[0].extent != "point":
                return Span(i, span.last, f"{' '.join(t.text for t in self.tokens[i : span.first])} {span.name}", whole, STRONG)
            span.modifier_tokens, span.first = taken, i
        return span

    def _note_person(self, i: int) -> None:
        """Remember the family name of a full name ("Timothy Heath") so that it is no place when it stands alone later."""
        token = self.tokens[i]
        if not token.cap or token.headline or token.lower in NOT_NAMES_DIRECTIONS:
            return
        title = token.lower.rstrip(".") in TITLES
        given = self.gazetteer.flags(token.text) & GIVEN and not (token.opens and self.gazetteer.flags(token.text) & WORD)
        if not (title or given):
            return
        j = i + 1
        while j < len(self.tokens) and self.tokens[j].cap and self.tokens[j].near and not self.tokens[j - 1].possessive and j - i <= 4:
            if self.tokens[j].lower not in ORG_HEADS_GEO_HEADS:
                self.persons.add(self.tokens[j].lower)
            j += 1

    def _unit_before(self, span: Span) -> Token | None:
        """The capitalised word that runs on into the span without punctuation, if any."""
        i = span.first
        if i == 0 or not self.tokens[i].near:
            return None
        before = self.tokens[i - 1]
        if not before.cap or before.possessive or before.text[0].isdigit() or (before.headline and not before.glued):
            return None
        if before.lower in NOT_ALONE:
            return None
        sentence_word = before.lower.endswith(("ing", "ed", "ly")) or before.lower in self.lower_words
        if before.opens and (sentence_word or self.gazetteer.flags(before.text) == WORD):
            return None
        return before

    def _unit_after(self, span: Span) -> list[Token]:
        """The capitalised words that run on from the span (with "of", "for", "and" between), as far as they go."""
        if self.tokens[span.last].possessive:
            return []
        after: list[Token] = []
        j = span.last + 1
        while j < min(len(self.tokens), span.last + 16) and self.tokens[j].near and not self.tokens[j - 1].possessive:
            t = self.tokens[j]
            if t.lower in {"of", "for", "the"} and after and j + 1 < len(self.tokens) and self.tokens[j + 1].cap:
                j += 1
                continue
            if (
                not t.cap
                or t.lower in {"marines", "soldiers", "sailors"}
                or t.text[0].isdigit()
                or (t.headline and t.lower not in ORG_HEADS_NAME_HEADS)
            ):
                break
            if t.glued and not after and (self.gazetteer.senses(t.text) or t.text in DEMONYMS):
                break
            after.append(t)
            j += 1
        return after

    def _keep(self, span: Span) -> bool:
        """Decide whether the span is a mention at all, and note the name that it is part of."""
        tokens = self.tokens
        before, after = self._unit_before(span), self._unit_after(span)
        single = span.first + span.modifier_tokens == span.last
        flags = self.gazetteer.flags(tokens[span.last].text) if single else 0
        of = tokens[span.first - 1].lower == "of" and tokens[span.first].near and span.first >= 2
        if of and tokens[span.first - 2].cap and not tokens[span.first - 2].headline:
            if tokens[span.first - 2].lower in ORG_HEADS - {"government"}:
                span.part_of = "name"
        if before is not None:
            if before.lower in EXTENDERS:
                pass
            elif (before.lower,) in GEO_LEADS:
                span.first, span.name = span.first - 1, f"{before.text} {span.name}"
                span.unnamed = before.lower not in AREA_HEADS and span.senses[0].extent == "point"
                return True
            elif tokens[span.first].glued and (before.text in DEMONYMS or self._is_place_word(before)):
                pass
            elif before.lower.rstrip(".") in TITLES:
                if span.demonym or (span.strength == STRONG and not flags & (GIVEN | SURNAME)):
                    pass
                else:
                    self.persons.update(t.lower for t in [*tokens[span.first : span.last + 1], *after])
                    return False
            elif before.lower in ORG_HEADS_NAME_HEADS:
                if span.strength < STRONG and not after and span.senses[0].population < LARGE_CITY:
                    return False
                span.part_of = "name"
            elif self.gazetteer.flags(before.text) & GIVEN and self.gazetteer.senses(before.text)[:1] and not self._is_country(before):
                self.persons.update(t.lower for t in tokens[span.first : span.last + 1])
                return False
            elif self._is_place_word(before) or before.text in DEMONYMS or (before.text.isupper() and len(before.text) <= 4):
                span.part_of = "name" if after and after[-1].lower in ORG_HEADS_NAME_HEADS else ""
            elif span.demonym:
                span.part_of = "name"
            else:
                person = self.gazetteer.flags(before.text) & GIVEN or len(before.text.rstrip(".")) == 1 or span.strength < STRONG
                if person or flags & (GIVEN | SURNAME):
                    self.persons.update(t.lower for t in tokens[span.first : span.last + 1])
                    return False
                span.part_of = "name"
        if after and not span.part_of:
            heads = {t.lower for t in after}
            if span.demonym:
                span.part_of = "name" if heads & FORCE_HEADS else ""
            elif after[0].lower in MINISTER_WORDS and not heads & ORG_HEADS - {"affairs"}:
                pass
            elif heads & (ORG_HEADS_NAME_HEADS):
                span.part_of = "name"
            elif after[0].lower in GEO_HEADS:
                span.last += 1
                if after[0].lower not in AREA_HEADS:
                    span.name, span.unnamed = f"{span.name} {after[0].text}", True
                return True
            elif after[0].lower.rstrip(".") in TITLES and span.strength == STRONG:
                pass
            elif (
                (single and flags & (GIVEN | SURNAME) and span.strength < STRONG)
                or (flags & GIVEN and span.senses[0].extent != "country")
                or (single and flags & GIVEN and not heads & NOT_NAMES)
            ):
                self.persons.update(t.lower for t in after)
                if flags & GIVEN and self.gazetteer.flags(after[0].text) & SURNAME:
                    self.given.add(tokens[span.last].lower)
                return False
            elif span.strength < STRONG:
                return False
            elif after[0].glued and not (self._is_place_word(after[0])):
                return span.strength == STRONG and span.senses[0].extent == "country"
            else:
                span.part_of = "name"
        known = max((p.population for p in span.senses if p.rank == 0 and p.extent == "point"), default=0) >= LARGE_CITY
        if span.part_of and span.strength < STRONG and not known:
            return False
        if span.demonym or span.part_of:
            return True
        return self._alone(span, single, flags)

    def _is_country(self, token: Token) -> bool:
        places = self.gazetteer.senses(token.text)
        return bool(places) and places[0].extent == "country"

    def _is_place_word(self, token: Token) -> bool:
        places = self.gazetteer.senses(token.text)
        return bool(places) and (places[0].extent != "point" or places[0].population >= LARGE_CITY)

    def _alone(self, span: Span, single: bool, flags: int) -> bool:
        """Whether a name that is part of no longer one is a place: its own weight, and what stands around it."""
        tokens = self.tokens
        word = tokens[span.last].lower
        country = span.senses[0].extent == "country"
        surname = span.strength < STRONG or flags & (GIVEN | SURNAME)
        if single and not country and surname and word in self.persons and not self.around.followed_by_larger(span):
            return False
        if single and word in self.given and not self.around.cue(span):
            return False
        if span.strength == STRONG:
            return True
        cue = self.around.cue(span)
        if single and word in self.lower_words and cue < 3:
            return False
        span.unsure = True
        if span.strength == MEDIUM:
            return cue >= 1
        here = self.around.countries(tokens[span.first].line)
        if cue == 2 and any(p.admin1 in self.around.divisions() or p.country in here for p in span.senses):
            return True
        return cue >= (3 if flags & (WORD | GIVEN | SURNAME) else 2)
