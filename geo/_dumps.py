"""GeoNames' dumps: the table of 19 columns, and the lists of first- and second-order divisions and of countries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from geo import build
from geo._entries import COUNTRY, DIVISION
from geo._rows import (
    Bad,
    Row,
    RowError,
    Source,
    alternates,
    country_of,
    feature_of,
    historical,
    named,
    people,
    point,
    sort_of,
    text,
)  # fmt: skip

AUTHORITY = "GeoNames (CC BY 4.0)"
_NO_DIVISION = ("0", "00")
_COUNTRIES = frozenset({"PCL", "PCLI", "PCLD", "PCLF", "PCLS", "PCLIX"})


def read_places(source: Source) -> Iterator[Row | Bad]:
    """Yield the rows of a table of 19 columns (``cities15000.txt``, ``NL.txt``, ``allCountries.txt``)."""
    return _read(source, _place)


def read_divisions(source: Source) -> Iterator[Row | Bad]:
    """Yield the rows of ``admin1CodesASCII.txt`` or ``admin2Codes.txt``: names by code, without coordinates."""
    return _read(source, _division)


def read_countries(source: Source) -> Iterator[Row | Bad]:
    """Yield the rows of ``countryInfo.txt``: names and populations by code, without coordinates."""
    return _read(source, _country)


def _read(source: Source, row_of: Callable[[int, list[str]], Row]) -> Iterator[Row | Bad]:
    for number, line in source.lines():
        if not line or line.startswith((b"#", b"ISO\t")):
            continue
        try:
            yield row_of(number, text(line).split("\t"))
        except RowError as error:
            yield error.at(number)


def _columns(fields: list[str], wanted: int) -> None:
    if len(fields) != wanted:
        raise RowError("\t".join(fields)[:60], f"the line has {len(fields)} columns, not {wanted}", "wrong-columns")


def _number(value: str) -> str:
    if not (value.isascii() and value.isdigit()):
        raise RowError(value, "the GeoNames id is no number", "wrong-id")
    return value


def _place(line: int, f: list[str]) -> Row:
    _columns(f, 19)
    number = _number(f[0])
    name = named(f[1])
    lat, lon = point(f[4], f[5])
    country, code = country_of(f[8]), feature_of(f[7])
    extent, prec, level = sort_of(f[6], code)
    rank = 1 if historical(code) else 0
    names = [(name, "", rank)]
    if f[2] and f[2] != name:
        names.append((f[2], "", rank))
    if f[3]:
        names += alternates(f[3].split(","))
    first = "" if f[10] in _NO_DIVISION else f[10]
    admin1 = build.admin1(country, first)
    division = f[6] == "A" and code in ("ADM1", "ADM2")
    return Row(
        line=line,
        id=f"geonames:{number}",
        name=name,
        lat=lat,
        lon=lon,
        feature_code=code,
        extent=extent,
        where_prec=prec,
        level=level,
        authority=AUTHORITY,
        authority_url=f"https://www.geonames.org/{number}",
        names=names,
        country=country,
        admin1=admin1,
        admin2=f"{country}.{first}.{f[11]}" if f[11] and first else "",
        population=people(f[14]),
        same=_same(country, code, admin1, f) if f[6] == "A" else "",
        part_of=_larger(country, admin1 if code == "ADM2" else "") if division else (),
        government_of=country if code == "PPLC" else "",
    )


def _same(country: str, code: str, admin1: str, f: list[str]) -> str:
    """The id in ISO's terms of a country or a first-order division."""
    if not country:
        return ""
    if code in _COUNTRIES or code == "TERR":
        if country in f[3].split(","):
            return f"iso3166-1:{country}"
        return f"iso3166-1:{country}?" if code in _COUNTRIES else ""
    return f"iso3166-2:{admin1}" if code == "ADM1" and "-" in admin1 else ""


def _larger(country: str, admin1: str) -> tuple[str, ...]:
    return tuple(x for x in (f"iso3166-2:{admin1}" if "-" in admin1 else "", f"iso3166-1:{country}" if country else "") if x)


_NOUN = re.compile(r" (?:County|Parish|Borough|Census Area|Municipality|Municipio|District|Raion|Oblast)$")
"""What English reports leave out of a division's name: \"in Geauga and Lake counties\"."""


def _division(line: int, f: list[str]) -> Row:
    _columns(f, 4)
    codes = f[0].split(".", 2)
    if len(codes) < 2 or not all(codes):
        raise RowError(
            f[0], "the code is none: a country, a first-order and perhaps a second-order code with full stops between", "wrong-id"
        )
    country = country_of(codes[0])
    name, number = named(f[1]), _number(f[3])
    admin1 = build.admin1(country, codes[1])
    second = len(codes) == 3
    return Row(
        line=line,
        id=f"geonames:{number}",
        name=name,
        lat=None,
        lon=None,
        feature_code="ADM2" if second else "ADM1",
        extent="area",
        where_prec=3 if second else 4,
        level=DIVISION,
        authority=f"{AUTHORITY}; the point is derived from its towns",
        authority_url=f"https://www.geonames.org/{number}",
        names=[(name, "", 0), (f[2], "", 0), *((bare, "", 1) for n in (name, f[2]) if (bare := _NOUN.sub("", n)) != n and second)],
        country=country,
        admin1=admin1,
        admin2=f[0] if second else "",
        same="" if second or "-" not in admin1 else f"iso3166-2:{admin1}",
        part_of=_larger(country, admin1 if second else ""),
    )


def _country(line: int, f: list[str]) -> Row:
    _columns(f, 19)
    country = country_of(f[0])
    name, number = named(f[4]), f[16]
    return Row(
        line=line,
        id=f"geonames:{_number(number)}" if number else f"iso3166-1:{country}",
        name=name,
        lat=None,
        lon=None,
        feature_code="PCLI",
        extent="country",
        where_prec=6,
        level=COUNTRY,
        authority=AUTHORITY,
        authority_url=f"https://www.geonames.org/{number}",
        names=[(name, "", 0)],
        country=country,
        population=people(f[7]),
        same=f"iso3166-1:{country}",
    )
