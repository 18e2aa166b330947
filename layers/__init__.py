"""Plans and places as frames, maps and files.

``layers`` knows how things look and are written down; it never decides what a reporter meant.
"""

from typing import TYPE_CHECKING, Any

from layers._context import ContextSet, load_context
from layers._draw import draw_map
from layers._elements import Basemap, PlanLayer, PlanTable, SourcePane, Timeline
from layers._errors import (
    ArchiveMapError,
    ContextError,
    FigureError,
    LanguageError,
    LayersError,
    MissingPartError,
    PointsError,
    PublishedError,
    RemoteAssetWarning,
    ReportError,
    UnquotedMarkError,
)
from layers._frames import places_to_frame, plans_to_frame
from layers._manifest import write_citations, write_manifest
from layers._marks import marked_plans
from layers._messages import languages
from layers._options import MapOptions
from layers._parts import MapPart
from layers._plan_map import OfflineMap, PlanMap
from layers._points import CitedPoints
from layers._protocols import Gazetteer
from layers.archived import ArchiveAbout, ArchiveMap, draw_archive
from layers.changes import changes_data, changes_listing, draw_changes
from layers.exports import (
    write_annotations,
    write_csv,
    write_data,
    write_datapackage,
    write_geojson,
    write_geopackage,
    write_geoparquet,
    write_kml,
    write_linked_places,
)
from layers.notebook import PlanFrame, Shown, show
from layers.published import Carried, Finding, QuoteCheck, Verification, open_published, verify_published
from layers.report import EmbedOptions, alt_text, long_description, write_bibliography, write_embeds, write_report

if TYPE_CHECKING:
    from layers.figure import PrintFigure, draw_figure

__all__ = [
    "ArchiveAbout",
    "ArchiveMap",
    "ArchiveMapError",
    "Basemap",
    "Carried",
    "CitedPoints",
    "ContextError",
    "ContextSet",
    "EmbedOptions",
    "FigureError",
    "Finding",
    "Gazetteer",
    "LanguageError",
    "LayersError",
    "MapOptions",
    "MapPart",
    "MissingPartError",
    "OfflineMap",
    "PlanFrame",
    "PlanLayer",
    "PlanMap",
    "PlanTable",
    "PointsError",
    "PrintFigure",
    "PublishedError",
    "QuoteCheck",
    "RemoteAssetWarning",
    "ReportError",
    "Shown",
    "SourcePane",
    "Timeline",
    "UnquotedMarkError",
    "Verification",
    "alt_text",
    "changes_data",
    "changes_listing",
    "draw_archive",
    "draw_changes",
    "draw_figure",
    "draw_map",
    "languages",
    "load_context",
    "long_description",
    "marked_plans",
    "open_published",
    "places_to_frame",
    "plans_to_frame",
    "show",
    "verify_published",
    "write_annotations",
    "write_bibliography",
    "write_citations",
    "write_csv",
    "write_data",
    "write_datapackage",
    "write_embeds",
    "write_geojson",
    "write_geopackage",
    "write_geoparquet",
    "write_kml",
    "write_linked_places",
    "write_manifest",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Load what draws figures when it is asked for: matplotlib takes as long to load as two articles take to read."""
    if name not in ("PrintFigure", "draw_figure"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import layers.figure

    return getattr(layers.figure, name)
