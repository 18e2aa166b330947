"""A plan map is a folium map: what a user adds is on it, and what needs the network is named."""

from __future__ import annotations

import re
import warnings

import folium
import pytest
from folium.plugins import MarkerCluster

from layers import Basemap, PlanLayer, RemoteAssetWarning, SourcePane
from sources import Reading


def test_a_plan_map_is_a_folium_map(plan_map):
    assert isinstance(plan_map, folium.Map)


def test_a_marker_and_a_group_of_the_user_are_on_the_saved_map(plan_map, visit, tmp_path):
    folium.Marker([26.2, 127.7], popup="A <b>popup</b>", tooltip="tip").add_to(plan_map)
    group = folium.FeatureGroup(name="Mine").add_to(plan_map)
    folium.CircleMarker([24, 124], radius=5, color="green").add_to(group)
    folium.Marker([20, 122], icon=folium.Icon(color="red")).add_to(group)
    folium.LayerControl().add_to(plan_map)
    page = visit(plan_map.save_offline(tmp_path / "map.html"))
    assert page.said == [] and all(url.startswith(("file:", "data:")) for url in page.asked)
    assert page.locator(".leaflet-marker-icon[src^='data:']").count() == 2
    assert page.locator("path[stroke=green]").count() == 1
    page.evaluate("document.querySelector('.leaflet-marker-icon[src]').click()")
    page.wait_for_timeout(100)
    assert page.inner_text(".leaflet-popup-content b") == "popup"


def test_no_part_of_folium_is_fetched_from_elsewhere(plan_map):
    assert plan_map.remote_assets() == []
    assert not re.search(r"cdn\.|cdnjs|bootstrapcdn|code\.jquery", plan_map.get_root().render())


def test_what_a_plugin_fetches_is_listed_and_warned_of(plan_map, tmp_path):
    MarkerCluster().add_to(plan_map)
    folium.TileLayer("https://tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(plan_map)
    listed = plan_map.remote_assets()
    assert any("markercluster" in url for url in listed) and "https://tiles.example/{z}/{x}/{y}.png" in listed
    with pytest.warns(RemoteAssetWarning, match="markercluster"):
        plan_map.save_offline(tmp_path / "map.html")


def test_a_map_without_plugins_is_saved_without_a_warning(plan_map, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plan_map.save(str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").stat().st_size > 100_000


def test_a_notebook_shows_the_map_in_a_sandboxed_frame(plan_map, visit, tmp_path):
    shown = plan_map._repr_html_()
    assert 'sandbox="allow-scripts' in shown and "allow-same-origin" not in shown
    (tmp_path / "cell.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{shown}", encoding="utf-8")
    page = visit(tmp_path / "cell.html")
    frame = page.frame_locator("iframe")
    frame.locator(".cm-overlay .cm-badge").first.wait_for()
    assert frame.locator("path.cm-chain").count() == 1
    assert all(url.startswith(("file:", "about:")) for url in page.asked)


def test_layers_of_the_user_have_stable_ids(plan_map):
    folium.FeatureGroup(name="Mine").add_to(plan_map)
    html = plan_map.get_root().render()
    assert not re.search(r"(?:map|feature_group)_[0-9a-f]{32}", html) and "feature_group_2" in html


def test_rendering_twice_gives_the_same_page(plan_map):
    assert plan_map.get_root().render() == plan_map.get_root().render()


def test_what_a_plugin_loads_is_written_into_the_page_where_its_package_is_at_hand(plan_map, visit, tmp_path):
    package = tmp_path / "node_modules" / "leaflet.markercluster"
    (package / "dist").mkdir(parents=True)
    (package / "package.json").write_text('{"version": "1.1.0"}')
    (package / "dist" / "leaflet.markercluster.js").write_text("L.markerClusterGroup = (o) => L.layerGroup([], o); window.clustered = 1;")
    (package / "dist" / "MarkerCluster.css").write_text(".marker-cluster { color: rgb(1, 2, 3) }")
    (package / "dist" / "MarkerCluster.Default.css").write_text(".marker-cluster-small { color: red }")
    cluster = MarkerCluster().add_to(plan_map)
    folium.Marker([22, 122]).add_to(cluster)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        page = visit(plan_map.save_offline(tmp_path / "map.html", packages=tmp_path / "node_modules"))
    assert page.evaluate("window.clustered") == 1 and page.said == [] and page.locator(".leaflet-marker-icon[src]").count() == 1


def test_a_package_in_another_version_is_not_taken_for_the_one_that_is_named(plan_map, tmp_path):
    package = tmp_path / "leaflet.markercluster"
    package.mkdir()
    (package / "package.json").write_text('{"version": "1.5.3"}')
    (package / "leaflet.markercluster.js").write_text("")
    MarkerCluster().add_to(plan_map)
    with pytest.warns(RemoteAssetWarning, match="leaflet.markercluster.js"):
        plan_map.save_offline(tmp_path / "map.html", packages=tmp_path)


def test_the_parts_work_in_a_plain_map_of_folium(reading, gazetteer, visit_plain):
    m = folium.Map([26, 126], zoom_start=5, tiles=None)
    for part in (Basemap((118, 5, 132, 34)), PlanLayer(reading, gazetteer), SourcePane(reading, gazetteer)):
        part.add_to(m)
    page = visit_plain(m)
    page.wait_for_selector(".cm-overlay .cm-badge")
    assert page.locator("path.cm-chain").count() == 1 and page.locator(".cm-card").count() == len(reading.plans)


def test_two_readings_on_one_map_are_refused(plan_map, gazetteer):
    PlanLayer(Reading(articles=()), gazetteer).add_to(plan_map)
    with pytest.raises(ValueError, match="another reading"):
        plan_map.get_root().render()
