// The name of a chain along its arc.
import assert from "node:assert/strict";
import { test } from "node:test";

import { dom, load } from "./load.mjs";

const SIZE = { x: 800, y: 500 };
const water = { share: () => 0 };
const row = (y, from, to) => Array.from({ length: 41 }, (_, i) => [from + ((to - from) * i) / 40, y]);

// A chain whose band runs from left to right (or back) between the upper and the lower edge; coordinates are pixels already.
function place({ from = 100, to = 700, upper = 200, lower = 260, wide = 200, grid = water, taken = [], mark = {} } = {}) {
  const citemap = load(["dom.js", "codec.js", "grid.js", "arcs.js"], dom());
  citemap.measure = () => wide;
  const chain = { kind: "chain", visible: true, name: "Yaeyama", plans: [{ status: "planned" }], arc: [row((upper + lower) / 2, from, to), row(upper, from, to), row(lower, from, to)], ...mark };
  const map = { getSize: () => SIZE, latLngToContainerPoint: ([x, y]) => ({ x, y }) };
  const [drawn] = citemap.placeArcs({ name: "m", map, marks: [chain] }, grid, taken);
  const points = drawn && drawn.childNodes[0].attributes.d.slice(1).split("L").map((pair) => pair.split(",").map(Number));
  return { drawn, chain, points, taken };
}

test("a chain's name is read from left to right, whichever way its arc was drawn", () => {
  for (const ends of [{}, { from: 700, to: 100 }]) {
    const { points, drawn } = place(ends);
    assert.equal(drawn.textContent, "Yaeyama");
    assert.ok(points.every(([x], i) => i === 0 || x > points[i - 1][0]));
  }
});

test("the name stands beside the band, not on it", () => {
  const { points } = place();
  assert.ok(points.every(([, y]) => y < 200 || y > 260));
});

test("the name goes to the side where the water is", () => {
  const below = place({ grid: { share: (channel, rect) => (channel === 0 && rect[1] < 230 ? 1 : 0) } });
  const above = place({ grid: { share: (channel, rect) => (channel === 0 && rect[1] > 230 ? 1 : 0) } });
  assert.ok(below.points.every(([, y]) => y > 260) && above.points.every(([, y]) => y < 200));
});

test("the name keeps off what stands there before, and its own ground is taken after", () => {
  const panel = [0, 262, 800, 200];
  const { points, taken } = place({ taken: [panel] });
  assert.ok(points.every(([, y]) => y < 200));
  assert.ok(taken.length > 4 && taken[0] === panel);
});

test("a name without room is not drawn, and the mark knows that it has none", () => {
  for (const none of [{ wide: 900 }, { taken: [[0, 0, 800, 500]] }, { upper: 10, lower: 490 }, { mark: { arc: [row(230, 100, 700)] } }]) {
    const { drawn, chain } = place(none);
    assert.deepEqual([drawn, chain.lettered], [undefined, false]);
  }
});

test("a chain that the reader hid has no name", () => {
  assert.equal(place({ mark: { visible: false } }).drawn, undefined);
});
