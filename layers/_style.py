"""How each status looks: the facts are in ``layers/data/style.json``."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "style.json"


@lru_cache(maxsize=1)
def load_styles() -> tuple[dict[str, str], ...]:
    """Load the styles of the statuses, in the order of the legend.

    Each has ``id``, the colours ``hue``, ``ink`` and ``night`` (dark mode), and ``hatch``, ``dash`` and ``point``, which say the status
    without colour. Reads one file of the package; no network.

    >>> [style["id"] for style in load_styles()][0]
    'planned'
    """
    styles = json.loads(_FILE.read_text(encoding="utf-8"))["statuses"]
    return tuple(styles)


def ink_css() -> str:
    """Write the colours of the signs as custom properties of CSS, for day and for night.

    >>> "--differ-ground:#F0E442" in ink_css()
    True
    """
    inks = json.loads(_FILE.read_text(encoding="utf-8"))["inks"]
    day = "".join(f"--{ink['id']}-ink:{ink['ink']};--{ink['id']}-ground:{ink['ground']};" for ink in inks)
    night = "".join(f"--{ink['id']}-ink:{ink['night']};--{ink['id']}-ground:{ink['night-ground']};" for ink in inks)
    return f".cm{{{day}}}\n@media screen and (prefers-color-scheme:dark){{.cm{{{night}}}}}\n"


def status_css() -> str:
    """Write the colours of the statuses as custom properties of CSS, for day and for night.

    >>> "--planned:#D55E00" in status_css()
    True
    """
    day, night = [], []
    for style in load_styles():
        name = style["id"].replace(" ", "-")
        keys = ("ink", "badge", "on")
        day.append(f"--{name}:{style['hue']};" + "".join(f"--{name}-{key}:{style[key]};" for key in keys))
        night.append(f"--{name}:{style['night']};--{name}-ink:{style['night']};--{name}-badge:{style['night']};--{name}-on:#14181C;")
    return f".cm{{{''.join(day)}}}\n@media screen and (prefers-color-scheme:dark){{.cm{{{''.join(night)}}}}}\n"
