"""The nouns of reporting: what was published, what it says word for word, and which plans it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from geo import Place, Toponym

Status = Literal["planned", "proposed", "agreed", "under way", "existing", "completed", "denied"]
"""How far a plan has come, as the source tells it."""

STATUSES: tuple[Status, ...] = ("planned", "proposed", "agreed", "under way", "existing", "completed", "denied")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """The bibliographic record of one article: only what is stated, never what is guessed.

    Every field but ``id``, ``title`` and ``sha256`` may be empty, and empty means "not stated". ``title`` is the stated title or the first
    line of the text (then ``title_is_first_line``). ``date`` is EDTF. ``file`` is the file's name without its folder. ``sha256`` is that of
    the text's UTF-8 bytes. ``digest_of`` says what a digest in our own words was made from.

    >>> c = Citation(id="a", title="A title", sha256="0" * 64)
    >>> c.publisher_or_not_stated
    'publisher not stated'
    """

    id: str
    title: str
    sha256: str
    title_is_first_line: bool = False
    publisher: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    url: str = ""
    licence: str = ""
    origin: str = ""
    digest_of: str = ""
    file: str = ""

    @property
    def publisher_or_not_stated(self) -> str:
        """The publisher, or the words "publisher not stated"."""
        return self.publisher or "publisher not stated"

    @property
    def date_or_not_stated(self) -> str:
        """The date in EDTF, or the words "date not stated"."""
        return self.date or "date not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was published: its text, and its citation.

    Offsets everywhere are Unicode code points into ``text``, half-open. ``paragraphs`` are the (start, end) spans of its
    paragraphs in order; paragraph numbers given to readers count from 1.

    >>> a = Article(id="a", text="One.\\n\\nTwo.", citation=Citation(id="a", title="One.", sha256=""), paragraphs=((0, 4), (6, 10)))
    >>> a.paragraph_at(7)
    2
    """

    id: str
    text: str
    citation: Citation
    paragraphs: tuple[tuple[int, int], ...] = ()

    def paragraph_at(self, offset: int) -> int:
        """Return the number, from 1, of the paragraph that holds ``offset`` (a code point), or of the last one before it."""
        number = 1
        for i, (start, _) in enumerate(self.paragraphs, start=1):
            if start <= offset:
                number = i
        return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A verbatim span of an article, with the selectors of the W3C Web Annotation model.

    ``start`` and ``end`` are code points into the article's text, half-open, and ``exact`` is what stands there; ``prefix`` and ``suffix``
    are up to 32 characters before and after. ``paragraph`` counts from 1. ``emphasis`` are (start, end) spans, counted within ``exact``, of
    the words that carry the plan. ``url`` links to the very sentence (a text fragment), or is empty where the article has no URL.

    >>> Quote(article_id="a", exact="One.", start=0, end=4).selectors()[1]
    {'type': 'TextPositionSelector', 'start': 0, 'end': 4}
    """

    article_id: str
    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""
    paragraph: int = 1
    url: str = ""
    emphasis: tuple[tuple[int, int], ...] = ()

    def selectors(self) -> list[dict[str, Any]]:
        """Return the TextQuoteSelector and the TextPositionSelector as plain dictionaries, in that order."""
        return [
            {"type": "TextQuoteSelector", "exact": self.exact, "prefix": self.prefix, "suffix": self.suffix},
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPlace:
    """A place as one plan speaks of it.

    ``role`` is ``where`` for a place where the thing is to be (only these become marks), else ``direction`` ("towards X"), ``extent``
    ("from X", "within 200 km of X"), ``near`` ("near X") or ``subject`` (what it is about). ``said`` is how the article writes it,
    with its modifier. ``where_prec`` (UCDP 1-7) and ``uncertainty_m`` (metres, or None) are as the article said it, never sharper.

    >>> p = Place(id="example:rota", name="Rota", lat=36.62, lon=-6.36, feature_code="PPL", extent="point")
    >>> PlanPlace(place=p, said="Rota").role
    'where'
    """

    place: Place
    said: str
    role: Literal["where", "direction", "extent", "near", "subject"] = "where"
    where_prec: int = 1
    uncertainty_m: float | None = None
    modifier: str = ""
    distance_km: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPlan:
    """A plan as the articles report it: who, what, where, when, how far along, and the quotes that say so.

    Whatever the articles do not say is empty or None. ``when`` is EDTF or None, ``when_said`` the words of the article ("in December") and
    ``when_note`` how they were resolved. ``places`` are where the thing is to be; ``anchors`` are places that only say a direction, an
    extent or a subject. ``event_type`` is a PLOVER event type or "". ``origins`` are whom the sources themselves credit. ``lacks`` says
    in words what the articles leave open ("no place named"). ``number`` is the note number, from 1, the same on the map and beside it.

    >>> q = Quote(article_id="a", exact="One.", start=0, end=4)
    >>> ReportedPlan(id="a-1", number=1, summary="s", status="planned", quotes=(q,)).places
    ()
    """

    id: str
    number: int
    summary: str
    status: Status
    quotes: tuple[Quote, ...]
    actor: str = ""
    asset: str = ""
    action: str = ""
    places: tuple[PlanPlace, ...] = ()
    anchors: tuple[PlanPlace, ...] = ()
    when: str | None = None
    when_said: str = ""
    when_note: str = ""
    condition: str = ""
    event_type: str = ""
    origins: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A sentence that speaks of plans but is no plan of the day, and why: "an analyst's view", "history", "a condition", "a question".

    ``start`` and ``end`` are code points into the article's text, half-open.

    >>> Skipped(start=0, end=9, why="history").why
    'history'
    """

    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that was left out, and why: the input, the rule that it broke and the next step.

    >>> Problem(name="a.pdf", rule="not a text", next_step="convert it to .txt").as_line()
    'a.pdf: not a text; convert it to .txt'
    """

    name: str
    rule: str
    next_step: str

    def as_line(self) -> str:
        """Return the problem as one line for a person."""
        return f"{self.name}: {self.rule}; {self.next_step}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read: the articles, the toponyms of each by article id, the plans, what was passed over, and what had to be left out.

    ``skipped`` are, by article id, the sentences that speak of plans but are none of the day. No place with a score below ``min_score`` was
    chosen.

    >>> Reading(articles=()).plans
    ()
    """

    articles: tuple[Article, ...]
    toponyms: dict[str, tuple[Toponym, ...]] = field(default_factory=dict)
    plans: tuple[ReportedPlan, ...] = ()
    skipped: dict[str, tuple[Skipped, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    min_score: float = 0.0

    def article(self, article_id: str) -> Article:
        """Return the article with this id; KeyError if there is none."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)
