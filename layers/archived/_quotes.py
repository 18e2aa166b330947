"""Which quotes go into the page: the best of each place first, until the room is full."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from layers._errors import ArchiveMapError
from layers._evidence import safe_url
from layers._packing import distinct, fit_text, pack_bytes, pack_numbers, pack_texts
from layers.archived._gathered import Gathered
from sources import STATUSES

TEXTS = ("summary", "quote", "publisher", "title", "published", "url", "doc_id")
_NUMBERS = ("reports", "origins")
_COLUMNS = ("place_id", "month", "status", *TEXTS, *_NUMBERS)
_GUESS = 250
"""Bytes that a quote takes in the page, to begin with."""


def order_quotes(quotes: pd.DataFrame, gathered: Gathered) -> pd.DataFrame:
    """Return the quotes in the order in which they go in: the first of every place, then the second of every place, and so on.

    Within a place they keep their order; among places those with more plans come first. Quotes of a place that has no count are left out.
    Raises ArchiveMapError where a column is missing or a status is none.
    """
    if missing := [column for column in _COLUMNS if column not in quotes.columns]:
        raise ArchiveMapError(f"quotes has no column {missing[0]!r}; it needs {', '.join(_COLUMNS)}: add the one that is missing")
    if unknown := sorted(set(quotes["status"]) - set(STATUSES)):
        raise ArchiveMapError(f"quotes has the status {unknown[0]!r}; it is one of {', '.join(STATUSES)}: map it to one of these")
    totals = gathered.rows.groupby("at")["plans"].sum()
    known = pd.Series(gathered.places.index, index=gathered.places["place_id"])
    at = pd.to_numeric(quotes["place_id"].map(known)).astype(float)
    frame = quotes[list(_COLUMNS)].assign(at=at, rank=quotes.groupby("place_id").cumcount())[at.notna()]
    frame = frame.assign(at=frame["at"].astype(np.int64), weight=-frame["at"].map(totals).fillna(0).astype(np.int64))
    return frame.sort_values(["rank", "weight", "place_id"], kind="stable", ignore_index=True)


def fit_quotes(ordered: pd.DataFrame, gathered: Gathered, room: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Return as many quotes as fit into ``room`` bytes, packed, and their texts by block.

    How far texts pack is known only when they are packed: it is tried, and tried again with the size that came out.
    """
    count = min(len(ordered), max(room, 0) // _GUESS)
    best: tuple[dict[str, Any], dict[str, str]] = _packed(ordered[:0], gathered)
    low, high = 0, len(ordered) + 1
    for _ in range(5):
        own, blocks = _packed(ordered[:count], gathered)
        size = len(own["bytes"]) + sum(len(block) + 60 for block in blocks.values())
        if size <= room:
            best, low = (own, blocks), count
        else:
            high = count
        if count == len(ordered) <= low or (size <= room and size > room * 0.94) or high - low < 2:
            break
        count = min(max(int(count * room / max(size, 1) * 0.975), low + 1), high - 1)
    return best


def _packed(quotes: pd.DataFrame, gathered: Gathered) -> tuple[dict[str, Any], dict[str, str]]:
    """Pack quotes: numbers in one run of bytes, texts in blocks that are unpacked when one is read."""
    frame = quotes.sort_values(["at", "rank"], kind="stable", ignore_index=True)
    codes = {status: i for i, status in enumerate(STATUSES)}
    texts, numbers = distinct(chain.from_iterable(_words(frame[column], column) for column in TEXTS))
    packed = pack_texts(texts)
    each = np.array(numbers, dtype=np.int64).reshape(len(TEXTS), len(frame))
    period = [_period(month, gathered) for month in frame["month"].fillna("")]
    run = b"".join(
        [
            pack_numbers(frame["at"]),
            pack_numbers(period),
            bytes(codes[status] for status in frame["status"]),
            *(pack_numbers(np.nan_to_num(pd.to_numeric(frame[name]).to_numpy(dtype=float)).astype(np.int64)) for name in _NUMBERS),
            *(pack_numbers(row) for row in each),
        ]
    )
    own = {"count": len(frame), "columns": list(TEXTS), "first": list(packed.first), "bytes": pack_bytes(run)}
    return own, {"words": packed.words} | {str(i): block for i, block in enumerate(packed.blocks)}


def _words(column: pd.Series, name: str) -> list[str]:
    texts = [fit_text(value) for value in column]
    return [safe_url(text) for text in texts] if name == "url" else texts


def _period(month: str, gathered: Gathered) -> int:
    """Return the number of a month's period; 0 where it is not stated or lies outside what is counted."""
    if len(month) != 7 or not (month[:4] + month[5:]).isdigit():
        return 0
    number = int(month[:4]) if gathered.step == "year" else int(month[:4]) * 12 + int(month[5:]) - 1
    return number - gathered.first + 1 if 0 <= number - gathered.first < gathered.periods else 0
