"""Plans, places and quotes as data files that other programs read."""

from layers.exports._all import write_data
from layers.exports._annotations import write_annotations
from layers.exports._csv import write_csv
from layers.exports._datapackage import write_datapackage
from layers.exports._geojson import write_geojson
from layers.exports._geopackage import write_geopackage
from layers.exports._geoparquet import write_geoparquet
from layers.exports._kml import write_kml
from layers.exports._linked_places import write_linked_places

__all__ = [
    "write_annotations",
    "write_csv",
    "write_data",
    "write_datapackage",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_kml",
    "write_linked_places",
]
