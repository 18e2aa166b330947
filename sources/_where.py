"""Where a sentence says a plan is to be, and which of its places only give a direction, an extent or a subject."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from geo import Gazetteer, Toponym
from geo.text import Token
from sources._antecedents import pointed_places
from sources._clauses import Head
from sources._lexicon import geo_nouns, verbs, words
from sources._model import PlanPlace
from sources._sentences import Sentence
from sources._tags import NOUNS, VERBS, is_break
from sources._words import lexeme

Role = Literal["where", "direction", "extent", "near", "subject", "other"]

_WHERE = words("where_prepositions")
_DIRECTION = words("direction_prepositions")
_NEAR = words("near_prepositions")
_STATIC = words("static_verbs")
_SPEAKERS = words("speakers")
_COMPASS = words("compass")
_UNITS = re.compile(r"(?:km|kilomet(?:er|re)s?|miles?|nautical|nm|met(?:er|re)s?|hours?|minutes?|drive|walk)$")
_DISTANCE = re.compile(r"(\d[\d,.]*)\s*-?\s*(km|kilomet(?:er|re)s?|miles?|nautical miles?|nm)\b", re.I)
_TO_WHERE = words("verbs_to_a_place")


@dataclass(slots=True)
class Found:
    """The places of one sentence by what they do for its plan.

    ``said`` gives, for the number of a place, its preposition and its name with its article, as the sentence has them.
    """

    places: list[PlanPlace]
    anchors: list[PlanPlace]
    said: dict[int, tuple[str, str]]


def places_of(sentence: Sentence, head: Head, toponyms: list[Toponym], before: list[Toponym], gazetteer: Gazetteer, text: str) -> Found:
    """Sort the literal toponyms of ``sentence`` into the places of the plan at ``head`` and its anchors.

    ``before`` are the toponyms of the text up to the sentence, for "there" and "the island chain". A country or division that only holds a
    finer place of the same plan is left out, since the finer one is what was said.
    """
    where: list[tuple[Toponym, PlanPlace]] = []
    anchors: list[PlanPlace] = []
    roles: dict[int, Role] = {}
    pointed = [t for t in pointed_places(sentence, before, toponyms, text) if head.owns(index_at(sentence, t.mention.start))]
    all_ = sorted([*toponyms, *pointed], key=lambda t: t.mention.start)
    for toponym in all_:
        if toponym.mention.kind != "literal":
            continue
        if toponym.mention.text.lower() == "there":
            role, distance = _there(sentence, toponym), None
        else:
            role, distance = _role(sentence, toponym, head, roles, all_)
        roles[toponym.mention.start] = role
        if toponym.place is None or role == "other":
            continue
        plan_place = PlanPlace(
            place=toponym.place,
            said=" ".join(toponym.mention.text.replace("*", "").split()),
            role="where" if role == "where" else role,
            where_prec=toponym.where_prec or 1,
            uncertainty_m=toponym.uncertainty_m,
            modifier=toponym.mention.modifier,
            distance_km=distance,
        )
        if role == "where":
            where.append((toponym, plan_place))
        else:
            anchors.append(plan_place)
    if len(where) > 1:
        inside = [(t, p) for t, p in where if not _opening_phrase(sentence, t)]
        where = inside or where
    kept = [p for _, p in where if not any(_holds(p, q) or _covers(p, q, gazetteer) for _, q in where)]
    unique = list({p.place.id + p.modifier: p for p in reversed(kept)}.values())[::-1]
    by_place = {p.place.id + p.modifier: t for t, p in reversed(where)}
    said = {n: _as_said(sentence, by_place[p.place.id + p.modifier], p) for n, p in enumerate(unique)}
    return Found(unique, anchors, {n: x for n, x in said.items() if x is not None})


def _as_said(sentence: Sentence, toponym: Toponym, place: PlanPlace) -> tuple[str, str] | None:
    """The preposition and the name with its article, or None where the name stands in no phrase of place of its own."""
    tokens, tags = sentence.tokens, sentence.tags
    i = first = index_at(sentence, toponym.mention.start)
    last = index_at(sentence, toponym.mention.end - 1)
    if last + 1 < len(tokens) and tokens[last + 1].lower == "where":
        return "in", place.said
    while i > 0 and tags[i - 1] in ("DT", "JJ", "N", "NP", "CC", "RB") and not is_break(tokens[i].gap) and first - i < 5:
        i -= 1
    while i > 0 and tokens[i - 1].lower == "of" and tags[i - 2] in NOUNS and first - i < 9:
        i -= 2
        while i > 0 and tags[i - 1] in ("DT", "JJ", "N", "NP"):
            i -= 1
    pointed = toponym.mention.text.lower() == "there"
    if pointed or i == 0 or tags[i - 1] not in ("IN", "TO"):
        return None
    preposition = tokens[i - 1].lower
    lead = " ".join(t.text for t in tokens[i:first]) if first - i < 6 and not any(tags[k] in ("CC", "NP") for k in range(i, first)) else ""
    if toponym.mention.text.lower().startswith(("the ", "this ", "that ")):
        return preposition, _with_article(place)
    return preposition, f"{lead} {place.said}".strip()


def _with_article(place: PlanPlace) -> str:
    """The name of a place that a sentence only points at, with the article that names of groups and waters take."""
    name, code = place.place.name, place.place.feature_code
    plural = name.endswith("s") and code.startswith(("ISLS", "MTS", "PCL"))
    return f"the {name}" if (plural or place.place.extent == "sea" or code.startswith("STM")) and not name.startswith("The ") else name


def index_at(sentence: Sentence, offset: int) -> int:
    """The number of the word of ``sentence`` that holds ``offset`` of the text, or of the first one behind it."""
    return next((k for k, t in enumerate(sentence.tokens) if t.end > offset), len(sentence.tokens) - 1)


def _there(sentence: Sentence, toponym: Toponym) -> Role:
    k = index_at(sentence, toponym.mention.start)
    return "extent" if k and sentence.tokens[k - 1].lower == "from" else "where"


def _holds(larger: PlanPlace, finer: PlanPlace) -> bool:
    """Whether ``larger`` is a country or division that the gazetteer says holds ``finer``."""
    a, b = larger.place, finer.place
    if a.id == b.id or larger.modifier:
        return a.id == b.id and bool(finer.modifier) and not larger.modifier
    if a.id in b.part_of and (a.extent == "country" or a.feature_code.startswith("ADM")):
        return True
    if a.extent == "country":
        return b.extent != "country" and b.country == a.country
    if a.feature_code == "ADM1":
        return b.admin1 == a.admin1 and b.feature_code not in ("ADM1", "ISLS") and b.where_prec < a.where_prec and bool(b.admin1)
    return False


def _covers(larger: PlanPlace, finer: PlanPlace, gazetteer: Gazetteer) -> bool:
    """Whether ``larger`` is a continent or region on whose ground the country or finer place ``finer`` of the same plan lies."""
    a, b = larger.place, finer.place
    if a.id == b.id or a.extent != "area" or not a.feature_code.startswith(("CONT", "RGN")) or b.extent in ("area", "chain", "sea"):
        return False
    from shapely import Point  # read where two places are compared, so that a plain text is read without it

    shape = gazetteer.shape(a.id)
    return shape is not None and bool(shape.intersects(Point(b.lon, b.lat)))


def _role(sentence: Sentence, toponym: Toponym, head: Head, roles: dict[int, Role], all_: list[Toponym]) -> tuple[Role, float | None]:
    tokens = sentence.tokens
    i = next((k for k, t in enumerate(tokens) if t.end > toponym.mention.start), 0)
    j = max(k for k, t in enumerate(tokens) if t.start < toponym.mention.end)
    if tokens[i].dateline:
        return "other", None
    following = tokens[j + 1] if j + 1 < len(tokens) else None
    if _aside_from(sentence, i, head):
        return "subject", None
    if following is not None and following.lower == "where" and "," in following.gap:
        return "where", None
    if tokens[j].possessive and any(tokens[j].end < t.mention.start <= tokens[j].end + 25 and t.mention.kind == "literal" for t in all_):
        return "other", None
    k = i - 1
    while k >= 0 and (
        tokens[k].lower in {"the", "a", "an", "both", "nearby", "neighbouring", "neighboring", "waters", "parts"}
        or _is_adjective(tokens[k])
        or sentence.tags[k] == "JJ"
    ):
        k -= 1
    before = tokens[k].lower if k >= 0 else ""
    previous = next((t for t in reversed(all_) if t.mention.end <= toponym.mention.start), None)
    if k >= 1 and previous is not None and _locates(sentence, k, j, previous, roles):
        return "other", None
    if before in _WHERE and _signed_elsewhere(sentence, head, k):
        return "other", None
    coordinated = before in {"and", "or", "as", "to"} or (k >= 0 and tokens[i].gap.strip() == ",") or (k >= 0 and "," in tokens[k + 1].gap)
    if before in {"and", "or"} or (before not in _WHERE | _NEAR | _DIRECTION | {"to", "from", "of"} and coordinated):
        if previous is not None and previous.mention.start in roles and _close(tokens, previous, i):
            return roles[previous.mention.start], None
    colon = next((n for n, t in enumerate(tokens[1:7], start=1) if re.search(r"[:–—]", t.gap)), 0)
    if (
        colon > j
        and i <= 4
        and (sentence.item or i == 0)
        and all(t.cap or t.lower in {"and", "the", "of", "province", "region"} for t in tokens[:colon])
    ):
        return "where", None
    if following is not None and following.lower in words("say_verbs") and before in {"in", "at"}:
        return "other", None
    if (
        following is not None
        and following.near
        and not following.cap
        and following.lower in words("event_nouns")
        and not tokens[j].possessive
    ):
        return "subject", None
    if k >= 1 and (tokens[k - 1].lower == "not" or {"rather", "instead"} & {t.lower for t in tokens[max(0, k - 2) : k + 1]}):
        return "other", None
    if any(t.lower in {"which", "who", "while"} and "," in t.gap for t in tokens[head.index + 1 : i]):
        return "subject", None
    if before in _WHERE | {"within"}:
        if before in {"in", "on"} and previous is not None and k >= 1 and tokens[k - 1].end == previous.mention.end:
            if previous.mention.kind == "literal" and previous.place is not None:
                return ("where" if roles.get(previous.mention.start) in ("extent", "near") else "other"), None
            return roles.get(previous.mention.start, "where"), None
        if k >= 1 and tokens[k - 1].lower == "from":
            return "other", None
        own_office = head.object[0] <= k - 1 < head.object[1] and head.verb.family not in ("refuse", "propose")
        if before == "in" and k >= 1 and tokens[k - 1].lower in _SPEAKERS and not own_office:
            return "other", None
        if (
            k == 0
            and before in {"in", "at"}
            and any(t.lower in words("say_verbs") | words("carriers_of_speech") for t in tokens[j + 1 : j + 8])
        ):
            return "other", None
        if before == "on" and k >= 1 and tokens[k - 1].lower in {"attack", "attacks", "pressure", "focus", "talks", "war", "based"}:
            return "subject", None
        return "where", None
    if before in words("spanning_prepositions") and toponym.place is not None and _spanned(toponym):
        return "where", None
    if before in _DIRECTION:
        return "direction", None
    if before in _NEAR or (before == "to" and k >= 1 and tokens[k - 1].lower in {"close", "closer", "next", "adjacent"}):
        return "near", _stated_distance(tokens, k)
    if _acted_on(sentence, head, i, j):
        return "where", None
    if _beyond_border(toponym):
        return "other", None
    if before == "of":
        outer = _larger_phrase(sentence, k)
        if outer is not None and tokens[outer].lower == "of":
            return _after_of(tokens, outer)
        if outer is None or (tokens[outer].lower not in {"from", "to", "between"} and not _linear(sentence, head, outer)):
            return _after_of(tokens, k)
        k, before = outer, tokens[outer].lower
    if before == "from" and k >= 1 and tokens[k - 1].lower in ("far", "away"):
        return "near", _stated_distance(tokens, k)
    if before == "from":
        if (head.verb.lemma in _STATIC and k > head.index) or _linear(sentence, head, k):
            return "where", None
        return ("other" if tokens[k - 1].lower in {"officials", "reports", "imports"} else "extent"), _stated_distance(tokens, k)
    if before == "to":
        window = {t.lower for t in tokens[max(0, k - 14) : k]}
        if _linear(sentence, head, k) or (previous is not None and roles.get(previous.mention.start) == "where" and _from(tokens, k)):
            return "where", None
        lemmas = {head.verb.lemma} | window | {_lemma(w) for w in window}
        return ("where" if lemmas & _TO_WHERE else "extent"), None
    if before == "between":
        return ("where" if _linear(sentence, head, k) else "extent"), None
    if before in {"for", "over", "about", "against", "with", "concerning", "regarding"}:
        return "subject", None
    if tokens[j].possessive:
        return ("other", None) if k < 0 or before not in _WHERE else ("where", None)
    if (
        following is not None
        and following.near
        and not following.cap
        and following.lower not in _WHERE | _NEAR | {"and", "or", "to", "from", "by", "as"}
    ):
        return ("where" if following.lower in words("assets") and j > head.index else "subject"), None
    if k < 0 or j < head.group:
        return "other", None
    return "subject", None


def _aside_from(sentence: Sentence, i: int, head: Head) -> bool:
    """Whether the name at ``i`` stands in a clause of its own about somebody or something that the plan only mentions."""
    tokens, tags = sentence.tokens, sentence.tags
    for w in range(i - 1, head.first, -1):
        if w == head.index or (head.group <= w < head.index):
            return False
        restrictive = "," not in tokens[w].gap and w > 0 and tokens[w - 1].lower in words("linear_nouns")
        if tags[w] == "WH" and w != head.subject.opens and tokens[w].lower != "where" and not restrictive:
            return w < head.index or "," in tokens[w].gap
        if tags[w] == "WH" and tokens[w].lower == "where" and w < head.index and w != head.subject.opens:
            return True
        if is_break(tokens[w + 1].gap) and w < head.index:
            return False
    return False


def _locates(sentence: Sentence, k: int, j: int, previous: Toponym, roles: dict[int, Role]) -> bool:
    """Whether the phrase at ``k`` only says where the name before it lies ("Termez, on the Amu Darya")."""
    tokens = sentence.tokens
    if roles.get(previous.mention.start, "other") == "other":
        return False
    behind = index_at(sentence, previous.mention.end - 1) + 1
    while behind < k and sentence.tags[behind] == "N" and not is_break(tokens[behind].gap):
        behind += 1
    if behind >= k and not ("," in tokens[k].gap and tokens[k].lower in _WHERE | _NEAR):
        return False
    if behind < k and not ("," in tokens[behind].gap and sentence.tags[behind] in ("DT", "CD") and _no_verb(sentence, behind, k)):
        return False
    if behind > k:
        return False
    return not any(t.lower in ("and", "or") and u.lower == tokens[k].lower for t, u in pairwise(tokens[j + 1 : j + 9]))


def _spanned(toponym: Toponym) -> bool:
    """Whether the place is one that a bridge, a cable or a tunnel can lie over or under: a water, a range, a desert."""
    place = toponym.place
    return place is not None and (
        place.extent == "sea" or place.feature_code.startswith(("STM", "LK", "MT", "DSRT", "GULF", "STRT", "BAY", "CHN"))
    )


def _signed_elsewhere(sentence: Sentence, head: Head, k: int) -> bool:
    """Whether the phrase at ``k`` only says where something was signed, announced or founded ("a pact, signed last month in Xyzzy")."""
    for i in range(k - 1, max(-1, k - 5), -1):
        if sentence.tags[i] in VERBS:
            return sentence.tags[i] in ("VN", "VD") and i != head.index and sentence.tokens[i].lower in words("elsewhere_participles")
        if is_break(sentence.tokens[i + 1].gap) or sentence.tags[i] in ("WH", "SUB", "IN"):
            return False
    return False


def _no_verb(sentence: Sentence, start: int, end: int) -> bool:
    """Whether no verb, no new clause and no comma but the first stands between two words."""
    inside = range(start, end)
    return not any(sentence.tags[i] in VERBS or sentence.tags[i] in ("MD", "BE", "HV", "WH", "SUB", "CC") for i in inside) and not any(
        is_break(sentence.tokens[i].gap) for i in inside if i > start
    )


def _opening_phrase(sentence: Sentence, toponym: Toponym) -> bool:
    """Whether the name stands in a phrase before the clause that only says on which side things are ("Across the river, …")."""
    first = sentence.tokens[0].lower
    if first not in {"across", "along", "beyond", "up", "off", "further", "farther", "hundreds"} and sentence.tags[0] not in ("CD",):
        return False
    stop = next((k for k, t in enumerate(sentence.tokens) if k and "," in t.gap), 0)
    verb = next((k for k, t in enumerate(sentence.tags) if t in VERBS or t in ("MD", "BE", "HV")), len(sentence.tags))
    at = index_at(sentence, toponym.mention.start)
    return at < stop < verb or (sentence.tags[0] == "CD" and at < verb and toponym.place is not None and toponym.place.extent == "sea")


def _linear(sentence: Sentence, head: Head, k: int) -> bool:
    """Whether the "from", "to" or "between" at ``k`` says where a line runs: a road, a railway, a cable, a chain of islands."""
    tokens = sentence.tokens
    if head.verb.lemma in words("linking_verbs"):
        return True
    near = next((i for i in range(k - 1, max(-1, k - 9), -1) if sentence.tags[i] in VERBS), -1)
    if near >= 0 and lexeme(tokens[near].lower).lemma in words("linking_verbs"):
        return True
    if not words("linear_nouns").isdisjoint(t.lower for t in tokens[head.subject.start : head.subject.end]):
        return True
    lower = [t.lower for t in tokens[max(0, k - 9) : k]]
    if not words("linear_nouns").isdisjoint(lower):
        return not (head.verb.family in ("move", "deploy") and k > head.index and words("linear_nouns").isdisjoint(lower[-3:]))
    return False


def _from(tokens: list[Token], k: int) -> bool:
    return any(t.lower in ("from", "between") for t in tokens[max(0, k - 12) : k])


def _acted_on(sentence: Sentence, head: Head, i: int, j: int) -> bool:
    """Whether the name is itself what the plan acts on ("turn Xyzzy into a port", "close Xyzzy", "Xyzzy will be rebuilt")."""
    near = next((n for n in range(i - 1, max(-1, i - 9), -1) if sentence.tags[n] in VERBS), -1)
    if near > head.index and lexeme(sentence.tokens[near].lower).lemma in words("linking_verbs") - {"run", "drive", "lead"}:
        return all(t in ("DT", "JJ", "CC", "NP", "N", "RB", "IN") for t in sentence.tags[near + 1 : i])
    begin, end = head.object if not head.passive else (head.subject.start, head.subject.end)
    if not begin <= i <= j < end or head.verb.family not in ("build", "move", "supply", "use", "economic", "refuse"):
        return False
    inside = sentence.tags[begin:i]
    return (
        j == end - 1
        and all(t in ("DT", "JJ", "CC", "NP", "N") for t in inside)
        and not any(t.lower in ("of", "for") for t in sentence.tokens[begin:i])
    )


def _beyond_border(toponym: Toponym) -> bool:
    """ "Lethem, on its border with Brazil": a name that only says what lies on the other side."""
    return toponym.mention.relation.endswith(("border with", "frontier with"))


def _lemma(word: str) -> str:
    verb = verbs().get(word)
    return verb.lemma if verb else word


def _is_adjective(token: Token) -> bool:
    return token.possessive or (
        not token.cap and token.lower.endswith(("ern", "ish", "ese", "ian", "new", "larger", "remote", "small", "tiny", "disputed"))
    )


def _close(tokens: list[Token], previous: Toponym, i: int) -> bool:
    between = [t for t in tokens[:i] if t.start >= previous.mention.end]
    return len(between) <= 3


def _larger_phrase(sentence: Sentence, k: int) -> int | None:
    """Where the preposition stands before the noun that the "of" at ``k`` follows ("**to** the outskirts of X"), or None."""
    tokens, tags = sentence.tokens, sentence.tags
    i = k - 1
    if i < 1 or tokens[i].lower not in words("parts_of_places") | set(geo_nouns()):
        return None
    while i > 0 and tags[i - 1] in ("DT", "JJ", "N", "CC"):
        i -= 1
    return i - 1 if i > 0 and tags[i - 1] in ("IN", "TO") else None


def _after_of(tokens: list[Token], k: int) -> tuple[Role, float | None]:
    """ "200 km north of X" and "kilometres of X" are extents, "the island of X" is the place, "invasion of X" its subject."""
    window = [t.lower for t in tokens[max(0, k - 3) : k]]
    led = {t.lower for t in tokens[max(0, k - 5) : k]}
    if any(_UNITS.match(w) for w in window) or (window and window[-1] in _COMPASS and any(c.isdigit() for w in window for c in w)):
        return "extent", _stated_distance(tokens, k)
    noun = window[-1] if window else ""
    noun = noun if noun in geo_nouns() else noun.removesuffix("s") if noun.removesuffix("s") in geo_nouns() else noun
    if noun in _COMPASS:
        return "near", _stated_distance(tokens, k)
    if noun == "part":
        return "subject", None
    places = set(geo_nouns()) | _COMPASS | words("parts_of_places")
    if noun in places:
        return (
            ("near", None)
            if led & _NEAR - {"by", "off"}
            else ("direction", None)
            if led & _DIRECTION
            else ("extent", None)
            if "from" in led
            else ("where", None)
        )
    return "subject", None


def _stated_distance(tokens: list[Token], k: int) -> float | None:
    """The kilometres that stand in the six words before ``k``, or None."""
    window = " ".join(t.text for t in tokens[max(0, k - 6) : k])
    found = _DISTANCE.findall(window)
    if not found:
        return None
    number, unit = found[-1]
    try:
        value = float(number.replace(",", "").rstrip("."))
    except ValueError:
        return None
    factor = 1.852 if unit.lower().startswith(("na", "nm")) else 1.609344 if unit.lower().startswith("mile") else 1.0
    return round(value * factor, 1)
