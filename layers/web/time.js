// The timeline: reports and planned dates on one axis, as wide as they are stated, what has no date in a place of its own. It only asks the store.
(function (cm) {
  const { h, s } = cm;
  const REPORTS = 15, DOT = 12, FOOT = 20, CHIP = 25, MOST = 600;

  cm.timeWords = function (app) {
    const made = new Map(), language = app.data.messages.locale;
    const format = (key, options) => {
      if (!made.has(key)) made.set(key, new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options }));
      return (day) => made.get(key).format(cm.dateOf(day));
    };
    const full = { day: format("d", { day: "numeric", month: "long", year: "numeric" }), month: format("m", { month: "long", year: "numeric" }), year: format("y", { year: "numeric" }) };
    const tick = { day: format("td", { day: "numeric", month: "short" }), month: format("tm", { month: "short" }), year: full.year };
    const named = { day: format("tdy", { day: "numeric", month: "short", year: "numeric" }), month: format("tmy", { month: "short", year: "numeric" }), year: full.year };
    return {
      // A day in words, as exactly as a step of the hand is.
      of: (day, [unit]) => full[unit](day),
      short: (day) => named.day(day),
      // A tick; the first of an axis and the first of a year name their year.
      tick: (day, [unit], first) => (first || cm.isoDay(day).slice(5) === "01-01" ? named : tick)[unit](day),
    };
  };

  const wide = (text) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0x2e7f ? 11.5 : 6.4), 0);
  const percent = (x, width) => `${((100 * x) / width).toFixed(3)}%`;
  const named = (app, plan) => cm.say(app, "time.plan", { number: plan.number, status: cm.say(app, `status.${plan.status}`), when: plan.when || cm.say(app, "date.none") });

  function pick(app, plan) {
    cm.reveal(app, plan);
    cm.select(app, plan.id, { scroll: true, by: "time" });
  }

  // One button a plan, made when it is first drawn.
  function button(app, plan, className, ...content) {
    const made = h("button", { type: "button", class: `${className} cm-s-${cm.slug(plan.status)}`, tabindex: -1, "aria-label": named(app, plan), onclick: () => { if (!app.time.brushed) pick(app, plan); } }, content);
    made.dataset.plan = plan.id;
    made.addEventListener("pointerenter", () => peek(app, plan));
    made.addEventListener("focus", () => { peek(app, plan); rove(made.closest("ol"), made); });
    for (const event of ["pointerleave", "blur"]) made.addEventListener(event, () => peek(app, null));
    return made;
  }

  // What a bar stands for, in the line above, while it is pointed at or focused.
  function peek(app, plan) {
    app.time.peeked = plan;
    cm.drawTimeHead(app);
  }

  // In a list of plans one is reached by the tabulator, the others by arrows.
  function rove(list, to) {
    for (const other of list.querySelectorAll("button")) other.tabIndex = other === to ? 0 : -1;
  }

  function arrows(event) {
    const all = [...event.currentTarget.querySelectorAll("button")], now = all.indexOf(document.activeElement);
    const to = { ArrowRight: now + 1, ArrowDown: now + 1, ArrowLeft: now - 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (now < 0 || to === undefined || !all[to]) return;
    event.preventDefault();
    all[to].focus();
  }

  // A plan's date: the sign of its status for a day, a bar with its line and hatch for more, which fades where it is open.
  function drawing(app, style, kind) {
    if (kind === "dot") return cm.fill(cm.glyph(style), { width: DOT, height: DOT, class: "cm-time-glyph" }, []);
    const slug = cm.slug(style.id);
    const bar = s("svg", { class: `cm-time-fill cm-time-${kind}`, "aria-hidden": "true" },
      s("rect", { class: "cm-time-rect", x: 0.75, y: 0.75, style: `fill:url(#${app.name}-${slug});stroke:var(--${slug})`, "stroke-dasharray": style.dash || null }));
    if (kind === "bar") return bar;
    const d = kind === "after" ? "M1,1.5 6,5 1,8.5" : "M6,1.5 1,5 6,8.5";
    return [bar, s("svg", { class: `cm-time-arrow cm-time-arrow-${kind}`, width: 7, height: 10, "aria-hidden": "true" }, s("path", { d, style: `stroke:var(--${slug})` }))];
  }

  function placeBars(app) {
    const t = app.time, width = t.width, styles = new Map(app.data.styles.map((style) => [style.id, style]));
    const bars = t.dated.map((plan) => ({ plan, number: wide(String(plan.number)) + 4, ...cm.barOf(t.span, width, plan.time, { dot: DOT }) }));
    const rows = t.open ? 40 : t.rows;
    const room = bars.map((bar) => ({ left: bar.left, right: bar.right + (bar.kind !== "dot" && bar.right - bar.left >= bar.number + 6 ? 0 : bar.number) }));
    let at = cm.packBars(room, rows);
    const numbered = at.every((row) => row >= 0);
    if (!numbered) at = cm.packBars(bars, rows);
    bars.forEach((bar, i) => { bar.row = at[i]; });
    const drawn = bars.filter((bar) => bar.row >= 0).slice(0, MOST);
    t.left = bars.length - drawn.length;
    t.used = Math.max(1, ...drawn.map((bar) => bar.row + 1));
    const items = drawn.map((bar) => {
      const inside = bar.kind !== "dot" && bar.right - bar.left >= bar.number + 6;
      const free = inside || numbered || !drawn.some((other) => other !== bar && other.row === bar.row && other.left < bar.right + bar.number && other.right > bar.right - 1);
      const node = button(app, bar.plan, `cm-time-bar cm-time-is-${bar.kind}`, drawing(app, styles.get(bar.plan.status), bar.kind),
        free && h("span", { class: `cm-time-n${inside ? "" : " cm-time-beside"}`, "aria-hidden": "true" }, bar.plan.number));
      const item = h("li", {}, node);
      item.style.left = percent(bar.left, width);
      item.style.width = bar.kind === "dot" ? `${DOT}px` : percent(bar.right - bar.left, width);
      item.style.top = `${REPORTS + 2 + bar.row * t.row}px`;
      item.style.height = `${t.row - 1}px`;
      return item;
    });
    refill(t.list, items);
  }

  // New content under the hand: who had the focus keeps it.
  function refill(list, items) {
    const held = list.contains(document.activeElement) && document.activeElement.dataset.plan;
    list.replaceChildren(...items);
    const all = [...list.querySelectorAll("button")], to = all.find((node) => node.dataset.plan === held) || all[0];
    if (to) rove(list, to);
    if (held && to && to.dataset.plan === held) to.focus({ preventScroll: true });
  }

  // Dots of the reports of one day stand on each other; more than three are a number.
  function reportMarks(t) {
    const days = new Map();
    for (const range of t.reports) {
      const { left, right, kind } = cm.barOf(t.span, t.width, range, { dot: 5, least: 5 });
      const key = `${range}`;
      if (!days.has(key)) days.set(key, { left, right, kind, n: 0, day: range[1] || range[0] });
      days.get(key).n += 1;
    }
    return [...days.values()].map(({ left, right, kind, n, day }) => {
      const at = percent((left + right) / 2, t.width), y = REPORTS - 3.5;
      const drawn = kind !== "dot" ? [s("rect", { x: percent(left, t.width), y: y - 2, width: percent(right - left, t.width), height: 4, rx: 2 })]
        : Array.from({ length: n > 3 ? 1 : n }, (_, i) => s("circle", { cx: at, cy: y - i * 4.9, r: 2.5 }));
      const node = s("g", { class: "cm-time-report" }, drawn, (n > 3 || (n > 1 && kind !== "dot")) && s("text", { x: at, y: REPORTS - 7.5, "text-anchor": "middle" }, n));
      node.dataset.day = day;
      return node;
    });
  }

  function placeAxis(app) {
    const t = app.time, base = REPORTS + 3 + t.used * t.row, x = (day) => percent(cm.xOf(t.span, t.width, day), t.width);
    t.plot.style.height = `${base + FOOT}px`;
    t.step = cm.handStep(t.span, t.width, 4);
    const { step, ticks } = cm.timeTicks(t.span, t.width, t.words.tick, wide);
    t.tick = step;
    const minor = [];
    for (let day = cm.moveBy(t.span[0], t.step, 1); day < t.span[1] && minor.length < 400; day = cm.moveBy(day, t.step, 1)) minor.push(day);
    const line = (day, from, to, name) => s("line", { class: name, x1: x(day), x2: x(day), y1: from, y2: to });
    // A label that would stand out beyond the axis is left out; its tick stays.
    const inside = (tick) => { const at = cm.xOf(t.span, t.width, tick.day), half = wide(tick.label) / 2; return at - half > -42 && at + half < t.width + 24; };
    t.picture.replaceChildren(
      s("line", { class: "cm-time-lane", x1: 0, x2: "100%", y1: REPORTS, y2: REPORTS }),
      ...ticks.map((tick) => line(tick.day, REPORTS, base, "cm-time-grid")),
      s("line", { class: "cm-time-base", x1: 0, x2: "100%", y1: base, y2: base }),
      ...minor.map((day) => line(day, base, base + 2.5, "cm-time-tick")),
      ...ticks.map((tick) => line(tick.day, base, base + 5, "cm-time-tick")),
      ...ticks.filter(inside).map((tick) => s("text", { class: "cm-time-label", x: x(tick.day), y: base + 17, "text-anchor": "middle" }, tick.label)),
      ...reportMarks(t));
    more(app, t.over, t.left);
    t.over.style.top = `${REPORTS + 2 + Math.min(t.used, 3) * t.row - 24}px`;
    t.base = base;
    for (const [node, top] of [[t.names[0], 0], [t.names[1], REPORTS + 1]]) node.style.top = `${top}px`;
  }

  function placeUndated(app) {
    const t = app.time, box = t.undatedBox;
    if (!t.undated.length) return;
    const line = Math.max(1, Math.floor((box.clientWidth - 4) / (t.narrow ? 27 : CHIP)));
    const lines = t.narrow ? 2 : Math.max(1, Math.floor((t.main.clientHeight - 29) / 20));
    const most = t.open ? MOST : line * lines, shown = t.undated.length <= most ? t.undated : t.undated.slice(0, Math.max(0, most - 2));
    t.left2 = t.undated.length - shown.length;
    more(app, t.over2, t.left2);
    refill(t.undatedList, shown.map((plan) => h("li", {}, button(app, plan, "cm-time-chip", plan.number))));
  }

  // How many are left over, as the button that shows them all, or fewer again.
  function more(app, node, left) {
    const { open } = app.time;
    node.hidden = !open && !left;
    node.textContent = left ? cm.say(app, "time.over", { n: left }) : "▴";
    node.setAttribute("aria-expanded", String(open));
    node.setAttribute("aria-label", `${left ? `${node.textContent}: ` : ""}${cm.say(app, open ? "time.fewer" : "time.more")}`);
  }

  const unfolds = (app, name) => h("button", { type: "button", class: name, onclick: () => { app.time.open = !app.time.open; cm.drawTime(app); } });

  // All of it anew, for the width that there is.
  cm.drawTime = function (app) {
    const t = app.time;
    if (t.span) {
      t.width = t.plot.clientWidth;
      t.narrow = t.section.clientWidth < 620;
      if (t.width < 40) return cm.drawTimeHead(app);
      t.row = t.narrow ? 18 : 11.5;
      t.rows = t.narrow || window.innerHeight >= 760 ? 3 : 2;
      placeBars(app);
      placeAxis(app);
    }
    placeUndated(app);
    t.section.classList.toggle("cm-time-open", t.open);
    cm.drawTimeState(app);
    return undefined;
  };

  // What is shown, what is selected, what is asked.
  cm.drawTimeState = function (app) {
    const t = app.time, view = cm.timeView(app);
    for (const node of t.section.querySelectorAll("[data-plan]")) {
      node.classList.toggle("cm-out", !app.shown.has(node.dataset.plan));
      node.classList.toggle("cm-on", app.selected === node.dataset.plan);
      if (app.selected === node.dataset.plan) node.setAttribute("aria-current", "true");
      else node.removeAttribute("aria-current");
    }
    for (const node of t.picture.querySelectorAll("[data-day]")) node.classList.toggle("cm-out", Boolean(view.known) && node.dataset.day > view.known);
    if (t.toggle) t.toggle.setAttribute("aria-pressed", String(view.undated));
    if (t.span && t.width) cm.drawTimeHands(app);
    cm.drawTimeHead(app);
  };

  function undatedPlace(app, t) {
    t.undatedList = h("ol", { class: "cm-time-chips", "aria-label": cm.say(app, "time.undated.list") });
    t.undatedList.addEventListener("keydown", arrows);
    t.over2 = unfolds(app, "cm-time-over2");
    if (t.undated.length) t.toggle = h("button", { type: "button", class: "cm-time-toggle", "aria-pressed": "true", onclick: () => cm.ask(app, { undated: !app.state.undated }) }, h("span", { class: "cm-time-box", "aria-hidden": "true" }), cm.say(app, "time.undated", { n: t.undated.length }));
    const head = h("div", { class: "cm-time-undated-head" }, t.toggle, t.loose > 0 && h("span", { class: "cm-small" }, cm.say(app, "time.loose", { n: t.loose })));
    return h("div", { class: `cm-time-undated${t.undated.length > t.dated.length ? " cm-time-mostly" : ""}` }, head, h("div", { class: "cm-time-chips-place" }, t.undatedList, t.over2));
  }

  cm.parts.time = function (app) {
    const plans = app.data.plans || [], sources = app.data.sources || [];
    if (!plans.length && !sources.length) return;
    const section = cm.slot(app, "time");
    const alone = section.classList.contains("cm-alone");
    if (alone) {
      section.setAttribute("role", "group");
      section.setAttribute("aria-label", cm.say(app, "time.label"));
      app.panels.push(section);
    }
    const t = app.time = { section, words: cm.timeWords(app), open: false, pending: {}, left: 0, left2: 0, base: 0, span: null };
    const byDay = (a, b) => ((a.time[0] || a.time[1]) < (b.time[0] || b.time[1]) ? -1 : (a.time[0] || a.time[1]) > (b.time[0] || b.time[1]) ? 1 : a.number - b.number);
    t.dated = plans.filter((plan) => plan.time).sort(byDay);
    t.undated = plans.filter((plan) => !plan.time);
    t.reports = sources.map((source) => source.days).filter(Boolean);
    t.loose = sources.length - t.reports.length;
    t.days = cm.knownDays([...t.reports, ...plans.flatMap((plan) => plan.reported)]);
    const ranges = [...t.dated.map((plan) => plan.time), ...t.reports];
    t.span = cm.timeSpan(ranges);
    t.stated = cm.statedDays(t.dated.length ? t.dated.map((plan) => plan.time) : ranges);
    cm.addPatterns(app);
    t.list = h("ol", { class: "cm-time-bars", "aria-label": cm.say(app, "time.dated.list") });
    t.list.addEventListener("keydown", arrows);
    t.picture = s("svg", { class: "cm-time-picture", "aria-hidden": "true" });
    t.over = unfolds(app, "cm-time-over");
    t.names = ["reports", "plans"].map((what) => h("span", { class: "cm-time-name", "aria-hidden": "true" }, cm.say(app, `time.lane.${what}`)));
    t.plot = h("div", { class: "cm-time-plot", dir: "ltr" }, t.names, t.picture, t.list, t.over);
    const undated = undatedPlace(app, t);
    t.undatedBox = undated;
    const days = t.reports.length > 0 && h("p", { class: "cm-live" }, cm.say(app, "time.reports", { n: t.reports.length, days: t.days.map((day) => t.words.of(cm.dayNumber(day), ["day", 1])).join("; ") }));
    t.body = h("div", { class: "cm-time-body", id: `${app.name}-time` },
      h("div", { class: "cm-time-main" }, cm.timeHead(app), t.span ? [days, h("div", { class: "cm-time-scroll" }, t.plot)] : h("p", { class: "cm-time-none" }, cm.say(app, "time.none"))), undated);
    t.main = t.body.firstChild;
    t.foldWords = h("span", { class: "cm-soft-note" });
    t.fold = h("button", { type: "button", class: "cm-fold cm-time-fold", "aria-expanded": "false", "aria-controls": t.body.id, onclick: () => {
      t.fold.setAttribute("aria-expanded", String(section.classList.toggle("cm-time-unfolded")));
      cm.drawTime(app);
    } }, cm.say(app, "time.fold"), t.foldWords);
    section.append(t.fold, t.body);
    section.classList.toggle("cm-time-undatable", !t.span);
    if (t.span) cm.addTimeHands(app);
    app.on("change", () => cm.drawTimeState(app));
    app.on("select", () => cm.drawTimeState(app));
    cm.drawTime(app);
    let wideNow = "";
    new ResizeObserver(() => {
      const now = [section.clientWidth, alone && section.offsetHeight, window.innerHeight].join();
      if (now === wideNow) return;
      wideNow = now;
      if (alone) app.map.getContainer().style.setProperty("--cm-time-height", `${section.offsetHeight}px`);
      cm.drawTime(app);
    }).observe(section);
  };
})(citemap);
