"""Quotes that were taken off since their articles, as they are today, do not say them any more: in the words of the interface."""

from __future__ import annotations

from typing import Any

from layers._messages import joined, quoted, say
from layers._rules import article_language
from layers._told import publisher_of
from sources import Reading, ReportedPlan, Stale


def stale_words(reading: Reading, one: Stale, messages: dict[str, str]) -> str:
    """Say what became of a quote: in other words now (told word by word), gone, or at several places.

    >>> from layers._messages import load_messages
    >>> from sources import read_text
    >>> article = read_text("A text.", id="a", publisher="The Herald")
    >>> stale = Stale(key="p", number=1, summary="A pier", article_id="a", exact="It comes.", how="altered", diff="It [-comes-]{+goes+}.")
    >>> stale_words(Reading(articles=(article,)), stale, load_messages())
    'The Herald says it in other words now: It [-comes-]{+goes+}.'
    """
    article = next((article for article in reading.articles if article.id == one.article_id), None)
    source = publisher_of(article, messages) if article else one.article_id
    words = one.diff if one.how == "altered" else quoted(messages, " ".join(one.exact.split()))
    return say(messages, f"stale.{one.how}", source=source, words=words)


def stale_payload(reading: Reading, messages: dict[str, str]) -> list[dict[str, Any]]:
    """Return the plans that no quote is left of, for the list of what is on no map, each once with the reasons.

    >>> stale_payload(Reading(articles=()), {})
    []
    """
    left = {plan.number for plan in reading.plans}
    rows: dict[tuple[str, int], list[Stale]] = {}
    for one in reading.stale:
        if one.number not in left:
            rows.setdefault((one.key, one.number), []).append(one)
    return [
        {
            "number": told[0].number,
            "name": told[0].summary,
            "lang": article_language(reading, told[0].article_id),
            "reason": joined(messages, dict.fromkeys(stale_words(reading, one, messages) for one in told), wide=True),
        }
        for told in rows.values()
    ]


def stale_fact(reading: Reading, plan: ReportedPlan, messages: dict[str, str]) -> str:
    """Say how many quotes of a plan that keeps others were taken off, and why; empty where none was.

    >>> stale_fact(Reading(articles=()), ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=()), {})
    ''
    """
    told = [one for one in reading.stale if one.number == plan.number]
    if not told:
        return ""
    what = joined(messages, dict.fromkeys(stale_words(reading, one, messages) for one in told), wide=True)
    return say(messages, "stale.some", n=len(told), what=what)
