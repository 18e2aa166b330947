"""The review ledger: keys from content, decisions that are obeyed, files that keep what a person wrote."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sources
from geo import Gazetteer
from sources import Article, Ledger, LedgerEntry, LedgerError, Quote, Reading, ReportedPlan, read_ledger, read_text, write_ledger
from sources._keys import keyed
from sources._matching import PlanIndex
from tests.conftest import FoundIn

PIER = "Kenya will build a naval pier at Kilifi in 2027.\n\nThe fair was short. Kilifi has no pier, and Kilifi wants one."
RADAR = "Oman will open a radar station on Socotra."
AGAIN = "A naval pier will be built by Kenya at Kilifi."


WORDS = ["=1+1", "-5", "'quoted", "a: b # c", "no", "null", "two\nlines", "\u2028 \x85 \ufeff", "!!python/object:x", '"', "é 与那国"]


def articles(*texts: str) -> list[Article]:
    """Articles under ids of their own."""
    return [read_text(t, id=f"a{n}", title=f"Text {n}") for n, t in enumerate(texts)]


def read(*texts: str, ledger: Ledger | None = None) -> Reading:
    """Read texts with the real gazetteer."""
    return sources.read_plans(articles(*texts), Gazetteer(), ledger=ledger)


def key_of(ledger: Ledger, words: str) -> str:
    """The key of the only entry whose quote or name is, or begins with, these words."""
    hits = [e.key for e in ledger.entries if dict(e.found).get("quote" if e.is_plan else "name", "").startswith(words)]
    assert len(hits) == 1
    return hits[0]


@pytest.fixture(scope="module")
def fresh() -> Ledger:
    """The ledger of two articles, undecided; ledgers are never changed in place."""
    return sources.review(read(PIER, RADAR))


def saved(ledger: Ledger, folder: Path, name: str = "review.yaml") -> Ledger:
    """A ledger after a way through its file."""
    return read_ledger(write_ledger(ledger, folder / name))


# keys ------------------------------------------------------------------------------------------------------------------------


def test_a_key_is_the_same_whatever_articles_are_beside_in_whatever_order_under_whatever_name() -> None:
    alone = {p.quotes[0].exact: p.key for p in sources.read_plans([read_text(PIER, id="other-name.txt")], Gazetteer()).plans}
    beside = {p.quotes[0].exact: p.key for p in read(RADAR, "Lima is a city.", PIER).plans}
    assert alone.items() <= beside.items()


def test_a_merged_plan_has_the_keys_of_all_its_tellings() -> None:
    (merged,) = read("Kenya will build a naval pier at Kilifi.", AGAIN).plans
    single = {p.key for text in ("Kenya will build a naval pier at Kilifi.", AGAIN) for p in read(text).plans}
    assert (set(merged.keys), merged.key in single) == (single, True)


def told(action: str, asset: str, **more: Any) -> ReportedPlan:
    """A plan that one sentence tells beside others."""
    q = Quote(article_id="a", exact="Kenya will build a pier and dig a canal at Lamu, and build a dam.", start=0, end=65)
    return ReportedPlan(id="a", number=1, summary="s", status="planned", quotes=(q,), action=action, asset=asset, **more)


def entry_on(plan: ReportedPlan) -> LedgerEntry:
    """A decided entry as a review would have written it."""
    return LedgerEntry(key=plan.key, decision="reject", found=(("quote", plan.quotes[0].exact), ("also", "")))


def test_several_plans_of_one_sentence_have_keys_of_their_own() -> None:
    plans = keyed([told("build", "a pier"), told("dig", "a canal"), told("build", "a dam"), told("build", "a dam")])
    assert len({p.key for p in plans}) == 4


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_decision_never_goes_to_another_plan_of_its_sentence(gone: int) -> None:
    plans = keyed([told("build", "a pier"), told("dig", "a canal"), told("build", "a dam")])
    left = [p for k, p in enumerate(plans) if k != gone]
    assert PlanIndex(left).find(entry_on(plans[gone])) == ([], "its sentence is read as another plan now")


def test_a_decision_finds_its_plan_where_other_rules_name_the_verb_otherwise() -> None:
    (old,), (new,) = keyed([told("build", "a pier")]), keyed([told("construct", "a pier for ships")])
    assert (old.key == new.key, PlanIndex([new]).find(entry_on(old))[0]) == (False, [])
    (new,) = keyed([told("construct", "a pier for ships", actor="Kenya")])
    assert PlanIndex([new]).find(entry_on(old))[0] == [0]


def test_a_decision_does_not_apply_where_two_plans_fit_it_equally() -> None:
    old, *_ = keyed([told("build", "a pier", actor="Kenya")])
    twins = keyed([told("build", "a pier", actor="Kenya"), told("build", "a pier", actor="Kenya", when="2030")])
    assert PlanIndex(twins).find(entry_on(old)) == ([], "its sentence now tells several such plans")


def test_a_sentence_that_points_elsewhere_is_not_decided_by_the_same_one_of_another_text() -> None:
    text = "The navy wants a larger pier at Kilifi. It will be built there next year. Nobody in Kilifi was asked."
    other = "The ministry spoke of a new depot at Lamu. It will be built there next year. Lamu has waited for it."
    ledger = sources.review(read(text))
    ledger = ledger.reject(key_of(ledger, "It will be built"), why="not so")
    reading = read(other, ledger=ledger)
    assert (len(reading.plans), reading.rejected, len(reading.unapplied)) == (1, (), 1)


# decisions -------------------------------------------------------------------------------------------------------------------


def test_a_rejected_plan_is_off_the_map_and_listed_with_the_reason(fresh: Ledger) -> None:
    reading = read(PIER, RADAR, ledger=fresh.reject(key_of(fresh, "Kenya will"), why="called off", who="Ada"))
    assert [p.number for p in reading.plans] == [1]
    assert [(p.review.why, p.review.who) for p in reading.rejected if p.review] == [("called off", "Ada")]


def test_an_accepted_plan_is_marked(fresh: Ledger) -> None:
    reading = read(PIER, RADAR, ledger=fresh.accept(key_of(fresh, "Kenya will"), date="2026-03-04"))
    assert [p.review and (p.review.decision, p.review.on) for p in reading.plans] == [("accept", "2026-03-04"), None]


def test_corrected_fields_are_replaced_and_the_quotes_are_not(fresh: Ledger) -> None:
    key = key_of(fresh, "Kenya will")
    before = read(PIER).plans[0]
    after = read(PIER, ledger=fresh.correct(key, status="agreed", actor="Kenya Ports", when="2028-21", places=["iso3166-2:KE-21"])).plans[0]
    assert (after.status, after.actor, after.when, [p.place.name for p in after.places]) == ("agreed", "Kenya Ports", "2028-21", ["Lamu"])
    assert (after.quotes, after.key) == (before.quotes, before.key)


def test_a_summary_never_says_what_was_corrected(fresh: Ledger) -> None:
    plan = read(PIER, ledger=fresh.correct(key_of(fresh, "Kenya will"), actor="Uganda", status="denied")).plans[0]
    assert plan.summary.startswith("Uganda ")
    assert plan.summary.endswith("[corrected: status denied]")


def test_a_plan_corrected_to_coordinates_has_a_place_with_the_authority(fresh: Ledger) -> None:
    plan = read(PIER, ledger=fresh.correct(key_of(fresh, "Kenya will"), lat=-3.6, lon=39.8, authority="a chart", name="the creek")).plans[0]
    (p,) = plan.places
    assert (p.place.lat, p.place.lon, p.place.authority, p.place.name, p.place.extent) == (-3.6, 39.8, "a chart", "the creek", "point")


def test_coordinates_that_are_not_sharp_are_an_area(fresh: Ledger) -> None:
    fields = {"lat": -3.6, "lon": 39.8, "authority": "a chart", "uncertainty_m": 5000}
    (p,) = read(PIER, ledger=fresh.correct(key_of(fresh, "Kenya will"), **fields)).plans[0].places
    assert (p.place.extent, p.uncertainty_m, p.where_prec) == ("area", 5000.0, 2)


def test_a_stated_distance_is_measured_anew_from_a_corrected_place() -> None:
    text = "Kenya will build a naval pier at Kilifi, within 900 km of Lamu."
    (before,) = read(text).plans
    ledger = sources.review(read(text))
    (after,) = read(text, ledger=ledger.correct(before.key, lat=-1.3, lon=36.8, authority="a chart")).plans
    assert [d.said for d in after.distances] == [d.said for d in before.distances] != []
    assert [d.measured_km for d in after.distances] != [d.measured_km for d in before.distances]


@pytest.mark.parametrize("where", [{"place": "iso3166-2:KE-21"}, {"lat": -2.3, "lon": 40.9, "authority": "a chart"}], ids=str)
def test_a_corrected_name_flows_into_the_plans_of_its_article(fresh: Ledger, where: dict[str, Any]) -> None:
    key = key_of(fresh, "Kilifi")
    place = read(PIER, ledger=fresh.correct(key, **where)).plans[0].places[0].place
    assert place.id == where.get("place", f"ledger:{key}")
    assert place.authority


def test_a_decision_on_a_name_is_on_all_its_occurrences_in_the_article(fresh: Ledger) -> None:
    reading = read(PIER, ledger=fresh.correct(key_of(fresh, "Kilifi"), place="iso3166-2:KE-21"))
    assert len(reading.toponym_reviews["a0"]) == 3


def test_a_single_occurrence_can_be_decided_on(fresh: Ledger) -> None:
    third = fresh.find(key_of(fresh, "Kilifi")).keys[2]
    ledger = fresh.correct(third, place="iso3166-2:KE-21")
    reading = read(PIER, ledger=ledger)
    assert [t.place and t.place.name for t in reading.toponyms["a0"]][-1] == "Lamu"
    assert list(reading.toponym_reviews["a0"]) == [PIER.rindex("Kilifi")]


def test_a_rejected_name_is_that_of_no_place_and_says_why(fresh: Ledger) -> None:
    reading = read(PIER, ledger=fresh.reject(key_of(fresh, "Kilifi"), why="a ship"))
    assert {t.place for t in reading.toponyms["a0"] if t.mention.text == "Kilifi"} == {None}
    assert {t.reason for t in reading.toponyms["a0"] if t.mention.text == "Kilifi"} == {"review ledger: rejected (a ship)"}
    assert reading.plans[0].places == ()


def test_an_accepted_name_keeps_the_place_that_the_person_saw(found_in: FoundIn) -> None:
    text = "The fair at Springfield was short."
    ledger = sources.review(read(text))
    seen = found_in(text)["Springfield"].place
    ledger = ledger.accept(key_of(ledger, "Springfield"))
    reading = sources.read_plans(articles(text), Gazetteer(), min_score=1.0, ledger=ledger)
    assert seen is not None
    assert [t.place and t.place.id for t in reading.toponyms["a0"]] == [seen.id]


def test_a_decision_on_any_telling_is_on_the_merged_plan() -> None:
    apart = sources.review(read(AGAIN))
    reading = read("Kenya will build a naval pier at Kilifi.", AGAIN, ledger=apart.reject(apart.entries[0].key, why="no"))
    assert (reading.plans, [p.review and p.review.why for p in reading.rejected]) == ((), ["no"])


def test_two_decisions_that_disagree_on_one_plan_are_an_error_with_both_lines(tmp_path: Path) -> None:
    one = sources.review(read("Kenya will build a naval pier at Kilifi."))
    both = sources.review(read(AGAIN), one.accept(one.entries[0].key, why="yes"))
    key = next(e.key for e in both.entries if e.is_plan and not e.decision)
    ledger = saved(both.reject(key, why="no"), tmp_path)
    lines = [e.line for e in ledger.decided]
    with pytest.raises(LedgerError, match=rf"line {lines[1]}: reject here and accept in line {lines[0]} are on one plan; change one"):
        read("Kenya will build a naval pier at Kilifi.", AGAIN, ledger=ledger)


def test_a_decision_that_applies_to_nothing_is_said(fresh: Ledger) -> None:
    reading = read(RADAR, ledger=fresh.reject(key_of(fresh, "Kenya will")))
    ((key, said),) = reading.unapplied
    assert (key, said.endswith("no article says it any more")) == (key_of(fresh, "Kenya will"), True)


def test_what_is_read_otherwise_since_the_decision_is_said(fresh: Ledger) -> None:
    ledger = fresh.accept(key_of(fresh, "Kenya will"))
    entry = ledger.decided[0]
    old = replace(entry, found=tuple((n, "denied" if n == "status" else v) for n, v in entry.found))
    review = read(PIER, ledger=replace(ledger, entries=(old,))).plans[0].review
    assert review is not None
    assert review.note == "status denied → planned"


# a ledger brought up to date -------------------------------------------------------------------------------------------------


def test_equal_readings_give_equal_bytes(tmp_path: Path) -> None:
    one = write_ledger(sources.review(read(PIER, RADAR)), tmp_path / "one.yaml").read_bytes()
    other = write_ledger(sources.review(read(RADAR, PIER)), tmp_path / "other.yaml").read_bytes()
    assert one.replace(b"Text 0", b"").replace(b"Text 1", b"") != b""
    assert write_ledger(sources.review(read(PIER, RADAR)), tmp_path / "two.yaml").read_bytes() == one
    assert len(one) == len(other)


@pytest.mark.parametrize("name", ["review.yaml", "review.csv"])
def test_a_second_review_of_the_same_articles_changes_no_byte(tmp_path: Path, fresh: Ledger, name: str) -> None:
    ledger = fresh.reject(key_of(fresh, "Kenya will"), why="so")
    first = saved(sources.review(read(PIER, RADAR, ledger=ledger), ledger), tmp_path, name)
    before = (tmp_path / name).read_bytes()
    saved(sources.review(read(PIER, RADAR, ledger=first), first), tmp_path, name)
    assert (tmp_path / name).read_bytes() == before


def edited(folder: Path, ledger: Ledger, old: str, new: str) -> Path:
    """A ledger's file after an edit by hand."""
    path = write_ledger(ledger, folder / "review.yaml")
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def test_every_line_that_a_person_wrote_stays_as_it_is(tmp_path: Path, fresh: Ledger) -> None:
    key = key_of(fresh, "Kenya will")
    mine = (
        f"  # ask Ada\n  - key: {key}   # the pier\n    desk:   [foreign,  'sea']\n"
        "    decision:  'accept'  # sure\n    why: >-\n      said by\n      two\n"
    )
    path = edited(tmp_path, fresh, f"  - key: {key}\n    decision:\n    why:\n", mine)
    ledger = read_ledger(path)
    write_ledger(sources.review(read(RADAR, ledger=ledger), ledger), path)
    assert mine in path.read_text(encoding="utf-8")
    assert read_ledger(path).find(key).applies == "no: no article says it any more"


def test_a_column_of_a_person_stays(tmp_path: Path, fresh: Ledger) -> None:
    path = write_ledger(fresh, tmp_path / "review.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([[*r, "desk" if k == 0 else "sea"] for k, r in enumerate(rows)])
    ledger = saved(sources.review(read(PIER), read_ledger(path)), tmp_path, "review.csv")
    assert {dict(e.extra).get("desk") for e in ledger.entries} == {"sea"}


def test_entries_that_no_one_touched_go_with_their_article_and_the_others_stay(fresh: Ledger) -> None:
    decided = fresh.accept(key_of(fresh, "Kenya will"))
    kept = sources.review(read(RADAR, ledger=decided), decided)
    assert [e.key for e in kept.entries if "Kilifi" in str(e.found)] == [key_of(fresh, "Kenya will")]


def test_new_entries_are_put_behind_the_others(fresh: Ledger) -> None:
    more = sources.review(read(PIER, RADAR, "Chile will build a depot in Lima."), fresh)
    plans = [e.key for e in more.entries if e.is_plan]
    assert plans[:2] == [e.key for e in fresh.entries if e.is_plan]
    assert len(plans) == 3


def test_a_ledger_goes_through_a_table_and_back_without_loss(fresh: Ledger) -> None:
    ledger = fresh.correct(key_of(fresh, "Kenya will"), status="agreed", why="=HYPERLINK(1)").accept(key_of(fresh, "Oman will"))
    back = Ledger.from_rows(ledger.rows(), like=ledger)
    assert back.entries == ledger.entries


def test_a_ledger_goes_through_a_frame_and_back_without_loss(fresh: Ledger) -> None:
    import pandas as pd

    frame = pd.DataFrame(fresh.rows())
    frame.loc[0, ["decision", "why"]] = ["reject", "no"]
    back = Ledger.from_rows(frame.replace("", None).to_dict("records"), like=fresh)
    assert [(e.decision, e.why) for e in back.decided] == [("reject", "no")]
    assert back.entries[1:] == fresh.entries[1:]


@pytest.mark.parametrize("name", ["review.yaml", "review.csv"])
@pytest.mark.parametrize("text", WORDS)
def test_a_person_s_words_are_data_and_come_back_as_they_are(tmp_path: Path, fresh: Ledger, name: str, text: str) -> None:
    assert saved(fresh.reject(key_of(fresh, "Kenya will"), why=text), tmp_path, name).decided[0].why == text.strip()


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path, fresh: Ledger) -> None:
    path = write_ledger(fresh.reject(key_of(fresh, "Kenya will"), why="=1+1", who="@a"), tmp_path / "review.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [c for row in csv.reader(file) for c in row if c.startswith(("=", "+", "@"))] == []


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, fresh: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_ledger(fresh, tmp_path / "review.yaml")
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(LedgerError, match=r"the file cannot be written \(No space left on device\)"):
        write_ledger(fresh.reject(key_of(fresh, "Kenya will")), path)
    assert (path.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, ["review.yaml"])


# bad input -------------------------------------------------------------------------------------------------------------------

KEY = "p-0123456789-abcdef-build-pier"
TOP = "citemap-ledger: 1\nplans:\n"
BROKEN = {
    "a: [": (2, "not YAML"),
    "- 1": (1, "not a ledger"),
    "plans: []": (1, "a ledger with no version"),
    "citemap-ledger: 2": (1, "a ledger with the version '2'"),
    "citemap-ledger: 1\nplan: []": (2, "'plan' is no part of a ledger"),
    "citemap-ledger: 1\nplans: 3": (2, "plans is no list"),
    f"{TOP}  - 3": (3, "an entry that is no list of fields"),
    f"{TOP}  - decision: accept": (3, "an entry without a key, so it names nothing"),
    f"{TOP}  - key: nonsense": (3, "'nonsense' is no key, so it names nothing"),
    f"{TOP}  - key: t-0123456789abcd": (3, "t-0123456789abcd stands under plans"),
    f"{TOP}  - key: {KEY}\n    key: {KEY}": (4, "'key' stands twice in one entry"),
    f"{TOP}  - key: {KEY}\n  - key: {KEY}": (4, f"the key {KEY} stands in line 3 already"),
    f"{TOP}  - key: {KEY}\n    decision: maybe": (3, "'maybe' is no decision"),
    f"{TOP}  - key: {KEY}\n    decison: accept": (3, "'decison' is no field of a ledger; write decision"),
    f"{TOP}  - key: {KEY}\n    why: [a]": (4, "why is no text"),
    f"{TOP}  - key: {KEY}\n    date: 3 March": (3, "'3 March' is no date"),
    f"{TOP}  - key: {KEY}\n    correct: {{status: agreed}}": (3, "fields are corrected but the decision is empty"),
    f"{TOP}  - key: {KEY}\n    decision: correct": (3, "the decision is correct but no field is corrected"),
    f"{TOP}  - key: !x {KEY}": (3, "the tag '!x', which a ledger may not have"),
    f"{TOP}  - &a {{key: {KEY}}}": (3, "an anchor or an alias"),
    f"{TOP}  - key: {KEY}\n---\na: 1": (5, "a second document begins here"),
    f"{TOP}{' - ' * 12}1": (3, "nested more than 8 deep"),
}
FIELDS = {
    "stauts: agreed": "'stauts' is no field of a plan that can be corrected",
    "status: soon": "'soon' is no status",
    "when: next year": "'next year' is no EDTF date",
    "when: 2026-02-31": "'2026-02-31' is no EDTF date",
    "summary: none": "a summary cannot be none",
    "kind: literal": "'kind' is no field of a plan",
    "lat: 91, lon: 1, authority: x": "'91' is no lat between -90 and 90",
    "lat: north, lon: 1, authority: x": "'north' is no lat between",
    "lat: nan, lon: 1, authority: x": "'nan' is no lat between",
    "lat: 1, lon: 200, authority: x": "'200' is no lon between -180 and 180",
    "lat: 1, authority: x": "one coordinate is missing",
    "lat: 1, lon: 1": "the coordinates have no authority",
    "place: a, lat: 1, lon: 1, authority: x": "both place and lat say where",
    "place: a, authority: x": "authority belongs to coordinates",
    "status: {a: b}": "'status' is no text",
}


@pytest.mark.parametrize(("text", "said"), BROKEN.items(), ids=[said for _, said in BROKEN.values()])
def test_a_broken_ledger_is_an_error_with_file_line_rule_and_next_step(tmp_path: Path, text: str, said: tuple[int, str]) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError) as error:
        read_ledger(path)
    assert (error.value.line, error.value.name, bool(error.value.next_step)) == (said[0], str(path), True)
    assert said[1] in str(error.value)


@pytest.mark.parametrize(("fields", "said"), FIELDS.items(), ids=FIELDS)
def test_a_correction_that_cannot_be_is_an_error_with_its_line(tmp_path: Path, fields: str, said: str) -> None:
    path = tmp_path / "review.yaml"
    path.write_text(f"{TOP}  - key: {KEY}\n    decision: correct\n    correct: {{{fields}}}\n", encoding="utf-8")
    with pytest.raises(LedgerError) as error:
        read_ledger(path)
    assert error.value.line in (3, 5)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("decision,why\n", 1, "there is no column key"),
        ("key,key,decision\n", 1, "the column 'key' stands twice"),
        ("key,decision,new_stauts\n", 1, "'new_stauts' is no column of a ledger"),
        ("key,decison\n", 1, "'decison' is no column of a ledger; write decision"),
        (f"key,decision\n{KEY},accept\n{KEY},reject\n", 3, f"the key {KEY} stands in line 2 already"),
        (f"key,decision\n{KEY},accept,more\n", 2, "3 cells in 2 columns"),
        (f'key,decision,why\n{KEY},,"a\nb"\n,accept,\n', 4, "an entry without a key"),
        (f'key,decision\n{KEY},"accept"x\n', 2, "not CSV"),
    ],
)
def test_a_broken_table_is_an_error_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    path = tmp_path / "review.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LedgerError, match=said) as error:
        read_ledger(path)
    assert error.value.line == line


def test_a_place_that_is_not_in_the_gazetteer_is_an_error_before_anything_is_read(fresh: Ledger, tmp_path: Path) -> None:
    ledger = saved(fresh.correct(key_of(fresh, "Kilifi"), place="geonames:nowhere"), tmp_path)
    with pytest.raises(LedgerError, match=rf"line {ledger.decided[0].line}: 'geonames:nowhere' is no id of the gazetteer; take an id"):
        sources.read_plans([], Gazetteer(), ledger=ledger)


@pytest.mark.parametrize(("key", "said"), [("", "no key is given"), ("p-zzz", "'p-zzz' is the key of no entry"), ("p-", "begins 2 keys")])
def test_a_key_that_names_no_single_entry_is_an_error(fresh: Ledger, key: str, said: str) -> None:
    with pytest.raises(LedgerError, match=said):
        fresh.accept(key)


@pytest.mark.parametrize("name", ["review.txt", "review"])
def test_another_ending_is_an_error(tmp_path: Path, fresh: Ledger, name: str) -> None:
    with pytest.raises(LedgerError, match="is no kind of ledger; name a"):
        write_ledger(fresh, tmp_path / name)


def test_a_ledger_that_is_not_utf_8_is_an_error_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "review.yaml").write_bytes(b"citemap-ledger: 1\n# caf\xe9\n")
    with pytest.raises(LedgerError, match=r"line 2: not UTF-8 \(byte 0xe9\); save the file as UTF-8"):
        read_ledger(tmp_path / "review.yaml")


def test_a_decision_of_another_kind_does_not_keep_the_first_one_s_name_reason_or_day(fresh: Ledger) -> None:
    key = key_of(fresh, "Kenya will build")
    first = fresh.accept(key, why="checked", who="Ada", date="2026-03-04")
    entry = first.reject(key, why="no").find(key)
    assert (entry.decision, entry.why, entry.who, entry.date) == ("reject", "no", "", "")


def test_a_replaced_decision_is_told_with_who_made_it(fresh: Ledger) -> None:
    key = key_of(fresh, "Kenya will build")
    first = fresh.accept(key, who="Ada", date="2026-03-04")
    assert first.replaced_by(first.reject(key)) == [f"{key}: accept by Ada of 2026-03-04 is now reject"]


def test_a_second_correction_keeps_the_fields_of_the_first(fresh: Ledger) -> None:
    key = key_of(fresh, "Kenya will build")
    twice = fresh.correct(key, actor="Oman", who="Ada").correct(key, status="agreed")
    assert (dict(twice.find(key).correct), twice.find(key).who) == ({"actor": "Oman", "status": "agreed"}, "Ada")
