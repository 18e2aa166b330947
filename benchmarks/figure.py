"""Compare a figure of 30 plans with a plain ``GeoDataFrame.plot()`` of the same shapes, land and extent, in turn in one run.

Run it as ``python benchmarks/figure.py [rounds] [--write]``; ``--write`` keeps the measures in ``benchmarks/figure.json``. Both draw a
double column and write it as PDF. The plain plot has no names, numbers, notes, hatches or projection; its land is cut to the extent before.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
from matplotlib.figure import Figure

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import citemap  # noqa: E402
from layers import draw_figure  # noqa: E402
from layers._world import load_world  # noqa: E402
from sources import Reading  # noqa: E402

FILE = ROOT / "benchmarks" / "figure.json"
TOWNS = (
    "Naha", "Taipei", "Manila", "Cebu", "Davao", "Kagoshima", "Hong Kong", "Shanghai", "Fuzhou", "Xiamen", "Kaohsiung", "Miyakojima",
    "Hanoi", "Da Nang", "Haikou", "Guangzhou", "Puerto Princesa", "Zamboanga", "Nagasaki", "Ningbo",
)  # fmt: skip
WIDER = (
    "the Philippines", "Taiwan", "Okinawa Prefecture", "Kagoshima Prefecture", "the Ryukyu Islands", "Vietnam", "Luzon", "Mindanao",
    "Palawan", "Kyushu",
)  # fmt: skip
THINGS = ("a fuel depot", "a radar station", "a naval pier", "an airstrip", "a hospital", "a barracks")


def reading() -> Reading:
    """Return 30 invented plans, each at a place of its own."""
    text = "\n\n".join(f"The navy will build {THINGS[i % 6]} in {place} in {2027 + i % 5}." for i, place in enumerate((*TOWNS, *WIDER)))
    return citemap.read_text(text, date="2026-03-03", publisher="The Example Courier")


def plain(plans: gpd.GeoDataFrame, box: tuple[float, float, float, float]) -> bytes:
    """Plot land and plans as GeoPandas does by itself, cut to a box in degrees, and return the PDF."""
    west, south, east, north = box
    land = gpd.GeoSeries([shape for _, shape in load_world("10m").countries], crs="EPSG:4326").clip_by_rect(west, south, east, north)
    figure = Figure(figsize=(183 / 25.4, 183 / 25.4))
    axes = figure.add_subplot()
    gpd.GeoDataFrame(geometry=land[~land.is_empty]).plot(ax=axes, color="#F3F0E8", edgecolor="#A9A294")
    plans.plot(ax=axes, column="status", legend=True, alpha=0.5)
    axes.set(xlim=(west, east), ylim=(south, north))
    file = io.BytesIO()
    figure.savefig(file, format="pdf")
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes, in seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(rounds: int = 5) -> dict[str, float]:
    """Return the median seconds of both, measured in turn after one run of each that does not count, and their ratio."""
    said, gazetteer = reading(), citemap._gazetteer()
    first = draw_figure(said, gazetteer)
    assert first.projection is not None and len(said.plans) == 30
    box = first.projection.box
    plain(citemap.plans(said), box), first.pdf()
    pairs = [(seconds(lambda: draw_figure(said, gazetteer).pdf()), seconds(lambda: plain(citemap.plans(said), box))) for _ in range(rounds)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    return {"figure_s": round(ours, 2), "plain_s": round(theirs, 2), "ratio": round(ours / theirs, 2)}


def main() -> None:
    """Print, and with ``--write`` keep, the measures."""
    rounds = [int(word) for word in sys.argv[1:] if word.isdigit()]
    measured = measure(*rounds)
    print(f"figure of 30 plans {measured['figure_s']} s, plain plot {measured['plain_s']} s: {measured['ratio']} times")
    if "--write" in sys.argv:
        FILE.write_text(json.dumps({"about": "Written by benchmarks/figure.py --write: medians of one run.", **measured}, indent=1) + "\n")


if __name__ == "__main__":
    main()
