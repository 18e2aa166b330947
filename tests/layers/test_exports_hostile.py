"""Texts that try to run, or to end what they stand in, in every file of data: what is read back by another library is what was given."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

import layers
import sources
from layers.exports._text import for_xml, without_nul
from sources import Ledger, Reading
from tests.hostile.browser.filling import hostile_reading
from tests.hostile.browser.payloads import spread
from tests.profile import amount

TEXTS = spread(amount(80, 10_000))
FORMULA = ('=HYPERLINK("http://x.example","y")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1")
OWN_FIELDS = {"PAGE", "NUMPAGES", "SEQ Figure \\* ARABIC"}
KML = "{http://www.opengis.net/kml/2.2}"


@pytest.fixture(scope="module")
def given() -> tuple[Reading, Any]:
    """A reading in which each payload stands in every field of a plan of its own."""
    return hostile_reading((*TEXTS, *FORMULA), ids=False)


def told(reading: Reading) -> list[str]:
    """The summaries as any file can hold them."""
    return [re.sub("[\ud800-\udfff]", "\ufffd", plan.summary) for plan in reading.plans]


def each_once(values: Any) -> list[str]:
    """Values of rows by plan: a plan at two places has two rows."""
    return list(values)[::2]


def test_geojson_says_what_was_given(given: tuple[Reading, Any], tmp_path: Path) -> None:
    data = json.loads(layers.write_geojson(*given, tmp_path / "plans.geojson").read_bytes())
    assert each_once(f["properties"]["summary"] for f in data["features"]) == told(given[0])


def test_csv_says_what_was_given_and_no_cell_is_a_formula(given: tuple[Reading, Any], tmp_path: Path) -> None:
    with layers.write_csv(*given, tmp_path / "plans.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert not [cell for row in rows for name, cell in row.items() if re.match(r"\s*[=+@＝]", cell or "") and name not in ("lon", "lat")]
    said = each_once(row["summary"] for row in rows)
    for one, text in zip(said, told(given[0]), strict=True):
        assert re.sub(r"\s+", " ", one) in (re.sub(r"\s+", " ", text), "'" + re.sub(r"\s+", " ", text))


def test_a_geopackage_says_what_was_given(given: tuple[Reading, Any], tmp_path: Path) -> None:
    with sqlite3.connect(layers.write_geopackage(*given, tmp_path / "plans.gpkg")) as db:
        tables = [name for (name,) in db.execute("SELECT table_name FROM gpkg_contents") if "summary" in _columns(db, name)]
        said = {value for table in tables for (value,) in db.execute(f'SELECT summary FROM "{table}"')}
    assert {without_nul(one) for one in told(given[0])} <= said


def _columns(db: sqlite3.Connection, table: str) -> set[str]:
    return {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}


def test_kml_says_what_was_given_and_its_balloons_have_no_element_but_paragraphs(given: tuple[Reading, Any], tmp_path: Path) -> None:
    root = ET.parse(layers.write_kml(*given, tmp_path / "plans.kml")).getroot()
    marks = [mark for mark in root.iter(f"{KML}Placemark") if mark.find(f".//{KML}Data[@name='summary']") is not None]
    said = {mark.findtext(f".//{KML}Data[@name='summary']/{KML}value") for mark in marks}
    assert {for_xml(one) for one in told(given[0])} <= {one or "" for one in said}
    for balloon in (mark.findtext(f"{KML}description") or "" for mark in root.iter(f"{KML}Placemark")):
        assert set(re.findall(r"<[^>]*>?", balloon)) <= {"<p>", "</p>"}


def test_a_table_of_parquet_says_what_was_given(given: tuple[Reading, Any], tmp_path: Path) -> None:
    import pyarrow.parquet as parquet

    table = parquet.read_table(layers.write_geoparquet(*given, tmp_path / "plans.parquet"))
    assert set(told(given[0])) <= set(table.column("summary").to_pylist())


def test_annotations_and_linked_places_are_json_that_says_what_was_given(given: tuple[Reading, Any], tmp_path: Path) -> None:
    for write in (layers.write_annotations, layers.write_linked_places):
        text = write(*given, tmp_path / "x.json").read_text(encoding="utf-8")
        assert json.loads(text) and "pwn(1)" in text


def test_a_word_document_is_whole_and_its_only_words_are_texts(given: tuple[Reading, Any], tmp_path: Path) -> None:
    reading, gazetteer = hostile_reading(TEXTS[::20], ids=False)
    file = layers.write_report(reading, gazetteer, tmp_path / "report.docx")
    with zipfile.ZipFile(file) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(parts.read(name))
        body = ET.fromstring(parts.read("word/document.xml"))
        links = ET.fromstring(parts.read("word/_rels/document.xml.rels"))
    words = "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))
    assert words.count("pwn(1)") and {node.text.strip() for node in body.iter() if node.tag.endswith("}instrText")} <= OWN_FIELDS
    outside = [link.get("Target", "") for link in links if link.get("TargetMode") == "External"]
    assert all(target.startswith(("http://", "https://")) for target in outside)


def test_bibtex_and_ris_have_one_entry_for_each_citation(given: tuple[Reading, Any]) -> None:
    from tests.sources.test_citations import read_back, read_ris

    records = [article.citation for article in given[0].articles]
    assert len(read_back(sources.to_bibtex(records))) == len(read_ris(sources.to_ris(records))) == len(records)


def test_a_ledger_in_yaml_and_as_a_table_says_what_was_given(given: tuple[Reading, Any], tmp_path: Path) -> None:
    entries = tuple(
        replace(e, key="p-68166ff3e7-000000-build-pier") for e in sources.review(hostile_reading(["x"], ids=False)[0]).entries[:1]
    )
    for at, text in enumerate(t for t in (*TEXTS, *FORMULA) if t.strip() and not re.search("[\ud800-\udfff]", t)):
        ledger = Ledger(entries, "", "").reject(entries[0].key, why=text)
        (kept,) = ledger.entries
        for ending in ("yaml", "csv") if at % 8 == 0 else ("yaml",):
            file = tmp_path / f"review.{ending}"
            sources.write_ledger(ledger, file)
            if ending == "yaml":
                yaml.safe_load(file.read_text(encoding="utf-8"))
            assert [e.why for e in sources.read_ledger(file).entries] == [kept.why.strip()], text
