"""Which verb of a sentence carries a plan, and how far along the sentence says that plan is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from geo.text import Token
from sources._lexicon import Verb, verbs, words
from sources._model import Status
from sources._sentences import Sentence
from sources._tags import VERBS

_BE = words("be")
_HAVE = words("have")
_MODAL = words("modals")
_NEGATION = words("negations")
_ADVERBS = words("adverbs")
_RELATIVE = words("relatives")
_DETERMINERS = words("determiners")


INCLUDED = "what a plan includes"
"""Why a verb counts that only says what a plan holds: its subject is the plan, and nobody who acts."""


@dataclass(slots=True)
class Head:
    """The verb that carries a plan: its place among the sentence's words, how it is read, its status, and how sure that reading is."""

    index: int
    group: int
    verb: Verb
    status: Status
    weight: float
    why: str
    governor: int = -1
    passive: bool = False


_Make = Callable[..., Head | None]
"""Makes a head of the verb at hand: status, weight, why and, where something governs it, its index."""


def heads(sentence: Sentence, *, title: bool = False) -> list[Head]:
    """Return the verbs of ``sentence`` that can carry a plan, in the order of the text; ``title`` reads "X to do Y" as a plan."""
    found: list[Head] = []
    tokens = sentence.tokens
    for k, token in enumerate(tokens):
        verb = verbs().get(token.lower)
        if verb is None or sentence.tags[k] not in VERBS:
            continue
        if _in_condition(tokens, k):
            continue
        head = _read(tokens, k, verb, sentence, title)
        if head is not None:
            head.weight -= 0.5 * _depth(tokens, k)
            found.append(head)
    return found


def _in_condition(tokens: list[Token], k: int) -> bool:
    """Whether the word stands in a clause that begins with "if", "unless", "whether" or "once"."""
    for j in range(k - 1, -1, -1):
        if tokens[j].lower in {"if", "unless", "whether"}:
            return not any("," in t.gap for t in tokens[j + 1 : k + 1])
        if tokens[j].gap.strip() in {";", ":"}:
            return False
    return False


def _depth(tokens: list[Token], k: int) -> int:
    """1 where the word stands in a relative clause ("which", "that was …"), else 0."""
    for j in range(k - 1, max(-1, k - 10), -1):
        if "," in tokens[j + 1].gap and tokens[j].lower not in _RELATIVE:
            return 0
        if tokens[j].lower in _RELATIVE and j:
            previous = tokens[j - 1].lower
            spoken = (
                previous
                in words("say_verbs") | words("opinion_verbs") | words("planned_governors") | {"indicate", "indicates", "show", "shows"}
                or previous in verbs()
                or previous.endswith("ing")
            )
            return 0 if tokens[j].lower == "that" and spoken else 1
    return 0


def _read(tokens: list[Token], k: int, verb: Verb, sentence: Sentence, title: bool) -> Head | None:
    """Read the words before the verb at ``k``: modal, auxiliary, "to" and what governs it."""
    following = tokens[k + 1].lower if k + 1 < len(tokens) else ""
    if (verb.lemma == "plan" and following == "to") or (verb.lemma == "agree" and following in {"that", "with"}):
        return None
    if verb.lemma in {"serve", "act", "operate", "use", "work"} and k + 1 < len(tokens) and tokens[k + 1].lower == "as":
        return None
    aux: list[str] = []
    i, negated = k - 1, False
    while i >= 0 and (
        tokens[i].lower in _BE | _HAVE | _MODAL | _ADVERBS | _NEGATION or (tokens[i].lower.endswith("ly") and len(tokens[i].lower) > 4)
    ):
        if "," in tokens[i + 1].gap:
            break
        negated = negated or (tokens[i].lower in _NEGATION and tokens[i + 1].lower not in {"only", "just", "merely"})
        aux.insert(0, tokens[i].lower)
        i -= 1
    before = tokens[i].lower if i >= 0 else ""
    negated = negated or _negative_subject(tokens, i)
    group = i + 1
    passive = verb.form in ("participle", "past or participle") and any(a in _BE for a in aux)

    def head(status: Status, weight: float, why: str, governor: int = -1) -> Head | None:
        refused = negated or (governor >= 0 and _negated_before(tokens, governor))
        if refused and status in ("existing", "completed"):
            return None
        if refused and status != "denied":
            return Head(k, group, verb, "denied", weight, f"negated: {why}", governor, passive)
        return Head(k, group, verb, status, weight, why, governor, passive)

    if "will" in aux or "shall" in aux:
        return head("planned", 3.0, "'will'")
    if "would" in aux:
        said = any(t.lower in words("say_verbs") for t in tokens)
        return head("planned", 2.5, "'would' in reported speech") if said else head("proposed", 2.0, "'would'")
    if {"may", "might", "could", "should"} & set(aux):
        return head("proposed", 2.0, "'may', 'might', 'could' or 'should'")
    if "can" in aux or "must" in aux:
        return None
    if (before == "to" and verb.form in ("base",)) or (before == "to" and passive):
        return _after_to(tokens, sentence.tags, k, i, group, verb, title or sentence.heading or sentence.item, head)
    if verb.form == "ing":
        return _progressive(tokens, k, aux, sentence, head)
    if verb.family == "refuse":
        return head("denied", 2.6, f"'{tokens[k].lower}'")
    if any(a in _HAVE for a in aux):
        if negated:
            return None
        since = any(t.lower in {"since"} for t in tokens) or any(t.lower == "for" for t in tokens[k:])
        if verb.family == "propose":
            return head("proposed", 2.4, "'has' and a verb of proposing")
        if verb.family == "agree":
            return head("agreed", 2.4, "'has' and a verb of agreeing")
        if verb.lemma in {"plan", "begin", "start", "resume", "propose"}:
            return head("under way", 2.2, "has begun")
        if since and (verb.lemma in words("existing_verbs") or verb.family in ("use", "economic", "deploy", "supply")):
            return head("existing", 2.2, "'has' … 'since' or 'for'")
        return head("completed", 2.0, "'has' and a participle")
    if (
        verb.lemma == "plan"
        and tokens[k].lower in {"plans", "planned"}
        and (k + 1 >= len(tokens) or tokens[k + 1].lower != "to")
        and not any(a in _HAVE for a in aux)
    ):
        if k and not (tokens[k - 1].lower in _DETERMINERS | {"of", "such"} or (tokens[k - 1].lower in _ADVERBS and not passive)):
            return head("planned", 2.4, f"'{tokens[k].lower}'")
    if passive and not {"is", "are", "was", "were", "been", "am"} & set(aux):
        return None
    if passive:
        if "being" in aux and {"is", "are"} & set(aux):
            return head("under way", 2.4, "'is being'")
        if {"is", "are", "am"} & set(aux) and verb.family in ("deploy", "use", "economic"):
            return head("existing", 1.8, "'is' and a participle of place")
        if {"is", "are"} & set(aux):
            return head("proposed", 1.6, "'is proposed'") if verb.family == "propose" else head("completed", 1.2, "'is' and a participle")
        if verb.family == "agree":
            return head("agreed", 2.0, "'was' and a participle of agreeing")
        return head("completed", 1.6, "'was' and a participle")
    if verb.form in ("past", "past or participle"):
        return _simple_past(tokens, k, verb, aux, head)
    if k == 0 and sentence.item and verb.form == "base":
        existing = verb.lemma in words("existing_verbs")
        return head("existing" if existing else "planned", 2.2, "a list of what is done or to be done")
    if verb.form in ("s", "base") and not negated:
        return _simple_present(tokens, k, verb, head)
    return None


def _negated_before(tokens: list[Token], j: int) -> bool:
    """Whether "not" or "never" stands right before a governor ("has not agreed to")."""
    return any(t.lower in _NEGATION - {"no"} for t in tokens[max(0, j - 2) : j]) and tokens[j - 1].lower != "only"


def _negative_subject(tokens: list[Token], i: int) -> bool:
    """Whether the subject that ends at ``i`` begins with "no" or "none"."""
    for j in range(i, max(-1, i - 6), -1):
        if tokens[j].lower in {"no", "none", "nobody", "nothing", "neither"}:
            return True
        if "," in tokens[j].gap or tokens[j].lower in _RELATIVE | words("say_verbs"):
            return False
    return False


def _after_to(tokens: list[Token], tags: list[str], k: int, i: int, group: int, verb: Verb, loose: bool, head: _Make) -> Head | None:
    """A verb after "to": the status is that of what governs it ("plans to", "agreed to", "wants to")."""
    j, hops, passive_to = i - 1, 0, verb.form in ("participle", "past or participle")
    while j >= 0 and hops < 9:
        word = tokens[j].lower
        if word in _RELATIVE - {"whom"}:
            break
        if hops == 0 and word in _ADVERBS | {"not"}:
            j -= 1
            continue
        if word in {"is", "are", "'s"} and hops == 0:
            return head("planned", 2.8, "'is to'", j)
        if word in {"is", "are", "'s", "was", "were"}:
            return None
        if word == "plan" and j and tokens[j - 1].lower == "no":
            return head("denied", 2.8, "'no plan to'", j)
        if word == "plans" and j and tokens[j - 1].lower == "no":
            return head("denied", 2.8, "'no plans to'", j)
        if word in words("denied_governors") and verb.lemma in words("speech_verbs"):
            return None
        if word in words("denied_governors"):
            return head("denied", 2.4, f"'{word} to'", j)
        if word in words("planned_governors"):
            thing_itself = passive_to and hops == 0 and word in words("planned_nouns")
            return head("planned", 2.9, f"'{word} to'", i if thing_itself else j)
        if word in words("agreed_governors"):
            return head("agreed", 2.9, f"'{word} to'", j)
        if word in words("proposed_governors"):
            return head("proposed", 2.7, f"'{word} to'", j)
        if word in words("begun_governors"):
            return head("under way", 2.5, f"'{word} to'", j)
        if word in words("plan_verbs_ing"):
            return head("planned", 2.4, f"'{word} … to'", j)
        if word in words("planned_nouns"):
            return head("planned", 2.2, f"'{word} to'", j)
        if word in {"intended", "meant"}:
            return head("planned", 2.4, f"'{word} to'", j)
        if word in {"designed", "used", "able", "failed", "helped", "help", "likely", "unable", "enough", "how", "ability"}:
            return None
        if "," in tokens[j + 1].gap or tokens[j + 1].gap.strip() in {";", ":", "–", "—"}:
            break
        if tags[j] in VERBS:
            return None
        if word == "to":
            return None
        j -= 1
        hops += 1
    if loose and not any(t.lower in _BE | _HAVE | _MODAL for t in tokens[:i]):
        return head("planned", 2.6, "'to' in a headline or list", i)
    return None


def _progressive(tokens: list[Token], k: int, aux: list[str], sentence: Sentence, head: _Make) -> Head | None:
    if {"is", "are", "am"} & set(aux) or ("been" in aux and {"has", "have"} & set(aux)):
        if tokens[k].lower in words("plan_verbs_ing"):
            return head("planned", 2.6, f"'is {tokens[k].lower}'")
        if tokens[k].lower in words("proposal_verbs_ing"):
            return head("proposed", 2.6, f"'is {tokens[k].lower}'")
        return head("under way", 2.6, "'is' and '-ing'")
    if sentence.item and not aux and verbs()[tokens[k].lower].family == "propose":
        return head("proposed", 2.2, f"'{tokens[k].lower}'")
    if k == 0 and sentence.item:
        lemma = verbs()[tokens[k].lower].lemma
        if lemma == "schedule":
            return head("planned", 2.2, "a list of measures")
        if lemma in words("existing_verbs"):
            return head("existing", 2.2, "a list of measures in force")
        return head("under way", 2.0, "a list of measures")
    before = tokens[k - 1].lower if k else ""
    if before in words("begun_governors"):
        return head("planned" if k >= 2 and tokens[k - 2].lower in {"will", "to"} else "under way", 2.5, f"'{before}' and '-ing'")
    if before in {"includes", "include", "including", "involves", "involve", "involving"}:
        scheme = any(t.lower in words("planned_nouns") for t in tokens[:k])
        return head("planned", 2.0, INCLUDED) if scheme else None
    if before in words("proposal_verbs_ing") | {
        "considers",
        "consider",
        "considered",
        "proposes",
        "proposed",
        "suggested",
        "discussed",
        "mulls",
        "weighs",
    }:
        return head("proposed", 2.4, f"'{before}' and '-ing'")
    return None


def _simple_past(tokens: list[Token], k: int, verb: Verb, aux: list[str], head: _Make) -> Head | None:
    before = tokens[k - 1] if k else None
    lead = next((t.lower for t in reversed(tokens[:k]) if t.lower not in _ADVERBS and not t.lower.endswith("ly")), "")
    if lead in {"when", "once", "if", "as", "though", "while", "until", "unless", ""}:
        return None
    if verb.form == "past or participle" and before is not None:
        if before.lower in _DETERMINERS | {"and", "of", "with", "by", "for", "in", "on", "from", "at", "as", "than"} or (
            k + 1 < len(tokens) and tokens[k + 1].lower == "by"
        ):
            return None
    if k == 0 and not tokens[k].headline:
        return None
    if verb.family == "agree":
        return head("agreed", 2.2, f"'{tokens[k].lower}'")
    if verb.family == "propose":
        clause = k + 1 < len(tokens) and tokens[k + 1].lower in {"that"} and any(t.lower in _MODAL for t in tokens[k + 2 : k + 9])
        return None if clause else head("proposed", 2.0, f"'{tokens[k].lower}'")
    if verb.lemma in {"begin", "start", "resume", "commence"}:
        return head("under way", 1.8, f"'{tokens[k].lower}'")
    return head("completed", 1.4, "simple past")


def _simple_present(tokens: list[Token], k: int, verb: Verb, head: _Make) -> Head | None:
    before = tokens[k - 1] if k else None
    if before is None or before.lower in {"to", "and", "or"} or (verb.form == "base" and not _plural_subject(before)):
        return None
    if verb.form == "s" and not before.cap and before.lower.endswith("s") and not before.lower.endswith("ss"):
        return None
    if tokens[k].headline and verb.family not in ("use", "deploy"):
        return head("planned", 1.0, "a headline's present tense") if verb.family in ("build", "move", "agree") else None
    if verb.family == "agree":
        return head("agreed", 2.0, f"'{tokens[k].lower}'")
    if verb.family == "propose":
        return head("proposed", 2.0, f"'{tokens[k].lower}'")
    if verb.lemma in words("existing_verbs"):
        return head("existing", 2.0, "simple present")
    return None


def _plural_subject(before: Token) -> bool:
    return before.lower.endswith("s") or before.lower in {
        "they",
        "we",
        "people",
        "who",
        "that",
        "which",
        "forces",
        "police",
        "still",
        "now",
        "already",
        "also",
    }
