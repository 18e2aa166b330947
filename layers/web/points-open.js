// A press on a sign: one point shows its text, several are come nearer to, and what stays in one place is leafed through.
(function (cm) {
  const { h } = cm;

  function note(points, i, said) {
    const { app, index, kinds } = points, kind = kinds[index.kind[i]], style = app.data.styles[index.kind[i]];
    return h("section", { class: "cm-pop-note" },
      h("div", { class: "cm-card-head" }, h("span", { class: "cm-points-sign" }, kind.glyph()), h("h3", {}, said.title), style && cm.chip(app, style.id)),
      h("figure", { class: "cm-quote" }, h("blockquote", {}, `“${said.quote}”`),
        (said.source || said.link) && h("figcaption", {}, said.source, said.source && said.link && " · ", said.link && cm.link(said.link, cm.say(app, "quote.open"), " ↗"))));
  }

  // The popup of one or more points, `members` by number; texts come when their block is unpacked, and stale ones are dropped.
  cm.showPoints = function (points, sign, members, by) {
    const { app, layer } = points, { map } = app, many = members.length > 1;
    let at = 0;
    const place = h("span", {}), body = h("div", { class: "cm-points-body", "aria-live": "polite" }, h("p", { class: "cm-small" }, cm.say(app, "points.wait")));
    const turn = (step) => h("button", { type: "button", class: "cm-points-turn", "aria-label": cm.say(app, step < 0 ? "points.back" : "points.next"), onclick: () => leaf(step) }, step < 0 ? "‹" : "›");
    const pager = many && h("div", { class: "cm-points-pager" }, turn(-1), place, turn(1));
    const content = h("div", { class: "cm-pop", role: "dialog", tabindex: -1, "aria-label": cm.say(app, "points.here", { n: members.length }) }, pager, body);
    const size = map.getSize();
    const popup = L.popup({
      className: "cm-popup", offset: [0, -cm.pointRadius(sign.n) + 2], maxWidth: Math.min(340, size.x - 50), minWidth: Math.min(260, size.x - 60),
      maxHeight: Math.max(120, Math.round(size.y * 0.55)), autoPanPadding: [14, 14],
    });
    async function leaf(step) {
      at = (at + step + members.length) % members.length;
      place.textContent = cm.say(app, "points.of", { at: cm.count(app, at + 1), all: cm.count(app, members.length) });
      const asked = at;
      const told = await points.tell(members[at]).then((said) => note(points, members[asked], said), () => h("p", {}, cm.say(app, "points.broken")));
      if (asked !== at) return;
      body.replaceChildren(told);
      // Leaflet takes the content out and puts it back, which loses the focus.
      const focused = document.activeElement;
      popup.update();
      if (content.contains(focused)) focused.focus({ preventScroll: true });
    }
    content.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (step && many) leaf(step);
      if (step) event.stopPropagation();
      if (event.key !== "Escape") return;
      event.stopPropagation();
      map.closePopup(popup);
    });
    popup.setLatLng(layer.latLngOf(sign)).setContent(content).openOn(map);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    if (close) close.setAttribute("aria-label", cm.say(app, "popup.close"));
    if (by === "key") content.focus({ preventScroll: true });
    popup.on("remove", () => by === "key" && points.proxy.focus({ preventScroll: true }));
    return leaf(0);
  };

  cm.openSign = function (points, sign, by) {
    const { layer, index, hidden } = points;
    if (sign.n > 1 && layer.approach(sign)) return;
    cm.showPoints(points, sign, cm.membersOf(index, sign, hidden()), by);
  };

  const ABOVE = ".leaflet-popup-pane, .leaflet-control, .leaflet-marker-icon, .cm-overlay, .cm-alone, button, a";

  // Presses are heard where the map hears them, before what lies under the points does.
  cm.openPoints = function (points) {
    const { app, layer } = points, box = app.map.getContainer();
    let finger = false;
    const signOf = (event) => !(event.target instanceof Element && event.target.closest(ABOVE)) && layer.hit(app.map.mouseEventToContainerPoint(event), finger);
    box.addEventListener("pointerdown", (event) => { finger = event.pointerType === "touch"; }, true);
    box.addEventListener("click", (event) => {
      const { dragging } = app.map;
      if (dragging && dragging.moved && dragging.moved()) return;
      const sign = signOf(event);
      if (!sign) return;
      event.stopPropagation();
      cm.openSign(points, sign, "pointer");
    }, true);
    box.addEventListener("dblclick", (event) => { if (signOf(event)) event.stopPropagation(); }, true);
    let waiting = 0;
    box.addEventListener("pointermove", (event) => {
      if (waiting || event.buttons || event.pointerType === "touch") return;
      waiting = requestAnimationFrame(() => { waiting = 0; box.classList.toggle("cm-points-over", Boolean(signOf(event))); });
    });
  };
})(citemap);
