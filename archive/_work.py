"""What is done with one part: its documents in, one table out. Pure but for reading the input: it knows no engine and no other part."""

from __future__ import annotations

import hashlib
import io
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import sources
from archive._documents import documents
from archive._model import Aside, Document, Part
from geo import Gazetteer
from sources import Article, Problem, Reading, ReportedPlan

PLAN: dict[str, pa.DataType] = {
    "key": pa.string(), "summary": pa.string(), "status": pa.string(), "actor": pa.string(), "asset": pa.string(), "action": pa.string(),
    "when": pa.string(), "when_said": pa.string(), "condition": pa.string(), "event_type": pa.string(), "event_mode": pa.string(),
    "negated": pa.bool_(), "place_id": pa.string(), "place": pa.string(), "said": pa.string(), "modifier": pa.string(),
    "feature_code": pa.string(), "extent": pa.string(), "country": pa.string(), "where_prec": pa.int8(), "uncertainty_m": pa.float64(),
    "authority": pa.string(), "quote": pa.string(), "quote_start": pa.int64(), "quote_end": pa.int64(), "paragraph": pa.int32(),
    "source": pa.string(), "title": pa.string(), "published": pa.string(), "url": pa.string(), "attribution": pa.string(),
    "origins": pa.string(), "chain": pa.string(), "lacks": pa.string(), "distances": pa.string(), "geometry": pa.binary(),
}  # fmt: skip
"""The columns of a plan at a place, as :func:`layers.plans_to_frame` names them; ``geometry`` is WKB, EPSG:4326."""
SCHEMA = pa.schema(
    {"kind": pa.string(), "file": pa.string(), "position": pa.int64(), "row": pa.int32(), "doc_id": pa.string(), "sha256": pa.string()}
    | PLAN
    | {"stage": pa.string(), "code": pa.string(), "detail": pa.string(), "attempts": pa.int16()}
)
"""A part's table: a ``document`` for each document that was read, a ``plan`` for each of its plans and places, an ``aside`` for each other."""
_FINEST = 0.02
"""Degrees to which the borders of areas are simplified, so that a country's does not stand a hundred thousand times in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The result of a part: the bytes of its table, and how many documents were read, set aside, and how many plan rows they gave."""

    data: bytes
    documents: int
    asides: int
    plans: int
    codes: dict[str, int]


def work(part: Part) -> Done:
    """Read the documents of a part, find their plans, and return all as the bytes of one Parquet file (columns: SCHEMA).

    Equal parts give equal bytes. A document that cannot be read is an ``aside`` with its reason. Raises OSError where the input cannot be
    opened. Reads the input and the gazetteer's file.
    """
    return work_on(part, documents(part))


def work_on(part: Part, items: Iterable[Document | Aside]) -> Done:
    """Do for some documents of a part what :func:`work` does for all."""
    rows: list[dict[str, Any]] = []
    articles: list[Article] = []
    plans: list[ReportedPlan] = []
    at: dict[str, Document] = {}
    for item in items:
        done = _read(part, item) if isinstance(item, Document) else item
        if isinstance(done, Aside):
            rows.append(_aside(part, done))
            continue
        article, found = done
        at[article.id] = item if isinstance(item, Document) else at[article.id]
        rows.append({"kind": "document", "sha256": article.citation.sha256, **_where(part, at[article.id])})
        articles.append(article)
        plans += [replace(plan, number=len(plans) + n) for n, plan in enumerate(found, start=1)]
    rows += _plan_rows(part, Reading(articles=tuple(articles), plans=tuple(plans)), at)
    rows.sort(key=lambda row: (row["position"], row.get("row") or 0))
    count = {kind: sum(row["kind"] == kind for row in rows) for kind in ("document", "aside", "plan")}
    codes = dict(Counter(row["code"] for row in rows if row["kind"] == "aside"))
    return Done(data=_bytes(part, rows, count), documents=count["document"], asides=count["aside"], plans=count["plan"], codes=codes)


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that all parts of a process share."""
    return Gazetteer()


def made_by() -> str:
    """Return what results depend on beside input and configuration: citemap's version and the gazetteer's fingerprint."""
    return f"{gazetteer().meta()['fingerprint']}"


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


def _plan_rows(part: Part, reading: Reading, at: dict[str, Document]) -> Iterator[dict[str, Any]]:
    from layers import plans_to_frame

    if not reading.plans:
        return
    frame = plans_to_frame(reading, gazetteer())
    shapes: dict[str, bytes | None] = {}
    counted: dict[str, int] = {}
    for values, shape in zip(frame.drop(columns="geometry").to_dict("records"), frame.geometry, strict=True):
        place = str(values["place_id"])
        if place not in shapes:
            shapes[place] = _wkb(shape)
        name = str(values["article_id"])
        counted[name] = counted.get(name, 0) + 1
        kept = {key: _plain(values[key]) for key in PLAN if key != "geometry"}
        yield {"kind": "plan", "row": counted[name], "geometry": shapes[place], **_where(part, at[name]), **kept}


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


def digest(data: bytes) -> str:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(data).hexdigest()
