// One canvas for the whole archive: areas, then hexagons from afar or circles from near, then names; and what lies under a finger.
(function (cm) {
  const LARGEST = 30, LEAST = 2.4, GROWTH = 1.22, FEW = 60;

  cm.archiveLook = function (app) {
    const css = getComputedStyle(app.root), ink = (name) => css.getPropertyValue(name).trim();
    return {
      halo: ink("--halo"), sea: ink("--sea"), text: ink("--text"), name: ink("--name"), waterName: ink("--water-name"), countryName: ink("--country-name"),
      area: ink("--area"), areaName: ink("--area-name"), edge: ink("--ramp-edge"), dot: ink("--dot"), dotEdge: ink("--dot-edge"),
      ramp: [1, 2, 3, 4, 5].map((i) => ink(`--ramp-${i}`)), font: app.fontFamily, hatches: new Map(), widths: new Map(),
    };
  };

  // Counts of the hexagons of a level, under what is asked; and the classes they fall into. Over the whole world, so that neither changes with the view.
  cm.hexesOf = function (state, level) {
    const known = state.hexes.get(level);
    if (known && known.sums === state.sums) return known;
    const grid = cm.hexGrid(level), at = (known && known.at) || cm.hexesAt(state.data, grid), counts = new Map();
    for (let i = 0; i < at.length; i++) if (at[i] >= 0 && state.sums.plans[i]) counts.set(at[i], (counts.get(at[i]) || 0) + state.sums.plans[i]);
    let greatest = 0;
    for (const n of counts.values()) greatest = Math.max(greatest, n);
    const made = { grid, at, counts, greatest, classes: cm.classesOf(greatest), sums: state.sums };
    state.hexes.set(level, made);
    return made;
  };

  // How many pixels of radius the root of a count is, at a zoom: areas of circles are as their counts.
  cm.circleScale = function (state, zoom) {
    const greatest = state.greatest || 1;
    return (LARGEST * Math.min(1.6, GROWTH ** Math.max(0, zoom - Math.max(4, state.single)))) / Math.sqrt(Math.max(greatest, FEW));
  };
  cm.circleRadius = (scale, n) => Math.max(LEAST, scale * Math.sqrt(n));
  // Up to this count a circle is the smallest that there is.
  cm.leastCount = (scale) => Math.max(1, Math.floor((LEAST / scale) ** 2));

  cm.ArchiveLayer = cm.CanvasLayer.extend({
    options: { pane: "cm-archived", padding: 0.15 },

    initialize(state) {
      cm.CanvasLayer.prototype.initialize.call(this, {});
      this.state = state;
      this.circles = [];
      this.areas = [];
    },

    restyle() {
      this._look = null;
      this.redraw();
    },

    draw(g, area, origin, zoom) {
      const { state } = this, look = (this._look = this._look || cm.archiveLook(state.app)), view = { area, origin, zoom, ratio: this.ratio, look };
      this.origin = origin;
      this.areas = cm.areasIn(cm.areasAt(state, zoom), view);
      cm.drawAreas(g, state, this.areas, view);
      this.circles = [];
      let hexes = null;
      if (cm.isSingle(state, zoom)) this._circles(g, view);
      else hexes = this._hexes(g, view);
      if (state.picked) this._picked(g, view);
      cm.drawNames(g, state, { ...view, circles: this.circles, areas: this.areas, hexes });
    },

    _hexes(g, { area, origin, zoom, look }) {
      const { state } = this, level = cm.levelOf(zoom), { grid, counts, classes } = cm.hexesOf(state, level), size = 256 * 2 ** zoom;
      const r = grid.side * size - 0.5, paths = classes.map(() => new Path2D()), here = [];
      const corners = [0, 1, 2, 3, 4, 5].map((i) => [r * Math.sin((i * Math.PI) / 3), -r * Math.cos((i * Math.PI) / 3)]);
      for (const [id, n] of counts) {
        const [x, y] = cm.hexMiddle(grid, id), top = y * size - origin.y;
        if (top < area.min.y - r || top > area.max.y + r) continue;
        for (const turn of [-1, 0, 1]) {
          const left = (x + turn) * size - origin.x;
          if (left < area.min.x - r || left > area.max.x + r) continue;
          const path = paths[cm.classOf(classes, n)];
          corners.forEach(([dx, dy], i) => (i ? path.lineTo(left + dx, top + dy) : path.moveTo(left + dx, top + dy)));
          path.closePath();
          here.push([left - r, top - r, 2 * r, 2 * r]);
        }
      }
      paths.forEach((path, i) => {
        g.fillStyle = look.ramp[cm.shadeOf(classes, i)];
        g.globalAlpha = 0.92;
        g.fill(path);
        g.globalAlpha = 1;
        g.strokeStyle = look.edge;
        g.lineWidth = 0.6;
        g.stroke(path);
      });
      return { under: (rect) => here.some((hex) => cm.hits(hex, rect, -6)) };
    },

    _circles(g, { area, origin, zoom, look }) {
      const { state } = this, { data, sums } = state, size = 256 * 2 ** zoom, scale = cm.circleScale(state, zoom), found = this.circles;
      for (let i = 0; i < data.places; i++) {
        if (data.kind[i] !== cm.POINT || !sums.plans[i]) continue;
        const y = data.y[i] * size - origin.y;
        if (y < area.min.y - 60 || y > area.max.y + 60) continue;
        for (const turn of [-1, 0, 1]) {
          const x = (data.x[i] + turn) * size - origin.x;
          if (x < area.min.x - 60 || x > area.max.x + 60) continue;
          found.push({ place: i, x, y, radius: cm.circleRadius(scale, sums.plans[i]) });
        }
      }
      found.sort((a, b) => b.radius - a.radius || sums.plans[b.place] - sums.plans[a.place] || a.place - b.place);
      g.lineWidth = 1;
      for (const { x, y, radius } of found) {
        g.beginPath();
        g.arc(x, y, radius, 0, 2 * Math.PI);
        g.globalAlpha = 0.62;
        g.fillStyle = look.dot;
        g.fill();
        g.globalAlpha = 1;
        g.strokeStyle = look.dotEdge;
        g.stroke();
      }
    },

    // A line around what is selected; around a place also how far off it may be.
    _picked(g, { origin, zoom, look }) {
      const { state } = this, { picked, data } = state, size = 256 * 2 ** zoom;
      for (const turn of [-1, 0, 1]) {
        g.beginPath();
        g.setLineDash([]);
        if (picked.hex !== undefined && !cm.isSingle(state, zoom)) {
          const { grid } = cm.hexesOf(state, cm.levelOf(zoom));
          if (grid.level !== picked.level) return;
          const [x, y] = cm.hexMiddle(grid, picked.hex), r = grid.side * size;
          for (let i = 0; i < 6; i++) g.lineTo((x + turn) * size - origin.x + r * Math.sin((i * Math.PI) / 3), y * size - origin.y - r * Math.cos((i * Math.PI) / 3));
          g.closePath();
        } else if (picked.place !== undefined && data.kind[picked.place] === cm.POINT) {
          const x = (data.x[picked.place] + turn) * size - origin.x, y = data.y[picked.place] * size - origin.y;
          const off = (data.radius[picked.place] / 40075017) * Math.cosh(Math.PI * (1 - 2 * data.y[picked.place])) * size;
          g.arc(x, y, cm.circleRadius(cm.circleScale(state, zoom), state.sums.plans[picked.place]) + 2, 0, 2 * Math.PI);
          if (off > 12) {
            g.moveTo(x + off, y);
            g.arc(x, y, off, 0, 2 * Math.PI);
          }
        } else continue;
        g.strokeStyle = look.halo;
        g.lineWidth = 4.5;
        g.stroke();
        g.strokeStyle = look.text;
        g.lineWidth = 2.2;
        g.stroke();
      }
    },

    // What lies at a point of the map's window: {place}, {hex}, {area}, or null.
    at(point, finger) {
      this.catchUp();
      const { state } = this, map = this._map, zoom = map.getZoom(), p = map.containerPointToLayerPoint(point), size = 256 * 2 ** zoom;
      let best = null, least = Infinity;
      for (const one of this.circles) {
        const away = Math.hypot(one.x - p.x, one.y - p.y), reach = Math.max(one.radius + 2, finger ? 20 : 6);
        if (away > reach || away - one.radius / 2 >= least) continue;
        least = away - one.radius / 2;
        best = { place: one.place };
      }
      if (best) return best;
      const x = (p.x + this.origin.x) / size, y = (p.y + this.origin.y) / size;
      if (!cm.isSingle(state, zoom)) {
        const { grid, counts } = cm.hexesOf(state, cm.levelOf(zoom)), id = cm.hexOf(grid, x, y);
        if (counts.has(id)) return { hex: id, level: grid.level, areas: cm.areasUnder(this.areas, x, y).map((area) => area.place) };
      }
      const areas = cm.areasUnder(this.areas, x, y);
      return areas.length ? { area: areas[0].place, place: areas[0].place, areas: areas.slice(1).map((area) => area.place) } : null;
    },
  });

  cm.levelOf = (zoom) => Math.round(zoom);
  cm.isSingle = (state, zoom) => zoom >= state.single - 0.01;
})(citemap);
