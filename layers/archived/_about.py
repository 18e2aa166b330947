"""What a map of an archive says of the run behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveAbout:
    """What a map of an archive says of the run behind it: its title, its counts, and the files that hold the rest.

    ``documents`` were read, ``aside`` were set aside. ``plans`` are the rows of plans (a plan that names two places has two), of which
    ``unplaced`` have no place, and ``reported`` is how many plans they are once the tellings of one are joined, None where nobody knows.
    ``plans_file`` is where the plans of a country are, with ``{country}`` for its ISO 3166-1 alpha-2 code or, for a place outside all
    countries, ``nowhere``; ``counts_file`` holds the counts by place and month. ``as_of`` is the day of the run as it shall be shown, ""
    where it is not said: a day that is not given is not made up, so that equal runs give equal maps.

    >>> ArchiveAbout(documents=10, aside=1, plans=4, unplaced=0).plans_file.format(country="KE")
    'plans/country=KE/plans.parquet'
    """

    documents: int
    aside: int
    plans: int
    unplaced: int
    reported: int | None = None
    title: str = ""
    as_of: str = ""
    plans_file: str = "plans/country={country}/plans.parquet"
    counts_file: str = "places-by-month.parquet"
    nowhere: str = "none"
