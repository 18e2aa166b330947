"""What stands around a name and speaks for a place: prepositions, the state behind a city, the country of the line."""

from __future__ import annotations

from geo._cues import demonyms, words
from geo._larger import inside, state_of
from geo._span import Span
from geo.gazetteer import Gazetteer
from geo.text import Token


class Surroundings:
    """The words of one text, asked what they say of a span."""

    def __init__(self, tokens: list[Token], gazetteer: Gazetteer) -> None:
        self.tokens, self.gazetteer = tokens, gazetteer
        self.named: set[str] | None = None
        self.by_line: dict[int, set[str]] = {}
        self.lines: dict[int, list[str]] = {}
        for token in tokens:
            if token.cap:
                self.lines.setdefault(token.line, []).append(token.text)

    def cue(self, span: Span) -> int:
        """How much the words around the span speak for a place, 0 to 3."""
        tokens = self.tokens
        i, j = span.first, span.last + 1
        after = tokens[j] if j < len(tokens) and tokens[j].near else None
        if tokens[i].dateline and not (after and after.dateline):
            return 3
        if self.followed_by_larger(span) or self.holds_previous(span):
            return 3
        if after and not after.cap and after.lower in words("geo_heads"):
            return 3
        if after and after.glued and after.lower in words("suffix_literal"):
            return 3
        before = tokens[i - 1] if i else None
        if before is None or tokens[i].gap == "":
            return 1 if j < len(tokens) and tokens[j].gap == "" else 0
        if before.lower == "the" and i >= 2:
            before = tokens[i - 2]
        if not tokens[i].near:
            return 0
        if before.lower in words("place_preps"):
            return 3 if i >= 2 and tokens[i - 2].near and tokens[i - 2].lower in words("facilities") else 2
        if before.lower == "on" and any(p.feature_code.startswith("ISL") for p in span.senses):
            return 2
        back = {t.lower for t in tokens[max(0, i - 7) : i - 1] if t.line == tokens[i].line}
        if before.lower == "of" and i >= 2 and (tokens[i - 2].lower in words("directions") | words("geo_heads") | words("geo_before_of")):
            return 3 if tokens[i - 2].lower in words("facilities") else 2
        if before.lower == "to" and ("from" in back or back & words("motion_to")):
            return 2
        if before.lower == "and" and "between" in back:
            return 2
        return 1 if before.lower in {"to", "from", "between", "of"} else 0

    def holds_previous(self, span: Span) -> bool:
        """ "City, State": this name's place holds one of the name right before the comma."""
        i = span.first
        if i == 0 or self.tokens[i].gap.strip() != "," or not self.tokens[i - 1].cap:
            return False
        for size in (3, 2, 1):
            part = self.tokens[max(0, i - size) : i]
            smaller = self.gazetteer.senses(" ".join(t.text for t in part))
            if any(inside(p, larger, self.gazetteer) for larger in span.senses for p in smaller):
                return True
        return False

    def followed_by_larger(self, span: Span) -> bool:
        """ "City, State" and "City, Country": the next name after a comma holds one of this name's places."""
        j = span.last + 1
        if j >= len(self.tokens) or self.tokens[j].gap.strip() != "," or not self.tokens[j].cap:
            return False
        for size in (3, 2, 1):
            part = self.tokens[j : j + size]
            if len(part) < size or any(not t.near for t in part[1:]):
                continue
            for larger in (
                *state_of(" ".join(t.text for t in part), self.gazetteer),
                *self.gazetteer.senses(" ".join(t.text for t in part)),
            ):
                if larger.extent in ("country", "area") and any(inside(p, larger, self.gazetteer) for p in span.senses):
                    return True
        return False

    def countries(self, line: int) -> set[str]:
        """The countries that a line names."""
        if line not in self.by_line:
            names = list(dict.fromkeys(self.lines.get(line, ())))
            found = {p.country for name in names for p in self.gazetteer.senses(name)[:1] if p.extent == "country"}
            self.by_line[line] = found | {i.removeprefix("iso3166-1:") for i, _ in (demonyms().get(n, ("", "")) for n in names)} - {
                "US",
                "",
            }
        return self.by_line[line] - {"US"}

    def divisions(self) -> set[str]:
        """The first-order divisions that the text names by their own, full or abbreviated, name."""
        if self.named is None:
            self.named = set()
            for k, t in enumerate(self.tokens):
                if t.cap:
                    for p in (
                        *self.gazetteer.senses(t.text)[:1],
                        *(state_of(t.text, self.gazetteer) if k and t.gap.strip() == "," else ()),
                    ):
                        if p.feature_code == "ADM1":
                            self.named.add(p.admin1)
        return self.named
