"""What the columns of each table are called, hold and mean: the facts are in ``layers/data/columns.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

_FILE = Path(__file__).parents[1] / "data" / "columns.json"
Sort = Literal["string", "integer", "number", "boolean", "array", "object"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: ``type`` and ``constraints`` are those of Table Schema; ``sometimes`` says that only some formats have it."""

    name: str
    type: Sort
    title: str
    description: str
    constraints: dict[str, Any] = field(default_factory=dict)
    sometimes: bool = False


@cache
def columns(table: str = "plans") -> tuple[Column, ...]:
    """Return the columns of ``plans``, ``quotes``, ``sources``, ``lines`` or ``context``, in their order. Reads one file of the package.

    >>> [column.name for column in columns("plans")][:4]
    ['number', 'plan_id', 'summary', 'status']
    """
    return tuple(Column(**column) for column in json.loads(_FILE.read_text(encoding="utf-8"))[table])


def columns_everywhere(*more: str) -> tuple[Column, ...]:
    """Return the columns that every table of plans has, and those of the others that are named.

    >>> columns_everywhere("generalised")[-1].name
    'generalised'
    """
    return tuple(column for column in columns() if not column.sometimes or column.name in more)
