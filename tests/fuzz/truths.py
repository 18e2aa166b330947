"""What must hold of any text and any bytes whatever: said once, asked by hypothesis (test_properties.py) and by the fuzzer (targets.py)."""

from __future__ import annotations

import json
import re
import tempfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import sources
from geo import Gazetteer, GazetteerError, parse
from geo._formats import recognise
from geo._layer import write_layer
from geo._rows import Source
from layers._dates import date_words
from layers._days import day_range
from layers._encode import script_json
from layers._messages import languages, load_messages
from layers._passages import Passages, code_units
from layers.exports._text import as_json, for_xml
from layers.report._markup import fence_for, plain_markdown
from sources import Article, ArticleError, Citation, LedgerError, Problem, check_quote, make_quote, read_articles, read_text
from sources._csl import one_line
from sources._ledger_yaml import read_yaml, write_yaml
from sources._stated_dates import stated_date
from sources._when import reference, times

EDTF_DATE = r"(?:\d{4}|XXXX|\d{3}X|\d{2}XX)(?:-\d\d(?:-\d\d)?)?[?~%]?"
EDTF = re.compile(rf"{EDTF_DATE}|(?:{EDTF_DATE}|\.\.)?/(?:{EDTF_DATE}|\.\.)?|\[(?:\.\.)?{EDTF_DATE}(?:\.\.|, ?{EDTF_DATE})*\]", re.ASCII)
"""The forms of EDTF that citemap writes."""
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
HALVES = re.compile("[\ud800-\udfff]")


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that setup built, opened once."""
    return Gazetteer()


def article_of(text: str, **fields: str) -> Article | None:
    """Return the article of a text, or None where it is refused, as an empty one is."""
    try:
        return read_text(text, **fields)
    except ArticleError:
        return None


# readers ---------------------------------------------------------------------------------------------------------------------


def bytes_are_articles_or_problems(data: bytes, ending: str) -> None:
    """Any file gives articles whose paragraphs stand in their text, or problems with a rule and a next step; nothing else comes out."""
    with tempfile.TemporaryDirectory(prefix="citemap-") as folder:
        file = Path(folder) / f"a{ending}"
        file.write_bytes(data)
        articles, problems = read_articles([file])
    for problem in problems:
        is_told(problem)
    for article in articles:
        is_whole(article)
    assert articles or problems or (ending in (".json", ".jsonl") and not re.search(rb"[{\"\d\w]", data)), "dropped without a reason"
    assert len({article.id for article in articles}) == len(articles)


def is_told(problem: Problem) -> None:
    """A problem names the input, the rule and the next step on one line that can be printed."""
    assert problem.name and problem.rule and problem.next_step
    problem.as_line().encode("utf-8")


def is_whole(article: Article) -> None:
    """An article can be written down, and its paragraphs stand in order in its text and leave out nothing but space."""
    article.text.encode("utf-8")
    at = 0
    for start, end in article.paragraphs:
        assert at <= start < end <= len(article.text) and not article.text[at:start].strip()
        at = end
    assert not article.text[at:].strip() and article.text.strip() and "\r" not in article.text
    said = article.citation
    for words in (said.title, said.publisher, *said.authors, said.date, said.url, said.licence, said.origin, said.digest_of):
        words.encode("utf-8")
        assert "\n" not in words
    assert not said.url or said.url.startswith(("http://", "https://"))


# recogniser and extraction ---------------------------------------------------------------------------------------------------


def places_stand_in_the_text(text: str) -> None:
    """Toponyms stand in order at their offsets, none on another; the same text gives the same, and their spans are found again."""
    found = parse(text, gazetteer())
    at = 0
    for toponym in found:
        mention = toponym.mention
        assert at <= mention.start < mention.end <= len(text) and text[mention.start : mention.end] == mention.text
        assert toponym.reason and 0 <= toponym.score <= 1 and (toponym.place is None) == (toponym.where_prec is None)
        at = mention.end
    assert parse(text, gazetteer()) == found
    spans = [(t.mention.start, t.mention.end) for t in found]
    again = parse(text, gazetteer(), mentions=spans)
    assert [(t.mention.start, t.mention.end) for t in again] == spans


def quotes_stand_in_the_article(text: str, date: str = "2026-03-03") -> None:
    """What the whole pipeline reads of a text: every quote, attribution, antecedent and skipped sentence stands at its offsets."""
    article = article_of(text, date=date)
    if article is None:
        return
    reading = sources.read_plans([article], gazetteer())
    for plan in reading.plans:
        assert plan.quotes and plan.summary and plan.status in sources.STATUSES
        assert plan.when is None or EDTF.fullmatch(plan.when), plan.when
        for quote in plan.quotes:
            check_quote(article, quote)
            assert all(0 <= start < end <= len(quote.exact) for start, end in quote.emphasis)
        for said in (*plan.attributions, *plan.antecedents):
            assert 0 <= said.start < said.end <= len(article.text)
    for skipped in reading.skipped.get(article.id, ()):
        assert 0 <= skipped.start < skipped.end <= len(article.text) and skipped.why
    for problem in reading.problems:
        is_told(problem)
    assert sources.read_plans([article], gazetteer()) == reading


# offsets ---------------------------------------------------------------------------------------------------------------------


def quotes_are_found_again(text: str, start: int, end: int) -> None:
    """A quote is found by its selectors and, in UTF-16 code units, by its passage, as a browser counts."""
    article = article_of(text)
    if article is None:
        return
    text = article.text
    start, end = sorted((start % (len(text) + 1), end % (len(text) + 1)))
    if start == end:
        return
    quote = make_quote(article, start, end)
    check_quote(article, quote)
    around, position = quote.selectors()
    at = text.find(around["prefix"] + around["exact"] + around["suffix"])
    assert 0 <= at <= start and text[position["start"] : position["end"]] == around["exact"]
    passages = Passages({article.id: article}, [quote])
    number, first, last = passages.place(quote)
    passage = passages.of(article.id)[number]
    assert utf16(passage["text"])[2 * first : 2 * last] == utf16(quote.exact)
    assert passage["text"] in text and quote.exact in passage["text"]
    for offset, paragraph in passage["breaks"]:
        assert 0 < 2 * offset < len(utf16(passage["text"])) and 1 <= paragraph <= len(article.paragraphs)
    assert 2 * code_units(text, start) == len(utf16(text[:start]))
    assert not quote.url


def utf16(text: str) -> bytes:
    """A text as a browser counts it, two bytes a unit."""
    return text.encode("utf-16-le", "surrogatepass")


# escaping --------------------------------------------------------------------------------------------------------------------


def json_in_a_page_is_data(text: str) -> None:
    """The JSON block of a page ends no element, breaks no line of a script, can be written down, and reads back as it was."""
    written = script_json({text: [text]})
    assert not set("<>&\u2028\u2029") & set(written)
    written.encode("utf-8")
    assert json.loads(written) == {text: [text]}


def xml_reads_back(text: str) -> None:
    """Text in XML reads back with pictures for what XML cannot hold, as an element and as an attribute."""
    element = ET.Element("e", a=for_xml(text))
    element.text = for_xml(text)
    read = ET.fromstring(ET.tostring(element, encoding="unicode").encode("utf-8"))
    assert (read.text or "") == for_xml(text) and read.get("a") == for_xml(text)
    assert for_xml(for_xml(text)) == for_xml(text) and len(for_xml(text)) == len(text.replace("\r\n", "\n"))
    assert json.loads(as_json([text])) == [HALVES.sub("\ufffd", text)]


def markdown_is_text(text: str) -> None:
    """CommonMark with tables and strike-through, and links made of bare words, prints the words and makes nothing of them."""
    from markdown_it import MarkdownIt

    words = " ".join(text.split())
    if HALVES.search(text) or not words:
        return
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(plain_markdown(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"], tokens
    inline = tokens[1].children or []
    assert {token.type for token in inline} <= {"text", "text_special"}, inline
    assert "".join(token.content for token in inline) == words.replace("\0", "\ufffd")
    assert fence_for(text) not in text


def citations_read_back(text: str) -> None:
    """A title, a publisher and an author in BibTeX and RIS end no field and begin no entry."""
    from tests.sources.test_citations import read_back, read_ris

    plain = one_line(text)
    record = Citation(id="a", title=text, sha256="ab", publisher=text, authors=(text,) if plain else (), date=text, url=text, licence=text)
    (entry,) = read_back(sources.to_bibtex([record]))
    for field in ("title", "journal", *(("author",) if plain else ())):
        if plain:
            assert entry[field] == plain
    (ris,) = read_ris(sources.to_ris([record]))
    assert ris.get("TI", [""]) == [plain] and ris.get("T2", ris.get("PB", [""])) == [plain]


# dates -----------------------------------------------------------------------------------------------------------------------


def dates_are_edtf_or_none(text: str, day: str) -> None:
    """The times of a sentence are EDTF or none, and stand in it; any stated date, EDTF or not, can be drawn and said in every language."""
    for when in times(text, reference(day, text)):
        assert 0 <= when.start < when.end <= len(text)
        assert when.edtf is None or EDTF.fullmatch(when.edtf), when.edtf
        date_is_said(when.edtf or "")
    date_is_said(text)
    stated_date(text)


def date_is_said(edtf: str) -> None:
    """A date is a span of days that stand in the calendar, or none; its words are there wherever it is."""
    days = day_range(edtf)
    if days is not None:
        assert all(not one or DAY.fullmatch(one) for one in days) and any(days), days
    for language in languages():
        assert bool(date_words(edtf, load_messages(language))) == bool(edtf)


# ledger and gazetteer --------------------------------------------------------------------------------------------------------


def ledgers_read_back(text: str) -> None:
    """A ledger that is taken is written as it was; one that is not is told with its line and a next step."""
    try:
        ledger = read_yaml(text, "review.yaml")
    except LedgerError as error:
        assert str(error)
        return
    written = write_yaml(ledger)
    again = read_yaml(written, "review.yaml")
    assert [(e.key, e.decision, e.why, e.correct, e.found) for e in again.entries] == [
        (e.key, e.decision, e.why, e.correct, e.found) for e in ledger.entries
    ]


def gazetteers_are_taken_or_refused(data: bytes) -> None:
    """A file is no gazetteer, or each of its rows is taken or set aside with the rule that it breaks."""
    with tempfile.TemporaryDirectory(prefix="citemap-") as folder:
        file, aside = Path(folder) / "a.csv", Path(folder) / "aside.tsv"
        file.write_bytes(data)
        try:
            form = recognise(file)
            write_layer(Source(file), form, Path(folder) / "a.sqlite", aside, {"file": file.name, "sha256": "0", "position": "1"})
        except GazetteerError as error:
            assert str(error)
