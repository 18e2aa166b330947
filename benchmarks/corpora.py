"""Corpora whose mentions of places were marked by hand, read from XML: LGL's layout, GeoVirus' and what is like them."""

from __future__ import annotations

import json
import math
import random
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zlib import crc32

ROOT = Path(__file__).resolve().parent.parent
CORPORA = ROOT.parent / "shared" / "corpora"
DEMONYMS = ROOT / "geo" / "data" / "demonyms.json"
DEMONYM_SHARE = 0.01
"""Share of a corpus' mentions that are demonyms from which its annotators are taken to mark demonyms."""
SEED = 1


LEARNED_FROM = ("lgl", "geovirus")
"""Corpora that ``train_resolution.py`` learns from: their articles are scored with weights that had not seen their outlet."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A mention as annotated: code points into the text, half-open, and where it lies in degrees, or None where no one said."""

    start: int
    end: int
    phrase: str
    at: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Document:
    """An article of a corpus; ``id`` is its number in the file, from 1, and ``outlet`` is "" where the corpus does not say it."""

    id: str
    text: str
    outlet: str
    gold: tuple[Gold, ...]
    corpus: str = ""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus: ``first`` is the number that its offsets give the first character, ``astray`` how many mentions do not stand at theirs."""

    name: str
    documents: tuple[Document, ...]
    first: int
    astray: int
    demonyms: float

    @property
    def marks_demonyms(self) -> bool:
        """Whether its annotators marked demonyms: its own mentions say so."""
        return self.demonyms >= DEMONYM_SHARE


def read_corpus(path: Path) -> Corpus:
    """Return the corpus of an XML file; its layout and where its offsets begin are read off the data."""
    articles = [(a, a.findtext("text") or "", [m for m in a.iter() if m.find("start") is not None]) for a in ET.parse(path).iter("article")]
    written = [(text, int(m.findtext("start") or 0), _phrase(m)) for _, text, marks in articles for m in marks]
    fits = [sum(text[max(0, start - n) :].startswith(phrase) for text, start, phrase in written) for n in (0, 1)]
    first = int(fits[1] > fits[0])
    documents = []
    for number, (article, text, marks) in enumerate(articles, start=1):
        gold = {(g.start, g.end): g for g in (_gold(m, first) for m in marks)}
        outlet = article.findtext("domain") or article.findtext("feedid") or ""
        documents.append(Document(str(number), text, outlet.strip(), tuple(gold[k] for k in sorted(gold)), path.stem.lower()))
    share = sum(phrase in demonyms() for _, _, phrase in written) / max(1, len(written))
    return Corpus(path.stem.lower(), tuple(documents), first, len(written) - max(fits), share)


def _phrase(mark: ET.Element) -> str:
    return mark.findtext("phrase") or mark.findtext("name") or ""


def _gold(mark: ET.Element, first: int) -> Gold:
    tag = next(mark.iter("gaztag"), mark)
    try:
        at = float(tag.findtext("lat") or "nan"), float(tag.findtext("lon") or "nan")
    except ValueError:
        at = math.nan, math.nan
    located = abs(at[0]) <= 90 and abs(at[1]) <= 180
    return Gold(int(mark.findtext("start") or 0) - first, int(mark.findtext("end") or 0) - first, _phrase(mark), at if located else None)


def fold_of(document: Document, folds: int) -> int:
    """Return the fold of a document: by a hash of its outlet, or of its id where none is known, that does not change between runs."""
    return crc32((document.outlet or document.id).encode()) % folds


@cache
def demonyms() -> dict[str, str]:
    """Return for each demonym as written the id of its place, or a name to ask the gazetteer for."""
    data = json.loads(DEMONYMS.read_text(encoding="utf-8"))
    return {**data["names"], **data["ids"]}


def sample(corpus: Corpus, size: int, seed: int = SEED) -> list[Document]:
    """Return ``size`` articles of the corpus, the same for the same seed, in its order."""
    numbers = random.Random(seed).sample(range(len(corpus.documents)), min(size, len(corpus.documents)))
    return [corpus.documents[n] for n in sorted(numbers)]
