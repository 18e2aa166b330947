// The height that the page would like to have inside another one.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load } from "./load.mjs";

const { wishedHeight } = load(["dom.js", "embed.js"], { location: { search: "" } });

test("the wish grows with the width between a least and a most, and counts title, timeline and pane", () => {
  assert.deepEqual([200, 800, 5000].map((width) => wishedHeight(width, 0, 0)), [320, 528, 900]);
  assert.deepEqual([wishedHeight(800, 60.4, 0), wishedHeight(800, 60, 100)], [588, 688]);
});
