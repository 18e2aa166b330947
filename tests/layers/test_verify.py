"""A published map, folder or data file is checked, and whatever was changed in it is found."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import pytest

import citemap
from citemap import _folder
from layers import PublishedError, Verification, verify_published
from layers._manifest import manifest_bytes
from layers.published._seal import sealed
from tests.conftest import Run
from tests.profile import LONG, amount, note

TEXT = (
    "Officials said on Monday that the navy will build a pier at Kilifi by 2030. The work starts in May.\n\n"
    "Crews are extending the airfield at Lamu. The ministry did not say who pays for it.\n\n"
    "The government has denied plans for a radar station at Malindi."
)
ARTICLE = f"---\ntitle: A pier for the navy\npublisher: The Herald\ndate: 2026-03-03\n---\n{TEXT}\n"
QUOTE = "Officials said on Monday that the navy will build a pier at Kilifi by 2030."


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article and the build of it in ``output``; read it, do not write into it."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "herald.md").write_text(ARTICLE, encoding="utf-8")
    citemap.build(citemap.read(folder / "herald.md"), folder / "output", figures=LONG)
    return folder


@pytest.fixture()
def mine(small: Path, tmp_path: Path) -> Iterator[Path]:
    """A copy of the small folder to break."""
    shutil.copytree(small, tmp_path / "mine")
    yield tmp_path / "mine"


def codes(done: Verification) -> set[tuple[str, str]]:
    """What was found: files and codes."""
    return {(finding.file, finding.code) for finding in done.findings}


def edit(path: Path, old: str, new: str) -> None:
    """Replace words in a file, which must be there."""
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def resealed(path: Path) -> None:
    """Give a page a digest of itself that fits, as a forger would."""
    data = path.read_bytes()
    start = data.index(b'<meta name="citemap-sha256"')
    end = data.index(b">", start) + 1
    path.write_bytes(sealed(data[:start].rstrip(b"\n") + data[end:]))


# what was built ----------------------------------------------------------------------------------------------------------------


def test_what_was_built_holds(small: Path) -> None:
    done = citemap.verify(small / "output", small / "herald.md")
    assert done.lines()[-1] == "all holds", done.lines()
    assert done.counts() == {"exact": len(done.quotes)}
    assert len(done.quotes) >= 3


def test_what_was_built_holds_by_the_command_line(small: Path, run: Run) -> None:
    done = run("verify", str(small / "output"), str(small / "herald.md"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("all holds\n")


@pytest.mark.parametrize(
    "name", ["map.html", "plans.geojson", "plans.csv", "plans.gpkg", "plans.parquet", "plans.kml", "annotations.jsonld"]
)
def test_a_lone_map_or_data_file_holds(small: Path, name: str) -> None:
    done = citemap.verify(small / "output" / name, small / "herald.md")
    assert done.holds, done.lines()
    assert done.counts()["exact"] >= 3
    assert done.unchecked == ()


def test_an_article_that_was_not_given_is_said_not_to_be_checked(small: Path) -> None:
    done = citemap.verify(small / "output")
    assert done.holds
    assert done.unchecked == ("herald.md",)


def test_a_reading_of_nothing_mapped_holds(tmp_path: Path) -> None:
    citemap.draw(citemap.read_text("The weather was fine in Nairobi.")).save(tmp_path / "map.html")
    assert citemap.verify(tmp_path / "map.html").holds


# every byte --------------------------------------------------------------------------------------------------------------------


@pytest.mark.trust
def test_every_single_byte_changed_in_any_file_is_found(mine: Path) -> None:
    chance = random.Random(7)
    folder = mine / "output"
    files = sorted(folder.iterdir())
    tried = amount(60, 1000)
    missed, spent = [], 0.0
    for number in range(tried):
        path = files[number % len(files)]
        data = bytearray(path.read_bytes())
        at = chance.randrange(len(data))
        old = data[at]
        data[at] = chance.choice([value for value in range(256) if value != old])
        path.write_bytes(data)
        begun = perf_counter()
        done = verify_published(folder)
        spent += perf_counter() - begun
        if path.name not in {finding.file for finding in done.findings}:
            missed.append((path.name, at, old, data[at]))
        data[at] = old
        path.write_bytes(data)
    note("single-byte changes", tried=tried, found=tried - len(missed), files=len(files), ms_each=round(1000 * spent / tried))
    assert missed == []
    assert verify_published(folder).holds


@pytest.mark.trust
def test_every_single_byte_changed_in_a_lone_map_is_found(mine: Path) -> None:
    chance = random.Random(11)
    path = mine / "output" / "map.html"
    whole = path.read_bytes()
    seal = whole.index(b"citemap-sha256")
    record = whole.index(b"citemap-record")
    tried, missed = amount(40, 1000), []
    for number in range(tried):
        at = (chance.randrange(len(whole)), chance.randrange(seal, seal + 100), chance.randrange(record, len(whole)))[number % 3]
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        if verify_published(path).holds:
            missed.append(at)
    note("single-byte changes in a lone map", tried=tried, found=tried - len(missed))
    assert missed == []


# files -------------------------------------------------------------------------------------------------------------------------


def test_missing_emptied_cut_and_swapped_files_are_named_as_such(mine: Path) -> None:
    folder = mine / "output"
    (folder / "alt.txt").unlink()
    (folder / "plans.kml").write_bytes(b"")
    (folder / "plans.csv").write_bytes((folder / "plans.csv").read_bytes()[:-200])
    bib, ris = (folder / "citations.bib").read_bytes(), (folder / "citations.ris").read_bytes()
    (folder / "citations.bib").write_bytes(ris)
    (folder / "citations.ris").write_bytes(bib)
    assert codes(citemap.verify(folder)) >= {
        ("alt.txt", "missing"),
        ("plans.kml", "emptied"),
        ("plans.csv", "changed"),
        ("citations.bib", "swapped"),
        ("citations.ris", "swapped"),
    }


def test_a_file_of_the_users_own_is_listed_and_no_fault(mine: Path) -> None:
    (mine / "output" / "notes.txt").write_text("mine", encoding="utf-8")
    done = citemap.verify(mine / "output")
    assert (done.holds, done.extra) == (True, ("notes.txt",))


@pytest.mark.parametrize("name", ["map.html", "manifest.json"])
def test_a_folder_without_its_map_or_manifest_does_not_hold(mine: Path, name: str) -> None:
    (mine / "output" / name).unlink()
    assert codes(citemap.verify(mine / "output")) == {(name, "missing")}


def test_a_link_or_a_pipe_in_place_of_a_file_is_not_followed(mine: Path) -> None:
    folder = mine / "output"
    (folder / "alt.txt").rename(mine / "alt.txt")
    (folder / "alt.txt").symlink_to(mine / "alt.txt")
    (folder / "plans.csv").unlink()
    os.mkfifo(folder / "plans.csv")
    assert codes(citemap.verify(folder)) == {("alt.txt", "unreadable"), ("plans.csv", "unreadable")}


def test_a_manifest_in_another_form_is_not_the_one_that_was_written(mine: Path) -> None:
    path = mine / "output" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    assert codes(citemap.verify(mine / "output")) == {("manifest.json", "manifest")}


def test_a_manifest_of_other_articles_does_not_fit_the_map(mine: Path) -> None:
    path = mine / "output" / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["inputs"][0]["sha256"] = "0" * 64
    path.write_bytes(manifest_bytes({key: value for key, value in data.items() if key != "sha256"}))
    assert citemap.verify(mine / "output").findings[0].says == "its inputs are not the articles of the map"


@pytest.mark.parametrize(
    "outputs", [{"../herald.md": "0" * 64}, {"a/b": "0" * 64}, {"map.html": "no hash"}, {"..": "0" * 64}, [], None, "x"]
)
def test_a_manifest_that_names_anything_but_files_of_the_folder_is_refused(mine: Path, outputs: object) -> None:
    (mine / "output" / "manifest.json").write_bytes(manifest_bytes({"outputs": outputs}))
    assert ("manifest.json", "manifest") in codes(citemap.verify(mine / "output"))


# what it says ------------------------------------------------------------------------------------------------------------------


def test_words_forged_on_the_page_are_not_those_of_its_record(mine: Path) -> None:
    path = mine / "output" / "map.html"
    edit(path, "will build a pier", "will not build a pier")
    resealed(path)
    done = verify_published(path)
    assert {finding.code for finding in done.findings} == {"payload"}
    assert any("{+not+} build a pier" in line for line in done.lines()), done.lines()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"status":"planned"', '"status":"under way"', "its status is not shown"),
        ('"number":1,', '"number":8,', "its number is not shown"),
        ('"point":[40.', '"point":[41.', "stands at"),
        ('"publisher":"The Herald"', '"publisher":"The Post"', "its publisher is not shown"),
        ('"quote":0', '"quote":7', "has no quote"),
        ('"span":[0,', '"span":[1,', "a quote is not shown"),
        ('"span":[0,', '"span":[-1,', "has not the form of a map"),
        ('"passage":0', '"passage":99', "has not the form of a map"),
        ('-marks">', '-mraks">', "does not show plans"),
    ],
)
def test_a_page_that_shows_something_else_than_its_record_is_found(mine: Path, old: str, new: str, says: str) -> None:
    path = mine / "output" / "map.html"
    edit(path, old, new)
    resealed(path)
    done = verify_published(path)
    assert any(says in finding.says for finding in done.findings), done.lines()


@pytest.mark.parametrize("name", ["plans.geojson", "plans.csv", "plans.kml", "annotations.jsonld"])
def test_data_that_say_something_else_than_the_map_are_found(mine: Path, name: str) -> None:
    edit(mine / "output" / name, "will build a pier", "will sell a pier")
    done = citemap.verify(mine / "output")
    assert codes(done) == {(name, "changed"), (name, "data")}


def test_a_row_without_a_quote_is_found(mine: Path) -> None:
    path = mine / "output" / "plans.geojson"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["features"][0]["properties"]["quotes"] = []
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [finding.says for finding in citemap.verify(path).findings] == ["feature 1 has no quote"]


# articles ----------------------------------------------------------------------------------------------------------------------


def test_moved_altered_and_gone_quotes_are_each_listed(mine: Path) -> None:
    changed = ARTICLE.replace("will build", "may build").replace("Crews are extending the airfield at Lamu. ", "")
    (mine / "herald.md").write_text(changed, encoding="utf-8")
    done = citemap.verify(mine / "output", mine / "herald.md")
    assert not done.holds
    told = "\n".join(done.lines())
    assert "altered, at 0-74: Officials said on Monday that the navy [-will-]{+may+} build a pier at Kilifi by 2030." in told
    assert "herald.md: gone: “Crews are extending the airfield at Lamu.”" in told
    assert "moved, from" in told
    assert done.lines()[-1] == "3 things do not hold"


def test_a_lone_table_is_checked_against_changed_articles_too(mine: Path) -> None:
    (mine / "herald.md").write_text(ARTICLE.replace("will build", "may build"), encoding="utf-8")
    assert "altered" in citemap.verify(mine / "output" / "plans.csv", mine / "herald.md").counts()


def test_an_article_of_another_map_is_said_to_be_none_of_this(mine: Path) -> None:
    (mine / "other.txt").write_text("Something else.", encoding="utf-8")
    assert codes(citemap.verify(mine / "output", mine / "herald.md", mine / "other.txt")) == {("other.txt", "article")}


def test_the_command_gives_plain_data_and_status_one(mine: Path, run: Run) -> None:
    (mine / "herald.md").write_text(ARTICLE.replace("will build", "may build"), encoding="utf-8")
    done = run("verify", str(mine / "output"), str(mine / "herald.md"), "--json")
    data = json.loads(done.stdout)
    assert (done.returncode, data["holds"]) == (1, False)
    altered = next(quote for quote in data["quotes"] if quote["how"] == "altered")
    assert altered["diff"] == QUOTE.replace("will", "[-will-]{+may+}")


def test_what_is_no_map_is_wrong_use(mine: Path, run: Run) -> None:
    done = run("verify", str(mine / "herald.md"))
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    for name in ("nothing", "."):
        with pytest.raises(PublishedError):
            citemap.verify(mine / name)


# files of anybody --------------------------------------------------------------------------------------------------------------


def with_record(page: bytes, block: str) -> bytes:
    """Put another record into a page, and a digest that fits."""
    text = page.decode()
    start = text.index('class="citemap-record">') + 23
    return sealed((text[:start] + block + text[text.index("</script>", start) :]).encode())


def packed(data: bytes) -> str:
    """Deflate bytes as a record is."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return json.dumps({"deflated": b64encode(packer.compress(data) + packer.flush()).decode()})


def without_seal(path: Path) -> bytes:
    """The page as it was before it had a digest of itself."""
    data = path.read_bytes()
    start = data.index(b'\n<meta name="citemap-sha256"')
    return data[:start] + data[data.index(b">", start) + 1 :]


@pytest.mark.parametrize(
    "block",
    [
        "", "{", "null", "[]", '{"deflated": 1}', '{"deflated": "!"}', '{"deflated": "AAAA"}', packed(b""), packed(b"{}"), packed(b"\xff"),
        packed(b'{"options": {}, "reading": {}}'), packed(b"[" * 3_000_000), packed(b" " * 200_000_000),
        packed(b'{"options": 3, "reading": 3}'),
        packed(b'{"options": {"title": 5}, "reading": {"version": 1, "places": [], "articles": [], "reading": {}}}'),
    ],
)  # fmt: skip
def test_a_hostile_record_is_an_error_in_words(mine: Path, block: str) -> None:
    path = mine / "output" / "map.html"
    path.write_bytes(with_record(without_seal(path), block))
    assert codes(verify_published(path)) == {("map.html", "record")}


@pytest.mark.parametrize(
    "name", ["map.html", "plans.geojson", "plans.csv", "plans.gpkg", "plans.parquet", "plans.kml", "annotations.jsonld"]
)
@pytest.mark.parametrize(
    "data", [b"", b"\0" * 100, b"[" * 1_000_000, b"SQLite format 3\0" + b"\xff" * 5000, b"PAR1" * 40, b"{}", b"number,quotes\r\n1,2\r\n"]
)
def test_a_broken_file_is_told_and_never_crashes(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    done = verify_published(tmp_path / name)
    assert not done.holds
    assert all(finding.says for finding in done.findings)


def test_a_file_of_kml_that_declares_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plans.kml").write_text('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', encoding="utf-8")
    assert "entities" in citemap.verify(tmp_path / "plans.kml").findings[0].says


def test_names_that_could_steer_a_terminal_are_made_harmless(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_bytes(manifest_bytes({"outputs": {"\x1b[2Jmap.html": hashlib.sha256(b"").hexdigest()}}))
    assert "\x1b" not in "".join(verify_published(tmp_path).lines())


def test_a_record_is_packed_as_the_page_packs(small: Path) -> None:
    text = (small / "output" / "map.html").read_text(encoding="utf-8")
    start = text.index('class="citemap-record">') + 23
    data = zlib.decompress(b64decode(json.loads(text[start : text.index("</script>", start)])["deflated"]), -15)
    assert set(json.loads(data)) == {"options", "reading"}
    assert b"did not say who pays" not in data or b"did not say who pays" in text.encode()


def test_a_kind_of_data_that_has_no_quotes_of_its_own_is_said_to_be_none(small: Path) -> None:
    with pytest.raises(PublishedError, match="by itself"):
        citemap.verify(small / "output" / "citations.bib")


# on articles of a later day ------------------------------------------------------------------------------------------------------


def test_a_published_map_is_put_on_changed_articles(mine: Path, run: Run) -> None:
    changed = "Added.\n\n" + TEXT.replace("Crews are extending the airfield at Lamu. ", "").replace("has denied", "denied")
    (mine / "herald.md").write_text(ARTICLE.replace(TEXT, changed), encoding="utf-8")
    done = run("verify", "mine/output", "mine/herald.md", "--reanchor", "-o", "new")
    assert done.returncode == 1
    assert done.stdout.endswith("new/map.html\n")
    assert "plan 2 leaves the map: no article says it any more" in done.stderr
    anew = citemap.verify(mine.parent / "new", mine / "herald.md")
    assert anew.lines()[-1] == "all holds", anew.lines()
    page = (mine.parent / "new" / "map.html").read_text(encoding="utf-8")
    assert "The Herald no longer says this: “Crews are extending the airfield at Lamu.”" in page
    assert "[-has-] denied plans for a radar station" in page


def test_articles_that_are_not_given_keep_what_the_record_has(mine: Path, tmp_path: Path) -> None:
    (mine / "post.md").write_text(
        "---\ntitle: Two\npublisher: The Post\n---\nThe army will open a depot in Nairobi, near Kilifi.\n", encoding="utf-8"
    )
    citemap.build(citemap.read(mine / "herald.md", mine / "post.md"), tmp_path / "old")
    (mine / "herald.md").write_text(ARTICLE.replace(TEXT, "Added.\n\n" + TEXT), encoding="utf-8")
    citemap.reanchor(tmp_path / "old", mine / "herald.md", output=tmp_path / "new")
    done = citemap.verify(tmp_path / "new", mine / "herald.md", mine / "post.md")
    assert done.lines()[-1] == "all holds", done.lines()
    assert all(b"\0" not in path.read_bytes() and b"\\u0000" not in path.read_bytes() for path in (tmp_path / "new").glob("*.[jhc]*"))


@pytest.mark.parametrize("why", ["broken", "stranger", "same folder", "no article"])
def test_nothing_is_put_on_articles_that_do_not_fit(mine: Path, why: str) -> None:
    given, output = [mine / "herald.md"], mine / "new"
    if why == "broken":
        edit(mine / "output" / "map.html", "The Herald", "The Tribune")
    elif why == "stranger":
        (mine / "other.txt").write_text("Something else.", encoding="utf-8")
        given.append(mine / "other.txt")
    elif why == "same folder":
        output = mine / "output"
    else:
        given = []
    with pytest.raises((citemap.BuildError, PublishedError)):
        citemap.reanchor(mine / "output", *given, output=output)
    assert not (mine / "new").exists()


def test_a_folder_in_which_a_build_was_stopped_half_way_is_told_to_be_built_again(built: Path, tmp_path: Path, run: Run) -> None:
    shutil.copytree(built, tmp_path / "out")
    journal = tmp_path / "out" / _folder.INSIDE / _folder._JOURNAL
    journal.parent.mkdir()
    journal.write_text("[]", encoding="utf-8")
    done = run("verify", "out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "run the same build again, which completes it [unfinished]" in done.stderr
