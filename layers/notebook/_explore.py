"""A frame on our own ground: what geopandas' ``explore`` draws, without a network and without a text that runs."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from layers._errors import PointsError
from layers._marks import REGION_SPAN
from layers._messages import load_messages, say
from layers._page import Raw
from layers._plan_map import OfflineMap
from layers._shapes import Bounds, main_bounds, unwrap
from layers._style import load_styles
from layers.notebook._legend import as_page_text, bar, swatches
from layers.notebook._safe_columns import plain_feature, plain_text, safe_column, safe_names, safe_text
from sources import STATUSES

READ = ("number", "status", "summary", "place", "text", "kind", "when_said", "quote", "score", "reason", "source")
"""Columns of our own frames that a reader needs at a glance."""

_ELSEWHERE = ("crs", "control_scale", "height", "left", "map_kwds", "position", "top", "width")
"""What of geopandas' own map ours has not."""
_TOOLTIP = "white-space:normal;width:max-content;max-width:340px;font-size:12px"
_PLOT, _COLOUR = "__plottable_column", "__folium_color"
_WORLD: Bounds = (-170.0, -60.0, 190.0, 80.0)


def explored(
    frame: gpd.GeoDataFrame,
    *,
    column: Any,
    cmap: Any,
    color: Any,
    m: folium.Map | None,
    tiles: Any,
    attr: str | None,
    tooltip: Any,
    popup: Any,
    legend: bool,
    legend_kwds: Mapping[str, Any],
    missing_kwds: Mapping[str, Any],
    title: str | None,
    others: dict[str, Any],
) -> folium.Map:
    """Draw a frame as :meth:`layers.PlanFrame.explore` says."""
    if unknown := [name for name in _ELSEWHERE if name in others]:
        raise TypeError(f"explore() has no {unknown[0]!r} on our own map; make a folium.Map with it and give that as m=")
    safe, names = _safe_frame(frame)
    given = frame[frame.geometry.name]
    there = ~(given.isna() | given.is_empty)
    drawn = safe[there.to_numpy()]
    chosen, labels = _column(frame, column, color, safe, names)
    if chosen == _PLOT:
        drawn = drawn.assign(**{_PLOT: safe_column(pd.Series(list(column)))[there.to_numpy()].to_numpy()})
    own = m is None
    if m is None:
        m = OfflineMap(_bounds(drawn, others, whole=column is not None), title=_title(title, int(there.sum()), len(frame)))
        if tiles is not None:
            folium.TileLayer(tiles, attr=attr).add_to(m)
    for name in ("location", "zoom_start") if own else ():
        others.pop(name, None)
    if drawn.empty:
        return m
    drawn = drawn.iloc[np.argsort(-shapely.area(drawn.geometry.to_numpy()), kind="stable")] if not _per_row(color, chosen) else drawn
    status = chosen is not None and column is None
    if status:
        hues = {style["id"]: style["hue"] for style in load_styles()}
        cmap, categories = [hues[one] for one in STATUSES], list(STATUSES)
        others["categories"] = [safe_text(one) for one in categories]
    elif others.get("categories") is not None:
        others["categories"] = [safe_text(str(one)) if isinstance(one, str) else one for one in others["categories"]]
    _style(others, frozenset() if column is not None else _wide(drawn), fill=0.28 if column is None else 0.6)
    gpd.GeoDataFrame(drawn).explore(
        column=chosen,
        cmap=cmap,
        color=names.get(color, color) if isinstance(color, str) else color,
        m=m,
        tooltip=_fields(tooltip, frame, names),
        popup=_fields(popup, frame, names),
        tooltip_kwds=_words(others.pop("tooltip_kwds", {}), _fields(tooltip, frame, names), labels, style=_TOOLTIP),
        popup_kwds=_words(others.pop("popup_kwds", {}), _fields(popup, frame, names), labels),
        legend=False,
        missing_kwds={key: value for key, value in missing_kwds.items() if key != "label"},
        **others,
    )
    if legend and chosen is not None:
        caption = str(legend_kwds.get("caption", "" if chosen == _PLOT else column if column is not None else "status"))
        _add_legend(m, drawn[chosen], caption, cmap, others, legend_kwds, missing_kwds)
    return m


def _safe_frame(frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, dict[Any, str]]:
    """Return the frame as folium may hold it, in EPSG:4326, its rows counted anew, and its columns' new names by the old ones."""
    if frame.crs is None:
        raise PointsError(
            'the frame has no CRS, so nobody can say where its shapes lie; set it with set_crs("EPSG:4326") or the one it has'
        )
    active = frame.geometry.name
    others = [name for name, dtype in frame.dtypes.items() if name != active and str(dtype) != "geometry"]
    names = safe_names(others)
    shapes = frame.geometry.reset_index(drop=True).to_crs(4326)
    rings = shapes.geom_type == "LinearRing"
    if rings.any():
        shapes[rings] = shapes[rings].apply(LineString)
    columns = {names[name]: safe_column(frame[name].reset_index(drop=True)) for name in others}
    for level in [level for level in frame.index.names if level is not None and level not in names]:
        names[level] = safe_names([*names, level])[level]
        columns = {names[level]: safe_column(pd.Series(frame.index.get_level_values(level))), **columns}
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=4326), names


def _column(
    frame: gpd.GeoDataFrame, column: Any, color: Any, safe: gpd.GeoDataFrame, names: dict[Any, str]
) -> tuple[str | None, dict[str, str]]:
    """Return the column to colour by, by its new name, and what each column is called in a tooltip."""
    labels = {new: safe_text(str(old)) for old, new in names.items()}
    if column is None:
        known = color is None and "status" in names and set(frame["status"].dropna().unique()) <= set(STATUSES)
        return (names["status"] if known and frame["status"].notna().all() and len(frame) else None), labels
    if pd.api.types.is_list_like(column):
        if len(column) != len(frame):
            raise ValueError(f"column has {len(column)} values and the frame {len(frame)} rows; give one value a row")
        return _PLOT, labels
    if column not in names:
        raise KeyError(f"{column!r} is no column of the frame; it has {', '.join(str(name) for name in list(names)[:12])}")
    return names[column], labels


def _per_row(color: Any, chosen: str | None) -> bool:
    """Whether colours were given by the order of the rows, which then must stay."""
    return (color is not None and not isinstance(color, str)) or chosen == _PLOT


def _bounds(drawn: gpd.GeoDataFrame, others: Mapping[str, Any], *, whole: bool) -> Bounds:
    """Return the box to open on: the rows' own, or one around ``location`` as wide as ``zoom_start`` shows."""
    if (place := others.get("location")) is not None:
        lat, lon = place
        half = 180 * 4 / 2 ** float(others.get("zoom_start", 6))
        return (lon - half, max(lat - half / 2, -80.0), lon + half, min(lat + half / 2, 84.0))
    if drawn.empty:
        return _WORLD
    west, south, east, north = _near_bounds(drawn, whole)
    margin = max((east - west) * 0.06, (north - south) * 0.06, 0.35)
    west, south, east, north = west - margin, max(south - margin, -82.0), east + margin, min(north + margin, 84.0)
    return (west, south, east, north) if all(math.isfinite(value) for value in (west, south, east, north)) else _WORLD


def _near_bounds(drawn: gpd.GeoDataFrame, whole: bool) -> Bounds:
    """Return the box of the rows without those as wide as half a continent, where there are finer ones; ``whole`` keeps them.

    East may pass 180.
    """
    shapes = drawn.geometry.tolist()
    around = float(np.median([shape.representative_point().x for shape in shapes]))
    boxes = [main_bounds(unwrap(shape, around)) if shape.geom_type != "Point" else unwrap(shape, around).bounds for shape in shapes]
    fine = [box for box in boxes if whole or max(box[2] - box[0], box[3] - box[1]) <= REGION_SPAN] or boxes
    west, south = (float(min(box[at] for box in fine)) for at in (0, 1))
    east, north = (float(max(box[at] for box in fine)) for at in (2, 3))
    return west, south, east, north


def _title(title: str | None, drawn: int, every: int) -> str:
    if title is not None:
        return title
    return "" if drawn == every else say(load_messages(), "notebook.rows", drawn=drawn, all=every)


def _wide(drawn: gpd.GeoDataFrame) -> frozenset[str]:
    """Return the rows, by their ids, that are as wide as half a continent, where there are finer ones: these may not shout."""
    boxes = {str(key): main_bounds(shape) for key, shape in drawn.geometry.items() if shape.geom_type not in ("Point", "MultiPoint")}
    wide = frozenset(key for key, box in boxes.items() if max(box[2] - box[0], box[3] - box[1]) > REGION_SPAN)
    return wide if len(wide) < len(drawn) else frozenset()


def _style(others: dict[str, Any], wide: frozenset[str], *, fill: float) -> None:
    """Set what a crowded ground needs, where the user says nothing: a light fill, points that can be hit; wrap the user's own function."""
    style = dict(others.get("style_kwds") or {})
    style.setdefault("fillOpacity", fill)
    if callable(own := style.get("style_function")):
        style["style_function"] = lambda feature: own(plain_feature(feature))
    elif wide:
        style["style_function"] = lambda feature: {"fillOpacity": 0.04, "opacity": 0.45, "weight": 0.8} if feature["id"] in wide else {}
    others["style_kwds"] = style
    others["highlight_kwds"] = dict(others.get("highlight_kwds") or {"fillOpacity": 0.75, "weight": 4})
    marker = dict(others.get("marker_kwds") or {})
    if others.get("marker_type") in (None, "circle_marker"):
        marker.setdefault("radius", 6)
    others["marker_kwds"] = marker


def _fields(wanted: Any, frame: gpd.GeoDataFrame, names: Mapping[Any, str]) -> Any:
    """Return the columns to tell of a shape, by their new names; None asks for those that a reader needs."""
    if wanted is None:
        wanted = [name for name in READ if name in names] or True
    if wanted is True:
        return list(names.values())
    if wanted is False or (isinstance(wanted, int) and wanted == 0):
        return False
    if isinstance(wanted, int):
        return list(names.values())[:wanted]
    wanted = [wanted] if isinstance(wanted, str) else list(wanted)
    if lost := [name for name in wanted if name not in names]:
        raise KeyError(
            f"{lost[0]!r} is no column of the frame that can be told; it has {', '.join(str(name) for name in list(names)[:12])}"
        )
    return [names[name] for name in wanted]


def _words(given: Mapping[str, Any], fields: Any, labels: Mapping[str, str], **defaults: Any) -> dict[str, Any]:
    """Return the options of a tooltip or popup, its words as safe text."""
    if not fields:
        return {}
    words = {**defaults, **given}
    aliases = given.get("aliases")
    words["aliases"] = [safe_text(str(alias)) for alias in aliases] if aliases is not None else [labels[field] for field in fields]
    return words


def _add_legend(
    m: folium.Map,
    values: pd.Series,
    caption: str,
    cmap: Any,
    options: Mapping[str, Any],
    words: Mapping[str, Any],
    missing: Mapping[str, Any],
) -> None:
    """Write the key beside the map: classes of what was drawn, or the range."""
    scheme, categorical = options.get("scheme"), _categorical(values, options)
    there = values.dropna()
    if there.empty or (callable(cmap) and not hasattr(cmap, "N")):
        return
    if categorical:
        levels = pd.Categorical(there, categories=options.get("categories")).categories
        colours = _colours(cmap or "tab20", len(levels))
        used = [
            (level, colour)
            for level, colour in zip(levels, colours, strict=False)
            if options.get("categories") is None or level in set(there)
        ]
        labels = [plain_text(str(level)) for level, _ in used]
        given = words.get("labels")
        if given is not None and len(given) != len(labels):
            raise ValueError(f"legend_kwds has {len(given)} labels for {len(labels)} classes; give one a class")
        key = swatches(caption, [*(given or labels), *_gap(values, missing)], [*(colour for _, colour in used), str(missing.get("color"))])
    elif scheme is not None:
        from mapclassify import classify

        wishes = {"k": options.get("k", 5), **(options.get("classification_kwds") or {})}
        classes = classify(np.asarray(there), scheme, **wishes)
        labels = list(words.get("labels") or classes.get_legend_classes(words.get("fmt", "{:.2f}")))
        key = swatches(caption, [*labels, *_gap(values, missing)], [*_colours(cmap, classes.k), str(missing.get("color"))])
    else:
        low, high = (float(given if given is not None else edge) for given, edge in (
            (options.get("vmin"), there.min()), (options.get("vmax"), there.max())))  # fmt: skip
        key = bar(caption, f"{low:g}", f"{high:g}", _colours(cmap, 9))
    root: Any = m.get_root()
    root.html.add_child(Raw(as_page_text(key)))


def _gap(values: pd.Series, missing: Mapping[str, Any]) -> list[str]:
    return [str(missing.get("label", load_messages()["notebook.values"]))] if missing.get("color") and values.isna().any() else []


def _categorical(values: pd.Series, options: Mapping[str, Any]) -> bool:
    dtype = values.dtype
    return bool(
        options.get("categorical")
        or options.get("categories") is not None
        or isinstance(dtype, pd.CategoricalDtype)
        or pd.api.types.is_object_dtype(dtype)
        or pd.api.types.is_string_dtype(dtype)
        or pd.api.types.is_bool_dtype(dtype)
    )


def _colours(cmap: Any, count: int) -> Sequence[str]:
    """Return as many colours as there are classes, as geopandas takes them from a map of colours or a list."""
    from matplotlib import colormaps, colors

    if isinstance(cmap, list | tuple):
        return [str(cmap[number % len(cmap)]) for number in range(count)]
    colour_of: Callable[[Any], Any] = colormaps[cmap or "viridis"].resampled(count) if isinstance(cmap, str | None) else cmap
    return [colors.to_hex(colour_of(number if isinstance(cmap, str | None) else number / max(count - 1, 1))) for number in range(count)]
