// The numbers: inside a shape where there is room, beside a point, for a whole country on a line outside it, and for what is wider than the
// view in the legend. Never on each other.
(function (cm) {
  const { h, s } = cm;
  const SIDE = 24, GAP = 3, TINY = 16;
  // A number of three digits is wider; the stylesheet takes the width from --side.
  const WIDTHS = [24, 24, 24, 30, 38];
  const ORDER = { point: 0, area: 1, chain: 2, sea: 3, country: 4, region: 5 };
  const AROUND = Array.from({ length: 16 }, (_, i) => [Math.cos((i * Math.PI) / 8), Math.sin((i * Math.PI) / 8)]);

  cm.addBadges = function (app) {
    for (const mark of app.marks) {
      const buttons = mark.plans.map((plan) => {
        const label = cm.say(app, "badge", { ...plan, status: cm.say(app, `status.${plan.status}`), place: plan.at.name, precision: plan.at.precision });
        const more = cm.signWords(app, plan), spoken = more ? cm.say(app, "badge.more", { badge: label, more }) : label;
        const button = h("button", { type: "button", class: `cm-badge cm-s-${cm.slug(plan.status)}${cm.goneClass(plan)}`, "aria-label": spoken }, plan.number, cm.signsOf(plan));
        button.dataset.plan = plan.id;
        button.addEventListener("click", () => cm.openPopup(app, [plan], mark, mark.at || app.map.getCenter(), button));
        return button;
      });
      mark.tail = h("span", { class: "cm-whole", dir: "auto" });
      mark.group = h("div", { class: `cm-group cm-g-${mark.kind}` }, h("span", { class: "cm-row" }, buttons), mark.tail);
      mark.buttons = buttons;
      mark.overhang = mark.plans.some((plan) => cm.signsOf(plan).some(Boolean)) ? 7 : 0;
      mark.group.style.setProperty("--overhang", `${mark.overhang}px`);
      mark.side = Math.max(...mark.plans.map((plan) => WIDTHS[Math.min(4, String(plan.number).length)]));
      mark.group.style.setProperty("--side", `${mark.side}px`);
      L.DomEvent.disableClickPropagation(mark.group);
      app.overlay.appendChild(mark.group);
    }
  };

  function sizeOf(mark, words) {
    const count = mark.buttons.filter((button) => !button.hidden).length;
    const columns = Math.min(count, words ? 3 : 4), rows = Math.ceil(count / columns);
    mark.tail.textContent = words || "";
    mark.columns = columns;
    mark.group.style.setProperty("--columns", columns);
    const badges = [columns * (mark.side + GAP) - GAP, rows * (SIDE + GAP) - GAP];
    if (!words) return badges;
    const tail = mark.tail.getBoundingClientRect();
    return [badges[0] + 6 + mark.overhang + Math.ceil(tail.width), Math.max(badges[1], Math.ceil(tail.height))];
  }

  const centred = ([x, y], [w, t]) => [x - w / 2, y - t / 2, w, t];
  const free = (rect, taken, gap) => !taken.some((other) => cm.hits(rect, other, gap));
  const within = (rect, size, inset) => rect[0] >= inset && rect[1] >= inset && rect[0] + rect[2] <= size.x - inset && rect[1] + rect[3] <= size.y - inset;

  // Where the shape is at least as thick as a number; along a chain, from its middle outwards.
  function inside(app, mark, box, taken, size) {
    const degree = (256 * 2 ** app.map.getZoom()) / 360;
    let points = mark.inner.filter((_, i) => mark.depth[i] * degree >= SIDE * 0.36);
    if (mark.arc.length) {
      const line = mark.arc[0], middle = (line.length - 1) / 2;
      points = line.map((p, i) => [Math.abs(i - middle), p]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
    }
    for (const [lat, lon] of points) {
      const p = app.map.latLngToContainerPoint([lat, lon]);
      const rect = centred([p.x, p.y], box);
      if (within(rect, size, 6) && free(rect, taken, 3)) return { rect, from: null };
    }
    return null;
  }

  // Beside an anchor: near first, on water rather than land, off every other mark, with a line once it is far enough.
  function beside(app, mark, box, taken, size, grid, near, far) {
    // A name across a fine mark is worse than a bare number.
    const step = 12, across = mark.kind !== "point" && mark.tail.textContent ? 520 : 130;
    let best = null;
    const anchors = mark.inner.slice(0, 24).map(([lat, lon]) => app.map.latLngToContainerPoint([lat, lon]))
      .filter((p) => p.x > 4 && p.y > 4 && p.x < size.x - 4 && p.y < size.y - 4);
    anchors.forEach((p, rank) => {
      if ((mark.point ? taken.panels : taken).some((rect) => !rect.line && cm.hits([p.x, p.y, 1, 1], rect, 2))) return;
      for (const [dx, dy] of AROUND) {
        const edge = Math.min(box[0] / 2 / Math.max(Math.abs(dx), 0.01), box[1] / 2 / Math.max(Math.abs(dy), 0.01));
        const least = rank * 1.2 + (dx > 0.3 ? 0 : 6) + (dy > 0.2 ? 3 : 0);
        // Nothing that is added is less than nothing: what is dearer than the best from here on cannot win.
        for (let distance = near; distance <= far && !(best && distance + least >= best.cost); distance += step) {
          const rect = centred([p.x + dx * (distance + edge), p.y + dy * (distance + edge)], box);
          if (!within(rect, size, 8) || !free(rect, taken, 5)) continue;
          let cost = distance + least + across * grid.share(1, rect) + 90 * grid.share(2, rect) + 60 * grid.share(0, rect);
          if (best && cost >= best.cost) continue;
          const row = rowOf(mark, rect, p);
          cost += (mark.part && awayFrom(app, mark, row) ? 120 : 0) + 0.6 * reachOf(p, row);
          if (best && cost >= best.cost) continue;
          cost += along(grid, p, row, taken);
          if (!best || cost < best.cost) best = { cost, rect, from: [p.x, p.y] };
        }
      }
    });
    return best;
  }

  // The numbers' own part of a rectangle that also holds words: on the side of the anchor.
  function rowOf(mark, [x, y, w, t], p) {
    const row = Math.min(mark.columns * (mark.side + GAP) - GAP, w);
    return [x + w / 2 < p.x - 8 ? x + w - row : x, y, row, t];
  }

  // The numbers as they stand: full rows, and a last one that may be shorter.
  function rowsOf(mark, [x, y, w]) {
    const count = mark.buttons.filter((button) => !button.hidden).length, step = SIDE + GAP;
    const full = Math.floor(count / mark.columns), last = count % mark.columns;
    const rows = full ? [[x, y, w, full * step - GAP]] : [];
    return last ? [...rows, [x, y + full * step, last * (mark.side + GAP) - GAP, SIDE]] : rows;
  }

  const away = ([x, y], p) => Math.hypot(x - p[0], y - p[1]);

  // Whether numbers of "eastern" something would stand west of its east.
  function awayFrom(app, mark, [x, y, w, t]) {
    const [west, south, east, north] = mark.bounds;
    const middle = app.map.latLngToContainerPoint([(south + north) / 2, (west + east) / 2 + mark.turn]);
    const side = app.map.latLngToContainerPoint(mark.inner[0]);
    const [dx, dy] = [side.x - middle.x, side.y - middle.y];
    return dx * (x + w / 2 - middle.x) + dy * (y + t / 2 - middle.y) < 0.6 * (dx * dx + dy * dy);
  }

  function reachOf(p, rect) {
    const to = nearest(rect, [p.x, p.y]);
    return Math.hypot(to[0] - p.x, to[1] - p.y);
  }

  // What a leader costs: running over fine marks, and over numbers, names and lines that stand already.
  function along(grid, p, rect, taken) {
    const to = nearest(rect, [p.x, p.y]);
    let cost = 0;
    for (let i = 1; i < 8; i++) {
      const spot = [p.x + ((to[0] - p.x) * i) / 8 - 2, p.y + ((to[1] - p.y) * i) / 8 - 2, 4, 4];
      cost += 12 * grid.share(1, spot);
      if (Math.hypot(spot[0] - p.x, spot[1] - p.y) > 13 && taken.some((other) => cm.hits(spot, other, 0))) cost += 30;
    }
    return cost;
  }

  const nearest = (rect, [x, y]) => [Math.max(rect[0], Math.min(x, rect[0] + rect[2])), Math.max(rect[1], Math.min(y, rect[1] + rect[3]))];

  function outline(app, mark) {
    const [west, south, east, north] = mark.bounds;
    const a = app.map.latLngToContainerPoint([north, west + mark.turn]), b = app.map.latLngToContainerPoint([south, east + mark.turn]);
    return [a.x, a.y, b.x - a.x, b.y - a.y];
  }

  // Whether a mark lies wholly outside the view that the page opens with: it is named beside the map, or nobody would find it.
  function apart(mark, [west, south, east, north]) {
    const [w, s, e, n] = mark.bounds;
    return n < south || s > north || ![-360, 0, 360].some((turn) => e + turn > west && w + turn < east);
  }

  // Whether at least two thirds of a rectangle are in view.
  function fits(rect, size) {
    const w = Math.min(size.x, rect[0] + rect[2]) - Math.max(0, rect[0]), t = Math.min(size.y, rect[1] + rect[3]) - Math.max(0, rect[1]);
    return (w * t) / (rect[2] * rect[3]) > 0.66;
  }

  // Where a mark's numbers go: a spot on the map, "dock" for the list beside it, null only for a mark that the reader has moved out of view.
  function seek(app, mark, taken, size, grid) {
    const whole = mark.kind === "country" || mark.kind === "region";
    const rect = outline(app, mark), inView = cm.hits(rect, [0, 0, size.x, size.y], 0);
    if (!inView && mark.leads && !apart(mark, app.data.view.bounds)) return null;
    const box = sizeOf(mark, whole ? mark.whole : "");
    if (!inView) return "dock";
    if (mark.kind === "point") {
      const named = beside(app, mark, sizeOf(mark, mark.name), taken, size, grid, 10, 58);
      mark.named = Boolean(named);
      return named || beside(app, mark, sizeOf(mark, ""), taken, size, grid, 10, 90) || "dock";
    }
    // An area too small to be seen is named beside its number, as a point is: its name by itself would be read as a neighbour's.
    if (mark.kind === "area" && Math.max(rect[2], rect[3]) < TINY) {
      const named = beside(app, mark, sizeOf(mark, mark.name), taken, size, grid, 10, 90);
      mark.named = Boolean(named);
      if (named) return named;
      sizeOf(mark, "");
    }
    if (mark.kind === "region" && !fits(rect, size)) return "dock";
    if (whole) return beside(app, mark, box, taken, size, grid, 26, 300) || "dock";
    const held = inside(app, mark, box, taken, size);
    if (held || mark.lettered || mark.kind === "sea") return held || beside(app, mark, box, taken, size, grid, 12, 200) || "dock";
    // Numbers on a line beside their mark take its name with them: a name elsewhere would be read as that of other numbers.
    const called = beside(app, mark, sizeOf(mark, mark.name), taken, size, grid, 12, 120);
    mark.named = Boolean(called);
    return called || beside(app, mark, sizeOf(mark, ""), taken, size, grid, 12, 200) || "dock";
  }

  // Under an open popup the numbers of its mark keep their place while the map moves.
  function kept(app, mark, size) {
    const held = app.follows && app.follows.mark === mark && app.follows.popup.isOpen() && mark.held;
    if (!held || held.zoom !== app.map.getZoom()) return null;
    const at = app.map.latLngToContainerPoint(held.corner), from = held.from && app.map.latLngToContainerPoint(held.from);
    const rect = [at.x, at.y, held.box[0], held.box[1]];
    return within(rect, size, 2) ? { rect, from: from && [from.x, from.y] } : null;
  }

  // Put the numbers of the marks that the opening view does not hold beside the map.
  cm.fillDock = function (app) {
    const { held } = app.data.view, beyond = held.length ? app.marks.filter((mark) => !held.includes(mark.id)) : [];
    for (const mark of beyond) {
      sizeOf(mark, "");
      mark.tail.textContent = mark.whole || mark.name;
      mark.group.classList.add("cm-docked");
      app.docked.appendChild(mark.group);
    }
    cm.tellDock(app, beyond.length);
  };

  cm.placeBadges = function (app, grid, taken) {
    const size = app.map.getSize();
    const keep = (latlng, r) => {
      const p = app.map.latLngToContainerPoint(latlng);
      taken.push([p.x - r, p.y - r, 2 * r, 2 * r]);
    };
    for (const mark of app.marks) if (mark.kind === "point" && mark.visible) keep(mark.inner[0], 9);
    (app.data.context || []).forEach((set, i) => {
      if (app.map.hasLayer(app.contextGroups[i])) for (const site of set.sites) keep([site.point[1], site.point[0]], 5);
    });
    const lines = [];
    const open = (mark) => (app.follows && app.follows.mark === mark ? 0 : 1);
    for (const mark of [...app.marks].sort((a, b) => open(a) - open(b) || ORDER[a.kind] - ORDER[b.kind] || a.size - b.size)) {
      mark.named = false;
      mark.buttons.forEach((button, i) => { button.hidden = !cm.isShown(app, mark.plans[i]); });
      // A row in a folded list has no size; it is measured on the map.
      if (mark.group.parentNode !== app.overlay) app.overlay.appendChild(mark.group);
      mark.group.classList.remove("cm-docked");
      const spot = mark.visible ? kept(app, mark, size) || seek(app, mark, taken, size, grid) : null;
      const docked = spot === "dock", home = docked ? app.docked : app.overlay;
      mark.spot = spot && !docked ? spot : null;
      if (docked) home.appendChild(mark.group);
      mark.group.classList.toggle("cm-off", !spot);
      mark.group.classList.toggle("cm-docked", docked);
      mark.tail.classList.toggle("cm-own", mark.named && mark.kind !== "point");
      mark.tail.style.color = mark.named && mark.kind !== "point" ? `var(--${cm.slug(mark.plans[0].status)}-ink)` : "";
      if (docked && !mark.tail.textContent) mark.tail.textContent = mark.name;
      if (mark.kind === "region") for (const layer of mark.layers) if (layer.getElement()) layer.getElement().classList.toggle("cm-seen", Boolean(spot) && !docked);
      if (!spot || docked) {
        mark.group.style.transform = "";
        mark.group.classList.remove("cm-flip");
        mark.at = docked ? null : app.map.getCenter();
        mark.top = null;
        continue;
      }
      const [x, y, w, t] = spot.rect.map(Math.round);
      mark.held = {
        zoom: app.map.getZoom(), corner: app.map.containerPointToLatLng([x, y]), box: [w, t], from: spot.from && app.map.containerPointToLatLng(spot.from),
      };
      mark.group.style.transform = `translate(${x}px,${y}px)`;
      mark.at = mark.kind === "point" ? L.latLng(mark.inner[0]) : app.map.containerPointToLatLng([x + Math.min(w, mark.side) / 2, y + t / 2]);
      taken.push([x, y - mark.overhang, w + (mark.tail.textContent ? 0 : mark.overhang), t + 2 * mark.overhang]);
      mark.group.classList.toggle("cm-flip", Boolean(spot.from) && x + w / 2 < spot.from[0] - 8);
      const row = rowOf(mark, [x, y, w, t], { x: spot.from ? spot.from[0] : x });
      mark.top = mark.kind === "point" ? null : app.map.containerPointToLatLng([row[0] + row[2] / 2, y - mark.overhang]);
      if (!spot.from) continue;
      const to = rowsOf(mark, row).map((rect) => nearest(rect, spot.from)).reduce((a, b) => (away(b, spot.from) < away(a, spot.from) ? b : a));
      const length = Math.hypot(to[0] - spot.from[0], to[1] - spot.from[1]);
      if (length < 18) continue;
      lines.push(s("path", { class: "cm-leader", d: `M${spot.from.map(Math.round)}L${to.map(Math.round)}` }));
      if (mark.kind !== "point") lines.push(s("circle", { class: "cm-leader-end", cx: Math.round(spot.from[0]), cy: Math.round(spot.from[1]), r: 2 }));
      for (let i = 0; i <= length; i += 8) {
        taken.push([spot.from[0] + ((to[0] - spot.from[0]) * i) / length - 2, spot.from[1] + ((to[1] - spot.from[1]) * i) / length - 2, 4, 4]);
      }
    }
    if (app.docked) cm.tellDock(app, app.docked.querySelectorAll(".cm-group").length);
    return lines;
  };
})(citemap);
