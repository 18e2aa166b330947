"""An old reading on articles that changed: what stands moves along, what does not is taken off and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sources
from geo import Gazetteer
from sources import Article, Reading, Review, read_text, reanchor

ONE = (
    "The minister met reporters on Monday. Officials said that the navy will build a pier at Kilifi by 2030.\n\n"
    "Crews are extending the airfield at Lamu. The government has denied plans for a radar station at Malindi."
)
TWO = (
    "The navy will build a pier at Kilifi by 2030, Example News reported. Residents of the town heard of it on Tuesday, and some of them "
    "had doubts about the money, the noise and the fish that they live from."
)


def article(text: str, name: str = "one") -> Article:
    """An article of a publisher that is called as its id is."""
    return read_text(text, id=name, publisher=f"The {name}", date="2026-03-03")


@pytest.fixture(scope="module")
def old() -> Reading:
    """The reading of two articles, as a published map carries it."""
    read = sources.read_plans([article(ONE), article(TWO, "two")], Gazetteer())
    return sources.reading_from_record(sources.reading_to_record(read))


def on(old: Reading, *articles: Article, gazetteer: Gazetteer) -> Reading:
    """The old reading on articles, with every quote checked against them."""
    new = reanchor(old, articles, gazetteer)
    for plan in (*new.plans, *new.rejected):
        for quote in plan.quotes:
            sources.check_quote(new.article(quote.article_id), quote)
    return new


def test_the_same_articles_change_nothing(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article(ONE), article(TWO, "two"), gazetteer=gazetteer)
    assert replace(new, articles=()) == replace(old, articles=())
    assert [a.text for a in new.articles] == [ONE, TWO]


def test_moved_quotes_get_their_new_offsets_paragraphs_and_context(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article("Added.\n\n" + ONE), gazetteer=gazetteer)
    before = {q.exact: q for plan in old.plans for q in plan.quotes if q.article_id == "one"}
    moved = [q for plan in new.plans for q in plan.quotes if q.article_id == "one"]
    assert len(moved) == len(before) >= 3
    assert all((q.start, q.paragraph) == (before[q.exact].start + 8, before[q.exact].paragraph + 1) for q in moved)
    assert new.article("one").citation.sha256 == article("Added.\n\n" + ONE).citation.sha256
    assert new.stale == ()


def test_plans_keep_key_number_and_summary(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article("Added.\n\n" + ONE.replace("Crews are extending the airfield at Lamu. ", "")), gazetteer=gazetteer)
    kept = {plan.key: (plan.number, plan.summary) for plan in old.plans}
    assert [kept[plan.key] for plan in new.plans] == [(plan.number, plan.summary) for plan in new.plans]
    gone = {plan.number for plan in old.plans} - {plan.number for plan in new.plans}
    assert gone == {one.number for one in new.stale}
    assert [(one.how, one.exact) for one in new.stale] == [("gone", "Crews are extending the airfield at Lamu.")]


def test_a_plan_that_keeps_a_quote_loses_what_only_the_lost_one_told(old: Reading, gazetteer: Gazetteer) -> None:
    pier = next(plan for plan in old.plans if len(plan.quotes) == 2)
    new = on(old, article(TWO.replace("will build", "never wanted"), "two"), gazetteer=gazetteer)
    left = next(plan for plan in new.plans if plan.key == pier.key)
    assert [q.article_id for q in left.quotes] == ["one"]
    assert [report.article_id for report in left.reports] == ["one"]
    assert "Example News" in pier.origins
    assert "Example News" not in left.origins
    assert new.stale[0].diff == "The navy [-will build-]{+never wanted+} a pier at Kilifi by 2030, Example News reported."


def test_credit_and_pronouns_move_along(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article("Added.\n\n" + ONE), gazetteer=gazetteer)
    text = new.article("one").text
    told = [a for plan in new.plans for a in plan.attributions if a.said in text]
    assert told
    assert all(text[a.start : a.end] == a.said for a in told)


def test_names_of_a_changed_text_are_read_anew(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article("News from Mombasa.\n\n" + ONE), gazetteer=gazetteer)
    text = new.article("one").text
    assert all(text[t.mention.start : t.mention.end] == t.mention.text for t in new.toponyms["one"])
    assert "Mombasa" in {t.mention.text for t in new.toponyms["one"]}
    assert new.toponyms["two"] == old.toponyms["two"]


def test_a_decision_on_a_name_goes_along_with_its_quote(old: Reading, gazetteer: Gazetteer) -> None:
    kilifi = next(t for t in old.toponyms["one"] if t.mention.text == "Kilifi")
    lamu = next(t for t in old.toponyms["one"] if t.mention.text == "Lamu")
    seen = {"one": {t.mention.start: Review(decision="accept", why=t.mention.text) for t in (kilifi, lamu)}}
    new = on(replace(old, toponym_reviews=seen), article("Added.\n\n" + ONE.replace("at Lamu", "of Lamu")), gazetteer=gazetteer)
    assert new.toponym_reviews["one"] == {kilifi.mention.start + 8: Review(decision="accept", why="Kilifi")}
    assert new.unapplied == (("Lamu", "accept: Lamu"),)


def test_an_article_that_is_not_given_stays_as_it_was(old: Reading, gazetteer: Gazetteer) -> None:
    new = on(old, article("Added.\n\n" + ONE), gazetteer=gazetteer)
    assert new.article("two") == old.article("two")


def test_a_rejected_plan_moves_along(old: Reading, gazetteer: Gazetteer) -> None:
    *kept, last = old.plans
    rejected = replace(last, review=Review(decision="reject", why="no"))
    new = on(replace(old, plans=tuple(kept), rejected=(rejected,)), article("Added.\n\n" + ONE), gazetteer=gazetteer)
    assert new.rejected[0].quotes[0].start == last.quotes[0].start + 8
