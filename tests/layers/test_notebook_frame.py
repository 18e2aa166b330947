"""Frames that explore themselves: their type stays, nothing is fetched, values and words come through as they are."""

from __future__ import annotations

import json
import pickle
import re
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely import LinearRing, Point, box

import citemap
from layers import OfflineMap, PlanFrame, PointsError
from layers.notebook._safe_columns import plain_text, safe_column, safe_names, safe_text


@pytest.fixture(scope="module")
def plans() -> Any:
    return citemap.plans(
        citemap.read_text("Kenya will build a naval pier at Kilifi. A radar station is planned. Tanzania plans a depot on Pemba Island.")
    )


def ports(**columns: Any) -> Any:
    rows: dict[str, Any] = {"port": ["A", "B", "C"], "ships": [1, 5, 9]} | columns
    return PlanFrame(rows, geometry=[Point(39.8, -3.6), Point(40.2, -3.2), box(40, -4, 40.4, -3.7)], crs="EPSG:4326")


def features(drawn: folium.Map) -> list[dict[str, Any]]:
    layer = next(child for child in drawn._children.values() if isinstance(child, folium.GeoJson))
    return list(layer.data["features"])


def properties(drawn: folium.Map, key: str) -> list[Any]:
    return [feature["properties"][key] for feature in features(drawn)]


def page(drawn: folium.Map) -> str:
    return str(drawn.get_root().render())


# the type


@pytest.mark.parametrize(
    "step",
    [
        lambda f: f[f.status == "planned"],
        lambda f: f.copy(),
        lambda f: f.to_crs(3857),
        lambda f: f.sort_values("number"),
        lambda f: f.merge(pd.DataFrame({"status": ["planned"], "x": [1]})),
        lambda f: pd.concat([f, f]),
        lambda f: f.assign(a=1).reset_index(),
        lambda f: f.rename_geometry("shape"),
        lambda f: f.dissolve("status", aggfunc="first"),
        lambda f: f.explode(),
        lambda f: f.overlay(f.dissolve(), keep_geom_type=False),
        lambda f: f.cx[30:50, -10:0],
        lambda f: pickle.loads(pickle.dumps(f)),
    ],
    ids=["select", "copy", "to_crs", "sort", "merge", "concat", "assign", "rename", "dissolve", "explode", "overlay", "cx", "pickle"],
)
def test_a_plan_frame_stays_one(plans: Any, step: Any) -> None:
    assert type(step(plans)) is PlanFrame


def test_without_geometry_it_is_a_plain_table(plans: Any) -> None:
    assert type(plans[["status", "place"]]) is pd.DataFrame


def test_a_frame_is_written_and_read_back_as_any_other(plans: Any, tmp_path: Any) -> None:
    plans[["number", "status", "geometry"]].to_file(tmp_path / "plans.gpkg")
    assert gpd.read_file(tmp_path / "plans.gpkg").status.tolist() == plans.status.tolist()


# the map


def test_exploring_asks_the_network_for_nothing(plans: Any) -> None:
    drawn = plans.explore()
    assert isinstance(drawn, OfflineMap) and drawn.remote_assets() == []


@pytest.mark.parametrize(
    "options", [{"column": "ships"}, {"column": "ships", "scheme": "Quantiles", "k": 2}, {"column": "port", "popup": True}]
)
def test_a_legend_asks_the_network_for_nothing(options: dict[str, Any]) -> None:
    drawn = ports().explore(**options)
    assert drawn.remote_assets() == [] and 'class="citemap-legend"' in page(drawn)


def test_plans_have_the_colours_of_their_status(plans: Any) -> None:
    assert set(properties(plans.explore(), "__folium_color")) == {"#D55E00"}


def test_rows_without_a_geometry_are_left_out_and_counted(plans: Any) -> None:
    drawn = plans.explore()
    assert len(features(drawn)) == 2 and "2 of 3 rows on the map" in page(drawn)


def test_a_frame_without_any_geometry_is_a_map_without_rows(plans: Any) -> None:
    drawn = plans[plans.geometry.isna()].explore()
    assert isinstance(drawn, OfflineMap) and "0 of 1 rows" in page(drawn)


def test_an_empty_frame_is_an_empty_map(plans: Any) -> None:
    assert plans.iloc[:0].explore().remote_assets() == []


def test_a_map_of_the_users_own_is_drawn_on() -> None:
    mine = folium.Map()
    assert ports().explore(m=mine) is mine and len(features(mine)) == 3


def test_a_frame_in_metres_is_drawn_in_degrees() -> None:
    drawn = ports().to_crs(3857).explore()
    assert features(drawn)[1]["geometry"]["coordinates"] == pytest.approx((39.8, -3.6))


def test_smaller_shapes_lie_above_larger_ones() -> None:
    assert [feature["geometry"]["type"] for feature in features(ports().explore())] == ["Polygon", "Point", "Point"]


def test_a_ring_is_drawn_as_a_line() -> None:
    frame = PlanFrame({"a": [1]}, geometry=[LinearRing([(0, 0), (1, 0), (1, 1)])], crs=4326)
    assert features(frame.explore())[0]["geometry"]["type"] == "LineString"


def test_a_frame_without_a_crs_is_refused() -> None:
    with pytest.raises(PointsError, match="no CRS"):
        PlanFrame({"a": [1]}, geometry=[Point(0, 0)]).explore()


def test_an_option_of_geopandas_own_map_names_the_way_out() -> None:
    with pytest.raises(TypeError, match="m="):
        ports().explore(width=300)


@pytest.mark.parametrize("options", [{"column": "no"}, {"tooltip": ["no"]}, {"popup": "no"}])
def test_a_column_that_is_not_there_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(KeyError, match="'no' is no column"):
        ports().explore(**options)


def test_the_options_of_one_call_are_not_kept_for_the_next() -> None:
    style: dict[str, Any] = {"weight": 1}
    ports().explore(style_kwds=style, marker_kwds=style)
    assert style == {"weight": 1}


# values


def test_values_come_through_with_their_types() -> None:
    drawn = ports(
        whole=pd.array([1, None, 3], dtype="Int64"),
        share=[0.5, np.nan, np.inf],
        sure=[True, False, True],
        day=pd.to_datetime(["2026-03-02", None, "2026-03-04"]),
        kind=pd.Categorical(["x", "y", "x"]),
        many=[[1], {"a": 2}, None],
        raw=[b"ab", None, b"c"],
    ).explore(tooltip=True)
    by_port = {feature["properties"]["port"]: feature["properties"] for feature in features(drawn)}
    one, two, three = by_port["A"], by_port["B"], by_port["C"]
    assert (one["whole"], two["whole"], three["whole"]) == (1, None, 3)
    assert (one["share"], two["share"], three["share"]) == (0.5, None, None)
    assert (one["sure"], two["sure"]) == (True, False)
    assert (one["day"], two["day"]) == ("2026-03-02T00:00:00", None)
    assert (one["kind"], one["many"], plain_text(two["many"]), three["many"], one["raw"]) == ("x", "[1]", "{'a': 2}", None, "ab")
    json.dumps(by_port, allow_nan=False)


def test_a_named_index_is_told_and_another_is_not() -> None:
    assert sorted(properties(ports().set_index("port").explore(tooltip=True), "port")) == ["A", "B", "C"]
    assert "index" not in features(ports().explore(tooltip=True))[0]["properties"]


def test_a_style_function_sees_words_as_they_are() -> None:
    seen = []
    page(
        ports(port=["A & B", "<b>", "{{ 1 }}"]).explore(style_kwds={"style_function": lambda f: seen.append(f["properties"]["port"]) or {}})
    )
    assert set(seen) == {"A & B", "<b>", "{{ 1 }}"}


def test_a_function_gives_the_colours_of_numbers() -> None:
    drawn = ports().explore(column="ships", cmap=lambda value: "#ff0000" if value > 4 else "#00ff00")
    assert sorted(properties(drawn, "__folium_color")) == ["#00ff00", "#ff0000", "#ff0000"]


def test_categories_keep_their_order_and_missing_ones_are_named() -> None:
    drawn = ports(port=["b", None, "a"]).explore(
        column="port", categories=["b", "a"], cmap=["#111111", "#222222"], missing_kwds={"color": "#999999"}
    )
    legend = page(drawn).split('class="citemap-legend"')[1]
    assert re.findall(r'<span dir="auto">([^<]*)', legend)[:3] == ["b", "a", "not stated"]
    assert sorted(properties(drawn, "__folium_color")) == ["#111111", "#222222", "#999999"]


@pytest.mark.parametrize("text", ["<b>", "{{ 7 * 7 }}", "{% raw %}", "`${1}`", "a & b", "'\"", "\\u003c", "&lt;"])
def test_safe_text_says_the_same_and_holds_no_sign_of_code(text: str) -> None:
    assert plain_text(safe_text(text)) == text
    assert set(safe_text(text)) & set("<>{}`'\"%\\") == set()


def test_two_names_of_columns_never_become_one() -> None:
    assert len(set(safe_names(["<a>", "column 1", "<b>", "column 3", 1, "1"]).values())) == 6


def test_a_template_in_a_value_is_not_run_in_python() -> None:
    assert "49" not in re.findall(r'"port": "([^"]*)"', page(ports(port=["{{ 7 * 7 }}", "{% endraw %}{{ 7 * 7 }}", "c"]).explore()))


def test_a_column_of_texts_stays_missing_where_it_is() -> None:
    assert safe_column(pd.Series(["a", pd.NA, None, np.nan], dtype=object)).tolist() == ["a", None, None, None]
