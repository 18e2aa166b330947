"""What is read of an archive's files, and what is set aside: each line, row and record is one or the other, once."""

from __future__ import annotations

import bz2
import datetime
import gzip
import io
import json
import lzma
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import archive
from archive._documents import documents
from archive._inputs import cut, list_inputs
from archive._model import Aside, Config
from archive._work import work
from tests.archive.files import ARTICLE, PAGE, lines, parts_of, read, told, warc, warc_at


def zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as file:
        file.write(data)
    return bytes(sink.getvalue())


PACKERS: dict[str, Any] = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}


# JSON Lines ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, 7, 50, 64, 1000])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_line_is_read_once_wherever_the_file_is_cut(tmp_path: Path, step: int, end: str) -> None:
    path = tmp_path / "a.jsonl"
    said = [json.dumps({"id": f"n{n}", "text": ARTICLE * (1 + n % 3)}) for n in range(9)]
    path.write_bytes((end.join([*said[:4], "", *said[4:]])).encode())
    assert told(parts_of(path, step=step)) == [f"n{n}" for n in range(9)]


def test_a_line_longer_than_is_read_is_set_aside_and_the_next_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive._documents.LONGEST", 200)
    path = lines(tmp_path / "a.jsonl", ARTICLE, ARTICLE * 9, ARTICLE)
    assert told(parts_of(path, step=90)) == ["n0", "too-large", "n2"]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (b'{"id": "x", "text": "\xff"}', "not-utf8"),
        (b'{"id": "x", "text": ', "not-json"),
        (b'{"id": "x", "text": "a\x00b"}', "not-json"),
        (b'{"id": "x", "text": "a"} {"id": "y"}', "not-json"),
        (b'["a"]', "wrong-object"),
        (b"null", "wrong-object"),
        (b'{"id": "x"}', "no-text"),
        (b'{"id": "x", "text": null}', "no-text"),
        (b'{"id": "x", "text": ["a"]}', "no-text"),
        (b'{"id": "x", "text": " \\n"}', "no-text"),
        (b'{"id": "x", "text": "a", "text": "b"}', "named-twice"),
        (b'{"id": "x", "\\ud800": 1, "\\ud800": 2, "text": "b"}', "named-twice"),
        (b'{"id": "x", "text": "a", "more": ' + b"[" * 200_000, "too-deep"),
        (b'{"id": "x", "text": "a", "more": ' + b"9" * 5_000 + b"}", "not-a-number"),
    ],
)
def test_a_line_that_is_no_document_is_set_aside_with_its_reason_and_the_next_is_read(tmp_path: Path, line: bytes, code: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(line + b"\n" + json.dumps({"id": "next", "text": ARTICLE}).encode())
    assert told(parts_of(path)) == [code, "next"]
    assert work(parts_of(path)[0]).codes == {code: 1}


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("author", ["A. Writer", "B. Other"], ["A. Writer", "B. Other"]),
        ("author", [], None),
        ("author", [None, {"name": "A"}, "B"], ["B"]),
        ("title", 7, "7"),
        ("title", None, None),
        ("title", {"en": "A pier"}, None),
        ("title", float("nan"), None),
        ("title", float("inf"), None),
        ("title", "two\r\n lines", "two lines"),
        ("title", "half \ud800", "half \ufffd"),
    ],
)
def test_a_field_is_taken_as_one_line_and_what_is_none_is_not_stated(tmp_path: Path, field: str, value: Any, said: Any) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": 1, "text": ARTICLE, field: value}), encoding="utf-8")
    (one,) = read(path)
    assert one.fields == ({} if said is None else {field: said})
    assert work(parts_of(path)[0]).documents == 1


@pytest.mark.parametrize(
    ("id", "said"),
    [
        ("a", "a"),
        (5, "5"),
        (2.5, "2.5"),
        (True, "a.jsonl:0"),
        (None, "a.jsonl:0"),
        ("", "a.jsonl:0"),
        ([1], "a.jsonl:0"),
        ("\udfff", "\ufffd"),
    ],
)
def test_an_id_is_a_string_or_a_number_else_its_place_names_a_document(tmp_path: Path, id: Any, said: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": id, "text": ARTICLE}), encoding="utf-8")
    assert read(path)[0].id == said
    assert pq.read_table(io.BytesIO(work(parts_of(path)[0]).data)).column("doc_id")[0].as_py() == said


def test_two_authors_of_one_document_stay_two(tmp_path: Path) -> None:
    from sources import read_text

    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": ARTICLE, "author": ["A. Writer", "B. Other"]}), encoding="utf-8")
    (one,) = read(path)
    assert read_text(one.text, **one.fields).citation.authors == ("A. Writer", "B. Other")


def test_a_byte_order_mark_and_a_half_character_and_a_zero_in_the_text_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "text": "' + ARTICLE.encode() + b'\\ud83d \\u0000"}\r\n')
    assert read(path)[0].text == ARTICLE + "\ufffd \0"
    assert work(parts_of(path)[0]).plans == 1


def test_documents_of_one_id_are_told_apart_by_their_place(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text((json.dumps({"id": "same", "text": ARTICLE}) + "\n") * 3, encoding="utf-8")
    rows = pq.read_table(io.BytesIO(work(parts_of(path)[0]).data)).to_pylist()
    assert len({row["position"] for row in rows if row["kind"] == "plan"}) == 3


# packed ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", PACKERS)
def test_a_packed_file_is_read_whole(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"b.JSONL{ending.upper()}"
    path.write_bytes(PACKERS[ending](lines(tmp_path / "a.jsonl", ARTICLE, ARTICLE).read_bytes()))
    assert told(parts_of(path)) == ["n0", "n1"]


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("how", ["cut", "spoilt"])
def test_of_a_damaged_packed_file_what_stands_before_is_read_and_the_rest_is_one_aside(tmp_path: Path, ending: str, how: str) -> None:
    noise = [zlib.crc32(b"%d" % n).to_bytes(4, "big").hex() for n in range(20_000)]
    path = tmp_path / f"b.jsonl{ending}"
    packed = bytearray(
        PACKERS[ending](
            lines(tmp_path / "a.jsonl", *(f"{ARTICLE} {' '.join(noise[n : n + 20])}" for n in range(0, 20_000, 20))).read_bytes()
        )
    )
    middle = len(packed) * 9 // 10
    path.write_bytes(packed[:middle] if how == "cut" else packed[:middle] + bytes(200) + packed[middle + 200 :])
    found = told(parts_of(path))
    begun = [name for name in found if name.startswith("n") and name[1:].isdigit()]
    sure = 0 if ending == ".bz2" else 500  # bzip2 gives nothing of a block that is not whole
    assert begun[:sure] == [f"n{n}" for n in range(sure)]
    if how == "cut":
        assert found == [*begun, "damaged"]
    elif ending != ".zst":  # what has no checksum cannot say that it is damaged
        assert found[-1] == "damaged" and found.count("damaged") == 1


def test_a_file_that_is_not_packed_as_its_name_says_is_one_aside(tmp_path: Path) -> None:
    path = lines(tmp_path / "a.jsonl", ARTICLE).rename(tmp_path / "a.jsonl.gz")
    assert told(parts_of(path)) == ["damaged"]


# Parquet ---------------------------------------------------------------------------------------------------------------------


def test_rows_of_parquet_are_read_once_wherever_the_table_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"id": [f"n{n}" for n in range(50)], "text": [ARTICLE] * 50, "more": list(range(50))})
    pq.write_table(table, path, row_group_size=8)
    assert told(parts_of(path, step=7)) == [f"n{n}" for n in range(50)]


@pytest.mark.parametrize(
    "sort",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int32(), pa.string())],
    ids=str,
)
def test_a_column_of_any_sort_of_text_is_read_and_null_is_set_aside(tmp_path: Path, sort: pa.DataType) -> None:
    values: list[Any] = [ARTICLE, None, ARTICLE]
    if pa.types.is_binary(sort) or pa.types.is_large_binary(sort):
        values = [v and v.encode() for v in values]
    table = pa.table(
        {"id": pa.array([1, 2, 3]), "text": pa.array(values, pa.string() if pa.types.is_dictionary(sort) else sort).cast(sort)}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    assert told(parts_of(tmp_path / "a.parquet")) == ["1", "no-text", "3"]


def test_columns_of_parquet_may_be_nested_dated_or_none_of_ours(tmp_path: Path) -> None:
    columns = {
        "text": [ARTICLE], "author": [["A", "B"]], "title": [{"en": "A pier"}], "date": [datetime.date(2025, 3, 4)], "more": [[{"a": [1]}]],
    }  # fmt: skip
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert read(tmp_path / "a.parquet")[0].fields == {"author": ["A", "B"], "date": "2025-03-04"}


def test_a_row_whose_bytes_are_no_utf8_is_set_aside_alone(tmp_path: Path) -> None:
    raw = pa.array([ARTICLE.encode(), b"\xff\xfe", ARTICLE.encode()], pa.binary())
    text = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    pq.write_table(pa.table({"id": ["a", "b", "c"], "text": text}), tmp_path / "a.parquet")
    pq.write_table(pa.table({"id": ["a", "b", "c"], "text": raw}), tmp_path / "b.parquet")
    assert told(parts_of(tmp_path / "a.parquet")) == told(parts_of(tmp_path / "b.parquet")) == ["a", "not-utf8", "c"]


def test_each_row_of_a_damaged_group_of_parquet_is_set_aside_and_the_other_groups_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    texts = [f"{ARTICLE} Pier {zlib.crc32(b'%d' % n)}." for n in range(30)]
    pq.write_table(pa.table({"id": [f"n{n}" for n in range(30)], "text": texts}), path, row_group_size=10, write_page_checksum=True)
    column = pq.read_metadata(path).row_group(1).column(1)
    raw = bytearray(path.read_bytes())
    at = column.dictionary_page_offset + column.total_compressed_size // 3
    raw[at : at + 20] = bytes(20)
    path.write_bytes(raw)
    wanted = [f"n{n}" for n in range(10)] + ["damaged"] * 10 + [f"n{n}" for n in range(20, 30)]
    assert told(parts_of(path)) == told(parts_of(path, step=7)) == wanted


@pytest.mark.parametrize(
    ("columns", "code", "words"),
    [
        ({"body": ["a"]}, "no-text-column", "it has no column 'text'; name the column of the text with --text-column; it has body"),
        ({"text": [5]}, "no-text-column", "its column 'text' holds int64, no text"),
        ({"text": [{"en": "a"}]}, "no-text-column", "its column 'text' holds struct<en: string>, no text"),
        (None, "not-parquet", "it is no Parquet file that can be read"),
    ],
)
def test_a_parquet_file_without_a_column_of_texts_is_told_before_work_begins(tmp_path: Path, columns: Any, code: str, words: str) -> None:
    path = tmp_path / "a.parquet"
    if columns is None:
        path.write_bytes(b"PAR1 and no more")
    else:
        pq.write_table(pa.table(columns), path)
    with pytest.raises(archive.ArchiveError) as error:
        cut(list_inputs([str(tmp_path)]), Config(), "1")
    assert error.value.code == code and words in str(error.value)


# web archives ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_the_pages_of_a_warc_file_are_read_as_articles(tmp_path: Path, name: str) -> None:
    (part,) = parts_of(warc(tmp_path / name, PAGE.encode(), PAGE.encode()))
    plans = [row for row in pq.read_table(io.BytesIO(work(part).data)).to_pylist() if row["kind"] == "plan"]
    assert [(row["place"], row["title"], row["doc_id"]) for row in plans] == [("Kilifi", "A pier", "<n0>"), ("Kilifi", "A pier", "<n1>")]
    assert plans[1]["url"].startswith("https://example.org/1#")


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("step", [100, 377, 900])
def test_every_record_is_read_once_wherever_a_warc_file_is_cut(tmp_path: Path, name: str, step: int) -> None:
    path = warc(tmp_path / name, *(PAGE.encode() for _ in range(7)))
    assert told(parts_of(path, step=step)) == [f"<n{n}>" for n in range(7)]


@pytest.mark.parametrize("ending", PACKERS)
def test_a_warc_file_that_is_packed_as_a_whole_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"b.warc{ending}"
    path.write_bytes(PACKERS[ending](warc(tmp_path / "a.warc", PAGE.encode(), PAGE.encode()).read_bytes()))
    assert told(parts_of(path)) == ["<n0>", "<n1>"]
    if ending == ".gz":
        assert told(parts_of(path, step=100)) == ["<n0>", "<n1>"]


def test_the_day_of_archiving_is_not_taken_for_the_day_of_publication(tmp_path: Path) -> None:
    (part,) = parts_of(warc(tmp_path / "a.warc", PAGE.encode()))
    rows = pq.read_table(io.BytesIO(work(part).data)).to_pylist()
    assert "2021" not in json.dumps([{k: v for k, v in row.items() if not isinstance(v, bytes)} for row in rows])


@pytest.mark.parametrize(
    ("sort", "head", "encoding"),
    [
        ("text/html; charset=windows-1252", "", "cp1252"),
        ('text/html; charset="ISO-8859-1"', '<meta charset="utf-8">', "cp1252"),
        ("text/html", '<meta charset="shift_jis">', "shift_jis"),
        ("text/html; charset=none-such", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">', "iso8859-2"),
        ("application/xhtml+xml", "", "utf-8"),
        ("text/html; charset=windows-1252", "", "utf-8-sig"),
        ("text/html", "", "utf-16"),
    ],
)
def test_a_page_is_read_in_the_charset_of_its_server_else_in_its_own(tmp_path: Path, sort: str, head: str, encoding: str) -> None:
    word = {"shift_jis": "那覇", "iso8859-2": "Łódź"}.get(encoding, "Málaga")
    with warc_at(tmp_path / "a.warc") as writer:
        writer.page(PAGE.replace("<head>", f"<head>{head}").replace("Kilifi", word).encode(encoding), sort=sort)
    assert f"pier at {word} by" in read(tmp_path / "a.warc")[0].text


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"body": b"<html><body></body></html>"}, "no-text-in-page"),
        ({"body": b""}, "no-text"),
        ({"body": PAGE.encode(), "status": "404 Not Found"}, "http-status"),
        ({"body": PAGE.encode(), "status": "503 Busy"}, "http-status"),
        ({"body": "Málaga ".encode("cp1252") * 40}, "not-utf8"),
        ({"body": gzip.compress(PAGE.encode())[:-30] + bytes(30), "Content_Encoding": "gzip"}, "not-a-text"),
        ({"body": b"\x0b\x02\x80" + bytes(50), "Content_Encoding": "br"}, "not-a-text"),
    ],
)
def test_a_page_that_gives_no_article_is_set_aside_with_its_reason(tmp_path: Path, given: dict[str, Any], code: str) -> None:
    with warc_at(tmp_path / "a.warc.gz") as writer:
        writer.page(**given)
        writer.page(PAGE.encode())
    done = work(parts_of(tmp_path / "a.warc.gz")[0])
    assert (done.codes, done.documents) == ({code: 1}, 1)


@pytest.mark.parametrize(
    "given",
    [
        {"body": gzip.compress(PAGE.encode()), "Content_Encoding": "gzip"},
        {"body": zlib.compress(PAGE.encode()), "Content_Encoding": "deflate"},
        {"body": zlib.compress(PAGE.encode())[2:-4], "Content_Encoding": "deflate"},
        {"body": PAGE.encode(), "Content_Encoding": "br"},
        {"body": b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode()), "Transfer_Encoding": "chunked"},
        {"body": PAGE.encode(), "Transfer_Encoding": "chunked"},
    ],
)
def test_a_page_is_unpacked_as_its_server_packed_it_or_taken_as_it_is(tmp_path: Path, given: dict[str, Any]) -> None:
    with warc_at(tmp_path / "a.warc") as writer:
        writer.page(**given)
    assert read(tmp_path / "a.warc")[0].text == PAGE


def test_requests_revisits_redirects_and_pictures_are_no_pages(tmp_path: Path) -> None:
    with warc_at(tmp_path / "a.warc") as writer:
        writer.page(PAGE.encode(), kind="revisit")
        writer.page(PAGE.encode(), kind="request")
        writer.page(PAGE.encode(), status="301 Moved")
        writer.page(b"\x89PNG", sort="image/png")
        writer.text(b"software: a crawler", kind="warcinfo", sort="application/warc-fields")
        writer.text(PAGE.encode(), kind="resource", sort="text/html")
    assert told(parts_of(tmp_path / "a.warc")) == ["<n5>"]


def test_the_texts_of_a_wet_file_are_read(tmp_path: Path) -> None:
    with warc_at(tmp_path / "a.warc.wet.gz") as writer:
        writer.text(ARTICLE.encode())
    (one,) = read(tmp_path / "a.warc.wet.gz")
    assert (one.text, one.media, one.fields) == (ARTICLE, "text", {"url": "https://example.org/0"})


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
@pytest.mark.parametrize("how", ["cut", "spoilt"])
def test_a_damaged_warc_file_gives_what_stands_before_and_one_aside_wherever_it_is_cut(tmp_path: Path, name: str, how: str) -> None:
    path = warc(tmp_path / name, *(PAGE.replace("Kilifi", f"Kilifi {n}").encode() for n in range(9)))
    raw = path.read_bytes()
    path.write_bytes(raw[:-150] if how == "cut" else raw[: len(raw) // 2] + bytes(80) + raw[len(raw) // 2 + 80 :])
    found = told(parts_of(path))
    if how == "spoilt" and name == "a.warc":
        assert set(found) - {"damaged", "not-a-text"} <= {f"<n{n}>" for n in range(9)}
        return
    assert found == [f"<n{n}>" for n in range(len(found) - 1)] + ["damaged"]
    assert len(found) == (9 if how == "cut" else 5)
    assert told(parts_of(path, step=200)) == found


def test_a_file_that_is_no_warc_is_one_aside(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_text("This is no web archive.\n" * 20)
    assert told(parts_of(tmp_path / "a.warc")) == ["damaged"]


def test_what_is_held_of_a_file_does_not_grow_with_it(tmp_path: Path) -> None:
    page = PAGE.replace("by 2030", "by 2030 " + "and more " * 500).encode()
    peaks = []
    for count in (50, 250):
        noise = (b" ".join(b"%d" % zlib.crc32(b"%d" % (n * 500 + m)) for m in range(500)) for n in range(count))
        (part,) = parts_of(warc(tmp_path / f"{count}.warc.gz", *(page + one for one in noise)))
        next(iter(documents(part)))
        tracemalloc.start()
        assert sum(not isinstance(item, Aside) for item in documents(part)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.2
