"""How far along a sentence says that a thing is: from modals, tense, and the words that govern the verb."""

from __future__ import annotations

from sources._groups import Group, Tense, group_at
from sources._infinitives import after_to
from sources._lexicon import verbs, words
from sources._phrases import finite
from sources._sentences import Sentence
from sources._tags import NOUNS, VERBS, is_break
from sources._words import lexeme

INCLUDED = "what a plan includes"
"""Why a verb counts that only says what a plan holds: its subject is the plan, and nobody who acts."""
_PRESENT = frozenset({"is", "are", "am"})


def status_of(sentence: Sentence, group: Group, *, loose: bool) -> Tense | None:
    """Return how the verb of ``group`` is to be read, or None where it carries no plan; ``loose`` reads "X to do Y" as a plan."""
    found = _of_group(sentence, group, loose)
    if found is None:
        return None
    refused = group.negated or (found.governor >= 0 and _negated_before(sentence, found.governor))
    if not refused or found.status == "denied":
        found = _in_complement(sentence, group, found)
        return _deal_or(sentence, group, found) if found.status == "planned" else found
    if found.status in ("existing", "completed") or _not_all(sentence):
        return None
    return Tense("denied", found.weight, f"negated: {found.why}", found.governor)


def _not_all(sentence: Sentence) -> bool:
    """ "Not every project …": neither told nor denied of any one."""
    return [t.lower for t in sentence.tokens[:2]] in (["not", "every"], ["not", "all"])


def _of_group(sentence: Sentence, group: Group, loose: bool) -> Tense | None:
    tokens, aux = sentence.tokens, set(group.aux)
    following = tokens[group.index + 1].lower if group.index + 1 < len(tokens) else ""
    lemma, family = group.verb.lemma, group.verb.family
    if (
        (lemma == "plan" and following == "to")
        or (lemma == "agree" and following in {"that", "with", "to"})
        or (following == "as" and lemma in _AS)
    ):
        return None
    if family == "propose" and following == "to" and lemma not in ("offer",):
        return None
    if lemma == "use" and following == "to":
        return None
    if lemma == "reach" and not any(t.lower in words("deal_nouns") for t in tokens[group.index + 1 : group.index + 5]):
        return None
    if aux & {"would", "could", "might", "should"} and aux & words("have"):
        return None
    if aux & {"will", "shall", "won't", "won’t", "i'll", "we'll", "they'll"}:
        return _deal_or(sentence, group, Tense("planned", 3.0, "'will'"))
    if aux & {"would", "wouldn't", "wouldn’t"}:
        return _would(sentence, group)
    if aux & {"may", "might", "could", "should"}:
        return Tense("proposed", 2.0, "'may', 'might', 'could' or 'should'")
    if aux & {"can", "must", "cannot", "can't", "can’t"}:
        return None
    if group.to:
        return after_to(sentence, group, loose)
    if group.tag == "VG":
        return _ing(sentence, group, aux)
    if family == "refuse" and (group.tag in ("VD", "VZ", "VP") or group.passive or aux & words("have")):
        return Tense("planned" if lemma in words("held_up") else "denied", 2.6, f"'{tokens[group.index].lower}'")
    if family == "pledge" and group.tag in ("VD", "VZ", "VP", "VN", "VG"):
        told = group.tag in ("VD", "VZ", "VP") or aux & words("have") or aux & _PRESENT
        return Tense("planned", 2.2, "a pledge") if told and following != "to" else None
    if aux & words("have"):
        return _perfect(sentence, group)
    if group.passive or (group.tag == "VN" and "being" in aux):
        return _passive(sentence, group, aux)
    if group.tag == "VN":
        return _reduced(sentence, group)
    if group.tag == "VD":
        return _past(sentence, group)
    if group.tag == "VB" and not aux:
        return _bare(sentence, group, loose)
    if group.tag in ("VZ", "VP", "VB"):
        return _present(sentence, group)
    return None


_AS = frozenset({"serve", "act", "operate", "use", "work"})


def _would(sentence: Sentence, group: Group) -> Tense:
    """ "would": a plan where somebody is reported to have said it or where a plan is spoken of, else a proposal."""
    before = {t.lower for t in sentence.tokens[: group.start]}
    if group.verb.family == "respond":
        return Tense("proposed", 2.5, "'would' answer")
    if (
        before & words("say_verbs")
        or before & words("planned_nouns")
        or any(t.lower in words("say_verbs") for t in sentence.tokens[group.index :])
    ):
        return _deal_or(sentence, group, Tense("planned", 2.5, "'would' in reported speech"))
    return _deal_or(sentence, group, Tense("proposed", 2.0, "'would'"))


def _deal_or(sentence: Sentence, group: Group, found: Tense) -> Tense:
    """``found``, or "agreed" where the clause stands under an agreement ("Under a deal signed in May, …", "a pact under which …")."""
    tokens = sentence.tokens
    if tokens[0].lower in ("under", "in") and any(t.lower in words("deal_nouns") for t in tokens[1:5]) and group.start > 3:
        return Tense("agreed", found.weight, "under an agreement")
    for j in range(group.start - 1, max(0, group.start - 14), -1):
        if tokens[j].lower == "which" and tokens[j - 1].lower in ("under", "by"):
            near = {t.lower for t in tokens[max(0, j - 12) : j]}
            if near & words("deal_nouns"):
                return Tense("agreed", found.weight, "an agreement under which")
    return found


def _in_complement(sentence: Sentence, group: Group, found: Tense) -> Tense:
    """``found`` as the verb has it that the clause hangs on ("agreed that …", "proposed that …", "denied that …")."""
    outer = governing_clause(sentence, group.start if found.governor < 0 else found.governor)
    if outer < 0 or found.status in ("completed", "existing"):
        return found
    word = sentence.tokens[outer].lower
    verb = verbs().get(word)
    lemma = verb.lemma if verb else word
    if lemma in ("agree",) or word in words("agreed_governors"):
        return Tense("agreed", found.weight, f"'{word} that'", found.governor) if found.status == "planned" else found
    if found.status == "planned" and ((verb and verb.family == "propose") or word in words("proposed_governors")):
        return Tense("proposed", found.weight, f"'{word} that'", found.governor)
    return found


def governing_clause(sentence: Sentence, k: int) -> int:
    """Where the verb stands that the clause of the word at ``k`` is the object of ("agreed **that** X will …"), or -1."""
    tokens, tags = sentence.tokens, sentence.tags
    for j in range(k - 1, 0, -1):
        if tags[j] == "SUB":
            if tokens[j].lower != "that":
                return -1
            return _before_that(sentence, j)
        if tags[j] in ("WH",) or (is_break(tokens[j + 1].gap) and "," not in tokens[j + 1].gap):
            return -1
        if finite(sentence, j) and tags[j] in ("VZ", "VD", "VP") and tags[j + 1] in ("PRP", "DT", "NP", "N"):
            return j if tokens[j].lower in words("agreed_governors") | words("say_verbs") | words("proposed_governors") else -1
    return -1


def _before_that(sentence: Sentence, that: int) -> int:
    """The verb or noun whose object the clause behind "that" is ("denied last week **that**", "reports **that**"), or -1."""
    tokens, tags = sentence.tokens, sentence.tags
    if tags[that - 1] == "BE" and any(t.lower == "what" for t in tokens[:that]):
        return next((i for i in range(that - 1) if tags[i] in VERBS), -1)
    for i in range(that - 1, max(-1, that - 11), -1):
        if tags[i] in VERBS or (tags[i] == "N" and tokens[i].lower in words("deal_nouns") | words("claims")):
            return i
        if is_break(tokens[i].gap) or (tags[i] in NOUNS and tokens[i].lower not in words("time_words") and not tokens[i].cap):
            return -1
    return -1


def _negated_before(sentence: Sentence, j: int) -> bool:
    """Whether "not", "never" or a denying subject stands before a governor ("has not agreed to", "nobody plans to")."""
    tokens = sentence.tokens
    near = tokens[max(0, j - 3) : j]
    if any(t.lower in words("negations") - {"no"} for t in near) and tokens[j - 1].lower != "only":
        return True
    for k in range(j - 1, max(-1, j - 5), -1):
        if tokens[k].lower in {"no", "none", "nobody", "neither"}:
            return k == 0 or is_break(tokens[k].gap) or sentence.tags[k - 1] in ("SUB", "VD", "BE", "HV", "VZ", "VP", "RB", "CC")
        if sentence.tags[k] not in NOUNS and sentence.tags[k] not in ("JJ", "RB", "BE", "HV"):
            return False
    return False


def _ing(sentence: Sentence, group: Group, aux: set[str]) -> Tense | None:
    tokens, tags, k = sentence.tokens, sentence.tags, group.index
    word = tokens[k].lower
    if aux & _PRESENT or ("been" in aux and aux & {"has", "have"}):
        if word in words("plan_verbs_ing"):
            return Tense("planned", 2.6, f"'is {word}'")
        if group.verb.family == "propose" or word in words("proposal_verbs_ing"):
            return Tense("proposed", 2.6, f"'is {word}'")
        lasting = "been" in aux and (any(t.lower == "since" for t in tokens) or "for" in [t.lower for t in tokens])
        existing = group.verb.lemma in words("presence_verbs") or (lasting and group.verb.family in ("use", "supply", "economic", "deploy"))
        return Tense("existing" if existing else "under way", 2.6, "'is' and '-ing'")
    if aux & {"was", "were", "be"}:
        return None
    if sentence.item and group.verb.family == "propose" and (k == 0 or not any(finite(sentence, j) for j in range(k))):
        return Tense("proposed", 2.2, f"'{word}'")
    if k == 0 and sentence.item:
        return _listed(group)
    before = tokens[k - 1].lower if k else ""
    if before in words("begun_governors"):
        begins = k >= 2 and tags[k - 2] in ("MD", "TO")
        return Tense("planned" if begins else "under way", 2.5, f"'{before}' and '-ing'", k - 1)
    if before in {"includes", "include", "including", "involves", "involve", "involving"}:
        scheme = any(t.lower in words("planned_nouns") for t in tokens[:k])
        return Tense("planned", 2.0, INCLUDED) if scheme else None
    if before in words("proposal_verbs_ing") | words("proposing_before_ing"):
        return Tense("proposed", 2.4, f"'{before}' and '-ing'", k - 1)
    if before == "by" and k >= 2 and tokens[k - 2].lower == "including":
        return Tense("planned", 2.0, "'including by' and '-ing'")
    if before == "in" and k >= 2:
        helped = _helped(sentence, k)
        if helped is not None:
            return helped
    if tags[k - 1] == "IN" and k >= 2:
        return _after_preposition(sentence, group, k)
    return None


def _helped(sentence: Sentence, k: int) -> Tense | None:
    """ "will support the governments in launching studies": as far along as the support is, None where nobody is supported."""
    for j in range(k - 2, max(-1, k - 8), -1):
        if sentence.tags[j] in VERBS:
            if lexeme(sentence.tokens[j].lower).lemma not in ("support", "assist", "help", "aid"):
                return None
            group = group_at(sentence, j)
            found = status_of(sentence, group, loose=False) if group else None
            return Tense(found.status, 2.6, "'support … in' and '-ing'", j) if found else None
        if is_break(sentence.tokens[j + 1].gap) or sentence.tags[j] not in NOUNS | {"DT", "JJ", "CC"}:
            return None
    return None


def _listed(group: Group) -> Tense:
    """ "-ing" at the head of a list item: a measure that somebody takes."""
    if group.verb.lemma in ("schedule", "plan"):
        return Tense("planned", 2.2, "a list of measures")
    if group.verb.lemma in words("existing_verbs"):
        return Tense("existing", 2.2, "a list of measures in force")
    return Tense("under way", 2.0, "a list of measures")


def _after_preposition(sentence: Sentence, group: Group, k: int) -> Tense | None:
    """ "-ing" behind a preposition: what governs that says the status ("committed to building", "an agreement on building")."""
    tokens, tags = sentence.tokens, sentence.tags
    preposition = tokens[k - 1].lower
    for j in range(k - 2, max(-1, k - 7), -1):
        word = tokens[j].lower
        if tags[j] in ("WH", "SUB") or is_break(tokens[j + 1].gap):
            return None
        if word in words("agreed_governors") and preposition in ("to", "on", "for"):
            return Tense("agreed", 2.2, f"'{word} {preposition}' and '-ing'", j)
        if word in words("proposed_governors") and preposition in ("of", "for", "on", "in", "about"):
            return Tense("proposed", 2.2, f"'{word} {preposition}' and '-ing'", j)
        if word in words("proposal_nouns") and preposition in ("of", "for", "on", "about"):
            return Tense("proposed", 2.0, f"'{word} {preposition}' and '-ing'", j)
        if word in words("planned_governors") | words("planned_nouns") and preposition in ("of", "for", "on", "at"):
            return Tense("planned", 2.2, f"'{word} {preposition}' and '-ing'", j)
        if tags[j] in VERBS:
            return None
    return None


def _perfect(sentence: Sentence, group: Group) -> Tense | None:
    tokens = sentence.tokens
    verb = group.verb
    since = any(t.lower == "since" for t in tokens) or any(
        t.lower == "for" and sentence.tags[i] == "IN" and _span_of_time(sentence, i) for i, t in enumerate(tokens)
    )
    if verb.family == "propose":
        return Tense("proposed", 2.4, "'has' and a verb of proposing")
    if verb.family == "agree":
        return Tense("agreed", 2.4, "'has' and a verb of agreeing")
    if verb.lemma in {"plan", "begin", "start", "resume", "propose"}:
        return Tense("under way", 2.2, "has begun")
    if since and (
        verb.lemma in words("existing_verbs") or verb.family in ("use", "economic", "supply") or (verb.family == "deploy" and group.passive)
    ):
        return Tense("existing", 2.2, "'has' … 'since' or 'for'")
    return Tense("completed", 2.0, "'has' and a participle")


def _span_of_time(sentence: Sentence, i: int) -> bool:
    """Whether a length of time follows the "for" at ``i``."""
    return any(
        t.lower in {"year", "years", "decade", "decades", "month", "months", "week", "weeks", "generation", "generations"}
        for t in sentence.tokens[i + 1 : i + 5]
    )


def _passive(sentence: Sentence, group: Group, aux: set[str]) -> Tense | None:
    verb = group.verb
    if "being" in aux:
        return Tense("under way", 2.4 if aux & _PRESENT else 2.0, "'being' and a participle") if not aux & {"was", "were"} else None
    if not aux & {"is", "are", "was", "were", "been", "am"}:
        if "be" in aux and governing_clause(sentence, group.start) >= 0:
            return Tense("planned", 2.0, "'that' … 'be' and a participle")
        return None
    if verb.lemma == "plan" or verb.lemma == "schedule":
        return Tense("planned", 2.4, "'is planned'") if aux & _PRESENT else Tense("planned", 1.6, "'was planned'")
    if aux & _PRESENT and (verb.family in ("deploy", "use", "economic") or verb.lemma in words("existing_verbs")):
        return Tense("existing", 1.8, "'is' and a participle of place")
    if aux & _PRESENT:
        return Tense("proposed", 1.6, "'is proposed'") if verb.family == "propose" else Tense("completed", 1.2, "'is' and a participle")
    if verb.family == "agree":
        return Tense("agreed", 2.0, "'was' and a participle of agreeing")
    if verb.family == "propose":
        return Tense("proposed", 1.8, "'was' and a participle of proposing")
    return Tense("completed", 1.6, "'was' and a participle")


def _reduced(sentence: Sentence, group: Group) -> Tense | None:
    """A participle that hangs on a noun ("a base planned at Xyzzy"): only one that says itself that it is planned counts."""
    k = group.index
    if k and sentence.tags[k - 1] in NOUNS and k + 1 < len(sentence.tokens) and sentence.tags[k + 1] == "IN":
        if group.verb.lemma in ("plan", "schedule"):
            return Tense("planned", 1.4, "'planned' behind a noun")
        if group.verb.lemma == "propose":
            return Tense("proposed", 1.4, "'proposed' behind a noun")
    return None


def _past(sentence: Sentence, group: Group) -> Tense | None:
    tokens, tags, k = sentence.tokens, sentence.tags, group.index
    lead = next((j for j in range(k - 1, -1, -1) if tags[j] not in ("RB",)), -1)
    if lead < 0 and not tokens[k].headline:
        return None
    if lead >= 0 and tags[lead] == "SUB":
        return None
    verb = group.verb
    if verb.lemma == "plan" and not group.aux:
        return Tense("planned", 2.0, "'planned'")
    if verb.family == "agree":
        return Tense("agreed", 2.2, f"'{tokens[k].lower}'")
    if verb.family == "propose":
        clause = any(t.lower == "that" for t in tokens[k + 1 : k + 3]) and any(
            tags[j] in ("MD", "BE") for j in range(k + 2, min(k + 14, len(tags)))
        )
        return None if clause else Tense("proposed", 2.0, f"'{tokens[k].lower}'")
    if verb.lemma in {"begin", "start", "resume", "commence"}:
        return Tense("under way", 1.8, f"'{tokens[k].lower}'")
    return Tense("completed", 1.4, "simple past")


def _bare(sentence: Sentence, group: Group, loose: bool) -> Tense | None:
    """A verb without tense at the head of a list item ("- open an office in …")."""
    if not sentence.item or any(sentence.tags[j] not in ("RB", "DT") for j in range(group.first)):
        return None
    existing = group.verb.lemma in words("existing_verbs")
    return Tense("existing" if existing else "planned", 2.2, "a list of what is done or to be done")


def _present(sentence: Sentence, group: Group) -> Tense | None:
    tokens, verb = sentence.tokens, group.verb
    if group.negated:
        return None
    if tokens[group.index].headline and verb.family not in ("use", "deploy"):
        return Tense("planned", 1.0, "a headline's present tense") if verb.family in ("build", "move", "agree") else None
    if verb.lemma == "plan":
        return Tense("planned", 2.4, f"'{tokens[group.index].lower}'")
    if verb.family == "agree":
        return Tense("agreed", 2.0, f"'{tokens[group.index].lower}'")
    if verb.family == "propose":
        return Tense("proposed", 2.0, f"'{tokens[group.index].lower}'")
    already = "already" in group.aux and verb.family in ("use", "exercise", "supply", "economic")
    if verb.lemma in words("existing_verbs") or already:
        return Tense("existing", 2.0, "simple present")
    return None
