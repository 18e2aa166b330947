// Words and nodes: what is said comes from messages, what is shown is text.
import assert from "node:assert/strict";
import { test } from "node:test";

import { dom, load } from "./load.mjs";

const citemap = load(["dom.js"], dom());
const app = (messages) => ({ data: { messages } });

test("a message is said with its values put in", () => {
  assert.equal(citemap.say(app({ "badge.label": "Plan {number}, {status}" }), "badge.label", { number: 3, status: "planned" }), "Plan 3, planned");
});

test("one is said otherwise than several, and so is nought", () => {
  const words = app({ "reports.one": "{n} report", "reports.other": "{n} reports" });
  assert.deepEqual([0, 1, 2].map((n) => citemap.say(words, "reports", { n })), ["0 reports", "1 report", "2 reports"]);
});

test("a count takes the form that its language has for it, and its digits", () => {
  const words = { locale: "fil-PH", "plans.one": "{n} plano", "plans.other": "{n} na plano" };
  const said = (language, messages) => [1, 4, 13, 1239].map((n) => citemap.say({ data: { language, messages } }, "plans", { n }));
  assert.deepEqual(said("fil", words), ["1 plano", "4 na plano", "13 plano", "1,239 na plano"]);
  assert.deepEqual(said("ja", { locale: "ja", "plans.other": "{n}件" }), ["1件", "4件", "13件", "1,239件"]);
});

test("a message with nodes in it keeps the words around them", () => {
  assert.deepEqual([...citemap.mix(app({ quoted: "「{words}」" }), "quoted", { words: 7 })], ["「", 7, "」"]);
});

test("what comes from data is set apart inside a sentence, and has its language", () => {
  const [before, node, after] = citemap.within("条件：if it rains。", "if it rains", "en");
  assert.deepEqual([before, node.tag, node.attributes.lang, node.attributes.dir, node.textContent, after], ["条件：", "bdi", "en", "auto", "if it rains", "。"]);
  assert.equal(citemap.within("条件：", "", "en").length, 1);
});

test("a key without a message is said as it is, never as undefined", () => {
  assert.deepEqual([citemap.say(app({}), "no.such"), citemap.say(app({}), "no.such", { n: 2 })], ["no.such", "no.such"]);
});

test("braces in a value are no place for another value", () => {
  assert.equal(citemap.say(app({ key: "{name} and {n}" }), "key", { name: "{n}", n: 7 }), "{n} and 7");
});

test("dollar signs in a value stay as they are", () => {
  assert.equal(citemap.say(app({ key: "for {sum}" }), "key", { sum: "$& $1 $$" }), "for $& $1 $$");
});

test("a value that was not given leaves its name to be seen", () => {
  assert.equal(citemap.say(app({ key: "for {sum}" }), "key", {}), "for {sum}");
});

test("a status of two words makes one class", () => {
  assert.deepEqual([citemap.slug("under way"), citemap.slug("planned")], ["under-way", "planned"]);
});

test("an address of the web becomes a link that learns nothing of the page", () => {
  for (const url of ["https://example.org/a", "http://example.org", "HTTPS://example.org"]) {
    const node = citemap.link(url, "words");
    assert.deepEqual([node.tag, node.attributes, node.textContent], ["a", { href: url, target: "_blank", rel: "noopener noreferrer" }, "words"]);
  }
});

test("any other address stays plain text", () => {
  for (const url of ["javascript:alert(1)", " https://example.org", "data:text/html,x", "file:///etc/hosts", "//example.org", "https:example.org", "", null, undefined]) {
    const node = citemap.link(url, "words");
    assert.deepEqual([node.tag, node.attributes, node.textContent], ["span", {}, "words"]);
  }
});

test("markup in a word is text", () => {
  const node = citemap.h("p", {}, "<img src=x onerror=alert(1)>");
  assert.deepEqual([node.childNodes.length, node.childNodes[0].data], [1, "<img src=x onerror=alert(1)>"]);
});

test("children may be nested, and what is absent or false leaves no trace", () => {
  const node = citemap.h("p", {}, [["a", [null]], undefined], false, "", 0, citemap.h("b", {}, "c"));
  assert.deepEqual(node.childNodes.map((child) => child.textContent), ["a", "0", "c"]);
});

test("an attribute that is absent or false is not set, and one that is true is empty", () => {
  assert.deepEqual(citemap.h("button", { hidden: false, title: null, id: undefined, disabled: true, tabindex: 0 }).attributes, { disabled: "", tabindex: "0" });
});

test("a press is a listener, never an attribute", () => {
  const press = () => {};
  const node = citemap.h("button", { onclick: press });
  assert.deepEqual([node.attributes, node.listeners], [{}, { click: press }]);
});

test("a sign is drawn in the namespace of SVG", () => {
  assert.equal(citemap.s("path", {}).namespace, "http://www.w3.org/2000/svg");
});
