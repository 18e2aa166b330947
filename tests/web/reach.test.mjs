// What can be pressed and focused.
import assert from "node:assert/strict";
import { test } from "node:test";

import { dom, load } from "./load.mjs";

const citemap = load(["dom.js", "grid.js", "reach.js"], dom());
citemap.say = (app, key, { name }) => `${key}: ${name}`;

// Sites at pixels of the view, as Leaflet's markers would hold them.
function sites(places, on = () => true) {
  const group = {
    getLayers: () => markers,
  };
  const markers = places.map(([x, y, name]) => {
    const attributes = {}, node = { classList: { toggle: (kind, set) => { node[kind] = set; } }, setAttribute: (key, value) => { attributes[key] = value; }, removeAttribute: (key) => { delete attributes[key]; }, attributes };
    return { citemap: { site: { name } }, getElement: () => node, getLatLng: () => [x, y], node };
  });
  const point = ([x, y]) => ({ x, y, distanceTo: (other) => Math.hypot(x - other.x, y - other.y) });
  citemap.gatherSites({ data: { messages: { joint: ", " } }, contextGroups: [group], map: { hasLayer: on, latLngToContainerPoint: point } });
  return markers;
}
const told = (markers) => markers.map(({ node }) => [node.attributes.role, node.attributes["aria-label"], node.attributes["aria-hidden"], node.tabIndex]);

test("a site that stands alone is a target of its own", () => {
  assert.deepEqual(told(sites([[0, 0, "A"], [25, 0, "B"]])), [["button", "context.site: A", undefined, 0], ["button", "context.site: B", undefined, 0]]);
});

test("sites too near each other for a finger are one target that names them all, and none is lost", () => {
  const markers = sites([[0, 0, "A"], [20, 0, "B"], [60, 60, "C"], [0, 24, "D"]]);
  assert.deepEqual(told(markers), [["button", "context.sites: A, B, D", undefined, 0], [undefined, undefined, "true", -1], ["button", "context.site: C", undefined, 0], [undefined, undefined, "true", -1]]);
  assert.deepEqual(markers.flatMap((marker) => marker.members.map(({ site }) => site.name)).sort(), ["A", "B", "C", "D"]);
});

test("targets keep their distance, however dense the sites are", () => {
  const heads = sites(Array.from({ length: 60 }, (_, i) => [(i * 37) % 101, (i * 53) % 97, String(i)])).filter((marker) => marker.members.length);
  for (const [i, one] of heads.entries()) for (const other of heads.slice(i + 1)) {
    const [a, b] = [one.getLatLng(), other.getLatLng()];
    assert.ok(Math.hypot(a[0] - b[0], a[1] - b[1]) > 24);
  }
});

test("sites that the reader hid are left alone", () => {
  assert.deepEqual(told(sites([[0, 0, "A"]], () => false)), [[undefined, undefined, undefined, undefined]]);
});

test("what the sheet covers, even in part, is no target, and is one again when the sheet goes", () => {
  const node = (top) => ({ inert: false, getBoundingClientRect: () => ({ left: 10, top, width: 30, height: 30 }) });
  const nodes = [node(0), node(380), node(500)];
  const at = (top) => citemap.coverTargets({ page: true, pane: { getBoundingClientRect: () => ({ left: 0, top, width: 390, height: 800 - top }) }, map: { getContainer: () => ({ parentNode: { querySelectorAll: () => nodes } }) } });
  at(400);
  assert.deepEqual(nodes.map(({ inert }) => inert), [false, true, true]);
  at(700);
  assert.deepEqual(nodes.map(({ inert }) => inert), [false, false, false]);
});
