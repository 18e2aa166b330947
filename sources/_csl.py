"""Citations as CSL-JSON, the form that reference managers and citation processors read."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from sources._model import Citation
from sources._stated_dates import StatedDate, csl_date, stated_date

Record: TypeAlias = "Citation | Mapping[str, Any]"
"""A citation, or a record that is CSL-JSON already: those of context layers are."""


def to_csl(citation: Citation) -> dict[str, Any]:
    """Return one CSL-JSON item: only fields that are stated, unknown ones left out.

    A title that is only the article's first line is put in brackets. The date goes in as far as CSL can say it: year, month and day, a
    season, both ends of an interval, ``circa`` where it is approximate or uncertain, else in words; never sharper than stated. What of the
    date CSL cannot say, the SHA-256 of the text and the file's name stand in ``note``. Pure. The form is that of CSL 1.0.2.

    >>> to_csl(Citation(id="a", title="A pier", sha256="ab", publisher="The Example", date="2024-11-25"))["issued"]
    {'date-parts': [[2024, 11, 25]]}
    """
    item: dict[str, Any] = {"id": citation.id, "type": "article-newspaper"}
    if citation.title:
        item["title"] = f"[{citation.title}]" if citation.title_is_first_line else citation.title
    if citation.publisher:
        item["container-title"] = citation.publisher
    if citation.authors:
        item["author"] = [{"literal": name} for name in citation.authors]
    date = stated_date(citation.date)
    if date.edtf:
        item["issued"] = csl_date(date)
    if citation.url:
        item["URL"] = citation.url
    if citation.licence:
        item["license"] = citation.licence
    notes = [f"digest of: {citation.digest_of}" if citation.digest_of else "", f"origin: {citation.origin}" if citation.origin else ""]
    notes += [f"date as stated: {date.edtf}" if date.edtf and not date.whole else ""]
    notes += [f"file: {citation.file}" if citation.file else "", f"SHA-256 of the text: {citation.sha256}"]
    item["note"] = "; ".join(n for n in notes if n)
    return item


def as_items(citations: Iterable[Record]) -> list[dict[str, Any]]:
    """Return records as CSL-JSON items, in their order."""
    return [to_csl(citation) if isinstance(citation, Citation) else dict(citation) for citation in citations]


def item_date(citation: Record) -> StatedDate:
    """Return the date of a record, that of a CSL-JSON item as EDTF."""
    if isinstance(citation, Citation):
        return stated_date(citation.date)
    issued = citation.get("issued") or {}
    parts = ["-".join(f"{int(p):0{4 if i == 0 else 2}d}" for i, p in enumerate(one) if p) for one in issued.get("date-parts") or ()]
    doubt = "~" if issued.get("circa") else ""
    return stated_date("/".join(f"{part}{doubt}" for part in parts if part) or str(issued.get("literal") or issued.get("raw") or ""))


def author_names(item: Mapping[str, Any]) -> list[str]:
    """Return the names of a record's authors as they are stated, one string each.

    >>> author_names({"author": [{"literal": "A. Doe"}, {"given": "B.", "family": "Roe"}]})
    ['A. Doe', 'B. Roe']
    """
    stated = (one.get("literal") or " ".join(filter(None, (one.get("given"), one.get("family")))) for one in item.get("author") or ())
    return [name for one in stated if (name := one_line(one))]


def publisher_name(item: Mapping[str, Any]) -> str:
    """Return the paper, site or body that published a record, or "" where it is not stated."""
    return one_line(item.get("container-title") or item.get("publisher"))


def one_line(value: Any) -> str:
    """Return a value as one line of text: no control characters, no half of a character; all else as it is.

    >>> one_line("A pier\\nER  - \\u2028 \\x00end")
    'A pier ER - end'
    """
    text = "" if value is None else str(value).encode("utf-8", "replace").decode("utf-8")
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())
