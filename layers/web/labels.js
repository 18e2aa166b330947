// Names on the map, best first, as many as have room: none on another, on a number, on a fine mark or under a panel.
(function (cm) {
  const { s } = cm;
  const KINDS = {
    sea: { font: "italic 400 13px", line: 15, spacing: 0.6 },
    country: { font: "500 12px", line: 15, spacing: 2.4, upper: true },
    chain: { font: "italic 400 12px", line: 14, spacing: 0.6 },
    island: { font: "400 12px", line: 14, spacing: 0 },
    city: { font: "400 12px", line: 14, spacing: 0 },
    faint: { font: "400 11px", line: 13, spacing: 0 },
  };
  const AREA_PER_NAME = { sea: 45000, country: 30000, chain: 90000, island: 42000, city: 66000, faint: 20000 };
  const LOCAL_ZOOM = 7, CHAIN_ZOOM = 6.25;

  cm.measure = function (app, text, font, spacing) {
    const context = app.ruler || (app.ruler = document.createElement("canvas").getContext("2d"));
    context.font = `${font} ${app.fontFamily}`;
    return context.measureText(text).width + spacing * text.length;
  };

  function lay(app, label) {
    const kind = KINDS[label.kind];
    // "Great Britain (island)" says of what kind it is to tell it from others; on the map that is seen.
    const name = label.marked || label.own ? label.name : label.name.replace(/ \(\p{Ll}[\p{Ll} ]*\)$/u, "");
    const text = kind.upper ? name.toLocaleUpperCase(app.data.language) : name;
    let lines = [text];
    if (text.length > 11 && text.includes(" ") && label.kind !== "city" && label.kind !== "island") {
      const words = text.split(" ");
      let cut = 1, best = Infinity;
      for (let i = 1; i < words.length; i++) {
        const longest = Math.max(words.slice(0, i).join(" ").length, words.slice(i).join(" ").length);
        if (longest < best) { best = longest; cut = i; }
      }
      lines = [words.slice(0, cut).join(" "), words.slice(cut).join(" ")];
    }
    if (label.local && app.map.getZoom() >= LOCAL_ZOOM) lines = [...lines, label.local];
    const width = Math.max(...lines.map((line) => cm.measure(app, line, kind.font, kind.spacing)));
    return { lines, width, height: lines.length * kind.line };
  }

  const free = (rect, taken, gap) => !taken.some((other) => cm.hits(rect, other, gap));
  const wider = ([x, y, w, t]) => [x - 4, y - 2, w + 8, t + 4];
  const within = (rect, size) => rect[0] >= 4 && rect[1] >= 4 && rect[0] + rect[2] <= size.x - 4 && rect[1] + rect[3] <= size.y - 4;

  // Seas and countries stand on their own ground: the spot nearest to the middle that is all water, or mostly land.
  function onGround(app, p, box, label, taken, size, grid) {
    let best = null;
    const degree = (256 * 2 ** app.map.getZoom()) / 360;
    const reach = label.kind === "sea" ? Math.min(84, degree * (label.reach || 2.5)) : Math.min(84, degree * 0.8);
    const step = Math.max(4, reach / 6);
    for (let dy = -reach; dy <= reach; dy += step) {
      for (let dx = -reach; dx <= reach; dx += step) {
        const rect = [p.x + dx - box.width / 2, p.y + dy - box.height / 2, box.width, box.height];
        if (!within(rect, size) || !free(rect, taken, label.kind === "country" ? 11 : 6) || grid.share(1, wider(rect)) > 0) continue;
        const land = grid.share(0, rect);
        if (label.kind === "sea" && (land > 0.02 || grid.share(2, rect) > 0)) continue;
        if (label.kind === "country" && land < 0.05) continue;
        const cost = Math.hypot(dx, dy) / 70 + (label.kind === "sea" ? 4 * land : 1.6 * (1 - land));
        if (!best || cost < best.cost) best = { cost, rect };
      }
    }
    return best;
  }

  // Towns and islands: upper right first; on the coast, on the water; outside a band rather than across it.
  const apart = ([x, y, w, t], p) => Math.hypot(Math.max(x - p.x, 0, p.x - x - w), Math.max(y - p.y, 0, p.y - y - t));

  const SIDES = [[1, -0.6, 0], [1, 0.4, 1], [-1, -0.6, 2], [-1, 0.4, 3], [0, -1, 4], [0, 1, 5]];
  function besidePoint(app, p, box, label, taken, size, grid, others) {
    let best = null;
    const start = label.marked ? 11 : label.kind === "city" || label.kind === "faint" ? 5 : 9;
    const degree = (256 * 2 ** app.map.getZoom()) / 360;
    const reach = label.best ? 48 : label.own ? 60 : label.marked ? 24 : label.near ? Math.min(46, Math.max(12, degree)) : label.kind === "island" ? 20 : 5;
    for (const [sx, sy, rank] of SIDES) {
      for (let gap = start; gap <= reach || gap === start; gap += 5) {
        const x = sx > 0 ? p.x + gap : sx < 0 ? p.x - gap - box.width : p.x - box.width / 2;
        const y = sx === 0 ? (sy < 0 ? p.y - gap - box.height : p.y + gap) : p.y + sy * gap - box.height / 2;
        const rect = [x, y, box.width, box.height];
        if (!within(rect, size) || !free(rect, taken, 2)) continue;
        // Nearer to another island than to its own, a name would be read as that island's.
        if (others.length && others.some((q) => apart(rect, q) + 2 < apart(rect, p))) continue;
        const across = grid.share(1, rect);
        if (across > (label.marked ? 0.6 : 0.02)) continue;
        const land = grid.share(0, rect);
        if (label.kind === "island" && gap > 10 && land > 0.5) continue;
        const coastal = grid.share(0, [p.x - 9, p.y - 9, 18, 18]) < 0.8;
        const cost = rank * 0.35 + gap / (label.marked ? 4 : 10) + 3 * across + (coastal ? 3 * land : 0);
        if (!best || cost < best.cost) best = { cost, rect, end: sx > 0 ? "start" : sx < 0 ? "end" : "middle" };
      }
    }
    return best;
  }

  // A country may also stand at any of the points inside the part of it that the map opens on.
  function anchorsOf(label) {
    if (!label.anchors && label.inside) label.anchors = cm.decodeLine(label.inside, 2, label.turn);
    return [[label.lat, label.lon], ...(label.anchors || [])];
  }

  function write(label, box, spot) {
    const kind = KINDS[label.kind], [x, y, w] = spot.rect;
    const anchor = spot.end || "middle";
    const at = anchor === "start" ? x : anchor === "end" ? x + w : x + w / 2;
    const style = label.own ? `fill:var(--${cm.slug(label.status)}-ink);font-weight:600` : null;
    return s("text", { style, class: `cm-l cm-l-${label.kind}${label.near ? " cm-l-near" : ""}`, "text-anchor": anchor },
      box.lines.map((line, i) => s("tspan", { x: at.toFixed(1), y: (y + kind.line * (i + 0.8)).toFixed(1), lang: i > 0 && line === label.local ? label.tongue : null }, line)));
  }

  cm.placeLabels = function (app, grid, taken) {
    const size = app.map.getSize(), drawn = [], weighed = {};
    const bounds = app.map.getBounds().pad(0.1), zoom = app.map.getZoom();
    if (!app.data.labels || (app.ground && !app.ground.on)) return drawn;
    const named = new Set(app.marks.filter((mark) => mark.named).map((mark) => mark.name));
    const close = (label) => label.near && (label.kind === "island" || (label.kind === "city" && zoom >= CHAIN_ZOOM));
    const rank = { country: 1, sea: 0, chain: 2, island: 3, city: 4 };
    const whole = new Set(app.marks.filter((mark) => mark.spot && (mark.kind === "country" || mark.kind === "region")).map((mark) => mark.name));
    const islands = app.data.labels.filter((label) => label.kind === "island" && bounds.contains([label.lat, label.lon]))
      .map((label) => ({ name: label.name, at: app.map.latLngToContainerPoint([label.lat, label.lon]) }));
    // What is drawn is named first: areas at their edge, and a chain too short on the screen for its name along the arc beside it.
    const areas = app.marks.filter((mark) => mark.kind === "area" && mark.visible && mark.spot && !mark.named).map((mark) => {
      const ring = mark.polygons.map((rings) => rings[0]).reduce((one, other) => (other.length > one.length ? other : one));
      const skip = Math.max(1, Math.floor(ring.length / 24)), edge = ring.filter((_, i) => i % skip === 0).map(({ lat, lng }) => [lat, lng]);
      return { name: mark.name, kind: "island", near: true, own: true, best: true, mark, status: mark.plans[0].status, lat: edge[0][0], lon: edge[0][1], anchors: edge.slice(1) };
    });
    // Inside an area that is named as a whole, no part that the articles do not name is written.
    const partOf = (label) => label.kind === "island" && !label.marked && areas.some(({ mark: { bounds: [w, s, e, n], turn } }) =>
      label.lat >= s && label.lat <= n && label.lon >= w + turn && label.lon <= e + turn);
    const drawnNames = new Set(areas.map((label) => label.name));
    // Numbers and pins that stand without their name: no other name may come so near that it would be read as theirs.
    const orphans = [];
    const orphan = (mark) => {
      const p = mark.kind === "point" ? app.map.latLngToContainerPoint(mark.inner[0]) : null;
      if (p) orphans.push([p.x - 34, p.y - 18, 68, 36]);
      if (mark.spot) orphans.push([mark.spot.rect[0] - 22, mark.spot.rect[1] - 8, mark.spot.rect[2] + 44, mark.spot.rect[3] + 16]);
    };
    const plain = app.marks.filter((mark) => mark.kind === "chain" && mark.visible && !mark.lettered && !mark.named).map((mark) => {
      const line = mark.arc.length ? mark.arc[0] : mark.inner, middle = (line.length - 1) / 2;
      const anchors = line.map((p, i) => [Math.abs(i - middle), p]).sort((a, b) => a[0] - b[0]).map((pair) => pair[1]);
      return { name: mark.name, kind: "island", near: true, own: true, status: mark.plans[0].status, lat: anchors[0][0], lon: anchors[0][1], anchors: anchors.slice(1) };
    });
    const numbersOfOthers = (label) => app.marks.filter((mark) => mark.spot && mark.name !== label.name)
      .map(({ spot: { rect: [x, y, w, t] } }) => [x - 10, y - 5, w + 20, t + 10]);
    const points = new Map(app.marks.filter((mark) => mark.kind === "point" && mark.visible && !mark.named).map((mark) => [mark.name, mark]));
    const order = [...plain, ...areas, ...app.data.labels.filter((label) => label.marked || !drawnNames.has(label.name))].sort((a, b) => Number(Boolean(b.own)) - Number(Boolean(a.own)) || Number(Boolean(b.marked)) - Number(Boolean(a.marked)) || Number(close(b)) - Number(close(a)) || rank[a.kind] - rank[b.kind]);
    // Last of all, what is only mentioned: a name that stands already is not written again.
    const written = new Set(named);
    for (const label of [...order, ...cm.mentionedNames(app)]) {
      if (label.kind === "faint" && written.has(label.name)) continue;
      const most = Math.max(2, Math.round((size.x * size.y) / AREA_PER_NAME[label.kind]));
      if ((label.marked || label.near) && named.has(label.name)) continue;
      if (!label.own && partOf(label)) continue;
      if ((label.kind === "country" || label.kind === "sea") && whole.has(label.name)) continue;
      if (label.kind === "city" && label.near && !label.marked && !label.capital && zoom < CHAIN_ZOOM) continue;
      const anchors = anchorsOf(label).filter((anchor) => bounds.contains(anchor));
      if (!anchors.length || (label.kind === "chain" && zoom < CHAIN_ZOOM)) continue;
      // Only the best few in view are weighed: a lesser name never stands in for a greater one that had no room.
      weighed[label.kind] = (weighed[label.kind] || 0) + 1;
      if (weighed[label.kind] > most) continue;
      const p = app.map.latLngToContainerPoint(anchors[0]);
      // An island too small to be drawn has no name: it would stand in the open sea.
      if (label.kind === "island" && !label.own && !label.marked && !label.near && app.ground && grid.share(0, [p.x - 14, p.y - 14, 28, 28]) === 0) continue;
      const box = lay(app, label);
      let spot = null;
      const beside = label.kind === "city" || label.kind === "island" || label.kind === "faint";
      const others = label.kind === "island" && !label.own ? islands.filter((island) => island.name !== label.name).map((island) => island.at) : [];
      const avoid = label.own ? [...taken, ...numbersOfOthers(label)] : label.marked || !beside ? taken : [...taken, ...orphans];
      for (const anchor of anchors) {
        if (spot && !label.best) break;
        const at = app.map.latLngToContainerPoint(anchor);
        const found = beside ? besidePoint(app, at, box, label, avoid, size, grid, others) : onGround(app, at, box, label, taken, size, grid);
        if (found && (!spot || found.cost < spot.cost)) spot = found;
      }
      if (!spot) {
        const lost = label.mark || (label.marked && points.get(label.name));
        if (lost) orphan(lost);
        continue;
      }
      taken.push(spot.rect);
      written.add(label.name);
      drawn.push(write(label, box, spot));
      if (label.kind === "city" && !label.marked) {
        const dot = [p.x - 3, p.y - 3, 6, 6];
        if (free(dot, taken.filter((rect) => rect !== spot.rect), 0)) {
          drawn.push(s("circle", { class: "cm-town", cx: p.x.toFixed(1), cy: p.y.toFixed(1), r: label.capital ? 2.8 : 2.1 }));
        }
        taken.push(dot);
      }
    }
    return drawn;
  };
})(citemap);
