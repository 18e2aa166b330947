"""Which of the places with a name a text means: the candidates weighed, the choice and its reason."""

from __future__ import annotations

import math
from collections import Counter

from geo._larger import inside, of_sort, state_of
from geo._model import Candidate, Place
from geo._span import STRONG, Span
from geo.gazetteer import Gazetteer
from geo.text import Token

NONE_BESIDE = "the gazetteer has no place of this name in"
"""Begins the reason where a larger place is named right behind and none of the candidates lies in it."""
MOST_CANDIDATES = 10
CITY_OVER_DIVISION = 1_000_000
"""A city this large is meant rather than the first-order division of its name; below it the division, the coarser, is kept."""


class Resolver:
    """Chooses places for the spans of one text: one sense for one name, unless a larger place named beside it says otherwise."""

    def __init__(self, spans: list[Span], tokens: list[Token], gazetteer: Gazetteer) -> None:
        self.spans, self.tokens, self.gazetteer = spans, tokens, gazetteer
        self.countries = Counter(s.places[0].country for s in spans if s.places[0].country and s.places[0].extent == "country")
        for s in spans:
            if s.places[0].extent != "country" and s.strength == STRONG and s.places[0].country and len({p.country for p in s.places}) == 1:
                self.countries[s.places[0].country] += 1
        self.beside: dict[int, set[str]] = {}
        for s in spans:
            if s.places[0].extent == "country":
                self.beside.setdefault(tokens[s.first].line, set()).add(s.places[0].country)
        self.divisions: dict[str, set[str]] = {}
        for s in spans:
            if s.places[0].extent == "point" and s.places[0].admin1:
                self.divisions.setdefault(s.places[0].admin1, set()).add(s.name)
        self.starts = {s.first: s for s in spans}
        self.senses: dict[str, str] = {}

    def resolve(self) -> list[tuple[tuple[Candidate, ...], str]]:
        """Return for each span its candidates, best first, and the reason for the first one."""
        out = []
        for span in self.spans:
            ranked = sorted((self._weigh(span, p) for p in span.places), key=lambda c: (-c.score, c.place.id))[:MOST_CANDIDATES]
            beside = bool(self._named_beside(span, ranked[0].place))
            sense = self.senses.get(span.name)
            if sense and not beside:
                ranked.sort(key=lambda c: c.place.id != sense)
            if not beside and (larger := self._elsewhere(span)):
                out.append((_normalised(tuple(ranked)), f"{NONE_BESIDE} {larger}"))
                continue
            self.senses.setdefault(span.name, ranked[0].place.id)
            out.append((_normalised(tuple(ranked)), ranked[0].reason))
        return out

    def _weigh(self, span: Span, place: Place) -> Candidate:
        score, reasons = 0.0, []
        if place.extent == "country":
            score, why = 11.0, "the country of this name"
        elif place.id.startswith("citemap:"):
            score = 8.0 if place.extent in ("area", "sea", "chain") else 6.5
            why = "the curated place of this name"
        elif place.extent == "area":
            score = 8.5 if place.feature_code == "ADM1" else 5.5
            why = "the division of this name"
        else:
            score = 2.0 + 0.9 * math.log10(place.population + 10)
            why = f"population {place.population:,}" if place.population else "a place of this name"
        if not self.gazetteer.is_primary(place.id, span.name) and not span.notes:
            score -= 8.0 if span.places[0].extent == "country" and place.extent == "point" else 1.5
        if self._called(span, place):
            score += 4.0
            reasons.append("called so by the word before")
        larger = self._named_beside(span, place)
        if larger:
            score += 8.0
            reasons.append(f"named with {larger}")
        share = self.countries.get(place.country, 0) / max(1, sum(self.countries.values())) if place.country else 0.0
        if share and place.extent != "country":
            score += 1.0 + 2.0 * share
            reasons.append(f"{self.gazetteer.place('iso3166-1:' + place.country).name} is named in the text")
        if place.feature_code == "ADM1" and self.divisions.get(place.admin1, set()) - {span.name}:
            score += 4.0
            reasons.append("a city in it is named in the text")
        if place.extent == "point" and place.country in self.beside.get(self.tokens[span.first].line, ()):
            score += 1.5
        capital = self.gazetteer.government_of(place.id)
        if capital:
            score += 2.0
            reasons.append("a capital")
        if place.extent == "point" and place.population >= CITY_OVER_DIVISION:
            score += 2.0
        reasons.append(why)
        return Candidate(place=place, score=score, reason="; ".join(reasons))

    def _elsewhere(self, span: Span) -> str:
        """The country or state after a comma that has no place of this name ("Santiago, Cape Verde"), or ``""``; lists are passed over."""
        following = self.starts.get(span.last + 1)
        if following is None or following.part_of or following.demonym or self.tokens[following.first].gap.strip() != ",":
            return ""
        after = self.tokens[following.last + 1] if following.last + 1 < len(self.tokens) else None
        listed = after is not None and (after.lower in {"and", "or"} or (after.gap.strip() == "," and after.cap))
        before = self.tokens[span.first - 1] if span.first else None
        larger = following.places[0]
        if listed or (before is not None and self.tokens[span.first].gap.strip() == ",") or larger.extent not in ("country", "area"):
            return ""
        settlement = all(p.country and p.extent in ("point", "area") for p in span.places[:2])
        return larger.name if settlement and not any(inside(p, larger) for p in span.places) else ""

    def _called(self, span: Span, place: Place) -> bool:
        """Whether "the city of", "the island of" before the name says which sort of place it is."""
        i = span.first
        if i < 2 or self.tokens[i - 1].lower != "of":
            return False
        return bool(of_sort((place,), self.tokens[i - 2].lower))

    def _named_beside(self, span: Span, place: Place) -> str:
        """The name of a larger place that holds this one and stands right after it, after a comma, or ``""``."""
        j = span.last + 1
        if j < len(self.tokens) and self.tokens[j].gap.strip() == "," and self.tokens[j].cap:
            for size in (4, 3, 2, 1):
                part = self.tokens[j : j + size]
                if len(part) < size or any(not t.near for t in part[1:]):
                    continue
                written = " ".join(t.text for t in part)
                for larger in (*state_of(written, self.gazetteer), *self.gazetteer.find(written)):
                    if larger.extent in ("country", "area") and inside(place, larger):
                        return larger.name
        return ""


def _normalised(ranked: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Scores as shares between 0 and 1, so that a lone strong candidate is near 1 and a close field is not."""
    top = max(c.score for c in ranked)
    weights = [math.exp(min(0.0, c.score - top)) for c in ranked]
    total = sum(weights) + math.exp(-top)
    return tuple(Candidate(place=c.place, score=round(w / total, 4), reason=c.reason) for c, w in zip(ranked, weights, strict=True))
