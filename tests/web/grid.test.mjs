// Where there is room: rectangles that meet, and how much of one is land.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const CELL = 4;

test("rectangles that share ground hit, whichever is asked first", () => {
  const { hits } = load(["dom.js", "grid.js"]);
  const at = [10, 10, 20, 10];
  for (const other of [[10, 10, 20, 10], [29, 19, 5, 5], [0, 0, 11, 11], [15, 12, 1, 1], [0, 0, 100, 100]]) assert.ok(hits(at, other, 0) && hits(other, at, 0), String(other));
  for (const other of [[30, 10, 5, 5], [10, 20, 5, 5], [0, 10, 10, 10], [10, 0, 20, 10], [50, 50, 1, 1]]) assert.ok(!hits(at, other, 0) && !hits(other, at, 0), String(other));
});

test("a gap keeps rectangles apart by so many pixels, on every side", () => {
  const { hits } = load(["dom.js", "grid.js"]);
  const at = [10, 10, 20, 10];
  for (const other of [[32, 10, 5, 5], [10, 22, 5, 5], [3, 10, 5, 5], [10, 3, 5, 5]]) assert.deepEqual([hits(at, other, 2), hits(at, other, 3)], [false, true], String(other));
});

// A map of width × height pixels on which `colour(x, y)` of each cell says [land, fine mark, country mark], as if it had been drawn.
function gridOf(width, height, colour) {
  const nothing = () => {};
  const getImageData = (x, y, w, h) => ({ data: Uint8ClampedArray.from({ length: w * h * 4 }, (_, i) => (colour(Math.floor(i / 4) % w, Math.floor(i / 4 / w))[i % 4] ? 255 : 0)) });
  const canvas = { getContext: () => ({ getImageData, beginPath: nothing, fill: nothing }) };
  const corner = { x: 0, y: 0 };
  const map = {
    getSize: () => ({ x: width, y: height }), getZoom: () => 3, getPixelBounds: () => ({ min: corner }),
    getBounds: () => ({ getWest: () => 0, getSouth: () => 0, getEast: () => 1, getNorth: () => 1 }),
  };
  return load(["dom.js", "codec.js", "grid.js"], { document: { createElement: () => canvas } }).makeGrid({ map, ground: { parts: {} }, marks: [] });
}

test("the share of land is that of the rectangle, not of the view", () => {
  const grid = gridOf(80, 40, (x) => [x < 10, 0, 0]);
  assert.deepEqual([grid.share(0, [0, 0, 40, 40]), grid.share(0, [40, 0, 40, 40]), grid.share(0, [0, 0, 80, 40]), grid.share(0, [20, 8, 40, 8])], [1, 0, 0.5, 0.5]);
});

test("land, fine marks and country marks are counted apart", () => {
  const grid = gridOf(40, 40, (x, y) => [0, y < 5, x < 2]);
  assert.deepEqual([0, 1, 2].map((channel) => grid.share(channel, [0, 0, 40, 40])), [0, 0.5, 0.2]);
});

test("a rectangle over the edge of the view, or smaller than a cell, still has a share", () => {
  const grid = gridOf(40, 40, (x, y) => [x === 0 && y === 0, 0, 0]);
  assert.equal(grid.share(0, [0, 0, 1, 1]), 1);
  assert.equal(grid.share(0, [-20, -20, 20 + CELL, 20 + CELL]), 1);
  assert.equal(grid.share(0, [60, 60, 10, 10]), 0);
});

test("a panel covers the map only where it lies over it, in pixels of the map", () => {
  const { panelRects } = load(["dom.js", "grid.js"]);
  const node = (left, top, width, height) => ({ getBoundingClientRect: () => ({ left, top, width, height, right: left + width, bottom: top + height }) });
  const frame = { ...node(100, 50, 400, 300), querySelectorAll: () => [node(110, 60, 30, 30), node(450, 60, 0, 0)] };
  const app = { map: { getContainer: () => frame }, panels: [node(480, 300, 200, 20), node(0, 0, 90, 400)] };
  assert.deepEqual(own(panelRects(app)), [[10, 10, 30, 30], [380, 250, 200, 20]]);
});
