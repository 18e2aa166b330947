// The map of an archive: `layers.draw_archive` in Python. One state, what is asked; the canvas, the time, the legend and the list follow it.
(function (cm) {
  const { h } = cm;

  function makeState(app, own, data, quotes) {
    const followers = [], picks = [];
    const state = {
      app, data, quotes, map: app.map, hexes: new Map(), areas: [], areasOn: true, picked: null,
      ask: { hidden: own.statuses.map(() => false), from: 1, to: own.periods, undated: true },
      follow: (act) => followers.push(act),
      onPick: (act) => picks.push(act),
      hexed: (place, zoom) => !cm.isSingle(state, zoom) && cm.hexesOf(state, cm.levelOf(zoom)).at[place] >= 0,
      sum() {
        const { kind } = data;
        state.sums = cm.sumUp(data, state.ask);
        state.greatest = state.areaGreatest = 0;
        for (let i = 0; i < data.places; i++) {
          if (kind[i] === cm.POINT) state.greatest = Math.max(state.greatest, state.sums.plans[i]);
          else if (kind[i] !== cm.UNDRAWN) state.areaGreatest = Math.max(state.areaGreatest, state.sums.plans[i]);
        }
        state.areaClasses = cm.classesOf(state.areaGreatest);
      },
      change(wish) {
        state.ask = { ...state.ask, ...wish };
        state.sum();
        state.layer.redraw();
        for (const act of followers) act();
        cm.tell(app, cm.say(app, "archived.live", { plans: cm.say(app, "archived.plans", { n: state.sums.total }), span: cm.spanWords(state) }));
      },
      pick(picked, how = {}) {
        state.picked = picked;
        if (picked && how.by === "list" && data.kind[picked.place] !== cm.UNDRAWN) goTo(state, picked);
        state.layer.redraw();
        for (const act of picks) act(how);
      },
      begin() { for (const act of followers) act(); },
    };
    return state;
  }

  // Show what was chosen in a list: near enough to stand singly, a whole area inside the view.
  function goTo(state, { place, area }) {
    const { map, data } = state, motion = { animate: !cm.calm(), duration: 0.2 };
    if (area === undefined) return map.setView([data.lat[place], data.lon[place]], Math.max(map.getZoom(), Math.min(map.getMaxZoom(), state.single + 0.5)), motion);
    const { box } = state.areas.find((one) => one.place === area), at = (x, y) => map.unproject(L.point(x * 256, y * 256), 0);
    const bounds = L.latLngBounds(at(box[0], Math.max(0, box[1])), at(box[2], Math.min(1, box[3])));
    return map.setView(bounds.getCenter(), Math.min(9, map.getBoundsZoom(bounds.pad(0.15))), motion);
  }

  function listen(state) {
    const { map, layer } = state, tip = h("div", { class: "cm-archived-tip", "aria-hidden": "true", hidden: true });
    map.getContainer().append(tip);
    map.on("click", (event) => {
      const touch = event.originalEvent && event.originalEvent.pointerType === "touch";
      const found = layer.at(event.containerPoint, touch);
      if (found || state.picked) state.pick(found, { by: "map" });
    });
    let waiting = 0;
    map.on("mousemove", (event) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const found = map.dragging.moving() ? null : layer.at(event.containerPoint, false);
        map.getContainer().classList.toggle("cm-points-over", Boolean(found));
        tip.hidden = !found;
        if (!found) return;
        const n = found.hex === undefined ? state.sums.plans[found.place] : cm.hexesOf(state, found.level).counts.get(found.hex);
        tip.textContent = (found.hex === undefined ? `${cm.apart(state.data.names[found.place])}: ` : "") + cm.say(state.app, "archived.plans", { n });
        const left = event.containerPoint.x > map.getSize().x - 190;
        tip.style.left = `${event.containerPoint.x + (left ? -12 : 14)}px`;
        tip.style.top = `${event.containerPoint.y + 14}px`;
        tip.classList.toggle("cm-archived-tip-left", left);
      });
    });
    map.on("mouseout movestart", () => { tip.hidden = true; });
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.picked) state.pick(null, { by: "map" });
      // The middle of the map is where a keyboard points.
      if (event.key === "Enter" && event.target === map.getContainer()) {
        const size = map.getSize(), found = layer.at(L.point(size.x / 2, size.y / 2), true);
        if (found) state.pick(found, { by: "map" });
      }
    });
  }

  async function start(app, own) {
    Object.assign(app.data.messages, own.messages);
    const [data, quotes] = await Promise.all([cm.unpackArchive(own), cm.unpackQuotes(app, own)]);
    const state = makeState(app, own, data, quotes), { map } = app;
    const xs = [], ys = [];
    for (let i = 0; i < data.places; i++) if (data.kind[i] === cm.POINT) { xs.push(data.x[i]); ys.push(data.y[i]); }
    state.single = cm.singleZoom(xs, ys);
    state.areas = cm.makeAreas(data);
    state.sum();
    state.has = [...cm.statusesOf(data, Array.from({ length: data.places }, (_, i) => i), state.ask)].map(Boolean);
    map.createPane("cm-archived").style.zIndex = 430;
    map.getPane("cm-archived").style.pointerEvents = "none";
    state.layer = new cm.ArchiveLayer(state);
    app.archive = state;
    cm.addArchiveTime(state);
    cm.addArchiveList(state);
    state.layer.addTo(map);
    cm.addArchiveLegend(state);
    listen(state);
    // Of the whole world a picture of the world says nothing.
    const wide = () => app.root.classList.toggle("cm-archived-wide", map.getBounds().getEast() - map.getBounds().getWest() > 140);
    map.on("moveend", wide);
    wide();
    state.begin();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => state.layer.restyle());
    window.matchMedia("print").addEventListener("change", () => setTimeout(() => state.layer.restyle(), 0));
    app.root.classList.add("cm-archived-ready");
  }

  // On a phone the whole world is seen as well.
  const open = (app, own) => {
    app.map.setMinZoom(0.75);
    return start(app, own);
  };

  cm.parts.archived = (app, own) => open(app, own).catch((error) => {
    cm.slot(app, "archived-pane").append(h("p", { class: "cm-small", role: "alert" }, cm.say(app, "points.broken")));
    window.reportError(error);
  });
})(citemap);
