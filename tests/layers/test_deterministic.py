"""Same in, same out; what other machines make of the same is in tests/test_repeatable.py."""

from __future__ import annotations

from layers import draw_map, write_csv, write_geojson


def test_two_maps_of_one_process_are_the_same(reading, gazetteer):
    assert draw_map(reading, gazetteer).get_root().render() == draw_map(reading, gazetteer).get_root().render()


def test_an_export_leaves_no_temporary_file(reading, gazetteer, tmp_path):
    write_geojson(reading, gazetteer, tmp_path / "a.geojson")
    write_csv(reading, gazetteer, tmp_path / "a.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.geojson"]
