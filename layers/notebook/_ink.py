"""The inks of what shows itself in a notebook: inline styles that stand on a light page as on a dark one.

JupyterLab takes frames, drawings, style elements and variables of CSS out of a notebook that is not trusted. So there are none: tags,
attributes and styles are those that its sanitizer lets through, words have the notebook's own colour, and a small map is a picture.
"""

from __future__ import annotations

from layers._style import load_styles

LINE = "1px solid rgba(128,128,128,0.4)"

STYLES = {
    "box": "max-width:62em;line-height:1.45;text-align:left",
    "head": "margin:0 0 4px 0;font-weight:700;font-size:110%;line-height:1.3",
    "soft": "margin:0 0 6px 0;opacity:0.78",
    "faint": "opacity:0.78;font-size:92%",
    "plain": "margin:0 0 6px 0",
    "line": "margin:2px 0 2px 0",
    "quote": f"margin:4px 0 2px 0;padding:0 0 0 10px;border:none;border-left:{LINE};font-style:normal",
    "text": "margin:0 0 10px 0;line-height:1.75",
    "table": "margin:4px 0 8px 0;border-collapse:collapse;border:none;width:100%;table-layout:auto",
    "row": f"border-top:{LINE};background:transparent",
    "th": "padding:3px 12px 3px 0;text-align:left;vertical-align:bottom;font-weight:600;font-size:92%;white-space:nowrap",
    "td": "padding:6px 12px 6px 0;text-align:left;vertical-align:top;white-space:normal",
    "figure": "padding:6px 12px 6px 0;text-align:right;vertical-align:top;white-space:nowrap",
    "card": f"max-width:46em;line-height:1.45;text-align:left;padding:10px 14px 8px 14px;border:{LINE};border-radius:6px",
    "number": "display:inline-block;min-width:20px;box-sizing:border-box;padding:0 4px 0 4px;margin:0 6px 0 0;border-radius:11px;"
    "text-align:center;font-weight:700;font-size:88%;line-height:20px",
    "small": "display:inline-block;min-width:15px;box-sizing:border-box;padding:0 3px 0 3px;margin:0 0 0 2px;border-radius:8px;"
    "text-align:center;font-weight:700;font-size:72%;line-height:15px;vertical-align:super",
    "chip": "display:inline-block;padding:0 7px 0 7px;border-radius:3px;text-transform:uppercase;letter-spacing:0.4px;font-weight:700;"
    "font-size:78%;line-height:18px;white-space:nowrap",
    "map": f"display:block;width:440px;max-width:100%;height:auto;margin:6px 0 2px 0;border:{LINE}",
    "bar": "width:72px;height:6px;margin:6px 0 0 0;background:rgba(128,128,128,0.25)",
    "more": "margin:4px 0 4px 0",
}
"""By what it is for."""

KINDS = {
    "literal": "border-bottom:2px solid #2a8f73;font-weight:600",
    "metonymic": "border-bottom:2px dotted #8a8a8a",
    "demonym": "border-bottom:2px dashed #8a8a8a",
    "part-of-name": "border-bottom:3px double #8a8a8a",
}
"""How a mention is underlined, by its kind: one line and one colour for a place, greys of other lines for what is none."""


def inks_of(status: str) -> str:
    """Return ground and ink of the badge of a status, as a style.

    >>> inks_of("planned")
    'background:#C24E00;color:#FFFFFF'
    """
    style = next(style for style in load_styles() if style["id"] == status)
    return f"background:{style['badge']};color:{style['on']}"


def tint_of(status: str) -> str:
    """Return the thin wash under words that carry a plan of a status.

    >>> tint_of("planned")
    'background:rgba(213,94,0,0.16)'
    """
    hue = next(style for style in load_styles() if style["id"] == status)["hue"]
    red, green, blue = (int(hue[at : at + 2], 16) for at in (1, 3, 5))
    if max(red, green, blue) < 140:
        red = green = blue = 128
    return f"background:rgba({red},{green},{blue},0.16)"
