"""Reports, embeds and bibliographies: the map with its notes and sources, in the forms that other documents take."""

from layers.report._bibliography import write_bibliography

__all__ = ["write_bibliography"]
