"""What the articles do not name: layers of context, each site with the record of who names it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from layers._errors import ContextError
from sources import Reading

_FOLDER = Path(__file__).parent / "data" / "context"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextSite:
    """One site of a context set: the id of its place, and the id of the citation that names it."""

    place: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextSet:
    """Sites that the articles do not name but that a reader will ask about.

    ``label`` and ``legend`` are words for the reader. The set is shown when a plan on the map has the place ``shown_place`` and one of its
    quotes contains one of ``shown_words`` (case does not matter). ``citations`` are CSL-JSON records.
    ``translated`` holds label and legend for other languages than English, by their BCP 47 tags.

    >>> ContextSet(id="x", label="X", legend="x", shown_place="p", shown_words=("nine",), citations=(), sites=()).sites
    ()
    """

    id: str
    label: str
    legend: str
    shown_place: str
    shown_words: tuple[str, ...]
    citations: tuple[dict[str, Any], ...]
    sites: tuple[ContextSite, ...]
    translated: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def in_language(self, language: str) -> ContextSet:
        """Return the set with label and legend in a language, where it has them.

        >>> nine = load_context()[0]
        >>> nine.in_language("ja").label, nine.in_language("en").label
        ('EDCAに基づく9拠点', 'The nine EDCA sites')
        """
        label, legend = self.translated.get(language, (self.label, self.legend))
        return replace(self, label=label, legend=legend)


def load_context(folder: Path | str | None = None) -> tuple[ContextSet, ...]:
    """Load the context sets of a folder, in the order of their file names.

    ``folder`` holds JSON files; None means the package's own. An empty or missing folder gives (). Raises ContextError, naming the file
    and what is wrong, when a field is missing or a site cites a record that the file does not hold. Reads files; no network.

    >>> isinstance(load_context(), tuple)
    True
    """
    path = Path(folder) if folder is not None else _FOLDER
    return tuple(_read(file) for file in sorted(path.glob("*.json")))


def _read(file: Path) -> ContextSet:
    """Read one file and hold it to its rules."""
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        shown = data["shown_when"]
        found = ContextSet(
            id=str(data["id"]),
            label=str(data["label"]),
            legend=str(data["legend"]),
            shown_place=str(shown["place"]),
            shown_words=tuple(str(word) for word in shown["words"]),
            citations=tuple(dict(record) for record in data["citations"]),
            translated={str(tag): (str(words["label"]), str(words["legend"])) for tag, words in data.get("translated", {}).items()},
            sites=tuple(ContextSite(place=str(site["place"]), citation=str(site["citation"])) for site in data["sites"]),
        )
    except (RecursionError, UnicodeDecodeError) as error:
        raise ContextError(f"{file.name}: not JSON ({type(error).__name__}); write it as UTF-8, and less deep") from error
    except json.JSONDecodeError as error:
        raise ContextError(f"{file.name}: not JSON ({error.msg}, line {error.lineno})") from error
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ContextError(f"{file.name}: {error} is missing; a set has id, label, legend, shown_when, citations and sites") from error
    records = {str(record.get("id", "")) for record in found.citations}
    for site in found.sites:
        if site.citation not in records:
            raise ContextError(f"{file.name}: {site.place} cites {site.citation!r}, which is not among its citations")
    return found


def shown_sets(context: tuple[ContextSet, ...], reading: Reading, mapped: frozenset[tuple[str, str]]) -> tuple[ContextSet, ...]:
    """Return the sets that this reading calls for.

    ``mapped`` are the (plan id, place id) pairs that are on the map.

    >>> shown_sets((), Reading(articles=()), frozenset())
    ()
    """
    shown = []
    for candidate in context:
        words = [word.casefold() for word in candidate.shown_words]
        plans = [plan for plan in reading.plans if (plan.id, candidate.shown_place) in mapped]
        quotes = [quote.exact.casefold() for plan in plans for quote in plan.quotes]
        if any(word in quote for quote in quotes for word in words):
            shown.append(candidate)
    return tuple(shown)


def unnamed_sites(sets: tuple[ContextSet, ...], reading: Reading) -> tuple[ContextSet, ...]:
    """Leave out the sites that the articles do name, by the ids of the places that they were read as; a set without any left goes too.

    >>> unnamed_sites((), Reading(articles=()))
    ()
    """
    named = {toponym.place.id for found in reading.toponyms.values() for toponym in found if toponym.place is not None}
    named |= {said.place.id for plan in reading.plans for said in (*plan.places, *plan.anchors)}
    kept = (replace(shown, sites=tuple(site for site in shown.sites if site.place not in named)) for shown in sets)
    return tuple(shown for shown in kept if shown.sites)
