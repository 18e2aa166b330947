"""How most programs would read an archive on two processes: results are appended as they come, a part is noted when it is done.

The drill must fail it: ``python -m tests.archive.naive SOURCE FOLDER`` takes the same parts, the same pipeline and the same kills.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from archive._documents import documents
from archive._inputs import cut, list_inputs
from archive._model import Aside, Config
from archive._work import Reader, made_by


def one_worker(source: str, folder: Path, number: int) -> None:
    """Read every second part that is not noted as done."""
    reader = Reader()
    for part in cut(list_inputs([source]), Config(), made_by())[number::2]:
        done = folder / f"{part.id}.done"
        if done.exists():
            continue
        with (folder / "results.jsonl").open("a", encoding="utf-8") as file:
            for item in documents(part):
                read = reader.read(part, item) if not isinstance(item, Aside) else None
                file.write(json.dumps({"position": item.position, "read": isinstance(read, tuple)}) + "\n")
                file.flush()
        done.touch()


def main(source: str, folder: Path) -> None:
    """Keep two workers going until all parts are noted as done."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "tests.archive.naive", source, str(folder)]
    workers = [subprocess.Popen([*command, str(n)]) for n in range(2)]
    while any(worker.poll() != 0 for worker in workers):
        workers = [w if w.poll() in (None, 0) else subprocess.Popen([*command, str(n)]) for n, w in enumerate(workers)]
        parts = len(list(folder.glob("*.done")))
        said = {"driver": os.getpid(), "workers": [w.pid for w in workers if w.poll() is None], "done": parts}
        beside = folder / ".progress"
        beside.write_text(json.dumps(said), encoding="utf-8")
        os.replace(beside, folder / "progress.json")
        time.sleep(0.1)


if __name__ == "__main__":
    if len(sys.argv) > 3:
        one_worker(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(sys.argv[1], Path(sys.argv[2]))
