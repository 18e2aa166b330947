// The sources: each article with its record and its words. Every quote is tinted and underlined as its plan's status, and ends with the number
// that stands on the mark and the card: a press on either leads to the map.
(function (cm) {
  const { h } = cm;
  const keyOf = (quote) => [quote.article, quote.passage, ...quote.span].join(" ");

  // Each span of a plan's quotes once, by article and passage.
  function spansOf(app) {
    const spans = new Map();
    for (const plan of app.data.plans) {
      const seen = new Set();
      for (const quote of plan.quotes) {
        const key = keyOf(quote), place = `${quote.article} ${quote.passage}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (!spans.has(place)) spans.set(place, []);
        spans.get(place).push({ start: quote.span[0], end: quote.span[1], plan, key });
      }
    }
    return spans;
  }

  // Cut a text where a span begins or ends: pure. Each piece is { start, end, spans, ends }: the spans it lies in, widest first, and those that
  // end with it, in the order of their numbers. Pieces also end at `breaks`.
  cm.cutText = function (length, spans, breaks) {
    const cuts = new Set([0, length, ...(breaks || [])]);
    for (const { start, end } of spans) cuts.add(start).add(end);
    const at = [...cuts].filter((cut) => cut >= 0 && cut <= length).sort((a, b) => a - b);
    return at.slice(1).map((end, i) => ({
      start: at[i], end,
      spans: spans.filter((span) => span.start <= at[i] && span.end >= end).sort((a, b) => b.end - b.start - (a.end - a.start) || a.plan.number - b.plan.number),
      ends: spans.filter((span) => span.end === end).sort((a, b) => a.plan.number - b.plan.number),
    }));
  };

  // A tinted piece: the widest span outside, the narrowest inside, so that tints and lines of several plans add up.
  function tinted(app, text, spans) {
    let node = text;
    for (const span of [...spans].reverse()) {
      const mark = h("mark", { class: `cm-said cm-s-${cm.slug(span.plan.status)}` }, node);
      mark.addEventListener("click", (event) => {
        if (String(window.getSelection())) return;
        event.stopPropagation();
        cm.flyTo(app, span.plan, { by: "source" });
      });
      remember(app, span, mark);
      node = mark;
    }
    return node;
  }

  function remember(app, span, node) {
    node.dataset.plan = span.plan.id;
    if (!app.said.has(span.plan.id)) app.said.set(span.plan.id, []);
    app.said.get(span.plan.id).push(node);
    if (!app.saidAt.has(span.key)) app.saidAt.set(span.key, new Map());
    const first = app.saidAt.get(span.key);
    if (!first.has(span.plan.id)) first.set(span.plan.id, node);
  }

  // The number of a note at the end of its quote: by keyboard this is the quote's own button.
  function number(app, span) {
    const { plan } = span, mapped = plan.where.some((place) => place.mark);
    const label = cm.say(app, mapped ? "source.note" : "source.note.unmapped", { ...plan, status: cm.say(app, `status.${plan.status}`) });
    const button = h("button", { type: "button", class: `cm-badge cm-cite cm-s-${cm.slug(plan.status)}${mapped ? "" : " cm-unplaced"}${cm.goneClass(plan)}`, "aria-label": label, onclick: () => cm.flyTo(app, plan, { by: "source" }) }, plan.number);
    button.dataset.plan = plan.id;
    app.cites.push(button);
    return button;
  }

  // A passage: a row for each of its paragraphs, with the number of the paragraph beside it.
  function passage(app, entry, spans) {
    const rows = [], breaks = entry.breaks || [], starts = new Map(breaks);
    const row = (n) => {
      rows.push([n, []]);
      return rows[rows.length - 1][1];
    };
    let into = row(entry.paragraph);
    if (entry.before) into.push(h("span", { class: "cm-dots" }, cm.say(app, "source.goes-on"), " "));
    for (const piece of cm.cutText(entry.text.length, spans, breaks.map(([at]) => at))) {
      if (starts.has(piece.start)) into = row(starts.get(piece.start));
      let text = entry.text.slice(piece.start, piece.end);
      // The blank line between two paragraphs is theirs no longer: each has a row.
      if (starts.has(piece.end)) text = text.replace(/\s+$/u, "");
      const put = (words) => words && (piece.spans.length ? tinted(app, words, piece.spans) : words);
      if (!piece.ends.length) {
        into.push(put(text));
        continue;
      }
      // A number never stands alone on a line: it is bound to the last word.
      const cut = text.search(/\S{1,24}$/u), numbers = piece.ends.map((span) => number(app, span));
      into.push(put(cut < 0 ? text : text.slice(0, cut)), h("span", { class: "cm-bound" }, put(cut < 0 ? "" : text.slice(cut)), numbers));
    }
    if (entry.after) into.push(h("span", { class: "cm-dots" }, " ", cm.say(app, "source.goes-on")));
    return rows.map(([n, words]) => h("li", { class: "cm-passage" },
      h("span", { class: "cm-para", role: "img", "aria-label": cm.say(app, "paragraph", { n }) }, n), h("p", { lang: entry.lang, dir: "auto" }, words)));
  }

  function source(app, entry, spans) {
    const line = (key, values) => h("p", { class: "cm-small" }, cm.say(app, key, values));
    const told = entry.passages.map((one, i) => [one, spans.get(`${entry.id} ${i}`) || []]).filter(([, own]) => entry.text === "whole" || own.length > 0);
    return h("li", { class: "cm-source" },
      h("h3", { dir: "auto" }, cm.quoted(app, entry.title, entry.lang || "en")),
      h("p", { class: "cm-meta" }, entry.publisher ? cm.text(entry.publisher) : cm.say(app, "publisher.none"), " · ", entry.date || cm.say(app, "date.none"),
        entry.url && [" · ", cm.link(entry.url, cm.say(app, "source.open"), " ↗")]),
      entry.copies.map((words) => h("p", { class: "cm-small cm-copy" }, words.charAt(0).toUpperCase() + words.slice(1))),
      line("source.says", { n: entry.quotes }),
      entry.firstLine && line("source.title-first-line"),
      entry.authors.length > 0 && line("source.authors", { names: entry.authors.join(app.data.messages.joint) }),
      entry.origin && line("source.origin", { origin: entry.origin }),
      entry.digest && line("source.digest", { what: entry.digest }),
      entry.licence && line("source.licence", { licence: entry.licence }),
      entry.text !== "quotes" && line(`source.${entry.text}`),
      told.length > 0 ? h("ol", { class: "cm-passages" }, told.map(([one, own]) => passage(app, { ...one, lang: entry.lang || "en" }, own))) : line("source.no-quotes"),
      entry.file && line("source.file", { file: entry.file }),
      entry.sha256 && h("p", { class: "cm-small cm-hash" }, cm.say(app, "source.sha256", { sha: entry.sha256 })));
  }

  function light(app, id) {
    for (const [plan, nodes] of app.said) for (const node of nodes) node.classList.toggle("cm-on", plan === id);
    for (const button of app.cites) button.classList.toggle("cm-on", button.dataset.plan === id);
  }

  const hush = (app) => {
    for (const [plan, nodes] of app.said) for (const node of nodes) node.classList.toggle("cm-hush", !app.shown.has(plan));
    for (const button of app.cites) button.classList.toggle("cm-hush", !app.shown.has(button.dataset.plan));
  };

  const show = (node) => node && node.scrollIntoView({ block: "center", behavior: cm.calm() ? "auto" : "smooth" });
  const showFirst = (app, id) => show((app.said.get(id) || [])[0]);

  // Filled when it is first looked at, or printed: a page of many articles opens without it.
  cm.sourcesTab = function (app) {
    const list = h("ul", { class: "cm-sources" });
    app.said = new Map();
    app.saidAt = new Map();
    app.cites = [];
    app.fillSources = () => {
      app.fillSources = () => {};
      const spans = spansOf(app);
      list.append(...app.data.sources.map((entry) => source(app, entry, spans)));
      hush(app);
      light(app, app.selected);
    };
    const print = window.matchMedia("print");
    print.addEventListener("change", () => { if (print.matches) app.fillSources(); });
    if (print.matches) app.fillSources();
    window.addEventListener("beforeprint", () => app.fillSources());
    app.on("change", () => hush(app));
    app.on("tab", (key) => {
      if (key !== "sources") return;
      app.fillSources();
      if (app.selected) showFirst(app, app.selected);
    });
    app.on("select", ({ id, by }) => {
      light(app, id);
      if (id && app.tab === "sources" && by !== "source") showFirst(app, id);
    });
    return list;
  };

  // Lead from a quote on a card or at a mark to the very words in their article.
  cm.showQuote = function (app, plan, quote) {
    app.map.closePopup();
    cm.reveal(app, plan);
    cm.pullSheet(app, true);
    cm.showTab(app, "sources");
    cm.select(app, plan.id, { scroll: false, by: "source" });
    const node = (app.saidAt.get(keyOf(quote)) || new Map()).get(plan.id);
    if (!node) return;
    show(node);
    const next = app.cites.find((button) => button.dataset.plan === plan.id && node.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (next) next.focus({ preventScroll: true });
  };
})(citemap);
