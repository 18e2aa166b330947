"""Articles that repeat one another: the same text twice, a reprint by another outlet, a changed version by the same one.

Candidates come from MinHash and locality-sensitive hashing, so that no article is compared with all others; each candidate is then
compared exactly. Nothing is random: the hash functions have a fixed seed.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sources._credits import outlet_key
from sources._model import Article, Copy

WORDS = 4
"""Words in a group. Two articles that report one event in their own words share a few groups of four; one that copies shares most."""
PERMUTATIONS, BANDS, ROWS, SEED = 255, 85, 3, 1
"""85 bands of 3 find 90 of 100 pairs that share three tenths of all their groups, and all that share half; with bands of 2, articles that
share a few phrases were candidates so often that the time per article doubled from 1,000 articles to 4,000."""
MOSTLY = 0.6
"""Share of the shorter text's groups that the longer one holds, from which on its text is "mostly the same"."""
SAME_HOUSE = 0.3
"""The same from the same outlet, under the same address or title: a version may be rewritten further."""
ALL_WITH_ALL = 40
"""Up to so many articles are simply compared with one another: sooner done than loading the library for more."""
FEWEST = 8
"""Groups that the shorter text must have: two sentences can be alike by chance."""
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "‑": "-", "…": "..."})


@dataclass(frozen=True, slots=True)
class _Text:
    """An article made ready for comparing: its place in the input, its plain text and its groups of words as numbers."""

    at: int
    article: Article
    plain: str
    groups: frozenset[int]


def find_copies(articles: Sequence[Article]) -> tuple[Copy, ...]:
    """Return which of ``articles`` repeat an earlier one, in their order, each with the one that it is most like.

    Earlier is by date where all articles have a day, else by their order. An article twice is ``same``, whatever its white space and
    quotation marks; the very text from two outlets is a reprint.

    >>> from sources import read_text
    >>> twice = [read_text("Kenya will build a pier.", id="a"), read_text("Kenya will  build a pier.", id="b")]
    >>> [(c.article_id, c.of, c.how) for c in find_copies(twice)]
    [('b', 'a', 'same')]
    """
    if len(articles) < 2:
        return ()
    ordered = sorted(range(len(articles)), key=lambda i: (_day(articles[i]), i) if _dated(articles) else ("", i))
    firsts: dict[str, int] = {}
    found: dict[int, Copy] = {}
    texts: list[_Text] = []
    for i in ordered:
        plain = plain_text(articles[i].text)
        text = _Text(i, articles[i], plain, frozenset())
        first = firsts.setdefault(plain, i)
        if first != i and plain:
            how: Literal["same", "reprint"] = "reprint" if _other_house(articles[first], articles[i]) else "same"
            found[i] = Copy(article_id=articles[i].id, of=articles[first].id, how=how, likeness=1.0)
        else:
            texts.append(_Text(text.at, text.article, plain, groups_of(plain)))
    best: dict[int, tuple[bool, float]] = {}
    for later, earlier, likeness in _pairs(texts):
        how_like = _how(earlier, later, likeness)
        rank = (how_like == "version", likeness)
        if how_like and rank > best.get(later.at, (False, 0.0)):
            best[later.at] = rank
            found[later.at] = Copy(article_id=later.article.id, of=earlier.article.id, how=how_like, likeness=round(likeness, 3))
    return tuple(found[i] for i in sorted(found))


def clusters(copies: Iterable[Copy]) -> dict[str, str]:
    """Return for each article that copies or is copied the first article of its family: all that repeat one text have one.

    >>> clusters([Copy(article_id="b", of="a", how="reprint", likeness=0.9), Copy(article_id="c", of="b", how="same", likeness=1.0)])
    {'b': 'a', 'a': 'a', 'c': 'a'}
    """
    of = {c.article_id: c.of for c in copies}

    def first(name: str) -> str:
        seen = {name}
        while name in of and of[name] not in seen:
            name = of[name]
            seen.add(name)
        return name

    return {name: first(name) for c in of.items() for name in c}


def _dated(articles: Sequence[Article]) -> bool:
    """Whether every article is dated, so that dates can order them all; some with and some without cannot be ordered by date."""
    return all(re.match(r"\d{4}-\d\d-\d\d", a.citation.date) for a in articles)


def _day(article: Article) -> str:
    return article.citation.date[:10]


def plain_text(text: str) -> str:
    """The text as one line, small, with one kind of quotation mark and dash."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold().split())


def groups_of(plain: str) -> frozenset[int]:
    """All runs of four words of a text, each as a number that is the same in every run of the program."""
    words = re.findall(r"[^\W_]+", plain)
    return frozenset(zlib.crc32(" ".join(words[k : k + WORDS]).encode()) for k in range(len(words) - WORDS + 1))


def _pairs(texts: list[_Text]) -> Iterable[tuple[_Text, _Text, float]]:
    """Yield (later, earlier, likeness) for the pairs of texts that may repeat one another, from the exact comparison."""
    by_house: dict[tuple[str, str], list[int]] = {}
    lsh = _index() if len(texts) > ALL_WITH_ALL else None
    for k, text in enumerate(texts):
        likely: set[int] = set()
        for house in houses_of(text.article):
            likely.update(by_house.get(house, [])[-8:])
            by_house.setdefault(house, []).append(k)
        if len(text.groups) >= FEWEST:
            if lsh is None:
                likely.update(range(k))
            else:
                minhash = _minhash(text.groups)
                likely.update(lsh.query(minhash))
                lsh.insert(k, minhash, check_duplication=False)
        for other in sorted(likely):
            shorter = min(len(text.groups), len(texts[other].groups))
            if shorter >= FEWEST:
                yield text, texts[other], len(text.groups & texts[other].groups) / shorter


def houses_of(article: Article) -> list[tuple[str, str]]:
    """What the versions of one article have in common: the address; the outlet and the title."""
    cited = article.citation
    address = re.sub(r"^https?://(?:www\.)?|[?#].*$|/$", "", cited.url.split(" ", 1)[0])
    title = "" if cited.title_is_first_line else plain_text(cited.title)
    found = [("address", address)] if address else []
    return [*found, ("title", outlet_key(cited.publisher) + "|" + title)] if title else found


def _other_house(a: Article, b: Article) -> bool:
    """Whether two articles are known to come from two outlets."""
    one, two = outlet_key(a.citation.publisher), outlet_key(b.citation.publisher)
    return bool(one and two) and one != two


def _how(earlier: _Text, later: _Text, likeness: float) -> Literal["reprint", "version"] | None:
    """What the later of two texts is to the earlier."""
    one, two = (outlet_key(t.article.citation.publisher) for t in (earlier, later))
    house = bool(set(houses_of(earlier.article)) & set(houses_of(later.article)))
    of_longer = len(earlier.groups & later.groups) / max(len(earlier.groups), len(later.groups), 1)
    return how_alike(house, one, two, likeness, of_longer)


def how_alike(house: bool, one: str, two: str, likeness: float, of_longer: float) -> Literal["reprint", "version"] | None:
    """What the later of two articles is to the earlier; an excerpt under another title is no version, whoever printed it.

    ``house`` says whether they share their address, or outlet and title; ``one`` and ``two`` are the outlets' keys, ``likeness`` is the
    share of the shorter text that the longer holds, ``of_longer`` that of the longer.
    """
    if house and likeness >= SAME_HOUSE:
        return "version"
    if likeness < MOSTLY:
        return None
    return "version" if one and one == two and of_longer >= 0.5 else "reprint"


def _index() -> Any:
    from datasketch import MinHashLSH

    return MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))


def _minhash(groups: frozenset[int]) -> Any:
    from datasketch import MinHash

    minhash = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
    minhash.update_batch(sorted(groups))
    return minhash
