"""Gazetteers that a user adds: each file becomes a layer, and all layers and the package's own index one merged index.

They lie in the folder ``gazetteer`` of ``$CITEMAP_HOME``; without that, of the platform's folder for a user's data.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo import gazetteer
from geo._errors import GazetteerError
from geo._home import data_folder, merged_index, read_meta
from geo.files import held, put

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is to do (0: not known)."""
_PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedGazetteer:
    """A gazetteer that was added.

    ``rows`` were taken, ``set_aside`` broke a rule and stand with it in the file ``set_aside_in`` (None: there are none), and
    ``without_point`` gave no coordinates and had no town to derive them from
    (``without_point_in``). ``merged`` says whether the index in use holds the layer.

    >>> AddedGazetteer(name="towns.csv", format="table", sha256="00", rows=2).set_aside
    0
    """

    name: str
    format: str
    sha256: str
    rows: int
    set_aside: int = 0
    set_aside_in: Path | None = None
    without_point: int = 0
    without_point_in: Path | None = None
    merged: bool = True


def add_gazetteers(
    paths: Sequence[str | Path], *, embedded: Path | None = None, progress: Progress | None = None
) -> tuple[AddedGazetteer, ...]:
    """Add gazetteers and return those that were not there already; a changed file replaces the one of its name.

    ``paths`` are files of any format that :mod:`geo._formats` names, told by what stands in them; coordinates are WGS 84 degrees. Rows
    that break a rule are set aside, not raised. ``embedded`` is the index to add to (None: the package's own). Reads the disk and writes
    to the user's data folder, no network; until the new index is whole, the old one stays in use. Raises :class:`GazetteerError` where a
    file is of no such format, where another process is adding, or where the disk cannot be written.

    >>> add_gazetteers([])
    ()
    """
    from geo._formats import recognise
    from geo._layer import write_layer
    from geo._rows import Source

    files = [Path(path) for path in paths]
    formats = [recognise(file) for file in files]
    for name, times in Counter(file.name for file in files).items():
        if times > 1:
            raise GazetteerError(f"{name}: two files of this name cannot be added at once; rename one of them", code="same-name")
        if not name.isprintable():
            raise GazetteerError(f"{name!r}: this file's name holds characters that cannot be shown; rename it", code="unshowable-name")
    if not files:
        return ()
    with _at_work() as folder:
        metas = _metas()
        staged: dict[str, Path] = {}
        for file, form in zip(files, formats, strict=True):
            digest = _sha256(file, progress)
            if any(meta["sha256"] == digest for meta in metas.values()):
                continue
            position = (
                metas[file.name]["position"]
                if file.name in metas
                else str(1 + max((int(m["position"]) for m in metas.values()), default=0))
            )
            part = _layer_path(file.name, folder).with_name(f"{file.name}.sqlite{_PART}")
            meta = {"file": file.name, "sha256": digest, "position": position}
            write_layer(Source(file, _reading(file, progress)), form, part, _aside(file.name, folder, _PART), meta)
            metas[file.name] = read_meta(part)
            staged[file.name] = part
        if staged or not _is_current(metas, embedded or gazetteer.DEFAULT):
            _merge(metas, staged, embedded, progress)
        return tuple(layer for layer in added_gazetteers() if layer.name in staged)


def added_gazetteers() -> tuple[AddedGazetteer, ...]:
    """Return the gazetteers that were added, in the order of merging. Reads the disk.

    >>> isinstance(added_gazetteers(), tuple)
    True
    """
    folder = data_folder() / "layers"
    metas = _metas()
    without = data_folder() / "without-point.tsv"
    lacking = Counter(line.partition("\t")[0] for line in without.open(encoding="utf-8")) if without.is_file() else Counter[str]()
    merged = _merged_layers()
    return tuple(
        AddedGazetteer(
            name=name,
            format=meta["format"],
            sha256=meta["sha256"],
            rows=int(meta["rows"]),
            set_aside=int(meta["set aside"]),
            set_aside_in=_aside(name, folder) if int(meta["set aside"]) else None,
            without_point=lacking[name],
            without_point_in=without if lacking[name] else None,
            merged=(name, meta["sha256"]) in merged,
        )
        for name, meta in metas.items()
    )


def remove_gazetteer(name: str, *, embedded: Path | None = None, progress: Progress | None = None) -> None:
    """Remove an added gazetteer by its file's name and merge the others anew; without any, the package's own index is in use again.

    Reads and writes the disk. Raises :class:`GazetteerError` where none has this name.

    >>> remove_gazetteer("no-such-file.txt")
    Traceback (most recent call last):
    geo._errors.GazetteerError: no-such-file.txt: no gazetteer of this name was added; added are: none
    """
    if name not in _metas():
        raise GazetteerError(
            f"{name}: no gazetteer of this name was added; added are: {', '.join(_metas()) or 'none'}", code="no-such-gazetteer"
        )
    with _at_work() as folder:
        metas = _metas()
        metas.pop(name, None)
        _merge(metas, {}, embedded, progress)
        _layer_path(name, folder).unlink(missing_ok=True)
        _aside(name, folder).unlink(missing_ok=True)


def rebuild_gazetteer(*, embedded: Path | None = None, progress: Progress | None = None) -> tuple[AddedGazetteer, ...]:
    """Merge the added gazetteers anew with the package's index, after that has changed, and return them. Reads and writes the disk.

    >>> isinstance(rebuild_gazetteer(), tuple)
    True
    """
    with _at_work():
        _merge(_metas(), {}, embedded, progress)
        return added_gazetteers()


# files -----------------------------------------------------------------------------------------------------------------------


def _layer_path(name: str, folder: Path) -> Path:
    return folder / f"{name}.sqlite"


def _aside(name: str, folder: Path, end: str = "") -> Path:
    return folder / f"{name}.set-aside.tsv{end}"


def _metas() -> dict[str, dict[str, str]]:
    """The layers' own descriptions by file name, in the order in which they were added."""
    from geo._layer import VERSION

    found = []
    for path in sorted((data_folder() / "layers").glob("*.sqlite")):
        try:
            meta = read_meta(path)
        except sqlite3.DatabaseError as error:
            raise GazetteerError(
                f"{path}: the layer is damaged ({error}); delete this file and add its source again", code="damaged-gazetteer"
            ) from error
        if meta.get("version") != str(VERSION):
            raise GazetteerError(
                f"{path}: the layer was made by another version; delete this file and add its source again", code="other-version"
            )
        found.append(meta)
    return {meta["file"]: meta for meta in sorted(found, key=lambda meta: int(meta["position"]))}


def _merged_layers() -> list[tuple[str, str]]:
    import json

    try:
        return [(name, digest) for name, digest in json.loads(read_meta(merged_index())["layers"])]
    except (sqlite3.DatabaseError, KeyError):
        return []


def _is_current(metas: dict[str, dict[str, str]], embedded: Path) -> bool:
    """Whether the merged index is there and holds the embedded index as it is, these layers and no others."""
    if _merged_layers() != [(name, meta["sha256"]) for name, meta in metas.items()]:
        return False
    return not metas or read_meta(merged_index())["embedded"] == read_meta(embedded)["fingerprint"]


@contextmanager
def _at_work() -> Iterator[Path]:
    """The folder of the layers, for this process alone; what an interrupted run left behind is cleared. SQLite's lock ends with us."""
    folder = data_folder() / "layers"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(data_folder() / "lock", timeout=0, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise GazetteerError(
                f"{data_folder()}: another citemap is at work on the added gazetteers; wait until it is done", code="busy"
            ) from error
        try:
            _clear(folder)
            yield folder
        finally:
            _clear(folder)
            lock.close()
    except (OSError, sqlite3.DatabaseError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise GazetteerError(
            f"{data_folder()}: the added gazetteers cannot be read or written ({said}); free the disk or set CITEMAP_HOME to another"
            " folder",
            code="not-writable",
        ) from error


def _clear(folder: Path) -> None:
    for part in [*folder.glob(f"*{_PART}"), *folder.parent.glob(f"*{_PART}")]:
        part.unlink(missing_ok=True)


def _sha256(file: Path, progress: Progress | None) -> str:
    if progress:
        progress(f"checking {file.name}", 0, 0)
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _reading(file: Path, progress: Progress | None) -> Callable[[int], None]:
    size = file.stat().st_size
    return lambda done: progress(f"reading {file.name}", done, size) if progress else None


def _merge(metas: dict[str, dict[str, str]], staged: dict[str, Path], embedded: Path | None, progress: Progress | None) -> None:
    """Make the merged index of these layers, the staged ones among them, and put all of it in place, the index last."""
    from geo._merge import merge

    folder = data_folder() / "layers"
    target, lacking = merged_index(), data_folder() / "without-point.tsv"
    if not metas:
        target.unlink(missing_ok=True)
        lacking.unlink(missing_ok=True)
        return
    part, lacking_part = target.with_name(target.name + _PART), lacking.with_name(lacking.name + _PART)
    paths = [staged.get(name, _layer_path(name, folder)) for name in metas]
    merge(embedded or gazetteer.DEFAULT, paths, part, lacking_part, lambda what: progress(what, 0, 0) if progress else None)
    with held():
        for name, layer in staged.items():
            put(layer, _layer_path(name, folder))
            put(_aside(name, folder, _PART), _aside(name, folder))
        put(lacking_part, lacking)
        put(part, target)
