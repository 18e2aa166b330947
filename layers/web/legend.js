// The legend is the filter: a press hides or shows a status, on the map and in the notes.
(function (cm) {
  const { h, s } = cm;

  cm.addLegend = function (app) {
    app.legend = cm.slot(app, "legend");
    if (app.page) app.panels.push(app.legend);
    app.on("change", () => follow(app));
    const counts = new Map();
    for (const plan of app.data.plans) counts.set(plan.status, (counts.get(plan.status) || 0) + 1);
    app.switches = new Map();
    const rows = app.data.styles.filter((style) => counts.has(style.id)).map((style) => {
      const name = cm.say(app, `status.${style.id}`);
      const button = h("button", { type: "button", class: "cm-key", "aria-pressed": "true", "aria-label": cm.say(app, "legend.toggle", { status: name, n: counts.get(style.id) }), onclick: () => {
        const { hidden } = app.state;
        cm.ask(app, { hidden: hidden.includes(style.id) ? hidden.filter((status) => status !== style.id) : [...hidden, style.id] });
      } }, cm.swatch(app, style), h("span", { class: "cm-key-name" }, name), " ", h("span", { class: "cm-key-count" }, counts.get(style.id)));
      button.dataset.status = style.id;
      app.switches.set(style.id, button);
      return h("li", {}, button);
    });
    const context = app.data.context.map((set, i) => {
      const ring = s("svg", { class: "cm-swatch", width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true" }, s("circle", { class: "cm-ring", cx: 14, cy: 8, r: 3.6 }));
      const button = h("button", { type: "button", class: "cm-key cm-key-context", "aria-pressed": "true", onclick: () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        button.setAttribute("aria-pressed", String(on));
        if (on) app.contextGroups[i].addTo(app.map);
        else app.contextGroups[i].remove();
        cm.layout(app);
      } }, ring, h("span", { class: "cm-key-name" }, set.key), " ", h("span", { class: "cm-key-count" }, set.sites.length));
      return h("li", {}, button);
    });
    app.docked = h("div", { class: "cm-docked-list", id: `${app.name}-docked` });
    app.dockHead = h("h2", {}, cm.say(app, "legend.wider"));
    app.dockFold = h("button", { type: "button", class: "cm-fold", "aria-expanded": "false", "aria-controls": `${app.name}-docked`, onclick: () => {
      app.dockOpen = !app.dockOpen;
      cm.layout(app);
    } });
    app.dock = h("div", { class: "cm-dock", hidden: true }, app.dockHead, app.dockFold, app.docked);
    const body = h("div", { class: "cm-legend-body", id: `${app.name}-legend` },
      h("h2", {}, cm.say(app, "legend.title"), " ", h("span", {}, cm.say(app, "legend.hint"))), h("ul", {}, rows, context, cm.mentionedKey(app)), cm.signKey(app), app.dock);
    app.foldNote = h("span", { class: "cm-soft-note" });
    const fold = h("button", { type: "button", class: "cm-fold cm-fold-all", "aria-expanded": "false", "aria-controls": `${app.name}-legend`, onclick: () => {
      fold.setAttribute("aria-expanded", String(app.legend.classList.toggle("cm-unfolded")));
    } }, cm.say(app, "legend.fold"), app.foldNote);
    app.legend.append(fold, body);
    if (!app.page && app.map.getSize().x > 560 && app.map.getSize().y > 420) fold.click();
    if (!rows.length && !context.length) app.legend.hidden = true;
    L.DomEvent.disableClickPropagation(app.legend);
    L.DomEvent.disableScrollPropagation(app.legend);
  };

  // More than six places outside the view are behind one button; fewer are listed.
  const MOST = 6;
  cm.tellDock = function (app, count) {
    const many = count > MOST, words = cm.say(app, "legend.outside", { n: count });
    app.dock.hidden = count === 0;
    app.dockHead.hidden = many;
    app.dockFold.hidden = !many;
    app.dockFold.textContent = words;
    app.dockFold.setAttribute("aria-expanded", String(Boolean(app.dockOpen)));
    app.docked.hidden = many && !app.dockOpen;
    app.foldNote.textContent = count ? ` · ${words}` : "";
  };

  // A press on a status takes it out of what is shown, or back.
  function follow(app) {
    for (const [status, button] of app.switches) button.setAttribute("aria-pressed", String(!app.state.hidden.includes(status)));
  }
})(citemap);
