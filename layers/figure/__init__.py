"""Plans as a figure for print."""

from layers.figure._draw import PrintFigure, draw_figure
from layers.figure._prose import letters
from layers.figure._type import FONTS, families_for

__all__ = ["FONTS", "PrintFigure", "draw_figure", "families_for", "letters"]
