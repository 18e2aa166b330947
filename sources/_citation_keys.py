"""Keys of records in a bibliography: from who, when and what, so that the same record has the same key whatever stands beside it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase

from sources._csl import Record, as_items, author_names, item_date, one_line, publisher_name

_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "from",
        "with",
        "that",
        "this",
        "will",
        "would",
        "over",
        "into",
        "about",
        "after",
        "before",
        "their",
        "its",
        "his",
        "her",
        "who",
        "what",
    ]
)
_LONGEST = 24


def citation_keys(citations: Sequence[Record]) -> list[str]:
    """Return one key a record, in their order: ASCII letters and digits, made of author or publisher, year and a word of the title.

    ``nd`` stands for a year that is not stated. Records that would have one key get it with a, b, c … in an order of their content, so that
    their order in the list changes nothing.

    >>> from sources._model import Citation
    >>> pier = Citation(id="a", title="A pier for Kilifi", sha256="ab", publisher="The Harbour Herald", date="2024-11-25")
    >>> citation_keys([pier, Citation(id="b", title="A pier in doubt", sha256="cd", publisher="Harbour Herald", date="2024-12")])
    ['harbourherald2024piera', 'harbourherald2024pierb']
    """
    bases = [_base(one) for one in citations]
    items = [json.dumps(item, sort_keys=True, default=str) for item in as_items(citations)]
    contents = [(item_date(one).edtf, item) for one, item in zip(citations, items, strict=True)]
    taken = {base for base in bases if bases.count(base) == 1}
    keys = {i: base for i, base in enumerate(bases) if base in taken}
    for base in sorted(set(bases) - taken):
        letters = _letters()
        for i in sorted((i for i, one in enumerate(bases) if one == base), key=lambda i: (contents[i], i)):
            keys[i] = next(key for suffix in letters if (key := base + suffix) not in taken)
            taken.add(keys[i])
    return [keys[i] for i in range(len(bases))]


def _base(citation: Record) -> str:
    """Return the key that a record would have if it stood alone."""
    (item,) = as_items([citation])
    who = next(iter(author_names(item)), "") or publisher_name(item)
    name = "".join(re.findall(r"[a-z0-9]+", re.sub(r"^the ", "", _ascii(who))))[:_LONGEST] or "unstated"
    words = re.findall(r"[a-z]+", _ascii(one_line(item.get("title"))))
    word = next((w for w in words if len(w) > 3 and w not in _SMALL), next(iter(words), ""))
    return f"{name}{item_date(citation).year or 'nd'}{word}"


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()


def _letters() -> Iterator[str]:
    """Yield a, b, … z, aa, ab, …"""
    return ("".join(letters) for length in count(1) for letters in product(ascii_lowercase, repeat=length))
