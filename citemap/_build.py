"""The writing of a build folder: everything is made in a folder beside, which then takes its place as a whole."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from citemap import BuildError
from citemap._folder import NEW, put_folder, settle
from citemap._lock import HeldError, folder_lock
from geo import Gazetteer
from geo.files import follow, write_atomically
from sources import Reading

if TYPE_CHECKING:
    from layers import MapOptions

MANIFEST = "manifest.json"
KINDS = ("pdf", "svg", "png")


@contextlib.contextmanager
def at_work(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder for as long as something is made for it; BuildError at once where another build holds it."""
    with contextlib.ExitStack() as lock:
        with told(folder):
            lock.enter_context(folder_lock(folder))
        yield


@contextlib.contextmanager
def told(folder: Path) -> Iterator[None]:
    """Say as a BuildError why a folder cannot be written."""
    try:
        yield
    except HeldError as error:
        raise BuildError(f"{folder}: {error.strerror}; wait until it is done, or choose another folder with -o", code="in-use") from error
    except OSError as error:
        said = error.strerror or str(error)
        raise BuildError(
            f"{folder}: the output folder cannot be written ({said}); choose another one with -o", code="not-writable"
        ) from error


def write_folder(reading: Reading, gazetteer: Gazetteer, folder: Path, *, figures: bool, version: str, options: MapOptions) -> Path:
    """Write a build into ``folder``, which is made where it is missing, and return the map's path; OSError where it cannot be written."""
    from layers import write_manifest

    made_by = {"citemap": version, "gazetteer": str(gazetteer.meta()["fingerprint"])}

    def fill(part: Path) -> list[str]:
        names = _write_all(reading, gazetteer, part, figures, options)
        write_manifest(reading, gazetteer, part / MANIFEST, options=options, outputs=tuple(names), made_by=made_by)
        return [*names, MANIFEST]

    fill_folder(folder, fill)
    return folder / "map.html"


def fill_folder(folder: Path, fill: Callable[[Path], list[str]]) -> None:
    """Have ``fill`` make all files in a new folder, of which it returns the names, and put that in the place of ``folder`` as a whole."""
    with folder_lock(folder) as work:
        target, new = follow(folder), work / NEW
        settle(target, work)
        try:
            new.mkdir()
            names = fill(new)
            put_folder(work, target, names, stale=_written_before(target) - set(names))
        finally:
            settle(target, work)


def _write_all(reading: Reading, gazetteer: Gazetteer, part: Path, figures: bool, options: MapOptions) -> list[str]:
    """Write everything but the manifest, and return the names in the order of writing."""
    from layers import draw_map, write_bibliography, write_citations, write_data, write_embeds

    page = draw_map(reading, gazetteer, **options)
    page.save_offline(part / "map.html")
    if figures:
        _write_figures(reading, gazetteer, part, options)
    write_citations(reading, part / "citations.json")
    write_bibliography(reading, gazetteer, part, context=options.get("context", True))
    write_embeds(reading, gazetteer, part, **options)
    beside = sorted(path.name for path in part.iterdir())
    return [*beside, *write_data(reading, gazetteer, part, beside=beside, title=page.title)]


def _write_figures(reading: Reading, gazetteer: Gazetteer, part: Path, options: MapOptions) -> None:
    """Write the figure in each size and kind, and the bare map as the picture that embeds fall back to."""
    from layers import draw_figure
    from layers.figure import SIZE_NAMES

    for size in SIZE_NAMES:
        drawn = draw_figure(reading, gazetteer, size=size, **options)
        for kind in KINDS:
            drawn.save(part / f"figure-{size}.{kind}")
    write_atomically(part / "map.png", draw_figure(reading, gazetteer, notes=False, **options).png(dpi=200))


def _written_before(folder: Path) -> set[str]:
    """Return the names of the files that an earlier build wrote into a folder, as its manifest has them."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {str(name) for name in listed if Path(str(name)).name == name and (folder / str(name)).is_file()}
