"""Another extractor in the place of the rules: what it finds passes the same check of quotes."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import sources
from geo import Gazetteer, Toponym
from sources import Article, Extraction, PlanExtractor, PlanPlace, ReportedPlan, make_quote


class Announcements:
    """A worked example: every line that begins with PLAN: is a plan, its places are the literal names in it."""

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Return a plan for each such line."""
        plans = []
        for line in re.finditer(r"^PLAN: (.+)$", article.text, re.M):
            inside = [t for t in toponyms if t.place and t.mention.kind == "literal" and line.start(1) <= t.mention.start < line.end(1)]
            plans.append(
                ReportedPlan(
                    id="",
                    number=0,
                    summary=line[1],
                    status="planned",
                    quotes=(make_quote(article, line.start(1), line.end(1)),),
                    places=tuple(PlanPlace(place=t.place, said=t.mention.text) for t in inside if t.place),
                )
            )
        return Extraction(plans=tuple(plans))


class Inventive(Announcements):
    """One that says what does not stand in the article."""

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Return the plans with words of its own in their quotes."""
        found = super().extract(article, toponyms, gazetteer)
        return Extraction(plans=tuple(replace(p, quotes=(replace(p.quotes[0], exact="made up"),)) for p in found.plans))


class Broken:
    """One that fails on some articles."""

    def extract(self, article: Article, toponyms: tuple[Toponym, ...], gazetteer: Gazetteer) -> Extraction:
        """Fail where the article says so."""
        if "fail" in article.text:
            raise ValueError("no model")
        return Announcements().extract(article, toponyms, gazetteer)


TEXT = "Some news.\n\nPLAN: a pier at Kilifi\n\nMore news from Nairobi."


def test_a_plugged_in_extractor_is_asked_instead_of_the_rules(gazetteer: Gazetteer) -> None:
    reading = sources.read_plans([sources.read_text(TEXT)], gazetteer, extractor=Announcements())
    (plan,) = reading.plans
    assert (plan.summary, plan.places[0].place.name, plan.quotes[0].exact) == ("a pier at Kilifi", "Kilifi", "a pier at Kilifi")
    assert plan.key


def test_a_plan_whose_quote_does_not_stand_is_refused_and_said_to_be(gazetteer: Gazetteer) -> None:
    reading = sources.read_plans([sources.read_text(TEXT)], gazetteer, extractor=Inventive())
    assert reading.plans == ()
    assert "made up" in reading.problems[0].rule


def test_an_article_on_which_it_fails_does_not_stop_the_others(gazetteer: Gazetteer) -> None:
    bad, good = sources.read_text("This will fail. " + TEXT, id="bad"), sources.read_text(TEXT, id="good")
    reading = sources.read_plans([bad, good], gazetteer, extractor=Broken())
    assert [p.quotes[0].article_id for p in reading.plans] == [good.id]
    assert "no model" in reading.problems[0].rule


@pytest.mark.parametrize("extractor", [Announcements(), sources.RuleExtractor()])
def test_both_are_plan_extractors(extractor: object) -> None:
    assert isinstance(extractor, PlanExtractor)
