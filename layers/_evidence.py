"""The quotes of a plan, as records with their source beside them."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from sources import Citation, PlanPlace, Quote, ReportedPlan

_CONTROL = re.compile(r"[\x00-\x20\x7f]")


def safe_url(url: str) -> str:
    """Return a URL when it is http or https with a host, else the empty string.

    >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)"), safe_url(" java\\nscript:alert(1)")
    ('https://example.org/a', '', '')
    """
    if not url or _CONTROL.search(url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    return url if parts.scheme.lower() in ("http", "https") and host else ""


def source_words(citation: Citation) -> str:
    """Return publisher, title and date as one line; what is not stated is said to be so.

    >>> source_words(Citation(id="a", title="A title", sha256=""))
    'publisher not stated, “A title”, date not stated'
    """
    return f"{citation.publisher_or_not_stated}, “{citation.title}”, {citation.date_or_not_stated}"


def evidence_for(plan: ReportedPlan, place: PlanPlace | None) -> Quote:
    """Return the first quote that contains the place as said, or else the first quote.

    >>> q = Quote(article_id="a", exact="One.", start=0, end=4)
    >>> evidence_for(ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=(q,)), None).exact
    'One.'
    """
    if place is not None and place.said:
        for quote in plan.quotes:
            if place.said in quote.exact:
                return quote
    return plan.quotes[0]
