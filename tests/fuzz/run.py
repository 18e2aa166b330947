"""Fuzz a target: ``python -m tests.fuzz.run [TARGET…] --seconds 600``; `make fuzz` runs all of them.

Every find is written into ``tests/fuzz/finds/TARGET/``, one for each place in the code that it comes from, and is a case of
``tests/fuzz/test_finds.py`` from then on. What the fuzzer learned lies in ``build/fuzz/`` and is gone on from.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import time
import traceback
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FINDS = HERE / "finds"
LEARNED = ROOT / "build" / "fuzz"
SLOWEST = 25
"""Seconds that one input may take before it counts as a hang."""


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["geo", "sources", "layers"]):
        from tests.fuzz.targets import SEEDS, TARGETS, words
    corpus, target, seen = LEARNED / name, TARGETS[name], dict[str, int]()
    corpus.mkdir(parents=True, exist_ok=True)
    (FINDS / name).mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(seed.encode("utf-8", "surrogatepass"))
        target(seed.encode("utf-8", "surrogatepass"))
    listed = LEARNED / f"{name}.dict"
    listed.write_text("".join(f'"{_escaped(word)}"\n' for word in words()), encoding="ascii")
    counts = {"runs": 0}
    began = time.monotonic()

    def one(data: bytes) -> None:
        counts["runs"] += 1
        if counts["runs"] % 1000 == 0 or time.monotonic() - began > seconds:
            (LEARNED / f"{name}.runs").write_text(f"{counts['runs']} runs in {time.monotonic() - began:.0f} s, {len(seen)} finds\n")
        try:
            target(data)
        except Exception as error:
            where = _where(error)
            if where not in seen:
                file = FINDS / name / hashlib.sha256(where.encode()).hexdigest()[:10]
                if not file.exists() or len(data) < file.stat().st_size:
                    file.write_bytes(data)
                print(f"find: {name}: {where}: {str(error)[:200]}", file=sys.stderr, flush=True)
            seen[where] = seen.get(where, 0) + 1

    hangs = FINDS / name / "hang-"
    options = [
        f"-max_total_time={seconds}",
        f"-timeout={SLOWEST}",
        "-max_len=1500",
        "-rss_limit_mb=6000",
        f"-dict={listed}",
        "-verbosity=0",
    ]
    atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={hangs}", str(corpus)], one)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


def _where(error: BaseException) -> str:
    """Return the kind of an error and the last line of ours that it came through."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if str(ROOT) in f.filename and ".venv" not in f.filename]
    last = frames[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, {last.name}: {last.line}"


def main() -> None:
    """Fuzz the targets that are named, or all, one after the other, each in a process of its own."""
    asks = argparse.ArgumentParser(description=__doc__)
    asks.add_argument("targets", nargs="*", help="all of them where none is named")
    asks.add_argument("--seconds", type=int, default=600, help="how long each is fuzzed")
    asks.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    chosen = asks.parse_args()
    if chosen.here:
        return fuzz(chosen.targets[0], chosen.seconds)
    from tests.fuzz.targets import TARGETS

    if unknown := [name for name in chosen.targets if name not in TARGETS]:
        asks.error(f"{unknown[0]} is no target; there are {', '.join(TARGETS)}")
    for name in chosen.targets or TARGETS:
        command = [sys.executable, "-m", "tests.fuzz.run", name, "--here", "--seconds", str(chosen.seconds)]
        done = subprocess.run(command, cwd=ROOT, check=False)
        runs = LEARNED / f"{name}.runs"
        print(f"{name}: {runs.read_text().strip() if runs.exists() else 'no runs'}, status {done.returncode}", flush=True)
    return None


if __name__ == "__main__":
    main()
