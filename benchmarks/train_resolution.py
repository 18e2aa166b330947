"""Learn the weights of resolution: ``python benchmarks/train_resolution.py [--gazetteer FILE]… [--write]``.

The model is a multinomial logit over the senses of a name and "none of them", in two rounds (:mod:`geo._traits`), fitted by Newton's
method with a ridge; nothing in it is random, so there is no seed. It learns from the located mentions of LGL (Lieberman et al. 2010) and
GeoVirus (Gritta et al. 2018), of ``../shared/gold`` and of the articles in ``tests/corpus`` that were written for citemap to be looked at
(``dev-*``), and from our own sentences in ``examples.json``, without which the many local papers of one country would teach that
Washington is a state. Licence: none stands with the two corpora where they were had, and none could be confirmed; they are no part of the
project, no text of theirs is kept, and what is learned is a table of some ninety numbers. The rest is ours.

Outlets are split into five folds by a hash of their name. ``geo/data/resolution.json`` holds the weights learned from everything;
``benchmarks/resolution-folds.json`` those learned without each fold, which ``accuracy.py`` uses for LGL so that no outlet is scored with
weights that saw it. Needs numpy and the corpora; reads and writes the disk, no network.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from accuracy import km  # noqa: E402
from corpora import CORPORA, Document, Gold, fold_of, read_corpus  # noqa: E402

from geo import Gazetteer  # noqa: E402
from geo._entries import Sense  # noqa: E402
from geo._evidence import country_evidence, local_evidence  # noqa: E402
from geo._given import given_spans  # noqa: E402
from geo._kinds import kinds, link_groups  # noqa: E402
from geo._outlets import Located, home_of  # noqa: E402
from geo._recognition import Finder  # noqa: E402
from geo._resolution import Resolver  # noqa: E402
from geo._traits import AMONG, BESIDE, OWN, as_weights  # noqa: E402
from geo._weighing import Name, describe, first_round, listen, second_round  # noqa: E402
from geo.text import tokenize  # noqa: E402

WEIGHTS = ROOT / "geo" / "data" / "resolution.json"
FOLD_WEIGHTS = ROOT / "benchmarks" / "resolution-folds.json"
EXAMPLES = ROOT / "benchmarks" / "examples.json"
FOLDS = 5
NEAR_KM, NEAR_LARGE_KM = 161.0, 400.0
"""How near a sense must lie to be right; the second for countries, divisions and regions of our own gold, whose point is one of many."""
RIDGE = 2.0
EXAMPLE_WEIGHT = 2.0
"""An example weighs as much as a name that stands four times in an article."""
Array = NDArray[np.float64]


@dataclass(slots=True)
class Text:
    """A document with its names, and for those that the gold locates which senses are right and how often it stands."""

    outlet: str
    corpus: str
    fold: int
    names: list[Name]
    right: list[tuple[Name, NDArray[np.bool_], int]]


def documents() -> list[tuple[str, Document, float]]:
    """Return (corpus, document, kilometres within which a large place is right) of all that is learned from."""
    found = []
    for path in sorted(CORPORA.glob("*.xml")):
        corpus = read_corpus(path)
        found += [(corpus.name, d, NEAR_KM) for d in corpus.documents]
    for folder, pattern in ((ROOT.parent / "shared" / "gold", "*.json"), (ROOT / "tests" / "corpus", "dev-*.json")):
        for path in sorted(folder.glob(pattern)):
            gold = json.loads(path.read_text(encoding="utf-8"))
            text = article_text(folder.parent / "articles" if folder.name == "gold" else folder, path.stem)
            marks = [Gold(t["start"], t["end"], t["text"], (t["lat"], t["lon"])) for t in gold["toponyms"] if t.get("lat") is not None]
            found.append(("own", Document(path.stem, text, path.stem, tuple(marks)), NEAR_LARGE_KM))
    return found


def examples(gazetteer: Gazetteer) -> list[tuple[str, Document, float]]:
    """Return the sentences of ``examples.json`` as documents of their own."""
    found = []
    for number, (text, name, place_id) in enumerate(json.loads(EXAMPLES.read_text(encoding="utf-8"))["examples"]):
        place, start = gazetteer.place(place_id), text.index(name)
        gold = Gold(start, start + len(name), name, (place.lat, place.lon))
        found.append(("examples", Document(f"example {number}", text, "", (gold,)), NEAR_KM))
    return found


def article_text(folder: Path, stem: str) -> str:
    """Return the text that the gold's offsets count: the whole of a .txt, what follows the closing --- line of a .md."""
    path = next(p for p in sorted(folder.glob(f"{stem}.*")) if p.suffix in (".txt", ".md"))
    text = path.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1] if path.suffix == ".md" and text.startswith("---") else text


def describe_text(corpus: str, document: Document, near_large: float, gazetteer: Gazetteer) -> Text:
    """Return a document's names with what each sense has by itself."""
    tokens = tokenize(document.text)
    mentions = [(g.start, g.end) for g in document.gold]
    given = given_spans(document.text, tokens, gazetteer, mentions)
    spans = [s for s in given if s is not None]
    taken = {i for s in spans for i in range(s.first, s.last + 1)}
    context = [s for s in Finder(tokens, gazetteer).find() if not taken.intersection(range(s.first, s.last + 1))]
    spans.sort(key=lambda s: (s.first, s.last))
    link_groups(spans, tokens)
    resolver = Resolver(spans, tokens, gazetteer, [kind for kind, _ in kinds(spans, tokens, gazetteer)], context=context)
    names = list({id(n): n for n in resolver.names.values()}.values())
    words = {t.lower for t in tokens}
    describe(names, country_evidence(words), local_evidence(words))
    located: dict[int, list[tuple[Name, tuple[float, float]]]] = defaultdict(list)
    for gold, span in zip(document.gold, given, strict=True):
        if span is not None and gold.at is not None:
            name = resolver.names[id(span)]
            located[id(name)].append((name, gold.at))
    right = []
    for uses in located.values():
        name, at = uses[0]
        right.append((name, at, len(uses)))
    choices = [(n, _is_right(n.senses, at, near_large), count) for n, at, count in right]
    return Text(document.outlet or document.id, corpus, fold_of(document, FOLDS), names, choices)


def _is_right(senses: tuple[Sense, ...], at: tuple[float, float], near_large: float) -> NDArray[np.bool_]:
    return np.array([km(at, (s.lat, s.lon)) <= (NEAR_KM if s.extent == "point" else near_large) for s in senses], bool)


# the logit ----------------------------------------------------------------------------------------------------------------------


def fit(choices: list[tuple[Array, NDArray[np.bool_], float]]) -> Array:
    """Return the weights of the logit, that of "none" last.

    ``choices`` are (features of each sense, which senses are right, weight of the choice); where none is right, "none" is.
    """
    width = choices[0][0].shape[1] + 1
    rows, right, starts, at = [], [], [], 0
    for features, correct, _ in choices:
        none = np.zeros((1, width))
        none[0, -1] = 1.0
        rows += [np.hstack([features, np.zeros((len(features), 1))]), none]
        right.append(np.append(correct, not correct.any()))
        starts.append(at)
        at += len(features) + 1
    x, y, first = np.vstack(rows), np.concatenate(right).astype(float), np.array(starts)
    sizes = np.diff(np.append(first, at))
    weight = np.array([c[2] for c in choices])
    per_row = np.repeat(weight, sizes)
    w = np.zeros(width)
    ridge = np.full(width, RIDGE)
    ridge[-1] = 1e-3
    for _ in range(50):
        p = _shares(x @ w, first, sizes)
        q = p * y
        q /= np.repeat(np.maximum(np.add.reduceat(q, first), 1e-300), sizes)
        gradient = x.T @ (per_row * (p - q)) + ridge * w
        mean = np.add.reduceat(x * p[:, None], first)
        hessian = (x * (per_row * p)[:, None]).T @ x - (mean * weight[:, None]).T @ mean + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        w -= step * min(1.0, 2.0 / max(1e-9, np.abs(step).max()))
        if np.abs(step).max() < 1e-4:
            break
    return w


def _shares(z: Array, first: NDArray[np.int64], sizes: NDArray[np.int64]) -> Array:
    z = np.exp(z - np.repeat(np.maximum.reduceat(z, first), sizes))
    shares: Array = z / np.repeat(np.add.reduceat(z, first), sizes)
    return shares


def _choices(texts: list[Text], both: bool) -> list[tuple[Array, NDArray[np.bool_], float]]:
    out = []
    for t in texts:
        for name, right, count in t.right:
            rows = [o + a for o, a in zip(name.own, name.among, strict=True)] if both else name.own
            out.append((np.array(rows, float), right, EXAMPLE_WEIGHT if t.corpus == "examples" else math.sqrt(count)))
    return out


def _as_data(first: Array, second: Array | None) -> dict[str, dict[str, float]]:
    def named(names: tuple[str, ...], w: Array) -> dict[str, float]:
        return {n: round(float(v), 3) for n, v in zip((*names, "none"), w, strict=True)}

    return {"first round": named(OWN + BESIDE, first), "second round": named(OWN + BESIDE + AMONG, second) if second is not None else {}}


def _first(texts: list[Text], data: dict[str, dict[str, float]]) -> None:
    for t in texts:
        kept = {id(n): n.senses for n, _, _ in t.right}
        first_round(t.names, as_weights(data))
        t.right = [(n, _kept(kept[id(n)], n.senses, r), c) for n, r, c in t.right]


def _kept(before: tuple[Sense, ...], after: tuple[Sense, ...], right: NDArray[np.bool_]) -> NDArray[np.bool_]:
    if len(before) == len(after):
        return right
    rows = {s.row: bool(r) for s, r in zip(before, right, strict=True)}
    return np.array([rows[s.row] for s in after], bool)


def _homes(texts: list[Text]) -> list[tuple[float, float] | None]:
    """The home of each text's outlet, from what was made of its other texts."""
    by_outlet: dict[str, list[list[Located]]] = defaultdict(list)
    numbers = []
    for t in texts:
        located = []
        for n in t.names:
            i = max(range(len(n.shares)), key=n.shares.__getitem__)
            located.append(Located(n.senses[i].lat, n.senses[i].lon, n.shares[i], n.senses[i].feature_code))
        numbers.append(len(by_outlet[t.outlet]))
        by_outlet[t.outlet].append(located)
    return [home_of([x for j, x in enumerate(by_outlet[t.outlet]) if j != i]) for t, i in zip(texts, numbers, strict=True)]


def learn(texts: list[Text]) -> tuple[dict[str, dict[str, float]], list[dict[str, dict[str, float]]]]:
    """Return the weights of everything and those without each fold; the texts keep the shares of weights that had not seen them."""
    first = [fit(_choices([t for t in texts if t.fold != k], both=False)) for k in range(FOLDS)]
    for k in range(FOLDS):
        _first([t for t in texts if t.fold == k], _as_data(first[k], None))
    for t in texts:
        listen(t.names, None)
    alone = _choices(texts, both=True)
    folds = [t.fold for t in texts for _ in t.right]
    second = [fit([c for c, f in zip(alone, folds, strict=True) if f != k]) for k in range(FOLDS)]
    for t in texts:
        second_round(t.names, as_weights(_as_data(first[t.fold], second[t.fold])))
    report(texts, "each text alone")
    for t, home in zip(texts, _homes(texts), strict=True):
        listen(t.names, home)
    both = alone + _choices(texts, both=True)
    folds += folds
    second = [fit([c for c, f in zip(both, folds, strict=True) if f != k]) for k in range(FOLDS)]
    for t in texts:
        second_round(t.names, as_weights(_as_data(first[t.fold], second[t.fold])))
    report(texts, "homes inferred")
    for t in texts:
        listen(t.names, None)
        second_round(t.names, as_weights(_as_data(first[t.fold], second[t.fold])))
    report(texts, "each text alone, weights that also know homes")
    everything = _as_data(fit(_choices(texts, both=False)), fit(both))
    return everything, [_as_data(a, b) for a, b in zip(first, second, strict=True)]


def report(texts: list[Text], what: str) -> None:
    """Print by corpus the share of the names' uses whose likeliest sense is right, of those that have senses."""
    for corpus in sorted({t.corpus for t in texts}):
        hits = [(r[int(np.argmax(n.shares))], c) for t in texts if t.corpus == corpus for n, r, c in t.right]
        share = sum(c for hit, c in hits if hit) / sum(c for _, c in hits)
        print(f"{corpus:12s} {what}: {share:.4f} of {sum(c for _, c in hits)}")


def main() -> None:
    """Learn, print what was learned and, with ``--write``, keep it."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument(
        "--gazetteer", type=Path, action="append", help="index to learn with, may be repeated; default: the embedded one"
    )
    arguments.add_argument("--write", action="store_true")
    options = arguments.parse_args()
    texts = []
    for path in options.gazetteer or [None]:
        gazetteer = Gazetteer(path)
        texts += [describe_text(*d, gazetteer) for d in (*documents(), *examples(gazetteer))]
    data, folds = learn(texts)
    if options.write:
        about = (
            "Weights of the logit that chooses among the places of a name; learned by benchmarks/train_resolution.py, which says from what."
        )
        WEIGHTS.write_text(json.dumps({"about": about} | data, indent=1) + "\n", encoding="utf-8")
        FOLD_WEIGHTS.write_text(json.dumps({"folds": folds}, indent=1) + "\n", encoding="utf-8")
    else:
        print(json.dumps(data, indent=1))


if __name__ == "__main__":
    main()
