// The notes: one card a plan, in the order who and what, how far, where and how precisely, when, the words themselves, and what is missing.
(function (cm) {
  const { h } = cm;
  const FINE = ["point", "area", "chain", "sea", "country", "region"];

  // What a plan is called is in the language of the article that it was read from.
  cm.summary = (app, plan) => h("h3", { lang: cm.langOf(app, (plan.quotes[0] || {}).article), dir: "auto" }, plan.summary);

  // Publisher, title and date of an article; what is not stated is said to be so.
  cm.sourceLine = (app, source) => cm.list(app, [source.publisher ? cm.text(source.publisher) : cm.say(app, "publisher.none"),
    cm.quoted(app, source.short || source.title, source.lang || "en"), source.date || cm.say(app, "date.none")], "joint.source");
  cm.by = (app, source) => cm.list(app, [source.publisher ? cm.text(source.publisher)
    : cm.mix(app, "publisher.of", { name: source.file ? cm.text(source.file) : cm.quoted(app, source.title, source.lang || "en") }), source.date], "joint.source");

  // The same for who hears it, in plain words.
  cm.plainBy = (app, quote) => cm.by(app, cm.article(app, quote.article)).flat(Infinity).map((part) => part.textContent || String(part)).join("");

  cm.chip = (app, status) => h("span", { class: `cm-chip cm-s-${cm.slug(status)}` }, cm.say(app, `status.${status}`));

  // "before" is the quote that stands right above: the same article is not named in full again. Of a plan, it leads to its place in the article.
  cm.quote = (app, quote, before, plan) =>
    h("figure", { class: "cm-quote" },
      h("blockquote", { lang: cm.langOf(app, quote.article), dir: "auto" }, "“", cm.runs(app, quote).map(([text, strong]) => (strong ? h("strong", {}, text) : text)), "”"),
      h("figcaption", {}, before && before.article === quote.article ? cm.say(app, "quote.same") : cm.sourceLine(app, cm.article(app, quote.article)), " · ", cm.say(app, "paragraph", { n: quote.paragraph }),
        plan && app.pane && h("span", { class: "cm-screen" }, " · ", h("button", { type: "button", class: "cm-linked", "aria-label": cm.say(app, "quote.place.of", { source: cm.plainBy(app, quote), n: quote.paragraph }), onclick: () => cm.showQuote(app, plan, quote) }, cm.say(app, "quote.place"))),
        quote.url && h("span", { class: "cm-screen" }, " · ", cm.link(quote.url, cm.say(app, "quote.open"), " ↗"))));

  // Where and when: on one line, or a line for each of several places.
  cm.meta = function (app, plan) {
    const when = plan.when || cm.say(app, "date.none");
    if (!plan.where.length) {
      const left = app.data.unmapped.plans.find((entry) => entry.id === plan.id);
      return [left ? cm.say(app, "unplaced.why", { reason: left.reason }) : cm.say(app, "unplaced"), ` · ${when}`];
    }
    const parts = plan.where.map((place) => [cm.text(place.name), ` · ${place.mark ? place.precision : cm.say(app, "unplaced")}`]);
    return parts.length === 1 ? [parts[0], ` · ${when}`] : [...parts, when].map((part) => h("span", { class: "cm-line" }, part));
  };

  // Of very many notes the first are written at once, the others when they come near the view or are asked for: a list of thousands that is laid
  // out whole takes seconds.
  const AT_ONCE = 150;

  cm.cards = function (app, plans) {
    app.unwritten = new Map();
    app.near = new IntersectionObserver((seen) => {
      for (const one of seen) if (one.isIntersecting) cm.cardOf(app, one.target.dataset.plan);
    }, { root: app.body || null, rootMargin: "1200px" });
    window.addEventListener("beforeprint", () => { for (const id of [...app.unwritten.keys()]) cm.cardOf(app, id); });
    return plans.map((plan, i) => {
      const card = h("li", { class: "cm-card", tabindex: -1 });
      app.cards.set(plan.id, card);
      if (i < AT_ONCE) return cm.fill(card, {}, content(app, plan));
      app.unwritten.set(plan.id, plan);
      card.classList.add("cm-blank");
      card.dataset.plan = plan.id;
      app.near.observe(card);
      return card;
    });
  };

  // The card of a plan, written.
  cm.cardOf = function (app, id) {
    const card = app.cards.get(id), plan = app.unwritten.get(id);
    if (!plan) return card;
    app.unwritten.delete(id);
    app.near.unobserve(card);
    card.classList.remove("cm-blank");
    cm.fill(card, {}, content(app, plan));
    if (app.state.query) cm.markCard(app, plan, card);
    return card;
  };

  function content(app, plan) {
    const mapped = plan.where.some((place) => place.mark);
    const slug = cm.slug(plan.status);
    const number = mapped
      ? h("button", { type: "button", class: `cm-badge cm-s-${slug}${cm.goneClass(plan)}`, "aria-label": cm.say(app, "card.show", { number: plan.number }), onclick: () => cm.flyTo(app, plan) }, plan.number)
      : h("span", { class: "cm-badge cm-unplaced", role: "img", "aria-label": cm.say(app, "card.unmapped", { number: plan.number }) }, plan.number);
    number.append(...cm.signsOf(plan).filter(Boolean));
    return [
      h("div", { class: "cm-card-head" }, number, cm.summary(app, plan), cm.chip(app, plan.status)),
      h("div", { class: "cm-card-body" }, h("p", { class: "cm-meta" }, cm.meta(app, plan)), cm.details(app, plan)),
    ];
  }

  // Show where a plan lies: all its marks that the view may hold, without motion where the reader asked for none.
  // `only` is the one mark to show, `opener` what its words give the focus back to; without it they open on a phone only. `by` is who asks.
  cm.flyTo = function (app, plan, { only, opener, by = "card" } = {}) {
    const marks = only ? [only] : app.marks.filter((mark) => mark.plans.some((other) => other.id === plan.id));
    if (!marks.length) return cm.select(app, plan.id, { scroll: false, by });
    // On a phone, and over a narrow map of somebody else's, the notes give way to the map.
    if (app.page || app.map.getSize().x <= 860) cm.pullSheet(app, false);
    const leading = marks.filter((mark) => mark.leads), goals = leading.length ? leading : marks;
    const bounds = L.latLngBounds([]);
    for (const mark of goals) {
      const [west, south, east, north] = mark.bounds;
      bounds.extend([[south, west + mark.turn], [north, east + mark.turn]]);
    }
    cm.reveal(app, plan);
    // Beside the map the card has all the words, and the map stays in sight; on a phone they open at the finest of the marks.
    const mark = goals.reduce((a, b) => (FINE.indexOf(b.kind) < FINE.indexOf(a.kind) ? b : a));
    const open = () => (opener || cm.narrow()) && cm.openPopup(app, [plan], mark, mark.at || app.map.getCenter(), opener);
    const zoom = Math.min(app.map.getBoundsZoom(bounds.pad(0.25)), goals[0].kind === "point" ? 8 : 7.5);
    const centre = bounds.getCenter();
    cm.select(app, plan.id, { scroll: false, by, mark: only });
    if (app.map.getZoom() === zoom && app.map.getCenter().distanceTo(centre) < 1000) return open();
    app.map.once("moveend", () => setTimeout(open, 30));
    app.map.setView(centre, zoom, { animate: !cm.calm(), duration: 0.2 });
  };

  // Cards out of sight have a height that is only guessed: once they have been scrolled over, the card is looked for again.
  function toCard(app, id) {
    const card = cm.cardOf(app, id), again = () => { if (app.selected === id) card.scrollIntoView({ block: "nearest" }); };
    card.scrollIntoView({ block: "nearest", behavior: cm.calm() ? "auto" : "smooth" });
    setTimeout(again, cm.calm() ? 30 : 450);
  }

  // The notes follow what is shown and what is selected.
  cm.listen = function (app) {
    app.on("change", () => {
      for (const [id, card] of app.cards) card.hidden = !app.shown.has(id);
    });
    app.on("select", ({ id, scroll }) => {
      for (const [key, card] of app.cards) card.classList.toggle("cm-on", key === id);
      if (!scroll || !id) return;
      if (app.tab !== "sources" && app.tab !== "table") cm.showTab(app, "plans");
      toCard(app, id);
    });
    // What is selected stays so when another tab comes to the front.
    app.on("tab", (key) => { if (key === "plans" && app.selected) toCard(app, app.selected); });
  };
})(citemap);
