"""One report in four forms: each read back by a reader of its own, looked at in a real browser, and the same bytes for the same input."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise

import docx
import pypdf
import pytest
from markdown_it import MarkdownIt

import citemap
from layers import ReportError, draw_figure, write_report
from sources import Reading
from tests.browser import until
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_told import make_told_reading
from tests.layers.test_accessible import AXE, VIOLATIONS

FORMS = ("html", "pdf", "docx", "md")
MADE_BY = {"citemap": "0.1.0", "gazetteer": "0123456789abcdef"}
HOSTILE = "<script>alert(1)</script> **bold** #raw[x] $m$ [a](b)"


@pytest.fixture(scope="module")
def told() -> Reading:
    return make_told_reading()


@pytest.fixture(scope="module")
def figure(told):
    """The figure of that reading, drawn once for all forms."""
    return draw_figure(told, FakeGazetteer(), notes=False, title="", deck="")


@pytest.fixture(scope="module")
def reports(told, figure, tmp_path_factory):
    """The four reports, by their form: read them, do not write beside them."""
    folder = tmp_path_factory.mktemp("reports")
    options = {"title": "Bases & piers", "deck": "What four papers say"}
    return {
        form: write_report(told, FakeGazetteer(), folder / f"report.{form}", figure=figure, made_by=MADE_BY, **options) for form in FORMS
    }


@cache
def words_of(path):
    """The words of a report as its own reader gives them, in one line."""
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    elif path.suffix == ".pdf":
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    else:
        source = path.read_text(encoding="utf-8")
        source = (
            MarkdownIt().enable("table").render(source)
            if path.suffix == ".md"
            else re.sub(r'srcdoc="[^"]*"|<style>.*?</style>', "", source, flags=re.S)
        )
        parser = _Words()
        parser.feed(source)
        text = parser.words
    return re.sub(r"\s+", "", text.replace("ﬁ", "fi"))


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.words = ""

    def handle_data(self, data):
        self.words += f" {data}"


def squeezed(text):
    return re.sub(r"\s+", "", text)


# what all forms say ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_quote_stands_word_for_word_in_each_form(reports, told, form):
    words = words_of(reports[form])
    missing = [quote.exact for plan in told.plans for quote in plan.quotes if squeezed(quote.exact) not in words]
    assert missing == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "said",
    [
        "Bases & piers", "What four papers say", "As of 2 December 2024", "Figure 1", "chain level: no island named",
        "3 reports, 1 origin: Kyodo", "Sources differ on the place", "in Kagoshima and Okinawa prefectures", "if a Taiwan emergency comes",
        "The source says within 200 km of Taiwan; the nearest island, Yonaguni, is about 110 km away.",
        "reviewed: accepted, checked with the ministry (A. Editor, 3 December 2024)", "The Harbour Herald", "25 November 2024", "wire.txt",
        "dropped in 2015, says the same sentence", "an analyst’s view", "scan.pdf", "What this report does not do", "no position taken",
        "citemap 0.1.0", "Drones are likely to follow by 2030, an analyst at a think tank said.",
    ],
)  # fmt: skip
def test_each_form_says_all_that_a_report_must_say(reports, form, said):
    assert squeezed(said) in words_of(reports[form])


@pytest.mark.parametrize("form", FORMS)
def test_each_form_names_the_hash_of_every_article(reports, told, form):
    words = words_of(reports[form])
    assert [one.id for one in told.articles if one.citation.sha256 not in words] == []


@pytest.mark.parametrize("form", FORMS)
def test_the_same_reading_gives_the_same_bytes_in_each_form(reports, told, figure, tmp_path, form):
    options = {"title": "Bases & piers", "deck": "What four papers say"}
    again = write_report(told, FakeGazetteer(), tmp_path / f"report.{form}", figure=figure, made_by=MADE_BY, **options)
    assert again.read_bytes() == reports[form].read_bytes()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """Reports of an article whose words are markup to each form."""
    words = HOSTILE.replace(".", "")
    reading = citemap.read_text(
        f"Officials said that Kenya will build a pier {words} at Kilifi.", title=HOSTILE, publisher=HOSTILE, date="2026-03-03"
    )
    folder = tmp_path_factory.mktemp("hostile")
    return {form: citemap.report(reading, folder / f"report.{form}", title=HOSTILE) for form in FORMS}


@pytest.mark.parametrize("form", FORMS)
def test_words_of_an_article_are_never_markup(hostile, form):
    assert words_of(hostile[form]).count(squeezed(HOSTILE)) >= 3


@pytest.mark.parametrize("form", FORMS)
def test_half_a_character_in_an_article_stops_no_report(figure, tmp_path, form):
    reading = citemap.read_text("Kenya will build a naval \ud83d pier at Kilifi.", title="A \ud83d pier")
    assert "Kenyawillbuildanaval" in words_of(write_report(reading, FakeGazetteer(), tmp_path / f"half.{form}", figure=figure))


# HTML ------------------------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_live_map_and_asks_for_nothing(reports, visit):
    page = visit(reports["html"])
    frame = page.frames[1]
    until(frame, "document.querySelector('.cm-ready')")
    assert frame.locator("path.cm-chain").count() == 1
    assert page.said == [] and [url for url in page.asked if not url.startswith(("file:", "data:", "about:"))] == []


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1366, 800)])
def test_nothing_hangs_over_the_edge_of_the_page(reports, visit, width, height):
    page = visit(reports["html"], width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_figure_stands_for_the_map(reports, visit):
    page = visit(reports["html"])
    shown = "[document.querySelector('#map iframe').checkVisibility(), document.querySelector('#map img').checkVisibility()]"
    screen = page.evaluate(shown)
    page.emulate_media(media="print")
    assert (screen, page.evaluate(shown)) == ([True, False], [False, True])


def test_headings_go_down_step_by_step_and_sections_have_names(reports, visit):
    page = visit(reports["html"])
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map((one) => +one.tagName[1])")
    assert levels[0] == 1 and levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels))
    assert page.evaluate(
        "[...document.querySelectorAll('section')].every((one) => document.getElementById(one.getAttribute('aria-labelledby')))"
    )


def test_the_page_around_the_map_has_no_script_of_its_own(reports):
    source = reports["html"].read_text(encoding="utf-8")
    assert "<script" not in re.sub(r'srcdoc="[^"]*"', "", source) and "default-src &#x27;none&#x27;" in source


def test_a_hostile_title_adds_no_element_to_the_page(hostile, visit):
    page = visit(hostile["html"])
    assert (page.locator("script").count(), page.locator("h1").inner_text()) == (0, HOSTILE)


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"width": 390, "height": 844}], ids=["light", "dark", "phone"])
def test_axe_finds_nothing_against_wcag_22_aa_in_the_report(reports, visit, look):
    if not AXE.is_file():
        pytest.fail("no axe-core in node_modules: run `make lint`, which fetches the tools for the page's scripts")
    page = visit(reports["html"], **look)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(VIOLATIONS.replace("resultTypes:", "iframes: false, resultTypes:")) == []


# PDF -------------------------------------------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_titled_and_has_bookmarks(reports):
    pdf = pypdf.PdfReader(reports["pdf"])
    heads = [str(one.title) for one in pdf.outline if not isinstance(one, list)]
    assert pdf.metadata.title == "Bases & piers" and pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert heads == ["Notes", "Sources", "What is not on the map, and why", "Method and limits"]


def test_every_font_of_the_pdf_is_embedded(reports):
    loose = set()
    for page in pypdf.PdfReader(reports["pdf"]).pages:
        for font in (one.get_object() for one in page["/Resources"].get("/Font", {}).values()):
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner["/FontDescriptor"]):
                loose.add(font["/BaseFont"])
    assert loose == set()


def test_the_figure_of_the_pdf_is_drawn_and_not_painted(reports):
    first = pypdf.PdfReader(reports["pdf"]).pages[0]
    forms = [one.get_object()["/Subtype"] for one in first["/Resources"]["/XObject"].values()]
    assert "/Form" in forms and "/Image" not in forms


# Word ------------------------------------------------------------------------------------------------------------------------


def test_the_document_has_words_own_headings_caption_and_alt_text(reports):
    document = docx.Document(str(reports["docx"]))
    styles = {paragraph.style.name: paragraph.text for paragraph in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Caption", "Quote", "List Number"} <= set(styles)
    xml = zipfile.ZipFile(reports["docx"]).read("word/document.xml").decode()
    assert 'descr="Map of 8 reported plans from 4 articles' in xml and "SEQ Figure" in xml


def test_notes_in_the_document_have_the_numbers_of_the_map(told, figure, tmp_path):
    import dataclasses

    fewer = dataclasses.replace(told, plans=tuple(plan for plan in told.plans if plan.number != 3))
    path = write_report(fewer, FakeGazetteer(), tmp_path / "fewer.docx", figure=figure)
    document = docx.Document(str(path))
    numbering = document.part.numbering_part.element
    starts = {
        num.numId: int(num.xpath("w:lvlOverride/w:startOverride/@w:val")[0])
        for num in numbering.num_lst
        if num.xpath("w:lvlOverride/w:startOverride/@w:val")
    }
    seen: dict[int, int] = {}
    numbers = []
    for paragraph in document.paragraphs:
        if paragraph.style.name == "List Number":
            num = paragraph._p.pPr.numPr.numId.val
            seen[num] = seen.get(num, starts[num] - 1) + 1
            numbers.append(seen[num])
    assert numbers == [plan.number for plan in fewer.plans]


def test_libreoffice_opens_the_document_and_shows_the_figure(reports, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("there is no LibreOffice here: install Debian's package libreoffice-writer-nogui")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path / 'profile'}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(reports["docx"])], check=True, capture_output=True, timeout=60)
    first = pypdf.PdfReader(tmp_path / "report.pdf").pages[0]
    (image,) = first.images
    assert image.image is None or min(image.image.size) > 1000
    assert "Bases & piers" in first.extract_text() and "Figure 1" in first.extract_text()


# Markdown --------------------------------------------------------------------------------------------------------------------


def test_the_picture_lies_beside_the_markdown_with_its_alt_text(reports):
    text = reports["md"].read_text(encoding="utf-8")
    assert re.search(r"^!\[Map of 8 reported plans from 4 articles.*\]\(report\.png\)$", text, re.M)
    assert reports["md"].with_suffix(".png").read_bytes()[:4] == b"\x89PNG"


# what cannot be --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("report.odt", "'.odt' is no form of a report; end the name in .html, .pdf, .docx, .md"),
        ("report", "no ending is no form of a report"),
        ("nowhere/report.pdf", "there is no folder"),
    ],
)
def test_a_report_that_cannot_be_says_why_and_what_to_do(told, figure, tmp_path, name, said):
    with pytest.raises(ReportError, match=re.escape(said)):
        write_report(told, FakeGazetteer(), tmp_path / name, figure=figure)
    assert list(tmp_path.iterdir()) == []


def test_a_reading_without_plans_gives_a_report_that_says_so(figure, tmp_path):
    path = write_report(citemap.read_text("Nothing is planned here."), FakeGazetteer(), tmp_path / "none.md", figure=figure)
    assert "No plan was found in these articles." in path.read_text(encoding="utf-8")


def test_one_article_that_cannot_be_read_stops_no_report(run, tmp_path):
    (tmp_path / "pier.txt").write_text("Kenya will build a naval pier at Kilifi.", encoding="utf-8")
    done = run("report", "pier.txt", "missing.txt", "-o", "pier.md", "--title", "Piers")
    assert (done.returncode, done.stdout) == (1, "pier.md\n") and "missing.txt: there is no such file or folder" in done.stderr
    assert (tmp_path / "pier.md").read_text(encoding="utf-8").startswith("# Piers\n")


def test_where_no_article_can_be_read_no_report_is_written(run, tmp_path):
    done = run("report", "missing.txt", "-o", "pier.md")
    assert done.returncode == 1 and list(tmp_path.iterdir()) == []
