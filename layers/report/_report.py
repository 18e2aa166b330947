"""One report of a reading, written in the form that the file's ending names."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from layers._errors import ReportError
from layers._options import MapOptions, with_defaults
from layers._protocols import Gazetteer
from sources import Reading

if TYPE_CHECKING:
    from layers.figure import PrintFigure

REPORTS = (".html", ".pdf", ".docx", ".md")


def check_report_path(path: str | os.PathLike[str]) -> Path:
    """Return where a report is to be written; raises ReportError where its ending names no form or its folder is not there."""
    target = Path(path)
    if target.suffix.lower() not in REPORTS:
        ending = repr(target.suffix) if target.suffix else "no ending"
        raise ReportError(f"{target}: {ending} is no form of a report; end the name in {', '.join(REPORTS)}")
    if not target.parent.is_dir():
        raise ReportError(f"{target}: there is no folder {str(target.parent)!r} to write it into; make it first, or name another with -o")
    return target


def write_report(
    reading: Reading,
    gazetteer: Gazetteer,
    path: str | os.PathLike[str],
    *,
    figure: PrintFigure | None = None,
    made_by: Mapping[str, str] | None = None,
    **options: Unpack[MapOptions],
) -> Path:
    """Write the map with its notes, sources, method and limits as one report, and return its path.

    The ending of ``path`` names the form: ``.html`` (one page with the live map in a sandboxed frame and the figure for paper), ``.pdf``
    (tagged, letters embedded, the figure as vectors), ``.docx`` (Word's own headings, caption and list) or ``.md`` (GitHub, Quarto), beside
    which the picture stands as ``.png``. All four say the same: title, deck, the latest date in the sources, figure, notes with the numbers
    of the map and every quote, sources in the house style, what is not on the map and why, method and limits, versions and the hashes of
    what was read. ``figure`` is that of :func:`draw_figure`, drawn here where it is None; ``made_by`` are names and versions to state
    (citemap, gazetteer); ``options`` are those of :class:`MapOptions`. A reading without plans gives a report that says so.

    Each file is written whole or not at all; equal readings give equal bytes, in any form. Raises :class:`ReportError` for another ending
    or a missing folder, OSError where the file cannot be written, and what :func:`layers.draw_map` says. Reads files of the package, writes
    the disk; no network, no browser. The PDF is set by Typst.

    >>> import tempfile
    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_report(Reading(articles=()), Empty(), Path(folder) / "piers.md", title="Piers")
    ...     path.read_text(encoding="utf-8")[:7], sorted(one.name for one in path.parent.iterdir())
    ('# Piers', ['piers.md', 'piers.png'])
    """
    from layers.report._forms import write_form  # which loads what draws a figure and what writes Word, a third of a second

    return write_form(check_report_path(path), reading, gazetteer, with_defaults(options), figure=figure, made_by=made_by or {})
