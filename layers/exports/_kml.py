"""Plans as KML."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import shapely

from geo.files import write_atomically
from layers._days import day_range
from layers._distances import geodesic, line_ends
from layers._encode import polygon_parts
from layers._messages import load_messages
from layers._protocols import Gazetteer
from layers._style import load_styles
from layers.exports._columns import columns_everywhere
from layers.exports._gathered import Gathered, Row, gather, line_values
from layers.exports._text import as_json, for_xml
from sources import Reading, ReportedPlan, StatedDistance

NAMESPACE = "http://www.opengis.net/kml/2.2"
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)
_CLEAR, _SOLID = "4D", "FF"


def write_kml(reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str]) -> Path:
    """Write the plans as KML (OGC 07-147r2, 2.2; degrees, WGS 84), a placemark for each row of :func:`plans_to_frame`.

    Placemarks stand in folders by status; stated distances, as measured lines, in one of their own. A placemark has the number and the
    summary as its name, a balloon with status, quote and source as escaped text, a TimeSpan where the plan's date is a day, a month or a
    year (from its first day to its last) or an interval of such, and all columns of :func:`write_csv` as ExtendedData, lists as JSON text.
    Shapes are those of :func:`write_geojson`: generalised, cut at 180 degrees; a plan without a place has none. Colours are
    those of the map. Characters that XML cannot hold are shown as their pictures. Nothing is fetched from a network. An empty
    reading gives a document with styles alone. Equal readings give equal bytes. The file is written whole or not at all. Returns the path.
    Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_kml(Reading(articles=()), None, Path(folder) / "plans.kml").read_text(encoding="utf-8").splitlines()[1]
    '<kml xmlns="http://www.opengis.net/kml/2.2">'
    """
    return write_atomically(path, kml_bytes(gather(reading, gazetteer)))


def kml_bytes(gathered: Gathered) -> bytes:
    """Return the plans as the bytes of a KML file.

    >>> kml_bytes(gather(Reading(articles=()), None))[:13]
    b'<?xml version'
    """
    words = load_messages()
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = _add(root, "Document")
    _add(document, "name", "Plans")
    _add(document, "description", "Plans as articles report them. Reported, not verified.")
    for style in load_styles():
        _put_style(document, style)
    for style in load_styles():
        rows = [row for row in gathered.rows if row.values["status"] == style["id"]]
        if rows:
            folder = _add(document, "Folder")
            _add(folder, "name", words[f"status.{style['id']}"])
            for row in rows:
                _put_row(folder, row)
    _put_distances(document, gathered)
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, {name: for_xml(value) for name, value in attributes.items()})
    element.text = None if text is None else for_xml(text)
    return element


def _style_id(status: str) -> str:
    return status.replace(" ", "-")


def _colour(hue: str, alpha: str) -> str:
    """Return a colour as KML writes it: alpha, blue, green, red."""
    return (alpha + hue[5:7] + hue[3:5] + hue[1:3]).lower()


def _put_style(document: ET.Element, style: dict[str, str]) -> None:
    element = _add(document, "Style", id=_style_id(style["id"]))
    icon = _add(element, "IconStyle")
    _add(icon, "color", _colour(style["hue"], _SOLID))
    label = _add(element, "LabelStyle")
    _add(label, "scale", "0.8")
    line = _add(element, "LineStyle")
    _add(line, "color", _colour(style["hue"], _SOLID))
    _add(line, "width", "2")
    area = _add(element, "PolyStyle")
    _add(area, "color", _colour(style["hue"], _CLEAR))


def _put_row(folder: ET.Element, row: Row) -> None:
    values = row.values
    mark = _add(folder, "Placemark")
    _add(mark, "name", f"{values['number']}. {values['summary']}")
    _add(mark, "Snippet", values["place"] or values["no_geometry"], maxLines="1")
    _add(mark, "description", _balloon(row))
    _put_time(mark, values["when"])
    _add(mark, "styleUrl", f"#{_style_id(values['status'])}")
    data = {column.name: values[column.name] for column in columns_everywhere()} | {"generalised": row.moved}
    _put_data(mark, data)
    _put_shape(mark, row.simple)


def _balloon(row: Row) -> str:
    """Return what stands in the balloon, as HTML in which every word of an article is escaped."""
    values, words = row.values, load_messages()
    source = ", ".join(part for part in (values["source"], values["title"], values["published"]) if part)
    where = ": ".join(part for part in (values["place"], values["precision"] or values["no_geometry"]) if part)
    lines = [words[f"status.{values['status']}"], where, values["when_said"] or "", f"“{values['quote']}”", source, values["url"] or ""]
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _put_time(mark: ET.Element, when: str | None) -> None:
    """Add a span from the first day to the last where both ends are days, months or years, or open."""
    ends = (when or "").split("/")
    if len(ends) > 2 or not any(_DATE.fullmatch(end) for end in ends) or not all(_DATE.fullmatch(end) or end in ("..", "") for end in ends):
        return
    first, last = day_range(when) or ("", "")
    if first or last:
        span = _add(mark, "TimeSpan")
        for tag, day in (("begin", first), ("end", last)):
            if day:
                _add(span, tag, day)


def _put_data(mark: ET.Element, values: dict[str, Any]) -> None:
    """Add every column that holds something; what is missing is left out, what is empty text is there and empty."""
    extended = _add(mark, "ExtendedData")
    for name, value in values.items():
        if value is not None:
            data = _add(extended, "Data", name=name)
            _add(data, "value", as_json(value) if isinstance(value, list | dict | bool | float) else str(value))


def _put_shape(mark: ET.Element, shape: Any) -> None:
    if shape is None:
        return
    parts = shapely.get_parts(shape).tolist()
    parent = mark if len(parts) == 1 else _add(mark, "MultiGeometry")
    for part in parts:
        if part.geom_type == "Point":
            _add(_add(parent, "Point"), "coordinates", _coordinates(part.coords))
        elif part.geom_type == "LineString":
            line = _add(parent, "LineString")
            _add(line, "tessellate", "1")
            _add(line, "coordinates", _coordinates(part.coords))
        for polygon in polygon_parts(part):
            area = _add(parent, "Polygon")
            for tag, ring in [("outerBoundaryIs", polygon.exterior), *(("innerBoundaryIs", ring) for ring in polygon.interiors)]:
                _add(_add(_add(area, tag), "LinearRing"), "coordinates", _coordinates(ring.coords))


def _coordinates(points: Iterable[tuple[float, ...]]) -> str:
    return " ".join(f"{lon:.5f}".rstrip("0").rstrip(".") + "," + f"{lat:.5f}".rstrip("0").rstrip(".") for lon, lat in points)


def _put_distances(document: ET.Element, gathered: Gathered) -> None:
    plans = {row.plan.id: row.plan for row in gathered.rows}.values()
    stated = [(plan, distance) for plan in plans for distance in plan.distances]
    if not stated:
        return
    folder = _add(document, "Folder")
    _add(folder, "name", "stated distances")
    for plan, distance in stated:
        _put_distance(folder, plan, distance)


def _put_distance(folder: ET.Element, plan: ReportedPlan, distance: StatedDistance) -> None:
    mark = _add(folder, "Placemark")
    _add(mark, "name", f"{plan.number}. {distance.said}")
    _add(mark, "description", f"<p>{escape(distance.words or distance.said)}</p>")
    _add(mark, "styleUrl", f"#{_style_id(plan.status)}")
    _put_data(mark, {"number": plan.number, "plan_id": plan.id, "key": plan.key, "status": plan.status} | line_values(distance))
    ends = line_ends(distance)
    _put_shape(mark, shapely.MultiLineString(geodesic(*ends)) if ends else None)
