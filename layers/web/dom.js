// Building the page from data: every word goes in as text, never as markup.
"use strict";
const citemap = window.citemap || (window.citemap = {});

// The parts of a page by name, each a function (app, own data); Python's MapPart calls them.
citemap.parts = {};

citemap.SVG = "http://www.w3.org/2000/svg";

citemap.fill = function (node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "onclick") node.addEventListener("click", value);
    else if (name === "style") node.style.cssText = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
};

citemap.h = (tag, attributes, ...children) => citemap.fill(document.createElement(tag), attributes, children);
citemap.s = (tag, attributes, ...children) => citemap.fill(document.createElementNS(citemap.SVG, tag), attributes, children);

// A link only to http or https, which learns nothing of this page; other addresses stay plain text.
citemap.link = function (url, ...words) {
  if (!/^https?:\/\//i.test(url || "")) return citemap.h("span", {}, ...words);
  return citemap.h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...words);
};

citemap.say = function (app, key, values) {
  const words = app.data.messages;
  let text = words[key];
  if (text === undefined && values && "n" in values) text = words[`${key}.${values.n === 1 ? "one" : "other"}`];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && name in values ? String(values[name]) : whole));
};

// The text of a quote: a span of its passage, which the page holds once. And the same in runs of [text, strong].
citemap.words = function (app, quote) {
  app.articles = app.articles || new Map((app.data.sources || []).map((source) => [source.id, source]));
  return app.articles.get(quote.article).passages[quote.passage].text.slice(quote.span[0], quote.span[1]);
};

citemap.runs = function (app, quote) {
  const text = citemap.words(app, quote), runs = [];
  let at = 0;
  for (const [start, end] of quote.strong) {
    if (end <= at) continue;
    runs.push([text.slice(at, Math.max(at, start)), 0], [text.slice(Math.max(at, start), end), 1]);
    at = end;
  }
  return [...runs, [text.slice(at), 0]].filter(([part]) => part);
};

citemap.slug = (status) => status.replace(/ /g, "-");
citemap.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
citemap.narrow = () => window.matchMedia("(max-width: 700px)").matches;
