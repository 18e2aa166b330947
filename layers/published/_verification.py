"""The outcome of a check, in words and as plain data."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from layers.published._findings import Finding, QuoteCheck
from sources import HOWS, printable

_SHORT, _MOST = 90, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What :func:`verify_published` found.

    ``findings`` are what does not hold of files and data, ``quotes`` every quote with what became of it, ``extra`` files in the folder
    that are not of the build, ``unchecked`` the articles that were not given; ``files``, ``plans`` and ``articles`` are counts. ``holds``
    says whether nothing is wrong: every file whole, no finding, and every quote that could be looked for at its offsets.

    >>> Verification(target="output", kind="folder").holds
    True
    """

    target: str
    kind: Literal["folder", "map", "data"]
    findings: tuple[Finding, ...] = ()
    quotes: tuple[QuoteCheck, ...] = ()
    files: int = 0
    extra: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    plans: int = 0
    articles: int = 0

    @property
    def holds(self) -> bool:
        """Whether all that was checked holds."""
        return not self.findings and all(check.found is None or check.found.how == "exact" for check in self.quotes)

    def counts(self) -> dict[str, int]:
        """Return how many quotes are exact, moved, altered, gone, ambiguous and not checked."""
        counted = Counter(check.found.how if check.found else "not checked" for check in self.quotes)
        return {how: counted[how] for how in (*HOWS, "not checked") if counted[how]}

    def lines(self) -> list[str]:
        """Return the outcome in lines to read: what was checked, what does not hold, and the sum of it."""
        wrong = len(self.findings) + sum(check.found is not None and check.found.how != "exact" for check in self.quotes)
        what = [_n(self.articles, "article"), _n(self.plans, "plan"), _n(len(self.quotes), "quote")]
        whole = f", {_n(self.files, 'file')}" if self.kind == "folder" else ""
        lines = [f"{self.target}: {', '.join(what)}{whole}", *(finding.as_line() for finding in self.findings)]
        lines += [line for check in self.quotes if (line := _line(check))]
        if len(lines) > _MOST:
            lines[_MOST:] = [f"… and {len(lines) - _MOST:,} more, which --json lists"]
        if self.extra:
            lines.append(f"not of this build: {', '.join(self.extra)}")
        if self.unchecked:
            lines.append(f"not checked, since the article was not given: {', '.join(self.unchecked)}")
        counted = ", ".join(f"{count} {how}" for how, count in self.counts().items())
        lines += [f"quotes: {counted}"] if counted else []
        lines.append("all holds" if self.holds else f"{wrong} {'thing does' if wrong == 1 else 'things do'} not hold")
        return [printable(line) for line in lines]

    def as_data(self) -> dict[str, Any]:
        """Return the outcome as plain data that JSON can hold."""
        return {
            "target": self.target,
            "kind": self.kind,
            "holds": self.holds,
            "counts": {"articles": self.articles, "plans": self.plans, "files": self.files, "quotes": self.counts()},
            "findings": [asdict(finding) for finding in self.findings],
            "quotes": [_data(check) for check in self.quotes],
            "extra": list(self.extra),
            "unchecked": list(self.unchecked),
        }


def _n(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _line(check: QuoteCheck) -> str:
    """Return what became of a quote that does not stand where it was, or nothing."""
    quote, found = check.quote, check.found
    if found is None or found.how == "exact":
        return ""
    said = " ".join(quote.exact.split())
    said = f"“{said[:_SHORT]}…”" if len(said) > _SHORT else f"“{said}”"
    here = f"{check.told_by}, {check.article}: {found.how}"
    if found.how == "moved":
        return f"{here}, from {quote.start}-{quote.end} to {found.start}-{found.end}: {said}"
    if found.how == "altered":
        return f"{here}, at {found.start}-{found.end}: {found.diff}"
    if found.how == "ambiguous":
        return f"{here}, it stands at {', '.join(map(str, found.places[:8]))}, and nothing beside it tells which is meant: {said}"
    return f"{here}: {said}"


def _data(check: QuoteCheck) -> dict[str, Any]:
    quote, found = check.quote, check.found
    data: dict[str, Any] = {
        "told_by": check.told_by, "article": check.article, "exact": quote.exact, "start": quote.start, "end": quote.end,
        "how": found.how if found else "not checked",
    }  # fmt: skip
    if found and found.how in ("moved", "altered"):
        data |= {"now": {"exact": found.now, "start": found.start, "end": found.end}}
    if found and found.how == "altered":
        data |= {"diff": found.diff}
    if found and found.how == "ambiguous":
        data |= {"places": list(found.places)}
    return data
