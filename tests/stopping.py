"""Real writers stopped at real moments: ``python -m tests.stopping PROFILE FOLDER`` does it in a process of its own and prints the counts.

Everything is loaded, read and written once; then each writer runs in a fork that is killed, interrupted or has no room on its disk. Two
readings are written over one another in turn, so that a mix of the two would show.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import citemap
import layers
from citemap import _commands, _gazetteer, _interrupts
from sources import Reading, write_ledger
from tests.breaking import DONE, KILLED, TOLD, State, clear, in_fork, look

TEXTS = (
    "Kenya will build a naval pier at Kilifi in 2027.\n\nThe army would move a brigade from Nairobi to Lamu by December.\n",
    "Norway plans to open a radar station at Tromsø in 2028. Officials said that Japan would station troops on Yonaguni.\n",
)
Write = Callable[[Reading, Path], object]


def naive(driver: str) -> Write:
    """How most programs write: over the old file."""

    def write(reading: Reading, path: Path) -> None:
        layers.plans_to_frame(reading, _gazetteer())[["number", "summary", "geometry"]].to_file(path, driver=driver)

    return write


WRITERS: dict[str, tuple[str, Write]] = {
    "build": ("output", lambda reading, path: citemap.build(reading, path)),
    "PlanMap.save": ("map.html", lambda reading, path: citemap.draw(reading).save(path)),
    "GeoJSON": ("plans.geojson", lambda reading, path: layers.write_geojson(reading, _gazetteer(), path)),
    "GeoPackage": ("plans.gpkg", lambda reading, path: layers.write_geopackage(reading, _gazetteer(), path)),
    "GeoParquet": ("plans.parquet", lambda reading, path: layers.write_geoparquet(reading, _gazetteer(), path)),
    "CSV": ("plans.csv", lambda reading, path: layers.write_csv(reading, _gazetteer(), path)),
    "KML": ("plans.kml", lambda reading, path: layers.write_kml(reading, _gazetteer(), path)),
    "annotations": ("annotations.jsonld", lambda reading, path: layers.write_annotations(reading, _gazetteer(), path)),
    "Linked Places": ("places.lpf.json", lambda reading, path: layers.write_linked_places(reading, _gazetteer(), path)),
    "citations": ("citations.json", lambda reading, path: layers.write_citations(reading, path)),
    "ledger": ("review.yaml", lambda reading, path: write_ledger(citemap.review(reading), path)),
    "report as HTML": ("report.html", lambda reading, path: citemap.report(reading, path)),
    "report as PDF": ("report.pdf", lambda reading, path: citemap.report(reading, path)),
    "report as Word": ("report.docx", lambda reading, path: citemap.report(reading, path)),
}
FIGURES: dict[str, tuple[str, Write]] = {
    "build with figures": ("output", lambda reading, path: citemap.build(reading, path, figures=True)),
    "figure as PDF": ("figure.pdf", lambda reading, path: citemap.figure(reading, size="single").save(path)),
    "figure as PNG": ("figure.png", lambda reading, path: citemap.figure(reading, size="single").save(path)),
}
NAIVE: dict[str, tuple[str, Write]] = {
    "naive GeoPackage": ("plans.gpkg", naive("GPKG")),
    "naive GeoJSON": ("plans.geojson", naive("GeoJSON")),
}


@functools.cache
def readings() -> tuple[Reading, Reading]:
    """Two readings that have nothing in common."""
    first, second = (citemap.read_text(text, id=f"article-{number}", publisher="The Example") for number, text in enumerate(TEXTS))
    return first, second


def seen(place: Path) -> State:
    """What readers see: the file, or the folder."""
    return look(place)


def states(writer: Write, place: Path) -> tuple[State, State, float]:
    """What the writer makes of the two readings when nothing disturbs it, and how long it takes at least, in seconds."""
    found, shortest = [], 60.0
    for reading in readings():
        clear(place)
        begun = time.monotonic()
        if in_fork(functools.partial(writer, reading, place)) != DONE:
            raise SystemExit(f"{place.name} cannot be written even undisturbed")
        shortest = min(shortest, time.monotonic() - begun)
        found.append(seen(place))
    return found[0], found[1], shortest


def kills(name: str, writer: Write, place: Path, times: int, chance: random.Random) -> dict[str, int]:
    """Kill a writer at random moments, and count what somebody sees afterwards."""
    first, second, shortest = states(writer, place)
    counted = {"kills": 0, "in time": 0, "old": 0, "new": 0, "broken or mixed": 0, "left over": 0}
    before: State = second
    for number in range(times):
        which = number % 2
        if number % 7 == 6 and not name.startswith("naive"):
            clear(place)
            before = None
        status = in_fork(functools.partial(writer, readings()[which], place), kill_after=chance.uniform(0, shortest))
        after = seen(place)
        counted["kills"] += 1
        counted["in time"] += status == KILLED
        wanted = (first, second)[which]
        kind = "new" if after == wanted else "old" if after == before else "broken or mixed"
        counted[kind] += 1
        if kind == "broken or mixed":
            clear(place)
            after = None
        before = after
    in_fork(functools.partial(writer, readings()[0], place))
    counted["left over"] = len(list(place.parent.glob(".*"))) + (seen(place) != first)
    clear(place)
    return counted


def full(writer: Write, place: Path, limits: list[int], room: Callable[[int], Any]) -> dict[str, int]:
    """Let a writer have too little room, by a way of limiting it, and count what somebody sees afterwards."""
    first, second, _ = states(writer, place)
    in_fork(functools.partial(writer, readings()[0], place))
    counted = {"tries": 0, "told": 0, "broken or mixed": 0, "left over": 0, "not told": 0}
    for limit in limits:

        def work(limit: int = limit) -> None:
            with room(limit):
                writer(readings()[1], place)

        status = in_fork(work)
        after = seen(place)
        counted["tries"] += 1
        counted["told"] += status == TOLD
        counted["not told"] += status not in (DONE, TOLD) or (status == DONE) != (after == second)
        counted["broken or mixed"] += after not in (first, second)
        counted["left over"] += len(list(place.parent.glob(".*")))
        if after != first:
            in_fork(functools.partial(writer, readings()[0], place))
    clear(place)
    return counted


@contextlib.contextmanager
def small_files(limit: int) -> Any:
    """Let no file grow beyond a size: a write fails as on a full disk. What Python itself wants to write is written before."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    yield


@contextlib.contextmanager
def small_disk(limit: int) -> Any:
    """Leave so many bytes on the disk that holds the folder and the temporary files."""
    import tempfile

    ballast = Path(tempfile.gettempdir()).parent / "ballast"
    with ballast.open("wb") as file:
        left = os.statvfs(ballast)
        os.posix_fallocate(file.fileno(), 0, max(1, left.f_bavail * left.f_frsize - limit))
    try:
        yield
    finally:
        ballast.unlink()


def interrupted(folder: Path, times: int, chance: random.Random) -> dict[str, int]:
    """Send Ctrl-C or SIGTERM to the command line at random moments of a build, and count how it ends."""
    (folder / "a.md").write_text(f"---\npublisher: The Example\n---\n{TEXTS[0]}", encoding="utf-8")
    (folder / "b.md").write_text(f"---\npublisher: The Example\n---\n{TEXTS[1]}", encoding="utf-8")
    place, said = folder / "output", folder / "said"

    def command(article: str) -> None:
        with said.open("w") as out:
            os.dup2(out.fileno(), 2)
            os.dup2(out.fileno(), 1)
            sys.argv = ["citemap", "build", str(folder / article), "-o", str(place)]
            _interrupts.as_command()
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
            try:
                _commands.main()
            except SystemExit as end:
                os._exit(int(end.code or 0))

    whole, longest = {}, 0.0
    for article in ("a.md", "b.md"):
        begun = time.monotonic()
        in_fork(functools.partial(command, article))
        longest, whole[article] = max(longest, time.monotonic() - begun), seen(place)
    counted = {"signals": 0, "in time": 0, "broken or mixed": 0, "left over": 0, "wrong status or words": 0}
    before = whole["b.md"]
    for number in range(times):
        article = ("a.md", "b.md")[number % 2]
        sent = (signal.SIGINT, signal.SIGTERM)[number % 3 == 2]
        status = in_fork(functools.partial(command, article), kill_after=chance.uniform(0, longest), kill_by=sent)
        after, lines = seen(place), said.read_text().splitlines() if said.exists() else []
        counted["signals"] += 1
        counted["in time"] += status == 128 + sent
        unchanged = "citemap: interrupted; nothing was changed, and the same command goes on"
        written = "citemap: interrupted, when output was already written whole"
        true = [words for words, so in ((unchanged, after == before), (written, after == whole[article])) if so]
        fine = {0: after == whole[article], 128 + sent: lines[-1:] in ([words] for words in true)}
        wrong = not fine.get(status, False) or "Traceback" in " ".join(lines)
        if wrong:
            print(f"signal {sent}: status {status}, said {lines}, unchanged {after == before}", file=sys.stderr)
        counted["wrong status or words"] += wrong
        counted["broken or mixed"] += after not in (before, whole[article])
        counted["left over"] += len(list(folder.glob(".*")))
        before = after
    return counted


def main(what: str, folder: str, times: str) -> None:
    """Do one sort of stopping and print what was counted, as one JSON object."""
    place, number, chance = Path(folder), int(times), random.Random(20260301)
    for reading in readings():  # what is loaded only once is loaded here, and not in every fork
        citemap.build(reading, place / "warm")
        citemap.report(reading, place / "warm.docx")  # but not as PDF: the threads of Typst do not outlive a fork
    clear(place / "warm")
    clear(place / "warm.docx")
    chosen = NAIVE if what == "naive" else WRITERS | FIGURES if what == "kills-long" else WRITERS

    def tell(name: str, counted: dict[str, int]) -> None:
        print(json.dumps({"writer": name, **counted}), flush=True)

    if what == "interrupts":
        tell("build", interrupted(place, number, chance))
    elif what in ("files", "disk"):
        few = ("build", "GeoPackage", "ledger")  # one of each way to write, where there is little time
        for name, (file, writer) in ((name, WRITERS[name]) for name in (WRITERS if number > 4 else few)):
            most = (4_000_000 if what == "disk" else 1_000_000) if name.startswith(("build", "report", "PlanMap")) else 200_000
            room = small_files if what == "files" else small_disk
            tell(name, full(writer, place / file, [1 + k * most // number for k in range(number)], room))
    else:
        share = {name: {"build": 5.0, "build with figures": 0.5}.get(name, 1.0) for name in chosen}
        for name, (file, writer) in chosen.items():
            tell(name, kills(name, writer, place / file, max(2, round(number * share[name] / sum(share.values()))), chance))


if __name__ == "__main__":
    main(*sys.argv[1:])
