"""Programs that the tests read our files back with: GDAL's ogrinfo, LibreOffice, Poppler's pdftoppm.

Run it to install those that are missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

PACKAGES = {"ogrinfo": "gdal-bin", "soffice": "libreoffice-writer-nogui", "pdftoppm": "poppler-utils"}
"""Each program with the Debian package that brings it."""

OTHER_NAMES = {"soffice": ("soffice", "libreoffice")}


def find(name: str) -> str:
    """Return the path of a program of ``PACKAGES``; a test that asks for one that is not here fails, and says what to install."""
    path = _path(name)
    if path is None:
        raise FileNotFoundError(f"{name} is not here: run 'make tools', or install Debian's package '{PACKAGES[name]}'")
    return path


def missing() -> list[str]:
    """Return the names of the programs that are not here."""
    return [name for name in PACKAGES if _path(name) is None]


def _path(name: str) -> str | None:
    return next((path for other in OTHER_NAMES.get(name, (name,)) if (path := shutil.which(other))), None)


def _install(names: list[str]) -> None:
    """Install packages quietly, in one call, where this is Debian and we may."""
    packages = [PACKAGES[name] for name in names]
    print(f"installing for the tests: {' '.join(packages)}", file=sys.stderr)
    quiet = {"check": False, "stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quiet)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], **quiet)


def main() -> None:
    """Say which programs the tests will read files back with; exit 1 where one is missing and cannot be installed."""
    if missing() and shutil.which("apt-get") and os.geteuid() == 0:
        _install(missing())
    if missing():
        packages = " ".join(PACKAGES[name] for name in missing())
        sys.exit(f"the tests need {', '.join(missing())}: install them (for example 'apt-get install {packages}')")
    print(f"programs for the tests: {', '.join(find(name) for name in PACKAGES)}", file=sys.stderr)


if __name__ == "__main__":
    main()
