"""Where names and numbers find room: the best free one of many places, by rank, none over another and none over a mark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from PIL import Image, ImageDraw

from layers._encode import polygon_parts
from layers._shapes import Bounds

_DOT = 0.5
"""Millimetres of paper between two dots of a grid."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place where something may stand: its box in millimetres, how bad it is (0 is best), and what whoever asked wants to know of it."""

    box: Bounds
    cost: float
    what: Any = None


class Grid:
    """A picture of shapes, one dot for each half millimetre, that says at once which share of any box they cover."""

    def __init__(self, frame: Bounds, shapes: Iterable[Any]) -> None:
        self.left, self.bottom, right, top = frame
        self.wide, self.high = int((right - self.left) / _DOT) + 1, int((top - self.bottom) / _DOT) + 1
        whole = np.zeros((self.high, self.wide))
        for shape in shapes:
            picture = Image.new("L", (self.wide, self.high))
            pen = ImageDraw.Draw(picture)
            for part in polygon_parts(shape):
                pen.polygon(self._dots(part.exterior), fill=1, outline=1)
                for hole in part.interiors:
                    pen.polygon(self._dots(hole), fill=0)
            whole += np.asarray(picture)
        self.sums = np.zeros((self.high + 1, self.wide + 1))
        self.sums[1:, 1:] = whole.cumsum(axis=0).cumsum(axis=1)

    def _dots(self, ring: Any) -> list[tuple[float, float]]:
        points = (np.asarray(ring.coords)[:, :2] - (self.left, self.bottom)) / _DOT
        return [(float(x), float(y)) for x, y in points]

    def share(self, boxes: Any) -> Any:
        """Return how many shapes cover each of an array of boxes (left, bottom, right, top), in the mean over its dots."""
        own = np.atleast_2d(np.asarray(boxes, dtype=float))
        x0, x1 = self._span(own[:, 0], own[:, 2], self.left, self.wide)
        y0, y1 = self._span(own[:, 1], own[:, 3], self.bottom, self.high)
        total = self.sums[y1, x1] - self.sums[y0, x1] - self.sums[y1, x0] + self.sums[y0, x0]
        return total / ((x1 - x0) * (y1 - y0))

    @staticmethod
    def _span(low: Any, high: Any, start: float, most: int) -> tuple[Any, Any]:
        """Return the first dot of a span and the one after its last, at least one apart."""
        first = np.clip(((low - start) / _DOT).astype(int), 0, most - 1)
        return first, np.clip(np.ceil((high - start) / _DOT).astype(int), first + 1, most)


class Room:
    """What is taken of a frame, and what had better stay free.

    Taken boxes are never covered; ``land`` is land on paper, whose coast no name should cross; marks, set by :meth:`mark`, are shapes that
    no name should lie on; ``wide`` are countries, which the words of a region should not lie on.
    """

    def __init__(self, frame: Bounds, land: Any, *, gap: float = 0.35) -> None:
        self.frame, self.gap = frame, gap
        self.land = land
        self.coast = land.simplify(0.3).boundary
        self.shapes: list[Any] = []
        self.wide: list[Any] = []
        self._ground = Grid(frame, [land])
        self._marks = Grid(frame, [])
        self._taken = np.empty((0, 4))

    def mark(self, shapes: Sequence[Any]) -> None:
        """Say which marks there are."""
        self.shapes = list(shapes)
        self._marks = Grid(self.frame, shapes)

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
        across = (own[:, 0] < box[2] + gap) & (own[:, 2] > box[0] - gap)
        return not bool(np.any(across & (own[:, 1] < box[3] + gap) & (own[:, 3] > box[1] - gap)))

    def best(self, spots: Iterable[Spot], *, most: float = 9.0) -> Spot | None:
        """Return the free spot with the least cost, at most ``most``, or None. Equal ones: the first."""
        for spot in sorted(spots, key=lambda spot: spot.cost):
            if spot.cost > most:
                return None
            if self.is_free(spot.box):
                return spot
        return None

    def over(self, boxes: Any, weight: float = 1.0) -> Any:
        """Return the cost of covering marks for each of an array of boxes: ``weight`` for a mark that all of a box lies on."""
        return self._marks.share(boxes) * weight

    def ashore(self, boxes: Any) -> Any:
        """Return which share of each of an array of boxes is land: 0 on water alone, 1 on land alone."""
        return self._ground.share(boxes)

    def on_water(self, box: Bounds) -> bool:
        """Whether a box lies on water alone."""
        return float(self.ashore(box)[0]) < 0.005

    def near(self, main: Any, wide: float, high: float, reach: float, step: tuple[float, float]) -> tuple[Any, Any]:
        """Return boxes of a size on a grid in the frame, at most ``reach`` millimetres from a shape, and how far each is from it."""
        left, bottom, right, top = self.frame
        west, south, east, north = main.bounds
        xs = np.arange(max(left + 1, west - reach - wide), min(right - wide, east + reach), step[0])
        ys = np.arange(max(bottom + 1, south - reach - high), min(top - high, north + reach), step[1])
        x, y = (grid.ravel() for grid in np.meshgrid(xs, ys, indexing="ij"))
        boxes = np.column_stack([x, y, x + wide, y + high])
        if not len(boxes):
            return boxes, np.empty(0)
        far = shapely.distance(shapely.box(*boxes.T), main.simplify(0.25))
        return boxes[far <= reach], far[far <= reach]


def spots_of(boxes: Any, costs: Any, what: Any = None) -> list[Spot]:
    """Return spots for arrays of boxes and their costs, the best first."""
    order = np.argsort(costs, kind="stable")
    return [Spot(_box_of(boxes[i]), float(costs[i]), what) for i in order]


def _box_of(row: Any) -> Bounds:
    left, bottom, right, top = (float(value) for value in row)
    return (left, bottom, right, top)


def around(x: float, y: float, wide: float, high: float, reach: float, room: Room, *, coastal: bool) -> list[Spot]:
    """Return the places for a name beside a point, ``reach`` millimetres from it: first upper right, as Imhof has it, then around.

    A name that would cross a coast costs more, a coastal name on land too; a place farther away (tried at three distances) more still.
    """
    boxes, costs = [], []
    for ring, far in enumerate((reach, reach + 1.2, reach + 3.0)):
        d = far * 0.72
        corners = (
            (x + d, y + d * 0.55), (x + far, y - high / 2), (x - d - wide, y + d * 0.55), (x + d, y - d * 0.55 - high),
            (x - far - wide, y - high / 2), (x - d - wide, y - d * 0.55 - high), (x - wide / 2, y + far), (x - wide / 2, y - far - high),
        )  # fmt: skip
        boxes += [(left, bottom, left + wide, bottom + high) for left, bottom in corners]
        costs += [0.1 * order + 1.6 * ring for order in range(len(corners))]
    grid = np.array(boxes)
    ashore = room.ashore(grid)
    wet, dry = ashore < 0.005, ashore > 0.995
    total = np.array(costs) + np.where(wet | dry, 0.0, 1.0) + (0.6 * ~wet if coastal else 0.0) + room.over(grid, 3.0)
    return spots_of(grid, total)
