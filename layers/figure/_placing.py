"""Where names and numbers find room: the best free one of many places, by rank, none over another and none over a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from layers._shapes import Bounds


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something may stand: its box in millimetres, how bad it is (0 is best), and what whoever asked wants to know of it."""

    box: Bounds
    cost: float
    what: Any = None


class Room:
    """What is taken of a frame, and what had better stay free.

    ``hard`` boxes are never covered; ``lands`` is land on paper, whose coast no name should cross; ``shapes`` are marks that a name should
    not lie on.
    """

    def __init__(self, frame: Bounds, land: Any, *, gap: float = 0.35) -> None:
        self.frame, self.gap = frame, gap
        self.land = land
        shapely.prepare(land)
        self.shapes: list[Any] = []
        self._taken = np.empty((0, 4))

    def take(self, box: Bounds) -> None:
        """Keep a box free of all that comes later."""
        self._taken = np.vstack([self._taken, box])

    def take_line(self, points: Sequence[tuple[float, float]], thick: float = 0.5, step: float = 0.8) -> None:
        """Keep a line free."""
        line = shapely.LineString(points)
        for at in np.arange(0, line.length + step, step):
            x, y = line.interpolate(at).coords[0]
            self.take((x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2))

    def is_free(self, box: Bounds) -> bool:
        """Whether a box lies in the frame and on nothing that is taken."""
        left, bottom, right, top = self.frame
        if box[0] < left + 0.8 or box[1] < bottom + 0.8 or box[2] > right - 0.8 or box[3] > top - 0.8:
            return False
        own, gap = self._taken, self.gap
        return not bool(
            np.any((own[:, 0] < box[2] + gap) & (own[:, 2] > box[0] - gap) & (own[:, 1] < box[3] + gap) & (own[:, 3] > box[1] - gap))
        )

    def best(self, spots: Iterable[Spot], *, most: float = 9.0) -> Spot | None:
        """Return the free spot with the least cost, at most ``most``, or None. Equal ones: the first."""
        for spot in sorted(spots, key=lambda spot: spot.cost):
            if spot.cost > most:
                return None
            if self.is_free(spot.box):
                return spot
        return None

    def over(self, box: Bounds, weight: float = 1.0) -> float:
        """Return the cost of covering marks: ``weight`` for each mark's shape that the whole of a box lies on, less for a part."""
        area = shapely.box(*box)
        return float(sum(weight * area.intersection(shape).area / area.area for shape in self.shapes if shape.intersects(area)))

    def on_water(self, box: Bounds) -> bool:
        """Whether a box lies on water alone."""
        return not self.land.intersects(shapely.box(*box))

    def on_land(self, box: Bounds) -> bool:
        """Whether a box lies on land alone."""
        return bool(self.land.contains(shapely.box(*box)))


def around(x: float, y: float, wide: float, high: float, reach: float, room: Room, *, coastal: bool) -> list[Spot]:
    """Return the places for a name beside a point, ``reach`` millimetres from it: first upper right, as Imhof has it, then around.

    A name that would cross a coast costs more, a coastal name on land too; a place farther away (tried at three distances) more still.
    """
    spots = []
    for ring, far in enumerate((reach, reach + 1.2, reach + 3.0)):
        d = far * 0.72
        corners = (
            (x + d, y + d * 0.55), (x + far, y - high / 2), (x - d - wide, y + d * 0.55), (x + d, y - d * 0.55 - high),
            (x - far - wide, y - high / 2), (x - d - wide, y - d * 0.55 - high), (x - wide / 2, y + far), (x - wide / 2, y - far - high),
        )  # fmt: skip
        for order, (left, bottom) in enumerate(corners):
            box = (left, bottom, left + wide, bottom + high)
            water = room.on_water(box)
            crossing = 0.0 if water or room.on_land(box) else 1.0
            spots.append(Spot(box, 0.1 * order + 1.6 * ring + crossing + (0.6 if coastal and not water else 0.0) + room.over(box, 3.0)))
    return spots
