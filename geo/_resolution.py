"""Which of the places with a name a text means: the candidates weighed, the choice and its reason."""

from __future__ import annotations

from collections.abc import Sequence

from geo._cues import words
from geo._entries import Sense
from geo._evidence import country_evidence, local_evidence
from geo._larger import OFFICES, WATERS, division_noun, inside, of_sort, state_of
from geo._model import Candidate, Kind
from geo._span import Span
from geo._text import name_key
from geo._traits import AMONG, BESIDE, OWN
from geo._weighing import Name, weigh
from geo.gazetteer import Gazetteer
from geo.text import Token

NONE_BESIDE = "the gazetteer has no place of this name in"
"""Begins the reason where a larger place is named right behind and none of the candidates lies in it."""
NO_WATER = "the gazetteer has no water of this name"
"""Why a name has no place that the words beside it call a river or a lake, or that something leads across."""
NOT_OF_SORT = "the gazetteer has no"
"""Begins the reason where a division is named ("Lamar County") and the gazetteer has only a town of the name."""
MOST_CANDIDATES = 5
"""Runners-up that are kept, the chosen one included."""
_AT = {name: i for i, name in enumerate(OWN + BESIDE)}
_AMONG = {name: i for i, name in enumerate(AMONG)}
_TOLD = 0.3
"""A feature from which a reason speaks of it."""


class Resolver:
    """Chooses places for the spans of one text: one sense for one name, unless a larger place named beside it says otherwise.

    ``uses`` are the kinds of ``spans``; ``context`` are further spans of the text that speak for places, but are not to be resolved.
    """

    def __init__(
        self,
        spans: Sequence[Span],
        tokens: list[Token],
        gazetteer: Gazetteer,
        uses: Sequence[Kind],
        *,
        home: tuple[float, float] | None = None,
        context: Sequence[Span] = (),
    ) -> None:
        self.spans, self.tokens, self.gazetteer, self.home = spans, tokens, gazetteer, home
        every = sorted([*spans, *context], key=lambda s: s.first)
        self.starts = {s.first: s for s in every}
        self.acting = {id(s) for s, kind in zip(spans, uses, strict=True) if kind == "metonymic"}
        self.larger: dict[int, Sense] = {}
        self.holding: dict[int, int] = {}
        """By the token that a name begins with: the row of its sense that holds the place named right before it."""
        self.names = self._names(every)

    def resolve(self) -> list[tuple[tuple[Candidate, ...], str]]:
        """Return for each span its candidates, best first, and the reason for the first one."""
        words = {t.lower for t in self.tokens}
        weigh(self._distinct(), country_evidence(words), local_evidence(words), self.home)
        ranked: dict[int, tuple[Candidate, ...]] = {}
        out = []
        for span in self.spans:
            name = self.names[id(span)]
            candidates = ranked.get(id(name))
            if candidates is None:
                candidates = ranked[id(name)] = self._candidates(name)
            if name.qualified is None and (larger := self._elsewhere(span)):
                out.append((candidates, f"{NONE_BESIDE} {larger}"))
            elif self._is_water(span) and candidates[0].place.feature_code.startswith(("PPL", "ADM")):
                out.append((candidates, NO_WATER))
            else:
                out.append((candidates, self._not_of_sort(span, candidates[0]) + candidates[0].reason))
        return out

    # names -----------------------------------------------------------------------------------------------------------------

    def _names(self, spans: Sequence[Span]) -> dict[int, Name]:
        """The name of each span by its identity; spans of one name and one qualifier share it."""
        names: dict[tuple[str, tuple[Sense, ...], frozenset[int] | None], Name] = {}
        by_span = {}
        for span in spans:
            qualified, called = self._qualified(span), self._called(span)
            key, senses = name_key(span.name), called or span.senses
            name = names.get((key, senses, qualified))
            if name is None:
                name = names[key, senses, qualified] = Name(
                    key=key, senses=senses, qualified=qualified, demonym=span.demonym, stripped=span.stripped, called=bool(called)
                )
            name.acts = name.acts or id(span) in self.acting
            if span.first in self.holding:
                name.holds = name.holds | {self.holding[span.first]}
            by_span[id(span)] = name
        by_key: dict[str, list[Name]] = {}
        for name in names.values():
            by_key.setdefault(name.key, []).append(name)
        for same in by_key.values():
            for name in same:
                others = (
                    o.qualified or frozenset(s.row for s in o.senses)
                    for o in same
                    if o is not name and (o.qualified or (o.called and not name.called))
                )
                name.elsewhere = frozenset(row for rows in others for row in rows)
        return by_span

    def _distinct(self) -> list[Name]:
        return list({id(name): name for name in self.names.values()}.values())

    def _qualified(self, span: Span) -> frozenset[int] | None:
        """The rows of the senses that lie in the larger place named right after a comma, or None where there is none such."""
        j = span.last + 1
        if j >= len(self.tokens) or self.tokens[j].gap.strip() not in (",", "(") or not self.tokens[j].cap:
            return None
        for size in (4, 3, 2, 1):
            part = self.tokens[j : j + size]
            if len(part) < size or any(not t.near for t in part[1:]):
                continue
            written = " ".join(t.text for t in part)
            for larger in (*state_of(written, self.gazetteer), *self.gazetteer.senses(written)):
                if larger.extent in ("country", "area"):
                    rows = frozenset(s.row for s in span.senses if inside(s, larger, self.gazetteer))
                    if rows:
                        self.holding[j] = larger.row
                        for row in rows:
                            self.larger[row] = larger
                        return rows
        return None

    def _called(self, span: Span) -> tuple[Sense, ...]:
        """The senses of the sort that the word beside the name says ("the island of", "the mayor of", "New York Gov. Lee"), or ()."""
        i, j = span.first, span.last + 1
        if i >= 2 and self.tokens[i - 1].lower == "of":
            return of_sort(span.senses, self.tokens[i - 2].lower)
        following = self.tokens[j].lower.rstrip(".") if j < len(self.tokens) and self.tokens[j].near else ""
        return of_sort(span.senses, following) if following in OFFICES | WATERS else ()

    def _is_water(self, span: Span) -> bool:
        """Whether the words beside a name say that it is a water's: "the Arno river", "the bridge across the Arno"."""
        i, j = span.first, span.last + 1
        if j < len(self.tokens) and self.tokens[j].near and self.tokens[j].lower in WATERS and not self.tokens[j].cap:
            return True
        led = [t.lower for t in self.tokens[max(0, i - 2) : i]]
        behind = self.tokens[j] if j < len(self.tokens) else None
        alone = behind is None or not behind.near or behind.lower in words("place_preps")
        return led in (["across", "the"], ["over", "the"]) and alone and self.tokens[i].near

    def _elsewhere(self, span: Span) -> str:
        """The country or state after a comma that has no place of this name ("Santiago, Cape Verde"), or ``""``; lists are passed over."""
        following = self.starts.get(span.last + 1)
        if following is None or following.part_of or following.demonym or self.tokens[following.first].gap.strip() != ",":
            return ""
        after = self.tokens[following.last + 1] if following.last + 1 < len(self.tokens) else None
        listed = after is not None and (after.lower in {"and", "or"} or (after.gap.strip() == "," and after.cap))
        before = self.tokens[span.first - 1] if span.first else None
        larger = following.senses[0]
        acts = after is not None and after.near and after.lower in words("act_verbs")
        if (
            acts
            or listed
            or (before is not None and self.tokens[span.first].gap.strip() == ",")
            or larger.extent not in ("country", "area")
        ):
            return ""
        settlement = all(p.country and p.extent in ("point", "area") for p in span.senses[:2])
        if settlement and not any(inside(p, larger, self.gazetteer) for p in span.senses):
            return self.gazetteer.row(larger.row).name
        return ""

    def _not_of_sort(self, span: Span, chosen: Candidate) -> str:
        """ "Lamar County" where the gazetteer has only a town of the name: what to say of it, else ``""``."""
        noun = division_noun(span, self.tokens)
        if not noun or chosen.place.extent != "point":
            return ""
        return f"{NOT_OF_SORT} {noun} of this name, and this town stands for it; "

    # candidates and reasons --------------------------------------------------------------------------------------------------

    def _candidates(self, name: Name) -> tuple[Candidate, ...]:
        order = sorted(range(len(name.senses)), key=lambda i: (-name.shares[i], i))[:MOST_CANDIDATES]
        return tuple(
            Candidate(place=self.gazetteer.row(name.senses[i].row), score=round(name.shares[i], 4), reason=self._reason(name, i))
            for i in order
        )

    def _reason(self, name: Name, i: int) -> str:
        """What speaks for a sense, in words, the strongest first."""
        s, own, among = name.senses[i], name.own[i], name.among[i]
        told = []
        if own[_AT["qualified"]] and s.row in self.larger:
            told.append(f"named with {self.gazetteer.row(self.larger[s.row].row).name}")
        elif own[_AT["qualified_elsewhere"]] and s.row in self.larger:
            told.append(f"named with {self.gazetteer.row(self.larger[s.row].row).name} elsewhere in the text")
        if name.called:
            told.append("called so by the word beside it")
        if among[_AMONG["district_named"]] > _TOLD:
            told.append("the text names its district")
        if among[_AMONG["division_named"]] > _TOLD and (division := self._area(s.admin1)):
            told.append(f"{division} is named in the text")
        if s.extent != "country" and among[_AMONG["country_named"]] > _TOLD and (country := self._area(s.country)):
            told.append(f"{country} is named in the text")
        if among[_AMONG["holds_others"]] > _TOLD:
            told.append("a place in it is named in the text")
        if among[_AMONG["within_50_km"]] > _TOLD:
            told.append("near other places of the text")
        if among[_AMONG["home_250_km"]] > _TOLD:
            told.append("near where the outlet is at home")
        if s.seat and s.extent == "point":
            told.append("a capital")
        told.append(self._kind(s))
        return "; ".join(told)

    def _area(self, code: str) -> str:
        found = self.gazetteer.senses_of(f"iso3166-{2 if '-' in code else 1}:{code}") if code else ()
        return self.gazetteer.row(found[0].row).name if found else ""

    @staticmethod
    def _kind(s: Sense) -> str:
        if s.extent == "country":
            return "the country of this name"
        if s.feature_code.startswith("ADM"):
            return "the division of this name"
        if s.extent == "point":
            return f"population {s.population:,}" if s.population else "a place of this name"
        return "the curated place of this name" if s.level == 1 else "the feature of this name"
