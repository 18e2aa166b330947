"""What is done with one part: its documents in, one table out. Pure but for reading the input: it knows no engine and no other part."""

from __future__ import annotations

import hashlib
import io
import json
import math
import signal
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import sources
from archive._documents import documents
from archive._model import Aside, Document, Input, Part
from geo import Gazetteer
from sources import Article, Guard, Limits, Problem, Reading, ReportedPlan

PLAN: dict[str, pa.DataType] = {
    "key": pa.string(), "summary": pa.string(), "status": pa.string(), "actor": pa.string(), "asset": pa.string(), "action": pa.string(),
    "when": pa.string(), "when_said": pa.string(), "condition": pa.string(), "event_type": pa.string(), "event_mode": pa.string(),
    "negated": pa.bool_(), "place_id": pa.string(), "place": pa.string(), "said": pa.string(), "modifier": pa.string(),
    "feature_code": pa.string(), "extent": pa.string(), "country": pa.string(), "where_prec": pa.int8(), "uncertainty_m": pa.float64(),
    "authority": pa.string(), "quote": pa.string(), "quote_start": pa.int64(), "quote_end": pa.int64(), "paragraph": pa.int32(),
    "source": pa.string(), "title": pa.string(), "published": pa.string(), "url": pa.string(), "attribution": pa.string(),
    "origins": pa.string(), "chain": pa.string(), "lacks": pa.string(), "distances": pa.string(), "geometry": pa.binary(),
}  # fmt: skip
"""The columns of a plan at a place, as :func:`layers.plans_to_frame` names them; a place's shape, as WKB, is where it comes first."""
COMPARED = {
    "plain": pa.int64(), "groups": pa.int64(), "shelves": pa.list_(pa.int64()), "smallest": pa.binary(), "houses": pa.list_(pa.int64()),
    "outlet": pa.string(), "repeats": pa.int64(), "signs": pa.list_(pa.int64()), "likes": pa.string(), "told": pa.string(),
    "key": pa.string(),
}  # fmt: skip
"""The sketches of documents and tellings (:class:`sources.Sketch`, :class:`sources.PlanSketch`), by which they are compared."""
SCHEMA = pa.schema(
    {"kind": pa.string(), "file": pa.string(), "position": pa.int64(), "plan": pa.int32(), "row": pa.int32()}
    | {"doc_id": pa.string(), "sha256": pa.string()}
    | PLAN
    | {"stage": pa.string(), "code": pa.string(), "detail": pa.string(), "attempts": pa.int16()}
    | COMPARED
)
"""A part's table: a ``document`` for each that was read, a ``telling`` for each of its plans, a ``plan`` for each place of a plan, an
``aside`` for each document that was set aside. Rows are in the order of the input; ``plan`` and ``row`` count from 1 in a document."""
_ORDER = {"document": 0, "aside": 0, "telling": 1, "plan": 2}
_FINEST = 0.02
"""Degrees to which the borders of areas are simplified."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The result of a part: the bytes of its table, and how many documents were read, set aside, and how many plan rows they gave."""

    data: bytes
    documents: int
    asides: int
    plans: int
    codes: dict[str, int]


def work(part: Part, reader: Reader | None = None) -> Done:
    """Read the documents of a part, find their plans, and return all as the bytes of one Parquet file (columns: SCHEMA).

    Equal parts give equal bytes. A document that cannot be read is an ``aside`` with its reason. ``reader`` None reads all in this process,
    but for very long ones. Raises OSError where the input cannot be opened. Reads the input and the gazetteer's file.
    """
    with reader or Reader() as used:
        return work_on(part, documents(part), used)


def work_on(part: Part, items: Iterable[Document | Aside], reader: Reader) -> Done:
    """Do for some documents of a part what :func:`work` does for all."""
    rows: list[dict[str, Any]] = []
    articles: list[Article] = []
    plans: list[ReportedPlan] = []
    at: dict[str, Document] = {}
    said: set[int] = set()
    for item in items:
        done = reader.read(part, item) if isinstance(item, Document) else item
        if isinstance(done, Aside):
            rows.append(_aside(part, done))
            continue
        article, found = done
        at[article.id] = item if isinstance(item, Document) else at[article.id]
        rows.append(_document_row(part, at[article.id], article))
        rows += (_telling_row(part, at[article.id], article, n, plan, said) for n, plan in enumerate(found, start=1))
        articles.append(article)
        plans += [replace(plan, id=f"{n}", number=len(plans) + n) for n, plan in enumerate(found, start=1)]
    rows += _plan_rows(part, Reading(articles=tuple(articles), plans=tuple(plans)), at)
    rows.sort(key=lambda row: (row["position"], _ORDER[row["kind"]], row.get("plan") or 0, row.get("row") or 0))
    count = {kind: sum(row["kind"] == kind for row in rows) for kind in ("document", "aside", "plan")}
    codes = dict(Counter(row["code"] for row in rows if row["kind"] == "aside"))
    return Done(data=_bytes(part, rows, count), documents=count["document"], asides=count["aside"], plans=count["plan"], codes=codes)


LONG = 500_000
"""Characters of a text from which on it is read in a process of its own: a shorter one takes no more memory than a worker has."""


_FIRST = Document(position=0, id="", text="Kenya will build a naval pier at Kilifi by 2031.", fields={})
_START = 120.0
"""What a new process reads first, and the seconds it may take: so that no document is charged with what has to be loaded."""
_ROOMS = ("geo", "sources", "layers", "archive")


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that all parts of a process share."""
    return Gazetteer()


def load() -> None:
    """Load all that reading needs, by reading something; the gazetteer is opened again by each process that comes of this one."""
    nothing = Part(input=Input(url="", name="", kind="jsonl", size=0, stamp=""), start=0, stop=0)
    work_on(nothing, [_FIRST], Reader())
    made_by()
    gazetteer.cache_clear()


@cache
def made_by() -> str:
    """Return what results depend on beside input and configuration: a digest of citemap's code and word lists, and the gazetteer's."""
    digest = hashlib.sha256()
    for room in _ROOMS:
        top = Path(str(find_spec(room).origin)).parent  # type: ignore[union-attr]
        for path in sorted(p for p in top.rglob("*") if p.suffix in (".py", ".json") and not {"vendor", "built"} & set(p.parts)):
            digest.update(f"{room}/{path.relative_to(top).as_posix()}\0".encode() + path.read_bytes())
    return f"{digest.hexdigest()[:16]} {gazetteer().meta()['fingerprint']}"


class Reader:
    """Reads documents, each under the limits of time and memory of :class:`sources.Limits`.

    A document is read in this process, which is quick. With ``deadline`` the process is ended by its alarm where a document takes too
    long: for a worker that is brought back, whose part is then read with ``guarded``, each document in a process of its own
    (:class:`sources.Guard`), so that the one that ends it is found and set aside. Very long documents are always read so.
    """

    def __init__(self, *, guarded: bool = False, deadline: bool = False) -> None:
        self._guarded, self._deadline = guarded, deadline and hasattr(signal, "setitimer")
        self._guard: Guard | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        if self._guard:
            self._guard.close()

    def read(self, part: Part, item: Document) -> tuple[Article, tuple[ReportedPlan, ...]] | Aside:
        """Return an article and its plans, or why there are none."""
        if self._guarded or len(item.text) > LONG:
            return self._apart(part, item)
        if not self._deadline:
            return _read(part, item)
        signal.setitimer(signal.ITIMER_REAL, Limits.from_environment().seconds)
        try:
            return _read(part, item)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _apart(self, part: Part, item: Document) -> tuple[Article, tuple[ReportedPlan, ...]] | Aside:
        if self._guard is None:
            self._guard = Guard()
            self._guard.run("", _read, part, _FIRST, seconds=_START)
        found: tuple[Article, tuple[ReportedPlan, ...]] | Aside | Problem = self._guard.run(item.id, _read, part, item)
        if isinstance(found, Problem):
            self._guard.close()
            self._guard = None
            attempts = 1 if len(item.text) > LONG else 2
            detail = f"{found.rule}; {found.next_step}"
            return Aside(position=item.position, id=item.id, stage="read", code=found.code, detail=detail, attempts=attempts)
        return found


def _read(part: Part, item: Document) -> tuple[Article, tuple[ReportedPlan, ...]] | Aside:
    """Return an article and its plans, or why there are none."""

    def aside(stage: Any, code: str, detail: str) -> Aside:
        return Aside(position=item.position, id=item.id, stage=stage, code=code, detail=detail)

    id = f"{part.input.name}:{item.position}"
    try:
        if item.media == "html":
            article = sources.read_html(item.text, id=id, url=item.fields.get("url", ""))
        else:
            article = sources.read_text(item.text, id=id, **item.fields)
        reading = sources.read_plans([article], gazetteer(), min_score=part.config.min_score)
    except sources.SourceError as error:
        return aside("parse", error.code, getattr(error, "rule", str(error)))
    except (RecursionError, MemoryError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError) as error:
        return aside("read", "reader-failed", f"{type(error).__name__}: {error}")
    if reading.problems:
        problem: Problem = reading.problems[0]
        return aside("read", problem.code, f"{problem.rule}; {problem.next_step}")
    return article, reading.plans


def _document_row(part: Part, item: Document, article: Article) -> dict[str, Any]:
    sketch, cited = sources.sketch_article(article), article.citation
    return {
        "kind": "document", "sha256": cited.sha256, "source": cited.publisher, "title": cited.title, "published": cited.date,
        "url": cited.url, "plain": sketch.plain, "groups": sketch.groups, "shelves": sketch.shelves, "houses": sketch.houses,
        "smallest": array("q", sketch.smallest).tobytes(), "outlet": sketch.outlet, **_where(part, item),
    }  # fmt: skip


def _telling_row(part: Part, item: Document, article: Article, number: int, plan: ReportedPlan, said: set[int]) -> dict[str, Any]:
    """A telling; one that repeats another of the part word for word goes without its record, which the other has."""
    sketch = sources.sketch_plan(plan)
    told = None if sketch.repeats in said else json.dumps(sources.plan_to_record(plan), ensure_ascii=False)
    said.add(sketch.repeats)
    return {
        "kind": "telling", "plan": number, "sha256": article.citation.sha256, "published": article.citation.date, "key": plan.key,
        "origins": "; ".join(plan.origins), "repeats": sketch.repeats, "signs": sketch.signs, "likes": sketch.likes, "told": told,
        **_where(part, item),
    }  # fmt: skip


def _plan_rows(part: Part, reading: Reading, at: dict[str, Document]) -> Iterator[dict[str, Any]]:
    from layers import plans_to_frame

    if not reading.plans:
        return
    frame = plans_to_frame(reading, gazetteer())
    drawn: set[str] = set()
    counted: dict[str, int] = {}
    for values, shape in zip(frame.drop(columns="geometry").to_dict("records"), frame.geometry, strict=True):
        place = str(values["place_id"])
        own = {"kind": "plan", "plan": int(values["plan_id"]), "geometry": None if place in drawn else _wkb(shape)}
        drawn.add(place)
        name = str(values["article_id"])
        counted[name] = counted.get(name, 0) + 1
        kept = {key: _plain(values[key]) for key in PLAN if key != "geometry"}
        yield {**own, "row": counted[name], **_where(part, at[name]), **kept}


def _wkb(shape: Any) -> bytes | None:
    import shapely

    if shape is None or shape.is_empty:
        return None
    return bytes(shapely.to_wkb(shape if shape.geom_type == "Point" else shape.simplify(_FINEST), byte_order=1))


def _plain(value: Any) -> Any:
    if value is None or (isinstance(value, float) and math.isnan(value)) or type(value).__name__ == "NAType":
        return None
    return value


def _where(part: Part, item: Document) -> dict[str, Any]:
    return {"file": part.input.name, "position": item.position, "doc_id": item.id}


def _aside(part: Part, aside: Aside) -> dict[str, Any]:
    said = {"stage": aside.stage, "code": aside.code, "detail": aside.detail[:1000], "attempts": aside.attempts}
    return {"kind": "aside", "file": part.input.name, "position": aside.position, "doc_id": aside.id, **said}


def _bytes(part: Part, rows: list[dict[str, Any]], count: dict[str, int]) -> bytes:
    told = {b"citemap.part": part.id.encode()} | {f"citemap.{kind}s".encode(): str(n).encode() for kind, n in count.items()}
    table = pa.Table.from_pylist(rows, schema=SCHEMA).replace_schema_metadata(told)
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd", write_page_checksum=True, store_schema=True)
    return out.getvalue()
