// One canvas for all points: it moves with the map and is drawn anew when the map stands still or runs out of what is drawn. No node for a mark.
(function (cm) {
  const TILE = 512, EDGE = 64, DEEPEST = 18, TOUCH = 24;

  cm.PointLayer = L.Renderer.extend({
    options: { padding: 0.25, pane: "cm-points-many" },

    // `index` from `cm.makeIndex`; `look()` and `hidden()` are asked at each drawing.
    initialize(index, options) {
      L.Renderer.prototype.initialize.call(this, options);
      this.index = index;
      this.signs = [];
    },

    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._outrun };
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.className = "cm-points-canvas";
      this._container.setAttribute("aria-hidden", "true");
      this.restyle();
    },

    _destroyContainer() {
      cancelAnimationFrame(this._waiting);
      this._container.remove();
      delete this._container;
    },

    _updatePaths() {},

    // Panned beyond what is drawn: draw what is there now, at most once a frame.
    _outrun() {
      const map = this._map;
      if (!this._bounds || map._animatingZoom || map.getZoom() !== this._zoom || this._waiting) return;
      const corner = map.containerPointToLayerPoint([0, 0]);
      if (this._bounds.contains(L.bounds(corner, corner.add(map.getSize())))) return;
      this._waiting = requestAnimationFrame(() => { this._waiting = 0; if (this._map) this._update(); });
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), ratio = Math.min(2, window.devicePixelRatio || 1), canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const width = Math.round(size.x * ratio), height = Math.round(size.y * ratio);
      if (canvas.width !== width || canvas.height !== height || this._ratio !== ratio) {
        [canvas.width, canvas.height, this._ratio] = [width, height, ratio];
        [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
        this._stamps = new Map();
      }
      this.redraw();
    },

    // Colours changed (night, print): nothing drawn before is of use.
    restyle() {
      this._look = this.options.look();
      this._stamps = new Map();
    },

    // Which points are shown has changed.
    refresh() {
      this._known = null;
      if (this._map) this.redraw();
    },

    isDeep(zoom) {
      return zoom >= Math.min(this._map.getMaxZoom(), DEEPEST) - 0.01;
    },

    // What is near the view, worked out for whole squares of the world so that a sign does not change while the map is dragged.
    _find() {
      const map = this._map, zoom = map.getZoom(), origin = map.getPixelOrigin(), world = 256 * 2 ** zoom;
      const { min, max } = this._bounds;
      const middle = origin.x + (min.x + max.x) / 2, step = world / 8;
      const cut = Math.round(middle / step) * step - world / 2;
      const down = (value) => Math.floor((value - EDGE) / TILE) * TILE, up = (value) => Math.ceil((value + EDGE) / TILE) * TILE;
      const box = [
        Math.max(cut, down(origin.x + min.x)), down(origin.y + min.y), Math.min(cut + world, up(origin.x + max.x)), up(origin.y + max.y),
      ];
      const key = [zoom, ...box].join();
      if (this._known !== key) {
        this.signs = cm.signsIn(this.index, box, zoom, this.options.hidden(), this.isDeep(zoom));
        this._known = key;
      }
      return origin;
    },

    redraw() {
      const origin = this._find(), { min, max } = this._bounds, look = this._look, ratio = this._ratio;
      const g = this._container.getContext("2d");
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, this._container.width, this._container.height);
      g.setTransform(ratio, 0, 0, ratio, -min.x * ratio, -min.y * ratio);
      g.font = `600 11.5px ${look.font}`;
      g.textAlign = "center";
      g.textBaseline = "middle";
      for (const sign of this.signs) {
        const x = sign.x - origin.x, y = sign.y - origin.y;
        if (x < min.x - 30 || x > max.x + 30 || y < min.y - 30 || y > max.y + 30) continue;
        if (sign.n > 1) cm.drawRing(g, look, sign, x, y);
        else this._stamp(g, sign.counts.findIndex(Boolean), x, y);
      }
      this.fire("drawn");
    },

    _stamp(g, kind, x, y) {
      let stamp = this._stamps.get(kind);
      if (!stamp) this._stamps.set(kind, (stamp = cm.pointStamp(this._look, this._look.kinds[kind], this._ratio)));
      g.drawImage(stamp.canvas, x - stamp.side / 2, y - stamp.side / 2, stamp.side, stamp.side);
    },

    // Where a sign stands in the map's window.
    at(sign) {
      return this._map.layerPointToContainerPoint(L.point(sign.x, sign.y).subtract(this._map.getPixelOrigin()));
    },

    latLngOf(sign) {
      return this._map.unproject([sign.x, sign.y], this._map.getZoom());
    },

    // The sign at a point of the map's window; a finger may miss by more than a mouse.
    hit(point, finger) {
      let best = null, least = Infinity;
      for (const sign of this.signs) {
        const radius = cm.pointRadius(sign.n), away = this.at(sign).distanceTo(point);
        if (away > (finger ? Math.max(TOUCH, radius + 4) : radius + 3) || away - radius >= least) continue;
        least = away - radius;
        best = sign;
      }
      return best;
    },

    // The signs in the map's window, as one reads: line by line.
    inView() {
      const size = this._map.getSize(), line = 44;
      return this.signs
        .map((sign) => ({ sign, at: this.at(sign) }))
        .filter(({ at }) => at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y)
        .sort((a, b) => Math.floor(a.at.y / line) - Math.floor(b.at.y / line) || a.at.x - b.at.x)
        .map(({ sign }) => sign);
    },

    // Come nearer until the points of a sign part; false where the map cannot go so near.
    approach(sign) {
      const map = this._map, zoom = map.getZoom(), most = Math.min(map.getMaxZoom(), DEEPEST), { world } = this.index;
      const [west, north, east, south] = cm.boundsOfSign(this.index, sign, this.options.hidden(), (sign.x * world) / (256 * 2 ** zoom));
      const spread = (Math.max(east - west, south - north) * 256 * 2 ** most) / world;
      if (this.isDeep(zoom) || spread < 30) return false;
      const at = (x, y) => map.unproject(L.point(x, y).multiplyBy(256 / world), 0);
      const fits = map.getBoundsZoom(L.latLngBounds(at(west, south), at(east, north)), false, L.point(90, 90));
      const goal = Math.min(most, Math.max(zoom + 1, fits));
      map.setView(at((west + east) / 2, (north + south) / 2), goal, { animate: !cm.calm(), duration: 0.2 });
      return true;
    },
  });
})(citemap);
