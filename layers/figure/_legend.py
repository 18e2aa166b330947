"""The line under a map that says what its marks mean: only what is on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layers.figure._looks import CONTEXT, INK, draw_sign, draw_swatch, styles
from layers.figure._sheet import PAPER, Sheet
from layers.figure._sizes import Size
from layers.figure._type import Face, Run, heights, width, wrap


def draw_legend(
    payload: dict[str, Any], messages: dict[str, str], size: Size, wide: float
) -> tuple[float, Callable[[Sheet, float, float], None]]:
    """Return how high the legend is, in millimetres, and what draws it under (left, top)."""
    face = Face(size=size.note, colour=INK, language=messages["locale"])
    sample = size.badge * 1.9
    status_of = {plan["id"]: plan["status"] for plan in payload["plans"]}
    areas = {status_of[row["id"]] for mark in payload["marks"] if mark["kind"] != "point" for row in mark["plans"]}
    points = {status_of[row["id"]] for mark in payload["marks"] if mark["kind"] == "point" for row in mark["plans"]}
    items: list[tuple[str, str, str]] = [
        ("status", status, messages[f"status.{status}"]) for status in styles() if status in areas | points
    ]
    items += [("context", "", shown["key"]) for shown in payload["context"]]
    if any(row.get("line") for plan in payload["plans"] for row in plan["distances"]):
        items.append(("distance", "", messages["legend.distance"]))
    rows: list[list[tuple[float, str, str, list[str]]]] = [[]]
    x = 0.0
    for kind, status, words in items:
        lead = (
            (sample if kind == "status" and status in areas else 0.0) + (size.badge if kind != "status" or status in points else 0.0) + 1.2
        )
        lines = ["".join(run.text for run in line) for line in wrap([Run(words, face)], wide - lead)]
        whole = lead + max(width(line, face) for line in lines)
        if rows[-1] and x + whole > wide:
            rows.append([])
            x = 0.0
        rows[-1].append((x, kind, status, lines))
        x += whole + 4.5
    step = max(size.line, size.badge) + 0.9
    heights_of = [max((len(lines) for *_, lines in row), default=0) for row in rows]
    high = sum(step + (count - 1) * size.line for count in heights_of if count) + (1.6 if items else 0.0)

    def draw(sheet: Sheet, left: float, top: float) -> None:
        y = top - 1.6
        for row, count in zip(rows, heights_of, strict=True):
            middle = y - step / 2
            for start, kind, status, lines in row:
                at = left + start
                if kind == "status":
                    if status in areas:
                        draw_swatch(sheet, at, middle - size.badge * 0.4, sample - 0.8, size.badge * 0.8, styles()[status])
                        at += sample
                    if status in points:
                        draw_sign(sheet, at + size.badge * 0.4, middle, styles()[status], size.badge * 0.3)
                        at += size.badge
                elif kind == "context":
                    sheet.disc(at + size.badge * 0.4, middle, size.badge * 0.18, facecolor=PAPER, edgecolor=CONTEXT, linewidth=0.7)
                    at += size.badge
                else:
                    long = size.badge * 0.8
                    sheet.stroke([(at, middle), (at + long, middle)], color=INK, linewidth=0.9)
                    for end in (at, at + long):
                        sheet.stroke([(end, middle - 0.8), (end, middle + 0.8)], color=INK, linewidth=0.9)
                    at += size.badge
                for i, line in enumerate(lines):
                    sheet.text(at + 1.2, middle - heights(face)[0] / 2 - i * size.line, line, face, role="legend")
            y -= step + (count - 1) * size.line

    return high, draw
