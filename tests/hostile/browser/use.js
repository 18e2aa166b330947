// Uses a page as many readers would together, everything in it, and then says what stands in it. Only what a page of ours has is named here:
// buttons, fields, lists, sliders and hovers are found by what they are, so that a new one is used by itself.
(async (texts, rounds) => {
  const pause = (ms) => new Promise((then) => setTimeout(then, ms));
  const fire = (node, type, Kind = Event, more = {}) => node.dispatchEvent(new Kind(type, { bubbles: true, cancelable: true, ...more }));
  const every = (what) => [...document.querySelectorAll(what)];
  const pressed = new Set();
  const deadline = performance.now() + rounds.seconds * 1000;
  const late = () => performance.now() > deadline;

  async function press(what, most) {
    for (let round = 0; round < 4; round++) {
      const fresh = every(what).filter((node) => !pressed.has(node)).slice(0, most);
      for (const node of fresh) {
        if (late()) return;
        pressed.add(node);
        if (!node.isConnected) continue;
        for (const type of ["pointerenter", "mouseover", "mouseenter", "focusin", "focus"]) fire(node, type, MouseEvent);
        if (node.focus) node.focus({ preventScroll: true });
        fire(node, "click", MouseEvent);
        if (pressed.size % 25 === 0) await pause(0);
      }
      if (!fresh.length) return;
    }
  }

  // Everything that is pressed: tabs first, which make what is in them.
  await press("[role=tab]", 20);
  await press("summary", 400);
  await press(".cm-overlay .cm-badge, .leaflet-marker-icon, path.leaflet-interactive, .cm-site", rounds.presses);
  await press("button:not([role=tab]), [role=button]", rounds.presses);
  for (const node of every("details")) node.open = true;
  // Lists and fields.
  for (const node of every("select")) {
    for (const option of [...node.options].slice(0, rounds.choices)) {
      if (late()) break;
      node.value = option.value;
      fire(node, "change");
    }
    node.selectedIndex = 0;
    fire(node, "change");
  }
  for (const node of every("input[type=search], input:not([type])")) {
    for (const text of texts) {
      if (late()) break;
      node.value = text;
      fire(node, "input");
      fire(node, "keydown", KeyboardEvent, { key: "Enter" });
    }
    node.value = "";
    fire(node, "input");
    fire(node, "keydown", KeyboardEvent, { key: "Enter" });
  }
  for (const node of every("[role=slider], input[type=range], input[type=checkbox]")) {
    for (const key of ["ArrowRight", "ArrowRight", "End", "ArrowLeft", "Home"]) fire(node, "keydown", KeyboardEvent, { key });
    if (node.matches("input")) fire(node, "change");
  }
  fire(document, "keydown", KeyboardEvent, { key: "Escape" });
  // The address and messages are somebody else's words.
  const keys = ["plan", "status", "q", "actor", "type", "source", "origin", "precision", "reviewed", "from", "to", "known", "tab", "view", "__proto__", "constructor"];
  for (const [at, text] of texts.entries()) {
    if (late()) break;
    const hash = at % 3 ? keys.map((key) => `${key}=${encodeURIComponent(text)}`).join("&") : text;
    try { location.hash = hash; } catch { /* a text that no address can hold */ }
    window.postMessage(text, "*");
    window.postMessage({ type: "citemap:height", height: text, html: text, __proto__: { type: text } }, "*");
    window.postMessage({ type: text, data: { [text]: text } }, "*");
    if (at % 5 === 4) await pause(0);
  }
  location.hash = "";
  await pause(30);
  window.dispatchEvent(new Event("beforeprint"));
  window.dispatchEvent(new Event("afterprint"));
  await pause(120);

  // Back to where the page opened, with nothing asked: what is drawn now is what the texts have left of it.
  if (window.map_1 && window.map_1.citemap) {
    window.map_1.closePopup();
    window.citemap.askNothing(window.map_1.citemap);
    window.citemap.openView(window.map_1.citemap);
    await pause(300);
  }

  // What is in the page now, also inside shadows and templates.
  const all = [], waiting = [document];
  while (waiting.length) {
    for (const node of waiting.pop().querySelectorAll("*")) {
      all.push(node);
      if (node.shadowRoot) waiting.push(node.shadowRoot);
      if (node.content instanceof DocumentFragment) waiting.push(node.content);
    }
  }
  const counts = {};
  for (const node of all) counts[node.localName] = (counts[node.localName] || 0) + 1;
  const handlers = all.flatMap((node) => [...node.attributes].filter((a) => /^on/i.test(a.name)).map((a) => `${node.localName}[${a.name}]`));
  const names = ["href", "src", "action", "formaction", "xlink:href", "data", "srcset", "poster", "background", "ping"];
  const addresses = all.flatMap((node) => names.map((name) => [node, name, node.getAttribute(name)]))
    .filter(([node, name, to]) => to !== null && !/^(https?:\/\/|#|data:image\/(svg\+xml|png)[;,])/i.test(to) && !/^map\.(html(\?embed)?|png)$/.test(to))
    .map(([node, name, to]) => `${node.localName}[${name}=${to.slice(0, 60)}]`);
  const box = (node) => node.getBoundingClientRect();
  const map = document.querySelector(".cm-map, .folium-map, .leaflet-container");
  window.heard.seen = {
    counts, handlers, addresses, pressed: pressed.size, late: late(),
    cards: every(".cm-card").length, rows: every(".cm-row-of").length, sources: every(".cm-source").length, unmapped: every(".cm-panel-unmapped li").length,
    summaries: every(".cm-card h3").map((node) => node.textContent),
    badges: every(".cm-overlay .cm-badge").filter((node) => box(node).width && getComputedStyle(node).visibility !== "hidden").length,
    shapes: every("path.leaflet-interactive, path.cm-shape, .cm-point").length,
    map: map ? [Math.round(box(map).width), Math.round(box(map).height)] : null,
    title: document.title, text: document.body.innerText.length,
  };
  window.heard.done = true;
})
