"""From a reading to a map."""

from __future__ import annotations

from collections.abc import Sequence

from layers._context import ContextSet
from layers._payload import make_payload
from layers._plan_map import PlanMap
from layers._protocols import Gazetteer
from sources import Reading


def draw_map(
    reading: Reading,
    gazetteer: Gazetteer,
    *,
    title: str | None = None,
    deck: str | None = None,
    borders: bool = True,
    context: Sequence[ContextSet] = (),
    language: str = "en",
    full_text: bool = False,
    tiles: str = "",
) -> PlanMap:
    """Draw the plans of a reading as a map with its notes, in one page that works without the network.

    Each place where a plan's thing is to be becomes a mark as large as the article says it: a point only for a point, else the shape that
    the gazetteer has (EPSG:4326). A plan without such a place is listed, not drawn. ``title`` and ``deck`` are plain text; None writes them
    from the counts, an empty string leaves them empty. ``borders`` False leaves borders between countries out. ``context`` are sets from
    :func:`load_context`; one is shown when its place is on the map and its words are in a quote. ``language`` is that of the interface.
    ``full_text`` puts the whole text of an article into the page where its stated licence lets everyone publish it; else quotes with a few
    words around them. ``tiles`` is the address of a street map ("https://…/{z}/{x}/{y}.png") that the reader may then
    switch on; empty: none.

    Returns a :class:`PlanMap`. Raises UnquotedMarkError when a plan has no quote or a quote does not stand in its article,
    MissingPartError when setup has not been run, ValueError for an unknown language. Reads files of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> draw_map(Reading(articles=()), Empty(), title="Nothing yet").get_root().title
    'Nothing yet'
    """
    payload = make_payload(
        reading, gazetteer, title=title, deck=deck, borders=borders, context=context, language=language, full_text=full_text, tiles=tiles
    )
    return PlanMap(payload, tiles=tiles)
