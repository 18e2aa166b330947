"""A report as one HTML page: the live map in a frame for the screen, the figure for paper, no network."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

from markupsafe import Markup

from layers._policy import POLICY_MARK, with_policy
from layers._web import TEMPLATES, report_styles


def html_report(content: dict[str, Any], live: str, picture: bytes, *, tiles: str = "") -> str:
    """Return a report as a page; ``live`` is the map's page, which goes into a frame of its own, ``picture`` the figure as PNG. Pure.

    The frame is sandboxed and has no origin; the page around it has no script, and its policy allows those of the map alone.
    """
    text = TEMPLATES.get_template("report.html").render(
        c=content,
        live=live,
        picture=f"data:image/png;base64,{b64encode(picture).decode('ascii')}",
        styles=Markup(report_styles()),
        policy=POLICY_MARK,
    )
    return with_policy(text, tiles=tiles, framed=live)
