// A coarse picture of the view, to ask of any rectangle how much of it is land, fine mark or country mark; numbers and names are placed by it.
(function (cm) {
  const CELL = 4;

  function trace(context, polygons, at) {
    context.beginPath();
    for (const rings of polygons) {
      for (const ring of rings) {
        let last = null;
        for (const [lat, lon] of ring) {
          const [x, y] = at(lat, lon);
          if (last && Math.abs(x - last[0]) + Math.abs(y - last[1]) < 0.5) continue;
          if (last) context.lineTo(x, y);
          else context.moveTo(x, y);
          last = [x, y];
        }
        context.closePath();
      }
    }
    context.fill("evenodd");
  }

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

  const touches = (bounds, view) => bounds[0] <= view[2] && bounds[2] >= view[0] && bounds[1] <= view[3] && bounds[3] >= view[1];

  function boundsOf(rings) {
    let [w, s, e, n] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [lat, lon] of rings[0]) {
      w = Math.min(w, lon); e = Math.max(e, lon); s = Math.min(s, lat); n = Math.max(n, lat);
    }
    return [w, s, e, n];
  }

  cm.makeGrid = function (app) {
    const map = app.map, size = map.getSize(), zoom = map.getZoom();
    const width = Math.ceil(size.x / CELL), height = Math.ceil(size.y / CELL);
    const canvas = app.gridCanvas || (app.gridCanvas = document.createElement("canvas"));
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const corner = map.getPixelBounds().min;
    const at = (lat, lon) => {
      const [x, y] = cm.project(lat, lon, zoom);
      return [(x - corner.x) / CELL, (y - corner.y) / CELL];
    };
    const b = map.getBounds(), view = [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()];
    context.globalCompositeOperation = "lighter";
    context.fillStyle = "#f00";
    for (const part of Object.values(app.ground ? app.ground.parts : {})) {
      part.boxes = part.boxes || part.polygons.map(boundsOf);
      trace(context, part.polygons.filter((_, i) => touches(part.boxes[i], view)), at);
    }
    for (const mark of app.marks) {
      if (!mark.polygons || mark.kind === "region" || !mark.visible) continue;
      context.fillStyle = mark.kind === "country" ? "#00f" : "#0f0";
      trace(context, mark.polygons, at);
    }
    const pixels = context.getImageData(0, 0, width, height).data;
    const tables = [0, 1, 2].map((channel) => sums(pixels, width, height, channel));
    const clamp = (value, most) => Math.max(0, Math.min(most, Math.round(value / CELL)));
    // The share, from 0 to 1, of a rectangle [x, y, width, height] in pixels that is land (0), fine mark (1) or country mark (2).
    return {
      share(channel, [x, y, w, h]) {
        const table = tables[channel], row = width + 1;
        const x0 = clamp(x, width - 1), x1 = Math.max(x0 + 1, clamp(x + w, width)), y0 = clamp(y, height - 1), y1 = Math.max(y0 + 1, clamp(y + h, height));
        const total = table[y1 * row + x1] - table[y0 * row + x1] - table[y1 * row + x0] + table[y0 * row + x0];
        return total / ((x1 - x0) * (y1 - y0));
      },
    };
  };

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
