// Which plans the reader wants to see.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const citemap = load(["dom.js", "filter.js"]);
const NONE = citemap.nothingAsked();
const PLAN = {
  number: 3, status: "planned", summary: "A pier at Kilifi", names: ["Kilifi", "キリフィ"], where: [], distances: [], time: ["2027-01-01", "2027-12-31"], reported: [["2026-10-01", "2026-10-01"], ["2026-12-05", "2026-12-05"]],
  facets: { actor: ["the navy"], type: ["mobilize"], source: ["one"], origin: ["Kyodo"], precision: ["point"], reviewed: ["no"] },
};
const shown = (wish, plan = PLAN) => citemap.matches(plan, { ...NONE, ...wish }, citemap.haystack(plan, ["The navy’s pier would open in 2027."]));

test("when nothing is asked, every plan is shown", () => {
  assert.deepEqual([citemap.isAsked(NONE), shown({}), shown({}, { ...PLAN, time: null, reported: [] })], [false, true, true]);
});

test("whatever is asked counts as asked", () => {
  for (const wish of [{ hidden: ["planned"] }, { facets: { actor: "x" } }, { query: "pier" }, { from: "2027-01-01" }, { to: "2027" }, { known: "2026" }, { undated: false }]) {
    assert.ok(citemap.isAsked({ ...NONE, ...wish }), JSON.stringify(wish));
  }
  for (const wish of [{ query: "  " }, { facets: { actor: "" } }]) assert.ok(!citemap.isAsked({ ...NONE, ...wish }), JSON.stringify(wish));
});

test("a status that is hidden hides its plans and no others", () => {
  assert.deepEqual([shown({ hidden: ["planned"] }), shown({ hidden: ["denied"] })], [false, true]);
});

test("every facet that is asked must be the plan's", () => {
  assert.deepEqual([shown({ facets: { actor: "the navy", origin: "Kyodo" } }), shown({ facets: { actor: "the navy", origin: "AP" } }), shown({ facets: { actor: "", type: "" } })], [true, false, true]);
});

test("a search finds words of the summary, the names, the actor, the origin, the quotes and the number, in any order", () => {
  for (const query of ["pier", "KILIFI pier", "kyodo", "navy opén", "キリフィ", "would open in", "3", "  "]) assert.ok(shown({ query }), query);
  for (const query of ["airfield", "pier airfield"]) assert.ok(!shown({ query }), query);
});

test("letters are compared without accents, case, width and sort of apostrophe, and scripts without case stay as they are", () => {
  assert.deepEqual(["Ōsumi", "ＡＢＣ", "the  navy’s", "İzmir", "與那國島", "a\u00a0b"].map(citemap.fold), ["osumi", "abc", "the navy's", "izmir", "與那國島", "a b"]);
});

test("a date that is only partly in the span of time is in it", () => {
  for (const [from, to] of [["2027-06-01", ""], ["", "2027-01-01"], ["2027-12-31", "2028-06-30"], ["2020-01-01", "2030-12-31"]]) assert.ok(shown({ from, to }), from + "/" + to);
  for (const [from, to] of [["2028-01-01", ""], ["", "2026-12-31"], ["2028-01-01", "2029-12-31"]]) assert.ok(!shown({ from, to }), from + "/" + to);
});

test("a date with an open end is in every span of time that it can reach", () => {
  const open = { ...PLAN, time: ["2027-01-01", null] };
  assert.deepEqual([shown({ from: "2040-01-01" }, open), shown({ to: "2026-12-31" }, open)], [true, false]);
});

test("plans without a date stay in a span of time unless they are sent away", () => {
  const undated = { ...PLAN, time: null };
  assert.deepEqual([shown({ from: "2027-01-01" }, undated), shown({ from: "2027-01-01", undated: false }, undated), shown({ undated: false }, undated)], [true, false, false]);
  assert.ok(shown({ undated: false }));
});

test("on a given day, what was reported later is not known", () => {
  assert.deepEqual(["2026-09-30", "2026-10-01", "2027-01-01"].map((known) => shown({ known })), [false, true, true]);
});

test("what is asked is a new object each time, so that no view changes another", () => {
  const one = citemap.nothingAsked();
  one.hidden.push("planned");
  one.facets.actor = "x";
  assert.deepEqual(own(citemap.nothingAsked()), own(NONE));
});

test("accents and vowel points may be left out, marks that make another letter may not", () => {
  const same = (a, b) => citemap.fold(a) === citemap.fold(b);
  assert.deepEqual([same("Ōshima", "oshima"), same("مَطار", "مطار"), same("が", "か"), same("が", "\u304b\u3099"), same("ก่า", "กา")], [true, true, false, true, false]);
});

test("a letter that is written with a mark of its own is found whole", () => {
  assert.deepEqual(own(citemap.found("O\u0304shima", ["o"])), [[0, 2]]);
});
