"""What changed from one published map to another, in words and as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from layers._dates import when_words
from layers._marks import where_places
from layers._messages import joined, load_messages, quoted, say
from layers._precision import precision_words
from sources import ChangeKind, Difference, PlanChange, ReadingChanges, ReportedPlan, printable

_TOLD = frozenset({"status", "place", "date", "actor", "thing"})
"""Differences that a new summary only repeats."""
_SHORT = 160


def change_lines(change: PlanChange, messages: dict[str, str]) -> list[str]:
    """Say in what a plan changed, a line each; of a gone one what it was.

    >>> from layers._messages import load_messages
    >>> status = Difference(what="status", old="planned", new="under way")
    >>> change_lines(PlanChange(kind="changed", old=None, new=None, differences=(status,)), load_messages())
    ['status: planned → under way']
    """
    if change.kind == "gone" and change.old is not None:
        key = "changes.joined" if change.joined else "changes.gone"
        return [say(messages, key, number=change.old.number, joined=change.joined)]
    repeated = any(one.what in _TOLD for one in change.differences)
    lines = [_line(one, change, messages) for one in change.differences if one.what != "summary" or not repeated]
    if change.old and change.new and change.old.number != change.new.number:
        lines.append(say(messages, "changes.number", number=change.old.number))
    return lines


def _line(one: Difference, change: PlanChange, messages: dict[str, str]) -> str:
    """Say one difference."""
    what = messages[f"changes.what.{one.what}"]
    old, new = _told(one, change.old, one.old, 0, messages), _told(one, change.new, one.new, 1, messages)
    if one.diff:
        return say(messages, "changes.is", what=what, words=one.diff)
    if not old or not new:
        return say(messages, "changes.come" if new else "changes.went", what=what, words=new or old)
    return say(messages, "changes.from", what=what, old=old, new=new)


def _told(one: Difference, plan: ReportedPlan | None, words: str, side: int, messages: dict[str, str]) -> str:
    """Return one side of a difference in the words of the interface."""
    if one.what == "status":
        return messages.get(f"status.{words}", words)
    if one.what == "date" and plan is not None:
        return when_words(plan, messages)
    if one.what == "precision":
        place = one.places[side]
        said = precision_words(place, place.place.extent, messages)
        return say(messages, "noted", words=place.said, notes=said)
    if one.what == "review":
        return messages[f"review.{words or 'none'}"]
    if one.what == "quote" and words:
        return quoted(messages, words if len(words) <= _SHORT else f"{words[:_SHORT]}…")
    return words


def changes_deck(changes: ReadingChanges, messages: dict[str, str]) -> str:
    """Say how many plans are new, gone, changed and as they were.

    >>> from layers._messages import load_messages
    >>> changes_deck(ReadingChanges(plans=()), load_messages())
    'Plans: 0 new, 0 gone, 0 changed, 0 as before.'
    """
    counts = {kind: len(changes.of_kind(kind)) for kind in ("new", "gone", "changed", "same")}
    return say(messages, "changes.deck", **counts)


def changes_listing(changes: ReadingChanges) -> list[str]:
    """Return all changes as lines to read, in English: new, gone, changed plans, then articles.

    >>> changes_listing(ReadingChanges(plans=()))
    ['nothing changed']
    """
    if not changes.any:
        return ["nothing changed"]
    messages = load_messages()
    lines = [changes_deck(changes, messages)]
    for change in (*changes.of_kind("new"), *changes.of_kind("gone"), *changes.of_kind("changed")):
        plan = change.new or change.old
        if plan is None:
            continue
        where = joined(messages, (said.place.name for said in where_places(plan)))
        about = f" ({'; '.join(filter(None, (messages[f'status.{plan.status}'], where)))})" if change.kind != "changed" else ""
        lines.append(f"{messages[f'change.{change.kind}']}: {plan.number}. {plan.summary}{about}")
        lines += [f"    {line}" for line in change_lines(change, messages)]
    for what in ("added", "lost", "changed"):
        lines += [say(messages, f"changes.article.{what}", name=name) for name in getattr(changes, what)]
    return [printable(line) for line in lines]


def changes_data(changes: ReadingChanges) -> dict[str, Any]:
    """Return all changes as plain data that JSON can hold.

    >>> changes_data(ReadingChanges(plans=()))["counts"]
    {'new': 0, 'gone': 0, 'changed': 0, 'same': 0}
    """
    kinds: tuple[ChangeKind, ...] = ("new", "gone", "changed", "same")
    return {
        "changed": changes.any,
        "counts": {kind: len(changes.of_kind(kind)) for kind in kinds},
        "plans": [
            {
                "change": change.kind,
                "key": plan.key,
                "summary": plan.summary,
                "status": plan.status,
                "number": {"old": change.old.number if change.old else None, "new": change.new.number if change.new else None},
                "joined": change.joined or None,
                "differences": [_difference(one) for one in change.differences],
            }
            for change in changes.plans
            if change.kind != "same" and (plan := change.new or change.old) is not None
        ],
        "articles": {"added": list(changes.added), "lost": list(changes.lost), "changed": list(changes.changed)},
    }


def _difference(one: Difference) -> dict[str, Any]:
    data: dict[str, Any] = {"what": one.what, "old": one.old, "new": one.new}
    if one.diff:
        data["diff"] = one.diff
    if one.places:
        names = ("said", "where_prec", "uncertainty_m", "modifier")
        data["places"] = [{name: asdict(place)[name] for name in names} | {"id": place.place.id} for place in one.places]
    return data
