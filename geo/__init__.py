"""Text in, places out. Knows no article and no publisher."""

from geo._errors import GazetteerError, GeoError
from geo._model import Candidate, Mention, Name, Place, Toponym
from geo._tokens import DATELINE, Token, paragraphs, tokenize
from geo.gazetteer import Gazetteer
from geo.parse import parse

__all__ = [
    "DATELINE",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Mention",
    "Name",
    "Place",
    "Token",
    "Toponym",
    "paragraphs",
    "parse",
    "tokenize",
]
