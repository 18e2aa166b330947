"""What can go wrong with an archive."""

from __future__ import annotations

from functools import partial


class ArchiveError(Exception):
    """An archive cannot be read or written as asked. ``name`` is the value, ``rule`` what it breaks, ``next_step`` what to do.

    ``code`` is the short stable name of what is wrong, one of those in docs/errors.md.

    >>> str(ArchiveError("news.parquet", "it has no column 'text'", "name the column with --text-column", code="no-text-column"))
    "news.parquet: it has no column 'text'; name the column with --text-column"
    """

    def __init__(self, name: str, rule: str, next_step: str, *, code: str) -> None:
        super().__init__(f"{name}: {rule}; {next_step}")
        self.name, self.rule, self.next_step, self.code = name, rule, next_step, code

    def __reduce__(self) -> tuple[object, ...]:
        """Return how a worker sends the error to the driver."""
        return partial(ArchiveError, code=self.code), (self.name, self.rule, self.next_step)
