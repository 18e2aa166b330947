"""The page's own scripts and styles, as text that stands inside the page: Leaflet's and ours."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import jinja2

from layers._errors import MissingPartError
from layers._style import ink_css, status_css

_ROOT = Path(__file__).parent
_WEB = _ROOT / "web"

SCRIPTS = (
    "dom.js", "codec.js", "filter.js", "store.js", "canvas.js", "ground.js", "grid.js", "signs.js", "marks.js", "mentioned.js",
    "badges.js", "distances.js", "arcs.js", "labels.js", "furniture.js", "cards.js", "told.js", "left.js", "sources.js", "pane.js",
    "find.js", "table.js", "hash.js", "popup.js", "reach.js", "legend.js", "time-scale.js", "time-hands.js", "time.js", "view.js",
    "embed.js", "app.js", "pack.js", "points-index.js", "points-signs.js", "points-layer.js", "points-open.js", "points-walk.js",
    "points.js",
)  # fmt: skip
"""Our scripts, in the order in which they build on each other."""

ARCHIVED_SCRIPTS = (
    "archived-grid.js", "archived-data.js", "archived-areas.js", "archived-names.js", "archived-layer.js", "archived-time.js",
    "archived-legend.js", "archived-card.js", "archived-list.js", "archived.js",
)  # fmt: skip
"""What the map of an archive has beside them."""

PAGE_SCRIPTS = ("folium.js",)
"""What stands in for that which folium's own parts would fetch; only on pages of ours."""

STYLES = (
    "page.css", "map.css", "pane.css", "find.css", "table.css", "told.css", "sources.css", "mentioned.css", "guest.css", "points.css",
    "time.css", "embed.css", "print.css",
)  # fmt: skip

_LAYERS_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 26 26'%3E%3Cpath fill='none' stroke='%23555' "
    "stroke-width='1.6' d='M13 4 3 9l10 5 10-5zM3 13l10 5 10-5M3 17l10 5 10-5'/%3E%3C/svg%3E"
)

TEMPLATES = jinja2.Environment(loader=jinja2.FileSystemLoader(_ROOT / "templates"), autoescape=True, keep_trailing_newline=True)


@lru_cache(maxsize=1)
def own_styles() -> str:
    """Return our own styles, without Leaflet's. Reads files of the package once.

    >>> ".cm-badge" in own_styles()
    True
    """
    return "\n".join([status_css(), ink_css(), *((_WEB / name).read_text(encoding="utf-8") for name in STYLES)])


@lru_cache(maxsize=1)
def own_scripts() -> str:
    """Return our own scripts in order, without Leaflet. Raises ValueError when one could end its script element. Reads files once.

    >>> "cm.boot" in own_scripts()
    True
    """
    return _checked("\n".join((_WEB / name).read_text(encoding="utf-8") for name in SCRIPTS))


@lru_cache(maxsize=1)
def archived_scripts() -> str:
    """Return the scripts of the map of an archive, in order. Raises ValueError when one could end its element. Reads files once.

    >>> "cm.parts.archived" in archived_scripts()
    True
    """
    return _checked("\n".join((_WEB / name).read_text(encoding="utf-8") for name in ARCHIVED_SCRIPTS))


@lru_cache(maxsize=1)
def archived_styles() -> str:
    """Return the styles of the map of an archive. Reads a file once.

    >>> ".cm-archived" in archived_styles()
    True
    """
    return (_WEB / "archived.css").read_text(encoding="utf-8")


def report_styles() -> str:
    """Return the styles of a report: the page's colours and letters, and its own measure. Reads files of the package.

    >>> "@media print" in report_styles()
    True
    """
    return "\n".join([status_css(), *((_WEB / name).read_text(encoding="utf-8") for name in ("page.css", "report.css"))])


def script_of(name: str) -> str:
    """Return one script that stands in a page of its own. Raises ValueError when it could end its script element. Reads a file.

    >>> "citemap:height" in script_of("poster.js")
    True
    """
    return _checked((_WEB / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def leaflet_styles() -> str:
    """Return Leaflet's styles, its images replaced by one drawn here. Raises MissingPartError when they are absent. Reads a file once.

    >>> "url(http" in leaflet_styles() or "images/" in leaflet_styles()
    False
    """
    leaflet = re.sub(r"url\(images/layers[^)]*\)", f'url("{_LAYERS_ICON}")', _vendored("leaflet.css"))
    leaflet = re.sub(r"\s*background-image:\s*url\(images/marker-icon\.png\);", "", leaflet)
    return re.sub(r"\s*behavior:\s*url\(#default#VML\);", "", leaflet)


@lru_cache(maxsize=1)
def leaflet_scripts() -> str:
    """Return Leaflet, and what stands in for the libraries that folium's parts expect. Raises MissingPartError when it is absent.

    >>> "sourceMappingURL" in leaflet_scripts()
    False
    """
    leaflet = re.sub(r"\n//# sourceMappingURL=.*", "", _vendored("leaflet.js"))
    return _checked("\n".join([leaflet, *((_WEB / name).read_text(encoding="utf-8") for name in PAGE_SCRIPTS)]))


def _checked(text: str) -> str:
    """Return a script when nothing in it can end its element."""
    if "</script" in text.lower() or "<!--" in text:
        raise ValueError("a script of the page holds </script or <!--, which would end its element")
    return text


def _vendored(name: str) -> str:
    path = _WEB / "vendor" / name
    if not path.exists():
        raise MissingPartError(f"layers/web/vendor/{name}")
    return path.read_text(encoding="utf-8")
