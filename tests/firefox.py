"""A Firefox for a few tests, driven over WebDriver BiDi: the distribution's own, as readers have it. Where it is absent they are skipped.

Playwright's own protocol needs its patched build, and its BiDi asks for commands that no released Firefox has, hence these lines.
Run as a module to install one where there is none and it can be done.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Any

NAMES = ("firefox-esr", "firefox")
PREFERENCES = {
    "app.update.disabledForTesting": True,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
}
START = 60
"""Seconds that a Firefox may take to start on a busy machine."""


def find() -> str | None:
    """Return the path of a Firefox on the PATH, or None where there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Firefox:
    """A running Firefox with a profile of its own: ``with Firefox(path) as firefox: page = firefox.open(file)``."""

    def __init__(self, path: str) -> None:
        from websockets.sync.client import connect

        self._profile = tempfile.TemporaryDirectory(prefix="citemap-firefox-", ignore_cleanup_errors=True)
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (Path(self._profile.name) / "user.js").write_text("\n".join(lines), encoding="utf-8")
        self._log = Path(self._profile.name) / "log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(
                [path, "--headless", "--no-remote", "--remote-debugging-port", "0", "--profile", self._profile.name],
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"HOME": self._profile.name, "MOZ_CRASHREPORTER_DISABLE": "1"},
            )
        self._open = ExitStack()
        self._socket = self._open.enter_context(connect(self._address() + "/session", max_size=None, compression=None))
        self._asked = 0
        self.pages: dict[str, Page] = {}
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])

    def _address(self) -> str:
        until = time.monotonic() + START
        while time.monotonic() < until and self._process.poll() is None:
            if found := re.search(r"listening on (ws://\S+)", self._log.read_text(errors="replace")):
                return found[1]
            time.sleep(0.05)
        raise RuntimeError(f"Firefox did not start: {self._log.read_text(errors='replace')[-500:]}")

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its result; what the browser tells meanwhile goes to its page."""
        self._asked += 1
        self._socket.send(json.dumps({"id": self._asked, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv(timeout=30))
            if message["type"] == "event":
                self._hear(message["method"], message["params"])
            elif message["id"] == self._asked:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return dict(message["result"])

    def _hear(self, event: str, told: dict[str, Any]) -> None:
        page = self.pages.get(told["source"].get("context") if event == "log.entryAdded" else told.get("context"))
        if page and event == "log.entryAdded":
            page.said.append(told["text"])
        elif page:
            page.asked.append(told["request"]["url"])

    def open(self, file: Path, *, width: int = 1366, height: int = 800, query: str = "") -> Page:
        """Open a file in a tab of its own with the network off."""
        context = self.send("browsingContext.create", type="tab")["context"]
        self.send("browsingContext.setViewport", context=context, viewport={"width": width, "height": height})
        self.send("emulation.setNetworkConditions", networkConditions={"type": "offline"}, contexts=[context])
        page = self.pages[context] = Page(self, context)
        page.go(file.as_uri() + query)
        return page

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            self.send("browser.close")
            self._process.wait(10)
        except Exception:
            self._process.kill()
            self._process.wait()
        self._open.close()
        self._profile.cleanup()


class Page:
    """A tab: what it said on the console, what it asked for, and how to press and read it. Names as in Playwright."""

    def __init__(self, firefox: Firefox, context: str) -> None:
        self._firefox, self._context = firefox, context
        self.said: list[str] = []
        self.asked: list[str] = []

    def go(self, address: str) -> None:
        """Go to an address and wait until it is loaded."""
        self._firefox.send("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression in the page, or of the function that it is, as JSON can carry it; a promise is waited for."""
        told = f"(async (v) => JSON.stringify(await (typeof v === 'function' ? v() : v)))({expression})"
        done = self._firefox.send("script.evaluate", expression=told, target={"context": self._context}, awaitPromise=True)
        if done["type"] == "exception":
            raise RuntimeError(f"{done['exceptionDetails']['text']}: {expression}")
        return json.loads(done["result"]["value"]) if "value" in done["result"] else None

    def wait_for_timeout(self, milliseconds: float) -> None:
        """Wait; what the page tells meanwhile is heard with the next command."""
        time.sleep(milliseconds / 1000)

    def click(self, selector: str) -> None:
        """Press the middle of the first element that fits, as a mouse would."""
        box = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = self.evaluate(f"[{box}.x + {box}.width / 2, {box}.y + {box}.height / 2].map(Math.round)")
        steps = [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, key: str) -> None:
        """Press a key: a character, or the code point that WebDriver gives to one."""
        self._act({"type": "key", "id": "keys", "actions": [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]})

    def _act(self, source: dict[str, Any]) -> None:
        self._firefox.send("input.performActions", context=self._context, actions=[source])

    def close(self) -> None:
        """Close the tab."""
        del self._firefox.pages[self._context]
        self._firefox.send("browsingContext.close", context=self._context)


def main() -> None:
    """Say which Firefox the tests will drive; where there is none, try to install one. Never an error: its tests can be skipped."""
    if not find() and shutil.which("apt-get") and os.geteuid() == 0:
        print("no Firefox found; trying the distribution's package", file=sys.stderr)
        quiet = {"check": False, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        for package in NAMES:
            command = f"apt-get update -qq; apt-get install -y -qq --no-install-recommends {package}"
            subprocess.run(["sh", "-c", command], env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}, **quiet)
            if find():
                break
    print(f"Firefox for the tests: {find() or 'none; its tests are skipped'}", file=sys.stderr)


if __name__ == "__main__":
    main()
