"""Readings in which one text stands in every field that holds text: made by walking the dataclasses, so that a new field is in."""

from __future__ import annotations

import types
from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from shapely import LineString, Point

from layers import ContextSet, MapOptions
from layers._context import ContextSite
from layers.report import EmbedOptions
from sources import Reading
from tests.layers.fake_gazetteer import FakeGazetteer

FILLED: set[str] = set()
"""The fields that were given a text so far, as "Class.field"."""
STYLES = ("point", "area", "chain", "sea", "country")
_PLAIN: dict[Any, Any] = {int: 1, float: 0.5, bool: False, type(None): None}


def made(kind: Any, text: str, turn: int, where: str) -> Any:
    """Return a value of a type in which every text is ``text``; ``turn`` chooses among the values of a Literal.

    Raises TypeError for a type that is not known here: a field of a new shape has to be thought about.
    """
    origin, inner = get_origin(kind), get_args(kind)
    if kind is str:
        FILLED.add(where)
        return text
    if kind is Any:
        return text
    if kind in _PLAIN:
        return _PLAIN[kind]
    if is_dataclass(kind):
        return filled(kind, text, turn)
    if origin is Literal:
        return inner[turn % len(inner)]
    if origin in (Union, types.UnionType):
        return made(next(one for one in inner if one is not type(None)), text, turn, where)
    if origin is tuple:
        return (made(inner[0], text, turn, where),) if inner[-1] is Ellipsis else tuple(made(one, text, turn, where) for one in inner)
    if origin in (list, Sequence):
        return [made(inner[0], text, turn, where)]
    if (origin is not None and issubclass(origin, dict | types.MappingProxyType)) or str(origin).endswith("Mapping'>"):
        return {made(inner[0], text, turn, where): made(inner[1], text, turn, where)}
    raise TypeError(f"{where}: say in filling.py how a field of the type {kind} holds a text")


def filled(cls: Any, text: str, turn: int = 0) -> Any:
    """Return an object of a dataclass with ``text`` in each of its texts, and in those of the objects that it holds."""
    hints = get_type_hints(cls)
    return cls(**{one.name: made(hints[one.name], text, turn, f"{cls.__name__}.{one.name}") for one in fields(cls) if one.init})


def texts_of(cls: Any) -> set[str]:
    """Return the fields of a dataclass, and of those that it holds, whose type has a text in it, found by the types alone."""
    found: set[str] = set()
    waiting, seen = [cls], set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for name, hint in get_type_hints(one).items():
            parts = [hint]
            while parts:
                part = parts.pop()
                if part is str:
                    found.add(f"{one.__name__}.{name}")
                elif is_dataclass(part):
                    waiting.append(part)
                elif get_origin(part) is not Literal:
                    parts += [inner for inner in get_args(part) if inner is not Ellipsis]
    return found


def hostile_reading(texts: Sequence[str], *, ids: bool = True) -> tuple[Reading, FakeGazetteer]:
    """Return one reading with an article, a plan, a rejected plan and all else for each text, and the gazetteer that has their places.

    What ties a reading together is true: quotes stand in their articles, offsets in their texts, places on the map. With ``ids`` the texts
    are ids and keys as well.
    """
    every, places, shapes = [], [], {}
    for turn, text in enumerate(texts):
        one, at, shape = _tied(filled(Reading, text, turn), text, turn, ids=ids)
        every.append(one)
        places += at
        shapes |= shape
    reading = Reading(
        articles=tuple(a for one in every for a in one.articles),
        plans=tuple(p for one in every for p in one.plans),
        rejected=tuple(p for one in every for p in one.rejected),
        **{name: {k: v for one in every for k, v in getattr(one, name).items()} for name in ("toponyms", "skipped", "toponym_reviews")},
        **{name: tuple(v for one in every for v in getattr(one, name)) for name in ("problems", "copies", "unapplied")},
    )
    return reading, FakeGazetteer(*places, shapes=shapes)


def _tied(one: Reading, text: str, turn: int, *, ids: bool) -> tuple[Reading, list[Any], dict[str, Any]]:
    """Tie together what a reading of one text holds."""
    words, after = f"They plan {text} here.", f"\n\nAnd {text} there, it says."
    key = text if ids else f"a{turn}"
    begin, end = len("They plan "), len("They plan ") + len(text)
    article = replace(
        one.articles[0],
        id=key,
        text=words + after,
        paragraphs=((0, len(words)), (len(words) + 2, len(words + after))),
        citation=replace(one.articles[0].citation, id=key),
    )
    quote = replace(
        one.plans[0].quotes[0],
        article_id=key,
        exact=words,
        start=0,
        end=len(words),
        prefix="",
        suffix=after[:32],
        emphasis=((begin, end),) if text else (),
        paragraph=1,
    )
    lat, lon = 8 + 2 * (turn // 10), 110 + 3 * (turn % 10)
    kind = STYLES[turn % len(STYLES)]
    here = replace(one.plans[0].places[0].place, id=f"{key} here", lat=lat, lon=lon, extent="point", where_prec=1, population=9_000_000)
    there = replace(here, id=f"{key} there", lat=lat + 1, extent=kind, feature_code=here.feature_code)
    site = replace(here, id=f"{key} site", lat=lat + 0.5)
    said = replace(one.plans[0].places[0], role="where")
    where = (replace(said, place=here), replace(said, place=there))
    measured = replace(
        one.plans[0].distances[0],
        to=replace(said, place=there, role="extent"),
        measured_km=110.0,
        ends=((lat, lon), (lat + 1, lon)),
    )
    plan = replace(
        one.plans[0],
        id=f"{key} plan",
        number=turn + 1,
        quotes=(quote,),
        places=where,
        anchors=(replace(where[1], role="near"),),
        distances=(measured,),
        key=f"{key} plan",
        keys=(f"{key} plan",),
        reports=(replace(one.plans[0].reports[0], article_id=key, copy_of=key),),
        conflicts=tuple(replace(c, sides=tuple(replace(s, quotes=(quote,)) for s in c.sides * 2)) for c in one.plans[0].conflicts),
        attributions=tuple(replace(a, start=begin, end=end) for a in one.plans[0].attributions),
        antecedents=tuple(replace(a, start=begin, end=end) for a in one.plans[0].antecedents),
    )
    rejected = replace(plan, id=f"{key} rejected", number=0, key=f"{key} rejected")
    mention = replace(one.toponyms[text][0].mention, start=begin, end=max(end, begin + 1), text=text or "h")
    toponym = replace(
        one.toponyms[text][0],
        mention=mention,
        place=here if turn % 2 else None,
        candidates=(replace(one.toponyms[text][0].candidates[0], place=there),),
    )
    tied = replace(
        one,
        articles=(article,),
        plans=(plan,),
        rejected=(rejected,),
        toponyms={key: (toponym,)},
        skipped={key: (replace(one.skipped[text][0], start=0, end=len(words)),)},
        copies=(replace(one.copies[0], article_id=key, of=key),),
        toponym_reviews={key: {begin: one.toponym_reviews[text][1]}},
    )
    shape = (
        Point(lon, lat + 1).buffer(0.4, 8) if kind != "chain" else LineString([(lon - 0.5, lat + 1), (lon + 0.5, lat + 1.2)]).buffer(0.1)
    )
    return tied, [here, there, site], {there.id: shape}


def hostile_context(texts: Sequence[str]) -> tuple[ContextSet, ...]:
    """Return a set of sites for each text that every map of :func:`hostile_reading` shows."""
    return tuple(
        replace(
            filled(ContextSet, text, turn),
            shown_place=f"{text} here",
            shown_words=("they plan",),
            citations=(
                {
                    "id": text,
                    "title": text,
                    "type": "webpage",
                    "publisher": text,
                    "author": [{"literal": text}],
                    "URL": text,
                    "issued": {"raw": text},
                    "language": text,
                    "container-title": text,
                },
            ),
            sites=(ContextSite(place=f"{text} site", citation=text),),
        )
        for turn, text in enumerate(texts)
    )


def hostile_options(text: str, kind: type[MapOptions] | type[EmbedOptions] = MapOptions) -> dict[str, Any]:
    """Return what a user may say of a map or an embed, all of it the text; the language stays, it is checked."""
    hints = get_type_hints(kind)
    return {
        name: made(hint, text, 0, f"{kind.__name__}.{name}")
        for name, hint in hints.items()
        if str in (hint, *get_args(hint)) and name != "language"
    }
