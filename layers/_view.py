"""Where the map opens: the finest marks, and countries that are not too large; never the whole world for three islands."""

from __future__ import annotations

from collections.abc import Sequence

from layers._marks import Mark
from layers._shapes import Bounds

CLUSTER_SPAN = 55.0
"""Degrees that the opening view may span before it keeps to the cluster with the most plans."""

_WORLD: Bounds = (-170.0, -56.0, 190.0, 74.0)


def opening_view(marks: Sequence[Mark], lines: Sequence[Bounds] = ()) -> tuple[Bounds, tuple[str, ...]]:
    """Return the bounds, in degrees, that the map opens on, and the ids of the places whose marks those bounds hold.

    East may pass 180. ``lines`` are the bounds of measured distances: the view holds them too where that does not widen it beyond
    CLUSTER_SPAN. Without a mark that leads, the smallest region is taken; without any mark, the inhabited world.

    >>> opening_view([])
    ((-170.0, -56.0, 190.0, 74.0), ())
    """
    leading = [mark for mark in marks if mark.leads]
    if not leading:
        if not marks:
            return _WORLD, ()
        smallest = min(marks, key=lambda mark: (_span(mark.bounds), mark.place.id))
        return smallest.bounds, (smallest.place.id,)
    best: list[Mark] = []
    for seed in leading:
        cluster = _cluster(seed, leading)
        if sum(len(mark.plans) for mark in cluster) > sum(len(mark.plans) for mark in best):
            best = cluster
    bounds = best[0].bounds
    for mark in best[1:]:
        bounds = join(bounds, near(mark.bounds, bounds))
    for line in lines:
        wider = join(bounds, near(line, bounds))
        bounds = wider if _span(wider) <= CLUSTER_SPAN else bounds
    return _not_too_tight(bounds), tuple(mark.place.id for mark in best)


def join(one: Bounds, other: Bounds) -> Bounds:
    """Return the bounds that hold both.

    >>> join((0, 0, 1, 1), (2, 2, 3, 3))
    (0, 0, 3, 3)
    """
    return (min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3]))


def near(bounds: Bounds, to: Bounds) -> Bounds:
    """Move bounds by whole turns of the globe to lie nearest to other bounds.

    >>> near((-179, 0, -178, 1), (170, 0, 175, 1))
    (181.0, 0, 182.0, 1)
    """
    turns = round(((bounds[0] + bounds[2]) - (to[0] + to[2])) / 720)
    return (bounds[0] - 360.0 * turns, bounds[1], bounds[2] - 360.0 * turns, bounds[3]) if turns else bounds


def _cluster(seed: Mark, marks: Sequence[Mark]) -> list[Mark]:
    """Gather marks around one, nearest first, as long as the view stays within CLUSTER_SPAN."""
    bounds, cluster = seed.bounds, [seed]
    middle = ((bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2)

    def distance(mark: Mark) -> tuple[float, str]:
        west, south, east, north = near(mark.bounds, seed.bounds)
        return (abs((west + east) / 2 - middle[0]) + abs((south + north) / 2 - middle[1]), mark.place.id)

    for mark in sorted((mark for mark in marks if mark is not seed), key=distance):
        wider = join(bounds, near(mark.bounds, bounds))
        if _span(wider) <= CLUSTER_SPAN:
            bounds = wider
            cluster.append(mark)
    return cluster


def _span(bounds: Bounds) -> float:
    return max(bounds[2] - bounds[0], bounds[3] - bounds[1])


def _not_too_tight(bounds: Bounds, least: float = 2.5) -> Bounds:
    """Widen bounds so that a lone town opens with its surroundings."""
    west, south, east, north = bounds
    dx, dy = max(0.0, (least - (east - west)) / 2), max(0.0, (least - (north - south)) / 2)
    return (west - dx, south - dy, east + dx, north + dy)
