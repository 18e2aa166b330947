"""Articles in; citations, quotes and reported plans out. Knows no colour."""

from sources._anchoring import HOWS, Anchoring, anchor_quote, pair_articles, word_diff
from sources._bibtex import to_bibtex
from sources._changes import ChangeKind, Difference, PlanChange, ReadingChanges, compare_readings, reading_of_both
from sources._corroboration import alike_plans, group_plans, join_plans, shared_origins
from sources._credits import outlet_key
from sources._csl import to_csl
from sources._errors import ArticleError, CitationError, LedgerError, RecordError, SourceError, StyleError
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
    Stale,
    StatedDistance,
    Status,
)
from sources._plans import RuleExtractor
from sources._printable import printable
from sources._quotes import check_quote, make_quote, sentence_url
from sources._readers import read_articles, read_html, read_text
from sources._reading import read_plans
from sources._reanchoring import reanchor
from sources._record import BLANK, plan_from_record, plan_to_record, reading_from_record, reading_to_record
from sources._records import as_json_line, as_listing, as_records
from sources._review import ledger_report, review
from sources._ris import to_ris
from sources._sketches import PlanSketch, Sketch, alike_sketches, may_be_alike, sketch_article, sketch_plan

__all__ = [
    "BLANK",
    "HOWS",
    "STATUSES",
    "Anchoring",
    "Antecedent",
    "Article",
    "ArticleError",
    "Attribution",
    "ChangeKind",
    "Citation",
    "CitationError",
    "CitationStyle",
    "Conflict",
    "Copy",
    "Difference",
    "Extraction",
    "Guard",
    "Ledger",
    "LedgerEntry",
    "LedgerError",
    "Limits",
    "Line",
    "PlanChange",
    "PlanExtractor",
    "PlanPlace",
    "PlanSketch",
    "Problem",
    "Quote",
    "Reading",
    "ReadingChanges",
    "RecordError",
    "Report",
    "ReportedPlan",
    "Review",
    "RuleExtractor",
    "Side",
    "Sketch",
    "Skipped",
    "SourceError",
    "Stale",
    "StatedDistance",
    "Status",
    "StyleError",
    "alike_plans",
    "alike_sketches",
    "anchor_quote",
    "as_json_line",
    "as_listing",
    "as_records",
    "at_home",
    "check_quote",
    "compare_readings",
    "find_ledger",
    "format_citations",
    "group_plans",
    "join_plans",
    "ledger_report",
    "make_quote",
    "may_be_alike",
    "outlet_key",
    "pair_articles",
    "plan_from_record",
    "plan_to_record",
    "printable",
    "read_articles",
    "read_html",
    "read_ledger",
    "read_lines",
    "read_plans",
    "read_text",
    "reading_from_record",
    "reading_of_both",
    "reading_to_record",
    "reanchor",
    "review",
    "sentence_url",
    "shared_origins",
    "sketch_article",
    "sketch_plan",
    "to_bibtex",
    "to_csl",
    "to_ris",
    "word_diff",
    "write_ledger",
]
