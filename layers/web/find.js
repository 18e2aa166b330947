// Find: a bar at the head of the pane. A search through summaries, quotes and names in every script, filters by what the plans have in common,
// how many are left, and a way back. Words that were looked for are marked in the notes.
(function (cm) {
  const { h } = cm;
  const WAIT = 120;
  const FACETS = ["change", "actor", "type", "source", "origin", "precision", "reviewed"];

  // A value of a facet in words.
  cm.facetWords = function (app, facet, value) {
    const key = { type: `event.${value}`, precision: `level.${value}`, change: `change.${value}`, reviewed: value === "none" ? "review.none" : `reviewed.${value}` }[facet];
    if (key) return key in app.data.messages ? cm.say(app, key) : value;
    if (facet !== "source") return value;
    const source = app.data.sources.find((entry) => entry.id === value);
    if (!source) return value;
    return [source.publisher, cm.titleOf(app, source, 60)].filter(Boolean).join(cm.say(app, "joint"));
  };

  // A title between the quotation marks of the language, cut where it is long.
  cm.titleOf = (app, { title }, most) => cm.say(app, "quoted", { words: title.length > most ? `${[...title].slice(0, most).join("").trimEnd()} …` : title });

  // In the order in which the words are told: levels from the most precise, sources as listed, all else by name.
  function inOrder(app, facet, values) {
    const given = { precision: cm.LEVELS, source: app.data.sources.map((source) => source.id), reviewed: ["none", "accept", "correct", "reject"], change: ["new", "changed", "gone", "same"] }[facet];
    const words = new Map(values.map((value) => [value, cm.facetWords(app, facet, value)]));
    return values.sort((a, b) => (given ? given.indexOf(a) - given.indexOf(b) : words.get(a).localeCompare(words.get(b), app.data.language)));
  }

  function select(app, facet) {
    const all = cm.facetCounts(app.data.plans, facet, cm.nothingAsked(), () => "");
    if (all.size < 2) return null;
    const any = h("option", { value: "" }, cm.say(app, "find.any"));
    const options = inOrder(app, facet, [...all.keys()]).map((value) => h("option", { value }));
    const node = h("select", { id: `${app.name}-find-${facet}`, class: "cm-select" }, any, options);
    node.addEventListener("change", () => cm.ask(app, { facets: { ...app.state.facets, [facet]: node.value } }));
    const follow = () => {
      const counts = cm.facetCounts(app.data.plans, facet, app.state, (plan) => cm.hayOf(app, plan)), now = app.state.facets[facet] || "";
      for (const option of options) {
        const left = (counts.get(option.value) || [0, 0])[1];
        option.textContent = cm.say(app, "find.option", { value: cm.facetWords(app, facet, option.value), n: left });
        option.disabled = left === 0 && option.value !== now;
      }
      node.value = now;
      node.classList.toggle("cm-set", Boolean(now));
    };
    return { follow, field: h("div", { class: "cm-facet" }, h("label", { for: node.id }, cm.say(app, `find.${facet}`)), node) };
  }

  // Split the texts of a note where the words stand. What was split before is put together again first.
  function unmark(card) {
    for (const hit of card.querySelectorAll("mark.cm-hit")) {
      const parent = hit.parentNode;
      hit.replaceWith(document.createTextNode(hit.textContent));
      parent.normalize();
    }
    const named = card.querySelector(".cm-by-name");
    if (named) named.remove();
  }

  function mark(app, plan, card, words) {
    const texts = [], walk = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) if (!walk.currentNode.parentNode.closest(".cm-badge, .cm-chip, figcaption")) texts.push(walk.currentNode);
    for (const text of texts) {
      const spans = cm.found(text.data, words);
      if (!spans.length) continue;
      const parts = [];
      let at = 0;
      for (const [start, end] of spans) {
        parts.push(text.data.slice(at, start), h("mark", { class: "cm-hit" }, text.data.slice(start, end)));
        at = end;
      }
      text.replaceWith(...[...parts, text.data.slice(at)].filter((part) => part !== ""));
    }
    // A word that stands in no text of the note was found in another name of a place: say in which.
    const seen = cm.fold(card.textContent), names = new Set();
    for (const word of words) {
      if (seen.includes(word)) continue;
      const name = plan.names.find((other) => cm.fold(other).includes(word));
      if (name) names.add(name);
    }
    const meta = card.querySelector(".cm-meta");
    if (!names.size || !meta) return;
    const line = h("p", { class: "cm-small cm-by-name" }, cm.say(app, "find.named"), " ");
    [...names].forEach((name, i) => {
      const [span] = cm.found(name, words);
      line.append(i ? cm.say(app, "joint") : "", h("bdi", { dir: "auto" }, span ? [name.slice(0, span[0]), h("mark", { class: "cm-hit" }, name.slice(...span)), name.slice(span[1])] : name));
    });
    meta.after(line);
  }

  // The notes that are left and written; one that is written later is marked then.
  function markCards(app) {
    const words = cm.wordsOf(app.state.query), asked = words.join(" ");
    if (!asked && !app.markedFor) return;
    for (const card of app.list.querySelectorAll(".cm-card:has(.cm-hit)")) unmark(card);
    app.markedFor = asked;
    if (!asked) return;
    for (const id of app.shown) if (!app.unwritten.has(id)) mark(app, app.plans.get(id), app.cards.get(id), words);
  }

  // A note that is written while something is looked for.
  cm.markCard = (app, plan, card) => mark(app, plan, card, cm.wordsOf(app.state.query));

  // A link to what is seen now, where the browser lets a page write to the clipboard.
  function copier(app) {
    if (!app.page || !window.isSecureContext || !navigator.clipboard || !/^(https?|file):$/.test(location.protocol)) return null;
    const button = h("button", { type: "button", class: "cm-linked", onclick: async () => {
      const hash = cm.hashNow(app), address = location.href.replace(/#.*/, "") + (hash ? `#${hash}` : "");
      let key = "find.copied";
      try {
        await navigator.clipboard.writeText(address);
      } catch {
        key = "find.uncopied";
      }
      button.textContent = cm.say(app, key);
      cm.tell(app, cm.say(app, key));
      setTimeout(() => { button.textContent = cm.say(app, "find.copy"); }, 2500);
    } }, cm.say(app, "find.copy"));
    return button;
  }

  // The bar and the line under it, which is there only while something is asked.
  cm.findBar = function (app) {
    let waiting = 0;
    const field = h("input", { type: "search", class: "cm-query", "aria-label": cm.say(app, "find.label"), placeholder: cm.say(app, "find.hint"), autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
    const search = () => {
      clearTimeout(waiting);
      if (field.value !== app.state.query) cm.ask(app, { query: field.value });
    };
    field.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, WAIT); });
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter") search();
      if (event.key !== "Escape" || !field.value) return;
      event.preventDefault();
      field.value = "";
      search();
    });
    const selects = FACETS.map((facet) => select(app, facet)).filter(Boolean);
    const facets = h("div", { class: "cm-facets", id: `${app.name}-facets`, hidden: true }, selects.map((one) => one.field));
    const set = h("span", { class: "cm-set-count" });
    const filter = h("button", { type: "button", class: "cm-filter", "aria-expanded": "false", "aria-controls": facets.id, onclick: () => open(facets.hidden) }, cm.say(app, "find.filter"), set);
    const open = (on) => {
      facets.hidden = !on;
      filter.setAttribute("aria-expanded", String(on));
    };
    facets.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      open(false);
      filter.focus();
    });
    const count = h("span", {}), reset = h("button", { type: "button", class: "cm-linked cm-reset", onclick: () => { cm.askNothing(app); field.focus(); } }, cm.say(app, "find.reset"));
    const line = h("p", { class: "cm-filtered", hidden: true }, count, copier(app), reset);
    app.find = h("div", { class: "cm-find", role: "search", "aria-label": cm.say(app, "find.label") },
      h("div", { class: "cm-find-row" }, field, selects.length > 0 && filter), facets, line);
    const follow = () => {
      const n = app.shown.size, all = app.plans.size, chosen = Object.values(app.state.facets).filter(Boolean).length;
      for (const one of selects) one.follow();
      if (document.activeElement !== field || !app.state.query) field.value = app.state.query;
      set.textContent = chosen || "";
      filter.classList.toggle("cm-set", chosen > 0);
      line.hidden = !cm.isAsked(app.state);
      count.textContent = n ? cm.say(app, "find.left", { n, all: cm.count(app, all) }) : cm.say(app, "find.nothing");
      markCards(app);
    };
    app.on("change", follow);
    for (const one of selects) one.follow();
    return app.data.plans.length > 1 ? app.find : null;
  };
})(citemap);
