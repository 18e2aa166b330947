// How a plan is told: the versions of a conflict side by side, reports with their chain of credit, distances, what is open, who has reviewed it.
(function (cm) {
  const { h } = cm;

  // Bold only where each version's words stand in each of its sentences: no version is set before another.
  const evenly = (app, quotes, sides) => sides.every((side) => side.quotes.length > 0 && side.quotes.every((i) => cm.words(app, quotes[i]).includes(side.said)));

  function marked(app, quote, said) {
    const at = said ? cm.words(app, quote).indexOf(said) : -1;
    return { ...quote, strong: at < 0 ? [] : [[at, at + said.length]] };
  }

  // A quote that stands elsewhere on the card is named by its source, and a press leads to it.
  function elsewhere(app, quote, index, shown) {
    const go = () => {
      const figure = shown.get(index);
      figure.tabIndex = -1;
      figure.scrollIntoView({ block: "nearest", behavior: cm.calm() ? "auto" : "smooth" });
      figure.focus({ preventScroll: true });
    };
    // No button element: its words could not wrap with the line.
    const link = h("span", { role: "button", tabindex: 0, class: "cm-linked", onclick: go }, cm.by(app, cm.article(app, quote.article)));
    link.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      go();
    });
    return link;
  }

  // One sentence stands for each version; further ones are named, and stand below with the rest.
  function sentences(app, plan, version, even, shown) {
    const [first, ...others] = version.quotes, fresh = first !== undefined && !shown.has(first);
    if (fresh) shown.set(first, cm.quote(app, marked(app, plan.quotes[first], even && version.said), null, plan));
    const named = fresh ? others : version.quotes;
    return [fresh && shown.get(first), named.length > 0 && h("p", { class: "cm-small cm-elsewhere" }, cm.say(app, fresh ? "conflict.also" : "conflict.in"), " ",
      named.map((index, i) => [i > 0 && app.data.messages["joint.wide"], elsewhere(app, plan.quotes[index], index, shown)]))];
  }

  cm.conflicts = function (app, plan, shown) {
    return plan.conflicts.map((conflict) => {
      const even = evenly(app, plan.quotes, conflict.sides), head = cm.say(app, "conflict.head", { what: conflict.on });
      const side = (version) => h("li", { class: "cm-side" },
        h("p", { class: "cm-side-said" }, cm.quoted(app, version.said, cm.langOf(app, (plan.quotes[version.quotes[0]] || {}).article))),
        sentences(app, plan, version, even, shown),
        h("p", { class: "cm-small" }, version.origins));
      return h("section", { class: "cm-conflict", role: "group", "aria-label": head }, h("h4", {}, cm.sign("differ"), h("span", {}, head)),
        h("ul", { class: "cm-sides" }, conflict.sides.map(side)));
    });
  };

  cm.reports = function (app, plan) {
    const arrow = () => h("span", { role: "img", "aria-label": cm.say(app, "chain.credits"), class: "cm-arrow" }, " ← ");
    const chain = (one) => h("li", {}, one.names.map((name, i) => [i > 0 && arrow(), cm.text(name)]), one.copy && cm.say(app, "chain.copy", { what: one.copy }));
    return [h("p", { class: `cm-small cm-reports${plan.chains.length > 1 ? " cm-several" : ""}` }, plan.reports), plan.chains.length > 0 && h("ul", { class: "cm-small cm-chains" }, plan.chains.map(chain))];
  };

  cm.measured = (app, plan) => plan.distances.map((distance) =>
    h("p", { class: "cm-small cm-fact cm-fact-distance" }, cm.sign("distance"), h("span", {}, cm.text(distance.words),
      distance.differs && ` ${distance.differs}`,
      distance.line && [" ", h("button", { type: "button", class: "cm-linked cm-screen", "aria-label": cm.say(app, "distance.show.of", { name: distance.name }), onclick: () => cm.flyToLine(app, plan, distance) }, cm.say(app, "distance.show"))])));

  cm.fact = (app, plan, [kind, words, told]) =>
    h("p", { class: `cm-small cm-told-${kind}` }, cm.within(words, told, cm.langOf(app, (plan.quotes[0] || {}).article)));

  cm.facts = (app, plan) => [
    plan.facts.map((fact) => cm.fact(app, plan, fact)),
    plan.lacks.length > 0 && h("p", { class: "cm-small cm-lacks" }, cm.say(app, "lacks", { what: plan.lacks.join(app.data.messages["joint.wide"]) })),
  ];

  // What became of a plan since an older map, with the old and the new values.
  cm.changed = (app, plan) => cm.changeOf(plan) && h("div", { class: "cm-change" },
    h("p", { class: "cm-small cm-fact" }, cm.sign(plan.change.kind), h("b", {}, cm.say(app, `change.${plan.change.kind}`))),
    plan.change.lines.length > 0 && h("ul", { class: "cm-small" }, plan.change.lines.map((line) => h("li", { dir: "auto" }, line))));

  // What a mark itself must say of its plan: that sources differ, that it is not so, on what it hangs, what a person decided.
  cm.warnings = (app, plan) => [
    cm.changed(app, plan),
    plan.differ && h("p", { class: "cm-small cm-fact" }, cm.sign("differ"), h("span", {}, plan.differ.charAt(0).toUpperCase() + plan.differ.slice(1))),
    plan.facts.filter(([kind]) => kind === "stale" || kind === "negated" || kind === "condition").map((fact) => cm.fact(app, plan, fact)),
    plan.review.decision && h("p", { class: "cm-small cm-fact" }, cm.sign(plan.review.decision), h("span", {}, plan.review.words)),
  ];

  cm.reviewed = (app, plan) => [
    plan.named.map((words) => h("p", { class: "cm-small cm-fact" }, cm.sign("correct"), h("span", {}, words))),
    h("p", { class: "cm-small cm-fact cm-review" }, cm.sign(plan.review.decision || "none"), h("span", {}, plan.review.words)),
  ];

  cm.details = function (app, plan) {
    const shown = new Map(), versions = cm.conflicts(app, plan, shown);
    let before = null;
    const rest = plan.quotes.map((quote, index) => {
      if (shown.has(index)) return null;
      shown.set(index, cm.quote(app, quote, before, plan));
      before = quote;
      return shown.get(index);
    });
    return [
      cm.changed(app, plan), versions, rest,
      cm.reports(app, plan), cm.measured(app, plan), cm.facts(app, plan), cm.reviewed(app, plan),
    ];
  };
})(citemap);
