// What can be pressed and focused: sites too near each other for a finger are one target, and nothing that the sheet covers is a target at all.
(function (cm) {
  const { h } = cm;
  // The least distance of two targets that are smaller than this (WCAG 2.2, 2.5.8), in pixels.
  const REACH = 24;

  const labelOf = (app, members) => cm.say(app, members.length > 1 ? "context.sites" : "context.site", { name: members.map(({ site }) => site.name).join(app.data.messages.joint) });

  function tell(app, marker, members) {
    const node = marker.getElement(), head = members.length > 0;
    node.classList.toggle("cm-gathered", !head);
    node.tabIndex = head ? 0 : -1;
    for (const [name, value] of [["role", head && "button"], ["aria-label", head && labelOf(app, members)], ["aria-hidden", !head && "true"]]) {
      if (value) node.setAttribute(name, value);
      else node.removeAttribute(name);
    }
    marker.members = members;
  }

  // The sites of the context in view: the first of those that stand together speaks for all of them.
  cm.gatherSites = function (app) {
    const heads = [];
    for (const group of app.contextGroups || []) {
      for (const marker of app.map.hasLayer(group) ? group.getLayers() : []) {
        const at = app.map.latLngToContainerPoint(marker.getLatLng());
        const head = heads.find((one) => one.at.distanceTo(at) <= REACH);
        if (head) head.members.push(marker.citemap);
        else heads.push({ marker, at, members: [marker.citemap] });
        if (head) tell(app, marker, []);
      }
    }
    for (const { marker, members } of heads) tell(app, marker, members);
  };

  cm.openSites = function (app, members, latlng) {
    const content = h("div", { class: "cm-pop", "aria-label": labelOf(app, members) }, members.map(({ set, site }) => {
      const record = set.citations[site.citation];
      return h("section", { class: "cm-pop-note" }, h("h3", { dir: "auto" }, site.name),
        h("p", {}, cm.say(app, "context.popup")),
        h("p", { class: "cm-small" }, set.legend),
        h("p", { class: "cm-small" }, cm.say(app, "context.named"), " ", cm.list(app, [record.issuer && cm.text(record.issuer, record.lang), cm.quoted(app, record.title, record.lang), record.date], "joint.source"),
          record.url && [" · ", cm.link(record.url, cm.say(app, "source.open"), " ↗")]));
    }));
    cm.openBox(app, latlng, content, null, true);
  };

  // On a phone the sheet lies over the map: what it covers, even in part, can be neither focused nor pressed.
  cm.coverTargets = function (app) {
    if (!app.pane || !app.page) return;
    const sheet = app.pane.getBoundingClientRect(), stage = app.map.getContainer().parentNode;
    for (const node of stage.querySelectorAll("button, a[href], [tabindex='0']:not(.cm-map)")) {
      const rect = node.getBoundingClientRect();
      node.inert = rect.width > 0 && cm.hits([rect.left, rect.top, rect.width, rect.height], [sheet.left, sheet.top, sheet.width, sheet.height], 0);
    }
  };
})(citemap);
