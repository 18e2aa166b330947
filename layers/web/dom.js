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

// A number as the language groups its digits (all of ours write small ones alike, and a browser takes its time to say so), and the form of a message that CLDR's plural rule names for it.
citemap.count = function (app, number) {
  if (Number.isInteger(number) && number >= 0 && number < 1000 && /^(en|fil|ja|zh)\b/.test(app.data.messages.locale)) return String(number);
  app.numbers = app.numbers || new Intl.NumberFormat(app.data.messages.locale);
  return app.numbers.format(number);
};

citemap.template = function (app, key, values) {
  const words = app.data.messages;
  if (words[key] !== undefined || !values || !("n" in values)) return words[key];
  app.plurals = app.plurals || new Intl.PluralRules(app.data.language);
  const form = words[`${key}.${app.plurals.select(values.n)}`];
  return form === undefined ? words[`${key}.other`] : form;
};

// A text so that the signs in it which turn the direction of writing end with it (UAX #9): as many isolates are begun before it as it would end
// beyond its own, and all are ended after it. Other texts stay as they are. As `layers/_bidi.py` does.
citemap.apart = function (text) {
  const turns = text.match(/[\u202a-\u202e\u2066-\u2069]/g);
  if (!turns) return text;
  let open = 0, unmatched = 0;
  for (const sign of turns) {
    if (/[\u2066-\u2068]/.test(sign)) open += 1;
    else if (sign === "\u2069" && open) open -= 1;
    else if (sign === "\u2069") unmatched += 1;
  }
  return "\u2068".repeat(1 + unmatched) + text + "\u2069".repeat(1 + open);
};

citemap.say = function (app, key, values) {
  const text = citemap.template(app, key, values);
  if (text === undefined) return key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (values && Object.hasOwn(values, name) ? (name === "n" ? citemap.count(app, values.n) : citemap.apart(String(values[name]))) : whole));
};

// A message whose values are nodes: what comes from data keeps its own language and direction inside the interface's sentence.
citemap.mix = (app, key, values) =>
  (citemap.template(app, key, values) || key).split(/\{(\w+)\}/).map((part, i) => (i % 2 ? values[part] : part));

// Words that come from data: set apart, so that they run in their own direction, and in a language where that is known.
citemap.text = (words, lang) => citemap.h("bdi", { lang, dir: "auto" }, words);
citemap.quoted = (app, words, lang) => citemap.mix(app, "quoted", { words: citemap.text(words, lang) });

// A sentence of the interface with the data in it set apart.
citemap.within = function (words, data, lang) {
  const at = data ? words.indexOf(data) : -1;
  return at < 0 ? [words] : [words.slice(0, at), citemap.text(data, lang), words.slice(at + data.length)];
};

// The parts of a list, with what the language sets between them.
citemap.list = (app, parts, joint) => parts.filter(Boolean).flatMap((part, i) => (i ? [app.data.messages[joint || "joint"], part] : [part]));

// The article that an id names, and its language.
citemap.article = function (app, id) {
  app.articles = app.articles || new Map((app.data.sources || []).map((source) => [source.id, source]));
  return app.articles.get(id);
};
citemap.langOf = (app, id) => (citemap.article(app, id) || {}).lang || "en";

// The text of a quote: a span of its passage, which the page holds once. And the same in runs of [text, strong].
citemap.words = function (app, quote) {
  return citemap.article(app, quote.article).passages[quote.passage].text.slice(quote.span[0], quote.span[1]);
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
