"""The commands that look back: a published map checked, put on changed articles, and compared with another."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from citemap import BuildError, diff, reanchor, verify

_Published = Annotated[Path, typer.Argument(metavar="MAP_OR_FOLDER", help="A built folder, a map.html or a data file.", show_default=False)]
_Articles = Annotated[
    list[str] | None,
    typer.Argument(metavar="ARTICLE…", help="The articles as they are today: files, folders, or - for standard input.", show_default=False),
]
_Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for machines.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("verify")(_verify_command)
    app.command("diff")(_diff_command)


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
        raise BuildError("--reanchor and -o go together; name the folder to write the new build into with -o", code="wrong-use")
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


def _language(tag: str | None) -> str | None:
    from layers import LanguageError, languages

    if tag is not None and tag not in languages():
        raise LanguageError(tag, languages())
    return tag


def _diff_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The older map or built folder.", show_default=False)],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer one.", show_default=False)],
    as_json: _Json = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write a map of it: changes.html", show_default=False)] = None,
    language: Annotated[str | None, typer.Option(metavar="TAG", callback=_language, help="Language of that map's own words.")] = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Exit with status 1 where anything changed.")] = False,
) -> None:
    """Tell what changed between two published maps: plans new, gone and changed, in what, and their sources; exit status 0.

    With -o the change is a map too: new, gone and changed plans have signs, gone ones are hollow and struck, and every card has the old
    and the new values.
    """
    from layers import MapOptions, changes_data, changes_listing

    options = MapOptions(language=language) if language else MapOptions()
    found = diff(old, new, output=output, **options)
    print(json.dumps(changes_data(found), ensure_ascii=False, indent=1) if as_json else "\n".join(changes_listing(found)))
    if output is not None and not as_json:
        print(output)
    raise typer.Exit(int(exit_code and found.any))
