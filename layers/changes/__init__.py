"""The difference of two published maps: in words, as data, and as a map."""

from layers.changes._draw import draw_changes
from layers.changes._words import changes_data, changes_listing

__all__ = ["changes_data", "changes_listing", "draw_changes"]
