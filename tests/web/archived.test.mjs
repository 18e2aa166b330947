// The lattice of hexagons, the classes of counts and the sums of an archive, without a page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load, own } from "./load.mjs";

const cm = load(["dom.js", "archived-grid.js", "archived-data.js"]);

test("a place is in the hexagon whose middle is nearest, on every level and over the seam of the world", () => {
  for (const level of [1, 3, 6]) {
    const grid = cm.hexGrid(level);
    for (let i = 0; i < 60; i++) {
      const x = (i * 0.6180339) % 1, y = 0.05 + ((i * 0.7548776) % 0.9), id = cm.hexOf(grid, x, y);
      const away = (other) => {
        const [mx, my] = cm.hexMiddle(grid, other), dx = Math.abs(x - mx);
        return Math.hypot(Math.min(dx, 1 - dx), y - my);
      };
      const row = Math.floor(id / grid.columns);
      for (let r = row - 1; r <= row + 1; r++) for (let c = 0; c < grid.columns; c += 1) if (r >= 0) assert.ok(away(id) <= away(r * grid.columns + c) + 1e-12);
      assert.ok(away(id) <= grid.side + 1e-12);
    }
    assert.equal(cm.hexOf(grid, 0.00001, 0.4), cm.hexOf(grid, 1.00001, 0.4));
  }
});

test("classes begin at round numbers, are at most five, and hold every count once", () => {
  assert.deepEqual(own(cm.classesOf(1)), [1]);
  assert.deepEqual(own(cm.classesOf(3)), [1, 2]);
  assert.deepEqual(own(cm.classesOf(37609)), [1, 10, 100, 1000, 10000]);
  for (const greatest of [1, 7, 30, 999, 1000, 123456, 4e6]) {
    const classes = cm.classesOf(greatest);
    assert.ok(classes.length <= 5);
    assert.equal(cm.classOf(classes, 1), 0);
    assert.equal(cm.classOf(classes, greatest), classes.length - 1);
    classes.forEach((low, i) => assert.equal(cm.classOf(classes, low), i));
    assert.ok(cm.shadeOf(classes, classes.length - 1) <= 4);
  }
});

test("few places stand singly at once, many only from near", () => {
  const spread = (n) => Array.from({ length: n }, (_, i) => (i * 0.6180339) % 1);
  const zoomOf = (n) => cm.singleZoom(spread(n), spread(n).map((x) => (x * 7.3) % 1));
  assert.equal(zoomOf(20), 0);
  assert.ok(zoomOf(2000) > 1);
  assert.ok(zoomOf(20000) > zoomOf(2000));
  assert.equal(cm.singleZoom(Array(5000).fill(0.5), Array(5000).fill(0.5)), 8);
});

test("what is asked is summed by place, month and status; the months are of any period, the statuses of any status", () => {
  // Two places: the first with rows in periods 1 and 0, the second in 2; statuses 0 and 1.
  const data = { places: 2, kinds: 2, ends: [2, 3], period: [1, 0, 2], documents: [3, 1, 2], status: [0, 1, 0, 1], stops: [2, 3, 4], each: [4, 1, 2, 5], own: { periods: 2 } };
  const sums = (ask) => own(cm.sumUp(data, { hidden: [false, false], from: 1, to: 2, undated: true, ...ask }));
  const list = (found) => Object.values(found);
  assert.deepEqual(list(sums({}).plans), [7, 5]);
  assert.equal(sums({}).total, 12);
  assert.deepEqual(list(sums({ undated: false }).plans), [5, 5]);
  assert.deepEqual(list(sums({ from: 2 }).months), [2, 5, 5]);
  assert.deepEqual(list(sums({ hidden: [true, false] }).plans), [1, 5]);
  assert.deepEqual(list(sums({ hidden: [true, false] }).statuses), [6, 6]);
  assert.deepEqual(list(sums({ hidden: [true, true] }).documents), [0, 0]);
  assert.deepEqual(list(own(cm.statusesOf(data, [1], { from: 1, to: 2, undated: true }))), [0, 5]);
});

test("an area is in no hexagon, and a small one only where the hexagon is far larger", () => {
  const data = { places: 3, kind: [cm.POINT, cm.AREA, cm.SMALL], x: [0.5, 0.5, 0.5], y: [0.5, 0.5, 0.5], radius: [3000, 3000, 9000] };
  const held = (level) => [...cm.hexesAt(data, cm.hexGrid(level))].map((id) => id >= 0);
  assert.deepEqual(held(2), [true, false, true]);
  assert.deepEqual(held(8), [true, false, false]);
});
