"""What a page may do, said in the page: a Content-Security-Policy that names each of its scripts and styles by its hash."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from html import escape
from urllib.parse import urlsplit

from markupsafe import Markup

POLICY_MARK = Markup("<!--policy-->")
"""What stands in a page where its policy goes, until the rest of it is written."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_HOST = re.compile(r"(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*(?::\d{1,5})?", re.ASCII | re.IGNORECASE)
"""A host as a policy can name it; anything else in its place could end the directive and begin another."""


def with_policy(text: str, *, tiles: str = "", remote: bool = False, guests: bool = False, framed: str = "") -> str:
    """Return a page with its policy in place of POLICY_MARK.

    A page of our parts alone may run the scripts and use the styles that stand in it, known by their SHA-256, and show pictures that it
    holds; nothing else: no network, no other script, no style attribute. ``tiles`` is the address of a street map that was chosen when the
    page was made: its host may then be asked for pictures. ``guests`` says that others wrote parts of the page: their style attributes and
    style elements are allowed, their scripts stand in the page's own. ``remote`` says that some of these come from the network: then there
    is no policy, since nobody can say here what they will ask for. ``framed`` is a page that stands in a frame's ``srcdoc``: it is held to
    the policy of the page around it as well, which therefore knows its scripts and styles too. Pure.

    >>> "script-src &#x27;sha256-" in with_policy("<!--policy--><script>1</script>")
    True
    """
    if remote:
        return text.replace(str(POLICY_MARK), "", 1)
    host = _host(tiles)
    styles = "'unsafe-inline'" if guests else _hashes(_STYLE, text + framed)
    policy = (
        f"default-src 'none'; script-src {_hashes(_SCRIPT, text + framed)}; style-src {styles}; img-src data:{host}; "
        "base-uri 'none'; form-action 'none'"
    )
    return text.replace(str(POLICY_MARK), f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">', 1)


def _host(tiles: str) -> str:
    """Return the source that allows the pictures of a street map, or "" where its address names no host of the web."""
    try:
        parts = urlsplit(tiles)
    except ValueError:
        return ""
    host = parts.netloc.replace("{s}", "*")
    return f" {parts.scheme}://{host}" if parts.scheme in ("http", "https") and _HOST.fullmatch(host) else ""


def _hashes(element: re.Pattern[str], text: str) -> str:
    """Return the sources that allow what the elements hold, each once."""
    digests = dict.fromkeys(hashlib.sha256(inner.encode("utf-8")).digest() for inner in element.findall(text))
    return " ".join(f"'sha256-{b64encode(digest).decode('ascii')}'" for digest in digests) or "'none'"
