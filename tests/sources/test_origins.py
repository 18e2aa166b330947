"""Whom an article credits."""

from __future__ import annotations

import pytest

from sources._origins import credited, dateline_agency


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Kenya will build a pier, the Savanna news agency reported on Monday.", ("Savanna",)),
        ("According to the Coast Courier, a pier is planned.", ("Coast Courier",)),
        ("A pier is planned, the newspaper Lamu Weekly reported.", ("Lamu Weekly",)),
    ],
)
def test_an_outlet_that_is_credited_is_an_origin(text: str, names: tuple[str, ...]) -> None:
    assert credited(text) == names


@pytest.mark.parametrize(
    "text", ["A pier is planned, the minister said.", "A pier is planned, Amina Doe said.", "The US said that a pier is planned."]
)
def test_an_official_who_speaks_is_no_origin(text: str) -> None:
    assert credited(text) == ()


def test_an_agency_in_the_dateline_is_an_origin() -> None:
    assert dateline_agency("NAIROBI, March 3 (Savanna News Agency) — Kenya will build a pier.") == "Savanna News Agency"
