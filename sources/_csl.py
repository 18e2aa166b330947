"""Citations as CSL-JSON, the form that reference managers and citation processors read."""

from __future__ import annotations

import re
from typing import Any

from sources._model import Citation


def to_csl(citation: Citation) -> dict[str, Any]:
    """Return one CSL-JSON item: only fields that are stated, unknown ones left out.

    A title that is only the article's first line is put in brackets. The SHA-256 of the text and the file's name stand in ``note``.

    >>> to_csl(Citation(id="a", title="A pier", sha256="ab", publisher="The Example", date="2024-11-25"))["issued"]
    {'date-parts': [[2024, 11, 25]]}
    """
    item: dict[str, Any] = {"id": citation.id, "type": "article-newspaper", "language": "en"}
    if citation.title:
        item["title"] = f"[{citation.title}]" if citation.title_is_first_line else citation.title
    if citation.publisher:
        item["container-title"] = citation.publisher
    if citation.authors:
        item["author"] = [{"literal": name} for name in citation.authors]
    parts = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", citation.date)
    if parts:
        item["issued"] = {"date-parts": [[int(p) for p in parts.groups() if p]]}
    if citation.url:
        item["URL"] = citation.url
    if citation.licence:
        item["license"] = citation.licence
    notes = [f"digest of: {citation.digest_of}" if citation.digest_of else "", f"origin: {citation.origin}" if citation.origin else ""]
    notes += [f"file: {citation.file}" if citation.file else "", f"SHA-256 of the text: {citation.sha256}"]
    item["note"] = "; ".join(n for n in notes if n)
    return item
