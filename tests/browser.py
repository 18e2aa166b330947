"""A browser for the tests: one on the PATH, else Playwright's own, else the distribution's package.

Run it to install one where there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find() -> str | None:
    """Return the path of a Chromium, or None where there is none."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def until(page: Any, expression: str, *, seconds: float = 5) -> None:
    """Wait until an expression is true in a page; unlike Playwright's own waiting, also where the page's policy forbids ``eval``."""
    asked = f"""() => new Promise((tell, fail) => {{
      const end = Date.now() + 1000;
      const look = () => {{
        try {{
          if ({expression}) tell(true);
          else if (Date.now() > end) tell(false);
          else setTimeout(look, 30);
        }} catch (error) {{
          fail(error);
        }}
      }};
      look();
    }})"""
    for _ in range(max(1, round(seconds))):
        if page.evaluate(asked):
            return
    raise TimeoutError(f"not true within {seconds:g} s: {expression}")


def _install() -> str | None:
    print("no browser found; trying Playwright's download", file=sys.stderr)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, capture_output=True)
    found = find()
    if found or not shutil.which("apt-get") or os.geteuid() != 0:
        return found
    print("Playwright's download failed; trying the distribution's package", file=sys.stderr)
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", "chromium"],
        check=False,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    return find()


def main() -> None:
    """Say which browser the tests will drive; exit 1 where there is none and none can be installed."""
    path = find() or _install()
    if path is None:
        sys.exit("the tests need a browser: install Chromium (for example 'apt-get install chromium') or run 'playwright install chromium'")
    print(f"browser for the tests: {path}", file=sys.stderr)


if __name__ == "__main__":
    main()
