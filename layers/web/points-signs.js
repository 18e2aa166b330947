// How points look on a canvas: one alone as the sign of its status, several as a ring that is divided among their statuses, with their number in it.
(function (cm) {
  const TURN = 2 * Math.PI, LEAST = 0.07;

  function disc(g, x, y, radius) {
    g.beginPath();
    g.arc(x, y, radius, 0, TURN);
  }

  // The signs of `cm.glyph`, drawn; `c` are the colours, `ink` that of the status.
  const GLYPHS = {
    "ring-dashed"(g, c, ink) { ring(g, c, ink, [3.3, 1.4]); },
    diamond(g, c, ink) {
      g.beginPath();
      g.moveTo(0, -7.5); g.lineTo(7.5, 0); g.lineTo(0, 7.5); g.lineTo(-7.5, 0); g.closePath();
      paint(g, c.halo, ink, 2);
    },
    half(g, c, ink) {
      ring(g, c, ink);
      g.beginPath();
      g.arc(0, 0, 6, -Math.PI / 2, Math.PI / 2);
      paint(g, ink);
    },
    notch(g, c, ink) {
      ring(g, { halo: ink }, ink);
      g.beginPath();
      g.moveTo(0, 0); g.lineTo(3, -8); g.lineTo(-3, -8); g.closePath();
      paint(g, c.halo);
    },
    disc(g, c, ink) { ring(g, { halo: ink }, ink); },
    square(g, c, ink) { g.beginPath(); g.rect(-5.5, -5.5, 11, 11); paint(g, ink); },
    barred(g, c, ink) {
      ring(g, c, ink);
      g.beginPath();
      g.moveTo(-4.5, 4.5); g.lineTo(4.5, -4.5);
      paint(g, null, ink, 2);
    },
    unsaid(g, c) {
      disc(g, 0, 0, 5);
      paint(g, c.halo, c.text, 1.4);
      disc(g, 0, 0, 1.6);
      paint(g, c.text);
    },
  };

  function paint(g, fill, stroke, width) {
    if (fill) { g.fillStyle = fill; g.fill(); }
    if (stroke) { g.strokeStyle = stroke; g.lineWidth = width; g.stroke(); }
  }

  function ring(g, c, ink, dash) {
    disc(g, 0, 0, 6);
    paint(g, c.halo);
    g.setLineDash(dash || []);
    paint(g, null, ink, 2);
    g.setLineDash([]);
  }

  // Each status' stretch of a ring says it without colour too: dashed, dotted, dash and dot, doubled, solid, thin, barred.
  function stretch(g, hatch, ink, halo, x, y, radius, width, start, end) {
    const draw = (at, thick, dash, cap, alpha) => {
      g.beginPath();
      g.arc(x, y, at, start, end);
      g.lineCap = cap || "butt";
      g.setLineDash(dash || []);
      g.globalAlpha = alpha || 1;
      g.lineWidth = thick;
      g.stroke();
      g.globalAlpha = 1;
    };
    g.strokeStyle = ink;
    if (hatch === "plain") return draw(radius, width);
    if (hatch === "thin") return draw(radius, width * 0.5);
    draw(radius, width, null, "butt", 0.24);
    if (hatch === "diagonal") draw(radius, width, [3.4, 1.8]);
    else if (hatch === "dots") draw(radius, width * 0.62, [0.01, 4.4], "round");
    else if (hatch === "wide") draw(radius, width, [7, 1.8, 1.8, 1.8]);
    else if (hatch === "filled") {
      draw(radius, width);
      g.strokeStyle = halo;
      draw(radius, 1.2);
    } else if (hatch === "cross") {
      draw(radius, width, [1.2, 3.2]);
      draw(radius, 1);
    }
  }

  const short = (app, n) => (n < 10000 ? cm.count(app, n) : n < 1e6 ? `${Math.round(n / 1000)}k` : `${Math.round(n / 1e5) / 10}M`);

  // A ring of several: each status has a part as large as its share, and none so small that it is not seen.
  cm.drawRing = function (g, look, sign, x, y) {
    const radius = cm.pointRadius(sign.n), width = radius > 15 ? 5.5 : 4.5, at = radius - width / 2;
    const parts = look.kinds.map((kind, i) => ({ ...kind, n: sign.counts[i] })).filter((part) => part.n > 0);
    const shares = parts.map((part) => Math.max(part.n / sign.n, LEAST)), whole = shares.reduce((a, b) => a + b, 0);
    disc(g, x, y, radius + 1.5);
    paint(g, look.halo);
    const gap = parts.length > 1 ? 2 / at : 0;
    let start = -TURN / 4;
    parts.forEach((part, i) => {
      const end = start + (shares[i] / whole) * TURN;
      stretch(g, part.hatch, part.ink, look.halo, x, y, at, width, start + gap / 2, end - gap / 2);
      start = end;
    });
    g.setLineDash([]);
    g.lineCap = "butt";
    g.fillStyle = look.text;
    g.fillText(short(look.app, sign.n), x, y + 0.5);
  };

  // The sign of one point, drawn once for each status and then copied.
  cm.pointStamp = function (look, kind, ratio) {
    const side = 22, canvas = document.createElement("canvas");
    canvas.width = canvas.height = side * ratio;
    const g = canvas.getContext("2d");
    g.scale(ratio, ratio);
    g.translate(side / 2, side / 2);
    disc(g, 0, 0, 8.6);
    g.globalAlpha = 0.85;
    paint(g, look.halo);
    g.globalAlpha = 1;
    GLYPHS[kind.point](g, look, kind.ink);
    return { canvas, side };
  };

  // Colours and shapes from the page's own custom properties, so that night is night here too. A status that is not stated comes last.
  cm.pointLook = function (app) {
    const css = getComputedStyle(app.root), { styles } = app.data, ink = (name) => css.getPropertyValue(name).trim();
    const kinds = styles.map((style) => ({ ink: ink(`--${cm.slug(style.id)}`), hatch: style.id === "completed" ? "thin" : style.hatch, point: style.point }));
    kinds.push({ ink: ink("--soft"), hatch: "thin", point: "unsaid" });
    return { halo: ink("--halo"), text: ink("--text"), kinds, app, font: app.fontFamily };
  };
})(citemap);
