"""One page of paper in millimetres, drawn by matplotlib: letters, lines, shapes, and a record of every text for the checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from layers._encode import polygon_parts
from layers._shapes import Bounds
from layers.figure._sizes import MM
from layers.figure._type import Face, Line, heights, plain, width

PAPER = "#FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A text that stands on a page: its words, its box in millimetres, its face, the colour under it, and what it is."""

    text: str
    box: Bounds
    face: Face
    ground: str
    role: str


class Sheet:
    """A page, ``wide`` by ``high`` millimetres, with the origin at the lower left."""

    def __init__(self, wide: float, high: float) -> None:
        self.wide, self.high = wide, high
        self.figure = Figure(figsize=(wide * MM / 72, high * MM / 72), dpi=72, facecolor=PAPER)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, wide), ylim=(0, high))
        self.axes.set_axis_off()
        self.written: list[Written] = []
        self.frame: Bounds | None = None
        self._clip: Any = None
        self._order = 0

    def clip(self, frame: Bounds | None) -> None:
        """Let what is drawn from now on end at a frame, or (None) nowhere."""
        self.frame, self._clip = frame, None
        if frame is not None:
            self._clip = Rectangle((frame[0], frame[1]), frame[2] - frame[0], frame[3] - frame[1], transform=self.axes.transData)

    def add(self, artist: Any) -> None:
        """Put an artist of matplotlib on the page, over what is there."""
        self._order += 1
        artist.set_zorder(self._order)
        self.axes.add_artist(artist)
        artist.set_clip_path(self._clip)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        face: Face,
        *,
        role: str,
        ground: str = PAPER,
        anchor: str = "left",
        halo: str = "",
        turn: float = 0.0,
    ) -> float:
        """Write words with their baseline at (x, y) and return their width; ``halo`` is the colour of a thin edge around the letters."""
        words = plain(words)
        if not words.strip():
            return 0.0
        wide = width(words, face)
        left = x - {"left": 0.0, "center": wide / 2, "right": wide}[anchor]
        if halo and "$" not in words:
            path = TextPath((0, 0), words, prop=face.font(words))
            place = Affine2D().scale(1 / MM).translate(left - x, 0).rotate_deg(turn).translate(x, y)
            self.add(PathPatch(place.transform_path(path), facecolor=halo, edgecolor=halo, linewidth=face.size * 0.22, joinstyle="round"))
        own = Text(
            x, y, words, fontproperties=face.font(words), color=face.colour, ha=anchor, va="baseline", rotation=turn, rotation_mode="anchor"
        )
        own.set_parse_math(False)
        self.add(own)
        self.written.append(Written(text=words, box=_turned_box(x, y, left - x, wide, face, turn), face=face, ground=ground, role=role))
        return wide

    def line_of_text(self, x: float, y: float, line: Line, *, role: str, ground: str = PAPER) -> None:
        """Write runs one after the other."""
        for run in line:
            x += self.text(x, y, run.text, run.face, role=role, ground=ground)

    def shape(self, geometry: Any, **look: Any) -> None:
        """Fill and edge the polygons of a geometry."""
        outline = outline_of(geometry)
        if outline is not None:
            self.add(PathPatch(outline, **{"edgecolor": "none", "linewidth": 0.0, "joinstyle": "round", **look}))

    def stroke(self, points: Sequence[tuple[float, float]] | Any, **look: Any) -> None:
        """Draw a line through points."""
        xs, ys = np.asarray(points, dtype=float).T
        self.add(Line2D(xs, ys, **{"solid_capstyle": "round", "dash_capstyle": "butt", **look}))

    def strokes(self, lines: Sequence[Any], **look: Any) -> None:
        """Draw many lines as one."""
        paths = [np.asarray(line) for line in lines if len(line) > 1]
        if paths:
            self.add(PathPatch(Outline.make_compound_path(*(Outline(path) for path in paths)), facecolor="none", **look))

    def disc(self, x: float, y: float, radius: float, **look: Any) -> None:
        """Draw a circle."""
        self.add(Circle((x, y), radius, **look))

    def box(self, frame: Bounds, **look: Any) -> None:
        """Draw a rectangle."""
        self.add(Rectangle((frame[0], frame[1]), frame[2] - frame[0], frame[3] - frame[1], **look))


def outline_of(geometry: Any) -> Outline | None:
    """Return the rings of a geometry's polygons as one path, or None where it has none."""
    rings = []
    for part in polygon_parts(geometry):
        part = shapely.orient_polygons(part)
        rings += [np.asarray(ring.coords) for ring in (part.exterior, *part.interiors)]
    return Outline.make_compound_path(*(Outline(ring, closed=True) for ring in rings)) if rings else None


def _turned_box(x: float, y: float, start: float, wide: float, face: Face, turn: float) -> Bounds:
    """Return the box around a text that may be turned about its anchor."""
    up, down = heights(face)
    if not turn:
        return (x + start, y - down, x + start + wide, y + up)
    corners = np.array([(start, -down), (start + wide, -down), (start + wide, up), (start, up)])
    angle = np.radians(turn)
    spun = corners @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]]) + (x, y)
    return (float(spun[:, 0].min()), float(spun[:, 1].min()), float(spun[:, 0].max()), float(spun[:, 1].max()))
