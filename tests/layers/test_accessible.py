"""The page by the rules of WCAG 2.2 AA, judged by axe-core in a real browser: in light, in the dark, on a phone, inside another page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from layers import draw_map
from tests.browser import until
from tests.conftest import ROOT
from tests.layers.fake_gazetteer import FakeGazetteer
from tests.layers.fake_told import make_told_reading
from tests.layers.test_archived import STATE, drawn
from tests.profile import LONG

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
LAPTOP = {"width": 1366, "height": 800}
SIZES: dict[str, dict[str, Any]] = {
    "light": {"viewport": LAPTOP},
    "dark": {"viewport": LAPTOP, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "embed": {"viewport": {"width": 640, "height": 480}},
}
FREE = "[...document.querySelectorAll('.cm-overlay .cm-badge')].find((n) => n.getBoundingClientRect().width && !n.inert)"
TAGS = '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]'
TOLD = """(violations, passes) => passes.length < 20 ? ["axe looked at next to nothing"]
    : violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`))"""
VIOLATIONS = f"""async () => {{
  const {{ violations, passes }} = await axe.run(document, {{ runOnly: {TAGS}, resultTypes: ["violations"] }});
  return ({TOLD})(violations, passes);
}}"""
JUDGED = r"""async () => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const over = (colour, ground) => {
    pen.fillStyle = `rgb(${ground})`; pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  // A number is filled by a gradient of one colour, so that its ring can have another.
  const colourOf = (node) => {
    const { backgroundImage, backgroundColor } = getComputedStyle(node);
    const filled = backgroundImage.match(/^linear-gradient\((rgb\([^)]*\)), \1/);
    return filled ? filled[1] : backgroundColor;
  };
  const groundOf = (node) => node ? over(colourOf(node), groundOf(node.parentElement)) : [255, 255, 255];
  const { violations, passes, incomplete } = await axe.run(document, {
    runOnly: TAGS, resultTypes: ["violations", "incomplete"], elementRef: true,
  });
  const untold = incomplete.filter((rule) => rule.id === "color-contrast").flatMap((rule) => rule.nodes);
  return [(TOLD)(violations, passes), untold.filter((found) => found.element.isConnected).map((found) => {
    const node = found.element, ground = groundOf(node), style = getComputedStyle(node);
    const ink = over(node instanceof SVGElement ? style.fill : style.color, ground);
    const [high, low] = [light(ink), light(ground)].sort((a, b) => b - a);
    const least = parseFloat(found.any[0].data.expectedContrastRatio);
    return [(high + 0.05) / (low + 0.05), least, found.target[0], node.textContent.slice(0, 40), String(ink), String(ground)];
  })];
}""".replace("TAGS", TAGS).replace("TOLD", TOLD)


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory, gazetteer: FakeGazetteer, context_sets: Any) -> Path:
    """A page with all that a page can have: every status, versions that differ, distances, decisions, context."""
    return draw_map(make_told_reading(), gazetteer, context=context_sets).save_offline(tmp_path_factory.mktemp("full") / "map.html")


@pytest.fixture(scope="module", params=SIZES)
def judged(request: pytest.FixtureRequest, full_file: Path, browser: Any) -> dict[str, tuple[list[str], list[Any]]]:
    """Walk through the page in one of the sizes: for all that can be open, axe's violations, and the words whose ground it cannot tell."""
    if not AXE.is_file():
        pytest.fail("no axe-core in node_modules: run `make lint`, which fetches the tools for the page's scripts")
    context = browser.new_context(**SIZES[request.param])
    context.set_offline(True)
    page = context.new_page()
    page.goto(full_file.as_uri() + ("?embed" if request.param == "embed" else ""))
    until(page, FREE)
    page.wait_for_timeout(150)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {"opened": page.evaluate(JUDGED)}
    for key in ("sources", "table", "unmapped", "method", "plans") if LONG or request.param in ("light", "dark") else ("table", "plans"):
        page.evaluate(f"document.querySelector('.cm-tabs button[id$=tab-{key}]').click()")
        page.wait_for_timeout(250)
        found[key] = page.evaluate(JUDGED)
    page.evaluate("document.querySelector('.cm-filter').click()")
    page.fill(".cm-query", "depots", force=True)
    page.wait_for_timeout(250)
    found["find"] = page.evaluate(JUDGED)
    page.evaluate("document.querySelector('.cm-reset').click()")
    if page.locator(".cm-puller").is_visible():
        page.click(".cm-puller")
    until(page, FREE)
    page.evaluate(f"{FREE}.click()")
    until(page, "document.querySelector('.cm-pop')")
    page.wait_for_timeout(250)
    found["note"] = page.evaluate(JUDGED)
    context.close()
    return found


def test_axe_finds_nothing_against_wcag_22_aa_or_good_practice(judged: dict[str, tuple[list[str], list[Any]]]) -> None:
    assert {opened: violations for opened, (violations, _) in judged.items() if violations} == {}


def test_words_whose_ground_axe_cannot_tell_stand_out_from_it_all_the_same(judged: dict[str, tuple[list[str], list[Any]]]) -> None:
    assert sum(len(rows) for _, rows in judged.values()) > 20
    assert {opened: faint for opened, (_, rows) in judged.items() if (faint := [row for row in rows if row[0] < row[1]])} == {}


@pytest.mark.parametrize("size", ["light", "dark", "phone"])
def test_axe_finds_nothing_in_the_map_of_an_archive(size: str, browser: Any, tmp_path: Path) -> None:
    if not AXE.is_file():
        pytest.fail("no axe-core in node_modules: run `make lint`, which fetches the tools for the page's scripts")
    context = browser.new_context(**SIZES[size])
    context.set_offline(True)
    page = context.new_page()
    page.goto(drawn().save_offline(tmp_path / "archive.html").as_uri())
    until(page, "document.querySelector('.cm-archived-ready')", seconds=20)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {"opened": page.evaluate(JUDGED)}
    page.evaluate(f"void {STATE}.pick({{ place: 0 }}, {{ by: 'map' }})")
    until(page, "document.querySelector('.cm-archived-quotes[data-ready]')")
    page.wait_for_timeout(250)
    found["card"] = page.evaluate(JUDGED)
    context.close()
    assert {opened: violations for opened, (violations, _) in found.items() if violations} == {}
    assert {opened: faint for opened, (_, rows) in found.items() if (faint := [row for row in rows if row[0] < row[1]])} == {}
