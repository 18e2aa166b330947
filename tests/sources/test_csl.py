"""Citations as CSL-JSON: only what is stated."""

from __future__ import annotations

from typing import Any

import pytest

from sources import Citation, read_text, to_csl

BARE = Citation(id="pier", title="A pier is planned.", sha256="ab" * 32, title_is_first_line=True, file="pier.txt")


@pytest.mark.parametrize("key", ["container-title", "author", "issued", "URL", "license"])
def test_what_is_not_stated_is_left_out(key: str) -> None:
    assert key not in to_csl(BARE)


@pytest.mark.parametrize(("date", "parts"), [("2026-03-03", [[2026, 3, 3]]), ("2026-03", [[2026, 3]]), ("2026", [[2026]])])
def test_a_date_is_as_precise_as_it_was_stated(date: str, parts: list[list[int]]) -> None:
    assert to_csl(read_text("A pier.", date=date).citation)["issued"] == {"date-parts": parts}


def test_a_first_line_as_title_stands_in_brackets() -> None:
    assert to_csl(BARE)["title"] == "[A pier is planned.]"


def test_a_stated_title_stands_as_it_is() -> None:
    assert to_csl(read_text("A pier.", title="A pier for Kilifi").citation)["title"] == "A pier for Kilifi"


@pytest.mark.parametrize("part", ["file: pier.txt", "SHA-256 of the text: " + "ab" * 32])
def test_the_note_names_file_and_hash(part: str) -> None:
    assert part in to_csl(BARE)["note"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("container-title", "The Example Courier"),
        ("author", [{"literal": "Amina Doe"}]),
        ("URL", "https://example.org/pier"),
        ("license", "CC0-1.0"),
        ("type", "article-newspaper"),
        ("id", "text"),
    ],
)
def test_what_is_stated_stands_in_its_field(key: str, value: Any) -> None:
    stated = read_text("A pier.", publisher="The Example Courier", author="Amina Doe", url="https://example.org/pier", licence="CC0-1.0")
    assert to_csl(stated.citation)[key] == value


def test_whom_the_article_credits_stands_in_the_note() -> None:
    assert "origin: Example Wire" in to_csl(read_text("A pier.", origin="Example Wire").citation)["note"]
