// Land, coast and borders, drawn on a canvas so that marks stay quick: fine near the marks, coarse elsewhere, on every turn of the globe.
(function (cm) {
  const EDGE = 0.003;

  // A coast is a ring without the pieces that run along the box it was cut with.
  function coastOf(ring, walls) {
    const lines = [];
    let line = [ring[0]];
    for (let i = 1; i < ring.length; i++) {
      const [a, b] = [ring[i - 1], ring[i]];
      const cut = walls.some(([axis, value]) => Math.abs(a[axis] - value) < EDGE && Math.abs(b[axis] - value) < EDGE);
      if (cut) {
        if (line.length > 1) lines.push(line);
        line = [b];
      } else line.push(b);
    }
    if (line.length > 1) lines.push(line);
    return lines;
  }

  function wallsOf(box, inset) {
    const [west, south, east, north] = box;
    const walls = [[0, south + inset], [0, north - inset], [0, -82], [0, 84]];
    for (const turn of [-360, 0, 360]) walls.push([1, west + inset + turn], [1, east - inset + turn], [1, 180 + turn]);
    return walls;
  }

  function make(part, digits, walls) {
    const polygons = cm.decodePolygons(part.land, digits);
    const coast = polygons.flat().flatMap((ring) => coastOf(ring, walls));
    return { polygons, coast, borders: part.borders.map((line) => cm.decodeLine(line, digits)) };
  }

  const moved = (lines, turn) => (turn ? lines.map((line) => line.map(([lat, lon]) => [lat, lon + turn])) : lines);

  cm.addGround = function (app) {
    const { near, far, digits } = app.data.base;
    const map = app.map;
    const pane = map.createPane("cm-ground");
    pane.style.zIndex = 190;
    pane.style.pointerEvents = "none";
    const renderer = L.canvas({ pane: "cm-ground", padding: 0.5 });
    const parts = {
      far: make(far, digits, wallsOf(far.box, 0.05)),
      near: make(near, digits, wallsOf(near.box, 0)),
    };
    const bounds = { far: [-180, 180], near: [near.box[0], near.box[2]] };
    const shown = {};
    const ink = (name) => getComputedStyle(app.root).getPropertyValue(name).trim();
    const styles = () => ({
      land: { stroke: false, fill: true, fillColor: ink("--land"), fillOpacity: 1 },
      coast: { color: ink("--coast"), weight: 0.7, opacity: 1 },
      borders: { color: ink("--border"), weight: 0.7, opacity: 1, dashArray: null },
    });

    function build(name, turn) {
      const part = parts[name];
      const common = { renderer, pane: "cm-ground", interactive: false, smoothFactor: 0.6 };
      const style = styles();
      return {
        land: L.polygon(part.polygons.map((rings) => moved(rings, turn)), { ...common, ...style.land }),
        coast: L.polyline(moved(part.coast, turn), { ...common, ...style.coast }),
        borders: L.polyline(moved(part.borders, turn), { ...common, ...style.borders }),
      };
    }

    function refresh() {
      const view = map.getBounds().pad(0.5);
      for (const turn of [-360, 0, 360]) {
        for (const name of ["far", "near"]) {
          const key = name + turn;
          const [west, east] = bounds[name];
          if (shown[key] || west + turn > view.getEast() || east + turn < view.getWest()) continue;
          shown[key] = build(name, turn);
          if (app.ground.on) Object.values(shown[key]).forEach((layer) => layer.addTo(map));
        }
      }
    }

    function restyle() {
      const style = styles();
      for (const layers of Object.values(shown)) for (const name of Object.keys(style)) layers[name].setStyle(style[name]);
    }

    app.ground = {
      parts,
      on: true,
      refresh,
      show(on) {
        app.ground.on = on;
        for (const layers of Object.values(shown)) Object.values(layers).forEach((layer) => (on ? layer.addTo(map) : layer.remove()));
      },
    };
    map.on("moveend", refresh);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);
    window.matchMedia("print").addEventListener("change", () => setTimeout(restyle, 0));
  };
})(citemap);
