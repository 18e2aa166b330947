"""How a status looks on paper: hatch, dash, fill; the sign of a point; a number in its disc."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.patches import PathPatch, Polygon, Wedge
from matplotlib.path import Path as Outline

from layers._style import load_styles
from layers.figure._sheet import PAPER, Sheet
from layers.figure._type import Face

SEA, LAND, COAST, BORDER, OTHER = "#DFE7EA", "#F3F0E8", "#A9A294", "#A9A294", "#5C6468"
INK, QUIET, WATER = "#1D1D1B", "#5A5A56", "#4A6A7A"
CONTEXT = "#5C6468"

_HATCH = {"diagonal": "/////", "dots": "....", "wide": "//", "filled": "/////", "plain": "", "cross": "xxxx"}
_FILL = {"diagonal": 0.10, "dots": 0.10, "wide": 0.10, "filled": 0.22, "plain": 0.22, "cross": 0.0}


def styles() -> dict[str, dict[str, str]]:
    """Return the facts of ``layers/data/style.json`` by status."""
    return {style["id"]: style for style in load_styles()}


def dashes(style: dict[str, str], thick: float) -> Any:
    """Return the dash pattern of a status for a line ``thick`` points wide, as matplotlib has it."""
    parts = [float(part) for part in style["dash"].split()]
    return (0, tuple(max(part * 0.55, 0.4) for part in parts)) if parts else "solid"


def draw_area(sheet: Sheet, shape: Any, style: dict[str, str], *, quiet: bool = False, soft: bool = False) -> None:
    """Draw an extent on paper; ``quiet`` holds it back behind finer marks, ``soft`` lets its edge fade."""
    hue = style["hue"]
    if soft:
        for wider, strength in ((1.5, 0.07), (0.9, 0.08), (0.4, 0.09)):
            sheet.shape(shape.buffer(wider), facecolor=hue, alpha=strength)
    if fill := _FILL[style["hatch"]]:
        sheet.shape(shape, facecolor=hue, alpha=fill * (0.55 if quiet else 1.0))
    if hatch := _HATCH[style["hatch"]]:
        sheet.shape(
            shape, facecolor="none", hatch=hatch[: max(2, len(hatch) - 2)] if quiet else hatch, hatchcolor=hue,
            hatch_linewidth=0.35 if quiet else 0.55, alpha=0.6 if quiet else 0.9,
        )  # fmt: skip
    thick = 0.55 if quiet else 0.5 if style["id"] == "completed" else 0.95
    sheet.shape(
        shape,
        facecolor="none",
        edgecolor=style["ink"],
        linewidth=thick,
        linestyle=dashes(style, thick),
        alpha=0.75 if quiet else 1.0,
    )


def draw_sign(sheet: Sheet, x: float, y: float, style: dict[str, str], radius: float) -> None:
    """Draw the sign of a point, ``radius`` millimetres, by its status."""
    ink, thick, form = style["badge"] if style["point"] != "diamond" else style["ink"], 0.9, style["point"]
    look: Any = {"edgecolor": ink, "linewidth": thick}
    sheet.disc(x, y, radius + 0.35, facecolor=PAPER, edgecolor="none")
    if form == "diamond":
        sheet.add(Polygon([(x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)], facecolor=PAPER, **look))
    elif form == "square":
        side = radius * 0.86
        sheet.box((x - side, y - side, x + side, y + side), facecolor=ink, **look)
    elif form == "disc":
        sheet.disc(x, y, radius, facecolor=ink, **look)
    else:
        sheet.disc(x, y, radius, facecolor=PAPER, linestyle=(0, (1.5, 1.0)) if form == "ring-dashed" else "solid", **look)
    if form == "ring-dashed":
        sheet.disc(x, y, radius * 0.5, facecolor=PAPER, edgecolor=ink, linewidth=1.1)
    if form == "half":
        sheet.add(Wedge((x, y), radius, 90, 270, facecolor=ink, edgecolor="none"))
    if form == "notch":
        sheet.add(Wedge((x, y), radius, 120, 60, facecolor=ink, edgecolor="none"))
    if form == "barred":
        d = radius * 0.7
        sheet.stroke([(x - d, y - d), (x + d, y + d)], color=ink, linewidth=thick)


def draw_badge(
    sheet: Sheet, x: float, y: float, number: int, style: dict[str, str], diameter: float, size: float, *, hollow: bool = False
) -> None:
    """Draw a number in a disc at its middle (x, y); ``hollow`` for a plan that is not on the map."""
    ground, ink = (PAPER, style["ink"]) if hollow else (style["badge"], style["on"])
    sheet.disc(x, y, diameter / 2 + 0.18, facecolor=PAPER, edgecolor="none")
    sheet.disc(x, y, diameter / 2, facecolor=ground, edgecolor=style["ink"], linewidth=0.7)
    face = Face(size=size, colour=ink, weight=600)
    sheet.text(x, y - 0.34 * size * 0.353, str(number), face, role="badge", ground=ground, anchor="center")


def draw_swatch(sheet: Sheet, left: float, bottom: float, wide: float, high: float, style: dict[str, str]) -> None:
    """Draw the piece of an extent that explains a status in the legend."""
    from shapely import box

    draw_area(sheet, box(left, bottom, left + wide, bottom + high), style)


def ring(x: float, y: float, radius: float, steps: int = 48) -> Any:
    """Return points of a circle."""
    angle = np.linspace(0, 2 * np.pi, steps)
    return np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle)])


def arrow(points: list[tuple[float, float]]) -> PathPatch:
    """Return a filled triangle."""
    return PathPatch(Outline([*points, points[0]], closed=True), facecolor=INK, edgecolor="none")
