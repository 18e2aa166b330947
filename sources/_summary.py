"""One line for a plan, in our own order of words: who would do what, where, when, and never more than the quote says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sources._lexicon import ing, is_plural_noun, participle, past, third, verbs, words
from sources._model import PlanPlace, Status

_GOVERNED: dict[str, str] = {
    "plan": "{plans} to {base}",
    "aim": "{aims} to {base}",
    "intend": "{intends} to {base}",
    "hope": "{hopes} to {base}",
    "want": "{wants} to {base}",
    "seek": "{seeks} to {base}",
    "like": "would like to {base}",
    "offer": "offered to {base}",
    "propose": "proposed to {base}",
    "consider": "{be} considering {ing}",
    "expect": "{be} expected to {base}",
    "schedule": "{be} scheduled to {base}",
    "due": "{be} due to {base}",
    "set": "{be} set to {base}",
    "decide": "decided to {base}",
    "pledge": "pledged to {base}",
    "promise": "promised to {base}",
    "agree": "agreed to {base}",
    "agreement": "agreed to {base}",
    "deal": "agreed to {base}",
    "accord": "agreed to {base}",
    "pact": "agreed to {base}",
    "treaty": "agreed to {base}",
    "memorandum": "agreed to {base}",
    "commitment": "agreed to {base}",
    "arrangement": "agreed to {base}",
    "commit": "agreed to {base}",
    "refuse": "refuses to {base}",
    "begin": "{be} beginning to {base}",
    "continue": "{continues} to {base}",
}
"""How the word that governs a plan's verb is told; any other is told by the status."""
_ACTIVE: dict[Status, str] = {
    "planned": "would {base}",
    "proposed": "might {base}",
    "agreed": "would, as agreed, {base}",
    "under way": "{be} {ing}",
    "existing": "{now}",
    "completed": "{past}",
    "denied": "would not {base}",
}
_PASSIVE: dict[Status, str] = {
    "planned": "would be {pp}",
    "proposed": "might be {pp}",
    "agreed": "would be {pp}, as agreed",
    "under way": "{be} being {pp}",
    "existing": "{be} {pp}",
    "completed": "{was} {pp}",
    "denied": "would not be {pp}",
}
_NONE = re.compile(r"(?i)(?:no|none|nobody|neither|not)\b")
_LEADING = re.compile(r"^(?:the|a|an|its|their|some|this|these|those|such)\s", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a summary is made of, each as the article words it; ``where`` and ``when`` with their prepositions, ``apart``
    the places that stand in no phrase of the sentence.

    ``governor`` is the lemma of the word that governs the verb, ``governed`` that word where it is passive ("is intended to"),
    ``particle`` a word that the verb needs before its object ("ask for"), ``deal`` says that the verb is one of agreeing, ``word`` is the
    verb of a denial as written, ``told`` that a proposal has been made, ``asks`` that it is being made, ``ongoing`` that it is under way,
    ``own`` the source's own words, for where the parts make no sentence.
    """

    status: Status
    lemma: str
    actor: str = ""
    asset: str = ""
    where: str = ""
    apart: tuple[str, ...] = ()
    when: str = ""
    passive: bool = False
    governor: str = ""
    deal: bool = False
    word: str = ""
    told: bool = False
    asks: bool = False
    own: str = ""
    family: str = ""
    particle: str = ""
    governed: str = ""
    ongoing: bool = False


def summarise(parts: Parts) -> str:
    """Return the line, with a capital and without a full stop."""
    line = _clause(parts)
    if line == parts.own:
        return line
    line = re.sub(r"\s+([,;.])", r"\1", " ".join(line.split()))
    for extra in (parts.where, parts.when):
        extra = _inside(extra)
        if extra and extra.lower() not in line.lower() and _bare(extra) not in line.lower():
            line += f" {extra}"
    apart = [name for name in parts.apart if name.lower() not in line.lower()]
    line += f" ({listed(apart)})" if apart else ""
    return line[:1].upper() + line[1:]


def _inside(phrase: str) -> str:
    """A phrase as it stands inside a sentence: "In May" begins with a small letter there."""
    first, _, rest = phrase.partition(" ")
    small = rest and first.lower() in words("opening_prepositions")
    return f"{first.lower()} {rest}" if small else phrase


def _bare(phrase: str) -> str:
    """A phrase without its preposition, in lower case."""
    return re.sub(r"^(?:in|on|at|by|from|to|through|along|across|for|the|\()+\s+", "", phrase.lower())


def _clause(p: Parts) -> str:
    subject = p.asset if p.passive or not p.actor else p.actor
    forms = _forms(p, subject)
    if not clean(subject):
        return p.own
    if p.word:
        return _refused(p, forms)
    if not p.asset and not p.passive and not p.word and (p.lemma not in words("intransitive_verbs") or p.deal):
        return p.own
    if p.lemma == "be" and p.status == "under way":
        return f"{subject} {forms['be']} under way"
    if p.lemma == "be":
        return f"{subject} {'would be' if p.status in ('planned', 'proposed') else forms['be']}"
    if p.passive or not p.actor:
        return _done_to(p, forms)
    if p.told or (p.deal and p.status in ("agreed", "completed")):
        return f"{p.actor} {forms['past']} {p.asset}"
    if p.family == "pledge":
        return f"{p.actor} {forms['past']} {p.asset}"
    if p.lemma == "plan":
        return f"{p.actor} {forms['plans']} {p.asset}"
    if p.asks:
        return f"{p.actor} {forms['now']} {p.asset}"
    governed = _GOVERNED.get(p.governor, "") if p.status != "denied" else ""
    if p.governed and p.status != "denied":
        governed = f"{{be}} {p.governed} to {{base}}"
    pattern = governed or _ACTIVE[p.status]
    if p.status == "denied" and _NONE.match(p.actor):
        pattern = "would {base}"
    return f"{p.actor} {pattern.format(**forms)} {p.asset}"


def _done_to(p: Parts, forms: dict[str, str]) -> str:
    """A line about what is done to a thing, by whom where the article says so."""
    thing = p.asset or ("An agreement" if p.deal else "")
    if not thing:
        return p.own
    if p.lemma in ("plan", "schedule"):
        pattern = f"{forms['be']} planned"
    elif p.deal and p.status in ("agreed", "completed"):
        pattern = f"{forms['was']} {forms['pp']}"
    elif p.family == "propose":
        pattern = f"{forms['be']} being {forms['pp']}" if p.ongoing else f"{forms['was']} {forms['pp']}"
    elif p.governor in ("due", "set", "expect", "schedule"):
        pattern = _GOVERNED[p.governor].format(**forms | {"base": f"be {forms['pp']}"})
    else:
        pattern = _PASSIVE[p.status].format(**forms)
    if p.status == "denied" and _NONE.match(thing):
        pattern = pattern.replace("would not ", "would ")
    return f"{thing} {pattern}" + (f" by {p.actor}" if p.actor else "")


def _refused(p: Parts, forms: dict[str, str]) -> str:
    """A line about what was denied, refused, suspended or given up."""
    written = p.word if p.word.endswith("ed") else ""
    if p.passive:
        return f"{p.asset} {forms['was']} {written or forms['pp']}"
    return f"{p.actor} {written or forms['past']} {p.asset}" if p.asset else p.own


def _forms(p: Parts, subject: str) -> dict[str, str]:
    verb = {"have": "keep"}.get(p.lemma, p.lemma)
    many = is_plural(subject) or (subject == p.asset and _in_s(subject))
    forms = {
        "base": verb,
        "pp": participle(p.lemma),
        "ing": ing(verb),
        "be": "are" if many else "is",
        "was": "were" if many else "was",
        "now": verb if many else third(verb),
        "past": past(p.lemma),
    }
    if p.particle:
        forms |= {form: f"{forms[form]} {p.particle}" for form in ("base", "pp", "ing", "now", "past")}
    return forms | {name: lemma if many else name for lemma, name in _PRESENT.items()}


def _in_s(thing: str) -> bool:
    """Whether a thing that the lexicon does not know is many by its ending ("wargames")."""
    last = re.split(r" (?:of|with|for|from|in|at|on|to) ", thing)[0].split()[-1:]
    return bool(last) and last[0].endswith("s") and not last[0].endswith(("ss", "us", "is", "ics", "US"))


_PRESENT = {"plan": "plans", "aim": "aims", "intend": "intends", "hope": "hopes", "want": "wants", "seek": "seeks", "continue": "continues"}


def is_plural(subject: str) -> bool:
    """Whether a subject takes a plural verb: a list, or a last word in -s before its first preposition."""
    if re.match(r"(?i)(?:the )?united (?:states|nations|arab emirates)$|(?:the )?netherlands$|(?:the )?philippines$", subject):
        return False
    before = re.split(
        r"\b(?:of|with|for|from|armed|equipped|in|at|on|to|under|between|around|near|off|along|across|that|which)\b", subject
    )[0].split()
    last = before[-1].lower() if before else ""
    number = before[0].lower() if before else ""
    if number.replace(",", "").isdigit() or number in {"two", "three", "four", "five", "six", "several", "both", "many", "these", "those"}:
        return number != "1"
    return " and " in subject or last in {"people", "police", "troops", "personnel", "they", "we"} or is_plural_noun(last)


def clean(subject: str) -> bool:
    """Whether words read as the subject of a sentence: no verb form at their head, no preposition at their end."""
    parts = subject.split()
    if not parts or len(parts) > 16:
        return False
    first, last = parts[0].lower(), parts[-1].lower()
    own = verbs().get(first)
    if first in ("that", "this") and len(parts) > 1:
        first = "the"
    verbal = parts[0][0].islower() and (first.endswith(("ing", "ed")) or (own is not None and own.form in ("ing", "past")))
    function = first in words("finite_words") | words("say_verbs") | {"of", "including", "jr", "and", "or", "but", "because"}
    return not (verbal or function or last in words("phrase_ends") | {"of", "the", "a", "an", "and"} or '"' in subject or "“" in subject)


def with_article(subject: str, written: str) -> str:
    """Return ``subject`` with the article that stands before it in ``written``: "the ministry", "a Turkish bank"."""
    if not subject or _LEADING.match(subject):
        return subject
    found = re.search(rf"\b(the|a|an)\s+{re.escape(subject)}", written, re.I)
    return f"{found[1].lower()} {subject}" if found else subject


def place_phrase(places: tuple[PlanPlace, ...], said: dict[int, tuple[str, str]]) -> tuple[str, tuple[str, ...]]:
    """Return the places as one phrase, "in the Philippines and on Okinawa", and the names of those that stand in none.

    ``said`` gives, for the number of a place, its preposition and its name as written with its article; a place without one is
    pointed at by the sentence, taken over from another, or what the plan acts on.
    """
    groups: list[tuple[str, list[str]]] = []
    apart: list[str] = []
    for n, place in enumerate(places):
        if n not in said:
            apart.append(place.place.name)
            continue
        preposition, name = said[n]
        if groups and groups[-1][0] == preposition:
            groups[-1][1].append(name)
        else:
            groups.append((preposition, [name]))
    line = ""
    for preposition, names in groups:
        joint = " " if not line or preposition in ("from", "to", "between", "via", "through", "towards") else " and "
        line += f"{joint}{preposition} {listed(names)}"
    return line.strip(), tuple(apart)


def listed(names: list[str]) -> str:
    """Names as a list in words."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""
