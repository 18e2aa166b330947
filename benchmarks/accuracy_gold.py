"""Score extraction against hand-made annotation and print one line a set; the floors that the tests hold stand in ``floors.json``.

The gold of the real articles and the scorer lie in ``../shared``, which is no part of the project; the invented corpus is
``tests/corpus``: ``dev`` was looked at while the rules were written, ``held`` was not.

Run it as ``python benchmarks/accuracy_gold.py [--articles] [--write]``; ``--write`` puts measures and floors into ``floors.json`` and the
measures into the README.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
CORPUS = ROOT / "tests" / "corpus"
FLOORS = ROOT / "benchmarks" / "floors.json"
SCORER = SHARED / "score" / "score.py"
README = ROOT / "README.md"
NAMES = {
    "two": "the two articles that the project began with",
    "gold": "all seven annotated articles",
    "dev": "32 invented articles, looked at",
    "held": "26 invented articles, not looked at",
}
ASKED = {"span_f": 0.95, "kind": 0.9, "place": 0.97, "false": 0, "plan_f": 0.85, "strict_f": 0.7}
"""The floors of "two": what was asked for, whatever is measured."""
SLACK = 0.03
"""How far the other floors lie below the measurement that set them."""
MEASURES = ("span_f", "kind", "lit_f", "place", "false", "plan_f", "strict_f")

sys.path.insert(0, str(ROOT))


def sets() -> dict[str, list[Path]]:
    """Return the gold files of each set by its name; a set whose files are not there is empty."""
    gold = sorted((SHARED / "gold").glob("*.json"))
    return {
        "two": [p for p in gold if p.stem.startswith("0")],
        "gold": gold,
        "dev": sorted(CORPUS.glob("dev*-*.json")),
        "held": sorted(CORPUS.glob("held*-*.json")),
    }


def scorer() -> ModuleType:
    """Load the scorer from its file."""
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def article_of(gold: Path) -> Path:
    """Return the article that a gold file annotates."""
    folder = CORPUS if gold.parent == CORPUS else SHARED / "articles"
    return next(p for p in sorted(folder.glob(f"{gold.stem}.*")) if p.suffix in (".txt", ".md"))


def counts(gold: Path, score: ModuleType) -> dict[str, int]:
    """Return the scorer's counts for one article, read by itself as ``citemap extract`` does."""
    import citemap

    found = citemap.extract(citemap.read(article_of(gold)))[0]
    counted: dict[str, int] = score.score(json.loads(gold.read_text(encoding="utf-8")), found)
    return counted


def measures(total: dict[str, int], score: ModuleType) -> dict[str, float]:
    """Return the measures that the scorer prints, from its counts."""

    def share(a: int, b: int) -> float:
        return a / b if b else 1.0

    return {
        "span_f": score.f1(total["m"], total["g"], total["p"]),
        "kind": share(total["kind"], total["m"]),
        "lit_f": score.f1(total["lm"], total["lg"], total["lp"]),
        "place": share(total["place"], total["lg"]),
        "false": float(total["false"]),
        "plan_f": score.f1(total["pm"], total["gp"], total["pp"]),
        "strict_f": score.f1(total["strict"], total["gp"], total["pp"]),
    }


def measure(gold: list[Path]) -> dict[str, float]:
    """Return the measures over all articles of a set together (micro-averaged)."""
    score = scorer()
    each = [counts(path, score) for path in gold]
    return measures({key: sum(c[key] for c in each) for key in each[0]}, score)


def floors(name: str, measured: dict[str, float]) -> dict[str, float]:
    """Return the floors of a set: the measurement less SLACK, cut to two decimals; for ``false`` a ceiling, the measurement itself."""
    found = {m: v if m == "false" else max(0.0, math.floor((v - SLACK) * 100) / 100) for m, v in measured.items()}
    return found | ASKED if name == "two" else found


def readme_row(name: str, measured: dict[str, float]) -> str:
    """Return the row of the README's table for a set."""
    shares = {m: f"{v:.2f}" for m, v in measured.items()} | {"false": f"{measured['false']:.0f}"}
    return f"| {NAMES[name]} | " + " | ".join(shares[m] for m in MEASURES if m != "lit_f") + " |"


def write(measured: dict[str, dict[str, float]]) -> None:
    """Put measures and floors into ``floors.json`` and the measures into the README."""
    data = json.loads(FLOORS.read_text(encoding="utf-8"))
    data["measured"] = {name: {m: round(v, 3) for m, v in values.items()} for name, values in measured.items()}
    data["floors"] = {name: floors(name, values) for name, values in measured.items()}
    FLOORS.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = README.read_text(encoding="utf-8")
    for name, values in data["measured"].items():
        text = re.sub(rf"^\| {NAMES[name]} \|.*$", readme_row(name, values), text, flags=re.M)
    README.write_text(text, encoding="utf-8")


def _line(name: str, values: dict[str, Any]) -> str:
    return f"{name:44.44}" + "".join(f"{values[m]:9.0f}" if m == "false" else f"{values[m]:9.3f}" for m in MEASURES)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", action="store_true", help="a line for each article as well")
    parser.add_argument("--write", action="store_true", help="put measures and floors into floors.json and the README")
    args = parser.parse_args()
    if not SCORER.is_file():
        sys.exit(f"{SCORER.relative_to(ROOT.parent)}: there is no scorer beside the project; accuracy is measured only where it is")
    print(f"{'':44}" + "".join(f"{m:>9}" for m in MEASURES))
    score = scorer()
    measured: dict[str, dict[str, float]] = {}
    for name, gold in sets().items():
        if not gold:
            continue
        found = {path: counts(path, score) for path in gold}
        if args.articles:
            for path, counted in found.items():
                print(_line("  " + path.stem, measures(counted, score)))
        total = {key: sum(c[key] for c in found.values()) for key in next(iter(found.values()))}
        measured[name] = measures(total, score)
        print(_line(f"{name} ({len(gold)} articles)", measured[name]))
    if args.write:
        write(measured)


if __name__ == "__main__":
    main()
