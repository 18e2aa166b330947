// Time as numbers: days, steps of a calendar, the axis and its ticks, bars in rows, the days of reports; and which plans a wish in time leaves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, own } from "./load.mjs";

const cm = load(["dom.js", "filter.js", "time-scale.js"]);
const day = cm.dayNumber;
const wide = (text) => text.length * 6;
const label = (at, [unit]) => cm.isoDay(at).slice(0, { day: 10, month: 7, year: 4 }[unit]);

test("a day and its number are each other's inverse, also across leap days and before 1970", () => {
  for (const iso of ["1951-09-08", "1970-01-01", "2000-02-29", "2024-02-29", "2049-12-31"]) assert.equal(cm.isoDay(day(iso)), iso);
});

test("a step of the calendar begins on its first day, however long its months are", () => {
  const at = (iso, step, n) => cm.isoDay(cm.moveBy(day(iso), step, n));
  assert.equal(at("2024-03-31", ["month", 1], -1), "2024-02-01");
  assert.equal(at("2024-11-15", ["month", 3], 1), "2025-01-01");
  assert.equal(at("2027-06-05", ["year", 10], 0), "2020-01-01");
  assert.equal(at("2024-11-24", ["day", 7], 0), "2024-11-18");
});

test("the axis holds every stated end, and air beyond an end that is open", () => {
  const closed = cm.timeSpan([["2023-01-01", "2024-12-31"]]), open = cm.timeSpan([["2023-01-01", "2024-12-31"], ["2012-01-01", ""]]);
  assert.ok(closed[0] < day("2023-01-01") && closed[1] > day("2024-12-31"));
  assert.ok(open[0] < day("2012-01-01") && open[1] > closed[1]);
});

test("where nothing is dated there is no axis", () => assert.equal(cm.timeSpan([]), null));

test("one dated day still gives an axis with days on both sides", () => {
  const [start, end] = cm.timeSpan([["2024-11-24", "2024-11-24"]]);
  assert.ok(day("2024-11-24") - start >= 10 && end - day("2024-11-24") >= 10);
});

for (const [name, span, unit] of [
  ["days", ["2024-11-01", "2024-11-12"], "day"], ["months", ["2024-01-01", "2024-12-31"], "month"], ["years", ["2015-01-01", "2029-12-31"], "year"],
]) {
  test(`an axis of ${name} has ticks of ${name}`, () => {
    const { step, ticks } = cm.timeTicks([day(span[0]), day(span[1])], 800, label, wide);
    assert.equal(step[0], unit);
    assert.ok(ticks.length >= 6);
  });
}

test("labels of ticks never touch, on whatever axis of whatever width", () => {
  for (const years of [0.05, 0.5, 2, 9, 40, 300]) {
    for (const width of [180, 480, 1400, 3000]) {
      const span = [day("2011-11-16"), day("2011-11-16") + Math.round(365 * years)];
      const { ticks } = cm.timeTicks(span, width, label, wide);
      const boxes = ticks.map((tick) => [cm.xOf(span, width, tick.day) - wide(tick.label) / 2, cm.xOf(span, width, tick.day) + wide(tick.label) / 2]);
      boxes.slice(1).forEach((box, i) => assert.ok(box[0] > boxes[i][1], `${years} years on ${width} px`));
    }
  }
});

test("the hand moves by days where a day is wide enough, by years where years are few pixels", () => {
  assert.deepEqual(own(cm.handStep([0, 60], 600, 4)), ["day", 1]);
  assert.deepEqual(own(cm.handStep([0, 365 * 40], 500, 4)), ["year", 1]);
});

test("a date is as wide as what it states: a dot for a day, its extent for a month, a year and a decade", () => {
  const span = [day("2020-01-01"), day("2030-01-01")], px = 3653;
  const wideOf = (range) => { const bar = cm.barOf(span, px, range); return [bar.kind, Math.round(bar.right - bar.left)]; };
  assert.deepEqual(wideOf(["2024-05-21", "2024-05-21"]), ["dot", 12]);
  assert.deepEqual(wideOf(["2024-05-01", "2024-05-31"]), ["bar", 31]);
  assert.deepEqual(wideOf(["2024-01-01", "2024-12-31"]), ["bar", 366]);
  assert.deepEqual(wideOf(["2020-01-01", "2029-12-31"]), ["bar", 3653]);
});

test("an open end points the way in which it is open, from the end that is stated", () => {
  const span = [day("2020-01-01"), day("2030-01-01")];
  const after = cm.barOf(span, 1000, ["2026-01-01", ""]), before = cm.barOf(span, 1000, ["", "2025-12-31"]), x = cm.xOf(span, 1000, day("2026-01-01"));
  assert.equal(after.kind, "after");
  assert.equal(before.kind, "before");
  assert.ok(after.left === x && after.right > x && before.right === x && before.left < x);
});

test("bars of one row never overlap, and what finds no row is left over and counted as such", () => {
  const bars = Array.from({ length: 60 }, (_, i) => ({ left: (i * 37) % 500, right: ((i * 37) % 500) + 10 + (i % 7) * 12 }));
  const rows = cm.packBars(bars, 3);
  bars.forEach((a, i) => bars.forEach((b, j) => assert.ok(i === j || rows[i] < 0 || rows[i] !== rows[j] || a.right <= b.left || b.right <= a.left)));
  assert.ok(rows.includes(-1) && Math.max(...rows) === 2);
});

test("where rows are short the most exact dates keep their place", () => {
  const rows = cm.packBars([{ left: 0, right: 300 }, { left: 10, right: 22 }], 1);
  assert.deepEqual(own(rows), [-1, 0]);
});

test("a report of a month is out when its month is over, and days come once and in order", () => {
  assert.deepEqual(own(cm.knownDays([["2024-11-01", "2024-11-30"], ["2024-07-11", "2024-07-11"], ["2024-07-11", "2024-07-11"]])), ["2024-07-11", "2024-11-30"]);
});

test("a day between two reports stands at the earlier, and no day at all of them", () => {
  const days = ["2024-07-11", "2024-11-30"];
  assert.deepEqual(["2024-07-10", "2024-07-11", "2024-08-01", "2025-01-01", ""].map((known) => cm.knownIndex(days, known)), [-1, 0, 0, 1, 2]);
});

const plan = (time, ...reported) => ({ time, reported });
const wish = (state) => ({ ...cm.nothingAsked(), ...state });

test("a date that may lie in the span is kept, one that cannot is not", () => {
  const inside = (time) => cm.inTime(plan(time), wish({ from: "2024-12-01", to: "2024-12-31" }));
  assert.ok(inside(["2024-01-01", "2024-12-31"]) && inside(["2012-01-01", ""]) && !inside(["2025-01-01", "2025-12-31"]));
});

test("plans without a date go and stay by the wish for the undated alone", () => {
  for (const span of [{}, { from: "2024-12-01" }]) assert.deepEqual([true, false].map((undated) => cm.inTime(plan(null), wish({ ...span, undated }))), [true, false]);
});

test("what only an undated report tells was known by no day", () => {
  assert.equal(cm.inTime(plan(null), wish({ known: "2024-12-31" })), false);
  assert.ok(cm.inTime(plan(null, ["2024-07-11", "2024-07-11"]), wish({ known: "2024-12-31" })));
});
