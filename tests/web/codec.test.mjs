// Coordinates as short strings, and Mercator's pixels.
import assert from "node:assert/strict";
import { test } from "node:test";

import { load, own } from "./load.mjs";

const citemap = load(["dom.js", "codec.js"]);

// The format as its specification tells it, in whole numbers of any size: twice the difference, inverted below nought, five bits at a time.
function encode(points, digits) {
  let text = "", last = [0n, 0n];
  for (const [lat, lon] of points) {
    const now = [lon, lat].map((degrees) => BigInt(Math.round(degrees * 10 ** digits)));
    for (const [i, value] of now.entries()) {
      const step = value - last[i];
      let left = step < 0n ? ~(step << 1n) : step << 1n;
      while (left >= 32n) {
        text += String.fromCharCode(Number((left & 31n) | 32n) + 63);
        left >>= 5n;
      }
      text += String.fromCharCode(Number(left) + 63);
    }
    last = now;
  }
  return text;
}

const near = (found, expected, within) => {
  assert.equal(found.length, expected.length);
  found.forEach((point, i) => point.forEach((value, axis) => assert.ok(Math.abs(value - expected[i][axis]) <= within, `${value} is not ${expected[i][axis]}`)));
};

test("the published example of the format is read, longitude first", () => {
  near(citemap.decodeLine("_p~iF~ps|U_ulLnnqC_mqNvxq`@", 5), [[-120.2, 38.5], [-120.95, 40.7], [-126.453, 43.252]], 1e-9);
});

test("an empty string is a line without points", () => {
  assert.deepEqual(own(citemap.decodeLine("", 3)), []);
});

test("what was encoded comes back at any number of digits, also where the numbers need more than 32 bits", () => {
  const line = [[0, 0], [-89.999, 180], [90, -180], [24.4564, 122.9876], [24.4564, 122.9876], [-0.001, -0.001]];
  for (const digits of [0, 2, 3, 5, 7, 9]) near(citemap.decodeLine(encode(line, digits), digits), line, 0.5 * 10 ** -digits + 1e-9);
});

test("a turn of the globe is added to longitudes alone", () => {
  const text = encode([[26.2, 127.7], [25, -179]], 2);
  near(citemap.decodeLine(text, 2, 360), [[26.2, 487.7], [25, 181]], 1e-9);
  near(citemap.decodeLine(text, 2, -360), [[26.2, -232.3], [25, -539]], 1e-9);
});

test("polygons keep their rings, and each ring starts from nought again", () => {
  const ring = [[1, 2], [3, 4], [1, 2]], hole = [[1.5, 2.5], [2, 3], [1.5, 2.5]];
  const found = citemap.decodePolygons([[encode(ring, 1), encode(hole, 1)], [encode(hole, 1)]], 1, 0);
  assert.deepEqual(own(found.map((rings) => rings.length)), [2, 1]);
  near(found[0][0], ring, 1e-9);
  near(found[0][1], hole, 1e-9);
  near(found[1][0], hole, 1e-9);
});

test("the middle of the world is the middle of its pixels, and a zoom doubles them", () => {
  assert.deepEqual(own(citemap.project(0, 0, 0)), [128, 128]);
  const [x, y] = citemap.project(35.7, 139.7, 4);
  near([citemap.project(35.7, 139.7, 5)], [[2 * x, 2 * y]], 1e-9);
});

test("north is up and east is right, also past the antimeridian", () => {
  const [x, y] = citemap.project(10, 170, 3);
  assert.ok(citemap.project(20, 170, 3)[1] < y);
  assert.ok(citemap.project(10, 190, 3)[0] > x);
});

test("the poles, which Mercator cannot show, are drawn at 85 degrees", () => {
  assert.deepEqual(own(citemap.project(90, 0, 2)), own(citemap.project(85, 0, 2)));
  assert.deepEqual(own(citemap.project(-90, 0, 2)), own(citemap.project(-85, 0, 2)));
});
