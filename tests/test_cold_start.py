"""Extraction starts fast: it imports no more than it needs."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.mark.alone
def test_a_cold_extract_takes_at_most_three_times_as_long_as_importing_pandas() -> None:
    spec = importlib.util.spec_from_file_location("cold_start", ROOT / "benchmarks" / "cold_start.py")
    assert spec is not None
    assert spec.loader is not None
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    extract, pandas = benchmark.medians(5)
    assert extract <= 3 * pandas


@pytest.mark.parametrize("package", ["pandas", "geopandas", "shapely", "folium", "jinja2", "trafilatura", "pyproj"])
def test_reading_a_plain_text_does_not_import(package: str, tmp_path: Path) -> None:
    (tmp_path / "pier.txt").write_text("Kenya will build a naval pier at Kilifi in 2027.", encoding="utf-8")
    code = "import sys, citemap; citemap.extract(citemap.read('pier.txt')); print(sys.argv[1] in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code, package], cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
