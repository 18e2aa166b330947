"""What stands beside a map: the articles' records, and a manifest of what the build was made from, left out and wrote."""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path
from typing import Any

from geo.files import write_atomically
from layers._marks import marked_plans
from layers._options import MapOptions, listed
from layers._protocols import Gazetteer
from sources import Reading, to_csl

_PACKAGES = ("babel", "folium", "geopandas", "pandas", "pyogrio", "pyproj", "shapely")


def write_citations(reading: Reading, path: Path | str) -> Path:
    """Write the articles' records as CSL-JSON, in the order of the reading, and return the path.

    ``path`` is written whole or not at all; its folder must exist. Raises OSError when it cannot be written. No network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_citations(Reading(articles=()), Path(folder) / "citations.json").read_text(encoding="utf-8")
    '[]\\n'
    """
    return _write_json(path, [to_csl(article.citation) for article in reading.articles])


def write_manifest(
    reading: Reading, gazetteer: Gazetteer, path: Path | str, *, options: MapOptions, outputs: tuple[str, ...], made_by: dict[str, str]
) -> Path:
    """Write what a build was made from, with which options, what it left out and the hashes of what it wrote; return the path.

    ``sha256`` in it is the hash of the manifest itself, taken with an empty text there; ``citemap verify`` reads it.
    ``outputs`` are names of files beside ``path``, which must be there already; ``made_by`` are names and versions that go in first
    (citemap, gazetteer). Raises OSError when a file cannot be read or written. Reads and writes the disk; no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_manifest(
    ...         Reading(articles=()), None, Path(folder) / "manifest.json", options={"title": "Piers"}, outputs=(), made_by={}
    ...     )
    ...     json.loads(path.read_text(encoding="utf-8"))["options"]["title"]
    'Piers'
    """
    folder = Path(path).parent
    return write_atomically(
        path,
        manifest_bytes(
            {
                "citemap": made_by.get("citemap", ""),
                "inputs": [
                    {"id": a.id, "file": a.citation.file, "sha256": a.citation.sha256, "characters": len(a.text)} for a in reading.articles
                ],
                "options": listed(options) | {"min_score": reading.min_score},
                "versions": {name: metadata.version(name) for name in _PACKAGES} | {k: v for k, v in made_by.items() if k != "citemap"},
                "counts": _counts(reading, gazetteer),
                "warnings": [problem.as_line() for problem in reading.problems],
                "outputs": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in outputs},
            }
        ),
    )


def _counts(reading: Reading, gazetteer: Gazetteer) -> dict[str, int]:
    """Count what was read, what is on the map and what was left out."""
    mapped = len(marked_plans(reading, gazetteer))
    toponyms = [toponym for found in reading.toponyms.values() for toponym in found]
    return {
        "articles": len(reading.articles),
        "plans": len(reading.plans),
        "plans mapped": mapped,
        "plans without a mark": len(reading.plans) - mapped,
        "plans reviewed": sum(plan.review is not None for plan in reading.plans),
        "plans rejected": len(reading.rejected),
        "quotes no longer said": len(reading.stale),
        "decisions on nothing here": len(reading.unapplied),
        "mentions": len(toponyms),
        "mentions unresolved": sum(toponym.place is None for toponym in toponyms),
        "left out": len(reading.problems),
    }


def manifest_bytes(data: dict[str, Any]) -> bytes:
    """Return a manifest in the one form that it is written in, with the hash of itself.

    >>> json.loads(manifest_bytes({"outputs": {}}))["sha256"][:12]
    'c42876328c5b'
    """
    return _json_bytes(data | {"sha256": hashlib.sha256(_json_bytes(data | {"sha256": ""})).hexdigest()})


def _json_bytes(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _write_json(path: Path | str, data: Any) -> Path:
    return write_atomically(path, _json_bytes(data))
