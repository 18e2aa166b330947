// The hands of the timeline: a span of planned dates, and a day by which reports were out; by pointer, by touch, by keyboard, by steps.
(function (cm) {
  const { h } = cm;
  const PAUSE = 900, WAIT = 110;

  // What is asked, with what the hand has moved to and the store has not heard yet.
  cm.timeView = (app) => ({ ...app.state, ...app.time.pending });

  // Ask the store once the hand is still for a moment; the timeline itself shows it at once.
  function soon(app, wish, now) {
    const t = app.time;
    Object.assign(t.pending, wish);
    cm.drawTimeState(app);
    clearTimeout(t.waiting);
    const go = () => {
      const asked = t.pending;
      t.pending = {};
      cm.ask(app, asked);
      if ("known" in asked) cm.tell(app, knownWords(app, asked.known));
    };
    if (now) go();
    else t.waiting = setTimeout(go, WAIT);
  }

  const dayWords = (app, iso) => app.time.words.of(cm.dayNumber(iso), ["day", 1]);
  const counted = (app, known) => [...app.plans.values()].filter((plan) => cm.knownBy(plan, known)).length;

  function knownWords(app, known) {
    if (!known) return cm.say(app, "time.known.all");
    return cm.say(app, "time.known.words", { date: dayWords(app, known), n: counted(app, known), all: app.plans.size });
  }

  // What the plans' dates span, in whole steps: no hand goes beyond.
  const ends = (t) => [cm.floorTo(t.stated[0], t.step), cm.moveBy(t.stated[1], t.step, 1)];

  // A span from one day to another, in whole steps; an end that takes everything in is no limit.
  function setSpan(app, from, to, now) {
    const t = app.time, [low, high] = ends(t);
    if (from > to) [from, to] = [to, from];
    const first = Math.max(low, cm.floorTo(from, t.step)), after = Math.min(high, cm.moveBy(to, t.step, 1));
    soon(app, { from: first <= low ? "" : cm.isoDay(first), to: after >= high ? "" : cm.isoDay(after - 1) }, now);
  }

  const fromOf = (app) => { const { from } = cm.timeView(app); return from ? cm.dayNumber(from) : ends(app.time)[0]; };
  const toOf = (app) => { const { to } = cm.timeView(app); return to ? cm.dayNumber(to) : ends(app.time)[1] - 1; };

  function moveEnd(app, which, event) {
    const t = app.time, large = event.shiftKey || event.key.startsWith("Page");
    const step = large && cm.stepDays(t.tick) > cm.stepDays(t.step) ? t.tick : t.step, many = large && step === t.step ? 10 : 1;
    const way = { ArrowRight: 1, ArrowUp: 1, PageUp: 1, ArrowLeft: -1, ArrowDown: -1, PageDown: -1 }[event.key];
    const [low, high] = ends(t), now = which === "from" ? fromOf(app) : toOf(app) + 1;
    let day = { Home: low, End: high }[event.key];
    if (way) {
      day = cm.moveBy(now, step, way * many);
      if (way < 0 && cm.floorTo(now, step) < now) day = cm.moveBy(now, step, way * many + 1);
    }
    if (event.key === "Escape") return soon(app, { from: "", to: "" }, true);
    if (day === undefined) return undefined;
    event.preventDefault();
    if (which === "from") setSpan(app, Math.min(Math.max(day, low), cm.floorTo(toOf(app), t.step)), toOf(app));
    else setSpan(app, fromOf(app), Math.max(Math.min(day, high), cm.moveBy(fromOf(app), t.step, 1)) - 1);
    return undefined;
  }

  function clear(app) {
    stop(app);
    soon(app, { from: "", to: "", known: "" }, true);
  }

  function setKnown(app, index, now) {
    const { days } = app.time;
    soon(app, { known: index >= days.length ? "" : days[Math.max(0, index)] }, now);
  }

  const knownAt = (app) => cm.knownIndex(app.time.days, cm.timeView(app).known);

  function moveKnown(app, event) {
    const n = app.time.days.length, big = Math.max(2, Math.round(n / 10));
    const by = { ArrowRight: 1, ArrowUp: 1, PageUp: big, ArrowLeft: -1, ArrowDown: -1, PageDown: -big, Home: -n - 1, End: n + 1 }[event.key];
    if (event.key === "Escape") { stop(app); return setKnown(app, n, true); }
    if (!by) return undefined;
    event.preventDefault();
    stop(app);
    setKnown(app, Math.max(0, Math.min(n, knownAt(app) + (event.shiftKey && Math.abs(by) === 1 ? by * big : by))));
    return undefined;
  }

  // Playing: from the first day of reports, or on from where it stands, a day every moment, to the last; never by itself.
  function stop(app) {
    const t = app.time;
    clearTimeout(t.playing);
    t.playing = 0;
    if (t.play) cm.drawTimeHead(app);
  }

  function play(app) {
    const t = app.time;
    if (t.playing) return stop(app);
    const next = (index) => {
      setKnown(app, index, true);
      t.playing = index < t.days.length - 1 ? setTimeout(() => next(index + 1), PAUSE) : 0;
      cm.drawTimeHead(app);
    };
    const at = knownAt(app);
    next(at >= t.days.length - 1 ? 0 : Math.max(0, at));
    return undefined;
  }

  cm.timeHead = function (app) {
    const t = app.time;
    t.title = h("span", { class: "cm-time-title" }, cm.say(app, "time.title"));
    t.hint = h("span", { class: "cm-time-hint" });
    t.clear = h("button", { type: "button", class: "cm-time-button", hidden: true, onclick: () => { clear(app); t.title.focus(); } }, cm.say(app, "time.clear"));
    t.title.tabIndex = -1;
    if (t.days.length < 2) return h("div", { class: "cm-time-head" }, t.title, t.hint, t.clear);
    const tool = (key, sign, act) => h("button", { type: "button", class: "cm-time-button cm-time-tool", "aria-label": cm.say(app, key), title: cm.say(app, key), onclick: act }, sign);
    const step = (by) => () => { stop(app); setKnown(app, Math.max(0, Math.min(t.days.length, knownAt(app) + by)), true); };
    t.play = tool("time.play", "▶", () => play(app));
    t.knownWords = h("span", { class: "cm-time-known-words", "aria-hidden": "true" });
    t.back = tool("time.back", "◂", step(-1));
    t.on = tool("time.on", "▸", step(1));
    const known = h("div", { class: "cm-time-known", role: "group", "aria-label": cm.say(app, "time.known.label") }, t.knownWords, t.back, t.play, t.on);
    return h("div", { class: "cm-time-head" }, t.title, t.hint, t.clear, known);
  };

  // The line above the axis: what is pointed at, else what span is chosen, else what a hand can do.
  cm.drawTimeHead = function (app) {
    const t = app.time, view = cm.timeView(app), span = Boolean(view.from || view.to), plan = t.peeked;
    const chosen = span && t.span ? spanWords(app) : "";
    const kept = span && view.undated && t.undated.length ? cm.say(app, "time.kept", { n: t.undated.length }) : "";
    const about = plan && `${cm.say(app, "time.plan", { number: plan.number, status: cm.say(app, `status.${plan.status}`), when: plan.when || cm.say(app, "date.none") })} – ${cm.apart(plan.summary)}`;
    t.hint.textContent = about || [chosen, kept].filter(Boolean).join(" · ") || (t.span ? cm.say(app, "time.hint") : "");
    t.clear.hidden = !span && !view.known;
    const folded = [chosen, view.known && cm.say(app, "time.known.short", { date: t.words.short(cm.dayNumber(view.known)) })].filter(Boolean);
    if (!folded.length) folded.push(cm.say(app, "time.fold.counts", { dated: t.dated.length, undated: t.undated.length }));
    t.foldWords.textContent = ["", ...folded].join(" · ");
    if (!t.play) return;
    const on = Boolean(t.playing);
    t.knownWords.textContent = view.known ? cm.say(app, "time.known.count", { date: t.words.short(cm.dayNumber(view.known)), n: counted(app, view.known), all: app.plans.size }) : cm.say(app, "time.known");
    t.play.textContent = on ? "❚❚" : "▶";
    t.play.setAttribute("aria-label", cm.say(app, on ? "time.pause" : "time.play"));
    t.play.title = cm.say(app, on ? "time.pause" : "time.play");
    t.play.hidden = cm.calm();
    t.back.disabled = knownAt(app) <= 0;
    t.on.disabled = knownAt(app) >= t.days.length;
  };

  function spanWords(app) {
    const t = app.time, view = cm.timeView(app);
    const start = view.from && t.words.of(cm.dayNumber(view.from), t.step), end = view.to && t.words.of(cm.dayNumber(view.to), t.step);
    if (start && end) return start === end ? cm.say(app, "time.span.one", { start }) : cm.say(app, "time.span", { start, end });
    return start ? cm.say(app, "time.span.from", { start }) : cm.say(app, "time.span.to", { end });
  }

  // Where the hands stand, and what they say.
  cm.drawTimeHands = function (app) {
    const t = app.time, view = cm.timeView(app), x = (day) => Math.max(0, Math.min(100, (100 * (day - t.span[0])) / (t.span[1] - t.span[0])));
    const [low, high] = ends(t), from = fromOf(app), to = toOf(app), span = Boolean(view.from || view.to);
    const put = (node, at, value, words) => {
      node.style.left = `${at}%`;
      node.setAttribute("aria-valuenow", value);
      node.setAttribute("aria-valuetext", words);
    };
    for (const node of [t.from, t.to]) {
      node.setAttribute("aria-valuemin", low);
      node.setAttribute("aria-valuemax", high - 1);
      node.style.top = `${t.base - 5}px`;
    }
    put(t.from, view.from ? x(from) : 0, from, view.from ? t.words.of(from, t.step) : cm.say(app, "time.open"));
    put(t.to, view.to ? x(to + 1) : 100, to, view.to ? t.words.of(to, t.step) : cm.say(app, "time.open"));
    t.section.classList.toggle("cm-time-brushed", span);
    t.band.hidden = !span;
    t.band.style.left = t.from.style.left;
    t.band.style.width = `${parseFloat(t.to.style.left) - parseFloat(t.from.style.left)}%`;
    t.band.style.height = `${t.base - 15}px`;
    if (!t.hand) return;
    const index = knownAt(app), all = index >= t.days.length;
    put(t.hand, all ? 100 : x(index < 0 ? t.span[0] : cm.dayNumber(t.days[index]) + 0.5), Math.max(0, index), all ? cm.say(app, "time.known.all") : knownWords(app, view.known));
    t.later.hidden = all;
    t.later.style.left = t.hand.style.left;
  };

  cm.addTimeHands = function (app) {
    const t = app.time;
    const slider = (name, key, act) => {
      const node = h("div", { class: `cm-time-hand cm-time-hand-${name}`, role: "slider", tabindex: 0, "aria-label": cm.say(app, key) });
      node.dataset.hand = name;
      node.addEventListener("keydown", act);
      return node;
    };
    t.band = h("div", { class: "cm-time-band", hidden: true });
    t.from = slider("from", "time.from", (event) => moveEnd(app, "from", event));
    t.to = slider("to", "time.to", (event) => moveEnd(app, "to", event));
    t.plot.prepend(t.band);
    if (t.days.length > 1) {
      t.hand = slider("known", "time.known.label", (event) => moveKnown(app, event));
      t.hand.setAttribute("aria-valuemin", 0);
      t.hand.setAttribute("aria-valuemax", t.days.length);
      t.later = h("div", { class: "cm-time-later", hidden: true });
      t.plot.append(t.later, t.hand);
    }
    t.plot.append(t.from, t.to);
    drag(app);
  };

  // The day of reports under a place of the axis: the last that is not after it; beyond the last, all.
  function knownUnder(app, x) {
    const t = app.time, last = cm.xOf(t.span, t.width, cm.dayNumber(t.days[t.days.length - 1]) + 1);
    if (x > Math.max(last + 8, Math.min(t.width - 6, last + 16))) return t.days.length;
    return Math.max(0, cm.knownIndex(t.days, cm.isoDay(cm.dayAt(t.span, t.width, x + 4))));
  }

  function drag(app) {
    const t = app.time;
    let held = null;
    t.plot.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      const box = t.plot.getBoundingClientRect(), hand = event.target.closest("[data-hand]");
      const lane = event.clientY - box.top < 15 && t.hand && !event.target.closest(".cm-time-bar");
      held = { left: box.left, x: event.clientX - box.left, by: hand ? hand.dataset.hand : lane ? "known" : "brush", moved: false };
      if (hand) hand.focus();
      if (held.by === "known") { stop(app); if (!hand) setKnown(app, knownUnder(app, held.x)); }
      if (held.by !== "brush") t.plot.setPointerCapture(event.pointerId);
    });
    t.plot.addEventListener("pointermove", (event) => {
      if (!held) return;
      const x = event.clientX - held.left;
      if (!held.moved && Math.abs(x - held.x) < 4) return;
      if (!held.moved && held.by === "brush") t.plot.setPointerCapture(event.pointerId);
      held.moved = t.brushed = true;
      const day = cm.dayAt(t.span, t.width, x);
      if (held.by === "brush") setSpan(app, cm.dayAt(t.span, t.width, held.x), day);
      else if (held.by === "known") setKnown(app, knownUnder(app, x));
      else if (held.by === "from") setSpan(app, Math.min(day, toOf(app)), toOf(app));
      else setSpan(app, fromOf(app), Math.max(day, fromOf(app)));
    });
    const end = () => { held = null; setTimeout(() => { t.brushed = false; }, 0); };
    t.plot.addEventListener("pointerup", end);
    t.plot.addEventListener("pointercancel", end);
    t.plot.addEventListener("dblclick", (event) => { if (!event.target.closest(".cm-time-bar")) soon(app, { from: "", to: "" }, true); });
  }
})(citemap);
