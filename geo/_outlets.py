"""Where an outlet is at home, from the places that its articles name."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from geo._model import Toponym

FEWEST_PLACES = 3
"""Towns and districts that an outlet's articles must name before a home is inferred."""
_WIDTH_KM = 40.0
"""How far from each other places count as one area: the width of the bell by which they weigh."""
_LEAST_SCORE = 0.05
_MOST_PLACES = 400
_KM_PER_DEGREE = 111.19


class Located(NamedTuple):
    """A place that an article names: degrees, the score of the choice and its GeoNames feature code."""

    lat: float
    lon: float
    score: float
    feature_code: str


def home_of(articles: Sequence[Sequence[Located]]) -> tuple[float, float] | None:
    """Return the (lat, lon) in degrees where the towns and districts that the articles name are densest, weighed by score, or None.

    None where they name fewer than three. The mode rather than a mean: an outlet that also reports the capital is not half-way to it.
    """
    points = [
        p
        for article in articles
        for p in article
        if p.score >= _LEAST_SCORE and (p.feature_code.startswith("PPL") or p.feature_code == "ADM2")
    ]
    if len(points) < FEWEST_PLACES:
        return None
    points = sorted(points, key=lambda p: -p.score)[:_MOST_PLACES]
    best, weights = 0.0, []
    for p in points:
        near = [q.score * math.exp(-_square(p, q) / (2 * _WIDTH_KM**2)) for q in points]
        if sum(near) > best:
            best, weights = sum(near), near
    lat = sum(w * q.lat for w, q in zip(weights, points, strict=True)) / best
    lon = sum(w * q.lon for w, q in zip(weights, points, strict=True)) / best
    return round(lat, 4), round(lon, 4)


def _square(p: Located, q: Located) -> float:
    """The square of the distance in kilometres, on a plane; far apart it need not be exact."""
    east = (p.lon - q.lon) * math.cos(math.radians((p.lat + q.lat) / 2))
    return ((p.lat - q.lat) ** 2 + east**2) * _KM_PER_DEGREE**2


def infer_homes(read: Iterable[tuple[str, Sequence[Toponym]]]) -> list[tuple[float, float] | None]:
    """Return for each article the (lat, lon) in degrees, WGS 84, where its outlet is at home, from the outlet's other articles.

    ``read`` gives for each article any name of its outlet and its toponyms. None for an article without an outlet, or whose outlet's other
    articles name fewer than three towns or districts. Touches neither disk nor network.

    >>> infer_homes([("The Example", ())])
    [None]
    """
    outlets: list[tuple[str, int]] = []
    located: dict[str, list[list[Located]]] = {}
    for outlet, toponyms in read:
        places = [
            Located(t.place.lat, t.place.lon, t.score, t.place.feature_code) for t in toponyms if t.place and t.mention.kind != "demonym"
        ]
        outlets.append((outlet, len(located.setdefault(outlet, []))))
        located[outlet].append(places)
    homes = []
    for outlet, number in outlets:
        others = [places for i, places in enumerate(located[outlet]) if i != number]
        homes.append(home_of(others) if outlet else None)
    return homes
