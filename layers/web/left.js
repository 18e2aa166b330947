// The tab "Not mapped": whatever is on no map, with the reason.
(function (cm) {
  const { h } = cm;

  const row = (name, reason, ...more) => h("li", {}, h("span", {}, h("b", {}, cm.text(name)), more, h("br"), h("span", { class: "cm-small" }, reason)));

  function plan(app, entry) {
    const told = app.plans.get(entry.id), changed = told ? cm.changeOf(told) : "";
    const signs = [entry.differ && h("span", { class: "cm-signed", role: "img", "aria-label": entry.differ }, cm.sign("differ")),
      changed && h("span", { class: "cm-signed", role: "img", "aria-label": cm.say(app, `change.${changed}`) }, cm.sign(changed)),
      entry.review && h("span", { class: "cm-signed", role: "img", "aria-label": cm.say(app, `legend.${entry.review}`) }, cm.sign(entry.review))];
    return h("li", {}, h("span", { class: "cm-badge cm-unplaced", "aria-hidden": "true" }, entry.number),
      h("span", {}, h("b", {}, cm.text(entry.name, entry.lang)), signs, h("br"), h("span", { class: "cm-small" }, entry.reason)));
  }

  const rejected = (app, entry) => h("li", {}, h("div", {}, h("b", {}, cm.text(entry.name, entry.lang)), h("p", { class: "cm-small cm-fact" }, cm.sign("reject"), h("span", {}, entry.reason)), entry.quotes.map((quote) => cm.quote(app, quote))));

  const skipped = (app, entry) => h("li", {}, h("figure", { class: "cm-passed" }, h("blockquote", { lang: entry.lang, dir: "auto" }, `“${entry.words}”`),
    h("figcaption", { class: "cm-small" }, h("b", {}, cm.text(entry.reason)), " · ", cm.text(entry.source), ` · ${cm.say(app, "paragraph", { n: entry.paragraph })}`)));

  cm.leftCount = (app) => Object.values(app.data.unmapped).reduce((sum, rows) => sum + rows.length, 0);

  cm.leftTab = function (app) {
    const left = app.data.unmapped;
    const section = (key, rows) => rows.length > 0 && h("section", {}, h("h3", {}, cm.say(app, key), h("span", { class: "cm-count" }, rows.length)), h("ul", { class: "cm-left" }, rows));
    const rows = [
      section("unmapped.plans", left.plans.map((e) => plan(app, e))),
      section("unmapped.rejected", left.rejected.map((e) => rejected(app, e))),
      section("unmapped.stale", left.stale.map((e) => plan(app, e))),
      section("unmapped.unapplied", left.unapplied.map((e) => row(e.name, e.reason))),
      section("unmapped.problems", left.problems.map((e) => row(e.name, cm.list(app, [cm.text(e.rule, e.lang), cm.text(e.next, e.lang)], "joint.wide")))),
      section("unmapped.skipped", left.skipped.map((e) => skipped(app, e))),
      section("unmapped.context", left.context.map((e) => row(e.name, e.reason))),
      section("unmapped.places", left.names.map((e) => row(e.name, e.reason, e.place && cm.mix(app, "noted", { words: "", notes: cm.text(e.place) }), h("span", { class: "cm-small" }, ` · ${cm.say(app, "unmapped.times", { n: e.times })}`)))),
    ].filter(Boolean);
    return rows.length ? rows : [h("p", { class: "cm-empty" }, cm.say(app, "unmapped.none"))];
  };
})(citemap);
