"""What every reader of a gazetteer's file gives: rows of one sort, and what was set aside with the rule that it breaks."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple

from geo._entries import CITY, CURATED, DIVISION
from geo._model import Extent

FEATURES = Path(__file__).parent / "data" / "features"
LONGEST_LINE = 4_000_000
"""Bytes of a line at most; the longest one of GeoNames has some 12,000."""
_MOST_PEOPLE = 20_000_000_000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Control characters, and those that turn the direction of the text around them."""
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters: what is left of bytes that are not UTF-8."""
_COUNTRY = re.compile(r"[A-Z]{2}|")
_CODE = re.compile(r"[A-Z0-9_.-]{0,10}")


class Row(NamedTuple):
    """A place as a file gives it, in the columns of the index. ``same`` is the id of the place that it is, by a code of its own; with a
    question mark at the end where the point or a name has to confirm that. ``lat`` and ``lon`` are None where the file gives none."""

    line: int
    id: str
    name: str
    lat: float | None
    lon: float | None
    feature_code: str
    extent: Extent
    where_prec: int
    level: int
    authority: str
    authority_url: str
    names: list[tuple[str, str, int]]
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    uncertainty_m: float | None = None
    same: str = ""
    links: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    government_of: str = ""
    wkb: bytes | None = None


class Bad(NamedTuple):
    """A line (or a feature, by its number) that is not taken, the value at fault, the rule, and the rule's short stable name."""

    line: int
    value: str
    rule: str
    code: str


class RowError(ValueError):
    """A row breaks a rule: raised inside a reader, which turns it into a :class:`Bad`."""

    def __init__(self, value: object, rule: str, code: str) -> None:
        super().__init__(rule)
        self.value, self.rule, self.code = str(value), rule, code

    def at(self, line: int) -> Bad:
        """Return what is set aside."""
        return Bad(line, self.value, self.rule, self.code)


class Source:
    """A file to read: its name and its bytes, line by line, with word of how far it has been read."""

    def __init__(self, path: Path, told: Callable[[int], None] = lambda done: None) -> None:
        self.path, self.name, self._told = path, path.name, told

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Yield each line's number and its bytes without the line end; of a line that is too long only the beginning."""
        with self.path.open("rb") as file:
            done, number = 0, 0
            while line := file.readline(LONGEST_LINE):
                number += 1
                done += len(line)
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
                    done += _skip(file)
                if number % 4096 == 0:
                    self._told(done)
                yield number, line.rstrip(b"\r\n")
            self._told(done)

    def blocks(self, size: int = 1 << 18) -> Iterator[bytes]:
        """Yield the bytes block by block."""
        with self.path.open("rb") as file:
            done = 0
            while block := file.read(size):
                done += len(block)
                self._told(done)
                yield block


Reader = Callable[[Source], Iterator[Row | Bad]]


def _skip(file: BinaryIO) -> int:
    skipped = 0
    while rest := file.readline(LONGEST_LINE):
        skipped += len(rest)
        if rest.endswith(b"\n"):
            break
    return skipped


def text(line: bytes) -> str:
    """Return a line as text. Raises RowError where it is too long or is not UTF-8."""
    if len(line) >= LONGEST_LINE:
        raise RowError(line[:40].decode(errors="backslashreplace"), f"the line is longer than {LONGEST_LINE:,} bytes", "line-too-long")
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        part = line[max(0, error.start - 20) : error.end + 20].decode(errors="backslashreplace")
        raise RowError(part, "the bytes are not UTF-8", "not-utf8") from None


def point(lat: object, lon: object) -> tuple[float, float]:
    """Return latitude and longitude as numbers, in degrees (WGS 84). Raises RowError where they are no point of the earth."""
    try:
        y, x = float(lat), float(lon)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        raise RowError(f"{lat}, {lon}", "latitude and longitude are not both numbers", "not-a-number") from None
    if not (math.isfinite(y) and math.isfinite(x)):
        raise RowError(f"{lat}, {lon}", "latitude and longitude are not both finite", "not-finite")
    if abs(y) > 90:
        swapped = "; latitude and longitude look swapped" if abs(y) <= 180 and abs(x) <= 90 else ""
        raise RowError(f"{lat}, {lon}", f"the latitude lies outside -90 to 90{swapped}", "latitude-out-of-range")
    if abs(x) > 180:
        raise RowError(f"{lat}, {lon}", "the longitude lies outside -180 to 180", "longitude-out-of-range")
    return y, x


def people(value: str) -> int:
    """Return a population; 0 for the empty string. Raises RowError for anything but a number of people."""
    if not value:
        return 0
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 <= number <= _MOST_PEOPLE:
        raise RowError(value, "the population is no number of people", "wrong-population")
    return int(number)


def named(name: str) -> str:
    """Return the name. Raises RowError where it is empty or holds control characters."""
    if not name.strip():
        raise RowError(name, "there is no name", "no-name")
    if "?" in name or "\ufffd" in name:
        raise RowError(name, "letters of the name were lost: it holds question marks", "lost-letters")
    if not name.isprintable():
        if _CONTROL.search(name):
            raise RowError(name, "the name holds control characters", "control-characters")
        if _SURROGATE.search(name):
            raise RowError(name, "the bytes are not UTF-8", "not-utf8")
    return name.strip()


def country_of(code: str) -> str:
    """Return an ISO 3166-1 alpha-2 code or ``""``. Raises RowError for anything else."""
    if not _COUNTRY.fullmatch(code):
        raise RowError(code, "the country is no ISO 3166-1 alpha-2 code", "wrong-country")
    return code


def feature_of(code: str) -> str:
    """Return a feature code or ``""``. Raises RowError for what cannot be one."""
    if not _CODE.fullmatch(code):
        raise RowError(code, "the feature code is none: capitals and digits, ten at most", "wrong-feature-code")
    return code


def alternates(names: list[str]) -> list[tuple[str, str, int]]:
    """Return alternate names without codes ("NLD"), without those of one or two letters and without broken ones."""
    return [(n, "", 1) for name in names if len(n := name.strip()) > 2 and not (len(n) <= 4 and n.isupper()) and is_clean(n)]


def is_clean(name: str) -> bool:
    """Return whether a name holds neither control characters nor what is left of undecodable bytes."""
    return name.isprintable() or not (_CONTROL.search(name) or _SURROGATE.search(name))


def plain(value: object) -> str:
    """Return any value as text without control characters and undecodable bytes."""
    return _SURROGATE.sub("", _CONTROL.sub("", str(value))).strip()


@cache
def _features() -> tuple[dict[str, dict[str, tuple[Extent, int]]], re.Pattern[str], frozenset[str]]:
    data = json.loads((FEATURES / "geonames.json").read_text(encoding="utf-8"))
    return data["extents"], re.compile(data["historical"]), frozenset(data["curated_level"])


@lru_cache(maxsize=4096)
def sort_of(feature_class: str, code: str) -> tuple[Extent, int, int]:
    """Return the extent, UCDP's precision and the level of a GeoNames feature."""
    extents, _, curated = _features()
    rules = extents.get(feature_class, extents[""])
    extent, prec = rules[max((key for key in rules if code.startswith(key)), key=len)]
    return extent, prec, level_of(code, curated)


def level_of(code: str, curated: frozenset[str] | None = None) -> int:
    """Return the level of a place of an added gazetteer by its feature code."""
    if code in (curated if curated is not None else _features()[2]):
        return CURATED
    return DIVISION if code in ("ADM1", "ADM2") else CITY


@lru_cache(maxsize=4096)
def class_of(code: str) -> str:
    """Return the feature class that has a rule for this code by name; ``S`` (a spot) where none has."""
    extents = _features()[0]
    found = [(len(key), cls) for cls, rules in extents.items() for key in rules if key and code.startswith(key)]
    if code.startswith("PPL"):
        return "P"
    return "A" if code.startswith("ADM") else max(found, default=(0, "S"))[1]


@lru_cache(maxsize=4096)
def historical(code: str) -> bool:
    """Return whether a feature code says that the place is no more: its names then count as alternates."""
    return bool(_features()[1].match(code))
