"""Text in, places out. Knows no article and no publisher."""

from geo._errors import GazetteerError, GeoError
from geo._model import Candidate, Mention, Name, Place, Toponym
from geo._outlets import infer_homes
from geo.added import AddedGazetteer, add_gazetteers, added_gazetteers, rebuild_gazetteer, remove_gazetteer
from geo.gazetteer import Gazetteer
from geo.parse import parse

__all__ = [
    "AddedGazetteer",
    "Candidate",
    "Gazetteer",
    "GazetteerError",
    "GeoError",
    "Mention",
    "Name",
    "Place",
    "Toponym",
    "add_gazetteers",
    "added_gazetteers",
    "infer_homes",
    "parse",
    "rebuild_gazetteer",
    "remove_gazetteer",
]
