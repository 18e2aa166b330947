"""Articles one a line from a stream: what goes in, what is told of a line that does not, and that nothing waits for the end."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from sources import Line, Problem, read_lines

PIER = "A pier is planned at Kilifi, Kenya."
GOOD = {"id": "a", "text": PIER}
BAD: dict[str, Any] = {
    "no JSON": "nope",
    "cut short": '{"id": "b", "text": "A pier',
    "a list": [1],
    "no text": {"id": "b"},
    "a number for a text": {"id": "b", "text": 5},
    "a list for an id": {"id": [], "text": PIER},
    "an offset behind the end": {"text": PIER, "mentions": [[0, len(PIER) + 1]]},
    "an offset before the start": {"text": PIER, "mentions": [[-1, 3]]},
    "an empty mention": {"text": PIER, "mentions": [[3, 3]]},
    "a mention that runs backwards": {"text": PIER, "mentions": [[5, 3]]},
    "a fraction": {"text": PIER, "mentions": [[0, 1.0]]},
    "a truth": {"text": PIER, "mentions": [[False, True]]},
    "three offsets": {"text": PIER, "mentions": [[0, 1, 2]]},
    "a string for the mentions": {"text": PIER, "mentions": "0-3"},
    "nested too deeply": "[" * 100_000,
}
VALUE = {
    "no JSON": "nope is not JSON",
    "cut short": '{"id": "b", "text": "A pier is not JSON',
    "a list": "[1] is no text",
    "no text": "has no 'text'",
    "a number for a text": "5 is no text",
    "a list for an id": "the id [] is neither a string nor a number",
    "an offset behind the end": "the mention [0, 36] does not lie in the text, whose length is 35",
    "an offset before the start": "the mention [-1, 3] does not lie in the text, whose length is 35",
    "an empty mention": "the mention [3, 3] does not lie in the text, whose length is 35",
    "a mention that runs backwards": "the mention [5, 3] does not lie in the text, whose length is 35",
    "a fraction": "the mention [0, 1.0] is no pair of integers",
    "a truth": "the mention [false, true] is no pair of integers",
    "three offsets": "the mention [0, 1, 2] is no pair of integers",
    "a string for the mentions": "the mentions 0-3 are no list",
    "nested too deeply": "is not JSON",
}


def lines(*items: Any) -> list[Line | Problem]:
    """What is read of a stream of these: strings as they are, anything else as JSON."""
    sent = "\n".join(item if isinstance(item, str) else json.dumps(item) for item in items)
    return list(read_lines(["-"], io.BytesIO(sent.encode())))


def article(item: Any) -> Line:
    """The one article of a line."""
    (found,) = lines(item)
    assert isinstance(found, Line)
    return found


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_told_with_its_number_its_value_and_a_next_step(name: str) -> None:
    problem = lines(GOOD, BAD[name], GOOD)[1]
    assert isinstance(problem, Problem)
    assert (problem.name, VALUE[name] in problem.rule, problem.next_step[:5]) == ("standard input, line 2", True, "write")


@pytest.mark.parametrize("name", BAD)
def test_what_is_told_of_a_bad_line_is_one_short_line(name: str) -> None:
    problem = lines(GOOD, BAD[name])[1]
    assert isinstance(problem, Problem)
    assert (len(problem.as_line().splitlines()), len(problem.as_line()) < 300) == (1, True)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_stops_no_other(name: str) -> None:
    assert [type(x) for x in lines(GOOD, BAD[name], GOOD)] == [Line, Problem, Line]


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_at_the_head_does_not_make_an_article_of_all(name: str) -> None:
    assert [type(x) for x in lines(BAD[name], GOOD)] == [Problem, Line]


def test_bytes_that_are_no_utf_8_are_a_bad_line() -> None:
    read = list(read_lines(["-"], io.BytesIO(b'{"text": "A"}\n{"text": "\xff"}\n{"text": "B"}\n')))
    assert [type(x) for x in read] == [Line, Problem, Line]


def test_the_mentions_are_those_that_were_sent_in_their_order() -> None:
    assert article(GOOD | {"mentions": [[29, 34], [21, 27]]}).mentions == ((29, 34), (21, 27))


@pytest.mark.parametrize("item", [GOOD, GOOD | {"mentions": None}], ids=["left out", "null"])
def test_mentions_that_are_not_stated_are_not_none_at_all(item: Any) -> None:
    assert article(item).mentions is None


def test_an_empty_list_of_mentions_stays_one() -> None:
    assert article(GOOD | {"mentions": []}).mentions == ()


def test_what_a_line_states_is_in_the_citation() -> None:
    citation = article(GOOD | {"title": "A pier", "publisher": "The Example", "date": "2026-03-03"}).article.citation
    assert (citation.title, citation.publisher, citation.date) == ("A pier", "The Example", "2026-03-03")


def test_a_number_is_an_id() -> None:
    assert article({"id": 0, "text": PIER}).article.id == "0"


def test_an_article_without_an_id_is_named_after_its_line() -> None:
    assert [x.article.id for x in lines(GOOD, "", {"text": PIER}) if isinstance(x, Line)] == ["a", "stdin-3"]


def test_two_lines_with_one_id_and_text_are_two_articles() -> None:
    assert [x.article.id for x in lines(GOOD, GOOD) if isinstance(x, Line)] == ["a", "a"]


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_text_may_be_empty(text: str) -> None:
    assert article({"id": "a", "text": text}).article.text == text


@pytest.mark.parametrize("text", ["Lima.\r\nParis.", "Lima.\rParis.", "Lima \ud83d Paris", "Lima \U0001f5fa Paris", "\ufeffLima, Paris"])
def test_offsets_count_the_code_points_that_were_sent(text: str) -> None:
    start = text.index("Paris")
    assert article({"text": text}).article.text[start : start + 5] == "Paris"


def test_a_byte_order_mark_before_the_first_line_is_passed_over() -> None:
    assert [type(x) for x in lines("\ufeff" + json.dumps(GOOD))] == [Line]


def test_anything_else_on_the_stream_is_one_article() -> None:
    found = article(f"{PIER}\n\nIt is {{not}} JSON.\n")
    assert (found.article.id, found.mentions, found.article.text.count("\n")) == ("stdin", None, 3)


def test_an_empty_stream_is_told() -> None:
    (problem,) = lines("")
    assert isinstance(problem, Problem)
    assert problem.as_line() == "standard input: the file is empty; name a file with text"


def test_a_line_is_read_before_the_next_one_has_come() -> None:
    class Slow(io.RawIOBase):
        """A stream that must not be asked for a second line."""

        asked = False

        def readline(self, size: int | None = -1, /) -> bytes:
            assert not self.asked, "the second line was asked for"
            self.asked = True
            return json.dumps(GOOD).encode() + b"\n"

    assert isinstance(next(iter(read_lines(["-"], Slow()))), Line)  # type: ignore[arg-type]


def test_files_and_the_stream_are_read_in_the_order_in_which_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(PIER, encoding="utf-8")
    read = read_lines([tmp_path / "one.txt", "-", tmp_path / "none.txt"], io.BytesIO(json.dumps(GOOD).encode()))
    assert [x.article.id if isinstance(x, Line) else x.rule for x in read] == ["one", "a", "there is no such file or folder"]
