"""Reports, embeds and bibliographies: the map with its notes and sources, in the forms that other documents take."""

from layers.report._bibliography import write_bibliography
from layers.report._embeds import EmbedOptions, write_embeds
from layers.report._report import check_report_path, write_report
from layers.report._telling import alt_text, long_description

__all__ = ["EmbedOptions", "alt_text", "check_report_path", "long_description", "write_bibliography", "write_embeds", "write_report"]
