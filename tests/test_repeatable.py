"""The same articles give the same bytes, of every kind, whatever the machine, the day and the user's settings are."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import citemap
from tests.conftest import ROOT
from tests.profile import LONG, amount, note

FIRST = "---\ntitle: A pier\npublisher: The Example\ndate: 2026-03-03\n---\nKenya will build a naval pier at Kilifi in 2027.\n"
SECOND = "---\npublisher: The Other Example\ndate: 2026-03-05\n---\nOfficials said that Kenya would build a naval pier at Kilifi by 2028.\n"
THIRD = "Norway plans to open a radar station at Tromsø in 2028.\n"
FILES = {"b.md": SECOND, "a.md": FIRST, "c/a.md": THIRD, "İstanbul.txt": "Japan will station troops on Yonaguni next year."}
COMMANDS = """
import sys, os
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}) if os.environ.get("ONE_CPU") else None
{clock}
sys.argv = ["citemap"]
import citemap, sources
from citemap import _commands
def run(*args):
    sys.argv = ["citemap", *args]
    try:
        _commands.main()
    except SystemExit as end:
        assert not end.code, end.code
out, articles = os.environ["OUT"], sys.argv_given
run("build", *articles, "-o", f"{out}/output"{figure})
for ending in {endings}:
    run("report", *articles, "-o", f"{out}/report{ending}")
run("review", *articles, "-o", f"{out}/review.yaml")
run("review", *articles, "-o", f"{out}/review.csv")
sys.stdout = open(f"{out}/extract.jsonl", "w", encoding="utf-8")
run("extract", *sorted(articles, key=os.path.basename), "--jsonl", "--no-ledger")
sys.stdout.close()
"""
CLOCK = """
import time
real, ahead, in_utc, here = time.time, 86400 * 3000, time.gmtime, time.localtime
time.time = lambda: real() + ahead
time.gmtime = lambda at=None: in_utc(time.time() if at is None else at)
time.localtime = lambda at=None: here(time.time() if at is None else at)
"""
"""A clock that is eight years ahead, for all that asks the module time; the class datetime cannot be exchanged under C extensions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """Where and how citemap runs: none of this may be seen in what it writes."""

    seed: str = "0"
    zone: str = "UTC"
    locale: str | None = "C.UTF-8"
    order: int = 1
    folder: bool = False
    relative: bool = False
    umask: int = 0o022
    later: bool = False
    one_cpu: bool = False
    moved: bool = False


HERE = Machine()
OTHERS = (Machine(seed="1", zone="Asia/Tokyo", locale="C", order=-1, relative=True, umask=0o077, later=True, one_cpu=True, moved=True),)
MATRIX = (
    Machine(seed="random", zone="America/St_Johns", locale=None, folder=True, umask=0o002),
    *(Machine(seed=seed) for seed in ("1", "2", "3", "random")),
    *(Machine(zone=zone) for zone in ("Asia/Tokyo", "America/St_Johns", "Pacific/Kiritimati")),
    *(Machine(locale=locale) for locale in ("C", "tr_TR.UTF-8", "de_DE.UTF-8", None)),
    Machine(order=-1), Machine(folder=True), Machine(relative=True), Machine(umask=0o077), Machine(later=True), Machine(one_cpu=True),
    Machine(moved=True),
)  # fmt: skip


def written(machine: Machine, place: Path) -> dict[str, str]:
    """All that citemap writes on such a machine, as digests by name."""
    articles, out = place / ("articles" if machine.relative else "news/of the day"), place / "out"
    for name, text in sorted(FILES.items(), reverse=machine.order < 0):
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text(text, encoding="utf-8")
    out.mkdir()
    base = Path("articles") if machine.relative else articles
    names = [str(base)] if machine.folder else [str(base / name) for name in FILES][:: machine.order]
    source = ROOT
    if machine.moved:
        source = place / "a checkout elsewhere"
        shutil.copytree(ROOT, source, symlinks=False, ignore=lambda at, names: _not_code(Path(at), names))
        (source / "geo/data/built").mkdir()
        (source / "geo/data/built/gazetteer.sqlite").symlink_to((ROOT / "geo/data/built/gazetteer.sqlite").resolve())
    endings = [".html", ".pdf", ".docx", ".md"] if LONG else [".md"]
    figure = ', "--figure"' if LONG else ""
    script = COMMANDS.replace("{clock}", CLOCK if machine.later else "").replace("{endings}", repr(endings)).replace("{figure}", figure)
    script = script.replace("sys.argv_given", repr(names))
    env = {key: value for key, value in os.environ.items() if not key.startswith(("LC_", "LANG", "CITEMAP_"))}
    env |= {"PYTHONPATH": str(source), "PYTHONHASHSEED": machine.seed, "TZ": machine.zone, "OUT": str(out), "HOME": str(place / "home")}
    env |= ({"LC_ALL": machine.locale} if machine.locale else {}) | ({"ONE_CPU": "1"} if machine.one_cpu else {})
    done = subprocess.run([sys.executable, "-c", script], cwd=place, env=env, capture_output=True, umask=machine.umask, check=False)
    assert done.returncode == 0, done.stderr.decode()
    files = [path for path in sorted(out.rglob("*")) if path.is_file()]
    return {str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _not_code(at: Path, names: list[str]) -> set[str]:
    """What of the checkout is not needed to run: everything at the top but the five rooms, and the gazetteer's index, which is large."""
    if at == ROOT:
        return set(names) - {"geo", "sources", "layers", "archive", "citemap", "node_modules"} | {"node_modules"}
    return {"built"} if at == ROOT / "geo" / "data" else {"__pycache__"} & set(names)


@pytest.mark.trust
def test_the_same_articles_give_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    wanted = written(HERE, tmp_path / "here")
    others = (*OTHERS, *MATRIX) if LONG else OTHERS
    differ: dict[str, list[str]] = {}
    for number, machine in enumerate(others):
        (tmp_path / str(number)).mkdir()
        found = written(machine, tmp_path / str(number))
        if bad := [name for name in sorted({*wanted, *found}) if wanted.get(name) != found.get(name)]:
            differ[str(machine)] = bad
    note("repeatable", machines=len(others) + 1, files=len(wanted), differences=sum(map(len, differ.values())))
    assert differ == {}


def test_maps_of_one_process_are_those_of_two_in_any_order(tmp_path: Path) -> None:
    readings = [citemap.read_text(text) for text in (FIRST, THIRD)]
    for number, reading in enumerate(readings):
        citemap.draw(reading).save(tmp_path / f"{number}")
    for number, reading in reversed(list(enumerate(readings))):
        citemap.draw(reading).save(tmp_path / f"{number} again")
    assert [(tmp_path / str(n)).read_bytes() == (tmp_path / f"{n} again").read_bytes() for n in (0, 1)] == [True, True]


def test_what_a_user_adds_to_a_map_gets_the_same_ids_each_time(tmp_path: Path) -> None:
    import folium

    for name in ("one", "two"):
        drawn = citemap.draw(citemap.read_text(THIRD))
        group = folium.FeatureGroup(name="Ports").add_to(drawn)
        folium.Marker([69.6, 18.9], popup="mine", tooltip="tip").add_to(group)
        folium.CircleMarker([69.7, 18.9]).add_to(drawn)
        drawn.save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_geopackage_is_made_the_same_over_and_over(tmp_path: Path) -> None:
    import layers
    from citemap import _gazetteer

    reading = citemap.read_text(SECOND)
    made = {layers.write_geopackage(reading, _gazetteer(), tmp_path / "plans.gpkg").read_bytes() for _ in range(amount(3, 300))}
    note("the same GeoPackage again", times=amount(3, 300), different=len(made) - 1)
    assert len(made) == 1
