// What the page knows of the reader's wishes: one state, one set of plans that are shown, one that is selected; whoever shows something listens.
(function (cm) {
  cm.addStore = function (app) {
    const heard = {};
    app.on = (event, act) => { (heard[event] = heard[event] || []).push(act); };
    app.fire = (event, detail) => { for (const act of heard[event] || []) act(detail); };
    app.state = cm.nothingAsked();
    app.plans = new Map();
    app.shown = new Set();
    app.selected = null;
    app.hay = new Map();
  };

  cm.addPlans = function (app) {
    if (app.plans.size || !app.data.plans) return;
    for (const plan of app.data.plans) {
      app.plans.set(plan.id, plan);
      app.shown.add(plan.id);
    }
  };

  cm.isShown = (app, plan) => app.shown.has(plan.id);

  // What a search looks through in a plan, put together when it is first looked for.
  cm.hayOf = (app, plan) => {
    if (!app.hay.has(plan.id)) app.hay.set(plan.id, cm.haystack(plan, plan.quotes.map((quote) => cm.words(app, quote))));
    return app.hay.get(plan.id);
  };

  // Ask for something else; the parts of the page hear "change" once, with what is shown already worked out.
  cm.ask = function (app, wish) {
    app.state = { ...app.state, ...wish };
    app.shown = new Set([...app.plans.values()].filter((plan) => cm.matches(plan, app.state, app.state.query ? cm.hayOf(app, plan) : "")).map((plan) => plan.id));
    app.fire("change", app.state);
    if (app.selected && !app.shown.has(app.selected)) cm.select(app, null, {});
    const [n, all] = [app.shown.size, app.plans.size];
    if (all) cm.tell(app, cm.isAsked(app.state) ? cm.say(app, "live.shown", { n, all }) : cm.say(app, "live.all", { n: all }));
  };

  cm.askNothing = (app) => cm.ask(app, cm.nothingAsked());

  // Show a plan that the reader's own wishes hide: what hides it is taken back, the rest stays.
  cm.reveal = function (app, plan) {
    if (cm.isShown(app, plan)) return;
    const facets = Object.fromEntries(Object.entries(app.state.facets).filter(([facet, value]) => !value || (plan.facets[facet] || []).includes(value)));
    const without = { ...app.state, hidden: app.state.hidden.filter((status) => status !== plan.status), facets };
    if (!cm.inTime(plan, without)) Object.assign(without, { from: "", to: "", known: "", undated: true });
    if (!cm.matches(plan, without, cm.hayOf(app, plan))) without.query = "";
    cm.ask(app, without);
  };

  // One plan is selected, or none (null). `how.scroll` says whether lists may move to it, `how.by` which part of the page did it.
  cm.select = function (app, id, how) {
    app.selected = id;
    app.fire("select", { id, ...how });
    const plan = id && app.plans.get(id);
    if (plan && how && how.tell !== false) cm.tell(app, cm.say(app, "live.selected", { number: plan.number, summary: plan.summary, status: cm.say(app, `status.${plan.status}`) }));
  };

  // Words for who hears the page instead of seeing it.
  cm.tell = function (app, words) {
    if (app.live) app.live.textContent = words;
  };
})(citemap);
