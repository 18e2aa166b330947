"""Reported plans out of an article, by rules that know verbs, tenses and prepositions and nothing of any article."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from geo import Gazetteer, Toponym
from sources._asides import aside
from sources._choice import best, chosen, describes, is_plan
from sources._clauses import Head, heads, outermost
from sources._going_on import continued, goes_on, inherited
from sources._lexicon import event_types, words
from sources._merge import HEADING, merge
from sources._model import Article, PlanPlace, ReportedPlan, Skipped
from sources._nouns import noun_heads
from sources._origins import credited, dateline_agency
from sources._parts import agent, condition, noun_phrase, own_words, owner, phrase, rest, subject
from sources._quotes import make_quote
from sources._sentences import Sentence, sentences
from sources._status import INCLUDED
from sources._summary import Parts, place_phrase, summarise, with_article
from sources._tags import lexeme
from sources._timing import time_of
from sources._when import Reference, reference
from sources._where import index_at, places_of

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
        main = best(found, sentence.tokens)
        if main is None:
            continue
        why = aside(sentence, written, main, year)
        if why:
            skipped.append(Skipped(start=sentence.start, end=sentence.end, why=why))
            continue
        first, end = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        here, before = list(toponyms[first:end]), list(toponyms[:first])
        told_before = len(plans)
        for head in chosen(sentence, main, found, here, written, year):
            own = [t for t in here if head.owns(index_at(sentence, t.mention.start))]
            plan = _plan(article, sentence, head, own, [*before, *(t for t in here if t not in own)], gazetteer, ref, plans)
            if plan is None:
                continue
            if plans and goes_on(sentence, head, plans[-1]):
                plans[-1] = continued(plans[-1], plan)
            else:
                plans.append(replace(plan, id=HEADING) if sentence.heading or title else plan)
        if len(plans) == told_before:
            skipped.append(Skipped(start=sentence.start, end=sentence.end, why="no thing or place that could be planned"))
    merged = merge(plans)
    return tuple(replace(p, id=f"{article.id}-{i}", number=i) for i, p in enumerate(merged, start=1)), tuple(skipped)


def _is_title(article: Article, sentence: Sentence) -> bool:
    """Whether the first sentence is the headline of a text whose title is not stated: short, and a line of its own."""
    alone = bool(article.paragraphs) and sentence.end >= article.paragraphs[0][1] and len(article.paragraphs) > 1
    return article.citation.title_is_first_line and alone and len(sentence.tokens) <= 20


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
    written = text[sentence.start : sentence.end]
    found = places_of(sentence, head, here, before, gazetteer, text)
    who, what = subject(sentence, head, text), phrase(sentence, *head.object, text)
    if not found.places and not any(a.role in ("near", "extent") for a in found.anchors):
        found.places = inherited(sentence, head, told, text)
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
    when = time_of(written, head, sentence, ref)
    if describes(sentence, head, who) or not is_plan(head, asset, placed, sentence, who, dated=when is not None):
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
        origins=_origins(article, written),
        lacks=tuple(lacks),
        summary=summarise(
            Parts(
                status=head.status,
                lemma=lemma,
                family=head.verb.family,
                actor=with_article(actor, written),
                asset=with_article(asset, written) if head.passive or not actor else asset,
                where=place_phrase(places, found.said),
                when=when.said if when else "",
                passive=head.passive,
                governor=_lemma(sentence, head.governor),
                deal=head.verb.family == "agree",
                word=sentence.tokens[head.index].lower if head.verb.family == "refuse" else "",
                told=head.verb.family == "propose" and head.verb.form in ("past", "participle", "past or participle"),
                ongoing=head.why.startswith("'under"),
                own=own_words(sentence, head, text),
            )
        ),
    )


def _lemma(sentence: Sentence, k: int) -> str:
    """The lemma of the word at ``k`` where it is one that governs plans, else the word; "" where there is none."""
    if k < 0:
        return ""
    word = sentence.tokens[k].lower
    return lexeme(word).lemma or word


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


def _origins(article: Article, written: str) -> tuple[str, ...]:
    """Whom the article's record, its dateline or the plan's own sentence credits."""
    named = (article.citation.origin, dateline_agency(article.text), *credited(written))
    return tuple(dict.fromkeys(n for n in named if n))
