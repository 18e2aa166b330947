"""The command line: each command parses its arguments and calls one public function."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import geo
import sources
from citemap import (
    BuildError,
    __version__,
    _checking,
    _gazetteer,
    _guard,
    _interrupts,
    build,
    example_articles,
    extract,
    read,
    report,
    review,
)
from citemap._archiving import archive_command
from citemap._build import at_work
from geo import Gazetteer, GeoError, shown
from geo.gazetteer import DEFAULT
from sources import Ledger, Line, Problem, Reading, SourceError

if TYPE_CHECKING:
    from layers import MapOptions

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="News in, a map out in which every mark cites its sentence.",
)
_checking.register(app)
_MinScore = Annotated[float, typer.Option(min=0.0, max=1.0, help="Choose no place whose score is below this.")]
_LedgerPath = Annotated[Path | None, typer.Option("--ledger", help="Obey this review ledger; else review.yaml or .csv if it is here.")]
_NoLedger = Annotated[bool, typer.Option("--no-ledger", help="Obey no review ledger.")]
_Keys = Annotated[list[str] | None, typer.Option(metavar="KEY", show_default=False, help="Decide so on KEY, or on the one that begins so.")]


def _language(tag: str) -> str:
    from layers import LanguageError, languages

    if tag not in languages():
        raise LanguageError(tag, languages())
    return tag


_Title = Annotated[str | None, typer.Option(help="Title over the map.")]
_Deck = Annotated[str | None, typer.Option(help="One line under the title.")]
_Borders = Annotated[bool, typer.Option(help="Draw countries' borders.")]
_Context = Annotated[bool, typer.Option(help="Show what the articles do not name, apart and with its own source.")]
_Language = Annotated[str, typer.Option(metavar="TAG", callback=_language, help="Language of our own words: en, fil, ja or zh-Hant.")]
_Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="ARTICLE…", help="Files (.txt .md .html .json .jsonl), folders, or - for standard input.", show_default=False),
]


def _named(inputs: list[str] | None) -> list[str]:
    if not inputs:
        raise BuildError("no article is named; name files, folders, or - for standard input ('citemap --help' shows how)", code="wrong-use")
    return inputs


def _report(problems: Iterable[Problem]) -> int:
    left_out = 0
    for problem in problems:
        left_out = 1 if problem.left_out else left_out
        _say(problem.as_line(), problem.code)
    return left_out


def _say(message: str, code: str) -> None:
    print(f"citemap: {sources.printable(message)}{f' [{code}]' if code else ''}", file=sys.stderr)


def _ledger(path: Path | None, no_ledger: bool) -> Ledger | None:
    if path and no_ledger:
        raise BuildError("--ledger and --no-ledger exclude each other; leave one of them out", code="wrong-use")
    found = None if no_ledger else path or sources.find_ledger()
    return sources.read_ledger(found) if found else None


def _tell(reading: Reading, ledger: Ledger | None) -> None:
    for line in sources.ledger_report(reading, ledger) if ledger else ():
        print(f"citemap: {line}", file=sys.stderr)


def _read(inputs: list[str] | None, min_score: float, ledger: Path | None, no_ledger: bool) -> tuple[Reading, int]:
    """Return what was read, as the ledger has it, and the exit status; told is what was left out. Ends where nothing could be read."""
    decided = _ledger(ledger, no_ledger)
    reading = read(*_named(inputs), min_score=min_score, ledger=decided)
    status = _report(reading.problems)
    _tell(reading, decided)
    if not reading.articles:
        raise typer.Exit(1)
    return reading, status


@app.command("build")
def _build_command(
    inputs: _Inputs = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into.")] = Path("output"),
    title: _Title = None,
    deck: _Deck = None,
    borders: _Borders = True,
    context: _Context = True,
    language: _Language = "en",
    full_text: Annotated[bool, typer.Option(help="Put whole articles into the page, where their licence allows it.")] = False,
    tiles: Annotated[str, typer.Option(metavar="URL", help="Street map to offer: https://…/{z}/{x}/{y}.png")] = "",
    example: Annotated[bool, typer.Option("--example", help="Build from the two digests that come with citemap.")] = False,
    figure: Annotated[bool, typer.Option("--figure", help="Draw the figure for print too: three sizes, as PDF, SVG and PNG.")] = False,
    min_score: _MinScore = 0.0,
    ledger: _LedgerPath = None,
    no_ledger: _NoLedger = False,
) -> None:
    """Build the map, and the data beside it, from articles."""
    inputs = [*(inputs or ()), str(example_articles())] if example else inputs
    options: MapOptions = {"title": title, "deck": deck, "borders": borders, "context": context, "language": language}
    options |= {"full_text": full_text, "tiles": tiles}
    with at_work(output):
        reading, status = _read(inputs, min_score, ledger, no_ledger)
        path = build(reading, output, figures=figure, **options)
    mapped = _mapped(reading)
    counts = f"{_count(len(reading.articles), 'article')}, {_count(len(reading.plans), 'reported plan')}"
    print(f"{counts}, {mapped} on the map", file=sys.stderr)
    print(path)
    raise typer.Exit(status)


def _mapped(reading: Reading) -> int:
    """How many plans get a mark."""
    from layers import marked_plans

    return len(marked_plans(reading, _gazetteer()))


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" + ("" if n == 1 else "s")


@app.command("extract")
def _extract_command(
    inputs: _Inputs = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One JSON object a line, one for each article; else a readable list.")] = False,
    min_score: _MinScore = 0.0,
    ledger: _LedgerPath = None,
    no_ledger: _NoLedger = False,
    homes: Annotated[bool, typer.Option(help="Infer where the publishers of JSON Lines are at home from their other articles.")] = True,
) -> None:
    """Print the places and plans that were found in articles, each article by itself.

    With --jsonl, standard input (-) may hold articles as JSON Lines: {"id", "text", "title"?, "publisher"?, "date"?, "mentions"?:
    [[start, end], …], "home"?: [lat, lon]}. Where mentions are given, exactly those are resolved. Lines are answered one by one up to the
    first with a publisher, the others when all have been read, since an outlet's other articles tell where it is at home.
    """
    decided = _ledger(ledger, no_ledger)
    idle: dict[str, str] | None = None
    lines: Iterable[Line | Problem] = sources.read_lines(_named(inputs), guard=_guard()) if jsonl else _whole(_named(inputs))
    status = 0
    for line in sources.at_home(lines, _gazetteer(), guard=_guard()) if jsonl and homes else lines:
        if isinstance(line, Problem):
            status = _report([line]) or status
            continue
        article = line.article
        given = None if line.mentions is None else {article.id: line.mentions}
        home = None if line.home is None else {article.id: line.home}
        reading = sources.read_plans(
            [article], _gazetteer(), mentions=given, homes=home, min_score=min_score, ledger=decided, guard=_guard()
        )
        status = _report(reading.problems) or status
        idle = {k: v for k, v in reading.unapplied if idle is None or k in idle}
        print(sources.as_json_line(extract(reading)[0]) if jsonl else sources.as_listing(reading), flush=jsonl)
    whole = Reading(articles=(), unapplied=tuple((idle or {}).items()))
    _tell(whole, decided)
    if decided:
        decided.check_named(whole.unapplied)
    raise typer.Exit(status)


def _whole(inputs: list[str]) -> list[Line | Problem]:
    articles, problems = sources.read_articles(inputs, guard=_guard())
    return [*(Line(article=a) for a in articles), *problems]


@app.command("review")
def _review_command(
    inputs: _Inputs = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The ledger: a .yaml or .csv file.")] = Path("review.yaml"),
    accept: _Keys = None,
    reject: _Keys = None,
    correct: _Keys = None,
    set_: Annotated[list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="What --correct sets.", show_default=False)] = None,
    why: Annotated[str, typer.Option(help="The reason of the decision.")] = "",
    who: Annotated[str, typer.Option(help="Who decides.")] = "",
    date: Annotated[str, typer.Option(help="The day of the decision, as 2026-03-31.")] = "",
    min_score: _MinScore = 0.0,
) -> None:
    """Write what articles say into a ledger to accept, reject or correct, or bring one up to date; later builds obey it."""
    ledger = sources.read_ledger(output) if output.exists() or not inputs else None
    status = 0
    if inputs:
        reading = read(*inputs, min_score=min_score, ledger=ledger)
        status = _report(reading.problems)
        if not reading.articles:
            raise typer.Exit(1)
        ledger = review(reading, ledger)
    before = ledger or Ledger()
    decided = before.decide(accept=accept or (), reject=reject or (), correct=correct or (), set_=set_ or (), why=why, who=who, date=date)
    for line in before.replaced_by(decided):
        print(f"citemap: {line}", file=sys.stderr)
    print(sources.write_ledger(decided, output))
    print(decided.counted(), file=sys.stderr)
    raise typer.Exit(status)


_gazetteer_app = typer.Typer(no_args_is_help=True, help="Add gazetteers that you downloaded, and ask what a name can mean.")
app.add_typer(_gazetteer_app, name="gazetteer")


@_gazetteer_app.command("add")
def _add_command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", show_default=False, help="Files as you downloaded them.")],
) -> None:
    """Add gazetteers: GeoNames dumps, Natural Earth GeoJSON, Linked Places Format, CSV with name, lat and lon."""
    with shown.progress() as told:
        added = {layer.name: layer for layer in geo.add_gazetteers(files, progress=told)}
    for file in files:
        lines = shown.added_lines(added[file.name]) if file.name in added else [f"{file.name}: was there already, nothing is changed"]
        print(lines[0])
        for line in lines[1:]:
            print(f"citemap: {line}", file=sys.stderr)


@_gazetteer_app.command("list")
def _list_command() -> None:
    """List the gazetteers that are in use."""
    print(shown.layers_table(geo.added_gazetteers(), Gazetteer(DEFAULT).meta()))


@_gazetteer_app.command("remove")
def _remove_command(name: Annotated[str, typer.Argument(metavar="NAME", help="As 'citemap gazetteer list' names it.")]) -> None:
    """Remove a gazetteer that was added."""
    with shown.progress() as told:
        geo.remove_gazetteer(name, progress=told)
    print(f"{name}: removed")


@_gazetteer_app.command("rebuild")
def _rebuild_command() -> None:
    """Merge the added gazetteers anew, after citemap's own has changed."""
    with shown.progress() as told:
        layers = geo.rebuild_gazetteer(progress=told)
    print(f"{_count(len(layers), 'added gazetteer')} merged")


@_gazetteer_app.command("show")
def _show_command(name: Annotated[str, typer.Argument(metavar="NAME", help="A name as an article would write it.")]) -> None:
    """Show every place that a name can mean, and who says so."""
    said = shown.meanings(name, _gazetteer())
    print(said or f"{name}: no place of the gazetteer has this name", file=sys.stdout if said else sys.stderr)
    raise typer.Exit(0 if said else 1)


@app.command("version")
def _version_command() -> None:
    """Print the version."""
    print(__version__)


@app.command("report")
def _report_command(
    inputs: _Inputs = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="The report: a .html, .pdf, .docx or .md file.")] = Path("report.html"),
    title: _Title = None,
    deck: _Deck = None,
    borders: _Borders = True,
    context: _Context = True,
    language: _Language = "en",
    min_score: _MinScore = 0.0,
    ledger: _LedgerPath = None,
    no_ledger: _NoLedger = False,
) -> None:
    """Write map, notes, sources, method and limits as one report, from articles."""
    reading, status = _read(inputs, min_score, ledger, no_ledger)
    print(report(reading, output, title=title, deck=deck, borders=borders, context=context, language=language))
    raise typer.Exit(status)


app.command("archive")(archive_command)


def main() -> None:
    """Run the command line: exit status 0 where all went in, 1 where something was left out, 2 for wrong use, 130 after Ctrl-C."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = 0
    with contextlib.suppress(KeyboardInterrupt), _interrupts.interruptible():
        status = _run()
    if came := _interrupts.came():
        print(_interrupts.said(), file=sys.stderr)
        status = 128 + came
    raise SystemExit(status)


def _run() -> int:
    """Run the command and return its exit status, what is wrong said in one line."""
    try:
        return app(standalone_mode=False) or 0
    except (BuildError, GeoError, SourceError) as error:
        return _fail(str(error), error.code)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except Exception as error:
        if _interrupts.came():
            return 130
        late = [getattr(sys.modules.get(room), kind, ()) for room, kind in (("layers", "LayersError"), ("archive", "ArchiveError"))]
        if any(isinstance(error, kind) for kind in late):
            return _fail(str(error), getattr(error, "code", ""))
        if hasattr(error, "format_message"):
            return _fail(f"{error.format_message().rstrip('.')}; 'citemap --help' shows how", "wrong-use")
        raise


def _fail(message: str, code: str) -> int:
    _say(message, code)
    return 2
