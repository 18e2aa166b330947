// The picture stands in for the map until the map itself says that it is drawn (its message "citemap:height"): while it loads, and for good
// where the file is not there, the frame is forbidden or its scripts are. Without this script the frame and the folded picture stay as they are.
(function () {
  const figure = document.currentScript.previousElementSibling, frame = figure.querySelector("iframe"), still = figure.querySelector("details");
  const show = (drawn) => {
    figure.style.position = "relative";
    Object.assign(frame.style, { position: drawn ? "" : "absolute", opacity: drawn ? "" : "0" });
    frame.inert = !drawn;
    still.open = !drawn;
    still.querySelector("summary").hidden = !drawn;
  };
  const heard = (event) => {
    if (event.source !== frame.contentWindow || !event.data || event.data.type !== "citemap:height") return;
    removeEventListener("message", heard);
    show(true);
  };
  addEventListener("message", heard);
  show(false);
})();
