// What the marks mean, now: classes of hexagons or sizes of circles, hatches of areas (a switch), statuses (a filter).
(function (cm) {
  const { h, s } = cm;

  const range = (app, classes, i, greatest) => {
    const low = classes[i], high = i + 1 < classes.length ? classes[i + 1] - 1 : greatest;
    return low >= high ? cm.count(app, low) : `${cm.count(app, low)}–${cm.count(app, high)}`;
  };

  function hexKey(state, look) {
    const { app, map } = state, zoom = map.getZoom(), { grid, classes, greatest } = cm.hexesOf(state, cm.levelOf(zoom));
    const rows = classes.map((_, i) => h("li", {}, cm.s("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" },
      s("path", { d: "M9,1 16,5V13L9,17 2,13V5z", fill: look.ramp[cm.shadeOf(classes, i)], stroke: look.edge, "stroke-width": 0.8 })), h("span", {}, range(app, classes, i, greatest))));
    const middle = map.project(map.getCenter(), 0).y / 256, metres = cm.hexMetres(grid, Math.max(0.05, Math.min(0.95, middle))), km = metres / 1000;
    const across = km >= 10 ? Math.round(km) : Math.round(km * 10) / 10;
    return [h("ul", { class: "cm-archived-ramp" }, rows.length ? rows : h("li", {}, cm.say(app, "archived.nothing"))), h("p", { class: "cm-small" }, cm.say(app, "archived.across", { km: cm.count(app, across) }))];
  }

  function circleKey(state, look) {
    const { app, map } = state, scale = cm.circleScale(state, map.getZoom()), least = cm.leastCount(scale), nice = [];
    for (let power = 1; power < 1e7; power *= 10) for (const times of [1, 2, 5]) nice.push(times * power);
    // Sizes that a line of the key has room for, each seen to be larger than the one before.
    const sizes = [5, 9.5, 14].map((r) => nice.filter((n) => n > least && cm.circleRadius(scale, n) <= r).pop()).filter((n, i, all) => n && n <= state.greatest && all.indexOf(n) === i);
    const row = (n, words) => {
      const r = cm.circleRadius(scale, n), side = 2 * r + 2;
      return h("li", {}, s("svg", { width: side, height: side, viewBox: `0 0 ${side} ${side}`, "aria-hidden": "true" }, s("circle", { cx: r + 1, cy: r + 1, r, fill: look.dot, "fill-opacity": 0.62, stroke: look.dotEdge })), h("span", {}, words));
    };
    return [h("ul", { class: "cm-archived-sizes" }, row(least, least > 1 ? cm.say(app, "archived.upto", { count: cm.count(app, least) }) : "1"), sizes.map((n) => row(n, cm.count(app, n))))];
  }

  const hatched = (look, i) => {
    const gap = [8, 6.5, 5, 4, 3][i], lines = [];
    for (let x = -16; x < 28; x += gap) lines.push(`M${x},17 ${x + 16},1`);
    return s("svg", { class: "cm-swatch", width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true" },
      s("path", { d: lines.join(""), stroke: look.area, "stroke-width": 0.9, "stroke-opacity": 0.6 }), s("rect", { x: 0.75, y: 0.75, width: 26.5, height: 14.5, fill: "none", stroke: look.area, "stroke-width": 1.2 }));
  };

  function areaKey(state, look) {
    const { app, areaClasses, map } = state, drawn = cm.areasAt(state, map.getZoom()).length;
    const all = state.areas.filter((area) => state.sums.plans[area.place] && !(area.small && state.hexed(area.place, map.getZoom()))).length, greatest = state.areaGreatest;
    const rows = areaClasses.map((_, i) => h("li", {}, hatched(look, cm.shadeOf(areaClasses, i)), h("span", {}, range(app, areaClasses, i, greatest))));
    return [h("ul", { class: "cm-archived-ramp cm-archived-hatches" }, rows), h("p", { class: "cm-small" }, cm.say(app, "archived.areas.drawn", { drawn: cm.count(app, drawn), n: all }))];
  }

  // The statuses, each a switch.
  function statusKey(state) {
    const { app, data: { own } } = state;
    return own.statuses.map((status, k) => {
      const style = app.data.styles.find((one) => one.id === status), count = h("span", { class: "cm-key-count" }), name = cm.say(app, `status.${status}`);
      const button = h("button", { type: "button", class: "cm-key cm-archived-status", "aria-pressed": "true", onclick: () => state.change({ hidden: state.ask.hidden.map((off, i) => (i === k ? !off : off)) }) },
        h("span", { class: "cm-points-sign" }, cm.glyph(style)), h("span", { class: "cm-key-name" }, name), " ", count);
      const item = h("li", { hidden: !state.has[k] }, button);
      state.follow(() => {
        const n = state.sums.statuses[k];
        count.textContent = cm.count(app, n);
        button.setAttribute("aria-pressed", String(!state.ask.hidden[k]));
        button.setAttribute("aria-label", cm.say(app, "legend.toggle", { status: name, n }));
      });
      return item;
    });
  }

  cm.addArchiveLegend = function (state) {
    const { app } = state, slot = cm.slot(app, "archived-legend"), marks = h("div", { class: "cm-archived-key" }), areas = h("div", { class: "cm-archived-key" });
    const fold = h("button", { type: "button", class: "cm-fold cm-fold-all", "aria-expanded": "false", onclick: () => fold.setAttribute("aria-expanded", String(slot.classList.toggle("cm-unfolded"))) }, cm.say(app, "legend.fold"));
    const areasSwitch = h("button", { type: "button", class: "cm-archived-switch", "aria-pressed": "true", onclick: () => {
      state.areasOn = !state.areasOn;
      areasSwitch.setAttribute("aria-pressed", String(state.areasOn));
      state.layer.redraw();
      draw();
    } }, h("span", { class: "cm-archived-eye", "aria-hidden": "true" }), h("span", {}, cm.say(app, "archived.areas")));
    slot.append(marks, fold, areas, h("div", { class: "cm-archived-key cm-archived-statuses" }, h("h2", { title: cm.say(app, "legend.hint") }, cm.say(app, "legend.title"), h("span", { class: "cm-unseen" }, ` ${cm.say(app, "legend.hint")}`)), h("ul", {}, statusKey(state))));
    const draw = () => {
      const look = cm.archiveLook(app), single = cm.isSingle(state, state.map.getZoom());
      marks.replaceChildren(h("h2", {}, cm.say(app, single ? "archived.circles" : "archived.hexes")), ...(single ? circleKey(state, look) : hexKey(state, look)));
      areas.replaceChildren(h("h2", {}, areasSwitch), ...(state.areasOn ? areaKey(state, look) : []));
      areas.hidden = !state.areas.length;
    };
    state.follow(draw);
    state.map.on("moveend", draw);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  };
})(citemap);
