"""What a person is shown of the gazetteer: what was added, the table of added files, and what a name can mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from geo._errors import GazetteerError
from geo._model import Place
from geo._text import name_key
from geo.added import AddedGazetteer
from geo.gazetteer import Gazetteer

FIRST = 3
"""Rows set aside that are shown at once; all of them stand in the file that is named."""
MOST_PLACES = 50


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that draws a bar on standard error: what is done, how much of it, of how much; nothing where that is no terminal.

    >>> with progress() as told:
    ...     told("reading towns.csv", 1, 2)
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, total: bar.update(task, description=escape(what), completed=done, total=total or None)


def added_lines(layer: AddedGazetteer) -> list[str]:
    """Return what is said of a file that has just been added, a line each: its counts, and the first rows that were set aside.

    >>> added_lines(AddedGazetteer(name="towns.csv", format="table", sha256="00", rows=2))
    ['towns.csv: table, 2 rows taken, 0 set aside']
    """
    lines = [f"{layer.name}: {layer.format}, {layer.rows:,} row{'' if layer.rows == 1 else 's'} taken, {layer.set_aside:,} set aside"]
    if layer.set_aside_in:
        with layer.set_aside_in.open(encoding="utf-8") as file:
            for row in islice(file, 1, 1 + FIRST):
                number, value, rule, *code = row.rstrip("\n").split("\t")  # no code where an older version added it
                lines.append(f"{layer.name}:{number}: {value!r}: {rule}" + "".join(f" [{one}]" for one in code))
        lines.append(f"{layer.name}: all rows that were set aside stand in {layer.set_aside_in}")
    return lines + _notes(layer)


def layers_table(layers: Sequence[AddedGazetteer], package: Mapping[str, str]) -> str:
    """Return the gazetteers as a table of text, the package's own (by its ``meta``) first.

    >>> towns = AddedGazetteer(name="towns.csv", format="table", sha256="0123456789ab", rows=2)
    >>> print(layers_table([towns], {"entries cities": "5", "package a": "1"}))
    name         format   rows  set aside  SHA-256
    (citemap)    built    5     0
    towns.csv    table    2     0          01234567
    (citemap) is built from a 1
    """
    own = sum(int(value) for key, value in package.items() if key.startswith("entries "))
    rows = [("name", "format", "rows", "set aside", "SHA-256")]
    rows.append(("(citemap)", "built", f"{own:,}", "0", package.get("fingerprint", "")[:8]))
    rows += [(x.name, x.format, f"{x.rows:,}", f"{x.set_aside:,}", x.sha256[:8]) for x in layers]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.append("(citemap) is built from " + ", ".join(f"{k.removeprefix('package ')} {v}" for k, v in package.items() if "package " in k))
    for layer in layers:
        if layer.set_aside_in:
            lines.append(f"{layer.name}: rows set aside stand in {layer.set_aside_in}")
        lines += _notes(layer)
    return "\n".join(lines)


def _notes(layer: AddedGazetteer) -> list[str]:
    notes = []
    if layer.without_point:
        notes.append(
            f"{layer.name}: {layer.without_point:,} rows give no coordinates and have no town to derive them from;"
            f" they stand in {layer.without_point_in}"
        )
    if not layer.merged:
        notes.append(f"{layer.name}: not in the index that is in use; run 'citemap gazetteer rebuild'")
    return notes


def meanings(name: str, gazetteer: Gazetteer) -> str:
    """Return what a name can mean, a paragraph for each place, the most prominent first; ``""`` where no place has it.

    >>> print(meanings("Taiwan Strait", Gazetteer()))  # doctest: +ELLIPSIS
    Taiwan Strait: 1 place
    1. Taiwan Strait (STRT, sea)  citemap:taiwan-strait
       24.6, 119.6 · precision 7, within 320 km
       IHO S-23, Limits of Oceans and Seas (1953), https://iho.int/
    """
    found = gazetteer.find(name)
    if not found:
        return ""
    lines = [f"{name}: {len(found)} place{'' if len(found) == 1 else 's'}"]
    for number, place in enumerate(found[:MOST_PLACES], start=1):
        lines += _meaning(number, gazetteer.place(place.id), name, gazetteer)
    if len(found) > MOST_PLACES:
        lines.append(f"and {len(found) - MOST_PLACES} more")
    return "\n".join(lines)


def _meaning(number: int, place: Place, name: str, gazetteer: Gazetteer) -> Iterable[str]:
    reach = f", within {max(1, round(place.uncertainty_m / 1000)):,} km" if place.uncertainty_m else ""
    division = _name_of(f"iso3166-2:{place.admin1}", place.admin1, gazetteer)
    country = _name_of(f"iso3166-1:{place.country}", place.country, gazetteer)
    facts = [
        f"{place.lat:g}, {place.lon:g}",
        ", ".join(x for x in (division, country) if x and x != place.name),
        f"population {place.population:,}" if place.population else "",
        f"precision {place.where_prec}{reach}",
    ]
    key = name_key(name)
    matched = sorted({n.toponym for n in place.names if name_key(n.toponym) == key and n.toponym != place.name})
    says = ", ".join(x for x in (place.authority, place.authority_url) if x)
    layer = gazetteer.added_with(place.id)
    yield f"{number}. {place.name} ({place.feature_code or 'no feature code'}, {place.extent})  {place.id}"
    yield "   " + " · ".join(fact for fact in facts if fact)
    yield f"   {says}" + (f" · added with {layer}" if layer else "")
    if matched:
        yield f"   also called {', '.join(matched)}"


def _name_of(place_id: str, code: str, gazetteer: Gazetteer) -> str:
    """The name of a country or division by its id, else its code."""
    try:
        return gazetteer.place(place_id).name if code else ""
    except GazetteerError:
        return code
