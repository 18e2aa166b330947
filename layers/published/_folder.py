"""A built folder held against its manifest: every file there, and every byte of it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers._errors import PublishedError
from layers._manifest import manifest_bytes
from layers.published._carried import Carried
from layers.published._findings import Code, Finding
from layers.published._opening import as_value, read_bytes, sha256_of

MANIFEST = "manifest.json"
PAGE = "map.html"
_OURS = ".citemap"
"""How the names of files begin that a build has in a folder only while it is made."""
_NAME = re.compile(r"[^/\\:\0]{1,255}")
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """A folder against its manifest: the names of the files that are whole, what is wrong, and what is there besides."""

    manifest: dict[str, Any] | None
    whole: tuple[str, ...]
    listed: tuple[str, ...]
    extra: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_folder(folder: Path) -> Folder:
    """Hash every file that a folder's manifest lists, and look what else is there. What is wrong is in ``findings``. Reads the disk.

    >>> read_folder(Path("no-such-folder")).findings[0].code
    'missing'
    """
    found: list[Finding] = []
    manifest, outputs = None, dict[str, str]()
    try:
        data = read_bytes(folder / MANIFEST)
        manifest = as_value(data, MANIFEST)
        outputs = _outputs(manifest)
        if manifest_bytes({key: value for key, value in manifest.items() if key != "sha256"}) != data:
            says = "it has no hash of itself" if "sha256" not in manifest else "its bytes are not those that were written"
            found.append(Finding(file=MANIFEST, code="manifest", says=says))
    except PublishedError as error:
        code: Code = "manifest" if (folder / MANIFEST).is_file() else "missing"
        found.append(Finding(file=MANIFEST, code=code, says=error.rule))
    except (TypeError, ValueError, RecursionError) as error:
        found.append(Finding(file=MANIFEST, code="manifest", says=f"it is no manifest of a build ({error})"))
        manifest = None
    wrong = {finding.file: finding for finding in _hashed(folder, outputs)}
    there = sorted(entry.name for entry in os.scandir(folder)) if folder.is_dir() else []
    return Folder(
        manifest=manifest,
        whole=tuple(name for name in outputs if name not in wrong),
        listed=tuple(outputs) if manifest is not None else tuple(there),
        extra=tuple(n for n in there if n not in outputs and n != MANIFEST and not n.startswith(_OURS)) if manifest is not None else (),
        findings=(*found, *wrong.values()),
    )


def _outputs(manifest: Any) -> dict[str, str]:
    """Return the hashes by the names of files. Raises ValueError where they are none."""
    outputs = manifest.get("outputs") if isinstance(manifest, dict) else None
    if not isinstance(outputs, dict):
        raise ValueError("it lists no outputs")
    for name, digest in outputs.items():
        if not _NAME.fullmatch(name) or name in (".", "..", MANIFEST) or not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise ValueError(f"{str(name)[:60]!r} is no file of a folder with its hash")
    return outputs


def _hashed(folder: Path, outputs: dict[str, str]) -> Iterator[Finding]:
    """Say which files are not what the manifest says."""
    names = {digest: name for name, digest in outputs.items()}
    for name, due in outputs.items():
        try:
            digest, size = sha256_of(folder / name)
        except PublishedError as error:
            lost = not (folder / name).exists() and not (folder / name).is_symlink()
            yield Finding(file=name, code="missing" if lost else "unreadable", says=error.rule)
            continue
        if digest == due:
            continue
        if other := names.get(digest):
            yield Finding(file=name, code="swapped", says=f"it holds what {other} should hold")
        elif not size:
            yield Finding(file=name, code="emptied", says="it is empty")
        else:
            yield Finding(file=name, code="changed", says="its bytes are not those of the manifest's hash")


def manifest_differences(manifest: dict[str, Any], carried: Carried) -> Iterator[str]:
    """Say where a manifest tells of other inputs or counts than the record of the map that lies beside it.

    >>> from sources import Reading
    >>> list(manifest_differences({"inputs": [], "counts": {"plans": 1}}, Carried(reading=Reading(articles=()), options={})))
    ['it counts 1 plans; the map has 0']
    """
    reading = carried.reading
    inputs = [{"id": a.id, "file": a.citation.file, "sha256": a.citation.sha256, "characters": len(a.text)} for a in reading.articles]
    if manifest.get("inputs") != inputs:
        yield "its inputs are not the articles of the map"
    counts = manifest.get("counts")
    plans = counts.get("plans") if isinstance(counts, dict) else None
    if plans != len(reading.plans):
        yield f"it counts {str(plans)[:20]} plans; the map has {len(reading.plans)}"
