// What is shown and what is selected, and who hears of it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const PLANS = [
  { id: "a", number: 1, status: "planned", summary: "A pier", names: [], where: [], distances: [], time: ["2027-01-01", "2027-12-31"], reported: [], quotes: [], facets: { actor: ["the navy"], origin: [] } },
  { id: "b", number: 2, status: "denied", summary: "A depot", names: [], where: [], distances: [], time: null, reported: [], quotes: [], facets: { actor: ["the army"], origin: [] } },
];

function open() {
  const citemap = load(["dom.js", "filter.js", "store.js"]);
  const messages = { "live.shown": "{n} of {all}", "live.all": "all {n}", "live.selected": "{number}: {summary}, {status}", "status.planned": "planned" };
  const app = { data: { plans: PLANS, messages }, live: {} };
  citemap.addStore(app);
  citemap.addPlans(app);
  return { citemap, app, shown: () => own([...app.shown]) };
}

test("all plans are shown at first, and none is selected", () => {
  const { app, shown } = open();
  assert.deepEqual([shown(), app.selected], [["a", "b"], null]);
});

test("who listens hears of a wish once, when what is shown is already known, and so does who cannot see", () => {
  const { citemap, app, shown } = open(), heard = [];
  app.on("change", (state) => heard.push([own(state.hidden), shown()]));
  citemap.ask(app, { hidden: ["denied"] });
  assert.deepEqual([heard, app.live.textContent], [[[["denied"], ["a"]]], "1 of 2"]);
  citemap.askNothing(app);
  assert.deepEqual([shown(), app.live.textContent], [["a", "b"], "all 2"]);
});

test("a wish is added to those before", () => {
  const { citemap, app, shown } = open();
  citemap.ask(app, { hidden: ["denied"] });
  citemap.ask(app, { query: "depot" });
  assert.deepEqual(shown(), []);
});

test("a plan that is asked for is shown again by taking back only what hides it", () => {
  for (const [wish, kept] of [
    [{ hidden: ["denied", "completed"] }, { hidden: ["completed"] }],
    [{ query: "pier", hidden: ["completed"] }, { query: "", hidden: ["completed"] }],
    [{ facets: { actor: "the navy" }, query: "depot" }, { facets: {}, query: "depot" }],
    [{ undated: false, from: "2027-01-01", query: "depot" }, { undated: true, from: "", query: "depot" }],
  ]) {
    const { citemap, app, shown } = open();
    citemap.ask(app, wish);
    assert.ok(!shown().includes("b"), JSON.stringify(wish));
    citemap.reveal(app, app.plans.get("b"));
    assert.ok(shown().includes("b"), JSON.stringify(wish));
    assert.deepEqual(own(Object.fromEntries(Object.keys(kept).map((key) => [key, app.state[key]]))), kept);
  }
});

test("asking for a plan that is shown changes nothing", () => {
  const { citemap, app } = open();
  app.on("change", () => assert.fail("nobody asked"));
  citemap.reveal(app, app.plans.get("a"));
});

test("a plan that is selected is told aloud unless that is not wanted, and one can be unselected", () => {
  const { citemap, app } = open(), heard = [];
  app.on("select", (what) => heard.push(own(what)));
  citemap.select(app, "a", { by: "map" });
  assert.equal(app.live.textContent, "1: A pier, planned");
  citemap.select(app, "b", { tell: false });
  citemap.select(app, null, {});
  assert.deepEqual([app.live.textContent, app.selected, heard.map(({ id }) => id)], ["1: A pier, planned", null, ["a", "b", null]]);
});
