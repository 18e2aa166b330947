"""Compare the speed of ``geo.parse``, which finds and resolves, with that of programs that only match names, in one process on one text.

Run it as ``python benchmarks/speed.py [CORPUS…] [--megabytes 5] [--rounds 3] [--json]``. The text is that of the corpora that are named,
else of those of ``../shared/corpora`` (LGL and GeoVirus), article by article, repeated. The peers are in ``benchmarks/requirements.txt``;
their loading does not count. Also measured: how long the index takes to open and the peak memory, in a process of its own; time as the text
grows, as many articles and as one; and time as the index grows from 0.2 to 2 million names, which are the embedded ones and invented ones,
written into temporary files.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpora import CORPORA, read_corpus  # noqa: E402

from geo import Gazetteer, parse  # noqa: E402
from geo import _entries as entries  # noqa: E402
from geo import build as index  # noqa: E402
from geo.gazetteer import DEFAULT  # noqa: E402

FEW, MANY = 200_000, 2_000_000
"""Names of the small and of the large index."""
INSTALL = "pip install --no-deps -r benchmarks/requirements.txt"
SEED = 1
_SYLLABLES = (
    "ba",
    "dor",
    "fel",
    "gra",
    "hun",
    "jov",
    "kel",
    "lim",
    "mor",
    "nax",
    "pol",
    "qua",
    "ris",
    "sten",
    "tul",
    "ver",
    "wim",
    "xan",
    "yol",
    "zor",
)


def texts(paths: Sequence[Path], megabytes: float) -> list[str]:
    """Return the articles of the corpora, repeated, up to that many millions of UTF-8 bytes; the last one is cut."""
    every = [d.text for path in paths for d in read_corpus(path).documents if d.text.strip()]
    out, left = [], round(megabytes * 1e6)
    for text in cycle(every):
        size = len(text.encode())
        if size >= left:
            out.append(text.encode()[:left].decode(errors="ignore"))
            return out
        out.append(text)
        left -= size
    return out


def megabytes_of(articles: Sequence[str]) -> float:
    """Return the size of the articles in millions of UTF-8 bytes."""
    return sum(len(a.encode()) for a in articles) / 1e6


def seconds(read: Callable[[str], Any], articles: Sequence[str]) -> float:
    """Return how long reading all the articles takes."""
    begin = time.perf_counter()
    for article in articles:
        read(article)
    return time.perf_counter() - begin


def peers() -> dict[str, Callable[[str], Any]]:
    """Return the programs to compare with, loaded, by name; those that are not installed are named on standard error."""
    found: dict[str, Callable[[str], Any]] = {}
    try:
        from flashgeotext.geotext import GeoText
        from loguru import logger

        logger.disable("flashgeotext")
        found["flashgeotext"] = GeoText().extract
    except ImportError as error:
        print(f"flashgeotext is left out: {error}; {INSTALL}", file=sys.stderr)
    try:
        import ahocorasick

        automaton = ahocorasick.Automaton(ahocorasick.STORE_LENGTH)
        with sqlite3.connect(f"file:{DEFAULT}?mode=ro", uri=True) as db:
            for (key,) in db.execute("SELECT key FROM entry WHERE senses != x''"):
                automaton.add_word(key)
        automaton.make_automaton()
        found["pyahocorasick, every match"] = lambda text: deque(automaton.iter(text.lower()), maxlen=0)
    except ImportError as error:
        print(f"pyahocorasick is left out: {error}; {INSTALL}", file=sys.stderr)
    return found


def race(articles: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    """Return MB/s of citemap and its peers: the median of rounds in which each takes its turn, and that of citemap's first, cold round."""
    others = peers()
    gazetteer = Gazetteer()
    readers = {"citemap": partial(parse, gazetteer=gazetteer)} | others
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            taken[name].append(seconds(read, articles))
    size = megabytes_of(articles)
    return {name: {"mb_s": size / statistics.median(t), "first_mb_s": size / t[0]} for name, t in taken.items()}


def alone(articles: Sequence[str]) -> dict[str, float]:
    """Return, for this process, how long the index takes to open and to be asked once, and the peak memory after all articles."""
    begin = time.perf_counter()
    gazetteer = Gazetteer()
    gazetteer.find("Kenya")
    opened = time.perf_counter() - begin
    took = seconds(partial(parse, gazetteer=gazetteer), articles)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"open_s": opened, "mb_s": megabytes_of(articles) / took, "peak_mib": peak / 2**20}


def in_own_process(paths: Sequence[Path], megabytes: float) -> dict[str, float]:
    """Return what :func:`alone` says in a new process."""
    command = [sys.executable, __file__, *map(str, paths), "--alone", "--megabytes", str(megabytes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said: dict[str, float] = json.loads(done.stdout)
    return said


def growth_with_text(paths: Sequence[Path], sizes: Sequence[float]) -> dict[str, dict[str, float]]:
    """Return seconds for each MB of text, as many articles and as one, by the size in MB, with names that have all been seen before."""
    gazetteer = Gazetteer()
    out: dict[str, dict[str, float]] = {"as articles": {}, "as one text": {}}
    seconds(partial(parse, gazetteer=gazetteer), texts(paths, max(sizes)))
    for size in sizes:
        articles = texts(paths, size)
        out["as articles"][f"{size:g} MB"] = seconds(partial(parse, gazetteer=gazetteer), articles) / size
        out["as one text"][f"{size:g} MB"] = seconds(partial(parse, gazetteer=gazetteer), ["\n\n".join(articles)]) / size
    return out


def write_index(target: Path, names: int, real: int | None = None) -> int:
    """Write an index with that many names: up to ``real`` (None: all) of the most prominent places of the embedded one, then invented ones.

    The embedded file is copied and its names are packed anew by the code that builds it. Returns the number of names.
    """
    shutil.copy(DEFAULT, target)
    db = sqlite3.connect(target)
    db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
    flags = dict(db.execute("SELECT key, flags FROM entry WHERE flags != 0"))
    held, keep = 0, 0
    ranked = db.execute(
        "SELECT p.rowid, count(*) FROM name n JOIN place p ON p.rowid = n.place GROUP BY p.rowid"
        " ORDER BY p.class_rank, p.population DESC, p.rowid"
    ).fetchall()
    while keep < len(ranked) and held + ranked[keep][1] <= min(names, real or names):
        held += ranked[keep][1]
        keep += 1
    db.executemany("DELETE FROM name WHERE place = ?", ((row,) for row, _ in ranked[keep:]))
    db.executescript("DROP TABLE entry; DELETE FROM code;" + entries.SQL)
    if keep == len(ranked) or real:
        writer = index._Writer(db)
        writer.ids = dict(db.execute("SELECT id, rowid FROM place"))
        for row, named in _invented(names - held):
            writer.add(row, named, "invented")
        held += sum(writer.counts.values())
    entries.write_entries(db, flags)
    db.commit()
    db.close()
    return held


def _invented(count: int) -> Any:
    """Places with one invented name each: one to three words, anywhere, small."""
    chance = random.Random(SEED)
    for number in range(count):
        words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))).title() for _ in range(chance.choice((1, 1, 2, 2, 3)))]
        name = " ".join(words)
        row = {"id": f"invented:{number}", "name": name, "lat": chance.uniform(-60, 70), "lon": chance.uniform(-180, 180)}
        row |= {"feature_code": "PPL", "extent": "point", "where_prec": 1, "country": "US", "population": chance.randint(0, 5000)}
        row |= {"class_rank": entries.CITY, "authority": "invented", "authority_url": ""}
        yield row, [(name, "", 0)]


def growth_with_names(articles: Sequence[str], rounds: int) -> dict[str, dict[str, float]]:
    """Return seconds by the number of names of the index: a first, cold pass, and the median of warm ones, taken in turn.

    The number of mentions stands beside, since an index with more real names finds more, and what is found takes time of its own: the last
    index has the real names of the first and is filled up with invented ones, which shows what names cost that the text does not hold.
    """
    with tempfile.TemporaryDirectory() as folder:
        opened = {}
        for names, real in ((FEW, None), (MANY, None), (MANY, FEW)):
            path = Path(folder) / f"{names} {real}.sqlite"
            held = write_index(path, names, real)
            opened[f"{held:,} names" + (f", {real:,} of them real" if real else "")] = Gazetteer(path)
        taken: dict[str, list[float]] = {name: [] for name in opened}
        for _ in range(rounds + 1):
            for name, gazetteer in opened.items():
                taken[name].append(seconds(partial(parse, gazetteer=gazetteer), articles))
        found = {name: sum(len(parse(a, gazetteer)) for a in articles) for name, gazetteer in opened.items()}
        for gazetteer in opened.values():
            gazetteer.close()
    return {name: {"cold_s": t[0], "warm_s": statistics.median(t[1:]), "mentions": found[name]} for name, t in taken.items()}


def report(m: dict[str, Any]) -> str:
    """Return the measures for a reader."""
    ours = m["race"]["citemap"]["mb_s"]
    lines = [f"{m['megabytes']:g} MB, {m['articles']:,} articles; MB/s, the median of {m['rounds']} in turn"]
    for name, x in m["race"].items():
        beside = (
            f"; its first, cold round {x['first_mb_s']:.2f}" if name == "citemap" else f"; citemap is {ours / x['mb_s']:.2f} times as fast"
        )
        lines.append(f"  {name:28}{x['mb_s']:8.2f}{beside}")
    own = m["alone"]
    lines.append(
        f"in a process of its own: index open {own['open_s']:.3f} s, peak memory {own['peak_mib']:.0f} MiB, {own['mb_s']:.2f} MB/s"
    )
    for name, x in m["text"].items():
        lines.append(f"seconds for each MB, {name}: " + ", ".join(f"{size} {s:.2f}" for size, s in x.items()))
    (_, few), *more = m["names"].items()
    lines += [f"{n}: {x['cold_s']:.2f} s cold, {x['warm_s']:.2f} s warm, {x['mentions']:,} mentions" for n, x in m["names"].items()]
    for name, x in more:
        ratios = f"{x['cold_s'] / few['cold_s']:.2f} times as long cold, {x['warm_s'] / few['warm_s']:.2f} times warm"
        lines.append(f"  {name} take {ratios}, for {x['mentions'] / few['mentions']:.2f} times the mentions")
    return "\n".join(lines)


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS", help="XML files; default: those of ../shared/corpora")
    parser.add_argument("--megabytes", type=float, default=5.0, help="size of the text (default: 5)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--alone", action="store_true", help="only citemap: time to open the index, and peak memory")
    args = parser.parse_args()
    paths = args.corpora or sorted(CORPORA.glob("*.xml"))
    if not paths:
        sys.exit("there is no ../shared/corpora beside the project; name the XML file of a corpus")
    articles = texts(paths, args.megabytes)
    if args.alone:
        print(json.dumps(alone(articles)))
        return
    measured = {
        "megabytes": args.megabytes,
        "articles": len(articles),
        "rounds": args.rounds,
        "alone": in_own_process(paths, args.megabytes),
        "race": race(articles, args.rounds),
        "text": growth_with_text(paths, [args.megabytes * share for share in (0.2, 0.4, 0.8)]),
        "names": growth_with_names(texts(paths, args.megabytes * 0.4), args.rounds),
    }
    print(json.dumps(measured) if args.json else report(measured))


if __name__ == "__main__":
    main()
