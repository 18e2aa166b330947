"""The writing of a build folder: everything is made in a folder beside, then put in place, the manifest last."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo import Gazetteer
from sources import Reading

if TYPE_CHECKING:
    from layers import MapOptions

MANIFEST = "manifest.json"
KINDS = ("pdf", "svg", "png")


def write_folder(reading: Reading, gazetteer: Gazetteer, folder: Path, *, figures: bool, version: str, options: MapOptions) -> Path:
    """Write a build into ``folder``, which is made where it is missing, and return the map's path; OSError where it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".citemap-", dir=folder) as made:
        part = Path(made)
        names = _write_all(reading, gazetteer, part, figures, options)
        from layers import write_manifest

        made_by = {"citemap": version, "gazetteer": str(gazetteer.meta()["fingerprint"])}
        write_manifest(reading, gazetteer, part / MANIFEST, options=options, outputs=tuple(names), made_by=made_by)
        stale = _written_before(folder) - set(names)
        for name in (*names, MANIFEST):
            (part / name).replace(folder / name)
        for name in sorted(stale):
            (folder / name).unlink(missing_ok=True)
    return folder / "map.html"


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
    (part / "map.png").write_bytes(draw_figure(reading, gazetteer, notes=False, **options).png(dpi=200))


def _written_before(folder: Path) -> set[str]:
    """Return the names of the files that an earlier build wrote into a folder, as its manifest has them."""
    try:
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["outputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {str(name) for name in listed if Path(str(name)).name == name and (folder / str(name)).is_file()}
