"""What a forecast says is held against what is there, and against a run."""

from __future__ import annotations

import gzip
import json
import random
import time
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import archive
from archive._forecast import START
from archive._inputs import list_inputs
from archive._manifest import freeze
from archive._merge import write_results
from archive._model import Config
from archive._store import commit
from archive._work import made_by, work
from tests.archive.drill import write_articles
from tests.archive.files import ARTICLE, warc_at
from tests.profile import amount, note


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small windows, so that a small archive is not seen whole, and few documents that are worked on."""
    monkeypatch.setattr("archive._forecast.CHUNKS", 1)
    monkeypatch.setattr("archive._sample.WIDTH", {"jsonl": 2_000, "warc": 2_000, "parquet": 10})
    monkeypatch.setattr("archive._sample.WHOLE", 2_000)
    monkeypatch.setattr("archive._sample.HEAD", 20_000)


def uneven(count: int) -> list[str]:
    """Articles of which the later ones are longer."""
    draw = random.Random(4)
    return [f"{ARTICLE} {zlib.crc32(b'%d' % n):x} " * (1 + draw.randrange(1 + 8 * n // count)) for n in range(count)]


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet", "warc", "warc.gz", "many"])
def test_the_documents_of_an_archive_are_reckoned_from_windows_all_over_it(tmp_path: Path, kind: str) -> None:
    texts, path = uneven(4_000), tmp_path / f"a.{kind}"
    if kind == "jsonl.gz":
        random.Random(5).shuffle(texts)  # it can only be read from its beginning
    said = [json.dumps({"id": n, "text": text}) for n, text in enumerate(texts)]
    if kind == "jsonl":
        path.write_text("\n".join(said))
    elif kind == "jsonl.gz":
        path.write_bytes(gzip.compress("\n".join(said).encode()))
    elif kind == "parquet":
        pq.write_table(pa.table({"text": texts}), path)
    elif kind == "many":
        for n in range(40):
            (tmp_path / f"{n}.jsonl").write_text("\n".join(said[n * 100 : n * 100 + 100]))
    else:
        with warc_at(path) as writer:
            for text in texts:
                writer.text(text.encode())
    found = archive.forecast([str(tmp_path)])
    low, high = found.between["documents"]
    assert low <= 4_000 <= high
    assert abs(found.documents - 4_000) < 1_000 and found.seen < 3_000


def test_a_small_archive_is_counted_whole(tmp_path: Path) -> None:
    _, bad = write_articles(tmp_path / "a.jsonl", 400, poisonous=0.1)
    said = archive.forecast([str(tmp_path / "a.jsonl")], workers=2)
    assert (said.documents, said.between["documents"], said.seen) == (400, (400, 400), 400)
    assert sum(said.asides.values()) == pytest.approx(bad / 400)


def test_what_only_reading_finds_is_in_the_forecast_too(tmp_path: Path) -> None:
    with warc_at(tmp_path / "a.warc") as writer:
        for n in range(20):
            writer.page(b"<html><body></body></html>" if n % 2 else f"<html><body><p>{ARTICLE}</p></body></html>".encode())
    assert archive.forecast([str(tmp_path)]).asides == {"no-text-in-page": pytest.approx(0.5)}


def test_a_forecast_says_what_is_not_read_and_writes_nothing(tmp_path: Path) -> None:
    write_articles(tmp_path / "a.jsonl", 60, poisonous=0.1)
    (tmp_path / "notes.txt").write_text("a")
    before = sorted(tmp_path.rglob("*"))
    first, second, third, *_, last = archive.forecast([str(tmp_path)], workers=2).lines()
    assert sorted(tmp_path.rglob("*")) == before
    assert first == "1 file, 0.0 MB, 1 part"
    assert second.startswith("60 documents; ") and " with 2 workers; " in second
    assert "will be set aside: " in third
    assert last == "not read: 1 file of other kinds (1 .txt)"


def test_an_archive_whose_documents_are_all_broken_is_forecast(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("nonsense\n" * 30)
    said = archive.forecast([str(tmp_path)])
    assert (said.documents, said.asides, said.sampled) == (30, {"not-json": 1.0}, 0)
    assert said.lines()[2] == "100.0 % will be set aside: 100.0 % not-json"


@pytest.mark.trust
def test_a_forecast_comes_near_what_a_run_takes(tmp_path: Path) -> None:
    count = amount(600, 20_000)
    good, bad = write_articles(tmp_path / "a.jsonl", count)
    said = archive.forecast([str(tmp_path / "a.jsonl")], workers=1)
    folder, target = tmp_path / "run", tmp_path / "run/results"
    began = time.process_time()
    manifest = freeze(folder, list_inputs([str(tmp_path / "a.jsonl")]), Config(), made_by())
    for part in manifest.parts:
        commit(folder, part, work(part))
    target.mkdir()
    write_results(manifest, folder, target)
    seconds = time.process_time() - began
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    figures = {"documents": count, "seconds": round(seconds, 1), "bytes": disk}
    note("archive forecast", **figures, said={"documents": said.documents, "seconds": round(said.seconds - START, 1), "bytes": said.disk})
    assert said.documents == pytest.approx(good + bad, rel=0.1)
    assert said.disk == pytest.approx(disk, rel=0.3)
    assert said.seconds - START == pytest.approx(seconds, rel=amount(100, 30) / 100)
