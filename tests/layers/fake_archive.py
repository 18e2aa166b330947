"""An archive that never was: real places of the gazetteer, invented plans in invented articles."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from sources import STATUSES

COLUMNS = "id, name, lat, lon, country, feature_code, extent, where_prec, uncertainty_m"
THINGS = ("pier", "depot", "runway", "radar", "bridge", "warehouse", "dry dock", "pipeline", "barracks", "cable landing")
WHO = ("The port authority", "A ministry", "The council", "An operator", "The navy", "Two companies", "The agency")
HOW = {
    "planned": "plans a new {thing} in {place}",
    "proposed": "has proposed a {thing} for {place}",
    "agreed": "agreed on a {thing} at {place}",
    "under way": "is building a {thing} in {place}",
    "existing": "runs a {thing} in {place}",
    "completed": "has finished the {thing} in {place}",
    "denied": "denied that a {thing} is meant for {place}",
}


def _shape(gazetteer: Any, row: Any) -> Any:
    shape = gazetteer.shape(row.id) if row.extent != "point" else None
    if shape is None:
        return shapely.Point(row.lon, row.lat)
    west, _, east, _ = shape.bounds
    return shapely.simplify(shape, max((east - west) / 200, 0.005))


def make_places(gazetteer: Any, points: int, areas: int, *, seed: int = 1) -> gpd.GeoDataFrame:
    """Places of the gazetteer: so many towns and sites drawn at random, and areas, countries and seas."""
    query = f"SELECT {COLUMNS} FROM place ORDER BY id"
    known = pd.DataFrame(gazetteer._db.execute(query).fetchall(), columns=COLUMNS.split(", "))
    pointed = known["extent"] == "point"
    drawn = [known[pointed].sample(points, random_state=seed), known[~pointed].sample(areas, random_state=seed)]
    chosen = pd.concat(drawn, ignore_index=True)
    shapes = [_shape(gazetteer, row) for row in chosen.itertuples()]
    named = chosen.rename(columns={"id": "place_id", "name": "place"}).drop(columns=["lat", "lon"])
    return gpd.GeoDataFrame(named.assign(authority="GeoNames"), geometry=shapes, crs=4326)


def make_counts(places: gpd.GeoDataFrame, plans: int, months: int, *, seed: int = 1) -> pd.DataFrame:
    """Counts of so many plans: few places have many, most have few; some months have more than others; one in fifty has no date."""
    chance = np.random.default_rng(seed)
    weight = 1 / np.arange(1, len(places) + 1) ** 0.55
    weight[chance.permutation(len(places))] = weight.copy()
    place = chance.choice(len(places), plans, p=weight / weight.sum())
    when = 1 + np.sin(np.arange(months) / 6) * 0.5 + np.arange(months) / months
    month = chance.choice(months, plans, p=when / when.sum())
    names = np.array([*(f"{2026 + m // 12}-{m % 12 + 1:02d}" for m in range(months)), ""])
    month[chance.random(plans) < 0.02] = months
    status = chance.choice(len(STATUSES), plans, p=[0.34, 0.14, 0.1, 0.16, 0.13, 0.08, 0.05])
    rows = pd.DataFrame({"place": place, "month": month, "status": status}).value_counts().unstack("status", fill_value=0)
    rows = rows.reindex(columns=range(len(STATUSES)), fill_value=0).set_axis(STATUSES, axis=1).reset_index()
    total = rows[list(STATUSES)].sum(axis=1)
    ids = places["place_id"].to_numpy()
    rows = rows.assign(place_id=ids[rows["place"]], month=names[rows["month"]], plans=total, documents=np.maximum(1, total * 3 // 4))
    return rows[["place_id", "month", "documents", "plans", *STATUSES]]


def make_quotes(places: gpd.GeoDataFrame, counts: pd.DataFrame, most: int, *, seed: int = 1) -> pd.DataFrame:
    """Up to ``most`` invented quotes a place, at months and with statuses that it has."""
    chance = np.random.default_rng(seed)
    names = dict(zip(places["place_id"], places["place"], strict=True))
    rows = counts.sample(frac=1, random_state=seed).groupby("place_id").head(most)
    found = []
    values = rows[list(STATUSES)].to_numpy()
    for (place_id, month), counted in zip(rows[["place_id", "month"]].itertuples(index=False), values, strict=True):
        status = STATUSES[int(np.argmax(counted))]
        thing, who, number = THINGS[chance.integers(len(THINGS))], WHO[chance.integers(len(WHO))], int(chance.integers(1, 900_000))
        told = HOW[status].format(thing=thing, place=names[place_id])
        found.append(
            {
                "place_id": place_id, "month": month, "status": status, "summary": f"{who}: {thing} in {names[place_id]}",
                "quote": f"{who} {told}, {number % 97 + 3} km from the old one, a spokesman said, and it would cost {number} crowns.",
                "publisher": f"The {names[place_id]} Courier", "title": f"A {thing} for {names[place_id]}, number {number}",
                "published": f"{month}-{number % 28 + 1:02d}" if month else "", "url": f"https://courier.example/{number}",
                "doc_id": f"d{number:06d}", "reports": int(chance.integers(1, 40)), "origins": int(chance.integers(1, 6)),
            }
        )  # fmt: skip
    return pd.DataFrame(found).sort_values(["place_id", "reports"], ascending=[True, False], kind="stable", ignore_index=True)
