"""The map that a user gets: a folium map with our page around it."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import folium
from branca.element import CssLink, Figure, JavascriptLink
from markupsafe import Markup

from layers._encode import script_json
from layers._errors import RemoteAssetWarning
from layers._figure import PlanFigure, Raw
from layers._files import write_atomically
from layers._web import TEMPLATES, scripts, styles


class PlanMap(folium.Map):
    """A folium map of reported plans, in a page that needs no network.

    Made by :func:`layers.draw_map`. Anything that folium can draw may be added: ``folium.Marker([26, 128]).add_to(m)``. In a notebook it
    shows itself in a sandboxed frame. ``payload`` is what the page knows: marks, notes, names, land and words.

    What folium itself would load (jQuery, Bootstrap, Font Awesome, its icons) is not in the page: a marker gets a plain pin, a coloured
    ``folium.Icon`` a pin of that colour without its glyph. What a plugin loads from elsewhere stays, and :meth:`remote_assets` lists it.

    >>> from sources import Reading
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> from layers import draw_map
    >>> isinstance(draw_map(Reading(articles=()), Empty()), folium.Map)
    True
    """

    def __init__(self, payload: dict[str, Any]) -> None:
        west, south, east, north = payload["view"]["bounds"]
        super().__init__(location=[(south + north) / 2, (west + east) / 2], zoom_start=4, tiles=None)
        self._payload = payload
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        PlanFigure(title=payload["title"], language=payload["language"]).add_child(self)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Put the map's parts into its page, then those of what was added to it."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"a map is drawn inside a figure, not inside {type(figure).__name__}")
        name, data = self.get_name(), self._payload
        figure.header.add_child(Raw(f"<style>\n{styles()}</style>"), name="citemap_styles")
        figure.header.add_child(Raw(f"<script>\n{scripts()}</script>"), name="citemap_scripts")
        body = TEMPLATES.get_template("app.html").render(
            name=name, title=data["title"], deck=data["deck"], messages=data["messages"], data=Markup(script_json(data))
        )
        figure.html.add_child(Raw(body), name=name)
        figure.script.add_child(Raw(f'var {name} = citemap.boot("{name}");'), name=name)
        for key, url in self.default_js:
            figure.header.add_child(JavascriptLink(url), name=key)
        for key, url in self.default_css:
            figure.header.add_child(CssLink(url), name=key)
        for child in list(self._children.values()):
            child.render(**kwargs)
        if front := [layer.get_name() for layer in self.objects_to_stay_in_front]:
            calls = "".join(f"{layer}.bringToFront();" for layer in front)
            figure.script.add_child(Raw(f'{name}.on("overlayadd", () => {{{calls}}});{calls}'), name=f"{name}_front")

    def remote_assets(self) -> list[str]:
        """List what a browser will fetch from elsewhere when this map is opened: addresses in the page's order, empty for our own parts.

        The street map that a reader may switch on is not in the list: it is fetched only then.
        """
        root = self.get_root()
        root.render()
        return root.remote_assets() if isinstance(root, PlanFigure) else []

    def save_offline(self, path: str | os.PathLike[str]) -> Path:
        """Write the map as one HTML file that opens from a disk with the network off.

        ``path`` is the file to write, whole or not at all; its folder must exist. Returns the path. Equal maps give equal bytes. Warns with
        RemoteAssetWarning when something that was added needs the network. Raises OSError when the file cannot be written, and
        MissingPartError when setup has not been run. No network.

        >>> import tempfile
        >>> from sources import Reading
        >>> class Empty:
        ...     def labels(self, west, south, east, north): return []
        >>> from layers import draw_map
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     draw_map(Reading(articles=()), Empty()).save_offline(Path(folder) / "map.html").read_text(encoding="utf-8")[:15]
        '<!DOCTYPE html>'
        """
        return write_atomically(path, self._html().encode("utf-8"))

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:
        """Write the map as :meth:`save_offline` does, to a path or to an open binary file, closed unless ``close_file`` is False."""
        del kwargs
        if isinstance(outfile, str | bytes | os.PathLike):
            self.save_offline(os.fsdecode(outfile))
            return
        outfile.write(self._html().encode("utf-8"))
        if close_file:
            outfile.close()

    def _html(self) -> str:
        """Render the page and warn of what it would fetch."""
        root = self.get_root()
        html: str = root.render()
        if isinstance(root, PlanFigure) and (remote := root.remote_assets()):
            listed = ", ".join(remote)
            warnings.warn(f"the saved map will ask the network for {listed}; without them it is offline", RemoteAssetWarning, stacklevel=4)
        return html
