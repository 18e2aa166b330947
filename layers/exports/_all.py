"""All data files of a reading at once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from geo.files import write_together
from layers._protocols import Gazetteer
from layers.exports._annotations import annotations_bytes
from layers.exports._csv import csv_bytes
from layers.exports._datapackage import write_datapackage
from layers.exports._gathered import Gathered, gather
from layers.exports._geojson import geojson_bytes
from layers.exports._geopackage import geopackage_bytes
from layers.exports._geoparquet import geoparquet_bytes
from layers.exports._kml import kml_bytes
from layers.exports._linked_places import linked_places_bytes
from sources import Reading

_WRITERS: dict[str, Callable[[Gathered], bytes]] = {
    "plans.geojson": geojson_bytes,
    "plans.csv": csv_bytes,
    "plans.gpkg": geopackage_bytes,
    "plans.parquet": geoparquet_bytes,
    "plans.kml": kml_bytes,
    "annotations.jsonld": annotations_bytes,
    "places.lpf.json": linked_places_bytes,
}


def write_data(
    reading: Reading, gazetteer: Gazetteer, folder: str | os.PathLike[str], *, beside: Iterable[str] = (), title: str = ""
) -> list[str]:
    """Write all data files of a reading into a folder and return their names, in the order of writing.

    They are ``plans.geojson``, ``plans.csv``, ``plans.gpkg``, ``plans.parquet``, ``plans.kml``, ``annotations.jsonld``,
    ``places.lpf.json`` and, last, ``datapackage.json``, which describes the others and those that lie ``beside`` them already (names of
    files in the folder: the map, citations). ``title`` is that of the package. Each is what its own writer gives (:func:`write_geojson`
    and so on), but rows and shapes are made once. Every file is written whole or not at all; nothing is written where a file cannot be
    made. Raises UnquotedMarkError when a quote does not stand in its article, OSError when the folder or a file beside is missing.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_data(Reading(articles=()), None, folder)[-1]
    'datapackage.json'
    """
    target = Path(folder)
    gathered = gather(reading, gazetteer)
    made = {name: write(gathered) for name, write in _WRITERS.items()}
    write_together({target / name: data for name, data in made.items()})
    write_datapackage(reading, gazetteer, target / "datapackage.json", files=[*made, *beside], title=title)
    return [*made, "datapackage.json"]
