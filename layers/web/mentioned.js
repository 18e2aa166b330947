// Places that the articles mention and that no plan is reported for: tiny dots, and dotted outlines without a fill. Off until a reader asks.
(function (cm) {
  const { h, s } = cm;

  const label = (app, place) => cm.say(app, place.anchor ? "mentioned.anchor" : "mentioned.place", { name: place.name });

  const shortened = (title) => (title.length > 64 ? `${title.slice(0, 62).replace(/\s+\S*$/u, "")} …` : title);

  // Name, how often, and which paragraphs of which article.
  function openPlace(app, place, latlng, opener) {
    const paragraphs = (numbers, all) => {
      const n = numbers.join(app.data.messages.joint);
      if (all > numbers.length) return cm.say(app, "paragraphs", { n: cm.say(app, "paragraphs.more", { n, more: all - numbers.length }) });
      return cm.say(app, all > 1 ? "paragraphs" : "paragraph", { n });
    };
    const where = place.in.map(([index, numbers, all]) => {
      const source = app.data.sources[index];
      return h("li", {}, cm.list(app, [source.publisher ? cm.text(source.publisher) : cm.say(app, "publisher.none"),
        cm.quoted(app, shortened(source.title), source.lang || "en")], "joint.source"), ` · ${paragraphs(numbers, all)}`);
    });
    const reason = cm.say(app, place.anchor ? "reason.anchor" : "reason.literal");
    const content = h("div", { class: "cm-pop", "aria-label": label(app, place) },
      h("h3", { dir: "auto" }, place.name),
      h("p", {}, cm.say(app, "sentence", { words: reason.charAt(0).toUpperCase() + reason.slice(1) }), cm.say(app, "mentioned.times", { n: place.times })),
      h("ul", { class: "cm-small cm-mentioned-in" }, where));
    cm.openBox(app, latlng, content, opener, true);
  }

  // A node of the map that can be pressed: by pointer through Leaflet, by keyboard here.
  function pressable(app, place, layer, node, at) {
    node.setAttribute("role", "button");
    node.setAttribute("tabindex", "0");
    node.setAttribute("aria-label", label(app, place));
    if (node.dataset.told) return;
    node.dataset.told = "1";
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      openPlace(app, place, at(), node);
    });
    layer.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      openPlace(app, place, event.latlng || at(), node);
    });
  }

  function dot(app, place) {
    const icon = L.divIcon({ className: "cm-mentioned-dot", html: s("svg", { width: 24, height: 24, viewBox: "0 0 24 24", "aria-hidden": "true" }, s("circle", { cx: 12, cy: 12, r: 2.2 })), iconSize: [24, 24] });
    const marker = L.marker(place.point, { icon, keyboard: false, pane: "cm-points", zIndexOffset: -2000 });
    marker.on("add", () => pressable(app, place, marker, marker.getElement(), () => marker.getLatLng()));
    return [marker];
  }

  // The outline that is seen, and a wide one that can be hit.
  function outline(app, place) {
    const polygons = cm.decodePolygons(place.shape, place.digits, place.turn), renderer = app.renderers.back;
    const seen = L.polygon(polygons, { renderer, interactive: false, fill: false, weight: 1.2, className: "cm-mentioned" });
    const hit = L.polygon(polygons, { renderer, fill: false, weight: 12, opacity: 0, className: "cm-mentioned-hit" });
    hit.on("add", () => pressable(app, place, hit, hit.getElement(), () => hit.getBounds().getCenter()));
    return [seen, hit];
  }

  cm.addMentioned = function (app) {
    app.mentioned = null;
    app.showMentioned = (on) => {
      if (on && !app.mentioned) {
        // Small ones last, so that what is larger does not lie over them.
        const places = app.data.mentioned.places, shapes = places.filter((place) => place.shape);
        app.mentioned = L.layerGroup([...shapes.flatMap((place) => outline(app, place)), ...places.filter((place) => place.point).flatMap((place) => dot(app, place))]);
      }
      if (app.mentioned) app.mentioned[on ? "addTo" : "removeFrom"](app.map);
      app.later();
    };
  };

  // The names that may be written beside the dots, while these are shown.
  cm.mentionedNames = function (app) {
    if (!app.mentioned || !app.map.hasLayer(app.mentioned)) return [];
    return app.data.mentioned.places.filter((place) => place.point).map(({ name, point: [lat, lon] }) => ({ name, lat, lon, kind: "faint" }));
  };

  // The switch in the legend, with how many; what is listed only is said.
  cm.mentionedKey = function (app) {
    const { places, left } = app.data.mentioned || { places: [], left: 0 };
    if (!places.length) return null;
    const picture = s("svg", { class: "cm-swatch", width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true" }, s("rect", { class: "cm-mentioned", x: 2, y: 2.5, width: 15, height: 11, rx: 3 }), s("circle", { class: "cm-mentioned-key", cx: 23, cy: 8, r: 2.2 }));
    const note = h("p", { class: "cm-small cm-mentioned-left", hidden: true }, left > 0 && cm.say(app, "legend.mentioned.left", { n: left }));
    const button = h("button", { type: "button", class: "cm-key cm-key-mentioned", "aria-pressed": "false", onclick: () => {
      const on = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(on));
      note.hidden = !on || left === 0;
      app.showMentioned(on);
    } }, picture, h("span", { class: "cm-key-name" }, cm.say(app, "legend.mentioned")), h("span", { class: "cm-key-count" }, places.length));
    return h("li", {}, button, note);
  };
})(citemap);
