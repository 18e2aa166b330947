// Names on the map of an archive: areas with their counts, then places, then countries and seas, as many as have room, none on another.
(function (cm) {
  const FONTS = { area: "600 11.5px", place: "500 12px", country: "500 11.5px", sea: "italic 400 12.5px" };
  const SPACED = { country: 2, sea: 0.5 };

  // Rectangles in squares of a grid, to ask quickly whether one is free.
  function board() {
    const squares = new Map(), SIDE = 64;
    const each = (r, act) => {
      for (let i = Math.floor(r[0] / SIDE); i <= Math.floor((r[0] + r[2]) / SIDE); i++) for (let j = Math.floor(r[1] / SIDE); j <= Math.floor((r[1] + r[3]) / SIDE); j++) act(`${i} ${j}`);
    };
    return {
      free(r, gap) {
        let free = true;
        each(r, (key) => { for (const other of squares.get(key) || []) if (cm.hits(r, other, gap)) free = false; });
        return free;
      },
      take(r) { each(r, (key) => { if (squares.has(key)) squares.get(key).push(r); else squares.set(key, [r]); }); },
    };
  }

  function write(g, look, kind, text, x, y) {
    g.font = `${FONTS[kind]} ${look.font}`;
    g.letterSpacing = `${SPACED[kind] || 0}px`;
    g.lineJoin = "round";
    g.lineWidth = 3;
    g.strokeStyle = kind === "sea" ? look.sea : look.halo;
    g.strokeText(text, x, y);
    g.fillStyle = kind === "sea" ? look.waterName : kind === "country" ? look.countryName : kind === "area" ? look.areaName : look.name;
    g.fillText(text, x, y);
    g.letterSpacing = "0px";
  }

  // A line from a small area to the name that stands off it.
  function leader(g, look, x, y, [left, top, w, t]) {
    g.strokeStyle = look.area;
    g.lineWidth = 1;
    g.beginPath();
    g.moveTo(x, y);
    g.lineTo(Math.max(left, Math.min(x, left + w)), Math.max(top, Math.min(y, top + t)));
    g.stroke();
  }

  function wide(g, look, kind, text) {
    const key = `${kind} ${text}`;
    if (!look.widths.has(key)) {
      g.font = `${FONTS[kind]} ${look.font}`;
      look.widths.set(key, g.measureText(text).width + (SPACED[kind] || 0) * [...text].length);
    }
    return look.widths.get(key);
  }

  // A name is one line, and not endless.
  const brief = (text) => { const flat = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim(); return flat.length > 38 ? `${[...flat].slice(0, 36).join("")}…` : flat; };

  cm.drawNames = function (g, state, { circles, areas, area: canvas, origin, zoom, look, hexes }) {
    const taken = board(), size = 256 * 2 ** zoom, { data, app } = state, written = new Set();
    g.textAlign = "left";
    g.textBaseline = "middle";
    for (const { x, y, radius } of circles) taken.take([x - radius * 0.7, y - radius * 0.7, radius * 1.4, radius * 1.4]);
    // No name is cut by the window's edge, or goes under a panel.
    const map = app.map, corner = map.containerPointToLayerPoint([0, 0]), { x: across, y: down } = map.getSize();
    for (const [x, y, w, t] of cm.panelRects(app)) taken.take([x + corner.x, y + corner.y, w, t]);
    const clear = (low, length, from, size) => (low >= from + 3 && low + length <= from + size - 3);
    const outside = (r) => r[0] > corner.x + across || r[0] + r[2] < corner.x || r[1] > corner.y + down || r[1] + r[3] < corner.y;
    const inside = (r) => (clear(r[0], r[2], corner.x, across) && clear(r[1], r[3], corner.y, down))
      || (outside(r) && r[0] >= canvas.min.x && r[1] >= canvas.min.y && r[0] + r[2] <= canvas.max.x && r[1] + r[3] <= canvas.max.y);
    const turns = (x) => [-1, 0, 1].map((turn) => (x + turn) * size - origin.x).filter((at) => at > canvas.min.x - 80 && at < canvas.max.x + 80);

    // An area's name with its number, after a sign that says that this is the area's own count.
    const named = [...areas].sort((a, b) => state.sums.plans[b.place] - state.sums.plans[a.place]);
    for (const one of named.slice(0, Math.max(8, Math.round((canvas.getSize().x * canvas.getSize().y) / (zoom < 3 ? 60000 : 20000))))) {
      const text = `${brief(data.names[one.place])}  ${cm.count(app, state.sums.plans[one.place])}`, w = wide(g, look, "area", text) + 13;
      // What is smaller than its name has it beside it, where there is not much of the kind.
      const beside = one.span * size < Math.min(w * 0.8, 90) && cm.fewAreas(state);
      if (!beside && one.span * size < Math.min(w * 0.8, 90)) continue;
      for (const at of turns(data.x[one.place])) {
        const y = data.y[one.place] * size - origin.y, off = (one.span * size) / 2 + 6;
        // Inside it; or around it, nearest first, with a line to it where that is not beside it.
        const around = [0, 22, 44].flatMap((d) => [[at + off + d, y - 8, w, 16], [at - off - d - w, y - 8, w, 16], [at - w / 2, y + off + d, w, 16], [at - w / 2, y - off - d - 16, w, 16]]);
        const rect = (beside ? around : [[at - w / 2, y - 8, w, 16]]).find((r) => inside(r) && taken.free(r, 3));
        if (!rect) continue;
        taken.take(rect);
        written.add(data.names[one.place]);
        if (around.indexOf(rect) > 3) leader(g, look, at, y, rect);
        g.fillStyle = look.halo;
        g.globalAlpha = 0.78;
        g.beginPath();
        g.roundRect(rect[0] - 3, rect[1], rect[2] + 6, rect[3], 3);
        g.fill();
        g.globalAlpha = 1;
        g.strokeStyle = look.area;
        g.lineWidth = 1.1;
        const left = rect[0] + 0.5, middle = rect[1] + 8;
        g.strokeRect(left, middle - 4, 8, 8);
        g.beginPath();
        for (const [x0, y0, x1, y1] of [[0, 4, 8, -4], [0, 0, 4, -4], [4, 4, 8, 0]]) {
          g.moveTo(left + x0, middle + y0);
          g.lineTo(left + x1, middle + y1);
        }
        g.stroke();
        write(g, look, "area", text, rect[0] + 13, middle + 0.5);
      }
    }
    for (const { place, x, y, radius } of circles.slice(0, 420)) {
      const text = brief(data.names[place]), w = wide(g, look, "place", text), off = radius * 0.75 + 3;
      const spots = [[x + off, y - off * 0.6 - 7], [x + off, y + off * 0.4 - 7], [x - off - w, y - off * 0.6 - 7], [x - off - w, y + off * 0.4 - 7], [x - w / 2, y - radius - 16], [x - w / 2, y + radius + 2]];
      const spot = spots.map(([left, top]) => [left, top, w, 14]).find((rect) => inside(rect) && taken.free(rect, 2));
      if (!spot) continue;
      taken.take(spot);
      write(g, look, "place", text, spot[0], spot[1] + 7.5);
    }
    const most = { country: Math.max(6, (canvas.getSize().x * canvas.getSize().y) / 42000), sea: Math.max(4, (canvas.getSize().x * canvas.getSize().y) / 90000) }, weighed = {};
    for (const one of data.own.labels) {
      const text = one.kind === "country" ? one.name.toLocaleUpperCase(app.data.language) : one.name, w = wide(g, look, one.kind, text);
      if (written.has(one.name) || zoom < 3) continue;
      const { xy } = one.ring || (one.ring = cm.ringOf([one.lon, one.lat]));
      for (const at of turns(xy[0])) {
        const y = xy[1] * size - origin.y, rect = [at - w / 2, y - 7, w, 14];
        if (!inside(rect)) continue;
        // Only the greatest in view are weighed: a lesser name never stands in for one that had no room.
        weighed[one.kind] = (weighed[one.kind] || 0) + 1;
        if (weighed[one.kind] > most[one.kind] || !taken.free(rect, 8) || (hexes && hexes.under(rect))) continue;
        taken.take(rect);
        write(g, look, one.kind, text, rect[0], y + 0.5);
      }
    }
  };
})(citemap);
