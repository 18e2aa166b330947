"""The phrases round a verb, by the tags of its sentence: who does it, what it is done to, and where its clause begins and ends."""

from __future__ import annotations

from dataclasses import dataclass

from sources._lexicon import phrasal, words
from sources._sentences import Sentence
from sources._tags import NOUNS, VERBS, is_break

_AUX = frozenset({"MD", "BE", "HV", "DO", "NEG", "RB"})
_FINITE = frozenset({"MD", "VZ", "VP", "VD", "DO"})
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Subject:
    """Who or what a verb's clause is about: the words from ``start`` to ``end`` (half-open, () where there are none).

    ``relative`` says that the clause hangs on these words ("the base that …"), ``opens`` where the clause begins.
    """

    start: int
    end: int
    opens: int
    relative: bool = False


NOBODY = Subject(0, 0, 0)
"""No subject at all."""


def finite(sentence: Sentence, k: int) -> bool:
    """Whether the word at ``k`` is a verb or auxiliary with a tense."""
    return sentence.tags[k] in _FINITE or (
        sentence.tags[k] in ("BE", "HV") and sentence.tokens[k].lower not in ("be", "been", "being", "having")
    )


def subject_of(sentence: Sentence, verb_at: int) -> Subject:
    """Return the subject of the verb group whose first word, auxiliaries aside, is at ``verb_at``."""
    if verb_at not in sentence.found:
        sentence.found[verb_at] = _subject_of(sentence, verb_at)
    found: Subject = sentence.found[verb_at]
    return found


def _subject_of(sentence: Sentence, verb_at: int) -> Subject:
    tokens, tags = sentence.tokens, sentence.tags
    stop = verb_at
    while stop > 0 and tags[stop - 1] in _AUX and not (stop < len(tokens) and is_break(tokens[stop].gap)):
        stop -= 1
    if stop <= 0:
        return Subject(0, 0, 0)
    if tags[stop - 1] == "WH":
        begin = _noun_phrase_before(sentence, stop - 1)
        return Subject(begin, stop - 1, stop - 1, relative=True)
    end = stop
    if (
        "," in tokens[stop].gap
        and tags[stop] in ("VN", "VG", "JJ")
        and tags[stop - 1] in NOUNS
        and not any(finite(sentence, k) for k in range(stop))
    ):
        end = stop
    elif is_break(tokens[stop].gap):
        end = _before_aside(sentence, stop)
        if end <= 0:
            return _shared(sentence, stop)
    elif tags[stop - 1] == "CC":
        return _shared(sentence, stop - 1)
    end = _before_relative(sentence, end)
    begin = _noun_phrase_before(sentence, end, whole=True)
    if begin == end:
        return _shared(sentence, stop)
    relative = begin > 0 and tags[begin - 1] == "WH" and tokens[begin - 1].lower in ("whose", "which", "whom", "that")
    if relative and tokens[begin - 1].lower != "whose":
        return Subject(begin, end, begin - 1, relative=False)
    return Subject(begin, end, begin - (begin > 0 and tags[begin - 1] in ("SUB", "CC", "WH")))


def _before_relative(sentence: Sentence, end: int) -> int:
    """Where the words end that a clause without commas hangs on ("Cables that would carry power to X **are** …"), else ``end``."""
    for w in range(end - 1, 0, -1):
        if is_break(sentence.tokens[w].gap) or sentence.tags[w] == "SUB":
            return end
        if sentence.tags[w] == "WH" and sentence.tokens[w].lower in ("that", "which", "who"):
            has_verb = any(finite(sentence, k) for k in range(w + 1, end))
            return w if has_verb and sentence.tags[w - 1] in NOUNS and end - w > 2 else end
    return end


def _before_aside(sentence: Sentence, stop: int) -> int:
    """Where the words end that an aside between two commas parts from their verb ("Kenya, which …, plans"); 0 where there is none."""
    tokens, tags = sentence.tokens, sentence.tags
    for c in range(stop - 1, 0, -1):
        if not is_break(tokens[c].gap):
            continue
        if "," not in tokens[c].gap and tokens[c].gap.strip() not in ("–", "—", "("):
            return 0
        opens = tags[c] in ("WH", "VN", "VG", "IN", "SUB", "CC", "DT", "CD", "NP", "JJ") or tokens[c - 1].cap or tokens[c].lower == "due"
        if opens and (tags[c - 1] in NOUNS or tags[c - 1] == "PRP"):
            return c
        if not opens and tags[c] not in NOUNS:
            return 0
    return 0


def _noun_phrase_before(sentence: Sentence, end: int, *, whole: bool = False) -> int:
    """Where the noun phrase begins that ends before ``end``, with the phrases that hang on it where ``whole``."""
    i = end
    while i > 0 and end - i < _LONGEST + 8 and _belongs(sentence, i, end, whole):
        i -= 1
    return _without_lead(sentence, i, end)


def _belongs(sentence: Sentence, i: int, end: int, whole: bool) -> bool:
    """Whether the word before ``i`` is still part of the noun phrase that ends before ``end``."""
    tokens, tags = sentence.tokens, sentence.tags
    found, inside = tags[i - 1], i < end
    if inside and is_break(tokens[i].gap) and ("," not in tokens[i].gap or _after_opening(sentence, i) or not _in_list(sentence, i, end)):
        return False
    if found in NOUNS or found in ("DT", "JJ"):
        return True
    if found == "PRP":
        return not inside
    if found == "RB":
        return inside
    if found == "CC":
        joins_names = inside and i > 1 and (tags[i - 2] in NOUNS or tags[i - 2] in ("JJ", "PRP"))
        return joins_names and not _joins_clauses(sentence, i - 1)
    return whole and inside and found in ("IN", "VN", "VG", "TO", "VB") and _hangs(sentence, i - 1)


def _after_opening(sentence: Sentence, i: int) -> bool:
    """Whether the comma before ``i`` ends a phrase that opens the sentence ("As early as 2027, …")."""
    first = next((k for k in range(i - 1, 0, -1) if is_break(sentence.tokens[k].gap)), 0)
    return first == 0 and sentence.tags[0] in ("IN", "SUB", "RB", "VG", "TO", "CD")


def _without_lead(sentence: Sentence, i: int, end: int) -> int:
    """The start of a noun phrase without a conjunction, an adverb or a phrase of time or place before it ("In May the army …")."""
    tokens, tags = sentence.tokens, sentence.tags
    while i < end and (tags[i] in ("CC", "RB", "IN", "SUB") or (tags[i] == "VG" and i + 1 < end)):
        if tags[i] == "RB" and i + 1 < end and tokens[i + 1].glued:
            break
        if tags[i] != "IN":
            i += 1
            continue
        nexts = [k for k in range(i + 1, end) if tags[k] in ("DT", "PRP")]
        if nexts and nexts[0] == i + 1:
            nexts = [k for k in range(i + 2, end) if tags[k] == "DT" and tags[k - 1] in NOUNS]
        i = nexts[0] if nexts else end
    return i


def _in_list(sentence: Sentence, i: int, end: int) -> bool:
    """Whether the comma before ``i`` parts the members of a list that "and" or "or" closes before ``end``."""
    tags = sentence.tags
    return any(tags[k] == "CC" for k in range(i, min(end, i + 8))) and all(
        tags[k] in NOUNS or tags[k] in ("DT", "JJ", "CC", "IN") for k in range(i, end)
    )


def _joins_clauses(sentence: Sentence, k: int) -> bool:
    """Whether the "and" at ``k`` goes on with a new clause, because its clause has had its verb already."""
    tokens, tags = sentence.tokens, sentence.tags
    for i in range(k - 1, -1, -1):
        if finite(sentence, i):
            return True
        if tags[i] in ("SUB", "WH") or (is_break(tokens[i + 1].gap) and "," not in tokens[i + 1].gap):
            return False
    return False


def _hangs(sentence: Sentence, k: int) -> bool:
    """Whether the preposition or participle at ``k`` hangs on a noun right before it."""
    return (
        k > 0 and sentence.tags[k - 1] in NOUNS | {"PRP", "IN", "VN", "VG", "RB", "VB", "TO", "DT"} and not is_break(sentence.tokens[k].gap)
    )


def _shared(sentence: Sentence, before: int) -> Subject:
    """The subject that a verb shares with the verb before it ("X will build a port and run it")."""
    for k in range(before - 1, 0, -1):
        if finite(sentence, k) and (sentence.tags[k] not in ("VZ", "VP", "VD") or sentence.tags[k - 1] not in _AUX):
            if sentence.tags[k - 1] in ("CC",) or (sentence.tags[k - 1] in _AUX):
                continue
            if is_break(sentence.tokens[k].gap) and sentence.tags[k - 1] not in NOUNS:
                continue
            found = subject_of(sentence, k)
            if found.end > found.start and not found.relative:
                return Subject(found.start, found.end, before)
    return Subject(before, before, before)


def object_of(sentence: Sentence, verb_at: int) -> tuple[int, int]:
    """Return the (start, end) of the words that a verb takes as its object: the first noun phrase behind it, with its "of" and lists."""
    tokens, tags = sentence.tokens, sentence.tags
    begin = k = _object_opens(sentence, verb_at)
    while k < len(tokens) and k - begin < _LONGEST:
        if is_break(tokens[k].gap) and k > verb_at + 1:
            if not (tokens[k].gap.strip() == "," and _list_goes_on(sentence, k)):
                break
        if k == begin and _hedged(sentence, k):
            k += _hedged(sentence, k)
        elif not _continues_object(sentence, k, begin):
            break
        k += 1
    while k > begin and tags[k - 1] in ("CC", "DT", "IN", "RB"):
        k -= 1
    return begin, k


def _hedged(sentence: Sentence, k: int) -> int:
    """How many words hedge the number behind them: "about 150 people", "up to 2,500 Marines"; 0 where none do."""
    tokens, tags = sentence.tokens, sentence.tags
    if (
        k + 1 < len(tokens)
        and tags[k + 1] == "CD"
        and tokens[k].lower in ("about", "around", "over", "under", "roughly", "nearly", "almost", "some")
    ):
        return 1
    if (
        k + 2 < len(tokens)
        and tags[k + 2] == "CD"
        and (tokens[k].lower, tokens[k + 1].lower) in (("up", "to"), ("more", "than"), ("at", "least"))
    ):
        return 2
    return 0


def _object_opens(sentence: Sentence, verb_at: int) -> int:
    """Where a verb's object can begin: behind adverbs, its particle, and "about" or "up to" before a number."""
    tokens, tags = sentence.tokens, sentence.tags
    k = verb_at + 1
    while k < len(tokens) and tags[k] == "RB" and not is_break(tokens[k].gap) and not (k + 1 < len(tokens) and tokens[k + 1].glued):
        k += 1
    skipped = _noun_of_verb(sentence, verb_at)
    if skipped:
        k += skipped
        while k < len(tokens) and tokens[k].lower in words("time_words"):
            k += 1
        return k + (k < len(tokens) and tags[k] == "IN" and tokens[k].lower in ("on", "of", "in"))
    particles = words("particles") | ({"for"} if tokens[verb_at].lower in words("verbs_for_a_thing") else set())
    if k < len(tokens) and tags[k] in ("IN", "RB") and tokens[k].lower in particles and phrasal_verb(sentence, verb_at):
        k += 1
    return k


def _noun_of_verb(sentence: Sentence, verb_at: int) -> int:
    """How many words behind a verb belong to it ("break **ground** on", "take **part** in")."""
    following = [t.lower for t in sentence.tokens[verb_at + 1 : verb_at + 4]]
    if following[:1] and following[0] in words("nouns_of_verbs") and phrasal(sentence.tokens[verb_at].lower, following):
        return 1
    return 0


def phrasal_verb(sentence: Sentence, verb_at: int) -> bool:
    """Whether the verb takes a particle or "for" before its object ("set up a camp", "asked for a base")."""
    word = sentence.tokens[verb_at].lower
    if word in words("verbs_for_a_thing"):
        return True
    return phrasal(word, [t.lower for t in sentence.tokens[verb_at + 1 : verb_at + 4]]) is not None


def _continues_object(sentence: Sentence, k: int, begin: int) -> bool:
    """Whether the word at ``k`` goes on with the object that opens at ``begin``."""
    tokens, tags = sentence.tokens, sentence.tags
    found = tags[k]
    following = tags[k + 1] if k + 1 < len(tokens) and not is_break(tokens[k + 1].gap) else ""
    nominal = following in NOUNS or following in ("DT", "JJ")
    if found in NOUNS or found in ("DT", "JJ", "PRP"):
        return True
    if found == "CC":
        return nominal and k > begin and not _clause_follows(sentence, k + 1)
    if found == "IN":
        return nominal and k > begin and tokens[k].lower in ("of", "for", "per") and (tags[k - 1] in NOUNS or tags[k - 1] == "DT")
    if found in ("RB", "IN") and k + 1 < len(tokens) and tokens[k + 1].glued:
        return True
    if found in ("VN", "VG") and k > begin:
        return following in NOUNS and tags[k - 1] in ("DT", "JJ", "CD", "CC")
    return found in ("VG", "RB") and k == begin and (following in NOUNS or following == "JJ")


def _list_goes_on(sentence: Sentence, k: int) -> bool:
    """Whether an "and" or "or" follows the comma before ``k`` within a few words, all of them of noun phrases."""
    tags = sentence.tags
    for j in range(k, min(k + 9, len(tags))):
        if tags[j] == "CC":
            return j + 1 < len(tags) and tags[j + 1] in NOUNS | {"DT", "JJ"} and not _clause_follows(sentence, j + 1)
        if tags[j] not in NOUNS and tags[j] not in ("DT", "JJ") and sentence.tokens[j].lower not in ("of", "for"):
            return False
    return False


def _clause_follows(sentence: Sentence, k: int) -> bool:
    """Whether the words from ``k`` on are the subject of a verb of their own."""
    tokens, tags = sentence.tokens, sentence.tags
    for j in range(k, min(k + 12, len(tags))):
        if j > k and is_break(tokens[j].gap):
            return False
        if finite(sentence, j):
            return True
        if tags[j] in VERBS or tags[j] in ("WH", "SUB", "TO"):
            return False
    return False
