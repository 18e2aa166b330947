"""What shows itself in a notebook: the words, the marks, tags that an untrusted notebook keeps, and text that stays text."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

import citemap
from geo import Gazetteer, Mention, Toponym
from layers import OfflineMap, PlanFrame, draw_map, plans_to_frame, show
from layers.notebook._mentions import pieces_of
from tests.layers.test_hostile import HOSTILE, hostile_reading

KEPT = {
    "a", "bdi", "blockquote", "br", "details", "div", "img", "p", "span", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr",
}  # fmt: skip
"""Tags of ours that JupyterLab lets stand in a notebook that is not trusted."""
ATTRIBUTES = {"alt", "dir", "height", "href", "lang", "rel", "src", "style", "target", "width"}
UNKEPT = re.compile(r"var\(|url\(|expression|@|calc\(|currentColor|inherit;")
ATTACKS = (
    *HOSTILE,
    "<script>window.broken=1</script>",
    "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
    "<svg><animate onbegin=window.broken=1 attributeName=x dur=1s>",
    "<math><mtext><table><mglyph><style><img src=x onerror=window.broken=1>",
    "<details open ontoggle=window.broken=1>",
    "<body onload=window.broken=1>",
    "<input autofocus onfocus=window.broken=1>",
    "<a href=javascript:window.broken=1>x</a>",
    "<object data=javascript:window.broken=1>",
    "<embed src=javascript:window.broken=1>",
    "<video><source onerror=window.broken=1>",
    "<style>@import 'javascript:window.broken=1';</style>",
    "<link rel=stylesheet href=javascript:window.broken=1>",
    "<meta http-equiv=refresh content='0;url=javascript:window.broken=1'>",
    "\"><img src=x onerror=window.broken=1>",
    "' onmouseover='window.broken=1",
    "\" style=\"position:fixed\" onclick=\"window.broken=1",
    "&lt;img src=x onerror=window.broken=1&gt;",
    "&#60;img src=x onerror=window.broken=1&#62;",
    "\\u003cimg src=x onerror=window.broken=1\\u003e",
    "{{ ''.__class__.__mro__ }}",
    "{% endraw %}{{ cycler.__init__.__globals__.os.getpid() }}",
    "{% for x in () %}{% endfor %}",
    "{# a comment #}",
    "${alert(1)}`;window.broken=1;//",
    "</textarea><script>window.broken=1</script>",
    "</title><script>window.broken=1</script>",
    "<!--><img src=x onerror=window.broken=1>",
    "<![CDATA[<img src=x onerror=window.broken=1>]]>",
    "\x1b[31m\u202e<b>\u2066",
)  # fmt: skip


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles += [value for name, value in attrs if name == "style"]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def parsed(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.fixture(scope="module")
def real() -> Gazetteer:
    return Gazetteer()


@pytest.fixture(scope="module")
def pier() -> Any:
    return citemap.read_text(
        "Kenyan officials said that Nairobi will build a naval pier at Kilifi. A radar station is planned in Tanzania.",
        title="Piers",
        publisher="The Coast Gazette",
        date="2026-03-02",
    )


@pytest.fixture(scope="module")
def displays(pier: Any, real: Gazetteer) -> dict[str, str]:
    values = (pier, pier.articles[0], pier.plans[0], pier.toponyms["text"][2], pier.toponyms["text"][2].place)
    return {type(value).__name__: show(value, real, reading=pier)._repr_html_() for value in values}


def test_a_reading_says_its_plans_with_status_place_and_quote(displays: dict[str, str]) -> None:
    words = " ".join(parsed(displays["Reading"]).words)
    assert "1 article, 2 reported plans" in words and "2 of 2 on the map" in words
    assert "planned" in words and "Kilifi" in words and "country level: no site named" in words
    assert "A radar station" in words and "The Coast Gazette" in words


def test_a_card_says_number_summary_status_place_quote_source_reports_in_this_order(displays: dict[str, str]) -> None:
    words = "".join(parsed(displays["ReportedPlan"]).words)
    order = ["1", "naval pier", "planned", "province level", "“", "The Coast Gazette", "paragraph\xa01", "1 report", "not reviewed"]
    places = [words.index(part) for part in order]
    assert places == sorted(places)


def test_the_words_that_carry_a_plan_are_strong(displays: dict[str, str]) -> None:
    assert "<strong>" in displays["ReportedPlan"]


def test_an_article_underlines_its_names_by_kind_and_keeps_every_letter(pier: Any, real: Gazetteer, displays: dict[str, str]) -> None:
    article = pier.articles[0]
    pieces = pieces_of(article, pier.toponyms["text"], pier.plans)
    assert "".join(piece.text for paragraph in pieces for piece in paragraph) == article.text
    named = {p.text: p.toponym.mention.kind for paragraph in pieces for p in paragraph if p.toponym}
    assert named == {"Kenyan": "demonym", "Nairobi": "metonymic", "Kilifi": "literal", "Tanzania": "literal"}
    assert {"2px solid", "2px dotted", "2px dashed"} <= set(re.findall(r"\dpx (?:solid|dotted|dashed)", displays["Article"]))


def test_a_name_lists_its_candidates_with_score_and_reason_on_a_map(displays: dict[str, str]) -> None:
    html = displays["Toponym"]
    assert "chosen" in html and re.search(r"0\.\d\d", html) and "is named in the text" in html
    assert "data:image/svg+xml;base64," in html


def drawn(html: str) -> str:
    return b64decode(re.findall(r"data:image/svg\+xml;base64,([^\"]+)", html)[0]).decode("utf-8")


def test_a_country_is_drawn_as_its_area_and_never_as_a_pin(real: Gazetteer) -> None:
    svg = drawn(show(real.place("iso3166-1:PH"), real).html)
    assert 'fill="url(#h)"' in svg and "<circle" not in svg


def test_a_town_is_drawn_as_a_point(real: Gazetteer) -> None:
    town = next(place for place in real.find("Kilifi") if place.extent == "point")
    assert drawn(show(town, real).html).count("<circle") == 1


def test_a_country_across_the_antimeridian_is_drawn_whole(real: Gazetteer) -> None:
    svg = drawn(show(real.place("iso3166-1:FJ"), real).html)
    path = re.search(r'<path d="([^"]+)" fill-rule="evenodd" fill="url\(#h\)"', svg)
    assert path is not None
    xs = [float(x) for x in re.findall(r"[ML](-?[\d.]+) ", path[1])]
    assert 20 < max(xs) - min(xs) < 400


@pytest.mark.parametrize("kind", ["Reading", "Article", "ReportedPlan", "Toponym", "Place"])
def test_a_display_holds_only_what_an_untrusted_notebook_keeps(displays: dict[str, str], kind: str) -> None:
    tags = parsed(displays[kind])
    assert tags.tags - KEPT == set()
    assert tags.attributes - ATTRIBUTES == set()
    assert [style for style in tags.styles if UNKEPT.search(style)] == []


def test_equal_readings_give_equal_displays(pier: Any, real: Gazetteer) -> None:
    assert show(pier, real).html == show(pier, Gazetteer()).html


def test_a_plan_without_its_reading_is_shown_without_what_only_the_article_says(pier: Any, real: Gazetteer) -> None:
    html = show(pier.plans[0], real).html
    assert "“Piers”" not in html and "paragraph\xa01" in html


def test_an_article_alone_is_said_to_be_read_by_itself(pier: Any, real: Gazetteer) -> None:
    assert "Read by itself" in show(pier.articles[0], real).html


def test_a_name_that_nobody_knows_is_shown_without_a_map(real: Gazetteer) -> None:
    nowhere = Toponym(mention=Mention(start=0, end=5, text="Xyzzy", name="Xyzzy", kind="literal"), reason="no entry has this name")
    html = show(nowhere, real).html
    assert "no place chosen" in html and "<img" not in html


def test_what_has_no_display_is_refused_by_its_type() -> None:
    with pytest.raises(TypeError, match="dict has no display"):
        show({})


@pytest.mark.parametrize("language", ["ja", "fil", "zh-Hant"])
def test_our_own_words_are_those_of_the_language(pier: Any, real: Gazetteer, language: str) -> None:
    assert "on the map; nothing here" not in show(pier, real, language=language).html


def test_a_map_stands_over_words_for_a_notebook_that_is_not_trusted() -> None:
    html = show(OfflineMap((120, 20, 130, 30))).html
    assert html.index("once the notebook is trusted") < html.index("<iframe")
    assert "allow-same-origin" not in html and "srcdoc=" in html


def attacked(text: str) -> list[str]:
    """Every display and every map of a reading whose words are an attack."""
    reading, gazetteer = hostile_reading(text)
    place = replace(gazetteer.place("evil-point"), authority=text, country="", admin1="")
    mention = Mention(start=0, end=7, text="A title", name=text, kind="literal", kind_reason=text)
    toponym = Toponym(mention=mention, place=place, reason=text, score=0.5)
    reading = replace(reading, toponyms={"one": (toponym,)})
    values = (reading, reading.articles[0], reading.plans[0], toponym, place)
    return [show(value, gazetteer, reading=reading).html for value in values]


def test_no_attack_becomes_markup() -> None:
    for text in ATTACKS:
        for html in attacked(text):
            tags = parsed(html)
            assert tags.tags - KEPT == set() and tags.attributes - ATTRIBUTES == set(), text
            assert "javascript:" not in "".join(re.findall(r"(?:href|src)=\"([^\"]*)", html)), text


def test_no_attack_runs_in_a_notebook_as_html(visit: Any, tmp_path: Any) -> None:
    import nbformat
    import pandas as pd
    from nbconvert import HTMLExporter

    frames = []
    for text in ATTACKS:
        reading, gazetteer = hostile_reading(text)
        frames.append(PlanFrame(plans_to_frame(reading, gazetteer)))
    everything: Any = PlanFrame(pd.concat(frames))
    everything[ATTACKS[0]] = list(ATTACKS)[:1] * len(everything)
    maps = [show(everything.explore(column="summary", tooltip=True, popup=True, legend_kwds={"caption": ATTACKS[0]})).html]
    reading, gazetteer = hostile_reading(ATTACKS[1])
    maps.append(show(draw_map(reading, gazetteer, title=ATTACKS[0])).html)
    htmls = [html for text in ATTACKS for html in attacked(text)] + maps
    cells = [
        nbformat.v4.new_code_cell("", outputs=[nbformat.v4.new_output("display_data", {"text/html": html})], id=f"c{number}")
        for number, html in enumerate(htmls)
    ]
    page_html, _ = HTMLExporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))
    page_html = re.sub(r"<script[^>]*src=\"https?:[^>]*></script>", "", page_html)
    (tmp_path / "notebook.html").write_text(page_html, encoding="utf-8")
    page = visit(tmp_path / "notebook.html")
    for frame in page.query_selector_all("iframe"):
        frame.scroll_into_view_if_needed()
        page.wait_for_timeout(900)
    assert len(page.frames) == 3
    assert [frame.evaluate("window.broken") for frame in page.frames] == [None, None, None]
    explored, plans = page.frames[1:]
    for event in ("mouseover", "click"):
        fire = f"(n) => n.dispatchEvent(new MouseEvent('{event}', {{bubbles: true}}))"
        explored.evaluate(f"document.querySelectorAll('path.leaflet-interactive').forEach({fire})")
    page.wait_for_timeout(200)
    assert explored.evaluate("window.broken") is None
    assert explored.evaluate("document.querySelectorAll('[onerror],[onload],[onfocus],[ontoggle]').length") == 0
    assert ATTACKS[0] in explored.evaluate("document.querySelector('.citemap-legend').textContent")
    assert plans.evaluate("document.querySelectorAll('.cm-card').length") == 1
