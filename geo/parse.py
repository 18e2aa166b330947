"""Text in, places out."""

from __future__ import annotations

from geo._kinds import kinds, link_groups
from geo._model import Mention, Place, Toponym
from geo._recognition import Finder
from geo._resolution import NONE_BESIDE, Resolver
from geo._span import Span
from geo.gazetteer import Gazetteer
from geo.text import Token, tokenize


def parse(text: str, gazetteer: Gazetteer) -> tuple[Toponym, ...]:
    """Find the names of places in ``text``, say how each is used, and choose the place that it means.

    Offsets of the toponyms are Unicode code points into ``text``, half-open. Returns them in the order of the text; () where none is found.
    Reads the gazetteer's file, no network. The kinds follow GeoWebNews' taxonomy.

    >>> found = parse("Crews will build a port at Gwadar, Pakistan.", Gazetteer())
    >>> [(t.mention.text, t.mention.kind, t.place.country) for t in found]
    [('Gwadar', 'literal', 'PK'), ('Pakistan', 'literal', 'PK')]
    """
    tokens = tokenize(text)
    finder = Finder(tokens, gazetteer)
    spans = finder.find()
    link_groups(spans, tokens)
    uses = kinds(spans, tokens, gazetteer)
    choices = Resolver(spans, tokens, gazetteer).resolve()
    found = []
    for span, (kind, why), (candidates, reason) in zip(spans, uses, choices, strict=True):
        start, end = tokens[span.first].start, tokens[span.last].end
        modifier = _modifier(span, tokens)
        if span.unnamed:
            mention = Mention(start=start, end=end, text=text[start:end], name=span.name, kind=kind, modifier=modifier, kind_reason=why)
            found.append(Toponym(mention=mention, candidates=candidates, reason=f"no entry of the gazetteer is named {span.name}"))
            continue
        if reason.startswith(NONE_BESIDE):
            mention = Mention(start=start, end=end, text=text[start:end], name=span.name, kind=kind, modifier=modifier, kind_reason=why)
            found.append(Toponym(mention=mention, candidates=candidates, reason=reason))
            continue
        place = candidates[0].place
        prec, uncertainty = _precision(place, modifier)
        mention = Mention(start=start, end=end, text=text[start:end], name=span.name, kind=kind, modifier=modifier, kind_reason=why)
        found.append(
            Toponym(
                mention=mention,
                candidates=candidates,
                place=place,
                score=candidates[0].score,
                reason=f"{place.name}: {reason}",
                where_prec=prec,
                uncertainty_m=uncertainty,
            )
        )
    for first, last in finder.unknown:
        start, end = tokens[first].start, tokens[last].end
        name = " ".join(text[start:end].split())
        mention = Mention(start=start, end=end, text=text[start:end], name=name, kind="literal", kind_reason="it says itself what it is")
        found.append(Toponym(mention=mention, reason=f"no entry of the gazetteer is named {name}"))
    return tuple(sorted(found, key=lambda t: t.mention.start))


def _modifier(span: Span, tokens: list[Token]) -> str:
    return " ".join(t.lower for t in tokens[span.first : span.first + span.modifier_tokens])


def _precision(place: Place, modifier: str) -> tuple[int, float | None]:
    """A part of a place without a border of its own is a fuzzy area: UCDP 5, or 4 within a first-order division."""
    if not modifier or place.extent == "sea":
        return place.where_prec, place.uncertainty_m
    return (4 if place.where_prec in (3, 4) else 5), place.uncertainty_m
