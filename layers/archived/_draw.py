"""From the three frames of an archive to its map, held to a size."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from layers._elements import words_of
from layers._errors import ArchiveMapError
from layers._labels import labels_payload
from layers._messages import Messages, load_messages, say
from layers._place_names import PlaceNames
from layers._protocols import Gazetteer
from layers._shapes import Bounds
from layers.archived._about import ArchiveAbout
from layers.archived._areas import pack_areas
from layers.archived._gathered import POINT, UNDRAWN, Gathered, gather, kept_places
from layers.archived._page import ArchiveMap, ArchivePart
from layers.archived._quotes import fit_quotes, order_quotes

BUDGET = 9_000_000
_WORLD: Bounds = (-170.0, -56.0, 190.0, 74.0)
_SPARE = 4_000
_FEWEST = 500
"""So many places stay in the page, however small it shall be."""


def draw_archive(
    places: gpd.GeoDataFrame,
    counts: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    about: ArchiveAbout,
    budget: int = BUDGET,
    gazetteer: Gazetteer | None = None,
    language: str = "en",
) -> ArchiveMap:
    """Draw an archive by place and period: hexagons from afar, one circle a place from near, areas as areas, and the quotes that fit.

    ``places`` has a row a place: ``place_id``, ``place`` (its name), ``country``, ``feature_code``, ``extent``, ``where_prec`` (UCDP),
    ``uncertainty_m`` (metres), ``authority`` and a geometry in EPSG:4326. ``counts`` has a row a place and month: ``place_id``, ``month``
    (``2031-05``, "" where no date is stated), ``documents``, ``plans`` and a column for each of ``sources.STATUSES``. ``quotes`` has the
    most cited plans, the best of each place first: ``place_id``, ``month``, ``status``, ``summary``, ``quote``, ``publisher``, ``title``,
    ``published``, ``url``, ``doc_id``, ``reports`` (articles that say it), ``origins``. ``about`` names the run and its files.

    The page takes at most ``budget`` bytes: the quotes go in by rank, the first of every place before the second of any, until it is full;
    the page says how many of how many it shows, and in which file the rest is. Where the counts alone are too many, months are added up to
    years, then the places with the fewest plans are left to their file; the page says so. A place of ``where_prec`` 3 to 7 is drawn as its
    shape, or as a circle of its radius, never as a point and never in a hexagon; one without either is in the list only. ``gazetteer``
    gives names of countries and seas, None none. ``language`` is that of the interface.

    Equal frames give equal bytes. Raises ArchiveMapError where a frame lacks a column or its counts do not add up, or nothing fits into
    ``budget``; LanguageError for an unknown language, MissingPartError when setup has not been run. No network.

    >>> place = {"place_id": "x", "place": "Zorvel", "country": "NL", "feature_code": "PPL", "extent": "point", "where_prec": 1,
    ...          "uncertainty_m": 3000.0, "authority": "invented"}
    >>> places = gpd.GeoDataFrame([place], geometry=gpd.points_from_xy([5.5], [52.5]), crs=4326)
    >>> from sources import STATUSES
    >>> one = {"place_id": "x", "month": "2031-05", "documents": 1, "plans": 2} | dict.fromkeys(STATUSES, 0) | {"planned": 2}
    >>> said = {"place_id": "x", "month": "2031-05", "status": "planned", "summary": "A pier", "quote": "A pier is planned.",
    ...         "publisher": "", "title": "", "published": "", "url": "", "doc_id": "1", "reports": 1, "origins": 1}
    >>> about = ArchiveAbout(documents=1, aside=0, plans=2, unplaced=0)
    >>> m = draw_archive(places, pd.DataFrame([one]), pd.DataFrame([said]), about=about)
    >>> m.shown, len(m.html()) < 2_000_000
    (1, True)
    """
    load_messages(language)
    most = budget * 2 // 3
    for _ in range(2):
        gathered, packed, left = _fitting(places, counts, most)
        known = packed | _known(gathered, left=left, about=about, gazetteer=gazetteer, language=language)
        bare = len(_page(gathered, known, quotes, room=0, language=language).html().encode("utf-8"))
        if bare <= budget:
            return _page(gathered, known, quotes, room=budget - bare - _SPARE, language=language)
        # What else is in the page takes more than the third that was left to it.
        most = budget - (bare - _size(packed)) - _SPARE
    raise ArchiveMapError(f"the page takes {bare:,} bytes without a quote, and budget is {budget:,}: raise it to at least {bare:,}")


def _page(gathered: Gathered, known: dict[str, Any], quotes: pd.DataFrame, *, room: int, language: str) -> ArchiveMap:
    """Make the page with the quotes that fit into ``room`` bytes."""
    ordered = order_quotes(quotes, gathered)
    own, texts = fit_quotes(ordered, gathered, room)
    data = {key: value for key, value in known.items() if key not in ("ids", "title", "deck")}
    part = ArchivePart(data | {"offered": len(ordered), "quotes": own}, texts | {"ids": known["ids"]}, words=words_of(language))
    bounds, title, deck = _bounds(gathered), known["title"], known["deck"]
    return ArchiveMap(bounds, part, title=title, deck=deck, language=language, shown=own["count"], quotes=len(ordered))


def _fitting(places: gpd.GeoDataFrame, counts: pd.DataFrame, most: int) -> tuple[Gathered, dict[str, Any], dict[str, int]]:
    """Return the counts as finely as ``most`` bytes hold them, packed too, and what is left to the files: places, plans there."""
    gathered = gather(places, counts)
    packed = gathered.packed()
    if _size(packed) > most:
        gathered = gather(places, counts, step="year")
        packed = gathered.packed()
    left, fewer = {"places": 0, "plans": 0}, counts
    while (size := _size(packed)) > most and len(gathered.places) > _FEWEST:
        kept = kept_places(gathered, max(_FEWEST, int(len(gathered.places) * max(most, 0) / size * 0.95)))
        fewer = fewer[fewer["place_id"].isin(kept)]
        gathered = gather(places, fewer, step="year")
        packed = gathered.packed()
        left = {
            "places": counts["place_id"].nunique() - len(gathered.places),
            "plans": int(counts["plans"].sum()) - int(fewer["plans"].sum()),
        }
    return gathered, packed, left


def _size(packed: dict[str, Any]) -> int:
    return sum(len(packed[key]) for key in ("bytes", "names", "ids"))


def _deck(about: ArchiveAbout, messages: Messages) -> str:
    placed = say(messages, "archived.plans", n=about.plans - about.unplaced)
    documents = say(messages, "archived.documents", n=about.documents)
    words = say(messages, "archived.deck", plans=placed, documents=documents)
    if about.reported is not None:
        reported = say(messages, "archived.plans", n=about.reported)
        times = say(messages, "archived.times", n=about.plans - about.unplaced)
        words = say(messages, "archived.deck.joined", reported=reported, times=times, documents=documents)
    return words + (" " + say(messages, "archived.asof", day=about.as_of) if about.as_of else "")


def _known(gathered: Gathered, *, left: dict[str, int], about: ArchiveAbout, gazetteer: Gazetteer | None, language: str) -> dict[str, Any]:
    """Return all that the page knows but the quotes."""
    areas, digits = pack_areas(gathered.places)
    messages = load_messages(language)
    return {
        "title": about.title or messages["archived.title"],
        "deck": _deck(about, messages),
        "areas": areas,
        "digits": digits,
        "left": left,
        "messages": {key: words for key, words in messages.items() if key.startswith("archived.")},
        "labels": _labels(gazetteer, language),
        "documents": about.documents,
        "aside": about.aside,
        "plans": about.plans,
        "unplaced": about.unplaced,
        "files": {"plans": about.plans_file, "counts": about.counts_file, "nowhere": about.nowhere},
    }


def _bounds(gathered: Gathered) -> Bounds:
    """Return where the map opens: on all places, or on the world where they are spread over it."""
    places = gathered.places[gathered.places["kind"] != UNDRAWN]
    near = (places["kind"] == POINT) | (places["where_prec"] < 6)
    points = places[near] if near.any() else places
    if not len(points):
        return _WORLD
    x, y = points["x"].to_numpy() / 10_000, points["y"].to_numpy() / 10_000
    west, south, east, north = (float(value) for value in (x.min(), y.min(), x.max(), y.max()))
    if east - west > 200:
        return _WORLD
    air = max(0.5, 0.06 * max(east - west, north - south))
    box = (west - air, max(south - air, -80.0), east + air, min(north + air, 83.0))
    return tuple(float(np.round(value, 2)) for value in box)  # type: ignore[return-value]


def _labels(gazetteer: Gazetteer | None, language: str) -> list[dict[str, Any]]:
    """Return names of countries and seas, which say where one is from afar."""
    if gazetteer is None:
        return []
    found = labels_payload(gazetteer, (-180.0, -80.0, 180.0, 83.0), [], PlaceNames(gazetteer, load_messages(language)))
    return [{key: one[key] for key in ("name", "lat", "lon", "kind")} for one in found if one["kind"] in ("country", "sea")]
