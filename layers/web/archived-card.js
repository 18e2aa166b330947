// What is said of a place, an area or a hexagon: counts by status, the quotes that are in the page, and where the rest is.
(function (cm) {
  const { h } = cm, QUOTES = 6, LISTED = 8;

  const LEVELS = { 3: "district", 4: "province", 5: "area", 6: "country", 7: "sea" };

  cm.precisionOf = function (state, place) {
    const { app, data: { precision, radius, kind } } = state, km = Math.max(1, Math.round(radius[place] / 1000));
    if (kind[place] === cm.UNDRAWN) return cm.say(app, "archived.undrawn.why");
    if (LEVELS[precision[place]]) return cm.say(app, `precision.${LEVELS[precision[place]]}`);
    if (kind[place] === cm.SMALL) return cm.say(app, "precision.area");
    return radius[place] ? cm.say(app, "precision.point.near", { km: cm.count(app, km) }) : cm.say(app, "precision.point");
  };

  // The name of a country in the language of the page, as the browser knows it.
  cm.countryName = function (state, place) {
    const code = cm.countryOf(state, place), { app } = state;
    if (!/^[A-Z]{2}$/.test(code)) return code;
    app.regions = app.regions || new Intl.DisplayNames([app.data.messages.locale], { type: "region", fallback: "code" });
    return app.regions.of(code);
  };

  cm.countryOf = (state, place) => state.data.own.countries[state.data.country[place]];

  function statuses(state, places) {
    const { app, data: { own }, ask } = state, found = cm.statusesOf(state.data, places, ask), greatest = Math.max(1, ...found);
    const rows = own.statuses.map((status, k) => ({ status, n: found[k], off: ask.hidden[k] })).filter(({ n }) => n);
    return h("table", { class: "cm-archived-counts" }, h("caption", { class: "cm-unseen" }, cm.say(app, "archived.bystatus")), h("tbody", {}, rows.map(({ status, n, off }) => {
      const bar = h("span", { class: "cm-archived-bar" });
      bar.style.width = `${Math.max(1, (100 * n) / greatest)}%`;
      return h("tr", { class: off ? "cm-archived-off" : null }, h("th", { scope: "row" }, cm.glyph(app.data.styles.find((one) => one.id === status)), h("span", {}, cm.say(app, `status.${status}`))),
        h("td", { class: "cm-archived-n" }, cm.count(app, n)), h("td", { class: "cm-archived-bar-cell", "aria-hidden": "true" }, bar));
    })));
  }

  function quote(state, said, withPlace) {
    const { app, data } = state;
    const where = withPlace && [cm.text(data.names[said.place]), " · "];
    return h("li", { class: "cm-card" },
      h("div", { class: "cm-archived-card-head" }, h("h4", { dir: "auto" }, said.summary), cm.chip(app, said.status)),
      h("p", { class: "cm-meta" }, where, cm.precisionOf(state, said.place)),
      h("figure", { class: "cm-quote" }, h("blockquote", { dir: "auto" }, cm.quoted(app, said.quote)),
        h("figcaption", {}, cm.list(app, [said.publisher ? cm.text(said.publisher) : cm.say(app, "publisher.none"), said.title && cm.quoted(app, said.title), said.published ? cm.text(said.published) : cm.say(app, "date.none")], "joint.source"),
          /^https?:\/\//i.test(said.url) ? [" · ", cm.link(said.url, cm.say(app, "source.open"), " ↗")] : null)),
      h("p", { class: "cm-small" }, [said.reports ? cm.say(app, "reports", { n: said.reports }) : null, said.origins ? cm.say(app, "origins", { n: said.origins }) : null].filter(Boolean).join(" · "),
        said.doc_id ? [said.reports || said.origins ? " · " : null, cm.mix(app, "archived.document", { id: cm.text(said.doc_id) })] : null));
  }

  // The best of every place, then the second best.
  function chosen(state, places) {
    const each = places.map((place) => state.quotes.of(place, state.ask)), found = [], all = each.reduce((n, list) => n + list.length, 0);
    for (let rank = 0; found.length < QUOTES && each.some((list) => list.length > rank); rank++) for (const list of each) if (list.length > rank && found.length < QUOTES) found.push(list[rank]);
    return { found, all };
  }

  function file(state, place) {
    const { files } = state.data.own, country = cm.countryOf(state, place) || files.nowhere;
    return files.plans.split("{country}").join(country);
  }

  async function quotes(state, slot, places, n) {
    const { app } = state, { found, all } = chosen(state, places), turn = (state.turn = (state.turn || 0) + 1);
    const said = await Promise.all(found.map((i) => state.quotes.tell(i)));
    const ids = places.length === 1 ? await state.quotes.ids() : null;
    if (turn !== state.turn) return;
    const paths = [...new Set(places.map((place) => file(state, place)))];
    const rest = h("p", { class: "cm-small cm-archived-rest" }, cm.mix(app, "archived.rest", { file: h("code", {}, cm.text(paths.slice(0, 3).join(", ")), paths.length > 3 ? ", …" : null) }),
      ids ? [" ", cm.mix(app, "archived.rest.where", { id: h("code", {}, cm.text(ids[places[0]])) })] : null);
    const list = h("ol", { class: "cm-cards" }, said.map((one) => quote(state, one, places.length > 1)));
    const more = all > found.length ? h("p", { class: "cm-small" }, cm.say(app, "archived.more", { count: cm.count(app, all - found.length) })) : null;
    slot.replaceChildren(...[h("h3", {}, cm.say(app, "archived.quotes", { shown: cm.count(app, found.length), n })), said.length ? list : h("p", { class: "cm-small" }, cm.say(app, "archived.noquotes")), more, rest].filter(Boolean));
    slot.dataset.ready = "yes";
  }

  // Places as buttons, those with the most plans first.
  cm.placeButtons = (state, places, most) => h("ol", { class: "cm-archived-places" }, places.slice(0, most).map((place) =>
    h("li", {}, h("button", { type: "button", class: "cm-archived-row", onclick: () => state.pick(cm.pickOf(state, place), { by: "list" }) }, cm.text(state.data.names[place]), h("span", { class: "cm-key-count" }, cm.count(state.app, state.sums.plans[place]))))));

  cm.pickOf = (state, place) => (state.data.kind[place] === cm.AREA || state.data.kind[place] === cm.SMALL ? { area: place, place } : { place });

  // The places that a selection stands for.
  cm.placesOf = function (state, picked) {
    if (picked.hex === undefined) return [picked.place];
    const { at } = cm.hexesOf(state, picked.level), found = [];
    for (let i = 0; i < at.length; i++) if (at[i] === picked.hex && state.sums.plans[i]) found.push(i);
    return found.sort((a, b) => state.sums.plans[b] - state.sums.plans[a] || a - b);
  };

  cm.archiveCard = function (state) {
    const { app, picked, data, sums } = state, places = cm.placesOf(state, picked), n = places.reduce((sum, place) => sum + sums.plans[place], 0);
    const one = picked.hex === undefined, name = one ? data.names[picked.place] : null;
    // A country needs not be said to lie in itself.
    const country = one && data.precision[picked.place] < 6 && cm.countryName(state, picked.place), docs = one ? cm.say(app, "archived.documents.here", { n: sums.documents[picked.place] }) : null;
    const title = h("h2", { tabindex: -1, class: "cm-archived-title" }, one ? cm.text(name) : cm.say(app, "archived.hexagon", { n: places.length }));
    const slot = h("div", { class: "cm-archived-quotes" }, h("p", { class: "cm-small" }, cm.say(app, "points.wait")));
    const above = (picked.areas || []).filter((place) => sums.plans[place]);
    const card = h("section", { class: "cm-archived-card" },
      h("button", { type: "button", class: "cm-plain cm-archived-back", onclick: () => state.pick(null, { by: "back" }) }, cm.say(app, "archived.back")),
      title,
      h("p", { class: "cm-meta" }, one ? cm.list(app, [country && cm.text(country), cm.precisionOf(state, picked.place), data.own.authorities[data.authority[picked.place]] && cm.mix(app, "archived.authority", { name: cm.text(data.own.authorities[data.authority[picked.place]]) })]).map((part) => (part === app.data.messages.joint ? " · " : part)) : cm.say(app, "archived.hexagon.what")),
      h("p", { class: "cm-archived-sum" }, h("strong", {}, cm.say(app, "archived.plans", { n })), docs ? ` · ${docs}` : null, ` · ${cm.spanWords(state)}`),
      statuses(state, places),
      one ? null : h("section", {}, h("h3", {}, cm.say(app, "archived.places.in")), cm.placeButtons(state, places, LISTED), places.length > LISTED ? h("p", { class: "cm-small" }, cm.say(app, "archived.places.more", { n: places.length - LISTED })) : null),
      above.length ? h("section", {}, h("h3", {}, cm.say(app, "archived.areas.here")), cm.placeButtons(state, above, LISTED)) : null,
      slot);
    quotes(state, slot, places, n);
    return { card, title, words: `${one ? name : cm.say(app, "archived.hexagon", { n: places.length })}: ${cm.say(app, "archived.plans", { n })}` };
  };
})(citemap);
