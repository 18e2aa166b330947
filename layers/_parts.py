"""The parts of a page as elements of folium: each may be added to our map or to anybody's ``folium.Map``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import folium
from branca.element import Figure, MacroElement

from layers._encode import script_json
from layers._page import Raw
from layers._web import own_scripts, own_styles


class MapPart(MacroElement):
    """A part of a map page: data in the page's body, one call in its script, our scripts and styles once in its head.

    Subclasses name the function of ``citemap.parts`` that draws them in ``part``. ``shared`` are blocks of data that parts of one map hold
    in common, by name, each written once a map; ``own`` is a value of this part alone. What has been added is written when the map is
    rendered; nothing is fetched from anywhere.

    >>> MapPart({"words": {}}).part
    ''
    """

    part: ClassVar[str] = ""

    def __init__(self, shared: Mapping[str, Any], own: Any = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = f"citemap_{self.part or 'part'}"
        self._shared = dict(shared)
        self._own = own

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the part into the page of its map.

        Raises TypeError when it was added to something that is no ``folium.Map``, ValueError when the map has a part of another reading.
        """
        figure, parent = self.get_root(), self._parent
        if not isinstance(figure, Figure) or not isinstance(parent, folium.Map):
            raise TypeError(f"{type(self).__name__} is added to a folium.Map, not to {type(parent).__name__}")
        name = parent.get_name()
        if "citemap_scripts" not in figure.header._children:
            figure.header.add_child(Raw(f"<style>\n{own_styles()}</style>"), name="citemap_styles")
            figure.header.add_child(Raw(f"<script>\n{own_scripts()}</script>"), name="citemap_scripts")
        for key, value in self._shared.items():
            block = Raw(_block(f"{name}-{key}", value))
            there = figure.html._children.get(f"{name}-{key}")
            if isinstance(there, Raw) and there.text != block.text:
                raise ValueError(f"the map shows another reading already (its {key} differ); draw this one on a map of its own")
            figure.html.add_child(block, name=f"{name}-{key}")
        own = ""
        if self._own is not None:
            own = f', "{self.get_name()}-data"'
            figure.html.add_child(Raw(_block(f"{self.get_name()}-data", self._own)), name=f"{self.get_name()}-data")
        keys = script_json(list(self._shared))
        figure.script.add_child(Raw(f'citemap.part({name}, "{self.part}", {keys}{own});'), name=self.get_name())


def _block(name: str, value: Any) -> str:
    """Write a value as a block of data, which no browser runs."""
    return f'<script type="application/json" class="cm-data" id="{name}">{script_json(value)}</script>'
