"""News in, a map out in which every mark cites the sentence it comes from: one function a verb.

>>> reading = read_text("Kenya will build a naval pier at Kilifi.")
>>> [(p.number, p.status, p.places[0].place.name) for p in reading.plans]
[(1, 'planned', 'Kilifi')]
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

from citemap import _interrupts

_interrupts.as_command()  # first, since what follows takes half a second

import sources  # noqa: E402
from citemap import _displays, _progress  # noqa: E402
from geo import Gazetteer  # noqa: E402
from sources import Article, Guard, Ledger, Problem, Reading, ReadingChanges  # noqa: E402

if TYPE_CHECKING:
    from layers import MapOptions, PlanFrame, PlanMap, PrintFigure, Verification
    from layers.figure import SizeName

__version__ = "0.1.0"
__all__ = [
    "BuildError", "build", "diff", "draw", "example_articles", "extract", "figure", "places", "plans", "read", "read_text", "reanchor",
    "report", "review", "verify",
]  # fmt: skip


class BuildError(Exception):
    """A build cannot be made or written; the message names the value, the rule and the next step, ``code`` is its short stable name.

    >>> BuildError("nothing to build").code
    'nothing-to-build'
    """

    def __init__(self, message: str, *, code: str = "nothing-to-build") -> None:
        super().__init__(message)
        self.code = code


@cache
def _gazetteer() -> Gazetteer:
    """Return the gazetteer that all verbs share, opened at the first call; reads the disk."""
    return Gazetteer()


@cache
def _guard() -> Guard:
    """Return the process in which all verbs read documents; it starts with the first document, and ends with this process."""
    guard = Guard()
    atexit.register(guard.close)
    return guard


def example_articles() -> Path:
    """Return the folder of the two digests that come with citemap: something to build a map from. Reads nothing.

    >>> len(read(example_articles()).articles)
    2
    """
    return (Path(__file__).parent / "articles").resolve()


def read(
    *inputs: str | Path,
    min_score: float = 0.0,
    ledger: str | Path | Ledger | None = None,
    progress: bool | _progress.Told | None = None,
) -> Reading:
    """Read articles (files, folders, ``-``) and find their places and reported plans, as the decisions of a review ``ledger`` have them.

    A place whose score is below ``min_score`` (0 to 1) is not chosen. ``progress`` None draws a bar in a terminal or a notebook when it
    takes longer than a second, True at once, False never; a function is told what is done, how much of it, of how much. What could not
    be read is in the reading's ``problems``; nothing is raised for it, since each document is read in a process of its own, under limits of
    time and memory (:class:`sources.Limits`). Raises :class:`sources.LedgerError` where the ledger is broken.
    Reads the disk, no network.

    >>> read("no-such-file.txt").problems[0].rule
    'there is no such file or folder'
    """
    decided = sources.read_ledger(ledger) if isinstance(ledger, str | Path) else ledger
    with _progress.telling(progress) as told:
        articles, problems = sources.read_articles(inputs, progress=told, guard=_guard())
        reading = sources.read_plans(
            articles, _gazetteer(), problems=problems, min_score=min_score, ledger=decided, progress=told, guard=_guard()
        )
    if decided:
        decided.check_named(reading.unapplied)
    return _displays.remember(reading)


def read_text(text: str, **fields: str) -> Reading:
    """Find the places and reported plans of one article given as a string; ``fields`` are its title, publisher, date, url and so on.

    Raises :class:`sources.ArticleError` where the text is empty or a field is unknown. No network.

    >>> read_text("Crews are building a jetty at Kilifi.").plans[0].status
    'under way'
    """
    return _displays.remember(sources.read_plans([sources.read_text(text, **fields)], _gazetteer()))


def review(reading: Reading, ledger: Ledger | None = None) -> Ledger:
    """Return what was read as a ledger to decide on, or an older ``ledger`` brought up to date; no decision is lost.

    >>> ledger = review(read_text("Kenya will build a naval pier at Kilifi."))
    >>> ledger.reject(ledger.entries[0].key, why="called off").decided[0].why
    'called off'
    """
    return sources.review(reading, ledger)


def plans(reading: Reading) -> PlanFrame:
    """Return the plans as a GeoDataFrame (EPSG:4326): a row for each plan and place, an empty geometry where a plan has no place.

    Its ``explore()`` needs no network and runs no text of an article (:class:`layers.PlanFrame`).

    >>> plans(read_text("Kenya will build a naval pier at Kilifi.")).status.tolist()
    ['planned']
    """
    from layers import PlanFrame, plans_to_frame

    return PlanFrame(plans_to_frame(reading, _gazetteer()))


def places(reading: Reading) -> PlanFrame:
    """Return the places that the articles mention as a GeoDataFrame (EPSG:4326): a row for each mention, with kind, score and reason.

    A point is a place's representative one, for looking things up; ``explore()`` is that of :func:`plans`.

    >>> places(read_text("Kenya will build a naval pier at Kilifi.")).kind.tolist()
    ['metonymic', 'literal']
    """
    from layers import PlanFrame, places_to_frame

    return PlanFrame(places_to_frame(reading, _gazetteer()))


def draw(reading: Reading, **options: Unpack[MapOptions]) -> PlanMap:
    """Return the map of a reading: a ``folium.Map`` that shows in a notebook and saves itself as one file that needs no network.

    ``options`` are those of :class:`layers.MapOptions`: ``title`` and ``deck`` are written over it (None: made from the reading),
    ``borders=False`` leaves countries' borders out, ``context=False`` what the articles do not name, ``language`` is that of the page's own
    words (``en``, ``fil``, ``ja``, ``zh-Hant``), ``full_text=True`` holds the whole text of articles whose licence allows it, ``tiles`` is
    the address of a street map that the reader may switch on. Raises :class:`layers.LanguageError` for another language, TypeError for
    another option, :class:`layers.MissingPartError` where the browser parts are not installed.

    >>> type(draw(read_text("Kenya will build a naval pier at Kilifi."), title="Piers", language="ja")).__name__
    'PlanMap'
    """
    from layers import draw_map

    return draw_map(reading, _gazetteer(), **options)


def extract(reading: Reading) -> list[dict[str, Any]]:
    """Return what was found as plain data, one object for each article: its toponyms and its plans with quotes and selectors.

    A plan told by several articles stands in each of them, with that article's quotes.

    >>> extract(read_text("Kenya will build a naval pier at Kilifi."))[0]["plans"][0]["status"]
    'planned'
    """
    return sources.as_records(reading, _gazetteer())


def figure(reading: Reading, *, size: SizeName = "double", notes: bool = True, **options: Unpack[MapOptions]) -> PrintFigure:
    """Return the figure of a reading for print: map, numbered notes, sources and how to read it; it shows itself in a notebook.

    ``size`` is ``single`` (89 mm wide), ``double`` (183 mm) or ``slide`` (16:9); ``notes=False`` draws title, map and credit alone.
    ``options`` are those of :func:`draw`. ``figure(…).save("plans.pdf")`` writes it as PDF, SVG or PNG, by the ending. Raises
    :class:`layers.FigureError` for another size, and what :func:`draw` raises. Reads files of the package; no network.

    >>> figure(read_text("Kenya will build a naval pier at Kilifi."), size="single").size
    'single'
    """
    from layers import draw_figure

    return draw_figure(reading, _gazetteer(), size=size, notes=notes, **options)


def build(reading: Reading, output: str | Path = "output", *, figures: bool = False, **options: Unpack[MapOptions]) -> Path:
    """Write the map and the data beside it into the folder ``output`` and return the map's path; ``options`` are those of :func:`draw`.

    Written are ``map.html``; the plans as GeoJSON, GeoPackage, GeoParquet, KML and CSV; the quotes as annotations, the places as Linked
    Places, ``datapackage.json``; the sources as CSL-JSON, BibTeX, RIS and text; ``embed.html``, ``embed.md``, ``alt.txt`` and
    ``oembed.json``; and ``manifest.json``. With ``figures`` also ``map.png`` and the figure in its three sizes, each as PDF, SVG and PNG.
    Equal readings give equal bytes. All files are made in a folder beside, which then takes the place of the old one in one step: at every
    moment, also after a kill, ``output`` is the old build whole or the new one whole. What else stands in it stays; what an earlier build
    wrote and this one does not is taken away. Raises :class:`BuildError` where the reading holds no article, another build is at work in
    the folder, or it cannot be written, :class:`layers.LanguageError` for a language without words, :class:`sources.CitationError`
    where a quote does not stand in its article.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     build(read_text("Kenya will build a naval pier at Kilifi."), folder).name
    'map.html'
    """
    from citemap._build import told, write_folder

    if not reading.articles:
        raise BuildError("nothing to build: no article could be read; name files or folders with articles")
    for plan in reading.plans:
        for quote in plan.quotes:
            sources.check_quote(reading.article(quote.article_id), quote)
    folder = Path(output)
    with told(folder):
        return write_folder(reading, _gazetteer(), folder, figures=figures, version=__version__, options=options)


def report(reading: Reading, path: str | Path, **options: Unpack[MapOptions]) -> Path:
    """Write the map with its notes, sources, method and limits as one report; ``path`` ends in .html, .pdf, .docx or .md.

    ``options`` are those of :func:`draw`. Beside a ``.md`` its picture is written as ``.png``. Equal readings give equal bytes. Returns the
    path. Raises :class:`BuildError` where the reading holds no article or the file cannot be written, :class:`layers.ReportError` for
    another ending or a missing folder, :class:`layers.LanguageError` for a language without words. No network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     report(read_text("Kenya will build a naval pier at Kilifi."), Path(folder) / "pier.docx").name
    'pier.docx'
    """
    from layers import write_report

    if not reading.articles:
        raise BuildError("nothing to report: no article could be read; name files or folders with articles")
    made_by = {"citemap": __version__, "gazetteer": _gazetteer().meta()["fingerprint"]}
    try:
        return write_report(reading, _gazetteer(), path, made_by=made_by, **options)
    except OSError as error:
        raise BuildError(
            f"{path}: the report cannot be written ({error.strerror or error}); choose another file with -o", code="not-writable"
        ) from error


def verify(published: str | Path, *articles: str | Path) -> Verification:
    """Check what was published, a built folder, a map or a data file, by itself and, where they are given, against its articles.

    ``articles`` are files, folders or ``-``, as they are today. Of a folder every file must be as the manifest has it; a map must be as it
    was written, every mark and row must have a quote, and map and data must say the same. Each quote is looked for in its article: it is
    exact, moved, altered, gone or ambiguous. ``holds`` of the result says whether nothing is wrong, ``lines()`` says it in words. Nothing
    in the files is run. Raises :class:`layers.PublishedError` where ``published`` cannot be checked, :class:`BuildError` where a build of
    the folder was stopped while its files were put in place. Reads the disk, no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     verify(build(read_text("Kenya will build a naval pier at Kilifi."), folder)).holds
    True
    """
    from citemap._folder import unfinished
    from layers import verify_published

    if Path(published).is_dir() and unfinished(published):
        rule = "a build was stopped here while its files were put in place"
        raise BuildError(f"{published}: {rule}; run the same build again, which completes it", code="unfinished")
    given, problems = _unread(articles)
    return verify_published(published, given, problems=problems)


def _unread(articles: Iterable[str | Path]) -> tuple[tuple[Article, ...], list[Problem]]:
    """Read articles, and return with them what could not be read; what is to be known of those that were is left to a build."""
    given, problems = sources.read_articles(articles, guard=_guard())
    files = {article.citation.file for article in given} - {""}
    return given, [problem for problem in problems if problem.left_out and Path(problem.name).name not in files]


def reanchor(published: str | Path, *articles: str | Path, output: str | Path) -> Path:
    """Put a published map on its articles as they are today, as a new build in the folder ``output``; return the new map's path.

    Quotes that are exact or have moved get their new offsets; plans keep keys, numbers and summaries. A quote that is altered, gone or
    ambiguous is taken off: a plan that keeps others says so, one that keeps none leaves the map and is listed with the reason. What of the
    articles is not given stays as it was. The map's options are kept, and figures are drawn where the old folder had some. New plans are
    not looked for: for these, build anew. Raises :class:`layers.PublishedError` where the map is not as it was written, :class:`BuildError`
    where an article cannot be read or is none of the map's, and what :func:`build` raises. Reads and writes the disk, no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (Path(folder) / "a.txt").write_text("Kenya will build a naval pier at Kilifi.")
    ...     old = build(read(Path(folder) / "a.txt"), Path(folder) / "old")
    ...     _ = (Path(folder) / "a.txt").write_text("News of the day. Kenya will build a naval pier at Kilifi.")
    ...     reanchor(old, Path(folder) / "a.txt", output=Path(folder) / "new").name
    'map.html'
    """
    from layers import open_published

    if Path(output).exists() and Path(published).exists() and Path(output).samefile(_folder_of(published)):
        raise BuildError(f"{output}: the new build would take the place of the published one; name another folder", code="wrong-use")
    carried = open_published(published)
    given, problems = _unread(articles)
    if problems:
        raise BuildError(f"nothing is written: {problems[0].as_line()}", code=problems[0].code)
    _, strangers = sources.pair_articles([article.citation for article in carried.reading.articles], given)
    if strangers or not given:
        rule = f"{strangers[0].id}: no article of the map is this one" if strangers else "no article is given"
        raise BuildError(f"nothing is written: {rule}; name the articles that the map was made from, as they are today", code="stranger")
    return build(sources.reanchor(carried.reading, given, _gazetteer()), output, figures=carried.figures, **carried.options)


def _folder_of(published: str | Path) -> Path:
    return Path(published) if Path(published).is_dir() else Path(published).parent


def diff(old: str | Path, new: str | Path, *, output: str | Path | None = None, **options: Unpack[MapOptions]) -> ReadingChanges:
    """Compare two published maps or built folders: which plans are new, gone or changed, in what, and which articles came and went.

    A plan is known again by its keys, else by its sentence, else by a quote that is much like one of its own. With ``output`` also a map
    that shows the change is written there, one file without network; ``options`` are those of :func:`draw` (None: those of the new map).
    ``layers.changes_listing`` says the result in words, ``layers.changes_data`` as plain data. Raises :class:`layers.PublishedError` where
    one is no map or not as it was written, :class:`BuildError` where the map cannot be written. Reads and writes the disk, no network.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     old = build(read_text("Kenya will build a naval pier at Kilifi."), Path(folder) / "old")
    ...     new = build(read_text("Kenya is building a naval pier at Kilifi."), Path(folder) / "new")
    ...     diff(old, new).of_kind("changed")[0].differences[0].new
    'under way'
    """
    from layers import draw_changes, open_published

    before, after = open_published(old), open_published(new)
    found = sources.compare_readings(before.reading, after.reading)
    if output is not None:
        chosen: MapOptions = {**after.options, "title": None, "deck": None, **options}
        try:
            draw_changes(before.reading, after.reading, _gazetteer(), changes=found, **chosen).save_offline(output)
        except OSError as error:
            raise BuildError(
                f"{output}: the map cannot be written ({error.strerror or error}); choose another file with -o", code="not-writable"
            ) from error
    return found


_displays.register(_gazetteer)
