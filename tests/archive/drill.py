"""The drill: an archive is read while its workers and its driver are killed, then its results are compared with an undisturbed run's."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from archive._inputs import list_inputs
from archive._manifest import freeze
from archive._mapping import write_map
from archive._merge import write_results
from archive._model import Config
from archive._store import commit
from archive._work import made_by, work
from tests.conftest import ROOT

_PORTS = ("Kilifi", "Mombasa", "Naha", "Kagoshima", "Lamu", "Iloilo", "Cebu", "Riga", "Gdansk")
_STATES = ("Kenya", "Japan", "The Philippines", "Latvia", "Poland")
_THINGS = ("naval pier", "radar station", "fuel depot", "road bridge", "dry dock", "coastal hospital", "rail yard", "water tower")
_OUTLETS = ("The Example", "The Coast Herald", "Harbour Weekly", "")
_WORDS = tuple(
    a + b for a in ("bas", "can", "din", "fea", "gar", "ham", "kett", "lad") for b in ("ket", "dle", "ner", "ther", "den", "mer")
)
_POISON = (
    '{"id": 3, "text": ',
    "[]",
    '{"text": ""}',
    '{"text": 5}',
    '{"id": "x"}',
    "\x00\x01",
    '{"text": "a", "a": ' + "[" * 3000,
    "nonsense",
)


def write_articles(path: Path, count: int, *, poisonous: float = 0.01, told: float = 0.25, ballast: int = 0) -> tuple[int, int]:
    """Write ``count`` small invented articles as JSON Lines; return how many are good and how many are not.

    A share of ``told`` tells a plan, one in twenty reprints an earlier one under another outlet, and a share of ``poisonous`` is broken.
    Each has so many bytes of ``ballast`` in a field that is not read.
    """
    draw = random.Random(1)
    bad = 0
    kept: list[str] = []
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for number in range(count):
            if draw.random() < poisonous:
                file.write(draw.choice(_POISON) + "\n")
                bad += 1
                continue
            if kept and draw.random() < 0.05:
                text = draw.choice(kept)
            else:
                words = " ".join(draw.choice(_WORDS) for _ in range(6))
                text = f"Item {number} was about {words}."
                if draw.random() < told:
                    plan = f"{draw.choice(_STATES)} will build a {draw.choice(_THINGS)} at {draw.choice(_PORTS)}"
                    text = f"{plan} by 20{draw.randint(26, 40)}. {text}"
            if len(kept) < 200:
                kept.append(text)
            outlet = draw.choice(_OUTLETS)
            said = {
                "id": f"a{number}",
                "text": text,
                "publisher": outlet,
                "date": f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}",
            }
            file.write(json.dumps(said | ({"page": "<p>" * (ballast // 3)} if ballast else {})) + "\n")
    return count - bad, bad


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each table below a folder, by its path there."""
    files = sorted(path for path in folder.rglob("*.parquet"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def start(source: Path, folder: Path, *, naive: bool = False) -> subprocess.Popen[str]:
    """Start a driver with two workers: citemap's, or a naive one."""
    own = ["-m", "citemap", "archive", str(source), "-o", str(folder), "--workers", "2"]
    return subprocess.Popen(
        [sys.executable, *(["-m", "tests.archive.naive", str(source), str(folder)] if naive else own)],
        env=os.environ | {"PYTHONPATH": str(ROOT)}, cwd=folder.parent, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def undisturbed(source: Path, folder: Path, target: Path, *, drawn: bool = False) -> None:
    """Read an archive in this process, part after part, without an engine; the map only where it shall be ``drawn``."""
    manifest = freeze(folder, list_inputs([str(source)]), Config(), made_by())
    for part in manifest.parts:
        commit(folder, part, work(part))
    target.mkdir()
    written = write_results(manifest, folder, target)
    if drawn:
        write_map(target, documents=written.rows["documents"], aside=written.rows["asides"], reported=written.plans)


def drill(source: Path, folder: Path, *, worker_kills: int, driver_kills: int, pause: float, naive: bool = False) -> tuple[int, int]:
    """Read an archive while ``worker_kills`` workers and ``driver_kills`` drivers are killed; return how many were.

    A worker is killed some ``pause`` seconds after the last kill, at random, and a driver after as many workers as its share.
    """
    draw = random.Random(1)
    killed = [0, 0]
    driver = start(source, folder, naive=naive)
    while driver.poll() is None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            driver.wait(pause * draw.uniform(0.2, 1.8))
        said = _progress(folder, driver.pid)
        if not said or driver.poll() is not None:
            continue
        if killed[1] < driver_kills and killed[0] >= worker_kills * (killed[1] + 1) // (driver_kills + 1):
            driver.kill()
            driver.wait()
            killed[1] += 1
            driver = start(source, folder, naive=naive)
        elif killed[0] < worker_kills and said["workers"]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(draw.choice(said["workers"]), signal.SIGKILL)
                killed[0] += 1
    assert driver.returncode in (0, 1), driver.stderr.read() if driver.stderr else ""
    return killed[0], killed[1]


def _progress(folder: Path, pid: int) -> dict[str, list[int]]:
    """What the driver ``pid`` has said last, or nothing where it has said nothing yet."""
    try:
        said: dict[str, list[int]] = json.loads((folder / "progress.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return said if said.get("driver") == pid else {}


def wait_for(path: Path, seconds: float) -> bool:
    """Wait until a file is there, at most so long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and not path.exists():
        time.sleep(0.02)
    return path.exists()
