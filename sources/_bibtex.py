"""Citations as BibTeX, in fields that BibTeX and biblatex both read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from sources._citation_keys import citation_keys
from sources._csl import Record, as_items, author_names, item_date, one_line, publisher_name
from sources._stated_dates import StatedDate

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "#": r"\#", "$": r"\$", "%": r"\%", "&": r"\&",
    "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def to_bibtex(citations: Iterable[Record]) -> str:
    """Return citations as one BibTeX file: an entry each, in their order, with an empty line between them; "" for none.

    ``citations`` are :class:`Citation` or CSL-JSON items as :func:`to_csl` gives them. Keys are made of author or publisher, year and a
    word of the title; those that would be equal end in a, b, c. Characters with a meaning to TeX are escaped, words with capitals stand in
    braces, Unicode stays; names stand in braces as they are stated, since a record does not say which of their words is the family's.
    ``date`` is EDTF, which biblatex reads; ``year`` and ``month``, which BibTeX reads, are there only where they say no more than was
    stated. A record without publisher is a ``@misc``. What is not stated has no field and is said in ``note``; origin, licence, file and
    hash stand in ``annote``. Pure.

    >>> from sources import Citation
    >>> print(to_bibtex([Citation(id="a", title="Piers & ports", sha256="ab", publisher="The Herald", date="2024-11")]))
    @article{herald2024piers,
      title = {{Piers} \\& ports},
      journal = {The Herald},
      entrysubtype = {newspaper},
      date = {2024-11},
      year = {2024},
      month = nov,
      annote = {SHA-256 of the text: ab}
    }
    <BLANKLINE>
    """
    listed = list(citations)
    items, keys = as_items(listed), citation_keys(listed)
    return "\n".join(_entry(key, item, item_date(one)) for key, item, one in zip(keys, items, listed, strict=True))


def _entry(key: str, item: Mapping[str, Any], date: StatedDate) -> str:
    publisher, news = publisher_name(item), item.get("type") == "article-newspaper"
    paper = news and bool(publisher)
    authors = " and ".join(f"{{{_escaped(name)}}}" for name in author_names(item))
    fields = {
        "author": f"{{{authors}}}" if authors else "",
        "title": _braced(_title(one_line(item.get("title")))),
        "journal" if paper else "publisher": _braced(_escaped(publisher)),
        "entrysubtype": "{newspaper}" if paper else "",
        "date": _braced(_biblatex(date)),
        "year": f"{{{date.year:04d}}}" if date.year else "",
        "month": _month(date),
        "url": _braced(_address(one_line(item.get("URL")))),
        "note": _braced(_escaped("; ".join(_unstated(publisher, date, item)))),
        "annote": _braced(_escaped("; ".join(filter(None, (_licence(item), one_line(item.get("note"))))))),
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@{'article' if paper else 'misc'}{{{key},\n{lines}\n}}\n"


def _unstated(publisher: str, date: StatedDate, item: Mapping[str, Any]) -> list[str]:
    """Say what the record does not state."""
    title = one_line(item.get("title"))
    return [
        *(() if publisher else ("publisher not stated",)),
        *(() if date.edtf else ("n.d.",)),
        *(() if title else ("title not stated",)),
        *(() if date.days or not date.edtf else (f"date as stated: {date.words}",)),
    ]


def _licence(item: Mapping[str, Any]) -> str:
    licence = one_line(item.get("license"))
    return f"licence: {licence}" if licence else ""


def _biblatex(date: StatedDate) -> str:
    """Return the date as biblatex reads it: EDTF of a form that is known."""
    return date.edtf.split("T")[0] if date.days or re.fullmatch(r"[\d?~%X./-]+", date.edtf) else ""


def _month(date: StatedDate) -> str:
    months = {(day.year, day.month) for day in date.days}
    return _MONTHS[months.pop()[1]] if len(months) == 1 and date.year else ""


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def _title(text: str) -> str:
    """Return a title with each word that holds a capital in braces, so that no style makes it small."""
    return " ".join(f"{{{_escaped(word)}}}" if any(c.isupper() for c in word) else _escaped(word) for word in text.split(" ") if word)


def _address(url: str) -> str:
    """Return an address as it is, but for what would end its field: braces, backslashes and spaces as percent codes."""
    return re.sub(r"[{}\\\s\"<>]", lambda match: quote(match[0]), url)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""
