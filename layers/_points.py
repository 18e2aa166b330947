"""Tens of thousands of cited points on a map: drawn on one canvas, their texts packed in the page until one is opened."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any, ClassVar, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from branca.element import Figure

from layers._elements import words_of
from layers._errors import PointsError
from layers._evidence import safe_url
from layers._packing import distinct, fit_text, pack_bytes, pack_numbers, pack_texts
from layers._page import PlanPage, Raw
from layers._parts import MapPart
from layers._style import load_styles

_DEPTH = 26
"""The world is 2^26 units wide on the map: 0.6 m at the equator."""

_NORTHMOST = 85.05
"""The last degree of latitude that a web map shows."""


class CitedPoints(MapPart):
    """Points that each carry the words of their source, as many as a hundred thousand, in a map that needs no network.

    ``frame`` is a GeoDataFrame of points in any CRS that it names; each row is one mark. ``quote`` names the column with the cited text,
    ``status`` the one with the status (None for no such column; an empty value is shown as "not stated"), ``title`` the one with a
    heading, ``source`` the one with who says so, ``link`` the one with the address of the source (http or https; others are dropped);
    None leaves these out. ``name`` is what the key of the signs is called, ``key`` whether it is drawn. With ``leave_out`` True rows that
    cannot stand on a map are left out and listed, with the reason, in :attr:`left_out`. ``language`` is that of the interface.

    The page draws all points on one canvas and joins those that would hide each other into rings, divided by status; a press on a ring
    comes nearer, or leafs through what lies in one place. Equal texts are stored once, packed, and unpacked when a popup needs them.

    Raises PointsError when a column is missing, the frame has no CRS, a status is unknown, or a row has no point that a web map can show
    (which rows, why, and what to do is said). Raises ValueError for an unknown language. Nothing is read from disk but files of the
    package; no network.

    >>> import folium
    >>> frame = gpd.GeoDataFrame(
    ...     {"quote": ["A pier will be built.", "A pier stands."], "status": ["planned", "existing"]},
    ...     geometry=gpd.points_from_xy([39.9, 39.7], [-3.6, -4.0]), crs="EPSG:4326",
    ... )
    >>> CitedPoints(frame).add_to(folium.Map(tiles=None)).get_bounds()
    [[-4.0, 39.7], [-3.6, 39.9]]
    """

    part: ClassVar[str] = "points"

    def __init__(
        self,
        frame: gpd.GeoDataFrame,
        *,
        quote: str = "quote",
        status: str | None = "status",
        title: str | None = None,
        source: str | None = None,
        link: str | None = None,
        name: str = "",
        key: bool = True,
        leave_out: bool = False,
        language: str = "en",
    ) -> None:
        said = {"title": title, "quote": quote, "source": source, "link": link}
        columns = {role: column for role, column in said.items() if column is not None}
        _check_columns(frame, [*columns.values(), *([status] if status is not None else [])])
        kept, self.left_out = _split(frame, leave_out=leave_out)
        codes = _codes(kept[status]) if status is not None else np.full(len(kept), len(load_styles()), dtype=np.uint8)
        points = shapely.get_coordinates(kept.geometry.to_numpy())
        x, y = _world_units(points)
        order = np.argsort(_interlaced(x) | _interlaced(y) << 1, kind="stable")
        texts, numbers = distinct(chain.from_iterable(_texts(kept[column], role, order) for role, column in columns.items()))
        each = np.array(numbers, dtype=np.int64).reshape(len(columns), len(kept))
        packed = pack_texts(texts)
        super().__init__({"words": words_of(language)})
        self._bounds = [*points.min(axis=0), *points.max(axis=0)] if len(points) else [-180.0, -_NORTHMOST, 180.0, _NORTHMOST]
        self._own = {
            "id": self.get_name(),
            "name": name,
            "key": key,
            "count": len(kept),
            "left": len(self.left_out),
            "columns": list(columns),
            "first": list(packed.first),
            "bytes": pack_bytes(
                pack_numbers(x[order]) + pack_numbers(y[order]) + codes[order].tobytes() + b"".join(pack_numbers(row) for row in each)
            ),
        }
        self._blocks = {"words": packed.words} | {str(i): block for i, block in enumerate(packed.blocks)}

    def get_bounds(self) -> list[list[float | None]]:
        """Return [[south, west], [north, east]] in degrees, for ``folium.Map.fit_bounds``; the whole map without a point."""
        west, south, east, north = (round(float(value), 6) for value in self._bounds)
        return [[south, west], [north, east]]

    def render(self, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the part, and its texts in blocks that no browser runs, into the page of its map. Raises as :class:`MapPart` does."""
        super().render(**kwargs)
        figure = cast(Figure, self.get_root())
        behind = figure.tail if isinstance(figure, PlanPage) else figure.html
        for key, block in self._blocks.items():
            name = f"{self.get_name()}-{key}"
            behind.add_child(Raw(f'<script type="text/plain" id="{name}">{block}</script>'), name=name)


def _check_columns(frame: gpd.GeoDataFrame, columns: Sequence[str]) -> None:
    """Raise PointsError when a column that was named is not there, or nothing says what the coordinates mean."""
    if missing := [column for column in columns if column not in frame.columns]:
        raise PointsError(
            f"the frame has no column {missing[0]!r}; it has {', '.join(map(repr, frame.columns))}: name the one that is meant"
        )
    if frame.crs is None:
        raise PointsError("the frame has no CRS, so nobody knows what its coordinates mean: set_crs(4326) for degrees, or the CRS it is in")


def _split(frame: gpd.GeoDataFrame, *, leave_out: bool) -> tuple[gpd.GeoDataFrame, pd.DataFrame]:
    """Return the rows that a web map can show, in degrees, and the others with the reason."""
    shapes = frame.geometry.to_numpy()
    degrees = frame.to_crs(4326).geometry.to_numpy()
    reasons = np.full(len(frame), "", dtype=object)
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    other = ~empty & (shapely.get_type_id(shapes) != shapely.GeometryType.POINT)
    reasons[other] = [f"is a {shape.geom_type}, not a point" for shape in shapes[other]]
    coordinates = np.zeros((len(frame), 2))
    coordinates[~empty & ~other] = shapely.get_coordinates(degrees[~empty & ~other])
    x, y = coordinates.T
    unknown = ~other & ~empty & ~(np.isfinite(x) & np.isfinite(y))
    reasons[empty], reasons[unknown] = "has no geometry", "has coordinates that are no numbers in degrees"
    reasons[~other & ~empty & ~unknown & (np.abs(y) > _NORTHMOST)] = f"lies beyond {_NORTHMOST} degrees, where a web map ends"
    bad = reasons != ""
    if bad.any() and not leave_out:
        rows = [f"row {row!r} {reason}" for row, reason in zip(frame.index[bad][:3], reasons[bad][:3], strict=True)]
        raise PointsError(
            f"{bad.sum()} of {len(frame)} rows cannot stand on the map: {'; '.join(rows)}{'; …' if bad.sum() > 3 else ''}. "
            "Mend them, or pass leave_out=True, which lists them in left_out"
        )
    kept = frame[~bad].set_geometry(gpd.GeoSeries(degrees[~bad], index=frame.index[~bad], crs=4326))
    return kept, pd.DataFrame(frame[bad].drop(columns=frame.geometry.name)).assign(reason=reasons[bad])


def _codes(statuses: pd.Series) -> Any:
    """Return the place of each status in the legend; one beyond the last where none is stated."""
    known = {style["id"]: i for i, style in enumerate(load_styles())}
    stated = statuses.astype(object).where(statuses.notna() & (statuses != ""), None)
    if unknown := sorted({str(value) for value in stated.unique() if value is not None and value not in known}):
        raise PointsError(f"status {unknown[0]!r} is not one of {', '.join(known)}: map it to one of these, or leave it empty")
    return stated.map(lambda value: known.get(value, len(known))).to_numpy(dtype=np.uint8)


def _texts(column: pd.Series, role: str, order: Any) -> list[str]:
    """Return the texts of a column in the order in which the page holds the points."""
    texts = [fit_text(value) for value in column.to_numpy()[order].tolist()]
    return [safe_url(text) for text in texts] if role == "link" else texts


def _world_units(points: Any) -> tuple[Any, Any]:
    """Return whole numbers of Web Mercator, y down, in a world of 2^26 units."""
    size = 1 << _DEPTH
    sines = np.sin(np.radians(points[:, 1]))
    across, down = points[:, 0] / 360 + 0.5, 0.5 - np.log((1 + sines) / (1 - sines)) / (4 * np.pi)
    return np.floor(across * size).astype(np.int64) % size, np.clip(np.floor(down * size), 0, size - 1).astype(np.int64)


def _interlaced(values: Any) -> Any:
    """Put a zero between the bits of whole numbers below 2^32."""
    for shift, mask in (
        (16, 0x0000FFFF0000FFFF),
        (8, 0x00FF00FF00FF00FF),
        (4, 0x0F0F0F0F0F0F0F0F),
        (2, 0x3333333333333333),
        (1, 0x5555555555555555),
    ):
        values = (values | values << shift) & mask
    return values
