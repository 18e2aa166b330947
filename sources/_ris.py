"""Citations as RIS, the form of EndNote, Zotero and library catalogues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sources._citation_keys import citation_keys
from sources._csl import Record, as_items, author_names, item_date, one_line, publisher_name
from sources._stated_dates import SEASONS, StatedDate

_TYPES = {"article-newspaper": "NEWS", "webpage": "ELEC"}


def to_ris(citations: Iterable[Record]) -> str:
    """Return citations as one RIS file, in their order, lines ended by CR and LF; "" for none.

    ``citations`` are :class:`Citation` or CSL-JSON items. Each field is one line, "TAG  - value"; nothing in a value can begin a line.
    ``DA`` is year/month/day/other: as far as the date is stated, a season or "circa" in its last part; ``PY`` is there only where one year
    can be meant. A date that RIS has no form for, and all that is not stated ("n.d.", "publisher not stated"), stands in ``N1``. ``ID`` is
    the key that :func:`to_bibtex` gives. Pure.

    >>> from sources import Citation
    >>> print(to_ris([Citation(id="a", title="A pier", sha256="ab", date="2024-11")]).replace("\\r", ""))
    TY  - NEWS
    ID  - unstated2024pier
    TI  - A pier
    PY  - 2024
    DA  - 2024/11//
    N1  - publisher not stated
    N1  - SHA-256 of the text: ab
    ER  -
    <BLANKLINE>
    """
    listed = list(citations)
    entries = zip(citation_keys(listed), as_items(listed), listed, strict=True)
    return "\r\n".join("".join(f"{tag}  - {value}\r\n" for tag, value in _lines(key, item, item_date(one))) for key, item, one in entries)


def _lines(key: str, item: Mapping[str, Any], date: StatedDate) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(str(item.get("type")), "GEN")
    yield "ID", key
    yield from (("AU", name) for name in author_names(item))
    title, publisher, day = one_line(item.get("title")), publisher_name(item), _date(date)
    yield from (("TI", title),) if title else ()
    yield from (("T2" if item.get("container-title") else "PB", publisher),) if publisher else ()
    yield from (("PY", f"{date.year:04d}"),) if date.year else ()
    yield from (("DA", day),) if day else ()
    yield from (("UR", url),) if (url := one_line(item.get("URL"))) else ()
    yield from (("N1", words) for words in _notes(item, title, publisher, date, day))
    yield "ER", ""


def _notes(item: Mapping[str, Any], title: str, publisher: str, date: StatedDate, day: str) -> Iterator[str]:
    """Say what is not stated, and what RIS has no field for."""
    yield from () if title else ("title not stated",)
    yield from () if publisher else ("publisher not stated",)
    yield from () if date.edtf else ("n.d.",)
    note = one_line(item.get("note"))
    if date.edtf and not (day and date.whole) and "date as stated" not in note:
        yield f"date as stated: {date.edtf}"
    yield from (f"licence: {licence}",) if (licence := one_line(item.get("license"))) else ()
    yield from (note,) if note else ()


def _date(date: StatedDate) -> str:
    """Return a date as RIS writes it, or "" where it would be sharper than what was stated."""
    if not date.days:
        return ""
    first, *others = date.days
    if not others:
        other = "circa" if first.doubt else SEASONS.get(first.season, "")
        month, day = (f"{number:02d}" if number else "" for number in (first.month, first.day))
        return f"{first.year:04d}/{month}/{day}/{other}"
    same = {(one.year, one.month) for one in date.days}
    span = f"{date.edtf.split('/')[0]} to {date.edtf.split('/')[1]}"
    if len(same) == 1 and first.month and not date.doubt:
        return f"{first.year:04d}/{first.month:02d}//{span}"
    return f"{first.year:04d}///{span}" if date.year else ""
