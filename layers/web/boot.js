// Put the page together; the map is handed back so that whatever else was added in Python finds it.
citemap.boot = function (name) {
  const cm = citemap;
  const root = document.getElementById(`${name}-app`);
  const data = JSON.parse(root.querySelector(".cm-data").textContent);
  const app = {
    name, root, data, hidden: new Set(), cards: new Map(), plans: new Map(data.plans.map((plan) => [plan.id, plan])),
    pane: root.querySelector(".cm-pane"), legend: root.querySelector(".cm-legend"),
  };
  app.panels = [app.legend];
  app.fontFamily = getComputedStyle(root).fontFamily;
  const map = L.map(name, {
    zoomControl: false, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 90, minZoom: 1.5, maxZoom: 11, center: [20, 100], zoom: 3,
    maxBounds: [[-84, -400], [85, 400]], maxBoundsViscosity: 0.8, zoomAnimation: !cm.calm(), fadeAnimation: false, markerZoomAnimation: !cm.calm(),
  });
  app.map = map;
  cm.addGround(app);
  cm.addPatterns(app);
  cm.addMarks(app);
  cm.addContext(app);
  cm.addBadges(app);
  cm.addDistances(app);
  cm.addZoom(app);
  cm.addCredit(app);
  cm.addScale(app);
  cm.addLocator(app);
  cm.addPane(app);
  cm.addLegend(app);
  app.ready = true;
  cm.openView(app);
  cm.layout(app);
  cm.openView(app);
  let waiting = 0;
  const later = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => cm.layout(app)); };
  map.on("popupopen", () => root.classList.add("cm-popped"));
  map.on("popupclose", () => root.classList.remove("cm-popped"));
  map.on("zoomstart", () => app.overlay.classList.add("cm-away"));
  map.on("zoomend moveend", later);
  map.on("dragstart zoomstart", () => { app.moved = true; });
  new ResizeObserver(() => {
    map.invalidateSize({ animate: false });
    if (!app.moved) cm.openView(app);
    later();
  }).observe(map.getContainer());
  cm.layout(app);
  map.citemap = { groups: app.groups, context: app.contextGroups, layout: () => cm.layout(app) };
  return map;
};
