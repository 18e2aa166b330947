"""Which files an archive has: each once, by whatever way it is named, and all others told."""

from __future__ import annotations

import importlib.util
import json
import os
import pickle
import socket
from pathlib import Path

import fsspec
import pytest

import archive
from archive._documents import documents
from archive._inputs import cut, list_inputs, named_apart
from archive._manifest import freeze
from archive._model import Config, Input
from tests.archive.files import ARTICLE, lines


def names(*sources: str | Path) -> list[str]:
    return [one.name for one in list_inputs([str(source) for source in sources])]


def codes(*sources: str | Path) -> list[str]:
    return [one.code for one in archive.survey([str(source) for source in sources]).left]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files, one of them deeper."""
    (tmp_path / "in/deep").mkdir(parents=True)
    lines(tmp_path / "in/a.jsonl", ARTICLE)
    lines(tmp_path / "in/deep/b.ndjson", ARTICLE)
    return tmp_path / "in"


def test_a_folder_is_read_with_all_below_and_files_are_named_by_their_place_in_it(folder: Path) -> None:
    assert names(folder) == ["a.jsonl", "deep/b.ndjson"]


@pytest.mark.parametrize(
    "ways", [["in", "in"], ["in", "in/a.jsonl"], ["in/*.jsonl", "in"], ["in/deep/../../in", "in/deep"], ["file://{}/in", "in"]]
)
def test_a_file_counts_once_by_whatever_ways_it_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, ways: list[str]) -> None:
    monkeypatch.chdir(folder.parent)
    listed = list_inputs([way.format(folder.parent) for way in ways])
    assert [one.url for one in listed] == [str(folder / "a.jsonl"), str(folder / "deep/b.ndjson")]


@pytest.mark.parametrize(
    ("pattern", "found"),
    [("in/*.jsonl", ["a.jsonl"]), ("in/**/*.*", ["a.jsonl", "deep/b.ndjson"]), ("i*", ["in/a.jsonl", "in/deep/b.ndjson"])],
)
def test_a_pattern_names_what_fits_it(folder: Path, pattern: str, found: list[str]) -> None:
    assert names(folder.parent / pattern) == found


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(folder: Path) -> None:
    path = lines(folder / "news [1].jsonl", ARTICLE)
    assert names(path) == ["news [1].jsonl"]


def test_two_files_of_one_name_are_told_apart_by_their_folders_and_also_from_those_of_an_earlier_run(folder: Path) -> None:
    lines(folder / "deep/a.jsonl", ARTICLE)
    assert names(folder / "a.jsonl", folder / "deep/a.jsonl") == ["a.jsonl", "deep/a.jsonl"]
    known = Input(url="/elsewhere/a.jsonl", name="a.jsonl", kind="jsonl", size=1, stamp="")
    assert [one.name for one in named_apart(list_inputs([str(folder / "a.jsonl")]), [known])] == ["in/a.jsonl"]


def test_the_name_of_a_file_does_not_change_with_what_lies_beside_it(folder: Path) -> None:
    (folder / "a.jsonl").rename(folder.parent / "a.jsonl")
    alone = names(folder)
    (folder.parent / "a.jsonl").rename(folder / "a.jsonl")
    assert set(alone) < set(names(folder))


def test_files_of_other_kinds_are_counted_by_their_endings_and_hidden_ones_counted(folder: Path) -> None:
    for name in ("x.txt", "y.TXT", "deep/z.tar.gz", "README", ".hidden.jsonl", "_SUCCESS", "c.parquet.gz"):
        (folder / name).write_text("a")
    (folder / "_temporary").mkdir()
    lines(folder / "_temporary/c.jsonl", ARTICLE)
    (folder / "empty.jsonl").touch()
    found = archive.survey([str(folder)])
    assert [one.name for one in found.inputs] == ["a.jsonl", "deep/b.ndjson"]
    assert found.lines() == [
        f"nothing in it: {folder}/empty.jsonl",
        "not read: 5 files of other kinds (2 .txt, 1 without an ending, 1 .parquet.gz, 1 .tar.gz)",
        "passed over: 3 hidden",
    ]


def test_links_out_of_the_folder_pipes_and_sockets_are_not_opened_and_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines(tmp_path / "outside.jsonl", ARTICLE)
    (tmp_path / "away").mkdir()
    (folder / "link.jsonl").symlink_to(tmp_path / "outside.jsonl")
    (folder / "away").symlink_to(tmp_path / "away")
    (folder / "gone.jsonl").symlink_to(folder / "nothing")
    (folder / "again.jsonl").symlink_to(folder / "a.jsonl")
    (folder / "deep/up").symlink_to(folder)
    os.mkfifo(folder / "pipe.jsonl")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.jsonl")
        found = archive.survey([str(folder)])
    assert [one.name for one in found.inputs] == ["a.jsonl", "deep/b.ndjson"]
    told = {Path(one.name).name: one.code for one in found.left}
    assert told == {
        "link.jsonl": "link-out-of-folder", "away": "link-out-of-folder", "gone.jsonl": "broken-link", "pipe.jsonl": "not-a-file",
        "socket.jsonl": "not-a-file",
    }  # fmt: skip


def test_a_link_that_is_named_itself_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "latest.jsonl").symlink_to(folder / "a.jsonl")
    assert [one.url for one in list_inputs([str(tmp_path / "latest.jsonl")])] == [str(folder / "a.jsonl")]


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_what_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "deep").chmod(0)
    (folder / "c.jsonl").touch(mode=0o000)
    assert codes(folder) == ["not-readable", "not-readable"]
    (folder / "deep").chmod(0o755)


def test_a_name_that_is_no_utf8_is_told(folder: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/\xff.jsonl")).write_text("a")
    except OSError:
        pytest.skip("this disk has no such names")
    assert codes(folder) == ["unshowable-name"]


@pytest.mark.parametrize(
    ("source", "code", "words"),
    [
        ("none.jsonl", "no-such-file", "none.jsonl: there is no such file or folder"),
        ("none/*.jsonl", "no-such-file", "there is no such file or folder"),
        ("a\0b", "no-such-file", "there is no such file or folder"),
        ("x.txt", "nothing-to-read", "it holds no archive file (1 file of other kinds)"),
        ("bare", "nothing-to-read", "name one of .jsonl, .ndjson, .parquet, .warc, .wet, or a folder with them"),
        ("empty.jsonl", "empty", "it is empty"),
        ("pipe.jsonl", "not-a-file", "it is a pipe, not a file"),
        ("memory://nowhere", "no-such-file", "memory://nowhere: there is no such file or folder"),
        ("nonsense://a/b.jsonl", "unreachable", "it cannot be reached (Protocol not known: nonsense"),
        ("s3://bucket/a.jsonl", "missing-package", "install s3fs beside citemap, on all workers"),
        ("gs://bucket/a.jsonl", "missing-package", "install gcsfs beside citemap, on all workers"),
        ("zip://a.jsonl::memory://b.zip", "unreachable", "chained addresses are not read"),
    ],
)
def test_a_source_that_cannot_be_read_is_named_with_its_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, code: str, words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("a")
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "bare").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    if code == "missing-package" and importlib.util.find_spec("s3fs" if source.startswith("s3") else "gcsfs"):
        pytest.skip("the package is there")
    with pytest.raises(archive.ArchiveError) as error:
        list_inputs([source])
    assert error.value.code == code and words in str(error.value)


def test_no_source_at_all_is_told() -> None:
    with pytest.raises(archive.ArchiveError, match="no source is named"):
        list_inputs([])


def test_an_error_keeps_its_code_on_the_way_from_a_worker() -> None:
    error = archive.ArchiveError("a", "b", "c", code="another-version")
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.code) == (str(error), "another-version")


@pytest.mark.parametrize("ending", ["", "/", "/*.jsonl", "/a.jsonl"])
def test_files_at_an_address_are_read_as_those_on_a_disk(ending: str) -> None:
    files = fsspec.filesystem("memory")
    try:
        for name in ("a.jsonl", ".b.jsonl", "_tmp/c.jsonl", "d.txt"):
            files.pipe(f"/shelf/{name}", json.dumps({"id": name, "text": ARTICLE}).encode())
        (one,) = list_inputs([f"memory://shelf{ending}"])
        assert (one.url, one.name) == ("memory:///shelf/a.jsonl", "a.jsonl")
        (part,) = cut([one], Config(), "1")
        assert [item.id for item in documents(part)] == ["a.jsonl"]
    finally:
        files.rm("/shelf", recursive=True)


def test_a_file_that_changes_has_another_stamp(folder: Path) -> None:
    (before,) = list_inputs([str(folder / "a.jsonl")])
    os.utime(folder / "a.jsonl", ns=(1, 1))
    (after,) = list_inputs([str(folder / "a.jsonl")])
    assert before.stamp != after.stamp


def test_how_a_file_is_cut_depends_on_it_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive._inputs.SMALLEST", 30)
    alone = {part.id for part in cut(list_inputs([str(folder / "a.jsonl")]), Config(), "1")}
    assert alone < {part.id for part in cut(list_inputs([str(folder)]), Config(), "1")}


def test_a_file_that_is_added_to_a_run_takes_no_name_that_another_has(folder: Path, tmp_path: Path) -> None:
    lines(folder / "deep/a.jsonl", ARTICLE)
    freeze(tmp_path / "run", list_inputs([str(folder / "a.jsonl")]), Config(), "1")
    both = freeze(tmp_path / "run", list_inputs([str(folder / "deep/a.jsonl")]), Config(), "1")
    assert [one.name for one in both.inputs] == ["a.jsonl", "deep/a.jsonl"]
