"""How a plan is told, in the words of the interface: reports and origins, chains of credit, versions, attribution, a person's review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers._dates import date_words
from layers._messages import joined, quoted, say
from sources import Antecedent, Article, Attribution, Conflict, Reading, Report, ReportedPlan, Review, Side

_ARROW = " ← "
_POINTING = ("the ", "this ", "that ", "these ", "those ")


def report_count(plan: ReportedPlan) -> int:
    """Count the articles that tell a plan: those of its reports, or where these are not given, those that it quotes.

    >>> report_count(ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=()))
    0
    """
    return len({report.article_id for report in plan.reports} or {quote.article_id for quote in plan.quotes})


def report_words(plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say how many reports there are and on how many origins they rest.

    >>> from layers._messages import load_messages
    >>> reports = tuple(Report(article_id=key, origin="Kyodo") for key in "abc")
    >>> plan = ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=(), reports=reports)
    >>> report_words(plan, load_messages())
    '3 reports, 1 origin: Kyodo'
    """
    count = report_count(plan)
    reports = say(messages, "reports", n=count)
    named = list(dict.fromkeys(report.origin for report in plan.reports if report.origin))
    if not named and count > 1 and plan.reports:
        counted = say(messages, "origins", n=plan.origin_count)
        return f"{reports}, {counted} · {say(messages, 'origins.none', n=count)}"
    if not named:
        credited = list(plan.origins)
        origins = (
            say(messages, "origins.credits", n=count, names=joined(messages, credited))
            if credited
            else say(messages, "origins.none", n=count)
        )
        return f"{reports} · {origins}"
    silent = plan.origin_count - len(named)
    names = [*named, say(messages, "origins.silent", n=silent)] if silent > 0 else named
    return say(
        messages,
        "origins.of",
        reports=reports,
        origins=say(messages, "origins", n=plan.origin_count),
        names=joined(messages, names, wide=True),
    )


def publisher_of(article: Article, messages: dict[str, str]) -> str:
    """Return an article's publisher, or words that it is not stated, with the file or the title that tells it from others."""
    record = article.citation
    return record.publisher or say(messages, "publisher.of", name=record.file or quoted(messages, record.title))


def chain_names(reading: Reading, report: Report, messages: dict[str, str]) -> list[str]:
    """Return the chain of credit of a report, from the article's publisher to the first one that is credited.

    >>> from layers._messages import load_messages
    >>> from sources import read_text
    >>> article = read_text("A text.", publisher="The Herald")
    >>> reading = Reading(articles=(article,))
    >>> chain_names(reading, Report(article_id=article.id, chain=("The Herald", "Kyodo")), load_messages())
    ['The Herald', 'Kyodo']
    """
    first, *others = report.chain or ("",)
    credited = [name for name in others if name] or ([report.origin] if report.origin and not report.chain else [])
    return [first or publisher_of(reading.article(report.article_id), messages), *credited]


def copy_words(reading: Reading, article_id: str, of: str, messages: dict[str, str]) -> str:
    """Say of an article how it repeats another one: word for word, as a reprint or as a later version."""
    how = next((copy.how for copy in reading.copies if (copy.article_id, copy.of) == (article_id, of)), "reprint")
    other = next((article for article in reading.articles if article.id == of), None)
    what = (
        say(messages, "copy.what", title=quoted(messages, other.citation.title), publisher=publisher_of(other, messages)) if other else of
    )
    return say(messages, f"copy.{how}", what=what)


def chains_payload(reading: Reading, plan: ReportedPlan, messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return the chain of each report, and of which article it is a copy; nothing where no report credits or repeats anybody."""
    if not any(len(chain_names(reading, report, messages)) > 1 or report.copy_of for report in plan.reports):
        return []
    return [
        {
            "names": chain_names(reading, report, messages),
            "copy": copy_words(reading, report.article_id, report.copy_of, messages) if report.copy_of else "",
        }
        for report in plan.reports
    ]


def chain_text(reading: Reading, plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Return the chains of all reports on one line: "The Herald ← Kyodo; The Post ← Kyodo"."""
    return "; ".join(_ARROW.join(chain_names(reading, report, messages)) for report in plan.reports)


def attribution_words(attributions: tuple[Attribution, ...], messages: dict[str, str]) -> str:
    """Say on whose word something is told, each one once; a name that the article withholds is said to be withheld.

    >>> from layers._messages import load_messages
    >>> officials = Attribution(said="officials said on condition of anonymity", who="officials", sort="anonymous", start=0, end=40)
    >>> attribution_words((officials, officials), load_messages())
    'officials (name withheld)'
    """
    names: dict[str, None] = {}
    for one in attributions:
        who = one.who or (quoted(messages, one.said) if one.said else "")
        if who:
            names[say(messages, "attribution.anonymous", who=who) if one.sort == "anonymous" else who] = None
    return joined(messages, names, wide=True)


def antecedent_words(one: Antecedent, messages: dict[str, str]) -> str:
    """Say what a short name goes back to, or that the article does not say it.

    >>> from layers._messages import load_messages
    >>> antecedent_words(Antecedent(said="the regiment", stands_for="", start=0, end=12), load_messages())
    'The article does not say which regiment.'
    """
    said = one.said.strip()
    if one.stands_for:
        return say(messages, "antecedent.found", said=quoted(messages, said), what=one.stands_for)
    if said.casefold() in ("there", "here"):
        return say(messages, "antecedent.where", said=quoted(messages, said))
    lead = next((lead for lead in _POINTING if said.casefold().startswith(lead)), "")
    return say(messages, "antecedent.which" if lead else "antecedent.who", what=said[len(lead) :], said=quoted(messages, said))


def review_words(review: Review | None, messages: dict[str, str], names: Mapping[str, str] | None = None) -> str:
    """Say what a person decided, with the person's words, name and date. ``names`` are those of places by their ids.

    >>> from layers._messages import load_messages
    >>> review_words(Review(decision="accept", why="checked with the ministry", who="A. Editor", on="2024-12-02"), load_messages())
    'reviewed: accepted, checked with the ministry (A. Editor, 2 December 2024)'
    """
    if review is None:
        return messages["review.none"]
    known = names or {}
    changes = joined(messages, (_change(field, known.get(value, value), messages) for field, value in review.changes), wide=True)
    parts = joined(messages, (part for part in (changes, review.why) if part))
    words = f"{messages[f'review.{review.decision}']}{messages[f'review.{review.decision}.joint']}{parts}" if parts else ""
    words = words or messages[f"review.{review.decision}"]
    signed = joined(messages, (part for part in (review.who, date_words(review.on, messages)) if part))
    return say(messages, "review.signed", words=words, by=signed) if signed else words


def _change(field: str, value: str, messages: dict[str, str]) -> str:
    """Say what a person set a field to; a status in the words of the interface."""
    named = messages.get(f"status.{value}", value) if field == "status" else value
    return say(messages, "review.change", field=messages.get(f"field.{field}", field), value=quoted(messages, named))


def differ_words(plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say on what the reports of a plan differ; empty where they do not."""
    *first, last = list(dict.fromkeys(messages[f"conflict.on.{conflict.on}"] for conflict in plan.conflicts)) or [""]
    what = say(messages, "conflict.and", first=joined(messages, first), last=last) if first else last
    return say(messages, "conflict", what=what) if what else ""


def origin_words(side: Side, messages: dict[str, str]) -> str:
    """Say on whose word one version rests."""
    names = [name for name in dict.fromkeys(side.origins) if name]
    if names and "" in side.origins:
        names.append(say(messages, "origins.silent", n=1))
    return say(messages, "conflict.origins", n=len(names), names=joined(messages, names)) if names else messages["conflict.nobody"]


def conflict_text(conflict: Conflict, messages: dict[str, str]) -> str:
    """Return one conflict on one line, every version in the article's words and with its origins."""
    sides = messages["conflict.versus"].join(
        say(messages, "noted", words=quoted(messages, side.said), notes=origin_words(side, messages)) for side in conflict.sides
    )
    return f"{say(messages, 'conflict', what=messages[f'conflict.on.{conflict.on}'])}: {sides}"
