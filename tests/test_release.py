"""A release: packages pinned with hashes, a wheel that rebuilds bit for bit and works without the repository, what it is made of."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.conftest import ROOT
from tests.profile import LONG, amount, note

PINS = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.M)
GAZETTEER = "geo/data/built/gazetteer.sqlite"
MADE = (GAZETTEER, "geo/data/vendor/*.json", "layers/data/built/*", "layers/web/vendor/*", "layers/figure/fonts/*")
PACKED = ("geo", "sources", "layers", "archive", "citemap")
WITHOUT_SITE = (
    "import sys; sys.path += sys.argv[1:3]; sys.argv[1:3] = []; from citemap._commands import main; main()"  # .pth files are not read
)


def pins(name: str) -> set[tuple[str, str]]:
    """The packages that a file of requirements pins, each with its version."""
    found = PINS.findall((ROOT / name).read_text(encoding="utf-8"))
    return {(re.sub(r"[-_.]+", "-", package).lower(), version) for package, version in found}


def tracked() -> list[str]:
    """The files that a release is made from: those that git keeps, where this is a repository."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no git repository, so there is no list of its files")
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in said if name and (ROOT / name).is_file()]


# pinned ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_file_holds_what_is_asked_for(name: str) -> None:
    assert pins(f"{name}.txt") - pins(f"{name}.lock") == set(), "run 'make lock'"


def test_the_tests_run_on_the_packages_of_the_release() -> None:
    assert pins("requirements.lock") - pins("requirements-dev.lock") == set()


@pytest.mark.parametrize("locked", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_has_hashes_for_every_package_and_names_no_index(locked: str) -> None:
    text = (ROOT / locked).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w])", text, flags=re.M)[1:]
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert "://" not in text
    assert "--index" not in text


def test_the_lock_file_of_the_browser_parts_has_hashes_and_names_no_registry() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [name for name, facts in packages.items() if name and not facts.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, facts in packages.items() if "resolved" in facts] == []


# rebuilt ---------------------------------------------------------------------------------------------------------------------


def copied(folder: Path, umask: int) -> Path:
    """A copy of what a release is made from; in the short profile with a small file in the gazetteer's place."""
    before = os.umask(umask)
    try:
        for name in [*tracked(), *(str(p.relative_to(ROOT)) for pattern in MADE[1:] for p in ROOT.glob(pattern))]:
            if name.startswith((".ci/", "articles/", "pack", "pyproject", "README", "requirements", *(f"{room}/" for room in PACKED))):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(ROOT / name, folder / name)
        (folder / "citemap" / "articles").symlink_to("../articles")
        (folder / GAZETTEER).parent.mkdir(parents=True)
        if LONG:
            shutil.copyfile(ROOT / GAZETTEER, folder / GAZETTEER)
        else:
            (folder / GAZETTEER).write_bytes(b"a small gazetteer")
    finally:
        os.umask(before)
    return folder


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases of the same files, made in different folders, under another umask, time zone, language and hash seed."""
    made, running = [], []
    for name, umask, env in (
        ("one", 0o022, {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}),
        ("another folder", 0o077, {"PYTHONHASHSEED": "4711", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}),
    ):
        folder = copied(tmp_path_factory.mktemp("release") / name, umask)
        made.append(folder.parent / "dist")
        command = [sys.executable, ".ci/release.py", str(made[-1])]
        settled = os.environ | env | {"SOURCE_DATE_EPOCH": "1772496000"}
        running.append(subprocess.Popen(command, cwd=folder, env=settled, umask=umask, stderr=subprocess.PIPE, stdout=subprocess.PIPE))
    for process in running:
        _, said = process.communicate()
        assert process.returncode == 0, said.decode()
    return made[0], made[1]


def wheel_of(release: Path) -> Path:
    (wheel,) = release.glob("*.whl")
    return wheel


def test_a_release_rebuilds_bit_for_bit_elsewhere(releases: tuple[Path, Path]) -> None:
    one, other = ({path.name: path.read_bytes() for path in release.iterdir()} for release in releases)
    assert sorted(one) == ["SHA256SUMS", "citemap-0.1.0-py3-none-any.whl", "citemap-0.1.0.cdx.json", "requirements.lock"]
    assert [name for name in one if one[name] != other[name]] == []


def test_the_wheel_holds_every_file_of_the_rooms_the_articles_and_what_setup_made(releases: tuple[Path, Path]) -> None:
    held = {name for name in zipfile.ZipFile(wheel_of(releases[0])).namelist() if ".dist-info/" not in name}
    made = {str(path.relative_to(ROOT)) for pattern in MADE for path in ROOT.glob(pattern)}
    articles = {f"citemap/articles/{path.name}" for path in (ROOT / "articles").glob("*.md")}
    assert held == {name for name in tracked() if name.split("/")[0] in PACKED} | made | articles
    assert {"layers/web/vendor/leaflet-LICENSE.txt", "layers/figure/fonts/LICENSE.txt"} <= held


def test_the_hashes_of_a_release_are_those_of_its_files(releases: tuple[Path, Path]) -> None:
    lines = (releases[0] / "SHA256SUMS").read_text().splitlines()
    assert len(lines) == 3
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((releases[0] / name).read_bytes()).hexdigest() == digest


# what it is made of ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bom(releases: tuple[Path, Path]) -> str:
    """The bill of materials as text."""
    return (releases[0] / "citemap-0.1.0.cdx.json").read_text(encoding="utf-8")


def test_the_bill_of_materials_is_valid_cyclonedx(bom: str) -> None:
    told = json.loads(bom)
    told["components"] = told["components"][:: amount(12, 1)]  # the schema takes a tenth of a second for each
    wrong = JsonStrictValidator(SchemaVersion.from_version(told["specVersion"])).validate_str(json.dumps(told))
    assert wrong is None, str(wrong)[-2000:]


def test_the_bill_of_materials_names_every_locked_package_and_what_the_wheel_brings_from_npm(bom: str) -> None:
    listed = {part["purl"] for part in json.loads(bom)["components"]}
    npm = {purl for purl in listed if purl.startswith("pkg:npm/")}
    assert {re.sub(r"@[^@]*$", "", purl) for purl in npm} == {
        "pkg:npm/%40expo-google-fonts/source-sans-3", "pkg:npm/leaflet", "pkg:npm/world-atlas",
    }  # fmt: skip
    assert listed - npm == {f"pkg:pypi/{name}@{version}" for name, version in pins("requirements.lock")}


def test_the_bill_of_materials_states_the_licence_of_every_installed_package_and_no_path_of_the_machine(bom: str) -> None:
    parts = json.loads(bom)["components"]
    assert [part["name"] for part in parts if "description" in part and not part.get("licenses")] == []
    assert "file://" not in bom


# installed -------------------------------------------------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_installed_wheel_builds_the_example_without_the_repository(tmp_path: Path, releases: tuple[Path, Path], built: Path) -> None:
    packages = tmp_path / "packages"
    zipfile.ZipFile(wheel_of(releases[0])).extractall(packages)
    (packages / GAZETTEER).unlink()
    (packages / GAZETTEER).symlink_to(ROOT / GAZETTEER)
    command = [sys.executable, "-I", "-S", "-c", WITHOUT_SITE, str(packages), sysconfig.get_path("purelib"), "build", "--example"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "output/map.html\n"
    made = files(tmp_path / "output")
    assert [name for name, content in files(built).items() if made.get(name) != content] == []


@pytest.mark.trust
@pytest.mark.skipif(not LONG, reason="installs every package from the network: the long profile")
def test_a_new_environment_installs_the_release_by_hashes_and_builds_the_example(
    tmp_path: Path, releases: tuple[Path, Path], built: Path
) -> None:
    """All as a reader does it: a fresh environment, packages by the lock file with hashes, the wheel by its own hash."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    python, wheel = tmp_path / "venv" / "bin" / "python", wheel_of(releases[0])
    pip = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*pip, "-r", str(releases[0] / "requirements.lock")], check=True)
    (tmp_path / "wheel.txt").write_text(f"{wheel} --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}\n")
    subprocess.run([*pip, "--no-deps", "-r", str(tmp_path / "wheel.txt")], check=True)
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(tmp_path / "venv" / "bin" / "citemap"), "build", "--example"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    made, expected = files(tmp_path / "output"), files(built)
    different = [name for name in expected if made.get(name) != expected[name]]
    same = wheel.read_bytes() == wheel_of(releases[1]).read_bytes()
    note(
        "release", rebuilt_bit_for_bit=same, wheel_bytes=wheel.stat().st_size, files_compared=len(expected), files_different=len(different)
    )
    assert different == []
