"""The saved page in a real browser: offline, complete, usable."""

from __future__ import annotations

import json
from dataclasses import replace

from layers import draw_map
from tests.browser import until

OVERLAP = """() => {
  const nodes = [...document.querySelectorAll('.cm-overlay .cm-group')].filter((n) => getComputedStyle(n).visibility !== 'hidden');
  const panels = [...document.querySelectorAll('.cm-legend, .leaflet-control')];
  const rect = (n) => n.getBoundingClientRect();
  const hit = (a, b) => a.left < b.right - 1 && a.right > b.left + 1 && a.top < b.bottom - 1 && a.bottom > b.top + 1;
  const found = [];
  nodes.forEach((a, i) => {
    for (const b of [...nodes.slice(i + 1), ...panels]) if (hit(rect(a), rect(b))) found.push(a.textContent + ' / ' + b.className);
  });
  return found;
}"""


def test_a_saved_page_asks_the_network_for_nothing(page_file, visit):
    page = visit(page_file)
    assert page.asked == [page_file.as_uri()]


def test_a_saved_page_says_nothing_on_the_console(page_file, visit):
    page = visit(page_file)
    for key in ("sources", "unmapped", "method", "plans"):
        page.click(f".cm-tabs button[id$=tab-{key}]")
    page.click(".cm-overlay .cm-badge >> nth=0")
    page.wait_for_timeout(200)
    assert page.said == []


def test_each_plan_with_a_place_has_a_number_on_the_map(page_file, look_at, reading):
    page = look_at(page_file)
    shown = page.evaluate("""() => [...document.querySelectorAll('.cm-group .cm-badge')]
      .filter((n) => n.getBoundingClientRect().width && getComputedStyle(n).visibility !== 'hidden').map((n) => n.textContent)""")
    assert sorted(shown, key=int) == [str(plan.number) for plan in reading.plans if plan.places]


def test_a_plan_without_a_place_is_listed_with_the_reason(page_file, look_at):
    page = look_at(page_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    text = page.inner_text(".cm-panel-unmapped")
    assert "Fuel from the other side" in text and "the articles name no place for it" in text


def test_a_file_that_could_not_be_read_is_listed_with_what_to_do(page_file, look_at):
    page = look_at(page_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    assert "not a text; convert it to .txt" in page.inner_text(".cm-panel-unmapped")


def test_a_context_site_that_the_gazetteer_lacks_is_listed(page_file, look_at):
    page = look_at(page_file, query="#tab=unmapped")
    page.click(".cm-tabs button[id$=tab-unmapped]")
    assert "site:nowhere" in page.inner_text(".cm-panel-unmapped")


def test_each_card_shows_every_quote_of_its_plan_as_the_article_has_it_and_each_popup_one(page_file, visit, reading):
    page = visit(page_file)
    texts = {article.id: article.text for article in reading.articles}
    for card, plan in enumerate(reading.plans):
        quotes = page.locator(".cm-card").nth(card).locator("blockquote").all_text_contents()
        assert [quote[1:-1] for quote in quotes] == [quote.exact for quote in plan.quotes]
    for plan in reading.plans:
        if not plan.places:
            continue
        page.evaluate(f"document.querySelector('.cm-group .cm-badge[data-plan=\"{plan.id}\"]').click()")
        page.wait_for_timeout(60)
        quotes = page.eval_on_selector_all(".cm-pop blockquote", "(nodes) => nodes.map((n) => n.textContent)")
        assert len(quotes) == 1 and quotes[0][1:-1] in [quote.exact for quote in plan.quotes]
        assert all(quote.exact in texts[quote.article_id] for quote in plan.quotes)


def test_numbers_stand_neither_on_each_other_nor_under_a_panel(page_file, visit):
    for width, height in ((1366, 800), (1920, 1080), (1024, 700), (390, 844)):
        assert visit(page_file, width=width, height=height).evaluate(OVERLAP) == []


def test_every_mark_that_leads_is_inside_the_opening_view(page_file, look_at):
    page = look_at(page_file)
    outside = page.evaluate("""() => {
      const map = document.querySelector('.cm-map').getBoundingClientRect();
      return [...document.querySelectorAll('.cm-shape:not(.cm-region)')].map((n) => n.getBoundingClientRect())
        .filter((r) => r.left < map.left || r.right > map.right || r.top < map.top || r.bottom > map.bottom).length;
    }""")
    assert outside == 0


def test_a_country_is_drawn_as_its_area_and_not_as_a_pin(page_file, look_at):
    page = look_at(page_file)
    boxes = page.eval_on_selector_all("path.cm-country", "(nodes) => nodes.map((n) => n.getBoundingClientRect().height)")
    assert len(boxes) == 3 and min(boxes) > 150
    assert page.locator(".cm-point").count() == 1


def test_a_press_on_the_legend_hides_the_marks_and_the_notes_of_that_status(page_file, visit):
    page = visit(page_file)
    button = page.locator(".cm-key[data-status=agreed]")
    assert button.get_attribute("aria-pressed") == "true" and page.locator("path.cm-country").count() == 3
    button.click()
    assert button.get_attribute("aria-pressed") == "false" and page.locator("path.cm-country").count() == 2
    assert page.locator(".cm-group .cm-s-agreed").is_hidden() and page.locator(".cm-card:visible").count() == 8
    assert "8 of 9 plans" in page.inner_text(".cm-filtered")


def test_a_press_on_the_number_of_a_note_shows_its_marks_and_on_a_phone_opens_the_words(page_file, visit):
    page = visit(page_file)
    page.click(".cm-card .cm-badge >> nth=1")
    page.wait_for_timeout(700)
    assert page.locator(".cm-pop").count() == 0 and page.inner_text(".cm-card.cm-on h3") == "Radar units in the Philippines"
    assert page.locator(".cm-overlay .cm-badge.cm-on:visible").count() >= 1
    phone = visit(page_file, width=390, height=844)
    phone.evaluate("document.querySelectorAll('.cm-card .cm-badge')[1].click()")
    phone.wait_for_selector(".cm-pop")
    assert phone.inner_text(".cm-pop h3") == "Radar units in the Philippines"


def test_a_press_on_a_mark_highlights_its_note(page_file, visit):
    page = visit(page_file)
    page.click(".cm-overlay .cm-badge[data-plan=one-1]")
    assert "Temporary depots" in page.inner_text(".cm-card.cm-on")


def test_a_popup_leads_to_the_card_with_all_quotes(page_file, visit):
    for width, height in ((1280, 800), (390, 844)):
        page = visit(page_file, width=width, height=height, reduced_motion="reduce")
        page.click(".cm-overlay .cm-badge[data-plan=one-1]")
        page.wait_for_selector(".cm-pop")
        # By keyboard: the popup still moves with the map when it has just been opened.
        page.locator(".cm-pop button", has_text="Show the note").press("Enter")
        until(page, "!document.querySelector('.cm-pop')")
        page.wait_for_timeout(400)
        card = page.evaluate("""() => {
          const r = document.activeElement.getBoundingClientRect(), p = document.querySelector('.cm-panels').getBoundingClientRect();
          return [document.activeElement.innerText, document.activeElement.className, r.top >= p.top - 20 && r.top < p.bottom];
        }""")
        assert "Temporary depots" in card[0] and "cm-on" in card[1] and card[2]


def test_an_open_popup_covers_no_number_of_its_mark(page_file, visit, reading):
    page = visit(page_file, width=1280, height=800)
    for badge in page.locator(".cm-overlay .cm-group:not(.cm-g-point):not(.cm-off) .cm-badge").all():
        badge.evaluate("(n) => n.click()")
        page.wait_for_timeout(450)
        covered = badge.evaluate("""(n) => {
          const box = document.querySelector('.leaflet-popup-content-wrapper').getBoundingClientRect();
          return [...n.closest('.cm-group').querySelectorAll('.cm-badge')].map((b) => b.getBoundingClientRect())
            .filter((r) => r.left < box.right && r.right > box.left && r.top < box.bottom && r.bottom > box.top).length;
        }""")
        assert covered == 0


def test_an_open_popup_stands_under_no_panel(page_file, visit):
    page = visit(page_file, width=1280, height=800)
    for badge in page.locator(".cm-overlay .cm-group:not(.cm-off) .cm-badge").all():
        badge.evaluate("(n) => n.click()")
        page.wait_for_timeout(700)
        assert page.evaluate("""() => {
          const box = document.querySelector('.leaflet-popup-content-wrapper').getBoundingClientRect();
          const map = document.querySelector('.cm-map').getBoundingClientRect();
          if (box.top < map.top || box.left < map.left || box.right > map.right) return 9;
          return [...document.querySelectorAll('.cm-legend, .cm-tools')].map((n) => n.getBoundingClientRect())
            .filter((r) => r.left < box.right && r.right > box.left && r.top < box.bottom && r.bottom > box.top).length;
        }""") == 0  # fmt: skip


def test_a_world_region_beyond_the_view_leaves_no_trace_on_it(page_file, look_at):
    page = look_at(page_file)
    seen = page.evaluate("""() => [...document.querySelectorAll('path.cm-region:not(.cm-seen):not(.cm-on)')]
      .filter((n) => getComputedStyle(n).visibility === 'visible').length""")
    assert seen == 0 and page.locator("path.cm-soft:not(.cm-region)").count() >= 1


def test_a_point_with_plans_of_several_statuses_shows_the_sign_of_none(reading, gazetteer, visit, tmp_path):
    plan = next(plan for plan in reading.plans if plan.id == "one-5")
    both = tuple(replace(plan, id=f"k-{status}", number=n, status=status) for n, status in enumerate(("planned", "denied"), 1))
    page = visit(draw_map(replace(reading, plans=both), gazetteer).save_offline(tmp_path / "map.html"))
    drawn = set(page.eval_on_selector_all(".cm-point svg", "(nodes) => nodes.map((n) => n.innerHTML)"))
    assert len(drawn) == 1 and "--denied" not in drawn.pop()
    assert "plans of several statuses at one point" in page.inner_text(".cm-legend")
    page.evaluate("document.querySelector('.cm-point').click()")
    assert page.locator(".cm-pop-note").count() == 2


def test_the_same_article_is_not_named_in_full_twice_in_a_row(page_file, look_at, reading):
    page = look_at(page_file)
    for card, plan in enumerate(reading.plans):
        said = page.locator(".cm-card").nth(card).locator("figcaption").all_text_contents()
        same = [i > 0 and plan.quotes[i - 1].article_id == quote.article_id for i, quote in enumerate(plan.quotes)]
        assert [words.startswith("same article · paragraph") for words in said] == same


def test_escape_closes_a_popup_and_gives_the_focus_back(page_file, visit):
    page = visit(page_file)
    page.focus(".cm-overlay .cm-badge[data-plan=one-1]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cm-pop")
    page.keyboard.press("Escape")
    page.wait_for_timeout(100)
    assert page.locator(".cm-pop").count() == 0
    assert page.evaluate("document.activeElement.dataset.plan") == "one-1"


def test_every_button_and_link_has_a_name(page_file, look_at):
    page = look_at(page_file)
    nameless = page.evaluate("""() => [...document.querySelectorAll('button, a, [role=button], input')]
      .filter((n) => !(n.textContent.trim() || n.getAttribute('aria-label') || (n.labels && n.labels.length))).map((n) => n.outerHTML)""")
    assert nameless == []


def test_the_popup_of_a_context_site_says_that_the_articles_do_not_name_it(page_file, visit):
    page = visit(page_file)
    page.evaluate("document.querySelector('.cm-site').focus()")
    page.keyboard.press("Enter")
    text = page.inner_text(".cm-pop")
    assert "The articles do not name this site." in text and "An office, “The nine sites”, 3 April 2023" in text


def test_the_line_of_a_context_set_begins_by_saying_so(page_file, look_at):
    assert look_at(page_file).inner_text(".cm-key-context .cm-key-name").startswith("Not named in the articles: ")


def test_a_phone_shows_the_map_and_never_scrolls_sideways(page_file, visit):
    page = visit(page_file, width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".cm-map").bounding_box()
    assert box["height"] > 250 and box["y"] + box["height"] <= 844
    assert page.locator(".cm-overlay .cm-badge >> nth=0").is_visible()


def test_a_phone_pulls_the_notes_up_with_a_button(page_file, visit):
    page = visit(page_file, width=390, height=844)
    before = page.locator(".cm-pane").bounding_box()["height"]
    page.click(".cm-puller")
    page.wait_for_timeout(300)
    assert page.locator(".cm-pane").bounding_box()["height"] > before + 300
    assert page.locator(".cm-puller").get_attribute("aria-expanded") == "true"


def test_a_street_map_that_was_chosen_stays_off_until_the_reader_asks(reading, gazetteer, visit, tmp_path):
    tiles = "https://tiles.example/{z}/{x}/{y}.png"
    page = visit(draw_map(reading, gazetteer, tiles=tiles).save_offline(tmp_path / "map.html"))
    assert len(page.asked) == 1
    page.click(".cm-tabs button[id$=tab-method]")
    page.check(".cm-switch input")
    with page.expect_event("request", lambda request: request.url.startswith("https://tiles.example/")):
        page.evaluate("void map_1.panBy([600, 0], { animate: false })")


def test_without_a_street_map_chosen_none_is_offered_and_none_may_be_asked_for(page_file, look_at):
    page = look_at(page_file)
    assert page.locator(".cm-switch").count() == 0
    assert page.get_attribute("meta[http-equiv]", "content").split("img-src ", 1)[1].startswith("data:; ")


def test_the_policy_of_a_page_allows_its_own_scripts_and_styles_by_their_hashes_alone(page_file, visit):
    page = visit(page_file)
    policy = page.get_attribute("meta[http-equiv]", "content")
    assert policy.startswith("default-src 'none'; script-src 'sha256-") and "unsafe" not in policy
    ran = page.evaluate("""() => {
      const script = document.createElement('script');
      script.textContent = 'window.broken = 1';
      document.body.append(script);
      const node = document.createElement('i');
      node.setAttribute('style', 'color: rgb(1, 2, 3)');
      document.body.append(node);
      return [window.broken, getComputedStyle(node).color];
    }""")
    assert ran[0] is None and ran[1] != "rgb(1, 2, 3)"


def test_a_link_learns_nothing_of_the_page(page_file, look_at):
    page = look_at(page_file)
    links = page.eval_on_selector_all(".cm-pane a[href]", "(nodes) => nodes.map((n) => [n.protocol, n.rel])")
    assert links and all(protocol in ("http:", "https:") and rel == "noopener noreferrer" for protocol, rel in links)


def test_panning_to_the_other_side_of_the_globe_finds_land(page_file, visit):
    page = visit(page_file)
    page.evaluate("void map_1.setView([40, -100 + 360], 4, {animate: false})")
    page.wait_for_timeout(200)
    colours = page.evaluate("""() => {
      const canvas = document.querySelector('.leaflet-cm-ground-pane canvas');
      const pixel = canvas.getContext('2d').getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data;
      return [...pixel];
    }""")
    assert colours[3] == 255


def test_the_page_keeps_its_data_as_data(page_file):
    html = page_file.read_text(encoding="utf-8")
    block = html.split('id="map_1-plans">', 1)[1].split("</script>", 1)[0]
    assert json.loads(block)[0]["number"] == 1 and "<" not in block


def test_a_regional_map_stays_under_a_megabyte(page_file):
    assert page_file.stat().st_size < 1_000_000


def test_on_a_phone_the_key_is_one_line_until_it_is_pressed(page_file, visit):
    page = visit(page_file, width=390, height=844)
    height = page.locator(".cm-map").bounding_box()["height"]
    assert height >= 0.55 * 844 and not page.locator(".cm-legend-body").is_visible()
    page.click(".cm-fold-all")
    assert page.locator(".cm-key >> nth=0").is_visible() and page.locator(".cm-map").bounding_box()["height"] == height
    assert page.locator(".cm-fold-all").get_attribute("aria-expanded") == "true"


def test_the_locator_and_the_legend_share_no_ground(page_file, visit):
    for height in (800, 600, 520):
        page = visit(page_file, height=height)
        legend, locator = page.locator(".cm-legend").bounding_box(), page.locator(".cm-locator").bounding_box()
        assert locator is None or legend["y"] + legend["height"] <= locator["y"]
        assert legend["y"] + legend["height"] <= height


def test_many_places_outside_the_view_are_behind_one_button(page_file, visit):
    page = visit(page_file)
    page.evaluate("""() => {
      const app = { dock: document.querySelector('.cm-dock'), dockHead: document.querySelector('.cm-dock h2'),
        foldNote: document.createElement('i'),
        dockFold: document.querySelector('.cm-dock .cm-fold'), docked: document.querySelector('.cm-docked-list'),
        data: JSON.parse(document.querySelector('.cm-data').textContent) };
      citemap.tellDock(app, 29);
    }""")
    button = page.locator(".cm-dock .cm-fold")
    assert button.inner_text().startswith("29 places beyond this view") and button.get_attribute("aria-expanded") == "false"
    assert not page.locator(".cm-docked-list").is_visible()


def test_a_mark_in_view_without_room_for_its_number_is_named_in_the_dock(page_file, visit):
    page = visit(page_file, width=340, height=560)
    lost = page.evaluate("() => [...document.querySelectorAll('.cm-group.cm-off')].map((n) => n.textContent)")
    assert lost == []
    assert page.locator(".cm-docked.cm-flip").count() == 0


def test_a_status_that_is_shown_again_has_all_its_numbers_again(page_file, visit):
    page = visit(page_file)
    seen = """[...document.querySelectorAll('.cm-group .cm-badge')]
      .filter((n) => n.offsetWidth && getComputedStyle(n).visibility !== 'hidden').map((n) => n.textContent).join()"""
    before = page.evaluate(seen)
    page.click(".cm-key[data-status=planned]")
    until(page, f"{seen} !== '{before}'")
    page.click(".cm-key[data-status=planned]")
    until(page, f"{seen} === '{before}'")
    assert page.evaluate(seen) == before
