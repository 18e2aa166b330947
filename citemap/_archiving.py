"""The command for archives: its options, and what it says on the way."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from citemap import _interrupts, _progress


def archive_command(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", show_default=False, help="JSON Lines, Parquet or WARC files, folders, patterns or URLs."),
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the run and its results.")] = Path("out"),
    workers: Annotated[int, typer.Option(min=0, help="Processes on this machine; 0: one for each core.")] = 0,
    scheduler: Annotated[str, typer.Option(metavar="tcp://…", help="Address of a Dask scheduler, instead of processes here.")] = "",
    text_column: Annotated[str, typer.Option(help="Field or column that holds the text.")] = "text",
    id_column: Annotated[str, typer.Option(help="Field or column that holds the document's id.")] = "id",
    min_score: Annotated[float, typer.Option(min=0.0, max=1.0, help="Choose no place whose score is below this.")] = 0.0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would take, from a sample; write nothing.")] = False,
    status: Annotated[
        Path | None,
        typer.Option("--status", metavar="DIR", show_default=False, help="Say how far the run in this folder is; do nothing else."),
    ] = None,
) -> None:
    """Read an archive of articles, on all cores or on a Dask cluster; a run that was stopped goes on with the same command.

    Exit status: 0 all documents were read, 1 some were set aside, or files or parts are missing, 2 wrong use.
    """
    import archive

    if status is not None:
        print("\n".join(archive.archive_status(status)))
        return
    config = archive.Config(text=text_column, id=id_column, min_score=min_score)
    count = workers or os.cpu_count() or 1
    if dry_run:
        print("\n".join(archive.forecast(sources or [], config=config, workers=count).lines()))
        return
    with _progress.telling(None) as told, _interrupts.resumable("what is committed stays, and the same command goes on"):

        def watch(said: dict[str, Any]) -> None:
            if told:
                told(said["step"], said["done"], said["parts"])

        done = archive.run_archive(sources or [], output, config=config, workers=count, scheduler=scheduler, watch=watch)
    said = done.left.lines() if done.left else []
    print(*said, *done.missing.values(), done.line(), sep="\n", file=sys.stderr)
    print(output / "results" if not done.missing else output)
    raise typer.Exit(1 if done.missing or done.asides or (done.left and done.left.left) else 0)
