"""Time and memory of a run over an archive: ``python benchmarks/archive.py [DOCUMENTS …] [--large] [--merge DOCUMENTS] [--write]``.

For each size, by two workers: documents a second, the peak memory of a worker and of the driver, bytes of the map and of the results. For
sizes from 100,000 to 300,000 also in one process without an engine, on the same machine in the same hour: below, starting and drawing the
map, which take some ten seconds whatever the size, would be most of it. Give the machine nothing else to do. Articles are invented
(``tests/archive/drill.py``); one in four tells a plan.

``--large`` reads 10 GB: 100,000 articles, each with 100 kB beside its text, as archives have that keep the page too. ``--merge`` writes the
results of so many documents without reading them: parts of 20,000 are put in again and again, each time under another name, with other
hashes of documents, and at every third time of plans; that is what grows in the driver.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from archive._manifest import read  # noqa: E402
from archive._store import path_of  # noqa: E402
from tests.archive.drill import undisturbed, write_articles  # noqa: E402

FIGURES = ROOT / "benchmarks" / "archive.json"
ONE_PROCESS = """
import sys; from pathlib import Path; from tests.archive.drill import undisturbed
source, folder = map(Path, sys.argv[1:]); undisturbed(source, folder, folder / "results", drawn=True)
"""


MERGE = """
import sys; from pathlib import Path
from archive._manifest import read; from archive._mapping import write_map; from archive._merge import write_results
folder = Path(sys.argv[1]); results = folder / "results"; results.mkdir()
done = write_results(read(folder), folder, results, threads=2)
write_map(results, documents=done.rows["documents"], aside=done.rows["asides"], reported=done.plans)
print(done.plans, done.copies)
"""
BALLAST = 100_000
EACH = 20_000


def peak(pid: int) -> int:
    """The most memory that a process has held so far, in MB; 0 where it is gone."""
    try:
        return int(re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[0]) // 1024
    except (OSError, IndexError):
        return 0


def run(command: list[str], folder: Path) -> dict[str, Any]:
    """Run a command that writes its progress into a folder, and return seconds in all, to the end of reading, and peaks of memory."""
    began = time.perf_counter()
    read, workers, driver = 0.0, 0, 0
    with tempfile.TemporaryFile() as heard:
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=heard)
        while process.poll() is None:
            time.sleep(0.2)
            driver = max(driver, peak(process.pid))
            try:
                said = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
            except (OSError, ValueError):
                continue
            workers = max([workers, *map(peak, said["workers"])])
            if said["done"] == said["parts"] and not read:
                read = time.perf_counter() - began
        seconds = time.perf_counter() - began
        heard.seek(0)
        told = heard.read()
    assert process.returncode in (0, 1) and b"Traceback" not in told, told.decode()
    return {"seconds": round(seconds, 1), "reading": round(read, 1), "worker_mb": workers, "driver_mb": driver}


def multiplied(folder: Path, times: int) -> int:
    """Write the parts of a finished run again and again, as if other files held other articles, and return how many documents there are."""
    manifest = read(folder)
    assert manifest is not None
    tables = [pq.read_table(path_of(folder, part)) for part in manifest.parts]
    inputs, parts = [], []
    for n in range(times):
        one = replace(manifest.inputs[0], url=f"/{n}.jsonl", name=f"{n}.jsonl")
        inputs.append(one)
        for part, table in zip(manifest.parts, tables, strict=True):
            own = replace(part, input=one)
            parts.append([n, own.start, own.stop])
            path = path_of(folder, own)
            path.parent.mkdir(parents=True, exist_ok=True)
            told = (table.schema.metadata or {}) | {b"citemap.part": own.id.encode()}
            pq.write_table(another(table, one.name, n).replace_schema_metadata(told), path, compression="zstd")
    said = json.loads((folder / "archive.json").read_text(encoding="utf-8"))
    (folder / "archive.json").write_text(json.dumps(said | {"inputs": [asdict(one) for one in inputs], "parts": parts}), encoding="utf-8")
    return times * sum(table.filter(pc.equal(table["kind"], "document")).num_rows for table in tables)


def another(table: pa.Table, name: str, n: int) -> pa.Table:
    """Return a part's table as if its articles were others, of a file called ``name``."""

    def turned(column: str, by: int) -> None:
        nonlocal table
        was = table[column].combine_chunks()
        if pa.types.is_list(was.type):
            now: Any = pa.ListArray.from_arrays(was.offsets, pc.bit_wise_xor(was.flatten(), by), mask=was.is_null())
        else:
            now = pc.bit_wise_xor(was, by)
        table = table.set_column(table.schema.get_field_index(column), column, now)

    draw = random.Random(n)
    for column in ("plain", "groups", "shelves", "houses"):
        turned(column, draw.getrandbits(62))
    of_plans = random.Random(n // 3).getrandbits(62)
    for column in ("repeats", "signs"):
        turned(column, of_plans)
    was = table["file"][0].as_py()
    told = pc.replace_substring(table["told"], pattern=f"{was}:", replacement=f"{name}:")
    table = table.set_column(table.schema.get_field_index("told"), "told", told)
    return table.set_column(table.schema.get_field_index("file"), "file", pa.array([name] * len(table), pa.string()))


def merged(count: int, place: Path) -> dict[str, Any]:
    """Time and memory of comparing and writing the results of so many documents."""
    write_articles(place / "in.jsonl", EACH)
    undisturbed(place / "in.jsonl", place / "run", place / "results")
    there = multiplied(place / "run", round(count / EACH))
    found = run(["-c", MERGE, str(place / "run")], place / "run")
    tables = {name: pq.read_metadata(place / f"run/results/{name}.parquet").num_rows for name in ("documents", "reported-plans", "places")}
    assert tables["documents"] == there
    return {"documents": there, "plans": tables["reported-plans"], "seconds": found["seconds"], "driver_mb": found["driver_mb"]}


def measured(count: int, place: Path, *, ballast: int = 0) -> dict[str, Any]:
    """All figures for an archive of so many documents, each with ``ballast`` bytes beside its text."""
    source = place / f"{count}.jsonl"
    write_articles(source, count, ballast=ballast)
    found = run(["-m", "citemap", "archive", str(source), "-o", str(place / "two"), "--workers", "2"], place / "two")
    results = place / "two" / "results"
    found |= {
        "documents": count,
        "documents_per_second": round(count / found["seconds"]),
        "input_mb": round(source.stat().st_size / 1e6, 1),
        "results_mb": round(sum(p.stat().st_size for p in results.rglob("*.parquet")) / 1e6, 1),
        "map_mb": round((results / "map.html").stat().st_size / 1e6, 2),
    }
    if 100_000 <= count <= 300_000 and not ballast:
        one = run(["-c", ONE_PROCESS, str(source), str(place / "one")], place / "one")
        found |= {"one_process_seconds": one["seconds"], "one_process_mb": one["driver_mb"]}
        found["two_workers_times_as_fast"] = round(one["seconds"] / found["seconds"], 2)
    return found


def main() -> None:
    """Measure each size and print it; with --write into benchmarks/archive.json."""
    asked = argparse.ArgumentParser()
    asked.add_argument("documents", nargs="*", type=int)
    asked.add_argument("--large", action="store_true")
    asked.add_argument("--merge", type=int, default=0)
    asked.add_argument("--write", action="store_true")
    given = asked.parse_args()
    known: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    todo: dict[str, Callable[[Path], dict[str, Any]]] = {str(count): partial(measured, count) for count in given.documents}
    if given.large:
        todo["10 GB"] = partial(measured, 100_000, ballast=BALLAST)
    if given.merge:
        todo["merge"] = partial(merged, given.merge)
    for name, measure in todo.items():
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
            known[name] = found = measure(Path(place))
        print(json.dumps(found, indent=1), flush=True)
    if given.write:
        FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
