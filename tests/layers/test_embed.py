"""The page inside other pages: in frames with and without an origin, in notebooks, at any width."""

from __future__ import annotations

from html import escape

import pytest

LISTEN = "<script>window.heard = []; addEventListener('message', (event) => heard.push(event.data));</script>"
SANDBOX = "allow-scripts allow-popups"


@pytest.fixture()
def host(tmp_path, visit):
    """Open a page that holds a frame and keeps what the frame tells it."""

    def open_host(frame: str, *, head: str = "", width: int = 800):
        (tmp_path / "host.html").write_text(
            f"<!DOCTYPE html><meta charset=utf-8>{head}<body>{LISTEN}{frame}",
            encoding="utf-8",
        )
        page = visit(tmp_path / "host.html", width=width, height=900)
        page.frame_locator("iframe").locator(".cm-overlay .cm-badge:visible").first.wait_for()
        return page

    return open_host


def test_embedded_the_pane_is_out_of_sight_until_a_popup_leads_to_a_note(page_file, visit):
    for width, height in ((900, 600), (390, 600)):
        page = visit(page_file, width=width, height=height, query="?embed")
        assert not page.locator(".cm-pane").is_visible()
        page.evaluate("document.querySelector('.cm-overlay .cm-badge[data-plan=\"one-1\"]').click()")
        page.locator(".cm-pop button", has_text="Show the note").click()
        assert page.locator(".cm-card.cm-on").is_visible()
        page.click(".cm-puller")
        assert not page.locator(".cm-pane").is_visible()


def test_a_frame_without_an_origin_shows_the_map_and_tells_the_height_it_would_like(page_file, host):
    page = host(f'<iframe sandbox="{SANDBOX}" width=700 height=500 src="{page_file.as_uri()}?embed"></iframe>')
    page.wait_for_function("heard.some((data) => data.type === 'citemap:height')")
    heights = page.evaluate("heard.filter((data) => data.type === 'citemap:height').map((data) => data.height)")
    assert 400 < heights[-1] < 900 and page.said == []


def test_a_frame_whose_page_stands_in_its_srcdoc_shows_the_map(page_file, host):
    page = host(f'<iframe sandbox="{SANDBOX}" width=760 height=500 srcdoc="{escape(page_file.read_text(encoding="utf-8"))}"></iframe>')
    frame = page.frame_locator("iframe")
    frame.locator(".cm-key[data-status=agreed]").click()
    assert frame.locator("path.cm-country").count() == 2 and page.said == []


def test_a_notebook_whose_own_policy_is_that_of_an_editor_shows_the_map(plan_map, host):
    policy = (
        "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' https: data:; style-src 'unsafe-inline' https: data:; "
        "img-src https: data:; frame-src *; connect-src https:"
    )
    page = host(plan_map._repr_html_(), head=f'<meta http-equiv="Content-Security-Policy" content="{policy}">')
    assert page.frame_locator("iframe").locator("path.cm-chain").count() == 1 and page.said == []


@pytest.mark.parametrize("query", ["", "?embed"])
def test_from_the_narrowest_phone_to_the_widest_wall_nothing_hangs_over_the_edge(page_file, visit, query):
    for width, height in ((320, 480), (3840, 2160)):
        page = visit(page_file, width=width, height=height, query=query)
        wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth, document.querySelector('.cm-map').offsetHeight]")
        assert wide[0] <= wide[1] and wide[2] >= 0.4 * height


def test_a_frame_that_is_laid_out_after_its_script_ran_shows_the_map(page_file, tmp_path, visit):
    frame = f'<iframe sandbox="{SANDBOX}" src="{page_file.as_uri()}?embed" width=0 height=0></iframe>'
    (tmp_path / "late.html").write_text(f"<!DOCTYPE html><meta charset=utf-8><body>{frame}", encoding="utf-8")
    page = visit(tmp_path / "late.html", width=800, height=900)
    page.frame_locator("iframe").locator(".cm-ready").wait_for(state="attached")
    page.evaluate("void Object.assign(document.querySelector('iframe'), { width: 700, height: 500 })")
    page.frame_locator("iframe").locator("path.cm-chain").wait_for()
    assert page.said == []
