"""How long it takes to join, count and compare the plans of many articles, and how that grows: per plan it should stay flat.

The plans are invented by a seeded generator: a fifth of them lie in one country; each is told by one to six articles in other words, some
with another number, a wider place or a denial, and a tenth of the articles repeat another one. Nothing is extracted here: what is timed is
``corroborate`` alone, the search for copies included.

Run it as ``python benchmarks/corroboration.py [10000 30000 100000]``.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from geo import Place  # noqa: E402
from sources import Article, PlanPlace, ReportedPlan, read_text  # noqa: E402
from sources._blocking import likely_pairs  # noqa: E402
from sources._corroboration import corroborate  # noqa: E402
from sources._likeness import telling  # noqa: E402
from sources._quotes import make_quote  # noqa: E402

SIZES = (10_000, 30_000, 100_000)
IN_ARTICLE, POPULAR = 10, 0.2
SYLLABLES = (
    "ka",
    "lo",
    "mar",
    "ti",
    "ven",
    "dor",
    "shi",
    "ba",
    "ran",
    "gu",
    "pel",
    "zo",
    "nim",
    "fa",
    "ter",
    "qua",
    "sul",
    "hev",
    "ori",
    "dax",
)
THINGS = {
    "deploy": [
        "missile battery",
        "radar station",
        "marine regiment",
        "patrol squadron",
        "drone unit",
        "infantry battalion",
        "air defence brigade",
    ],
    "build": ["container terminal", "railway line", "hydropower dam", "naval pier", "copper mine", "border road", "desalination plant"],
    "open": ["refugee camp", "field hospital", "logistics hub", "training school", "grain depot", "customs post", "fuel store"],
}
ADJECTIVES = (
    "coastal",
    "forward",
    "mobile",
    "temporary",
    "second",
    "northern",
    "modern",
    "joint",
    "mixed",
    "solar",
    "floating",
    "armoured",
)
ORGANS = ("", "'s government", "'s defence ministry", "'s navy", "'s transport ministry")
FORMS = (
    "{who} will {verb} {asset} {where}{when}, {said}.",
    "{who} plans to {verb} {asset} {where}{when}, {said}.",
    "{asset} is to come {where} under a plan of {who}{when}, {said}.",
    "According to the report, {who} is preparing to {verb} {asset} {where}{when}.",
    "Residents {where} were told that {who} will {verb} {asset}{when}.",
)
FILLING = (
    "roads",
    "harvest",
    "school",
    "market",
    "weather",
    "budget",
    "council",
    "fishing",
    "prices",
    "votes",
    "history",
    "tourists",
    "bridges",
    "water",
)


def invented(count: int, *, seed: int = 7) -> tuple[list[Article], list[ReportedPlan], int]:
    """Return articles with ``count`` tellings in them, and how many plans these tellings are of."""
    rng = random.Random(seed)
    plans = _plans(rng, count)
    told: list[tuple[int, dict[str, str], tuple[PlanPlace, ...], str]] = []
    for number, plan in enumerate(plans):
        told += [(number, *_telling(rng, plan)) for _ in range(rng.choice((1, 1, 2, 2, 3, 6)))]
        if len(told) >= count:
            break
    kinds = len({t[0] for t in told})
    rng.shuffle(told)
    articles: list[Article] = []
    found: list[ReportedPlan] = []
    for start in range(0, len(told), IN_ARTICLE):
        page = list({t[0]: t for t in told[start : start + IN_ARTICLE]}.values())
        lines = [t[1]["line"] for t in page]
        paragraphs = [f"{line} {_filling(rng)}" for line in lines]
        article = read_text("\n\n".join(paragraphs), id=f"article-{len(articles):06}", publisher=_name(rng) + " Post")
        articles.append(article)
        found += _found(article, page)
        if rng.random() < 0.1:
            again = read_text("\n\n".join(paragraphs[1:]), id=f"article-{len(articles):06}", publisher=_name(rng) + " Herald")
            articles.append(again)
            found += _found(again, page[1:])
    return articles, found[:count], kinds


def _found(article: Article, page: list[tuple[int, dict[str, str], tuple[PlanPlace, ...], str]]) -> list[ReportedPlan]:
    plans = []
    for n, (_, said, places, status) in enumerate(page):
        at = article.text.index(said["line"])
        quote = make_quote(article, at, at + len(said["line"]))
        plan = ReportedPlan(id=f"{article.id}-{n}", number=n + 1, summary=said["asset"], status="planned", quotes=(quote,), places=places)
        plans.append(replace(plan, status=status, actor=said["who"], asset=said["asset"], action=said["verb"], when=said["edtf"] or None))  # type: ignore[arg-type]
    return plans


def _plans(rng: random.Random, count: int) -> list[dict[str, object]]:
    """Invent plans: who, what, where, when; one country has a fifth of them, and about one town for every eight plans."""
    countries = [_name(rng) + "ia" for _ in range(60)]
    towns = {
        c: [_name(rng) + rng.choice(("", " Bay", "burg", "pur")) for _ in range(12 + int(count * (POPULAR if k == 0 else 0.8 / 59) / 8))]
        for k, c in enumerate(countries)
    }
    plans: list[dict[str, object]] = []
    for _ in range(count):
        k = 0 if rng.random() < POPULAR else rng.randrange(1, len(countries))
        verb = rng.choice(tuple(THINGS))
        town = rng.randrange(len(towns[countries[k]]))
        asset = f"{rng.choice(ADJECTIVES)} {rng.choice(THINGS[verb])}" + (f" called {_name(rng)}" if rng.random() < 0.15 else "")
        plans.append(
            {
                "k": k,
                "country": countries[k],
                "verb": verb,
                "asset": asset,
                "town": towns[countries[k]][town],
                "t": town,
                "size": rng.randrange(3, 90) * 10,
                "year": rng.choice((2026, 2027)),
            }
        )
    return plans


def _telling(rng: random.Random, plan: dict[str, object]) -> tuple[dict[str, str], tuple[PlanPlace, ...], str]:
    """Tell a plan in other words: now and then with another number, only the country, no date, or as a denial."""
    country, town = str(plan["country"]), str(plan["town"])
    code = f"c{plan['k']}"
    wide = rng.random() < 0.1
    place = (
        Place(id=code, name=country, lat=0, lon=0, feature_code="PCLI", extent="country", country=code)
        if wide
        else Place(id=f"{code}-{plan['t']}", name=town, lat=0, lon=0, feature_code="PPL", extent="point", country=code, part_of=(code,))
    )
    size = int(str(plan["size"])) + (50 if rng.random() < 0.08 else 0)
    asset = f"a {plan['asset']}" + (f" with {size} people" if rng.random() < 0.6 else "")
    said = {"who": country + rng.choice(ORGANS), "verb": str(plan["verb"]), "asset": asset, "where": f"in {country if wide else town}"}
    said["when"] = f" in {plan['year']}" if rng.random() < 0.5 else ""
    said["said"] = rng.choice(("officials said", "the Savanna news agency reported", "a newspaper said"))
    said["edtf"] = str(plan["year"]) if said["when"] else ""
    denied = rng.random() < 0.03
    line = f"{said['who']} denied that it would {said['verb']} {asset} {said['where']}." if denied else rng.choice(FORMS).format(**said)
    said["line"] = line[0].upper() + line[1:]
    return said, (PlanPlace(place=place, said=place.name),), "denied" if denied else "planned"


def _name(rng: random.Random) -> str:
    return "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 3, 3, 4)))).capitalize()


def _filling(rng: random.Random) -> str:
    words = " ".join(rng.choice(FILLING) if rng.random() < 0.7 else _name(rng).lower() for _ in range(16))
    return words.capitalize() + "."


def comparisons(plans: list[ReportedPlan]) -> int:
    """Return how many pairs of tellings are compared."""
    return sum(1 for _ in likely_pairs([telling(i, p) for i, p in enumerate(plans)]))


def main() -> None:
    """Print a line for each size."""
    names = ("plans", "articles", "CPU s", "µs a plan", "compared a plan", "joined", "invented", "peak MB")
    print("".join(f"{name:>16}" for name in names))
    for size in [int(a) for a in sys.argv[1:]] or SIZES:
        articles, plans, kinds = invented(size)
        start = time.process_time()
        joined, _ = corroborate(articles, plans)
        took = time.process_time() - start
        compared = comparisons(plans) / len(plans)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        row = (size, len(articles), round(took, 1), round(took / size * 1e6), round(compared, 1), len(joined), kinds, round(peak))
        print("".join(f"{value:>16}" for value in row), flush=True)


if __name__ == "__main__":
    main()
