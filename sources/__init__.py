"""Articles in; citations, quotes and reported plans out. Knows no colour."""

from sources._bibtex import to_bibtex
from sources._csl import to_csl
from sources._errors import ArticleError, CitationError, LedgerError, SourceError, StyleError
from sources._extractor import Extraction, PlanExtractor
from sources._formatted import CitationStyle, format_citations
from sources._guarded import Guard, Limits
from sources._ledger import Ledger, LedgerEntry
from sources._ledger_files import find_ledger, read_ledger, write_ledger
from sources._lines import Line, at_home, read_lines
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
from sources._printable import printable
from sources._quotes import check_quote, make_quote, sentence_url
from sources._readers import read_articles, read_text
from sources._reading import read_plans
from sources._records import as_json_line, as_listing, as_records
from sources._review import ledger_report, review
from sources._ris import to_ris

__all__ = [
    "STATUSES",
    "Antecedent",
    "Article",
    "ArticleError",
    "Attribution",
    "Citation",
    "CitationError",
    "CitationStyle",
    "Conflict",
    "Copy",
    "Extraction",
    "Guard",
    "Ledger",
    "LedgerEntry",
    "LedgerError",
    "Limits",
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
    "StyleError",
    "as_json_line",
    "as_listing",
    "as_records",
    "at_home",
    "check_quote",
    "find_ledger",
    "format_citations",
    "ledger_report",
    "make_quote",
    "printable",
    "read_articles",
    "read_ledger",
    "read_lines",
    "read_plans",
    "read_text",
    "review",
    "sentence_url",
    "to_bibtex",
    "to_csl",
    "to_ris",
    "write_ledger",
]
