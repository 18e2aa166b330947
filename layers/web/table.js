// The table: every mark of every plan as a row, and the plans without one. It is sorted by its heads, filtered with the rest of the page, and
// walked by keyboard: the row that has the focus lights its mark, and the map moves just so far that it is seen.
(function (cm) {
  const { h } = cm;
  const FIRST = 200, MORE = 400;
  const COLUMNS = ["number", "plan", "status", "where", "precision", "when", "reports", "source", "reviewed"];

  cm.LEVELS = ["exact", "near", "district", "area", "province", "chain", "sea", "country", "region", "none"];

  // The rows of plans, each as what its columns are sorted by; `words` puts a source into words, `statuses` is their order, `joint` stands between sources.
  cm.tableRows = function (plans, statuses, words, joint) {
    const row = (plan, place, level) => ({
      plan, place, level, number: plan.number, plan_: plan.summary, status: statuses.indexOf(plan.status), where: place ? place.name : "", precision: cm.LEVELS.indexOf(level),
      when: plan.time, reports: plan.counts, source: plan.facets.source.map(words).join(joint), reviewed: plan.facets.reviewed[0],
    });
    return plans.flatMap((plan) => (plan.where.length ? plan.where.map((place, i) => row(plan, place, plan.levels[i] || "none")) : [row(plan, null, "none")]));
  };

  // Compare two values of a column: numbers and dates as such, by their first day; what is not stated stands last, whichever way it is sorted.
  function compare(a, b, text, way) {
    const blank = (value) => value === null || value === undefined || value === "";
    if (blank(a) || blank(b)) return Number(blank(a)) - Number(blank(b));
    if (Array.isArray(a)) {
      for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return way * (a[i] < b[i] ? -1 : 1);
      return 0;
    }
    return way * (typeof a === "number" ? a - b : text(a, b));
  }

  // Rows sorted by a column, those that are equal in it in the order that they had.
  cm.sortRows = function (rows, column, down, text = (a, b) => (a < b ? -1 : Number(a > b))) {
    const key = column === "plan" ? "plan_" : column;
    return [...rows].sort((a, b) => compare(a[key], b[key], text, down ? -1 : 1));
  };

  // Where a mark lies on the map's face, in pixels: [left, top, width, height].
  cm.boxOf = function (app, mark) {
    const [west, south, east, north] = mark.bounds;
    const a = app.map.latLngToContainerPoint([north, west + mark.turn]), b = app.map.latLngToContainerPoint([south, east + mark.turn]);
    return [a.x, a.y, Math.max(1, b.x - a.x), Math.max(1, b.y - a.y)];
  };

  // Move the map just so far that a mark is seen, not nearer; of one that is larger than the map, its middle.
  cm.panTo = function (app, mark) {
    const PAD = 40, size = app.map.getSize(), left = app.legend && !cm.narrow() ? app.legend.offsetWidth + 24 : PAD;
    const foot = app.root.querySelector('.cm-alone[data-slot="table"]'), low = PAD + (foot ? foot.offsetHeight : 0);
    let [x, y, w, t] = cm.boxOf(app, mark);
    if (w > size.x - left - PAD || t > size.y - PAD - low) [x, y, w, t] = [x + w / 2, y + t / 2, 1, 1];
    const by = (at, length, from, to) => (at < from ? at - from : at + length > to ? at + length - to : 0);
    const move = [Math.round(by(x, w, left, size.x - PAD)), Math.round(by(y, t, PAD, size.y - low))];
    if (!move[0] && !move[1]) return;
    app.moved = true;
    app.map.panBy(move, { animate: !cm.calm(), duration: 0.2 });
  };

  function cells(app, row) {
    const { plan, place } = row, slug = cm.slug(plan.status), left = app.data.unmapped.plans.find((entry) => entry.id === plan.id);
    const mark = place && place.mark ? app.marks.find((other) => other.id === place.mark) : null;
    const mapped = Boolean(place && place.mark);
    const badge = h("span", { class: `cm-badge ${mapped ? `cm-s-${slug}` : "cm-unplaced"}${cm.goneClass(plan)}` }, plan.number);
    const said = {
      number: badge, plan: cm.text(plan.summary, cm.langOf(app, (plan.quotes[0] || {}).article)), status: cm.chip(app, plan.status),
      where: place ? cm.text(place.name) : left ? cm.say(app, "unplaced.why", { reason: left.reason }) : cm.say(app, "unplaced"),
      precision: place ? cm.say(app, `level.${row.level}`) : "–", when: plan.when || cm.say(app, "date.none"),
      reports: cm.say(app, "table.told", { reports: cm.say(app, "reports", { n: plan.counts[0] }), origins: cm.say(app, "origins", { n: plan.counts[1] }) }),
      source: cm.text(row.source), reviewed: cm.facetWords(app, "reviewed", row.reviewed),
    };
    row.mark = mark;
    return COLUMNS.map((column) => h(column === "plan" ? "th" : "td", { class: `cm-col-${column}`, role: column === "plan" ? "rowheader" : "cell", scope: column === "plan" ? "row" : null }, said[column]));
  }

  cm.makeTable = function (app) {
    const named = new Map(app.data.sources.map((source) => [source.id, source.publisher || cm.titleOf(app, source, 44)]));
    const rows = cm.tableRows(app.data.plans, app.data.styles.map((style) => style.id), (id) => named.get(id) || id, cm.say(app, "joint.wide"));
    const text = new Intl.Collator(app.data.language, { numeric: true }).compare;
    const body = h("tbody", { role: "rowgroup" });
    let order = rows, sorted = { column: "number", down: false }, filled = 0, waiting = 0, at = null, back = null;

    function nodeOf(row) {
      if (row.node) return row.node;
      row.node = h("tr", { role: "row", class: "cm-row-of", tabindex: -1 }, cells(app, row));
      row.node.hidden = !app.shown.has(row.plan.id);
      if (app.selected === row.plan.id) row.node.setAttribute("aria-current", "true");
      return row.node;
    }

    // Some hundred rows at once, the others while the reader looks at these.
    function fill(count) {
      clearTimeout(waiting);
      body.append(...order.slice(filled, filled + count).map(nodeOf));
      filled = Math.min(order.length, filled + count);
      if (filled < order.length) waiting = setTimeout(() => fill(MORE), 30);
    }
    const fillAll = () => fill(order.length - filled);

    const shown = () => order.filter((row) => app.shown.has(row.plan.id));
    function stopAt(row) {
      if (at && at.node) at.node.tabIndex = -1;
      at = row || null;
      if (at) nodeOf(at).tabIndex = 0;
    }

    function sort(column, down) {
      sorted = { column, down };
      order = cm.sortRows(rows, column, down, text);
      for (const head of heads) {
        if (head.dataset.column === column) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      }
      body.replaceChildren();
      filled = 0;
      fill(FIRST);
      stopAt(shown()[0]);
    }

    const heads = COLUMNS.map((column) => h("th", { scope: "col", role: "columnheader", class: `cm-col-${column}`, "data-column": column },
      h("button", { type: "button", class: "cm-sort", onclick: () => sort(column, sorted.column === column && !sorted.down) }, cm.say(app, `table.${column}`))));
    const table = h("table", { class: "cm-rows", role: "table" }, h("caption", {}, cm.say(app, "table.caption")), h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, heads)), body);
    const rowAt = (node) => order.find((row) => row.node && row.node === node.closest("tr"));

    // The row that has the focus is the one that is selected, and its own mark is lit.
    body.addEventListener("focusin", (event) => {
      const row = rowAt(event.target);
      if (!row) return;
      if (cm.narrow() && app.pane && app.tab === "table") cm.pullSheet(app, true);
      stopAt(row);
      cm.select(app, row.plan.id, { scroll: false, by: "table", mark: row.mark || undefined, tell: false });
      if (row.mark) cm.panTo(app, row.mark);
    });

    function go(row) {
      if (row.mark) {
        back = back || [app.map.getCenter(), app.map.getZoom()];
        cm.flyTo(app, row.plan, { only: row.mark, opener: row.node, by: "table" });
      } else if (app.pane) cm.readCard(app, row.plan);
    }

    body.addEventListener("click", (event) => {
      const row = rowAt(event.target);
      if (!row) return;
      row.node.focus({ preventScroll: true });
      if (event.target.closest(".cm-badge")) go(row);
    });

    body.addEventListener("keydown", (event) => {
      const row = rowAt(event.target);
      if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Enter") {
        event.preventDefault();
        return go(row);
      }
      if (event.key === "Escape") {
        if (back) app.map.setView(...back, { animate: !cm.calm(), duration: 0.2 });
        else cm.select(app, null, {});
        back = null;
        return;
      }
      const list = shown(), now = list.indexOf(row);
      const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: list.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      const next = list[Math.max(0, Math.min(to, list.length - 1))];
      if (order.indexOf(next) >= filled) fillAll();
      back = null;
      next.node.focus({ preventScroll: true });
      next.node.scrollIntoView({ block: "nearest" });
    });

    function follow() {
      for (const row of rows) if (row.node) row.node.hidden = !app.shown.has(row.plan.id);
      if (!at || !app.shown.has(at.plan.id)) stopAt(shown()[0]);
    }
    app.on("change", follow);
    app.on("select", ({ id, by }) => {
      for (const row of rows) if (row.node) row.node[row.plan.id === id ? "setAttribute" : "removeAttribute"]("aria-current", "true");
      if (!id || by === "table" || body.contains(document.activeElement)) return;
      const row = shown().find((one) => one.plan.id === id);
      if (!row) return;
      if (order.indexOf(row) >= filled) fillAll();
      stopAt(row);
      if (table.offsetParent) row.node.scrollIntoView({ block: "nearest" });
    });
    sort("number", false);
    const chosen = app.selected && shown().find((row) => row.plan.id === app.selected);
    if (chosen) stopAt(chosen);
    return table;
  };

  // In the pane where there is one, a tab, made when it is first shown; without one a bar over the foot of the map that opens upwards.
  cm.parts.table = function (app) {
    const tab = () => cm.addTab(app, "table", () => cm.makeTable(app), { before: "unmapped" });
    if (app.pane) return tab();
    let alone = null;
    app.on("pane", () => {
      if (alone) alone.remove();
      tab();
    });
    if (app.page && !app.root.querySelector('[data-slot="table"]') && app.root.querySelector('[data-slot="pane"]')) return undefined;
    alone = cm.slot(app, "table");
    const box = h("div", { class: "cm-table-box", id: `${app.name}-table`, role: "region", "aria-label": cm.say(app, "table.open"), tabindex: 0, hidden: true });
    const open = h("button", { type: "button", class: "cm-fold", "aria-expanded": "false", "aria-controls": box.id, onclick: () => {
      if (!box.firstChild) box.append(cm.makeTable(app));
      box.hidden = !box.hidden;
      open.setAttribute("aria-expanded", String(!box.hidden));
    } }, cm.say(app, "table.open"));
    alone.append(open, box);
    return undefined;
  };
})(citemap);
