"""A verb after "to": how far along it is follows from what governs it ("plans to", "agreed to", "a decision to")."""

from __future__ import annotations

from sources._groups import Group, Tense
from sources._lexicon import words
from sources._model import Status
from sources._phrases import finite
from sources._sentences import Sentence
from sources._tags import NOUNS, VERBS, is_break

_PRESENT = frozenset({"is", "are", "am"})
_FARTHEST = 12


def after_to(sentence: Sentence, group: Group, loose: bool) -> Tense | None:
    """A verb after "to": the status is that of what governs it ("plans to", "agreed to", "wants to", "a decision to")."""
    tokens, tags = sentence.tokens, sentence.tags
    at = next((j for j in range(group.first, group.index) if tags[j] == "TO"), group.first)
    passive = group.passive or "be" in group.aux
    exploring = group.verb.family == "propose" and group.verb.lemma not in ("offer", "request", "demand", "ask")
    j, hops = at - 1, 0
    if j > 0 and tags[j] == "CC":
        earlier = next((i for i in range(j - 1, 0, -1) if tags[i] == "TO"), -1)
        j = earlier - 1 if earlier > 0 else j
        at = earlier if earlier > 0 else at
    while j >= 0 and hops < _FARTHEST:
        if tags[j] in ("WH", "SUB"):
            break
        if tags[j] in ("RB", "NEG"):
            j -= 1
            continue
        found = _governs(sentence, group, j, hops, passive)
        if found is not None:
            status, weight, why, governor = found
            if status in ("planned", "agreed") and exploring:
                status = "proposed"
            return None if weight < 0 else Tense(status, weight, why, governor)
        if is_break(tokens[j + 1].gap) and not _listed_names(sentence, j, at):
            break
        if tags[j] in VERBS or tags[j] == "TO" or (tags[j] in ("BE", "HV") and j + 1 < at and tags[j + 1] not in ("VN", "VG", "JJ", "N")):
            return None
        j -= 1
        hops += 1
    if loose and not any(finite(sentence, k) for k in range(at)):
        return Tense("planned", 2.6, "'to' in a headline or list", at)
    return None


def _listed_names(sentence: Sentence, j: int, stop: int) -> bool:
    """Whether the comma behind ``j`` parts the members of a list ("the commitment by A, B and C to …")."""
    between = sentence.tags[j + 1 : stop]
    return "CC" in between and all(tag in NOUNS or tag in ("DT", "JJ", "CC", "IN") for tag in between)


_NO_GOVERNOR: tuple[Status, float, str, int] = ("planned", -1.0, "", -1)


def _governs(sentence: Sentence, group: Group, j: int, hops: int, passive: bool) -> tuple[Status, float, str, int] | None:
    """What the word at ``j`` makes of an infinitive: a status, ``_NO_GOVERNOR`` where it makes it no plan, None where it says nothing."""
    tokens, tags = sentence.tokens, sentence.tags
    word = tokens[j].lower
    if hops == 0 and tags[j] == "BE" and word in {"is", "are", "'s", "was", "were"}:
        return ("planned", 2.8, "'is to'", j) if word in _PRESENT or word == "'s" else ("planned", 2.0, "'was to'", j)
    if word in ("plan", "plans") and j and tokens[j - 1].lower == "no":
        return "denied", 2.8, "'no plan to'", j
    if word in words("denied_governors"):
        return _NO_GOVERNOR if group.verb.lemma in words("speech_verbs") else ("denied", 2.4, f"'{word} to'", j)
    if word in ("like", "keen") and j and (tags[j - 1] == "MD" or hops == 0):
        return "proposed", 2.5, f"'{word} to'", j
    nominal = tags[j] in NOUNS or tags[j] == "JJ"
    if word in words("planned_governors"):
        itself = passive and hops == 0 and word in words("planned_nouns")
        if nominal and any(t.lower in ("should", "could", "might") for t in tokens[max(0, j - 4) : j]):
            return "proposed", 2.2, f"a {word} that should be", j
        if word in ("set", "due", "about", "bound", "ready", "going") and hops:
            return None
        if word in ("order", "orders") and j and tokens[j - 1].lower == "in":
            return _NO_GOVERNOR
        together = word in ("decided", "resolved") and any(t.lower in words("joint_subjects") for t in tokens[max(0, j - 4) : j])
        status: Status = "agreed" if together else "planned"
        return status, 2.9, f"'{word} to'", group.start - 1 if itself else j
    if word in words("agreed_governors"):
        return "agreed", 2.9 if hops < 4 else 2.4, f"'{word} to'", j
    if word in words("proposed_governors"):
        return "proposed", 2.7, f"'{word} to'", j
    if word in words("begun_governors") and not nominal:
        lasting = word.startswith("continu") and (group.verb.lemma in words("existing_verbs") or group.verb.family in ("deploy", "use"))
        going: Status = "existing" if lasting else "under way"
        return going, 2.5, f"'{word} to'", j
    if word in words("plan_verbs_ing") and tags[j] == "VG":
        return "planned", 2.4, f"'{word} … to'", j
    if word in words("planned_nouns") and nominal:
        if any(t.lower in ("should", "could", "might", "may") for t in tokens[max(0, j - 4) : j]):
            return "proposed", 2.2, f"a {word} that should be", j
        return "planned", 2.2, f"'{word} to'", j
    if word in words("effort_nouns") and nominal:
        return "under way", 1.8, f"'{word} to'", j
    if word in {"intended", "meant"}:
        return "planned", 2.4, f"'{word} to'", j
    if word in words("no_governors"):
        return _NO_GOVERNOR
    return None
