"""Names on the web for what files speak of: articles, places, plans and quotes. Made from content, so that they stay the same."""

from __future__ import annotations

import re
from urllib.parse import quote as percent
from uuid import NAMESPACE_URL, uuid5

from layers._evidence import safe_url
from sources import Article

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_ALLOWED = "!#$&'()*+,/:;=?@[]~%"


def urn(*parts: object) -> str:
    """Return a URN made of parts: the same parts give the same one, anywhere (UUID version 5, RFC 9562).

    >>> urn("quote", "p-1", 0, 9) == urn("quote", "p-1", 0, 9), urn("quote")[:9]
    (True, 'urn:uuid:')
    """
    return uuid5(NAMESPACE_URL, "citemap:" + "\x1f".join(str(part) for part in parts).encode("utf-8", "replace").decode()).urn


def article_iri(article: Article) -> str:
    """Return the address of an article, or, where none is stated, the URN of its text's SHA-256.

    >>> from sources import read_text
    >>> article_iri(read_text("A pier is planned.", url="https://example.org/a")), article_iri(read_text("A pier."))[:11]
    ('https://example.org/a', 'urn:sha256:')
    """
    return safe_url(article.citation.url) or f"urn:sha256:{article.citation.sha256}"


def place_iri(place_id: str) -> str:
    """Return the IRI of a place of the gazetteer: that of GeoNames where it has one, else its id with what an IRI cannot hold encoded.

    >>> place_iri("geonames:1861060"), place_iri("iso3166-1:PH"), place_iri("my place")
    ('https://sws.geonames.org/1861060/', 'iso3166-1:PH', 'urn:citemap:my%20place')
    """
    if found := re.fullmatch(r"geonames:(\d+)", place_id):
        return f"https://sws.geonames.org/{found[1]}/"
    encoded = percent(place_id.encode("utf-8", "replace").decode(), safe=_ALLOWED)
    return encoded if _SCHEME.match(encoded) else f"urn:citemap:{encoded}"
