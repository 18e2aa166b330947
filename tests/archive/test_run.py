"""A run over an archive, whatever happens to its workers, its driver and its cluster."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from distributed import Client, LocalCluster

import archive
from archive import _engine
from archive._inputs import cut, list_inputs
from archive._model import Config
from archive._work import made_by
from tests.archive.drill import digests, drill, undisturbed, write_articles
from tests.archive.files import ARTICLE, lines
from tests.profile import amount, note

ENDLESS = "will build " * 4_000
"""A run of verbs without a subject, over which the rules take minutes."""


@pytest.mark.trust
def test_an_archive_read_while_workers_and_drivers_are_killed_loses_and_doubles_nothing(tmp_path: Path) -> None:
    count, workers, drivers = amount(5_000, 100_000), amount(4, 20), amount(1, 5)
    source = tmp_path / "in.jsonl"
    good, bad = write_articles(source, count)
    killed = drill(source, tmp_path / "run", worker_kills=workers, driver_kills=drivers, pause=amount(1, 2))
    undisturbed(source, tmp_path / "calm", tmp_path / "results")
    results = tmp_path / "run/results"
    rows = [pq.read_metadata(results / name).num_rows for name in ("documents.parquet", "asides.parquet")]
    note("archive drill", documents=count, workers_killed=killed[0], drivers_killed=killed[1], read=rows[0], set_aside=rows[1])
    assert (killed, rows) == ((workers, drivers), [good, bad])
    assert digests(results) == digests(tmp_path / "results")


def test_the_same_drill_finds_out_a_program_that_appends_results_as_they_come(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    good, bad = write_articles(source, 1_500, told=0.7)
    drill(source, tmp_path / "run", worker_kills=3, driver_kills=1, pause=1, naive=True)
    said = [json.loads(line)["position"] for line in (tmp_path / "run/results.jsonl").read_text(encoding="utf-8").splitlines() if line]
    doubled = sum(n - 1 for n in Counter(said).values())
    note("archive drill of a naive writer", documents=good + bad, doubled=doubled)
    assert doubled > 0


def test_two_workers_and_one_process_give_equal_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive._inputs.SMALLEST", 8_000)  # so that there are some parts for each
    good, bad = write_articles(tmp_path / "in.jsonl", 400, poisonous=0.05)
    done = archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "two", workers=2)
    undisturbed(tmp_path / "in.jsonl", tmp_path / "one", tmp_path / "results")
    assert (done.documents, done.asides, done.missing) == (good, bad, {}) and done.parts > 4
    assert digests(tmp_path / "two/results") == digests(tmp_path / "results")


def test_a_document_that_takes_too_long_is_set_aside_and_its_neighbours_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITEMAP_SECONDS", "2")
    lines(tmp_path / "in.jsonl", ARTICLE, ENDLESS, ARTICLE)
    done = archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=1)
    assert (done.documents, done.asides, done.missing) == (2, 1, {})
    aside = pd.read_parquet(tmp_path / "out/results/asides.parquet").iloc[0]
    assert (aside.doc_id, aside.stage, aside.code, aside.attempts) == ("n1", "read", "took-too-long", 2)


def test_a_run_that_is_done_is_left_as_it_is(tmp_path: Path) -> None:
    lines(tmp_path / "in.jsonl", ARTICLE)
    first = archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=1)
    was = {path: path.stat().st_mtime_ns for path in (tmp_path / "out/results").rglob("*.parquet")}
    assert archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=1) == first
    assert {path: path.stat().st_mtime_ns for path in was} == was


def test_a_cluster_that_is_there_does_the_work(tmp_path: Path) -> None:
    lines(tmp_path / "in.jsonl", ARTICLE, ARTICLE)
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, protocol="tcp", host="127.0.0.1", dashboard_address=":0"
    ) as cluster:
        done = archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", scheduler=cluster.scheduler_address)
        with Client(cluster) as client:
            assert client.nthreads()
    assert (done.documents, done.reported, done.copies) == (2, 1, 1)


def test_a_cluster_that_does_not_answer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "CONNECT", 1)
    lines(tmp_path / "in.jsonl", ARTICLE)
    with pytest.raises(archive.ArchiveError, match=r"^tcp://127\.0\.0\.1:9: no Dask scheduler answers there") as error:
        archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", scheduler="tcp://127.0.0.1:9")
    assert error.value.code == "no-scheduler"


def test_workers_that_cannot_start_end_the_run_with_what_they_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_engine, "_SERVE", "raise SystemExit('a package is missing')")
    lines(tmp_path / "in.jsonl", ARTICLE)
    with pytest.raises(archive.ArchiveError, match=r"^the workers: they end before they begin \(a package is missing\)") as error:
        archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=2)
    assert error.value.code == "no-worker-starts"


def test_a_worker_of_another_version_refuses(tmp_path: Path) -> None:
    (part,) = cut(list_inputs([str(lines(tmp_path / "in.jsonl", ARTICLE))]), Config(), made_by())
    with pytest.raises(archive.ArchiveError, match=r"it has version .*, the run has another") as error:
        _engine.one_part(replace(part, made_by="another"), str(tmp_path))
    assert (error.value.code, [path.name for path in tmp_path.iterdir()]) == ("another-version", ["in.jsonl"])


def test_a_second_driver_is_kept_out_and_told_who_works_there(tmp_path: Path) -> None:
    lines(tmp_path / "in.jsonl", ARTICLE)

    def second(said: dict[str, object]) -> None:
        if said["step"] in ("reading", "waiting for workers"):
            with pytest.raises(archive.ArchiveError, match=f"another run works there \\(process {os.getpid()} since"):
                archive.run_archive([str(tmp_path / "in.jsonl")], tmp_path / "out", workers=1)

    seen: list[object] = []
    source = [str(tmp_path / "in.jsonl")]
    archive.run_archive(source, tmp_path / "out", workers=1, watch=lambda said: seen.append((second(said), said["step"])[1]))
    assert {"waiting for workers", "comparing plans", "drawing the map"} < set(seen) and seen[-1] == "done"
