"""What puts the map into other documents, in a real browser and with the readers of each form."""

from __future__ import annotations

import json
import re
import shutil
import struct
import zlib
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from layers import alt_text, languages, long_description, write_embeds
from layers.report._markup import plain_markdown
from tests.browser import until

HOSTILE = '"><script>alert(1)</script> `x` ```\n# head'


def picture() -> bytes:
    """A red picture of 40 by 30 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + b"\xc2\x4e\x00" * 40) * 30
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture(scope="module")
def folder(tmp_path_factory, reading, gazetteer, context_sets, page_file):
    """A built folder with its embeds: read it, do not write into it."""
    made = tmp_path_factory.mktemp("embeds")
    shutil.copy(page_file, made / "map.html")
    (made / "map.png").write_bytes(picture())
    write_embeds(reading, gazetteer, made, context=context_sets)
    return made


@pytest.fixture()
def own(folder, tmp_path):
    """A copy of that folder that a test may spoil."""
    return shutil.copytree(folder, tmp_path / "own")


def seen(page):
    """Whether the frame and the picture are to be seen."""
    return page.evaluate(
        "[getComputedStyle(document.querySelector('iframe')).opacity === '1',"
        " document.querySelector('img').checkVisibility() && document.querySelector('img').naturalWidth > 0]"
    )


def restrained(folder, policy):
    """Give the embedding page a policy of its own."""
    text = (folder / "embed.html").read_text(encoding="utf-8")
    meta = f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">'
    (folder / "host.html").write_text(text.replace('<meta charset="utf-8">', meta), encoding="utf-8")
    return folder / "host.html"


# embed.html ------------------------------------------------------------------------------------------------------------------


def test_the_frame_shows_the_map_and_the_picture_goes(folder, visit):
    page = visit(folder / "embed.html", width=900)
    until(page, "getComputedStyle(document.querySelector('iframe')).opacity === '1'")
    assert seen(page) == [True, False]
    assert page.frame_locator("iframe").locator("path.cm-chain").count() == 1


def test_the_frame_keeps_its_ratio_at_any_width(folder, visit):
    for width in (900, 600):
        page = visit(folder / "embed.html", width=width)
        box = page.locator("iframe").bounding_box()
        assert abs(box["width"] / box["height"] - 4 / 3) < 0.02 and box["width"] <= width


def test_nothing_is_asked_but_the_files_of_the_folder(folder, visit):
    page = visit(folder / "embed.html")
    until(page, "getComputedStyle(document.querySelector('iframe')).opacity === '1'")
    assert {url.rpartition("/")[2] for url in page.asked if not url.startswith("data:")} <= {"embed.html", "map.html?embed", "map.png"}


def test_where_the_map_is_missing_the_picture_stands_for_it(own, visit):
    (own / "map.html").unlink()
    page = visit(own / "embed.html")
    page.wait_for_timeout(600)
    assert seen(page) == [False, True]
    assert page.locator("img").get_attribute("alt").startswith("Map of 9 reported plans from 2 articles")


def test_where_frames_are_forbidden_the_picture_stands_for_the_map(own, visit):
    page = visit(
        restrained(own, "default-src 'none'; frame-src 'none'; script-src 'unsafe-inline'; img-src file:; style-src 'unsafe-inline'")
    )
    page.wait_for_timeout(600)
    assert seen(page) == [False, True]


def test_under_a_strict_policy_the_frame_stands_and_the_picture_can_be_unfolded(own, visit):
    page = visit(restrained(own, "default-src 'none'; script-src 'none'; style-src 'none'; frame-src file:; img-src file:"))
    assert page.frame_locator("iframe").locator("path.cm-chain").count() == 1
    assert seen(page) == [True, False] and page.locator("iframe").bounding_box()["height"] > 400
    page.locator("summary").click()
    until(page, "document.querySelector('img').naturalWidth > 0")
    assert seen(page) == [True, True]


def test_the_frame_is_sandboxed_lazy_named_and_tells_no_referrer(folder):
    class Frames(HTMLParser):
        def handle_starttag(self, tag, attrs):
            if tag == "iframe":
                self.frame = dict(attrs)

    parser = Frames()
    parser.feed((folder / "embed.html").read_text(encoding="utf-8"))
    frame = parser.frame
    assert (frame["src"], frame["loading"], frame["referrerpolicy"]) == ("map.html?embed", "lazy", "no-referrer")
    assert "allow-same-origin" not in frame["sandbox"] and frame["title"] == "Reported plans, from 2 articles"


def test_the_caption_names_the_sources_and_links_to_the_page(folder, visit):
    page = visit(folder / "embed.html")
    words = page.locator("figcaption").inner_text()
    assert "publisher not stated (one.txt); The Harbour Herald" in words and "no position taken" in words
    assert page.locator("figcaption a").get_attribute("href") == "map.html"


def test_without_a_picture_the_embed_holds_the_frame_and_the_link_alone(tmp_path, reading, gazetteer):
    write_embeds(reading, gazetteer, tmp_path)
    text = (tmp_path / "embed.html").read_text(encoding="utf-8")
    assert "<img" not in text and "<script" not in text and "<iframe" in text and 'href="map.html"' in text


def test_a_title_in_an_embed_is_text(tmp_path, reading, gazetteer, visit):
    (tmp_path / "map.png").write_bytes(picture())
    write_embeds(reading, gazetteer, tmp_path, title=HOSTILE)
    page = visit(tmp_path / "embed.html")
    assert page.locator("script").count() == 1 and page.locator("iframe").get_attribute("title") == HOSTILE


# embed.md --------------------------------------------------------------------------------------------------------------------


def blocks(text):
    """The blocks to copy, by their heading."""
    tokens = MarkdownIt().parse(text)
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    return dict(zip(heads, (token.content for token in tokens if token.type == "fence"), strict=True))


def test_there_is_a_block_for_each_tool(folder):
    found = blocks((folder / "embed.md").read_text(encoding="utf-8"))
    assert list(found) == ["Quarto", "MyST, Jupyter Book", "Markdown"]
    assert "```{=html}" in found["Quarto"] and 'fig-alt="Map of 9' in found["Quarto"]
    assert "```{iframe} map.html?embed" in found["MyST, Jupyter Book"] and ":alt: Map of 9" in found["MyST, Jupyter Book"]
    assert found["Markdown"].startswith("[![Map of 9 reported plans")


def test_a_title_ends_no_block_for_a_tool(tmp_path, reading, gazetteer):
    (tmp_path / "map.png").write_bytes(picture())
    write_embeds(reading, gazetteer, tmp_path, title=HOSTILE)
    found = blocks((tmp_path / "embed.md").read_text(encoding="utf-8"))
    rendered = MarkdownIt().render(found["Markdown"])
    assert len(found) == 3 and "<script" not in rendered and "<h1" not in rendered and "<code" not in rendered


@pytest.mark.parametrize(
    "text",
    [
        "# head", "> quote", "- item", "+ item", "1. item", "12) item", "a *b* _c_ `d`", "[x](https://e.org) ![y](z)",
        "<b>bold</b> &amp; &#65;",

        "https://example.org www.example.org a@example.org", "~~gone~~ | a | b |", "== head", "$x$ \\ back", ":::warning", "a -- b ... c",
        "[^1]: note",
    ],
)  # fmt: skip
def test_text_in_markdown_is_text(text):
    rendered = MarkdownIt("gfm-like", {"linkify": False}).render(plain_markdown(text))

    class Words(HTMLParser):
        def __init__(self):
            super().__init__()
            self.words, self.tags = "", []

        def handle_starttag(self, tag, attrs):
            self.tags.append(tag)

        def handle_data(self, data):
            self.words += data

    parser = Words()
    parser.feed(rendered)
    assert (parser.words.strip(), parser.tags) == (text, ["p"])


# words -----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_an_alt_text_is_short_enough_to_be_listened_to(reading, gazetteer, language):
    assert 60 < len(alt_text(reading, gazetteer, language=language)) <= 250


def test_an_alt_text_counts_plans_articles_statuses_and_what_is_left_out(reading, gazetteer):
    words = alt_text(reading, gazetteer)
    assert words.startswith(
        "Map of 9 reported plans from 2 articles: 3 planned, 1 proposed, 1 agreed, 1 under way, 1 existing, 1 completed, 1 denied."
    )
    assert "Philippines (3)" in words and words.endswith("1 plan is not on the map. Reported, not verified.")


def test_a_long_description_has_a_line_for_each_place_with_its_precision(reading, gazetteer):
    lines = long_description(reading, gazetteer).splitlines()
    assert (
        "Nansei Islands, chain level: no island named: plan 1 (planned), Temporary depots of an engineer battalion along the chain" in lines
    )
    assert sum(bool(re.match(r".+: plan \d", line)) for line in lines) == 6


def test_a_long_description_names_each_plan_that_is_not_on_the_map_with_the_reason(reading, gazetteer):
    words = long_description(reading, gazetteer)
    assert "Plan 8, Fuel from the other side: not on the map (the articles name no place for it)" in words


def test_a_long_description_says_the_latest_date_in_the_sources(reading, gazetteer):
    assert "As of 24 November 2024" in long_description(reading, gazetteer).splitlines()


def test_the_file_of_words_holds_the_alt_text_first(folder, reading, gazetteer, context_sets):
    first, _, rest = (folder / "alt.txt").read_text(encoding="utf-8").partition("\n\n")
    assert first == alt_text(reading, gazetteer, context=context_sets)
    assert rest.strip() == long_description(reading, gazetteer, context=context_sets)


# oembed.json -----------------------------------------------------------------------------------------------------------------


def test_oembed_is_of_type_rich_and_says_of_the_provider_only_what_is_stated(folder, tmp_path, reading, gazetteer):
    plain = json.loads((folder / "oembed.json").read_text(encoding="utf-8"))
    assert (plain["version"], plain["type"], plain["width"], plain["height"]) == ("1.0", "rich", 960, 720) and "provider_name" not in plain
    write_embeds(reading, gazetteer, tmp_path, url="https://example.org/maps", provider="The Herald")
    stated = json.loads((tmp_path / "oembed.json").read_text(encoding="utf-8"))
    assert stated["provider_name"] == "The Herald" and 'src="https://example.org/maps/map.html?embed"' in stated["html"]


def test_the_html_of_oembed_holds_no_script(folder):
    html = json.loads((folder / "oembed.json").read_text(encoding="utf-8"))["html"]
    assert "<script" not in html and html.startswith("<figure") and html.endswith("</figure>")


def test_the_same_reading_gives_the_same_embeds(folder, tmp_path, reading, gazetteer, context_sets):
    (tmp_path / "map.png").write_bytes(picture())
    paths = write_embeds(reading, gazetteer, tmp_path, context=context_sets)
    assert [path.read_bytes() for path in paths] == [(folder / path.name).read_bytes() for path in paths]
