"""What ``layers`` asks of a gazetteer, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, runtime_checkable

from geo import Place


@runtime_checkable
class Gazetteer(Protocol):
    """Anything that knows places, their shapes and the names worth writing on a map.

    Coordinates are degrees, WGS 84 (EPSG:4326).

    >>> class Empty:
    ...     def shape(self, place_id): return None
    ...     def place(self, place_id): raise KeyError(place_id)
    ...     def labels(self, west, south, east, north): return []
    >>> isinstance(Empty(), Gazetteer)
    True
    """

    def shape(self, place_id: str) -> Any | None:
        """Return the shapely geometry of a place (areas, bands of chains, seas, countries), or None where it has none."""
        ...

    def place(self, place_id: str) -> Place:
        """Return the place with this id; LookupError or geo's own error if there is none."""
        ...

    def labels(self, west: float, south: float, east: float, north: float) -> Sequence[Place]:
        """Return the places in a box (degrees) whose names may be written on a map."""
        ...
