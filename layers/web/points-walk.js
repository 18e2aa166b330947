// Points for the keyboard and for who hears the page: one stop that stands where the current sign is, arrows to walk the signs in view.
(function (cm) {
  const { h } = cm;
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

  // What a sign is, in words: the statuses of several with their numbers, or the status and title of one.
  async function wordsOf(points, sign, place) {
    const { app, kinds } = points;
    const of = cm.say(app, "points.place", { at: cm.count(app, place.at), all: cm.count(app, place.all) });
    if (sign.n === 1) {
      const i = cm.membersOf(points.index, sign, points.hidden())[0], said = await points.tell(i);
      return cm.say(app, "points.one", { title: said.title || said.quote.slice(0, 80), status: kinds[points.index.kind[i]].name, place: of });
    }
    const parts = [...sign.counts].map((n, i) => n && cm.say(app, "points.part", { count: cm.count(app, n), status: kinds[i].name })).filter(Boolean);
    return cm.say(app, "points.several", { n: sign.n, parts: parts.join(app.data.messages.joint), place: of });
  }

  cm.walkPoints = function (points) {
    const { app, layer, own } = points, { map } = app;
    const label = cm.say(app, "points.label", { title: own.name || cm.say(app, "points.title"), n: own.count });
    const proxy = h("div", { class: "cm-points-proxy", tabindex: 0, role: "application", "aria-label": label });
    points.proxy = proxy;
    let signs = [], at = -1, asked = 0;

    function place() {
      const sign = signs[at], size = map.getSize(), side = sign ? cm.pointRadius(sign.n) * 2 + 6 : 32;
      const spot = sign ? layer.at(sign) : size.divideBy(2);
      const inside = (value, most) => Math.max(0, Math.min(most - side, value - side / 2));
      Object.assign(proxy.style, { width: `${side}px`, height: `${side}px` });
      L.DomUtil.setPosition(proxy, L.point(inside(spot.x, size.x), inside(spot.y, size.y)));
    }

    async function go(to) {
      at = signs.length ? (to + signs.length) % signs.length : -1;
      place();
      const mine = ++asked;
      const words = at < 0 ? cm.say(app, "points.none") : await wordsOf(points, signs[at], { at: at + 1, all: signs.length });
      if (mine === asked) cm.tell(app, words);
    }

    // The map moved: the signs are others, and the one nearest to where the reader was is the current one.
    function anew() {
      const before = signs[at] && layer.latLngOf(signs[at]);
      signs = layer.inView();
      const focused = document.activeElement === proxy;
      if (!focused || !signs.length) at = -1;
      else {
        const goal = before ? map.latLngToContainerPoint(before) : map.getSize().divideBy(2);
        const far = signs.map((sign) => layer.at(sign).distanceTo(goal));
        at = far.indexOf(Math.min(...far));
      }
      place();
      if (focused && !map.dragging.moving()) go(at);
    }

    proxy.addEventListener("focus", () => { signs = layer.inView(); go(Math.max(0, at)); });
    proxy.addEventListener("keydown", (event) => {
      const to = event.key in STEPS ? at + STEPS[event.key] : { Home: 0, End: -1 }[event.key];
      if (to !== undefined && !event.altKey && !event.ctrlKey && !event.metaKey) go(to);
      else if ((event.key === "Enter" || event.key === " ") && signs[at]) cm.openSign(points, signs[at], "key");
      else if (event.key === "Escape") map.closePopup();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    layer.on("drawn", () => { if (document.activeElement === proxy) anew(); });
    map.on("moveend", () => requestAnimationFrame(anew));
    map.getContainer().appendChild(proxy);
  };
})(citemap);
