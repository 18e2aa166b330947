"""The commands that look back: a published map checked, put on changed articles, and compared with another."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from citemap import BuildError, reanchor, verify

_Published = Annotated[Path, typer.Argument(metavar="MAP_OR_FOLDER", help="A built folder, a map.html or a data file.", show_default=False)]
_Articles = Annotated[
    list[str] | None,
    typer.Argument(metavar="ARTICLE…", help="The articles as they are today: files, folders, or - for standard input.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("verify")(_verify_command)


def _verify_command(
    published: _Published,
    articles: _Articles = None,
    as_json: _Json = False,
    anew: Annotated[bool, typer.Option("--reanchor", help="Write a new build with the quotes where they stand today.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The folder of --reanchor.", show_default=False)] = None,
) -> None:
    """Check a published map, data file or built folder, and with articles every quote in them; exit status 0 only if all holds.

    Every file must be as the manifest has it, every mark and row must have a quote, map and data must say the same. Given the articles,
    each quote is exact, moved, altered (told word by word), gone or ambiguous. Nothing in the files is run; no network. With --reanchor the
    exit status is 0 where all quotes still stand, 1 where some were taken off.
    """
    if anew != (output is not None):
        raise BuildError("--reanchor and -o go together; name the folder to write the new build into with -o")
    done = verify(published, *articles or ())
    data = done.as_data()
    if output is not None:
        path = reanchor(published, *articles or (), output=output)
        data["reanchored"] = str(path)
    print(json.dumps(data, ensure_ascii=False, indent=1) if as_json else "\n".join(done.lines()))
    if output is not None:
        lost = [how for how in ("altered", "gone", "ambiguous") if how in done.counts()]
        _tell_stale(output)
        if not as_json:
            print(path)
        raise typer.Exit(1 if lost else 0)
    raise typer.Exit(0 if done.holds else 1)


def _tell_stale(output: Path) -> None:
    """Say of each plan that lost quotes how many it keeps, or that it left the map."""
    from layers import open_published

    reading = open_published(output).reading
    left = {plan.number: plan for plan in reading.plans}
    for number in dict.fromkeys(one.number for one in reading.stale):
        lost = sum(one.number == number for one in reading.stale)
        kept = len(left[number].quotes) if number in left else 0
        what = f"keeps {kept} of {kept + lost} quotes" if kept else "leaves the map: no article says it any more"
        print(f"citemap: plan {number} {what}", file=sys.stderr)
