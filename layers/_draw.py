"""From a reading to a map."""

from __future__ import annotations

from typing import Unpack

from layers._options import MapOptions, with_defaults
from layers._payload import make_payload
from layers._plan_map import PlanMap
from layers._protocols import Gazetteer
from layers.published._carried import record_block
from sources import Reading


def draw_map(reading: Reading, gazetteer: Gazetteer, **options: Unpack[MapOptions]) -> PlanMap:
    """Draw the plans of a reading as a map with its notes, in one page that works without the network.

    Each place where a plan's thing is to be becomes a mark as large as the article says it: a point only for a point, else the shape that
    the gazetteer has (EPSG:4326). A plan without such a place is listed, not drawn. A set of context sites is shown when its place is on
    the map and its words are in a quote. ``options`` are those of :class:`MapOptions`.

    Returns a :class:`PlanMap`. Raises UnquotedMarkError when a plan has no quote or a quote does not stand in its article,
    MissingPartError when setup has not been run, LanguageError for a language without words, TypeError for an unknown option. Reads files
    of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> draw_map(Reading(articles=()), Empty(), title="Nothing yet").get_root().title
    'Nothing yet'
    """
    chosen = with_defaults(options)
    return PlanMap(make_payload(reading, gazetteer, chosen), tiles=chosen["tiles"], record=record_block(reading, chosen))
