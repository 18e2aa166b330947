// The promises of the page that the linter holds: each sentence here would break one, and is caught.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ESLint } from "eslint";

const linter = new ESLint({ cwd: new URL("../..", import.meta.url).pathname });
const caught = async (line, name = "part.js") => {
  const [{ messages }] = await linter.lintText(`(function (cm) {\n  cm.act = (node, text) => { cm.use(node, text); ${line} };\n})(citemap);\n`, { filePath: `layers/web/${name}` });
  return messages.map((message) => message.ruleId);
};

test("text can become no markup", async () => {
  for (const line of [
    "node.innerHTML = text;", "node['innerHTML'] = text;", "node.outerHTML = text;", "node.insertAdjacentHTML('beforeend', text);", "document.write(text);",
    "document.createRange().createContextualFragment(text);", "node.append(new DOMParser().parseFromString(text, 'text/html').body);", "node.srcdoc = text;",
  ]) assert.deepEqual(await caught(line), ["no-restricted-syntax"], line);
});

test("text can become no code", async () => {
  for (const line of ["eval(text);", "window.eval(text);", "setTimeout('node.remove()', 1);", "new Function(text)(node);", "node.href = 'javascript:void 0';", "node.setAttribute('onclick', text);", "node.onclick = text;"]) {
    assert.equal((await caught(line)).length, 1, line);
  }
});

test("a style is never set as an attribute, and may be set as a property", async () => {
  assert.deepEqual(await caught("node.setAttribute('style', text);"), ["no-restricted-syntax"]);
  assert.deepEqual(await caught("node.setAttributeNS(null, 'style', text);"), ["no-restricted-syntax"]);
  assert.deepEqual(await caught("node.style.cssText = text; node.style.setProperty('--ink', text);"), []);
});

test("the page asks the network for nothing and keeps nothing in the browser", async () => {
  for (const line of ["fetch(text);", "window.fetch(text);", "new XMLHttpRequest().open('GET', text);", "new WebSocket(text).close();", "navigator.sendBeacon(text);"]) assert.equal((await caught(line)).length, 1, line);
  for (const line of ["localStorage.setItem('a', text);", "window.sessionStorage.clear();", "document.cookie = text;"]) assert.equal((await caught(line)).length, 1, line);
});

test("a name that nobody declared is caught, also where the browser has one like it", async () => {
  assert.deepEqual(await caught("node.append(txt);"), ["no-undef"]);
  assert.deepEqual(await caught("node.append(name, status);"), ["no-restricted-globals", "no-restricted-globals"]);
});

test("only the stand-in for jQuery may read markup", async () => {
  assert.deepEqual([await caught("node.innerHTML = text;", "folium.js"), await caught("document.write(text);", "folium.js")], [[], ["no-restricted-syntax"]]);
});
