"""Plans as a figure for print."""

from layers.figure._draw import PrintFigure, draw_figure

__all__ = ["PrintFigure", "draw_figure"]
