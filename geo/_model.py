"""The nouns of geography: what a text mentions, and what the gazetteer knows.

Nothing here knows of articles, publishers or colours.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["literal", "metonymic", "demonym", "part-of-name"]
"""How a mention uses a name; only ``literal`` mentions can become marks."""

Extent = Literal["point", "area", "chain", "sea", "country"]
"""What sort of geometry a place has: what a mark of it may look like."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One name of a place in one language.

    ``toponym`` is the name as written, ``lang`` a BCP 47 tag or ``""`` where the source does not say which language it is.

    >>> Name(toponym="与那国島", lang="ja").lang
    'ja'
    """

    toponym: str
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry of the gazetteer: a thing on the earth that has a name, and who says that it lies there.

    ``lat`` and ``lon`` are a representative point in degrees, WGS 84 (EPSG:4326). ``where_prec`` is UCDP's code from 1 (exact) to
    7 (sea or air outside states): how precisely a text that names this place, and nothing smaller, says where.
    ``uncertainty_m`` is Darwin Core's ``coordinateUncertaintyInMeters``: the radius around the representative point, in metres, that
    holds the whole place, or None where no source gives an extent. ``feature_code`` is a GeoNames code such as ``ISL``;
    ``country`` an ISO 3166-1 alpha-2 code or ``""`` (seas, regions); ``admin1`` an ISO 3166-2 code or ``""``.
    ``part_of`` holds the ids of larger places. Shapes are not kept here: ask :meth:`geo.Gazetteer.shape`.

    >>> Place(id="example:rota", name="Rota", lat=36.62, lon=-6.36, feature_code="PPL", extent="point").where_prec
    1
    """

    id: str
    name: str
    lat: float
    lon: float
    feature_code: str
    extent: Extent
    where_prec: int = 1
    uncertainty_m: float | None = None
    country: str = ""
    admin1: str = ""
    population: int = 0
    names: tuple[Name, ...] = ()
    authority: str = ""
    authority_url: str = ""
    links: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of a text that names a place, before anyone has asked which place.

    ``start`` and ``end`` are Unicode code points into the text, half-open; ``text`` is what stands there. ``name`` is the part that the
    gazetteer is asked for, ``modifier`` a direction that belongs to the span ("northern"), ``relation`` the words around the span that say
    where beside the place, in lower case ("off the coast of"), ``kind_reason`` why the kind was chosen.

    >>> Mention(start=0, end=5, text="Tokyo", name="Tokyo", kind="literal").modifier
    ''
    """

    start: int
    end: int
    text: str
    name: str
    kind: Kind
    modifier: str = ""
    relation: str = ""
    kind_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with a score between 0 and 1 and the reason in words.

    >>> p = Place(id="example:rota", name="Rota", lat=36.62, lon=-6.36, feature_code="PPL", extent="point")
    >>> Candidate(place=p, score=0.8, reason="Spain is named in the same sentence").score
    0.8
    """

    place: Place
    score: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A mention with its ranked candidates and the place chosen, or None and the reason.

    ``candidates`` are ranked best first; ``place`` is the chosen one or None; ``score`` is between 0 and 1; ``reason`` says in words why
    this place, or why none. ``where_prec`` and ``uncertainty_m`` are those of the place made coarser by the mention's modifier
    ("northern Luzon" is an area within Luzon) and relation ("near Luzon"), and None where no place was chosen.

    >>> m = Mention(start=0, end=5, text="Xyzzy", name="Xyzzy", kind="literal")
    >>> Toponym(mention=m, reason="no entry of the gazetteer has this name").place is None
    True
    """

    mention: Mention
    candidates: tuple[Candidate, ...] = field(default=())
    place: Place | None = None
    score: float = 0.0
    reason: str = ""
    where_prec: int | None = None
    uncertainty_m: float | None = None
