"""The commands that look back: a published map checked, put on changed articles, and compared with another."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from citemap import verify

_Published = Annotated[Path, typer.Argument(metavar="MAP_OR_FOLDER", help="A built folder, a map.html or a data file.", show_default=False)]
_Articles = Annotated[
    list[str] | None,
    typer.Argument(metavar="ARTICLE…", help="The articles as they are today: files, folders, or - for standard input.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("verify")(_verify_command)


def _verify_command(published: _Published, articles: _Articles = None, as_json: _Json = False) -> None:
    """Check a published map, data file or built folder, and with articles every quote in them; exit status 0 only if all holds.

    Every file must be as the manifest has it, every mark and row must have a quote, map and data must say the same. Given the articles,
    each quote is exact, moved, altered (told word by word), gone or ambiguous. Nothing in the files is run; no network.
    """
    done = verify(published, *articles or ())
    print(json.dumps(done.as_data(), ensure_ascii=False, indent=1) if as_json else "\n".join(done.lines()))
    raise typer.Exit(0 if done.holds else 1)
