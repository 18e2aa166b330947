"""Letters: which font draws them, how wide words are, how a text breaks into lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

from layers._errors import MissingPartError
from layers.figure._sizes import MM

FONTS = Path(__file__).parent / "fonts"
FAMILY = "Source Sans 3"
FILES = {(400, False): "400Regular", (400, True): "400Regular_Italic", (600, False): "600SemiBold"}
"""The files of our font by weight and slant."""
_OTHERS = {
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "IPAexGothic"),
    "zh-Hant": ("Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
}
"""Families of the reader's system for letters that ours lacks, by language."""
_ALWAYS = ("DejaVu Sans", "Noto Sans CJK JP", "Noto Sans CJK TC", "Noto Sans CJK SC", "Noto Sans CJK KR", "Noto Sans")


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """How a run of text looks: size in points, weight, slant, colour; ``language`` chooses the fonts for letters that ours lacks."""

    size: float
    colour: str = "#1D1D1B"
    weight: int = 400
    italic: bool = False
    language: str = "en"

    def but(self, **changes: object) -> Face:
        """Return the face with some of it changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def font(self, text: str = "") -> FontProperties:
        """Return what matplotlib draws a text with: our font, and others of the system behind it for letters that ours lacks."""
        return _font(self.size, self.weight, self.italic, _others(text, self.language))


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one face."""

    text: str
    face: Face


Line = tuple[Run, ...]


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    """Make our fonts known to matplotlib and return the names of all families at hand."""
    files = sorted(FONTS.glob("*.ttf"))
    if not files:
        raise MissingPartError("layers/figure/fonts/SourceSans3_400Regular.ttf")
    for file in files:
        font_manager.fontManager.addfont(str(file))
    return frozenset(entry.name for entry in font_manager.fontManager.ttflist)


@lru_cache(maxsize=256)
def _font(size: float, weight: int, italic: bool, others: tuple[str, ...]) -> FontProperties:
    _families()
    weight = 700 if others and weight > 400 else weight
    return FontProperties(family=[FAMILY, *others], size=size, weight=weight, style="italic" if italic else "normal")


@lru_cache(maxsize=8)
def _letters(weight: int, italic: bool) -> FT2Font:
    """Return our own font, at a size of 1,000 units."""
    _families()
    font = FT2Font(str(FONTS / f"SourceSans3_{FILES[weight, italic]}.ttf"))
    font.set_size(1000, 72)
    return font


@lru_cache(maxsize=16384)
def _advance(letter: str, weight: int, italic: bool) -> float:
    """Return how far one letter moves the next, in thousandths of the size; 0 where our font lacks it."""
    font = _letters(weight, italic)
    if not font.get_char_index(ord(letter)):
        return 0.0
    return float(font.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536


@lru_cache(maxsize=8192)
def _others(text: str, language: str) -> tuple[str, ...]:
    """Return the families of the system that are needed for a text, in the order in which they are asked."""
    lacking = {letter for letter in text if letter not in " \u2009" and not _advance(letter, 400, False)}
    found: list[str] = []
    for name in dict.fromkeys((*_OTHERS.get(language, ()), *_ALWAYS)):
        if lacking and name in _families():
            covered = {letter for letter in lacking if ord(letter) in _covered(name)}
            found += [name] if covered else []
            lacking -= covered
    return tuple(found)


@lru_cache(maxsize=16)
def _covered(family: str) -> frozenset[int]:
    """Return the code points that a family of the system can draw."""
    return frozenset(get_font(font_manager.findfont(FontProperties(family=family))).get_charmap())


def width(text: str, face: Face) -> float:
    """Return how far a text reaches, in millimetres, spaces at its ends included."""
    if not text:
        return 0.0
    return _width(text, face)


@lru_cache(maxsize=65536)
def _width(text: str, face: Face) -> float:
    total = 0.0
    for letter in text:
        own = _advance(letter, face.weight, face.italic)
        total += own or (1000.0 if _WIDE.match(letter) else 0.0 if letter == "\u2009" else 620.0)
    return total * face.size / 1000 / MM


def heights(face: Face) -> tuple[float, float]:
    """Return how far capitals reach above the baseline and letters below it, in millimetres."""
    return (0.70 * face.size / MM, 0.22 * face.size / MM)


def plain(text: str) -> str:
    """Return a text without what no font draws: controls, marks of direction and zero-width characters; all spaces are one space."""
    kept = "".join(
        " " if c in "\t\n\r\u2028\u2029" else c
        for c in text
        if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn") or c in "\t\n\r"
    )
    return re.sub(r"[^\S\u00a0\u2009\u202f]+", " ", kept)


_BREAKS = re.compile(r"[^ ]+ *| +")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def wrap(runs: Iterable[Run], room: float, *, indent: float = 0.0) -> list[Line]:
    """Break runs into lines of at most ``room`` millimetres; the first line has ``indent`` less. Words longer than a line are cut."""
    lines: list[list[Run]] = [[]]
    left = room - indent
    for word, face in _words(runs):
        wide = width(word.rstrip(), face)
        if wide > left and lines[-1]:
            lines.append([])
            left = room
        for piece in [word] if wide <= left else _cut(word, face, left, room):
            if lines[-1] and width(piece.rstrip(), face) > left:
                lines.append([])
                left = room
            if not lines[-1] and len(lines) > 1:
                piece = piece.lstrip()
            if piece:
                _join(lines[-1], Run(piece, face))
                left -= width(piece, face)
    return [_trimmed(line) for line in lines if line]


def _words(runs: Iterable[Run]) -> list[tuple[str, Face]]:
    """Return pieces after which a line may break: words with the space after them; each letter of Chinese and Japanese."""
    words = []
    for run in runs:
        for word in _BREAKS.findall(plain(run.text)):
            parts = (
                re.findall(f"{_WIDE.pattern}[、。，．」』）〉》】’”!?！？：；]*\\s*|(?:(?!{_WIDE.pattern}).)+", word)
                if _WIDE.search(word)
                else [word]
            )
            words += [(part, run.face) for part in parts]
    return words


def _cut(word: str, face: Face, left: float, room: float) -> list[str]:
    """Cut a word that is longer than a line."""
    pieces, piece, limit = [], "", left
    for letter in word:
        if piece and width(piece + letter, face) > limit:
            pieces.append(piece)
            piece, limit = "", room
        piece += letter
    return [*pieces, piece]


def _join(line: list[Run], run: Run) -> None:
    """Add a run to a line, to the last one where that has the same face."""
    if line and line[-1].face == run.face:
        line[-1] = Run(line[-1].text + run.text, run.face)
    else:
        line.append(run)


def _trimmed(line: list[Run]) -> Line:
    last = Run(line[-1].text.rstrip(), line[-1].face)
    return (*line[:-1], last) if last.text else tuple(line[:-1])


def line_width(line: Sequence[Run]) -> float:
    """Return how wide a line is, in millimetres."""
    return sum(width(run.text, run.face) for run in line)


def families_for(language: str) -> tuple[str, ...]:
    """Return the families that set a text in a language, ours first, then those of the system for letters that ours lacks.

    >>> families_for("ja")[:2]
    ('Source Sans 3', 'Noto Sans CJK JP')
    """
    return tuple(dict.fromkeys((FAMILY, *_OTHERS.get(language, ()), *_ALWAYS)))
