"""The sources of a map as files for reference managers."""

from __future__ import annotations

from layers import write_bibliography


def test_the_bibliography_holds_the_articles_and_then_what_names_the_context_sites(reading, gazetteer, context_sets, tmp_path):
    lines = write_bibliography(reading, gazetteer, tmp_path, context=context_sets)[2].read_text(encoding="utf-8").splitlines()
    records = [str(record["title"]) for shown in context_sets for record in shown.citations]
    assert lines[0].startswith("Publisher not stated, “[Two governments prepare units") and lines[0].endswith("n.d.")
    assert lines[1] == "The Harbour Herald, “Depots along the island chain”, 24 November 2024. https://news.example/depots"
    assert len(lines) > 2 and all(any(title in line for title in records) for line in lines[2:])


def test_without_context_the_bibliography_holds_the_articles_alone(reading, gazetteer, tmp_path):
    bib, ris, txt = (path.read_text(encoding="utf-8") for path in write_bibliography(reading, gazetteer, tmp_path, context=False))
    assert (bib.count("\n}\n"), ris.count("ER  - "), txt.count("\n")) == (2, 2, 2)


def test_the_same_reading_gives_the_same_bibliography(reading, gazetteer, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        write_bibliography(reading, gazetteer, folder)
    assert {p.name: p.read_bytes() for p in one.iterdir()} == {p.name: p.read_bytes() for p in other.iterdir()}
