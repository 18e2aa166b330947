"""The nouns of reporting: what was published, what it says word for word, and which plans it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from geo import Place, Toponym
from sources._printable import printable

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
class Attribution:
    """On whose word a sentence tells something, in the article's words.

    ``said`` are the words of credit as written ("officials said on condition of anonymity"), ``who`` the one credited ("officials"),
    ``sort`` what that is: an ``outlet`` (another publisher or agency: an origin), an ``official``, a ``person``, a ``document``, or
    ``anonymous`` where the article withholds the name. ``start`` and ``end`` are code points into the article's text, half-open.

    >>> Attribution(said="Kyodo reported", who="Kyodo", sort="outlet", start=0, end=14).who
    'Kyodo'
    """

    said: str
    who: str
    sort: Literal["outlet", "official", "person", "document", "anonymous"]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Antecedent:
    """What a pronoun or a short name of a plan goes back to: ``said`` ("the regiment") stands for ``stands_for``, "" where none was found.

    ``start`` and ``end`` are the code points of ``said`` in the article, half-open.

    >>> Antecedent(said="the regiment", stands_for="", start=0, end=12).stands_for
    ''
    """

    said: str
    stands_for: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's telling of a plan, and the chain of credit behind it.

    ``chain`` goes from the article's publisher ("" where it is not stated) to the first one that is credited: ("The Herald", "Kyodo",
    "government sources"). ``origin`` is whose word the report finally rests on among those who publish: two reports with one origin are no
    corroboration. "" says that the article names nobody and is nobody's double: it counts as an origin of its own. ``copy_of`` is the id
    of the article whose text this one mostly repeats, or "".

    >>> Report(article_id="a", origin="Kyodo", chain=("The Herald", "Kyodo")).origin
    'Kyodo'
    """

    article_id: str
    origin: str = ""
    chain: tuple[str, ...] = ()
    copy_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """An article whose text another one repeats: ``how`` is ``same`` (word for word), ``reprint`` (mostly) or ``version`` (changed later).

    ``article_id`` is the copy, ``of`` the article that it repeats, ``likeness`` the share of their word groups that they have in common,
    from 0 to 1.

    >>> Copy(article_id="b", of="a", how="reprint", likeness=0.9).of
    'a'
    """

    article_id: str
    of: str
    how: Literal["same", "reprint", "version"]
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version of what sources tell differently: ``said`` in the article's words, the quotes that say so, and the origins behind them.

    >>> Side(said="the Nansei chain", quotes=()).said
    'the Nansei chain'
    """

    said: str
    quotes: tuple[Quote, ...]
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """What the reports of one plan tell differently, with all versions side by side, in the order of the articles and none before another.

    >>> Conflict(on="number", sides=()).on
    'number'
    """

    on: Literal["extent", "unit", "number", "date", "status", "actor"]
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedDistance:
    """A distance that a source states, checked against the earth and never corrected.

    ``said`` are the source's words ("within 200 km of Taiwan"), ``relation`` ``within``, ``about`` or ``beyond``, ``said_km`` the stated
    figure, ``to`` the place that it counts from. ``measured_km`` is the geodesic (WGS 84) between the nearest points of the two shapes;
    ``ends`` are these points as (lat, lon) in degrees, the plan's first; ``nearest`` names the plan's nearest place. ``holds`` says
    whether the measurement bears the words out. ``words`` says both figures in a sentence.

    >>> p = Place(id="example:rota", name="Rota", lat=36.62, lon=-6.36, feature_code="PPL", extent="point")
    >>> StatedDistance(said="within 200 km of Rota", relation="within", said_km=200, to=PlanPlace(place=p, said="Rota")).measured_km is None
    True
    """

    said: str
    relation: Literal["within", "about", "beyond"]
    said_km: float
    to: PlanPlace
    measured_km: float | None = None
    nearest: str = ""
    ends: tuple[tuple[float, float], ...] = ()
    holds: bool | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A person's decision on a plan or a toponym, as the ledger has it.

    ``decision`` is ``accept``, ``reject`` or ``correct``; ``why``, ``who`` and ``on`` (an ISO date) are the person's words, "" where none
    are given. ``changes`` are the fields that a correction sets, as (name, value) in the order of the ledger. ``note`` says what citemap
    reads otherwise than when the person decided ("status planned → denied"), or is "".

    >>> Review(decision="accept", why="checked with the ministry").decision
    'accept'
    """

    decision: Literal["accept", "reject", "correct"]
    why: str = ""
    who: str = ""
    on: str = ""
    changes: tuple[tuple[str, str], ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedPlan:
    """A plan as the articles report it: who, what, where, when, how far along, and the quotes that say so.

    Whatever the articles do not say is empty or None. ``when`` is EDTF or None, ``when_said`` the words of the article ("in December") and
    ``when_note`` how they were resolved. ``places`` are where the thing is to be; ``anchors`` are places that only say a direction, an
    extent or a subject. ``event_type`` and ``event_mode`` are PLOVER's or "". ``condition`` is what the plan hangs on, in the article's
    words. ``negated`` says that the words tell what is not done or not planned. ``attributions`` are on whose word the quotes tell it,
    ``antecedents`` what its pronouns and short names go back to. ``lacks`` names what the articles leave open ("who", "place", "date").
    ``number`` is the note number, from 1, the same on the map and beside it; ``key`` names the plan by its content, so that it is the same
    in every build, and ``keys`` are those of all its tellings. ``reports`` has one entry for each article that tells it, ``origins`` whom
    these credit, ``conflicts`` what they tell differently, ``distances`` the stated distances, measured; ``review`` is a person's decision,
    or None.

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
    event_mode: str = ""
    negated: bool = False
    attributions: tuple[Attribution, ...] = ()
    antecedents: tuple[Antecedent, ...] = ()
    origins: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    key: str = ""
    keys: tuple[str, ...] = ()
    reports: tuple[Report, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    distances: tuple[StatedDistance, ...] = ()
    review: Review | None = None

    @property
    def origin_count(self) -> int:
        """How many independent origins stand behind the plan: each named one once, each report that names none by itself."""
        named = {r.origin for r in self.reports if r.origin}
        return max(1, len(named) + sum(not r.origin and not r.copy_of for r in self.reports))


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
class Stale:
    """A quote that was taken off a plan, since its article, as it is today, does not say it any more.

    ``key``, ``number`` and ``summary`` are the plan's; ``exact`` are the old words. ``how`` is ``altered`` (``diff`` says how, word by
    word: "will [-not-] go"), ``gone``, or ``ambiguous`` where the words stand at several places and none can be told to be meant.

    >>> Stale(key="p-1", number=1, summary="A pier", article_id="a", exact="It will be built.", how="gone").diff
    ''
    """

    key: str
    number: int
    summary: str
    article_id: str
    exact: str
    how: Literal["altered", "gone", "ambiguous"]
    diff: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something that was left out, and why: the input, the rule that it broke and the next step.

    The three are kept as one line of text in which nothing steers a terminal. ``code`` is the rule's short stable name, one of those in
    docs/errors.md ("" where another program made the problem). Where ``left_out`` is False nothing was: it is something to look at.

    >>> Problem(name="a.pdf", rule="not a text", next_step="convert it to .txt", code="not-a-text").as_line()
    'a.pdf: not a text; convert it to .txt'
    """

    name: str
    rule: str
    next_step: str
    code: str = ""
    left_out: bool = True

    def __post_init__(self) -> None:
        for part in ("name", "rule", "next_step"):
            object.__setattr__(self, part, printable(getattr(self, part)))

    def as_line(self) -> str:
        """Return the problem as one line for a person."""
        return f"{self.name}: {self.rule}; {self.next_step}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was read: the articles, the toponyms of each by article id, the plans, what was passed over, and what had to be left out.

    ``skipped`` are, by article id, the sentences that speak of plans but are none of the day. No place with a score below ``min_score`` was
    chosen. ``copies`` are the articles that mostly repeat another one. ``rejected`` are the plans that a person took off the map, and
    ``toponym_reviews`` the decisions on toponyms, by article id and start; ``unapplied`` are the decisions of the ledger that apply to
    nothing here, as (key, what it said). ``stale`` are the quotes that were taken off when the plans were put on articles of a later day.

    >>> Reading(articles=()).plans
    ()
    """

    articles: tuple[Article, ...]
    toponyms: dict[str, tuple[Toponym, ...]] = field(default_factory=dict)
    plans: tuple[ReportedPlan, ...] = ()
    skipped: dict[str, tuple[Skipped, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    min_score: float = 0.0
    copies: tuple[Copy, ...] = ()
    rejected: tuple[ReportedPlan, ...] = ()
    toponym_reviews: dict[str, dict[int, Review]] = field(default_factory=dict)
    unapplied: tuple[tuple[str, str], ...] = ()
    stale: tuple[Stale, ...] = ()

    def article(self, article_id: str) -> Article:
        """Return the article with this id; KeyError if there is none."""
        for article in self.articles:
            if article.id == article_id:
                return article
        raise KeyError(article_id)
