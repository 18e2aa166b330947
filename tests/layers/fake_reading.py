"""A reading of two invented articles: every sentence is ours, every offset is true."""

from __future__ import annotations

import hashlib
from typing import Any

from geo import Mention, Place, Toponym
from sources import Article, Citation, PlanPlace, Problem, Quote, Reading, ReportedPlan
from tests.layers.fake_gazetteer import FakeGazetteer

FIRST = """Two governments prepare units for the southern islands, officials say.

An engineer battalion would set up temporary depots along the Nansei Islands in the first days of a crisis, two officials told Kyodo.

Radar units would go to the Philippines, where nine sites have been open to visiting forces since 2023, but no site was named.

The governor of Okinawa Prefecture said a new ammunition store is being built there. Kadena Air Base already hosts drones.

Tokyo denied that a unit would move to Kagoshima Prefecture.

Fuel would come from the other side, the officials said, without saying where it would be kept.

A working group wants a shared warning network across Asia by 2030."""

SECOND = """Depots along the island chain

The plan for temporary depots along the Nansei Islands is to be finished in December, a person who knows it said.

The two sides agreed in July to widen training in the Philippines."""


def make_article(key: str, text: str, **citation: Any) -> Article:
    spans, at = [], 0
    for paragraph in text.split("\n\n"):
        spans.append((at, at + len(paragraph)))
        at += len(paragraph) + 2
    record: dict[str, Any] = {"id": key, "title": text.split("\n", 1)[0], "sha256": hashlib.sha256(text.encode()).hexdigest()}
    return Article(id=key, text=text, citation=Citation(**(record | citation)), paragraphs=tuple(spans))


def make_quote(article: Article, exact: str, *strong: str, url: str = "") -> Quote:
    start = article.text.index(exact)
    emphasis = tuple((exact.index(words), exact.index(words) + len(words)) for words in strong)
    return Quote(
        article_id=article.id, exact=exact, start=start, end=start + len(exact), prefix=article.text[max(0, start - 32) : start],
        suffix=article.text[start + len(exact) : start + len(exact) + 32],
        paragraph=article.paragraph_at(start), url=url, emphasis=emphasis,
    )  # fmt: skip


def at(place: Place, said: str, **more: Any) -> PlanPlace:
    return PlanPlace(place=place, said=said, where_prec=place.where_prec, **more)


def make_reading() -> Reading:
    place = FakeGazetteer().place
    one = make_article("one", FIRST, title_is_first_line=True, file="one.txt")
    two = make_article("two", SECOND, publisher="The Harbour Herald", date="2024-11-24", url="https://news.example/depots", file="two.html")
    depots = make_quote(one, FIRST.split("\n\n")[1], "temporary depots along the Nansei Islands")
    depots_two = make_quote(
        two, SECOND.split("\n\n")[1], "to be finished in December", url="https://news.example/depots#:~:text=The%20plan%20for%20temporary"
    )
    radar = make_quote(one, FIRST.split("\n\n")[2], "Radar units would go to the Philippines")
    sites = make_quote(one, "where nine sites have been open to visiting forces since 2023", "nine sites")
    training = make_quote(two, "The two sides agreed in July to widen training in the Philippines.", "agreed in July")
    store = make_quote(one, "The governor of Okinawa Prefecture said a new ammunition store is being built there.", "is being built")
    drones = make_quote(one, "Kadena Air Base already hosts drones.", "already hosts drones")
    denial = make_quote(one, "Tokyo denied that a unit would move to Kagoshima Prefecture.", "denied")
    fuel = make_quote(one, FIRST.split("\n\n")[5], "Fuel would come from the other side")
    network = make_quote(one, "A working group wants a shared warning network across Asia by 2030.", "wants a shared warning network")
    ph = at(place("c:PH"), "the Philippines")
    plans = (
        ReportedPlan(
            id="one-1", number=1, summary="Temporary depots of an engineer battalion along the chain", status="planned",
            quotes=(depots, depots_two), actor="an engineer battalion", asset="depots", places=(at(place("nansei"), "the Nansei Islands"),),
            when="2024-12", when_said="in December", condition="in the first days of a crisis",
            origins=("Kyodo",), lacks=("no island named",),
        ),
        ReportedPlan(
            id="one-2", number=2, summary="Radar units in the Philippines", status="planned", quotes=(radar,), places=(ph,),
            origins=("Kyodo",),
            lacks=("no site named", "date not stated"),
        ),
        ReportedPlan(
            id="one-3", number=3, summary="Nine sites open to visiting forces", status="existing", quotes=(sites,), places=(ph,),
            when="2023", when_said="since 2023", lacks=("none of the nine is named",),
        ),
        ReportedPlan(
            id="two-1", number=4, summary="Wider joint training", status="agreed", quotes=(training,), places=(ph,), when="2024-07",
            when_said="in July",
        ),
        ReportedPlan(
            id="one-4", number=5, summary="A new ammunition store", status="under way", quotes=(store,),
            places=(at(place("okinawa-pref"), "Okinawa Prefecture"),), lacks=("no island or site named",),
        ),
        ReportedPlan(
            id="one-5", number=6, summary="Drones at Kadena Air Base", status="completed", quotes=(drones,),
            places=(at(place("base:kadena"), "Kadena Air Base"),),
        ),
        ReportedPlan(
            id="one-6", number=7, summary="A unit in Kagoshima Prefecture", status="denied", quotes=(denial,),
            places=(at(place("kagoshima-pref"), "Kagoshima Prefecture"),),
        ),
        ReportedPlan(
            id="one-7", number=8, summary="Fuel from the other side", status="planned", quotes=(fuel,), lacks=("no place named",),
        ),
        ReportedPlan(
            id="one-8", number=9, summary="A shared warning network", status="proposed", quotes=(network,),
            places=(at(place("asia"), "Asia"),),
            when="2030", when_said="by 2030",
        ),
    )  # fmt: skip
    return Reading(
        articles=(one, two), plans=plans, toponyms={"one": _toponyms(one, place("p:tokyo")), "two": ()},
        problems=(Problem(name="three.pdf", rule="not a text", next_step="convert it to .txt"),),
    )  # fmt: skip


def _toponyms(article: Article, tokyo: Place) -> tuple[Toponym, ...]:
    start = article.text.index("Tokyo")
    mention = Mention(start=start, end=start + 5, text="Tokyo", name="Tokyo", kind="metonymic", kind_reason="subject of 'denied'")
    return (Toponym(mention=mention, place=tokyo, score=0.9, reason="the only Tokyo", where_prec=1),)
