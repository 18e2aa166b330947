"""Plans as a figure for print."""

from layers.figure._draw import PrintFigure, draw_figure
from layers.figure._prose import letters
from layers.figure._sizes import SIZES, SizeName
from layers.figure._type import FONTS, families_for

SIZE_NAMES: tuple[SizeName, ...] = tuple(size.name for size in SIZES.values())
"""The sizes of a figure, by name."""

__all__ = ["FONTS", "SIZE_NAMES", "PrintFigure", "SizeName", "draw_figure", "families_for", "letters"]
