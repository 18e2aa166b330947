// What a mark says when it is pressed: number, plan, status, when, how precisely where, and the sentence that says so. All the rest of the note
// stands on its card, one press away: the map stays in sight.
(function (cm) {
  const { h } = cm;

  function note(app, plan, mark) {
    const at = (mark.raw || mark).plans.find((entry) => entry.id === plan.id);
    const place = at && at.at ? at.at : plan.at;
    return h("section", { class: "cm-pop-note" },
      h("div", { class: "cm-card-head" }, h("span", { class: `cm-badge cm-s-${cm.slug(plan.status)}${cm.goneClass(plan)}` }, plan.number), cm.summary(app, plan), cm.chip(app, plan.status)),
      h("p", { class: "cm-meta" }, place && [cm.text(place.name), ` · ${place.precision} · `], plan.when || cm.say(app, "date.none")),
      cm.quote(app, plan.quotes[place ? place.quote : 0], null, plan), cm.warnings(app, plan),
      h("p", { class: "cm-small" }, plan.reports),
      h("p", { class: "cm-small" }, app.pane && h("button", { type: "button", class: "cm-linked", onclick: () => cm.readCard(app, plan) }, cm.say(app, "popup.card", { n: plan.quotes.length }))));
  }

  // Lead from a mark to its card; on a phone the sheet comes up.
  cm.readCard = function (app, plan) {
    app.map.closePopup();
    cm.pullSheet(app, true);
    cm.showTab(app, "plans");
    cm.select(app, plan.id, { scroll: true, by: "popup" });
    cm.cardOf(app, plan.id).focus({ preventScroll: true });
  };

  cm.openBox = function (app, latlng, content, opener, pointed) {
    const size = app.map.getSize();
    content.setAttribute("role", "dialog");
    content.tabIndex = -1;
    const narrow = size.x < 500;
    const popup = L.popup({
      className: pointed ? "cm-popup" : "cm-popup cm-no-tip", maxWidth: Math.min(340, size.x - 50), minWidth: Math.min(260, size.x - 60),
      maxHeight: Math.max(120, Math.round(size.y * (narrow ? 0.6 : 0.52))), autoPan: true,
      autoPanPaddingTopLeft: narrow ? [10, 10] : [Math.min((app.legend ? app.legend.offsetWidth : 0) + 24, size.x - 400), 12], autoPanPaddingBottomRight: narrow ? [10, 40] : [54, 30],
    });
    popup.setLatLng(latlng).setContent(content).openOn(app.map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", cm.say(app, "popup.close"));
    if (opener && opener.matches(":focus-visible")) content.focus({ preventScroll: true });
    popup.getElement().addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      app.map.closePopup(popup);
      if (opener) opener.focus();
    });
    return popup;
  };

  cm.openPopup = function (app, plans, mark, latlng, opener) {
    if (!plans.length) return;
    const content = h("div", { class: "cm-pop", "aria-label": plans.map((plan) => plan.summary).join("; ") }, plans.map((plan) => note(app, plan, mark)));
    // Above all numbers of the mark, so that none is under it.
    if (mark.top && latlng === mark.at) latlng = mark.top;
    const popup = cm.openBox(app, latlng, content, opener, Boolean(mark.at));
    app.follows = mark.top && latlng === mark.top ? { popup, mark, rounds: 3 } : null;
    cm.select(app, plans[0].id, { scroll: true, by: "map" });
    popup.on("remove", () => { if (app.selected === plans[0].id) cm.select(app, null, {}); });
  };

  // The numbers may move when the map does: what is open stays at its own.
  cm.follow = function (app) {
    const { popup, mark, rounds } = app.follows || {};
    if (!rounds || !popup.isOpen() || !mark.top || popup.getLatLng().distanceTo(mark.top) < 1) return;
    app.follows.rounds -= 1;
    popup.setLatLng(mark.top);
  };
})(citemap);
