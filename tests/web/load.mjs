// Loads the page's plain scripts as a browser would, one after the other on one global, but without a page: `citemap` with what they added to it.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const WEB = new URL("../../layers/web/", import.meta.url);

/** Run scripts of `layers/web/` in a global of their own; `globals` are what else a page would have (`document`, `L`). Returns `citemap`. */
export function load(names, globals = {}) {
  const context = vm.createContext({ ...globals });
  context.window = context;
  for (const name of names) {
    const file = new URL(name, WEB);
    vm.runInContext(readFileSync(file, "utf8"), context, { filename: file.pathname });
  }
  return context.citemap;
}

/** A value made by the scripts, as one of this file's own global, so that `deepEqual` compares what it holds. */
export const own = (value) => structuredClone(value);

class Node {
  constructor() {
    this.childNodes = [];
  }
  appendChild(child) {
    this.childNodes.push(child);
    return child;
  }
  get textContent() {
    return this.childNodes.map((child) => child.textContent).join("");
  }
}

class Text extends Node {
  constructor(data) {
    super();
    this.data = data;
  }
  get textContent() {
    return this.data;
  }
}

class Element extends Node {
  constructor(tag, namespace) {
    super();
    Object.assign(this, { tag, namespace, attributes: {}, listeners: {}, style: {} });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
  }
  addEventListener(event, act) {
    this.listeners[event] = act;
  }
}

/** The least of a document: elements and texts that remember what was put into them. */
export const dom = () => ({
  Node,
  document: {
    createElement: (tag) => new Element(tag, null),
    createElementNS: (namespace, tag) => new Element(tag, namespace),
    createTextNode: (data) => new Text(data),
  },
});
