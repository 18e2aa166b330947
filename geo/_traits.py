"""What speaks for one place rather than another: numbers for each sense of a name, weighed by ``data/resolution.json``.

The weights are learned by ``benchmarks/train_resolution.py``: a multinomial logit over the senses of a name and "none of them", in two
rounds. The first sees the name and the words beside it; the second also what the first made of the text's other names.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import NamedTuple

from geo._entries import COUNTRY, CURATED, Sense

_DATA = Path(__file__).parent / "data" / "resolution.json"

OWN = (
    "country", "division", "district", "region", "curated_point", "town", "other", "seat", "log_population", "alternate",
    "relative_population", "alternate_beside_country", "first", "unpeopled", "seat_of_division", "beside_larger", "division_beside_larger",
    "division_population", "division_against_town", "division_against_seat", "only",
)  # fmt: skip
"""What a sense has by itself among the senses of its name."""
BESIDE = (
    "qualified", "not_qualified", "qualified_elsewhere", "not_qualified_elsewhere", "holds_before", "does_not_hold_before",
    "demonym", "stripped",
    "country_words", "words_of_others", "local_population", "local_seat", "local_country",
)  # fmt: skip
"""What the words around the name and of the whole text add."""
AMONG = (
    "same_district", "same_division", "same_country", "within_50_km", "within_200_km", "division_named", "country_named",
    "district_named", "holds_others", "share_of_division", "share_of_country", "share_held", "share_held_by_division",
    "countryless", "may_be_within_50_km", "may_share_district", "home_50_km", "home_250_km", "log_first_round",
    "sibling_divisions", "seat_among_countries", "division_among_countries", "acting_seat_among_countries",
    "acting_division_among_countries", "acting_division_against_seat",
)  # fmt: skip
"""What the text's other names and the publisher's home add in the second round."""


class Weights(NamedTuple):
    """The learned weights, in the order of the names above; ``none`` is the score of "none of these senses"."""

    first: tuple[float, ...]
    second: tuple[float, ...]
    none_first: float
    none_second: float


_used: list[Weights] = []


def weights() -> Weights:
    """Return the learned weights, read once from a file that is a table of names and numbers."""
    if not _used:
        use_weights(None)
    return _used[0]


def use_weights(data: dict[str, dict[str, float]] | None) -> None:
    """Weigh by ``data`` from now on, or by the learned weights (None): for cross-validation."""
    _used[:] = [as_weights(data or json.loads(_DATA.read_text(encoding="utf-8")))]


def as_weights(data: dict[str, dict[str, float]]) -> Weights:
    """Return weights by name as vectors; a name that is left out weighs nothing."""
    first, second = data["first round"], data["second round"]
    return Weights(
        tuple(first.get(name, 0.0) for name in OWN + BESIDE),
        tuple(second.get(name, 0.0) for name in OWN + BESIDE + AMONG),
        first.get("none", 0.0),
        second.get("none", 0.0),
    )


def own_features(senses: tuple[Sense, ...]) -> list[tuple[float, ...]]:
    """Return :data:`OWN` for each sense of one name."""
    largest = max((s.population for s in senses if s.level > CURATED and s.extent == "point"), default=0)
    has_country = any(s.extent == "country" for s in senses)
    larger = any(s.rank == 0 and (s.extent == "country" or (s.level == CURATED and s.extent != "point")) for s in senses)
    has_seat = any(s.seat and s.level == CURATED for s in senses)
    found: list[tuple[float, ...]] = []
    for i, s in enumerate(senses):
        country = s.extent == "country"
        division = s.feature_code == "ADM1"
        district = not division and s.feature_code.startswith("ADM")
        curated = s.level == CURATED and not division
        region = curated and s.extent != "point"
        town = s.extent == "point" and not curated
        people = math.log10(s.population + 1e4) if division else 0.0
        found.append(
            (
                country,
                division,
                district,
                region and not country,
                curated and s.extent == "point",
                town,
                not (country or division or district or curated or town),
                bool(s.seat) and not country,
                math.log10(s.population + 10) if s.extent == "point" else 0.0,
                s.rank > 0,
                math.log10((s.population + 100) / (largest + 100)) if town else 0.0,
                s.rank > 0 and has_country and not country,
                i == 0,
                town and s.population == 0,
                s.feature_code.startswith("PPLA"),
                larger and not country and not region,
                larger and division,
                people,
                people - math.log10(largest + 1e4) if division else 0.0,
                division and has_seat,
                len(senses) == 1,
            )
        )
    return found


class Cell(NamedTuple):
    """Where a sense lies on two grids, of about 50 and 200 km; neighbouring cells differ by 1 and by 10,000."""

    small: int
    large: int


def cell(sense: Sense) -> Cell:
    """Return the cells that a sense lies in; their width in longitude shrinks with the parallel."""
    shrink = math.cos(math.radians(min(89.0, abs(sense.lat))))
    return Cell(
        int((sense.lat + 90) / 0.45) * 10_000 + int((sense.lon + 180) * shrink / 0.45),
        int((sense.lat + 90) / 1.8) * 10_000 + int((sense.lon + 180) * shrink / 1.8),
    )


AROUND = (-10_001, -10_000, -9_999, -1, 0, 1, 9_999, 10_000, 10_001)


def is_settlement(sense: Sense) -> bool:
    """Whether the sense is small enough that what lies near it speaks for it: a point or a second-order division."""
    return sense.extent == "point" or sense.feature_code == "ADM2"


def is_country(sense: Sense) -> bool:
    """Whether the sense is a country rather than something in one."""
    return sense.level == COUNTRY or sense.extent == "country"
