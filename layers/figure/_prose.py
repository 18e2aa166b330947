"""The words under a map: numbered notes, sources, how to read it; as blocks of lines that flow into columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from layers._dates import date_words
from layers._days import day_range
from layers._messages import joined, number_words, quoted, say
from layers._notes import shown_quotes
from layers.figure._looks import INK, QUIET, styles
from layers.figure._projection import Projection
from layers.figure._sizes import MM, Size
from layers.figure._type import Face, Line, Run, wrap
from sources import Citation, Reading, ReportedPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines that belong together: a note with its number, a source, a heading. ``space`` millimetres stay free after it.

    ``number`` and ``status`` are those of a note's badge, ``hollow`` where its plan is not on the map; ``step`` is how far its lines are
    apart, ``indent`` how far they stand in; a block that ``sticks`` does not end a column. ``role`` is
    ``note`` or ``source``.
    """

    lines: tuple[Line, ...]
    step: float
    space: float
    indent: float = 0.0
    number: int | None = None
    status: str = ""
    hollow: bool = False
    sticks: bool = False
    role: str = "note"

    @property
    def high(self) -> float:
        """How much of a column the block takes, in millimetres."""
        return self.step * len(self.lines) + self.space


_HELD = "\u00a0"
"""A space at which no line breaks."""


def letters(count: int) -> list[str]:
    """Return names for sources: A to Z, then AA, AB and so on.

    >>> letters(28)[-2:]
    ['AA', 'AB']
    """
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [alphabet[i] if i < 26 else alphabet[i // 26 - 1] + alphabet[i % 26] for i in range(count)]


def note_blocks(reading: Reading, payload: dict[str, Any], messages: dict[str, str], size: Size, room: float) -> list[Block]:
    """Return a block for each plan, in the order of the numbers, ``room`` millimetres wide."""
    plans = {plan.id: plan for plan in reading.plans}
    at = dict(zip((article.id for article in reading.articles), letters(len(reading.articles)), strict=True))
    drawn = {row["id"] for mark in payload["marks"] for row in mark["plans"]}
    reasons = {row["number"]: row.get("reason", "") for row in payload["unmapped"]["plans"]}
    return [
        _note(
            reading,
            plans[note["id"]],
            note,
            at,
            messages,
            size,
            room,
            "" if note["id"] in drawn else str(reasons.get(note["number"], "")) or "-",
        )
        for note in payload["plans"]
    ]


def _note(
    reading: Reading,
    plan: ReportedPlan,
    note: dict[str, Any],
    at: dict[str, str],
    messages: dict[str, str],
    size: Size,
    room: float,
    unplaced: str,
) -> Block:
    """Return the block of one plan: summary, status, where, when, who reports it, its quotes, and what differs."""
    body = Face(size=size.note, colour=INK, language=messages["locale"])
    bold, quiet = body.but(weight=600), body.but(colour=QUIET)
    style = styles()[plan.status]
    indent = size.badge + 1.3
    inner = room - indent
    lines = wrap(
        [Run(f"{note['summary'].rstrip('.')}  ", bold), Run(messages[f"status.{plan.status}"], body.but(colour=style["ink"], weight=600))],
        inner,
    )
    where = joined(messages, (f"{row['name']} ({row['precision']})" if row["precision"] else row["name"] for row in note["where"]))
    facts = [where, note["when"] or messages["date.none"]]
    if unplaced:
        facts.insert(0, say(messages, "unplaced.why", reason=unplaced) if unplaced != "-" else messages["unplaced"])
    lines += wrap([Run(f"{_HELD}· ".join(fact for fact in facts if fact), quiet)], inner)
    told = [
        say(messages, "figure.reported", names=_reporters(reading, plan, at, messages)),
        note["reports"],
        note["differ"],
        *(words for _, words, _ in note["facts"]),
        note["review"]["words"],
    ]
    lines += wrap([Run(f"{_HELD}· ".join(dict.fromkeys(part.rstrip(".") for part in told if part)), quiet)], inner)
    for quote in shown_quotes(plan):
        who = say(messages, "figure.quote", source=at[quote.article_id], n=quote.paragraph).replace(" ", _HELD)
        lines += wrap([Run(f"{quoted(messages, quote.exact)} ", body), Run(who, quiet)], inner)
    for conflict in note["conflicts"]:
        sides = messages["conflict.versus"].join(f"{quoted(messages, side['said'])} ({side['origins']})" for side in conflict["sides"])
        lines += wrap([Run(f"{say(messages, 'conflict.head', what=conflict['on'])}: {sides}", quiet)], inner)
    for distance in note["distances"]:
        lines += wrap([Run(" ".join(part for part in (distance["words"], distance["differs"]) if part), quiet)], inner)
    return Block(
        lines=tuple(lines),
        step=size.line,
        space=size.line * 0.55,
        indent=indent,
        number=plan.number,
        status=plan.status,
        hollow=bool(unplaced),
    )


def _reporters(reading: Reading, plan: ReportedPlan, at: dict[str, str], messages: dict[str, str]) -> str:
    """Name the publishers of the reports, each with the letter of its source; those that state none together."""
    ids = list(dict.fromkeys([report.article_id for report in plan.reports] or [quote.article_id for quote in plan.quotes]))
    by_name: dict[str, list[str]] = {}
    for key in ids:
        by_name.setdefault(reading.article(key).citation.publisher or messages["publisher.none"], []).append(at[key])
    return joined(messages, (f"{name} ({joined(messages, marks)})" for name, marks in by_name.items()))


def source_blocks(reading: Reading, messages: dict[str, str], size: Size, room: float) -> list[Block]:
    """Return a heading and a block for each article: its letter, title, publisher, date, as far as they are stated."""
    face = Face(size=size.small, colour=QUIET, language=messages["locale"])
    step = size.small * 1.22 / MM
    indent = size.badge + 1.3
    head = wrap([Run(messages["figure.sources"], face.but(weight=600, colour=INK, size=size.note))], room)
    blocks = [Block(lines=tuple(head), step=size.line, space=0.3, sticks=True, role="source")]
    for letter, article in zip(letters(len(reading.articles)), reading.articles, strict=True):
        words = _source_words(article.citation, messages)
        lines = wrap([Run(words, face)], room - indent)
        first = (Run(letter, face.but(weight=600, colour=INK)),)
        blocks.append(Block(lines=(first, *lines), step=step, space=step * 0.3, indent=indent, role="source"))
    return blocks


def _source_words(record: Citation, messages: dict[str, str]) -> str:
    """Return what is stated of an article, and what is not."""
    title = quoted(messages, record.title)
    if record.title_is_first_line:
        title = f"{title} ({messages['source.title-first-line']})"
    parts = [
        record.publisher or messages["publisher.none"],
        title,
        date_words(record.date, messages) if record.date else messages["date.none"],
    ]
    if record.authors:
        parts.insert(1, joined(messages, record.authors))
    if record.digest_of:
        parts.append(say(messages, "source.digest", what=record.digest_of))
    if record.file:
        parts.append(say(messages, "source.file", file=record.file))
    return joined(messages, parts)


def as_of(reading: Reading, messages: dict[str, str]) -> str:
    """Say the latest date that a source states; never today's."""
    dated = [(days[1], article.citation.date) for article in reading.articles if (days := day_range(article.citation.date))]
    return say(messages, "figure.as-of", date=date_words(max(dated)[1], messages)) if dated else messages["figure.as-of.none"]


def method_words(reading: Reading, payload: dict[str, Any], projection: Projection, messages: dict[str, str]) -> str:
    """Return the lines under everything: date, what the marks mean, context's sources, ground, projection."""
    context = []
    for shown in payload["context"]:
        cited = [
            joined(messages, (part for part in (row["issuer"], row["title"] and quoted(messages, row["title"]), row["date"]) if part))
            for row in shown["citations"].values()
        ]
        context.append(f"{shown['key'].rstrip('.')}: {joined(messages, cited, wide=True)}." if cited else shown["key"])
    parts = [
        messages["figure.verify"],
        as_of(reading, messages),
        messages["figure.key"],
        *context,
        messages["figure.ground"],
        projection_words(projection, messages),
    ]
    return " ".join(parts)


def projection_words(projection: Projection, messages: dict[str, str]) -> str:
    """Name the projection of a map."""
    values = {name: _degrees(name, value, messages) for name, value in projection.values.items()}
    return say(messages, f"figure.projection.{projection.kind}", **values)


def _degrees(name: str, value: float, messages: dict[str, str]) -> str:
    if name == "lon":
        turned = (value + 180) % 360 - 180
        return say(messages, "figure.east" if turned >= 0 else "figure.west", degrees=number_words(abs(turned), messages))
    return say(messages, "latitude.north" if value >= 0 else "latitude.south", degrees=number_words(abs(value), messages))


def flow(blocks: Sequence[Block], columns: int, high: float, *, cut: bool = True) -> tuple[list[list[Block]], list[Block]]:
    """Fill columns ``high`` millimetres tall with blocks, in order, and return them with what is left over.

    A heading does not end a column; a block taller than a column is cut between two lines, with ``cut`` also a
    long one that would leave a column half empty. What goes on has its number again.
    """
    filled: list[list[Block]] = []
    waiting = list(blocks)
    for _ in range(columns):
        column: list[Block] = []
        left = high
        while waiting:
            block = waiting[0]
            needed = block.high - block.space + (waiting[1].step * 3 if block.sticks and len(waiting) > 1 else 0)
            if needed > left:
                room = int(left / block.step) if not block.sticks else 0
                if (not column and block.high > high) or (
                    block.role == "note" and room >= 5 and len(block.lines) >= 11 and len(block.lines) - room >= 3
                ):
                    head, tail = _cut(block, max(room, 1))
                    column.append(head)
                    waiting[0] = tail
                    if not tail.lines:
                        waiting.pop(0)
                break
            column.append(waiting.pop(0))
            left -= block.high
        filled.append(column)
    return filled, waiting


def _cut(block: Block, count: int) -> tuple[Block, Block]:
    """Cut a block after some of its lines."""
    from dataclasses import replace

    return replace(block, lines=block.lines[:count], space=0.0), replace(block, lines=block.lines[count:])


def balanced(blocks: Sequence[Block], columns: int, most: float) -> tuple[list[list[Block]], float] | None:
    """Return columns that hold all blocks, as short as may be, and their height; None where ``most`` millimetres do not do."""
    if not blocks:
        return [[] for _ in range(columns)], 0.0
    low, high = min(max(block.high - block.space for block in blocks), most), most
    if flow(blocks, columns, most)[1]:
        return None
    while high - low > 0.5:
        middle = (low + high) / 2
        low, high = (middle, high) if flow(blocks, columns, middle)[1] else (low, middle)
    filled, _ = flow(blocks, columns, high)
    return filled, max(column_height(column) for column in filled)


def column_height(column: Iterable[Block]) -> float:
    """Return how tall a column is, without the space after its last block."""
    blocks = list(column)
    return sum(block.high for block in blocks) - (blocks[-1].space if blocks else 0.0)
