"""What can go wrong in ``sources``, as a tree."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sources._model import Problem


class SourceError(Exception):
    """Something about articles or what they say is wrong; the message names the value, the rule and the next step.

    ``code`` is the short stable name of what is wrong, one of those in docs/errors.md.

    >>> issubclass(ArticleError, SourceError) and issubclass(CitationError, SourceError)
    True
    """

    code = ""


class ArticleError(SourceError):
    """An article cannot be read. ``name`` is the input, ``rule`` what it breaks, ``next_step`` what to do.

    >>> str(ArticleError("a.pdf", "not a text", "convert it to .txt", code="not-a-text"))
    'a.pdf: not a text; convert it to .txt'
    """

    def __init__(self, name: str, rule: str, next_step: str, *, code: str = "") -> None:
        super().__init__(f"{name}: {rule}; {next_step}")
        self.name, self.rule, self.next_step, self.code = name, rule, next_step, code

    def as_problem(self) -> Problem:
        """Return the error as what is left out."""
        return Problem(name=self.name, rule=self.rule, next_step=self.next_step, code=self.code)

    def __reduce__(self) -> tuple[object, ...]:
        return partial(type(self), code=self.code), (self.name, self.rule, self.next_step)


class CitationError(SourceError):
    """A quote does not stand in its article: names the article, the offsets, the text expected and the text found.

    >>> str(CitationError("a", 0, 4, "Two.", "One."))
    "a, characters 0-4: expected 'Two.', found 'One.'; extract the plans anew from this article, or restore the article that was quoted"
    """

    code = "quote-not-in-article"

    def __init__(self, article_id: str, start: int, end: int, expected: str, found: str) -> None:
        step = "extract the plans anew from this article, or restore the article that was quoted"
        super().__init__(f"{article_id}, characters {start}-{end}: expected {expected!r}, found {found!r}; {step}")
        self.article_id, self.start, self.end, self.expected, self.found = article_id, start, end, expected, found


class LedgerError(SourceError):
    """A review ledger cannot be used. ``name`` is the file, ``line`` the line in it (0: the whole file), ``rule`` what it breaks.

    >>> str(LedgerError("review.yaml", 7, "'yes' is no decision", "write accept, reject or correct"))
    "review.yaml, line 7: 'yes' is no decision; write accept, reject or correct"
    """

    def __init__(self, name: str, line: int, rule: str, next_step: str, *, code: str = "ledger-rule") -> None:
        super().__init__(f"{name}{f', line {line}' if line else ''}: {rule}; {next_step}")
        self.name, self.line, self.rule, self.next_step, self.code = name, line, rule, next_step, code


class RecordError(SourceError, ValueError):
    """A record of a reading cannot be read: says where in it, and what is wrong there.

    >>> str(RecordError("record.reading.plans.0.status: 'soon' is none of planned, proposed"))
    "record.reading.plans.0.status: 'soon' is none of planned, proposed"
    """

    code = "broken-record"


class StyleError(SourceError, ValueError):
    """Citations are asked for in a style that there is not.

    >>> str(StyleError("mla", ("house", "chicago", "apa")))
    "'mla' is no style of citations here; choose one of house, chicago, apa"
    """

    code = "unknown-style"

    def __init__(self, style: str, known: Iterable[str]) -> None:
        super().__init__(f"{style!r} is no style of citations here; choose one of {', '.join(known)}")
