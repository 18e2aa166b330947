"""What a report says is gathered once, then written in one of its forms."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from geo.files import write_atomically, write_together
from layers._draw import draw_map
from layers._options import MapOptions
from layers._protocols import Gazetteer
from layers.figure import PrintFigure, draw_figure
from layers.report._content import report_content
from layers.report._docx import docx_report
from layers.report._html import html_report
from layers.report._markdown import markdown_report
from layers.report._markup import whole
from layers.report._pdf import pdf_report
from sources import Reading


def write_form(
    target: Path, reading: Reading, gazetteer: Gazetteer, chosen: MapOptions, *, figure: PrintFigure | None, made_by: Mapping[str, str]
) -> Path:
    """Write a report as :func:`layers.write_report` says, all options ``chosen``."""
    content = whole(report_content(reading, gazetteer, chosen, made_by))
    bare = MapOptions(**{**chosen, "title": "", "deck": ""})
    drawn = figure or draw_figure(reading, gazetteer, size="double", notes=False, **bare)
    kind = target.suffix.lower()
    if kind == ".pdf":
        return write_atomically(target, pdf_report(content, drawn.pdf()))
    picture = drawn.png()
    if kind == ".docx":
        return write_atomically(target, docx_report(content, picture))
    if kind == ".md":
        beside = target.with_suffix(".png")
        return write_together({beside: picture, target: markdown_report(content, beside.name).encode("utf-8")})[1]
    live = whole(draw_map(reading, gazetteer, **chosen).get_root().render())
    return write_atomically(target, html_report(content, live, picture, tiles=chosen["tiles"]).encode("utf-8"))
