"""The map of an archive: what :func:`layers.draw_archive` is given of the results."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive._store import as_pattern
from archive._work import gazetteer

EACH = 5
"""Plans of a place whose quotes may go into the map, the most reported ones; as many go in as its size allows."""
_MEMORY = "500MB"
_PLACES = """
SELECT place_id, arg_min(place, nth) AS place, arg_min(country, nth) AS country, arg_min(feature_code, nth) AS feature_code,
       arg_min(extent, nth) AS extent, min(where_prec) AS where_prec, min(uncertainty_m) AS uncertainty_m,
       arg_min(authority, nth) AS authority, arg_min(geometry, nth) AS geometry
FROM (SELECT *, (file, position, plan, "row") AS nth FROM plans WHERE place_id <> '') GROUP BY place_id ORDER BY place_id
"""
_QUOTES = f"""
WITH told AS (
  SELECT place_id, plan_id, arg_min((quote, source, title, published, url, doc_id), (file, position, plan, "row")) AS said
  FROM plans WHERE place_id <> '' GROUP BY place_id, plan_id
),
best AS (
  SELECT place_id, plan_id, said, r.* EXCLUDE (plan_id, quote, doc_id)
  FROM told JOIN reported r USING (plan_id)
  QUALIFY row_number() OVER (PARTITION BY place_id ORDER BY r.reports DESC, r.origins DESC, plan_id) <= {EACH}
)
SELECT place_id, said[1] AS quote, said[2] AS publisher, said[3] AS title, said[4] AS published, said[5] AS url, said[6] AS doc_id,
       status, summary, reports, origins
FROM best ORDER BY place_id, reports DESC, origins DESC, plan_id
"""


def write_map(results: Path, *, documents: int, aside: int, reported: int) -> Path:
    """Draw the map of the results in a folder into its ``map.html``, and return its path; equal results give equal bytes.

    ``documents`` were read, ``aside`` set aside, and they tell ``reported`` plans. Raises :class:`layers.ArchiveMapError` where not even
    the counts fit. Reads and writes the folder.
    """
    import duckdb
    import geopandas as gpd
    import pandas as pd

    from layers import ArchiveAbout, draw_archive

    with duckdb.connect() as base:
        base.execute(f"SET memory_limit = '{_MEMORY}'")
        base.execute("SET threads = 1")
        place = as_pattern(results).replace("'", "''")
        options = "hive_partitioning = true, hive_types_autocast = false"
        base.execute(f"CREATE VIEW plans AS SELECT * FROM read_parquet('{place}/plans/*/plans.parquet', {options})")
        base.execute(f"CREATE VIEW reported AS SELECT * FROM read_parquet('{place}/reported-plans.parquet')")
        placed = base.sql(_PLACES).to_arrow_table().to_pandas()
        quotes = base.sql(_QUOTES).to_arrow_table().to_pandas()
        rows, unplaced = base.execute("SELECT count(*), count(*) FILTER (place_id = '') FROM plans").fetchall()[0]
    counts = pd.read_parquet(results / "places-by-month.parquet")
    placed["country"] = placed["country"].replace("none", "")
    shapes: Any = gpd.GeoSeries.from_wkb(placed.pop("geometry"), crs="EPSG:4326")
    quotes["month"] = quotes["published"].str.slice(0, 7)
    about = ArchiveAbout(documents=documents, aside=aside, plans=int(rows), unplaced=int(unplaced), reported=reported)
    path = results / "map.html"
    draw_archive(gpd.GeoDataFrame(placed, geometry=shapes), counts, quotes, about=about, gazetteer=gazetteer()).save(path)
    return path
