"""Same in, same out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from layers import draw_map, write_csv, write_geojson

ROOT = Path(__file__).parents[2]
BUILD = """
import sys
from pathlib import Path
from layers import draw_map, load_context, write_csv, write_geojson
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import make_reading
out, gazetteer, reading = Path(sys.argv[1]), FakeGazetteer(), make_reading()
draw_map(reading, gazetteer, context=load_context(Path("tests/layers/context"))).save_offline(out / "map.html")
write_geojson(reading, gazetteer, out / "plans.geojson")
write_csv(reading, gazetteer, out / "plans.csv")
"""


def test_two_processes_with_other_hash_seeds_write_the_same_bytes(tmp_path):
    written = []
    for seed in ("1", "4242"):
        folder = tmp_path / seed
        folder.mkdir()
        subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        written.append({path.name: path.read_bytes() for path in sorted(folder.iterdir())})
    assert len(written[0]) == 3 and written[0] == written[1]


def test_two_maps_of_one_process_are_the_same(reading, gazetteer):
    assert draw_map(reading, gazetteer).get_root().render() == draw_map(reading, gazetteer).get_root().render()


def test_an_export_leaves_no_temporary_file(reading, gazetteer, tmp_path):
    write_geojson(reading, gazetteer, tmp_path / "a.geojson")
    write_csv(reading, gazetteer, tmp_path / "a.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.geojson"]
