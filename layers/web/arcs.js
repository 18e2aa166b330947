// The name of a chain along its arc: on the side with the most room, read from left to right, set off from the band.
(function (cm) {
  const { s } = cm;
  const SIZE = 16, SPACING = 2.5;

  function smooth(points) {
    let line = points;
    for (let round = 0; round < 3; round++) {
      line = line.map((p, i) => {
        const a = line[Math.max(0, i - 1)], b = line[Math.min(line.length - 1, i + 1)];
        return [(a[0] + p[0] * 2 + b[0]) / 4, (a[1] + p[1] * 2 + b[1]) / 4];
      });
    }
    return line;
  }

  function offset(line, distance) {
    return line.map((p, i) => {
      const a = line[Math.max(0, i - 1)], b = line[Math.min(line.length - 1, i + 1)];
      const length = Math.hypot(b[0] - a[0], b[1] - a[1]) || 1;
      return [p[0] - ((b[1] - a[1]) / length) * distance, p[1] + ((b[0] - a[0]) / length) * distance];
    });
  }

  const lengthOf = (line) => line.slice(1).reduce((sum, p, i) => sum + Math.hypot(p[0] - line[i][0], p[1] - line[i][1]), 0);

  function piece(line, from, length) {
    const out = [];
    let walked = 0;
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [line[i - 1], line[i]];
      const step = Math.hypot(b[0] - a[0], b[1] - a[1]);
      for (let t = 0; t < step; t += 4) {
        const at = walked + t;
        if (at >= from && at <= from + length) out.push([a[0] + ((b[0] - a[0]) * t) / step, a[1] + ((b[1] - a[1]) * t) / step]);
      }
      walked += step;
    }
    return out;
  }

  // Try stretches of one edge of the band; the best is on water, inside the view and off everything placed before.
  function tryEdge(edge, distance, need, taken, size, grid) {
    const line = offset(smooth(edge), distance), total = lengthOf(line);
    let best = null;
    if (total < need) return null;
    for (let i = 0; i <= 12; i++) {
      const from = ((total - need) * i) / 12;
      const away = Math.abs(i - 6) * 0.2;
      if (best && away >= best.cost) continue;
      const stretch = piece(line, from, need);
      if (stretch.length < 4) continue;
      const middle = stretch.map(([x, y]) => [x - SIZE / 2, y - SIZE / 2, SIZE, SIZE]);
      if (middle.some((r) => r[0] < 4 || r[1] < 4 || r[0] + r[2] > size.x - 4 || r[1] + r[3] > size.y - 4)) continue;
      if (middle.some((r) => taken.some((other) => cm.hits(r, other, 2)))) continue;
      const land = middle.reduce((sum, r) => sum + grid.share(0, r) + 3 * grid.share(1, r), 0) / middle.length;
      const cost = land * 10 + away;
      if (!best || cost < best.cost) best = { cost, stretch, rects: middle };
    }
    return best;
  }

  cm.placeArcs = function (app, grid, taken) {
    const drawn = app.marks.map((mark, index) => {
      const arc = mark.kind === "chain" && mark.visible ? drawArc(app, mark, index, grid, taken) : null;
      mark.lettered = Boolean(arc);
      return arc;
    });
    return drawn.filter(Boolean);
  };

  function drawArc(app, mark, index, grid, taken) {
    if (mark.arc.length < 3) return null;
    const size = app.map.getSize();
    const [upper, lower] = mark.arc.slice(1).map((line) => {
      const points = line.map((p) => app.map.latLngToContainerPoint(p)).map((p) => [p.x, p.y]);
      return points[0][0] > points[points.length - 1][0] ? points.reverse() : points;
    });
    const need = cm.measure(app, mark.name, `500 ${SIZE}px`, SPACING) * 1.1 + 8;
    // The middle of the letters keeps this far from the band; the baseline is a third of a letter below that.
    const spots = [tryEdge(lower, 23, need, taken, size, grid), tryEdge(upper, -23, need, taken, size, grid)].filter(Boolean);
    if (!spots.length) return null;
    const best = spots.reduce((a, b) => (b.cost < a.cost ? b : a));
    taken.push(...best.rects);
    const id = `${app.name}-arc-${index}`;
    const d = "M" + offset(best.stretch, SIZE / 3).map((p) => p.map((v) => v.toFixed(1)).join(",")).join("L");
    const style = `fill:var(--${cm.slug(mark.plans[0].status)}-ink);font-size:${SIZE}px;letter-spacing:${SPACING}px`;
    return s("g", {}, s("path", { id, d, fill: "none" }),
      s("text", { class: "cm-l cm-l-arc", style, "text-anchor": "middle" }, s("textPath", { href: `#${id}`, startOffset: "50%" }, mark.name)));
  };
})(citemap);
