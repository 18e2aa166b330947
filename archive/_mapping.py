"""The map of an archive: what :func:`layers.draw_archive` is given of the results."""

from __future__ import annotations

import tempfile
from pathlib import Path

from archive._store import as_pattern
from archive._work import gazetteer

EACH = 5
"""Plans of a place whose quotes may go into the map, the most reported ones; as many go in as its size allows."""
_MEMORY = "500MB"
_QUOTES = f"""
WITH told AS (SELECT place_id, plan_id, min(file_row_number) AS nth FROM plans WHERE place_id <> '' GROUP BY place_id, plan_id),
best AS (
  SELECT place_id, plan_id, nth, r.* EXCLUDE (plan_id, quote, doc_id, file, position)
  FROM told JOIN reported r USING (plan_id)
  QUALIFY row_number() OVER (PARTITION BY place_id ORDER BY r.reports DESC, r.origins DESC, plan_id) <= {EACH}
)
SELECT place_id, p.quote, p.source AS publisher, p.title, p.published, p.url, p.doc_id, best.status, best.summary, reports, origins
FROM best JOIN plans p USING (place_id, plan_id) WHERE p.file_row_number = nth
ORDER BY place_id, reports DESC, origins DESC, plan_id
"""
"""A place lies in one country, so in one file, whose rows are in the order of the archive: the first is quoted."""


def write_map(results: Path, *, documents: int, aside: int, reported: int) -> Path:
    """Draw the map of the results in a folder into its ``map.html``, and return its path; equal results give equal bytes.

    ``documents`` were read, ``aside`` set aside, and they tell ``reported`` plans. Raises :class:`layers.ArchiveMapError` where not even
    the counts fit. Reads and writes the folder.
    """
    import duckdb
    import geopandas as gpd
    import pandas as pd

    from layers import ArchiveAbout, draw_archive

    with tempfile.TemporaryDirectory(prefix=".drawing-", dir=results) as spilled, duckdb.connect() as base:
        base.execute("SET temp_directory = ?", [spilled])
        base.execute(f"SET memory_limit = '{_MEMORY}'")
        base.execute("SET threads = 1")
        place = as_pattern(results).replace("'", "''")
        options = "hive_partitioning = true, hive_types_autocast = false, file_row_number = true"
        base.execute(f"CREATE VIEW plans AS SELECT * FROM read_parquet('{place}/plans/*/plans.parquet', {options})")
        base.execute(f"CREATE VIEW reported AS SELECT * FROM read_parquet('{place}/reported-plans.parquet')")
        quotes = base.sql(_QUOTES).to_arrow_table().to_pandas()
        rows, unplaced = base.execute("SELECT count(*), count(*) FILTER (place_id = '') FROM plans").fetchall()[0]
    counts = pd.read_parquet(results / "places-by-month.parquet")
    places = gpd.read_parquet(results / "places.parquet").set_crs("EPSG:4326", allow_override=True)
    quotes["month"] = quotes["published"].str.slice(0, 7)
    about = ArchiveAbout(documents=documents, aside=aside, plans=int(rows), unplaced=int(unplaced), reported=reported)
    path = results / "map.html"
    draw_archive(places, counts, quotes, about=about, gazetteer=gazetteer()).save(path)
    return path
