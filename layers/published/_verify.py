"""The check of something published: a folder, a lone map or a lone data file, by itself and against articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from layers._errors import PublishedError
from layers.published._carried import Carried
from layers.published._data import cited_in, data_differences, row_faults
from layers.published._findings import Finding, QuoteCheck
from layers.published._folder import MANIFEST, PAGE, Folder, manifest_differences, read_folder
from layers.published._opening import read_bytes
from layers.published._page import Page, quotes_told, read_page
from layers.published._rows import READERS, DataRow, read_rows
from layers.published._verification import Verification
from sources import Article, Citation, Problem, Quote, Reading, anchor_quote, pair_articles

PAGES = (".html", ".htm")


def verify_published(path: str | Path, articles: Sequence[Article] = (), *, problems: Sequence[Problem] = ()) -> Verification:
    """Check a built folder, a map (.html) or a data file (.geojson, .csv, .gpkg, .parquet, .kml, .jsonld), by itself and against articles.

    Of a folder every file must be as the manifest's hash says; a map must be, byte for byte, as it was written; what a map shows and what
    data files say must be what the map's record says, and every mark and row must have a quote. Each quote is looked for in its article
    where that is among ``articles`` (:func:`sources.anchor_quote`). ``problems`` are inputs that could not be read. Nothing in the files
    is run; they may come from anybody. Raises :class:`PublishedError` where ``path`` is none of these. Reads the disk; no network.

    >>> verify_published("no-such-folder")
    Traceback (most recent call last):
    ...
    layers._errors.PublishedError: no-such-folder: there is no such file or folder; name a map, a built folder or a data file
    """
    place = Path(path)
    if place.name == MANIFEST and place.is_file():
        place = place.parent
    if place.is_dir():
        folder, page = open_folder(place)
        return _verified(place, folder, page, articles, problems)
    if not place.exists() and not place.is_symlink():
        raise PublishedError(str(path), "there is no such file or folder", "name a map, a built folder or a data file")
    if place.suffix.lower() in PAGES:
        return _verified(place, None, read_page(read_bytes(place), place.name), articles, problems)
    if place.suffix.lower() in READERS:
        return _data_alone(place, articles, problems)
    raise PublishedError(
        str(path), "is neither a map nor data that can be checked by itself", f"name a folder, .html, {', '.join(READERS)}"
    )


def open_published(path: str | Path) -> Carried:
    """Return what a map, or the map of a built folder, was drawn from. Reads the disk; no network.

    Raises :class:`PublishedError` where there is none, or where the map is not, byte for byte, as it was written.

    >>> open_published("no-such-map.html")
    Traceback (most recent call last):
    ...
    layers._errors.PublishedError: no-such-map.html: there is no such file or folder; name a map or a built folder
    """
    place = Path(path)
    place = place.parent if place.name == MANIFEST and place.is_file() else place
    if not place.exists():
        raise PublishedError(str(path), "there is no such file or folder", "name a map or a built folder")
    if not place.is_dir() and place.suffix.lower() not in PAGES:
        raise PublishedError(str(path), "is no map", "name a map.html or a built folder")
    folder, page = open_folder(place) if place.is_dir() else (None, read_page(read_bytes(place), place.name))
    wrong = [*(folder.findings if folder else ()), *page.findings]
    if told := [finding for finding in wrong if finding.file == page.name or finding.file == MANIFEST]:
        raise PublishedError(str(path), told[0].as_line(), "restore it as it was published; 'citemap verify' lists what is wrong")
    if page.carried is None:
        raise PublishedError(str(path), "the page carries no record", "build it anew from its articles")
    return replace(page.carried, figures=any(name.startswith("figure-") for name in (folder.listed if folder else ())))


def open_folder(place: Path) -> tuple[Folder, Page]:
    """Read a folder against its manifest, and its map. Raises :class:`PublishedError` where it has neither.

    >>> open_folder(Path("."))
    Traceback (most recent call last):
    ...
    layers._errors.PublishedError: .: it holds neither manifest.json nor map.html; name a folder that 'citemap build' wrote
    """
    folder = read_folder(place)
    if folder.manifest is None and not any((place / name).exists() for name in (MANIFEST, PAGE)):
        raise PublishedError(str(place), f"it holds neither {MANIFEST} nor {PAGE}", "name a folder that 'citemap build' wrote")
    try:
        return folder, read_page(read_bytes(place / PAGE), PAGE)
    except PublishedError as error:
        told = any(finding.file == PAGE for finding in folder.findings)
        return folder, Page(name=PAGE, carried=None, findings=() if told else (Finding(file=PAGE, code="missing", says=error.rule),))


def _verified(place: Path, folder: Folder | None, page: Page, articles: Sequence[Article], problems: Sequence[Problem]) -> Verification:
    """Put together what is found in a folder or a lone map."""
    reading = page.carried.reading if page.carried else Reading(articles=())
    told = list(quotes_told(reading))
    checks, more, unchecked = _against([a.citation for a in reading.articles], told, articles, problems)
    found = [*(folder.findings if folder else ()), *_not_twice(page, folder)]
    if folder and page.carried:
        found += _beside(place, folder, page)
    return Verification(
        target=str(place),
        kind="folder" if folder else "map",
        findings=(*found, *more),
        quotes=checks,
        files=len(folder.listed) if folder else 1,
        extra=folder.extra if folder else (),
        unchecked=unchecked,
        plans=len(reading.plans),
        articles=len(reading.articles),
    )


def _not_twice(page: Page, folder: Folder | None) -> Iterator[Finding]:
    """Yield what is wrong with a page, but for its digest where the manifest's hash told of that already."""
    known = {finding.file for finding in folder.findings} if folder else set()
    yield from (finding for finding in page.findings if finding.code != "seal" or page.name not in known)


def _beside(place: Path, folder: Folder, page: Page) -> Iterator[Finding]:
    """Hold the manifest and the data files of a folder against the record of its map."""
    carried = page.carried
    if carried is None:
        return
    if folder.manifest is not None and "manifest" not in {finding.code for finding in folder.findings}:
        yield from (Finding(file=MANIFEST, code="manifest", says=says) for says in manifest_differences(folder.manifest, carried))
    broken = {finding.file for finding in folder.findings if finding.code != "changed"}
    for name in (name for name in folder.listed if Path(name).suffix.lower() in READERS and name not in broken):
        try:
            rows = read_rows(read_bytes(place / name), name)
        except PublishedError as error:
            yield Finding(file=name, code="data", says=error.rule)
            continue
        yield from (Finding(file=name, code="data", says=says) for says in (*row_faults(rows), *data_differences(rows, carried.reading)))


def _data_alone(place: Path, articles: Sequence[Article], problems: Sequence[Problem]) -> Verification:
    """Check a data file by itself: every row has a quote, and each stands in its article where that is given."""
    rows: list[DataRow] = []
    found: list[Finding] = []
    try:
        rows = read_rows(read_bytes(place), place.name)
        found = [Finding(file=place.name, code="data", says=says) for says in row_faults(rows)]
    except PublishedError as error:
        found = [Finding(file=place.name, code="data", says=error.rule)]
    told = [(row.where if row.number is None else f"{row.where} (plan {row.number})", quote) for row in rows for quote in row.quotes]
    cited = cited_in(rows)
    checks, more, unchecked = _against(cited, told, articles, problems)
    return Verification(
        target=str(place),
        kind="data",
        findings=(*found, *more),
        quotes=checks,
        files=1,
        unchecked=unchecked,
        plans=len({row.key or row.plan_id for row in rows} - {""}),
        articles=len(cited),
    )


def _against(
    cited: Sequence[Citation], told: Sequence[tuple[str, Quote]], given: Sequence[Article], problems: Sequence[Problem]
) -> tuple[tuple[QuoteCheck, ...], list[Finding], tuple[str, ...]]:
    """Look for each quote in its article: the checks, what is wrong with the articles, and which were not given."""
    paired, strangers = pair_articles(cited, given)
    found = [Finding(file=problem.name, code="article", says=problem.rule) for problem in problems]
    why = "no article of it is this one: its text, id, file name, address and title are others"
    found += [Finding(file=article.citation.file or article.id, code="article", says=why) for article in strangers]
    names = {one.id: one.file or one.id for one in cited}
    checks = tuple(
        QuoteCheck(
            told_by=who,
            article=names.get(quote.article_id, quote.article_id),
            quote=quote,
            found=anchor_quote(quote, paired[quote.article_id].text) if quote.article_id in paired else None,
        )
        for who, quote in told
    )
    return checks, found, tuple(names[one.id] for one in cited if one.id not in paired)
