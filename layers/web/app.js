// The app around a map: its data, its store, the ground that all parts stand on. A part is one element of folium in Python and one function in
// `citemap.parts` here; on our own page it finds its place ready, on anybody's map it makes itself one.
(function (cm) {
  const { h, s } = cm;

  // The app of a map, made when the first part is added to it.
  cm.appOf = function (map, root) {
    if (map.citemap) return map.citemap;
    const container = map.getContainer();
    const app = {
      map, name: container.id, root: root || container, page: Boolean(root), data: {}, panels: [], marks: [], distances: [], groups: {},
      contextGroups: [], cards: new Map(), waiting: [], layout: () => cm.layout(app),
    };
    map.citemap = app;
    if (!root) container.classList.add("cm", "cm-guest");
    app.fontFamily = getComputedStyle(app.root).fontFamily;
    cm.addStore(app);
    app.live = h("p", { class: "cm-live", role: "status", "aria-live": "polite" });
    app.root.appendChild(app.live);
    const pane = map.createPane("cm-notes");
    pane.style.zIndex = 640;
    app.overlay = h("div", { class: "cm-overlay" });
    app.ink = s("svg", { class: "cm-ink", "aria-hidden": "true" });
    app.overlay.appendChild(app.ink);
    pane.appendChild(app.overlay);
    let waiting = 0;
    app.settled = () => cancelAnimationFrame(waiting);
    app.later = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => cm.layout(app)); };
    map.on("popupopen", () => app.root.classList.add("cm-popped"));
    map.on("popupclose", () => app.root.classList.remove("cm-popped"));
    map.on("zoomstart", () => app.overlay.classList.add("cm-away"));
    map.on("zoomend moveend", app.later);
    map.on("dragstart zoomstart", () => { app.moved = true; });
    app.on("change", () => { map.closePopup(); app.later(); });
    return app;
  };

  // Where a part stands: the place that our page keeps for it, or one over the corner of somebody else's map.
  cm.slot = function (app, name) {
    const kept = app.root.querySelector(`[data-slot="${name}"]`);
    if (kept) return kept;
    const made = h("div", { class: `cm-alone cm-${name}`, "data-slot": name });
    L.DomEvent.disableClickPropagation(made);
    L.DomEvent.disableScrollPropagation(made);
    // A legend stacks with the map's own controls; the notes stand over the right side.
    if (name === "legend" || (name === "points" && !app.page)) Object.assign(new L.Control({ position: "bottomleft" }), { onAdd: () => made }).addTo(app.map);
    else app.map.getContainer().appendChild(made);
    if (name === "pane" || (name === "points" && app.page)) app.panels.push(made);
    return made;
  };

  // What stands under and beside the marks is made when these are on the screen. Not so where nobody looks yet, or where the address asks for
  // a view. The timeline keeps its place free meanwhile.
  const AFTER = new Set(["pane", "table", "time"]);
  const hurried = () => document.hidden || location.hash.length > 1;

  cm.afterMarks = function (app, draw) {
    if (app.page && !app.started && !hurried()) app.waiting.push(draw);
    else draw();
  };

  function afterPaint(act) {
    let done = false;
    const once = () => { if (!done) act(); done = true; };
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(once)));
    setTimeout(once, 400);
  }

  // The data that a part names, read from the page once, when it is first asked for, however many parts name it.
  function name(app, key) {
    const block = document.getElementById(`${app.name}-${key}`);
    let value;
    Object.defineProperty(app.data, key, { configurable: true, enumerable: true, get: () => (value = value || (block ? JSON.parse(block.textContent) : undefined)) });
  }

  // Add a part to a map: what Python's `MapPart` calls. `keys` are blocks of data that parts share, `own` one that is the part's alone.
  cm.part = function (map, kind, keys, own) {
    const app = cm.appOf(map);
    for (const key of keys) if (!(key in app.data)) name(app, key);
    Object.assign(app.data, app.data.words);
    cm.addPlans(app);
    const draw = () => cm.parts[kind](app, own ? JSON.parse(document.getElementById(own).textContent) : undefined);
    if (kind === "time" && app.page) cm.slot(app, "time").classList.add("cm-awaited");
    if (AFTER.has(kind)) cm.afterMarks(app, draw);
    else draw();
    if (app.started || !app.page) cm.begin(app);
  };

  // On somebody else's map the parts are laid out when the last of them is there.
  cm.begin = function (app) {
    app.ready = true;
    app.later();
  };

  // Our own page: the map of a name, empty and without a view, so that no part draws itself before `start` knows where the map opens.
  cm.boot = function (name, [west, south, east, north]) {
    const map = L.map(name, {
      zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 90, minZoom: 1.5, maxZoom: 11,
      maxBounds: [[-84, -400], [85, 400]], maxBoundsViscosity: 0.8, zoomAnimation: !cm.calm(), fadeAnimation: false, markerZoomAnimation: !cm.calm(),
    });
    const root = document.getElementById(`${name}-app`);
    const app = cm.appOf(map, root);
    cm.addEmbed(app);
    app.bounds = [[south, west], [north, east]];
    return map;
  };

  // First the ground and the marks, where they are to be seen; then, in the next moment, numbers, names and what stands beside the map.
  // Some numbers stand in the legend, which may then cover a mark. Those beyond the opening view are put there first; only where the legend
  // grows all the same are the view sought and all laid out once more.
  cm.start = function (map) {
    const app = map.citemap;
    app.started = true;
    if (app.docked) cm.fillDock(app);
    cm.openView(app);
    app.settled();
    app.overlay.classList.add("cm-away");
    if (hurried()) finish(app);
    else afterPaint(() => finish(app));
  };

  function finish(app) {
    const { map } = app, high = () => (app.legend ? app.legend.offsetHeight : 0);
    for (const draw of app.waiting.splice(0)) draw();
    for (const slot of app.root.querySelectorAll(".cm-awaited")) slot.classList.remove("cm-awaited");
    // What was drawn now may have left the map another size than was kept free for it.
    const was = map.getSize();
    map.invalidateSize({ animate: false, pan: false });
    if (!app.moved && !map.getSize().equals(was)) cm.openView(app);
    const before = high();
    app.ready = app.opening = true;
    cm.layout(app);
    app.opening = false;
    if (high() !== before && !app.moved) cm.openView(app);
    if (high() !== before) cm.layout(app);
    app.settled();
    let last = map.getSize();
    new ResizeObserver(() => {
      const now = map.getContainer();
      if (now.clientWidth === last.x && now.clientHeight === last.y) return;
      map.invalidateSize({ animate: false });
      last = map.getSize();
      if (!app.moved) cm.openView(app);
      app.later();
    }).observe(map.getContainer());
    cm.addHash(app);
    app.fire("start");
    app.root.classList.add("cm-ready");
  }
})(citemap);
