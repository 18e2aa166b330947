"""Compare the cold start of ``citemap extract`` on one article with that of ``import pandas``, run by run in turn.

Run it as ``python benchmarks/cold_start.py [rounds]``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ARTICLE = ROOT / "articles" / "taiwan-contingency-plan-1.md"
EXTRACT = (sys.executable, "-m", "citemap", "extract", str(ARTICLE), "--jsonl")
PANDAS = (sys.executable, "-c", "import pandas")


def seconds(command: tuple[str, ...]) -> float:
    """Return how long a command takes in a process of its own, in seconds."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def medians(rounds: int = 5) -> tuple[float, float]:
    """Return the median seconds of the extraction and of the import, measured in turn after one run of each that does not count."""
    seconds(EXTRACT), seconds(PANDAS)
    pairs = [(seconds(EXTRACT), seconds(PANDAS)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def main() -> None:
    """Print both medians and their ratio."""
    extract, pandas = medians(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
    print(f"citemap extract {extract:.2f} s, import pandas {pandas:.2f} s: {extract / pandas:.2f} times")


if __name__ == "__main__":
    main()
