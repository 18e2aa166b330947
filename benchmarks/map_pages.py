"""The pages that ``benchmarks/map.py`` measures: the same cited points by citemap and by its peers, and the map of two articles by both.

The texts are made of words that nobody wrote: a seeded generator draws them from a few thousand syllable words, the frequent ones as often
as words of English are (Zipf), so that a packer finds in them about what it finds in news and no more.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from html import escape
from itertools import accumulate
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
from folium.plugins import FastMarkerCluster
from shapely.geometry import mapping

import citemap
import layers
from geo import Gazetteer
from layers._encode import script_json
from layers._marks import make_marks

LENGTH = 300
"""Characters of each citation text."""
VOCABULARY = 4000
SEED = 1
WORLD = (-170.0, -56.0, 190.0, 74.0)
PARTS = Path(__file__).resolve().parent / "node_modules"

_SMALL = ("the", "of", "to", "in", "and", "a", "for", "on", "that", "by", "is", "with", "said", "as", "it", "at", "from", "be", "will")
_HEADS = (
    "b",
    "br",
    "c",
    "ch",
    "cl",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "l",
    "m",
    "n",
    "p",
    "pl",
    "qu",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "w",
    "",
)
_HEARTS = ("a", "e", "i", "o", "u", "ai", "ea", "ou", "io")
_TAILS = ("n", "r", "s", "t", "l", "nd", "st", "m", "ck", "ng")
_SHARES = {"planned": 30, "proposed": 14, "agreed": 10, "under way": 18, "existing": 20, "completed": 6, "denied": 2}


def vocabulary(size: int, chance: random.Random) -> list[str]:
    """Return that many different words, the frequent ones short."""
    words = dict.fromkeys(_SMALL)
    while len(words) < size:
        syllables = chance.choices((1, 2, 3, 4), (4, 5, 2, 1) if len(words) > 200 else (3, 1, 0, 0))[0]
        made = "".join(
            chance.choice(_HEADS) + chance.choice(_HEARTS) + (chance.choice(_TAILS) if chance.random() < 0.5 else "")
            for _ in range(syllables)
        )
        if len(made) > 1:
            words[made] = None
    return list(words)


def texts(count: int, *, length: int = LENGTH, seed: int = SEED) -> list[str]:
    """Return that many different texts of exactly that many characters, the same each time."""
    chance = random.Random(seed)
    words = vocabulary(VOCABULARY, chance)
    weights = list(accumulate(1 / (rank + 2.7) for rank in range(len(words))))
    out = []
    for _ in range(count):
        text = " ".join(chance.choices(words, cum_weights=weights, k=length // 3))[: length - 1].rstrip().capitalize()
        out.append(text + "." * (length - len(text)))
    return out


def ratio(said: list[str]) -> float:
    """Return how small deflate alone, in base64, makes texts: what a page would have to hold without our list of words."""
    raw = "\n".join(said[:20000]).encode()
    return len(zlib.compress(raw, 9)) * 4 / 3 / len(raw)


def frame(count: int) -> gpd.GeoDataFrame:
    """Return that many points, evenly over the globe up to 64 degrees of latitude, each with a text and a status."""
    chance = np.random.default_rng(SEED)
    lon, lat = chance.uniform(-180, 180, count), np.degrees(np.arcsin(chance.uniform(-0.9, 0.9, count)))
    status = random.Random(SEED).choices(list(_SHARES), list(_SHARES.values()), k=count)
    geometry = gpd.points_from_xy(lon.round(5), lat.round(5))
    return gpd.GeoDataFrame({"quote": texts(count), "status": status}, geometry=geometry, crs=4326)


def ours(points: gpd.GeoDataFrame, path: Path) -> None:
    """Write the points with citemap."""
    m = layers.OfflineMap(WORLD, title=f"{len(points):,} cited points")
    layers.CitedPoints(points, name="Cited points").add_to(m)
    m.save(path)


def _blank(**options: Any) -> folium.Map:
    return folium.Map([10, 0], zoom_start=2, tiles=None, maxZoom=18, **options)


def markers(points: gpd.GeoDataFrame, path: Path) -> None:
    """Write the points with folium.Marker."""
    m = _blank()
    for point, quote in zip(points.geometry, points["quote"], strict=True):
        folium.Marker([point.y, point.x], popup=folium.Popup(escape(quote))).add_to(m)
    m.save(path)


def geojson(points: gpd.GeoDataFrame, path: Path) -> None:
    """Write the points with folium.GeoJson, in its quickest form: circles on a canvas."""
    m = _blank(prefer_canvas=True)
    circle = folium.CircleMarker(radius=4, fill=True)
    folium.GeoJson(points, marker=circle, popup=folium.GeoJsonPopup(fields=["quote", "status"])).add_to(m)
    m.save(path)


_CALLBACK = "function (row) { return L.circleMarker([row[0], row[1]], {radius: 4}).bindPopup(row[2]); }"


def clustered(points: gpd.GeoDataFrame, path: Path) -> None:
    """Write the points with folium's FastMarkerCluster."""
    m = _blank()
    rows = [[point.y, point.x, escape(quote)] for point, quote in zip(points.geometry, points["quote"], strict=True)]
    FastMarkerCluster(rows, callback=_CALLBACK).add_to(m)
    m.save(path)


_BARE = """<!DOCTYPE html><meta charset="utf-8"><style>{css} html, body, #map {{ height: 100%; margin: 0 }}</style><div id="map"></div>
<script>{js}</script><script>
const map = L.map("map", {{preferCanvas: true}}).setView([10, 0], 2);
for (const [lat, lon, text] of {rows}) L.circleMarker([lat, lon], {{radius: 4}}).bindPopup(text).addTo(map);
</script>"""


def bare(points: gpd.GeoDataFrame, path: Path) -> None:
    """Write the points with Leaflet alone, inlined, on its canvas."""
    leaflet = PARTS / "leaflet" / "dist"
    rows = [[point.y, point.x, escape(quote)] for point, quote in zip(points.geometry, points["quote"], strict=True)]
    page = _BARE.format(
        css=(leaflet / "leaflet.css").read_text(encoding="utf-8"),
        js=(leaflet / "leaflet.js").read_text(encoding="utf-8"),
        rows=script_json(rows),
    )
    path.write_text(page, encoding="utf-8")


PROGRAMS: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    "citemap": ours,
    "folium.Marker": markers,
    "folium.GeoJson": geojson,
    "FastMarkerCluster": clustered,
    "Leaflet canvas": bare,
}


def two_articles(found: list[Path], ours_at: Path, plain_at: Path) -> dict[str, int]:
    """Write the map of articles with citemap, and with plain folium the same shapes and points with popups; return how many of each."""
    reading = citemap.read(*found)
    citemap.draw(reading).save(ours_at)
    marks, _ = make_marks(reading, Gazetteer())
    m = folium.Map([20, 122], zoom_start=4, tiles=None)
    for mark in marks:
        told = "".join(
            f"<h4>{escape(plan.summary)} ({plan.status})</h4>" + "".join(f"<p>{escape(quote.exact)}</p>" for quote in plan.quotes)
            for plan, _ in mark.plans
        )
        if mark.kind == "point":
            folium.Marker([mark.geometry.y, mark.geometry.x], popup=folium.Popup(told, max_width=320)).add_to(m)
        else:
            folium.GeoJson(mapping(mark.geometry), popup=folium.Popup(told, max_width=320)).add_to(m)
    m.save(plain_at)
    points = sum(mark.kind == "point" for mark in marks)
    return {"shapes": len(marks) - points, "points": points}
