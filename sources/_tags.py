"""Words as parts of speech: which is a noun and which a verb, and in what form, as far as plans need to know.

What a word can be is known (``_words``); what it is here follows from the words beside it. A clause has one finite verb: that decides
most of what is open ("US bases in Japan will close").
"""

from __future__ import annotations

import re

from geo.text import Token
from sources._words import Lexeme, closed, lexeme, listed

_YEAR = re.compile(r"(?:19|20)\d\d")
_BREAKS = frozenset(',;:—–“”"()[]…')
_SUBJECTS = frozenset({"it", "they", "he", "she", "we", "i", "you"})
_FINITE_AUX = frozenset({"is", "are", "was", "were", "am", "has", "have", "had", "does", "did", "do"})
_BEFORE_NOUNS = frozenset({"first", "forward", "further", "only", "then"})
_PREFIXES = frozenset({"co", "re", "pre", "de"})
_AUXILIARIES = frozenset({"MD", "BE", "HV", "DO"})

NOUNS = frozenset({"N", "NP", "CD"})
"""Tags of what can be the head of a noun phrase: common noun, name, number."""
VERBS = frozenset({"VB", "VP", "VZ", "VD", "VN", "VG"})
"""Tags of verbs: base, plural present, third person, past, participle, "-ing"."""
_IN_PHRASE = NOUNS | {"DT", "JJ", "PRP", "RB"}
_FINITE = frozenset({"MD", "VZ", "VP", "VD"})


def is_break(gap: str) -> bool:
    """Whether what parts two words is a mark that can part clauses."""
    return len(gap) > 1 and not _BREAKS.isdisjoint(gap)


def tag(tokens: list[Token]) -> list[str]:
    """Return the tag of each word of one sentence, in order.

    ``DT`` ``PRP`` ``IN`` ``TO`` ``CC`` ``WH`` ``SUB`` ``MD`` ``BE`` ``HV`` ``DO`` ``NEG`` ``RB`` ``JJ`` ``CD`` ``N`` ``NP`` and, of verbs,
    ``VB`` base, ``VP`` plural present, ``VZ`` third person, ``VD`` past, ``VN`` participle, ``VG`` "-ing".
    """
    return _Tagger(tokens).tags


class _Tagger:
    """One sentence while its words are told apart, from the first to the last."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.words = [t.lower for t in tokens]
        self.breaks = [is_break(t.gap) for t in tokens]
        self.breaks.append(True)
        self.first = [_first(t) for t in tokens]
        for k in range(len(tokens) - 1):
            if self.words[k] in _PREFIXES and tokens[k + 1].glued:
                self.first[k] = "RB"
            if self.words[k] == "no" and self.words[k + 1] == "longer":
                self.first[k : k + 2] = ["NEG", "RB"]
        self.first.append("")
        self.ahead = self._finite_ahead()
        self.tags: list[str] = []
        self.finite = self.subject = False
        for k in range(len(tokens)):
            self._read(k)
        self._mend()

    def _read(self, k: int) -> None:
        word, found = self.words[k], self.first[k]
        if self.breaks[k] or found == "SUB" or found == "WH":
            self.finite = self.finite and not k
        if found == "?":
            found = self._open(k)
        elif found == "WH" and word == "that":
            found = self._that(k)
        elif found == "TO" and not self._infinitive(k):
            found = "IN"
        elif word in _BEFORE_NOUNS and found == "RB" and k and not self.breaks[k] and self.tags[k - 1] in ("DT", "PRP"):
            found = "JJ"
        elif found == "PRP" and word in _SUBJECTS:
            self.finite = False
        self.tags.append(found)
        if found in _FINITE or (found in _AUXILIARIES and word in _FINITE_AUX):
            self.finite = True
        self.subject = self.subject or found in NOUNS or found == "PRP"

    def _following(self, k: int) -> str:
        """The first tag of the word behind ``k``, "" where a mark parts them."""
        return "" if self.breaks[k + 1] else self.first[k + 1]

    def _finite_ahead(self) -> list[bool]:
        """For each word, whether a verb that can only be finite follows in its clause."""
        size = len(self.tokens)
        out = [False] * size
        seen = False
        for k in range(size - 1, -1, -1):
            out[k] = seen
            word, found = self.words[k], self.first[k]
            if found == "?":
                seen = seen or lexeme(word).forms == {"VBD"}
            elif found in ("SUB", "WH") or word in _SUBJECTS or (found == "CC" and self._parts_clauses(k)):
                seen = False
            elif found in ("MD", "DO") or (found in ("BE", "HV") and word in _FINITE_AUX):
                seen = True
            if self.breaks[k]:
                seen = False
        return out

    def _parts_clauses(self, k: int) -> bool:
        """Whether the "and" or "or" at ``k`` joins verbs or clauses rather than nouns."""
        following = self.first[k + 1]
        if following != "?":
            return following in ("", "MD", "BE", "HV", "DO", "TO", "SUB", "PRP", "NEG")
        known = lexeme(self.words[k + 1])
        return bool(known.forms) and not known.noun and not known.other

    def _infinitive(self, k: int) -> bool:
        """Whether the "to" at ``k`` stands before a verb, with no more than adverbs between."""
        for j in range(k + 1, min(k + 4, len(self.tokens))):
            found = self.first[j]
            if found in ("BE", "HV", "DO"):
                return True
            if found in ("RB", "NEG"):
                continue
            if found != "?":
                return False
            known = lexeme(self.words[j])
            if "VB" in known.forms:
                return self._is_base(j, known)
            if not known.adverb:
                return False
        return False

    def _is_base(self, j: int, known: Lexeme) -> bool:
        """Whether the word behind a "to" is a verb: not in "to open and transparent talks", "to people in need"."""
        if known.other and self.first[j + 1] == "CC" and j + 2 < len(self.tokens) and _only_adjective(self.words[j + 2]):
            return False
        return not (known.noun and self.words[j] in listed("nouns_after_to") and self._following(j) not in ("DT", "?", "NP", "CD"))

    def _that(self, k: int) -> str:
        """ "that" before a clause, behind a noun ("a base that …"), or as a pointer ("that base")."""
        before = self.tags[k - 1] if k else ""
        if before in VERBS or before == "BE":
            return "SUB"
        following = self.first[k + 1]
        if before in ("N", "NP"):
            return "WH" if following in ("MD", "BE", "HV", "DO", "RB") or self._only_verb(k + 1) else "SUB"
        return "DT" if following in ("?", "CD") else "SUB"

    def _only_verb(self, k: int) -> bool:
        if self.first[k] != "?":
            return False
        known = lexeme(self.words[k])
        return bool(known.forms) and not (known.noun and self.first[k + 1] not in ("DT", "NP", "CD", "TO", "IN"))

    def _open(self, k: int) -> str:
        """The tag of a word of an open class."""
        tags, known = self.tags, lexeme(self.words[k])
        if not known.forms:
            return _nominal(known)
        following = self._following(k)
        if following == "TO" and not self._infinitive(k + 1):
            following = "IN"
        j = k - 1
        while j >= 0 and tags[j] in ("RB", "NEG") and not self.breaks[j + 1]:
            j -= 1
        governor = tags[j] if j >= 0 and not self.breaks[j + 1] else ""
        if j >= 1 and governor in ("N", "NP", "PRP") and tags[j - 1] in ("MD", "BE", "DO") and self.tokens[j - 1].opens:
            governor = tags[j - 1]
        if governor in _AUXILIARIES or governor == "TO":
            led = _led(known, governor)
            if led:
                return led
        shared = self._shared(j) if governor == "CC" else ""
        if shared in known.tags and (shared != "VZ" or not known.noun or self._takes_object(k, following)):
            return shared
        before = tags[k - 1] if k and not self.breaks[k] else ""
        if before in ("DT", "JJ", "CD") or (k and self.tokens[k - 1].possessive and before in ("NP", "N", "PRP")):
            return _after_determiner(known, following)
        if "VBG" in known.forms:
            return self._ing(k, known, before, following)
        if before == "IN" or self._glued(k):
            return "JJ" if "VBN" in known.forms else _nominal(known)
        if "VBD" in known.forms or "VBN" in known.forms:
            return self._past(k, j + 1, known, governor, following)
        return self._present(k, j, known, governor, following)

    def _glued(self, k: int) -> bool:
        """Whether a hyphen joins the word to the one before or behind it."""
        return (bool(k) and self.tokens[k].glued) or (k + 1 < len(self.tokens) and self.tokens[k + 1].glued)

    def _takes_object(self, k: int, following: str) -> bool:
        """Whether what follows a word can be a verb's object and hardly the rest of a noun phrase."""
        if following == "?":
            known = lexeme(self.words[k + 1])
            return known.other and not known.noun
        return following in ("DT", "TO", "CD", "NP", "PRP", "SUB")

    def _shared(self, j: int) -> str:
        """The form of the verb that an "and" goes on from ("to build and run", "was built and opened"), or ""."""
        for i in range(j - 1, max(-1, j - 12), -1):
            if self.tags[i] in VERBS:
                return self.tags[i]
            if self.tags[i] in ("MD", "WH", "SUB", "CC"):
                return ""
        return ""

    def _ing(self, k: int, known: Lexeme, before: str, following: str) -> str:
        """A word in "-ing": a verb, or one of the nouns that news has ("training", "shipping")."""
        if self._glued(k):
            return "JJ"
        if self.words[k] not in listed("ing_nouns"):
            return "VG"
        if following == "IN" and self.words[k + 1] == "of":
            return "N"
        if before in ("N", "NP", "IN") and following not in ("DT", "CD", "NP"):
            return "N"
        return "N" if before == "" and following in ("BE", "HV", "MD", "IN") else "VG"

    def _past(self, k: int, opens: int, known: Lexeme, governor: str, following: str) -> str:
        """A past form: finite, or a participle; ``opens`` is where the adverbs before it begin."""
        if "VBD" not in known.forms:
            free = governor in ("N", "NP", "PRP", "WH", "RB") and not self.finite and not self.ahead[k]
            return "VP" if free and "VBP" in known.forms else "VN"
        if "VBN" not in known.forms or governor == "WH":
            return "VD"
        speaks = known.lemma in listed("speakers")
        by = following == "IN" and self.words[k + 1] == "by"
        if opens and governor == "" and "," in self.tokens[opens].gap:
            closed_again = any("," in t.gap for t in self.tokens[k + 1 : k + 12])
            return "VD" if self.subject and not self.finite and not by and (speaks or not closed_again) else "VN"
        if governor not in ("N", "NP", "PRP", "CD") or (self.finite and not speaks) or by or not self._subject_in_reach(opens):
            return "VN"
        return "VD" if speaks or not self.ahead[k] else "VN"

    def _subject_in_reach(self, k: int) -> bool:
        """Whether a noun before ``k`` in its clause stands behind no preposition ("Under a pact **signed** …" has none)."""
        tags, breaks = self.tags, self.breaks
        i = k
        while i > 0 and not breaks[i]:
            end = i
            while i > 0 and tags[i - 1] in _IN_PHRASE and not (i < end and breaks[i]):
                i -= 1
                if tags[i] == "CD" and i + 1 < end and _YEAR.fullmatch(self.words[i]):
                    return True
            if i == end:
                return tags[i - 1] not in ("IN", "TO")
            if i == 0 or breaks[i] or tags[i - 1] not in ("IN", "CC"):
                return True
            i -= 1
        return False

    def _present(self, k: int, j: int, known: Lexeme, governor: str, following: str) -> str:
        """A form without an ending or in -s: a verb in the present, or a noun; ``j`` is the last word before its adverbs."""
        third = "VBZ" in known.forms
        verb = "VZ" if third else "VP"
        if third and known.noun and self._plural_before_verb(k):
            return "N"
        noun = known.noun or known.other
        if self.tokens[k].opens or not k:
            return "N" if known.noun and following not in ("DT", "NP", "PRP", "CD") else "VB"
        if governor in ("WH", "PRP"):
            return verb
        if self.finite or self.ahead[k]:
            return _nominal(known) if noun else verb
        if governor in ("N", "NP"):
            return verb if self._is_verb_behind(k, j, known, governor, following) else _nominal(known)
        if not noun or ("," in self.tokens[k].gap and following in ("TO", "DT", "SUB")):
            return verb
        return _nominal(known)

    def _plural_before_verb(self, k: int) -> bool:
        """Whether a verb in the plural and a "to" follow, so that the word is its subject ("the coast **guards** plan to sail")."""
        if self._following(k) != "?" or k + 2 >= len(self.tokens) or self.breaks[k + 2]:
            return False
        return self.words[k + 2] == "to" and self._infinitive(k + 2) and "VBP" in lexeme(self.words[k + 1]).forms

    def _is_verb_behind(self, k: int, j: int, known: Lexeme, governor: str, following: str) -> bool:
        """Whether a word behind a noun is its verb and not the end of a longer name ("the firm **plans** …", "missile **bases**")."""
        if not (known.noun or known.other):
            return True
        third = "VBZ" in known.forms
        leads = following in ("DT", "NP", "CD", "TO", "PRP", "SUB", "WH", "RB", "NEG") or (following == "?" and not known.noun)
        plural = (self.words[j].endswith("s") and governor == "N") or self.words[j] in listed("plurals")
        apart = j < k - 1
        if third and plural and not apart:
            return False
        if not third and not plural and not (governor == "NP" and leads):
            return False
        likely = following in ("IN", "?") and third != plural and self.words[k] in listed("likely_verbs")
        return leads or apart or (likely and not self._earlier_verb(k))

    def _earlier_verb(self, k: int) -> bool:
        """Whether a noun before ``k`` in its clause can be the verb as well ("the port **handles** oil exports")."""
        for i in range(k - 1, 0, -1):
            if self.breaks[i] or self.tags[i] in ("SUB", "WH"):
                return False
            if self._can_be_third(i):
                return True
        return False

    def _can_be_third(self, i: int) -> bool:
        """Whether the word at ``i`` was taken for a noun and can be the verb of the singular noun before it."""
        if self.tags[i] != "N" or self.tags[i - 1] not in NOUNS or self.tokens[i - 1].possessive:
            return False
        return not self.words[i - 1].endswith("s") and "VBZ" in lexeme(self.words[i]).forms

    def _mend(self) -> None:
        """Give a clause without a finite verb the first noun that can be one ("the port handles oil exports")."""
        tags, start = self.tags, 0
        for k in range(1, len(tags) + 1):
            if k < len(tags) and not self.breaks[k] and tags[k] not in ("SUB", "WH"):
                continue
            part = range(start, k)
            start = k
            if tags[part[0]] in ("VG", "VN", "IN", "TO") or any(
                tags[i] in _FINITE or tags[i] == "VB" or self.words[i] in _FINITE_AUX for i in part
            ):
                continue
            for i in part[1:-1]:
                if self._can_be_third(i) and self._fits_third(i):
                    tags[i] = "VZ"
                    break

    def _fits_third(self, i: int) -> bool:
        plain = not self.tokens[i].headline and not self.tokens[i].glued
        return plain and self.words[i - 1] not in listed("plurals") and self.tags[i + 1] not in ("CC", "VN", "VG")


def _first(token: Token) -> str:
    """The tag that a word has wherever it stands, or "?"."""
    if token.cap:
        if (token.text.isupper() and len(token.text) > 1) or not (token.opens or token.headline):
            return "NP"
        found = closed().get(token.lower)
        if found:
            return found
        if token.opens and not token.headline:
            known = lexeme(token.lower)
            return "?" if known.forms or known.other or known.adverb else "N"
        return "?"
    return "CD" if token.text[0].isdigit() else closed().get(token.lower, "?")


def _only_adjective(word: str) -> bool:
    known = lexeme(word)
    return known.other and not known.forms


def _led(known: Lexeme, governor: str) -> str:
    """The form that an auxiliary or "to" asks for ("will **build**", "has **built**", "is **building**"), or ""."""
    if governor in ("MD", "DO", "TO"):
        return "VB" if "VB" in known.forms else ""
    if governor == "HV":
        return "VN" if "VBN" in known.forms else ""
    return "VG" if "VBG" in known.forms else "VN" if "VBN" in known.forms else _nominal(known)


def _nominal(known: Lexeme) -> str:
    if known.noun:
        return "N"
    return "JJ" if known.other else "RB" if known.adverb else "N"


def _after_determiner(known: Lexeme, following: str) -> str:
    if known.noun:
        return "N"
    if {"VBN", "VBG"} & known.forms and following in ("?", "N", "NP", "CD"):
        return "JJ"
    return "JJ" if known.other or "VBN" in known.forms else "N"
