"""Articles in; citations, quotes and reported plans out. Knows no colour."""

from sources._csl import to_csl
from sources._errors import ArticleError, CitationError, SourceError
from sources._extractor import Extraction, PlanExtractor
from sources._lines import Line, read_lines
from sources._model import (
    STATUSES,
    Antecedent,
    Article,
    Attribution,
    Citation,
    Conflict,
    Copy,
    PlanPlace,
    Problem,
    Quote,
    Reading,
    Report,
    ReportedPlan,
    Review,
    Side,
    Skipped,
    StatedDistance,
    Status,
)
from sources._plans import RuleExtractor
from sources._quotes import check_quote, make_quote, sentence_url
from sources._readers import read_articles, read_text
from sources._reading import read_plans
from sources._records import as_records

__all__ = [
    "STATUSES",
    "Antecedent",
    "Article",
    "ArticleError",
    "Attribution",
    "Citation",
    "CitationError",
    "Conflict",
    "Copy",
    "Extraction",
    "Line",
    "PlanExtractor",
    "PlanPlace",
    "Problem",
    "Quote",
    "Reading",
    "Report",
    "ReportedPlan",
    "Review",
    "RuleExtractor",
    "Side",
    "Skipped",
    "SourceError",
    "StatedDistance",
    "Status",
    "as_records",
    "check_quote",
    "make_quote",
    "read_articles",
    "read_lines",
    "read_plans",
    "read_text",
    "sentence_url",
    "to_csl",
]
