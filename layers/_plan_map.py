"""The maps that a user gets: folium maps with our page around them."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import Any, BinaryIO

import folium
from branca.element import CssLink, Figure, JavascriptLink

from geo.files import write_atomically
from layers._elements import WORDS, Basemap, PlanLayer, PlanTable, SourcePane, Timeline, words_of
from layers._encode import script_json
from layers._errors import RemoteAssetWarning
from layers._inline import Packages
from layers._page import PlanPage, Raw
from layers._parts import MapPart
from layers._protocols import Gazetteer
from layers._shapes import Bounds
from layers._web import TEMPLATES, leaflet_scripts, leaflet_styles, own_scripts, own_styles
from layers.published._seal import sealed


class OfflineMap(folium.Map):
    """A folium map on our own ground, in a page that needs no network.

    ``bounds`` are (west, south, east, north) in degrees, WGS 84, that the map opens on; ``title`` is the page's, plain text. ``borders``
    False leaves borders between countries out; ``language`` is that of the interface. ``gazetteer`` gives names to write, None none.
    Anything that folium can draw may be added: ``folium.Marker([26, 128]).add_to(m)``.

    What folium itself would load (jQuery, Bootstrap, Font Awesome, its icons) is not in the page: a marker gets a plain pin, a coloured
    ``folium.Icon`` a pin of that colour without its glyph. What a plugin loads from elsewhere is written into the page where its package
    is at hand (see :meth:`save_offline`); else it stays, and :meth:`remote_assets` lists it.

    >>> isinstance(OfflineMap((120, 20, 130, 30)), folium.Map)
    True
    """

    template = "map.html"

    def __init__(
        self,
        bounds: Bounds,
        *,
        title: str = "",
        borders: bool = True,
        language: str = "en",
        gazetteer: Gazetteer | None = None,
    ) -> None:
        self._begin(bounds, {"title": title, "deck": "", **words_of(language)})
        Basemap(bounds, borders=borders, gazetteer=gazetteer, language=language).add_to(self)

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self._words["title"])

    def _begin(self, bounds: Bounds, words: dict[str, Any], tiles: str = "") -> None:
        """Make the map itself and the page around it."""
        west, south, east, north = bounds
        super().__init__(location=[(south + north) / 2, (west + east) / 2], zoom_start=4, tiles=None)
        self._words = words
        self._view = [round(value, 3) for value in bounds]
        self.default_js: list[tuple[str, str]] = []
        self.default_css: list[tuple[str, str]] = []
        PlanPage(title=words["title"], language=words["language"], tiles=tiles).add_child(self)

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Put the map's parts into its page, then those of what was added to it."""
        figure = self.get_root()
        if not isinstance(figure, Figure):
            raise TypeError(f"a map is drawn inside a figure, not inside {type(figure).__name__}")
        name, words = self.get_name(), self._words
        figure.header.add_child(Raw(f"<style>\n{leaflet_styles()}\n{own_styles()}</style>"), name="citemap_styles")
        figure.header.add_child(Raw(f"<script>\n{leaflet_scripts()}\n{own_scripts()}</script>"), name="citemap_scripts")
        body = TEMPLATES.get_template(self.template).render(name=name, title=words["title"], deck=words["deck"], messages=words["messages"])
        figure.html.add_child(Raw(body), name=name)
        figure.script.add_child(Raw(f'var {name} = citemap.boot("{name}", {script_json(self._view)});'), name=name)
        for key, url in self.default_js:
            figure.header.add_child(JavascriptLink(url), name=key)
        for key, url in self.default_css:
            figure.header.add_child(CssLink(url), name=key)
        parts = [child for child in self._children.values() if isinstance(child, MapPart)]
        for part in parts:
            part.render(**kwargs)
        figure.script.add_child(Raw(f"citemap.start({name});"), name=f"{name}_start")
        for child in [child for child in self._children.values() if child not in parts]:
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
        return root.remote_assets() if isinstance(root, PlanPage) else []

    def save_offline(self, path: str | os.PathLike[str], *, packages: str | os.PathLike[str] | None = "node_modules") -> Path:
        """Write the map as one HTML file that opens from a disk with the network off.

        ``path`` is the file to write, whole or not at all; its folder must exist. ``packages`` is a folder of installed npm packages: what
        a plugin would load from a content network is written into the file where its package, in the very version, is there; None looks
        nowhere. Returns the path. Equal maps give equal bytes. Warns with RemoteAssetWarning, naming the addresses, when something that was
        added still needs the network. Raises OSError when the file cannot be written, and MissingPartError when setup has not been run. No
        network.

        >>> import tempfile
        >>> from sources import Reading
        >>> class Empty:
        ...     def labels(self, west, south, east, north): return []
        >>> from layers import draw_map
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     draw_map(Reading(articles=()), Empty()).save_offline(Path(folder) / "map.html").read_text(encoding="utf-8")[:15]
        '<!DOCTYPE html>'
        """
        root = self.get_root()
        if isinstance(root, PlanPage):
            root.packages = Packages([Path(packages)] if packages is not None else [])
        return write_atomically(path, self._bytes())

    def save(self, outfile: str | bytes | Path | BinaryIO, close_file: bool = True, **kwargs: Any) -> None:
        """Write the map as :meth:`save_offline` does, to a path or to an open binary file, closed unless ``close_file`` is False."""
        del kwargs
        if isinstance(outfile, str | bytes | os.PathLike):
            self.save_offline(os.fsdecode(outfile))
            return
        outfile.write(self._bytes())
        if close_file:
            outfile.close()

    def _bytes(self) -> bytes:
        """Return the page as it is written to a file, with the digest of itself."""
        return sealed(self._html().encode("utf-8"))

    def _html(self) -> str:
        """Render the page and warn of what it would fetch."""
        root = self.get_root()
        html: str = root.render()
        if isinstance(root, PlanPage) and (remote := root.remote_assets()):
            listed = ", ".join(remote)
            warnings.warn(
                f"the saved map will ask the network for {listed}; install their npm packages in the versions that they name and give "
                "save_offline their folder as packages=, or leave them out",
                RemoteAssetWarning,
                stacklevel=5,
            )
        return html


class PlanMap(OfflineMap):
    """A folium map of reported plans with its notes, sources, table and timeline, in a page that needs no network.

    Made by :func:`layers.draw_map`. In a notebook it shows itself in a sandboxed frame. It is composed of the parts that anybody's map may
    take singly: :class:`Basemap`, :class:`PlanLayer`, :class:`SourcePane`, :class:`PlanTable`, :class:`Timeline`. ``payload`` is what the
    page knows: marks, notes, names, land and words; ``tiles`` is the address of a street map that the reader may switch on, empty for none.
    ``record`` is a block of data that says what the map was drawn from, by which a saved file can be checked; empty for none.

    >>> from sources import Reading
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> from layers import draw_map
    >>> isinstance(draw_map(Reading(articles=()), Empty()), folium.Map)
    True
    """

    template = "app.html"

    def __init__(self, payload: dict[str, Any], *, tiles: str = "", record: str = "") -> None:
        self._begin(payload["view"]["bounds"], {key: payload[key] for key in ("title", "deck", *WORDS)}, tiles)
        self._payload = payload
        for part in (Basemap, PlanLayer, SourcePane, PlanTable, Timeline):
            part.of(payload).add_to(self)
        page = self.get_root()
        if record and isinstance(page, PlanPage):
            page.tail.add_child(Raw(record), name="citemap_record")
