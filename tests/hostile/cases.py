"""What a hostile case is: an input of a class, and what citemap does with it. The modules beside this one hold them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

Content = str | bytes | Callable[[Path], None]
PLAN = "Kenya will build a naval pier at Kilifi in 2027."
NOTICES = {"hidden-characters", "lookalike-letters", "looks-like-html", "unclear-date"}
"""Codes that leave nothing out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One input of a class.

    ``files`` are written into the case's folder: a text, bytes, or what makes the file. ``inputs`` are named on the command line between
    two good articles (none: the first file), which ``alone`` leaves out. ``codes`` are all that is told, with ``says`` in it; none: it is
    accepted. ``status`` None is 1 where something is left out, else 0. ``heavy`` cases run in the long profile only. ``read`` are words
    that must be in an article that was read.
    """

    sort: str
    files: Mapping[str, Content] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()
    says: str = ""
    status: int | None = None
    inputs: tuple[str, ...] = ()
    verb: tuple[str, ...] = ("extract", "--jsonl")
    stdin: bytes | None = None
    alone: bool = False
    heavy: bool = False
    read: str = ""
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def exit(self) -> int:
        """The exit status that is due."""
        return int(bool(self.codes - NOTICES)) if self.status is None else self.status


def text(sort: str, content: Content, codes: str = "", says: str = "", *, name: str = "a.txt", read: str = "", heavy: bool = False) -> Case:
    """A case of one file."""
    return Case(sort=sort, files={name: content}, codes=frozenset(codes.split()), says=says, read=read, heavy=heavy)


def page(body: str, head: str = "") -> str:
    """A page in HTML whose article is long enough to be found, with something in it."""
    filler = "The harbour office said so in a long statement that it sent to every newspaper of the coast, and promised a second one."
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>A pier</title>{head}</head><body><article><h1>A pier</h1><p>{PLAN} {filler}</p>'
        f"{body}<p>{filler} {filler}</p></article></body></html>"
    )
