// Where the map opens: as near as it can be with every mark that matters inside and none under a panel.
(function (cm) {
  const STEP = 0.25, INSET = 26;

  function samples(app) {
    const held = app.marks.filter((mark) => app.data.view.held.includes(mark.id));
    const points = [];
    for (const mark of held) {
      if (mark.point) points.push([mark.point[1], mark.point[0] + mark.turn]);
      const [west, south, east, north] = mark.bounds;
      for (const rings of mark.polygons || []) {
        const ring = rings[0], skip = Math.max(1, Math.floor(ring.length / 40));
        for (let i = 0; i < ring.length; i += skip) {
          const { lat, lng } = ring[i];
          if (lat >= south && lat <= north && lng - mark.turn >= west && lng - mark.turn <= east) points.push([lat, lng]);
        }
      }
    }
    if (held.length) points.push(...app.data.view.points);
    const [west, south, east, north] = app.data.view.bounds;
    return points.length && held.length ? points : [[south, west], [north, east]];
  }

  cm.openView = function (app) {
    if (!app.data.view) {
      if (app.bounds) app.map.fitBounds(app.bounds, { animate: false });
      app.moved = false;
      return;
    }
    const map = app.map, size = map.getSize();
    if (size.x < 10 || size.y < 10) {
      // A frame that is not laid out yet. It gets a view all the same: without one Leaflet would never measure it again.
      const [west, south, east, north] = app.data.view.bounds;
      if (!app.opened) map.setView([(south + north) / 2, (west + east) / 2], 3, { animate: false });
      app.opened = true;
      app.moved = false;
      return;
    }
    app.opened = true;
    const points = samples(app), rects = cm.panelRects(app);
    const top = held(app) ? 7.5 : 6;
    for (let zoom = top; zoom >= map.getMinZoom(); zoom -= STEP) {
      const at = points.map(([lat, lon]) => cm.project(lat, lon, zoom));
      const xs = at.map((p) => p[0]), ys = at.map((p) => p[1]);
      const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const slack = [size.x - 2 * INSET - (x1 - x0), size.y - 2 * INSET - (y1 - y0)];
      if (slack[0] < 0 || slack[1] < 0) continue;
      let best = null;
      for (let i = 0; i <= 12; i++) {
        for (let j = 0; j <= 12; j++) {
          const dx = INSET + (slack[0] * i) / 12 - x0, dy = INSET + (slack[1] * j) / 12 - y0;
          const off = Math.abs(i - 6) / 6 + Math.abs(j - 6) / 6;
          if (best && off >= best.off) continue;
          if (at.some(([x, y]) => rects.some((r) => x + dx > r[0] - 10 && x + dx < r[0] + r[2] + 10 && y + dy > r[1] - 10 && y + dy < r[1] + r[3] + 10))) continue;
          best = { off, dx, dy };
        }
      }
      if (!best) continue;
      const centre = map.unproject([size.x / 2 - best.dx, size.y / 2 - best.dy], zoom);
      map.setView(centre, zoom, { animate: false });
      app.moved = false;
      return;
    }
    const [west, south, east, north] = app.data.view.bounds;
    map.fitBounds([[south, west], [north, east]], { animate: false });
    app.moved = false;
  };

  const held = (app) => app.data.view.held.length > 0;

  // Names along chains, numbers with their lines, then all other names, on a view that stands still.
  cm.layout = function (app, again) {
    const map = app.map, size = map.getSize();
    if (!app.ready || size.x < 10 || size.y < 10) return;
    const corner = map.containerPointToLayerPoint([0, 0]);
    L.DomUtil.setPosition(app.overlay, corner);
    app.ink.setAttribute("width", size.x);
    app.ink.setAttribute("height", size.y);
    const grid = cm.makeGrid(app);
    const panels = cm.panelRects(app);
    const taken = [...panels];
    taken.panels = panels;
    cm.keepDistances(app, taken);
    const arcs = cm.placeArcs(app, grid, taken);
    const legend = app.legend ? app.legend.offsetHeight : 0;
    const lines = cm.placeBadges(app, grid, taken);
    if (app.legend && app.legend.offsetHeight !== legend && !again) return app.opening || cm.layout(app, true);
    const measures = cm.placeDistances(app, grid, taken);
    const names = cm.placeLabels(app, grid, taken);
    app.ink.replaceChildren(...measures, ...lines, ...arcs, ...names);
    app.overlay.classList.remove("cm-away");
    cm.gatherSites(app);
    cm.coverTargets(app);
    cm.follow(app);
  };
})(citemap);
