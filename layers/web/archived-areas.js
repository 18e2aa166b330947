// Areas as areas: countries, provinces, seas and lines that a plan names as a whole, outlined and hatched by their count; a circle where only a radius
// is known. None is ever a point.
(function (cm) {
  const SMALLEST = 26, DOT = 2, FEW = 120, WIDEST = 60 / 360;
  const SPACING = [15, 11, 8, 5.5, 3.6];

  // The shape of each place that has one: rings in a world of one by one with a box around them all.
  cm.makeAreas = function (data) {
    const { areas, own } = data, made = [];
    for (let i = 0; i < data.places; i++) {
      if (data.kind[i] !== cm.AREA && data.kind[i] !== cm.SMALL) continue;
      const coded = areas[i], line = Boolean(coded) && coded[0][0].startsWith("/");
      const rings = coded ? coded.flat().map((text) => cm.ringOf(cm.decodeFlat(line ? text.slice(1) : text, own.digits))) : [circle(data.lat[i], data.lon[i], data.radius[i])];
      const box = [Infinity, Infinity, -Infinity, -Infinity];
      for (const ring of rings) for (let k = 0; k < 4; k++) box[k] = k < 2 ? Math.min(box[k], ring.box[k]) : Math.max(box[k], ring.box[k]);
      made.push({ place: i, rings, box, line, round: !coded, small: data.kind[i] === cm.SMALL, span: Math.max(box[2] - box[0], box[3] - box[1]) });
    }
    return made.sort((a, b) => b.span - a.span || a.place - b.place);
  };

  // All points within a distance, in degrees one after the other.
  function circle(lat, lon, metres) {
    const angle = metres / 6371000, rad = Math.PI / 180, phi = lat * rad, degrees = [];
    for (let i = 0; i <= 48; i++) {
      const turn = (i / 48) * 2 * Math.PI;
      const north = Math.asin(Math.max(-1, Math.min(1, Math.sin(phi) * Math.cos(angle) + Math.cos(phi) * Math.sin(angle) * Math.cos(turn))));
      const east = Math.atan2(Math.sin(turn) * Math.sin(angle) * Math.cos(phi), Math.cos(angle) - Math.sin(phi) * Math.sin(north));
      degrees.push(lon + east / rad, north / rad);
    }
    return cm.ringOf(degrees);
  }

  // Those that lie on the canvas.
  cm.areasIn = (shown, { area: canvas, origin, zoom }) => {
    const size = 256 * 2 ** zoom, view = [canvas.min.x, canvas.min.y, canvas.max.x, canvas.max.y];
    return shown.filter((area) => [-1, 0, 1].some((turn) => cm.touches(area.box, size, turn * size - origin.x, -origin.y, view)));
  };

  // Of few areas the smallest are drawn as well, with their names beside them; of many those that can be told apart.
  cm.fewAreas = (state) => state.areas.length <= FEW;

  // Which areas are drawn at a zoom: those that are neither too small to be seen nor so wide that they would say nothing; the one that is selected
  // always. Areas that stand in a hexagon are not drawn a second time.
  cm.areasAt = (state, zoom) => state.areas.filter((area) => {
    const px = area.span * 256 * 2 ** zoom;
    if (state.sums.plans[area.place] === 0) return false;
    if (state.picked && state.picked.area === area.place) return true;
    if (!state.areasOn || (area.small && state.hexed(area.place, zoom))) return false;
    return px >= (cm.fewAreas(state) ? DOT : SMALLEST) && area.span <= WIDEST;
  });

  // Lines of a class as a pattern that stays with the map; districts lean the other way than countries.
  function hatch(g, look, shade, back, ratio, origin) {
    const gap = SPACING[shade], key = `${shade} ${back} ${ratio}`;
    let tile = look.hatches.get(key);
    if (!tile) {
      tile = document.createElement("canvas");
      const side = Math.round(gap * Math.SQRT2 * ratio);
      tile.width = tile.height = side;
      const t = tile.getContext("2d");
      t.strokeStyle = look.area;
      t.lineWidth = 0.9 * ratio;
      for (const shift of [-side, 0, side]) {
        t.beginPath();
        if (back) { t.moveTo(shift - 1, -1); t.lineTo(shift + side + 1, side + 1); } else { t.moveTo(shift - 1, side + 1); t.lineTo(shift + side + 1, -1); }
        t.stroke();
      }
      look.hatches.set(key, tile);
    }
    const pattern = g.createPattern(tile, "repeat"), side = tile.width / ratio;
    pattern.setTransform(new DOMMatrix([1 / ratio, 0, 0, 1 / ratio, -(origin.x % side), -(origin.y % side)]));
    return pattern;
  }

  // The rings of an area as a path; holes too small to be seen as such are left out of its outline.
  function trace(g, area, size, dx, dy, view, least) {
    g.beginPath();
    area.rings.forEach((ring, i) => {
      if (i && (ring.box[2] - ring.box[0] + ring.box[3] - ring.box[1]) * size < least) return;
      cm.traceRing(g, ring, size, dx, dy, view, 0.7);
      if (!area.line) g.closePath();
    });
  }

  cm.drawAreas = function (g, state, shown, { area: canvas, origin, zoom, ratio, look }) {
    const size = 256 * 2 ** zoom, view = [canvas.min.x - 4, canvas.min.y - 4, canvas.max.x + 4, canvas.max.y + 4];
    const { x, y } = state.map.getSize(), wide = Math.max(x, y);
    const chosen = (area) => Boolean(state.picked) && state.picked.area === area.place;
    for (const area of [...shown.filter((one) => !chosen(one)), ...shown.filter(chosen)]) {
      const picked = chosen(area), shade = cm.shadeOf(state.areaClasses, cm.classOf(state.areaClasses, state.sums.plans[area.place]));
      for (const turn of [-1, 0, 1]) {
        const dx = turn * size - origin.x, dy = -origin.y;
        if (!cm.touches(area.box, size, dx, dy, view)) continue;
        // What is wider than the window is its outline alone, held back behind what can be seen whole.
        const held = !picked && area.span * size > wide;
        if (!area.line && !held) {
          trace(g, area, size, dx, dy, view, 2);
          // Where areas lie in one another the hatch is that of the smallest: lines across lines would be a density of nothing.
          g.globalCompositeOperation = "destination-out";
          g.globalAlpha = 1;
          g.fillStyle = look.text;
          g.fill("evenodd");
          g.globalCompositeOperation = "source-over";
          g.globalAlpha = picked ? 0.85 : area.span * size > wide / 3 ? 0.36 : 0.52;
          g.fillStyle = hatch(g, look, shade, state.data.precision[area.place] < 6, ratio, origin);
          g.fill("evenodd");
        }
        trace(g, area, size, dx, dy, view, 14);
        g.globalAlpha = picked ? 1 : held || (area.span * size < 60 && !cm.fewAreas(state)) ? 0.45 : 0.75;
        g.strokeStyle = picked ? look.text : look.area;
        g.lineWidth = picked ? 2.2 : area.line ? 1.5 + shade : area.span * size < 12 ? 2 : 0.9;
        g.setLineDash(area.round ? [4, 3] : []);
        g.stroke();
        g.setLineDash([]);
        g.globalAlpha = 1;
      }
    }
  };

  // Whether a place of the world lies in an area: how often a line to the left of it meets an edge.
  const holds = function (area, x, y) {
    let inside = false;
    for (const { xy } of area.rings) {
      for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
        if (xy[i + 1] > y !== xy[j + 1] > y && x < ((xy[j] - xy[i]) * (y - xy[i + 1])) / (xy[j + 1] - xy[i + 1]) + xy[i]) inside = !inside;
      }
    }
    return inside;
  };

  // The areas at a place of the world, the smallest first.
  cm.areasUnder = (shown, x, y) => shown.filter((area) => !area.line && [-1, 0, 1].some((turn) => x + turn >= area.box[0] && x + turn <= area.box[2] && y >= area.box[1] && y <= area.box[3] && holds(area, x + turn, y))).reverse();
})(citemap);
