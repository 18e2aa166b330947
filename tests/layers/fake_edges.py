"""A reading of what data formats stumble over: the antimeridian, a pole, markup, control characters, other scripts, long quotes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shapely import LineString, Polygon, box

from geo import Mention, Place, Toponym
from sources import Reading, ReportedPlan, StatedDistance
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_reading import at, make_article, make_quote

HOSTILE = (
    '=HYPERLINK("x") <script>alert(1)</script> ]]> &amp; \x00\x01\x1b[31m \ufffe "said" — '
    "南西諸島、港 ميناء बंदरगाह 🚢👩\u200d🔧 e\u0301 \u202eback"
)
LONG = "A very long plan " + "with many words in it " * 2_000 + "would be carried out at the pole."
SENTENCES = {
    "fiji": "A wharf would be built in Fiji.",
    "chukotka": "A radar would stand in Chukotka and at Anadyr.",
    "pole": LONG,
    "south": "A hut will open at the South Pole.",
    "cable": "A cable will run along the Line chain.",
    "nowhere": "A depot is planned, officials say.",
    "shapeless": "A port would open in Atlantis.",
    "hostile": HOSTILE,
}


def _place(key: str, name: str, lat: float, lon: float, code: str, extent: Any, **more: Any) -> Place:
    return Place(id=f"e:{key}", name=name, lat=lat, lon=lon, feature_code=code, extent=extent, **more)


PLACES = {
    "fiji": _place("fiji", "Fiji", -17.8, 178.0, "PCLI", "country", where_prec=6, country="FJ"),
    "chukotka": _place("chukotka", "Chukotka", 66.0, 175.0, "ADM1", "area", where_prec=4, country="RU", uncertainty_m=float("nan")),
    "anadyr": _place("anadyr", "Anadyr", 64.73, 177.51, "PPLA", "point", country="RU"),
    "pole": _place("pole", "the polar station", 89.5, 10.0, "RSTN", "area", where_prec=2, uncertainty_m=200_000),
    "south": _place("south", "South Pole", -90.0, 0.0, "RSTN", "point"),
    "line": _place("line", "Line chain", -17.5, 180.0, "ISLS", "chain", where_prec=5),
    "atlantis": _place("atlantis", "Atlantis", 0.0, -30.0, "PCLI", "country", where_prec=6),
    "hostile": _place("hostile", HOSTILE, 1.0, 2.0, "PPL", "point", authority=HOSTILE),
}
SHAPES = {
    "e:fiji": box(177.0, -19.2, 181.8, -16.1),
    "e:chukotka": Polygon(
        [(170, 62), (190, 62), (190, 70), (170, 70)],
        [[(178, 65), (178, 67), (183, 67), (183, 65)], [(172, 64), (172, 66), (174, 66), (174, 64)]],
    ),
    "e:line": LineString([(178.0, -17.0), (181.0, -18.0), (183.0, -17.5)]),
}


def make_edges() -> tuple[Reading, FakeGazetteer]:
    """Eight plans, one of them at two places, one nowhere, one in a country without a shape; and the gazetteer that has their shapes."""
    article = make_article("edges", "\n\n".join(SENTENCES.values()), publisher=HOSTILE, licence="CC BY 4.0", date="2026-11-05")
    where = {key: (key,) for key in SENTENCES} | {
        "chukotka": ("chukotka", "anadyr"), "cable": ("line",), "nowhere": (), "shapeless": ("atlantis",),
    }  # fmt: skip
    more: dict[str, dict[str, Any]] = {
        "fiji": {"when": "2027", "distances": (_across(),)},
        "chukotka": {"when": "2026-11-02/2026-11-08", "negated": True},
        "pole": {"when": "2028-21", "status": "proposed"},
        "south": {"when": "2026-12-24", "status": "under way"},
        "hostile": {"actor": HOSTILE, "key": HOSTILE, "condition": "@SUM(A1)", "when": "2026-11-05/..", "origins": (HOSTILE,)},
    }
    plans = []
    for number, (key, sentence) in enumerate(SENTENCES.items(), start=1):
        places = tuple(at(PLACES[name], PLACES[name].name, uncertainty_m=PLACES[name].uncertainty_m) for name in where[key])
        values: dict[str, Any] = {"status": "planned", "summary": sentence[:70], "key": f"p-{key}"} | more.get(key, {})
        quote = make_quote(article, sentence)
        plans.append(ReportedPlan(id=f"e-{number}", number=number, quotes=(quote,), places=places, **values))
    start = article.text.index("Fiji")
    named = Mention(start=start, end=start + 4, text="Fiji", name="Fiji", kind="literal")
    lost = Mention(start=0, end=1, text="A", name="A", kind="part-of-name")
    toponyms = (Toponym(mention=named, place=PLACES["fiji"], score=0.9, reason="the country"), Toponym(mention=lost, reason="no such name"))
    gazetteer = FakeGazetteer(*PLACES.values(), shapes=SHAPES)
    return Reading(articles=(article,), plans=tuple(plans), toponyms={"edges": toponyms}), gazetteer


def _across() -> StatedDistance:
    samoa = at(FakeGazetteer().place("p:naha"), "Samoa")
    return StatedDistance(
        said="within 1,200 km of Samoa", relation="within", said_km=1200, to=samoa, measured_km=1089.2, nearest="Fiji",
        ends=((-17.0, 179.5), (-14.0, -171.8)), holds=True, words="The source says within 1,200 km; it is about 1,090 km.",
    )  # fmt: skip


def with_text(reading: Reading, text: str) -> Reading:
    """The plan without a place alone, in an article of another text; its quote is all of it."""
    article = replace(make_article("edges", text.encode("utf-8", "replace").decode()), text=text)
    plan = replace(reading.plans[5], quotes=(make_quote(article, text),), summary=text, actor=text)
    return Reading(articles=(article,), plans=(plan,))
