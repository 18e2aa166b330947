"""Tables with a header: plain CSV, tab-separated files, and the table form of Linked Places Format."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain

from geo import build
from geo._earth import HALF_ROUND_M
from geo._rows import (
    LONGEST_LINE,
    Bad,
    Row,
    RowError,
    Source,
    alternates,
    class_of,
    country_of,
    feature_of,
    named,
    people,
    plain,
    point,
    sort_of,
)

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": ("name", "title", "toponym", "place", "place_name", "placename"),
    "lat": ("lat", "latitude", "y", "decimallatitude"),
    "lon": ("lon", "lng", "long", "longitude", "x", "decimallongitude"),
    "id": ("id", "place_id", "wof_id", "geonameid", "geonames_id"),
    "country": ("country", "country_code", "countrycode", "ccode", "ccodes", "iso"),
    "admin1": ("admin1", "admin1_code", "admin1code"),
    "admin2": ("admin2", "admin2_code", "admin2code"),
    "feature_code": ("feature_code", "featurecode", "fcode"),
    "feature_class": ("feature_class", "featureclass", "fclass", "fclasses"),
    "population": ("population", "pop"),
    "uncertainty": ("coordinateuncertaintyinmeters", "uncertainty_m"),
    "same": ("gn_id",),
}
"""What a column may be called, in small letters, the first that is there counts."""
ALTERNATES = ("alternatenames", "alternate_names", "altnames", "alt_names", "names", "variants", "eng_names", "local_names")
_DELIMITERS = ("\t", ",", ";")


def columns_of(header: str) -> tuple[str, dict[str, int]] | None:
    """Return the delimiter and the known columns of a header line, or None where it has no name, latitude and longitude."""
    for delimiter in _DELIMITERS if "\r" not in header else ():
        found = _known(next(csv.reader([header], delimiter=delimiter), []))
        if {"name", "lat", "lon"} <= set(found):
            return delimiter, found
    return None


def _known(header: list[str]) -> dict[str, int]:
    places = {cell.strip().lower().replace(" ", "_"): i for i, cell in reversed(list(enumerate(header)))}
    return {what: places[said] for what, spellings in COLUMNS.items() for said in reversed(spellings) if said in places}


def read_table(source: Source) -> Iterator[Row | Bad]:
    """Yield the rows of a table whose header names at least a name, a latitude and a longitude."""
    lines = source.lines()
    number, first = next((number, line) for number, line in lines if line)
    header = first.decode(errors="replace")
    known = columns_of(header)
    if known is None:
        raise ValueError(f"{source.name} was recognised as a table, but has no header")
    delimiter, columns = known
    cells = [c.strip().lower() for c in next(csv.reader([header], delimiter=delimiter))]
    others = [i for i, cell in enumerate(cells) if cell.replace(" ", "_") in ALTERNATES and i not in columns.values()]
    geonames = "id" in columns and cells[columns["id"]].startswith("geoname")
    csv.field_size_limit(LONGEST_LINE)
    rows = csv.reader((line.decode(errors="surrogateescape") + "\n" for _, line in lines), delimiter=delimiter, strict=delimiter != "\t",
                      quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL)  # fmt: skip
    while True:
        begun = number + rows.line_num + 1
        try:
            fields = next(rows)
            if not fields:
                continue
            if len(fields) != len(cells):
                raise RowError(
                    delimiter.join(fields)[:60], f"the line has {len(fields)} columns, not {len(cells)} like the header", "wrong-columns"
                )
            yield _row(begun, fields, columns, others, source, geonames)
        except StopIteration:
            return
        except csv.Error as error:
            yield Bad(begun, "", f"the line is no CSV ({error})", "not-csv")
        except RowError as error:
            yield error.at(begun)


def _row(line: int, fields: list[str], columns: dict[str, int], others: list[int], source: Source, geonames: bool) -> Row:
    def said(what: str) -> str:
        cell = fields[columns[what]] if what in columns else ""
        return cell if what == "name" else plain(cell)

    if not all(field.isascii() for field in fields):
        _decodable(fields)
    name = named(said("name"))
    lat, lon = point(said("lat"), said("lon"))
    country = country_of(re.split(r"[;|]", said("country"))[0].upper())
    code = feature_of(said("feature_code").upper())
    extent, prec, level = sort_of(said("feature_class")[:1].upper() or class_of(code), code)
    own = said("id")
    admin1, admin2 = said("admin1")[:40], said("admin2")[:40]
    if "-" not in admin1:
        admin1 = build.admin1(country, admin1)
    same = said("same")
    return Row(
        line=line,
        id=f"geonames:{own}" if own and geonames else own if ":" in own else f"{source.path.stem}:{own or line}",
        name=name,
        lat=lat,
        lon=lon,
        feature_code=code,
        extent=extent,
        where_prec=prec,
        level=level,
        authority=source.name,
        authority_url="",
        names=[(name, "", 0), *alternates(list(chain.from_iterable(re.split(r"[;|]", fields[i]) for i in others)))],
        country=country,
        admin1=admin1,
        admin2=f"{country}.{admin1}.{admin2}" if admin2 and country else "",
        population=people(said("population")),
        uncertainty_m=_metres(said("uncertainty")),
        same=f"geonames:{same}" if same.isdigit() else "",
    )


def _decodable(fields: list[str]) -> None:
    for field in fields:
        try:
            field.encode()
        except UnicodeEncodeError:
            raise RowError(field, "the bytes are not UTF-8", "not-utf8") from None


def _metres(value: str) -> float | None:
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0 <= number <= HALF_ROUND_M:
        raise RowError(value, "the uncertainty is no number of metres", "wrong-uncertainty")
    return number
