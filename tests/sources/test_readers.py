"""Articles in: every format, what is stated, what is not, and where offsets count."""

from __future__ import annotations

import hashlib
import io
import json
import sys
from pathlib import Path

import pytest

from sources import Article, ArticleError, Problem, read_articles, read_text

PIER = "Kenya will build a naval pier at Kilifi.\n\nCrews are to start in July.\n"
STATED = """---
title: "A pier: for Kilifi"
publisher: The Example Courier
author: [Amina Doe, Juma Roe]
date: 2026-03-03
url: https://example.org/pier
licence: CC0-1.0
origin: Example Wire
---
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A pier for Kilifi - The Example Courier</title>
<meta property="og:title" content="A pier for Kilifi"><meta property="og:site_name" content="The Example Courier">
<meta name="author" content="Amina Doe"><meta property="article:published_time" content="2026-03-03T08:00:00Z">
<link rel="canonical" href="https://example.org/pier"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">All the sport of the day</a></li></ul></nav>
<main><article><h1>A pier for Kilifi</h1>
<p>Kenya will build a naval pier at Kilifi, the harbour office said in a long statement that it sent to every newspaper of the coast.</p>
<p>The pier is to hold two patrol boats and a tug, and the office counts on four hundred jobs while the work goes on for two years.</p>
<p>Fishing families asked for a meeting, which the office promised to hold before the first stone is laid on the northern shore.</p>
</article></main><footer>Imprint and privacy of this invented page</footer></body></html>"""


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def only(path: Path) -> Article:
    """Read one article that has to be readable."""
    articles, problems = read_articles([path])
    assert problems == ()
    assert len(articles) == 1
    return articles[0]


def problem(path: Path) -> Problem:
    """Return the one problem of an input that holds no readable article."""
    articles, problems = read_articles([path])
    assert articles == ()
    assert len(problems) == 1
    return problems[0]


# what is stated, what is not ------------------------------------------------------------------------------------------------


def test_a_plain_text_takes_its_first_line_as_title_and_says_so(tmp_path: Path) -> None:
    citation = only(written(tmp_path, "pier.txt", PIER)).citation
    assert (citation.title, citation.title_is_first_line) == ("Kenya will build a naval pier at Kilifi.", True)


def test_a_plain_text_is_cited_by_its_file_name(tmp_path: Path) -> None:
    citation = only(written(tmp_path, "pier.txt", PIER)).citation
    assert (citation.id, citation.file) == ("pier", "pier.txt")


def test_an_article_without_a_date_says_date_not_stated(tmp_path: Path) -> None:
    citation = only(written(tmp_path, "pier.txt", PIER)).citation
    assert (citation.date, citation.date_or_not_stated) == ("", "date not stated")


def test_an_article_without_a_publisher_says_publisher_not_stated(tmp_path: Path) -> None:
    citation = only(written(tmp_path, "pier.txt", PIER)).citation
    assert (citation.publisher, citation.publisher_or_not_stated) == ("", "publisher not stated")


@pytest.mark.parametrize("field", ["publisher", "date", "url", "licence", "origin", "digest_of"])
def test_what_a_text_does_not_state_stays_empty(tmp_path: Path, field: str) -> None:
    assert getattr(only(written(tmp_path, "pier.txt", PIER)).citation, field) == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "A pier: for Kilifi"),
        ("publisher", "The Example Courier"),
        ("authors", ("Amina Doe", "Juma Roe")),
        ("date", "2026-03-03"),
        ("url", "https://example.org/pier"),
        ("licence", "CC0-1.0"),
        ("origin", "Example Wire"),
    ],
)
def test_front_matter_states_the_fields_of_the_citation(tmp_path: Path, field: str, value: object) -> None:
    assert getattr(only(written(tmp_path, "pier.md", STATED + PIER)).citation, field) == value


def test_a_front_matter_field_left_empty_is_not_stated(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.md", "---\npublisher:\ntitle: A pier\n---\n" + PIER)).citation.publisher == ""


def test_the_text_of_a_markdown_file_begins_after_its_front_matter(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.md", STATED + PIER)).text == PIER


def test_a_markdown_file_without_front_matter_is_all_text(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.md", PIER)).text == PIER


def test_an_address_that_is_no_web_address_is_not_taken_as_one(tmp_path: Path) -> None:
    (article,), (said,) = read_articles([written(tmp_path, "pier.md", "---\nurl: javascript:alert(1)\n---\n" + PIER)])
    assert (article.citation.url, said.code) == ("", "unsafe-address")


def test_a_digest_says_what_it_is_a_digest_of(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.md", "---\ndigest_of: a longer text\n---\n" + PIER)).citation.digest_of == "a longer text"


def test_the_hash_is_that_of_the_text_that_offsets_count_in(tmp_path: Path) -> None:
    article = only(written(tmp_path, "pier.md", STATED + PIER))
    assert article.citation.sha256 == hashlib.sha256(PIER.encode()).hexdigest()


# where offsets count ---------------------------------------------------------------------------------------------------------


def test_an_astral_character_counts_as_one_code_point() -> None:
    article = read_text("𠮷 and 🚢.\n\nA pier is planned.")
    assert article.paragraphs[1] == (10, 28)


def test_a_combining_accent_counts_as_a_code_point_of_its_own(tmp_path: Path) -> None:
    article = only(written(tmp_path, "pier.txt", "O\u0304sumi.\n\nA pier is planned."))
    assert article.text[article.paragraphs[1][0] :] == "A pier is planned."


def test_the_text_is_not_put_into_another_unicode_form(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.txt", "O\u0304sumi and \u014csumi.")).text == "O\u0304sumi and \u014csumi."


def test_line_ends_of_windows_count_as_one_character(tmp_path: Path) -> None:
    unix, windows = written(tmp_path, "unix.txt", PIER), written(tmp_path, "windows.txt", PIER.replace("\n", "\r\n"))
    assert only(windows).text == only(unix).text == PIER


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.txt", b"\xef\xbb\xbf" + PIER.encode())).text == PIER


def test_utf_16_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    assert only(written(tmp_path, "pier.txt", PIER.encode("utf-16"))).text == PIER


def test_paragraphs_are_counted_from_one(tmp_path: Path) -> None:
    article = only(written(tmp_path, "pier.txt", PIER))
    assert [article.paragraph_at(PIER.index(word)) for word in ("Kenya", "Crews")] == [1, 2]


def test_each_list_item_is_a_paragraph() -> None:
    assert len(read_text("At a glance\n\n- a pier\n- a depot\n").paragraphs) == 3


# HTML ------------------------------------------------------------------------------------------------------------------------


def test_the_text_of_a_page_is_its_article_without_navigation(tmp_path: Path) -> None:
    text = only(written(tmp_path, "page.html", PAGE)).text
    assert "naval pier at Kilifi" in text
    assert "sport of the day" not in text
    assert "Imprint" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "A pier for Kilifi"), ("publisher", "The Example Courier"), ("date", "2026-03-03"), ("url", "https://example.org/pier")],
)
def test_the_head_of_a_page_states_the_fields_of_the_citation(tmp_path: Path, field: str, value: str) -> None:
    assert getattr(only(written(tmp_path, "page.html", PAGE)).citation, field) == value


def test_a_page_without_an_article_is_a_problem(tmp_path: Path) -> None:
    assert "no article text" in problem(written(tmp_path, "page.html", "<html><body></body></html>")).rule


# JSON ------------------------------------------------------------------------------------------------------------------------


def test_a_json_object_is_one_article(tmp_path: Path) -> None:
    article = only(written(tmp_path, "pier.json", json.dumps({"text": PIER, "title": "A pier", "date": "2026-03-03"})))
    assert (article.id, article.text, article.citation.title, article.citation.date) == ("pier", PIER, "A pier", "2026-03-03")


def test_a_json_list_is_one_article_an_item(tmp_path: Path) -> None:
    articles, _ = read_articles([written(tmp_path, "all.json", json.dumps([{"text": "One."}, {"text": "Two.", "id": "second"}]))])
    assert [(a.id, a.text) for a in articles] == [("all-1", "One."), ("second", "Two.")]


def test_a_json_lines_file_is_one_article_a_line(tmp_path: Path) -> None:
    articles, _ = read_articles([written(tmp_path, "all.jsonl", '{"text": "One."}\n\n{"text": "Two."}\n')])
    assert [(a.id, a.text) for a in articles] == [("all-1", "One."), ("all-3", "Two.")]


def test_a_line_separator_inside_a_json_line_does_not_end_it(tmp_path: Path) -> None:
    articles, problems = read_articles([written(tmp_path, "all.jsonl", '{"text": "One\u2028line."}\n')])
    assert ([a.text for a in articles], problems) == (["One\u2028line."], ())


def test_a_malformed_json_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    articles, problems = read_articles([written(tmp_path, "all.jsonl", '{"text": "One."}\n{"text": \n{"text": "Three."}\n')])
    assert [a.text for a in articles] == ["One.", "Three."]
    assert [p.name.endswith("all.jsonl, line 2") for p in problems] == [True]


def test_an_object_without_a_text_is_a_problem_of_its_line(tmp_path: Path) -> None:
    assert problem(written(tmp_path, "all.jsonl", '{"title": "A pier"}\n')).rule == "has no 'text' that is a string"


# standard input and folders -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "title", "text"),
    [
        (PIER, "Kenya will build a naval pier at Kilifi.", PIER),
        (STATED + PIER, "A pier: for Kilifi", PIER),
        ((STATED + PIER).replace("\n", "\r\n"), "A pier: for Kilifi", PIER),
        ('{"text": "A pier is planned.", "title": "A pier"}', "A pier", "A pier is planned."),
    ],
    ids=["text", "front matter", "front matter with line ends of Windows", "json"],
)
def test_standard_input_is_read_as_what_it_is(monkeypatch: pytest.MonkeyPatch, sent: str, title: str, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(sent.encode()), encoding="utf-8"))
    articles, problems = read_articles(["-"])
    assert ([(a.citation.title, a.text) for a in articles], problems) == ([(title, text)], ())


def test_articles_come_in_the_order_of_their_files_names_however_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.md", "b/d.txt"):
        written(tmp_path, name, f"A pier is planned, says {name}.")
    articles, _ = read_articles([tmp_path])
    assert [a.id for a in articles] == ["a", "c", "d"]
    assert read_articles([tmp_path / "c.txt", tmp_path / "b", tmp_path / "a.md"])[0] == articles


def test_a_folder_leaves_out_readmes_hidden_files_and_other_kinds(tmp_path: Path) -> None:
    for name in ("README.md", ".draft.txt", "photo.png", "pier.txt"):
        written(tmp_path, name, PIER)
    articles, problems = read_articles([tmp_path])
    assert ([a.id for a in articles], problems) == (["pier"], ())


def test_an_article_that_comes_twice_is_taken_once(tmp_path: Path) -> None:
    path = written(tmp_path, "pier.txt", PIER)
    assert len(read_articles([path, tmp_path])[0]) == 1


def test_two_articles_of_one_name_get_two_ids(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    paths = [written(tmp_path, "pier.txt", PIER), written(tmp_path, "other/pier.txt", "A depot is planned.")]
    articles, _ = read_articles(paths)
    assert [(a.id, a.citation.id) for a in articles] == [("pier", "pier"), ("pier-2", "pier-2")]


# bad input -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("empty.txt", b"", "the file is empty"),
        ("blank.txt", b" \n\t\n", "the file is empty"),
        ("binary.txt", b"\x89PNG\x0d\x0a\x1a\x0a\0\0", "a binary file"),
        ("latin.txt", "Caf\xe9 at Kilifi".encode("latin-1"), "not UTF-8 (byte 3 is 0xe9)"),
        ("cut.txt", b"\xff\xfeA", "not UTF-"),
        ("pier.pdf", b"A pier", "'.pdf' is no kind of article"),
        ("pier", b"A pier", "'no ending' is no kind of article"),
        ("broken.md", b'---\ntitle: "open\n---\nA pier.\n', "front matter is not YAML"),
        ("open.md", b"---\ntitle: A pier\nA pier.\n", "front matter is not closed"),
        ("windows.md", b"---\r\ntitle: A pier\r\nA pier.\r\n", "front matter is not closed"),
        ("list.md", b"---\n- a\n- b\n---\nA pier.\n", "front matter is no list of"),
        ("bodiless.md", b"---\ntitle: A pier\n---\n\n", "the article has no text"),
        ("broken.json", b'{"text": ', "not JSON"),
    ],
)
def test_what_cannot_be_read_is_a_problem_that_names_its_rule(tmp_path: Path, name: str, content: bytes, rule: str) -> None:
    found = problem(written(tmp_path, name, content))
    assert rule in found.rule
    assert name in found.name
    assert found.next_step


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    assert "holds no article" in problem(tmp_path).rule


def test_a_path_that_does_not_exist_is_a_problem(tmp_path: Path) -> None:
    assert problem(tmp_path / "nothing.txt").rule == "there is no such file or folder"


def test_one_bad_input_does_not_stop_the_others(tmp_path: Path) -> None:
    paths = [tmp_path / "nothing.txt", written(tmp_path, "pier.txt", PIER), written(tmp_path, "empty.txt", "")]
    articles, problems = read_articles(paths)
    assert ([a.id for a in articles], len(problems)) == (["pier"], 2)


def test_a_problem_is_said_in_one_line(tmp_path: Path) -> None:
    assert "\n" not in problem(written(tmp_path, "broken.json", '{"text":\n"A"\n"B"}')).as_line()


def test_a_string_without_text_is_refused() -> None:
    with pytest.raises(ArticleError, match="the article has no text"):
        read_text("   \n")


def test_a_field_that_no_article_has_is_refused_with_the_fields_that_exist() -> None:
    with pytest.raises(ArticleError, match=r"'dateline' is no field of an article; use one of title, publisher, author, date"):
        read_text("A pier.", dateline="Kilifi")


def test_half_a_character_is_replaced_by_the_sign_for_a_broken_one_at_its_offset() -> None:
    article = read_text("A pier \ud800 is planned at Kilifi.", title="Pier \udfff")
    assert (article.text[7], article.text[9:11], article.citation.title) == ("\ufffd", "is", "Pier \ufffd")
