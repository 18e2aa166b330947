// Land, coast and borders, drawn on a canvas so that marks stay quick: fine near the marks, coarse elsewhere, on every turn of the globe.
(function (cm) {
  const EDGE = 0.003, THIN = 0.8;

  // Along the box that land was cut with there is no coast: which points of a ring are reached along one of its walls.
  function cutsOf(degrees, walls) {
    const cut = new Uint8Array(degrees.length / 2);
    for (const [axis, value] of walls) {
      let before = false;
      for (let i = axis; i < degrees.length; i += 2) {
        const here = Math.abs(degrees[i] - value) < EDGE;
        if (here && before && i > 1) cut[i >> 1] = 1;
        before = here;
      }
    }
    return cut;
  }

  function wallsOf(box, inset) {
    const [west, south, east, north] = box;
    const walls = [[1, south + inset], [1, north - inset], [1, -82], [1, 84]];
    for (const turn of [-360, 0, 360]) walls.push([0, west + inset + turn], [0, east - inset + turn], [0, 180 + turn]);
    return walls;
  }

  function make(part, digits, walls) {
    const ring = (text) => {
      const degrees = cm.decodeFlat(text, digits);
      return { ...cm.ringOf(degrees), cut: cutsOf(degrees, walls) };
    };
    const polygons = part.land.map((rings) => rings.map(ring));
    const borders = part.borders.map((line) => cm.ringOf(cm.decodeFlat(line, digits)));
    const xs = polygons.flatMap(([outer]) => [outer.box[0], outer.box[2]]);
    return { polygons, borders, from: xs.reduce((a, b) => Math.min(a, b), Infinity), to: xs.reduce((a, b) => Math.max(a, b), -Infinity) };
  }

  // Fill the land of a part, on each turn of the globe that a view sees; `at(turn)` is where that turn starts.
  cm.fillLand = function (g, part, size, at, view, thin) {
    for (const turn of [-1, 0, 1]) {
      const [dx, dy] = at(turn);
      if (part.to * size + dx < view[0] || part.from * size + dx > view[2]) continue;
      // One at a time: a browser fills a thousand small shapes sooner than one made of them.
      for (const rings of part.polygons) {
        const [outer] = rings, { box } = outer;
        if (!cm.touches(box, size, dx, dy, view) || (box[2] - box[0] + box[3] - box[1]) * size < thin) continue;
        g.beginPath();
        for (const { xy } of rings) cm.traceRing(g, { xy }, size, dx, dy, view, thin);
        g.fill("evenodd");
      }
    }
  };

  function strokeLines(g, part, lines, size, at, view) {
    for (const turn of [-1, 0, 1]) {
      const [dx, dy] = at(turn);
      if (part.to * size + dx < view[0] || part.from * size + dx > view[2]) continue;
      g.beginPath();
      for (const line of lines) if (cm.touches(line.box, size, dx, dy, view)) cm.traceRing(g, line, size, dx, dy, view, THIN);
      g.stroke();
    }
  }

  const Ground = cm.CanvasLayer.extend({
    options: { pane: "cm-ground", padding: 0.2 },
    draw(g, area, origin, zoom) {
      const size = 256 * 2 ** zoom, at = (turn) => [turn * size - origin.x, -origin.y];
      const view = [area.min.x - 2, area.min.y - 2, area.max.x + 2, area.max.y + 2];
      const { parts, inks } = this.options;
      const { land, coast, border } = inks();
      g.fillStyle = land;
      g.lineWidth = 0.7;
      // At this width no eye tells joins apart, and round ones cost most.
      g.lineJoin = "bevel";
      for (const part of parts) cm.fillLand(g, part, size, at, view, THIN);
      g.strokeStyle = coast;
      for (const part of parts) strokeLines(g, part, part.polygons.flat(), size, at, view);
      g.strokeStyle = border;
      for (const part of parts) strokeLines(g, part, part.borders, size, at, view);
    },
  });

  cm.addGround = function (app) {
    const { near, far, digits } = app.data.base, { map } = app;
    const pane = map.createPane("cm-ground");
    pane.style.zIndex = 190;
    pane.style.pointerEvents = "none";
    const parts = { far: make(far, digits, wallsOf(far.box, 0.05)), near: make(near, digits, wallsOf(near.box, 0)) };
    const ink = (name) => getComputedStyle(app.root).getPropertyValue(name).trim();
    const inks = () => ({ land: ink("--land"), coast: ink("--coast"), border: ink("--border") });
    const layer = new Ground({ parts: Object.values(parts), inks }).addTo(map);
    app.ground = {
      parts,
      layer,
      on: true,
      show(on) {
        app.ground.on = on;
        if (on) layer.addTo(map);
        else layer.remove();
      },
    };
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.redraw());
    window.matchMedia("print").addEventListener("change", () => setTimeout(() => layer.redraw(), 0));
  };
})(citemap);
