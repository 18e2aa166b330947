"""Take the pictures of the map page and of the figure that stand in this folder: ``make screenshots``.

The page is built from the digests in ``articles/``, which are in our own words; the browser is the one that the tests drive, with the
network off.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import citemap  # noqa: E402
from tests.browser import ARGUMENTS, find  # noqa: E402

SHOTS: dict[str, dict[str, Any]] = {
    "laptop": {"size": (1366, 800)},
    "phone": {"size": (390, 780), "touch": True},
    "dark": {"size": (1366, 800), "dark": True},
    "print": {"size": (794, 1123), "print": True},
    "embed": {"size": (760, 560), "query": "?embed"},
    "japanese": {"size": (1366, 800), "language": "ja"},
}
"""What is shown in which picture: the window in CSS pixels, and in what mode of the browser."""


def main() -> None:
    """Write the pictures and print their paths."""
    from playwright.sync_api import sync_playwright

    reading = citemap.read(ROOT / "articles")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        pages = {
            language: citemap.draw(reading, language=language).save_offline(Path(folder) / f"{language}.html") for language in ("en", "ja")
        }
        browser = playwright.chromium.launch(executable_path=find(), args=list(ARGUMENTS))
        for name, shot in SHOTS.items():
            width, height = shot["size"]
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if shot.get("dark") else "light",
                has_touch=bool(shot.get("touch")),
                reduced_motion="reduce",
                offline=True,
            )
            page = context.new_page()
            if shot.get("print"):
                page.emulate_media(media="print")
            page.goto(pages[shot.get("language", "en")].as_uri() + shot.get("query", ""))
            page.wait_for_selector(".cm-overlay .cm-badge")
            page.wait_for_timeout(400)
            path = Path(__file__).parent / f"{name}.png"
            page.screenshot(path=path, clip={"x": 0, "y": 0, "width": width, "height": height})
            context.close()
            print(path.relative_to(ROOT))
        browser.close()
    for size in ("double", "slide"):
        path = Path(__file__).parent / f"figure-{size}.png"
        path.write_bytes(citemap.figure(reading, size=size).png(dpi=110 if size == "slide" else 150))
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
