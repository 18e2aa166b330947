// The pane beside the map: plans, sources, what is not mapped, how to read it. On a phone it is a sheet that a button pulls up.
(function (cm) {
  const { h } = cm;

  function plans(app) {
    app.list = h("ol", { class: "cm-cards" }, cm.cards(app, app.data.plans));
    return app.data.plans.length ? app.list : h("p", { class: "cm-empty" }, cm.say(app, "plans.empty"));
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
    const body = app.body = h("div", { class: "cm-panels" });
    const panels = { plans: plans(app), sources: cm.sourcesTab(app), unmapped: cm.leftTab(app), method: method(app) };
    app.tabs = {};
    const bar = app.tabBar = h("div", { class: "cm-tabs", role: "tablist" });
    for (const [key, content] of Object.entries(panels)) cm.addTab(app, key, content, { count: counts[key] });
    bar.addEventListener("keydown", (event) => {
      const keys = Object.keys(app.tabs), now = keys.indexOf(app.tab);
      const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: keys.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      cm.showTab(app, keys[(to + keys.length) % keys.length]);
      app.tabs[app.tab].tab.focus();
    });
    app.puller = h("button", { type: "button", class: "cm-puller", "aria-expanded": "false", onclick: () => cm.pullSheet(app, !app.pane.classList.contains("cm-up")) }, cm.say(app, "pane.open"));
    app.pane.append(app.puller, bar, cm.findBar(app) || "", body);
    app.pane.addEventListener("transitionend", (event) => { if (event.target === app.pane) cm.coverTargets(app); });
    cm.showTab(app, "plans");
    cm.listen(app);
    if (!app.page) cm.pullSheet(app, app.map.getSize().x > 860);
    const how = app.root.querySelector(".cm-how");
    if (how) how.addEventListener("click", (event) => {
      event.preventDefault();
      cm.showTab(app, "method");
      cm.pullSheet(app, true);
      app.tabs.method.panel.focus();
    });
    app.fire("pane");
  };

  // A tab and its panel, before another one. A function makes what is in it when the tab is first shown.
  cm.addTab = function (app, key, content, { count, before } = {}) {
    const [tabId, panelId] = [`${app.name}-tab-${key}`, `${app.name}-panel-${key}`], late = typeof content === "function";
    const tab = h("button", { type: "button", role: "tab", id: tabId, "aria-controls": panelId, "aria-selected": "false", tabindex: -1, onclick: () => { cm.showTab(app, key); cm.pullSheet(app, true); } },
      cm.say(app, `tab.${key}`), count !== undefined && h("span", { class: "cm-count" }, count));
    const panel = h("div", { role: "tabpanel", id: panelId, class: `cm-panel cm-panel-${key}`, "aria-labelledby": tabId, tabindex: 0 }, h("h2", { class: "cm-unseen" }, cm.say(app, `tab.${key}`)), late ? null : content);
    const next = app.tabs[before], entry = { tab, panel, make: late && (() => { entry.make = null; cm.fill(panel, {}, [content()]); }) };
    app.tabBar.insertBefore(tab, next ? next.tab : null);
    app.body.insertBefore(panel, next ? next.panel : null);
    const after = Object.entries(app.tabs).slice(next ? Object.keys(app.tabs).indexOf(before) : Infinity);
    for (const [name] of after) delete app.tabs[name];
    Object.assign(app.tabs, { [key]: entry }, Object.fromEntries(after));
  };

  cm.showTab = function (app, key) {
    if (!app.tabs) return;
    if (app.tab !== key && app.body) app.body.scrollTop = 0;
    if (app.tabs[key].make) app.tabs[key].make();
    app.tab = key;
    app.pane.dataset.tab = key;
    for (const [name, { tab, panel }] of Object.entries(app.tabs)) {
      tab.setAttribute("aria-selected", String(name === key));
      tab.tabIndex = name === key ? 0 : -1;
      panel.classList.toggle("cm-shown", name === key);
    }
    const bar = app.tabBar, [one, all] = [app.tabs[key].tab, bar].map((node) => node.getBoundingClientRect());
    if (bar.scrollWidth > bar.clientWidth) bar.scrollLeft += one.left + one.width / 2 - all.left - all.width / 2;
    app.fire("tab", key);
  };

  cm.pullSheet = function (app, up) {
    if (!app.pane) return;
    // Over somebody else's map the pane covers a part of it, which the numbers then leave free.
    if (!app.page && app.pane.classList.contains("cm-up") !== up) app.later();
    if (!app.page) app.root.classList.toggle("cm-paned", up);
    app.pane.classList.toggle("cm-up", up);
    app.puller.setAttribute("aria-expanded", String(up));
    app.puller.textContent = cm.say(app, up ? "pane.shut" : "pane.open");
    cm.coverTargets(app);
  };
})(citemap);
