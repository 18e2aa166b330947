"""The whole page around a map, in place of branca's figure."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from branca.element import CssLink, Element, Figure, JavascriptLink
from markupsafe import Markup

from layers._encode import whole
from layers._inline import Packages
from layers._messages import direction_of
from layers._policy import POLICY_MARK, with_policy
from layers._web import TEMPLATES

_URL = r"((?:https?:)?//[^\s\"'`<>)\\]+)"
_FETCHED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"<(?:script|img|iframe|source|audio|video|embed|track)\b[^>]*?\bsrc\s*=\s*[\"']?" + _URL,
        r"<link\b[^>]*?\bhref\s*=\s*[\"']?" + _URL,
        r"url\(\s*[\"']?" + _URL,
        r"@import\s+[\"']" + _URL,
        r"L\.(?:tileLayer(?:\.\w+)*|imageOverlay|videoOverlay)\(\s*\[?\s*[\"'`]" + _URL,
        r"\b(?:iconUrl|iconRetinaUrl|shadowUrl|shadowRetinaUrl)[\"']?\s*:\s*[\"']" + _URL,
        r"\b(?:fetch|import|d3\.json|\$\.getJSON|\$\.ajax)\(\s*[\"'`]" + _URL,
    )
)


class Raw(Element):
    """A piece of a page that is written as it is; branca would read other pieces as templates a second time.

    >>> Raw("{{ 1 + 1 }}").render()
    '{{ 1 + 1 }}'
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        """Return the text unchanged."""
        return self.text


class PlanPage(Figure):
    """A page that holds one map: its own template, stable ids, a policy that forbids the network where nothing needs it.

    >>> "<!DOCTYPE html>" in PlanPage(title="<b>", language="en").render()
    True
    """

    def __init__(self, *, title: str, language: str, tiles: str = "") -> None:
        super().__init__(title=title)
        self.language, self.tiles = language, tiles
        self.packages = Packages([])
        self.header._children.clear()
        self.tail = Element()
        """What stands behind the script, so that the map is painted before a browser has read it: texts that wait to be asked for."""

    def render(self, **kwargs: Any) -> str:
        """Render the page; equal maps give equal text."""
        for child in list(self._children.values()):
            child.render(**kwargs)
        pieces = {part: self._piece(getattr(self, part), **kwargs) for part in ("header", "html", "script", "tail")}
        page = TEMPLATES.get_template("page.html")
        text = _with_stable_ids(
            page.render(
                language=self.language, direction=direction_of(self.language), title=self.title or "", policy=POLICY_MARK, **pieces
            ),
            _ids_under(self),
        )
        return with_policy(whole(text), tiles=self.tiles, remote=bool(self.remote_assets()), guests=bool(self._guests()))

    def _guests(self) -> list[Element]:
        """Return the pieces of the page that others than our own parts wrote."""
        return [child for part in (self.header, self.html, self.script) for child in part._children.values() if not isinstance(child, Raw)]

    def _at_hand(self, child: Element) -> str | None:
        """Return a link to a script or a style as the element that holds what it names, where its package is at hand."""
        if not isinstance(child, JavascriptLink | CssLink) or (text := self.packages.text(child.url)) is None:
            return None
        return f"<script>\n{text}</script>" if isinstance(child, JavascriptLink) else f"<style>\n{text}</style>"

    def _piece(self, part: Element, **kwargs: Any) -> Markup:
        """Render the children of header, html or script."""
        return Markup("\n").join(Markup(self._at_hand(child) or child.render(**kwargs)) for child in part._children.values())

    def remote_assets(self) -> list[str]:
        """List the addresses that a browser would fetch for what others added to the map, each once, in the page's order."""
        found: dict[str, None] = {}
        for child in (child for child in self._guests() if self._at_hand(child) is None):
            text = child.render().replace("\\u0026", "&")
            hits = [(match.start(1), match.group(1)) for pattern in _FETCHED for match in pattern.finditer(text)]
            found |= {url: None for _, url in sorted(hits)}
        return list(found)

    def _repr_html_(self, **kwargs: Any) -> str:
        """Show the page in a notebook: a frame of its own origin, which may run scripts and open links, and nothing else."""
        return (
            '<iframe sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'title="{escape(self.title or "")}" style="width:100%;height:640px;border:1px solid #ddd" '
            f'srcdoc="{escape(self.render(**kwargs))}"></iframe>'
        )


def _ids_under(root: Element) -> set[str]:
    """Collect the random ids of an element and of all elements that it holds, anywhere."""
    ids: set[str] = set()
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, Element):
            ids.add(value._id)
            waiting += vars(value).values()
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list | tuple):
            waiting += value
    return ids


def _with_stable_ids(text: str, ids: set[str]) -> str:
    """Replace random ids by numbers, in the order in which the page first names them."""
    numbers: dict[str, str] = {}

    def number(match: re.Match[str]) -> str:
        return numbers.setdefault(match[0], str(len(numbers) + 1)) if match[0] in ids else match[0]

    return re.sub(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])", number, text)
