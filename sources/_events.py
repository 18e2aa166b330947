"""PLOVER's event type and mode of a plan, where one fits (Open Event Data Alliance, PLOVER manual)."""

from __future__ import annotations

import re

from sources._clauses import Head
from sources._lexicon import event_modes, event_types


def event_of(head: Head, asset: str, actor: str) -> tuple[str, str]:
    """Return the event type and the mode of the plan at ``head``, each "" where none fits.

    The type follows from the family of the verb and the status: what is only agreed is AGREE, what is refused REJECT. The mode follows from
    the words of ``asset`` and ``actor``, for the types that have modes.
    """
    if head.status == "denied":
        return "REJECT", ""
    kind = event_types().get(head.verb.lemma, event_types().get(head.verb.family, ""))
    if kind == "MOBILIZE" and head.verb.family == "exercise" and (" and " in actor or "joint" in asset.lower()):
        return "COOPERATE", ""
    if kind in ("AID", "COOPERATE") and head.status == "agreed":
        return "AGREE", ""
    said = set(re.findall(r"[a-z]+", f"{asset} {head.verb.lemma}".lower()))
    mode = next((name for name, cues in event_modes().get(kind, {}).items() if said & cues), "")
    if kind == "MOBILIZE" and not mode and head.verb.family == "deploy":
        return "", ""
    return kind, mode
