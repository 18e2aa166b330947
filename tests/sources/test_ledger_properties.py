"""Whatever happens to articles, rules and the ledger's file: no decision is lost, and none is put on another plan than the person saw."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

import sources
import sources._reading as pipeline
from geo import Gazetteer, Toponym
from sources import Article, Extraction, Ledger, LedgerEntry, LedgerError, PlanPlace, Reading, ReportedPlan, read_text
from tests.profile import amount

PIER = "Kenya will build a naval pier at Kilifi in 2027."
THERE = "It will be built there next year."
BOTH = "Kenya will build a fuel pier at Lamu and will open a radar station at Kisumu."
POOL = {
    "courier": f"{PIER}\n\nThe fair at Springfield was short. The army plans to station a rocket regiment at Lamu.",
    "herald": "A naval pier will be built by Kenya at Kilifi.\n\nOman will open a radar station on Socotra.",
    "reprint": f"From our partners.\n\n{PIER}\n\nThe weather was fine in Nairobi.",
    "kilifi": f"The navy wants a larger pier at Kilifi. {THERE} Nobody in Kilifi was asked.",
    "lamu": f"The ministry spoke of a new depot at Lamu. {THERE} Lamu has waited for it.",
    "denial": "Oman denied that it would open a radar station on Socotra.\n\nKenya will build a dam at Kisumu and a road to Nakuru.",
    "two": f"{BOTH} Lamu has waited for it.",
    "springfield": "The fair at Springfield was short. Springfield will build a bridge in Springfield.",
    "bullets": f"- {THERE}\n- Chile will build a depot in Lima\n\nChile will build a depot in Lima by 2030. {THERE} Chile says so.",
}
"""Articles that share sentences, plans and names: copies, other words for one plan, one sentence about two things."""
FIELDS: dict[str, Any] = {
    "status": "agreed",
    "actor": "the harbour office",
    "when": "2031",
    "summary": "A pier, said otherwise.",
    "place": "iso3166-1:KE",
}
POINT: dict[str, Any] = {"lat": -1.5, "lon": 40.5, "authority": "a chart"}
EDITS = {"decisions": 0, "others": 0}
GAZETTEER = Gazetteer()
DECISION, FIELD = st.sampled_from(["accept", "reject", "correct"]), st.sampled_from([*FIELDS, "lat"])


@cache
def parsed(text: str) -> tuple[Toponym, ...]:
    """The toponyms of a text, found once."""
    return REAL_PARSE(text, GAZETTEER)


REAL_PARSE, REAL_EXTRACTOR = pipeline.parse, pipeline.RuleExtractor


class Rules:
    """The rules of extraction in several versions: what they say of a sentence changes, the sentence does not."""

    version = 0

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Extract with the present version."""
        found = REAL_EXTRACTOR().extract(article, toponyms, gazetteer)
        plans = tuple(self.changed(k, p) for k, p in enumerate(found.plans) if (self.version, k) != (4, 0))
        return replace(found, plans=plans)

    @classmethod
    def changed(cls, k: int, plan: ReportedPlan) -> ReportedPlan:
        """A plan as this version reads it."""
        if cls.version == 1:
            return replace(plan, status="proposed", summary=f"{plan.summary} (version 1)")
        if cls.version == 2:
            return replace(plan, summary=f"Version 2: {plan.summary}", places=(), when=None, actor="")
        if cls.version == 3:
            quotes = tuple(replace(q, emphasis=()) for q in plan.quotes)
            places: tuple[PlanPlace, ...] = tuple(reversed(plan.places))
            return replace(plan, id=f"x{k}", asset=f"{plan.asset} of the state" if plan.asset else "", quotes=quotes, places=places)
        return plan


def told_by(reading: Reading, plan: ReportedPlan) -> set[tuple[str, str]]:
    """What a plan's quotes are about: their words, and, where these say it of different things, the article or the verb."""
    said = set()
    for q in plan.quotes:
        words = " ".join(re.findall(r"\w+", q.exact.casefold()))
        text = reading.article(q.article_id).text
        said.add((words, text if q.exact.rstrip(".") == THERE.rstrip(".") else plan.action if q.exact == BOTH else ""))
    return said


def name_at(reading: Reading, article_id: str, start: int) -> tuple[str, str]:
    """Which name a decision on a toponym is on: its words, and the text that they stand in."""
    (t,) = (t for t in reading.toponyms[article_id] if t.mention.start == start)
    return t.mention.text, reading.article(article_id).text


class Reviewing(RuleBasedStateMachine):
    """A person who decides, while articles come and go and the rules change."""

    pool = tuple(POOL)

    def __init__(self) -> None:
        """Begin with two articles and no ledger."""
        super().__init__()
        Rules.version = 0
        self.names = list(self.pool[:2])
        self.renamed = 0
        self.made: dict[str, tuple[str, str, set[tuple[str, str]]]] = {}
        self.number = 0
        self.comments: set[str] = set()
        self.folder = tempfile.TemporaryDirectory()
        self.ledger = self.saved(sources.review(self.read(None)), "review.yaml")

    def teardown(self) -> None:
        """Remove the files."""
        self.folder.cleanup()

    def articles(self) -> list[Article]:
        """The articles of now, under ids of now."""
        return [read_text(POOL[n], id=f"{n}-{self.renamed}", title=f"Text {n}") for n in self.names]

    def read(self, ledger: Ledger | None) -> Reading:
        """Read all articles with a ledger; contradictions are undone, as the person would whom the error tells of both lines."""
        while True:
            try:
                return sources.read_plans(self.articles(), GAZETTEER, ledger=ledger)
            except LedgerError as error:
                lines = {int(n) for n in re.findall(r"line (\d+)", str(error))}
                two = [e for e in self.ledger.decided if e.line in lines]
                assert len(two) == 2, error
                assert {(e.decision, e.correct) for e in two} != {(two[0].decision, two[0].correct)}
                event("contradiction")
                last = max(two, key=lambda e: int(e.why.split()[-1]))
                self.made.pop(last.key)
                undone = replace(last, decision="", correct=(), why="")
                ledger = replace(self.ledger, entries=tuple(undone if e is last else e for e in self.ledger.entries))
                self.ledger = ledger = self.saved(ledger, "review.yaml")

    def saved(self, ledger: Ledger, name: str) -> Ledger:
        """The ledger after a way through its file."""
        return sources.read_ledger(sources.write_ledger(ledger, Path(self.folder.name) / name))

    # what happens ------------------------------------------------------------------------------------------------------------

    @rule(pick=st.integers(0, 8), at=st.integers(0, 8))
    def an_article_comes_or_goes(self, pick: int, at: int) -> None:
        EDITS["others"] += 1
        name = self.pool[pick % len(self.pool)]
        if name in self.names:
            self.names.remove(name)
        else:
            self.names.insert(min(at, len(self.names)), name)

    @rule(order=st.randoms(use_true_random=False))
    def the_articles_come_in_another_order_under_other_names(self, order: Any) -> None:
        EDITS["others"] += 1
        order.shuffle(self.names)
        self.renamed += 1

    @rule(version=st.integers(0, 4))
    def the_rules_change(self, version: int) -> None:
        EDITS["others"] += 1
        Rules.version = version

    @rule()
    def the_first_plan_of_each_article_is_found_or_not(self) -> None:
        EDITS["others"] += 1
        Rules.version = 0 if Rules.version == 4 else 4

    @rule(name=st.sampled_from(["review.yaml", "review.csv"]))
    def the_ledger_is_brought_up_to_date(self, name: str) -> None:
        EDITS["others"] += 1
        fresh = sources.review(self.read(self.ledger), self.ledger)
        self.ledger = self.saved(fresh, name)
        if name.endswith("csv"):
            self.ledger = self.saved(self.ledger, "review.yaml")
            self.comments = set()
        again = sources.review(self.read(self.ledger), self.ledger)
        assert again.entries == self.ledger.entries

    @rule(pick=st.integers(0, 60), decision=DECISION, field=FIELD)
    def a_person_decides(self, pick: int, decision: str, field: str) -> None:
        entry = self.seen(pick, self.ledger.entries)
        if entry:
            self.decided(entry, decision, field, by_hand=False)

    @rule(pick=st.integers(0, 60), decision=DECISION, field=FIELD)
    def a_person_decides_on_a_plan(self, pick: int, decision: str, field: str) -> None:
        entry = self.seen(pick, tuple(e for e in self.ledger.entries if e.is_plan))
        if entry:
            self.decided(entry, decision, field, by_hand=False)

    @rule(pick=st.integers(0, 60), decision=DECISION, field=FIELD)
    def a_person_decides_in_an_editor(self, pick: int, decision: str, field: str) -> None:
        entry = self.seen(pick, tuple(e for e in self.ledger.entries if not e.touched))
        if entry:
            self.decided(entry, decision, field, by_hand=True)

    def seen(self, pick: int, entries: tuple[LedgerEntry, ...]) -> LedgerEntry | None:
        """An entry that the articles of now still have, so that a person can judge it."""
        reading = self.read(self.ledger)
        here = [e for e in entries if self.about(reading, e)]
        return here[pick % len(here)] if here else None

    def decided(self, entry: LedgerEntry, decision: str, field: str, *, by_hand: bool) -> None:
        """Decide on an entry through a function or in the file."""
        EDITS["decisions"] += 1
        self.number += 1
        fields = POINT if field == "lat" else {field: FIELDS[field]}
        fields = fields if entry.is_plan or field in ("place", "lat") else {"kind": "metonymic"}
        why = f"reason {self.number}"
        said = fields if decision == "correct" else {}
        ledger = getattr(self.ledger, decision)(entry.key, why=why, **said)
        if by_hand:
            path = sources.write_ledger(self.ledger, Path(self.folder.name) / "review.yaml")
            path.write_text(by_editor(path.read_text(encoding="utf-8"), entry.key, decision, why, fields), encoding="utf-8")
            assert sources.read_ledger(path).find(entry.key).correct == ledger.find(entry.key).correct
            ledger = sources.read_ledger(path)
            self.comments.add(f"# by hand: {why}\n")
        about = self.about(self.read(self.ledger), entry)
        self.ledger = self.saved(ledger, "review.yaml")
        self.made[entry.key] = (decision, why, about)

    def about(self, reading: Reading, entry: LedgerEntry) -> set[tuple[str, str]]:
        """What the person sees behind an entry: the words of the plan's quotes, or the names and where they stand."""
        if entry.is_plan:
            return next((told_by(reading, p) for p in (*reading.plans, *reading.rejected) if entry.key in p.keys), set())
        seen = set()
        for article in reading.articles:
            found = reading.toponyms[article.id]
            keys = sources._keys.toponym_keys(article.text, found)
            if set(keys) & set(entry.keys):
                seen |= {(t.mention.text, article.text) for t in found if t.mention.text == dict(entry.found)["name"]}
        return seen

    # what is true all the time -----------------------------------------------------------------------------------------------

    @invariant()
    def no_decision_is_lost_and_none_is_on_another_plan(self) -> None:
        reading = self.read(self.ledger)
        kept = {e.key: (e.decision, e.why) for e in self.ledger.decided}
        assert kept == {key: (decision, why) for key, (decision, why, _) in self.made.items()}
        assert [c for c in self.comments if self.ledger.text.count(c) != 1] == []
        by_why = {why: (key, about) for key, (_, why, about) in self.made.items()}
        applied = set()
        for plan in (*reading.plans, *reading.rejected):
            if plan.review:
                key, about = by_why[plan.review.why]
                applied |= {k for k, (d, _, a) in self.made.items() if d == plan.review.decision and a & told_by(reading, plan)}
                assert about & told_by(reading, plan), (key, plan.quotes)
                assert (plan in reading.rejected) == (plan.review.decision == "reject")
        for article_id, reviews in reading.toponym_reviews.items():
            for start, review in reviews.items():
                key, about = by_why[review.why]
                applied.add(key)
                assert name_at(reading, article_id, start) in self.same_name(about), (key, start)
        idle = {key for key, _ in reading.unapplied}
        assert idle | applied == set(self.made)
        self.what_is_still_told_is_still_decided(reading, idle)

    def same_name(self, about: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """The same names with the same words around them in the articles that repeat a sentence."""
        return {(name, text) for name, old in about for text in POOL.values() if text == old or shares(name, old, text)}

    def what_is_still_told_is_still_decided(self, reading: Reading, idle: set[str]) -> None:
        """A decision applies where a plan has its very key."""
        keys = {k for p in (*reading.plans, *reading.rejected) for k in p.keys}
        assert not idle & keys


class ReviewingWhatPoints(Reviewing):
    """The same, where all articles have one sentence that each says of another thing."""

    pool = ("two", "kilifi", "lamu", "bullets")


def shares(name: str, old: str, text: str) -> bool:
    """Whether a name stands in two texts with the same six words on either side."""

    def around(t: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", t.casefold())
        return {tuple(words[max(0, k - 6) : k + 7]) for k, w in enumerate(words) if w == name.casefold()}

    return bool(around(old) & around(text))


def by_editor(text: str, key: str, decision: str, why: str, fields: Mapping[str, Any]) -> str:
    """The ledger's text after a person has filled in an entry, with a comment."""
    head, found, rest = text.partition(f"- key: {key}\n")
    assert found
    rest = rest.replace("    decision:\n", f"    decision: {decision}  # by hand: {why}\n", 1).replace("    why:\n", f"    why: {why}\n", 1)
    if decision == "correct":
        lines = "".join(f"      {n}: {v}\n" for n, v in fields.items())
        rest = rest.replace("    correct:\n", f"    correct:\n{lines}", 1)
    return head + found + rest


@pytest.fixture()
def real_parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The real pipeline, with each text parsed once and the rules in versions."""
    monkeypatch.setattr(pipeline, "parse", lambda text, *_, **__: parsed(text))
    monkeypatch.setattr(pipeline, "RuleExtractor", Rules)
    yield
    Rules.version = 0


@pytest.mark.parametrize("person", [Reviewing, ReviewingWhatPoints])
def test_no_decision_is_lost_or_put_on_another_plan_in_hundreds_of_random_edits(real_parts: None, person: type[Reviewing]) -> None:
    before = dict(EDITS)
    many = settings(
        max_examples=amount(32, 200),
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(person, settings=many)
    assert EDITS["decisions"] - before["decisions"] >= 150
    assert EDITS["others"] - before["others"] >= 100
