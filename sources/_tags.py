"""Words as parts of speech: which is a noun and which a verb, and in what form, as far as plans need to know.

What a word can be comes from lemminflect's lexicon, closed classes from ``data/grammar.json``; what it is here follows from the words
beside it. A clause has one finite verb: that decides most of what is open ("US bases in Japan will close").
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from geo.text import Token

_FILE = Path(__file__).parent / "data" / "grammar.json"
_BREAKS = frozenset(',;:—–“”"()[]…')
_SUBJECTS = frozenset({"it", "they", "he", "she", "we", "i", "you"})
_FINITE_AUX = frozenset({"is", "are", "was", "were", "am", "has", "have", "had", "does", "did", "do"})

NOUNS = frozenset({"N", "NP", "CD"})
"""Tags of what can be the head of a noun phrase: common noun, name, number."""
VERBS = frozenset({"VB", "VP", "VZ", "VD", "VN", "VG"})
"""Tags of verbs: base, plural present, third person, past, participle, "-ing"."""


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a word can be: noun, adjective or adverb, and as a verb its lemma and its possible forms."""

    noun: bool
    other: bool
    adverb: bool
    lemma: str
    forms: frozenset[str]


@cache
def closed() -> dict[str, str]:
    """Return the tag of each word of a closed class."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    return {word: tag for tag, words in data["closed"].items() for word in words}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(json.loads(_FILE.read_text(encoding="utf-8"))[name])


@lru_cache(maxsize=65536)
def lexeme(word: str) -> Lexeme:
    """Return what a lower-case word can be; a word that the lexicon does not know is judged by its ending."""
    import lemminflect

    found = lemminflect.getAllLemmas(word)
    lemma, forms = "", set()
    if "VERB" in found and word not in _listed("no_verbs"):
        lemma = found["VERB"][0]
        written = lemminflect.getAllInflections(lemma, "VERB")
        forms = {tag for tag, spellings in ({"VBN": written.get("VBD", ())} | written).items() if word in spellings}
    elif word.startswith(("re", "pre")) and len(word) > 6:
        stem = lexeme(word[2:] if word.startswith("re") else word[3:])
        lemma, forms = (word[: 2 if word.startswith("re") else 3] + stem.lemma if stem.lemma else ""), set(stem.forms)
    if not found and not forms and word.endswith(("ising", "izing", "ised", "ized")):
        lemma, forms = word[:-3] + "e" if word.endswith("ing") else word[:-1], {"VBG"} if word.endswith("ing") else {"VBD", "VBN"}
    noun = bool({"NOUN", "PROPN"} & set(found)) or (not found and not forms and not word.endswith(("ly", "ern", "ish")))
    return Lexeme(
        noun and word not in _listed("no_nouns"),
        "ADJ" in found or word.endswith("ern"),
        word.endswith("ly") or "ADV" in found,
        lemma,
        frozenset(forms),
    )


def is_break(gap: str) -> bool:
    """Whether what parts two words is a mark that can part clauses."""
    return len(gap) > 1 and not _BREAKS.isdisjoint(gap)


def tag(tokens: list[Token]) -> list[str]:
    """Return the tag of each word of one sentence, in order.

    ``DT`` ``PRP`` ``IN`` ``TO`` ``CC`` ``WH`` ``SUB`` ``MD`` ``BE`` ``HV`` ``DO`` ``NEG`` ``RB`` ``JJ`` ``CD`` ``N`` ``NP`` and, of verbs,
    ``VB`` base, ``VP`` plural present, ``VZ`` third person, ``VD`` past, ``VN`` participle, ``VG`` "-ing".
    """
    first = [_first(t) for t in tokens]
    ahead = _finite_ahead(tokens, first)
    tags: list[str] = []
    finite = subject = False
    for k, token in enumerate(tokens):
        if k and (is_break(token.gap) or first[k] in ("SUB", "WH")):
            finite = False
        word, found = token.lower, first[k]
        before = tags[k - 1] if k and not is_break(token.gap) else ""
        if found == "?":
            found = _open(tokens, k, tags, first, finite, subject, ahead[k], before)
        elif found == "WH" and word == "that":
            found = _that(tokens, k, tags, first)
        elif found == "TO" and not _infinitive(tokens, k, first):
            found = "IN"
        elif found == "PRP" and word in _SUBJECTS:
            finite = False
        tags.append(found)
        if found in ("MD", "VZ", "VP", "VD") or (found in ("BE", "HV", "DO") and word in _FINITE_AUX):
            finite = True
        subject = subject or found in NOUNS or found == "PRP"
    _mend(tokens, tags)
    return tags


def _mend(tokens: list[Token], tags: list[str]) -> None:
    """Give a clause without a finite verb the first noun that can be one ("the port handles oil exports")."""
    start = 0
    for k in range(1, len(tokens) + 1):
        if k < len(tokens) and not is_break(tokens[k].gap) and tags[k] not in ("SUB", "WH"):
            continue
        part = range(start, k)
        start = k
        if any(tags[i] in ("MD", "VZ", "VP", "VD", "VB") or tokens[i].lower in _FINITE_AUX for i in part):
            continue
        for i in part[1:-1]:
            plural = tokens[i - 1].lower.endswith("s") or tokens[i - 1].lower in _listed("plurals")
            if tags[i] == "N" and tags[i - 1] in NOUNS and not tokens[i - 1].possessive and not tokens[i].headline and not tokens[i].glued:
                if "VBZ" in lexeme(tokens[i].lower).forms and not plural and tags[i + 1] not in ("CC", "VN", "VG"):
                    tags[i] = "VZ"
                    break


def _first(token: Token) -> str:
    """The tag that a word has wherever it stands, or "?"."""
    if token.text[0].isdigit():
        return "CD"
    if token.cap and ((token.text.isupper() and len(token.text) > 1) or not (token.opens or token.headline)):
        return "NP"
    found = closed().get(token.lower)
    if found:
        return found
    if token.cap and token.opens and not token.headline:
        known = lexeme(token.lower)
        return (
            "?"
            if known.forms or known.other or known.adverb or (known.noun and known.lemma + token.lower in _listed("common_openers"))
            else "N"
        )
    return "?"


def _finite_ahead(tokens: list[Token], first: list[str]) -> list[bool]:
    """For each word, whether a verb that can only be finite follows in its clause."""
    out = [False] * len(tokens)
    seen = False
    for k in range(len(tokens) - 1, -1, -1):
        out[k] = seen
        word, found = tokens[k].lower, first[k]
        if found in ("SUB", "WH") or word in _SUBJECTS or (found == "CC" and _parts_clauses(tokens, k, first)):
            seen = False
        elif found in ("MD", "DO") or (found in ("BE", "HV") and word in _FINITE_AUX) or (found == "?" and lexeme(word).forms == {"VBD"}):
            seen = True
        if is_break(tokens[k].gap):
            seen = False
    return out


def _parts_clauses(tokens: list[Token], k: int, first: list[str]) -> bool:
    """Whether the "and" or "or" at ``k`` joins verbs or clauses rather than nouns."""
    if k + 1 >= len(tokens):
        return True
    following = first[k + 1]
    if following in ("MD", "BE", "HV", "DO", "TO", "SUB", "PRP", "NEG"):
        return True
    if following != "?":
        return False
    known = lexeme(tokens[k + 1].lower)
    return bool(known.forms) and not known.noun and not known.other


def _infinitive(tokens: list[Token], k: int, first: list[str]) -> bool:
    """Whether the "to" at ``k`` stands before a verb, with no more than adverbs between."""
    for j in range(k + 1, min(k + 4, len(tokens))):
        if first[j] in ("BE", "HV", "DO"):
            return True
        if first[j] in ("RB", "NEG"):
            continue
        if first[j] != "?":
            return False
        known = lexeme(tokens[j].lower)
        if "VB" in known.forms:
            if known.other and first[j + 1 : j + 2] == ["CC"] and j + 2 < len(tokens) and _only_adjective(tokens[j + 2].lower):
                return False
            after = first[j + 1] if j + 1 < len(tokens) and not is_break(tokens[j + 1].gap) else ""
            return not (known.noun and tokens[j].lower in _listed("nouns_after_to") and after not in ("DT", "?", "NP", "CD"))
        if not known.adverb:
            return False
    return False


def _only_adjective(word: str) -> bool:
    known = lexeme(word)
    return known.other and not known.forms


def _that(tokens: list[Token], k: int, tags: list[str], first: list[str]) -> str:
    """ "that" before a clause, behind a noun ("a base that …"), or as a pointer ("that base")."""
    if k and (tags[k - 1] in VERBS or tags[k - 1] == "BE"):
        return "SUB"
    following = first[k + 1] if k + 1 < len(tokens) else ""
    if k and tags[k - 1] in ("N", "NP"):
        return "WH" if following in ("MD", "BE", "HV", "DO", "RB") or _only_verb(tokens, k + 1, first) else "SUB"
    return "DT" if following in ("?", "CD") else "SUB"


def _only_verb(tokens: list[Token], k: int, first: list[str]) -> bool:
    if k >= len(tokens) or first[k] != "?":
        return False
    known = lexeme(tokens[k].lower)
    return bool(known.forms) and not (known.noun and not (k + 1 < len(tokens) and first[k + 1] in ("DT", "NP", "CD", "TO", "IN")))


def _open(tokens: list[Token], k: int, tags: list[str], first: list[str], finite: bool, subject: bool, ahead: bool, before: str) -> str:
    word = tokens[k].lower
    known = lexeme(word)
    following = first[k + 1] if k + 1 < len(tokens) and not is_break(tokens[k + 1].gap) else ""
    if following == "TO" and not _infinitive(tokens, k + 1, first):
        following = "IN"
    if not known.forms:
        return _nominal(known, following)
    j = k - 1
    while j >= 0 and tags[j] in ("RB", "NEG") and not is_break(tokens[j + 1].gap):
        j -= 1
    governor = tags[j] if j >= 0 and not is_break(tokens[j + 1].gap) else ""
    if j >= 1 and governor in ("N", "NP", "PRP") and tags[j - 1] in ("MD", "BE", "DO") and tokens[j - 1].opens:
        governor = tags[j - 1]
    if governor in ("MD", "DO", "TO") and "VB" in known.forms:
        return "VB"
    if governor == "HV" and "VBN" in known.forms:
        return "VN"
    if governor == "BE":
        if "VBG" in known.forms:
            return "VG"
        if "VBN" in known.forms:
            return "VN"
        return _nominal(known, following)
    shared = governor == "CC" and _shares(tags, j)
    if shared in known_forms(known) and (shared != "VZ" or not known.noun or _takes_object(tokens, k, following)):
        return shared
    if before in ("DT", "JJ", "CD") or (k and tokens[k - 1].possessive and before in ("NP", "N", "PRP")):
        return _after_determiner(known, following, before)
    if "VBG" in known.forms:
        return _ing(tokens, k, tags, known, before, following)
    if before == "IN" or (k and tokens[k].glued) or (k + 1 < len(tokens) and tokens[k + 1].glued):
        return "JJ" if "VBN" in known.forms else _nominal(known, following)
    if {"VBD", "VBN"} & known.forms:
        return _past(tokens, tags, k, j + 1, known, before, governor, following, finite, subject, ahead)
    return _present(tokens, k, j, tags, known, governor, following, finite, ahead)


def known_forms(known: Lexeme) -> set[str]:
    """The tags that a word can have as a verb."""
    names = {"VB": ("VB",), "VBP": ("VP",), "VBZ": ("VZ",), "VBD": ("VD",), "VBN": ("VN",), "VBG": ("VG",)}
    return {tag for form in known.forms for tag in names.get(form, ())}


def _nominal(known: Lexeme, following: str) -> str:
    if known.noun:
        return "N"
    return "JJ" if known.other else "RB" if known.adverb else "N"


def _takes_object(tokens: list[Token], k: int, following: str) -> bool:
    """Whether what follows a word can be a verb's object and hardly the rest of a noun phrase."""
    if following == "?":
        known = lexeme(tokens[k + 1].lower)
        return known.other and not known.noun
    return following in ("DT", "TO", "CD", "NP", "PRP", "SUB")


def _shares(tags: list[str], j: int) -> str:
    """The form of the verb that an "and" goes on from ("to build and run", "was built and opened"), or ""."""
    for i in range(j - 1, max(-1, j - 12), -1):
        if tags[i] in VERBS:
            return tags[i]
        if tags[i] in ("MD", "WH", "SUB", "CC"):
            return ""
    return ""


def _after_determiner(known: Lexeme, following: str, before: str) -> str:
    if {"VBN", "VBG"} & known.forms and following in ("?", "N", "NP", "CD") and not known.noun:
        return "JJ"
    if known.noun:
        return "N"
    return "JJ" if known.other or "VBN" in known.forms else "N"


def _ing(tokens: list[Token], k: int, tags: list[str], known: Lexeme, before: str, following: str) -> str:
    word = tokens[k].lower
    nounish = known.noun or word in _listed("ing_nouns")
    if tokens[k].glued or (k + 1 < len(tokens) and tokens[k + 1].glued):
        return "JJ"
    if following == "IN" and k + 1 < len(tokens) and tokens[k + 1].lower == "of" and word in _listed("ing_nouns"):
        return "N"
    if before in ("N", "NP") and nounish and word in _listed("ing_nouns") and following not in ("DT", "CD", "NP"):
        return "N"
    if before == "IN" and word in _listed("ing_nouns") and following not in ("DT", "NP", "CD"):
        return "N"
    if before == "" and word in _listed("ing_nouns") and following in ("BE", "HV", "MD", "IN"):
        return "N"
    return "VG"


def _past(
    tokens: list[Token],
    tags: list[str],
    k: int,
    opens: int,
    known: Lexeme,
    before: str,
    governor: str,
    following: str,
    finite: bool,
    subject: bool,
    ahead: bool,
) -> str:
    """A past form: finite, or a participle; ``opens`` is where the adverbs before it begin."""
    if "VBD" not in known.forms:
        return "VP" if "VBP" in known.forms and governor in ("N", "NP", "PRP", "WH", "RB") and not finite and not ahead else "VN"
    if "VBN" not in known.forms or governor == "WH":
        return "VD"
    speaks = known.lemma in _listed("speakers")
    by = following == "IN" and tokens[k + 1].lower == "by"
    if opens and governor == "" and "," in tokens[opens].gap:
        closed_again = any("," in t.gap for t in tokens[k + 1 : k + 12])
        return "VD" if subject and not finite and not by and (speaks or not closed_again) else "VN"
    if governor not in ("N", "NP", "PRP", "CD") or (finite and not speaks) or by or not _subject_in_reach(tokens, tags, opens):
        return "VN"
    return "VD" if speaks or not ahead else "VN"


def _earlier_verb(tokens: list[Token], tags: list[str], k: int) -> bool:
    """Whether a noun before ``k`` in its clause can be the verb as well ("the port **handles** oil exports")."""
    for i in range(k - 1, 0, -1):
        if is_break(tokens[i].gap) or tags[i] in ("SUB", "WH"):
            return False
        singular = tags[i - 1] in NOUNS and not tokens[i - 1].lower.endswith("s") and not tokens[i - 1].possessive
        if tags[i] == "N" and singular and "VBZ" in lexeme(tokens[i].lower).forms:
            return True
    return False


def _subject_in_reach(tokens: list[Token], tags: list[str], k: int) -> bool:
    """Whether a noun before ``k`` in its clause stands behind no preposition ("Under a pact **signed** …" has none)."""
    i = k
    while i > 0 and not is_break(tokens[i].gap if i < len(tokens) else ""):
        end = i
        while i > 0 and tags[i - 1] in NOUNS | {"DT", "JJ", "PRP", "RB"} and not (i < end and is_break(tokens[i].gap)):
            i -= 1
        if i == end:
            return tags[i - 1] not in ("IN", "TO")
        if i == 0 or is_break(tokens[i].gap) or tags[i - 1] not in ("IN", "CC"):
            return True
        i -= 1
    return False


def _present(
    tokens: list[Token], k: int, j: int, tags: list[str], known: Lexeme, governor: str, following: str, finite: bool, ahead: bool
) -> str:
    """A form without an ending or in -s: a verb in the present, or a noun; ``j`` is the last word before its adverbs."""
    third = "VBZ" in known.forms
    verb = "VZ" if third else "VP"
    leads = following in ("DT", "NP", "CD", "TO", "PRP", "SUB", "WH", "RB", "NEG") or (following == "?" and not known.noun)
    if tokens[k].opens or not k:
        return "N" if known.noun and following not in ("DT", "NP", "PRP", "CD") else "VB"
    noun = known.noun or known.other
    if governor in ("WH", "PRP"):
        return verb
    if finite or ahead:
        return _nominal(known, following) if noun else verb
    if governor in ("N", "NP"):
        plural = (tokens[j].lower.endswith("s") and governor == "N") or tokens[j].lower in _listed("plurals")
        apart = j < k - 1
        if third and plural and noun and not apart:
            return "N"
        if not third and not plural and noun and not (governor == "NP" and leads):
            return _nominal(known, following)
        likely = tokens[k].lower in _listed("likely_verbs")
        first_one = not _earlier_verb(tokens, tags, k)
        if not noun or leads or apart or (following in ("IN", "?") and third != plural and likely and first_one):
            return verb
        return "N"
    if not noun or ("," in tokens[k].gap and following in ("TO", "DT", "SUB")):
        return verb
    return _nominal(known, following)
