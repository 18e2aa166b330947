"""Compare a figure of 30 plans with a plain ``GeoDataFrame.plot()`` of the same shapes, land and extent, in turn in one run.

Run it as ``python benchmarks/figure.py [rounds] [--write]``; ``--write`` keeps the measures in ``benchmarks/figure.json``. Both draw a
double column. The plain plot has no names, numbers, notes, hatches or projection.
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


def plain(plans: gpd.GeoDataFrame, land: gpd.GeoDataFrame, box: tuple[float, float, float, float], kind: str) -> bytes:
    """Plot land and plans as GeoPandas does by itself, with the axes at a box in degrees, and return the file."""
    figure = Figure(figsize=(183 / 25.4, 183 / 25.4))
    axes = figure.add_subplot()
    land.plot(ax=axes, color="#F3F0E8", edgecolor="#A9A294")
    plans.plot(ax=axes, column="status", legend=True, alpha=0.5)
    axes.set(xlim=(box[0], box[2]), ylim=(box[1], box[3]))
    file = io.BytesIO()
    figure.savefig(file, format=kind, dpi=300)
    return file.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes, in seconds."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def measure(rounds: int = 5) -> dict[str, float]:
    """Return median seconds and ratios, all measured in turn after one run of each that does not count.

    ``png`` and ``pdf``: a figure against the plot of the whole 10m land with the axes at the extent. ``cut``: as PDF, against the plot of
    the land cut to the extent, the cutting included.
    """
    said, gazetteer = reading(), citemap._gazetteer()
    first = draw_figure(said, gazetteer)
    assert first.projection is not None and len(said.plans) == 30
    box = first.projection.box
    land = gpd.GeoDataFrame(geometry=[shape for _, shape in load_world("10m").countries], crs="EPSG:4326")
    works: dict[str, Callable[[], object]] = {
        "figure_png": lambda: draw_figure(said, gazetteer).png(),
        "figure_pdf": lambda: draw_figure(said, gazetteer).pdf(),
        "plain_png": lambda: plain(citemap.plans(said), land, box, "png"),
        "plain_pdf": lambda: plain(citemap.plans(said), land, box, "pdf"),
        "cut_pdf": lambda: plain(citemap.plans(said), land.clip(box), box, "pdf"),
    }
    for work in works.values():
        work()
    taken = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    middle = {name: statistics.median(times) for name, times in taken.items()}
    ratios = {
        "png": middle["figure_png"] / middle["plain_png"],
        "pdf": middle["figure_pdf"] / middle["plain_pdf"],
        "cut": middle["figure_pdf"] / middle["cut_pdf"],
    }
    return {name: round(value, 2) for name, value in {**{f"{name}_s": value for name, value in middle.items()}, **ratios}.items()}


def main() -> None:
    """Print, and with ``--write`` keep, the measures."""
    rounds = [int(word) for word in sys.argv[1:] if word.isdigit()]
    measured = measure(*rounds)
    for name, value in measured.items():
        print(f"{name} {value}")
    if "--write" in sys.argv:
        FILE.write_text(json.dumps({"about": "Written by benchmarks/figure.py --write: medians of one run.", **measured}, indent=1) + "\n")


if __name__ == "__main__":
    main()
