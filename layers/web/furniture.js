// What a map needs besides marks: zoom and home, a scale that says its latitude, a locator, the credit, the street map that stays off.
(function (cm) {
  const { h, s } = cm;
  const control = (position, node) => Object.assign(new L.Control({ position }), { onAdd: () => node });

  cm.addZoom = function (app) {
    const button = (key, sign, act) => h("button", { type: "button", class: "cm-tool", "aria-label": cm.say(app, key), title: cm.say(app, key), onclick: act }, sign);
    const motion = () => ({ animate: !cm.calm() });
    const home = s("svg", { width: 14, height: 14, viewBox: "0 0 14 14", "aria-hidden": "true" }, s("path", { d: "M1,5V1H5M9,1H13V5M13,9V13H9M5,13H1V9", fill: "none", stroke: "currentColor", "stroke-width": 1.6 }));
    const box = h("div", { class: "cm-tools" },
      button("zoom.in", "+", () => app.map.zoomIn(1, motion())),
      button("zoom.out", "−", () => app.map.zoomOut(1, motion())),
      button("zoom.home", home, () => cm.openView(app)));
    L.DomEvent.disableClickPropagation(box);
    control("topright", box).addTo(app.map);
  };

  cm.addScale = function (app) {
    const bar = h("span", { class: "cm-scale-bar" }), words = h("span", {});
    control("bottomright", h("div", { class: "cm-scale" }, bar, words)).addTo(app.map);
    const draw = () => {
      const centre = app.map.getCenter();
      const size = app.map.getSize();
      const a = app.map.containerPointToLatLng([size.x / 2 - 50, size.y / 2]), b = app.map.containerPointToLatLng([size.x / 2 + 50, size.y / 2]);
      const metres = a.distanceTo(b);
      const top = 10 ** Math.floor(Math.log10(metres));
      const nice = [5, 2, 1].map((n) => n * top).find((n) => n <= metres) || top;
      bar.style.width = `${Math.round((100 * nice) / metres)}px`;
      const latitude = cm.say(app, centre.lat >= 0 ? "latitude.north" : "latitude.south", { degrees: Math.abs(Math.round(centre.lat)) });
      words.textContent = nice >= 1000 ? cm.say(app, "scale", { distance: cm.count(app, nice / 1000), latitude }) : cm.say(app, "scale.m", { distance: nice, latitude });
    };
    app.map.on("moveend zoomend resize", draw);
  };

  cm.addCredit = function (app) {
    app.map.attributionControl.setPrefix(false);
    app.map.attributionControl.addAttribution(cm.say(app, "credit"));
  };

  // A ring as latitudes and longitudes, [lat, lon, lat, lon, …], no finer than the locator can show.
  function degreesOf({ xy }) {
    const degrees = [];
    let [x, y] = [Infinity, Infinity];
    for (let i = 0; i < xy.length; i += 2) {
      if (Math.abs(xy[i] - x) + Math.abs(xy[i + 1] - y) < 0.0003) continue;
      [x, y] = [xy[i], xy[i + 1]];
      degrees.push((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180);
    }
    return degrees;
  }

  // The world around the view, with the view's box; drawn from the coarse land, points closer than a pixel left out.
  cm.addLocator = function (app) {
    const W = 132, H = 92;
    const land = s("path", { class: "cm-locator-land" }), box = s("path", { class: "cm-locator-box" });
    const picture = s("svg", { width: W, height: H, viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": cm.say(app, "locator") }, land, box);
    control("bottomleft", h("div", { class: "cm-locator" }, picture)).addTo(app.map);
    const draw = () => {
      const view = app.map.getBounds(), centre = app.map.getCenter();
      const tall = Math.min(150, Math.max(64, 3.2 * (view.getNorth() - view.getSouth())));
      const k = H / tall, squeeze = Math.max(0.35, Math.cos((centre.lat * Math.PI) / 180));
      const at = ([lat, lon]) => [W / 2 + (lon - centre.lng) * k * squeeze, H / 2 - (lat - centre.lat) * k];
      const d = [];
      for (const [part, turns] of [[app.ground.parts.far, [-360, 0, 360]], [app.ground.parts.near, [0]]]) {
        part.degrees = part.degrees || part.polygons.flat().map(degreesOf);
        for (const turn of turns) {
          for (const ring of part.degrees) {
            const kept = [];
            let near = false;
            for (let i = 0; i < ring.length; i += 2) {
              const p = at([ring[i], ring[i + 1] + turn]);
              const last = kept[kept.length - 1];
              if (last && Math.abs(p[0] - last[0]) + Math.abs(p[1] - last[1]) < 1.1) continue;
              kept.push(p);
              near = near || (p[0] > -4 && p[0] < W + 4 && p[1] > -4 && p[1] < H + 4);
            }
            if (near && kept.length > 2) d.push("M" + kept.map((p) => `${p[0].toFixed(1)},${p[1].toFixed(1)}`).join("L") + "Z");
          }
        }
      }
      land.setAttribute("d", d.join(""));
      const [a, b] = [at([view.getNorth(), view.getWest()]), at([view.getSouth(), view.getEast()])];
      box.setAttribute("d", `M${a}H${b[0]}V${b[1]}H${a[0]}Z`);
    };
    // Drawn when the map itself is on the screen, with its ground and its numbers.
    let waiting = 0;
    const soon = () => {
      clearTimeout(waiting);
      if (!cm.narrow()) waiting = setTimeout(draw, 20);
    };
    app.on("start", soon);
    app.map.on("moveend", () => { if (app.ready) soon(); });
  };

  // The address of the street map is used only after the reader has asked for it.
  cm.tilesSwitch = function (app) {
    let tiles = null;
    const input = h("input", { type: "checkbox" });
    input.addEventListener("change", () => {
      if (input.checked) {
        tiles = tiles || L.tileLayer(app.data.tiles, { maxZoom: 19, attribution: cm.say(app, "tiles.credit") });
        tiles.addTo(app.map);
      } else if (tiles) tiles.remove();
      app.ground.show(!input.checked);
      cm.layout(app);
    });
    return h("label", { class: "cm-switch" }, input, " ", cm.say(app, "tiles.label"));
  };

  // Land, borders and names, with the credit they need; on our own page the rest of the furniture as well.
  cm.parts.basemap = function (app) {
    cm.afterMarks(app, () => cm.addGround(app));
    if (app.page) {
      cm.addZoom(app);
      cm.addCredit(app);
      cm.addScale(app);
      cm.addLocator(app);
      return;
    }
    app.root.classList.add("cm-grounded");
    if (app.map.attributionControl) app.map.attributionControl.addAttribution(cm.say(app, "credit"));
  };
})(citemap);
