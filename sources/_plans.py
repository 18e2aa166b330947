"""Reported plans out of an article, by rules that know verbs, tenses and prepositions and nothing of any article."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from geo import Gazetteer, Toponym
from geo.text import Token
from sources._clauses import Head, allot, governed_by, heads, outermost
from sources._lexicon import event_types, words
from sources._merge import HEADING, content, merge
from sources._model import Article, PlanPlace, ReportedPlan, Skipped
from sources._nouns import noun_heads
from sources._origins import credited, dateline_agency
from sources._parts import (
    abstract,
    agent,
    concrete,
    condition,
    noun_phrase,
    own_words,
    owner,
    phrase,
    rest,
    subject,
    summary,
)
from sources._quotes import make_quote
from sources._sentences import Sentence, sentences
from sources._status import INCLUDED
from sources._when import Reference, When, reference, times
from sources._where import index_at, places_of

OLD = 10
"""Years before the article after which something done is history and no plan of the day."""
_DECADE = re.compile(r"\b1[0-9]{3}s\b|\b20[0-4]0s\b|\b1[0-8]\d\d\b")
_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")


def extract(article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> tuple[tuple[ReportedPlan, ...], tuple[Skipped, ...]]:
    """Return the plans that ``article`` reports, numbered from 1 in the order of the text, and the sentences passed over with the reason.

    ``toponyms`` are those of the article's text, in its order. A plan told in several sentences (a box of bullets and the body) is one plan
    with several quotes. Reads the gazetteer's file for containment only; no network.
    """
    ref = reference(article.citation.date, article.text)
    latest = max([int(y) for y in _YEAR.findall(article.text) if int(y) < 2100] or [0])
    year = ref.day.year if ref.day else latest
    plans: list[ReportedPlan] = []
    skipped: list[Skipped] = []
    starts = [t.mention.start for t in toponyms]
    for number, sentence in enumerate(sentences(article.text)):
        written = article.text[sentence.start : sentence.end]
        title = number == 0 and _is_title(article, sentence)
        found = outermost(sentence, [*heads(sentence, title=title), *noun_heads(sentence)])
        main = _best(found, sentence.tokens)
        if main is None:
            continue
        why = _aside(sentence, written, main, year)
        if why:
            skipped.append(Skipped(start=sentence.start, end=sentence.end, why=why))
            continue
        first, end = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        here, before = list(toponyms[first:end]), list(toponyms[:first])
        told_before = len(plans)
        for head in _chosen(sentence, main, found, here, written, year):
            own = [t for t in here if head.owns(index_at(sentence, t.mention.start))]
            plan = _plan(article, sentence, head, own, [*before, *(t for t in here if t not in own)], gazetteer, ref, plans)
            if plan is None:
                continue
            if plans and _goes_on(sentence, head, plans[-1]):
                plans[-1] = _continued(plans[-1], plan)
            else:
                plans.append(replace(plan, id=HEADING) if sentence.heading or title else plan)
        if len(plans) == told_before:
            skipped.append(Skipped(start=sentence.start, end=sentence.end, why="no thing or place that could be planned"))
    merged = merge(plans)
    return tuple(replace(p, id=f"{article.id}-{i}", number=i) for i, p in enumerate(merged, start=1)), tuple(skipped)


def _chosen(sentence: Sentence, main: Head, found: list[Head], here: list[Toponym], written: str, year: int) -> list[Head]:
    """The heads of a sentence that each carry a plan of their own, the main one among them, in the order of the text."""
    chosen = [main]
    for head in sorted(found, key=lambda h: (-h.weight, h.index)):
        if head is main or any(_one_plan(sentence, head, other) for other in chosen):
            continue
        allot(sentence, [*chosen, head])
        placed = any(t.mention.kind == "literal" and head.owns(index_at(sentence, t.mention.start)) for t in here)
        placed = placed or any(t.lower == "there" and head.owns(k) for k, t in enumerate(sentence.tokens))
        if _stands_alone(sentence, head, placed) and not _aside(sentence, written, head, year):
            chosen.append(head)
    allot(sentence, chosen)
    return sorted(chosen, key=lambda h: h.index)


def _one_plan(sentence: Sentence, head: Head, other: Head) -> bool:
    """Whether two heads tell of one plan: one governs the other, or they say two verbs of one thing."""
    if head.index == other.index or other.governor == head.index or head.governor == other.index:
        return True
    a, b = sorted((head, other), key=lambda h: h.index)
    if a.object[0] <= b.index < a.object[1] or (b.subject.start <= a.index < b.subject.end and a.why != "'under construction'"):
        return True
    if other.verb.family == "refuse" and other.index < head.index and governed_by(sentence, head, other):
        return True
    same_subject = a.subject.end > a.subject.start and (a.subject.start, a.subject.end) == (b.subject.start, b.subject.end)
    thing = b.object[1] > b.object[0]
    about = b.subject.relative and a.object[0] <= b.subject.start < a.object[1]
    return (same_subject or about) and not thing and b.status == a.status


def _stands_alone(sentence: Sentence, head: Head, placed: bool) -> bool:
    """Whether a further head of a sentence says enough for a plan of its own: a thing and a place, or a thing and somebody who acts on it."""
    text = " ".join(t.lower for t in sentence.tokens[head.object[0] : head.object[1]])
    about = " ".join(t.lower for t in sentence.tokens[head.subject.start : head.subject.end])
    thing = concrete(about if head.passive else text) or (head.passive and concrete(text))
    if abstract(text) or head.weight < 1.3 or head.verb.family in ("respond", "visit"):
        return False
    if head.verb.family == "refuse" or head.status == "denied":
        return placed and (thing or head.verb.family != "refuse")
    if head.status in ("completed", "existing"):
        return placed and (thing or head.verb.family in ("deploy", "build")) and (head.weight >= 1.5 or thing)
    if head.verb.lemma in words("weak_verbs"):
        return thing and (placed or head.weight >= 2.4)
    return (thing and (placed or head.weight >= 2.0)) or (placed and head.weight >= 2.0)


def _is_title(article: Article, sentence: Sentence) -> bool:
    """Whether the first sentence is the headline of a text whose title is not stated: short, and a line of its own."""
    alone = bool(article.paragraphs) and sentence.end >= article.paragraphs[0][1] and len(article.paragraphs) > 1
    return article.citation.title_is_first_line and alone and len(sentence.tokens) <= 20


def _best(found: list[Head], tokens: list[Token]) -> Head | None:
    if not found:
        return None
    for h in found:
        if (
            h.governor >= 0
            and tokens[h.governor].lower in words("schemes")
            and any(t.lower in words("failures") for t in tokens[h.index + 1 :])
        ):
            h.status, h.why = "denied", "the plan itself came to nothing"
    denials = [h for h in found if h.status == "denied" and h.weight >= 2.0]
    pool = denials or found
    return max(pool, key=lambda h: (h.weight, -h.index))


def _aside(sentence: Sentence, written: str, head: Head, year: int) -> str:
    """Which kind of sentence about plans this is that is none of the day, or ""."""
    tokens = sentence.tokens
    lower = [t.lower for t in tokens]
    opinion = {k for k, w in enumerate(lower) if w in words("opinion_verbs")}
    if any(w in words("analysts") for w in lower) and opinion and head.status in ("planned", "proposed"):
        return "an analyst's view"
    if (
        opinion
        and any(w in words("scholars") for w in lower[: head.group])
        and "of" in lower[: head.group]
        and head.status in ("planned", "proposed")
    ):
        return "an analyst's view"
    if re.match(r"[A-Z]{5,}:|Q:|Question:", written) and ("?" in written or "reports" in lower):
        return "a question"
    if _expected_by_analysts(sentence, head):
        return "an analyst's view"
    if (lower[0] in {"if", "unless", "should"} or (lower[0] == "and" and lower[1:2] == ["if"])) and head.governor < 0:
        return "a condition"
    if head.status in ("completed", "agreed", "existing", "under way"):
        years = [int(y) for y in _YEAR.findall(written)]
        if _DECADE.search(written) or any(w in words("history_words") for w in lower) or (years and year and max(years) <= year - OLD):
            if head.status != "existing" or not {"since", "for", "is", "are", "remains"} & set(lower):
                return "history"
    if written.rstrip().endswith("?"):
        return "a question"
    return ""


def _expected_by_analysts(sentence: Sentence, head: Head) -> bool:
    """Whether what is to come is only expected: by an analyst ("…, said X, of the Y Institute"), a forecast, or the speaker."""
    lower = [t.lower for t in sentence.tokens]
    if head.status not in ("planned", "proposed"):
        return False
    for k, w in enumerate(lower):
        if w in {"forecasts", "forecast", "models", "projections", "scenarios"} and k < head.group:
            return True
        if w in {"expect", "believe", "think", "guess", "predict"} and k and lower[k - 1] in {"i", "we"} and k < head.index:
            return True
        if w in {"said", "says"} and k + 1 < len(lower) and sentence.tokens[k + 1].cap and not sentence.tokens[k + 1].opens:
            tail = lower[k + 1 : k + 14]
            if "of" in tail and words("scholars") & set(tail[tail.index("of") :]):
                return True
    return False


def _plan(
    article: Article,
    sentence: Sentence,
    head: Head,
    here: list[Toponym],
    before: list[Toponym],
    gazetteer: Gazetteer,
    ref: Reference,
    told: list[ReportedPlan],
) -> ReportedPlan | None:
    text = article.text
    found = places_of(sentence, head, here, before, gazetteer, text)
    who, what = subject(sentence, head, text), phrase(sentence, *head.object, text)
    if not found.places and not any(a.role in ("near", "extent") for a in found.anchors):
        found.places = _inherited(sentence, head, told, text)
    pointed = bool(found.places) and not here
    if head.why == INCLUDED:
        who, what, head.passive = what, "", True
    actor, asset = (agent(sentence, head, text), who) if head.passive else (who, what)
    if (head.verb.family == "exercise" and sentence.tokens[head.index].lower in words("drill_nouns")) or sentence.tokens[
        head.index
    ].lower in words("deal_nouns"):
        asset, actor = noun_phrase(sentence, head, text), owner(sentence, head, text)
        head.passive = True
    if head.verb.family == "refuse":
        asset = rest(sentence, head, text)
    lemma = head.verb.lemma
    placed = bool(found.places) or any(a.role in ("extent", "near") for a in found.anchors) or (pointed and bool(told))
    when = _when(text[sentence.start : sentence.end], head, sentence, ref)
    if _describes(sentence, head, who) or not _is_plan(head, asset, placed, sentence, who, dated=when is not None):
        return None
    quote = make_quote(article, sentence.start, sentence.end, emphasis=_emphasis(sentence, head))
    places = tuple(found.places)
    lacks = [w for w, missing in (("who", not actor), ("place", not places), ("date", when is None)) if missing]
    return ReportedPlan(
        id="",
        number=0,
        status=head.status,
        quotes=(quote,),
        actor=actor,
        asset=asset,
        action=lemma,
        places=places,
        anchors=tuple(_once(found.anchors)),
        when=when.edtf if when else None,
        when_said=when.said if when else "",
        when_note=when.note if when else "",
        condition=condition(sentence, text),
        event_type=event_types().get(head.verb.family, ""),
        origins=_origins(article, text[sentence.start : sentence.end]),
        lacks=tuple(lacks),
        summary=summary(
            actor=actor,
            asset=asset,
            lemma=lemma,
            status=head.status,
            places=places,
            when=when.said if when else "",
            passive=head.passive,
            deal=head.verb.family == "agree",
            word=sentence.tokens[head.index].lower if head.verb.family == "refuse" else "",
            told=head.verb.family == "propose" and head.verb.form in ("past", "participle", "past or participle"),
            own=own_words(sentence, head, text),
        ),
    )


def _origins(article: Article, written: str) -> tuple[str, ...]:
    """Whom the article's record, its dateline or the plan's own sentence credits."""
    named = (article.citation.origin, dateline_agency(article.text), *credited(written))
    return tuple(dict.fromkeys(n for n in named if n))


_POINTERS = frozenset({"the", "this", "these", "that", "those", "its", "their", "such", "both"})
_BACK = 8
"""How many plans back a thing is sought that a sentence points at."""


def _inherited(sentence: Sentence, head: Head, told: list[ReportedPlan], text: str) -> list[PlanPlace]:
    """The places of the latest plan about the thing that this one points at ("the quay", "these bases", "it")."""
    spans = [head.object] if head.object[1] > head.object[0] else []
    if head.passive or not spans:
        spans = [(head.subject.start, head.subject.end), *spans]
    for start, end in spans:
        if start >= end:
            continue
        first, last = sentence.tokens[start], _head_noun(sentence, start, end)
        said = " ".join(text[first.start : sentence.tokens[end - 1].end].split())
        if end - start == 1 and first.lower in {"it", "them", "they", "these", "both"}:
            return (
                [replace(p, said=first.lower) for p in told[-1].places] if told and first.lower != "they" or (told and head.passive) else []
            )
        if first.lower not in _POINTERS or last.lower not in words("assets") - words("agents") - words("unplaced_assets"):
            continue
        stem = next(iter(content(last.lower)), last.lower)
        for plan in reversed(told[-_BACK:]):
            if plan.places and stem in content(f"{plan.asset} {_emphasised(plan)}"):
                return [replace(p, said=said) for p in plan.places]
    return []


def _thing_in(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the words name a thing that can stand somewhere."""
    return end > start and concrete(" ".join(t.lower for t in sentence.tokens[start:end]))


def _head_noun(sentence: Sentence, start: int, end: int) -> Token:
    """The last noun of a phrase before its first preposition."""
    stop = next((k for k in range(start + 1, end) if sentence.tags[k] in ("IN", "TO", "VN", "VG")), end)
    return sentence.tokens[max(start, stop - 1)]


def _emphasised(plan: ReportedPlan) -> str:
    """The words of a plan's quotes that carry it."""
    return " ".join(q.exact[a:b] for q in plan.quotes for a, b in q.emphasis)


def _goes_on(sentence: Sentence, head: Head, last: ReportedPlan) -> bool:
    """Whether a sentence only says when the plan told last begins or ends ("Work will start in June")."""
    start, end = head.subject.start, head.subject.end
    if head.verb.lemma not in words("phases") or start >= end or head.status not in ("planned", "under way", "completed"):
        return False
    if last.status in ("denied", "existing") or _thing_in(sentence, *head.object):
        return False
    noun = _head_noun(sentence, start, end).lower
    if noun in words("works"):
        return end - start == 1 or content(" ".join(t.lower for t in sentence.tokens[start + 1 : end])) <= content(
            " ".join(q.exact for q in last.quotes)
        )
    return noun in {"it", "they"}


def _continued(last: ReportedPlan, plan: ReportedPlan) -> ReportedPlan:
    """The plan told last with what a further sentence says of its time."""
    dated = plan if plan.when and not last.when else last
    lacks = tuple(x for x in last.lacks if not (x == "date" and dated.when))
    return replace(
        last, quotes=(*last.quotes, *plan.quotes), when=dated.when, when_said=dated.when_said, when_note=dated.when_note, lacks=lacks
    )


def _describes(sentence: Sentence, head: Head, who: str) -> bool:
    """Whether a sentence says what a thing is for, or how large it is to be, and not that anybody does something ("the line will serve …")."""
    start, end = head.subject.start, head.subject.end
    if start >= end or head.passive or head.status not in ("planned", "proposed"):
        return False
    noun = _head_noun(sentence, start, end)
    if head.verb.lemma not in words("describing_verbs") or noun.lower in words("agents"):
        return False
    if head.subject.relative and not noun.cap:
        return True
    definite = sentence.tokens[start].lower in _POINTERS | {"it", "which", "that"} or head.subject.relative or noun.cap
    return definite and (noun.lower in words("assets") or noun.lower in {"it", "initiative", "which"})


def _is_plan(head: Head, asset: str, placed: bool, sentence: Sentence, who: str, *, dated: bool) -> bool:
    """Whether verb, object and place together make a thing that can be planned somewhere."""
    if abstract(asset):
        return False
    if head.verb.family == "visit" and head.status not in ("planned", "agreed", "proposed"):
        return False
    if head.negated and head.verb.family != "refuse" and not concrete(asset) and not (placed and head.status == "denied" and who):
        return False
    first = (who.split() or [sentence.tokens[0].lower])[-1]
    any_thing = any(t.lower in words("assets") for t in sentence.tokens[head.index :])
    thing = concrete(asset) or (head.verb.family in ("respond", "plan") and any_thing)
    if (
        head.verb.family == "agree"
        and not thing
        and not any(t.lower in words("agreed_governors") | words("deal_nouns") for t in sentence.tokens)
    ):
        return False
    weak = head.verb.lemma in words("weak_verbs") and not (head.verb.family == "exercise" and thing) and not head.passive
    anywhere = any_thing or any(t.lower in words("assets") for t in sentence.tokens)
    if weak and not head.passive and head.governor < 0 and first.lower() in words("abstract_subjects"):
        return False
    if head.status in ("completed", "existing"):
        if thing and head.status == "existing" and head.weight >= 2.0:
            return True
        return (placed and (thing or anywhere or not weak)) or (thing and not weak and head.verb.family in ("build", "deploy", "exercise"))
    firm = head.weight >= 2.4
    if weak and not firm:
        return thing or (placed and any_thing)
    return thing or placed or any_thing or (firm and (dated or anywhere or head.status == "denied"))


def _when(written: str, head: Head, sentence: Sentence, ref: Reference) -> When | None:
    """The time of the plan: the one nearest behind its verb, not the day that something was said."""
    candidates = []
    verb_at = sentence.tokens[head.index].start - sentence.start
    ahead = head.status in ("planned", "proposed", "agreed")
    for when in times(written, ref, ahead=ahead):
        day_of_saying = (
            re.search(r"(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|yesterday|today)$", when.said, re.I) is not None
        )
        around = written[max(0, when.start - 40) : when.start].lower().split()
        spoken = any(w.strip(",.“”") in words("say_verbs") | {"told", "voted"} for w in around[-4:])
        deadline = when.lead in {"by", "before"}
        if day_of_saying and not deadline and (spoken or head.status != "completed"):
            continue
        if spoken and head.status in ("planned", "proposed", "denied") and when.lead in {"on", "in"} and when.start < verb_at:
            continue
        if not _same_clause(written, when, verb_at):
            continue
        candidates.append(when)
    if not candidates:
        return None
    return min(candidates, key=lambda w: (w.start < verb_at, abs(w.start - verb_at)))


def _same_clause(written: str, when: When, verb_at: int) -> bool:
    """Whether nothing but the plan's own clause lies between its verb and a time; a time that opens the sentence counts as its own."""
    leading = (
        when.start <= 12
        and "," not in written[: when.start]
        and "," in written[when.start : when.start + len(when.said) + 2]
        and when.start < verb_at
    )
    between = written[min(verb_at, when.start) : max(verb_at, when.start)]
    return leading or not re.search(r",|;|\b(?:which|who|where|when|than|while|down from|because|after|before)\b", between)


def _emphasis(sentence: Sentence, head: Head) -> tuple[tuple[int, int], ...]:
    """The words that carry the plan, counted within the quote: from what governs the verb to the end of its object."""
    tokens = sentence.tokens
    first = head.governor if head.governor >= 0 else head.group
    last = head.index
    while last + 1 < len(tokens) and last - head.index < 12 and not re.search(r"[,;:—–“”(]", tokens[last + 1].gap):
        last += 1
    return ((tokens[min(first, head.index)].start - sentence.start, tokens[last].end - sentence.start),)


def _once(places: list[PlanPlace]) -> list[PlanPlace]:
    return list({(p.place.id, p.role): p for p in reversed(places)}.values())[::-1]
