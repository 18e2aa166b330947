"""Score the places that citemap finds in corpora whose mentions were marked by hand; the floors of a sample stand in ``floors.json``.

Run it as ``python benchmarks/accuracy.py [CORPUS…] [--homes] [--gazetteer FILE] [--errors N] [--sample N] [--json] [--write]``. A corpus is
an XML file of ``<article>`` elements with a ``<text>`` and marks that have ``<start>`` and ``<end>`` (LGL's format; GeoVirus' is read too).
Without a path, those of ``../shared/corpora`` are scored, which is no part of the project. Nothing here prints or keeps a sentence of them.

recognition   F1 of spans that overlap, one prediction for one mention; counted with and without demonyms and parts of names
Acc@161       share of the located mentions, given as such, whose place is within 161 km (100 miles); without a place is an error
AUC           area under ln(1 + error in km) / ln(20039) over the sorted errors, without a place 20,039 km; less is better
F@161         end to end: a prediction is right where it overlaps a located mention and its place is within 161 km of that
ECE           expected calibration error of the score in 15 bins of equal mass, over the located mentions that got a place
surest 60 %   share within 161 km of the 60 % of these that have the highest scores
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from corpora import CORPORA, LEARNED_FROM, SEED, Corpus, Document, Gold, demonyms, fold_of, read_corpus, sample  # noqa: E402

from geo import Gazetteer, Toponym, infer_homes, parse  # noqa: E402
from geo._traits import use_weights  # noqa: E402

FOLD_WEIGHTS = ROOT / "benchmarks" / "resolution-folds.json"
FLOORS = ROOT / "benchmarks" / "floors.json"
README = ROOT / "README.md"
NEAR_KM = 161.0
FARTHEST_KM = 20_039.0
BINS = 15
SUREST = 0.6
SAMPLE = 60
"""The articles of each corpus on which the tests hold the floors."""
SLACK = 0.03
"""How far a floor lies below the measurement that set it (a ceiling above it)."""
FLOORED = ("recognition_f1", "accuracy", "accuracy_homes", "end_to_end_f1", "surest")
CEILINGS = ("auc", "ece")
"""Measures of which less is better."""

# what citemap says ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one span: its kind, the place chosen (its id and where it lies), or None, and the score."""

    start: int
    end: int
    phrase: str
    kind: str
    place: str
    at: tuple[float, float] | None
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said of one article: what was found in it, what its annotated mentions mean, and the baseline's word on these."""

    document: Document
    found: tuple[Said, ...]
    given: tuple[Said | None, ...]
    baseline: tuple[tuple[float, float] | None, ...]


def _said(t: Toponym, gazetteer: Gazetteer) -> Said:
    m, place, at = t.mention, "", None
    if t.place:
        part = gazetteer.part(t.place.id, m.modifier) if m.modifier else None
        place, at = t.place.id, part or (t.place.lat, t.place.lon)
    return Said(m.start, m.end, m.text, m.kind, place, at, t.score)


def _baseline(phrase: str, gazetteer: Gazetteer) -> tuple[float, float] | None:
    """The most populous place of the name; countries first, then first-order divisions, whose population not every index holds."""
    name = demonyms().get(phrase, phrase)
    places = (gazetteer.place(name),) if ":" in name else gazetteer.find(name)
    best = max(places, key=lambda p: (p.extent == "country", p.feature_code == "ADM1", p.population), default=None)
    return (best.lat, best.lon) if best else None


def answers(documents: Sequence[Document], wanted: set[str], gazetteer: Gazetteer, homes: bool) -> list[Answer]:
    """Return the answers for those of ``documents`` whose id is ``wanted``.

    With ``homes``, an outlet's home is inferred from what citemap finds in the outlet's *other* articles: neither the article itself nor
    any annotation has a part in it.
    """
    first = {}
    for d in documents:
        if homes or d.id in wanted:
            use_weights(unseen(d))
            first[d.id] = parse(d.text, gazetteer)
    out = []
    for d in documents:
        if d.id not in wanted:
            continue
        use_weights(unseen(d))
        found, home = first[d.id], None
        if homes and d.outlet:
            outlet = [x for x in documents if x.outlet == d.outlet]
            home = infer_homes((x.outlet, first[x.id]) for x in outlet)[outlet.index(d)]
            found = parse(d.text, gazetteer, home=home) if home else found
        inside = [g for g in d.gold if 0 <= g.start < g.end <= len(d.text)]
        resolved = parse(d.text, gazetteer, mentions=[(g.start, g.end) for g in inside], home=home)
        by_span = {(g.start, g.end): _said(t, gazetteer) for g, t in zip(inside, resolved, strict=True)}
        given = tuple(by_span.get((g.start, g.end)) for g in d.gold)
        out.append(Answer(d, tuple(_said(t, gazetteer) for t in found), given, tuple(_baseline(g.phrase, gazetteer) for g in d.gold)))
    return out


def unseen(document: Document) -> dict[str, dict[str, float]] | None:
    """Return the weights learned without the document's fold, or None (the learned ones) for a corpus that was not learned from."""
    if document.corpus not in LEARNED_FROM or not FOLD_WEIGHTS.is_file():
        return None
    folds = fold_weights()
    return folds[fold_of(document, len(folds))]


@cache
def fold_weights() -> list[dict[str, dict[str, float]]]:
    """Return the weights that ``train_resolution.py`` learned without each fold."""
    folds: list[dict[str, dict[str, float]]] = json.loads(FOLD_WEIGHTS.read_text(encoding="utf-8"))["folds"]
    return folds


_opened: dict[Path | None, Gazetteer] = {}
"""The gazetteers of this process, by path."""


def _work(task: tuple[list[Document], set[str], Path | None, bool]) -> list[Answer]:
    documents, wanted, path, homes = task
    if path not in _opened:
        _opened[path] = Gazetteer(path)
    return answers(documents, wanted, _opened[path], homes)


def ask(
    corpus: Corpus, documents: Iterable[Document], *, gazetteer: Path | None = None, homes: bool = False, jobs: int = 1
) -> list[Answer]:
    """Return the answers for ``documents``, in the order of the corpus; a task of the pool is all articles of one outlet."""
    wanted = {d.id for d in documents}
    groups: dict[str, list[Document]] = {}
    for d in corpus.documents:
        groups.setdefault(f"outlet {d.outlet}" if d.outlet else f"article {d.id}", []).append(d)
    tasks = [(group, wanted, gazetteer, homes) for group in groups.values() if any(d.id in wanted for d in group)]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            done = list(pool.map(_work, tasks, chunksize=4))
    else:
        done = [_work(task) for task in tasks]
    order = {d.id: n for n, d in enumerate(corpus.documents)}
    return sorted((a for part in done for a in part), key=lambda a: order[a.document.id])


# measures ------------------------------------------------------------------------------------------------------------------------


def km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance in km between two (lat, lon) in degrees, on the sphere of the earth's mean radius."""
    (la, lo), (lb, lp) = (tuple(map(math.radians, x)) for x in (a, b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(min(1.0, h)))


def pairs(gold: Sequence[Gold], found: Sequence[Said]) -> list[tuple[Gold, Said]]:
    """Pair mentions that overlap, each at most once, the longest overlap first."""
    cells = []
    for i, g in enumerate(gold):
        for j, s in enumerate(found):
            if (shared := min(g.end, s.end) - max(g.start, s.start)) > 0:
                cells.append((-shared, i, j))
    left, right, out = set[int](), set[int](), []
    for _, i, j in sorted(cells):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((gold[i], found[j]))
    return out


def counted(found: Iterable[Said], all_kinds: bool) -> list[Said]:
    """Return those of what was found that count under a corpus' rule."""
    return [s for s in found if all_kinds or s.kind not in ("demonym", "part-of-name")]


def _shares(right: int, said: int, true: int) -> dict[str, float]:
    return {"p": right / said if said else 0.0, "r": right / true if true else 0.0, "f1": 2 * right / (said + true) if said + true else 0.0}


def recognition(told: Sequence[Answer], all_kinds: bool) -> dict[str, float]:
    """Return precision, recall and F1 of the spans."""
    found = [counted(a.found, all_kinds) for a in told]
    right = sum(len(pairs(a.document.gold, f)) for a, f in zip(told, found, strict=True))
    return _shares(right, sum(map(len, found)), sum(len(a.document.gold) for a in told))


def end_to_end(told: Sequence[Answer], all_kinds: bool) -> dict[str, float]:
    """Return precision, recall and F1 of the places; what overlaps only mentions that no one located counts neither way."""
    right = said = true = 0
    for a in told:
        found = counted(a.found, all_kinds)
        paired = pairs(a.document.gold, found)
        open_ones = [g for g in a.document.gold if g.at is None]
        on_located = {id(s) for g, s in paired if g.at}
        said += sum(id(s) in on_located or not any(g.start < s.end and s.start < g.end for g in open_ones) for s in found)
        true += sum(g.at is not None for g in a.document.gold)
        right += sum(g.at is not None and s.at is not None and km(g.at, s.at) <= NEAR_KM for g, s in paired)
    return _shares(right, said, true)


def resolution(errors: Sequence[float | None]) -> dict[str, float]:
    """Return what the errors in km of the located mentions come to; None is one without a place."""
    known = [e for e in errors if e is not None]
    logs = sorted(min(1.0, math.log1p(FARTHEST_KM if e is None else e) / math.log(FARTHEST_KM)) for e in errors)
    area = sum((a + b) / 2 for a, b in pairwise(logs)) / (len(logs) - 1) if len(logs) > 1 else sum(logs)
    return {
        "accuracy": sum(e <= NEAR_KM for e in known) / max(1, len(errors)),
        "auc": area,
        "mean_km": statistics.fmean(known) if known else math.nan,
        "median_km": statistics.median(known) if known else math.nan,
        "unresolved": len(errors) - len(known),
    }


def calibration(scored: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Return the expected calibration error and the share right of the surest; ``scored`` are the scores and whether each was right.

    Where several mentions with one score stand at the cut, each of them counts in part.
    """
    if not scored:
        return {"ece": 0.0, "surest": 0.0}
    ranked = sorted(scored, key=lambda x: x[0])
    n, error = len(ranked), 0.0
    for b in range(BINS):
        held = ranked[b * n // BINS : (b + 1) * n // BINS]
        if held:
            error += abs(sum(s for s, _ in held) - sum(right for _, right in held)) / n
    size = max(1, math.ceil(SUREST * n))
    cut = ranked[n - size][0]
    above, at = [right for s, right in ranked if s > cut], [right for s, right in ranked if s == cut]
    return {"ece": error, "surest": (sum(above) + (size - len(above)) * sum(at) / len(at)) / size}


def measure(told: Sequence[Answer], marks_demonyms: bool) -> dict[str, Any]:
    """Return all measures of the answers; the rule of the corpus' annotators says which kinds count end to end."""
    located = [(g, s, b) for a in told for g, s, b in zip(a.document.gold, a.given, a.baseline, strict=True) if g.at]
    errors = [km(g.at, s.at) if g.at and s and s.at else None for g, s, _ in located]
    baseline = [km(g.at, b) if g.at and b else None for g, _, b in located]
    scored = [(s.score, e <= NEAR_KM) for (_, s, _), e in zip(located, errors, strict=True) if s is not None and e is not None]
    spans = {"all kinds": recognition(told, True), "without demonyms and part-of-name": recognition(told, False)}
    rule = "all kinds" if marks_demonyms else "without demonyms and part-of-name"
    return {
        "articles": len(told),
        "mentions": sum(len(a.document.gold) for a in told),
        "located": len(located),
        "rule": rule,
        "recognition": spans,
        "resolution": resolution(errors),
        "baseline": resolution(baseline),
        "end_to_end": end_to_end(told, marks_demonyms),
        "calibration": calibration(scored),
    }


def evaluate(
    corpus: Corpus,
    documents: Sequence[Document] | None = None,
    *,
    gazetteer: Path | None = None,
    homes: bool = False,
    jobs: int = 1,
) -> dict[str, Any]:
    """Return all measures of a corpus, or of some of its documents (``homes`` are inferred from all of the outlet's others)."""
    chosen = corpus.documents if documents is None else documents
    return measure(ask(corpus, chosen, gazetteer=gazetteer, homes=homes, jobs=jobs), corpus.marks_demonyms)


def headline(
    corpus: Corpus, documents: Sequence[Document] | None = None, *, gazetteer: Path | None = None, jobs: int = 1
) -> dict[str, float]:
    """Return the measures that have a floor or a ceiling."""
    alone = evaluate(corpus, documents, gazetteer=gazetteer, jobs=jobs)
    out = {
        "recognition_f1": alone["recognition"][alone["rule"]]["f1"],
        "accuracy": alone["resolution"]["accuracy"],
        "auc": alone["resolution"]["auc"],
        "end_to_end_f1": alone["end_to_end"]["f1"],
        "ece": alone["calibration"]["ece"],
        "surest": alone["calibration"]["surest"],
    }
    if any(d.outlet for d in corpus.documents):
        out["accuracy_homes"] = evaluate(corpus, documents, gazetteer=gazetteer, homes=True, jobs=jobs)["resolution"]["accuracy"]
    return out


# the report ----------------------------------------------------------------------------------------------------------------------


def mistakes(told: Sequence[Answer], all_kinds: bool, most: int) -> dict[str, list[str]]:
    """Return the most frequent mistakes: mention strings, and for wrong places both coordinates; never a sentence."""
    missed, invented, wrong = Counter[str](), Counter[str](), Counter[str]()
    for a in told:
        found = counted(a.found, all_kinds)
        paired = pairs(a.document.gold, found)
        missed.update(g.phrase for g in a.document.gold if not any(g is x for x, _ in paired))
        invented.update(s.phrase for s in found if not any(s is x for _, x in paired))
        for g, s in zip(a.document.gold, a.given, strict=True):
            if g.at and (s is None or s.at is None):
                wrong[f"{g.phrase}: ({g.at[0]:.2f}, {g.at[1]:.2f}), no place chosen"] += 1
            elif g.at and s and s.at and (far := km(g.at, s.at)) > NEAR_KM:
                wrong[f"{g.phrase}: ({g.at[0]:.2f}, {g.at[1]:.2f}), chosen {s.place} ({s.at[0]:.2f}, {s.at[1]:.2f}), {far:,.0f} km"] += 1

    def listed(counter: Counter[str]) -> list[str]:
        return [f"{n:4} {what}" for what, n in sorted(counter.items(), key=lambda x: (-x[1], x[0]))[:most]]

    return {"not found": listed(missed), "found, not annotated": listed(invented), "wrong place": listed(wrong)}


def report(corpus: Corpus, m: dict[str, Any]) -> str:
    """Return the measures of a corpus for a reader."""

    def prf(x: dict[str, float]) -> str:
        return f"P {x['p']:.3f}  R {x['r']:.3f}  F1 {x['f1']:.3f}"

    def where(x: dict[str, float]) -> str:
        far = f"mean {x['mean_km']:,.0f} km  median {x['median_km']:,.1f} km  unresolved {x['unresolved']}"
        return f"Acc@161 {x['accuracy']:.3f}  AUC {x['auc']:.3f}  {far}"

    astray = f"; offsets from {corpus.first}" + (f", {corpus.astray} mentions do not stand at theirs" if corpus.astray else "")
    lines = [
        f"{corpus.name}: {m['articles']} articles, {m['mentions']:,} mentions, {m['located']:,} located{astray}",
        f"  demonyms are {corpus.demonyms:.1%} of the annotated mentions, so that the rule of this corpus is '{m['rule']}'",
    ]
    lines += [f"  {'recognition, ' + name:50}{prf(x)}" for name, x in m["recognition"].items()]
    lines += [f"  {'given mentions':50}{where(m['resolution'])}", f"  {'given mentions, most populous place':50}{where(m['baseline'])}"]
    lines.append(f"  {'end to end, F@161':50}{prf(m['end_to_end'])}")
    lines.append(f"  {'score of the chosen place':50}ECE {m['calibration']['ece']:.3f}  surest 60 % {m['calibration']['surest']:.3f}")
    return "\n".join(lines)


def floors(measured: dict[str, float]) -> dict[str, float]:
    """Return the floors (for ``CEILINGS``, ceilings) of a sample: the measurement less SLACK (more), to two decimals."""
    low = {k: max(0.0, math.floor((v - SLACK) * 100) / 100) for k, v in measured.items() if k in FLOORED}
    return low | {k: math.ceil((v + SLACK) * 100) / 100 for k, v in measured.items() if k in CEILINGS}


def readme_rows(held: dict[str, Any]) -> list[str]:
    """Return the rows of the README's table from what ``floors.json`` holds of the corpora."""
    columns = ("recognition_f1", "accuracy", "accuracy_homes", "end_to_end_f1", "ece", "surest")
    rows = []
    for name, shown in (("lgl", "LGL"), ("geovirus", "GeoVirus")):
        for key, said in (("measured", "as installed"), ("added", "all of GeoNames and Natural Earth added")):
            values = [f"{held[name][key][c]:.3f}".removeprefix("0") if c in held[name][key] else "–" for c in columns]
            rows.append("| " + " | ".join([shown, said, *values]) + " |")
    return rows


def write(paths: Sequence[Path], jobs: int, added: Path | None) -> None:
    """Put the measures of the corpora, those of their samples and the floors of these into ``floors.json`` and the README.

    ``added`` is an index with more files merged into it; without it, the measures with it stay as they are.
    """
    data = json.loads(FLOORS.read_text(encoding="utf-8"))
    held: dict[str, Any] = {}
    for path in paths:
        corpus = read_corpus(path)
        of_sample = headline(corpus, sample(corpus, SAMPLE), jobs=jobs)
        of_all = headline(corpus, jobs=jobs)
        held[corpus.name] = {
            "file": path.name,
            "floors": floors(of_sample),
            "sample": {k: round(v, 3) for k, v in of_sample.items()},
            "measured": {k: round(v, 3) for k, v in of_all.items()},
            "added": {k: round(v, 3) for k, v in headline(corpus, gazetteer=added, jobs=jobs).items()}
            if added
            else data["corpora"].get(corpus.name, {}).get("added", {}),
        }
    data["corpora"] = held
    FLOORS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    rows = iter(readme_rows(held))
    lines = README.read_text(encoding="utf-8").split("\n")
    README.write_text("\n".join(next(rows) if x.startswith(("| LGL |", "| GeoVirus |")) else x for x in lines), encoding="utf-8")


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", nargs="*", type=Path, metavar="CORPUS", help="XML files; default: those of ../shared/corpora")
    parser.add_argument("--homes", action="store_true", help="infer outlets' homes from their other articles")
    parser.add_argument("--gazetteer", type=Path, help="an index file; default: the embedded one")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list the N most frequent mistakes of each sort")
    parser.add_argument("--sample", type=int, metavar="N", help="only N articles of each corpus")
    parser.add_argument("--seed", type=int, default=SEED, help="which ones")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--json", action="store_true", help="one JSON object a corpus")
    parser.add_argument(
        "--write",
        action="store_true",
        help="put measures and floors (embedded gazetteer; with --gazetteer also those with it) into floors.json",
    )
    args = parser.parse_args()
    paths = args.corpora or sorted(CORPORA.glob("*.xml"))
    if not paths:
        sys.exit("there is no ../shared/corpora beside the project; name the XML file of a corpus")
    if missing := [str(p) for p in paths if not p.is_file()]:
        sys.exit(f"{missing[0]}: there is no such file; name the XML file of a corpus")
    if args.write:
        write(paths, args.jobs, args.gazetteer)
        return
    for path in paths:
        corpus = read_corpus(path)
        chosen = sample(corpus, args.sample, args.seed) if args.sample else corpus.documents
        told = ask(corpus, chosen, gazetteer=args.gazetteer, homes=args.homes, jobs=args.jobs)
        measured = measure(told, corpus.marks_demonyms)
        wrong = mistakes(told, corpus.marks_demonyms, args.errors) if args.errors else {}
        if args.json:
            print(
                json.dumps(
                    {"corpus": corpus.name, "homes": args.homes} | measured | ({"errors": wrong} if wrong else {}), ensure_ascii=False
                )
            )
            continue
        print(report(corpus, measured))
        for sort, listed in wrong.items():
            print("\n".join([f"  {sort}:", *(f"    {line}" for line in listed)]))


if __name__ == "__main__":
    main()
