"""A reading of four invented articles with all that a telling can have: copies, credits, conflicts, distances, reviews."""

from __future__ import annotations

from typing import Any

from geo import Mention, Toponym
from sources import (
    Antecedent,
    Article,
    Attribution,
    Conflict,
    Copy,
    Problem,
    Quote,
    Reading,
    Report,
    ReportedPlan,
    Review,
    Side,
    Skipped,
    StatedDistance,
    Status,
)
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import at, make_article, make_quote

HERALD = """Regiment to use temporary bases in an emergency

A marine regiment would set up temporary bases along the Nansei chain if a Taiwan emergency comes, Kyodo reported, citing government \
sources who asked not to be named.

The bases would lie within 200 km of Taiwan, the report said.

The army would send long-range fire units to the Philippines, Kyodo reported.

Drones are likely to follow by 2030, an analyst at a think tank said.

In 2014 a radar station had been planned for Miyako; it was dropped a year later."""

POST = """Bases in two prefectures

The regiment would set up temporary bases in Kagoshima and Okinawa prefectures, Kyodo reported, citing government sources.

Okinawa Prefecture said that an ammunition store for 300 people's supplies is being built on Okinawa.

If the assembly agrees, a battery would move to Yonaguni in spring 2026, a ministry document says.

A pier for fuel would open at Laoag in 2027, the harbour office said."""

WIRE = """Regiment to use temporary bases

A marine regiment would set up temporary bases along the Nansei chain if a Taiwan emergency comes, Kyodo reported, citing government \
sources who asked not to be named."""

COURIER = """Training widens, sites stay open

Nine sites in the Philippines have been open to visiting forces since 2023.

The two governments agreed in July to widen training in the Philippines.

The fuel pier at Laoag is to open only in 2028, an engineer said.

Manila denied that missiles would be kept at Basa Air Base."""


def make_told_reading() -> Reading:
    """Eight plans on the map, one rejected, one decision that applies to nothing, two sentences that are no plan."""
    articles = tuple(_articles())
    herald, post, wire, courier = articles
    return Reading(
        articles=articles,
        plans=(*_regiment(herald, post, wire), *_other(herald, post, courier)),
        toponyms={"herald": (), "post": (_okinawa(post),), "wire": (), "courier": ()},
        toponym_reviews={
            "post": {_okinawa(post).mention.start: Review(decision="accept", why="the island, not the city", who="A. Editor")}
        },
        copies=(Copy(article_id="wire", of="herald", how="reprint", likeness=0.93),),
        rejected=(_radar(herald),),
        unapplied=(("p-19c2f0", "reject: A pier at Cebu City"),),
        skipped={
            "herald": (
                _skip(herald, "Drones are likely to follow by 2030, an analyst at a think tank said.", "an analyst's view"),
                _skip(herald, "In 2014 a radar station had been planned for Miyako; it was dropped a year later.", "history"),
            )
        },
        problems=(Problem(name="scan.pdf", rule="not a text", next_step="convert it to .txt"),),
    )


def _articles() -> list[Article]:
    url = "https://herald.example/bases"
    return [
        make_article("herald", HERALD, publisher="The Harbour Herald", date="2024-11-25", url=url, file="herald.html"),
        make_article("post", POST, publisher="The Island Post", date="2024-11-26", file="post.txt"),
        make_article("wire", WIRE, file="wire.txt", title_is_first_line=True),
        make_article("courier", COURIER, publisher="Luzon Courier", date="2024-12-02", file="courier.txt"),
    ]


def _regiment(herald: Article, post: Article, wire: Article) -> tuple[ReportedPlan, ...]:
    place = FakeGazetteer().place
    bases = HERALD.split("\n\n")[1]
    first = make_quote(herald, bases, "temporary bases", url="https://herald.example/bases#:~:text=A%20marine%20regiment")
    near = make_quote(herald, HERALD.split("\n\n")[2], "within 200 km of Taiwan")
    second = make_quote(post, POST.split("\n\n")[1], "temporary bases")
    third = make_quote(wire, bases, "temporary bases")
    taiwan = at(place("c:TW"), "Taiwan", role="extent")
    credit = ("Kyodo", "government sources")
    return (
        ReportedPlan(
            id="p-1", key="p-8e1f02", number=1, summary="Temporary bases of a marine regiment along the Nansei chain", status="planned",
            quotes=(first, near, second, third), actor="a marine regiment", asset="temporary bases", action="set up",
            places=(at(place("nansei"), "the Nansei chain"),), anchors=(taiwan,), condition="if a Taiwan emergency comes",
            event_type="MOBILIZE", event_mode="troops", origins=("Kyodo",), lacks=("which island", "date"),
            attributions=(
                Attribution(said="Kyodo reported", who="Kyodo", sort="outlet", start=0, end=14),
                Attribution(
                    said="government sources who asked not to be named", who="government sources", sort="anonymous", start=0, end=44
                ),
            ),
            antecedents=(Antecedent(said="The regiment", stands_for="", start=second.start, end=second.start + 12),),
            reports=(
                Report(article_id="herald", origin="Kyodo", chain=("The Harbour Herald", *credit)),
                Report(article_id="post", origin="Kyodo", chain=("The Island Post", *credit)),
                Report(article_id="wire", origin="Kyodo", chain=("", *credit), copy_of="herald"),
            ),
            conflicts=(
                Conflict(
                    on="extent",
                    sides=(
                        Side(said="along the Nansei chain", quotes=(first,), origins=("Kyodo",)),
                        Side(said="in Kagoshima and Okinawa prefectures", quotes=(second,), origins=("Kyodo",)),
                    ),
                ),
            ),
            distances=(
                StatedDistance(
                    said="within 200 km of Taiwan", relation="within", said_km=200, to=taiwan, measured_km=111.3, nearest="Yonaguni",
                    ends=((24.449, 122.934), (24.597, 121.874)), holds=True,
                    words="The source says within 200 km of Taiwan; the nearest island, Yonaguni, is about 110 km away.",
                ),
            ),
        ),
    )  # fmt: skip


def _other(herald: Article, post: Article, courier: Article) -> tuple[ReportedPlan, ...]:
    place = FakeGazetteer().place
    ph = at(place("c:PH"), "the Philippines")
    fires, store, battery, pier = (
        make_quote(herald, HERALD.split("\n\n")[3], "long-range fire units"),
        make_quote(post, POST.split("\n\n")[2], "is being built"),
        make_quote(post, POST.split("\n\n")[3], "would move to Yonaguni"),
        make_quote(post, POST.split("\n\n")[4], "would open at Laoag in 2027"),
    )
    sites, training, later, denial = (make_quote(courier, part) for part in COURIER.split("\n\n")[1:])
    return (
        ReportedPlan(
            id="p-2", key="p-2", number=2, summary="Long-range fire units of the army in the Philippines", status="planned",
            quotes=(fires,), places=(ph,), origins=("Kyodo",), lacks=("site", "date"),
            reports=(Report(article_id="herald", origin="Kyodo", chain=("The Harbour Herald", "Kyodo")),),
            review=Review(decision="accept", why="checked with the ministry", who="A. Editor", on="2024-12-03"),
        ),
        _alone("p-3", 3, "Nine sites open to visiting forces", "existing", sites, places=(ph,), when="2023/..", when_said="since 2023"),
        _alone("p-4", 4, "Wider joint training", "agreed", training, places=(ph,), when="2024-07", when_said="in July"),
        ReportedPlan(
            id="p-5", key="p-5", number=5, summary="An ammunition store on Okinawa", status="under way", quotes=(store,),
            places=(at(place("i:okinawa"), "Okinawa"),),
            reports=(Report(article_id="post", chain=("The Island Post", "Okinawa Prefecture")),),
            attributions=(Attribution(said="Okinawa Prefecture said", who="Okinawa Prefecture", sort="official", start=0, end=23),),
            review=Review(
                decision="correct", why="the sentence says that building has begun", who="A. Editor", on="2024-12-03",
                changes=(("status", "under way"),),
            ),
        ),
        ReportedPlan(
            id="p-6", key="p-6", number=6, summary="A battery on Yonaguni", status="proposed", quotes=(battery,), when="2026-21",
            when_said="in spring 2026", condition="if the assembly agrees", places=(at(place("i:yonaguni"), "Yonaguni"),),
            reports=(Report(article_id="post", chain=("The Island Post", "a ministry document")),),
            attributions=(Attribution(said="a ministry document says", who="a ministry document", sort="document", start=0, end=24),),
        ),
        ReportedPlan(
            id="p-7", key="p-7", number=7, summary="A fuel pier at Laoag", status="planned", quotes=(pier, later), when="2027",
            when_said="in 2027", places=(at(place("p:laoag"), "Laoag"),),
            reports=(
                Report(article_id="post", chain=("The Island Post", "the harbour office")),
                Report(article_id="courier", chain=("Luzon Courier", "an engineer")),
            ),
            conflicts=(
                Conflict(
                    on="date", sides=(Side(said="in 2027", quotes=(pier,), origins=("",)), Side(said="only in 2028", quotes=(later,)))
                ),
            ),
        ),
        _alone("p-8", 8, "Missiles at Basa Air Base", "denied", denial, places=(at(place("site:basa"), "Basa Air Base"),), negated=True),
    )  # fmt: skip


def _alone(key: str, number: int, summary: str, status: Status, quote: Quote, **more: Any) -> ReportedPlan:
    """A plan that one article tells, crediting nobody."""
    report = Report(article_id=quote.article_id, chain=("Luzon Courier",))
    return ReportedPlan(id=key, key=key, number=number, summary=summary, status=status, quotes=(quote,), reports=(report,), **more)


def _radar(herald: Article) -> ReportedPlan:
    quote = make_quote(herald, "In 2014 a radar station had been planned for Miyako; it was dropped a year later.")
    return ReportedPlan(
        id="p-9", key="p-9", number=9, summary="A radar station on Miyako", status="planned", quotes=(quote,),
        review=Review(decision="reject", why="dropped in 2015, says the same sentence", who="A. Editor", on="2024-12-03"),
    )  # fmt: skip


def _skip(article: Article, sentence: str, why: str) -> Skipped:
    start = article.text.index(sentence)
    return Skipped(start=start, end=start + len(sentence), why=why)


def _okinawa(post: Article) -> Toponym:
    start = post.text.index("on Okinawa.") + 3
    mention = Mention(start=start, end=start + 7, text="Okinawa", name="Okinawa", kind="literal")
    return Toponym(mention=mention, place=FakeGazetteer().place("i:okinawa"), score=0.8, reason="an island")
