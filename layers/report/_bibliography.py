"""The sources of a map as files for reference managers, with those of its context layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.files import write_together
from layers._context import ContextSet, load_context, shown_sets, unnamed_sites
from layers._marks import make_marks
from layers._protocols import Gazetteer
from sources import Citation, Reading, format_citations, to_bibtex, to_ris

BIBLIOGRAPHY = ("citations.bib", "citations.ris", "citations.txt")


def write_bibliography(
    reading: Reading, gazetteer: Gazetteer, folder: Path | str, *, context: bool | Sequence[ContextSet] = True
) -> tuple[Path, ...]:
    """Write the sources as ``citations.bib``, ``citations.ris`` and ``citations.txt`` into a folder and return the three paths.

    The articles come in the order of the reading, then the records that name the sites of the context layers that the map shows;
    ``context`` is that of :class:`MapOptions`, False leaves them out. ``citations.txt`` has one line a source, in the house style of
    :func:`sources.format_citations`. What is not stated is said ("n.d.", "publisher not stated"). Equal readings give equal bytes; each
    file is written whole or not at all, and the folder must exist. A reading without articles gives empty files. Raises OSError when the
    folder is missing or cannot be written, ContextError for a broken context file. Reads and writes the disk; no network.

    >>> import tempfile
    >>> from sources import read_text
    >>> article = read_text("A pier is planned.", title="A pier", publisher="The Herald", date="2024-11")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = write_bibliography(Reading(articles=(article,)), None, folder)
    ...     [path.name for path in paths], paths[2].read_text(encoding="utf-8")
    (['citations.bib', 'citations.ris', 'citations.txt'], 'The Herald, “A pier”, November 2024\\n')
    """
    records = cited_records(reading, gazetteer, context=context)
    lines = "".join(f"{line}\n" for line in format_citations(records, "house"))
    texts = dict(zip(BIBLIOGRAPHY, (to_bibtex(records), to_ris(records), lines), strict=True))
    return tuple(write_together({Path(folder) / name: text.encode("utf-8") for name, text in texts.items()}))


def cited_records(
    reading: Reading, gazetteer: Gazetteer, *, context: bool | Sequence[ContextSet] = True
) -> list[Citation | Mapping[str, Any]]:
    """Return the records of the articles, then those of the context sites that are shown, each once."""
    return [*(article.citation for article in reading.articles), *context_records(reading, gazetteer, context=context)]


def context_records(reading: Reading, gazetteer: Gazetteer, *, context: bool | Sequence[ContextSet] = True) -> list[dict[str, Any]]:
    """Return the CSL-JSON records that name the context sites of a map, each once, in the order of the sets."""
    sets = (load_context() if context else ()) if isinstance(context, bool) else tuple(context)
    if not sets or not reading.plans:
        return []
    mapped = frozenset((plan.id, mark.place.id) for mark in make_marks(reading, gazetteer)[0] for plan, _ in mark.plans)
    found: dict[str, dict[str, Any]] = {}
    for shown in unnamed_sites(shown_sets(sets, reading, mapped), reading):
        cited = {site.citation for site in shown.sites}
        found |= {str(record["id"]): record for record in shown.citations if str(record["id"]) in cited}
    return list(found.values())
