"""Plans, places and quotes as data files that other programs read."""

from layers.exports._csv import write_csv
from layers.exports._geojson import write_geojson

__all__ = ["write_csv", "write_geojson"]
