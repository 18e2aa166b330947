"""Text is data: what articles and gazetteers say runs nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layers import draw_map, load_context
from sources import Reading, ReportedPlan
from tests.layers.fake_gazetteer import PLACES, FakeGazetteer
from tests.layers.fake_reading import at, make_article, make_quote
from tests.profile import LONG

HOSTILE = (
    "<img src=x onerror=\"window.broken=1\">",
    "</script><script>window.broken=1</script>",
    "`; window.broken=1; `",
    "${window.broken=1}",
    "{{ 7 * 7 }}{% raise %}{#",
    "'\"><svg onload=window.broken=1>",
    "<!--<script>",
    "\u2028window.broken=1\u2029",
    "</style><b>&lt;i&gt;&amp;",
)  # fmt: skip


def hostile_reading(text: str) -> tuple[Reading, FakeGazetteer]:
    place = replace(PLACES[0], id="evil", name=f"Isle {text}")
    point = replace(PLACES[0], id="evil-point", name=text, extent="point", feature_code="PPL", population=9_000_000)
    gazetteer = FakeGazetteer(place, point, shapes={"evil": FakeGazetteer().shape("nansei")})
    article = make_article(
        "one", f"A title {text}\n\nThey plan it {text} here.", title=f"T {text}", publisher=text, url="javascript:window.broken=1",
        origin=text,
    )  # fmt: skip
    quote = make_quote(article, f"They plan it {text} here.", text, url="javascript:window.broken=1")
    plan = ReportedPlan(
        id=f"p {text}", number=1, summary=f"S {text}", status="planned", quotes=(quote,), places=(at(place, text), at(point, text)),
        when="2024", when_said=text, condition=text, origins=(text,), lacks=(text,),
    )  # fmt: skip
    return Reading(articles=(article,), plans=(plan,)), gazetteer


@pytest.mark.trust
@pytest.mark.parametrize("text", HOSTILE if LONG else HOSTILE[::3])
def test_hostile_words_run_nothing_and_leave_the_map_whole(text, visit, tmp_path):
    reading, gazetteer = hostile_reading(text)
    page = visit(draw_map(reading, gazetteer, title=f"Map {text}", deck=text).save_offline(tmp_path / "map.html"))
    page.evaluate("document.querySelector('.cm-group .cm-badge').click()")
    page.wait_for_timeout(120)
    assert page.evaluate("window.broken") is None and page.said == []
    assert page.locator("path.cm-chain").count() == 1
    assert page.eval_on_selector(".cm-title", "(n) => n.textContent") == f"Map {text}"
    assert page.eval_on_selector(".cm-card h3", "(n) => n.textContent") == f"S {text}"
    assert page.eval_on_selector(".cm-pop blockquote", "(n) => n.textContent") == f"“They plan it {text} here.”"
    assert page.locator("img, [onerror], [onload]").count() == 0


def test_a_script_address_never_becomes_a_link(visit, tmp_path):
    reading, gazetteer = hostile_reading("plain")
    page = visit(draw_map(reading, gazetteer).save_offline(tmp_path / "map.html"))
    assert page.locator("a[href^='javascript']").count() == 0
    assert "javascript:" not in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_a_hostile_context_file_runs_nothing(visit, tmp_path, reading, gazetteer):
    (tmp_path / "evil.json").write_text(
        '{"id":"e","label":"<img src=x onerror=window.broken=1>","legend":"<img src=x onerror=window.broken=1>",'
        '"shown_when":{"place":"c:PH","words":["radar"]},"citations":[{"id":"c","title":"${window.broken=1}","URL":"javascript:window.broken=1"}],'
        '"sites":[{"place":"site:basa","citation":"c"}]}',
        encoding="utf-8",
    )
    page = visit(draw_map(reading, gazetteer, context=load_context(tmp_path)).save_offline(tmp_path / "map.html"))
    page.evaluate("document.querySelector('.cm-site').focus()")
    page.keyboard.press("Enter")
    assert page.evaluate("window.broken") is None and page.locator(".cm-pop a").count() == 0
