// Points and their signs: none is lost or counted twice at any zoom, signs do not cover each other, and what was packed comes out again.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const SCRIPTS = ["dom.js", "codec.js", "pack.js", "points-index.js"];
const WORLD = 2 ** 26;
const globals = { atob, Blob, Response, DecompressionStream, TextDecoder };

let seed = 1;
const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

// Points of three kinds, some of them crowded and some in one place, in the order of the quadtree.
function pointsOf(cm, count) {
  const points = Array.from({ length: count }, (_, i) => {
    const near = i % 3 === 0 ? 0.001 : 0.2;
    return i % 10 === 0 ? [WORLD * 0.5, WORLD * 0.4, i % 3] : [Math.floor(WORLD * (0.5 + near * (chance() - 0.5))), Math.floor(WORLD * (0.4 + near * (chance() - 0.5))), i % 3];
  });
  const make = (list) => cm.makeIndex(Int32Array.from(list, (p) => p[0]), Int32Array.from(list, (p) => p[1]), Uint8Array.from(list, (p) => p[2]), 3);
  const { code } = make(points);
  return make(points.map((point, i) => [code[i], point]).sort((a, b) => a[0] - b[0]).map(([, point]) => point));
}

const whole = (zoom) => [0, 0, 256 * 2 ** zoom, 256 * 2 ** zoom];

test("every point is in exactly one sign, at every zoom", () => {
  const cm = load(SCRIPTS), index = pointsOf(cm, 3000);
  for (const zoom of [0, 2.25, 4, 6.75, 9, 13]) {
    for (const deep of [false, true]) {
      const members = cm.signsIn(index, whole(zoom), zoom, [], deep).flatMap((sign) => cm.membersOf(index, sign, []));
      assert.equal(members.length, 3000, `${zoom} ${deep}`);
      assert.equal(new Set(members).size, 3000, `${zoom} ${deep}`);
    }
  }
});

test("signs do not cover each other", () => {
  const cm = load(SCRIPTS), index = pointsOf(cm, 3000);
  for (const zoom of [1, 4, 8, 12]) {
    const signs = cm.signsIn(index, whole(zoom), zoom, [], false);
    for (const [i, a] of signs.entries()) {
      for (const b of signs.slice(i + 1)) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) >= cm.pointRadius(a.n) + cm.pointRadius(b.n), `${zoom}: ${a.n} and ${b.n}`);
    }
  }
});

test("a sign knows how many of each kind it holds, and nothing of what is hidden", () => {
  const cm = load(SCRIPTS), index = pointsOf(cm, 900);
  const counted = (hidden) => own(cm.signsIn(index, whole(5), 5, hidden, false)).reduce((sum, sign) => sum.map((n, i) => n + sign.counts[i]), [0, 0, 0]);
  assert.deepEqual([counted([]), counted([false, true, false])], [[300, 300, 300], [300, 0, 300]]);
});

test("a view over the antimeridian joins what lies on both sides", () => {
  const cm = load(SCRIPTS), zoom = 4, size = 256 * 2 ** zoom;
  const index = cm.makeIndex(Int32Array.of(5, WORLD - 5), Int32Array.of(5, 5), Uint8Array.of(0, 0), 1);
  const [sign] = cm.signsIn(index, [size - 500, 0, size + 500, 500], zoom, [], false);
  assert.equal(sign.n, 2);
  assert.ok(Math.abs(sign.x - size) < 1);
  assert.deepEqual(own(cm.boundsOfSign(index, sign, [], WORLD)), [WORLD - 5, 5, WORLD + 5, 5]);
});

test("whole numbers come out as they were packed, whatever their size and sign", () => {
  const cm = load(SCRIPTS), out = [];
  // What `pack_numbers([0, -1, 300, 300, -70000, 67108863])` of layers/_packing.py writes.
  const bytes = Uint8Array.of(0, 1, 218, 4, 0, 183, 202, 8, 222, 197, 136, 64);
  assert.equal(cm.readNumbers(bytes, 0, 6, out), bytes.length);
  assert.deepEqual(out, [0, -1, 300, 300, -70000, 67108863]);
});

test("texts are read from the ranks of their words, and characters beyond the list from their code points", () => {
  const cm = load(SCRIPTS), words = ["a", ...Array.from({ length: 500 }, (_, i) => ` w${i}`)];
  const bytes = Uint8Array.of(1, 2, 0, 0, 255, 0x01, 0xf9, 0xed, 160, 0, 161, 3, 0);
  assert.deepEqual(own(cm.readTexts(bytes, words)), ["a w0", "", "\u{1f9ed} w158 w417"]);
});

test("a text is asked for by its number, and its block is unpacked once", async () => {
  const cm = load(SCRIPTS, globals), asked = [];
  const blocks = [Uint8Array.of(1, 0, 2, 0), Uint8Array.of(3, 0)];
  const text = cm.textStore(async () => ["one", "two", "three"], [0, 2], async (i) => { asked.push(i); return blocks[i]; });
  assert.deepEqual(await Promise.all([2, 0, 1, 0].map(text)), ["three", "one", "two", "one"]);
  assert.deepEqual(asked, [1, 0]);
});
