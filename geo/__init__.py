"""Text in, places out. Knows no article and no publisher."""

from geo._errors import GazetteerError, GeoError
from geo._home import infer_homes
from geo._model import Candidate, Mention, Name, Place, Toponym
from geo.gazetteer import Gazetteer
from geo.parse import parse

__all__ = [
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Mention",
    "Name",
    "Place",
    "Toponym",
    "infer_homes",
    "parse",
]
