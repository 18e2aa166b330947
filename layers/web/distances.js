// A distance that a source states: a thin measured line with a stroke at each end, never drawn as a mark, and beside it both figures.
(function (cm) {
  const { h, s } = cm;
  const TICK = 5;

  cm.addDistances = function (app) {
    app.distances = [];
    for (const plan of app.data.plans) {
      for (const distance of plan.distances) {
        if (!distance.line) continue;
        const label = cm.say(app, "distance.label", { ends: distance.ends, said: distance.said, measured: distance.measured, number: plan.number });
        const row = (text, strong) => h("span", { class: strong ? "cm-distance-ends" : null }, text);
        const button = h("button", { type: "button", class: "cm-distance", "aria-label": label }, row(distance.ends, true), " ", row(distance.said), " ", row(distance.measured));
        const entry = { plan, distance, button, lines: distance.line.map((line) => cm.decodeLine(line, distance.digits, 0)) };
        button.addEventListener("click", () => cm.openDistance(app, entry, button));
        L.DomEvent.disableClickPropagation(button);
        app.overlay.appendChild(button);
        app.distances.push(entry);
      }
    }
  };

  const seen = (app, entry) => cm.isShown(app, entry.plan);
  const pixels = (app, line) => line.map((p) => app.map.latLngToContainerPoint(p)).map((p) => [p.x, p.y]);

  function spots(line) {
    const found = [];
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]], length = Math.hypot(b[0] - a[0], b[1] - a[1]);
      for (let t = 0; t < length; t += 6) found.push([a[0] + ((b[0] - a[0]) * t) / length, a[1] + ((b[1] - a[1]) * t) / length]);
    }
    return [...found, line[line.length - 1]];
  }

  // Before numbers and names are placed: nothing may stand on a line. A leader may start on one, though: the line ends at what it measures.
  cm.keepDistances = function (app, taken) {
    for (const entry of app.distances) {
      if (!seen(app, entry)) continue;
      for (const line of entry.lines) for (const [x, y] of spots(pixels(app, line))) taken.push(Object.assign([x - 3, y - 3, 6, 6], { line: true }));
    }
  };

  function tick([x, y], [nx, ny]) {
    const length = Math.hypot(nx - x, ny - y) || 1, dx = (-(ny - y) / length) * TICK, dy = ((nx - x) / length) * TICK;
    return `M${(x - dx).toFixed(1)},${(y - dy).toFixed(1)}L${(x + dx).toFixed(1)},${(y + dy).toFixed(1)}`;
  }

  function drawn(lines) {
    const last = lines[lines.length - 1];
    const d = lines.map((line) => "M" + line.map((p) => p.map((v) => v.toFixed(1)).join(",")).join("L")).join("");
    const ends = tick(lines[0][0], lines[0][1]) + tick(last[last.length - 1], last[last.length - 2]);
    return [s("path", { class: "cm-measure-halo", d: d + ends }), s("path", { class: "cm-measure", d: d + ends })];
  }

  const near = ([x, y, w, t], p) => [Math.max(x, Math.min(p[0], x + w)), Math.max(y, Math.min(p[1], y + t))];

  // Around the middle of the line: near, on water, off numbers and marks.
  function place(app, anchor, box, taken, size, grid) {
    let best = null;
    for (let turn = 0; turn < 36; turn++) {
      const [dx, dy] = [Math.cos((turn * Math.PI) / 18), Math.sin((turn * Math.PI) / 18)];
      const edge = Math.min(box[0] / 2 / Math.max(Math.abs(dx), 0.01), box[1] / 2 / Math.max(Math.abs(dy), 0.01));
      for (let distance = 14; distance <= 130; distance += 6) {
        const rect = [anchor[0] + dx * (distance + edge) - box[0] / 2, anchor[1] + dy * (distance + edge) - box[1] / 2, box[0], box[1]];
        if (rect[0] < 6 || rect[1] < 6 || rect[0] + rect[2] > size.x - 6 || rect[1] + rect[3] > size.y - 6) continue;
        if (taken.some((other) => cm.hits(rect, other, 3))) continue;
        const to = near(rect, anchor);
        let crossed = 0;
        for (let i = 2; i < 8; i++) {
          const spot = [anchor[0] + ((to[0] - anchor[0]) * i) / 8 - 2, anchor[1] + ((to[1] - anchor[1]) * i) / 8 - 2, 4, 4];
          if (Math.hypot(spot[0] - anchor[0], spot[1] - anchor[1]) > 9 && taken.some((other) => cm.hits(spot, other, 0))) crossed += 1;
        }
        const cost = distance + 400 * grid.share(1, [rect[0] - 5, rect[1] - 5, rect[2] + 10, rect[3] + 10]) + 60 * grid.share(2, rect) + 320 * grid.share(0, rect) + 60 * crossed;
        if (!best || cost < best.cost) best = { cost, rect, to };
      }
    }
    return best;
  }

  // The lines and their figures; a line without room for its figures is still drawn, and its plan's card has the words.
  cm.placeDistances = function (app, grid, taken) {
    const size = app.map.getSize(), nodes = [];
    for (const entry of app.distances) {
      const lines = entry.lines.map((line) => pixels(app, line)), inView = lines.flat().some(([x, y]) => x > 0 && y > 0 && x < size.x && y < size.y);
      const on = seen(app, entry) && inView;
      if (on) nodes.push(...drawn(lines));
      const long = lines.reduce((a, b) => (b.length > a.length ? b : a)), all = spots(long), anchor = all[Math.floor((all.length - 1) / 2)];
      const frame = entry.button.getBoundingClientRect();
      const spot = on ? place(app, anchor, [Math.ceil(frame.width), Math.ceil(frame.height)], taken, size, grid) : null;
      entry.at = app.map.containerPointToLatLng(anchor);
      entry.button.classList.toggle("cm-off", !spot);
      if (!spot) continue;
      const [x, y, w, t] = spot.rect.map(Math.round);
      entry.button.style.transform = `translate(${x}px,${y}px)`;
      taken.push([x - 8, y - 3, w + 16, t + 6]);
      nodes.push(s("path", { class: "cm-measure-leader", d: `M${anchor.map((v) => v.toFixed(1))}L${spot.to.map((v) => v.toFixed(1))}` }));
      for (const [px, py] of spots([anchor, spot.to])) taken.push([px - 2, py - 2, 4, 4]);
    }
    return nodes;
  };

  cm.openDistance = function (app, entry, opener) {
    const { plan, distance } = entry, head = cm.say(app, "distance.head", { ends: distance.ends });
    const content = h("div", { class: "cm-pop", "aria-label": `${head}: ${distance.name}` },
      h("h3", {}, head), h("p", {}, distance.words),
      distance.differs && h("p", {}, distance.differs),
      h("p", { class: "cm-small" }, cm.say(app, "distance.how")));
    cm.openBox(app, entry.at, content, opener, true);
    cm.select(app, plan.id, { scroll: true, by: "map" });
  };

  cm.flyToLine = function (app, plan, distance) {
    const entry = app.distances.find((one) => one.distance === distance);
    if (!entry) return;
    cm.pullSheet(app, false);
    cm.reveal(app, plan);
    const bounds = L.latLngBounds(entry.lines.flat()).pad(0.6);
    const zoom = Math.min(app.map.getBoundsZoom(bounds), 7.5);
    const open = () => cm.openDistance(app, entry, entry.button);
    if (app.map.getZoom() === zoom && app.map.getCenter().distanceTo(bounds.getCenter()) < 1000) return open();
    app.map.once("moveend", () => setTimeout(open, 30));
    app.map.setView(bounds.getCenter(), zoom, { animate: !cm.calm(), duration: 0.2 });
  };
})(citemap);
