"""How long pages take in a real browser, with the network off: until their marks are painted, until a press is answered, frame by frame.

What a page would fetch is answered from ``benchmarks/node_modules`` (``npm ci`` in that folder); what is not there gets an empty answer and
is named. A page's marks are painted at the frame after the one in which they first exist: as elements, as many as there are, or as circles
that were drawn on a canvas. The time runs from the start of the navigation, and is the same for all.
"""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")
SIZE = {"width": 1366, "height": 800}
PARTS = Path(__file__).resolve().parent / "node_modules"

_WATCH = """
(() => {
  let drawn = false;
  const arc = CanvasRenderingContext2D.prototype.arc;
  CanvasRenderingContext2D.prototype.arc = function (...how) {
    drawn = drawn || this.canvas.isConnected;
    return arc.apply(this, how);
  };
  const there = () => (window.__marks ? document.querySelectorAll(window.__marks[0]).length >= window.__marks[1] : drawn);
  const look = () => requestAnimationFrame(() => {
    if (!there()) return look();
    requestAnimationFrame(() => { window.__painted = performance.now(); });
  });
  look();
})();
"""

_PRESS = """
() => new Promise((done) => {
  const { map, points: [{ layer }] } = Object.values(window).find((value) => value instanceof L.Map).citemap;
  const ask = (zoom) => {
    map.setView([30, 140], zoom, { animate: false });
    const size = map.getSize();
    return layer.inView().filter((sign) => sign.n === 1).find((sign) => {
      const at = layer.at(sign);
      return at.x > 250 && at.x < size.x - 100 && at.y > 150 && at.y < size.y - 100;
    });
  };
  let sign = null;
  for (let zoom = Math.ceil(map.getZoom()); !sign && zoom < 12; zoom++) sign = ask(zoom);
  const at = layer.at(sign), frame = map.getContainer().getBoundingClientRect();
  window.addEventListener("pointerdown", () => {
    const begin = performance.now();
    const look = () => requestAnimationFrame(() => {
      const said = document.querySelector(".leaflet-popup-content blockquote");
      if (!said) return look();
      requestAnimationFrame(() => setTimeout(() => { window.__answered = performance.now() - begin; }));
    });
    look();
  }, { capture: true, once: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done([at.x + frame.left, at.y + frame.top])));
})
"""

_FRAMES = """
() => { let last = performance.now(); window.__frames = [];
  const step = (now) => { window.__frames.push(now - last); last = now; requestAnimationFrame(step); }; requestAnimationFrame(step); }
"""


@contextmanager
def a_browser(found: str | None) -> Iterator[Browser]:
    """Run a Chromium: the one at a path, else Playwright's own."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=list(ARGUMENTS))
        try:
            yield running
        finally:
            running.close()


class Shelf:
    """Answers what a page asks of the network from the files at hand, and remembers what it could not answer."""

    def __init__(self) -> None:
        self.missing: set[str] = set()
        self._by_name = {path.name: path for path in sorted(PARTS.rglob("*")) if path.is_file() and "/dist/" in path.as_posix()}
        self._by_name |= {path.name: path for path in sorted(PARTS.rglob("webfonts/*"))}

    def find(self, url: str) -> Path | None:
        """Return the file for an address: by package, version and path where it names them, else by its last name."""
        path = re.sub(r"[?#].*", "", url).split("//", 1)[-1].partition("/")[2]
        named = re.fullmatch(r"npm/((?:@[^/]+/)?[^@/]+)@[^/]+/(.+)", path)
        if named and (PARTS / named[1] / named[2]).is_file():
            return PARTS / named[1] / named[2]
        return self._by_name.get(re.sub(r"-\d+\.\d+\.\d+", "", path.rsplit("/", 1)[-1]))

    def answer(self, route: Route) -> None:
        """Fulfil a request; an address that nothing answers to gets an empty file."""
        url = route.request.url
        found = self.find(url)
        if found is None:
            self.missing.add(url.rsplit("/", 1)[-1])
        kind = mimetypes.guess_type(url)[0] or "application/octet-stream"
        route.fulfill(
            status=200, body=found.read_bytes() if found else b"", headers={"content-type": kind, "access-control-allow-origin": "*"}
        )


def open_page(browser: Browser, file: Path, shelf: Shelf, marks: tuple[str, int] | None, *, patience: float = 120) -> tuple[Page, float]:
    """Open a file in a context of its own; return the page and the milliseconds until its marks were painted.

    ``marks`` is a selector and how many elements of it there must be; None waits for circles on a canvas.
    """
    context = browser.new_context(viewport=SIZE)
    page = context.new_page()
    page.route(re.compile("^https?:"), shelf.answer)
    page.add_init_script((f"window.__marks = {list(marks)!r};" if marks else "") + _WATCH)
    page.goto(file.as_uri(), wait_until="commit", timeout=patience * 1000)
    page.wait_for_function("() => window.__painted", timeout=patience * 1000, polling=100)
    return page, float(page.evaluate("window.__painted"))


def press(page: Page) -> float:
    """Press a point of citemap's page that stands alone; return the milliseconds until its text was painted."""
    x, y = page.evaluate(_PRESS)
    page.mouse.click(x, y)
    page.wait_for_function("() => window.__answered", timeout=20_000)
    return float(page.evaluate("window.__answered"))


def longest_frame(page: Page, seconds: float = 5.0) -> dict[str, float]:
    """Drag and zoom a map that long; return the longest frame, and the 99th of a hundred, in milliseconds."""
    width, height = SIZE["width"], SIZE["height"]
    page.evaluate(_FRAMES)
    begin = page.evaluate("performance.now()")
    step = 0
    while page.evaluate("performance.now()") - begin < seconds * 1000:
        page.mouse.move(width * 0.6, height * 0.5)
        page.mouse.down()
        for i in range(1, 13):
            page.mouse.move(width * 0.6 - 30 * i, height * 0.5 + 8 * i)
        page.mouse.up()
        page.wait_for_timeout(60)
        page.mouse.wheel(0, -240 if step % 4 < 2 else 240)
        page.wait_for_timeout(350)
        step += 1
    frames = sorted(page.evaluate("window.__frames"))
    return {"longest_ms": frames[-1], "p99_ms": frames[int(len(frames) * 0.99)], "frames": len(frames)}
