"""The frames of an archive as columns of small numbers: which places there are, what each is on the map, and its counts by period."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from layers._encode import polygon_parts
from layers._errors import ArchiveMapError
from layers._packing import fit_text, pack_bytes, pack_numbers
from sources import STATUSES

POINT, AREA, SMALL, UNDRAWN = range(4)
"""What a place is on the map: a point; an area, never in a hexagon; an area of at most 25 km, in one that is larger; not drawn."""

_PLACES = ("place_id", "place", "country", "feature_code", "extent", "where_prec", "uncertainty_m", "authority")
_COUNTS = ("place_id", "month", "documents", "plans", *STATUSES)
_DEGREE = 10_000
_NORTHMOST = 85.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What the page knows of places and counts. ``places`` has a row a place in the page's order; ``rows`` one a place and period.

    ``first`` is the first period as a number (years times twelve plus months; years where ``step`` is ``year``); ``rows.period`` counts
    from 1 at it, 0 is no date.
    """

    places: gpd.GeoDataFrame
    rows: pd.DataFrame
    first: int
    periods: int
    step: str

    def packed(self) -> dict[str, Any]:
        """Return both tables as the page holds them: numbers, names and ids deflated, in base64."""
        places, rows = self.places, self.rows
        countries, authorities = _listed(places["country"]), _listed(places["authority"])
        values = rows[list(STATUSES)].to_numpy(dtype=np.int64)
        there = values > 0
        each = np.bincount(rows["at"], minlength=len(places))
        numbers = b"".join(
            [
                *(pack_numbers(places[name]) for name in ("x", "y")),
                *(places[name].to_numpy(dtype=np.uint8).tobytes() for name in ("kind", "where_prec")),
                pack_numbers(places["radius"]),
                pack_numbers(countries[1]),
                pack_numbers(authorities[1]),
                pack_numbers(np.cumsum(each)),
                pack_numbers(rows["period"]),
                pack_numbers(np.cumsum(rows["documents"])),
                np.packbits(there, axis=1, bitorder="little").tobytes(),
                pack_numbers(np.cumsum(values[there])),
            ]
        )
        return {
            "places": len(places), "rows": len(rows), "values": int(there.sum()), "first": self.first, "periods": self.periods,
            "step": self.step, "degree": _DEGREE, "countries": countries[0], "authorities": authorities[0], "bytes": pack_bytes(numbers),
            "names": _pack_words(places["place"]), "ids": _pack_words(places["place_id"]), "statuses": list(STATUSES),
        }  # fmt: skip


def gather(places: gpd.GeoDataFrame, counts: pd.DataFrame, *, step: str = "month") -> Gathered:
    """Check the frames and put them into the page's order: neighbours on the map are neighbours in it.

    A place that only ``counts`` knows goes in under its id, and is not drawn. ``step`` ``year`` adds the months of a year together.
    Raises ArchiveMapError where a column is missing, a place stands twice, a month is none, or the statuses do not add up to the plans.
    """
    _check_frames(places, counts)
    rows = counts[list(_COUNTS)].copy()
    rows["month"] = rows["month"].fillna("").astype(str)
    first, periods, rows["period"] = _periods(rows["month"], step)
    known = _with_marks(_complete(places, rows["place_id"]))
    known = known[known["place_id"].isin(set(rows["place_id"]))].sort_values(["order", "place_id"], ignore_index=True)
    rows["at"] = rows["place_id"].map(pd.Series(known.index, index=known["place_id"]))
    rows = rows.groupby(["at", "period"], as_index=False)[["documents", "plans", *STATUSES]].sum()
    return Gathered(places=known, rows=rows, first=first, periods=periods, step=step)


def kept_places(gathered: Gathered, most: int) -> set[str]:
    """Return the ids of the ``most`` places with the most plans, the ids in order where they are equal."""
    totals = gathered.rows.groupby("at")["plans"].sum().reindex(range(len(gathered.places)), fill_value=0)
    ids = gathered.places["place_id"]
    order = sorted(range(len(ids)), key=lambda i: (-int(totals[i]), str(ids[i])))
    return {str(ids[i]) for i in order[:most]}


def _check_frames(places: gpd.GeoDataFrame, counts: pd.DataFrame) -> None:
    for name, frame, wanted in (("places", places, _PLACES), ("counts", counts, _COUNTS)):
        if missing := [column for column in wanted if column not in frame.columns]:
            raise ArchiveMapError(f"{name} has no column {missing[0]!r}; it needs {', '.join(wanted)}: add the one that is missing")
    if places.crs is None or places.crs.to_epsg() != 4326:
        raise ArchiveMapError(f"places has the CRS {places.crs}; its shapes must be in degrees: use to_crs(4326), or set_crs(4326)")
    if (twice := places["place_id"].duplicated()).any():
        raise ArchiveMapError(f"places has {places['place_id'][twice].iloc[0]!r} twice; leave one row a place")
    numbers = counts[["documents", "plans", *STATUSES]]
    if not all(pd.api.types.is_integer_dtype(kind) for kind in numbers.dtypes) or (numbers < 0).to_numpy().any():
        raise ArchiveMapError("counts has counts that are no whole numbers from 0 on; count again, or fill what is missing with 0")
    wrong = (counts[list(STATUSES)].sum(axis=1) != counts["plans"]).to_numpy()
    if wrong.any():
        row = counts[wrong].iloc[0]
        said = int(row[list(STATUSES)].sum())
        where = f"{row['place_id']!r} in {row['month']!r}"
        raise ArchiveMapError(f"counts has {int(row['plans'])} plans of {where}, and its statuses add up to {said}; count again")


def _complete(places: gpd.GeoDataFrame, ids: pd.Series) -> gpd.GeoDataFrame:
    """Add a row without a shape for each place that only the counts know."""
    frame = gpd.GeoDataFrame(places[list(_PLACES)].reset_index(drop=True), geometry=places.geometry.to_numpy(), crs=4326)
    if not len(lost := sorted(set(ids) - set(frame["place_id"]))):
        return frame
    blank = {"country": "", "feature_code": "", "extent": "", "where_prec": 0, "uncertainty_m": np.nan, "authority": ""}
    more = gpd.GeoDataFrame({"place_id": lost, "place": lost, **blank}, geometry=[None] * len(lost), crs=4326)
    return gpd.GeoDataFrame(pd.concat([frame, more], ignore_index=True), geometry="geometry", crs=4326)


def _periods(months: pd.Series, step: str) -> tuple[int, int, Any]:
    """Return the first period, how many there are, and the number of each month's: 0 is none."""
    years, parts = months.str.slice(0, 4), months.str.slice(5)
    stated = months != ""
    bad = stated & ~months.str.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])")
    if bad.any():
        raise ArchiveMapError(
            f"counts has the month {months[bad].iloc[0]!r}; write it as 2031-05, or leave it empty where no date is stated"
        )
    numbers = years[stated].astype(np.int64)
    if step == "month":
        numbers = numbers * 12 + parts[stated].astype(np.int64) - 1
    if not len(numbers):
        return 0, 0, np.zeros(len(months), dtype=np.int64)
    first = int(numbers.min())
    found = pd.Series(0, index=months.index, dtype=np.int64)
    found[stated] = numbers - first + 1
    return first, int(numbers.max()) - first + 1, found


def _with_marks(places: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Add what each place is on the map, where its name stands, and its place in a Z-order."""
    shapes = places.geometry.to_numpy()
    empty = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    drawn_as_point = ~empty & (shapely.get_type_id(shapes) == 0)
    precise = pd.to_numeric(places["where_prec"], errors="coerce").fillna(0).to_numpy(dtype=np.int64)
    radius = pd.to_numeric(places["uncertainty_m"], errors="coerce").to_numpy(dtype=float)
    named_point = places["extent"].to_numpy() == "point"
    kind = np.where(precise <= 2, SMALL, AREA)
    kind[drawn_as_point & named_point & (precise <= 2)] = POINT
    kind[(kind != POINT) & drawn_as_point & ~(radius > 0)] = UNDRAWN
    points = np.zeros((len(places), 2))
    points[~empty] = np.array([_name_point(shape) for shape in shapes[~empty]], dtype=float).reshape(-1, 2)
    # A name may stand beyond the antimeridian, or where a web map ends; a point that does is nowhere on it.
    north = np.abs(points[:, 1]) > _NORTHMOST
    lost = empty | ~np.isfinite(points).all(axis=1) | (north & drawn_as_point)
    points[:, 0], points[:, 1] = (points[:, 0] + 180) % 360 - 180, np.clip(points[:, 1], -_NORTHMOST, _NORTHMOST)
    kind[lost], points[lost] = UNDRAWN, 0.0
    x, y = np.round(points * _DEGREE).astype(np.int64).T
    return places.assign(
        kind=kind,
        where_prec=np.clip(precise, 0, 255),
        x=x,
        y=y,
        order=_z_order(x, y),
        radius=np.round(np.nan_to_num(radius)).astype(np.int64),
    )


def _name_point(shape: Any) -> tuple[float, float]:
    """Return where the name of a place stands: a point itself, inside the largest part of an area, on a line."""
    if shape.geom_type != "Point":
        parts = polygon_parts(shape)
        shape = (max(parts, key=lambda part: part.area) if parts else shape).representative_point()
    return shape.x, shape.y


def _z_order(x: Any, y: Any) -> Any:
    """Return numbers by which near places are near: the bits of longitude and latitude, one after the other."""
    order: Any = np.zeros(len(x), dtype=np.uint64)
    columns = (((x + 180 * _DEGREE) >> 6).astype(np.uint64), ((y + 90 * _DEGREE) >> 6).astype(np.uint64))
    for bit in range(17):
        for shift, column in enumerate(columns):
            order |= ((column >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + shift)
    return order


def _listed(values: Iterable[Any]) -> tuple[list[str], list[int]]:
    """Return the texts that occur, in order, and the number of each value's."""
    texts = [fit_text(value) for value in values]
    known = sorted(set(texts))
    numbers = {text: i for i, text in enumerate(known)}
    return known, [numbers[text] for text in texts]


def _pack_words(values: Iterable[Any]) -> str:
    return pack_bytes(json.dumps([fit_text(value) for value in values], ensure_ascii=False, separators=(",", ":")).encode("utf-8"))
