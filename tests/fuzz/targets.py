"""What the fuzzer feeds: one function of bytes for each part that reads what others wrote, and seeds of our own to begin from."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.fuzz import truths

Target = Callable[[bytes], None]

ARTICLE = """Kenya will build a naval pier at Kilifi by December, officials said on condition of anonymity.

"It is within 200 km of Lamu," Mr. Otieno told the Harbour Herald. The army plans to station a rocket regiment north of Lamu in 2027,
if parliament agrees. Nairobi denied that it would be moved to Socotra, Oman.

- 南西諸島 (Okinawa) — a depot, next spring
- In 2014 a radar station had been planned; could China build a port at Mombasa?
"""
FRONT = '---\ntitle: "A pier: planned"\npublisher: Harbour Herald\ndate: 2026-03-03\nurl: https://a.example\nauthor: [A, B]\n---\n'
HTML = f"<html><title>A pier</title><meta property='og:site_name' content='Herald'><body><article><p>{ARTICLE}</p></article></body>"
JSON = (
    '{"id": "a1", "text": "Kenya will build a pier at Kilifi.", "title": "t", "date": "2026-03-03", "author": ["A"], "url": "https://a.b"}'
)
LEDGER = """citemap-ledger: 1
plans:
  - key: p-68166ff3e7-000000-build-pier
    decision: correct  # accept, reject or correct
    why: "the ministry's own notice"
    correct:
      status: agreed
      lat: -3.63
      lon: 39.85
      authority: Kenya Ports Authority
    found:
      quote: "Kenya will build a naval pier at Kilifi in 2027."
toponyms:
  - {key: t-d2133700aa-000000-kilifi, decision: reject, why: "a ship", found: {quote: x}}
"""
TABLE = 'name,lat,lon,country,population,names\nKilifi,-3.63,39.85,KE,122000,Kilifi Town;キリフィ\n"Lamu, old",-2.27,40.9,KE,,\n'
DUMP = "100\tKilifi\tKilifi\tKilifi,Kilindini\t-3.63\t39.85\tP\tPPL\tKE\t\t02\t\t\t\t122899\t\t15\tAfrica/Nairobi\t2020-01-01\n"
LINKED = (
    '{"type":"FeatureCollection","features":[{"@id":"https://a.example/1","type":"Feature","properties":{"title":"Kilifi","ccodes":["KE"]},'
    '"names":[{"toponym":"Kilifi","lang":"en"}],"geometry":{"type":"Point","coordinates":[39.85,-3.63]}},{"@id":"a:2","type":"Feature",'
    '"properties":{"title":"Bay"},"geometry":{"type":"Polygon","coordinates":[[[39,-4],[40,-4],[40,-3],[39,-4]]]}}]}'
)
EARTH = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"featurecla":"Populated place","NAME":"Kilifi","ne_id":1,'
    '"ISO_A2":"KE"},"geometry":{"type":"Point","coordinates":[39.85,-3.63]}}]}'
)
DATES = (
    "from 3 to 5 May 2027; by the end of next year; within three years; in the 2030s; 2024-02-29/..; XXXX-12; 203X; spring 2026; 03/04/2027"
)
SIGNS = '</script><!--]]> &amp; "x" \\ {a} [b](c) `d` *e* _f_ $g$ ~h~ #i | j <k> ![l](m) www.a.b \u2028\u202e\ufffe\x00\x1b é 𐐷 👩\u200d🔧'


def text_of(data: bytes) -> str:
    """Return bytes as text: UTF-8, in which halves of characters may stand, and what is not as single characters."""
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def _of_text(truth: Callable[[str], None]) -> Target:
    return lambda data: truth(text_of(data))


def _offsets(data: bytes) -> None:
    truths.quotes_are_found_again(text_of(data[4:]), int.from_bytes(data[:2], "big"), int.from_bytes(data[2:4], "big"))


def _escaping(data: bytes) -> None:
    text = text_of(data)
    truths.json_in_a_page_is_data(text)
    truths.xml_reads_back(text)
    truths.markdown_is_text(text)


def _dates(data: bytes) -> None:
    truths.dates_are_edtf_or_none(text_of(data[10:]), text_of(data[:10]))


TARGETS: dict[str, Target] = {
    **{
        f"reader-{kind}": partial(truths.bytes_are_articles_or_problems, ending=f".{kind}")
        for kind in ("txt", "md", "html", "json", "jsonl")
    },
    "recogniser": _of_text(truths.places_stand_in_the_text),
    "extraction": _of_text(truths.quotes_stand_in_the_article),
    "offsets": _offsets,
    "escaping": _escaping,
    "citations": _of_text(truths.citations_read_back),
    "dates": _dates,
    "ledger": _of_text(truths.ledgers_read_back),
    "gazetteer": truths.gazetteers_are_taken_or_refused,
}

SEEDS: dict[str, tuple[str, ...]] = {
    "reader-txt": (ARTICLE, SIGNS),
    "reader-md": (FRONT + ARTICLE, "---\n---\n" + SIGNS),
    "reader-html": (HTML, f"<p>{SIGNS}</p>"),
    "reader-json": (JSON, f"[{JSON},{JSON}]"),
    "reader-jsonl": (f"{JSON}\n{JSON}\n\n{{}}\n",),
    "recogniser": (ARTICLE, SIGNS),
    "extraction": (ARTICLE, *ARTICLE.split("\n\n"), DATES),
    "offsets": ("\0\1\0\7" + ARTICLE, "\0\3\0\x20" + SIGNS),
    "escaping": (SIGNS, ARTICLE),
    "citations": (SIGNS, "A pier & a port"),
    "dates": tuple("2026-03-03" + part for part in (DATES, *DATES.split("; "))),
    "ledger": (LEDGER,),
    "gazetteer": (TABLE, DUMP, LINKED, EARTH, "KE.02\tCoast\tCoast\t400745\n"),
}


def words() -> list[str]:
    """Return words that a fuzzer may put in: those of the seeds, which belong to the formats and to news."""
    import re

    return sorted({word for seeds in SEEDS.values() for seed in seeds for word in re.findall(r"[^\W\d_]{2,}|[^\w\s]{1,3}", seed)})
