"""Open a page of hostile texts, use all of it, and tell what happened: in Chromium by Playwright, in Firefox by its own protocol."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from tests.browser import until
from tests.firefox import Firefox

HERE = Path(__file__).parent
WATCH = (HERE / "watch.js").read_text(encoding="utf-8")
USE = (HERE / "use.js").read_text(encoding="utf-8")
NEVER = (
    "iframe",
    "object",
    "embed",
    "base",
    "link",
    "frameset",
    "portal",
    "marquee",
    "form",
    "img",
    "image",
    "video",
    "audio",
    "animate",
    "set",
    "math",
    "foreignobject",
    "xmp",
    "plaintext",
    "dialog",
)
"""Elements that no page of ours has but where a test says so."""
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass(kw_only=True)
class Outcome:
    """What a page did: what ran, what went wrong (errors, violations of its policy, the console), what it asked for, what stands in it."""

    ran: list[str]
    wrong: list[str]
    asked: list[str]
    moved: bool
    seen: dict[str, Any] = field(default_factory=dict)

    def broken(self, *, allowed: Sequence[str] = (), scripts: int | None = None) -> list[str]:
        """Return all that a text can have done to the page; ``allowed`` are elements of :data:`NEVER` that this page has by itself."""
        counts = self.seen.get("counts", {})
        return [
            *(f"ran: {one}" for one in self.ran),
            *(f"wrong: {one}" for one in self.wrong),
            *(f"asked for: {one}" for one in self.asked),
            *(["left its address"] if self.moved else []),
            *(f"an element {one}" for one in NEVER if counts.get(one) and one not in allowed),
            *(f"a handler {one}" for one in self.seen.get("handlers", ())),
            *(f"an address {one}" for one in self.seen.get("addresses", ())),
            *([f"{counts.get('script', 0)} scripts, not {scripts}"] if scripts is not None and counts.get("script", 0) != scripts else []),
        ]


def attack_chromium(
    browser: Any, file: Path, texts: Sequence[str], *, seconds: float = 60, presses: int = 400, choices: int = 60, query: str = ""
) -> Outcome:
    """Use a page in Chromium with the network off."""
    context = browser.new_context(viewport={"width": 1366, "height": 800}, reduced_motion="reduce")
    context.set_offline(True)
    context.add_init_script(WATCH)
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    dialogs: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(file.as_uri() + query)
    until(page, "document.querySelector('.cm-ready') || !document.querySelector('.cm-page')", seconds=20)
    heard: dict[str, Any] = {"ran": [], "wrong": []}
    try:
        page.evaluate(_use(texts, seconds, presses, choices))
        page.emulate_media(media="print")
        until(page, "window.heard && window.heard.done || location.protocol !== 'file:'", seconds=seconds + 20)
        page.emulate_media(media="screen", color_scheme="dark")
        heard = page.evaluate("window.heard") or heard
    except Error as error:
        said.append(str(error))
    outcome = _outcome(heard, said + dialogs, asked, page.url, file)
    context.close()
    return outcome


def turned_words(browser: Any, file: Path) -> list[str]:
    """Return the words of a page that stand turned behind a sign of a text that turns the direction of writing."""
    context = browser.new_context(viewport={"width": 1366, "height": 800}, reduced_motion="reduce")
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(file.as_uri())
    until(page, "document.querySelector('.cm-ready') || !document.querySelector('.cm-page')", seconds=20)
    page.evaluate(_use((), 20, 60, 2))
    until(page, "window.heard.done", seconds=40)
    found: list[str] = page.evaluate((HERE / "bidi.js").read_text(encoding="utf-8"))
    context.close()
    return found


def attack_firefox(
    firefox: Firefox, file: Path, texts: Sequence[str], *, seconds: float = 90, presses: int = 400, choices: int = 60, query: str = ""
) -> Outcome:
    """Use a page in Firefox with the network off."""
    watch = firefox.send("script.addPreloadScript", functionDeclaration=f"() => {{ {WATCH} }}")["script"]
    page = firefox.open(file, query=query)
    until(page, "document.querySelector('.cm-ready') || !document.querySelector('.cm-page')", seconds=30)
    page.evaluate(f"void {_use(texts, seconds, presses, choices)}")
    until(page, "window.heard && window.heard.done", seconds=seconds + 30)
    outcome = _outcome(page.evaluate("window.heard"), page.said, page.asked, page.evaluate("location.href"), file)
    firefox.send("script.removePreloadScript", script=watch)
    page.close()
    return outcome


def _use(texts: Sequence[str], seconds: float, presses: int, choices: int) -> str:
    rounds = {"seconds": seconds, "presses": presses, "choices": choices}
    return f"void {USE}({json.dumps(list(texts))}, {json.dumps(rounds)})"


def _outcome(heard: dict[str, Any], said: list[str], asked: list[str], address: str, file: Path) -> Outcome:
    own = file.as_uri()
    return Outcome(
        ran=[*heard["ran"], *(line for line in said if line.startswith("ran: "))],
        wrong=[*heard["wrong"], *(line for line in said if not line.startswith("ran: "))],
        asked=[url for url in asked if not url.startswith((own, "data:", "about:")) and not _beside(url, file)],
        moved=not address.startswith(own),
        seen=heard.get("seen", {}),
    )


def _beside(url: str, file: Path) -> bool:
    """Whether an address is that of a file which lies beside the page."""
    folder = file.parent.as_uri() + "/"
    return url.startswith(folder) and url.removeprefix(folder).split("?", 1)[0] in {one.name for one in file.parent.iterdir()}


def without_policy(file: Path) -> Path:
    """Write a copy of a page with its policy taken out: what it shows must not depend on it."""
    text = file.read_text(encoding="utf-8")
    bare = POLICY.sub("", text)
    assert bare != text, "the page has no policy"
    copy = file.with_name(f"bare-{file.name}")
    copy.write_text(bare, encoding="utf-8")
    return copy
