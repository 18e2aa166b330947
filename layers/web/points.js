// Cited points, tens of thousands of them: `layers.CitedPoints` in Python. What their popups say stays packed until one is opened.
(function (cm) {
  const { h } = cm;

  // Places, statuses and the numbers of the texts, out of one packed run of bytes.
  async function unpack(own) {
    const bytes = await cm.inflate(own.bytes), { count } = own;
    const x = new Int32Array(count), y = new Int32Array(count);
    let at = cm.readNumbers(bytes, 0, count, x);
    at = cm.readNumbers(bytes, at, count, y);
    const kind = bytes.subarray(at, at + count);
    at += count;
    const numbers = {};
    for (const column of own.columns) {
      numbers[column] = new Uint32Array(count);
      at = cm.readNumbers(bytes, at, count, numbers[column]);
    }
    return { x, y, kind, numbers };
  }

  // What is said of a point: its texts by column, taken out of their blocks when asked for.
  function telling(own, numbers) {
    // They stand at the end of the page, which may still be on its way.
    const whole = document.readyState === "loading" ? new Promise((done) => document.addEventListener("DOMContentLoaded", done)) : Promise.resolve();
    const block = (part) => whole.then(() => cm.inflate(document.getElementById(`${own.id}-${part}`).textContent));
    let words = null;
    const list = () => (words = words || block("words").then((bytes) => JSON.parse(new TextDecoder().decode(bytes))));
    const text = cm.textStore(list, own.first, block);
    return async (i) => Object.fromEntries(await Promise.all(own.columns.map(async (column) => [column, await text(numbers[column][i])])));
  }

  // The key: what each sign means, how many there are, and a press hides or shows them.
  function addKey(app, own, kinds, counts) {
    const rows = kinds.map((kind, i) => [kind, i]).filter(([, i]) => counts[i]);
    const list = h("ul", {}, rows.map(([kind, i]) => {
      const button = h("button", { type: "button", class: "cm-key", "aria-pressed": "true", "aria-label": cm.say(app, "points.toggle", { status: kind.name, n: counts[i] }), onclick: () => {
        const { hidden } = app.state;
        cm.ask(app, { hidden: hidden.includes(kind.id) ? hidden.filter((id) => id !== kind.id) : [...hidden, kind.id] });
      } }, h("span", { class: "cm-points-sign" }, kind.glyph()), h("span", { class: "cm-key-name" }, kind.name), h("span", { class: "cm-key-count" }, cm.count(app, counts[i])));
      app.on("change", () => button.setAttribute("aria-pressed", String(!app.state.hidden.includes(kind.id))));
      return h("li", {}, button);
    }));
    const left = own.left > 0 && h("p", { class: "cm-small" }, cm.say(app, "points.left", { n: own.left }));
    const name = own.name || cm.say(app, "points.title");
    const key = h("section", { class: "cm-points-key", "aria-label": name }, h("h2", {}, name, " ", h("span", {}, cm.say(app, "legend.hint"))), list, left);
    const shared = app.legend && app.legend.querySelector(".cm-legend-body");
    (shared || cm.slot(app, "points")).append(key);
  }

  const unsaid = () => cm.glyphOf([cm.s("circle", { cx: 9, cy: 9, r: 5, fill: "var(--halo)", stroke: "var(--text)", "stroke-width": 1.4 }), cm.s("circle", { cx: 9, cy: 9, r: 1.6, fill: "var(--text)" })]);

  async function start(app, own) {
    const { map, data: { styles } } = app;
    const kinds = styles.map((style) => ({ id: style.id, name: cm.say(app, `status.${style.id}`), glyph: () => cm.glyph(style) }));
    kinds.push({ id: "", name: cm.say(app, "points.unsaid"), glyph: unsaid });
    const found = await unpack(own);
    const index = cm.makeIndex(found.x, found.y, found.kind, kinds.length);
    const counts = new Uint32Array(kinds.length);
    for (const kind of found.kind) counts[kind] += 1;
    const hidden = () => kinds.map((kind) => app.state.hidden.includes(kind.id));
    if (!map.getPane("cm-points-many")) map.createPane("cm-points-many").style.zIndex = 455;
    const layer = new cm.PointLayer(index, { hidden, look: () => cm.pointLook(app) });
    const points = { app, own, index, kinds, layer, hidden, tell: telling(own, found.numbers) };
    if (own.key) addKey(app, own, kinds, counts);
    cm.openPoints(points);
    layer.addTo(map);
    cm.walkPoints(points);
    app.on("change", () => layer.refresh());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => layer.restyle());
    window.matchMedia("print").addEventListener("change", () => setTimeout(() => layer.restyle(), 0));
    (app.points = app.points || []).push(points);
    app.fire("points", points);
  }

  cm.parts.points = (app, own) => start(app, own).catch(() => {
    cm.slot(app, "points").append(h("p", { class: "cm-small", role: "alert" }, cm.say(app, "points.broken")));
  });
})(citemap);
