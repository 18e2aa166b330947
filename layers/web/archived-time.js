// Plans by the month in which their articles were published: bars, a span of them to be dragged or chosen, what has no date beside them.
(function (cm) {
  const { h } = cm, MOST = 260, FOOT = 16;

  // A period as a date that can be written: its first day.
  const dayOf = (own, period) => {
    const number = own.first + period - 1;
    return own.step === "year" ? new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(number) : new Date(Date.UTC(2000, number % 12, 1)).setUTCFullYear(Math.floor(number / 12));
  };

  cm.periodWords = function (state, period, short) {
    const { app, data: { own } } = state;
    if (!period) return cm.say(app, "date.none");
    const key = short ? "short" : "long";
    state.formats = state.formats || {};
    state.formats[key] = state.formats[key] || new Intl.DateTimeFormat(app.data.messages.locale, { timeZone: "UTC", year: "numeric", ...(own.step === "month" ? { month: short ? "short" : "long" } : {}) });
    return state.formats[key].format(dayOf(own, period));
  };

  // What is asked of time, in words.
  cm.spanWords = function (state) {
    const { app, ask: { from, to, undated }, data: { own } } = state;
    const span = from > to ? "" : from === to ? cm.periodWords(state, from) : cm.say(app, "archived.span", { from: cm.periodWords(state, from), to: cm.periodWords(state, to) });
    if (!own.periods) return cm.say(app, "date.none");
    return undated && state.undatedPlans ? cm.say(app, "archived.span.undated", { span }) : span;
  };

  function select(state, key) {
    const { app, data: { own } } = state, node = h("select", { "aria-label": cm.say(app, `archived.${key}`) });
    for (let p = 1; p <= own.periods; p++) node.append(h("option", { value: p }, cm.periodWords(state, p, true)));
    node.addEventListener("change", () => {
      const n = Number(node.value), { from, to } = state.ask;
      state.change(key === "from" ? { from: n, to: Math.max(n, to) } : { from: Math.min(n, from), to: n });
    });
    return node;
  }

  cm.addArchiveTime = function (state) {
    const { app, data: { own } } = state, slot = cm.slot(app, "archived-time");
    state.undatedPlans = state.sums.months[0];
    const canvas = h("canvas", { class: "cm-archived-bars", "aria-hidden": "true" });
    const from = select(state, "from"), to = select(state, "to"), count = h("span", { class: "cm-count" });
    const all = h("button", { type: "button", class: "cm-time-button", onclick: () => state.change({ from: 1, to: own.periods, undated: true }) }, cm.say(app, "archived.all"));
    const undated = h("input", { type: "checkbox" });
    undated.addEventListener("change", () => state.change({ undated: undated.checked }));
    const title = h("h2", { class: "cm-archived-time-title" }, cm.say(app, own.step === "year" ? "archived.byyear" : "archived.bymonth"));
    const chosen = h("span", { class: "cm-archived-span" }, h("label", {}, cm.say(app, "archived.from"), " ", from), h("label", {}, cm.say(app, "archived.to"), " ", to), all);
    const beside = h("label", { class: "cm-archived-undated" }, undated, " ", cm.say(app, "date.none"), count);
    slot.append(h("div", { class: "cm-archived-time-head" }, title, own.periods ? chosen : null, beside), own.periods ? canvas : "");
    beside.hidden = !state.undatedPlans;
    const draw = () => bars(state, canvas);
    brush(state, canvas);
    const follow = () => {
      from.value = state.ask.from;
      to.value = state.ask.to;
      undated.checked = state.ask.undated;
      all.disabled = state.ask.from === 1 && state.ask.to === own.periods && state.ask.undated;
      count.textContent = cm.count(app, state.sums.months[0]);
      draw();
    };
    state.follow(follow);
    if (own.periods) new ResizeObserver(draw).observe(canvas);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  };

  // Of very many months some are one bar.
  const perBar = (own) => (own.periods <= MOST ? 1 : 12 * Math.ceil(own.periods / 12 / MOST));

  function bars(state, canvas) {
    const { app, ask, sums, data: { own } } = state, ratio = Math.min(2, window.devicePixelRatio || 1), wide = canvas.clientWidth, high = canvas.clientHeight;
    if (!wide || !high) return;
    canvas.width = Math.round(wide * ratio);
    canvas.height = Math.round(high * ratio);
    const g = canvas.getContext("2d"), css = getComputedStyle(app.root), ink = (name) => css.getPropertyValue(name).trim();
    g.scale(ratio, ratio);
    const each = perBar(own), n = Math.ceil(own.periods / each), step = wide / n, top = 13, base = high - FOOT;
    const sum = (i) => { let s = 0; for (let p = i * each + 1; p <= Math.min(own.periods, (i + 1) * each); p++) s += sums.months[p]; return s; };
    const values = Array.from({ length: n }, (_, i) => sum(i)), greatest = Math.max(1, ...values);
    g.fillStyle = ink("--mark");
    const x = (period) => ((period - 1) / each) * step;
    if (ask.from > 1 || ask.to < own.periods) g.fillRect(x(ask.from), 0, x(ask.to + 1) - x(ask.from), base);
    values.forEach((value, i) => {
      const tall = value ? Math.max(1, (value / greatest) * (base - top)) : 0, first = i * each + 1;
      g.fillStyle = first + each - 1 >= ask.from && first <= ask.to ? ink("--dot") : ink("--line");
      g.fillRect(i * step + (step > 3 ? 0.5 : 0), base - tall, Math.max(0.6, step - (step > 3 ? 1 : 0)), tall);
    });
    g.fillStyle = ink("--soft");
    g.fillRect(0, base, wide, 1);
    g.font = `11px ${app.fontFamily}`;
    g.textBaseline = "alphabetic";
    g.textAlign = "left";
    const peak = values.indexOf(greatest), words = cm.count(app, greatest), w = g.measureText(words).width;
    g.fillText(words, Math.max(0, Math.min(wide - w, (peak + 0.5) * step - w / 2)), 10);
    let last = -Infinity;
    for (let p = 1; p <= own.periods; p++) {
      const number = own.first + p - 1, year = own.step === "year" ? number : Math.floor(number / 12);
      if (own.step === "month" && number % 12 && p > 1) continue;
      const label = String(year), at = x(p);
      g.fillRect(at, base, 1, 4);
      if (at < last + 8 || at + g.measureText(label).width > wide) continue;
      if (p === 1 && own.step === "month" && number % 12 && x(13 - (number % 12)) < 34) continue;
      g.fillText(label, at + 2, high - 3);
      last = at + g.measureText(label).width;
    }
  }

  // Dragging chooses a span; a press chooses one bar, and once more all.
  function brush(state, canvas) {
    const { data: { own } } = state;
    let start = 0;
    const period = (event) => {
      const each = perBar(own), n = Math.ceil(own.periods / each), box = canvas.getBoundingClientRect();
      const bar = Math.max(0, Math.min(n - 1, Math.floor(((event.clientX - box.left) / box.width) * n)));
      return [bar * each + 1, Math.min(own.periods, (bar + 1) * each)];
    };
    const ask = (event) => {
      const [from, to] = period(event);
      return { from: Math.min(start[0], from), to: Math.max(start[1], to) };
    };
    canvas.addEventListener("pointerdown", (event) => {
      start = period(event);
      canvas.setPointerCapture(event.pointerId);
      const { from, to } = state.ask, same = from === start[0] && to === start[1];
      state.change(same ? { from: 1, to: own.periods } : { from: start[0], to: start[1] });
      if (same) start = 0;
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!start || !canvas.hasPointerCapture(event.pointerId)) return;
      const wish = ask(event);
      if (wish.from !== state.ask.from || wish.to !== state.ask.to) state.change(wish);
    });
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { start = 0; });
  }
})(citemap);
