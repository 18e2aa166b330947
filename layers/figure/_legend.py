"""The lines under a map that say what its marks mean, only what is on it, and which marks lie beyond it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layers._marks import Mark
from layers._place_names import PlaceNames
from layers.figure._badges import whole_words
from layers.figure._looks import CONTEXT, INK, draw_badge, draw_sign, draw_swatch, styles
from layers.figure._sheet import PAPER, Sheet
from layers.figure._sizes import Size
from layers.figure._type import Face, Run, heights, width, wrap
from sources import ReportedPlan

if TYPE_CHECKING:
    from layers.figure._map import Content, Drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry: what is drawn (``area``, ``point``, ``disc``, ``context``, ``distance``, ``numbers``) and the words behind it."""

    signs: tuple[str, ...] = ()
    status: str = ""
    words: str
    plans: tuple[ReportedPlan, ...] = ()
    role: str = "legend"


def draw_legend(
    content: Content, drawn: Sequence[Drawn], beyond: Sequence[Mark], size: Size, wide: float, *, distances: bool
) -> tuple[float, Callable[[Sheet, float, float], None]]:
    """Return how high the legend is, in millimetres, and what draws it under (left, top)."""
    messages = content.names.messages
    face = Face(size=size.note, colour=INK, language=messages["locale"])
    rows = [*_rows(_signs(content, drawn, distances), face, size, wide), *_rows(_beyond(beyond, content.names), face, size, wide)]
    step = max(size.line, size.badge) + 0.9
    tall = [max(len(lines) for *_, lines in row) for row in rows]
    high = sum(step + (count - 1) * size.line for count in tall) + (1.6 if rows else 0.0)

    def draw(sheet: Sheet, left: float, top: float) -> None:
        y = top - 1.6
        for row, count in zip(rows, tall, strict=True):
            middle = y - step / 2
            for start, item, lines in row:
                at = left + start
                for sign in item.signs:
                    at += _draw_sign(sheet, at, middle, sign, item, size)
                for i, line in enumerate(lines):
                    own = face.but(weight=600) if item.role == "head" else face
                    role = "legend" if item.role == "head" else item.role
                    sheet.text(at + (1.2 if item.signs else 0.0), middle - heights(face)[0] / 2 - i * size.line, line, own, role=role)
            y -= step + (count - 1) * size.line

    return high, draw


def _signs(content: Content, drawn: Sequence[Drawn], distances: bool) -> list[Item]:
    """Return the entries for what is on the map."""
    messages = content.names.messages
    areas = {each.style["id"] for each in drawn if each.point is None}
    points = {each.style["id"] for each in drawn if each.point is not None}
    told = {plan.status for each in drawn for plan, _ in each.mark.plans}
    items = []
    for status in styles():
        signs = (*(("area",) if status in areas else ()), *(("point",) if status in points else ()))
        if status in told:
            items.append(Item(signs=signs or ("disc",), status=status, words=messages[f"status.{status}"]))
    items += [Item(signs=("context",), words=str(shown["key"])) for shown in content.context]
    if distances:
        items.append(Item(signs=("distance",), words=messages["legend.distance"]))
    return items


def _beyond(beyond: Sequence[Mark], names: PlaceNames) -> list[Item]:
    """Return the entries for what the frame does not hold, or holds too little of to be drawn."""
    if not beyond:
        return []
    items = [Item(words=names.messages["figure.beyond"], role="head")]
    for mark in beyond:
        words = whole_words(mark, names) if mark.kind in ("country", "region") else names.shown(mark.place)
        items.append(Item(signs=("numbers",), words=words, plans=tuple(plan for plan, _ in mark.plans), role="beyond"))
    return items


def _rows(items: Sequence[Item], face: Face, size: Size, wide: float) -> list[list[tuple[float, Item, list[str]]]]:
    """Set entries in rows, each with where it begins and its lines of words."""
    rows: list[list[tuple[float, Item, list[str]]]] = []
    x = 0.0
    for item in items:
        lead = sum(_width(sign, item, size) for sign in item.signs) + (1.2 if item.signs else 0.0)
        lines = ["".join(run.text for run in line) for line in wrap([Run(item.words, face)], wide - lead)]
        whole = lead + max(width(line, face.but(weight=600)) for line in lines)
        if not rows or x + whole > wide:
            rows.append([])
            x = 0.0
        rows[-1].append((x, item, lines))
        x += whole + (2.5 if item.role == "head" else 4.5)
    return rows


def _width(sign: str, item: Item, size: Size) -> float:
    """Return how wide a sign is with the space after it."""
    return {"area": size.badge * 1.9, "numbers": size.badge * 1.12 * len(item.plans)}.get(sign, size.badge)


def _draw_sign(sheet: Sheet, at: float, middle: float, sign: str, item: Item, size: Size) -> float:
    """Draw one sign from ``at`` on and return its width."""
    side = size.badge
    if sign == "area":
        draw_swatch(sheet, at, middle - side * 0.4, side * 1.9 - 0.8, side * 0.8, styles()[item.status])
    elif sign == "point":
        draw_sign(sheet, at + side * 0.4, middle, styles()[item.status], side * 0.33)
    elif sign == "disc":
        style = styles()[item.status]
        sheet.disc(at + side * 0.45, middle, side * 0.42, facecolor=style["badge"], edgecolor=style["ink"], linewidth=0.7)
    elif sign == "context":
        sheet.disc(at + side * 0.4, middle, side * 0.18, facecolor=PAPER, edgecolor=CONTEXT, linewidth=0.7)
    elif sign == "distance":
        sheet.stroke([(at, middle), (at + side * 0.8, middle)], color=INK, linewidth=0.9)
        for end in (at, at + side * 0.8):
            sheet.stroke([(end, middle - 0.8), (end, middle + 0.8)], color=INK, linewidth=0.9)
    else:
        for i, plan in enumerate(item.plans):
            draw_badge(sheet, at + side * (0.5 + 1.12 * i), middle, plan.number, styles()[plan.status], side, size.digit)
    return _width(sign, item, size)
