// What folium's own parts expect and would fetch from elsewhere: a pin, coloured pins, and the one thing of jQuery that popups use.
(function () {
  const COLOURS = {
    red: "#d63e2a", darkred: "#a13336", lightred: "#ff8e7f", orange: "#f69730", beige: "#ffcb92", green: "#72af26", darkgreen: "#728224",
    lightgreen: "#bbf970", blue: "#38aadd", darkblue: "#00649f", cadetblue: "#436978", lightblue: "#8adaff", purple: "#d252b9",
    darkpurple: "#5b396b", pink: "#ff91ea", white: "#fbfbfb", gray: "#575757", lightgray: "#a3a3a3", black: "#303030",
  };
  const pin = (colour) =>
    "data:image/svg+xml," +
    encodeURIComponent(
      '<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41" viewBox="0 0 25 41"><path fill="' + colour +
        '" stroke="#fff" stroke-width="1.2" d="M12.5.6C5.9.6.6 5.9.6 12.5c0 9 11.9 27.6 11.9 27.6s11.9-18.6 11.9-27.6C24.4 5.9 19.1.6 12.5.6z"/>' +
        '<circle cx="12.5" cy="12.5" r="4.4" fill="#fff"/></svg>'
    );
  const sizes = { iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34], tooltipAnchor: [16, -28] };
  L.Icon.Default = L.Icon.extend({ options: { iconUrl: pin("#4a5a68"), ...sizes } });
  L.Marker.mergeOptions({ icon: new L.Icon.Default() });
  L.AwesomeMarkers = { icon: (options) => L.icon({ iconUrl: pin(COLOURS[(options || {}).markerColor] || COLOURS.blue), ...sizes }) };

  if (!window.$) {
    window.$ = function (what) {
      if (what === document) return { ready: (run) => run() };
      const holder = document.createElement("template");
      holder.innerHTML = String(what).trim();
      return Array.from(holder.content.childNodes);
    };
  }
})();
