"""Compare maps of many cited points, and the map of two articles, with what other programs make of the same, in one run and one browser.

Run it as ``python benchmarks/map.py [--points 10000 100000] [--rounds 3] [--slow] [--articles PATH…] [--write]`` after ``npm ci`` in
``benchmarks/``. Each page is built ``rounds`` times (the median counts) and opened as often with the network off; pages stay in
``output/benchmarks/``. ``--slow`` adds ``folium.Marker``, which takes a minute for 10,000. ``--write`` puts the measures into
``benchmarks/map.json``. The ceilings that were asked for are in ``benchmarks/floors.json`` under ``map``, and the report says which hold.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import map_browser as browser  # noqa: E402
import map_pages as pages  # noqa: E402

from tests.browser import find  # noqa: E402

OUT = ROOT / "output" / "benchmarks"
MARKS = {"folium.Marker": ".leaflet-marker-icon", "FastMarkerCluster": ".leaflet-marker-icon, path.leaflet-interactive"}
"""What stands in the page for a mark, where it is an element; the others draw circles on a canvas."""


def runs(points: list[int], slow: bool) -> list[tuple[str, int]]:
    """Return which program draws how many points: ours and folium.GeoJson all, folium.Marker the fewest, the others the most."""
    few, most = min(points), max(points)
    listed = [(name, count) for count in sorted(set(points)) for name in ("citemap", "folium.GeoJson")]
    listed += [(name, most) for name in ("FastMarkerCluster", "Leaflet canvas")]
    return listed + ([("folium.Marker", few)] if slow else [])


def slug(name: str, count: int) -> str:
    """Return the name of a page's file, without its ending."""
    return f"{name.lower().replace('.', '-').replace(' ', '-')}-{count}"


def build(name: str, frame: Any, path: Path, rounds: int) -> dict[str, float]:
    """Build a page a few times; return seconds, the first ones too, and megabytes."""
    taken = []
    for _ in range(rounds):
        begin = time.perf_counter()
        pages.PROGRAMS[name](frame, path)
        taken.append(time.perf_counter() - begin)
    return {"build_s": statistics.median(taken), "build_first_s": taken[0], "mb": path.stat().st_size / 1e6}


def paint(running: Any, path: Path, shelf: browser.Shelf, marks: tuple[str, int] | None, rounds: int) -> dict[str, float]:
    """Open a page a few times; return the median seconds until its marks were painted."""
    taken = []
    for _ in range(rounds):
        page, painted = browser.open_page(running, path, shelf, marks)
        page.context.close()
        taken.append(painted / 1000)
    return {"paint_s": statistics.median(taken)}


def answers(running: Any, path: Path, shelf: browser.Shelf, rounds: int) -> dict[str, float]:
    """Open our page a few times; return the median seconds until a press shows its text, counted from the press."""
    taken = []
    for _ in range(rounds):
        page, _ = browser.open_page(running, path, shelf, None)
        taken.append(browser.press(page) / 1000)
        page.context.close()
    return {"click_s": statistics.median(taken)}


def frames(running: Any, path: Path, shelf: browser.Shelf) -> dict[str, float]:
    """Drag and zoom our page; return its longest frame."""
    page, _ = browser.open_page(running, path, shelf, None)
    measured = browser.longest_frame(page)
    page.context.close()
    return measured


def many(running: Any, points: list[int], rounds: int, *, slow: bool, shelf: browser.Shelf) -> dict[str, dict[str, float]]:
    """Build and open the pages of many points by every program; return the measures by page."""
    measured: dict[str, dict[str, float]] = {}
    frames_of = {count: pages.frame(count) for count in set(points)}
    for name, count in runs(points, slow):
        path = OUT / f"{slug(name, count)}.html"
        marks = (MARKS[name], count if name == "folium.Marker" else 1) if name in MARKS else None
        again = 1 if name == "folium.Marker" else rounds
        got = build(name, frames_of[count], path, again) | paint(running, path, shelf, marks, again)
        if name == "citemap":
            got |= answers(running, path, shelf, rounds)
            got |= frames(running, path, shelf) if count == max(points) else {}
        measured[f"{name} {count}"] = {key: round(value, 3) for key, value in got.items()}
        print(f"  {name} {count:,}: " + ", ".join(f"{key} {value:.3g}" for key, value in got.items()), file=sys.stderr)
    return measured


def two(running: Any, found: list[Path], rounds: int, shelf: browser.Shelf) -> dict[str, dict[str, float]]:
    """Open the map of articles by citemap and by plain folium, in turn; return the measures of both."""
    ours, plain = OUT / "articles-citemap.html", OUT / "articles-folium.html"
    count = pages.two_articles(found, ours, plain)
    selectors = {ours: ("path.cm-shape", count["shapes"]), plain: ("path.leaflet-interactive", count["shapes"])}
    taken: dict[Path, list[float]] = {ours: [], plain: []}
    for _ in range(2 * rounds + 1):
        for path, marks in selectors.items():
            page, painted = browser.open_page(running, path, shelf, marks)
            page.context.close()
            taken[path].append(painted / 1000)
    return {
        name: {"paint_s": round(statistics.median(taken[path][1:]), 3), "mb": round(path.stat().st_size / 1e6, 3)} | count
        for name, path in (("citemap", ours), ("folium", plain))
    }


def ratios(measured: dict[str, Any], few: int, most: int) -> dict[str, float]:
    """Return what was asked for, as numbers to hold against the ceilings."""
    by, articles = measured["points"], measured["articles"]
    fewer, more, rival = by[f"citemap {few}"], by[f"citemap {most}"], by[f"folium.GeoJson {few}"]
    return {
        "build_of_geojson": fewer["build_s"] / rival["build_s"],
        "mb_few": fewer["mb"],
        "mb_most": more["mb"],
        "paint_and_click_of_geojson": (more["paint_s"] + more["click_s"]) / rival["paint_s"],
        "longest_ms": more["longest_ms"],
        "articles_of_folium": articles["citemap"]["paint_s"] / articles["folium"]["paint_s"],
        "articles_mb": articles["citemap"]["mb"],
    }


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--slow", action="store_true", help="folium.Marker too")
    parser.add_argument("--articles", nargs="+", type=Path, help="default: the two of ../shared/articles, else the embedded ones")
    parser.add_argument("--write", action="store_true", help="write benchmarks/map.json")
    args = parser.parse_args()
    if not browser.PARTS.is_dir():
        sys.exit("the peers' files are missing: run `npm ci` in benchmarks/")
    OUT.mkdir(parents=True, exist_ok=True)
    found = args.articles or sorted(ROOT.parent.glob("shared/articles/0*.txt")) or [ROOT / "articles"]
    shelf = browser.Shelf()
    with browser.a_browser(find()) as running:
        measured: dict[str, Any] = {
            "text_ratio": round(pages.ratio(pages.texts(5000)), 3),
            "rounds": args.rounds,
            "articles": two(running, found, args.rounds, shelf),
            "points": many(running, args.points, args.rounds, slow=args.slow, shelf=shelf),
        }
    measured["without an answer"] = sorted(shelf.missing)
    measured["asked"] = {key: round(value, 3) for key, value in ratios(measured, min(args.points), max(args.points)).items()}
    print(json.dumps(measured, indent=1))
    ceilings = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["map"]["ceilings"]
    for key, value in measured["asked"].items():
        print(f"{key}: {value:.3g}, at most {ceilings[key]:g}{'' if value <= ceilings[key] else '  ← missed'}")
    if args.write:
        (ROOT / "benchmarks" / "map.json").write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
