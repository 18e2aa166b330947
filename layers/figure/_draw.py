"""From a reading to a figure for print: one map with its notes, on as many pages as the notes need."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Unpack

from matplotlib import rc_context

from geo.files import write_atomically, write_together
from layers._distances import line_bounds
from layers._errors import FigureError
from layers._marks import make_marks
from layers._messages import joined, load_messages, number_words, say
from layers._options import MapOptions, with_defaults
from layers._payload import make_payload
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._view import opening_view
from layers.figure._legend import draw_legend
from layers.figure._looks import INK, QUIET, draw_badge, styles
from layers.figure._map import Content, draw_map, measured_lines, on_paper
from layers.figure._projection import Projection, aspect_of, fit
from layers.figure._prose import Block, balanced, column_height, flow, method_words, note_blocks, source_blocks
from layers.figure._sheet import Sheet, Written
from layers.figure._sizes import MM, SIZES, Size, SizeName
from layers.figure._svg import with_fonts
from layers.figure._type import Face, Line, Run, wrap
from sources import STATUSES, Reading

KINDS = (".pdf", ".svg", ".png")
_DPI = {"slide": 192}
_FOOT, _LEAST_SHARE, _TWO = 26.0, 0.42, 150.0
"""Of a slide: the millimetres that legend and credit take, the map's least share, and from which room on notes have two columns."""
_LOOK: Any = {
    "pdf.fonttype": 42, "svg.fonttype": "none", "svg.hashsalt": "citemap", "pdf.compression": 9, "path.simplify": False,
    "text.usetex": False, "text.hinting": "none", "axes.unicode_minus": False,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintFigure:
    """A figure for print: pages of paper, the first with the map. Made by :func:`draw_figure`; in a notebook it shows itself.

    ``pages`` are matplotlib figures, ``written`` every text of each page with its box in millimetres, ``size`` the size's name and
    ``title`` the title.

    >>> from layers.figure._sheet import Sheet
    >>> PrintFigure(sheets=(Sheet(89, 40),), size="single", title="Piers").png()[:4]
    b'\\x89PNG'
    """

    sheets: tuple[Sheet, ...]
    size: str
    title: str
    projection: Projection | None = field(default=None, repr=False)

    @property
    def pages(self) -> tuple[Any, ...]:
        """The pages as matplotlib figures."""
        return tuple(sheet.figure for sheet in self.sheets)

    @property
    def written(self) -> tuple[tuple[Written, ...], ...]:
        """Every text of each page: its words, its box in millimetres from the lower left, its face, the colour under it."""
        return tuple(tuple(sheet.written) for sheet in self.sheets)

    def png(self, page: int = 0, *, dpi: int | None = None) -> bytes:
        """Return a page as PNG, by default at twice what is needed: 300 dots an inch of a column, 192 of a slide."""
        return self._bytes("png", page, dpi=dpi or _DPI.get(self.size, 300), metadata={"Software": None, "Title": self.title})

    def svg(self, page: int = 0) -> bytes:
        """Return a page as SVG: text is text, and the letters that it uses come with it."""
        with rc_context(_LOOK):
            plain = self._bytes("svg", page, metadata={"Date": None, "Creator": "citemap", "Title": self.title})
        return with_fonts(plain, self.written[page])

    def pdf(self) -> bytes:
        """Return all pages as one PDF: vector, text is text, fonts embedded."""
        from matplotlib.backends.backend_pdf import PdfPages

        file = io.BytesIO()
        with (
            rc_context(_LOOK),
            PdfPages(file, metadata={"CreationDate": None, "Creator": "citemap", "Producer": None, "Title": self.title}) as pdf,
        ):
            for page in self.pages:
                pdf.savefig(page)
        return file.getvalue()

    def _bytes(self, kind: str, page: int, **options: Any) -> bytes:
        file = io.BytesIO()
        with rc_context(_LOOK):
            self.pages[page].savefig(file, format=kind, **options)
        return file.getvalue()

    def save(self, path: str | os.PathLike[str]) -> list[Path]:
        """Write the figure as its ending says: ``.pdf`` holds all pages; of ``.svg`` and ``.png`` later pages stand beside it as ``-2``.

        ``path`` is written whole or not at all; its folder must exist. Returns the files written. Equal figures give equal bytes. Raises
        FigureError for another ending, OSError when a file cannot be written. No network.
        """
        target = Path(path)
        kind = target.suffix.lower()
        if kind not in KINDS:
            raise FigureError(f"{target.name}: {target.suffix or 'no ending'!r} is no kind of figure; end it in {', '.join(KINDS)}")
        if kind == ".pdf":
            return [write_atomically(target, self.pdf())]
        names = [target if i == 0 else target.with_name(f"{target.stem}-{i + 1}{target.suffix}") for i in range(len(self.sheets))]
        return write_together({name: self.png(i) if kind == ".png" else self.svg(i) for i, name in enumerate(names)})

    def _repr_png_(self) -> bytes:
        """Show the first page in a notebook."""
        return self.png(dpi=200 if self.size != "slide" else 110)


def draw_figure(
    reading: Reading, gazetteer: Gazetteer, *, size: SizeName = "double", notes: bool = True, **options: Unpack[MapOptions]
) -> PrintFigure:
    """Draw the plans of a reading as a figure for print: title, deck, map, numbered notes, sources and how to read it.

    ``size`` is ``single`` (89 mm wide), ``double`` (183 mm) or ``slide`` (16:9, 13.33 by 7.5 inches). The projection keeps areas or angles
    true and is named in the credit. The numbers are those of the map page. Without ``notes``, only title, map and credit are drawn.
    ``options`` are those of :class:`MapOptions`; ``full_text`` and ``tiles`` change nothing here. Notes that do not fit go to further
    pages, in letters as large as on the first.

    Returns a :class:`PrintFigure`. Raises FigureError for an unknown size, UnquotedMarkError when a quote does not stand in its article,
    MissingPartError when setup has not been run, LanguageError for a language without words. Reads files of the package; no network.

    >>> class Empty:
    ...     def labels(self, west, south, east, north): return []
    >>> len(draw_figure(Reading(articles=()), Empty(), size="single", title="Nothing yet").pages)
    1
    """
    if size not in SIZES:
        raise FigureError(f"{size!r} is no size of a figure; choose one of {', '.join(SIZES)}")
    chosen = with_defaults(options)
    with rc_context(_LOOK):
        return _Layout(reading, gazetteer, SIZES[size], chosen, notes).draw()


class _Layout:
    """The making of one figure: what goes where on which page."""

    def __init__(self, reading: Reading, gazetteer: Gazetteer, size: Size, options: MapOptions, notes: bool) -> None:
        self.reading, self.size, self.options, self.notes = reading, size, options, notes
        self.messages = load_messages(options["language"])
        self.payload = make_payload(reading, gazetteer, options, ground=False)
        self.marks, _ = make_marks(reading, gazetteer)
        self.names = PlaceNames(gazetteer, self.messages)
        lines = [bounds for plan in reading.plans for distance in plan.distances if (bounds := line_bounds(distance))]
        self.view, _ = opening_view(self.marks, lines)
        self.shown = {plan.id for mark in self.marks for plan, _ in mark.plans}
        self.content = Content(
            marks=self.marks, plans=reading.plans, context=self.payload["context"], gazetteer=gazetteer, names=self.names,
            borders=options["borders"],
        )  # fmt: skip

    @property
    def _clear(self) -> tuple[float, float, float, float]:
        """The millimetres that stay free between marks and frame: room for a number and a name."""
        side = self.size.badge * 1.7
        return (side, side, side, side)

    def draw(self) -> PrintFigure:
        """Lay out and draw all pages."""
        size = self.size
        left, wide = size.margin, size.width - 2 * size.margin
        sheets = self._slide(self._head(wide)) if size.fixed else self._column(left, wide)
        return PrintFigure(sheets=tuple(sheets), size=size.name, title=self.payload["title"], projection=self.projection)

    def _legend(self, projection: Projection, wide: float) -> tuple[float, Callable[[Sheet, float, float], None]]:
        """Return the legend of a map, and keep in mind which plans it shows."""
        drawn, beyond = on_paper(projection, self.marks)
        self.shown = {plan.id for each in drawn for plan, _ in each.mark.plans}
        lines = measured_lines(projection, self.reading.plans)
        return draw_legend(self.content, drawn, beyond, self.size, wide, distances=bool(lines))

    def _head(self, wide: float) -> list[tuple[list[Line], float]]:
        """Return the lines of title and deck with the distance between them."""
        size, language = self.size, self.messages["locale"]
        deck = self.payload["deck"] if self.options["deck"] is not None else self._counts()
        title = wrap([Run(self.payload["title"], Face(size=size.title, weight=600, language=language))], wide)
        under = wrap([Run(deck, Face(size=size.deck, colour=QUIET, language=language))], wide)
        return [(title, size.title * 1.2 / MM), (under, size.deck * 1.28 / MM)]

    def _counts(self) -> str:
        """Say how many plans there are, of which statuses, and how many of them have no place on the map."""
        left = sum(plan.id not in self.shown for plan in self.reading.plans)
        plans = say(self.messages, "plans", n=len(self.reading.plans))
        counts = Counter(plan.status for plan in self.reading.plans)
        if len(counts) > 1:
            told = [status for status in STATUSES if counts[status]]
            each = [f"{number_words(counts[status], self.messages)} {self.messages[f'status.{status}']}" for status in told]
            plans = say(self.messages, "noted", words=plans, notes=joined(self.messages, each))
        words = say(
            self.messages, "figure.deck.left" if left else "figure.deck", plans=plans, drawn=len(self.reading.plans) - left, left=left
        )
        return words if self.reading.plans else self.messages["figure.no-plan"]

    def _draw_head(self, sheet: Sheet, head: list[tuple[list[Line], float]], left: float, top: float) -> float:
        """Write title and deck from ``top`` down and return where they end."""
        y = top
        for (lines, step), role in zip(head, ("title", "deck"), strict=True):
            for line in lines:
                y -= step
                sheet.line_of_text(left, y + step * 0.24, line, role=role)
        return y

    def _column(self, left: float, wide: float) -> list[Sheet]:
        """Lay out a figure for a column: its first page is as tall as what stands on it."""
        size = self.size
        least, most = size.map_aspect
        map_high = wide * min(max(aspect_of(self.view) * 1.06, least), most)
        projection = fit(self.view, (left, 0, left + wide, map_high), clear=self._clear)
        legend_high, draw = self._legend(projection, wide)
        head = self._head(wide)
        head_high = sum(step * len(lines) for lines, step in head) + 1.2
        tail = self._tail(projection, wide)
        tail_high = sum(block.high for block in tail) + 1.5
        gap = 2.2
        used = head_high + map_high + legend_high + tail_high + gap
        blocks, room = self._blocks((wide - (size.columns - 1) * 5.0) / size.columns)
        placed = balanced(blocks, size.columns, size.height - used)
        rest: list[Block] = []
        if placed is None:
            columns, rest = flow(blocks, size.columns, size.height - used)
            notes_high = max(column_height(column) for column in columns)
        else:
            columns, notes_high = placed
        high = used + notes_high
        sheet = Sheet(size.width, high)
        y = self._draw_head(sheet, head, left, high) - 1.2
        projection = fit(self.view, (left, y - map_high, left + wide, y), clear=self._clear)
        self.projection = projection
        draw_map(sheet, projection, self.content, size)
        y -= map_high
        draw(sheet, left, y)
        y -= legend_high + gap
        self._draw_columns(sheet, columns, left, y, room)
        self._draw_tail(sheet, tail, left, tail_high - 0.8)
        return [sheet, *self._more(rest, left, wide)]

    def _slide(self, head: list[tuple[list[Line], float]], *, settled: bool = False) -> list[Sheet]:
        """Lay out a slide: the map on the left, the notes beside it, further notes on further slides.

        The deck counts what the frame shows, and the frame begins where the deck ends: it is laid out a second time where the deck changes.
        """
        size = self.size
        margin = size.margin
        sheet = Sheet(size.width, size.height)
        top = size.height - margin - sum(step * len(lines) for lines, step in head) - 3.0
        whole = size.width - 2 * margin
        share = (top - margin - _FOOT) / aspect_of(self.view) / whole
        wide = whole * (min(max(share, _LEAST_SHARE), size.map_share) if self.notes else 1.0)
        projection = fit(self.view, (margin, margin + _FOOT, margin + wide, top), clear=self._clear)
        legend_high, draw = self._legend(projection, wide)
        if not settled and head != (again := self._head(whole)):
            return self._slide(again, settled=True)
        tail = self._tail(projection, whole)
        tail_high = sum(block.high for block in tail)
        projection = fit(self.view, (margin, margin + tail_high + legend_high, margin + wide, top), clear=self._clear)
        self.projection = projection
        draw_map(sheet, projection, self.content, size)
        self._draw_head(sheet, head, margin, size.height - margin)
        draw(sheet, margin, margin + tail_high + legend_high)
        self._draw_tail(sheet, tail, margin, margin + tail_high - 1.0)
        room = whole - wide - 6.0
        columns = 2 if room > _TWO else 1
        narrow = (room - (columns - 1) * 5.0) / columns
        blocks, _ = self._blocks(narrow)
        filled, rest = flow(blocks, columns, top - margin - tail_high - 2.0, cut=False)
        self._draw_columns(sheet, filled, margin + wide + 6.0, top, narrow)
        return [sheet, *self._more(rest, margin, whole, narrow=narrow)]

    def _blocks(self, room: float) -> tuple[list[Block], float]:
        """Return notes and sources, and the width of their column."""
        if not self.notes:
            return [], room
        found = note_blocks(self.reading, self.payload, self.messages, self.size, room)
        if not found:
            face = Face(size=self.size.note, colour=QUIET, language=self.messages["locale"])
            found = [
                Block(lines=tuple(wrap([Run(self.messages["figure.no-plan"], face)], room)), step=self.size.line, space=self.size.line)
            ]
        return [*found, *source_blocks(self.reading, self.messages, self.size, room)], room

    def _tail(self, projection: Projection, wide: float) -> list[Block]:
        """Return the lines that stand under everything."""
        face = Face(size=self.size.small, colour=QUIET, language=self.messages["locale"])
        words = method_words(self.reading, self.payload, projection, self.messages)
        return [Block(lines=tuple(wrap([Run(words, face)], wide)), step=self.size.small * 1.25 / MM, space=0.6)]

    def _draw_tail(self, sheet: Sheet, blocks: list[Block], left: float, top: float) -> None:
        """Write the last lines from ``top`` down."""
        y = top
        for block in blocks:
            for line in block.lines:
                y -= block.step
                sheet.line_of_text(left, y + block.step * 0.26, line, role="method")

    def _draw_columns(self, sheet: Sheet, columns: list[list[Block]], left: float, top: float, room: float) -> None:
        """Write blocks in columns from ``top`` down, each with its number."""
        size = self.size
        for i, column in enumerate(columns):
            x, y = left + i * (room + 5.0), top
            for block in column:
                start = y
                for j, line in enumerate(block.lines):
                    hangs = block.indent if not (block.indent and block.number is None and not block.status and j == 0) else 0.0
                    if not hangs and block.indent:
                        sheet.line_of_text(x, y - block.step + block.step * 0.26, line, role=block.role)
                        continue
                    y -= block.step
                    sheet.line_of_text(x + hangs, y + block.step * 0.26, line, role=block.role)
                if block.number is not None:
                    middle = start - block.step * 0.54
                    draw_badge(
                        sheet,
                        x + size.badge / 2,
                        middle,
                        block.number,
                        styles()[block.status],
                        size.badge,
                        size.digit,
                        hollow=block.hollow,
                    )
                y -= block.space

    def _more(self, rest: list[Block], left: float, wide: float, *, narrow: float | None = None) -> list[Sheet]:
        """Return further pages for the notes that are left."""
        size, sheets = self.size, []
        if rest and narrow is not None:
            rest = self._wider(rest, (wide - (size.columns - 1) * 5.0) / size.columns)
        while rest:
            head = wrap(
                [
                    Run(
                        self.messages["figure.continued"].replace("{title}", self.payload["title"]),
                        Face(size=size.deck, weight=600, colour=INK, language=self.messages["locale"]),
                    )
                ],
                wide,
            )
            step = size.deck * 1.28 / MM
            most = size.height - 2 * size.margin - step * len(head) - 3.0
            room = (wide - (size.columns - 1) * 5.0) / size.columns
            placed = balanced(rest, size.columns, most)
            columns, rest = (placed[0], []) if placed else flow(rest, size.columns, most)
            high = size.height if size.fixed else max(column_height(column) for column in columns) + step * len(head) + 3.0
            sheet = Sheet(size.width, high)
            y = self._draw_head(sheet, [(head, step), ([], step)], left, high - size.margin)
            self._draw_columns(sheet, columns, left, y - 2.0, room)
            sheets.append(sheet)
        return sheets

    def _wider(self, rest: list[Block], room: float) -> list[Block]:
        """Break what is left into lines of another width; a note that was cut is said again whole."""
        blocks, _ = self._blocks(room)
        return blocks[-len(rest) :]
