// The page inside another one: with `?embed` the pane waits out of sight until a reader asks for a note, and the page around learns how high we
// would like to be. Works in a sandboxed frame without an origin: nothing is stored, nothing of the outer page is read.
(function (cm) {
  const LEAST = 320, MOST = 900, RATIO = 0.66;

  // A page that stands in a srcdoc has no address of its own: there the frame's name says it.
  cm.embedded = () => /[?&]embed\b/.test(location.search) || /^citemap-(embed|report)$/.test(window.name);

  // The height at which the map is as wide as it should be, with title and timeline; never a whole screen and more.
  cm.wishedHeight = function (width, around, pane) {
    const map = Math.round(Math.max(LEAST, Math.min(MOST, width * RATIO)));
    return map + Math.round(around) + (pane ? Math.round(pane) : 0);
  };

  cm.addEmbed = function (app) {
    if (!app.page) return;
    if (cm.embedded()) app.root.classList.add("cm-embed");
    if (window.name === "citemap-report") app.root.classList.add("cm-headless");
    if (window.parent === window) return;
    const height = (selector) => { const node = app.root.querySelector(selector); return node ? node.offsetHeight : 0; };
    let told = 0;
    const tell = () => {
      const wide = app.root.offsetWidth, pane = app.root.classList.contains("cm-embed") || !cm.narrow() ? 0 : height(".cm-pane:not(.cm-up)");
      const wish = cm.wishedHeight(app.root.classList.contains("cm-embed") || cm.narrow() ? wide : wide * 0.6, height(".cm-head") + height(".cm-time"), pane);
      if (wish === told) return;
      told = wish;
      // Nothing of the map's content is told, only a number: any page may hear it.
      window.parent.postMessage({ type: "citemap:height", height: wish }, "*");
    };
    new ResizeObserver(tell).observe(app.root);
    tell();
  };
})(citemap);
