"""Plans of several articles: what is one plan, how many reports it has, and on how many origins these rest."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

import sources
from geo import Gazetteer
from sources import Article, Reading, ReportedPlan, read_articles, read_text
from sources._blocking import likely_pairs
from sources._corroboration import chain_words, corroborate, report_words
from sources._likeness import telling
from sources._things import core
from tests.conftest import ROOT

CORPUS = ROOT / "tests" / "corpus" / "origins"
FAMILIES = ("natuna", "gambela", "puno")
SHARED = ROOT.parent / "shared" / "articles"
PIER = "Kenya will build a naval pier at Kilifi"


def read(gazetteer: Gazetteer, *articles: Article | str) -> Reading:
    given = [a if isinstance(a, Article) else read_text(a, id=f"article-{n}") for n, a in enumerate(articles, start=1)]
    return sources.read_plans(given, gazetteer)


def article(id: str, text: str, **fields: str) -> Article:
    return read_text(text, id=id, **fields)


@pytest.fixture(scope="module")
def families(gazetteer: Gazetteer) -> dict[str, tuple[Reading, dict[str, Any]]]:
    """The readings of the invented families of articles, each with what should come out."""
    found = {}
    for name in FAMILIES:
        articles, problems = read_articles([CORPUS / name])
        assert not problems
        found[name] = (sources.read_plans(articles, gazetteer), json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8")))
    return found


def expected_plans(families: dict[str, tuple[Reading, dict[str, Any]]], name: str) -> list[tuple[list[ReportedPlan], dict[str, Any]]]:
    """Each expected plan with the plans that were found of its thing at its place."""
    reading, gold = families[name]
    pairs = []
    for plan in gold["plans"]:
        found = [
            p
            for p in reading.plans
            if all(w in " ".join(q.exact for q in p.quotes) for w in plan["words"]) and any(plan["place"] in x.said for x in p.places)
        ]
        pairs.append((found, plan))
    return pairs


@pytest.mark.parametrize("name", FAMILIES)
def test_each_plan_of_a_family_of_articles_is_one_plan(families: Any, name: str) -> None:
    assert [len(found) for found, _ in expected_plans(families, name)] == [1, 1]


@pytest.mark.parametrize("name", FAMILIES)
def test_a_plan_has_a_report_for_each_article_that_tells_it(families: Any, name: str) -> None:
    for (plan,), gold in expected_plans(families, name):
        assert [r.article_id for r in plan.reports] == gold["reports"]


@pytest.mark.parametrize("name", FAMILIES)
def test_reports_that_credit_one_agency_rest_on_it(families: Any, name: str) -> None:
    for (plan,), gold in expected_plans(families, name):
        assert [r.article_id for r in plan.reports if r.origin] == gold["rests_on_it"]
        assert {r.origin for r in plan.reports if r.origin} <= {gold["origin"]}


@pytest.mark.parametrize("name", FAMILIES)
def test_independent_origins_are_counted_once_each(families: Any, name: str) -> None:
    assert [plan.origin_count for (plan,), _ in expected_plans(families, name)] == [
        g["origin_count"] for _, g in expected_plans(families, name)
    ]


@pytest.mark.parametrize("name", FAMILIES)
def test_what_the_articles_of_a_family_differ_on_is_a_conflict_and_nothing_else_is(families: Any, name: str) -> None:
    for (plan,), gold in expected_plans(families, name):
        assert sorted(c.on for c in plan.conflicts) == sorted(gold["conflicts"])


@pytest.mark.parametrize("name", FAMILIES)
def test_the_copies_of_a_family_are_told_from_its_other_articles(families: Any, name: str) -> None:
    reading, gold = families[name]
    assert [[c.article_id, c.of, c.how] for c in reading.copies] == gold["copies"]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the two real articles lie outside the project")
def test_the_two_real_articles_differ_on_the_extent_of_one_plan(gazetteer: Gazetteer) -> None:
    articles, _ = read_articles(sorted(SHARED.glob("0*.txt")))
    plans = sources.read_plans(articles, gazetteer).plans
    torn = [p for p in plans if any(c.on == "extent" for c in p.conflicts)]
    assert torn
    assert {len(p.reports) for p in torn} == {2}


@pytest.mark.skipif(not SHARED.is_dir(), reason="the two real articles lie outside the project")
def test_only_the_plan_that_a_real_article_credits_to_kyodo_rests_on_it(gazetteer: Gazetteer) -> None:
    articles, _ = read_articles(sorted(SHARED.glob("0*.txt")))
    reading = sources.read_plans(articles, gazetteer)
    assert (reading.copies, {p.origins for p in reading.plans}) == ((), {(), ("Kyodo",)})


def test_two_articles_that_credit_one_agency_are_one_origin(gazetteer: Gazetteer) -> None:
    one = article("a", f"{PIER}, the Kyodo news agency reported.", publisher="Coast Post")
    two = article("b", "Japan's Kyodo said on Sunday that a naval pier will be built by Kenya at Kilifi.", publisher="Lake Post")
    (plan,) = read(gazetteer, one, two).plans
    assert (len(plan.reports), plan.origin_count, report_words(plan)) == (2, 1, "2 reports, 1 origin: Kyodo")


def test_the_agency_itself_and_who_credits_it_are_one_origin(gazetteer: Gazetteer) -> None:
    one = article("a", f"{PIER}, the harbour office said.", publisher="Kyodo News")
    two = article("b", "A naval pier will be built by Kenya at Kilifi, Kyodo reported on Sunday.", publisher="Lake Post")
    (plan,) = read(gazetteer, one, two).plans
    assert plan.origin_count == 1


def test_two_articles_that_name_nobody_are_two_origins(gazetteer: Gazetteer) -> None:
    (plan,) = read(gazetteer, f"{PIER}.", "A naval pier will be built by Kenya at Kilifi.").plans
    assert report_words(plan) == "2 reports, 2 origins: none named"


def test_two_articles_of_one_publisher_that_name_nobody_are_one_origin(gazetteer: Gazetteer) -> None:
    one = article("a", f"{PIER}.", publisher="Coast Post")
    two = article("b", "A naval pier will be built by Kenya at Kilifi.", publisher="The Coast Post")
    (plan,) = read(gazetteer, one, two).plans
    assert report_words(plan) == "2 reports, 1 origin: Coast Post"


def test_one_article_twice_is_one_report(gazetteer: Gazetteer) -> None:
    reading = read(gazetteer, f"{PIER}.", f"{PIER}.")
    assert [(len(p.reports), len(p.quotes), report_words(p)) for p in reading.plans] == [(1, 1, "1 report, no origin named")]


def test_one_article_alone_has_one_report_as_well(gazetteer: Gazetteer) -> None:
    (plan,) = read(gazetteer, article("a", f"{PIER}.", publisher="Coast Post")).plans
    assert [chain_words(r) for r in plan.reports] == ["Coast Post"]


def test_the_chain_of_credit_is_said_in_one_line(gazetteer: Gazetteer) -> None:
    text = f"Kyodo reported on Sunday, citing government sources, that the coast will be watched.\n\n{PIER}."
    reading = read(gazetteer, article("a", text, publisher="The Herald"))
    assert "The Herald ← Kyodo ← government sources" in {chain_words(r) for p in reading.plans for r in p.reports}


def test_two_articles_on_two_towns_of_one_country_tell_two_plans(gazetteer: Gazetteer) -> None:
    places = [
        p.places[0].place.name
        for p in read(gazetteer, "Poland will build a radar station in Gdynia.", "Poland will build a radar station in Kielce.").plans
    ]
    assert places == ["Gdynia", "Kielce"]


def test_two_plans_that_one_article_tells_apart_are_not_joined_by_another_that_says_less(gazetteer: Gazetteer) -> None:
    apart = "Chile will send eight ships to Arica.\n\nChile will send eight ships to Iquique."
    assert len(read(gazetteer, apart, "Chile will send eight ships to its north.").plans) >= 2
    assert [
        len({p.place.id for p in plan.places}) for plan in read(gazetteer, apart, "Eight ships will be sent by Chile.").plans if plan.places
    ] == [1, 1]


def test_two_things_at_one_place_are_two_plans_though_two_articles_tell_them(gazetteer: Gazetteer) -> None:
    assert len(read(gazetteer, f"{PIER}.", "Kenya will build a cement factory at Kilifi.").plans) == 2


def test_a_thing_done_is_not_the_same_thing_planned(gazetteer: Gazetteer) -> None:
    assert len(read(gazetteer, f"{PIER}.", "Kenya has built a naval pier at Kilifi.").plans) == 2


def test_the_order_of_the_articles_changes_nothing_but_the_order_of_the_plans(gazetteer: Gazetteer) -> None:
    articles = tuple(a for a in read_articles([CORPUS / "natuna"])[0] if a.id != "10-herald-again")

    def what(given: tuple[Article, ...]) -> list[Any]:
        return sorted(sorted(r.article_id for r in p.reports) for p in sources.read_plans(given, gazetteer).plans)

    assert what(articles) == what(articles[::-1])


def test_articles_on_something_else_change_nothing(gazetteer: Gazetteer) -> None:
    natuna, _ = read_articles([CORPUS / "natuna"])
    puno, _ = read_articles([CORPUS / "puno"])
    renamed = tuple(read_text(a.text, id=f"puno-{a.id}", publisher=a.citation.publisher) for a in puno)
    alone = [p.summary for p in sources.read_plans(natuna, gazetteer).plans]
    assert [p.summary for p in sources.read_plans((*natuna, *renamed), gazetteer).plans][: len(alone)] == alone


def test_a_sentence_that_names_neither_thing_nor_actor_is_joined_with_no_plan_of_another_article(gazetteer: Gazetteer) -> None:
    wish = "The navy wants a larger pier at Kilifi. It will be built there next year. Nobody in Kilifi was asked."
    reading = read(gazetteer, wish, "Kenya will build a pier near the coast and will open a radar station.")
    assert [len({q.article_id for q in p.quotes}) for p in reading.plans] == [1, 1, 1, 1]


def test_plans_come_in_the_order_of_their_first_telling(gazetteer: Gazetteer) -> None:
    reading = read(
        gazetteer, "Oman will open a radar station on Socotra.", f"{PIER}.", "A radar station will be opened by Oman on Socotra."
    )
    assert [p.places[0].place.name for p in reading.plans] == ["Socotra", "Kilifi"]


@pytest.fixture(scope="module")
def invented() -> Any:
    """The generator of invented plans that the benchmark measures on."""
    sys.path.insert(0, str(ROOT / "benchmarks"))
    try:
        from corroboration import invented as make
    finally:
        sys.path.pop(0)
    return make


def test_each_plan_is_compared_with_as_few_when_there_are_five_times_as_many(invented: Any) -> None:
    def compared(count: int) -> float:
        _, plans, _ = invented(count)
        return sum(1 for _ in likely_pairs([telling(i, p) for i, p in enumerate(plans)])) / len(plans)

    few, many = compared(1_500), compared(7_500)
    assert many <= 1.5 * few
    assert many < 20


def test_of_invented_plans_nearly_all_tellings_find_each_other(invented: Any) -> None:
    articles, plans, kinds = invented(1_500)
    joined, _ = corroborate(articles, plans)
    assert 0.85 * kinds <= len(joined) <= 1.05 * kinds


def test_the_library_for_near_duplicates_is_not_loaded_for_a_few_articles(tmp_path: Path) -> None:
    import subprocess

    code = (
        "import sys, sources; from geo import Gazetteer\n"
        "sources.read_plans([sources.read_text('Kenya will build a pier at Kilifi.', id=n) for n in 'ab'], Gazetteer())\n"
        "print('datasketch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "False"


def test_a_letter_by_itself_is_no_word_of_a_thing() -> None:
    assert core("Plan E of a 1 e") == core("of a 1")
