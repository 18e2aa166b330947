"""What a user may choose for a map, in one place: named once, with the defaults, for the map, the build and the manifest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from layers._context import ContextSet


class MapOptions(TypedDict, total=False):
    """The keywords of :func:`citemap.draw`, :func:`citemap.build` and :func:`layers.draw_map`; each may be left out.

    ``title`` and ``deck`` are plain text over the map; None (default) writes them from the counts, an empty string leaves them empty.
    ``borders`` False leaves borders between countries out. ``context`` True (default) shows the sites that the package knows and the
    articles do not name, False none, and sets from :func:`layers.load_context` those. ``language`` is the BCP 47 tag of the interface,
    ``en`` by default: quotes, titles and summaries stay in the article's language. ``full_text`` puts the whole text of an article into the
    page where its stated licence lets everyone publish it; else quotes with a few words around them. ``tiles`` is the address of a street
    map ("https://…/{z}/{x}/{y}.png") that the reader may then switch on; empty: none.

    >>> MapOptions(language="ja")
    {'language': 'ja'}
    """

    title: str | None
    deck: str | None
    borders: bool
    context: bool | Sequence[ContextSet]
    language: str
    full_text: bool
    tiles: str


DEFAULTS = MapOptions(title=None, deck=None, borders=True, context=True, language="en", full_text=False, tiles="")


def with_defaults(options: MapOptions) -> MapOptions:
    """Return all options, those left out at their defaults.

    Raises TypeError for a name that is none of them.

    >>> with_defaults(MapOptions(title="Piers"))["borders"]
    True
    """
    unknown = sorted(set(options) - set(DEFAULTS))
    if unknown:
        raise TypeError(f"{unknown[0]!r} is no option of a map; there are {', '.join(DEFAULTS)}")
    return MapOptions(**{**DEFAULTS, **options})


def listed(options: MapOptions) -> dict[str, Any]:
    """Return all options as plain data for a manifest; context sets by their ids.

    >>> listed(MapOptions(context=()))["context"]
    []
    """
    chosen: dict[str, Any] = dict(with_defaults(options))
    if not isinstance(chosen["context"], bool):
        chosen["context"] = [each.id for each in chosen["context"]]
    return chosen
