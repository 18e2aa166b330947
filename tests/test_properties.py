"""What holds of every text, number and file whatever: hypothesis looks for one of which it does not; `make trust` tries 10,000 each."""

from __future__ import annotations

import json
import zlib
from base64 import b64decode
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layers._encode import encode_line
from layers._evidence import safe_url
from layers._packing import distinct, fit_text, pack_numbers, pack_texts
from layers._web import TEMPLATES
from sources import sentence_url
from tests.fuzz import targets, truths
from tests.profile import amount, note

pytestmark = pytest.mark.trust

SENTENCES = [
    *(part for seeds in targets.SEEDS.values() for seed in seeds for part in seed.replace("\n", " \n").split(". ")),
    "It will be built there next year", "The regiment would move from Nairobi to Lamu, not to Kilifi", "If parliament agrees, ",
    "Officials said on Tuesday that ", "“The Wharf”", "U.S. Navy", "north of", "within 30 miles of ", "St. John's",
    "Mr. Lima of Lima, Peru",
]  # fmt: skip
"""What news is made of, to be put together anew."""
LETTER = st.characters(exclude_categories=())
"""Any code point, halves of characters too."""
WEIRD = st.text(LETTER, max_size=40)
SIGNS = st.sampled_from(
    [
        "\n", "\n\n", "\r\n", ". ", ", ", " ", "\u00a0",
        "\u200b", "\u202e", "\u2028", "\0", "\ud83d", "é", "e\u0301", "𐐷", "👩\u200d🔧", "'",
        "“", "-", "—", "\t", "İ", "ß", "ﬁ",
    ]
)  # fmt: skip
NEWS = st.lists(st.one_of(st.sampled_from(SENTENCES), SIGNS, WEIRD), max_size=14).map("".join)
"""Texts that look like news for a while."""
TEXT = st.one_of(WEIRD, NEWS, st.text(LETTER, max_size=400))
DAYS = st.one_of(st.dates().map(str), st.sampled_from(["", "2026-03-03", "0001-01-01", "9999-12-31", "2024-02-29", "٢٠٢٤-٠١-٠١"]), WEIRD)
FEW = settings(max_examples=amount(20, 10_000))
"""For what takes some milliseconds each time."""
TRIED: dict[str, int] = {}


@pytest.fixture(autouse=True, scope="module")
def _noted() -> Any:
    """Say at the end how many examples of each were tried."""
    TRIED.clear()
    yield
    note("properties", properties=len(TRIED), examples=sum(TRIED.values()), fewest=min(TRIED.values(), default=0), failing=0)


def tried(name: str) -> None:
    """Count an example."""
    TRIED[name] = TRIED.get(name, 0) + 1


# readers ---------------------------------------------------------------------------------------------------------------------

TAGS = [
    "<p>", "</p>", "<article>", "<title>", "<!--", "<script>", "<meta name=date content='2026-13-45'>", "<table>", "&#0;", "&#xD800;",
    "<![CDATA[",
]  # fmt: skip
KEYS = ["text", "id", "title", "author", "date", "url"]
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.one_of(st.sampled_from(KEYS), WEIRD), inner, max_size=6)),
    max_leaves=12,
)
FILES: dict[str, st.SearchStrategy[bytes]] = {
    "txt": st.one_of(st.binary(max_size=300), TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))),
    "md": st.tuples(TEXT, TEXT).map(lambda two: f"---\n{two[0]}\n---\n{two[1]}".encode("utf-8", "surrogatepass")),
    "html": st.lists(st.one_of(st.sampled_from(TAGS), TEXT), max_size=12).map(
        lambda parts: "".join(parts).encode("utf-8", "surrogatepass")
    ),
    "json": JSON.map(lambda value: json.dumps(value).encode()),
}
FILES["jsonl"] = st.lists(FILES["json"], max_size=4).map(b"\n".join)


@pytest.mark.parametrize("kind", FILES)
def test_any_file_gives_articles_or_problems_with_their_reasons(kind: str) -> None:
    @given(FILES[kind])
    def holds(data: bytes) -> None:
        tried(f"reader {kind}")
        truths.bytes_are_articles_or_problems(data, f".{kind}")

    holds()


# recogniser, extraction, offsets, dates --------------------------------------------------------------------------------------


@FEW
@given(TEXT)
@example("Coast\tCoast")
def test_places_stand_in_order_at_their_offsets_and_are_the_same_again(text: str) -> None:
    tried("recogniser")
    truths.places_stand_in_the_text(text)


@FEW
@given(NEWS, DAYS)
def test_every_quote_of_the_whole_pipeline_stands_at_its_offsets(text: str, day: str) -> None:
    tried("extraction")
    truths.quotes_stand_in_the_article(text, day)


@given(TEXT, st.integers(0, 1000), st.integers(0, 1000))
def test_a_quote_is_found_again_by_its_selectors_and_by_its_passage(text: str, start: int, end: int) -> None:
    tried("offsets")
    truths.quotes_are_found_again(text, start, end)


@given(st.one_of(NEWS, WEIRD, st.from_regex(r"\A(from |by |until )?\d{1,2} (May|June)( \d{4})?( to \d{1,2} [a-z]{3,9})?\Z")), DAYS)
def test_every_time_of_a_sentence_is_edtf_or_none(text: str, day: str) -> None:
    tried("dates in sentences")
    truths.dates_are_edtf_or_none(text, day)


@given(st.one_of(st.from_regex(rf"\A{truths.EDTF_DATE}(/({truths.EDTF_DATE}|\.\.)?)?\Z"), DAYS))
@example("٢٠٢٤")
@example("2024-02-30")
@example("0000-01-01")
def test_every_stated_date_can_be_said_in_every_language_and_drawn_or_left_out(edtf: str) -> None:
    tried("dates as stated")
    truths.date_is_said(edtf)
    truths.stated_date(edtf)


# escaping --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "truth",
    [truths.json_in_a_page_is_data, truths.xml_reads_back, truths.markdown_is_text, truths.citations_read_back],
    ids=lambda truth: truth.__name__,
)
def test_any_text_reads_back_from_what_it_is_written_into(truth: Callable[[str], None]) -> None:
    @given(TEXT)
    @example("a\ud83d")
    def holds(text: str) -> None:
        tried(truth.__name__)
        truth(text)

    holds()


class _Heard(HTMLParser):
    """The words and the attributes of a page, as a parser hears them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.attributes, self.tags = "", dict[str, str | None](), list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(TEXT)
def test_any_text_in_a_template_is_words_or_the_whole_of_an_attribute(text: str) -> None:
    tried("templates")
    heard = _Heard()
    heard.feed(TEMPLATES.from_string('<p title="{{ t }}">{{ t }}</p>').render(t=text))
    heard.close()
    assert (heard.tags, heard.words, heard.attributes) == (["p"], text, {"title": text})


@given(
    st.one_of(
        TEXT, TEXT.map(lambda text: f"https://{text}"), st.sampled_from(["javascript:1", "HTTPS://A.example/", "https://[", "https:///x"])
    )
)
def test_an_address_is_one_of_the_web_or_is_left_out(url: str) -> None:
    tried("addresses")
    for made in (safe_url(url), sentence_url(url, "A pier.")):
        assert not made or made.lower().startswith(("http://", "https://"))
    assert not any(sign <= " " for sign in safe_url(url))


# packing ---------------------------------------------------------------------------------------------------------------------


def inflated(text: str) -> bytes:
    """What a browser inflates."""
    return zlib.decompress(b64decode(text), -15)


def unpacked(words: str, blocks: Sequence[str]) -> list[str]:
    """Texts as layers/web/pack.js reads them."""
    listed, texts, now = json.loads(inflated(words)), [], ""
    for block in blocks:
        data, at = inflated(block), 0
        while at < len(data):
            byte = data[at]
            if byte == 0:
                texts.append(now)
                now, step = "", 1
            elif byte < 160:
                now, step = now + listed[byte - 1], 1
            elif byte < 255:
                now, step = now + listed[159 + (byte - 160) * 256 + data[at + 1]], 2
            else:
                now, step = now + chr(int.from_bytes(data[at + 1 : at + 4], "big")), 4
            at += step
    return texts


@given(st.lists(TEXT, max_size=8))
def test_packed_texts_are_the_same_when_they_are_unpacked(texts: list[str]) -> None:
    tried("packed texts")
    each, numbers = distinct(fit_text(text) for text in texts)
    packed = pack_texts(each)
    assert [unpacked(packed.words, packed.blocks)[number] for number in numbers] == [fit_text(text) for text in texts]


@given(st.lists(st.integers(-(2**52), 2**52), max_size=30))
def test_packed_numbers_are_the_same_when_they_are_unpacked(numbers: list[int]) -> None:
    tried("packed numbers")
    read, last, value, shift = [], 0, 0, 0
    for byte in pack_numbers(numbers):
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            last += (value >> 1) ^ -(value & 1)
            read.append(last)
            value = shift = 0
    assert read == numbers


@given(st.lists(st.tuples(st.floats(-400, 400), st.floats(-90, 90)), min_size=1, max_size=30))
def test_a_line_is_the_same_to_eleven_metres_when_it_is_decoded(points: list[tuple[float, float]]) -> None:
    tried("lines")
    read, value, shift, numbers = [], 0, 0, list[int]()
    for sign in encode_line(points):
        value |= ((ord(sign) - 63) & 0x1F) << shift
        shift += 5
        if ord(sign) - 63 < 0x20:
            numbers.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    x = y = 0
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + dx, y + dy
        read.append((x, y))
    whole = [(round(lon * 10_000), round(lat * 10_000)) for lon, lat in points]
    assert read == [point for at, point in enumerate(whole) if at == 0 or point != whole[at - 1]]


# ledger and gazetteer --------------------------------------------------------------------------------------------------------

LINES = [line + "\n" for line in targets.LEDGER.splitlines()]


@given(
    st.lists(
        st.one_of(
            st.sampled_from(LINES),
            st.sampled_from(["    why: |\n      two\n", "- &a *a\n", "? x\n", "    why: !!python/object x\n", "# said\n", "\t\n"]),
            WEIRD,
        ),
        max_size=16,
    ).map("".join)
)
@example(targets.LEDGER)
@example("a\n\ud800")
def test_a_ledger_is_taken_and_written_as_it_was_or_is_told_what_is_wrong(text: str) -> None:
    tried("ledgers")
    truths.ledgers_read_back(text)


ROWS = [targets.TABLE, targets.DUMP, targets.LINKED, targets.EARTH, *targets.TABLE.splitlines(True), "KE.02\tCoast\tCoast\t400745\n"]


@FEW
@given(
    st.lists(st.one_of(st.sampled_from(ROWS), st.sampled_from([",", "\t", '"', "\n", "\r", "NaN", "91", "1e999"]), WEIRD), max_size=10).map(
        "".join
    )
)
def test_any_gazetteer_is_refused_or_each_row_of_it_taken_or_set_aside(text: str) -> None:
    tried("gazetteers")
    truths.gazetteers_are_taken_or_refused(text.encode("utf-8", "surrogatepass"))
