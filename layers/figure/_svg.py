"""An SVG that brings its letters along: the fonts that it names, cut down to what it uses, inside the file."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from functools import lru_cache

from fontTools import subset
from fontTools.ttLib import TTFont

from layers.figure._sheet import Written
from layers.figure._type import FAMILY, FILES, FONTS


def with_fonts(svg: bytes, written: Sequence[Written]) -> bytes:
    """Return an SVG with the letters of its texts embedded as fonts; letters that our fonts lack stay with the reader's system."""
    used: dict[tuple[int, bool], set[str]] = {}
    for text in written:
        used.setdefault((text.face.weight, text.face.italic), set()).update(text.text)
    rules = []
    for (weight, italic), letters in sorted(used.items()):
        data = base64.b64encode(_cut(FILES[weight, italic], "".join(sorted(letters)))).decode("ascii")
        style = "italic" if italic else "normal"
        rules.append(
            f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
            f'src:url("data:font/ttf;base64,{data}") format("truetype")}}'
        )
    at = svg.index(b"<defs>") if b"<defs>" in svg else svg.index(b"</svg>")
    return svg[:at] + f'<style type="text/css">{"".join(rules)}</style>\n '.encode() + svg[at:]


@lru_cache(maxsize=32)
def _cut(name: str, letters: str) -> bytes:
    """Return the font file with no more than some letters in it, the same bytes each time."""
    font = TTFont(FONTS / f"SourceSans3_{name}.ttf", recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False, notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
