"""The map of an archive as a page: our ground, one canvas of counts, a list, cards that quote."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from branca.element import Figure

from layers._elements import Basemap, words_of
from layers._messages import load_messages
from layers._page import PlanPage, Raw
from layers._parts import MapPart
from layers._plan_map import OfflineMap
from layers._shapes import Bounds
from layers._web import archived_scripts, archived_styles
from layers.archived._ground import ground


class ArchivePart(MapPart):
    """The counts of an archive on its page: numbers in a block that the page unpacks, texts in blocks that it unpacks when asked."""

    part: ClassVar[str] = "archived"

    def __init__(self, own: dict[str, Any], blocks: dict[str, str], *, words: dict[str, Any]) -> None:
        super().__init__({"words": words}, own)
        self._blocks = blocks
        own["id"] = self.get_name()

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the part with its scripts, and its texts behind the page's script. Raises as :class:`MapPart` does."""
        figure = cast(Figure, self.get_root())
        figure.header.add_child(Raw(f"<style>\n{archived_styles()}</style>"), name="citemap_archived_styles")
        figure.header.add_child(Raw(f"<script>\n{archived_scripts()}</script>"), name="citemap_archived_scripts")
        super().render(**kwargs)
        behind = figure.tail if isinstance(figure, PlanPage) else figure.html
        for key, block in self._blocks.items():
            name = f"{self.get_name()}-{key}"
            behind.add_child(Raw(f'<script type="text/plain" id="{name}">{block}</script>'), name=name)


class ArchiveMap(OfflineMap):
    """A map of an archive in one page that needs no network; made by :func:`layers.draw_archive`.

    ``shown`` and ``quotes`` are how many quotes are in the page, and of how many. :meth:`save` writes it, :meth:`html` returns it.
    It is a folium map: anything that folium can draw may be added.

    >>> issubclass(ArchiveMap, OfflineMap)
    True
    """

    template = "archive.html"

    def __init__(self, bounds: Bounds, part: ArchivePart, *, title: str, deck: str, language: str, shown: int, quotes: int) -> None:
        self._begin(bounds, {**words_of(language), "title": title, "deck": deck, "messages": load_messages(language)})
        Basemap.of({**words_of(language), "base": ground(bounds), "labels": []}).add_to(self)
        self.shown, self.quotes = shown, quotes
        part.add_to(self)

    def html(self) -> str:
        """Return the page, as :meth:`save` writes it: equal maps give equal text. Reads files of the package; no network."""
        return self._bytes().decode("utf-8")
