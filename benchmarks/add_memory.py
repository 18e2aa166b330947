"""How much memory and time adding a gazetteer takes: ``python benchmarks/add_memory.py 500000 2000000``.

Each number is that of synthetic rows in GeoNames' 19 columns, with about three names each, added by a process of its own.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
_CHILD = """
import json, sys, time
from pathlib import Path
from geo import add_gazetteers

stages = {}
def told(what, done, total):
    stages.setdefault(what.split()[0], time.perf_counter())
start = time.perf_counter()
layers = add_gazetteers([sys.argv[1]], embedded=Path(sys.argv[2]) if len(sys.argv) > 2 else None, progress=told)
took = time.perf_counter() - start
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
print(json.dumps({"rows": layers[0].rows, "seconds": took, "read": stages["merging"] - stages["reading"], "mebibytes": peak}))
"""
_PARTS = ("ka", "lo", "mi", "ren", "to", "vas", "ber", "dun", "ful", "gor", "hel", "jin", "nor", "pel", "sta", "tri", "wex", "yor")


class Measure(NamedTuple):
    """Rows taken, seconds in all and for reading, and the peak of resident memory in MiB."""

    rows: int
    seconds: float
    read: float
    mebibytes: float


def write_rows(path: Path, rows: int) -> None:
    """Write a table of that many invented places, the same ones at each call."""
    chance = random.Random(rows)

    def name() -> str:
        return "".join(chance.choices(_PARTS, k=chance.randint(2, 5))).capitalize()

    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(1, rows + 1):
            own, lat, lon = name(), chance.uniform(-60, 75), chance.uniform(-180, 180)
            cells = [
                str(90_000_000 + number),
                own,
                own,
                f"{name()},{name()} {name()}",
                f"{lat:.5f}",
                f"{lon:.5f}",
                "P",
                "PPL",
                "NL",
                "",
                "03",
            ]
            cells += [f"{number % 400:04d}", "", "", str(chance.randint(0, 5000)), "", "0", "Europe/Amsterdam", "2026-01-01"]
            file.write("\t".join(cells) + "\n")


def measure(rows: int, embedded: Path | None = None) -> Measure:
    """Add that many rows to an index (None: the package's own) in a data folder that is thrown away. Needs Linux (``/proc``)."""
    with tempfile.TemporaryDirectory(prefix="citemap-add-") as folder:
        path = Path(folder) / "synthetic.txt"
        write_rows(path, rows)
        command = [sys.executable, "-c", _CHILD, str(path), *([str(embedded)] if embedded else [])]
        env = os.environ | {"CITEMAP_HOME": folder, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=True)
    return Measure(**json.loads(done.stdout))


def main() -> None:
    """Print a line for each number of rows."""
    for rows in [int(argument) for argument in sys.argv[1:]] or [500_000, 2_000_000]:
        m = measure(rows)
        speed = f"{m.seconds:7.1f} s  {m.rows / m.seconds:8,.0f} rows/s  (reading {m.read:.1f} s)"
        print(f"{m.rows:>10,} rows  {speed}  peak {m.mebibytes:,.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
