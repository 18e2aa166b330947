"""Which format a gazetteer's file has: told from what stands in it, never from its name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from geo._dumps import read_countries, read_divisions, read_places
from geo._errors import GazetteerError
from geo._features import read_linked_places, read_natural_earth
from geo._rows import Reader
from geo._tables import columns_of, read_table

TAKEN = (
    "GeoNames dumps (19 columns), GeoNames' admin1CodesASCII, admin2Codes and countryInfo, Natural Earth GeoJSON,"
    " Linked Places Format, CSV with the columns name, lat and lon"
)
_LOOKED_AT = 1 << 18
_LINES = 200


class Format(NamedTuple):
    """A format by its name, and what reads it."""

    name: str
    read: Reader


_PLACES = Format("GeoNames", read_places)
_ADMIN1 = Format("GeoNames first-order divisions", read_divisions)
_ADMIN2 = Format("GeoNames second-order divisions", read_divisions)
_COUNTRIES = Format("GeoNames countries", read_countries)
_NATURAL_EARTH = Format("Natural Earth", read_natural_earth)
_LINKED_PLACES = Format("Linked Places Format", read_linked_places)
_TABLE = Format("table", read_table)


def recognise(path: Path) -> Format:
    """Return the format of a file by its first quarter of a megabyte.

    Raises :class:`GazetteerError` where the file cannot be read or is none of the formats that are taken. Reads the disk.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
    except OSError as error:
        raise GazetteerError(
            f"{path}: the file cannot be read ({error.strerror}); name a file that is there", code="not-readable"
        ) from error
    if start.startswith((b"PK\x03\x04", b"\x1f\x8b")):
        raise GazetteerError(f"{path.name}: this is a packed archive; unpack it and add the file inside", code="packed-archive")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise GazetteerError(f"{path.name}: the text is UTF-16; save it as UTF-8 and add it again", code="not-utf8")
    found = _recognised(start.removeprefix(b"\xef\xbb\xbf").decode(errors="replace"))
    if found is None:
        raise GazetteerError(f"{path.name}: this is no format that can be added; taken are: {TAKEN}", code="unknown-format")
    return found


def _recognised(text: str) -> Format | None:
    if text.lstrip().startswith("{"):
        return _of_json(text)
    lines = [line for row in text.split("\n", _LINES + 1)[: _LINES + 1] if (line := row.rstrip("\r"))]
    if columns_of(lines[0] if lines else ""):
        return _TABLE
    votes = Counter(f for line in lines if not line.startswith("#") and (f := _of_line(line.split("\t"))))
    return votes.most_common(1)[0][0] if votes else None


def _of_json(text: str) -> Format | None:
    if '"FeatureCollection"' not in text and '"features"' not in text:
        return None
    if re.search(r'"featurecla"\s*:', text, re.I):
        return _NATURAL_EARTH
    return _LINKED_PLACES if re.search(r'"(@id|title|toponym)"\s*:', text) else None


def _of_line(fields: list[str]) -> Format | None:
    """The dump that a line could be of, by its columns."""
    if len(fields) == 19:
        if re.fullmatch("[A-Z]{2}", fields[0]) and re.fullmatch("[A-Z]{3}", fields[1]):
            return _COUNTRIES
        return _PLACES if fields[0].isdigit() and fields[4] and fields[5] else None
    if len(fields) == 4 and (m := re.fullmatch(r"[A-Z]{2}\.[^.\s]+(\.\S+)?", fields[0])):
        return _ADMIN2 if m[1] else _ADMIN1
    return None
