"""Where an outlet is at home, from the places that its articles name.

SIMPLE VERSION: the weighted geometric median of the towns and counties that the articles name. To be replaced by a measured one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from geo._model import Toponym

FEWEST_ARTICLES = 3
"""Articles with a fitting place below which no home is inferred."""
SURE = 0.5
"""Score from which a place counts."""
_STEPS = 50
_Point = tuple[float, float, float]


def infer_homes(read: Iterable[tuple[str, Sequence[Toponym]]]) -> dict[str, tuple[float, float]]:
    """Return by outlet the (lat, lon) in degrees, WGS 84, around which the places of its articles lie.

    ``read`` gives for each article any name of its outlet and its toponyms. An outlet without a name, or with fewer than three articles
    that name a town or county, is left out. Touches neither disk nor network.

    >>> infer_homes([("The Example", ())])
    {}
    """
    places: dict[str, list[list[tuple[_Point, float]]]] = {}
    for outlet, toponyms in read:
        local = [(_unit(t.place.lat, t.place.lon), t.score) for t in toponyms if t.place and _counts(t)]
        if outlet and local:
            places.setdefault(outlet, []).append(local)
    homes = {}
    for outlet, articles in places.items():
        if len(articles) >= FEWEST_ARTICLES:
            shares = [(point, score / sum(s for _, s in local)) for local in articles for point, score in local]
            homes[outlet] = _degrees(_median(shares))
    return homes


def _counts(toponym: Toponym) -> bool:
    code = toponym.place.feature_code if toponym.place else ""
    return toponym.mention.kind == "literal" and toponym.score >= SURE and (code.startswith("PPL") or code == "ADM2")


def _median(weighted: list[tuple[_Point, float]]) -> _Point:
    """Weiszfeld's iteration over chords: the point whose weighted distances to all others add up to the least."""
    middle = _mean(weighted)
    for _ in range(_STEPS):
        middle = _mean([(point, weight / max(math.dist(point, middle), 1e-6)) for point, weight in weighted])
    return middle


def _mean(weighted: list[tuple[_Point, float]]) -> _Point:
    total = sum(w for _, w in weighted)
    x, y, z = (sum(p[i] * w for p, w in weighted) / total for i in range(3))
    return x, y, z


def _unit(lat: float, lon: float) -> _Point:
    la, lo = math.radians(lat), math.radians(lon)
    return math.cos(la) * math.cos(lo), math.cos(la) * math.sin(lo), math.sin(la)


def _degrees(point: _Point) -> tuple[float, float]:
    x, y, z = point
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 4), round(math.degrees(math.atan2(y, x)), 4)
