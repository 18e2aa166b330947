"""Styles by status for other programs: QML for QGIS, SLD for the rest, made from ``layers/data/style.json`` and ``qgis.json``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from layers._messages import load_messages
from layers._style import load_styles
from layers._web import TEMPLATES

_FILE = Path(__file__).parents[1] / "data" / "qgis.json"
Symbol = Literal["marker", "line", "fill"]
_MARKS = {"diamond": "diamond", "square": "square"}
"""Points that have a well-known name of SLD; the others are circles."""


@cache
def qml(symbol: Symbol, label: str = "") -> str:
    """Return a style of QGIS 3 that tells statuses apart by colour and by hatch, line or shape; ``label`` is the column to write, "" none.

    >>> 'attr="status"' in qml("fill")
    True
    """
    return TEMPLATES.get_template("qgis.qml").render(type=symbol, label=label, styles=[_status(style, symbol) for style in load_styles()])


@cache
def sld(layer: str, symbol: Symbol) -> str:
    """Return the same in Styled Layer Descriptor 1.1, by colour and outline alone.

    >>> "StyledLayerDescriptor" in sld("plans_areas", "fill")
    True
    """
    styles = [dict(style) | {"label": _words(style["id"]), "mark": _MARKS.get(style["point"], "circle")} for style in load_styles()]
    return TEMPLATES.get_template("style.sld").render(layer=layer, type=symbol, styles=styles)


def _words(status: str) -> str:
    return load_messages()[f"status.{status}"]


def _status(style: dict[str, str], symbol: Symbol) -> dict[str, Any]:
    """Return one category: its value, its words, the layers of its symbol."""
    dash = {"use_custom_dash": "1", "customdash": style["dash"].replace(" ", ";"), "customdash_unit": "Pixel"} if style["dash"] else {}
    line = {"class": "SimpleLine", "options": {"line_color": "{hue}", "line_width": "0.6", "line_width_unit": "MM"} | dash}
    known = json.loads(_FILE.read_text(encoding="utf-8"))
    parts = (
        known["point"][style["point"]] if symbol == "marker" else [*known["hatch"][style["hatch"]], line] if symbol == "fill" else [line]
    )
    return {"id": style["id"], "label": _words(style["id"]), "parts": _coloured(parts, _colours(style))}


def _colours(style: dict[str, str]) -> dict[str, str]:
    """Return the colours that may stand in the options of a symbol, as QGIS writes them."""
    hue, ink = (",".join(str(int(style[key][at : at + 2], 16)) for at in (1, 3, 5)) for key in ("hue", "ink"))
    return {"{hue}": f"{hue},255", "{half}": f"{hue},130", "{faint}": f"{hue},60", "{ink}": f"{ink},255", "{paper}": "255,255,255,255"}


def _coloured(value: Any, colours: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _coloured(inner, colours) for key, inner in value.items()}
    if isinstance(value, list):
        return [_coloured(inner, colours) for inner in value]
    return colours.get(value, value)
