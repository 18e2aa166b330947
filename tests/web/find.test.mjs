// Where words stand in a text, and how many plans each filter would leave.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const citemap = load(["dom.js", "filter.js", "table.js"]);
const NONE = citemap.nothingAsked();
const found = (text, query) => own(citemap.found(text, citemap.wordsOf(query))).map(([start, end]) => text.slice(start, end));

test("words are found as they are written, whatever their accents, case, width and script", () => {
  assert.deepEqual(found("Ōsumi and OSUMI", "osumi"), ["Ōsumi", "OSUMI"]);
  assert.deepEqual(found("O\u0304sumi, ｏｓｕｍｉ", "ōsumi"), ["O\u0304sumi", "ｏｓｕｍｉ"]);
  assert.deepEqual(found("与那国島のレーダー", "那国"), ["那国"]);
  assert.deepEqual(found("جزيرة أوكيناوا", "اوكيناوا"), ["أوكيناوا"]);
  assert.deepEqual(found("𝐑adar 🚀 radar", "radar"), ["𝐑adar", "radar"]);
  assert.deepEqual(found("long‑range", "long-range"), ["long‑range"]);
});

test("finds that overlap are one, and nothing looked for is nothing found", () => {
  assert.deepEqual(found("missiles", "missile iles"), ["missiles"]);
  assert.deepEqual([found("missiles", ""), found("", "missile"), found("missiles", "navy")], [[], [], []]);
});

const plan = (id, status, facets) => ({ id, number: 1, status, summary: id, names: [], where: [], distances: [], time: null, reported: [], facets: { actor: [], origin: [], ...facets } });
const PLANS = [plan("a", "planned", { actor: ["navy"], type: ["AID"] }), plan("b", "planned", { actor: ["army"], type: ["AID"] }), plan("c", "agreed", { actor: ["navy"], type: [] })];
const counts = (facet, wish) => own(Object.fromEntries(citemap.facetCounts(PLANS, facet, { ...NONE, ...wish }, (one) => one.id)));

test("a value is counted under all other filters, not under its own", () => {
  assert.deepEqual(counts("actor", { facets: { actor: "army" } }), { navy: [2, 2], army: [1, 1] });
  assert.deepEqual(counts("actor", { facets: { type: "AID" } }), { navy: [2, 1], army: [1, 1] });
  assert.deepEqual(counts("actor", { hidden: ["planned"] }), { navy: [2, 1], army: [1, 0] });
  assert.deepEqual(counts("actor", { query: "b" }), { navy: [2, 0], army: [1, 1] });
});

const when = (...times) => times.map((time, i) => ({ number: i + 1, when: time }));
const numbers = (rows) => own(rows).map((row) => row.number);

test("dates are sorted by their first day, and what has none stands last both ways", () => {
  const rows = when(["2027-01-01", "2027-12-31"], null, ["2024-12-01", "2024-12-31"], ["", "2026-01-01"], ["2024-12-01", "2024-12-01"]);
  assert.deepEqual(numbers(citemap.sortRows(rows, "when", false)), [4, 5, 3, 1, 2]);
  assert.deepEqual(numbers(citemap.sortRows(rows, "when", true)), [1, 3, 5, 4, 2]);
});

test("numbers are sorted as numbers, and rows that are equal keep their order both ways", () => {
  const rows = [[10, "x"], [9, "y"], [10, "z"]].map(([reports, key], i) => ({ number: i + 1, reports: [reports, 1], plan_: key }));
  assert.deepEqual(numbers(citemap.sortRows(rows, "reports", false)), [2, 1, 3]);
  assert.deepEqual(numbers(citemap.sortRows(rows, "reports", true)), [1, 3, 2]);
});

test("a plan has a row for each of its places, and one that says so when it has none", () => {
  const told = { counts: [1, 1], names: [], time: null, facets: { source: ["one", "two"], reviewed: ["none"] } };
  const plans = [
    { ...told, number: 1, status: "planned", summary: "A pier", where: [{ name: "Kilifi" }, { name: "Lamu" }], levels: ["exact", ""] },
    { ...told, number: 2, status: "denied", summary: "A depot", where: [], levels: [] },
  ];
  const rows = citemap.tableRows(plans, ["denied", "planned"], (id) => id.toUpperCase(), "; ");
  assert.deepEqual(own(rows).map((row) => [row.number, row.status, row.where, row.level, row.source]), [
    [1, 1, "Kilifi", "exact", "ONE; TWO"], [1, 1, "Lamu", "none", "ONE; TWO"], [2, 0, "", "none", "ONE; TWO"],
  ]);
});
