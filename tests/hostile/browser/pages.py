"""Every sort of page that citemap writes, made of hostile texts."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from layers import CitedPoints, OfflineMap, PlanFrame, draw_map, places_to_frame, plans_to_frame, show, write_embeds, write_report
from layers.report import EmbedOptions
from tests.hostile.browser.filling import hostile_context, hostile_options, hostile_reading

PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=")


def map_page(texts: Sequence[str], folder: Path, name: str = "map.html") -> Path:
    """The map of a reading in which each text stands in every field, with sites of context; the first text is title and deck."""
    reading, gazetteer = hostile_reading(texts)
    options = hostile_options(texts[0]) | {"tiles": ""}
    return draw_map(reading, gazetteer, context=hostile_context(texts), **options).save_offline(folder / name)


def points_page(texts: Sequence[str], folder: Path) -> Path:
    """Cited points whose columns, and whose names of columns, are the texts, one name for each point."""
    name = texts[0]
    columns = {f"{name} {role}": [f"{text} " for text in texts] for role in ("quote", "title", "source")} | {f"{name} link": list(texts)}
    places = gpd.points_from_xy([100 + 2 * (n % 20) for n in range(len(texts))], [3 * (n // 20) for n in range(len(texts))])
    frame = gpd.GeoDataFrame(columns, geometry=places, crs="EPSG:4326")
    page = OfflineMap((98, -3, 142, 20), title=name)
    CitedPoints(
        frame, quote=f"{name} quote", status=None, title=f"{name} title", source=f"{name} source", link=f"{name} link", name=name
    ).add_to(page)
    return page.save_offline(folder / "points.html")


def explored_page(texts: Sequence[str], folder: Path) -> Path:
    """A frame of the texts as ``explore`` draws it, coloured by the texts, with a tooltip, a popup and a legend of them."""
    reading, gazetteer = hostile_reading(texts)
    plans = plans_to_frame(reading, gazetteer)
    odd = {f"{text}{n}": [text] * len(plans) for n, text in enumerate(texts[:20])}
    frame = PlanFrame(plans.assign(summary=list(plans["summary"]), **odd))
    page = frame.explore(column="summary", tooltip=True, popup=True, title=texts[0], legend_kwds={"caption": texts[0]})
    return page.save_offline(folder / "explored.html")


def places_page(texts: Sequence[str], folder: Path) -> Path:
    """The names that were found, as ``explore`` draws them by themselves."""
    reading, gazetteer = hostile_reading(texts)
    return PlanFrame(places_to_frame(reading, gazetteer)).explore(popup=True).save_offline(folder / "places.html")


def shown_page(texts: Sequence[str], folder: Path) -> Path:
    """What a notebook shows of a reading, its articles, plans, names, places and its map, in a page without a policy, as notebooks are."""
    reading, gazetteer = hostile_reading(texts)
    values = [reading, *reading.plans, *reading.articles]
    values += [t for found in reading.toponyms.values() for t in found] + [p.place for plan in reading.plans for p in plan.places[:1]]
    parts = [show(value, gazetteer, reading=reading).html for value in values]
    text = f"<!DOCTYPE html><meta charset=utf-8><title>shown</title>{''.join(parts)}"
    file = folder / "shown.html"
    file.write_text(text, encoding="utf-8", errors="replace")
    return file


def report_page(texts: Sequence[str], folder: Path) -> Path:
    """The report as one page, whose map stands in a frame."""
    reading, gazetteer = hostile_reading(texts)
    options = hostile_options(texts[0]) | {"tiles": ""}
    return write_report(reading, gazetteer, folder / "report.html", made_by={texts[0] or "x": texts[0]}, **options)


def embed_page(texts: Sequence[str], folder: Path) -> Path:
    """The pages that embed a map, one for each of the first texts, side by side: what another page would be given."""
    (folder / "map.png").write_bytes(PIXEL)
    (folder / "map.html").write_text("<!DOCTYPE html><title>map</title>", encoding="utf-8")
    reading, gazetteer = hostile_reading(texts)
    bodies = []
    for text in texts[:12]:
        write_embeds(reading, gazetteer, folder, **(hostile_options(text, EmbedOptions) | {"tiles": "", "url": ""}))
        bodies += [
            (folder / "embed.html").read_text(encoding="utf-8"),
            json.loads((folder / "oembed.json").read_text(encoding="utf-8"))["html"],
        ]
    file = folder / "embeds.html"
    file.write_text("\n".join(bodies), encoding="utf-8")
    return file


def naive_page(texts: Sequence[str], folder: Path) -> Path:
    """What a page would be that takes texts for markup: the same data, no policy, written through innerHTML and through addresses."""
    data = json.dumps([text.encode("utf-8", "replace").decode() for text in texts]).replace("<", "\\u003c")
    script = (
        f"for (const text of {data}) {{ const note = document.createElement('p'); note.className = 'cm-card'; note.innerHTML = text;"
        "document.body.append(note); const link = document.createElement('a'); link.href = text; link.className = 'leaflet-interactive';"
        "link.setAttribute('role', 'button'); link.textContent = 'x'; document.body.append(link); }"
    )
    file = folder / "naive.html"
    file.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><title>{html.escape('naive')}</title><body><script>{script}</script>", encoding="utf-8"
    )
    return file
