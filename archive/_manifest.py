"""The frozen list of what a run reads: written before work begins, added to, never changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from archive._errors import ArchiveError
from archive._inputs import cut, named_apart
from archive._model import Config, Input, Part
from geo.files import write_atomically

NAME = "archive.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a run reads, and how: its inputs as they were, and the parts that they are cut into."""

    config: Config
    made_by: str
    inputs: tuple[Input, ...]
    parts: tuple[Part, ...]

    @property
    def digest(self) -> str:
        """A name for just these parts, read so."""
        return hashlib.sha256("".join(part.id for part in self.parts).encode()).hexdigest()


def freeze(folder: Path, inputs: Sequence[Input], config: Config, made_by: str) -> Manifest:
    """Return the manifest of a run into ``folder``, and write it; inputs of an earlier run there stay, new ones are added.

    Raises :class:`ArchiveError` where the folder holds a run with another configuration or version, a file of that run has changed since,
    or the folder holds something else.
    """
    known = read(folder)
    if known is None:
        if folder.is_dir() and any(path.name != ".lock" for path in folder.iterdir()):
            rule, step = f"the folder holds something else (there is no {NAME})", "choose an empty folder with -o"
            raise ArchiveError(str(folder), rule, step, code="no-run")
        return _write(folder, tuple(inputs), config, made_by)
    if known.config != config:
        rule = f"it holds a run with other options ({_differing(known.config, config)})"
        raise ArchiveError(str(folder), rule, "choose another folder with -o", code="another-run")
    if known.made_by != made_by:
        step = "choose another folder with -o, or use the version that began it"
        raise ArchiveError(
            str(folder), f"it holds a run of another version ({known.made_by}; this is {made_by})", step, code="another-version"
        )
    was = {one.url: one for one in known.inputs}
    for one in inputs:
        if one.url in was and (one.size, one.stamp) != (was[one.url].size, was[one.url].stamp):
            step = "put the old one back, or choose another folder with -o"
            raise ArchiveError(one.url, "the file has changed since the run began", step, code="changed-since")
    new = named_apart([one for one in inputs if one.url not in was], known.inputs)
    return known if not new else _write(folder, tuple(sorted((*known.inputs, *new), key=lambda one: one.url)), config, made_by)


def read(folder: Path) -> Manifest | None:
    """Return the manifest of the run in a folder, or None where there is none; :class:`ArchiveError` where it is broken."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if said["format"] != _FORMAT:
            rule = f"its format is {said['format']!r}, not {_FORMAT}"
            raise ArchiveError(str(path), rule, "use the version that wrote it", code="another-version")
        config = Config(**(said["config"] | {"fields": tuple(said["config"]["fields"])}))
        inputs = tuple(Input(**one) for one in said["inputs"])
        parts = tuple(
            Part(input=inputs[number], start=start, stop=stop, config=config, made_by=said["made_by"])
            for number, start, stop in said["parts"]
        )
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        rule = f"it is no manifest of an archive ({error})"
        raise ArchiveError(str(path), rule, "choose another folder with -o", code="broken-manifest") from error
    return Manifest(config=config, made_by=said["made_by"], inputs=inputs, parts=parts)


def _write(folder: Path, inputs: tuple[Input, ...], config: Config, made_by: str) -> Manifest:
    parts = cut(inputs, config, made_by)
    number = {one.url: n for n, one in enumerate(inputs)}
    said = {
        "format": _FORMAT,
        "made_by": made_by,
        "config": asdict(config),
        "inputs": [asdict(one) for one in inputs],
        "parts": [[number[part.input.url], part.start, part.stop] for part in parts],
    }
    folder.mkdir(parents=True, exist_ok=True)
    write_atomically(folder / NAME, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())
    return Manifest(config=config, made_by=made_by, inputs=inputs, parts=parts)


def _differing(one: Config, other: Config) -> str:
    a, b = asdict(one), asdict(other)
    return ", ".join(f"{key} {a[key]!r}, not {b[key]!r}" for key in a if a[key] != b[key])
