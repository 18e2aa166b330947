"""Time and memory of a run over an archive: ``python benchmarks/archive.py [DOCUMENTS …] [--write]``, sizes ascending.

For each size, by two workers: documents a second, the peak memory of a worker and of the driver, bytes of the map and of the results. For
sizes from 100,000 to 300,000 also in one process without an engine, on the same machine in the same hour: below, starting and drawing the
map, which take some ten seconds whatever the size, would be most of it. Give the machine nothing else to do. Articles are invented
(``tests/archive/drill.py``); one in four tells a plan.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.archive.drill import write_articles  # noqa: E402

FIGURES = ROOT / "benchmarks" / "archive.json"
ONE_PROCESS = """
import sys; from pathlib import Path; from tests.archive.drill import undisturbed
source, folder = map(Path, sys.argv[1:]); undisturbed(source, folder, folder / "results", drawn=True)
"""


def peak(pid: int) -> int:
    """The most memory that a process has held so far, in MB; 0 where it is gone."""
    try:
        return int(re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[0]) // 1024
    except (OSError, IndexError):
        return 0


def run(command: list[str], folder: Path) -> dict[str, Any]:
    """Run a command that writes its progress into a folder, and return seconds in all, to the end of reading, and peaks of memory."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    read, workers, driver = 0.0, 0, 0
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
    return {"seconds": round(time.perf_counter() - began, 1), "reading": round(read, 1), "worker_mb": workers, "driver_mb": driver}


def measured(count: int, place: Path) -> dict[str, Any]:
    """All figures for an archive of so many documents."""
    source = place / f"{count}.jsonl"
    write_articles(source, count)
    found = run(["-m", "citemap", "archive", str(source), "-o", str(place / "two"), "--workers", "2"], place / "two")
    results = place / "two" / "results"
    found |= {
        "documents": count,
        "documents_per_second": round(count / found["seconds"]),
        "input_mb": round(source.stat().st_size / 1e6, 1),
        "results_mb": round(sum(p.stat().st_size for p in results.rglob("*.parquet")) / 1e6, 1),
        "map_mb": round((results / "map.html").stat().st_size / 1e6, 2),
    }
    if 100_000 <= count <= 300_000:
        one = run(["-c", ONE_PROCESS, str(source), str(place / "one")], place / "one")
        found |= {"one_process_seconds": one["seconds"], "one_process_mb": one["driver_mb"]}
        found["two_workers_times_as_fast"] = round(one["seconds"] / found["seconds"], 2)
    return found


def main() -> None:
    """Measure each size and print it; with --write into benchmarks/archive.json."""
    sizes = [int(word) for word in sys.argv[1:] if word.isdigit()] or [10_000, 100_000]
    known: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    for count in sizes:
        with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as place:
            known[str(count)] = found = measured(count, Path(place))
        print(json.dumps(found, indent=1), flush=True)
    if "--write" in sys.argv:
        FIGURES.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
