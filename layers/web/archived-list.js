// The pane: places by number of plans in view, areas named as a whole, what is not on the map; or the card of what is selected. The list says all that
// the map shows, to who cannot see it.
(function (cm) {
  const { h } = cm, STEP = 40;

  function row(state, place) {
    const { app, sums, data } = state, country = cm.countryName(state, place);
    const button = h("button", { type: "button", class: "cm-archived-row", onclick: () => state.pick(cm.pickOf(state, place), { by: "list", opener: place }) }, cm.text(data.names[place]));
    button.dataset.place = place;
    return h("tr", {}, h("th", { scope: "row" }, button), h("td", { class: "cm-archived-country", title: country }, country), h("td", { class: "cm-archived-n" }, cm.count(app, sums.plans[place])), h("td", { class: "cm-archived-n cm-archived-docs" }, cm.count(app, sums.documents[place])));
  }

  function table(state, key, places) {
    const { app } = state, most = state.listed[key] || STEP, n = places.reduce((sum, place) => sum + state.sums.plans[place], 0);
    if (!places.length && key !== "places") return null;
    const head = h("thead", {}, h("tr", {}, ["place", "country", "plans", "documents"].map((column) => h("th", { scope: "col", class: column === "plans" || column === "documents" ? `cm-archived-n cm-archived-${column === "documents" ? "docs" : "plans"}` : `cm-archived-${column}` }, cm.say(app, `archived.column.${column}`)))));
    const more = places.length > most && h("button", { type: "button", class: "cm-plain", onclick: () => { state.listed[key] = most + 4 * STEP; state.redrawList(); } }, cm.say(app, "archived.show", { n: Math.min(places.length - most, 4 * STEP) }));
    return h("section", { class: `cm-archived-list cm-archived-list-${key}` },
      h("table", {}, h("caption", {}, h("span", { class: "cm-archived-caption" }, cm.say(app, `archived.list.${key}`)), " ", h("span", { class: "cm-soft-note" }, cm.say(app, "archived.list.sum", { places: cm.count(app, places.length), plans: cm.say(app, "archived.plans", { n }) }))),
        places.length ? head : null, h("tbody", {}, places.slice(0, most).map((place) => row(state, place)))), more);
  }

  // What lies in the map's window, or has the words that are looked for, most plans first.
  function inView(state) {
    const { data, sums, map } = state, found = { places: [], areas: [], undrawn: [] }, query = cm.fold(state.query), bounds = map.getBounds();
    const [west, east] = [bounds.getWest() / 360 + 0.5, bounds.getEast() / 360 + 0.5], nw = map.project(bounds.getNorthWest(), 0).y / 256, se = map.project(bounds.getSouthEast(), 0).y / 256;
    if (query && !state.folded) state.folded = data.names.map(cm.fold);
    const seen = (left, top, right, bottom) => bottom >= nw && top <= se && [-1, 0, 1].some((turn) => right + turn >= west && left + turn <= east);
    const boxes = state.boxes || (state.boxes = new Map(state.areas.map((area) => [area.place, area.box])));
    for (let i = 0; i < data.places; i++) {
      if (!sums.plans[i] || (query && !state.folded[i].includes(query))) continue;
      const kind = data.kind[i];
      if (kind === cm.UNDRAWN) found.undrawn.push(i);
      else if (kind === cm.POINT) { if (query || seen(data.x[i], data.y[i], data.x[i], data.y[i])) found.places.push(i); }
      else if (query || seen(...boxes.get(i))) found.areas.push(i);
    }
    for (const list of Object.values(found)) list.sort((a, b) => sums.plans[b] - sums.plans[a] || a - b);
    return found;
  }

  const facts = (state) => {
    const { app, data: { own }, quotes } = state, rows = [
      cm.say(app, "archived.method.read", { documents: cm.say(app, "archived.documents", { n: own.documents }), aside: cm.count(app, own.aside) }),
      cm.say(app, "archived.method.plans", { plans: cm.say(app, "archived.plans", { n: own.plans }), unplaced: cm.count(app, own.unplaced) }),
      cm.say(app, "archived.method.quotes", { shown: cm.count(app, quotes.count), offered: cm.count(app, own.offered), file: own.files.plans.split("{country}").join("…") }),
      cm.say(app, "archived.method.counts", { file: own.files.counts }),
      own.left.places ? cm.say(app, "archived.method.left", { n: own.left.places, plans: cm.count(app, own.left.plans), file: own.files.counts }) : null,
      own.step === "year" ? cm.say(app, "archived.method.years") : null,
      cm.say(app, "archived.method.twice"), cm.say(app, "archived.method.hexes"), cm.say(app, "archived.method.areas"), cm.say(app, "archived.method.said"),
    ];
    return h("section", { class: "cm-method cm-archived-method", tabindex: -1 }, h("h2", {}, cm.say(app, "tab.method")), rows.filter(Boolean).map((words) => h("p", {}, words)));
  };

  cm.addArchiveList = function (state) {
    const { app, map } = state, pane = (app.pane = cm.slot(app, "archived-pane")), body = h("div", { class: "cm-panels" });
    state.listed = {};
    state.query = "";
    const search = h("input", { type: "search", class: "cm-archived-search", placeholder: cm.say(app, "archived.find"), "aria-label": cm.say(app, "archived.find"), maxlength: 80 });
    let typing = 0;
    search.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { state.query = search.value; state.listed = {}; draw(); }, 120); });
    app.puller = h("button", { type: "button", class: "cm-puller", "aria-expanded": "false", onclick: () => pull(!pane.classList.contains("cm-up")) }, cm.say(app, "archived.open"));
    const pull = (up) => {
      pane.classList.toggle("cm-up", up);
      app.puller.setAttribute("aria-expanded", String(up));
      app.puller.textContent = cm.say(app, up ? "pane.shut" : "archived.open");
    };
    const tables = h("div", {}), list = h("div", { class: "cm-archived-lists" }, search, tables, facts(state)), card = h("div", {});
    body.append(card, list);
    pane.append(app.puller, body);
    const draw = () => {
      const { places, areas, undrawn } = inView(state);
      tables.replaceChildren(...[table(state, state.query ? "found" : "places", places), table(state, "areas", areas), table(state, "undrawn", undrawn)].filter(Boolean));
    };
    state.redrawList = draw;
    let waiting = 0;
    const later = () => { clearTimeout(waiting); waiting = setTimeout(draw, 60); };
    map.on("moveend", later);
    const show = (focus) => {
      list.hidden = Boolean(state.picked);
      if (!state.picked) return card.replaceChildren();
      const made = cm.archiveCard(state);
      card.replaceChildren(made.card);
      body.scrollTop = 0;
      if (focus) {
        made.title.focus({ preventScroll: true });
        cm.tell(app, made.words);
      }
    };
    state.follow(() => { draw(); show(false); });
    state.onPick(({ by, opener }) => {
      if (opener !== undefined) state.opener = opener;
      show(by !== "start");
      if (by !== "start" && state.picked) pull(true);
      if (!state.picked) {
        draw();
        const back = tables.querySelector(`[data-place="${state.opener}"]`) || search;
        if (by === "back" || by === "escape") back.focus();
      }
    });
    const how = app.root.querySelector(".cm-how");
    if (how) how.addEventListener("click", (event) => {
      event.preventDefault();
      if (state.picked) state.pick(null, { by: "how" });
      pull(true);
      const there = list.querySelector(".cm-archived-method");
      there.scrollIntoView({ block: "start" });
      there.focus({ preventScroll: true });
    });
    pane.addEventListener("keydown", (event) => { if (event.key === "Escape" && state.picked) state.pick(null, { by: "escape" }); });
  };
})(citemap);
