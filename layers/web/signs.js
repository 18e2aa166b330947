// Small signs that need no colour: sources differ (≠), accepted (a tick), corrected (a caret), not reviewed (a dotted ring), a distance; since an
// older map new (+), gone (−), changed (a triangle).
(function (cm) {
  const { h, s } = cm;
  const stroke = (d, width) => s("path", { d, fill: "none", stroke: "currentColor", "stroke-width": width || 1.7, "stroke-linecap": "round", "stroke-linejoin": "round" });
  const DRAWN = {
    differ: () => [stroke("M3.6,5.4H10.4M3.6,8.6H10.4M9,3.2 5,10.8", 1.4)],
    accept: () => [stroke("M3.8,7.4 6.1,9.8 10.3,4.5")],
    correct: () => [stroke("M3.8,9.3 7,4.6 10.2,9.3")],
    reject: () => [stroke("M4.4,4.4 9.6,9.6M9.6,4.4 4.4,9.6")],
    new: () => [stroke("M7,3.4V10.6M3.4,7H10.6")],
    gone: () => [stroke("M3.4,7H10.6")],
    changed: () => [stroke("M7,3.6 10.8,10H3.2z", 1.5)],
    none: () => [s("circle", { cx: 7, cy: 7, r: 5.2, fill: "none", stroke: "currentColor", "stroke-width": 1.2, "stroke-dasharray": "1.6 1.7" })],
    distance: () => [s("path", { d: "M1.5,7H12.5M1.5,3.8V10.2M12.5,3.8V10.2", fill: "none", stroke: "currentColor", "stroke-width": 1.3 })],
  };

  cm.sign = (kind) =>
    s("svg", { class: `cm-sign cm-sign-${kind}`, width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" },
      kind !== "none" && kind !== "distance" && s("circle", { class: "cm-sign-ground", cx: 7, cy: 7, r: 6.6 }), DRAWN[kind]());

  // What became of a plan since an older map, where the page shows two: new, gone, changed; else "".
  cm.changeOf = (plan) => (plan.change && plan.change.kind !== "same" ? plan.change.kind : "");
  cm.goneClass = (plan) => (cm.changeOf(plan) === "gone" ? " cm-gone" : "");

  // The signs of one plan's number: versions that differ above, a person's decision below, a change before it.
  cm.signsOf = (plan) => [plan.differ && cm.sign("differ"), plan.review.decision && cm.sign(plan.review.decision), cm.changeOf(plan) && cm.sign(cm.changeOf(plan))];

  // What the signs of a number say, for who cannot see them.
  cm.signWords = (app, plan) => [cm.changeOf(plan) && cm.say(app, `change.${cm.changeOf(plan)}`), plan.differ, plan.review.decision && plan.review.words].filter(Boolean).join(". ");

  // The signs that occur on this page, with how many plans carry them.
  cm.signKey = function (app) {
    const counts = { new: 0, changed: 0, gone: 0, differ: 0, accept: 0, correct: 0, reject: 0, none: 0, distance: 0 };
    for (const plan of app.data.plans) {
      if (cm.changeOf(plan)) counts[cm.changeOf(plan)] += 1;
      if (plan.differ) counts.differ += 1;
      counts[plan.review.decision || "none"] += 1;
      counts.distance += plan.distances.filter((distance) => distance.line).length;
    }
    counts.several = app.marks.filter((mark) => mark.several).length;
    const rows = Object.entries(counts).filter(([, count]) => count > 0);
    const drawn = (kind) => (kind === "several" ? h("span", { class: "cm-several-sign" }, cm.severalGlyph()) : cm.sign(kind));
    return rows.length > 0 && h("div", { class: "cm-key-signs" }, h("h2", {}, cm.say(app, "legend.signs")),
      h("ul", {}, rows.map(([kind, count]) => h("li", { class: "cm-key-sign" }, drawn(kind), h("span", {}, cm.say(app, `legend.${kind}`)), h("span", { class: "cm-key-count" }, count)))));
  };
})(citemap);
