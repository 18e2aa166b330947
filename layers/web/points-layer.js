// One canvas for all points, no node for a mark: which signs stand where, what lies under a finger, how to come nearer to several.
(function (cm) {
  const TILE = 512, EDGE = 64, DEEPEST = 18, TOUCH = 24;

  cm.PointLayer = cm.CanvasLayer.extend({
    options: { pane: "cm-points-many", lag: 1 },

    // `index` from `cm.makeIndex`; `look()` and `hidden()` are asked at each drawing.
    initialize(index, options) {
      cm.CanvasLayer.prototype.initialize.call(this, options);
      this.index = index;
      this.signs = [];
      this.restyle();
    },

    // Colours changed (night, print): nothing drawn before is of use.
    restyle() {
      this._look = this.options.look();
      this._stamps = new Map();
      this.redraw();
    },

    // Which points are shown has changed.
    refresh() {
      this._known = null;
      this.redraw();
    },

    isDeep(zoom) {
      return zoom >= Math.min(this._map.getMaxZoom(), DEEPEST) - 0.01;
    },

    // What is near the view, worked out for whole squares of the world so that a sign does not change while the map is dragged.
    _find(area, origin, zoom) {
      const { min, max } = area, world = 256 * 2 ** zoom;
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
    },

    draw(g, area, origin, zoom) {
      this._find(area, origin, zoom);
      const { min, max } = area, look = this._look;
      g.font = `600 11.5px ${look.font}`;
      g.textAlign = "center";
      g.textBaseline = "middle";
      for (const sign of this.signs) {
        const x = sign.x - origin.x, y = sign.y - origin.y;
        if (x < min.x - 30 || x > max.x + 30 || y < min.y - 30 || y > max.y + 30) continue;
        if (sign.n > 1) cm.drawRing(g, look, sign, x, y);
        else this._stamp(g, sign.counts.findIndex(Boolean), x, y);
      }
    },

    _stamp(g, kind, x, y) {
      const key = `${kind} ${this.ratio}`;
      let stamp = this._stamps.get(key);
      if (!stamp) this._stamps.set(key, (stamp = cm.pointStamp(this._look, this._look.kinds[kind], this.ratio)));
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
      this.catchUp();
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
      this.catchUp();
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
