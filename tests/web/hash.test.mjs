// The state of the page in its address.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const citemap = load(["dom.js", "filter.js", "hash.js"], { URLSearchParams });
const NOTHING = { ...own(citemap.nothingAsked()), plan: "", tab: "", view: null };
const read = (hash) => own(citemap.fromHash(hash));

test("when nothing is asked, the address says nothing", () => {
  assert.equal(citemap.toHash(NOTHING), "");
  assert.deepEqual(read(""), NOTHING);
});

test("an address is short and can be read", () => {
  const wish = { ...NOTHING, plan: 3, hidden: ["agreed", "under way"], query: "radar site", view: [24.10004, 123.4, 6] };
  assert.equal(citemap.toHash(wish), "plan=3&status=-agreed,-under+way&q=radar+site&view=24.1,123.4,6");
});

test("what is written is read again, in any script and with any sign", () => {
  const wish = {
    ...NOTHING, plan: 12, hidden: ["denied"], facets: { actor: "Japan & the US", origin: "共同通信 #1", source: "2", reviewed: "none" }, query: "100% +a=b 与那国", from: "2024-01-01", to: "2026-12-31",
    known: "2024-11-24", undated: false, tab: "table", view: [-8.25, 179.99, 9.5],
  };
  assert.deepEqual(read(`#${citemap.toHash(wish)}`), wish);
});

test("what is broken or unknown in an address is passed over, and the rest is read", () => {
  for (const hash of ["#%", "#=&&=", "#plan=-1&view=1,2&from=2024-13&undated=maybe", "#view=90,0,5", "#view=NaN,0,5", "#view=1e3,0,5", "#tab=<b>", "#status=agreed", "#plan=1e9", "#:~:text=a", "#q=%20%20".replace("%20%20", "")]) {
    assert.deepEqual(read(hash), NOTHING, hash);
  }
  assert.deepEqual(read("#plan=x&q=ok&view=1"), { ...NOTHING, query: "ok" });
});

test("an address cannot ask for more than the page has, nor reach into its objects", () => {
  const known = { statuses: ["planned"], facets: { actor: ["navy"] } };
  const wish = own(citemap.knownWish(citemap.fromHash("#status=-planned,-x&actor=navy&origin=nobody&__proto__=x&constructor=y&q=<img onerror=alert(1)>"), known));
  assert.deepEqual(wish, { ...NOTHING, hidden: ["planned"], facets: { actor: "navy" }, query: "<img onerror=alert(1)>" });
  assert.equal({}.x, undefined);
  assert.ok(read(`#q=${"a".repeat(99999)}`).query.length <= 300);
});
