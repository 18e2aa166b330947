"""Text in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from geo._given import given_spans
from geo._kinds import kinds, link_groups
from geo._larger import division_noun
from geo._model import Candidate, Kind, Mention, Toponym
from geo._precision import Relation, precision, relations_of
from geo._recognition import Finder
from geo._resolution import NO_WATER, NONE_BESIDE, Resolver
from geo._span import Span
from geo.gazetteer import Gazetteer
from geo.text import Token, tokenize

IN_ADDRESS = "it stands in an address or a handle, whose words are not read as names"


def parse(
    text: str,
    gazetteer: Gazetteer,
    *,
    mentions: Sequence[tuple[int, int]] | None = None,
    home: tuple[float, float] | None = None,
    min_score: float = 0.0,
    tokens: list[Token] | None = None,
) -> tuple[Toponym, ...]:
    """Find the names of places in ``text``, say how each is used, and choose the place that it means.

    Offsets of the toponyms are Unicode code points into ``text``, half-open. Returns them in the order of the text; () where none is found.
    Where ``mentions`` is given, exactly these spans are resolved: one toponym for each, in the order given, without a place where none is
    found; :class:`GeoError` is raised where one does not lie in the text. ``home`` is the (lat, lon) in degrees of where the text was
    published. A place whose score is below ``min_score`` is not chosen, and the reason says so. ``tokens`` are the words of the text
    (:func:`geo.text.tokenize`), where the caller has them.
    Reads the gazetteer's file, no network. The kinds follow GeoWebNews' taxonomy.

    >>> found = parse("Crews will build a port at Gwadar, Pakistan.", Gazetteer())
    >>> [(t.mention.text, t.mention.kind, t.place.country) for t in found]
    [('Gwadar', 'literal', 'PK'), ('Pakistan', 'literal', 'PK')]
    >>> [t.reason for t in parse("Crews met at Zorvel.", Gazetteer(), mentions=[(13, 19)])]
    ['no entry of the gazetteer is named Zorvel']
    """
    tokens = tokenize(text) if tokens is None else tokens
    found = _find(text, tokens, gazetteer, home) if mentions is None else _resolve(text, tokens, gazetteer, mentions, home)
    return tuple(_abstain(t, min_score) for t in found)


def _find(text: str, tokens: list[Token], gazetteer: Gazetteer, home: tuple[float, float] | None) -> list[Toponym]:
    finder = Finder(tokens, gazetteer)
    found = _read(text, tokens, finder.find(), gazetteer, home)
    found += [_unnamed(text, tokens[first].start, tokens[last].end, "it says itself what it is") for first, last in finder.unknown]
    return sorted(found, key=lambda t: t.mention.start)


def _resolve(
    text: str, tokens: list[Token], gazetteer: Gazetteer, mentions: Sequence[tuple[int, int]], home: tuple[float, float] | None
) -> list[Toponym]:
    given = given_spans(text, tokens, gazetteer, mentions)
    spans = sorted((s for s in given if s is not None), key=lambda s: (s.first, s.last))
    taken = {i for s in spans for i in range(s.first, s.last + 1)}
    context = [s for s in Finder(tokens, gazetteer).find() if not taken.intersection(range(s.first, s.last + 1))]
    read = {id(s): t for s, t in zip(spans, _read(text, tokens, spans, gazetteer, home, context), strict=True)}
    found = []
    for (start, end), span in zip(mentions, given, strict=True):
        if span is None:
            unnamed = _unnamed(text, start, end, "given as a mention")
            found.append(replace(unnamed, reason=IN_ADDRESS) if gazetteer.find(text[start:end]) else unnamed)
        else:
            t = read[id(span)]
            found.append(replace(t, mention=replace(t.mention, start=start, end=end, text=text[start:end])))
    return found


def _read(
    text: str,
    tokens: list[Token],
    spans: list[Span],
    gazetteer: Gazetteer,
    home: tuple[float, float] | None,
    context: Sequence[Span] = (),
) -> list[Toponym]:
    """One toponym for each of ``spans``, which stand in the order of the text; ``context`` are names that only speak for places."""
    link_groups(spans, tokens)
    uses = kinds(spans, tokens, gazetteer)
    choices = Resolver(spans, tokens, gazetteer, [kind for kind, _ in uses], home=home, context=context).resolve()
    relations = relations_of(spans, [use[0] == "literal" for use in uses], [c[0].place for c, _ in choices], tokens)
    return [_toponym(text, tokens, *each) for each in zip(spans, uses, relations, choices, strict=True)]


def _toponym(
    text: str, tokens: list[Token], span: Span, use: tuple[Kind, str], relation: Relation, choice: tuple[tuple[Candidate, ...], str]
) -> Toponym:
    candidates, reason = choice
    start, end = tokens[span.first].start, tokens[span.last].end
    modifier = _modifier(span, tokens)
    mention = Mention(
        start=start,
        end=end,
        text=text[start:end],
        name=span.name,
        kind=use[0],
        modifier=modifier,
        relation=relation.words,
        kind_reason=use[1],
    )
    if span.unnamed:
        return Toponym(mention=mention, candidates=candidates, reason=f"no entry of the gazetteer is named {span.name}")
    if reason.startswith((NONE_BESIDE, NO_WATER)):
        return Toponym(mention=mention, candidates=candidates, reason=reason)
    place = candidates[0].place
    prec, uncertainty = precision(place, modifier, relation, division=bool(division_noun(span, tokens)))
    return Toponym(
        mention=mention,
        candidates=candidates,
        place=place,
        score=candidates[0].score,
        reason=f"{place.name}: {reason}",
        where_prec=prec,
        uncertainty_m=uncertainty,
    )


def _unnamed(text: str, start: int, end: int, why: str) -> Toponym:
    """A toponym of a name that no entry has."""
    name = " ".join(text[start:end].split())
    mention = Mention(start=start, end=end, text=text[start:end], name=name, kind="literal", kind_reason=why)
    return Toponym(mention=mention, reason=f"no entry of the gazetteer is named {name}")


def _abstain(toponym: Toponym, min_score: float) -> Toponym:
    """The toponym without its place where that is less sure than asked for."""
    if toponym.place is None or toponym.score >= min_score:
        return toponym
    digits = 2 if round(toponym.score, 2) < round(min_score, 2) else 4
    reason = f"score {toponym.score:.{digits}f} is below the {min_score:.{digits}f} asked for; best: {toponym.reason}"
    return replace(toponym, place=None, score=0.0, reason=reason, where_prec=None, uncertainty_m=None)


def _modifier(span: Span, tokens: list[Token]) -> str:
    return " ".join(t.lower for t in tokens[span.first : span.first + span.modifier_tokens])
