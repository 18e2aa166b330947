// Coordinates come as short strings: differences of (lon, lat), in the alphabet of the polyline format.
citemap.decodeLine = function (text, digits, turn) {
  const flat = citemap.decodeFlat(text, digits), points = [];
  for (let i = 0; i < flat.length; i += 2) points.push([flat[i + 1], flat[i] + (turn || 0)]);
  return points;
};

// The same as [lon, lat, lon, lat, …], for what is only drawn.
citemap.decodeFlat = function (text, digits) {
  const scale = 10 ** -digits, flat = [];
  let at = 0, x = 0, y = 0;
  const next = () => {
    let value = 0, shift = 1, digit;
    do {
      digit = text.charCodeAt(at++) - 63;
      value += (digit & 31) * shift;
      shift *= 32;
    } while (digit >= 32);
    return value % 2 ? -(value + 1) / 2 : value / 2;
  };
  while (at < text.length) {
    x += next();
    y += next();
    flat.push(x * scale, y * scale);
  }
  return flat;
};

citemap.decodePolygons = (polygons, digits, turn) =>
  polygons.map((rings) => rings.map((ring) => citemap.decodeLine(ring, digits, turn)));

// Mercator in world pixels of 256, for work that must be quick: [x, y] of a latitude and longitude at a zoom.
citemap.project = function (lat, lon, zoom) {
  const size = 256 * 2 ** zoom;
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [((lon + 180) / 360) * size, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size];
};
