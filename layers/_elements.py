"""The parts that are made from a reading: ground, marks, notes, sources and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self, TypeVar

from layers._base import base_payload, near_box
from layers._context import ContextSet
from layers._labels import labels_payload
from layers._messages import load_messages, page_words
from layers._options import MapOptions, with_defaults
from layers._parts import MapPart
from layers._payload import make_payload
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._shapes import Bounds
from layers._style import load_styles
from sources import Reading

T = TypeVar("T", bound=MapPart)

WORDS = ("language", "messages", "styles")
"""What every part needs of a payload, in one block."""


class Basemap(MapPart):
    """Land, coasts and borders from Natural Earth, and with a gazetteer names, drawn from the page itself: no tiles, no network.

    ``bounds`` are (west, south, east, north) in degrees, WGS 84: inside them and around, land is drawn finely, elsewhere coarsely. With
    ``borders`` False no border between countries is drawn. ``gazetteer`` gives names to write; None writes none. Raises MissingPartError
    when setup has not been run, LanguageError for a language without words. Reads files of the package; no network.

    >>> import folium
    >>> m = folium.Map([26, 126], zoom_start=6, tiles=None)
    >>> Basemap((122, 24, 130, 31)).add_to(m).part
    'basemap'
    """

    part = "basemap"

    def __init__(self, bounds: Bounds, *, borders: bool = True, gazetteer: Gazetteer | None = None, language: str = "en") -> None:
        labels = []
        if gazetteer is not None:
            labels = labels_payload(gazetteer, near_box(bounds), [], PlaceNames(gazetteer, load_messages(language)), bounds)
        super().__init__({"words": words_of(language), "base": base_payload(bounds, borders=borders), "labels": labels})

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """Make the part from what a whole page knows."""
        return _made(cls, payload, "base", "labels")


class _OfReading(MapPart):
    """A part that shows a reading."""

    keys: tuple[str, ...] = ()

    def __init__(self, reading: Reading, gazetteer: Gazetteer, *, context: Sequence[ContextSet] = (), language: str = "en") -> None:
        payload = make_payload(
            reading, gazetteer, with_defaults(MapOptions(borders=False, context=context, language=language)), ground=False
        )
        super().__init__(_slices(payload, *self.keys))
        self._bounds: Bounds = tuple(payload["view"]["bounds"])

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> Self:
        """Make the part from what a whole page knows."""
        made = _made(cls, payload, *cls.keys)
        made._bounds = tuple(payload["view"]["bounds"])
        return made

    def get_bounds(self) -> list[list[float | None]]:
        """Return [[south, west], [north, east]] in degrees, for ``folium.Map.fit_bounds``."""
        west, south, east, north = self._bounds
        return [[south, west], [north, east]]


class PlanLayer(_OfReading):
    """The marks of a reading with their numbers, popups that quote, measured distances, and the legend that explains and filters them.

    Arguments are those of :func:`layers.draw_map`; so are errors. Uses the gazetteer; no network.

    >>> import folium
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> PlanLayer(Reading(articles=()), Empty()).add_to(folium.Map(tiles=None)).part
    'plans'
    """

    part = "plans"
    keys = ("plans", "marks", "context", "mentioned", "view", "sources", "unmapped")


class SourcePane(_OfReading):
    """The notes of a reading beside the map: plans, sources, what is not mapped, how to read it.

    Arguments and errors as :class:`PlanLayer`; beside one, a note and its mark find each other.

    >>> SourcePane.part
    'pane'
    """

    part = "pane"
    keys = ("plans", "sources", "unmapped", "tiles")


class PlanTable(_OfReading):
    """The marks of a reading as the rows of a table, to be sorted and read by keyboard: a tab of the pane, or below a map without one.

    Arguments and errors as :class:`PlanLayer`; beside one, a row and its mark find each other.

    >>> PlanTable.part
    'table'
    """

    part = "table"
    keys = ("plans", "sources", "unmapped")


class Timeline(_OfReading):
    """The dates of a reading on one axis: those of its reports and those of its plans, each as wide as it is stated, never sharper.

    Plans without a date stand beside the axis. A reader chooses a span of dates, or the day by which reports were out; marks and notes of
    other parts on the map follow. Arguments and errors as :class:`PlanLayer`.

    >>> import folium
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> Timeline(Reading(articles=()), Empty()).add_to(folium.Map(tiles=None)).part
    'time'
    """

    part = "time"
    keys = ("plans", "sources")


def words_of(language: str) -> dict[str, Any]:
    """Return the words and the styles of the statuses that every part needs.

    >>> words_of("en")["language"]
    'en'
    """
    return {"language": language, "messages": page_words(load_messages(language)), "styles": [dict(style) for style in load_styles()]}


def _slices(payload: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """Return the blocks of data that a part names, with the words."""
    return {"words": {key: payload[key] for key in WORDS}} | {key: payload[key] for key in keys}


def _made(cls: type[T], payload: Mapping[str, Any], *keys: str) -> T:
    """Make a part of a class from a payload, past its constructor."""
    made = cls.__new__(cls)
    MapPart.__init__(made, _slices(payload, *keys))
    return made
