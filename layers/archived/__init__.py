"""The map of an archive: counts by place and period, the quotes of the most cited plans, one page."""

from layers.archived._about import ArchiveAbout
from layers.archived._draw import draw_archive
from layers.archived._page import ArchiveMap

__all__ = ["ArchiveAbout", "ArchiveMap", "draw_archive"]
