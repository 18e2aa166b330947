// The marks: areas, chains, seas and countries as their shapes, points as small glyphs. Hatch, dash and glyph say the status without colour.
(function (cm) {
  const { s } = cm;
  const RANK = { region: 0, country: 1, sea: 2, chain: 3, area: 4, point: 5 };

  function pattern(app, style) {
    const slug = cm.slug(style.id), ink = `var(--${slug})`;
    const line = (d, width) => s("path", { d, fill: "none", stroke: ink, "stroke-width": width });
    const wash = (size, opacity) => s("rect", { width: size, height: size, fill: ink, "fill-opacity": opacity });
    const kinds = {
      diagonal: [9, wash(9, 0.1), line("M-2,2 L2,-2 M0,9 L9,0 M7,11 L11,7", 1.5)],
      dots: [7, wash(7, 0.1), s("circle", { cx: 2, cy: 2, r: 1.2, fill: ink }), s("circle", { cx: 5.5, cy: 5.5, r: 1.2, fill: ink })],
      wide: [15, wash(15, 0.1), line("M-2,13 L2,17 M0,0 L15,15 M13,-2 L17,2", 1.7)],
      filled: [6, wash(6, 0.24), line("M0,3 L6,3", 1)],
      plain: [8, wash(8, 0.2)],
      cross: [10, wash(10, 0.07), line("M0,0 L10,10 M10,0 L0,10", 1)],
    };
    const [size, ...drawn] = kinds[style.hatch];
    return s("pattern", { id: `${app.name}-${slug}`, width: size, height: size, patternUnits: "userSpaceOnUse" }, drawn);
  }

  // Once a map, whichever of its parts asks first.
  cm.addPatterns = function (app) {
    if (app.patterned) return;
    app.patterned = true;
    const defs = s("defs", {}, app.data.styles.map((style) => pattern(app, style)));
    app.root.appendChild(s("svg", { class: "cm-defs", width: 0, height: 0, "aria-hidden": "true" }, defs));
  };

  cm.swatch = function (app, style) {
    const box = { x: 1, y: 1, width: 26, height: 14, rx: 1 };
    const slug = cm.slug(style.id);
    return s("svg", { class: "cm-swatch", width: 28, height: 16, viewBox: "0 0 28 16", "aria-hidden": "true" },
      s("rect", { ...box, style: `fill:url(#${app.name}-${slug})` }),
      s("rect", { ...box, fill: "none", stroke: `var(--${slug})`, "stroke-width": style.id === "completed" ? 0.9 : 1.4, "stroke-dasharray": style.dash || null }));
  };

  cm.glyph = function (style) {
    const ink = `var(--${cm.slug(style.id)})`;
    const ring = { cx: 9, cy: 9, r: 6, fill: "var(--halo)", stroke: ink, "stroke-width": 2 };
    const parts = {
      "ring-dashed": [s("circle", { ...ring, "stroke-dasharray": "3.3 1.4" })],
      diamond: [s("path", { d: "M9,1.5 16.5,9 9,16.5 1.5,9z", fill: "var(--halo)", stroke: ink, "stroke-width": 2 })],
      half: [s("circle", ring), s("path", { d: "M9,3a6,6 0 0 1 0,12z", fill: ink })],
      notch: [s("circle", { ...ring, fill: ink }), s("path", { d: "M9,9 12,1 6,1z", fill: "var(--halo)" })],
      disc: [s("circle", { ...ring, fill: ink })],
      square: [s("rect", { x: 3.5, y: 3.5, width: 11, height: 11, fill: ink })],
      barred: [s("circle", ring), s("path", { d: "M4.5,13.5 13.5,4.5", stroke: ink, "stroke-width": 2 })],
    };
    return cm.glyphOf(parts[style.point]);
  };

  cm.glyphOf = (parts) => s("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, parts);

  // Plans of several statuses at one point: the sign of one would hide the others', so the point carries none, and the numbers say it.
  cm.severalGlyph = () => cm.glyphOf([s("circle", { cx: 9, cy: 9, r: 6, fill: "var(--halo)", stroke: "var(--text)", "stroke-width": 1.6 }), s("circle", { cx: 9, cy: 9, r: 2.4, fill: "var(--text)" })]);

  // Where all plans of a status are gone since an older map: only the outline is left, struck where it is a point.
  const allGone = (mark, style) => mark.plans.filter((plan) => plan.status === style.id).every((plan) => cm.changeOf(plan) === "gone");

  function paint(app, layer, style, kind, gone) {
    const node = layer.getElement();
    if (!node) return;
    node.classList.toggle("cm-hollow", gone);
    const slug = cm.slug(style.id);
    node.style.stroke = kind === "country" ? "var(--soft)" : `var(--${slug})`;
    node.style.fill = gone || kind === "soft" || kind === "region" ? "none" : `url(#${app.name}-${slug})`;
  }

  // A polygon whose rings know where they lie in the world: a country with plans of several statuses is several polygons of one shape, and on a
  // map of the world most of its points fall on the one before.
  const Shape = L.Polygon.extend({
    // The rings come as Leaflet's own points; all that is asked of them here is how far they reach.
    _convertLatLngs(latlngs) {
      const { rings } = this.options, reach = (side, most) => rings.reduce((far, { box }) => most(far, box[side]), rings[0].box[side]);
      const degrees = (x, y) => new L.LatLng((Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180);
      this._bounds.extend(degrees(reach(0, Math.min), reach(1, Math.min))).extend(degrees(reach(2, Math.max), reach(3, Math.max)));
      return latlngs;
    },

    _projectLatlngs(latlngs, result, bounds) {
      const size = 256 * 2 ** this._map.getZoom(), origin = this._map.getPixelOrigin();
      const at = (x, y) => new L.Point(Math.round(x * size) - origin.x, Math.round(y * size) - origin.y);
      for (const { xy, box } of this.options.rings) {
        const points = [];
        let last = null;
        for (let i = 0; i < xy.length; i += 2) {
          const point = at(xy[i], xy[i + 1]);
          if (last && point.x === last.x && point.y === last.y) continue;
          points.push((last = point));
        }
        bounds.extend(at(box[0], box[1])).extend(at(box[2], box[3]));
        result.push(points);
      }
    },
  });

  function shapes(app, mark, style) {
    const statuses = new Set(mark.plans.map((plan) => plan.status)).size;
    const renderer = app.renderers[mark.kind === "country" || mark.kind === "region" ? "back" : "front"];
    const line = {
      region: { weight: 1.2, opacity: 0.55, dashArray: "2 5" },
      country: { weight: 0.7, opacity: 0.4, fillOpacity: 0.4 / Math.sqrt(statuses) },
      sea: { weight: 1.2, opacity: 0.8, fillOpacity: 0.5, dashArray: style.dash || null },
    }[mark.kind] || { weight: style.id === "completed" ? 1 : 1.5, opacity: 1, fillOpacity: 1, dashArray: style.dash || null };
    const made = [];
    if (mark.soft) {
      made.push([new Shape(mark.polygons, { rings: mark.rings, renderer, interactive: false, fill: false, weight: 13, opacity: mark.kind === "chain" ? 0.2 : mark.kind === "region" ? 0.07 : 0.12, className: `cm-soft${mark.kind === "region" ? " cm-region" : ""}` }), "soft"]);
    }
    const shape = new Shape(mark.polygons, { rings: mark.rings, renderer, className: `cm-shape cm-${mark.kind}`, fillOpacity: 0, smoothFactor: 0.8, ...line });
    shape.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      cm.openPopup(app, mark.plans.filter((plan) => plan.status === style.id && cm.isShown(app, plan)), mark, event.latlng);
    });
    made.push([shape, mark.kind]);
    return made;
  }

  function point(app, mark, style) {
    const made = [];
    const at = [mark.point[1], mark.point[0] + mark.turn];
    if (mark.radius) {
      made.push([L.circle(at, { renderer: app.renderers.front, radius: mark.radius, weight: 1.4, dashArray: style.dash || null, fillOpacity: 0.5, className: "cm-shape" }), "ring"]);
    }
    const icon = L.divIcon({ className: `cm-point${allGone(mark, style) ? " cm-hollow" : ""}`, html: mark.several ? cm.severalGlyph() : cm.glyph(style), iconSize: [18, 18] });
    const marker = L.marker(at, { icon, keyboard: false, pane: "cm-points", riseOnHover: true });
    const told = () => mark.plans.filter((plan) => (mark.several ? cm.isShown(app, plan) : plan.status === style.id && cm.isShown(app, plan)));
    marker.on("click", () => cm.openPopup(app, told(), mark, marker.getLatLng()));
    made.push([marker, "point"]);
    return made;
  }

  // A shape stands while one of its plans of that status is shown; a place is in view while it has any.
  function showMarks(app) {
    for (const mark of app.marks) {
      const shown = mark.plans.filter((plan) => cm.isShown(app, plan));
      mark.visible = shown.length > 0;
      for (const [layer, status] of mark.drawn) {
        const group = app.groups[status], on = shown.some((plan) => plan.status === status);
        if (on !== group.hasLayer(layer)) group[on ? "addLayer" : "removeLayer"](layer);
      }
    }
  }

  // All marks of the plan that is selected, or the `only` one that is meant.
  function lightMarks(app, id, only) {
    for (const mark of app.marks) {
      const on = mark.plans.some((plan) => plan.id === id) && (!only || mark === only);
      for (const layer of mark.layers) if (layer.getElement()) layer.getElement().classList.toggle("cm-on", on);
      for (const button of mark.buttons) button.classList.toggle("cm-on", on && button.dataset.plan === id);
    }
  }

  cm.addMarks = function (app) {
    const map = app.map;
    for (const [name, z] of [["cm-back", 402], ["cm-front", 404], ["cm-points", 460]]) map.createPane(name).style.zIndex = z;
    app.on("change", () => showMarks(app));
    app.on("select", ({ id, mark }) => lightMarks(app, id, mark));
    app.renderers = { back: L.svg({ pane: "cm-back", padding: 0.4 }), front: L.svg({ pane: "cm-front", padding: 0.4 }) };
    app.groups = {};
    for (const style of app.data.styles) app.groups[style.id] = L.layerGroup().addTo(map);
    app.marks = app.data.marks.map((raw) => {
      const mark = { ...raw };
      mark.plans = raw.plans.map((entry) => ({ ...app.plans.get(entry.id), at: entry }));
      if (raw.shape) {
        mark.rings = [];
        mark.polygons = raw.shape.map((rings) => rings.map((text) => {
          const flat = cm.decodeFlat(text, raw.digits), ring = [];
          for (let i = 0; i < flat.length; i += 2) ring.push(new L.LatLng(flat[i + 1], (flat[i] += raw.turn)));
          mark.rings.push(cm.ringOf(flat));
          return ring;
        }));
      }
      mark.inner = raw.inner ? cm.decodeLine(raw.inner, raw.digits, raw.turn) : [[raw.point[1], raw.point[0] + raw.turn]];
      mark.arc = (raw.arc || []).map((line) => cm.decodeLine(line, raw.digits, raw.turn));
      mark.size = (raw.bounds[2] - raw.bounds[0]) * (raw.bounds[3] - raw.bounds[1]);
      mark.several = raw.kind === "point" && new Set(mark.plans.map((plan) => plan.status)).size > 1;
      mark.visible = true;
      mark.layers = [];
      mark.drawn = [];
      return mark;
    });
    for (const mark of [...app.marks].sort((a, b) => RANK[a.kind] - RANK[b.kind] || b.size - a.size)) {
      for (const style of app.data.styles) {
        if (!mark.plans.some((plan) => plan.status === style.id)) continue;
        for (const [layer, kind] of mark.kind === "point" ? point(app, mark, style) : shapes(app, mark, style)) {
          if (kind !== "point") layer.on("add", () => paint(app, layer, style, kind, allGone(mark, style)));
          mark.layers.push(layer);
          mark.drawn.push([layer, style.id]);
          app.groups[style.id].addLayer(layer);
        }
      }
    }
  };

  cm.addContext = function (app) {
    app.contextGroups = (app.data.context || []).map((set) => {
      const group = L.layerGroup();
      for (const site of set.sites) {
        const html = s("svg", { width: 10, height: 10, viewBox: "0 0 10 10", "aria-hidden": "true" }, s("circle", { cx: 5, cy: 5, r: 3.4 }));
        const icon = L.divIcon({ className: "cm-site", html, iconSize: [10, 10] });
        const marker = L.marker([site.point[1], site.point[0]], { icon, keyboard: true, pane: "cm-points", title: "", zIndexOffset: -1000 });
        marker.citemap = { set, site };
        marker.members = [marker.citemap];
        marker.on("click keypress", (event) => {
          if (event.type === "keypress" && !["Enter", " "].includes(event.originalEvent.key)) return;
          if (marker.members.length) cm.openSites(app, marker.members, marker.getLatLng());
        });
        group.addLayer(marker);
      }
      return group.addTo(app.map);
    });
  };

  // Marks with their numbers, measured distances, what the articles do not name, and the legend that explains and filters them.
  cm.parts.plans = function (app) {
    cm.addPatterns(app);
    cm.addMarks(app);
    cm.addContext(app);
    cm.addMentioned(app);
    cm.addBadges(app);
    cm.addDistances(app);
    cm.addLegend(app);
  };
})(citemap);
