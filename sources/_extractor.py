"""What finds plans in an article: one interface, so that a user can put another in the place of the built-in rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from geo import Gazetteer, Toponym
from sources._model import Article, Problem, ReportedPlan, Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was found in one article: its plans in the order of the text, and the sentences passed over, each with the reason.

    ``problem`` says why the article could not be read as a whole ("the text is in French"), or is None.

    >>> Extraction().plans
    ()
    """

    plans: tuple[ReportedPlan, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    problem: Problem | None = None


@runtime_checkable
class PlanExtractor(Protocol):
    """Finds the reported plans of one article.

    ``toponyms`` are those of the article's text, in its order; places of a plan are taken from them. A plan needs at least one quote that
    stands in the article (make it with :func:`sources.make_quote`); ``id``, ``number``, ``key`` and all that compares articles are set
    afterwards. What an extractor returns passes the same check of quotes as the built-in rules.

    >>> class Nothing:
    ...     def extract(self, article, toponyms, gazetteer):
    ...         return Extraction()
    >>> isinstance(Nothing(), PlanExtractor)
    True
    """

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Return what ``article`` reports."""
        ...
