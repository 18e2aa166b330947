"""What is worth comparing in a whole archive, found by DuckDB on disk: documents on one shelf, tellings with rare signs in common.

No step grows faster than the archive: a document or a telling is paired with its neighbours on a shelf, and with so many others at most.
DuckDB sorts and groups what does not fit into memory; the rules are those of :mod:`sources`, which does the same for a few articles.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from archive._manifest import Manifest
from archive._store import as_pattern, path_of

MEMORY = "700MB"
"""What DuckDB may take; beyond it, it works on disk."""
NEXT = 4
"""Neighbours on a shelf that one is compared with, where more than COMMON share it."""
COMMON, RAREST, PAIRED = 24, 8, 6
"""As for a few articles: what more tellings share is followed two by two only; so many signs of each are followed, and so many pairwise."""
MOST = 16
"""Tellings, or documents, that one is compared with."""
BATCH = 20_000

_LEADS = ", ".join(f"lead({{0}}, {n}) OVER w" for n in range(1, NEXT + 1))
_BEST = (
    "CREATE TABLE {0} AS WITH turned AS (SELECT one AS a, two AS b, n FROM {1} UNION ALL SELECT two, one, n FROM {1}), "
    f"best AS (SELECT a, b FROM turned QUALIFY row_number() OVER (PARTITION BY a ORDER BY n DESC, b) <= {MOST}) "
    "SELECT DISTINCT least(a, b) AS one, greatest(a, b) AS two FROM best; DROP TABLE {1};"
)
"""The pairs that are compared; a step of its own, as all that sorts or groups, since each takes the memory that there is."""
_DOCUMENTS = """
CREATE TABLE documents AS
WITH numbered AS (
  SELECT name, position, row_number() OVER (ORDER BY n, position) - 1 AS doc, n AS file
  FROM read_parquet($files) JOIN names ON name = file WHERE kind = 'document'
)
SELECT doc, n.file, d.position, doc_id, published, plain, groups, smallest, houses, outlet, shelves
FROM read_parquet($files) d JOIN numbered n ON n.position = d.position AND n.name = d.file WHERE kind = 'document'
"""
_TELLINGS = """
CREATE TABLE tellings AS
WITH numbered AS (
  SELECT name, position, plan, row_number() OVER (ORDER BY n, position, plan) - 1 AS telling, n AS file
  FROM read_parquet($files) JOIN names ON name = file WHERE kind = 'telling'
)
SELECT telling, n.file, t.position, repeats, signs, likes, told, origins AS origin, published, doc_id, sha256, key
FROM read_parquet($files) t JOIN numbered n ON n.position = t.position AND n.plan = t.plan AND n.name = t.file WHERE kind = 'telling'
"""
"""What is sorted are numbers alone: whole rows, sorted in one piece, must fit into memory."""
_FIRSTS = """
CREATE TABLE alike AS SELECT telling, min(telling) OVER (PARTITION BY repeats) AS first FROM tellings;
CREATE TABLE firsts AS SELECT * FROM tellings SEMI JOIN (SELECT DISTINCT first AS telling FROM alike) USING (telling)
"""
_NEAR = f"""
CREATE TABLE near_pairs AS
WITH firsts AS (SELECT min(doc) AS doc FROM documents GROUP BY plain),
shelves AS (SELECT unnest(shelves) AS shelf, doc, groups FROM documents SEMI JOIN firsts USING (doc)),
beside AS (SELECT doc, unnest([{_LEADS.format("doc")}]) AS other FROM shelves WINDOW w AS (PARTITION BY shelf ORDER BY groups, doc))
SELECT least(doc, other) AS one, greatest(doc, other) AS two, count(*) AS n FROM beside WHERE other IS NOT NULL GROUP BY ALL;
{_BEST.format("near", "near_pairs")}
"""
_NEAR_TEXTS = """
SELECT one, two, a.plain, a.groups, a.smallest, a.houses, a.outlet, a.published, b.plain AS plain_2, b.groups AS groups_2,
       b.smallest AS smallest_2, b.houses AS houses_2, b.outlet AS outlet_2, b.published AS published_2,
       list_has_any(a.houses, b.houses) AS house
FROM near JOIN documents a ON a.doc = one JOIN documents b ON b.doc = two
"""
_KEYS = f"""
CREATE TABLE keys AS
WITH ordered AS (SELECT telling, row_number() OVER (ORDER BY likes, telling) AS nth FROM firsts),
signs AS (SELECT telling, nth, unnest(signs) AS sign FROM firsts JOIN ordered USING (telling)),
known AS (SELECT telling, nth, sign, count(*) OVER (PARTITION BY sign) AS n FROM signs),
ranked AS (SELECT telling, nth, sign, n, row_number() OVER (PARTITION BY telling ORDER BY n, sign) AS k FROM known WHERE n > 1),
kept AS (SELECT * FROM ranked WHERE k <= {RAREST}),
told AS (
  SELECT telling, nth, sign AS one, 0 AS two FROM kept WHERE n <= {COMMON}
  UNION ALL
  SELECT a.telling, a.nth, least(a.sign, b.sign), greatest(a.sign, b.sign)
  FROM kept a JOIN kept b ON a.telling = b.telling AND a.k < b.k AND b.k <= {PAIRED}
)
SELECT *, count(*) OVER (PARTITION BY one, two) AS size FROM told QUALIFY size > 1
"""
_LIKELY = f"""
CREATE TABLE likely_pairs AS
WITH beside AS (
  SELECT a.telling AS i, b.telling AS j, a.size FROM keys a JOIN keys b ON a.one = b.one AND a.two = b.two AND a.telling < b.telling
  WHERE a.size <= {COMMON}
  UNION ALL
  SELECT telling, unnest([{_LEADS.format("telling")}]), size FROM keys WHERE size > {COMMON}
  WINDOW w AS (PARTITION BY one, two ORDER BY nth)
)
SELECT least(i, j) AS one, greatest(i, j) AS two, sum(1000000 // size) AS n FROM beside WHERE j IS NOT NULL GROUP BY ALL;
{_BEST.format("likely", "likely_pairs")}
"""

_SAME = """
SELECT doc, first FROM (SELECT doc, min(doc) OVER (PARTITION BY plain) AS first FROM documents) WHERE doc <> first ORDER BY doc
"""
_FAMILIES = r"""
WITH members AS (
  SELECT doc, root, how, outlet, doc_id, left(published, 10) AS day,
         bool_and(regexp_matches(coalesce(published, ''), '^\d{4}-\d\d-\d\d')) OVER (PARTITION BY root) AS days
  FROM given_documents JOIN documents USING (doc)
),
firsts AS (SELECT root, arg_min((doc, doc_id, outlet), (CASE WHEN days THEN day ELSE '' END, doc)) AS f FROM members GROUP BY root)
SELECT doc, f[1] AS first, f[2] AS first_id,
       CASE WHEN how <= 1 AND outlet <> '' AND f[3] <> '' AND outlet <> f[3] THEN 2 ELSE greatest(how, 1) END AS how
FROM members JOIN firsts USING (root) WHERE doc <> f[1] ORDER BY doc
"""
_GROUPED = """
SELECT p.plan, t.telling, d.doc, t.origin, d.outlet, t.published, d.doc_id, t.sha256, t.key, f.name, t.position, one.told
FROM tellings t JOIN alike a USING (telling) JOIN plans p ON p.first = a.first LEFT JOIN firsts one ON one.telling = t.telling
JOIN documents d ON d.file = t.file AND d.position = t.position JOIN names f ON f.n = t.file ORDER BY p.plan, t.telling
"""


class Candidates:
    """The documents and tellings of all committed parts in a database on disk, which is gone when the ``with`` block ends."""

    def __init__(self, manifest: Manifest, folder: Path, place: Path, *, threads: int) -> None:
        """Read what is compared of the parts in ``folder`` into a database below ``place``."""
        import duckdb

        file = str(place / "archive.duckdb")
        self._base = duckdb.connect(":memory:" if "?" in file else file)  # DuckDB takes what follows a "?" for options
        spilled = str(place / "spilled").replace("'", "''")
        for setting in (
            f"memory_limit = '{MEMORY}'",
            f"threads = {threads}",
            f"temp_directory = '{spilled}'",
            "preserve_insertion_order = false",
        ):
            self._base.execute(f"SET {setting}")
        self._base.execute("CREATE TABLE names (name VARCHAR, n INTEGER)")
        if manifest.inputs:
            self._base.executemany("INSERT INTO names VALUES (?, ?)", [(one.name, n) for n, one in enumerate(manifest.inputs)])
        files = [as_pattern(path_of(folder, part)) for part in manifest.parts]
        for statement in (_DOCUMENTS, _TELLINGS):
            self._base.execute(statement, {"files": files})
        self._base.execute(_FIRSTS)

    def __enter__(self) -> Candidates:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._base.close()

    def count(self, table: str) -> int:
        """Return how many ``documents``, ``tellings`` or ``firsts`` there are."""
        return int(self._base.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    def same_texts(self) -> Iterator[tuple[int, int]]:
        """Yield (document, first document of the very same words), for all but the firsts."""
        for rows in self._batches(_SAME):
            yield from rows

    def near_texts(self) -> Iterator[Any]:
        """Yield, in tables of some thousand rows and in no order, pairs of documents that may repeat one another, with what is compared."""
        import pyarrow as pa

        self._base.execute(_NEAR)
        for batch in self._base.sql(_NEAR_TEXTS).to_arrow_reader(BATCH):
            yield pa.Table.from_batches([batch])

    def copies(self, docs: Any, roots: Any, how: Any) -> Any:
        """Return the documents of families that are not the first of theirs, as a table in their order: doc, first, first_id, how.

        ``docs`` are all members of families, ``roots`` names the family of each, ``how`` says how it is alike. The first is the one that
        was published first, or where a day is not known of all the one that stands first in the archive.
        """
        import pyarrow as pa

        self._base.register("given_documents", pa.table({"doc": docs, "root": roots, "how": how}))
        return self._base.sql(_FAMILIES).to_arrow_table()

    def likely_plans(self) -> Iterator[Sequence[tuple[int, int, str, str]]]:
        """Yield, in batches, pairs of first tellings that are worth comparing, with both as JSON."""
        self._base.execute(_KEYS)
        self._base.execute(_LIKELY)
        self._base.execute("DROP TABLE keys")
        for pairs in self._batches("SELECT one, two FROM likely ORDER BY one, two"):
            told = self.told(sorted({telling for pair in pairs for telling in pair}))
            yield [(one, two, told[one], told[two]) for one, two in pairs]

    def told(self, tellings: Sequence[int]) -> dict[int, str]:
        """Return first tellings as JSON."""
        sql = "SELECT telling, told FROM firsts WHERE telling IN (SELECT unnest($tellings))"
        return dict(self._base.execute(sql, {"tellings": [int(one) for one in tellings]}).fetchall())

    def grouped(self, group: Any) -> Iterator[Sequence[tuple[Any, ...]]]:
        """Yield, in batches and plan after plan, the tellings of each: see ``_GROUPED`` for what of them.

        ``group`` is an array that gives, for each first telling, the least one of its plan; what it says of others counts for nothing.
        """
        import pyarrow as pa

        self._base.register("given", pa.table({"plan": pa.array(group, pa.int64())}))
        self._base.execute("CREATE TABLE plans AS SELECT row_number() OVER () - 1 AS first, plan FROM given")
        yield from self._batches(_GROUPED)

    def _batches(self, sql: str) -> Iterator[Sequence[tuple[Any, ...]]]:
        cursor = self._base.cursor()
        cursor.execute(sql)
        while rows := cursor.fetchmany(BATCH):
            yield rows
