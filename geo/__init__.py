"""Text in, places out. Knows no article and no publisher."""

from geo._errors import GazetteerError, GeoError
from geo._model import Candidate, Mention, Name, Place, Toponym
from geo.added import Layer, add_files, list_layers, rebuild, remove_layer
from geo.gazetteer import Gazetteer
from geo.parse import parse

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Layer",
    "Mention",
    "Name",
    "Place",
    "Toponym",
    "add_files",
    "list_layers",
    "parse",
    "rebuild",
    "remove_layer",
]
