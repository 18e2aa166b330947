"""What a report says, in its order and in the words of the interface, before any form is chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from layers._bidi import kept_apart
from layers._dates import date_words
from layers._evidence import safe_url
from layers._marks import where_places
from layers._messages import direction_of, joined, load_messages, number_words, quoted, say
from layers._notes import shown_quotes
from layers._options import MapOptions
from layers._payload import make_payload
from layers._protocols import Gazetteer
from layers._rules import article_language
from layers.figure import letters
from layers.report._bibliography import context_records
from layers.report._telling import alt_of, as_of_words, long_of
from sources import Citation, Quote, Reading, ReportedPlan, format_citations

_METHOD = (
    "report.names", "report.plans", "method.where", "report.codes", "report.status", "report.origins", "report.differ", "method.said",
    "report.limits",
)  # fmt: skip


def report_content(reading: Reading, gazetteer: Gazetteer, options: MapOptions, made_by: Mapping[str, str]) -> dict[str, Any]:
    """Return all that a report says as plain data; ``options`` are whole, ``made_by`` are names and versions.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> from layers._options import with_defaults
    >>> report_content(Reading(articles=()), Empty(), with_defaults({"title": "Piers"}), {})["title"]
    'Piers'
    """
    messages = load_messages(options["language"])
    payload = make_payload(reading, gazetteer, options, ground=False)
    plans = {plan.id: plan for plan in reading.plans}
    reasons = {row["id"]: row["reason"] for row in payload["unmapped"]["plans"]}
    context = context_records(reading, gazetteer, context=options["context"])
    title = " ".join(payload["title"].split())
    return {
        "language": options["language"],
        "direction": direction_of(options["language"]),
        "title": title,
        "deck": " ".join((payload["deck"] if options["deck"] is not None else _deck(reading, payload, messages)).split()),
        "asof": as_of_words(reading, messages),
        "alt": alt_of(reading, payload, messages),
        "long": long_of(reading, payload, messages),
        "figure": say(messages, "report.figure", number=1),
        "caption": say(messages, "report.caption", deck=messages["credit"]),
        "heads": {
            key: messages[f"report.{key}"] for key in ("map", "notes", "sources", "context", "left", "method", "made", "sha256", "file")
        }
        | {"characters": messages["report.characters"], "open": messages["quote.open"], "empty": messages["plans.empty"]},
        "notes": [_note(reading, plans[row["id"]], row, reasons.get(row["id"], ""), messages) for row in payload["plans"]],
        "sources": _sources(reading, payload, messages),
        "context": _context(payload, context, messages),
        "left": _left(payload["unmapped"], messages),
        "method": [{"head": messages[f"{key}.head"], "text": messages[key]} for key in _METHOD]
        + [{"head": messages["report.ground.head"], "text": messages["credit"]}],
        "versions": _versions(made_by, messages),
        "inputs": [
            {"file": one.citation.file or one.id, "characters": number_words(len(one.text), messages), "sha256": one.citation.sha256}
            for one in reading.articles
        ],
    }


def _note(reading: Reading, plan: ReportedPlan, row: dict[str, Any], reason: str, messages: dict[str, str]) -> dict[str, Any]:
    """Return one note: what stands on the plan's card, as text."""
    where = joined(
        messages,
        (say(messages, "noted", words=one["name"], notes=one["precision"]) if one["precision"] else one["name"] for one in row["where"]),
        wide=True,
    )
    if reason:
        unplaced = say(messages, "unplaced.why", reason=reason)
        where = f"{where} · {unplaced}" if where_places(plan) else unplaced
    chains = "; ".join(
        " ← ".join(map(kept_apart, chain["names"])) + (f" ({chain['copy']})" if chain["copy"] else "") for chain in row["chains"]
    )
    distances = [" ".join(filter(None, (kept_apart(one["words"]), one["differs"]))) for one in row["distances"]]
    review = joined(messages, (row["review"]["words"], *row["named"]), wide=True)
    rows = [
        ("report.where", where),
        ("report.when", row["when"] or messages["date.none"]),
        ("report.told", row["reports"]),
        ("report.chain", chains),
        ("report.measure", " ".join(distances)),
        ("report.review", review),
    ]
    lacks = say(messages, "lacks", what=joined(messages, row["lacks"])) if row["lacks"] else ""
    quotes = shown_quotes(plan)
    return {
        "number": plan.number,
        "status": plan.status,
        "said": messages[f"status.{plan.status}"],
        "summary": row["summary"],
        "lang": article_language(reading, plan.quotes[0].article_id) if plan.quotes else "en",
        "rows": [[messages[key], text] for key, text in rows if text],
        "facts": [text for text in (*(words for _, words, _ in row["facts"]), lacks) if text],
        "quotes": [_quote(reading, quote, messages) for quote in quotes],
        "conflicts": [
            {
                "head": say(messages, "conflict.head", what=one["on"]),
                "sides": [say(messages, "noted", words=quoted(messages, side["said"]), notes=side["origins"]) for side in one["sides"]],
            }
            for one in row["conflicts"]
        ],
    }


def _quote(reading: Reading, quote: Quote, messages: dict[str, str]) -> dict[str, Any]:
    """Return a quote word for word, in pieces of which some carry the plan, and the line of its source."""
    runs, at = [], 0
    for start, end in sorted(quote.emphasis):
        start, end = max(start, at), min(end, len(quote.exact))
        if start < end:
            runs += [[quote.exact[at:start], False], [quote.exact[start:end], True]]
            at = end
    article = reading.article(quote.article_id)
    letter = dict(zip((one.id for one in reading.articles), letters(len(reading.articles)), strict=True))[article.id]
    date = date_words(article.citation.date, messages) or messages["date.none"]
    place, source = say(messages, "paragraph", n=quote.paragraph), say(messages, "figure.source", letter=letter)
    return {
        "runs": [run for run in [*runs, [quote.exact[at:], False]] if run[0]],
        "source": f"{joined(messages, (article.citation.publisher or messages['publisher.none'], date, place))} · {source}",
        "url": safe_url(quote.url) or safe_url(article.citation.url),
        "lang": article_language(reading, quote.article_id),
    }


def _deck(reading: Reading, payload: dict[str, Any], messages: dict[str, str]) -> str:
    """Count the plans, those on the map and those in the notes only."""
    left = len(payload["unmapped"]["plans"])
    plans = say(messages, "plans", n=len(reading.plans))
    return say(messages, "figure.deck.left" if left else "figure.deck", plans=plans, drawn=len(reading.plans) - left, left=left)


def _sources(reading: Reading, payload: dict[str, Any], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return each article's record as a line, which notes cite it, and what else is stated of it."""
    citing: dict[str, list[int]] = {}
    for plan in reading.plans:
        for quote in shown_quotes(plan):
            if plan.number not in citing.setdefault(quote.article_id, []):
                citing[quote.article_id].append(plan.number)
    lines = source_lines([article.citation for article in reading.articles], messages)
    rows = {row["id"]: row for row in payload["sources"]}
    found = []
    for letter, article, line in zip(letters(len(lines)), reading.articles, lines, strict=True):
        row, numbers = rows[article.id], sorted(citing.get(article.id, ()))
        cited = say(messages, "report.cited", numbers=joined(messages, map(str, numbers))) if numbers else messages["report.uncited"]
        stated = (
            ("source.origin", "origin", row["origin"]), ("source.licence", "licence", row["licence"]), ("source.file", "file", row["file"]),
        )  # fmt: skip
        more = [say(messages, key, **{name: value}) for key, name, value in stated if value]
        found.append({"letter": letter, "line": line, "url": row["url"], "more": [cited, *more, *row["copies"]]})
    return found


def source_lines(citations: Sequence[Citation], messages: dict[str, str]) -> list[str]:
    """Return records in the house style; in another language than English the same parts in its words.

    >>> source_lines([Citation(id="a", title="A pier", sha256="", publisher="The Herald")], load_messages("ja"))
    ['The Herald、「A pier」、日付の記載なし']
    """
    if messages["locale"].startswith("en"):
        return format_citations(citations, "house")
    lines = []
    for one in citations:
        title = quoted(messages, f"[{one.title}]" if one.title_is_first_line else one.title)
        by = say(messages, "source.authors", names=joined(messages, one.authors)) if one.authors else ""
        parts = (one.publisher or messages["publisher.none"], title, by, date_words(one.date, messages) or messages["date.none"])
        digest = say(messages, "source.digest", what=one.digest_of) if one.digest_of else ""
        lines.append(" ".join(filter(None, (joined(messages, filter(None, parts)), safe_url(one.url), digest))))
    return lines


def _context(payload: dict[str, Any], records: list[dict[str, Any]], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return each layer of what the articles do not name: its line, its sites, who names them."""
    lines = dict(zip((str(one["id"]) for one in records), format_citations(records, "house"), strict=True))
    return [
        {
            "key": shown["key"],
            "sites": joined(messages, (site["name"] for site in shown["sites"])),
            "lines": [lines[key] for key in dict.fromkeys(site["citation"] for site in shown["sites"]) if key in lines],
        }
        for shown in payload["context"]
    ]


def _left(unmapped: dict[str, Any], messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return what is on no map under its headings, each with the reason."""
    heads = (
        ("plans", "unmapped.plans"), ("rejected", "unmapped.rejected"), ("stale", "unmapped.stale"),
        ("unapplied", "unmapped.unapplied"),
        ("skipped", "unmapped.skipped"), ("names", "unmapped.places"), ("problems", "unmapped.problems"), ("context", "unmapped.context"),
    )  # fmt: skip
    found = []
    for key, head in heads:
        rows = [_left_row(row, messages) for row in unmapped[key]]
        if rows:
            found.append({"head": messages[head], "rows": rows})
    return found


def _left_row(row: dict[str, Any], messages: dict[str, str]) -> list[str]:
    """Return the name and the reason of one row, whatever it is."""
    if "words" in row:
        place = say(messages, "paragraph", n=row["paragraph"])
        return [quoted(messages, row["words"]), f"{kept_apart(row['reason'])} · {kept_apart(row['source'])}, {place}"]
    if "rule" in row:
        return [row["name"], joined(messages, (row["rule"], row["next"]), wide=True)]
    name = f"{row['number']}  {row['name']}" if "number" in row else row["name"]
    if row.get("place"):
        name = say(messages, "noted", words=name, notes=row["place"])
    return [name, row["reason"]]


def _versions(made_by: Mapping[str, str], messages: dict[str, str]) -> str:
    """Say with which citemap and gazetteer the report was made."""
    named = [
        say(messages, "report.gazetteer", version=version[:16]) if name == "gazetteer" else f"{name} {version}"
        for name, version in made_by.items()
    ]
    return say(messages, "report.versions", versions=joined(messages, named)) if named else ""
