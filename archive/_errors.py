"""What can go wrong with an archive."""

from __future__ import annotations


class ArchiveError(Exception):
    """An archive cannot be read or written as asked. ``name`` is the value, ``rule`` what it breaks, ``next_step`` what to do.

    >>> str(ArchiveError("news.parquet", "it has no column 'text'", "name the column with --text-column"))
    "news.parquet: it has no column 'text'; name the column with --text-column"
    """

    def __init__(self, name: str, rule: str, next_step: str) -> None:
        super().__init__(f"{name}: {rule}; {next_step}")
        self.name, self.rule, self.next_step = name, rule, next_step

    def __reduce__(self) -> tuple[type[ArchiveError], tuple[str, str, str]]:
        """Return how a worker sends the error to the driver."""
        return ArchiveError, (self.name, self.rule, self.next_step)
