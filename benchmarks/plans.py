"""Time of finding plans beside geoparsing, in one run: articles of 600 words, made of the sentences of the invented corpus.

The sentences of ``tests/corpus`` are dealt anew, by a seeded generator, to articles of about 600 words each, so that no article repeats
another and each has the corpus' share of plans. Printed: seconds for geoparsing alone, for what ``sources.read_plans`` takes longer
(extraction, corroboration, keys), their ratio, and the same for a quarter of the articles, so that growth shows.

Run it as ``python benchmarks/plans.py [--articles 1000]``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests" / "corpus"
WORDS = 600
SEED = 20241124
sys.path.insert(0, str(ROOT))


def made(count: int) -> list[str]:
    """Return the texts of ``count`` articles of about 600 words; equal counts give equal texts."""
    import sources

    paragraphs = []
    for path in sorted(CORPUS.glob("*.md")):
        if path.name != "README.md":
            for article in sources.read_articles([path])[0]:
                paragraphs += [article.text[a:b] for a, b in article.paragraphs]
    dealt = random.Random(SEED)
    texts = []
    for _ in range(count):
        body: list[str] = []
        size = 0
        while size < WORDS:
            body.append(dealt.choice(paragraphs))
            size += len(body[-1].split())
        texts.append("\n\n".join(body))
    return texts


def timed(texts: list[str]) -> tuple[float, float, int]:
    """Return the seconds of geoparsing and of finding plans in ``texts``, and how many plans there are."""
    import sources
    from geo import Gazetteer, parse

    gazetteer = Gazetteer()
    articles = [sources.read_text(text, id=f"article-{i}", title=f"Article {i}") for i, text in enumerate(texts)]
    start = time.process_time()
    for article in articles:
        parse(article.text, gazetteer)
    middle = time.process_time()
    told = sources.read_plans(articles, gazetteer).plans
    geo = middle - start
    return geo, time.process_time() - middle - geo, len(told)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000)
    count = parser.parse_args().articles
    texts = made(count)
    timed(texts[:20])
    print(f"{'articles':>9}{'MB':>7}{'geo s':>9}{'plans s':>9}{'ratio':>7}{'plans':>8}{'ms/article':>12}")
    for part in (count // 4, count):
        geo, plans, told = timed(texts[:part])
        size = sum(len(t) for t in texts[:part]) / 1e6
        print(f"{part:9}{size:7.2f}{geo:9.2f}{plans:9.2f}{plans / geo:7.2f}{told:8}{1000 * plans / part:12.2f}")


if __name__ == "__main__":
    main()
