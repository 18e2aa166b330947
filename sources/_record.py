"""A reading as plain data and back: what a published map carries, so that it can be checked and drawn again without its articles.

Of an article's text the record holds only given spans, those that are published anyway; the rest of the text comes back as BLANK.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from geo import Place
from sources._codec import Codec, WrongValueError
from sources._errors import RecordError
from sources._model import Article, Quote, Reading, ReportedPlan
from sources._quotes import CONTEXT

BLANK = "\0"
"""Stands for each character of a text that a record does not hold."""
VERSION = 1
LONGEST = 20_000_000
"""Characters of the longest article that a record may be of; no article that is read is longer."""
_LONGEST_ALL = 200_000_000
_Spans = tuple[tuple[int, int], ...]
_Pieces = tuple[tuple[int, str], ...]


def reading_to_record(reading: Reading, spans: Mapping[str, Iterable[tuple[int, int]]] | None = None) -> dict[str, Any]:
    """Return a reading as plain data that JSON can hold, without the articles' texts but for what of them is quoted.

    ``spans`` are further (start, end) spans of texts to hold, code points, half-open, by article id. Held anyway are the quotes with their
    prefix and suffix, the sentences that were passed over and the names of places. Fields at their defaults are left out, and each
    place stands in the record once. Pure; :func:`reading_from_record` reads it.

    >>> reading_to_record(Reading(articles=()))
    {'version': 1, 'places': [], 'articles': [], 'reading': {}}
    """
    codec, alone = Codec(Place), Codec()
    plain = codec.plain(reading)
    articles = []
    for article, kept in zip(reading.articles, plain.pop("articles"), strict=True):
        pieces = _pieces(reading, article, (spans or {}).get(article.id, ()))
        articles.append({**kept, "length": len(article.text), "text": pieces})
    return {"version": VERSION, "places": [alone.plain(place) for place in codec.values], "articles": articles, "reading": plain}


def reading_from_record(data: Any) -> Reading:
    """Return the reading that a record is of; of its articles' texts, what the record does not hold is BLANK, so that offsets hold.

    ``data`` is what :func:`reading_to_record` returned, after JSON or not. Raises :class:`RecordError`, which names the place in the
    record, where a value is not what it must be: another type, a field that there is not, text outside its article. Whether quotes stand
    in their articles is left to :func:`check_quote`. Pure.

    >>> reading_from_record({"version": 1, "places": [], "articles": [], "reading": {"min_score": 0.5}}).min_score
    0.5
    """
    try:
        if not isinstance(data, dict) or set(data) != {"version", "places", "articles", "reading"}:
            raise WrongValueError("no object of version, places, articles and reading")
        if data["version"] != VERSION:
            raise WrongValueError(f"version {repr(data['version'])[:20]} is not {VERSION}, the one that this citemap reads")
        codec = Codec(Place, _under("places", Codec().read, tuple[Place, ...], data["places"]))
        articles = tuple(_articles(codec, data["articles"]))
        rest = _under("reading", codec.read_fields, Reading, data["reading"], ("articles",))
        reading = Reading(articles=articles, **rest)
        _check_ids(reading)
    except WrongValueError as error:
        raise RecordError(error.said("record")) from None
    return reading


def plan_to_record(plan: ReportedPlan) -> dict[str, Any]:
    """Return a plan as plain data that JSON can hold; fields at their defaults are left out. Pure; :func:`plan_from_record` reads it.

    >>> plan_to_record(ReportedPlan(id="a-1", number=1, summary="A pier.", status="planned", quotes=()))
    {'id': 'a-1', 'number': 1, 'summary': 'A pier.', 'status': 'planned', 'quotes': []}
    """
    plain: dict[str, Any] = Codec().plain(plan)
    return plain


def plan_from_record(data: Any) -> ReportedPlan:
    """Return the plan that a record is of. Raises :class:`RecordError`, which names the place, where a value is not what it must be. Pure.

    >>> plan_from_record({"id": "a-1", "number": 1, "summary": "A pier.", "status": "planned", "quotes": []}).summary
    'A pier.'
    """
    try:
        return ReportedPlan(**Codec().read_fields(ReportedPlan, data))
    except WrongValueError as error:
        raise RecordError(error.said("plan")) from None


def quotes_of(plan: ReportedPlan) -> list[Quote]:
    """Return every quote of a plan, those of its versions too, each once."""
    versions = (quote for conflict in plan.conflicts for side in conflict.sides for quote in side.quotes)
    return list(dict.fromkeys((*plan.quotes, *versions)))


def _pieces(reading: Reading, article: Article, more: Iterable[tuple[int, int]]) -> list[list[Any]]:
    """Return what a record holds of an article's text: [offset, words]."""
    spans = [(start - 1, end + 1) for start, end in more]
    told = (quote for plan in (*reading.plans, *reading.rejected) for quote in quotes_of(plan))
    spans += [(q.start - CONTEXT, q.end + CONTEXT) for q in told if q.article_id == article.id]
    spans += [(one.start, one.end) for one in reading.skipped.get(article.id, ())]
    spans += [(found.mention.start, found.mention.end) for found in reading.toponyms.get(article.id, ())]
    text, joined = article.text, list[tuple[int, int]]()
    for start, end in sorted((max(0, start), min(end, len(text))) for start, end in spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        elif start < end:
            joined.append((start, end))
    return [[start, text[start:end]] for start, end in joined]


def _under(name: str, read: Any, *given: Any) -> Any:
    try:
        return read(*given)
    except WrongValueError as error:
        error.path.append(name)
        raise


def _articles(codec: Codec, given: Any) -> Iterator[Article]:
    """Read the articles, their texts blank where the record does not hold them."""
    if not isinstance(given, list | tuple):
        raise WrongValueError("no list", "articles")
    left = _LONGEST_ALL
    for number, one in enumerate(given):
        try:
            if not isinstance(one, dict):
                raise WrongValueError("no object")
            parts = dict(one)
            length = codec.read(int, parts.pop("length", None))
            if not 0 <= length <= min(LONGEST, left):
                raise WrongValueError(f"{length} characters are no length of an article", "length")
            left -= length
            text = _text(_under("text", codec.read, _Pieces, parts.pop("text", ())), length)
            article = Article(text=text, **codec.read_fields(Article, parts, ("text",)))
            for start, end in article.paragraphs:
                if not 0 <= start <= end <= length:
                    raise WrongValueError(f"{start} to {end} is no span of {length} characters", "paragraphs")
            yield article
        except WrongValueError as error:
            error.path += [str(number), "articles"]
            raise


def _text(pieces: _Pieces, length: int) -> str:
    """Put the pieces of a text at their offsets."""
    out, at = [], 0
    for start, words in pieces:
        if not at <= start <= length - len(words):
            raise WrongValueError(f"{len(words)} characters do not fit at {start} into a text of {length}", "text")
        out += [BLANK * (start - at), words]
        at = start + len(words)
    return "".join([*out, BLANK * (length - at)])


def _check_ids(reading: Reading) -> None:
    """Raise where two articles or two plans have one id, or where something is said of an article that the record does not have."""
    ids = {article.id for article in reading.articles}
    if len(ids) < len(reading.articles):
        raise WrongValueError("two articles have one id", "articles")
    plans = [plan.id for plan in reading.plans]
    if len(set(plans)) < len(plans):
        raise WrongValueError("two plans have one id", "plans", "reading")
    named = {quote.article_id for plan in (*reading.plans, *reading.rejected) for quote in quotes_of(plan)}
    named |= {report.article_id for plan in (*reading.plans, *reading.rejected) for report in plan.reports}
    named |= {key for copy in reading.copies for key in (copy.article_id, copy.of)}
    named |= {*reading.toponyms, *reading.skipped, *reading.toponym_reviews}
    if unknown := sorted(named - ids):
        raise WrongValueError(f"{unknown[0][:60]!r} is no article of the record", "articles")
