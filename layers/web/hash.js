// The state of the page in its address: what is asked, which plan is selected, which tab is open, and the view once the reader has moved the
// map, short enough to be read: `#plan=3&status=-agreed&q=radar&view=24.1,123.4,6`. An address is somebody else's word: it is read as data,
// and what is not known here is passed over.
(function (cm) {
  const FACETS = ["change", "actor", "type", "source", "origin", "precision", "reviewed"];
  const DAY = /^\d{4}-\d\d-\d\d$/, LONGEST = 300, WAIT = 250;

  const written = (text) => encodeURIComponent(text).replace(/%20/g, "+").replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%2F/g, "/");
  const round = (value, digits) => String(Number(value.toFixed(digits)));

  // Write what is asked ({...state, plan, tab, view: [lat, lon, zoom]}) as a hash without its "#"; "" when nothing is asked.
  cm.toHash = function (wish) {
    const parts = [];
    const add = (key, value) => { if (value) parts.push(`${key}=${written(String(value))}`); };
    add("plan", wish.plan);
    add("status", wish.hidden.map((status) => `-${status}`).join(","));
    for (const facet of FACETS) add(facet, wish.facets[facet]);
    add("q", wish.query.trim().slice(0, LONGEST));
    for (const day of ["from", "to", "known"]) add(day, wish[day]);
    if (!wish.undated) add("undated", "no");
    add("tab", wish.tab);
    if (wish.view) add("view", [round(wish.view[0], wish.view[2] > 8 ? 3 : 2), round(wish.view[1], wish.view[2] > 8 ? 3 : 2), round(wish.view[2], 2)].join(","));
    return parts.join("&");
  };

  // Read a hash, with or without "#": {...state, plan, tab, view}, of which what is missing or broken is as when nothing is asked.
  cm.fromHash = function (hash) {
    const wish = { ...cm.nothingAsked(), plan: "", tab: "", view: null };
    const said = new URLSearchParams(String(hash).replace(/^#/, "").slice(0, 4000));
    const text = (key) => (said.get(key) || "").slice(0, LONGEST);
    wish.plan = /^\d{1,6}$/.test(text("plan")) ? Number(text("plan")) : "";
    wish.hidden = [...new Set(text("status").split(",").filter((part) => part.startsWith("-")).map((part) => part.slice(1)))].filter(Boolean);
    for (const facet of FACETS) if (text(facet)) wish.facets[facet] = text(facet);
    wish.query = text("q");
    for (const day of ["from", "to", "known"]) if (DAY.test(text(day))) wish[day] = text(day);
    wish.undated = text("undated") !== "no";
    wish.tab = /^[a-z]+$/.test(text("tab")) ? text("tab") : "";
    const view = text("view").split(",").map((part) => (/^-?\d{1,3}(\.\d{1,8})?$/.test(part) ? Number(part) : NaN));
    if (view.length === 3 && view.every(Number.isFinite) && Math.abs(view[0]) <= 85 && Math.abs(view[1]) <= 400 && view[2] >= 0 && view[2] <= 22) wish.view = view;
    return wish;
  };

  // Of what a hash asks, keep what this page has: `known` says the statuses, and the values of each facet.
  cm.knownWish = function (wish, known) {
    const facets = Object.fromEntries(Object.entries(wish.facets).filter(([facet, value]) => (known.facets[facet] || []).includes(value)));
    return { ...wish, hidden: wish.hidden.filter((status) => known.statuses.includes(status)), facets };
  };

  const known = (app) => ({
    statuses: [...new Set(app.data.plans.map((plan) => plan.status))],
    facets: Object.fromEntries(FACETS.map((facet) => [facet, [...new Set(app.data.plans.flatMap((plan) => plan.facets[facet] || []))]])),
  });

  // Articles have long ids: in an address they go by their place in the list of sources.
  const ordinal = (app, id) => String(app.data.sources.findIndex((source) => source.id === id) + 1);
  const article = (app, number) => (/^\d{1,6}$/.test(number) && app.data.sources[number - 1] ? app.data.sources[number - 1].id : number);

  const numbered = (app, number) => {
    const plans = app.data.plans.filter((plan) => plan.number === number);
    return plans.length === 1 ? plans[0] : null;
  };

  // What the page's address would be, now.
  cm.hashNow = function (app) {
    const { source } = app.state.facets, plan = app.selected && app.plans.get(app.selected), centre = app.map.getCenter();
    return cm.toHash({
      ...app.state, facets: source ? { ...app.state.facets, source: ordinal(app, source) } : app.state.facets,
      plan: plan && numbered(app, plan.number) ? plan.number : "", tab: app.tab && app.tab !== Object.keys(app.tabs)[0] ? app.tab : "",
      view: app.moved ? [centre.lat, centre.lng, app.map.getZoom()] : null,
    });
  };

  function inSight(app, plan) {
    const size = app.map.getSize();
    return app.marks.some((mark) => mark.plans.some((other) => other.id === plan.id) && cm.hits(cm.boxOf(app, mark), [0, 0, size.x, size.y], -12));
  }

  // Make the page what its address says.
  cm.readHash = function (app, hash) {
    const wish = cm.fromHash(hash);
    if (wish.facets.source) wish.facets.source = article(app, wish.facets.source);
    const { hidden, facets, query, from, to, known: day, undated, plan: number, tab, view } = cm.knownWish(wish, known(app));
    const plan = number ? numbered(app, number) : null;
    const asked = { hidden, facets, query, from, to, known: day, undated };
    if (JSON.stringify(asked) !== JSON.stringify(app.state)) cm.ask(app, asked);
    if (view) {
      app.map.setView([view[0], view[1]], view[2], { animate: false });
      app.moved = true;
    }
    if (plan && cm.isShown(app, plan)) {
      if (!view && !inSight(app, plan)) cm.flyTo(app, plan);
      cm.select(app, plan.id, { scroll: true, by: "hash", tell: false });
    } else if (app.selected) cm.select(app, null, {});
    if (app.tabs) cm.showTab(app, Object.hasOwn(app.tabs, tab) ? tab : Object.keys(app.tabs)[0]);
  };

  // Only on a page of our own: on somebody else's the address is theirs. In a frame without an address of its own (srcdoc) there is none to
  // write, and where the browser refuses, the page goes on.
  cm.addHash = function (app) {
    if (!app.page || app.hashed || !app.data.plans || !/^(https?|file):$/.test(location.protocol)) return;
    app.hashed = true;
    let waiting = 0, last = "";
    const write = () => {
      const hash = cm.hashNow(app);
      if (hash === last) return;
      last = hash;
      try {
        history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
      } catch {
        app.addressed = false;
      }
    };
    const later = () => { clearTimeout(waiting); waiting = setTimeout(write, WAIT); };
    app.on("start", () => {
      if (location.hash.length > 1) {
        cm.readHash(app, location.hash);
        last = cm.hashNow(app);
      }
      for (const event of ["change", "select", "tab"]) app.on(event, later);
      app.map.on("moveend", () => { if (app.moved) later(); });
    });
    window.addEventListener("hashchange", () => {
      const said = location.hash.slice(1);
      if (!app.started || said === last) return;
      last = said;
      cm.readHash(app, location.hash);
    });
  };
})(citemap);
