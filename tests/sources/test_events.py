"""PLOVER's event types and modes."""

from __future__ import annotations

import pytest

from tests.conftest import PlansOf


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Kenya will send troops to Mali.", ("MOBILIZE", "troops")),
        ("Kenya will deploy missiles at Lamu.", ("MOBILIZE", "weapons")),
        ("Kenya will provide food to the camp at Dadaab.", ("AID", "humanitarian")),
        ("Kenya will withdraw its troops from Mali.", ("RETREAT", "withdraw")),
        ("Kenya agreed to sign a treaty in Nairobi.", ("SUPPORT", "")),
        ("Kenya rejected a base at Lamu.", ("REJECT", "")),
        ("The minister will visit Lamu on 3 May 2031.", ("CONSULT", "visit")),
        ("Kenya will build a pier at Kilifi.", ("", "")),
    ],
)
def test_the_event_follows_from_verb_and_thing(plans_of: PlansOf, text: str, event: tuple[str, str]) -> None:
    plan = plans_of(text)[0]
    assert (plan.event_type, plan.event_mode) == event
