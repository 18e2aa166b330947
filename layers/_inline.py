"""What plugins of folium load from elsewhere, written into the page where its package is at hand."""

from __future__ import annotations

import json
import mimetypes
import re
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

_PACKAGED = re.compile(r"^(?:/npm|/gh)?/(?P<name>(?:@[\w.~-]+/)?[\w.~-]+)@(?P<version>[\w.+-]+)/(?P<file>.+)$")
_LIBRARY = re.compile(r"/libs/(?P<name>[\w.~-]+)/(?P<version>[\w.+-]+)/(?P<file>.+)$")
_URL = re.compile(r"url\(\s*([\"']?)(?!data:)([^\"')]+)\1\s*\)")


class Packages:
    """Folders of installed npm packages, such as ``node_modules``, in which a page's links are looked up.

    ``folders`` may be absent; then nothing is found. Reads files when asked; no network.

    >>> Packages([]).text("https://cdn.example/npm/leaflet.markercluster@1.1.0/dist/leaflet.markercluster.js") is None
    True
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = tuple(folders)

    def find(self, url: str) -> Path | None:
        """Return the file that an address names by package, version and path, or None: no such package, another version, no such file.

        Read are addresses of the forms ``…/NAME@VERSION/PATH`` and ``…/libs/NAME/VERSION/PATH``, as content networks write them.
        """
        path = unquote(urlsplit(url).path)
        match = _PACKAGED.match(path) or _LIBRARY.search(path)
        if match is None:
            return None
        for folder in self.folders:
            root = (folder / match["name"]).resolve()
            if _version(root) != match["version"]:
                continue
            for inside in (match["file"], f"dist/{match['file']}"):
                file = (root / inside).resolve()
                if file.is_relative_to(root) and file.is_file():
                    return file
        return None

    def text(self, url: str) -> str | None:
        """Return what stands at an address, from its package: a script, or a style with its pictures in it; None where it is not at hand.

        A script that would end its element, a style that still needs a file from elsewhere: None.
        """
        file = self.find(url)
        if file is None:
            return None
        try:
            text = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        if file.suffix == ".css":
            text = _URL.sub(lambda match: _as_data(match, file), text)
            return None if _URL.search(text) or "@import" in text or "</style" in text.lower() else text
        text = re.sub(r"\n//[#@] sourceMappingURL=.*", "", text)
        return None if "</script" in text.lower() or "<!--" in text else text


def _version(root: Path) -> str:
    """Return the version of an installed package, or nothing."""
    try:
        return str(json.loads((root / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _as_data(match: re.Match[str], sheet: Path) -> str:
    """Write a picture that a style names as data, where its file is there."""
    name = match[2].split("?")[0].split("#")[0]
    file = (sheet.parent / name).resolve()
    kind = mimetypes.guess_type(file.name)[0] or ""
    if urlsplit(match[2]).scheme or not kind.startswith(("image/", "font/")) or not file.is_file():
        return match[0]
    return f'url("data:{kind};base64,{b64encode(file.read_bytes()).decode("ascii")}")'
