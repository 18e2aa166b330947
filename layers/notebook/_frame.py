"""Plans and places as a GeoDataFrame that explores itself on our own ground."""

from __future__ import annotations

from typing import Any

import folium
import geopandas as gpd


class PlanFrame(gpd.GeoDataFrame):  # type: ignore[misc]
    """A GeoDataFrame whose :meth:`explore` needs no network and runs no text of an article; all else is geopandas' own.

    Made by ``citemap.plans`` and ``citemap.places``; any GeoDataFrame becomes one by ``PlanFrame(frame)``. It stays one through selecting,
    sorting, joining, ``to_crs``, ``dissolve``, ``copy`` and pickling; without a geometry column it becomes a plain DataFrame, as in
    geopandas. Columns and CRS are those of the frame that it is made from.

    >>> from shapely import Point
    >>> frame = PlanFrame({"place": ["Kilifi"]}, geometry=[Point(39.85, -3.63)], crs="EPSG:4326")
    >>> type(frame[frame.place == "Kilifi"]).__name__
    'PlanFrame'
    """

    def explore(
        self,
        column: Any = None,
        cmap: Any = None,
        color: Any = None,
        m: folium.Map | None = None,
        tiles: Any = None,
        attr: str | None = None,
        tooltip: Any = None,
        popup: Any = False,
        legend: bool = True,
        legend_kwds: dict[str, Any] | None = None,
        missing_kwds: dict[str, Any] | None = None,
        title: str | None = None,
        **kwargs: Any,
    ) -> folium.Map:
        """Draw the rows on our own ground and return the map: an :class:`layers.OfflineMap`, or ``m`` where one is given.

        Arguments are those of ``geopandas.GeoDataFrame.explore``: ``column``, ``cmap``, ``scheme`` and ``k`` (by ``mapclassify``),
        ``categories``, ``color``, ``tooltip``, ``popup``, ``legend``, ``style_kwds``, ``marker_type``, ``m`` and so on. What differs:

        - No network: the ground is Natural Earth from the page itself; ``tiles`` names a tile server only where you ask for one.
        - Text is text: values, names of columns, aliases and legends are escaped; nothing in them is markup, template or code. Functions
          for style and colour see the values as they are.
        - Without ``column`` and ``color``, a ``status`` of plans gives the colours of our maps. ``tooltip=None`` tells the columns that a
          reader needs; True tells all, as geopandas does.
        - Smaller shapes lie above larger ones, and fills are lighter, so that a country does not hide an island. Several plans at one
          place lie on one another: the one on top answers the pointer; ``citemap.draw`` counts them.
        - Rows without a geometry are left out and counted in the title; ``title`` says something else, "" nothing.
        - The legend is written without a script. ``colorbar``, ``scale``, ``interval`` and ``max_labels`` have no effect on it.
        - ``map_kwds``, ``width``, ``height``, ``control_scale`` and ``crs`` belong to a map of your own: TypeError names ``m=``.

        Any CRS is taken and drawn in EPSG:4326. Dates are told as ISO 8601, other objects as their ``str``, missing values as nothing.
        Raises :class:`layers.PointsError` where the frame has no CRS, KeyError where a column is not there, ValueError as geopandas does.
        Reads files of the package; no network.

        >>> from shapely import Point
        >>> frame = PlanFrame({"place": ["Kilifi"]}, geometry=[Point(39.85, -3.63)], crs="EPSG:4326")
        >>> frame.explore().remote_assets()
        []
        """
        from layers.notebook._explore import explored

        return explored(
            self,
            column=column,
            cmap=cmap,
            color=color,
            m=m,
            tiles=tiles,
            attr=attr,
            tooltip=tooltip,
            popup=popup,
            legend=legend,
            legend_kwds=legend_kwds or {},
            missing_kwds=missing_kwds or {},
            title=title,
            others=dict(kwargs),
        )

    def dissolve(self, *args: Any, **kwargs: Any) -> PlanFrame:
        """Dissolve as geopandas does, into a frame of the same sort."""
        return PlanFrame(super().dissolve(*args, **kwargs))

    def overlay(self, *args: Any, **kwargs: Any) -> PlanFrame:
        """Overlay as geopandas does, into a frame of the same sort."""
        return PlanFrame(super().overlay(*args, **kwargs))

    def explode(self, *args: Any, **kwargs: Any) -> PlanFrame:
        """Explode as geopandas does, into a frame of the same sort."""
        return PlanFrame(super().explode(*args, **kwargs))
