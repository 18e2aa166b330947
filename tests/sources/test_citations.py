"""Citations as BibTeX, RIS and formatted lines: what is stated comes through, what is not is said, and nothing becomes markup."""

from __future__ import annotations

import re
import warnings
from itertools import permutations
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from bibtexparser import middlewares

import sources
from sources import Citation, StyleError, format_citations, read_text, to_bibtex, to_csl, to_ris

STATED = Citation(
    id="pier", title="US base at Kilifi: 100% sure & ready_for {use} #1 ~ $5", sha256="ab" * 32, publisher="The Harbour Herald",
    authors=("Amina Doe", "Juma and Sons"), date="2024-11-25", url="https://example.org/pier?a=1&b=%20_#top", licence="CC BY 4.0",
    origin="Example Wire", file="pier.html",
)  # fmt: skip
BARE = Citation(id="bare", title="A pier is planned.", sha256="cd" * 32, title_is_first_line=True)
CONTEXT: dict[str, Any] = {
    "id": "state", "type": "webpage", "title": "Joint Statement", "publisher": "Department of Harbours",
    "author": [{"literal": "Department of Harbours"}], "issued": {"date-parts": [[2016, 3, 18]]},
}  # fmt: skip
HOSTILE = [
    "<script>alert(1)</script> & <i>x</i>", '<span class="nocase">kept</span>', r"\input{/etc/passwd} } @article{evil,",
    "A\nER  - \r\nTY  - BOOK",
    "}}, note = {x", "日本語の見出し — naïve 𐐷", "100% of \\ and ^ and ~", "\ue000\ue001 private", "ends. Edition. twice",
    "*x* [y](z) `q` $m$",
]  # fmt: skip
UNTEX = {
    r"\textbackslash{}": "\\", r"\textbraceleft{}": "\x01", r"\textbraceright{}": "\x02", r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    r"\#": "#", r"\$": "$", r"\%": "%", r"\&": "&", r"\_": "_",
}  # fmt: skip


def dated(date: str, **more: Any) -> Citation:
    return Citation(id=date, title="Ports", sha256="ef", publisher="The Post", date=date, **more)


def read_back(text: str) -> list[dict[str, str]]:
    """Read BibTeX with bibtexparser and undo TeX's escapes, as TeX would print them."""
    library = bibtexparser.parse_string(text, append_middleware=[middlewares.MonthIntMiddleware()])
    assert [type(block).__name__ for block in library.failed_blocks] == []
    return [
        {"key": e.key, "type": e.entry_type} | {f.key: str(f.value) if f.key in ("url", "date") else untex(str(f.value)) for f in e.fields}
        for e in library.entries
    ]


def untex(text: str) -> str:
    for tex, plain in UNTEX.items():
        text = text.replace(tex, plain)
    return re.sub(r"[{}]", "", text).replace("\x01", "{").replace("\x02", "}")


def read_ris(text: str) -> list[dict[str, list[str]]]:
    """Read RIS by its own rule: two capitals or a capital and a figure, two spaces, a hyphen, a space, the value."""
    entries: list[dict[str, list[str]]] = []
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            entries.append({})
        entries[-1].setdefault(match[1], []).append(match[2])
    return entries


# BibTeX ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("type", "article"),
        ("title", STATED.title),
        ("journal", STATED.publisher),
        ("author", "Amina Doe and Juma and Sons"),
        ("date", "2024-11-25"),
        ("year", "2024"),
        ("month", "11"),
        ("url", STATED.url),
        ("annote", f"licence: CC BY 4.0; origin: Example Wire; file: pier.html; SHA-256 of the text: {STATED.sha256}"),
    ],
)
def test_bibtex_reads_back_with_nothing_lost(field: str, value: str) -> None:
    assert read_back(to_bibtex([STATED]))[0][field] == value


def test_a_name_with_and_in_it_stays_one_author_in_bibtex() -> None:
    assert "author = {{Amina Doe} and {Juma and Sons}}" in to_bibtex([STATED])


def test_words_with_capitals_stand_in_braces_in_bibtex() -> None:
    assert "title = {{US} base at {Kilifi:}" in to_bibtex([STATED])


@pytest.mark.parametrize("field", ["journal", "date", "year", "author", "url"])
def test_what_is_not_stated_has_no_field_in_bibtex(field: str) -> None:
    assert field not in read_back(to_bibtex([BARE]))[0]


def test_bibtex_says_what_is_not_stated() -> None:
    assert read_back(to_bibtex([BARE]))[0]["note"] == "publisher not stated; n.d."


def test_a_first_line_as_title_stands_in_brackets_in_bibtex() -> None:
    assert read_back(to_bibtex([BARE]))[0]["title"] == "[A pier is planned.]"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_ends_its_field_or_begins_an_entry_in_bibtex(words: str) -> None:
    (entry,) = read_back(to_bibtex([Citation(id="a", title=words, sha256="ab", publisher=words, authors=(words,))]))
    plain = " ".join(words.split())
    assert (entry["title"], entry["journal"], entry["author"]) == (plain, plain, plain)


@pytest.mark.parametrize("url", ["https://example.org/{a}", "https://example.org/a\\b", 'https://example.org/"x"'])
def test_an_address_cannot_end_its_field_in_bibtex(url: str) -> None:
    assert re.search(r"[{}\\\"]", read_back(to_bibtex([dated("2024", url=url)]))[0]["url"]) is None


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        ("2024-11-25", "2024", "11"), ("2024-11", "2024", "11"), ("2024", "2024", None), ("2024~", None, None), ("2024?", None, None),
        ("2024-11/2025-01", None, None), ("2024-11/2024-12", "2024", None), ("2024-21", "2024", None), ("203X", None, None),
    ],
)  # fmt: skip
def test_year_and_month_of_bibtex_say_no_more_than_was_stated(date: str, year: str | None, month: str | None) -> None:
    entry = read_back(to_bibtex([dated(date)]))[0]
    assert (entry["date"], entry.get("year"), entry.get("month")) == (date, year, month)


def test_a_date_that_is_none_is_said_in_words_in_bibtex() -> None:
    entry = read_back(to_bibtex([dated("last week")]))[0]
    assert ("date" in entry, entry["note"]) == (False, "date as stated: last week")


def test_no_citation_gives_an_empty_file() -> None:
    assert (to_bibtex([]), to_ris([]), format_citations([])) == ("", "", [])


# keys ------------------------------------------------------------------------------------------------------------------------

SAME = [dated("2024", file=name) for name in ("one.txt", "two.txt", "three.txt")]


def test_records_that_would_have_one_key_get_a_b_c() -> None:
    assert sorted(e["key"] for e in read_back(to_bibtex(SAME))) == ["post2024portsa", "post2024portsb", "post2024portsc"]


def test_the_order_of_the_records_changes_no_key() -> None:
    def keys(records: Any) -> dict[str, str]:
        return {e["annote"]: e["key"] for e in read_back(to_bibtex(records))}

    assert {tuple(sorted(keys(some).items())) for some in permutations(SAME)} == {tuple(sorted(keys(SAME).items()))}


def test_a_letter_never_makes_the_key_of_another_record() -> None:
    other = Citation(id="x", title="Portsa", sha256="ef", publisher="The Post", date="2024")
    keys = [e["key"] for e in read_back(to_bibtex([*SAME, other]))]
    assert len(set(keys)) == 4 and keys[3] == "post2024portsa"


def test_a_key_is_ascii_also_where_nothing_stated_is() -> None:
    key = read_back(to_bibtex([Citation(id="x", title="港の計画", sha256="ef", publisher="港新聞")]))[0]["key"]
    assert re.fullmatch("[a-z0-9]+", key)


# RIS -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "values"),
    [
        ("TY", ["NEWS"]), ("TI", [STATED.title]), ("AU", ["Amina Doe", "Juma and Sons"]), ("T2", ["The Harbour Herald"]), ("PY", ["2024"]),
        ("DA", ["2024/11/25/"]), ("UR", [STATED.url]), ("ER", [""]),
        ("N1", ["licence: CC BY 4.0", f"origin: Example Wire; file: pier.html; SHA-256 of the text: {STATED.sha256}"]),
    ],
)  # fmt: skip
def test_ris_reads_back_with_nothing_lost(tag: str, values: list[str]) -> None:
    assert read_ris(to_ris([STATED]))[0][tag] == values


def test_ris_says_what_is_not_stated() -> None:
    (entry,) = read_ris(to_ris([BARE]))
    assert entry["N1"][:2] == ["publisher not stated", "n.d."] and not {"T2", "PY", "DA", "UR", "AU"} & set(entry)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_title_begins_a_line_in_ris(words: str) -> None:
    entries = read_ris(to_ris([Citation(id="a", title=words, sha256="ab", publisher=words, authors=(words,)), BARE]))
    plain = " ".join(words.split())
    assert len(entries) == 2 and (entries[0]["TI"], entries[0]["T2"], entries[0]["AU"]) == ([plain], [plain], [plain])


@pytest.mark.parametrize(
    ("date", "year", "day"),
    [
        ("2024-11-25", ["2024"], ["2024/11/25/"]), ("2024-11", ["2024"], ["2024/11//"]), ("2024", ["2024"], ["2024///"]),
        ("2024~", None, ["2024///circa"]), ("2024-21", ["2024"], ["2024///spring"]), ("2024-11/2025-01", None, None),
        ("2024-11-01/2024-11-05", ["2024"], ["2024/11//2024-11-01 to 2024-11-05"]), ("203X", None, None), ("2024/..", None, None),
    ],
)  # fmt: skip
def test_dates_of_ris_say_no_more_than_was_stated(date: str, year: list[str] | None, day: list[str] | None) -> None:
    (entry,) = read_ris(to_ris([dated(date)]))
    assert (entry.get("PY"), entry.get("DA")) == (year, day)


@pytest.mark.parametrize("date", ["2024~", "2024-21", "2024-11/2025-01", "203X", "2024/..", "last week", "2024-35"])
def test_what_ris_cannot_say_of_a_date_stands_in_a_note(date: str) -> None:
    assert any(f"date as stated: {date}" in note for note in read_ris(to_ris([dated(date)]))[0]["N1"])


# CSL-JSON --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("2024-11/2025-01", {"date-parts": [[2024, 11], [2025, 1]]}), ("2024~", {"date-parts": [[2024]], "circa": True}),
        ("2024-21", {"date-parts": [[2024]], "season": 1}), ("2024-35", {"date-parts": [[2024]]}), ("203X", {"literal": "203X"}),
        ("2024-03/..", {"literal": "from March 2024 on"}), ("2024-13", {"literal": "2024-13"}), ("2024-02-30", {"literal": "2024-02-30"}),
    ],
)  # fmt: skip
def test_a_date_goes_into_csl_as_far_as_csl_can_say_it(date: str, issued: dict[str, Any]) -> None:
    assert to_csl(dated(date))["issued"] == issued


@pytest.mark.parametrize("citation", [STATED, BARE, *map(dated, ("2024~", "2024-21", "2024-11/2025-01", "soon"))], ids=lambda c: c.id)
def test_a_csl_item_holds_only_what_the_schema_of_csl_knows(citation: Citation) -> None:
    item = to_csl(citation)
    known = {"id", "type", "title", "container-title", "author", "issued", "URL", "license", "note"}
    assert set(item) <= known and set(item.get("issued", {})) <= {"date-parts", "season", "circa", "literal"}
    assert all(isinstance(item[key], str) for key in set(item) - {"author", "issued"})


# formatted -------------------------------------------------------------------------------------------------------------------

TITLE = "US base at Kilifi"
RECORD = dated("2024-11-25", authors=("Amina Doe",), url="https://example.org/a?b=1&c=2")


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("house", "The Post, “Ports”, by Amina Doe, 25 November 2024. https://example.org/a?b=1&c=2"),
        ("chicago", "Amina Doe. 2024. “Ports.” The Post, November 25, 2024. https://example.org/a?b=1&c=2."),
        ("apa", "Amina Doe. (2024, November 25). Ports. The Post. https://example.org/a?b=1&c=2"),
    ],
)
def test_a_record_stands_in_the_form_of_each_style(style: Any, line: str) -> None:
    assert format_citations([RECORD], style) == [line]


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("house", "Publisher not stated, “[A pier is planned.]”, n.d."),
        ("chicago", "Publisher not stated. n.d. “[A pier is planned.]” Publisher not stated."),
        ("apa", "[A pier is planned.] (n.d.). Publisher not stated."),
    ],
)
def test_what_is_not_stated_is_said_in_each_style(style: Any, line: str) -> None:
    assert format_citations([BARE], style) == [line]


@pytest.mark.parametrize("style", ["house", "chicago", "apa"])
@pytest.mark.parametrize("words", HOSTILE)
def test_a_title_stands_word_for_word_in_each_style(style: Any, words: str) -> None:
    (line,) = format_citations([Citation(id="a", title=words, sha256="ab", publisher="The Post", authors=("A. Doe",), date="2024")], style)
    assert " ".join(words.split()) in line


@pytest.mark.parametrize("style", ["house", "chicago", "apa"])
@pytest.mark.parametrize(
    ("date", "said"),
    [("2024-11/2025-01", "November 2024 to January 2025"), ("2024/..", "from 2024 on"), ("soon", "soon")],
)
def test_a_date_is_said_once_and_as_it_was_stated(style: Any, date: str, said: str) -> None:
    (line,) = format_citations([dated(date, authors=("A. Doe",))], style)
    assert said in line and line.count(said) <= 2


def test_an_approximate_date_is_said_to_be_one() -> None:
    lines = [format_citations([dated("2024~")], style)[0] for style in ("house", "chicago", "apa")]
    assert [bool(re.search(r"about 2024|\[2024\?\]|ca\. 2024", line)) for line in lines] == [True] * 3


def test_lines_come_in_the_order_of_the_records() -> None:
    lines = format_citations([RECORD, BARE, CONTEXT], "house")
    assert [line.split(",")[0] for line in lines] == ["The Post", "Publisher not stated", "Department of Harbours"]


def test_what_a_digest_was_made_from_is_said_in_the_house_style() -> None:
    (line,) = format_citations([Citation(id="d", title="Ports", sha256="ef", digest_of="an article of 2024")], "house")
    assert line.endswith("n.d. A digest in our own words of: an article of 2024")


def test_a_style_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(StyleError, match="'mla' is no style of citations here; choose one of house, chicago, apa"):
        format_citations([BARE], "mla")  # type: ignore[arg-type]


def test_the_house_style_is_a_valid_style_of_csl() -> None:
    from citeproc import CitationStylesStyle

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(Path(sources.__file__).parent / "data" / "house.csl"))


def test_a_record_of_a_context_layer_goes_into_every_form() -> None:
    bib, ris = read_back(to_bibtex([CONTEXT]))[0], read_ris(to_ris([CONTEXT]))[0]
    assert (bib["type"], bib["date"], bib["publisher"]) == ("misc", "2016-03-18", "Department of Harbours")
    assert (ris["TY"], ris["PB"], ris["DA"]) == (["ELEC"], ["Department of Harbours"], ["2016/03/18/"])
    assert format_citations([CONTEXT], "house") == ["Department of Harbours, “Joint Statement”, 18 March 2016"]


def test_an_article_with_half_a_character_can_be_written_down() -> None:
    record = read_text("A pier.", title="half \ud83d of it").citation
    assert all(text.encode("utf-8") for text in (to_bibtex([record]), to_ris([record]), format_citations([record], "house")[0]))
