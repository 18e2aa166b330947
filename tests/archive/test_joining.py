"""Copies, plans and origins over an archive: what two articles would come to, a thousand do too, whatever parts they lie in."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

import sources
from archive._inputs import list_inputs
from archive._manifest import freeze
from archive._merge import write_results
from archive._model import Config
from archive._store import commit
from archive._work import made_by, work
from geo import Gazetteer
from sources import Sketch, alike_sketches, may_be_alike, read_text, sketch_article
from sources._copies import find_copies

PIER = "Kenya will build a naval pier at Kilifi by 2031. Work on the quay begins once the rains are over, the ministry of works said."
OTHER = "By 2031 a naval pier will be built by Kenya at Kilifi. The sea was calm at the weekend, and the market was full of fish."
_GOODS = ("rice", "maize", "fish", "salt") * 30
LONG = " ".join(f"Item {n} of the long report was about the price of {word} in the town." for n, word in enumerate(_GOODS))


def results(tmp_path: Path, articles: Sequence[dict[str, str]], *, parts: int = 1) -> Path:
    """Write articles as JSON Lines in so many files, read them in one process, and return where the results are."""
    source, folder = tmp_path / f"in{parts}", tmp_path / f"run{parts}"
    source.mkdir()
    step = -(-len(articles) // parts)
    for n in range(parts):
        lines = (json.dumps(article) + "\n" for article in articles[n * step : (n + 1) * step])
        (source / f"{n}.jsonl").write_text("".join(lines), encoding="utf-8")
    manifest = freeze(folder, list_inputs([str(source)]), Config(), made_by())
    for part in manifest.parts:
        commit(folder, part, work(part))
    (folder / "results").mkdir()
    write_results(manifest, folder, folder / "results")
    return folder / "results"


def plans(place: Path) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(place / "reported-plans.parquet").to_pylist()
    return rows


@pytest.mark.parametrize("parts", [1, 3])
def test_tellings_in_other_words_are_one_plan_with_as_many_reports(tmp_path: Path, parts: int) -> None:
    told = [{"id": "a", "text": PIER, "publisher": "The Herald"}, {"id": "b", "text": OTHER, "publisher": "The Courier"}]
    told.append({"id": "c", "text": "Oman will open a radar station on Socotra in 2029.", "publisher": "The Herald"})
    found = [(row["asset"], row["reports"], row["origins"]) for row in plans(results(tmp_path, told, parts=parts))]
    assert found == [("naval pier", 2, 2), ("a radar station", 1, 1)]


@pytest.mark.parametrize("parts", [1, 2])
def test_a_reprint_is_a_report_and_no_origin_of_its_own(tmp_path: Path, parts: int) -> None:
    told = [{"id": name, "text": PIER, "publisher": name} for name in ("The Herald", "The Courier")]
    place = results(tmp_path, told, parts=parts)
    assert [(row["reports"], row["origins"]) for row in plans(place)] == [(2, 1)]
    documents = pq.read_table(place / "documents.parquet").to_pylist()
    assert [(row["copy_of"], row["copy_how"]) for row in documents] == [("", ""), ("The Herald", "reprint")]


def test_reports_that_credit_one_agency_are_of_one_origin(tmp_path: Path) -> None:
    told = [
        {"id": "a", "text": "Kenya will build a naval pier at Kilifi by 2031, Savanna news agency reported.", "publisher": "The Herald"},
        {
            "id": "b",
            "text": "A naval pier will be built by Kenya at Kilifi by 2031, the Savanna news agency reported.",
            "publisher": "The Courier",
        },
    ]
    assert [(row["reports"], row["origins"], row["origin_names"]) for row in plans(results(tmp_path, told))] == [(2, 1, "Savanna")]


def test_the_first_of_a_family_is_the_earliest_where_all_are_dated(tmp_path: Path) -> None:
    told = [
        {"id": "late", "text": PIER, "publisher": "A", "date": "2025-03-02"},
        {"id": "early", "text": PIER, "publisher": "B", "date": "2025-03-01"},
    ]
    found = pq.read_table(results(tmp_path, told) / "documents.parquet").to_pylist()
    assert [row["copy_of"] for row in found] == ["early", ""]


def test_an_archive_of_a_few_articles_comes_to_what_reading_them_comes_to(tmp_path: Path, gazetteer: Gazetteer) -> None:
    texts = [
        PIER,
        OTHER,
        PIER,
        "Oman will open a radar station on Socotra in 2029.",
        "Oman denied that it would open a radar station on Socotra.",
    ]
    names = ["The Herald", "The Courier", "Harbour Weekly", "The Herald", "The Gulf Post"]
    told = [{"id": f"n{k}", "text": text, "publisher": name} for k, (text, name) in enumerate(zip(texts, names, strict=True))]
    reading = sources.read_plans([read_text(a["text"], id=a["id"], publisher=a["publisher"]) for a in told], gazetteer)
    wanted = sorted((p.status, p.asset, len(p.reports), p.origin_count) for p in reading.plans)
    found = sorted((row["status"], row["asset"], row["reports"], row["origins"]) for row in plans(results(tmp_path, told)))
    assert found == wanted


def test_each_row_of_a_plan_at_a_place_names_its_plan(tmp_path: Path) -> None:
    told = [{"id": "a", "text": PIER}, {"id": "b", "text": OTHER}, {"id": "c", "text": "Kenya will build a fuel depot at Lamu."}]
    place = results(tmp_path, told)
    rows = pq.read_table(place / "plans").to_pylist()
    ids = {row["plan_id"]: row["asset"] for row in plans(place)}
    assert sorted((row["doc_id"], ids[row["plan_id"]]) for row in rows) == [
        ("a", "naval pier"),
        ("b", "naval pier"),
        ("c", "a fuel depot"),
    ]


def test_a_plans_id_stays_when_articles_are_added_behind_it(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    one = plans(results(tmp_path, [{"id": "a", "text": PIER}]))
    two = plans(results(tmp_path / "more", [{"id": "a", "text": PIER}, {"id": "b", "text": OTHER}]))
    assert [row["plan_id"] for row in one] == [row["plan_id"] for row in two]


def test_a_thousand_reprints_are_compared_with_a_few_others_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(*both: Any) -> Any:
        nonlocal compared
        compared += 1
        return alike_sketches(*both)

    monkeypatch.setattr(sources, "alike_sketches", counted)
    told = [{"id": f"n{k}", "text": f"{LONG} Copy {k} ends here.", "publisher": f"Outlet {k}"} for k in range(200)]
    found = pq.read_table(results(tmp_path, told) / "documents.parquet").to_pylist()
    assert [row["copy_of"] for row in found] == ["", *["n0"] * 199]
    assert 199 <= compared <= 16 * 200


def test_what_is_left_out_before_comparing_would_not_be_found_alike() -> None:
    draw = random.Random(1)
    sketches = []
    for _ in range(120):
        shared = {draw.randrange(1 << 63) for _ in range(90)}
        for _ in range(2):
            own = {
                *draw.sample(sorted(shared), draw.choice((5, 30, 50, 80))),
                *(draw.randrange(1 << 63) for _ in range(draw.choice((0, 10, 40)))),
            }
            smallest, houses = tuple(sorted(own)[:64]), tuple(draw.sample(range(4), 2))
            sketches.append(Sketch(plain=len(sketches), groups=len(own), shelves=(), smallest=smallest, houses=houses, outlet=""))
    pairs = list(itertools.combinations(sketches[:60], 2)) + list(zip(sketches[::2], sketches[1::2], strict=True))
    filled = [np.array([(*one.smallest, *[-1] * (64 - len(one.smallest))) for one in side]) for side in zip(*pairs, strict=True)]
    house = np.array([bool({*a.houses} & {*b.houses}) for a, b in pairs])
    kept = may_be_alike(*filled, np.array([(a.groups, b.groups) for a, b in pairs]), house)
    alike = np.array([alike_sketches(a, b) is not None for a, b in pairs])
    assert 50 < alike.sum() < len(pairs) / 2
    assert (kept == alike).all()


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_sketches_find_what_exact_comparison_finds(kept: int) -> None:
    sentences = [s + "." for s in LONG.split(". ")]
    changed = [s if k % 4 <= kept else f"Nothing at all was said of matter {k} by anybody there." for k, s in enumerate(sentences)]
    one, two = read_text(LONG, id="a", publisher="A"), read_text(" ".join(changed), id="b", publisher="B")
    exact = find_copies([one, two])
    about = alike_sketches(sketch_article(one), sketch_article(two))
    assert (about[0] if about else None) == (exact[0].how if exact else None)
    if exact and about:
        assert abs(about[1] - exact[0].likeness) < 0.2
