"""What stands in a folder of data, as a Frictionless data package."""

from __future__ import annotations

import hashlib
import json
import mimetypes
import os
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from geo.files import write_atomically
from layers._encode import whole
from layers._evidence import safe_url, source_words
from layers._protocols import Gazetteer
from layers.exports._columns import Column, columns_everywhere
from layers.exports._names import urn
from sources import Article, Reading

_FILE = Path(__file__).parents[1] / "data" / "files.json"
_TYPES = {"boolean": {"trueValues": ["True"], "falseValues": ["False"]}}


def write_datapackage(
    reading: Reading, gazetteer: Gazetteer, path: str | os.PathLike[str], *, files: Iterable[str] = (), title: str = ""
) -> Path:
    """Write a Frictionless data package (Data Package 1, ``datapackage.json``) that describes data files beside it.

    ``files`` are names of files in the folder of ``path``, which must be there already; ``plans.csv`` becomes a table in which every
    column has its type, description and constraints, the others resources with format and media type; all have SHA-256 and bytes.
    ``title`` is the package's, "" for one of our own. ``sources`` are the articles, ``licenses`` those that the articles state, in their
    words; none is stated for them. ``gazetteer`` is taken so that all writers are called alike. ``frictionless validate`` checks the
    table against it. Equal files give equal bytes. Written whole or not at all. Returns the path. Raises OSError when a file cannot be
    read or the folder is missing. Reads and writes the disk; no network.

    >>> import json, tempfile
    >>> from layers import write_csv
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = write_csv(Reading(articles=()), None, Path(folder) / "plans.csv")
    ...     path = write_datapackage(Reading(articles=()), None, Path(folder) / "datapackage.json", files=["plans.csv"])
    ...     json.loads(path.read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"][0]["name"]
    'number'
    """
    del gazetteer
    folder = Path(path).parent
    order = list(_files())
    names = sorted(set(files), key=lambda name: (order.index(name) if name in order else len(order), name))
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "citemap-plans",
        "id": urn("package", *(article.citation.sha256 for article in reading.articles)),
        "title": title or "Plans that articles report",
        "description": "Plans as articles report them, each with its quote, its source and how precisely the source says where. "
        "Reported, not verified.",
        "keywords": ["reported plans", "quotes", "places"],
    }
    if licences := _licences(reading.articles):
        package["licenses"] = licences
    if reading.articles:
        package["sources"] = [_source(article) for article in reading.articles]
    package["resources"] = [_resource(folder / name) for name in names]
    return write_atomically(path, (whole(json.dumps(package, ensure_ascii=False, indent=1)) + "\n").encode())


@cache
def _files() -> dict[str, dict[str, str]]:
    files: dict[str, dict[str, str]] = json.loads(_FILE.read_text(encoding="utf-8"))["files"]
    return files


def _resource(path: Path) -> dict[str, Any]:
    """Describe one file."""
    data = path.read_bytes()
    known = dict(_files().get(path.name, {}))
    table = known.pop("table", "")
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    made = {"name": re.sub(r"[^a-z0-9._-]+", "-", path.name.lower()), "format": path.suffix[1:] or "bin", "mediatype": kind} | known
    resource: dict[str, Any] = {"name": made.pop("name"), "path": path.name} | made
    resource |= {"bytes": len(data), "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    if table:
        fields = [_field(column) for column in columns_everywhere("lat", "lon", "bbox")]
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\r\n"}}
        resource["schema"] = {"fields": fields, "missingValues": [""]}
    return resource


def _field(column: Column) -> dict[str, Any]:
    """Describe one column as Table Schema does."""
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.title, "description": column.description}
    field |= _TYPES.get(column.type, {})
    return field | ({"constraints": column.constraints} if column.constraints else {})


def _source(article: Article) -> dict[str, str]:
    citation = article.citation
    source = {"title": source_words(citation), "sha256": citation.sha256}
    source |= {"path": url} if (url := safe_url(citation.url)) else {}
    return source | ({"licence": citation.licence} if citation.licence else {})


def _licences(articles: Iterable[Article]) -> list[dict[str, str]]:
    """Return the licences that articles state, each once, in their words."""
    found = []
    for stated in dict.fromkeys(article.citation.licence.strip() for article in articles):
        if stated:
            name = re.sub(r"[^A-Za-z0-9._-]+", "-", stated).strip("-") or "stated"
            found.append({"name": name, "title": stated} | ({"path": safe_url(stated)} if safe_url(stated) else {}))
    return found
