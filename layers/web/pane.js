// The pane beside the map: plans, sources, what is not mapped, how to read it. On a phone it is a sheet that a button pulls up.
(function (cm) {
  const { h } = cm;

  function plans(app) {
    app.note = h("p", { class: "cm-filtered", role: "status" });
    app.list = h("ol", { class: "cm-cards" }, app.data.plans.map((plan) => cm.card(app, plan)));
    return [app.note, app.data.plans.length ? app.list : h("p", { class: "cm-empty" }, cm.say(app, "plans.empty"))];
  }

  function source(app, entry) {
    const line = (key, values) => h("p", { class: "cm-small" }, cm.say(app, key, values));
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
      entry.file && line("source.file", { file: entry.file }),
      entry.sha256 && h("p", { class: "cm-small cm-hash" }, cm.say(app, "source.sha256", { sha: entry.sha256 })));
  }

  function method(app) {
    const parts = ["marks", "where", "said", "told", "review", "left", "base"];
    return [
      parts.map((part) => h("section", { class: "cm-method" }, h("h3", {}, cm.say(app, `method.${part}.head`)), h("p", {}, cm.say(app, `method.${part}`)))),
      h("section", { class: "cm-method cm-online" }, h("p", {}, cm.say(app, app.data.tiles ? "method.online" : "method.offline")), app.data.tiles && cm.tilesSwitch(app)),
    ];
  }

  cm.parts.pane = function (app) {
    app.pane = cm.slot(app, "pane");
    const counts = { plans: app.data.plans.length, sources: app.data.sources.length, unmapped: cm.leftCount(app) };
    const panels = { plans: plans(app), sources: h("ul", { class: "cm-sources" }, app.data.sources.map((entry) => source(app, entry))), unmapped: cm.leftTab(app), method: method(app) };
    app.tabs = {};
    const bar = h("div", { class: "cm-tabs", role: "tablist" });
    const body = h("div", { class: "cm-panels" });
    for (const [key, content] of Object.entries(panels)) {
      const [tabId, panelId] = [`${app.name}-tab-${key}`, `${app.name}-panel-${key}`];
      const tab = h("button", { type: "button", role: "tab", id: tabId, "aria-controls": panelId, onclick: () => { cm.showTab(app, key); cm.pullSheet(app, true); } },
        cm.say(app, `tab.${key}`), key in counts && h("span", { class: "cm-count" }, counts[key]));
      const panel = h("div", { role: "tabpanel", id: panelId, class: `cm-panel cm-panel-${key}`, "aria-labelledby": tabId, tabindex: 0 }, h("h2", { class: "cm-unseen" }, cm.say(app, `tab.${key}`)), content);
      app.tabs[key] = { tab, panel };
      bar.appendChild(tab);
      body.appendChild(panel);
    }
    bar.addEventListener("keydown", (event) => {
      const keys = Object.keys(app.tabs), now = keys.indexOf(app.tab);
      const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: keys.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      cm.showTab(app, keys[(to + keys.length) % keys.length]);
      app.tabs[app.tab].tab.focus();
    });
    app.puller = h("button", { type: "button", class: "cm-puller", "aria-expanded": "false", onclick: () => cm.pullSheet(app, !app.pane.classList.contains("cm-up")) }, cm.say(app, "pane.open"));
    app.pane.append(app.puller, bar, body);
    app.body = body;
    app.pane.addEventListener("transitionend", (event) => { if (event.target === app.pane) cm.coverTargets(app); });
    cm.showTab(app, "plans");
    cm.listen(app);
    const how = app.root.querySelector(".cm-how");
    if (how) how.addEventListener("click", (event) => {
      event.preventDefault();
      cm.showTab(app, "method");
      cm.pullSheet(app, true);
      app.tabs.method.panel.focus();
    });
  };

  cm.showTab = function (app, key) {
    if (!app.tabs) return;
    if (app.tab !== key && app.body) app.body.scrollTop = 0;
    app.tab = key;
    for (const [name, { tab, panel }] of Object.entries(app.tabs)) {
      tab.setAttribute("aria-selected", String(name === key));
      tab.tabIndex = name === key ? 0 : -1;
      panel.classList.toggle("cm-shown", name === key);
    }
  };

  cm.pullSheet = function (app, up) {
    if (!app.pane) return;
    app.pane.classList.toggle("cm-up", up);
    app.puller.setAttribute("aria-expanded", String(up));
    app.puller.textContent = cm.say(app, up ? "pane.shut" : "pane.open");
    cm.coverTargets(app);
  };
})(citemap);
