"""Reported plans out of an article, by rules that know verbs, tenses and prepositions and nothing of any article."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from geo import Gazetteer, Toponym
from sources._antecedents import named_before, two_countries
from sources._asides import aside
from sources._choice import best, chosen, describes, is_plan
from sources._clauses import Head, heads, outermost
from sources._distances import stated_distances
from sources._events import event_of
from sources._extractor import Extraction
from sources._going_on import continued, goes_on, inherited
from sources._language import foreign
from sources._lexicon import words
from sources._merge import HEADING, merge
from sources._model import Antecedent, Article, Attribution, PlanPlace, Problem, ReportedPlan, Skipped
from sources._nouns import noun_heads
from sources._origins import attributions
from sources._parts import agent, condition, noun_phrase, own_words, owner, phrase, rest, subject
from sources._phrases import finite, subject_of
from sources._quotes import make_quote
from sources._sentences import Sentence, sentences, tokens_of
from sources._status import INCLUDED
from sources._summary import Parts, is_plural, place_phrase, summarise, with_article
from sources._tags import NOUNS, is_break
from sources._timing import time_of
from sources._when import When, reference
from sources._where import index_at, places_of
from sources._words import closed, lexeme

_YEAR = re.compile(r"\b((?:1[5-9]|20)\d\d)\b")
_POINTING = frozenset({"the", "this", "that", "these", "those", "its", "their", "both"})


class RuleExtractor:
    """Finds reported plans by rules over words, parts of speech and clauses: no model, no download, no network.

    The rules know verbs, tenses and prepositions and nothing of any article. A plan told in several sentences (a box of bullets and the
    body) is one plan with several quotes. Reads the gazetteer's file to see which place holds which.

    >>> from geo import Gazetteer, parse; from sources import read_text
    >>> article = read_text("Kenya will build a naval pier at Kilifi.")
    >>> RuleExtractor().extract(article, parse(article.text, Gazetteer()), Gazetteer()).plans[0].status
    'planned'
    """

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Return the plans of ``article``, numbered from 1 in the order of the text, and the sentences passed over with the reason.

        An article in another language gives no plans, and a problem that names the language.
        """
        read = sentences(article.text)
        language = foreign(article.text, tokens_of(article.text))
        if language:
            return _in_another_language(article, language)
        text = _Text(article, toponyms, gazetteer)
        for number, sentence in enumerate(read):
            text.read(sentence, title=number == 0 and _is_title(article, sentence))
            text.sentences.append(sentence)
        merged = merge(text.plans)
        plans = tuple(replace(p, id=f"{article.id}-{i}", number=i) for i, p in enumerate(merged, start=1))
        return Extraction(plans=plans, skipped=tuple(text.skipped))


def _in_another_language(article: Article, language: str) -> Extraction:
    """No plans, and why: the rules read English."""
    rule = f"the text is in {language}, and the rules for plans read English only"
    return Extraction(
        skipped=(Skipped(start=0, end=len(article.text), why=f"the text is in {language}"),),
        problem=Problem(
            name=article.id,
            rule=rule,
            next_step="translate it, or give an extractor that reads it; its places are listed",
            code="other-language",
        ),
    )


class _Text:
    """One article while it is read: what was told and passed over so far."""

    def __init__(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> None:
        self.article, self.toponyms, self.gazetteer = article, toponyms, gazetteer
        self.starts = [t.mention.start for t in toponyms]
        self.ref = reference(article.citation.date, article.text)
        latest = max([int(y) for y in _YEAR.findall(article.text) if int(y) < 2100] or [0])
        self.year = self.ref.day.year if self.ref.day else latest
        self.plans: list[ReportedPlan] = []
        self.skipped: list[Skipped] = []
        self.sentences: list[Sentence] = []
        self.credited: tuple[int, tuple[Attribution, ...]] | None = None

    def read(self, sentence: Sentence, *, title: bool) -> None:
        """Read one sentence: its plans, or why it is passed over."""
        written = self.article.text[sentence.start : sentence.end]
        found = outermost(sentence, [*heads(sentence, title=title), *noun_heads(sentence)])
        main = best(found, sentence.tokens)
        if main is None:
            if _plans_something(sentence):
                self.skipped.append(Skipped(start=sentence.start, end=sentence.end, why="what is planned is nothing that stands somewhere"))
            return
        why = aside(sentence, written, main, self.year)
        told_before = self._told()
        if not why:
            self._read_heads(sentence, main, found, title)
            why = "no thing or place that could be planned" if self._told() == told_before else ""
        if why:
            self.skipped.append(Skipped(start=sentence.start, end=sentence.end, why=why))

    def _told(self) -> int:
        return sum(len(p.quotes) for p in self.plans)

    def _read_heads(self, sentence: Sentence, main: Head, found: list[Head], title: bool) -> None:
        first, end = bisect_left(self.starts, sentence.start), bisect_left(self.starts, sentence.end)
        here, before = list(self.toponyms[first:end]), list(self.toponyms[:first])
        written = self.article.text[sentence.start : sentence.end]
        for head in chosen(sentence, main, found, here, written, self.year):
            own = [t for t in here if head.owns(index_at(sentence, t.mention.start))]
            plan = self._plan(sentence, head, own, [*before, *(t for t in here if t not in own)])
            if plan is None:
                continue
            if self.plans and goes_on(sentence, head, self.plans[-1]):
                self.plans[-1] = continued(self.plans[-1], plan)
            else:
                self.plans.append(replace(plan, id=HEADING) if sentence.heading or title else plan)

    def _plan(self, sentence: Sentence, head: Head, here: list[Toponym], before: list[Toponym]) -> ReportedPlan | None:
        """The plan at ``head``, or None where its words make none."""
        text = self.article.text
        written = text[sentence.start : sentence.end]
        found = places_of(sentence, head, here, before, self.gazetteer, text)
        if not found.places and not any(a.role in ("near", "extent") for a in found.anchors):
            found.places = inherited(sentence, head, self.plans, text)
        actor, asset, pointed = self._who_and_what(sentence, head, before)
        placed = bool(found.places) or any(a.role in ("extent", "near") for a in found.anchors)

        def dated() -> bool:
            return time_of(written, head, sentence, self.ref) is not None

        if describes(sentence, head) or not is_plan(head, asset, placed, sentence, actor, dated=dated):
            return None
        when = time_of(written, head, sentence, self.ref)
        places = tuple(found.places)
        unknown = not actor or any(not a.stands_for for a in pointed)
        lacks = [w for w, missing in (("who", unknown), ("place", not places), ("date", when is None)) if missing]
        event_type, event_mode = event_of(head, asset, actor)
        return ReportedPlan(
            id="",
            number=0,
            status=head.status,
            quotes=(make_quote(self.article, sentence.start, sentence.end, emphasis=_emphasis(sentence, head)),),
            actor=actor,
            asset=asset,
            action=head.verb.lemma,
            places=places,
            anchors=tuple(_once(found.anchors)),
            when=when.edtf if when else None,
            when_said=when.said if when else "",
            when_note=when.note if when else "",
            condition=condition(sentence, head, text),
            event_type=event_type,
            event_mode=event_mode,
            negated=head.negated,
            distances=stated_distances(written, places, [a for a in found.anchors if a.role in ("near", "extent")], self.gazetteer),
            antecedents=pointed,
            attributions=self._attributions(sentence),
            lacks=tuple(lacks),
            summary=self._summary(sentence, head, actor, asset, place_phrase(places, found.said), _time_phrase(written, when)),
        )

    def _attributions(self, sentence: Sentence) -> tuple[Attribution, ...]:
        """On whose word the sentence tells what it tells; asked once for all its plans."""
        if self.credited is None or self.credited[0] != sentence.start:
            self.credited = sentence.start, attributions(self.article, sentence.start, sentence.end)
        return self.credited[1]

    def _who_and_what(self, sentence: Sentence, head: Head, before: list[Toponym]) -> tuple[str, str, tuple[Antecedent, ...]]:
        """Actor and asset as the article words them, a pronoun or short name with what it goes back to."""
        text = self.article.text
        who, what = subject(sentence, head, text), phrase(sentence, *head.object, text)
        if head.why == INCLUDED:
            who, what, head.passive = what, "", True
        pointed = () if head.passive else self._goes_back(sentence, head, before)
        if pointed and pointed[0].stands_for:
            who = pointed[0].stands_for
        actor, asset = (agent(sentence, head, text), who) if head.passive else (who, what)
        word = sentence.tokens[head.index].lower
        if (head.verb.family == "exercise" and word in words("drill_nouns")) or word in words("deal_nouns"):
            asset, actor = noun_phrase(sentence, head, text), owner(sentence, head, text)
            head.passive = True
        if head.verb.family == "refuse":
            asset = who if head.passive else rest(sentence, head, text)
        return actor, asset, pointed

    def _goes_back(self, sentence: Sentence, head: Head, before: list[Toponym]) -> tuple[Antecedent, ...]:
        """What the subject of ``head`` goes back to, where it is a pronoun or a short name ("it", "the regiment", "the two countries")."""
        start, end = head.subject.start, head.subject.end
        if start >= end or head.subject.relative:
            return ()
        span = sentence.tokens[start:end]
        said = " ".join(self.article.text[span[0].start : span[-1].end].split())
        if sentence.tags[start] == "PRP" and end - start == 1:
            if span[0].lower not in ("it", "they", "we", "he", "she"):
                return ()
            found = self._subject_before(sentence, start) if span[0].lower in ("it", "they") else ""
        elif span[0].lower in _POINTING and end - start <= 3 and not any(t.cap for t in span[1:]):
            if {"two", "both"} & {t.lower for t in span} and span[-1].lower in words("joint_subjects"):
                found = two_countries(before)
            elif span[-1].lower in words("short_names"):
                found = named_before(sentence, start, end, self.sentences, self.article.text)
            else:
                return ()
        else:
            return ()
        return (Antecedent(said=said, stands_for=found, start=span[0].start, end=span[-1].end),)

    def _subject_before(self, sentence: Sentence, k: int) -> str:
        """The subject of the last clause before the word at ``k``, in this sentence or the one before; "" where it is no name or noun."""
        plural = sentence.tokens[k].lower == "they"
        for earlier, stop in [(sentence, k), *((s, len(s.tokens)) for s in reversed(self.sentences[-2:]))]:
            for verb in range(stop):
                if not finite(earlier, verb):
                    continue
                found = subject_of(earlier, verb)
                if found.end <= found.start or found.end > stop or earlier.tags[found.start] == "PRP":
                    continue
                last = earlier.tokens[found.end - 1]
                if last.lower in words("speakers") - words("speaking_bodies") and not plural:
                    continue
                name = phrase(earlier, found.start, found.end, self.article.text)
                if is_plural(name) == plural:
                    return name
        return ""

    def _summary(self, sentence: Sentence, head: Head, actor: str, asset: str, where: tuple[str, tuple[str, ...]], when: str) -> str:
        text = self.article.text
        written = text[sentence.start : sentence.end]
        return summarise(
            Parts(
                status=head.status,
                lemma=head.verb.lemma,
                family=head.verb.family,
                actor=with_article(actor, written),
                asset=with_article(asset, written) if head.passive or not actor else asset,
                where=where[0],
                apart=where[1],
                when=when,
                passive=head.passive,
                governor=_lemma(sentence, head.governor),
                governed=_passive_governor(sentence, head.governor),
                deal=head.verb.family == "agree",
                word=sentence.tokens[head.index].lower if head.verb.family == "refuse" else "",
                told=head.verb.family == "propose" and head.verb.form in ("past", "participle", "past or participle"),
                asks=head.verb.family == "propose" and head.governor < 0 and sentence.tags[head.index] in ("VZ", "VP"),
                particle="for" if sentence.tokens[head.index].lower in words("verbs_for_a_thing") and f" for {asset}" in written else "",
                ongoing=head.why.startswith("'under"),
                own=own_words(sentence, head, text),
            )
        )


def _is_title(article: Article, sentence: Sentence) -> bool:
    """Whether the first sentence is the headline of a text whose title is not stated: short, and a line of its own."""
    alone = bool(article.paragraphs) and sentence.end >= article.paragraphs[0][1] and len(article.paragraphs) > 1
    return article.citation.title_is_first_line and alone and len(sentence.tokens) <= 20


def _passive_governor(sentence: Sentence, k: int) -> str:
    """The word at ``k`` where it is a participle behind a form of "be" ("is **intended** to"), else ""."""
    if k < 1 or sentence.tags[k] not in ("VN", "JJ"):
        return ""
    if sentence.tags[k] == "VN" and sentence.tags[k - 1] in NOUNS and sentence.tokens[k].lower.endswith("ed"):
        return sentence.tokens[k].lower
    j = k - 1
    while j > 0 and sentence.tags[j] in ("RB", "NEG"):
        j -= 1
    return sentence.tokens[k].lower if sentence.tags[j] == "BE" and sentence.tokens[k].lower.endswith(("ed", "et")) else ""


def _time_phrase(written: str, when: When | None) -> str:
    """The time as said, with the preposition before it."""
    if when is None:
        return ""
    said = when.said
    if when.start == 0 and said.split()[0].lower() in closed():
        said = said[0].lower() + said[1:]
    if when.lead:
        return said
    found = re.search(r"\b(through|until|till|since|by|in|from|before|after|during|between|over|within|at) $", written[: when.start])
    if found:
        return f"{found[1]} {said}"
    plain = re.match(
        r"(?:19|20)\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b", when.said
    )
    return f"in {said}" if plain and not re.search(r"\b\d{1,2}\b", said) else said


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
    while (
        last + 1 < len(tokens)
        and not is_break(tokens[last + 1].gap)
        and not (last - head.index >= 10 and _opens_phrase(sentence, last + 1))
    ):
        last += 1
    return ((tokens[min(first, head.index)].start - sentence.start, tokens[last].end - sentence.start),)


def _plans_something(sentence: Sentence) -> bool:
    """Whether a sentence says that something is planned, whatever it is ("plans to …", "is due to …")."""
    tags = sentence.tags
    return any(
        tags[k + 1] == "TO" and t.lower in words("planned_governors") and tags[k] != "IN" for k, t in enumerate(sentence.tokens[:-1])
    )


def _opens_phrase(sentence: Sentence, k: int) -> bool:
    """Whether a new phrase or clause begins at ``k``, so that words may end before it."""
    return sentence.tags[k] in ("IN", "TO", "WH", "SUB", "CC") and sentence.tokens[k].lower != "of"


def _once(places: list[PlanPlace]) -> list[PlanPlace]:
    return list({(p.place.id, p.role): p for p in reversed(places)}.values())[::-1]
