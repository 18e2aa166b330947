"""Which places of which plans become marks, of what kind, and why the others do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from shapely import Point

from geo import Place
from layers._errors import UnquotedMarkError
from layers._protocols import Gazetteer
from layers._shapes import Bounds, disc, main_bounds, simplified, unwrap
from sources import PlanPlace, Reading, ReportedPlan

Kind = Literal["point", "area", "chain", "sea", "country", "region"]

REGION_CODES = frozenset({"CONT", "RGN", "RGNE", "OCN"})
REGION_SPAN = 30.0
"""Degrees of latitude or longitude above which a shape may no longer shout: Japan spans 23, the Philippines 16, China 61."""
SEA_SPAN = 12.0
"""The same for a sea: filled, the South China Sea would hide every coast around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place with the plans that the articles put there: one shape on the map, a number for each plan.

    ``geometry`` is in EPSG:4326, a Point for kind ``point``. ``bounds`` are degrees. ``plans`` are in the order of their numbers.
    ``leads`` says whether the opening view must hold this mark, ``soft`` whether its edge is
    ours rather than a source's (chains, seas, generalised shapes).
    """

    place: Place
    kind: Kind
    geometry: Any
    bounds: Bounds
    plans: tuple[tuple[ReportedPlan, PlanPlace], ...]
    leads: bool
    soft: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmapped:
    """A plan, or a place of one, that is on no map: ``reason`` is a key of the messages, ``place`` is None for a plan without any."""

    plan: ReportedPlan
    place: PlanPlace | None
    reason: str


def check_quotes(reading: Reading) -> None:
    """Make sure that each plan has a quote and each quote stands in its article, word for word, at its offsets.

    The quotes of a conflict's versions and of plans that a person rejected are held to the same.

    Raises UnquotedMarkError, naming the plan, the article and the offsets, at the first that does not.

    >>> check_quotes(Reading(articles=()))
    """
    texts = {article.id: article.text for article in reading.articles}
    for plan in reading.plans:
        if not plan.quotes:
            raise UnquotedMarkError(f"plan {plan.id!r} has no quote; a plan without one is not drawn")
    for plan in (*reading.plans, *reading.rejected):
        versions = (quote for conflict in plan.conflicts for side in conflict.sides for quote in side.quotes)
        for quote in (*plan.quotes, *versions):
            if quote.article_id not in texts:
                raise UnquotedMarkError(f"plan {plan.id!r} quotes article {quote.article_id!r}, which is not in the reading")
            if not quote.exact or texts[quote.article_id][quote.start : quote.end] != quote.exact:
                raise UnquotedMarkError(
                    f"plan {plan.id!r}: article {quote.article_id!r} does not say {quote.exact[:60]!r} at {quote.start}-{quote.end}"
                )


def where_places(plan: ReportedPlan) -> tuple[PlanPlace, ...]:
    """Return the places where a plan's thing is to be: those whose role is ``where``, each place once.

    >>> where_places(ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=()))
    ()
    """
    seen: dict[str, PlanPlace] = {}
    for place in plan.places:
        if place.role == "where":
            seen.setdefault(place.place.id, place)
    return tuple(seen.values())


def geometry_of(place: Place, gazetteer: Gazetteer) -> Any | None:
    """Return what a mark of a place may be drawn as, or None: a point only for a point, never the middle of something larger.

    Without a shape, an area whose ``uncertainty_m`` is known is the disc of that radius, which holds the whole of it.

    >>> class Empty:
    ...     def shape(self, place_id): return None
    >>> geometry_of(Place(id="x", name="X", lat=1, lon=2, feature_code="PPL", extent="point"), Empty()).wkt
    'POINT (2 1)'
    >>> geometry_of(Place(id="y", name="Y", lat=1, lon=2, feature_code="PCLI", extent="country"), Empty()) is None
    True
    """
    if place.extent == "point":
        return Point(place.lon, place.lat)
    shape = gazetteer.shape(place.id)
    if shape is None or shape.is_empty or shape.geom_type in ("Point", "MultiPoint"):
        return disc(place.lat, place.lon, place.uncertainty_m) if place.extent == "area" and place.uncertainty_m else None
    return shape


def marked_plans(reading: Reading, gazetteer: Gazetteer) -> frozenset[int]:
    """Return the numbers of the plans that get a mark: those with at least one place that has a shape, or that is a point.

    Pure: the same reading and gazetteer give the same numbers. Asks the gazetteer for each shape once.

    >>> marked_plans(Reading(articles=()), None)
    frozenset()
    """
    drawn: dict[str, bool] = {}
    for said in (said for plan in reading.plans for said in where_places(plan)):
        if said.place.id not in drawn:
            drawn[said.place.id] = geometry_of(said.place, gazetteer) is not None
    return frozenset(plan.number for plan in reading.plans if any(drawn[said.place.id] for said in where_places(plan)))


def make_marks(reading: Reading, gazetteer: Gazetteer) -> tuple[tuple[Mark, ...], tuple[Unmapped, ...]]:
    """Return the marks of a reading, in the order of their first plan, and what is on no map with the reason.

    Raises UnquotedMarkError as :func:`check_quotes` does. Asks the gazetteer for each shape once.

    >>> make_marks(Reading(articles=()), None)
    ((), ())
    """
    check_quotes(reading)
    by_place: dict[str, list[tuple[ReportedPlan, PlanPlace]]] = {}
    unmapped: list[Unmapped] = []
    for plan in sorted(reading.plans, key=lambda plan: (plan.number, plan.id)):
        places = where_places(plan)
        if not places:
            unmapped.append(Unmapped(plan=plan, place=None, reason="reason.only-anchors" if plan.anchors else "reason.no-place"))
        for said in places:
            by_place.setdefault(said.place.id, []).append((plan, said))
    marks = []
    for entries in by_place.values():
        place = entries[0][1].place
        geometry = geometry_of(place, gazetteer)
        if geometry is None:
            unmapped += [Unmapped(plan=plan, place=where, reason="reason.no-shape") for plan, where in entries]
        else:
            marks.append(_mark(place, geometry, tuple(entries), gazetteer))
    return tuple(marks), tuple(unmapped)


@lru_cache(maxsize=64)
def _simple(geometry: Any, lon: float) -> Any:
    """Return what can be seen of a shape; kept, since a map, a figure and a report of one reading ask for the same shapes."""
    return simplified(unwrap(geometry, lon))


def _mark(place: Place, geometry: Any, plans: tuple[tuple[ReportedPlan, PlanPlace], ...], gazetteer: Gazetteer) -> Mark:
    """Make the mark of one place."""
    ask = getattr(gazetteer, "generalised", None)
    rough = geometry.geom_type != "Point" and (gazetteer.shape(place.id) is None or (ask is not None and bool(ask(place.id))))
    if geometry.geom_type != "Point":
        geometry = _simple(geometry, place.lon)
    bounds = main_bounds(geometry)
    kind: Kind = place.extent
    span = max(bounds[2] - bounds[0], bounds[3] - bounds[1])
    if kind != "point" and (span > (SEA_SPAN if kind == "sea" else REGION_SPAN) or place.feature_code in REGION_CODES):
        kind = "region"
    return Mark(
        place=place,
        kind=kind,
        geometry=geometry,
        bounds=bounds,
        plans=plans,
        leads=kind != "region",
        soft=kind in ("chain", "sea") or rough,
    )
