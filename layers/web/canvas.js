// Layers that are drawn on one canvas each: it moves with the map, grows while the map zooms, and is drawn anew once a frame at most, when the map
// stands still or runs out of what is drawn.
(function (cm) {
  cm.CanvasLayer = L.Renderer.extend({
    // What a layer of this kind has: `draw(g, area, origin, zoom)`. `area` are the layer pixels that the canvas covers, `origin` is where the
    // pixels of the world start.
    options: { padding: 0.25, lag: 0 },

    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this._outrun, viewreset: this._update };
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.className = "cm-canvas";
      this._container.setAttribute("aria-hidden", "true");
    },

    _destroyContainer() {
      cancelAnimationFrame(this._waiting);
      this._waiting = 0;
      this._container.remove();
      delete this._container;
    },

    _updatePaths() {},
    _onZoomEnd() {},

    // Panned beyond what is drawn: draw what is there now.
    _outrun() {
      const map = this._map;
      if (!this._area || map._animatingZoom || map.getZoom() !== this._zoom) return;
      const corner = map.containerPointToLayerPoint([0, 0]);
      if (!this._area.contains(L.bounds(corner, corner.add(map.getSize())))) this._update();
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      this.redraw();
    },

    // Once it is there, a layer may let others go first (`lag`, in frames), so that not all are drawn in one frame.
    redraw() {
      if (!this._map || this._waiting) return;
      const wait = (frames) => { this._waiting = requestAnimationFrame(() => (frames > 0 ? wait(frames - 1) : this._now())); };
      wait(this._area ? this.options.lag : 0);
    },

    _now() {
      this._waiting = 0;
      this._paint();
    },

    // Draw at once what waits for the next frame.
    catchUp() {
      if (!this._waiting) return;
      cancelAnimationFrame(this._waiting);
      this._now();
    },

    _paint() {
      const area = (this._area = this._bounds), size = area.getSize(), ratio = Math.min(2, window.devicePixelRatio || 1), canvas = this._container;
      if (this._map._animatingZoom) return;
      L.DomUtil.setPosition(canvas, area.min);
      const width = Math.round(size.x * ratio), height = Math.round(size.y * ratio);
      if (canvas.width !== width || canvas.height !== height) {
        [canvas.width, canvas.height] = [width, height];
        [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
      }
      this.ratio = ratio;
      const g = canvas.getContext("2d");
      g.setTransform(1, 0, 0, 1, 0, 0);
      g.clearRect(0, 0, width, height);
      g.setTransform(ratio, 0, 0, ratio, -area.min.x * ratio, -area.min.y * ratio);
      this.draw(g, area, this._map.getPixelOrigin(), this._zoom);
      this.fire("drawn");
    },
  });

  // Rings as they lie in a world of one by one (Web Mercator, y down): [x, y, x, y, …] with a box around them. `degrees` are [lon, lat, lon, lat, …].
  cm.ringOf = function (degrees) {
    const count = degrees.length, xy = new Float64Array(count);
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (let i = 0; i < count; i += 2) {
      const sine = Math.sin((Math.max(-85, Math.min(85, degrees[i + 1])) * Math.PI) / 180);
      const x = (xy[i] = degrees[i] / 360 + 0.5), y = (xy[i + 1] = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI));
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    return { xy, box: [left, top, right, bottom] };
  };

  // Put lines of one ring into a path: `size` pixels a world, moved by `dx` and `dy`; `view` is a box of pixels. What is nearer than `thin` to the
  // point before it is left out, and so are bends that lie beyond one side of the view. `cut[i]` says that no line leads to point i.
  cm.traceRing = function (path, { xy, cut }, size, dx, dy, view, thin) {
    const [left, top, right, bottom] = view, count = xy.length / 2;
    const side = (x, y) => (x < left ? 1 : x > right ? 2 : 0) | (y < top ? 4 : y > bottom ? 8 : 0);
    let lastX = 0, lastY = 0, lastSide = 0, nextX = xy[0] * size + dx, nextY = xy[1] * size + dy, nextSide = side(nextX, nextY);
    for (let i = 0; i < count; i++) {
      const x = nextX, y = nextY, here = nextSide, end = i === count - 1, off = cut && cut[i];
      if (!end) {
        nextX = xy[2 * i + 2] * size + dx;
        nextY = xy[2 * i + 3] * size + dy;
        nextSide = side(nextX, nextY);
      }
      if (i && !end && !off && !(cut && cut[i + 1])) {
        if (here & lastSide & nextSide || Math.abs(x - lastX) + Math.abs(y - lastY) < thin) continue;
      }
      if (i && !off) path.lineTo(x, y);
      else path.moveTo(x, y);
      lastX = x;
      lastY = y;
      lastSide = here;
    }
  };

  cm.touches = (box, size, dx, dy, view) =>
    box[2] * size + dx >= view[0] && box[0] * size + dx <= view[2] && box[3] * size + dy >= view[1] && box[1] * size + dy <= view[3];
})(citemap);
