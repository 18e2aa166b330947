// A coarse picture of the view, to ask of any rectangle how much of it is land, fine mark or country mark; numbers and names are placed by it.
(function (cm) {
  const CELL = 4;

  function sums(pixels, width, height, channel) {
    const table = new Float64Array((width + 1) * (height + 1));
    for (let y = 0; y < height; y++) {
      let row = 0;
      for (let x = 0; x < width; x++) {
        row += pixels[(y * width + x) * 4 + channel] > 127 ? 1 : 0;
        table[(y + 1) * (width + 1) + x + 1] = table[y * (width + 1) + x + 1] + row;
      }
    }
    return table;
  }

  // The picture is drawn when something is first asked of it: a map without names and numbers needs none.
  cm.makeGrid = function (app) {
    let read = null;
    // The share, from 0 to 1, of a rectangle [x, y, width, height] in pixels that is land (0), fine mark (1) or country mark (2).
    return { share: (channel, rect) => (read = read || picture(app))(channel, rect) };
  };

  function picture(app) {
    const map = app.map, size = map.getSize();
    const width = Math.ceil(size.x / CELL), height = Math.ceil(size.y / CELL);
    const canvas = app.gridCanvas || (app.gridCanvas = document.createElement("canvas"));
    canvas.width = width;
    canvas.height = height;
    const g = canvas.getContext("2d", { willReadFrequently: true });
    const corner = map.getPixelBounds().min, world = (256 * 2 ** map.getZoom()) / CELL, view = [-1, -1, width + 1, height + 1];
    const at = (turn) => [turn * world - corner.x / CELL, -corner.y / CELL];
    g.globalCompositeOperation = "lighter";
    g.fillStyle = "#f00";
    for (const part of Object.values(app.ground ? app.ground.parts : {})) cm.fillLand(g, part, world, at, view, 0.5);
    for (const mark of app.marks) {
      if (!mark.rings || mark.kind === "region" || !mark.visible) continue;
      g.fillStyle = mark.kind === "country" ? "#00f" : "#0f0";
      g.beginPath();
      for (const ring of mark.rings) {
        cm.traceRing(g, ring, world, ...at(0), view, 0.5);
        g.closePath();
      }
      g.fill("evenodd");
    }
    const pixels = g.getImageData(0, 0, width, height).data;
    const tables = [0, 1, 2].map((channel) => sums(pixels, width, height, channel));
    const clamp = (value, most) => Math.max(0, Math.min(most, Math.round(value / CELL)));
    return function (channel, [x, y, w, h]) {
      const table = tables[channel], row = width + 1;
      const x0 = clamp(x, width - 1), x1 = Math.max(x0 + 1, clamp(x + w, width)), y0 = clamp(y, height - 1), y1 = Math.max(y0 + 1, clamp(y + h, height));
      const total = table[y1 * row + x1] - table[y0 * row + x1] - table[y1 * row + x0] + table[y0 * row + x0];
      return total / ((x1 - x0) * (y1 - y0));
    };
  }

  cm.hits = (a, b, gap) =>
    a[0] < b[0] + b[2] + gap && a[0] + a[2] + gap > b[0] && a[1] < b[1] + b[3] + gap && a[1] + a[3] + gap > b[1];

  // Rectangles, in pixels of the map, that panels and controls cover.
  cm.panelRects = function (app) {
    const frame = app.map.getContainer().getBoundingClientRect();
    const nodes = [...app.map.getContainer().querySelectorAll(".leaflet-control"), ...app.panels];
    const rects = nodes.map((node) => node.getBoundingClientRect()).filter((r) => r.width && r.height);
    return rects
      .filter((r) => r.left < frame.right && r.right > frame.left && r.top < frame.bottom && r.bottom > frame.top)
      .map((r) => [r.left - frame.left, r.top - frame.top, r.width, r.height]);
  };
})(citemap);
