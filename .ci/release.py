"""Make a release: a wheel that rebuilds bit for bit, what it is made of (CycloneDX), the lock file and the hashes of all three.

``python .ci/release.py FOLDER``, or `make release`, which makes first what the wheel brings along.

Equal commits give equal bytes with the same Python and zlib, whatever the folder, umask, time zone, language and hash seed. Files carry the
time of the last commit, or that of SOURCE_DATE_EPOCH, which also lets a tree be built that has changes.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKED = ("pyproject.toml", "README.md", "requirements.txt", "geo", "sources", "layers", "archive", "citemap")
MADE = (
    "geo/data/built/gazetteer.sqlite", "geo/data/vendor/*.json", "layers/data/built/*", "layers/web/vendor/*",
    "layers/figure/fonts/*",
)  # fmt: skip
"""What `make setup` fetches or makes, git does not keep, and the wheel brings along."""
LOCKED = re.compile(r"^([\w.-]+)==(\S+)", re.M)
BUILD = "import os, sys; os.umask(0o022); from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"


def main() -> None:
    """Write the release into the folder that is named, else into dist/, and print its files."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "dist")
    folder.mkdir(parents=True, exist_ok=True)
    wheel = make_wheel(folder.resolve(), _epoch())
    bom = wheel.with_name(f"{'-'.join(wheel.name.split('-')[:2])}.cdx.json")
    bom.write_bytes((json.dumps(make_bom(wheel), indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode())
    lock = Path(shutil.copyfile(ROOT / "requirements.lock", folder / "requirements.lock"))
    sums = folder / "SHA256SUMS"
    sums.write_bytes("".join(f"{_sha256(path)}  {path.name}\n" for path in (bom, wheel, lock)).encode())
    for path in (wheel, bom, lock, sums):
        print(path)


def make_wheel(folder: Path, epoch: str) -> Path:
    """Build the wheel from a copy that holds only what belongs into it, and return its path."""
    with tempfile.TemporaryDirectory(prefix="citemap-release-") as temporary:
        copy, built = Path(temporary, "citemap"), Path(temporary, "built")
        for path in _packed():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / path, copy / path)
            (copy / path).chmod(0o644)
        built.mkdir()
        settled = {"SOURCE_DATE_EPOCH": epoch, "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-c", BUILD, str(built)], cwd=copy, env=os.environ | settled, capture_output=True, text=True, check=False
        )
        if done.returncode:
            sys.exit(f"the wheel could not be built:\n{done.stderr}")
        (wheel,) = built.glob("*.whl")
        return Path(shutil.move(wheel, folder / wheel.name))


def make_bom(wheel: Path) -> dict[str, Any]:
    """Return what the wheel needs and brings along: the locked Python packages, as CycloneDX's own tool tells them, and those from npm."""
    told = _environment()
    parts = [told.get(f"{_key(name)}=={version}") or _package(name, version) for name, version in _locked()]
    refs = {_key(part["name"]): str(part["bom-ref"]) for part in parts}
    brought = list(_brought())
    name, version = wheel.name.split("-")[:2]
    own = {"type": "application", "bom-ref": f"{name}=={version}", "name": name, "version": version}
    own["purl"] = f"pkg:pypi/{name}@{version}"
    hashes = [{"alg": "SHA-256", "content": _sha256(wheel)}]
    needs = [{"ref": own["bom-ref"], "dependsOn": sorted([*_direct(refs), *(part["bom-ref"] for part in brought)])}]
    kept = {str(part["bom-ref"]) for part in parts}
    for entry in told[""]["dependencies"]:
        if entry["ref"] in kept:
            needs.append({"ref": entry["ref"], "dependsOn": sorted(kept & set(entry.get("dependsOn", ())))})
    return {
        "$schema": told[""]["$schema"],
        "bomFormat": "CycloneDX",
        "specVersion": told[""]["specVersion"],
        "version": 1,
        "metadata": {"component": own | {"hashes": hashes}, "tools": told[""]["metadata"]["tools"]},
        "components": sorted([*parts, *brought], key=lambda part: part["bom-ref"]),
        "dependencies": sorted(needs, key=lambda entry: entry["ref"]),
    }


def _packed() -> list[Path]:
    """What goes into the wheel, as paths from the root: the files that git keeps (without git: all), and what setup made."""
    listed = _git("ls-files", "-z", "--", *PACKED)
    if listed is None:
        paths = [p for name in PACKED for p in (sorted((ROOT / name).rglob("*")) if (ROOT / name).is_dir() else [ROOT / name])]
        names = [str(p.relative_to(ROOT)) for p in paths if "__pycache__" not in p.parts]
    else:
        names = [name for name in listed.split("\0") if name]
    made = {pattern: sorted(ROOT.glob(pattern)) for pattern in MADE}
    if missing := [pattern for pattern, found in made.items() if not found]:
        sys.exit(f"{', '.join(missing)}: not here; run 'make setup' first")
    articles = [f"citemap/articles/{path.name}" for path in sorted((ROOT / "articles").glob("*.md"))]
    every = {*names, *articles, *(str(path.relative_to(ROOT)) for found in made.values() for path in found)}
    return [Path(name) for name in sorted(every) if (ROOT / name).is_file()]


def _epoch() -> str:
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return given
    changed = _git("status", "--porcelain", "--untracked-files=no")
    if changed is None:
        sys.exit("this is no git repository, so the time of the last commit is not known; set SOURCE_DATE_EPOCH to a number of seconds")
    if changed.strip():
        sys.exit(f"not committed:\n{changed}commit it first, or set SOURCE_DATE_EPOCH for a trial")
    return str(_git("log", "-1", "--format=%ct")).strip()


def _git(*arguments: str) -> str | None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return None
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _locked() -> list[tuple[str, str]]:
    """Every Python package of the lock file, with its version: more than one where platforms or Pythons need others."""
    return sorted(set(LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8"))))


def _direct(refs: dict[str, str]) -> list[str]:
    return [refs[_key(name)] for name, _ in LOCKED.findall((ROOT / "requirements.txt").read_text(encoding="utf-8"))]


def _environment() -> dict[str, dict[str, Any]]:
    """The packages of this Python's environment by name and version, and under "" the whole document."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible", "--no-validate", sys.executable]
    clean = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    told = json.loads(subprocess.run(command, env=clean, capture_output=True, check=True).stdout)
    return {"": told} | {f"{_key(part['name'])}=={part['version']}": _licenced(part) for part in told["components"]}


def _licenced(part: dict[str, Any]) -> dict[str, Any]:
    """A package with its licence in the words of its own metadata, where CycloneDX's tool makes nothing of them ("BSD")."""
    said = importlib.metadata.metadata(part["name"]).get("License", "") if not part.get("licenses") else ""
    return part | {"licenses": [{"license": {"name": said.splitlines()[0]}}]} if said else part


def _package(name: str, version: str) -> dict[str, Any]:
    """A locked package that another platform or Python needs, hence without its licence."""
    purl = f"pkg:pypi/{_key(name)}@{version}"
    return {"type": "library", "bom-ref": f"{name}=={version}", "name": name, "version": version, "purl": purl}


def _brought() -> list[dict[str, Any]]:
    """The packages from npm whose files lie in the wheel."""
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    brought = []
    for path, facts in sorted(packages.items()):
        if not path or facts.get("dev"):
            continue
        name, version = path.removeprefix("node_modules/"), facts["version"]
        algorithm, _, digest = facts["integrity"].partition("-")
        part = {"type": "library", "bom-ref": f"npm:{name}@{version}", "name": name, "version": version}
        part["purl"] = f"pkg:npm/{name.replace('@', '%40')}@{version}"
        hashes = [{"alg": algorithm.upper().replace("SHA", "SHA-"), "content": base64.b64decode(digest).hex()}]
        licences = [{"expression": facts["license"]}]
        brought.append(part | {"hashes": hashes, "licenses": licences})
    return brought


if __name__ == "__main__":
    main()
